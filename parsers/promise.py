"""A date that a customer promises: ``预计11月12日盖章`` → 2026-11-12, ``12月5号前回复``; never 明天."""

import re
from datetime import date, timedelta

from parsers.fold import fold

_DAY = re.compile(
    r"(?:(20\d\d)\s?[年./-]\s?)?(?<!\d)(1[0-2]|0?[1-9])\s?[月./-]\s?(3[01]|[12]\d|0?[1-9])\s?(?:[日号]|(?![\d./-]))"
)
_PROMISES = re.compile(r"预计|计划|安排|将|会|前|之前|可以|回复|答复|盖|签|寄|回传|确认|给")
_LONG_AGO = timedelta(days=180)


def find(text: str, after: date) -> date | None:
    """The first promised day later than ``after`` (the statement's last day); a left-out year is the next that fits."""
    for line in re.split(r"[。；;!?\n]", fold(text)):
        match = _DAY.search(line)
        if match is None or not _PROMISES.search(line):
            continue
        promised = _date(int(match[1] or after.year), int(match[2]), int(match[3]))
        if promised is not None and match[1] is None and promised <= after - _LONG_AGO:
            promised = _date(after.year + 1, int(match[2]), int(match[3]))
        if promised is not None and promised > after:
            return promised
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
