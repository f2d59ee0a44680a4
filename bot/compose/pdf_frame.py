"""What stands on every page: marks, two QR codes, head and foot; and on the first page both parties and the facts."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.compose import fonts
from bot.compose.labels import basis_label, currency_label, labels, weekday
from bot.compose.pdf_marks import marks, qr
from bot.compose.pdf_page import BLACK, FAINT, LABEL, LEFT, RIGHT, TINT, Paper
from bot.compose.taxed import taxed
from bot.model import Statement
from parsers.attachment import PageCode
from parsers.number import encode, short_digest

TOP_CODE, BOTTOM_CODE = (172.0, 9.5, 18.0), (20.0, 267.0, 22.0)
"""x, y and size of the two QR codes in mm; their quiet zones (four modules) stay free."""
NEXT_TOP, BOTTOM = 33.0, 263.0
"""Where the content of a page after the first begins, and where the content of all pages must end."""
_FACTS_TOP, _FACTS_HEIGHT = 51.8, 6.0
_HEAD_LEFT, _HEAD_RIGHT, _CHANGES_LEFT = 20.0, 168.5, 28.0


@dataclass(frozen=True, slots=True)
class Place:
    """Which page of how many, as printed and as coded; ``note`` stands at the foot."""

    page: int
    pages: int
    label: str
    note: str


def begin(paper: Paper, statement: Statement, place: Place) -> None:
    """Start a page with all that machines read, and its foot."""
    paper.begin()
    code = PageCode(statement.number, statement.revision, place.page, place.pages, short_digest(statement.digest))
    text = encode(code)
    for shape in (marks(), qr(text, *TOP_CODE), qr(text, *BOTTOM_CODE)):
        paper.black(shape)
    _foot(paper, statement, place)


def _foot(paper: Paper, statement: Statement, place: Place) -> None:
    words = labels(statement.locale)
    left, right = 47.0, 190.0
    snapshot = statement.snapshot
    paper.line(left, 269.0, right, 269.0, shade=FAINT)
    mark = _mark(statement)
    paper.text(left, 274.2, mark, 9, bold=True)
    paper.text(right, 274.2, place.label, 8, align="right")
    who = f"{fonts.clean(snapshot.customer.name)}　{snapshot.period.label}{words['title']}"
    paper.fitted(left, 279.4, who, right - left, 7.5, shade=LABEL)
    paper.fitted(left, 284.2, place.note, right - left, 7.5, shade=LABEL)


def first_head(paper: Paper, statement: Statement) -> float:
    """The first page's head, both parties and the facts; returns where the content may begin."""
    words, snapshot = labels(statement.locale), statement.snapshot
    right = 118.0
    paper.fitted(_HEAD_LEFT, 14.2, fonts.clean(snapshot.company.name), right - _HEAD_LEFT - 3, 10.5, bold=True)
    paper.text(_HEAD_LEFT, 24.6, words["title"], 21, bold=True, shade=BLACK)
    after = _HEAD_LEFT + fonts.width(words["title"], 21, bold=True) + 4
    paper.fitted(after, 24.6, snapshot.period.label, right - after - 2, 12, shade=LABEL)
    reply_by = f"{statement.reply_by}（{weekday(statement.reply_by, statement.locale)}）"
    rows = (
        ("number", statement.number, True),
        ("issued", f"{statement.issued_on}　{words['revision'].format(statement.revision)}", False),
        ("reply_by", reply_by, True),
    )
    for index, (label, text, bold) in enumerate(rows):
        y = 14.2 + index * 5.2
        paper.text(right, y, words[label], 8, shade=LABEL)
        paper.fitted(right + 15, y, text, _HEAD_RIGHT - right - 15, 8.5, bold=bold)
    paper.line(LEFT, 30.2, RIGHT, 30.2, weight=0.5, shade=BLACK)
    _parties(paper, statement)
    return _changes(paper, statement, _facts(paper, statement, _FACTS_TOP))


def _mark(statement: Statement) -> str:
    """Number and revision, as they stand beside the lower code and in the heads."""
    return f"{statement.number}　{labels(statement.locale)['revision'].format(statement.revision)}"


def first_height(statement: Statement) -> float:
    """Where the content of the first page begins, in mm, without drawing it."""
    return _FACTS_TOP + _FACTS_HEIGHT + _changes_height(statement)


