"""XLSX and XLS bytes → sheets of cells, with the caps looked at before the file is opened.

A spreadsheet reader allocates the whole rectangle up to the farthest cell, so the cells' addresses are looked at first.
That stops what was found by damaging files at random; files from outside are opened in a child process all the same.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineWorkbook

from parsers.sales.messages import OUT_OF_RANGE, TOO_LARGE, UNREADABLE, UNSAFE_ARCHIVE, Text

Grid = list[list[int | float | str | bool | time | date | datetime | timedelta]]

MAX_ROWS, MAX_COLUMNS = 200_000, 200
_MAX_UNPACKED = 256 * 2**20  # 100,000 rows of all columns are about 130 MiB of XML; our own staff's files, not mail
_MAX_SMALL_RATIO_BYTES = 2**20
_MAX_RATIO, _MAX_ENTRIES, _MAX_XLS = 150, 2_000, 64 * 2**20
_CHUNK, _OVERLAP = 2**20, 32
_FAR_CELL = re.compile(
    rb"""\sr\s*=\s*["'](?:[A-Za-z]{3,}[0-9]+|[H-Zh-z][A-Za-z][0-9]+|[Gg][S-Zs-z][0-9]+|[A-Za-z]{0,2}(?:[2-9][0-9]{5}|[0-9]{7,})|[^"']{0,20}&)""",
)
_DIMENSIONS = re.compile(rb"\x00\x02\x0e\x00(.{12})", re.DOTALL)
_XLS_ROWS, _XLS_COLUMNS = 65_536, 256


def sheets(data: bytes) -> list[tuple[str, Grid]] | Text:
    """Return (sheet name, rows) of the visible sheets, rows from the sheet's first one; or why it can't be opened.

    Blank leading rows and columns are kept, so that row 1 is the spreadsheet's row 1. Never raises.
    """
    refusal = _refusal(data)
    if refusal is not None:
        return refusal
    try:
        return _open(data)
    except _TooFarError:
        return OUT_OF_RANGE
    except Exception:  # noqa: BLE001  # whatever a broken file makes the reader say, the person is told one thing
        return UNREADABLE
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # the reader's own crash, deliberately outside Exception
            return UNREADABLE
        raise


class _TooFarError(Exception):
    """The sheet is larger than the caps."""


def _open(data: bytes) -> list[tuple[str, Grid]]:
    found: list[tuple[str, Grid]] = []
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        for meta in book.sheets_metadata:
            if not str(meta.visible).endswith("Visible") or not str(meta.typ).endswith("WorkSheet"):
                continue
            sheet = book.get_sheet_by_name(meta.name)
            if sheet.total_height > MAX_ROWS or sheet.total_width > MAX_COLUMNS:
                raise _TooFarError
            found.append((meta.name, sheet.to_python(skip_empty_area=False)))
    return found


def _refusal(data: bytes) -> Text | None:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return TOO_LARGE if len(data) > _MAX_XLS else OUT_OF_RANGE if _xls_reaches_far(data) else None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _archive_refusal(archive)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError, zlib.error):
        return UNREADABLE


def _xls_reaches_far(data: bytes) -> bool:
    """Look at the DIMENSIONS records: the reader allocates what they say, and aborts the process where it can't."""
    for match in _DIMENSIONS.finditer(data):
        first_row, end_row, first_column, end_column = struct.unpack("<IIHH", match[1])
        if not first_row <= end_row <= _XLS_ROWS or not first_column <= end_column <= _XLS_COLUMNS:
            return True
    return False


def _archive_refusal(archive: zipfile.ZipFile) -> Text | None:
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > _MAX_ENTRIES or unpacked > _MAX_UNPACKED or any(_is_bomb(entry) for entry in entries):
        return UNSAFE_ARCHIVE
    worksheets = [entry for entry in entries if entry.filename.lower().startswith("xl/worksheets/")]
    return OUT_OF_RANGE if any(_reaches_far(archive, entry) for entry in worksheets) else None


def _is_bomb(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > _MAX_SMALL_RATIO_BYTES and entry.file_size > _MAX_RATIO * max(entry.compress_size, 1)


def _reaches_far(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    return any(_FAR_CELL.search(window) for window in _windows(archive, entry))


def _windows(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    tail = b""
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            window = tail + chunk
            yield window
            tail = window[-_OVERLAP:]
