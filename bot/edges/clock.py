"""What time it is: the system's clock, or a simulated one that a demo, a test or ``--now`` sets.

Leases and network time-outs don't come here; they measure with the monotonic clock only.
"""

from datetime import UTC, date, datetime, timedelta, tzinfo
from threading import Lock
from typing import Protocol


class Clock(Protocol):
    """Instants are aware and in UTC; a business day is the date in the company's zone."""

    def now(self) -> datetime:
        """This instant."""
        ...

    def today(self, zone: tzinfo) -> date:
        """The date in that zone."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """This instant."""
        return datetime.now(UTC)

    def today(self, zone: tzinfo) -> date:
        """The date in that zone."""
        return self.now().astimezone(zone).date()


class SimulatedClock:
    """Stands still until it is set or advanced; safe to share between threads."""

    def __init__(self, start: datetime) -> None:
        self._lock = Lock()
        self._now = _in_utc(start)

    def now(self) -> datetime:
        """The instant that the clock was brought to last."""
        with self._lock:
            return self._now

    def today(self, zone: tzinfo) -> date:
        """The date in that zone."""
        return self.now().astimezone(zone).date()

    def set(self, now: datetime) -> None:
        """Bring the clock to an instant, back as well; raises ValueError for a naive one."""
        with self._lock:
            self._now = _in_utc(now)

    def advance(self, by: timedelta) -> datetime:
        """Move the clock by a duration; returns the new instant."""
        with self._lock:
            self._now += by
            return self._now


def _in_utc(instant: datetime) -> datetime:
    """The instant in UTC."""
    if instant.tzinfo is None:
        raise ValueError(f"{instant} has no zone")
    return instant.astimezone(UTC)
