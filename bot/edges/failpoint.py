"""Named places where a test may kill this process: ``reach("outbox.after-data")``. Costs nothing when switched off.

``DUIZHANG_FAILPOINT=outbox.after-data:3`` kills at the third time that place is reached, ``*:17`` at the seventeenth
place of any name. Only crash tests set it.
"""

import os
import signal

VARIABLE = "DUIZHANG_FAILPOINT"


class _Fuse:
    """Counts the places reached and ends the process at the chosen one, as a pulled plug would."""

    def __init__(self, setting: str) -> None:
        self.name, _, count = setting.partition(":")
        self.left = int(count or 1)

    def reach(self, name: str) -> None:
        if self.name not in ("*", name):
            return
        self.left -= 1
        if self.left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)


def _nothing(_name: str) -> None:
    """The switched-off form."""


FUSE = _Fuse(os.environ[VARIABLE]) if os.environ.get(VARIABLE) else None
reach = FUSE.reach if FUSE is not None else _nothing
