"""A statement's lines as rows of a table: what each cell says, how high a row is, and which rows go on which page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.compose import fonts
from bot.compose.amounts import money, number, price
from bot.compose.labels import kind_label, labels
from bot.model import Locale, Statement, StatementLine

COLUMNS: tuple[tuple[str, float], ...] = (
    ("date", 15.2),
    ("kind", 10.0),
    ("number", 26.5),
    ("product", 27.8),
    ("spec", 20.0),
    ("unit", 6.5),
    ("quantity", 11.0),
    ("price", 13.0),
    ("charge", 18.5),
    ("receipt", 18.0),
    ("balance", 19.5),
)
"""Name and width in mm, from the left margin on; the sum is the width of the page's content."""
TEXTS = ("date", "kind", "number", "product", "spec", "unit")
FIGURES = {"quantity": "quantity", "price": "price", "charge": "amount", "receipt": "receipt", "balance": "balance"}
"""Column → what its figure is called in the layout (``line 3 amount``)."""
SIZE, SMALL, SMALLEST, NOTE = 7.5, 6.4, 5.5, 6.2
PADDING = 0.8
ROW, EXTRA_LINE, NOTE_LINE = 4.9, 2.7, 2.7
_BROKEN = ("product", "spec", "number")
"""Columns that may take two lines."""
_WIDTHS = dict(COLUMNS)


@dataclass(frozen=True, slots=True)
class Row:
    """One line: texts and figures by column, the small second line, its height in mm; ``index`` counts from 1."""

    index: int
    texts: dict[str, fonts.Fitted]
    figures: dict[str, str]
    note: str
    height: float
    charge: Decimal
    receipt: Decimal
    balance: Decimal


@dataclass(frozen=True, slots=True)
class Slice:
    """The rows of one page, with what is carried into it: charges, receipts, balance so far."""

    rows: tuple[Row, ...]
    charge: Decimal
    receipt: Decimal
    balance: Decimal

    @property
    def height(self) -> float:
        """All rows together, in mm."""
        return sum(row.height for row in self.rows)

    @property
    def carried_out(self) -> tuple[Decimal, Decimal, Decimal]:
        """Charges, receipts and balance after the last row."""
        return (
            self.charge + sum((row.charge for row in self.rows), Decimal(0)),
            self.receipt + sum((row.receipt for row in self.rows), Decimal(0)),
            self.rows[-1].balance if self.rows else self.balance,
        )


def rows(statement: Statement) -> tuple[Row, ...]:
    """All lines as rows, in order."""
    return tuple(_row(index, line, statement.locale) for index, line in enumerate(statement.snapshot.lines, 1))


def slices(found: Sequence[Row], opening: Decimal, first_room: float, next_room: float) -> tuple[Slice, ...]:
    """Rows by page, at least one page; rooms in mm are what a page has for rows alone."""
    pages: list[Slice] = []
    taken: list[Row] = []
    carried, used, room = (Decimal(0), Decimal(0), opening), 0.0, first_room
    for row in found:
        if taken and used + row.height > room:
            pages.append(Slice(tuple(taken), *carried))
            carried, taken, used, room = pages[-1].carried_out, [], 0.0, next_room
        taken.append(row)
        used += row.height
    return (*pages, Slice(tuple(taken), *carried))


def cells(line: StatementLine, locale: Locale) -> dict[str, str]:
    """What each column of a line shows, unfitted."""
    return {
        "date": line.on.isoformat(),
        "kind": kind_label(line.kind, locale),
        "number": fonts.clean(line.number),
        "product": fonts.clean(line.product or line.settlement),
        "spec": fonts.clean(line.spec),
        "unit": fonts.clean(line.unit),
        "quantity": number(line.quantity),
        "price": price(line.unit_price),
        "charge": "" if line.charge is None else money(line.charge),
        "receipt": "" if line.receipt is None else money(line.receipt),
        "balance": money(line.balance),
    }


def note(line: StatementLine, locale: Locale) -> str:
    """The small second line: how settled, bill, invoice, orders, due date and remark, as far as there are any."""
    return "　".join(_notes(line, locale))


def _notes(line: StatementLine, locale: Locale) -> Iterator[str]:
    words = labels(locale)
    if line.late:
        yield words["note.late"]
    if line.settlement and line.product:
        yield fonts.clean(line.settlement)
    for key, value in (
        ("note.bill", line.bill_number),
        ("note.bill_due", line.bill_due),
        ("note.invoice", line.invoice_number),
        ("note.customer_order", line.customer_order_number),
        ("note.order", line.order_number),
        ("note.due", line.due),
    ):
        if value:
            yield f"{words[key]} {fonts.clean(str(value))}"
    if line.remark:
        yield fonts.clean(line.remark)


def _row(index: int, line: StatementLine, locale: Locale) -> Row:
    shown = cells(line, locale)
    texts = {name: _fitted(name, shown[name]) for name in TEXTS}
    small = note(line, locale)
    broken = any(len(text.lines) > 1 for text in texts.values())
    height = ROW + (EXTRA_LINE if broken else 0) + (NOTE_LINE if small else 0)
    figures = {name: shown[name] for name in FIGURES if shown[name]}
    return Row(
        index, texts, figures, small, height, line.charge or Decimal(0), line.receipt or Decimal(0), line.balance
    )


def _fitted(name: str, text: str) -> fonts.Fitted:
    room = _WIDTHS[name] - 2 * PADDING
    if name in _BROKEN:
        found = fonts.fit(text, room, SIZE, SMALL, lines=1)
        return (
            found
            if len(found.lines) == 1 and found.lines[0] == text
            else fonts.fit(text, room, SMALL, SMALLEST, lines=2)
        )
    return fonts.fit(text, room, SIZE, SMALLEST)
