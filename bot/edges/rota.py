"""Claimed slots of the schedule in the database: a row each, so that claiming twice is impossible."""

from datetime import datetime

from bot.edges.clock import Clock
from bot.edges.store import Store
from bot.edges.tables import ScheduleRunRow
from bot.edges.timetable import Slot

_LONGEST_ERROR = 1000


class StoredRota:
    """The rota of this process.

    A run that began before this process did and never ended died with its own process: its slot is free again.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._began = clock.now()

    def claimed(self, slot: Slot) -> bool:
        """Whether the slot is taken."""
        with self._store.read() as session:
            row = session.get(ScheduleRunRow, (slot.job, slot.company, slot.fire_for))
            return row is not None and not self._died(row.claimed_at, row.done_at)

    def claim(self, slot: Slot) -> bool:
        """Take the slot in one transaction; False where it is taken."""
        with self._store.write() as session:
            row = session.get(ScheduleRunRow, (slot.job, slot.company, slot.fire_for))
            if row is not None and not self._died(row.claimed_at, row.done_at):
                return False
            if row is None:
                row = ScheduleRunRow(
                    job=slot.job, company=slot.company, fire_for=slot.fire_for, claimed_at=self._clock.now()
                )
            row.claimed_at = self._clock.now()
            session.add(row)
            return True

    def finish(self, slot: Slot, error: str) -> None:
        """Write down that the run ended, and how."""
        with self._store.write() as session:
            row = session.get(ScheduleRunRow, (slot.job, slot.company, slot.fire_for))
            if row is not None:
                row.done_at = self._clock.now()
                row.error = error[:_LONGEST_ERROR]
                session.add(row)

    def _died(self, claimed_at: datetime, done_at: datetime | None) -> bool:
        """Whether the run's process is gone."""
        return done_at is None and claimed_at < self._began
