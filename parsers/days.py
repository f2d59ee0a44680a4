"""Days in a clause, and how they lie to a statement: ``10月31日`` ends October, ``11/5`` is still to come."""

import re
from collections.abc import Iterator
from datetime import date

Found = tuple[int, int, str]
"""Start, end and letter: E for the period's first or last day, i for an earlier one, d for a later one."""

_DAY_ALONE = re.compile(
    r"(?<![\d.,])[0-3]?\d[日号](?:之?前|以前|左右)?(?!楼|门|线)|(?:周|星期)[一二三四五六日天]|[月]?[底初末中]前"
)
_DAY = re.compile(
    r"(?<![\d/])(?P<month>1[0-2]|0?[1-9])/(?P<day>3[01]|[12]\d|0?[1-9])(?![\d/])|"
    r"(?:(\d{4})\s?[年./-]\s?)?(?<!\d)(\d{1,2})\s?月\s?(\d{1,2})\s?[日号]"
    r"|(?<!\d)(\d{4}|1\d\d)[./-](\d{1,2})[./-](\d{1,2})(?!\d)"
)
_ENGLISH_DAY = re.compile(
    r"(?<!\d)(?P<d1>3[01]|[12]?\d)(?:st|nd|rd|th)?[\s/-]?(?:of\s)?(?P<m1>jan|feb|mar|apr|may|jun"
    r"|jul|aug|sep|oct|nov|dec)"
    r"[a-z]{0,6}\.?(?:[\s,/-]{1,2}(?P<y1>20\d\d))?(?![a-z\d])"
    r"|(?<![a-z])(?P<m2>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?\s?(?P<d2>3[01]|[12]?\d)"
    r"(?:st|nd|rd|th)?(?!\d)(?:[\s,]{1,2}(?P<y2>20\d\d))?(?![a-z\d])",
    re.IGNORECASE,
)
_ROC, _ROC_DIGITS = 1911, 3  # 民國 115年 is 2026
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def find(clause: str, first: date | None, last: date | None) -> Iterator[Found]:
    """Days that a folded clause names, in Chinese and in English; not in order."""
    for match in _DAY.finditer(clause):
        written, month = match[3] or match[6], match["month"] or match[4] or match[7]
        day = match["day"] or match[5] or match[8]
        year = int(written) + (_ROC if len(written) == _ROC_DIGITS else 0) if written else None
        yield (*match.span(), _letter(year, int(month), int(day), first, last))
    for match in _ENGLISH_DAY.finditer(clause):
        named, month = match["y1"] or match["y2"], _MONTHS.index((match["m1"] or match["m2"]).lower()) + 1
        yield (
            *match.span(),
            _letter(int(named) if named else None, month, int(match["d1"] or match["d2"]), first, last),
        )
    yield from ((*match.span(), "d") for match in _DAY_ALONE.finditer(clause))


def _letter(year: int | None, month: int, day: int, first: date | None, last: date | None) -> str:
    """E for the period's first or last day, i for a day that the statement covers or that lies before, else d."""
    edges = [edge for edge in (first, last) if edge is not None]
    same = [edge for edge in edges if (month, day) == (edge.month, edge.day)]
    if any(year is None or year == edge.year for edge in same):
        return "E"
    if last is None:
        return "d"
    months = (last.year - year) * 12 if year else 0
    months += last.month - month
    past = months >= 0 if year else months in range(_PAST)
    return "i" if past else "d"


_PAST = 9  # months back in which a day without its year is taken to lie; one later in the year is still to come
