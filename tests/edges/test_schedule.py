import os
import socket
import threading
import time as time_module
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from threading import Event, Semaphore, Thread
from zoneinfo import ZoneInfo

import pytest

from bot.edges.clock import SimulatedClock, SystemClock
from bot.edges.rota import StoredRota
from bot.edges.schedule import Schedule
from bot.edges.store import Store
from bot.edges.tables import ScheduleRunRow
from bot.edges.timetable import Daily, Duties, Every, Job, Rule, Slot, jobs_of
from tests.configured import company

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 11, 2, 0, 0, tzinfo=UTC)  # 08:00 in Shanghai
NINE = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(f"sqlite:///{tmp_path / 'test.db'}")
    yield opened
    opened.close()


class Office:
    """Counts what ran; ``chase`` and ``digest`` are daily, ``broken`` raises."""

    def __init__(self, store: Store, clock: SimulatedClock, since: datetime | None = MONDAY) -> None:
        self.ran: list[Slot] = []
        self.failures: list[str] = []
        self.clock = clock
        self.rota = StoredRota(store, clock)
        jobs = [
            self.job("digest", Daily(time(18), SHANGHAI)),
            Job("broken", "A", Daily(time(9), SHANGHAI), self.breaks),
            self.job("chase", Daily(time(9), SHANGHAI)),
            self.job("poll", Every(60)),
        ]
        self.schedule = Schedule(jobs, self.rota, clock, failed=self.fails, since=since)

    def job(self, name: str, rule: Rule) -> Job:
        return Job(name, "A", rule, self.ran.append)

    def breaks(self, slot: Slot) -> None:
        self.ran.append(slot)
        raise RuntimeError("out of ink")

    def fails(self, slot: Slot, error: Exception) -> None:
        self.failures.append(f"{slot.job}: {error}")
        raise ValueError("a listener that fails as well")

    def at(self, now: datetime) -> list[str]:
        """The jobs that run when the clock shows that."""
        self.clock.set(now)
        return [slot.job for slot in self.schedule.run_due()]


@pytest.fixture
def office(store: Store) -> Office:
    return Office(store, SimulatedClock(MONDAY))


def test_A3_each_slot_runs_once_however_often_the_clock_ticks(office: Office) -> None:
    assert office.at(NINE - timedelta(seconds=1)) == ["poll"]
    assert office.at(NINE) == ["broken", "chase", "poll"]
    assert office.at(NINE) == []
    assert office.at(NINE + timedelta(seconds=59)) == []
    assert office.at(NINE + timedelta(minutes=1)) == ["poll"]
    assert office.at(NINE + timedelta(hours=9)) == ["digest", "poll"]


def test_A3_slots_missed_over_days_of_downtime_are_caught_up_exactly_once(office: Office, store: Store) -> None:
    office.at(NINE)
    restarted = Office(store, SimulatedClock(NINE + 3 * DAY + timedelta(hours=2)))
    ran = restarted.schedule.run_due()
    assert [slot.job for slot in ran] == ["digest", "broken", "chase", "poll"]
    chase = ran[2]
    assert chase.fire_for == NINE + 3 * DAY
    assert chase.missed == (NINE + DAY, NINE + 2 * DAY)
    assert restarted.schedule.run_due() == ()
    again = Office(store, SimulatedClock(NINE + 3 * DAY + timedelta(hours=3)))
    assert [slot.job for slot in again.schedule.run_due()] == ["poll"]


def test_A3_nothing_was_missed_before_the_bot_was_set_up_and_nothing_older_than_a_week(store: Store) -> None:
    fresh = Office(store, SimulatedClock(MONDAY), since=MONDAY)
    assert [slot.job for slot in fresh.schedule.run_due()] == ["poll"]
    old = Office(store, SimulatedClock(NINE), since=None)
    assert len(next(slot for slot in old.schedule.run_due() if slot.job == "chase").missed) == 7


def test_a_job_that_raises_is_reported_and_written_down_and_the_others_run(office: Office) -> None:
    assert office.at(NINE) == ["broken", "chase", "poll"]
    assert office.failures == ["broken: out of ink"]
    assert office.at(NINE) == []
    assert office.at(NINE + DAY) == ["digest", "broken", "chase", "poll"]


def test_two_processes_on_one_database_share_the_slots(store: Store) -> None:
    one, two = (Office(store, SimulatedClock(NINE)) for _ in range(2))
    assert [slot.job for slot in one.schedule.run_due()] == ["broken", "chase", "poll"]
    assert [slot.job for slot in two.schedule.run_due()] == ["poll"]


