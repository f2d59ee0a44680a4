"""A sales system's export or our own import file → :class:`Table`: finds the header, leaves titles and totals out.

XLSX, XLS and CSV (also the CSV that some programs name .xls); the header stands anywhere in rows 1–5, under merged
titles and blank rows.
"""

from collections.abc import Iterable, Sequence

from parsers.sales import delimited, workbook
from parsers.sales.cells import as_text
from parsers.sales.columns import CUSTOMER_COLUMNS, DOCUMENT_COLUMNS, fold_header, spellings
from parsers.sales.messages import NO_HEADER, UNKNOWN_FORMAT, WEB_PAGE, Text
from parsers.sales.values import Cell, Row, Table, TableFault

_Grid = Sequence[Sequence[Cell]]

HEADER_ROWS = 5
_BOM_AND_BLANKS = 64
_LEAST_KNOWN = 2
_TOTALS = ("合计", "小计", "总计", "累计", "合計", "小計", "總計", "累計")
_MAX_WORDS_OF_A_TOTAL = 2
_KNOWN = spellings(CUSTOMER_COLUMNS).keys() | spellings(DOCUMENT_COLUMNS).keys()


def read(data: bytes, name: str) -> Table:
    """Return the table with the most known columns; an unreadable file gives a table with faults. Never raises."""
    return max(tables(data, name), key=lambda table: _known(table.headers))


def tables(data: bytes, name: str) -> tuple[Table, ...]:
    """Return the tables of all visible sheets that have a known header, in order; at least one, perhaps with faults."""
    found = _sheets(data, name)
    if isinstance(found, Text):
        return (_failed(name, found),)
    read_tables = [_table(name, sheet if len(found) > 1 else "", grid) for sheet, grid in found]
    return tuple(table for table in read_tables if table is not None) or (_failed(name, NO_HEADER),)


def _sheets(data: bytes, name: str) -> Sequence[tuple[str, _Grid]] | Text:
    suffix = name.lower().rpartition(".")[2]
    if suffix == "xlsx" or data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return workbook.sheets(data)
    if suffix not in {"csv", "txt", "tsv", "xls"}:
        return UNKNOWN_FORMAT
    if data[:_BOM_AND_BLANKS].lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        return WEB_PAGE
    rows = delimited.rows(data)
    return rows if isinstance(rows, Text) else [("", rows)]


def _failed(name: str, text: Text) -> Table:
    return Table(name, "", (), 0, (), (TableFault(name, None, None, *text),))


def _known(cells: Iterable[Cell]) -> int:
    return len({fold_header(as_text(cell)) for cell in cells} & _KNOWN)


def _table(name: str, sheet: str, grid: _Grid) -> Table | None:
    counts = [_known(row) for row in grid[:HEADER_ROWS]]
    if max(counts, default=0) < _LEAST_KNOWN:
        return None
    top = counts.index(max(counts))
    headers = [as_text(cell) for cell in grid[top]]
    while headers and not headers[-1]:
        headers.pop()
    rows = tuple(_rows(grid, top + 1))
    return Table(name, sheet, tuple(headers), top + 1, rows)


def _rows(grid: _Grid, start: int) -> Iterable[Row]:
    for index in range(start, len(grid)):
        cells = tuple([None if cell == "" else cell for cell in grid[index]])
        if any(cell is not None for cell in cells) and not _is_blank_or_total(cells):
            yield Row(index + 1, cells)


def _is_blank_or_total(cells: tuple[Cell, ...]) -> bool:
    """A total has its word in its first filled cell and hardly any other words; a row of a ledger has more of them."""
    first = next((cell for cell in cells if cell is not None), None)
    if not isinstance(first, str):
        return False
    if not first.strip():
        return not any(as_text(cell) for cell in cells)
    squeezed = "".join(first.split())
    return any(word in squeezed for word in _TOTALS) and _words(cells) <= _MAX_WORDS_OF_A_TOTAL


def _words(cells: tuple[Cell, ...]) -> int:
    return sum(isinstance(cell, str) and bool(cell.strip("0123456789.,-()% \u3000")) for cell in cells)
