"""The band at the top (opening + charges − received = closing) and the closing block: kinds, 大寫, invoiced, aging."""

from decimal import Decimal

from bot.compose import fonts
from bot.compose.amounts import in_words, money
from bot.compose.labels import closing_label, currency_label, labels
from bot.compose.pdf_page import BLACK, FAINT, INK, LABEL, LEFT, RIGHT, Paper
from bot.model import Aging, Basis, Bucket, Locale, Statement

BAND, CLOSING, CLOSING_COMPACT = 14.5, 61.0, 45.8
"""Heights in mm, each with the gap under it. The compact closing block stands on the band's own page, so it need not
repeat what the band says, and it has no bar."""
_IN_BAND = frozenset({"opening", "received", "closing"})
_BAR = 5.0
_TOTAL_SIZE = 11.0
_SHADES = (0.86, 0.7, 0.54, 0.4, 0.28, 0.15)
"""Older is darker."""


def band(paper: Paper, statement: Statement, y: float) -> float:
    """The statement in one line; returns where the content goes on."""
    words, totals = labels(statement.locale), statement.snapshot.totals
    confirmed = "confirmed" if statement.snapshot.opening_confirmed else "unconfirmed"
    credit = totals.closing < 0
    cells = (
        ("opening", words[f"opening.{confirmed}"], totals.opening, ""),
        ("charges", words["charges"], totals.charges, "+"),
        ("received", words["received"], totals.received, "\u2212"),
        ("closing", words["closing.credit.formula" if credit else "closing.receivable"], totals.closing, "="),
    )
    width, height = (RIGHT - LEFT) / 4, BAND - 2.5
    paper.fill(LEFT, y, RIGHT - LEFT - width, height)
    for index, (meaning, label, amount, sign) in enumerate(cells):
        x = LEFT + index * width
        if sign:
            paper.text(x - 3.2, y + 7.9, sign, 13, align="center", shade=LABEL)
        paper.fitted(x + 3.5, y + 4.3, label, width - 7, 7.5, shade=LABEL)
        paper.figure(x + 3.5, y + 10.1, money(amount), meaning, room=width - 10, size=13, bold=True, align="left")
    paper.frame(RIGHT - width + 0.3, y + 0.3, width - 0.6, height - 0.6, weight=0.6, shade=BLACK)
    return y + BAND


def closing(paper: Paper, statement: Statement, y: float, *, compact: bool = False) -> float:
    """Totals by kind, the closing balance in figures and words, invoiced or not, aging; returns where it ends."""
    y = _kinds(paper, statement, y + 2.2, compact=compact)
    y = _closing_line(paper, statement, y + 2)
    y = _invoiced(paper, statement, y)
    return _aging(paper, statement, y, compact=compact)


def _kinds(paper: Paper, statement: Statement, y: float, *, compact: bool) -> float:
    """Eight totals in two rows of four, or the five that the band lacks in one row; figures at 11 pt."""
    words, snapshot = labels(statement.locale), statement.snapshot
    totals = snapshot.totals
    goods = words["goods" if snapshot.basis is Basis.DELIVERY else "goods.invoice"]
    cells = [
        ("opening", words["opening"], totals.opening, ""),
        ("goods", goods, totals.goods, "+"),
        ("returns", words["returns"], totals.returns, "+"),
        ("service", words["service"], totals.service, "+"),
        ("promotion", words["promotion"], totals.promotion, "+"),
        ("other", words["other"], totals.other, "+"),
        ("received", words["received"], totals.received, "\u2212"),
        ("closing", words["closing"], totals.closing, "="),
    ]
    cells = [cell for cell in cells if not (compact and cell[0] in _IN_BAND)]
    rows, columns = (1, 5) if compact else (2, 4)
    width, height = (RIGHT - LEFT) / columns, 9.2
    for index, (meaning, label, amount, sign) in enumerate(cells):
        x, top = LEFT + index % columns * width, y + index // columns * height
        paper.text(x + 2, top + 3.6, f"{sign} {label}".strip(), 7.5, shade=LABEL)
        paper.figure(
            x + width - 3,
            top + 7.9,
            money(amount),
            f"sum {meaning}",
            room=width - 5,
            size=_TOTAL_SIZE,
            bold=meaning == "closing",
        )
    for row in range(rows + 1):
        paper.line(LEFT, y + row * height, RIGHT, y + row * height, shade=FAINT)
    for column in range(1, columns):
        paper.line(LEFT + column * width, y, LEFT + column * width, y + rows * height, weight=0.12, shade=FAINT)
    return y + rows * height


