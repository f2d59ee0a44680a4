"""Claimed slots of the schedule in the database: a row each, so that claiming twice is impossible."""

from datetime import timedelta

from bot.edges.clock import Clock
from bot.edges.store import Store
from bot.edges.tables import ScheduleRunRow
from bot.edges.timetable import Slot
from bot.edges.worker import is_dead, me

_LONGEST_ERROR = 1000
_LONGEST_RUN = timedelta(hours=2)
"""After this a run on another machine (a container that was replaced) counts as gone; jobs may run twice."""


class StoredRota:
    """The rota of this process; the slot of a run whose process died before it ended is free again."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._me = me()

    def claimed(self, slot: Slot) -> bool:
        """Whether the slot is taken."""
        with self._store.read() as session:
            row = session.get(ScheduleRunRow, (slot.job, slot.company, slot.fire_for))
            return row is not None and not self._died(row)

    def claim(self, slot: Slot) -> bool:
        """Take the slot in one transaction; False where it is taken."""
        with self._store.write() as session:
            row = session.get(ScheduleRunRow, (slot.job, slot.company, slot.fire_for))
            if row is not None and not self._died(row):
                return False
            if row is None:
                row = ScheduleRunRow(
                    job=slot.job, company=slot.company, fire_for=slot.fire_for, claimed_at=self._clock.now()
                )
            row.claimed_at, row.worker = self._clock.now(), self._me
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

    def _died(self, row: ScheduleRunRow) -> bool:
        """Whether the run's process is gone, as far as can be told; release 0.1 didn't write down which it was."""
        if row.done_at is not None:
            return False
        return not row.worker or is_dead(row.worker) or self._clock.now() - row.claimed_at > _LONGEST_RUN
