"""The world's failures are told from a mail's or a customer's own, each with one line that says what to do."""

import errno
import os
import sqlite3
import stat
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError

from bot.edges import world
from bot.edges.blobs import Blobs


def of_the_database(text: str) -> OperationalError:
    return OperationalError("SELECT 1", {}, sqlite3.OperationalError(text))


@pytest.mark.parametrize(
    ("error", "everybodys", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "/data/blobs"), True, "disk of /data/blobs: make room"),
        (OSError(errno.ENOSPC, "No space left on device"), True, "left on the disk: make room"),
        (of_the_database("database or disk is full"), True, "make room and try again, nothing is lost"),
        (of_the_database("database is locked"), True, "another program holds the database"),
        (of_the_database("attempt to write a readonly database"), True, "rights of the data folder"),
        (of_the_database("no such column: x"), True, "no such column: x; look at `database`"),
        (OSError(errno.EROFS, "Read-only file system", "/data"), True, "/data: Read-only file system"),
        (FileNotFoundError(errno.ENOENT, "No such file", "/data/blobs/aa"), False, "/data/blobs/aa: No such file"),
        (IntegrityError("INSERT", {}, sqlite3.IntegrityError("UNIQUE")), False, "UNIQUE"),
        (ValueError("a bug"), False, "a bug"),
        (MemoryError(), True, "MemoryError"),
    ],
)
def test_whose_failure_it_is_and_what_to_do(error: Exception, everybodys: bool, words: str) -> None:
    assert world.failed(error) is everybodys
    assert words in world.plainly(error)


def test_a_full_disk_leaves_no_half_file_and_names_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Blobs(tmp_path / "blobs")

    def full(descriptor: int) -> None:
        if stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", full)
        with pytest.raises(OSError, match="No space left") as raised:
            kept.put(b"a statement")
    assert Path(str(raised.value.filename)).parent == tmp_path / "blobs"
    assert [path for path in (tmp_path / "blobs").rglob("*") if path.is_file()] == []
    assert kept.put(b"a statement") in kept
