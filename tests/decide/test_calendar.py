from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.decide.calendar import Country, WorkingDays

CN, TW, HK = WorkingDays("CN"), WorkingDays("TW"), WorkingDays("HK")
DAYS = st.dates(date(2004, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("country", "day", "working"),
    [
        pytest.param("CN", date(2026, 10, 10), True, id="B2 a Saturday that makes up for National Day"),
        pytest.param("CN", date(2026, 9, 20), True, id="a Sunday that makes up"),
        pytest.param("CN", date(2026, 10, 7), False, id="last day of the National Day week"),
        pytest.param("CN", date(2026, 10, 8), True, id="the day after it"),
        pytest.param("CN", date(2026, 10, 17), False, id="an ordinary Saturday"),
        pytest.param("CN", date(2027, 10, 4), False, id="a holiday of an unpublished year"),
        pytest.param("CN", date(2027, 10, 11), True, id="an ordinary Monday of an unpublished year"),
        pytest.param("CN", date(2027, 10, 9), False, id="a Saturday of an unpublished year"),
        pytest.param("TW", date(2026, 10, 10), False, id="Taiwan's National Day"),
        pytest.param("TW", date(2026, 10, 9), False, id="the Friday in lieu of it"),
        pytest.param("TW", date(2026, 10, 12), True, id="the Monday after it"),
        pytest.param("TW", date(2024, 2, 17), True, id="a make-up Saturday, as Taiwan had until 2024"),
        pytest.param("HK", date(2026, 10, 10), False, id="Saturdays are off in Hong Kong"),
        pytest.param("HK", date(2026, 7, 1), False, id="Establishment Day"),
        pytest.param("HK", date(2026, 7, 2), True, id="the day after it"),
    ],
)
def test_B2_working_days_of_the_three_calendars(country: Country, day: date, working: bool) -> None:
    assert WorkingDays(country).is_working(day) is working


def test_the_companys_own_days_win_and_off_is_the_stronger() -> None:
    saturday, monday, both = date(2026, 10, 17), date(2026, 10, 19), date(2026, 10, 24)
    days = WorkingDays("CN", working=(saturday, both), off=(monday, both))
    assert days.is_working(saturday)
    assert not days.is_working(monday)
    assert not days.is_working(both)


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 9, 30), 1, date(2026, 10, 8)),
        (date(2026, 9, 30), 3, date(2026, 10, 10)),
        (date(2026, 9, 30), 4, date(2026, 10, 12)),
        (date(2026, 10, 12), -1, date(2026, 10, 10)),
        (date(2026, 10, 17), 0, date(2026, 10, 17)),
        (date(2026, 10, 17), 1, date(2026, 10, 19)),
        (date(9999, 12, 30), 9, date(9999, 12, 31)),
        (date(1, 1, 2), -9, date(1, 1, 1)),
    ],
    ids=[
        "over the National Day week",
        "onto a make-up day",
        "past it",
        "back",
        "none",
        "from a day off",
        "at the end of time",
        "at its start",
    ],
)
def test_the_nth_working_day(day: date, count: int, expected: date) -> None:
    assert CN.add(day, count) == expected


def test_counting_holds_both_ends_and_is_zero_backwards() -> None:
    assert CN.count(date(2026, 10, 1), date(2026, 10, 10)) == 3
    assert CN.count(date(2026, 10, 8), date(2026, 10, 8)) == 1
    assert CN.count(date(2026, 10, 9), date(2026, 10, 8)) == 0


@given(day=DAYS, count=st.integers(1, 30), country=st.sampled_from([CN, TW, HK]))
def test_adding_and_counting_agree(day: date, count: int, country: WorkingDays) -> None:
    later = country.add(day, count)
    assert country.is_working(later)
    assert country.count(day + timedelta(days=1), later) == count
    earlier = country.add(day, -count)
    assert country.is_working(earlier)
    assert country.count(earlier, day - timedelta(days=1)) == count


def test_B2_a_year_without_published_make_up_days_is_provisional_and_counts_on() -> None:
    assert [CN.provisional(year) for year in (2025, 2026, 2027)] == [False, False, True]
    assert CN.count(date(2027, 1, 1), date(2027, 12, 31)) > 240
    assert not TW.provisional(2027)
    assert not HK.provisional(2027)


def test_every_day_of_the_published_years_is_as_published() -> None:
    day = date(2020, 1, 1)
    while day.year <= 2026:
        assert CN.is_working(day) is chinese_calendar.is_workday(day)
        day += timedelta(days=1)


@given(day=st.dates(), country=st.sampled_from([CN, TW, HK]))
def test_no_day_raises(day: date, country: WorkingDays) -> None:
    assert country.is_working(day) in {True, False}
