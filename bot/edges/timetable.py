"""When the jobs of a company run: daily at a time of its zone, or every so many seconds; and which jobs there are."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import ClassVar, Protocol
from zoneinfo import ZoneInfo

from bot.config import Company

SEND_AT = time(8, 30)
CHASE_AT = time(9, 0)
SETTLE_SECONDS = 300
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Rule(Protocol):
    """A rule for times, all aware and in UTC. ``guarded``: each slot is claimed in the rota before it runs."""

    @property
    def guarded(self) -> bool:
        """Whether slots are claimed and missed ones caught up."""
        ...

    def latest_first(self, since: datetime, until: datetime) -> Iterator[datetime]:
        """The rule's times from ``since`` to ``until``, both included, newest first."""
        ...

    def after(self, instant: datetime) -> datetime:
        """The first time after the instant."""
        ...


@dataclass(frozen=True, slots=True)
class Daily:
    """Every day at a time in a zone; in the hour that a clock change skips, at the instant that was meant."""

    at: time
    zone: ZoneInfo
    guarded: ClassVar[bool] = True

    def latest_first(self, since: datetime, until: datetime) -> Iterator[datetime]:
        """See Rule."""
        day = until.astimezone(self.zone).date()
        while (instant := self._on(day)) >= since:
            if instant <= until:
                yield instant
            day -= timedelta(days=1)

    def after(self, instant: datetime) -> datetime:
        """See Rule."""
        day = instant.astimezone(self.zone).date()
        while (found := self._on(day)) <= instant:
            day += timedelta(days=1)
        return found

    def _on(self, day: date) -> datetime:
        """The instant on that day."""
        return datetime.combine(day, self.at, self.zone).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Every:
    """Every so many seconds; the newest time stands for all before it, and nothing is written down."""

    seconds: int
    guarded: ClassVar[bool] = False

    def latest_first(self, since: datetime, until: datetime) -> Iterator[datetime]:
        """The newest time only."""
        newest = self._floor(until)
        if newest >= since:
            yield newest

    def after(self, instant: datetime) -> datetime:
        """See Rule."""
        return self._floor(instant) + timedelta(seconds=self.seconds)

    def _floor(self, instant: datetime) -> datetime:
        """The last multiple of the interval."""
        whole = (instant - _EPOCH) // timedelta(seconds=self.seconds)
        return _EPOCH + whole * timedelta(seconds=self.seconds)


@dataclass(frozen=True, slots=True)
class Slot:
    """One time at which one job of one company is to run; ``missed`` are earlier ones that it stands for."""

    job: str
    company: str
    fire_for: datetime
    missed: tuple[datetime, ...] = field(default=(), compare=False)


Function = Callable[[Slot], None]


@dataclass(frozen=True, slots=True)
class Job:
    """A function and when it runs. It should be idempotent: a slot whose process died in mid-run comes again."""

    name: str
    company: str
    rule: Rule
    function: Function


@dataclass(frozen=True, slots=True)
class Duties:
    """What one company's jobs do: ``send`` prepares and sends by the cycles, ``settle`` cares for the outbox."""

    send: Function
    chase: Function
    digest: Function
    poll: Function
    settle: Function


def jobs_of(company: Company, duties: Duties) -> tuple[Job, ...]:
    """The jobs of one company, in the order in which they are caught up at equal times."""
    name, zone = company.name, company.timezone
    return (
        Job("send", name, Daily(SEND_AT, zone), duties.send),
        Job("chase", name, Daily(CHASE_AT, zone), duties.chase),
        Job("digest", name, Daily(company.digest_at, zone), duties.digest),
        Job("poll", name, Every(company.mail.poll_seconds), duties.poll),
        Job("settle", name, Every(SETTLE_SECONDS), duties.settle),
    )
