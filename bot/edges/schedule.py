"""The scheduler: every job at its time, once, also after days of downtime and beside jobs that fail (A3).

APScheduler is only the alarm clock. Whenever it rings, and once at the start, the calendar is compared with the rota
of slots that were claimed: the newest slot that nobody claimed is claimed and run, and stands for the missed ones
before it. So a tick that comes late, twice, or from a second process runs nothing twice, and the same comparison
serves a simulated clock (:meth:`Schedule.run_due`). A scheduler thread that died is noticed by its heartbeat.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Event, Lock
from time import monotonic
from typing import Any, Protocol

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger

from bot.edges import world
from bot.edges.clock import Clock
from bot.edges.timetable import Job, Rule, Slot

LOOK_BACK = timedelta(days=7)
_PULSE_SECONDS = 10.0
_BEATS_MISSED = 4
_log = logging.getLogger(__name__)


class Rota(Protocol):
    """Where claimed slots are written down, for jobs whose rule asks for it."""

    def claimed(self, slot: Slot) -> bool:
        """Whether the slot was claimed; one whose run died with its process was not."""
        ...

    def claim(self, slot: Slot) -> bool:
        """Claim the slot; False where somebody else was quicker."""
        ...

    def finish(self, slot: Slot, error: str) -> None:
        """Write down how the run ended; ``error`` is empty where it went well."""
        ...


Failed = Callable[[Slot, Exception], None]


class Schedule:
    """All jobs of all companies. ``since`` is when the bot was set up: nothing was missed before that."""

    def __init__(
        self,
        jobs: Sequence[Job],
        rota: Rota,
        clock: Clock,
        *,
        failed: Failed | None = None,
        since: datetime | None = None,
        pulse_seconds: float = _PULSE_SECONDS,
    ) -> None:
        self._jobs = tuple(jobs)
        self._rota = rota
        self._clock = clock
        self._failed = failed
        self._since = since
        self._pulse = pulse_seconds
        self._running = {(job.company, job.name): Lock() for job in self._jobs}
        self._last: dict[tuple[str, str], datetime] = {}
        self._beat = monotonic()
        self._scheduler: Any = None

    def run_due(self) -> tuple[Slot, ...]:
        """Run what is due by the clock, in the order of the slots; returns those that ran, well or not."""
        now = self._clock.now()
        due = [(slot, job) for job in self._jobs if (slot := self._due(job, now)) is not None]
        due.sort(key=lambda pair: pair[0].fire_for)
        return tuple(slot for slot, job in due if self._run(job, slot))

    def start(self) -> None:
        """Ring for every job from now on, in threads; what was missed is caught up at once, in order."""
        workers = len(self._jobs) + 2
        scheduler = BackgroundScheduler(
            timezone=UTC,
            executors={"default": ThreadPoolExecutor(workers)},
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )
        logging.getLogger("apscheduler").setLevel(logging.ERROR)  # it tells of every heartbeat, and of long jobs
        self._beat = monotonic()
        scheduler.add_job(self._take_pulse, "interval", seconds=self._pulse)
        scheduler.add_job(self.run_due, _AtOnce())
        for job in self._jobs:
            scheduler.add_job(self._ring, _Alarm(job.rule), args=(job,), name=f"{job.company}/{job.name}")
        scheduler.start()
        self._scheduler = scheduler
        _log.info("schedule_started jobs=%d", len(self._jobs))

    def stop(self, within: float | None = None) -> bool:
        """Ring no more, and wait for the jobs that run, at most ``within`` seconds; False where one still runs then."""
        if self._scheduler is None or not self._scheduler.running:
            return True
        self._scheduler.shutdown(wait=within is None)
        deadline = monotonic() + (within or 0)
        held = [lock for lock in self._running.values() if not _released(lock, deadline)]
        return not held

    def watch(self, stop: Event) -> None:
        """Block until ``stop`` is set; a scheduler whose heart has stopped meanwhile is started anew."""
        while not stop.wait(self._pulse):
            if self.silent_for() > self._pulse * _BEATS_MISSED:
                _log.error("schedule_stalled seconds=%.0f", self.silent_for())
                self._abandon()
                self.start()

    def silent_for(self) -> float:
        """Seconds since the last heartbeat."""
        return monotonic() - self._beat

    def _take_pulse(self) -> None:
        """The heartbeat: it goes through the scheduler's thread and pool, as every job does."""
        self._beat = monotonic()

    def _abandon(self) -> None:
        """Let go of a scheduler that may be half dead; jobs that still run hold their locks and end by themselves."""
        try:
            self._scheduler.shutdown(wait=False)
        except Exception:  # noqa: BLE001  # whatever state it is in, a new one takes over
            _log.warning("schedule_abandoned", exc_info=True)

    def _ring(self, job: Job) -> None:
        """What the alarm does."""
        slot = self._due(job, self._clock.now())
        if slot is not None:
            self._run(job, slot)

    def _due(self, job: Job, now: datetime) -> Slot | None:
        """The newest slot of the job that nobody claimed, with the missed ones before it."""
        earliest = now - LOOK_BACK if self._since is None else max(self._since, now - LOOK_BACK)
        due: Slot | None = None
        missed: list[datetime] = []
        for instant in job.rule.latest_first(earliest, now):
            slot = Slot(job.name, job.company, instant)
            if self._taken(job, slot):
                break
            if due is None:
                due = slot
            else:
                missed.append(instant)
        return due and replace(due, missed=tuple(reversed(missed)))

    def _taken(self, job: Job, slot: Slot) -> bool:
        """Whether the slot has run or is running; a rota that cannot answer is reported, and nothing runs unseen."""
        if self._last.get((job.company, job.name)) == slot.fire_for:
            return True
        if not job.rule.guarded:
            return False
        try:
            return self._rota.claimed(slot)
        except Exception as error:  # noqa: BLE001  # one job's trouble must not stop the others
            self._report(slot, error)
            return True

    def _run(self, job: Job, slot: Slot) -> bool:
        """Run the job for the slot unless it runs already or somebody else claimed it; whether it ran."""
        key = (job.company, job.name)
        if not self._running[key].acquire(blocking=False):
            return False
        try:
            if self._taken(job, slot) or (job.rule.guarded and not self._rota.claim(slot)):
                return False
            self._last[key] = slot.fire_for
            self._perform(job, slot)
        except Exception as error:  # noqa: BLE001  # the rota failed; the job may have run
            self._report(slot, error)
            return self._last.get(key) == slot.fire_for
        finally:
            self._running[key].release()
        return True

    def _perform(self, job: Job, slot: Slot) -> None:
        """Run the job; its exceptions are written down and reported."""
        error = ""
        try:
            job.function(slot)
        except Exception as raised:  # noqa: BLE001  # one job's trouble must not stop the others
            error = f"{type(raised).__name__}: {raised}"
            self._report(slot, raised)
        if job.rule.guarded:
            self._rota.finish(slot, error)

    def _report(self, slot: Slot, error: Exception) -> None:
        """Log the failure and tell whoever wants to know; a listener that fails is logged as well."""
        if world.failed(error):  # no bug of ours: one line with the remedy
            _log.error("job_failed job=%s company=%s reason=%s", slot.job, slot.company, world.plainly(error))
        else:
            _log.error("job_failed job=%s company=%s at=%s", slot.job, slot.company, slot.fire_for, exc_info=error)
        if self._failed is None:
            return
        try:
            self._failed(slot, error)
        except Exception:  # noqa: BLE001  # it is the last one to ask
            _log.exception("failure_not_reported job=%s company=%s", slot.job, slot.company)


def _released(running: Lock, deadline: float) -> bool:
    """Whether the job that holds the lock ended by then; it is taken, so that no run begins afterwards."""
    return running.acquire(timeout=max(deadline - monotonic(), 0))


class _Alarm(BaseTrigger):  # type: ignore[misc]  # APScheduler 3 has no annotations
    """Rings at the rule's next time. An exception in here would end APScheduler's thread, so there is none."""

    def __init__(self, rule: Rule) -> None:
        self._rule = rule

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:  # noqa: ARG002  # APScheduler's signature
        """The rule's first time after now; in an hour where the rule fails."""
        try:
            return self._rule.after(now)
        except Exception:  # noqa: BLE001  # see above
            _log.exception("rule_failed")
            return now + timedelta(hours=1)


class _AtOnce(BaseTrigger):  # type: ignore[misc]  # APScheduler 3 has no annotations
    """Rings at once, and then as good as never: removing a job that ends fails in a scheduler that is being stopped."""

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
        """Now, and once more in a century."""
        return now if previous_fire_time is None else now + timedelta(days=36525)
