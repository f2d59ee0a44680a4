"""Working days of China (with make-up days, 調休), Taiwan and Hong Kong, and of a company's own calendar (B2).

China follows the State Council's notices as chinesecalendar carries them; for a year that it does not know yet the
holidays library stands in. Its holidays are right, but the make-up days are missing: such a year is *provisional*,
finance is warned, and counting goes on. Nothing in here raises, and nothing asks the clock.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal

import chinese_calendar
import holidays

Country = Literal["CN", "TW", "HK"]

SATURDAY = 5
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """Working days of a country; ``working`` and ``off`` are the company's own exceptions, ``off`` is the stronger."""

    country: Country
    working: tuple[date, ...] = ()
    off: tuple[date, ...] = ()

    def is_working(self, day: date) -> bool:
        """Whether people are at work on that day."""
        if day in self.off:
            return False
        return day in self.working or _is_working(self.country, day)

    def add(self, day: date, count: int) -> date:
        """The ``count``-th working day after ``day``, before it where negative; ``day`` itself for 0.

        ``day`` need not be a working day: the first one after a Saturday is the Monday. The calendar's ends
        (years 1 and 9999) hold the answer inside.
        """
        step = _ONE_DAY if count > 0 else -_ONE_DAY
        left = abs(count)
        while left and date.min < day < date.max:
            day += step
            left -= self.is_working(day)
        return day

    def count(self, first: date, last: date) -> int:
        """How many working days there are from ``first`` to ``last``, both included; 0 where ``last`` is earlier."""
        days = (date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1))
        return sum(self.is_working(day) for day in days)

    def provisional(self, year: int) -> bool:
        """Whether the year's make-up days are not published yet, so that dates in it may still move (China only)."""
        return self.country == "CN" and not _published(year) and not _make_up_days("CN", year)


@cache
def _published(year: int) -> bool:
    """Whether chinesecalendar knows the year."""
    try:
        _by_notice(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True


def _by_notice(day: date) -> bool:
    """Whether the State Council's notice has people at work; raises NotImplementedError for years without one."""
    return bool(chinese_calendar.is_workday(day))  # pyright: ignore[reportUnknownMemberType]  # it has no annotations


@cache
def _holidays(country: Country, year: int) -> frozenset[date]:
    """Public holidays with their days in lieu; a set of its own, as the library's object grows while it is read."""
    return frozenset(holidays.country_holidays(country, years=year))


@cache
def _make_up_days(country: Country, year: int) -> frozenset[date]:
    """Weekend days of the year on which people work, as far as the holidays library knows them."""
    calendar = holidays.country_holidays(country, years=year)
    days: set[date] = getattr(calendar, "weekend_workdays", set())
    return frozenset(day for day in days if day.year == year)


def _is_working(country: Country, day: date) -> bool:
    """The country's own rule: Monday to Friday but for holidays, and the make-up days."""
    if country == "CN" and _published(day.year):
        return _by_notice(day)
    if day.weekday() >= SATURDAY:
        return day in _make_up_days(country, day.year)
    return day not in _holidays(country, day.year)