def next_head(paper: Paper, statement: Statement) -> float:
    """The head of the other pages; returns where the content may begin."""
    words, snapshot = labels(statement.locale), statement.snapshot
    room = _HEAD_RIGHT - _HEAD_LEFT
    title = f"{fonts.clean(snapshot.company.name)}　{words['title']}　{snapshot.period.label}"
    paper.fitted(_HEAD_LEFT, 15.5, title, room, 10, bold=True)
    mark = _mark(statement)
    span = f"{snapshot.first_day} {words['to']} {snapshot.last_day}"
    paper.fitted(_HEAD_LEFT, 21.2, f"{words['customer']}　{fonts.clean(snapshot.customer.name)}", room, 8.5)
    paper.fitted(_HEAD_LEFT, 26.6, f"{mark}　{span}", room, 8.5, shade=LABEL)
    paper.line(LEFT, 30.2, RIGHT, 30.2, weight=0.5, shade=BLACK)
    return NEXT_TOP


def _parties(paper: Paper, statement: Statement) -> None:
    """Customer left, ourselves right: name, then three rows of small facts."""
    snapshot, words = statement.snapshot, labels(statement.locale)
    rep = statement.rep
    contact = _joined(rep.name, rep.phone, rep.address)
    ours, theirs = snapshot.company, snapshot.customer
    left = {
        "code": fonts.clean(theirs.code),
        "tax_id": fonts.clean(theirs.tax_id),
        "address": _joined(theirs.address, theirs.phone),
    }
    right = {"contact": contact, "tax_id": _joined(ours.tax_id), "address": _joined(ours.address, ours.phone)}
    _party(paper, LEFT, words["customer"], theirs.name, {words[key]: text for key, text in left.items()})
    _party(paper, 108.0, words["company"], ours.name, {words[key]: text for key, text in right.items()})


def _party(paper: Paper, x: float, role: str, name: str, facts: Mapping[str, str]) -> None:
    indent, room = 14.0, 76.0
    paper.text(x, 35.2, role, 8, shade=LABEL)
    lines = paper.fitted(x + indent, 35.2, fonts.clean(name), room, 10, smallest=7.5, lines=2, bold=True)
    y = 39.8 + (lines - 1) * 2.2
    for label, text in facts.items():
        if text:
            paper.text(x, y, label, 7.5, shade=LABEL)
            paper.fitted(x + indent, y, text, room, 8, smallest=6)
            y += 4.2


def _joined(*parts: str) -> str:
    return "　".join(fonts.clean(part) for part in parts if part)


def _facts(paper: Paper, statement: Statement, y: float) -> float:
    """One grey strip: dates, currency, basis, tax, terms."""
    words, snapshot = labels(statement.locale), statement.snapshot
    currency = currency_label(snapshot.currency, statement.locale)
    facts = [
        ("span", f"{snapshot.first_day} {words['to']} {snapshot.last_day}"),
        ("currency", currency if currency == snapshot.currency else f"{currency}（{snapshot.currency}）"),
        ("basis", basis_label(snapshot.basis, statement.locale)),
        ("tax", taxed(snapshot, statement.locale)),
        ("terms", fonts.clean(snapshot.payment_terms)),
    ]
    paper.fill(LEFT, y, RIGHT - LEFT, _FACTS_HEIGHT, TINT)
    x = LEFT + 2
    for label, text in facts:
        if not text:
            continue
        paper.text(x, y + 4.1, words[label], 7.5, shade=LABEL)
        x += fonts.width(words[label], 7.5) + 2
        room = RIGHT - x - 2
        shown = fonts.fit(text, room, 8, 6, bold=True)
        paper.text(x, y + 4.1, shown.lines[0], shown.size, bold=True)
        x += fonts.width(shown.lines[0], shown.size, bold=True) + 6
    return y + _FACTS_HEIGHT


def _changes(paper: Paper, statement: Statement, y: float) -> float:
    """From the second revision on: what changed, in at most two lines."""
    if statement.changes:
        words = labels(statement.locale)
        paper.text(LEFT + 2, y + 4.4, words["changes"], 7.5, shade=LABEL)
        for index, line in enumerate(_changes_fitted(statement).lines):
            paper.text(_CHANGES_LEFT, y + 4.4 + index * 3.3, line, _changes_fitted(statement).size)
    return y + _changes_height(statement)


def _changes_height(statement: Statement) -> float:
    return 2.0 + (1.0 + 3.5 * len(_changes_fitted(statement).lines) if statement.changes else 0.0)


def _changes_fitted(statement: Statement) -> fonts.Fitted:
    return fonts.fit(fonts.clean(statement.changes), RIGHT - 2 - _CHANGES_LEFT, 8, 7, lines=2)
