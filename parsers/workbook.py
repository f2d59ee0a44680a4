"""Bytes of a spreadsheet that a stranger sent → its pages as rows of plain cells, or the reason why it isn't opened.

Reads XLSX, XLS, ODS (calamine) and CSV. Before anything is opened, a ZIP's directory and its pages' extents are
checked: an 800-byte file may claim a billion cells.
"""

import csv
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO

from python_calamine import CalamineError, CalamineWorkbook

from parsers.charset import decode
from parsers.fold import fold
from parsers.money import parse

Cell = str | Decimal | date
"""An empty cell is the empty string."""

_MOST_BYTES, _MOST_UNPACKED, _MOST_PAGE = 25 << 20, 60 << 20, 40 << 20
_MOST_RATIO, _MOST_ENTRIES = 150, 2_000
_MOST_ROWS, _MOST_COLUMNS, _MOST_PAGES, _MOST_CELLS = 30_000, 256, 30, 2_000_000
_PAGE = re.compile(r"xl/worksheets/[^/]{1,80}\.xml", re.IGNORECASE)
_REFERENCE = re.compile(rb'\br="([A-Z]{0,3})(\d{1,7})"')
_ROWS_REPEATED = re.compile(rb'[^>]{0,200}?number-rows-repeated="(\d{1,9})"')
_REPEATED = re.compile(rb'number-columns-repeated="(\d{1,9})"[^>]{0,400}>')
_TORN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError)
_FEN, _LIMIT = Decimal("0.01"), Decimal(10) ** 13
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")


class Refused(ValueError):  # noqa: N818  # what was done with the file
    """The file isn't opened; the message says why, in a constant word: ``size``, ``bomb``, ``extent``, ``broken``."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a workbook, hidden or not."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]


def pages(data: bytes, name: str) -> tuple[Page, ...]:
    """All pages in order, a CSV as one; raises Refused."""
    if len(data) > _MOST_BYTES:
        raise Refused("size")
    if data.startswith(b"PK"):
        _check_zip(data)
    elif not data.startswith(_OLE):
        return (_csv(data, name),)
    return tuple(_calamine(data))


def _calamine(data: bytes) -> Iterator[Page]:
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        for name in book.sheet_names[:_MOST_PAGES]:
            sheet = book.get_sheet_by_name(name)
            if sheet.total_height > _MOST_ROWS or sheet.total_height * max(sheet.total_width, 1) > _MOST_CELLS:
                raise Refused("extent")
            rows = sheet.to_python(skip_empty_area=False)
            yield Page(name, tuple(tuple(_cell(value) for value in row[:_MOST_COLUMNS]) for row in rows))
    except (CalamineError, ValueError, OSError) as error:
        raise error if isinstance(error, Refused) else Refused("broken") from error


def _check_zip(data: bytes) -> None:
    """Raises Refused before anything of a ZIP is opened in earnest."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _check_archive(archive, len(data))
    except Refused:
        raise
    except _TORN as error:
        raise Refused("broken") from error


def _check_archive(archive: zipfile.ZipFile, size: int) -> None:
    """Sizes as the directory claims them (the reader of a member stops there), then how far the pages reach."""
    entries = archive.infolist()
    total = sum(entry.file_size for entry in entries)
    if len(entries) > _MOST_ENTRIES or total > min(_MOST_UNPACKED, _MOST_RATIO * size):
        raise Refused("bomb")
    for entry in entries:
        _check_extent(archive, entry)


def _check_extent(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """A page's cells may not reach beyond the caps, wherever it claims them to be."""
    if _PAGE.fullmatch(entry.filename):
        content = _content(archive, entry)
        rows, letters = 0, b"A"
        for match in _REFERENCE.finditer(content):
            rows = max(rows, int(match[2]))
            letters = max(letters, match[1], key=lambda text: (len(text), text))
        if rows > _MOST_ROWS or rows * _column(letters) > _MOST_CELLS:
            raise Refused("extent")
    elif entry.filename == "content.xml":
        rows_of_cells = _content(archive, entry).split(b"<table:table-row")[1:]
        if sum(_ods_cells(row) for row in rows_of_cells) > _MOST_CELLS:
            raise Refused("extent")


def _ods_cells(row: bytes) -> int:
    """How many cells a row of an ODS makes; empty ones, which its writers repeat to the page's end, are none."""
    if b"office:value" not in row:
        return 0
    repeated = _ROWS_REPEATED.match(row)
    columns = sum(int(match[1]) for match in _REPEATED.finditer(row) if b"office:value" in match[0])
    return (int(repeated[1]) if repeated else 1) * max(columns, 1)


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    if entry.file_size > _MOST_PAGE:
        raise Refused("bomb")
    with archive.open(entry) as stream:
        return stream.read(_MOST_PAGE)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _csv(data: bytes, name: str) -> Page:
    text = decode(data[:_MOST_PAGE], None)
    if "\0" in text:
        raise Refused("broken")
    separator = max(",\t;", key=text[:4096].count)
    try:
        lines = csv.reader(StringIO(text, newline=""), delimiter=separator)
        rows = [row for row, _ in zip(lines, range(_MOST_ROWS), strict=False)]
    except csv.Error as error:
        raise Refused("broken") from error
    return Page(name, tuple(tuple(cell.strip() for cell in row[:_MOST_COLUMNS]) for row in rows))


def _cell(value: object) -> Cell:
    """Money arrives as a binary float: its shortest repr is what was typed."""
    match value:
        case bool():
            return str(value)
        case int() | float():
            number = Decimal(repr(value))
            return number if number.is_finite() else ""
        case datetime():
            return value.date()
        case date():
            return value
        case str():
            return value.strip()
        case _:
            return ""


def figure(cell: Cell) -> Decimal | None:
    """A cell's figure, also one written as text; None for anything else, and for what no amount can be."""
    value = cell if isinstance(cell, Decimal) else parse(cell) if isinstance(cell, str) else None
    return value if value is not None and abs(value) < _LIMIT else None


def fen(amount: Decimal | None) -> Decimal | None:
    """An amount with two places."""
    return None if amount is None else amount.quantize(_FEN)


def folded(cell: Cell) -> str:
    """A label as it is compared: folded, without spaces and its colon; empty for figures and dates."""
    return "".join(fold(cell).split()).rstrip(":") if isinstance(cell, str) else ""
