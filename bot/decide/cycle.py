"""Periods and their dates: from–to, when to send, by when to answer and to complete, and what is due today (B1–B5).

How a period covers the days, so that two in a row cover every day exactly once:

- a *month* is the calendar month, or per customer from closing day to closing day: with closing day 25 the period
  2026-10 is 2026-09-26 to 2026-10-25. A closing day that a month lacks is that month's end, so 31 always is;
- a *quarter* is confirmed inside its last month: it ends on the company's cut-off day in that month and begins the
  day after the last quarter's. A customer's closing day is a monthly notion and does not move it;
- a *year* likewise ends on the company's cut-off, and :func:`roll_forward` gives the rest of December.

The dates that follow from a period's last day, always ``send_on <= reply_by <= complete_by``:

- ``send_on``: the n-th working day after the last day, the monthly rule's n for every cycle;
- ``complete_by`` (the date that the KPI counts by): for months the earlier of n working days after the last day (B2)
  and the fixed day of the following month (B1); for quarters and years the fixed day after the cut-off (B3, B5);
- ``reply_by`` (the customer's own, B2's third date): n working days after sending, never after ``complete_by``.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from bot.config import Company, MonthlyRule
from bot.decide.calendar import WorkingDays
from bot.model import Customer, Cycle
from parsers.period import Period

Terms = tuple[Cycle, int | None]
"""A cycle and a customer's closing day in it, None for the calendar month's end or the company's cut-off."""

Stage = Literal["prepare", "send"]

_ONE_DAY = timedelta(days=1)
_MONTHS = 12
_PERIODS_A_YEAR = {Cycle.MONTHLY: 12, Cycle.QUARTERLY: 4, Cycle.ANNUAL: 1}
_CYCLES = {"month": Cycle.MONTHLY, "quarter": Cycle.QUARTERLY, "year": Cycle.ANNUAL}


@dataclass(frozen=True, slots=True)
class Deadlines:
    """The dates of one period; ``reminders`` are ascending, after ``send_on``, around ``reply_by``."""

    send_on: date
    reply_by: date
    complete_by: date
    reminders: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Due:
    """A period that is over for customers of these terms: to be prepared, or to be sent as well.

    ``missed`` tells that its sending day has passed.
    """

    cycle: Cycle
    closing_day: int | None
    period: Period
    first_day: date
    last_day: date
    deadlines: Deadlines
    stage: Stage
    missed: bool


def terms_of(customer: Customer) -> tuple[Terms, ...]:
    """The customer's cycles: months and years are for everybody (B1, B5), quarters for those who agreed on them."""
    monthly, annual = (Cycle.MONTHLY, customer.closing_day), (Cycle.ANNUAL, None)
    return (monthly, (Cycle.QUARTERLY, None), annual) if customer.cycle is Cycle.QUARTERLY else (monthly, annual)


def cycle_of(period: Period) -> Cycle:
    """The cycle whose period this is."""
    return _CYCLES[period.kind]


def previous(period: Period) -> Period:
    """The period before; ``2026-01`` gives ``2025-12``."""
    return _shifted(period, -1)


def following(period: Period) -> Period:
    """The period after; ``2026Q4`` gives ``2027Q1``."""
    return _shifted(period, 1)


def span(period: Period, closing_day: int | None, company: Company) -> tuple[date, date]:
    """First and last day that the period covers, both included."""
    first = _last_day(previous(period), closing_day, company) + _ONE_DAY
    return first, _last_day(period, closing_day, company)


def roll_forward(period: Period, company: Company) -> tuple[date, date] | None:
    """The days of the calendar period that its cut-off leaves out, to be added for the closing at its end (B5).

    None for months, and where the cut-off is the calendar period's last day.
    """
    if period.kind == "month":
        return None
    year, month = _last_month(period)
    cut_off, end = _last_day(period, None, company), _day_of(year, month, 31)
    return None if cut_off >= end else (cut_off + _ONE_DAY, end)


def months_in(period: Period) -> tuple[Period, ...]:
    """The months that a quarter or a year is made of (those confirmed already are listed on its statement, B3)."""
    year, last = _last_month(period)
    length = _MONTHS // _PERIODS_A_YEAR[cycle_of(period)]
    return tuple(Period("month", year, month) for month in range(last - length + 1, last + 1))