def claimed_by(store: Store, slot: Slot, worker: str, at: datetime) -> None:
    with store.write() as session:
        session.add(
            ScheduleRunRow(job=slot.job, company=slot.company, fire_for=slot.fire_for, claimed_at=at, worker=worker)
        )


DEAD = f"{socket.gethostname()}/{os.getpid()}/1"


@pytest.mark.parametrize("worker", [pytest.param(DEAD, id="dead"), pytest.param("", id="of release 0.1")])
def test_a_slot_whose_process_died_in_mid_run_comes_again(store: Store, worker: str) -> None:
    clock = SimulatedClock(NINE)
    slot = Slot("chase", "A", NINE)
    claimed_by(store, slot, worker, NINE)
    after = StoredRota(store, clock)
    assert not after.claimed(slot)
    assert after.claim(slot)
    assert not after.claim(slot)
    after.finish(slot, "")
    clock.advance(timedelta(days=1))
    assert StoredRota(store, clock).claimed(slot)


def test_a_slot_that_a_living_process_runs_is_left_to_it_by_one_that_starts_later(store: Store) -> None:
    clock, slot = SimulatedClock(NINE), Slot("chase", "A", NINE)
    assert StoredRota(store, clock).claim(slot)
    clock.advance(timedelta(minutes=20))
    later = StoredRota(store, clock)
    assert later.claimed(slot)
    assert not later.claim(slot)


def test_a_slot_of_a_machine_that_is_gone_comes_again_after_two_hours(store: Store) -> None:
    clock, slot = SimulatedClock(NINE), Slot("chase", "A", NINE)
    claimed_by(store, slot, "another-host/1/1", NINE)
    rota = StoredRota(store, clock)
    clock.advance(timedelta(hours=2))
    assert rota.claimed(slot)
    clock.advance(timedelta(seconds=1))
    assert rota.claim(slot)


