"""Which statements a clause names: by a customer's name, a period, a currency, or a statement's number.

Of several dimensions all must fit; what isn't said is taken from the statement whose mail is answered. Mentions that
fit none of them together are :class:`Unclear`; what names no statement at all is left to the grammar, as it stands.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from parsers import period
from parsers.names import Names, find, plain
from parsers.period import Period


class Unclear(Exception):  # noqa: N818  # says what the words are
    """The words don't say plainly which statement is meant."""


@dataclass(frozen=True, slots=True)
class Called:
    """A statement as people may call it; ``town`` is what its customer's name begins with."""

    number: str
    customer: str
    period: Period
    currency: str
    town: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """What names statements at ``start:end`` of a folded clause; ``means`` are the numbers that it fits.

    ``shown`` is what stands there when the clause is read for one of them: nothing for what the grammar doesn't know.
    """

    start: int
    end: int
    kind: str
    means: frozenset[str]
    shown: str = ""


def mentions(clause: str, called: tuple[Called, ...], names: Names) -> tuple[Mention, ...]:
    """All mentions in a folded clause, from left to right."""
    found = [*_periods(clause, called), *_customers(clause, called, names), *_currencies(clause, called)]
    found.extend(_numbers(clause, called))
    return tuple(sorted(found, key=lambda mark: (mark.start, sorted(mark.means))))


def named(marks: tuple[Mention, ...], called: tuple[Called, ...], default: Called | None) -> frozenset[str]:
    """The statements that a clause's mentions name together; raises Unclear where one of them fits none of those."""
    kinds = {mark.kind for mark in marks}
    fits = list(called)
    for kind in kinds:
        means = frozenset[str]().union(*(mark.means for mark in marks if mark.kind == kind))
        fits = [each for each in fits if each.number in means]
    if "number" not in kinds:
        fits = _as_default(fits, kinds, default)
    numbers = frozenset(each.number for each in fits)
    if not all(mark.means & numbers for mark in marks):
        raise Unclear(" ".join(sorted(kinds)))
    return numbers


def _as_default(fits: list[Called], kinds: set[str], default: Called | None) -> list[Called]:
    """What isn't said is the answered statement's; without one it must be the same for all that fit."""
    for kind in ("customer", "period", "currency"):
        values = {getattr(each, kind) for each in fits}
        if kind in kinds or len(values) <= 1:
            continue
        wanted = getattr(default, kind) if default is not None else None
        if wanted not in values:
            raise Unclear(kind)
        fits = [each for each in fits if getattr(each, kind) == wanted]
    return fits


def _periods(clause: str, called: tuple[Called, ...]) -> Iterator[Mention]:
    """Periods of statements; one without its year means the latest that it fits, if that is no year ago.

    Raises Unclear where a range names a month without a statement: 8-10月 where 8月 has none.
    """
    found = period.find(clause)
    newest = max(each.period.year * _MONTHS + _month(each.period) for each in called)
    known = {(mention.start, any(mention.means(each.period) for each in called)) for mention in found}
    if any((start, not fits) in known for start, fits in known):
        raise Unclear(clause)
    for mention in found:
        fits = [each for each in called if mention.means(each.period)]
        latest = max((each.period.year for each in fits), default=0)
        if fits:
            if mention.year is None and newest - latest * _MONTHS - _month(fits[0].period) >= _MONTHS:
                raise Unclear(clause)
            means = frozenset(each.number for each in fits if each.period.year == latest)
            year = f"{mention.year}年" if mention.year is not None else ""
            shown = f"{year}{mention.index}月" if mention.kind == "month" else clause[mention.start : mention.end]
            yield Mention(mention.start, mention.end, "period", means, shown)


_MONTHS = 12


def _month(one: Period) -> int:
    """The last month of a period."""
    return {"month": one.index, "quarter": 3 * one.index}.get(one.kind, _MONTHS)


def _customers(clause: str, called: tuple[Called, ...], names: Names) -> Iterator[Mention]:
    """Names in full or by an alias; towns alone only where several customers are listed by theirs."""
    places = [place for place, character in enumerate(clause) if plain(character)]
    found = find(names, clause) if len(plain(clause)) == len(places) else ()
    whole: list[Mention] = []
    for each in found:
        start, end = places[each.start], places[each.end - 1] + 1
        means = frozenset(one.number for one in called if one.customer == each.owner)
        if means:
            whole.append(Mention(start, end, "customer", means, clause[start:end]))
    yield from whole or _towns(clause, called)


def _towns(clause: str, called: tuple[Called, ...]) -> tuple[Mention, ...]:
    towns: dict[str, set[str]] = {}
    for each in called:
        towns.setdefault(each.town, set()).add(each.customer)
    marks = [
        Mention(match.start(), match.end(), "customer", frozenset(one.number for one in called if one.town == town))
        for town, customers in towns.items()
        if town and len(customers) == 1
        for match in re.finditer(re.escape(town), clause)
    ]
    return tuple(marks) if len({mark.means for mark in marks}) > 1 else ()


_CURRENCIES = tuple(
    (code, re.compile(rf"(?<![\d.])(?<![\d.]\s)(?:{words})(?!\s?[:是为]?\s?[¥$]?\s?[\d零壹贰叁肆伍陆柒捌玖拾])", re.I))  # noqa: FURB167  # one line
    for code, words in (
        ("USD", r"usd|美[元金]"),
        ("CNY", r"cny|rmb|人民币"),
        ("HKD", r"hkd|港[元币纸]"),
        ("TWD", r"twd|ntd|新?台币"),
        ("EUR", r"eur|欧元"),
        ("JPY", r"jpy|日[元圆]"),
        ("GBP", r"gbp|英镑"),
    )
)
"""Currencies that stand for a statement, folded; one beside a figure belongs to the figure."""


def _currencies(clause: str, called: tuple[Called, ...]) -> Iterator[Mention]:
    if len({each.currency for each in called}) > 1:
        for code, words in _CURRENCIES:
            means = frozenset(each.number for each in called if each.currency == code)
            if means:
                yield from (Mention(*match.span(), "currency", means) for match in words.finditer(clause))


def _numbers(clause: str, called: tuple[Called, ...]) -> Iterator[Mention]:
    upper = clause.upper()
    for each in called:
        for match in re.finditer(re.escape(each.number), upper):
            yield Mention(*match.span(), "number", frozenset({each.number}), clause[match.start() : match.end()])
