"""The slip that comes back: tick boxes, the customer's balance, causes, remarks, signatory, and a free box to sign.

In the slip the customer speaks. It repeats neither name nor period, so that its text can never be the phrase.
Nothing is printed in the sign box nor in the 25 mm above it: seals are read best on white.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.compose import fonts
from bot.compose.labels import CAUSES, labels, weekday
from bot.compose.pdf_page import BLACK, FAINT, INK, LABEL, LEFT, RIGHT, RULE, Paper
from bot.model import Statement
from parsers.scan.layout import Box

SLIP = 98.0
"""Height in mm."""
_TITLE, _ROW, _TICK = 6.6, 6.0, 3.4
_SIGN_WIDTH, _SIGN_HEIGHT, _FREE = 88.0, 51.0, 25.5
_MIDDLE = 105.0
_IN, _END = LEFT + 3, 103.0


@dataclass(frozen=True, slots=True)
class SlipBoxes:
    """Where everything on the slip is; as in :class:`parsers.scan.layout.Layout`."""

    sign_box: Box
    remark_box: Box
    agree: Box
    differ: Box
    differ_fields: tuple[Box, ...]
    cause_ticks: tuple[Box, ...]
    name_field: Box
    date_field: Box
    our_seal: Box


def draw(paper: Paper, statement: Statement, y: float, *, seal: bytes | None = None, annex: str = "") -> SlipBoxes:
    """The slip with its top at ``y``; ``seal`` is a picture of our own, ``annex`` the line with the annex's digest."""
    words = labels(statement.locale)
    _title(paper, statement, words, y)
    agree, differ, fields, causes, below = _answers(paper, words, y + _TITLE)
    remark = _remark(paper, words, below, annex)
    ours = _ours(paper, statement, words, y + SLIP - 41.0, seal)
    name, day = _signatory(paper, words, y + _TITLE)
    sign = paper.frame(RIGHT - 2.5 - _SIGN_WIDTH, y + SLIP - 1.8 - _SIGN_HEIGHT, _SIGN_WIDTH, _SIGN_HEIGHT, weight=0.3)
    paper.line(_MIDDLE, y, _MIDDLE, y + SLIP, weight=0.12, shade=FAINT)
    paper.frame(LEFT, y, RIGHT - LEFT, SLIP, weight=0.4, shade=BLACK)
    return SlipBoxes(sign, remark, agree, differ, fields, causes, name, day, ours)


def _title(paper: Paper, statement: Statement, words: Mapping[str, str], y: float) -> None:
    paper.fill(LEFT, y, RIGHT - LEFT, _TITLE, 0.9)
    paper.text(_IN, y + 4.7, words["slip"], 10, bold=True, shade=BLACK)
    by = words["slip.by"].format(statement.reply_by, weekday(statement.reply_by, statement.locale))
    paper.fitted(_MIDDLE - 2, y + 4.6, by, _MIDDLE - _IN - 24, 8.5, bold=True, align="right")
    paper.fitted(_MIDDLE + 2.5, y + 4.6, words["slip.customer"], RIGHT - _MIDDLE - 5, 8.5, bold=True)


