"""Drawing the table of lines: head, opening or carried forward, rows, carried over or total."""

from collections.abc import Mapping
from decimal import Decimal

from bot.compose.amounts import money
from bot.compose.labels import labels
from bot.compose.pdf_page import BLACK, FAINT, INK, LABEL, LEFT, RIGHT, TINT, Align, Paper
from bot.compose.pdf_rows import COLUMNS, EXTRA_LINE, FIGURES, NOTE, PADDING, ROW, SIZE, Row, Slice
from bot.model import Statement

HEAD, SUM, TOTAL = 5.8, 5.2, 6.6
"""Heights in mm of the head, of an opening or carried row, and of the total."""
_ALIGN: dict[str, Align] = {"unit": "center", **dict.fromkeys(FIGURES, "right")}


def edges() -> dict[str, tuple[float, float]]:
    """Left and right edge of each column in mm."""
    x, found = LEFT, {}
    for name, width in COLUMNS:
        found[name] = (x, x + width)
        x += width
    return found


_EDGES = edges()


def draw(paper: Paper, statement: Statement, part: Slice, y: float, *, first: bool, last: bool) -> float:
    """The rows of one page under a head, from ``y`` on; returns where the table ends."""
    words = labels(statement.locale)
    y = _head(paper, words, y)
    if first:
        y = _sums(paper, words["opening"], (None, None, part.balance), "table opening", y)
    else:
        carried = (part.charge, part.receipt, part.balance)
        y = _sums(paper, words["carried_in"], carried, "carried in", y)
    for row in part.rows:
        y = _row(paper, row, y)
    if not last:
        return _sums(paper, words["carried_out"], part.carried_out, "carried out", y)
    return _total(paper, statement, y)


def _head(paper: Paper, words: Mapping[str, str], y: float) -> float:
    paper.fill(LEFT, y, RIGHT - LEFT, HEAD, 0.9)
    paper.line(LEFT, y, RIGHT, y, weight=0.35, shade=BLACK)
    for name, _ in COLUMNS:
        x, align = _anchor(name)
        room = _EDGES[name][1] - _EDGES[name][0] - 2 * PADDING
        paper.fitted(x, y + 3.95, words[f"col.{name}"], room, SIZE, bold=True, align=align, smallest=5)
    return y + HEAD


def _sums(
    paper: Paper, label: str, sums: tuple[Decimal | None, Decimal | None, Decimal], meaning: str, y: float
) -> float:
    paper.fill(LEFT, y, RIGHT - LEFT, SUM, TINT)
    paper.text(LEFT + PADDING, y + 3.6, label, SIZE, bold=True)
    for name, amount in zip(("charge", "receipt", "balance"), sums, strict=True):
        if amount is not None:
            what = meaning if meaning == "table opening" else f"page {paper.page} {meaning} {FIGURES[name]}"
            _figure(paper, name, y + 3.6, money(amount), what, bold=True)
    paper.line(LEFT, y + SUM, RIGHT, y + SUM, shade=FAINT)
    return y + SUM


def _total(paper: Paper, statement: Statement, y: float) -> float:
    """The period's total: charges, receipts and the closing balance."""
    words, snapshot = labels(statement.locale), statement.snapshot
    totals = snapshot.totals
    paper.fill(LEFT, y, RIGHT - LEFT, TOTAL, 0.9)
    paper.line(LEFT, y, RIGHT, y, weight=0.35, shade=BLACK)
    label = words["total"].format(len(snapshot.lines)) if snapshot.lines else words["no_lines"]
    paper.text(LEFT + PADDING, y + 4.5, label, 8.5, bold=True)
    sums = {"charge": totals.charges, "receipt": totals.received, "balance": totals.closing}
    for name, amount in sums.items():
        _figure(paper, name, y + 4.5, money(amount), f"table total {FIGURES[name]}", size=8.5, bold=True)
    paper.line(LEFT, y + TOTAL, RIGHT, y + TOTAL, weight=0.35, shade=BLACK)
    return y + TOTAL


def _row(paper: Paper, row: Row, y: float) -> float:
    base = y + 3.45
    broken = False
    for name, fitted in row.texts.items():
        x, align = _anchor(name)
        for index, line in enumerate(fitted.lines):
            paper.text(x, base + index * EXTRA_LINE, line, fitted.size, align=align)
        broken = broken or len(fitted.lines) > 1
    for name, text in row.figures.items():
        _figure(paper, name, base, text, f"line {row.index} {FIGURES[name]}")
    if row.note:
        x, room = _EDGES["number"][0] + PADDING, _EDGES["balance"][1] - _EDGES["number"][0] - 2 * PADDING
        down = ROW + (EXTRA_LINE if broken else 0) + 1.35
        paper.fitted(x, y + down, row.note, room, NOTE, smallest=5.2, shade=LABEL)
    bottom = y + row.height
    paper.line(LEFT, bottom, RIGHT, bottom, weight=0.12, shade=FAINT)
    return bottom


def _figure(
    paper: Paper, name: str, y: float, text: str, meaning: str, *, size: float = SIZE, bold: bool = False
) -> None:
    left, right = _EDGES[name]
    paper.figure(right - PADDING, y, text, meaning, room=right - left - 2 * PADDING, size=size, bold=bold)


def _anchor(name: str) -> tuple[float, Align]:
    """Where a cell's text is anchored."""
    left, right = _EDGES[name]
    align = _ALIGN.get(name, "left")
    x = {"left": left + PADDING, "right": right - PADDING, "center": (left + right) / 2}[align]
    return x, align


def blank_below(paper: Paper, statement: Statement, y: float) -> None:
    """（以下空白）, so that nobody adds a line."""
    paper.text((LEFT + RIGHT) / 2, y + 6, labels(statement.locale)["blank_below"], SIZE, align="center", shade=INK)
