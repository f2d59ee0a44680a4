"""The own import format: a :class:`Table` → one :class:`CustomerRow` a contact, one :class:`DocumentRow` a line.

Columns are matched here, all faults of the header at once; what stands in the cells is judged by the ledger.
"""

from typing import Literal

from parsers.sales import messages
from parsers.sales.cells import as_text
from parsers.sales.columns import (
    CUSTOMER_COLUMNS,
    DOCUMENT_COLUMNS,
    IGNORED,
    Column,
    fold_header,
    nearest,
    spellings,
)
from parsers.sales.values import Cell, CustomerRow, DocumentRow, Table, TableFault


def own_kind(table: Table) -> Literal["customers", "documents"] | None:
    """Tell which of the two own tables this is by its columns, None where it has none of either."""
    customers, documents = (_matches(table, columns) for columns in (CUSTOMER_COLUMNS, DOCUMENT_COLUMNS))
    if max(customers, documents) == 0:
        return None
    return "documents" if documents > customers else "customers"


def own_customers(table: Table) -> tuple[tuple[CustomerRow, ...], tuple[TableFault, ...]]:
    """Return the customers table's rows and all faults of its header; with a required column missing, no rows."""
    places, faults = _columns(table, CUSTOMER_COLUMNS)
    if any(fault.row is None for fault in faults):
        return (), faults
    rows = tuple(CustomerRow(table.place, row.number, *_pick(row.cells, places)) for row in table.rows)
    return rows, faults


def own_documents(table: Table) -> tuple[tuple[DocumentRow, ...], tuple[TableFault, ...]]:
    """Return the documents table's rows and all faults of its header; with a required column missing, no rows."""
    places, faults = _columns(table, DOCUMENT_COLUMNS)
    if any(fault.row is None for fault in faults):
        return (), faults
    rows = tuple(DocumentRow(table.place, row.number, *_pick(row.cells, places)) for row in table.rows)
    return rows, faults


def _matches(table: Table, columns: tuple[Column, ...]) -> int:
    return len({fold_header(header) for header in table.headers} & spellings(columns).keys())


def _pick(cells: tuple[Cell, ...], places: tuple[int | None, ...]) -> list[Cell]:
    width = len(cells)
    return [None if place is None or place >= width else cells[place] for place in places]


def _columns(table: Table, columns: tuple[Column, ...]) -> tuple[tuple[int | None, ...], tuple[TableFault, ...]]:
    """Return each field's place in the row (in the columns' order) and the header's faults.

    Faults with a row are about one column; those without (file unreadable, required column missing) allow no rows.
    """
    known = spellings(columns)
    found: dict[str, int] = {}
    faults = list(table.faults)
    for place, header in enumerate(table.headers):
        field = known.get(fold_header(header))
        if field is not None and field not in found:
            found[field] = place
        else:
            faults.extend(_oddity(table, columns, place, None if field is None else table.headers[found[field]]))
    if not table.faults:
        faults += [
            TableFault(table.place, None, column.header, *messages.missing_column(column.header))
            for column in columns
            if column.required and column.field not in found
        ]
    return tuple(found.get(column.field) for column in columns), tuple(faults)


def _oddity(table: Table, columns: tuple[Column, ...], place: int, doubled: str | None) -> list[TableFault]:
    header = table.headers[place]
    if doubled is not None:
        text = messages.doubled_column(doubled)
    elif not header:
        if not any(place < len(row.cells) and as_text(row.cells[place]) for row in table.rows):
            return []
        header, text = f"第 {place + 1} 列", messages.NAMELESS_COLUMN
    elif fold_header(header) in IGNORED and columns is DOCUMENT_COLUMNS:
        return []
    else:
        text = messages.unknown_column(nearest(columns, header))
    return [TableFault(table.place, table.header_row, header, *text)]