def _answers(
    paper: Paper, words: Mapping[str, str], y: float
) -> tuple[Box, Box, tuple[Box, Box], tuple[Box, ...], float]:
    """The two tick boxes, the two figures of a difference and the causes; returns also where they end."""
    base = y + 5.6
    agree = _tick(paper, _IN, base, words["slip.agree"], 9.5, bold=True)
    base += _ROW
    differ = _tick(paper, _IN, base, words["slip.differ"], 9)
    x = _IN + _TICK + 1.6 + fonts.width(words["slip.differ"], 9) + 1
    theirs = _rule(paper, x, base, _END - 4 - x)
    paper.text(_END - 3, base, words["yuan"], 9)
    base += _ROW
    paper.text(_IN + 5, base, words["slip.difference"], 9)
    x = _IN + 5 + fonts.width(words["slip.difference"], 9) + 1
    difference = _rule(paper, x, base, 26)
    paper.fitted(x + 27, base, words["slip.explain"], _END - x - 27, 9)
    base += _ROW - 0.4
    paper.text(_IN, base, words["slip.cause"], 8, shade=LABEL)
    ticks: list[Box] = []
    for index, cause in enumerate(CAUSES):
        left = _IN + 9 + index % 4 * 19.5
        ticks.append(_tick(paper, left, base + index // 4 * 5.2, words[f"cause.{cause}"], 8))
    return agree, differ, (theirs, difference), tuple(ticks), base + 5.2 + 2.2


def _remark(paper: Paper, words: Mapping[str, str], y: float, annex: str) -> Box:
    """The remark box, its label above it; the annex's line stands under it."""
    height = 14.5 if not annex else 11.0
    paper.text(_IN, y + 2.4, words["slip.remark"], 8, shade=LABEL)
    if annex:
        paper.fitted(_IN, y + 18.3, annex, _END - _IN, 7.5, smallest=5.5)
    return paper.frame(_IN, y + 3.8, _END - _IN, height, weight=0.2, shade=RULE)


def _ours(paper: Paper, statement: Statement, words: Mapping[str, str], y: float, seal: bytes | None) -> Box:
    """Our own side: seal, preparer, reviewer, date of issue."""
    paper.line(LEFT, y, _MIDDLE, y, weight=0.12, shade=FAINT)
    paper.text(_IN, y + 5.4, words["slip.ours"], 9, bold=True)
    rows = (
        (words["slip.preparer"], statement.preparer),
        (words["slip.reviewer"], statement.reviewer),
        (words["slip.date"], statement.issued_on.isoformat()),
    )
    for index, (label, text) in enumerate(rows):
        base = y + 14.5 + index * 7.2
        paper.text(_IN, base, label, 8.5, shade=LABEL)
        _rule(paper, _IN + 9, base, 30)
        paper.fitted(_IN + 10, base, fonts.clean(text), 28, 9)
    box = paper.frame(_END - 45, y + 1.8, 45, 37.4, weight=0.15, shade=FAINT)
    if seal:
        paper.picture(seal, box)
    return box


def _signatory(paper: Paper, words: Mapping[str, str], y: float) -> tuple[Box, Box]:
    """Name in print, position and date: all above the free space, outside of the sign box."""
    left, right = _MIDDLE + 2.5, RIGHT - 3
    base = y + 5.6
    paper.text(left, base, words["slip.name"], 8.5, shade=LABEL)
    x = left + fonts.width(words["slip.name"], 8.5) + 1
    name = _rule(paper, x, base, 33)
    paper.text(x + 35, base, words["slip.position"], 8.5, shade=LABEL)
    after = x + 36 + fonts.width(words["slip.position"], 8.5)
    _rule(paper, after, base, right - after)
    base += 6.8
    day = _date(paper, words, left, base)
    return name, day


def _date(paper: Paper, words: Mapping[str, str], x: float, base: float) -> Box:
    start = x
    paper.text(x, base, words["slip.date"], 8.5, shade=LABEL)
    x += fonts.width(words["slip.date"], 8.5)
    for key, room in (("slip.year", 13.0), ("slip.month", 8.0), ("slip.day", 8.0)):
        x += room
        paper.text(x, base, words[key], 8.5)
        x += fonts.width(words[key], 8.5)
    return Box(paper.page, round(start, 2), round(base - 4.6, 2), round(x - start, 2), 6.0)


def _tick(paper: Paper, x: float, base: float, text: str, size: float, *, bold: bool = False) -> Box:
    """A drawn box with its words behind it; no font has ☐ in both scripts."""
    box = paper.frame(x, base - _TICK + 0.45, _TICK, _TICK, weight=0.3)
    paper.text(x + _TICK + 1.6, base, text, size, bold=bold, shade=INK)
    return box


def _rule(paper: Paper, x: float, base: float, width: float) -> Box:
    """A line to write on; its box is the room above it."""
    paper.line(x, base + 1.0, x + width, base + 1.0, weight=0.15, shade=INK)
    return Box(paper.page, round(x, 2), round(base - 4.2, 2), round(width, 2), 5.2)
