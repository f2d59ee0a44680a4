"""Reads the cells of one imported row into typed values and collects what is wrong with them, with row and column."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from bot.decide import ledger_text
from bot.model import Fault
from parsers.amount import parse_cell, parse_rate
from parsers.sales import words
from parsers.sales.cells import as_date, as_text
from parsers.sales.columns import CUSTOMER_COLUMNS, DOCUMENT_COLUMNS, Column
from parsers.sales.messages import Text
from parsers.sales.values import Cell, CustomerRow, DocumentRow

T = TypeVar("T")

_MAX_LINE = 999_999


def headers(columns: tuple[Column, ...]) -> dict[str, str]:
    """Return field → own header."""
    return {column.field: column.header for column in columns}


CUSTOMER_HEADERS, DOCUMENT_HEADERS = headers(CUSTOMER_COLUMNS), headers(DOCUMENT_COLUMNS)


@dataclass(frozen=True, slots=True)
class RowReader:
    """One row; every method returns the value or its default and adds a fault where the cell holds something else."""

    row: CustomerRow | DocumentRow
    names: Mapping[str, str]
    faults: list[Fault]

    def cell(self, field: str) -> Cell:
        """Return the cell as it stood."""
        found: Cell = getattr(self.row, field)
        return found

    def text(self, field: str) -> str:
        """Return the cell as text, empty where it is."""
        return as_text(self.cell(field))

    def fault(self, field: str, text: Text, *, warning: bool = False) -> None:
        """Add a fault of this row and column."""
        self.faults.append(Fault(self.row.place, self.row.row, self.names[field], *text, warning=warning))

    def needed(self, field: str) -> str:
        """Return the text; an empty cell is a fault."""
        text = self.text(field)
        if not text:
            self.fault(field, ledger_text.EMPTY)
        return text

    def day(self, field: str, *, needed: bool = False) -> date | None:
        """Return the day, None where empty or wrong."""
        return self._read(field, as_date, ledger_text.NOT_A_DATE, needed=needed)

    def number(self, field: str, places: int | None = 2, *, needed: bool = False) -> Decimal | None:
        """Return the number rounded to ``places`` (None: as written), None where empty or wrong."""
        return self._read(field, lambda cell: parse_cell(cell, places), ledger_text.NOT_A_NUMBER, needed=needed)

    def rate(self, field: str) -> Decimal | None:
        """Return a tax rate as a fraction, None where empty or wrong."""
        return self._read(field, parse_rate, ledger_text.NOT_A_RATE)

    def line(self, field: str) -> int:
        """Return the line number, 1 where empty or wrong."""
        if self.cell(field) is None:
            return 1
        number = parse_cell(self.cell(field), None)
        if number is None or number != int(number) or not 1 <= number <= _MAX_LINE:
            self.fault(field, ledger_text.NOT_A_LINE)
            return 1
        return int(number)

    def currency(self, field: str, default: str) -> str:
        """Return the ISO code, the default where empty or wrong."""
        return self.word(field, words.currency, default, ledger_text.UNKNOWN_CURRENCY)

    def word(self, field: str, meaning: Callable[[str], str | None], default: str, text: Text | None = None) -> str:
        """Return what one of a few words means, the default where empty or wrong."""
        written = self.text(field)
        if not written:
            return default
        found = meaning(written)
        if found is None:
            self.fault(field, text or ledger_text.FEW_WORDS[field])
        return found or default

    def yes(self, field: str) -> bool:
        """Return what a yes/no cell says, False where empty or wrong."""
        found = words.yes(self.text(field))
        if found is None:
            self.fault(field, ledger_text.FEW_WORDS[field])
        return found is True

    def _read(self, field: str, parse: Callable[[Cell], T | None], wrong: Text, *, needed: bool = False) -> T | None:
        cell = self.cell(field)
        found = None if cell is None else parse(cell)
        if found is None and (needed or as_text(cell)):
            self.fault(field, wrong if as_text(cell) else ledger_text.EMPTY)
        return found
