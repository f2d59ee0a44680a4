"""Periods of reconciliation: a month, a quarter or a year, in every form that people write them.

Examples: ``2026-10``, ``2026年10月``, ``10月份``, ``十月``, ``2026Q4``, ``2026年第4季度``, ``115年10月``, ``2026年度``.
"""

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["month", "quarter", "year"]

_CODE = re.compile(r"(\d{4})(?:-(\d{2})|Q([1-4]))?")


class InvalidPeriod(ValueError):  # noqa: N818  # named after the packaging library's convention
    """The text is no period."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A calendar month, quarter or year; ``index`` is 1–12 for a month, 1–4 for a quarter and 0 for a year."""

    kind: Kind
    year: int
    index: int

    @property
    def code(self) -> str:
        """As the command line takes it: ``2026-10``, ``2026Q3`` or ``2026``."""
        return {"month": f"{self.year}-{self.index:02d}", "quarter": f"{self.year}Q{self.index}"}.get(
            self.kind, f"{self.year}"
        )

    @property
    def compact(self) -> str:
        """As a statement number holds it: ``202610``, ``2026Q3`` or ``2026Y``."""
        return {"month": f"{self.year}{self.index:02d}", "quarter": f"{self.year}Q{self.index}"}.get(
            self.kind, f"{self.year}Y"
        )

    @property
    def label(self) -> str:
        """As a subject holds it, the same in both scripts: ``2026年10月``, ``2026年第4季度`` or ``2026年度``."""
        return {"month": f"{self.year}年{self.index}月", "quarter": f"{self.year}年第{self.index}季度"}.get(
            self.kind, f"{self.year}年度"
        )


def parse_code(text: str) -> Period:
    """Read ``2026-10``, ``2026Q3`` or ``2026``; raises InvalidPeriod for anything else."""
    match = _CODE.fullmatch(text.strip())
    if match is None:
        raise InvalidPeriod(f"{text!r} is no period: write 2026-10, 2026Q3 or 2026")
    year, month, quarter = int(match[1]), match[2], match[3]
    if month is not None:
        if not 1 <= int(month) <= 12:  # noqa: PLR2004  # months of a year
            raise InvalidPeriod(f"{text!r} has no such month")
        return Period("month", year, int(month))
    return Period("quarter", year, int(quarter)) if quarter else Period("year", year, 0)


@dataclass(frozen=True, slots=True)
class Mention:
    """A period named in running text at ``start:end``; ``year`` is None where the writer left it out."""

    start: int
    end: int
    kind: Kind
    index: int
    year: int | None

    @property
    def period(self) -> Period | None:
        """The period, None while the year is unknown."""
        return None if self.year is None else Period(self.kind, self.year, self.index)

    def means(self, period: Period) -> bool:
        """Whether this mention may be that period; a left-out year is taken to be the period's own."""
        return (self.kind, self.index) == (period.kind, period.index) and self.year in {None, period.year}


# One character stands for one character, so that positions stay true.
_NARROW = {0xFF01 + offset: 0x21 + offset for offset in range(94)} | {0x2F49: "月", 0x2F47: "日", 0x3000: " "}
_DIGITS = {word: number for number, word in enumerate("一二三四五六七八九十", start=1)} | {"十一": 11, "十二": 12}

_M = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_EN = (
    r"(?<![A-Za-z])(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)(?![A-Za-z])\.?"
)
_HAN_YEAR = r"(?:二[〇零○]|一)[〇零○一二三四五六七八九]{2}"
_Y = (
    rf"(?:(?:(?:民[国國]\s?)?1\d\d|20\d\d|{_HAN_YEAR}|(?<!\d)\d\d)\s?年度?的?\s?|(?<!\d)20\d\d\s?[-/.]\s?(?={_M}\s?月))"
)
_PATTERN = re.compile(
    rf"""
    # What only looks like a period is eaten first: days, parts of a month, document numbers, amounts.
    (?P<day>
        (?:{_Y})?(?<!\d){_M}\s?月\s?(?:份\s?)?
        (?:(?:[0-3]?\d|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])\s?[日号號]|[底初末]|[上中下]旬)
        |(?<!\d)\d{{4}}\s?[-/.]\s?\d{{1,2}}\s?[-/.]\s?\d{{1,2}}(?!\d)
        |(?<!\d)\d{{1,2}}[-/.]\d{{1,2}}[-/.]\d{{2,4}}(?!\d)
        |(?<!\d)1\d\d[-/.]\d{{1,2}}[-/.]\d{{1,2}}(?!\d)
        |(?<!\d)[0-3]?\d(?:st|nd|rd|th)?\s?[-/]?(?:of\s)?{_EN}(?:[\s,-]{{0,2}}20\d\d(?!\d))?
        |{_EN}\s?[0-3]?\d(?:st|nd|rd|th)?(?!\d)(?:[\s,]{{1,2}}20\d\d(?!\d))?
        |(?<![A-Za-z])(?![Qq][1-4](?![A-Za-z0-9_-]))(?!(?:{_EN}[\s-]?|FY\s?)20\d\d(?!\d))[A-Za-z]{{1,12}}[-_]?\d[A-Za-z0-9_-]*
        |(?<!\d)\d{{1,2}}[/.]\d{{1,2}}(?![\d月])
    )
    |(?P<range>(?P<range_year>{_Y})?(?<!\d)(?P<first>{_M})\s?月?份?\s?[-~—–至到]\s?(?P<last>{_M})\s?月份?)
    |(?P<quarter>(?P<quarter_year>{_Y})?(?:第\s?[一二三四1-4]\s?季度?|[一二三四1-4]\s?季度))
    |(?P<q>(?<![A-Za-z0-9])(?:(?P<q_year>20\d\d)\s?年?\s?[-/]?\s?)?[Qq](?P<q_index>[1-4])(?![A-Za-z0-9])(?:\s?(?:of\s)?(?P<q_after>20\d\d)(?!\d))?)
    |(?P<listed>(?P<listed_year>{_Y})?(?<!\d)(?P<listed_index>{_M})(?=\s?(?:[、,和及与與跟&])\s?{_M}\s?月))
    |(?P<month>(?P<month_year>{_Y})?(?<!\d)(?P<month_index>{_M})\s?月[份度]?)
    |(?P<english>
        (?:(?P<english_before>20\d\d)\s)?(?P<english_index>{_EN})
        (?:[\s,'-]{{0,2}}(?:of\s)?(?P<english_year>20\d\d|(?<=')\d\d)(?!\d))?
    )
    |(?P<slashed>(?<![\d/.-])(?P<slashed_index>0?[1-9]|1[0-2])/(?P<slashed_year>20\d\d)(?![\d/]))
    |(?P<iso>
        (?<![A-Za-z0-9_./-])(?P<iso_year>20\d\d|1[012]\d(?=/))\s?[-/.]\s?(?P<iso_index>0[1-9]|1[0-2]|[1-9])
        (?![\d,])(?!\s?[-/.]\s?\d|\s?元)
    )
    |(?P<compact>(?<![A-Za-z0-9_.-])(?P<compact_year>20\d\d)(?P<compact_index>0[1-9]|1[0-2])(?![\d,.]|\s?元))
    |(?P<whole>(?:民[国國]\s?)?(?<!\d)(?:1\d\d|20\d\d|{_HAN_YEAR})\s?年(?:度|全年)?(?!\d)|全年度?|(?<![A-Za-z])(?:(?:fiscal\s)?year|FY)\s?20\d\d(?!\d))
    """,
    re.VERBOSE | re.IGNORECASE,
)


