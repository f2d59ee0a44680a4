"""A comparison that the writer typed or pasted as a table → what it says in one sentence, and their balance.

``客户⇥期间⇥贵方余额⇥我方余额⇥差异 ⏎ 苏州恒远⇥2026年10月⇥85,685.00⇥85,120.00⇥565.00``, with tabs (so come HTML tables),
bars or blanks between the cells. Closed-world: a table with a column, a name or a period that isn't known stays text. A
table without any difference is a weak yes, never more: it is no sentence of the writer's.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from parsers import money, period
from parsers.fold import fold
from parsers.names import plain
from parsers.tokens import Scope
from parsers.typed_cells import DIFFERENCE, ITEM, NAME, OURS, PERIOD, REMARK, THEIRS, find

_LONGEST = 4_000
_HINT = re.compile(r"[贵你您我本]\s*[方司公单们]")
_NOTHING = re.compile(r"|[-—/0无]|无差异|一致|相符|无误|是|核对[无一][误致]|[✓✔√ok]+", re.IGNORECASE)
_TOTAL = re.compile(r"合计|总计|小计|共计")
_MONTH = r"(?:\d{4}年)?(?:\d{1,2}月份?|本[期月])?"
_ITEMS = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("", r"\d{0,3}|人民币|cny|rmb"),
        ("difference", r"差异(?:金额|额)?|差额"),
        (
            "whole",
            rf"合计|总计|小计|共计|{_MONTH}(?:期末|月末)?(?:应[收付]|账面)?(?:账款)?余额|{_MONTH}期末|应[收付]账款",
        ),
        ("part", r"[a-z]{2,8}-?[\w-]*\d|[\d./年月日-]+"),
        (
            "part",
            rf"{_MONTH}(?:期初|月初)?(?:余额|增加|减少|发生额?|付款|收款|回款|发货|送货|开票|退货|货款|金额)?(?:合计)?",
        ),
    )
)
"""What stands in a column of items: a currency or a running number, the whole balance, a part of it, the difference."""


_BOTH = re.compile(r"(?=.*[贵貴你您])(?=.*我)", re.DOTALL)
_HEAD = 6  # lines that a head of one cell a line takes at most
"""A head with both sides: then a figure on one of them alone is a difference that nobody named."""


@dataclass(frozen=True, slots=True)
class Typed:
    """``text`` with every table that differs said in a sentence; ``theirs`` their balance where one table names it.

    ``agrees`` is the row of a table without any difference, which is taken out of the text. ``written`` tells which row
    of a table a sentence stands for.
    """

    text: str
    theirs: Decimal | None = None
    agrees: str = ""
    written: tuple[tuple[str, str], ...] = ()

    def as_written(self, sentence: str) -> str:
        """The sentence as the writer typed it."""
        return next((row for said, row in self.written if said and said in sentence), sentence)


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of figures; None where a cell is empty. ``remark`` is what else it says.

    ``whole``: the figures are balances of the account, not of a document or a kind of movement.
    """

    ours: Decimal | None
    theirs: Decimal | None
    difference: Decimal | None
    remark: str
    whole: bool
    line: str

    @property
    def differs(self) -> bool:
        apart = self.ours is not None and self.theirs is not None and self.ours != self.theirs
        return bool(self.difference) or apart

    @property
    def lacks(self) -> bool:
        """Whether only one side has a figure and nobody names the difference: a document that one side doesn't know."""
        return self.difference is None and (self.ours is None) != (self.theirs is None)


def read(text: str, scope: Scope) -> Typed:
    """The text with its tables said in words; as it is where it holds none that is understood. Linear, never raises."""
    if len(text) > _LONGEST or not _HINT.search(fold(text)):
        return Typed(text)
    lines = text.replace("\r\n", "\n").split("\n")
    said: list[str] = []
    written: list[tuple[str, str]] = []
    balances: list[Decimal | None] = []
    agrees, place = "", 0
    while place < len(lines):
        found = _table(lines, place, scope)
        if found is None:
            said.append(lines[place])
            place += 1
            continue
        if _BOTH.search("".join(lines[place : place + _HEAD])) and any(row.lacks for row in found[0]):
            said.append(lines[place])
            place += 1
            continue
        rows, place = found
        sentence, theirs = _say(rows, scope.closing)
        row = " ".join(next((row for row in rows if row.differs), rows[-1]).line.split())
        said.extend(f"{each}。" for each in (sentence, *(row.remark for row in rows)) if each)
        agrees = agrees if sentence else row
        written.append((sentence, row))
        balances.append(theirs)
    if not written:
        return Typed(text)
    return Typed("\n".join(said), balances[0] if len(balances) == 1 else None, agrees, tuple(written))


