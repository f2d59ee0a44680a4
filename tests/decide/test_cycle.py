from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import AnnualRule, MonthlyRule, QuarterlyRule
from bot.decide.calendar import WorkingDays
from bot.decide.cycle import (
    Terms,
    cycle_of,
    deadlines,
    due_periods,
    following,
    months_in,
    previous,
    roll_forward,
    span,
    terms_of,
)
from bot.model import Basis, Channel, Customer, Cycle, Locale
from parsers.period import Period, parse_code
from tests.configured import company

COMPANY = company()
CN = WorkingDays("CN")
PERIODS = st.one_of(
    st.builds(Period, st.just("month"), st.integers(2005, 2040), st.integers(1, 12)),
    st.builds(Period, st.just("quarter"), st.integers(2005, 2040), st.integers(1, 4)),
    st.builds(Period, st.just("year"), st.integers(2005, 2040), st.just(0)),
)
DAY = st.integers(1, 31)


@pytest.mark.parametrize(
    ("code", "closing_day", "first", "last"),
    [
        pytest.param("2026-10", None, date(2026, 10, 1), date(2026, 10, 31), id="calendar month"),
        pytest.param("2026-10", 25, date(2026, 9, 26), date(2026, 10, 25), id="closing day 25"),
        pytest.param("2026-01", 25, date(2025, 12, 26), date(2026, 1, 25), id="closing day 25 over New Year"),
        pytest.param("2026-10", 5, date(2026, 9, 6), date(2026, 10, 5), id="an early closing day names its month too"),
        pytest.param("2026-02", 31, date(2026, 2, 1), date(2026, 2, 28), id="closing day 31 is the month's end"),
        pytest.param("2028-02", 31, date(2028, 2, 1), date(2028, 2, 29), id="also in a leap year"),
        pytest.param("2026-03", 30, date(2026, 3, 1), date(2026, 3, 30), id="closing day 30 after February"),
        pytest.param("2026-04", 30, date(2026, 3, 31), date(2026, 4, 30), id="closing day 30 after a month of 31"),
        pytest.param("2026-03", 29, date(2026, 3, 1), date(2026, 3, 29), id="closing day 29 after a short February"),
        pytest.param("2028-03", 29, date(2028, 3, 1), date(2028, 3, 29), id="closing day 29 after a long February"),
        pytest.param("2028-03", 28, date(2028, 2, 29), date(2028, 3, 28), id="closing day 28 in a leap year"),
        pytest.param("2026Q4", None, date(2026, 9, 21), date(2026, 12, 20), id="quarter to its cut-off"),
        pytest.param("2026Q1", None, date(2025, 12, 21), date(2026, 3, 20), id="first quarter"),
        pytest.param("2026Q4", 25, date(2026, 9, 21), date(2026, 12, 20), id="closing day leaves quarters alone"),
        pytest.param("2026", None, date(2025, 12, 21), date(2026, 12, 20), id="year to its cut-off"),
    ],
)
def test_B1_B3_B5_from_and_to(code: str, closing_day: int | None, first: date, last: date) -> None:
    assert span(parse_code(code), closing_day, COMPANY) == (first, last)


@pytest.mark.parametrize("year", [2026, 2028], ids=["ordinary", "leap"])
@pytest.mark.parametrize("closing_day", [None, 31], ids=["none", "31"])
def test_B1_calendar_months_from_January_to_December(year: int, closing_day: int | None) -> None:
    for month in range(1, 13):
        first, last = span(Period("month", year, month), closing_day, COMPANY)
        assert (first, last) == (date(year, month, 1), date(year, month, monthrange(year, month)[1]))


@given(period=PERIODS, closing_day=st.none() | DAY, cut_off=DAY)
def test_B3_two_periods_in_a_row_cover_every_day_once(period: Period, closing_day: int | None, cut_off: int) -> None:
    firm = company(quarterly=QuarterlyRule(cut_off, 28), annual=AnnualRule((2, min(cut_off, 29)), (12, 31)))
    first, last = span(period, closing_day, firm)
    next_first, next_last = span(following(period), closing_day, firm)
    assert first <= last < next_last
    assert next_first == last + timedelta(days=1)


@given(PERIODS)
def test_previous_undoes_following(period: Period) -> None:
    assert previous(following(period)) == period
    assert following(previous(period)) == period
    assert cycle_of(following(period)) is cycle_of(period)


