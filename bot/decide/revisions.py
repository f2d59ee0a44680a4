"""Whether two revisions of a statement differ in remarks only: finance may let a signature on the old one stand."""

from dataclasses import replace

from bot.model import Snapshot


def only_remarks_differ(old: Snapshot, new: Snapshot) -> bool:
    """Whether every figure, document, day and name is the same, in the same order."""
    return _without_remarks(old) == _without_remarks(new)


def _without_remarks(snapshot: Snapshot) -> Snapshot:
    return replace(snapshot, lines=tuple(replace(line, remark="") for line in snapshot.lines))