def _table(lines: list[str], place: int, scope: Scope) -> tuple[list[_Row], int] | None:
    """The rows of a table whose head stands at a line, and the line behind it; None unless all of it is understood."""
    found = find(lines, place)
    if found is None:
        return None
    rows = [_row(found.roles, cells, line, scope) for cells, line in found.rows]
    known = [row for row in rows if row is not None]
    balances = {(row.ours, row.theirs) for row in known if row.whole}
    return (known, found.end) if len(known) == len(rows) and len(balances) <= 1 else None


def _row(roles: tuple[str, ...], cells: Sequence[str], line: str, scope: Scope) -> _Row | None:
    """One row; None where a figure is none, or where it speaks of anybody else or of another period."""
    texts = [(role, fold(cell).strip()) for role, cell in zip(roles, cells, strict=True)]
    figures = {role: money.parse(text) for role, text in texts if role in {OURS, THEIRS, DIFFERENCE}}
    if not any(figure is not None for figure in figures.values()) or not all(
        _fits(role, text, scope) for role, text in texts
    ):
        return None
    kinds = {_item(text) for role, text in texts if role == ITEM}
    remarks = [text for role, text in texts if _says_more(role, text)]
    if "difference" in kinds:  # a row of its own: the figures below the balances are what is left of them
        figures = {DIFFERENCE: next((figure for figure in figures.values() if figure), Decimal(0))}
    ours, theirs, difference = (figures.get(role) for role in (OURS, THEIRS, DIFFERENCE))
    whole = not kinds & {"part", "difference", "other"}
    return _Row(ours, theirs, difference, ",".join(remarks), whole, line)


def _fits(role: str, text: str, scope: Scope) -> bool:
    """Whether a cell holds what its column promises, about this customer and this period."""
    if role in {OURS, THEIRS, DIFFERENCE}:
        return money.parse(text) is not None or _NOTHING.fullmatch(text) is not None
    if role == NAME:
        return _ours_or_theirs(text, scope)
    if role == PERIOD or (role == ITEM and "月" in text and _item(text) == "whole"):
        return _this_period(text, scope)
    return True


def _item(text: str) -> str:
    return next((kind for kind, pattern in _ITEMS if pattern.fullmatch(text)), "other")


def _says_more(role: str, text: str) -> bool:
    """Whether a cell says what isn't in the figures."""
    return (role == REMARK and not _NOTHING.fullmatch(text)) or (role == ITEM and _item(text) == "other")


def _ours_or_theirs(cell: str, scope: Scope) -> bool:
    name = plain(cell)
    if not name or _TOTAL.fullmatch(name):
        return True
    owner = scope.names.owner(cell)
    return owner in {"", scope.customer} or scope.names.short(name, scope.customer) == len(name)


def _this_period(text: str, scope: Scope) -> bool:
    if not text or _TOTAL.fullmatch(text):
        return True
    year = scope.period.year if scope.period is not None else None
    found = {mention.period for mention in period.find(text, year)}
    return scope.period is not None and found == {scope.period}


def _say(rows: list[_Row], closing: Decimal | None) -> tuple[str, Decimal | None]:
    """The rows in one sentence, none where all agree, and the balance on their side where it is plain."""
    balance = next((row for row in rows if row.whole), None)
    if not any(row.differs for row in rows) and (balance is None or not _strange(balance, closing)):
        return "", None
    theirs = _theirs(balance, closing) if balance is not None and closing is not None else None
    return " ".join(_sentence(row) for row in rows if row.differs or row is balance), theirs


def _strange(row: _Row, closing: Decimal | None) -> bool:
    """Whether both sides agree on a balance that isn't the statement's."""
    return closing is not None and any(figure is not None and figure != closing for figure in (row.ours, row.theirs))


def _theirs(row: _Row, closing: Decimal) -> Decimal | None:
    """Their balance: in the column beside ours, whichever way round the writer headed them; it has to add up."""
    if row.ours is None and row.theirs is not None:
        return row.theirs if abs(closing - row.theirs) == abs(row.difference or 0) else None
    if row.ours is None or row.theirs is None:
        return None
    adds_up = row.difference is None or abs(row.ours - row.theirs) == abs(row.difference)
    if not adds_up:
        return None
    return row.theirs if row.ours in {closing, row.theirs} else row.ours if row.theirs == closing else None


def _sentence(row: _Row) -> str:
    return "，".join(_pieces(row)) + "，有差异"


def _pieces(row: _Row) -> Iterator[str]:
    named = (("贵方余额", row.ours), ("我方余额", row.theirs), ("差异", row.difference))
    for label, figure in named:
        if figure is not None:
            yield f"{label}{figure:,.2f}元"
