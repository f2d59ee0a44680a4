"""Which process is at work: ``host/pid/start`` names one for good, so that the rows of a dead one can be told."""

import os
import socket
from pathlib import Path


def me() -> str:
    """The name of this process."""
    return f"{socket.gethostname()}/{os.getpid()}/{_started(os.getpid())}"


def is_dead(worker: str) -> bool:
    """Whether that process certainly ended; False for one on another host, of which nothing is known."""
    host, _, rest = worker.rpartition("/")[0].rpartition("/")
    pid, started = rest, worker.rpartition("/")[2]
    if host != socket.gethostname() or not pid.isdigit() or os.name != "posix":
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        pass
    now = _started(int(pid))
    return bool(now and started) and now != started


def _started(pid: int) -> str:
    """When a process started, in kernel ticks; empty where the system doesn't tell."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return ""
    fields = stat.rpartition(")")[2].split()
    # Fields counted from the state: a zombie has ended, its start counts for nothing.
    return "ended" if fields[0] == "Z" else fields[19]