def test_B5_the_cut_off_year_and_its_roll_forward_end_with_December() -> None:
    year = parse_code("2026")
    _, last = span(year, None, COMPANY)
    assert roll_forward(year, COMPANY) == (last + timedelta(days=1), date(2026, 12, 31))
    assert span(parse_code("2026-12"), None, COMPANY)[1] == date(2026, 12, 31)


def test_roll_forward_of_the_others() -> None:
    assert roll_forward(parse_code("2026Q3"), COMPANY) == (date(2026, 9, 21), date(2026, 9, 30))
    assert roll_forward(parse_code("2026-10"), COMPANY) is None
    assert roll_forward(parse_code("2026"), company(annual=AnnualRule((12, 31), (12, 31)))) is None


def test_B3_the_months_that_a_period_is_made_of() -> None:
    assert [month.code for month in months_in(parse_code("2026Q4"))] == ["2026-10", "2026-11", "2026-12"]
    assert [month.code for month in months_in(parse_code("2026-10"))] == ["2026-10"]
    assert len(months_in(parse_code("2026"))) == 12


@pytest.mark.parametrize(
    ("code", "last_day", "send_on", "reply_by", "complete_by"),
    [
        pytest.param(
            "2026-09",
            date(2026, 9, 30),
            date(2026, 10, 9),
            date(2026, 10, 15),
            date(2026, 10, 15),
            id="B2 over the National Day week with its make-up Saturday",
        ),
        pytest.param(
            "2026-10",
            date(2026, 10, 31),
            date(2026, 11, 3),
            date(2026, 11, 10),
            date(2026, 11, 10),
            id="an ordinary month: seven working days come before the 15th",
        ),
        pytest.param(
            "2026-10",
            date(2026, 10, 25),
            date(2026, 10, 27),
            date(2026, 11, 3),
            date(2026, 11, 3),
            id="closing day 25",
        ),
        pytest.param(
            "2026-01",
            date(2026, 1, 31),
            date(2026, 2, 3),
            date(2026, 2, 10),
            date(2026, 2, 10),
            id="before the Spring Festival",
        ),
        pytest.param(
            "2026Q4",
            date(2026, 12, 20),
            date(2026, 12, 22),
            date(2026, 12, 28),
            date(2026, 12, 28),
            id="B3 a quarter falls due inside its last month",
        ),
        pytest.param(
            "2026",
            date(2026, 12, 20),
            date(2026, 12, 22),
            date(2026, 12, 29),
            date(2026, 12, 31),
            id="B5 a year before it ends",
        ),
    ],
)
def test_B1_B2_B3_B5_deadlines(code: str, last_day: date, send_on: date, reply_by: date, complete_by: date) -> None:
    period = parse_code(code)
    found = deadlines(COMPANY, period, last_day, CN)
    assert (found.send_on, found.reply_by, found.complete_by) == (send_on, reply_by, complete_by)


def test_B1_the_fixed_day_holds_where_working_days_would_take_longer() -> None:
    firm = company(monthly=MonthlyRule(2, 5, 20, 15))
    assert deadlines(firm, parse_code("2026-10"), date(2026, 10, 31), CN).complete_by == date(2026, 11, 15)
    assert deadlines(firm, parse_code("2026-12"), date(2026, 12, 31), CN).complete_by == date(2027, 1, 15)


def test_a_completion_day_before_the_cut_off_belongs_to_the_next_month_or_year() -> None:
    firm = company(quarterly=QuarterlyRule(25, 10), annual=AnnualRule((12, 25), (1, 15)))
    assert deadlines(firm, parse_code("2026Q4"), date(2026, 12, 25), CN).complete_by == date(2027, 1, 10)
    assert deadlines(firm, parse_code("2026"), date(2026, 12, 25), CN).complete_by == date(2027, 1, 15)


def test_A3_reminders_stand_before_and_after_the_reply_date() -> None:
    found = deadlines(COMPANY, parse_code("2026-10"), date(2026, 10, 31), CN)
    assert found.reminders == (date(2026, 11, 6), date(2026, 11, 11), date(2026, 11, 16))


def test_A3_a_reminder_on_the_day_itself_is_possible_and_none_is_due_before_sending() -> None:
    firm = company(reminders_before=9, reminders_after=(0, 1))
    found = deadlines(firm, parse_code("2026-10"), date(2026, 10, 31), CN)
    assert found.reminders == (found.reply_by, date(2026, 11, 11))