_MAY_NAME = re.compile(
    rf"[月年季Qq\u2f49\uff31\uff51]|\d|(?:{'|'.join(month for month in _MONTHS if month != 'may')})", re.IGNORECASE
)
_VERBS = frozenset({"may", "march"})  # words of a sentence, where no year stands beside them


def find(text: str, year: int | None = None) -> tuple[Mention, ...]:
    """All periods that a text names, in order; ``year`` fills in where a mention has none. Time grows linearly.

    A range over exactly a quarter or a year is that quarter or year, any other range names its months.
    """
    if not _MAY_NAME.search(text):
        return ()
    found: list[Mention] = []
    for match in _PATTERN.finditer(text.translate(_NARROW)):
        found.extend(_mentions(match, year))
    return tuple(found)


def _mentions(match: re.Match[str], year: int | None) -> tuple[Mention, ...]:
    """What one match names; days and document numbers name nothing."""
    start, end = match.span()
    if match["day"] or match["range"]:
        return () if match["day"] else _range(match, year)
    if match["whole"]:
        return (Mention(start, end, "year", 0, _year(match["whole"], year)),)
    if match["quarter"] or match["q"]:
        return (_quarter(match, year),)
    if match["english"]:
        return _english(match, year)
    kind = next(name for name in ("listed", "month", "slashed", "iso", "compact") if match[name])
    index = _index(match[f"{kind}_index"])
    return (Mention(start, end, "month", index, _year(match[f"{kind}_year"], year)),)


def _quarter(match: re.Match[str], year: int | None) -> Mention:
    """``2026年第四季度``, ``2026Q4``, ``Q4 2026``."""
    if match["q"]:
        known = _year(match["q_year"] or match["q_after"], year)
        return Mention(*match.span(), "quarter", int(match["q_index"]), known)
    index = _index(re.sub(r"[第季度\s]", "", match["quarter"][len(match["quarter_year"] or "") :]))
    return Mention(*match.span(), "quarter", index, _year(match["quarter_year"], year))


def _english(match: re.Match[str], year: int | None) -> tuple[Mention, ...]:
    """``October 2026``, ``Oct.``; the verbs may and march name a month only with a year."""
    written = match["english_index"].lower().rstrip(".")
    known = match["english_before"] or match["english_year"]
    if known is None and written in _VERBS:
        return ()
    return (Mention(*match.span(), "month", _MONTHS.index(written[:3]) + 1, _year(known, year)),)


def _range(match: re.Match[str], year: int | None) -> tuple[Mention, ...]:
    start, end = match.span()
    first, last, known = _index(match["first"]), _index(match["last"]), _year(match["range_year"], year)
    if (first, last) == (1, 12):
        return (Mention(start, end, "year", 0, known),)
    if first % 3 == 1 and last == first + 2:
        return (Mention(start, end, "quarter", (first + 2) // 3, known),)
    return tuple(Mention(start, end, "month", index, known) for index in range(first, last + 1))


def _index(text: str) -> int:
    return _DIGITS[text] if text in _DIGITS else int(text)


_HAN_DIGITS = {ord(word): str(number) for number, word in enumerate("〇一二三四五六七八九")} | {
    ord("零"): "0",
    ord("○"): "0",
}


def _year(text: str | None, default: int | None) -> int | None:
    """A year as written: ``2026年``, ``26年``, ``115年`` (民國) → 2026; the default where none stands."""
    digits = re.sub(r"\D", "", (text or "").translate(_HAN_DIGITS))
    if not digits:
        return default
    number = int(digits)
    return {2: number + 2000, 3: number + 1911}.get(len(digits), number)
