"""The outbox's rows while they are being sent: claimed, finished, swept; each step is one transaction.

``sending`` is committed with the quota before anything goes over the wire, so that a mail whose sender died is never
simply sent again (invariant 3).
"""

import json
import random
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, or_, select

from bot.config import Company
from bot.edges import quota
from bot.edges.clock import Clock
from bot.edges.failpoint import reach
from bot.edges.quota import Spent
from bot.edges.smtp import Accepted, Lost, Outcome, Refusal, Refused
from bot.edges.store import Store, append
from bot.edges.tables import OutgoingRow
from bot.edges.worker import is_dead, me
from bot.model import Event, Purpose

LEASE = timedelta(minutes=16)
"""Longer than a server's idle time-out: after it no frozen sender can still finish its mail."""
GIVE_UP = timedelta(days=5)
SLOW_DOWN = timedelta(minutes=10)
_FIRST_RETRY_MINUTES = (5.0, 15.0)
_LONGEST_RETRY = timedelta(hours=6)
_LONGEST_DELAY = timedelta(days=1)
"""Nothing is put off for longer."""

Happened = Callable[[Session, OutgoingRow], None]


class Claims:
    """One company's outgoing rows; ``on_sent`` and ``on_failed`` run in the transaction that records that end."""

    def __init__(
        self,
        company: Company,
        store: Store,
        clock: Clock,
        *,
        on_sent: Happened | None = None,
        on_failed: Happened | None = None,
    ) -> None:
        self._company, self._store, self._clock = company, store, clock
        self._on_sent, self._on_failed = on_sent, on_failed
        self._me = me()

    def due(self) -> int:
        """How many mails could go now."""
        with self._store.read() as session:
            due = select(func.count()).select_from(OutgoingRow).where(*self._is_due())
            return session.exec(due).one()

    def _is_due(self) -> tuple[ColumnElement[bool], ...]:
        """What is to go now, or was put off by a clock that has been put back since."""
        now, goes_from = self._clock.now(), col(OutgoingRow.not_before)
        return (
            col(OutgoingRow.company) == self._company.name,
            col(OutgoingRow.state) == "queued",
            or_(goes_from <= now, goes_from > now + _LONGEST_DELAY),
        )

    def claim(self) -> OutgoingRow | Spent | None:
        """The next due mail, now ``sending`` and counted; None when nothing is due."""
        now = self._clock.now()
        with self._store.write() as session:
            due = select(OutgoingRow).where(*self._is_due())
            row = session.exec(due.order_by(col(OutgoingRow.not_before), col(OutgoingRow.id)).limit(1)).first()
            if row is None:
                return None
            spent = quota.take(session, self._company.mail, now)
            if spent is not None:
                return spent
            row.state, row.sending_at, row.worker = "sending", now, self._me
            row.attempts += 1
            session.add(row)
            reach("outbox.before-claim")
        reach("outbox.after-claim")
        return row

    def note(self, row: OutgoingRow, refused: tuple[Refusal, ...]) -> None:
        """Keeps who was refused before the mail goes to the others, for whoever settles a doubt later."""
        with self._store.write() as session:
            kept = session.get_one(OutgoingRow, row.id)
            kept.refused = _dump(refused)
            session.add(kept)

    def finish(self, row: OutgoingRow, outcome: Outcome) -> OutgoingRow:
        """Records how a claimed mail ended; the row as it is now.

        Where it was given up for us meanwhile (we were frozen), what we know still counts, until another takes it up.
        """
        reach("outbox.before-finish")
        with self._store.write() as session:
            kept = session.get_one(OutgoingRow, row.id)
            known = {"sending", "in_doubt", "queued"} if isinstance(outcome, Accepted) else {"sending", "in_doubt"}
            if kept.worker == self._me and kept.state in known:
                self._record(session, kept, outcome)
            reach("outbox.in-finish")
        reach("outbox.after-finish")
        return kept

    def _record(self, session: Session, row: OutgoingRow, outcome: Outcome) -> None:
        match outcome:
            case Accepted(refused):
                row.refused = _dump(refused)
                self.sent(session, row)
            case Refused("never", reply, refused):
                row.refused = _dump(refused)
                self.fail(session, row, reply)
            case Refused(meant, reply, refused):
                row.refused = _dump(refused)
                self._later(session, row, reply, slow_down=meant == "slow_down")
            case Lost(True, reason):
                self.doubt(session, row, reason)
            case Lost(_, reason):
                self._later(session, row, reason, slow_down=False)

    def sent(self, session: Session, row: OutgoingRow, evidence: str = "") -> None:
        """The mail is out; ``evidence`` names what proves it where the server's answer was lost."""
        before, row.state, row.sent_at, row.error = row.state, "sent", self._clock.now(), ""
        self._event(session, row, before, evidence)
        if self._on_sent is not None and row.purpose == Purpose.STATEMENT:
            self._on_sent(session, row)

    def fail(self, session: Session, row: OutgoingRow, why: str) -> None:
        """The mail will never go out like this; a person must change something."""
        before, row.state, row.error = row.state, "failed", why
        self._event(session, row, before, why)
        if self._on_failed is not None:
            self._on_failed(session, row)

    def doubt(self, session: Session, row: OutgoingRow, why: str) -> None:
        """The mail may be out; only evidence decides (doubt.py)."""
        before, row.state, row.error, row.doubt_at = row.state, "in_doubt", why, self._clock.now()
        self._event(session, row, before, why)

    def resend(self, session: Session, row: OutgoingRow) -> None:
        """The mail is certainly not out: the same bytes go again."""
        before, row.state, row.not_before, row.doubt_at = row.state, "queued", self._clock.now(), None
        self._event(session, row, before, "no copy of it arrived")

    def _later(self, session: Session, row: OutgoingRow, why: str, *, slow_down: bool) -> None:
        now = self._clock.now()
        if now - row.queued_at > GIVE_UP:
            self.fail(session, row, f"given up after {GIVE_UP.days} days: {why}")
            return
        if slow_down:
            quota.pause(session, self._company.mail, now + SLOW_DOWN)
        row.state, row.error, row.not_before = "queued", why, now + back_off(row.attempts)
        session.add(row)

    def _event(self, session: Session, row: OutgoingRow, before: str, detail: str) -> None:
        session.add(row)
        append(
            session,
            Event(
                at=self._clock.now(),
                company=row.company,
                kind=f"mail.{row.state}",
                subject=row.dedupe,
                before=before,
                after=row.state,
                actor="outbox",
                evidence=row.sha256,
                detail=detail,
            ),
        )

    def sweep(self) -> int:
        """Puts mails in doubt whose sender died or is frozen beyond its lease; how many."""
        now = self._clock.now()
        with self._store.write() as session:
            rows = session.exec(
                select(OutgoingRow).where(OutgoingRow.company == self._company.name, OutgoingRow.state == "sending")
            ).all()
            lost = [row for row in rows if _abandoned(row, now)]
            for row in lost:
                self.doubt(session, row, "its sender ended while sending")
            reach("outbox.in-sweep")
        return len(lost)


def _abandoned(row: OutgoingRow, now: datetime) -> bool:
    return is_dead(row.worker) or row.sending_at is None or now - row.sending_at > LEASE


def back_off(attempts: int, chance: random.Random | None = None) -> timedelta:
    """5–15 minutes after the first attempt, doubling after each further one up to 6 hours."""
    first = (chance or random.Random()).uniform(*_FIRST_RETRY_MINUTES)
    doubled: int = 1 << min(max(attempts - 1, 0), 16)
    return min(timedelta(minutes=first * doubled), _LONGEST_RETRY)


def _dump(refused: tuple[Refusal, ...]) -> str:
    return json.dumps([{"address": one.address, "reply": f"{one.code} {one.text}"} for one in refused])