@given(period=PERIODS, closing_day=st.none() | DAY, send=st.integers(1, 9), reply=st.integers(1, 20), fixed=DAY)
def test_B2_the_dates_of_a_period_keep_their_order(
    period: Period, closing_day: int | None, send: int, reply: int, fixed: int
) -> None:
    firm = company(monthly=MonthlyRule(send, reply, 10, fixed), quarterly=QuarterlyRule(20, fixed))
    last_day = span(period, closing_day, firm)[1]
    found = deadlines(firm, period, last_day, CN)
    assert last_day < found.send_on <= found.reply_by <= found.complete_by
    assert list(found.reminders) == sorted(set(found.reminders))
    assert all(day > found.send_on for day in found.reminders)


MONTHLY: Terms = (Cycle.MONTHLY, None)
CLOSING_25: Terms = (Cycle.MONTHLY, 25)
QUARTERLY: Terms = (Cycle.QUARTERLY, None)
ANNUAL: Terms = (Cycle.ANNUAL, None)


def _told(today: date, *terms: Terms, since: date | None = None) -> list[str]:
    """The due periods as words."""
    return [
        f"{due.period.code} {due.closing_day or 'end'} {due.stage}{' missed' if due.missed else ''}"
        for due in due_periods(today, COMPANY, terms, CN, since)
    ]


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 10, 31), []),
        (date(2026, 11, 1), ["2026-10 end prepare"]),
        (date(2026, 11, 2), ["2026-10 end prepare"]),
        (date(2026, 11, 3), ["2026-10 end send"]),
        (date(2026, 11, 4), []),
    ],
    ids=["last day", "first day after", "first working day", "sending day", "the day after it"],
)
def test_B1_a_month_is_prepared_and_then_sent(today: date, expected: list[str]) -> None:
    assert _told(today, MONTHLY) == expected


@pytest.mark.parametrize(
    ("cycle", "expected"),
    [
        (Cycle.MONTHLY, [(Cycle.MONTHLY, 25), ANNUAL]),
        (Cycle.QUARTERLY, [(Cycle.MONTHLY, 25), QUARTERLY, ANNUAL]),
        (Cycle.ANNUAL, [(Cycle.MONTHLY, 25), ANNUAL]),
    ],
    ids=["monthly", "quarterly", "annual"],
)
def test_B1_B3_B5_months_and_years_are_for_everybody_quarters_by_agreement(cycle: Cycle, expected: list[Terms]) -> None:
    customer = Customer(
        code="C001",
        name="苏州恒远机械有限公司",
        aliases=(),
        cycle=cycle,
        closing_day=25,
        payment_terms="",
        rep="",
        contacts=(),
        locale=Locale.HANS,
        channel=Channel.MAIL,
        currency="CNY",
        basis=Basis.DELIVERY,
    )
    assert list(terms_of(customer)) == expected


def test_A3_what_was_missed_over_downtime_comes_out_late_and_oldest_first() -> None:
    assert _told(date(2026, 11, 20), MONTHLY, CLOSING_25, since=date(2026, 10, 1)) == [
        "2026-09 end send missed",
        "2026-10 25 send missed",
        "2026-10 end send missed",
    ]


def test_B3_B5_quarter_and_year_are_due_before_they_end_beside_a_customer_of_each_kind() -> None:
    assert _told(date(2026, 12, 22), MONTHLY, QUARTERLY, ANNUAL) == ["2026Q4 end send", "2026 end send"]


def test_terms_that_many_customers_share_are_told_once() -> None:
    assert _told(date(2026, 11, 3), MONTHLY, MONTHLY) == ["2026-10 end send"]


def test_a_start_in_the_future_bounds_nothing_of_today() -> None:
    assert _told(date(2026, 11, 3), MONTHLY, since=date(2027, 1, 1)) == ["2026-10 end send"]


def test_B1_a_year_of_days_sends_every_month_exactly_once() -> None:
    sent: list[str] = []
    for ordinal in range(date(2026, 1, 1).toordinal(), date(2027, 1, 1).toordinal()):
        today = date.fromordinal(ordinal)
        sent += [due.period.code for due in due_periods(today, COMPANY, [CLOSING_25], CN) if due.stage == "send"]
    assert sent == [f"2026-{month:02d}" for month in range(1, 13)]