@pytest.mark.parametrize("moment", range(5))
def test_a_schedule_that_is_stopped_right_after_its_start_ends_without_a_sound(
    store: Store, moment: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    died: list[BaseException] = []
    monkeypatch.setattr(threading, "excepthook", lambda args: died.append(args.exc_value))
    schedule = Schedule([Job("poll", "A", Every(60), lambda _: None)], StoredRota(store, SystemClock()), SystemClock())
    schedule.start()
    time_module.sleep(moment / 500)
    schedule.stop()
    assert died == []


def test_finishing_a_slot_that_nobody_claimed_changes_nothing(store: Store) -> None:
    rota = StoredRota(store, SimulatedClock(NINE))
    rota.finish(Slot("chase", "A", NINE), "")
    assert not rota.claimed(Slot("chase", "A", NINE))


class BrokenRota:
    """A rota whose database went away, at reading or at claiming."""

    def __init__(self, where: str) -> None:
        self.where = where

    def claimed(self, slot: Slot) -> bool:  # noqa: ARG002  # the port's signature
        if self.where == "reading":
            raise OSError("disk gone")
        return False

    def claim(self, slot: Slot) -> bool:  # noqa: ARG002  # the port's signature
        if self.where == "claiming":
            raise OSError("disk gone")
        return self.where != "lost"

    def finish(self, slot: Slot, error: str) -> None:  # noqa: ARG002  # the port's signature
        if self.where == "finishing":
            raise OSError("disk gone")


@pytest.mark.parametrize(
    ("where", "expected", "reported"),
    [
        ("reading", ["poll"], 1),
        ("claiming", ["poll"], 1),
        ("finishing", ["chase", "poll"], 1),
        ("lost", ["poll"], 0),
    ],
    ids=["not read", "not claimed", "not finished", "claimed by somebody else"],
)
def test_a_rota_that_fails_stops_no_other_job(where: str, expected: list[str], reported: int) -> None:
    failures: list[str] = []
    jobs = [Job(name, "A", rule, lambda _: None) for name, rule in RULES]
    schedule = Schedule(
        jobs, BrokenRota(where), SimulatedClock(NINE), failed=lambda slot, _: failures.append(slot.job), since=MONDAY
    )
    assert [slot.job for slot in schedule.run_due()] == expected
    assert len(failures) == reported


RULES: list[tuple[str, Rule]] = [("chase", Daily(time(9), SHANGHAI)), ("poll", Every(60))]


def test_a_job_that_runs_already_is_not_run_beside_itself(store: Store) -> None:
    entered, leave = Event(), Event()

    def waits(_: Slot) -> None:
        entered.set()
        leave.wait(10)

    clock = SimulatedClock(NINE)
    schedule = Schedule([Job("poll", "A", Every(60), waits)], StoredRota(store, clock), clock)
    first = Thread(target=schedule.run_due)
    first.start()
    assert entered.wait(10)
    clock.advance(timedelta(minutes=5))
    assert schedule.run_due() == ()
    leave.set()
    first.join()


@pytest.mark.parametrize(
    ("zone", "at", "after", "expected"),
    [
        ("Asia/Shanghai", time(9), NINE - timedelta(seconds=1), NINE),
        ("Asia/Shanghai", time(9), NINE, NINE + DAY),
        ("Asia/Shanghai", time(0), MONDAY, datetime(2026, 11, 2, 16, tzinfo=UTC)),
        (
            "Europe/Berlin",
            time(2, 30),
            datetime(2026, 3, 28, 12, tzinfo=UTC),
            datetime(2026, 3, 29, 1, 30, tzinfo=UTC),
        ),
    ],
    ids=["before", "on the instant", "midnight", "an hour that a clock change skips"],
)
def test_the_daily_rule_finds_its_next_time(zone: str, at: time, after: datetime, expected: datetime) -> None:
    assert Daily(at, ZoneInfo(zone)).after(after) == expected


def test_the_rules_list_their_times_newest_first() -> None:
    assert list(Daily(time(9), SHANGHAI).latest_first(NINE - DAY, NINE)) == [NINE, NINE - DAY]
    assert list(Daily(time(9), SHANGHAI).latest_first(NINE, NINE + timedelta(hours=1))) == [NINE]
    assert list(Daily(time(9), SHANGHAI).latest_first(NINE, NINE - DAY)) == []
    assert list(Every(60).latest_first(MONDAY, NINE + timedelta(seconds=5))) == [NINE]
    assert list(Every(3600).latest_first(NINE + timedelta(seconds=1), NINE + timedelta(seconds=5))) == []
    assert Every(60).after(NINE) == NINE + timedelta(minutes=1)


def test_a_companys_jobs_follow_its_configuration() -> None:
    seen: list[str] = []
    duties = Duties(*(lambda slot: seen.append(slot.job) for _ in range(5)))
    jobs = jobs_of(company(digest_at=time(17, 30)), duties)
    assert [job.name for job in jobs] == ["send", "chase", "digest", "poll", "settle"]
    assert {job.company for job in jobs} == {"华东贸易有限公司"}
    assert jobs[2].rule == Daily(time(17, 30), SHANGHAI)
    assert jobs[3].rule == Every(60)


class BrokenRule:
    """A rule that fails when it is asked for its next time."""

    guarded = False

    def latest_first(self, since: datetime, until: datetime) -> Iterator[datetime]:  # noqa: ARG002  # the port's signature
        yield until

    def after(self, instant: datetime) -> datetime:
        raise OverflowError(instant)


def test_the_alarm_clock_rings_beside_a_broken_rule_and_a_raising_job_and_starts_anew_when_it_died(
    store: Store,
) -> None:
    rang, stop = Semaphore(0), Event()
    counted: list[Slot] = []

    def counts(slot: Slot) -> None:
        counted.append(slot)
        rang.release()
        raise RuntimeError("on every run")

    clock = SystemClock()
    jobs = [Job("bad", "A", BrokenRule(), lambda _: None), Job("poll", "A", Every(1), counts)]
    schedule = Schedule(jobs, StoredRota(store, clock), clock, pulse_seconds=0.1)
    schedule.stop()
    schedule.start()
    assert all(rang.acquire(timeout=20) for _ in range(3))
    assert schedule.silent_for() < 5
    schedule._scheduler.shutdown(wait=True)
    watching = Thread(target=schedule.watch, args=(stop,))
    watching.start()
    assert all(rang.acquire(timeout=20) for _ in range(2))
    stop.set()
    watching.join(10)
    schedule.stop()
    times = [slot.fire_for for slot in counted]
    assert len(times) == len(set(times))


def test_a_stop_waits_for_a_running_job_only_so_long_and_tells(store: Store) -> None:
    entered, leave = Event(), Event()

    def waits(_: Slot) -> None:
        entered.set()
        leave.wait(10)

    clock = SystemClock()
    schedule = Schedule([Job("poll", "A", Every(1), waits)], StoredRota(store, clock), clock, since=NINE - DAY)
    assert schedule.stop(within=0.1)  # it never began
    schedule.start()
    assert entered.wait(10)
    assert not schedule.stop(within=0.1)
    leave.set()
