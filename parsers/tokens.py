"""One clause → the letters of its words: ``苏州恒远确认2026年10月对账单无误`` → ``NCPOK``; an unknown word is an ``X``.

Letters are those of words.py and of what is found here: N this customer, M another one, Y ourselves, P this period,
Q another, A our closing amount, G another amount, T this statement's number or revision, U another document, E this
period's first or last day, i an earlier day, d a later one, e a remark on
enclosures, m a word of another matter, X unknown.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from parsers import days, money
from parsers.greeting import greeting
from parsers.names import Names, index
from parsers.period import Mention, Period
from parsers.period import find as find_periods
from parsers.words import (
    AGAINST,
    ASKS_ENGLISH,
    BOOKS,
    NOT_TOGETHER,
    OK_ENGLISH,
    PUNCTUATION,
    SAME,
    TOGETHER,
    WEAK_ENGLISH,
    WORDS,
    ZERO,
)
from parsers.words_courtesy import CONDITIONAL_IDIOM, ENCLOSURE, IDIOMS
from parsers.words_matters import ADDRESS
from parsers.words_matters import VOCABULARY as MATTER_WORDS


@dataclass(frozen=True, slots=True)
class Scope:
    """Which statement a text is read for; ``customer`` "" and ``period`` None while the mail isn't bound.

    ``people`` are names of staff and contacts: they greet and sign, they say nothing.
    """

    names: Names = field(default_factory=lambda: index((), ()))
    customer: str = ""
    period: Period | None = None
    closing: Decimal | None = None
    number: str = ""
    revision: int | None = None
    first_day: date | None = None
    last_day: date | None = None
    people: tuple[str, ...] = ()
    naming: int = 0
    """Characters of our name for the statement in a row (customer, period, title): as long a stretch is nobody's."""
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text that is one word, with its letter."""

    start: int
    end: int
    letter: str


_LETTERS = dict.fromkeys(MATTER_WORDS, "m") | dict.fromkeys(ENCLOSURE, "e") | WORDS
_LENGTHS = {
    first: tuple(sorted({len(word) for word in _LETTERS if word[0] == first}, reverse=True))
    for first in {word[0] for word in _LETTERS}
}
"""First character of a word → lengths of the words that begin so, longest first."""
_DOCUMENT = re.compile(r"(?<![A-Za-z0-9])(?=[A-Za-z0-9-]*\d)[A-Za-z]{2,12}[-_]?\d[A-Za-z0-9_-]{3,40}", re.ASCII)
_REVISION = re.compile(r"第\s?(\d{1,3}|[一二三四五六七八九十])\s?版|(?<![A-Za-z])[Rr](\d{1,3})(?![A-Za-z0-9_])")


def tokenize(clause: str, scope: Scope, *, opening: bool = False) -> tuple[Span, ...]:
    """The words of a folded clause from left to right; ``opening`` allows a greeting at its start.

    Every character but punctuation belongs to exactly one span; linear in the clause's length.
    """
    fixed = sorted(_fixed(clause, scope, opening), key=lambda span: (span.start, -span.end))
    return tuple(_words(clause, scope, fixed))


def letters(spans: tuple[Span, ...]) -> str:
    """The spans' letters as one string, runs of unknown characters as one X."""
    return re.sub("X+", "X", "".join(span.letter for span in spans))


def documents(clause: str) -> tuple[str, ...]:
    """Numbers of documents such as ``XSCK-00030`` that a folded clause names."""
    return tuple(match[0].rstrip("-_") for match in _DOCUMENT.finditer(clause))


def without_courtesy(sentence: str) -> str:
    """A folded sentence without 如有疑问，请随时联系 and its like: the only conditional clauses that say nothing."""
    return CONDITIONAL_IDIOM.sub("", sentence)


