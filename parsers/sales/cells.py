"""Cells → text and dates: serial ``46310.0``, ``2026/10/5``, ``20261005``, ``2026年10月5日``, ``民國115年10月5日``."""

import re
import unicodedata
from datetime import date, datetime, timedelta

from parsers.sales.values import Cell

_EPOCH = date(1899, 12, 30)
_SERIALS = range(20_000, 80_000)
_YEARS = range(1990, 2101)
_REPUBLIC = 1911
_DATE = re.compile(
    r"(?P<republic>民[国國])?(?P<year>[0-9]{2,4})(?P<by>[-/.年])(?P<month>[0-9]{1,2})[-/.月](?P<day>[0-9]{1,2})日?"
    r"(?:[ T][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.0+)?)?)?",
)
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_DROPPED = dict.fromkeys([*range(0x20), *range(0x200B, 0x2010), 0x2060, 0xFEFF, 0x7F])


def as_text(cell: Cell) -> str:
    """Return a cell as a person reads it: trimmed, whole numbers without ``.0``, dates in ISO form, empty for None."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell.strip() if cell.isprintable() else _printable(cell)
    if isinstance(cell, float):
        return f"{cell:.15g}"
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, bool):
        return "是" if cell else "否"
    return str(cell)


def as_date(cell: Cell) -> date | None:
    """Return the day in a cell, None where it is empty or no unambiguous date (``05/10/2026``, ``26-10-05``)."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, bool) or cell is None:
        return None
    text = as_text(cell)
    return _serial(text) or _written(unicodedata.normalize("NFKC", text).strip())


def _printable(text: str) -> str:
    spaced = text.replace("\r\n", " ").replace("\n", " ").replace("\t", " ").replace("\u3000", " ").replace("\xa0", " ")
    return spaced.translate(_DROPPED).strip()


def _serial(text: str) -> date | None:
    whole, _, fraction = text.partition(".")
    if len(whole) != 5 or not (whole + fraction).isdecimal() or int(whole) not in _SERIALS:  # noqa: PLR2004  # 5 digits: 1954–2118
        return None
    return _EPOCH + timedelta(days=int(whole))


def _written(text: str) -> date | None:
    match = _DATE.fullmatch(text)
    if match is not None:
        year = _year(match["year"], republic=bool(match["republic"]))
        return None if year is None else _day(year, int(match["month"]), int(match["day"]))
    compact = _COMPACT.fullmatch(text)
    return None if compact is None else _day(int(compact[1]), int(compact[2]), int(compact[3]))


def _year(digits: str, *, republic: bool) -> int | None:
    if republic or len(digits) == 3:  # noqa: PLR2004  # only years of the Republic have three digits
        return int(digits) + _REPUBLIC
    return int(digits) if len(digits) == 4 else None  # noqa: PLR2004  # two digits may be either calendar


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year in _YEARS else None
    except ValueError:
        return None
