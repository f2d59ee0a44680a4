"""A spreadsheet that came back → what the customer filled in, and where it differs from our lines.

Our own sheet is known by its hidden page ``_dz`` (number, revision, the whole statement); its visible page has the
columns 貴方數量, 貴方金額, 差異原因, 備註 and a field 貴方期末餘額. Any other table is the customer's own form: of that
only the closing balance is read, where one stands beside or under a label such as 期末应付余额.
Formulas' cached values are never trusted: :func:`compare` computes every difference again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from parsers import own_table, sent_lines
from parsers.attachment import SheetDifference
from parsers.fold import fold
from parsers.number import is_valid
from parsers.workbook import Cell, Page, Refused, fen, figure, folded, pages

MAGIC, HIDDEN_SHEET, CHUNK = "duizhang 1", "_dz", 30_000
"""First cell and name of the hidden page; characters in each cell of the statement (Excel's limit is 32,767)."""
CLOSING, MISSING, OVERWRITTEN = "closing", "missing", "overwritten"
"""The document of a closing difference; causes of a line that is gone and of our own figure written over."""

_COLUMNS = {
    "单据号": "number",
    "数量": "our_quantity",
    "金额": "our_charge",
    "已收款": "our_receipt",
    "贵方数量": "quantity",
    "贵方金额": "amount",
    "差异原因": "cause",
    "备注": "remark",
}
"""Our headers, folded."""
_THEIR_CLOSING = "贵方期末余额"
_AGREEING_WORDS = (
    "相符 无误 一致 核对无误 相符无误 核对相符 无差异 没有差异 没问题 正确 对 是 已核对 无 √ ✓ ✔ ok yes 0 0.00 -"
)
_AGREEING = frozenset(_AGREEING_WORDS.split(" "))
"""Remarks that say nothing against a line, folded and in lower case."""


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One of our lines to compare with; ``key`` is ``kind number line``, ``amount`` as it stands in its column."""

    key: str
    quantity: Decimal | None
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row as it came back; ``our_…`` are our own cells as they stand there now, which someone may have changed."""

    key: str
    quantity: Decimal | None
    amount: Decimal | None
    cause: str
    remark: str
    our_quantity: Decimal | None
    our_amount: Decimal | None

    @property
    def filled(self) -> bool:
        """Whether the customer wrote anything into it."""
        return bool(self.quantity is not None or self.amount is not None or self.cause or self.remark)


@dataclass(frozen=True, slots=True)
class SheetReading:
    """A sheet, read. ``own_form``: the customer's own table. ``refused`` says why it wasn't opened, else empty.

    ``unread`` names cells whose text is no figure where one belongs: such a sheet is for a person.
    ``changed``: our own lines aren't as the hidden page has them (written over, taken out, added).
    """

    name: str
    own_form: bool
    number: str | None = None
    revision: int | None = None
    rows: tuple[SheetRow, ...] = ()
    closing: Decimal | None = None
    refused: str = ""
    unread: tuple[str, ...] = ()
    changed: bool = False

    @property
    def filled(self) -> bool:
        """Whether the customer wrote anything at all: a sheet that came back untouched says nothing."""
        return self.closing is not None or self.changed or bool(self.unread) or any(row.filled for row in self.rows)


def read(data: bytes, name: str) -> SheetReading:
    """Read a sheet; never raises for odd bytes (``refused`` is set instead)."""
    try:
        found = pages(data, name)
    except Refused as refusal:
        return SheetReading(name, own_form=False, refused=str(refusal))
    hidden = _hidden(found)
    if hidden is None:
        return SheetReading(name, own_form=True, closing=_stranger_closing(found))
    number, revision, text = hidden
    unread: list[str] = []
    visible = [page for page in found if page.name != HIDDEN_SHEET][:1]
    rows = tuple(row for page in visible for row in _rows(page, unread))
    closing = _their_closing(visible[0], unread) if visible else None
    lines = sent_lines.read(text)
    if lines is None:
        unread.append(HIDDEN_SHEET)
    blank = [replace(row, quantity=None, amount=None, cause="", remark="") for row in rows]
    changed = any(_row_differences(blank, [SheetLine(*line) for line in lines or ()]))
    return SheetReading(
        name,
        own_form=False,
        number=number,
        revision=revision,
        rows=rows,
        closing=closing,
        unread=tuple(unread),
        changed=changed,
    )


def statement_json(data: bytes) -> str | None:
    """The statement that our sheet's hidden page holds, as JSON; None where the file isn't one of ours, or is torn."""
    try:
        hidden = _hidden(pages(data, ""))
    except Refused:
        return None
    return hidden[2] if hidden else None


def compare(reading: SheetReading, lines: Sequence[SheetLine], closing: Decimal) -> tuple[SheetDifference, ...]:
    """Every row that differs from our lines, then the closing balance; an empty tuple means zero differences.

    A row that says nothing agrees. A credit balance may be written without its sign. A remark that isn't a word of
    agreement is a difference even without figures.
    """
    found = [] if reading.own_form or reading.refused else list(_row_differences(reading.rows, lines))
    if reading.closing is not None and not _same_closing(reading.closing, closing):
        found.append(SheetDifference(CLOSING, closing, reading.closing, None, None, "", ""))
    return tuple(found)


def _row_differences(rows: Sequence[SheetRow], lines: Sequence[SheetLine]) -> Iterator[SheetDifference]:
    ours = {line.key: line for line in lines}
    for row in rows:
        line = ours.pop(row.key, None)
        if line is None:
            amount = row.our_amount if row.amount is None else row.amount
            yield SheetDifference(row.key, None, amount, None, row.quantity, row.cause, row.remark)
        elif _differs(row, line):
            yield SheetDifference(row.key, line.amount, row.amount, line.quantity, row.quantity, row.cause, row.remark)
        elif (row.our_amount, row.our_quantity) != (fen(line.amount), line.quantity):
            changed = row.our_amount, line.quantity, row.our_quantity
            yield SheetDifference(row.key, line.amount, *changed, OVERWRITTEN, row.remark)
    for line in ours.values():
        yield SheetDifference(line.key, line.amount, None, line.quantity, None, MISSING, "")


def _differs(row: SheetRow, line: SheetLine) -> bool:
    if row.amount is not None and row.amount != (fen(line.amount) or 0):
        return True
    if row.quantity is not None and row.quantity != (line.quantity or 0):
        return True
    return _objects(row.cause) or _objects(row.remark)


def _objects(text: str) -> bool:
    """Whether a cause or remark is more than a word of agreement."""
    bare = "".join(fold(text).lower().split()).rstrip("。.!！")
    return bool(bare) and bare not in _AGREEING


def _same_closing(theirs: Decimal, ours: Decimal) -> bool:
    return theirs == ours or (ours < 0 and theirs == -ours)


def _hidden(found: Sequence[Page]) -> tuple[str, int, str] | None:
    """Number, revision and statement from the hidden page."""
    page = next((page for page in found if page.name == HIDDEN_SHEET), None)
    if page is None:
        return None
    cells = [str(row[0]) if row else "" for row in page.rows]
    if len(cells) < 5 or cells[0] != MAGIC or not is_valid(cells[1]):  # noqa: PLR2004  # four cells, then the parts
        return None
    if not (cells[2].isdecimal() and cells[3].isdecimal() and len(cells[2]) < 5) or int(cells[3]) != len(cells) - 4:  # noqa: PLR2004  # as above
        return None
    return cells[1], int(cells[2]), "".join(cells[4:])


def _rows(page: Page, unread: list[str]) -> Iterator[SheetRow]:
    """The rows under our header that hold a line's key, or a document that the customer added."""
    header = next((index for index, row in enumerate(page.rows[:40]) if _header(row)), None)
    if header is None:
        unread.append("header")
        return
    columns = {
        _COLUMNS[title]: at
        for at, title in reversed(list(enumerate(map(folded, page.rows[header]))))
        if title in _COLUMNS
    }
    key_column = max(columns.values()) + 1
    for index, row in enumerate(page.rows[header + 1 :], header + 2):
        key = _text(row, key_column) or _text(row, columns.get("number", 0))
        if key:
            yield _row(row, columns, key, index, unread)


def _header(row: Sequence[Cell]) -> bool:
    return {"贵方金额", "差异原因"} <= {folded(cell) for cell in row}


def _row(row: Sequence[Cell], columns: dict[str, int], key: str, index: int, unread: list[str]) -> SheetRow:
    def at(name: str) -> Decimal | None:
        return _figure(row, columns.get(name), f"{index} {name}", unread)

    charge, receipt, amount = at("our_charge"), at("our_receipt"), at("amount")
    remark, cause = _text(row, columns.get("remark")), _text(row, columns.get("cause"))
    ours = receipt if charge is None else charge
    return SheetRow(key, at("quantity"), fen(amount), cause, remark, at("our_quantity"), fen(ours))


def _figure(row: Sequence[Cell], column: int | None, place: str, unread: list[str]) -> Decimal | None:
    """A cell's figure; text that is none is noted, so that nothing the customer wrote goes unseen."""
    cell = row[column] if column is not None and column < len(row) else ""
    if cell == "":
        return None
    value = figure(cell)
    if value is None and _objects(str(cell)):
        unread.append(f"{place}: {str(cell)[:40]}")
    return value


def _text(row: Sequence[Cell], column: int | None) -> str:
    return str(row[column]).strip() if column is not None and column < len(row) else ""


def _their_closing(page: Page, unread: list[str]) -> Decimal | None:
    """The field beside 貴方期末餘額; its label spans two cells."""
    for index, row in enumerate(page.rows[:40], 1):
        for column, cell in enumerate(row):
            if folded(cell) == _THEIR_CLOSING:
                value = _figure(row, column + 2, f"{index} closing", unread)
                return fen(value if value is not None else _figure(row, column + 1, f"{index} closing", unread))
    return None


def _stranger_closing(found: Sequence[Page]) -> Decimal | None:
    """The closing of a table without our hidden page; of our sheet saved as CSV only *their* field counts."""
    ours = [page for page in found if any(_header(row) for row in page.rows[:40])]
    return _their_closing(ours[0], []) if ours else own_table.closing(found)