def _fixed(clause: str, scope: Scope, opening: bool) -> Iterator[Span]:
    """What is found by its form rather than in the vocabulary."""
    if opening and (end := greeting(clause)):
        yield Span(0, end, "c")
    for idiom in IDIOMS:
        yield from (Span(*match.span(), "c") for match in idiom.finditer(clause))
    yield from (Span(*match.span(), "m") for match in ADDRESS.finditer(clause))
    yield from (Span(*match.span(), "W") for match in WEAK_ENGLISH.finditer(clause))
    yield from (
        Span(*match.span(), "K") for pattern in (SAME, BOOKS, ZERO, OK_ENGLISH) for match in pattern.finditer(clause)
    )
    yield from (Span(*match.span(), "H") for match in TOGETHER.finditer(clause) if not NOT_TOGETHER.search(match[0]))
    yield from (Span(*match.span(), "X") for pattern in (ASKS_ENGLISH, AGAINST) for match in pattern.finditer(clause))
    yield from (Span(*found) for found in days.find(clause, scope.first_day, scope.last_day))
    for mention in find_periods(clause):
        this = scope.period is not None and mention.means(scope.period)
        coming = not this and _SINCE.match(clause, mention.end) and _later(mention, scope)
        yield Span(mention.start, mention.end, "P" if this else "d" if coming else "Q")
    yield from _amounts(clause, scope)
    for match in _DOCUMENT.finditer(clause):
        yield Span(*match.span(), "T" if scope.number and match[0].upper() == scope.number.upper() else "U")
    for match in _REVISION.finditer(clause):
        this = scope.revision is not None and _number(match[1] or match[2]) == scope.revision
        yield Span(*match.span(), "T" if this else "U")


_SINCE = re.compile(r"起|开始|以后|之后")


def _later(mention: Mention, scope: Scope) -> bool:
    """Whether a month lies behind the statement's last day: 11月起搬至 is no other period."""
    last = scope.last_day
    if last is None or mention.kind != "month":
        return False
    return (mention.year or last.year, mention.index) > (last.year, last.month)


_FIGURES = "零〇壹贰叁肆伍陆柒捌玖拾佰仟万亿一二三四五六七八九十百千"
_IN_WORDS = re.compile(
    rf"(?:人民币|新台币|港币|美元)?[{_FIGURES}]{{2,30}}[元圆](?:零?[{_FIGURES}]角)?(?:零?[{_FIGURES}]分)?[整正]?"
)
_CURRENCIES = (
    ("CNY", re.compile(r"rmb|cny|人民币|¥", re.IGNORECASE)),
    ("JPY", re.compile(r"jpy|日[元圆]|¥", re.IGNORECASE)),
    ("USD", re.compile(r"usd|us\$|美[元金]|(?<![a-z])\$", re.IGNORECASE)),
    ("HKD", re.compile(r"hkd|hk\$|港[币元纸]|(?<![a-z])\$", re.IGNORECASE)),
    ("TWD", re.compile(r"twd|ntd|nt\$|台币|(?<![a-z])\$", re.IGNORECASE)),
    ("EUR", re.compile(r"eur|€|欧元", re.IGNORECASE)),
    ("GBP", re.compile(r"gbp|£|英镑", re.IGNORECASE)),
)
"""Currencies and their marks beside an amount; $ and ¥ belong to several."""


def _amounts(clause: str, scope: Scope) -> Iterator[Span]:
    """Amounts in figures and in words: our closing balance in the statement's currency, or another one."""
    figures = [(amount.start, amount.end, amount.value) for amount in money.find(clause)]
    words = [(*match.span(), money.parse_words(match[0])) for match in _IN_WORDS.finditer(clause)]
    same = [(*match.span(), scope.closing) for match in _BARE.finditer(clause) if _bare(match[0]) == scope.closing]
    for start, end, value in (*figures, *words, *same):
        this = value == scope.closing and not _other_currency(clause, start, end, scope.currency)
        yield Span(start, end, "A" if this else "G")


_BARE = re.compile(
    r"(?<![\dA-Za-z.,/-])\d{2,12}(?:\.\d{1,2})?(?![\dA-Za-z%,/-]|\.\d|[年月日号天箱件个])|[一二两三四五六七八九"
    r"十百千万零]{3,14}"
)


