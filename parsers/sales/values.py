"""The values of imported tables: cells, rows, tables, and what is wrong with them."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

Cell = str | int | float | bool | date | datetime | time | timedelta | None
"""What a cell holds; None is an empty cell. XLSX gives numbers as binary floats, CSV gives text only."""


@dataclass(frozen=True, slots=True)
class TableFault:
    """A problem in a file, told to finance people: ``row`` counts from 1 as the spreadsheet shows it."""

    file: str
    row: int | None
    column: str | None
    message: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row under the header; ``number`` counts from 1 as the spreadsheet shows it."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet or CSV file. ``headers`` as written; blank, 合计 and 小计 rows are left out of ``rows``.

    ``faults`` says why nothing (or not everything) could be read; then ``rows`` must not be used.
    """

    file: str
    sheet: str
    headers: tuple[str, ...]
    header_row: int
    rows: tuple[Row, ...]
    faults: tuple[TableFault, ...] = ()

    @property
    def place(self) -> str:
        """File and sheet, as people name them."""
        return f"{self.file}[{self.sheet}]" if self.sheet else self.file


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """One contact's row of the own customers table, cells as they stood, None where empty or without a column."""

    place: str
    row: int
    code: Cell
    name: Cell
    aliases: Cell
    cycle: Cell
    closing_day: Cell
    payment_terms: Cell
    rep: Cell
    contact: Cell
    address: Cell
    may_confirm: Cell
    basis_of_authority: Cell
    cc: Cell
    locale: Cell
    channel: Cell
    currency: Cell
    basis: Cell
    tax_id: Cell
    credit_limit: Cell
    opening_date: Cell
    seals: Cell = None
    signatories: Cell = None


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One row of the own documents table, cells as they stood, None where empty or without a column."""

    place: str
    row: int
    kind: Cell
    number: Cell
    line: Cell
    on: Cell
    customer: Cell
    product: Cell
    spec: Cell
    unit: Cell
    quantity: Cell
    unit_price: Cell
    amount: Cell
    tax_rate: Cell
    tax: Cell
    currency: Cell
    invoice_number: Cell
    order_number: Cell
    customer_order_number: Cell
    settlement: Cell
    bill_number: Cell
    bill_due: Cell
    due: Cell
    category: Cell
    remark: Cell