def deadlines(company: Company, period: Period, last_day: date, working_days: WorkingDays) -> Deadlines:
    """The dates that follow from the last day of the customer's period, as told above."""
    complete_by = _complete_by(company, period, last_day, working_days)
    send_on = min(working_days.add(last_day, company.monthly.send_on_working_day), complete_by)
    reply_by = min(working_days.add(send_on, company.monthly.reply_within_working_days), complete_by)
    steps = (-company.reminders_before, *company.reminders_after)
    reminders = sorted({working_days.add(reply_by, step) for step in steps})
    return Deadlines(send_on, reply_by, complete_by, tuple(day for day in reminders if day > send_on))


def due_periods(
    today: date, company: Company, terms: Iterable[Terms], working_days: WorkingDays, since: date | None = None
) -> tuple[Due, ...]:
    """What is over by ``today``: to be prepared until its sending day, to be sent from then on; oldest first.

    ``since`` bounds the missed ones: only sending days from then on count, by default today's and later ones. It is
    the day from which the bot was responsible or the day it last looked. What was prepared or sent already comes out
    again; the register of statements knows that.
    """
    earliest = today if since is None else min(since, today)
    found = [due for one in dict.fromkeys(terms) for due in _due(today, company, one, working_days, earliest)]
    return tuple(sorted(found, key=lambda due: (due.last_day, due.period)))


def _due(today: date, company: Company, terms: Terms, working_days: WorkingDays, earliest: date) -> Iterator[Due]:
    """The due periods of one kind of customers, latest first."""
    cycle, closing_day = terms
    period = _period_with(cycle, today)
    while True:
        first_day, last_day = span(period, closing_day, company)
        dates = deadlines(company, period, last_day, working_days)
        if last_day < today:
            if dates.send_on < earliest:
                return
            stage: Stage = "send" if dates.send_on <= today else "prepare"
            missed = dates.send_on < today
            yield Due(cycle, closing_day, period, first_day, last_day, dates, stage, missed)
        period = previous(period)


def _shifted(period: Period, by: int) -> Period:
    """The period that many periods later."""
    size = _PERIODS_A_YEAR[cycle_of(period)]
    year, index = divmod(period.year * size + max(period.index - 1, 0) + by, size)
    return Period(period.kind, year, 0 if period.kind == "year" else index + 1)


def _period_with(cycle: Cycle, day: date) -> Period:
    """The calendar period that the day lies in; a period with a cut-off may be over by then, a later one never."""
    if cycle is Cycle.MONTHLY:
        return Period("month", day.year, day.month)
    if cycle is Cycle.QUARTERLY:
        return Period("quarter", day.year, (day.month + 2) // 3)
    return Period("year", day.year, 0)


def _last_month(period: Period) -> tuple[int, int]:
    """Year and month in which the period closes."""
    if period.kind == "year":
        return period.year, _MONTHS
    return period.year, period.index * _MONTHS // _PERIODS_A_YEAR[cycle_of(period)]


def _last_day(period: Period, closing_day: int | None, company: Company) -> date:
    """Closing day or cut-off."""
    year, month = _last_month(period)
    if period.kind == "month":
        return _day_of(year, month, closing_day or 31)
    if period.kind == "quarter":
        return _day_of(year, month, company.quarterly.cut_off_day)
    return _day_of(year, *company.annual.cut_off)


def _complete_by(company: Company, period: Period, last_day: date, working_days: WorkingDays) -> date:
    """The day by which the period is to be completed."""
    if period.kind == "month":
        return _month_complete_by(company.monthly, last_day, working_days)
    if period.kind == "quarter":
        day = company.quarterly.complete_by_day
        inside = _day_of(last_day.year, last_day.month, day)
        return inside if inside > last_day else _in_following_month(last_day, day)
    inside = _day_of(last_day.year, *company.annual.complete_by)
    return inside if inside > last_day else _day_of(last_day.year + 1, *company.annual.complete_by)


def _month_complete_by(rule: MonthlyRule, last_day: date, working_days: WorkingDays) -> date:
    """The earlier of B1's and B2's date."""
    by_working_days = working_days.add(last_day, rule.complete_within_working_days)
    return min(by_working_days, _in_following_month(last_day, rule.complete_by_day))


def _in_following_month(day: date, day_of_month: int) -> date:
    """That day of the month after ``day``'s month."""
    year, month = divmod(day.year * _MONTHS + day.month, _MONTHS)
    return _day_of(year, month + 1, day_of_month)


def _day_of(year: int, month: int, day: int) -> date:
    """That day, or the month's last one where the month is shorter."""
    return date(year, month, min(day, monthrange(year, month)[1]))