def _closing_line(paper: Paper, statement: Statement, y: float) -> float:
    """期末應收餘額 人民幣 85,685.00 元 ｜ 大寫 …: an absolute value, with its own name where it is a credit."""
    words, snapshot = labels(statement.locale), statement.snapshot
    amount, height, base = snapshot.totals.closing, 9.4, y + 6.3
    paper.fill(LEFT, y, RIGHT - LEFT, height)
    paper.frame(LEFT, y, RIGHT - LEFT, height, weight=0.35, shade=BLACK)
    label = closing_label(amount, statement.locale)
    currency = currency_label(snapshot.currency, statement.locale)
    paper.text(LEFT + 3, base, label, 9, bold=True)
    x = LEFT + 3 + fonts.width(label, 9, bold=True) + 3
    paper.text(x, base, currency, 9)
    x += fonts.width(currency, 9) + 1.5
    text = money(abs(amount))
    size, _ = fonts.shrink(text, 42, 12, bold=True)
    paper.figure(x, base, text, "closing in figures", room=42, size=size, bold=True, align="left")
    x += fonts.width(text, size, bold=True) + 1.5
    tail = words["yuan"] + (words["prepaid"] if amount < 0 else "")
    paper.text(x, base, tail, 9)
    x = max(x + fonts.width(tail, 9) + 5, LEFT + 90)
    paper.text(x, base, words["in_words"], 8, shade=LABEL)
    x += fonts.width(words["in_words"], 8) + 2.5
    _words(paper, in_words(abs(amount), statement.locale), x, base)
    return y + height


def _words(paper: Paper, text: str, x: float, base: float) -> None:
    """The 大寫 as large as it fits, remembered as a figure too."""
    paper.figure(x, base, text, "closing in words", room=RIGHT - x - 2.5, size=_TOTAL_SIZE, bold=True, align="left")


def _invoiced(paper: Paper, statement: Statement, y: float) -> float:
    """Of the closing balance: invoiced and unpaid, delivered and not invoiced; and what was invoiced, as a memo."""
    words, totals = labels(statement.locale), statement.snapshot.totals
    base, x = y + 5.4, LEFT + 3
    for key, amount in (
        ("invoiced_unpaid", totals.invoiced_unpaid),
        ("uninvoiced", totals.uninvoiced),
        ("invoiced_in_period", totals.invoiced_in_period),
    ):
        paper.text(x, base, words[key], 7.5, shade=LABEL)
        after = x + fonts.width(words[key], 7.5) + 2
        paper.figure(after, base, money(amount), key, room=30, size=9, align="left")
        x += (RIGHT - LEFT) / 3
    paper.line(LEFT, y + 7.8, RIGHT, y + 7.8, weight=0.12, shade=FAINT)
    return y + 7.8


def _aging(paper: Paper, statement: Statement, y: float, *, compact: bool) -> float:
    """Title with its basis, a bar of greys, and each bucket's figure; receipts not applied have their own bucket."""
    words, snapshot = labels(statement.locale), statement.snapshot
    aging = snapshot.aging
    paper.text(LEFT + 3, y + 4.6, words["aging"], 8.5, bold=True)
    basis = words[f"aging.{snapshot.basis.value}"].format(snapshot.last_day)
    paper.text(LEFT + 6 + fonts.width(words["aging"], 8.5, bold=True), y + 4.6, basis, 7.5, shade=LABEL)
    if compact:
        y -= _BAR
    else:
        _bar(paper, aging, y + 6.4)
    cells = [(_bucket_label(bucket, statement.locale), bucket.amount) for bucket in aging.buckets]
    cells += [(words["aging.unapplied"], aging.unapplied)]
    total = sum((amount for _, amount in cells), Decimal(0))
    cells += [(words["aging.sum"], total)]
    width = (RIGHT - LEFT) / len(cells)
    for index, (label, amount) in enumerate(cells):
        x = LEFT + index * width
        shaded = index < len(aging.buckets) and not compact
        if shaded:
            paper.fill(x + 3, y + 12.0, 2.2, 2.2, _shade(index))
            paper.frame(x + 3, y + 12.0, 2.2, 2.2, weight=0.1)
        indent = 6.2 if shaded else 3
        paper.text(x + indent, y + 14.0, label, 7.5, shade=LABEL)
        meaning = "aging sum" if index == len(cells) - 1 else f"aging {index + 1}"
        paper.figure(x + 3, y + 18.3, money(amount), meaning, room=width - 4, size=9, bold=True, align="left")
    return y + 20.0


def _bar(paper: Paper, aging: Aging, y: float) -> None:
    height = 3.6
    shares = [max(bucket.amount, Decimal(0)) for bucket in aging.buckets]
    total = sum(shares, Decimal(0))
    x = LEFT
    for index, share in enumerate(shares):
        if not share:
            continue
        width = float(share / total) * (RIGHT - LEFT)
        paper.fill(x, y, width, height, _shade(index))
        x += width
    paper.frame(LEFT, y, RIGHT - LEFT, height, weight=0.15, shade=INK if total else FAINT)


def _shade(index: int) -> float:
    return _SHADES[min(index, len(_SHADES) - 1)]


def _bucket_label(bucket: Bucket, locale: Locale) -> str:
    words = labels(locale)
    if bucket.last_day is None:
        return words["aging.more"].format(bucket.first_day - 1)
    return words["aging.days"].format(bucket.first_day, bucket.last_day)
