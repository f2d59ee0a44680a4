"""Telling the world's failures — the disk is full, the database locked — from a fault of one mail or one customer.

Whatever was being done is left as it is and tried later; it is nobody's data that is wrong.
"""

import errno

from sqlalchemy.exc import OperationalError

_EVERYBODYS = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EACCES}
)

_REMEDIES = {
    "full": "no room is left on the disk: make room and try again, nothing is lost",
    "locked": "another program holds the database: end it or wait, and try again",
    "readonly": "the database can't be written to: look at the rights of the data folder",
}


def failed(error: BaseException) -> bool:
    """Whether the next mail or customer would fail as well; a file that is missing concerns one only."""
    if isinstance(error, MemoryError | OperationalError):
        return True
    return isinstance(error, OSError) and error.errno in _EVERYBODYS


def plainly(error: BaseException) -> str:
    """One line with what to do about it."""
    if isinstance(error, OperationalError):
        said = str(error.orig)
        remedy = next((text for word, text in _REMEDIES.items() if word in said), "")
        return remedy or f"the database can't be used: {said}; look at `database` in the configuration"
    if isinstance(error, OSError):
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            return f"no room is left on the disk{_at(error)}: make room and try again, nothing is lost"
        return f"{error.filename}: {error.strerror}" if error.filename else str(error)
    return str(error) or type(error).__name__


def _at(error: OSError) -> str:
    return f" of {error.filename}" if error.filename else ""
