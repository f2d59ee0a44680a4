from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.edges.clock import Clock, SimulatedClock, SystemClock

SHANGHAI = ZoneInfo("Asia/Shanghai")
START = datetime(2026, 10, 31, 15, 59, tzinfo=UTC)


def test_the_system_clock_is_aware_and_in_utc() -> None:
    clock: Clock = SystemClock()
    assert clock.now().tzinfo is UTC
    assert abs(datetime.now(UTC) - clock.now()) < timedelta(seconds=5)
    assert clock.today(UTC) - datetime.now(UTC).date() <= timedelta(days=1)


def test_the_day_is_the_one_of_the_companys_zone() -> None:
    clock: Clock = SimulatedClock(START)
    assert clock.today(SHANGHAI) == date(2026, 10, 31)
    assert SimulatedClock(START + timedelta(minutes=1)).today(SHANGHAI) == date(2026, 11, 1)
    assert SimulatedClock(START + timedelta(minutes=1)).today(UTC) == date(2026, 10, 31)


def test_a_simulated_clock_stands_still_until_it_is_moved() -> None:
    clock = SimulatedClock(START.astimezone(SHANGHAI))
    assert clock.now() == clock.now() == START
    assert clock.now().tzinfo is UTC
    assert clock.advance(timedelta(hours=1)) == clock.now() == START + timedelta(hours=1)
    clock.set(START)
    assert clock.now() == START


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(ValueError, match="no zone"):
        SimulatedClock(datetime(2026, 10, 31))  # noqa: DTZ001  # that is the point
    with pytest.raises(ValueError, match="no zone"):
        SimulatedClock(START).set(datetime(2026, 10, 31))  # noqa: DTZ001  # that is the point


def test_threads_that_advance_it_together_lose_nothing() -> None:
    clock = SimulatedClock(START)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: clock.advance(timedelta(seconds=1)), range(500)))
    assert clock.now() == START + timedelta(seconds=500)