def _bare(number: str) -> Decimal | None:
    """A figure without its unit, which can only be our balance or nothing: 18765.5, 七千三百一十五."""
    if number[0].isdigit():
        return Decimal(number)
    return money.parse_words(number.replace("两", "二") + "元")


def _other_currency(clause: str, start: int, end: int, currency: str) -> bool:
    """Whether a currency stands at the amount and none of those named is the statement's."""
    beside = clause[max(0, start - 6) : end + 4]
    named = {code for code, pattern in _CURRENCIES if pattern.search(beside)}
    return bool(named) and bool(currency) and currency not in named


def _number(text: str) -> int:
    return int(text) if text.isdigit() else "一二三四五六七八九十".index(text) + 1


def _words(clause: str, scope: Scope, fixed: list[Span]) -> Iterator[Span]:
    position, waiting = 0, iter(fixed)
    following = next(waiting, None)
    lower = clause.lower()
    while position < len(clause):
        while following is not None and following.start < position:
            following = next(waiting, None)
        if following is not None and following.start == position:
            span = following
        elif clause[position] in PUNCTUATION:
            position += 1
            continue
        else:
            span = _word(lower, position, following.start if following else len(clause), scope)
        yield span
        position = span.end


def _word(clause: str, position: int, limit: int, scope: Scope) -> Span:
    """The longest name, person or word of the vocabulary here; else one unknown character."""
    name = _name(clause, position, scope)
    if name is not None:
        return name
    for person in scope.people:
        if len(person) > 1 and clause.startswith(person, position):
            return Span(position, position + len(person), "c")
    for length in _LENGTHS.get(clause[position], ()):
        letter = _LETTERS.get(clause[position : position + length]) if position + length <= limit else None
        if letter is not None and not _cut(clause, position, length):
            return Span(position, position + length, letter)
    code = scope.customer.lower()
    if code and clause.startswith(code, position) and not _cut(clause, position, len(code)):
        return Span(position, position + len(code), "F")
    return Span(position, position + 1, "X")


def _cut(clause: str, position: int, length: int) -> bool:
    """Whether a Latin word would be cut out of a longer one."""
    before, after = clause[max(0, position - 1) : position], clause[position + length : position + length + 1]
    first, last = clause[position], clause[position + length - 1]
    return (_latin(first) and _latin(before)) or (_latin(last) and _latin(after))


def _latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


_BRACKETS = frozenset("()[]【】〔〕")


def _name(clause: str, position: int, scope: Scope) -> Span | None:
    """A company's name here, with brackets inside it allowed: ``恒远(苏州)贸易有限公司``."""
    if not scope.names.begins(clause[position], scope.customer) and clause[position] not in _BRACKETS:
        return None
    window, places = _without_brackets(clause, position, max(_LONGEST_NAME, *scope.names.lengths[:1], 0))
    found = scope.names.longest(window, 0)
    end, letter = 0, ""
    if found is not None:
        end, letter = found.end, "Y" if found.owner == "" else "N" if found.owner == scope.customer else "M"
    for owner, short in ((scope.customer, "N" if scope.customer else "Y"), ("", "Y")):
        length = scope.names.short(window, owner)
        if length > end:
            end, letter = length, short
    if not end:
        return None
    relative = _RELATIVE.match(window, end)
    return Span(position, places[(relative.end() if relative else end) - 1] + 1, "M" if relative else letter)


_RELATIVE = re.compile(r"集团|控股|(?:总|分|子)(?:公司|厂|店|部)|办事处|门市|关联")
"""Behind a name: a company of the same group, but another one."""
_LONGEST_NAME = 40  # characters looked at for a short form


def _without_brackets(clause: str, position: int, length: int) -> tuple[str, list[int]]:
    places: list[int] = []
    while position < len(clause) and len(places) < length:
        if clause[position] not in _BRACKETS:
            places.append(position)
        position += 1
    return "".join(clause[place] for place in places), places
