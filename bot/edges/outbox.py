"""The outbox: a mail that is owed is stored with the state that owes it, claimed once, sent once, and its end recorded.

States: queued → sending → sent | failed | queued again (later) | in_doubt (the answer was lost; see doubt.py).
"""

import asyncio
import hashlib
import json
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, select

from bot.config import Company
from bot.edges.blobs import Blobs
from bot.edges.claims import Claims, Happened
from bot.edges.clock import Clock
from bot.edges.failpoint import reach
from bot.edges.quota import Spent
from bot.edges.smtp import Link, Lost, Outcome, Refused, Timeouts
from bot.edges.store import Store
from bot.edges.tables import OutgoingRow
from bot.edges.tls import MailRefused
from bot.model import Purpose
from parsers.fingerprint import message_id

_LONGEST_LINE = 998
_INSIST_FROM = 4
"""From this attempt on a mail goes to those who are accepted, even if another recipient is refused for the moment."""
_STALE_SECONDS = 300.0
"""A sender that gets from its claim to DATA only later than this was frozen; its lease may end any moment."""
_LOSSES = 2

Progress = Callable[[OutgoingRow], None]


def dedupe_key(purpose: Purpose, number: str, revision: int, step: str | int) -> str:
    """What makes a mail the same mail: purpose, statement (or case) number, revision and step."""
    return f"{purpose.value}/{number}/R{revision}/{step}"


def message_id_for(dedupe: str, domain: str) -> str:
    """The Message-ID, without angle brackets: the same key always gives the same one, another key another."""
    return f"{hashlib.sha256(dedupe.encode()).hexdigest()[:32]}@{domain}"


def enqueue(
    session: Session,
    *,
    company: str,
    purpose: Purpose,
    dedupe: str,
    raw: bytes,
    envelope_from: str,
    recipients: Sequence[str],
    subject: str,
    now: datetime,
    blobs: Blobs,
    statement_id: int | None = None,
    customer: str | None = None,
    words: str = "",
    not_before: datetime | None = None,
) -> OutgoingRow | None:
    """Owes a mail, in the caller's transaction; None when the same mail is owed or sent already.

    ``raw`` is what will be sent, byte by byte, with its Message-ID; raises ValueError when it has none, isn't CRLF
    lines of at most 998 bytes, or nobody is to get it.
    """
    if session.exec(select(OutgoingRow.id).where(OutgoingRow.dedupe == dedupe)).first() is not None:
        return None
    _check(raw, recipients)
    reach("outbox.before-blob")
    sha256 = blobs.put(raw)
    reach("outbox.blob-written")
    row = OutgoingRow(
        company=company,
        dedupe=dedupe,
        message_id=message_id(raw),
        purpose=purpose.value,
        customer=customer,
        statement_id=statement_id,
        envelope_from=envelope_from,
        recipients=json.dumps(list(dict.fromkeys(recipients)), ensure_ascii=False),
        subject=subject,
        sha256=sha256,
        words=words,
        not_before=not_before or now,
        queued_at=now,
    )
    session.add(row)
    session.flush()
    return row


def _check(raw: bytes, recipients: Sequence[str]) -> None:
    if not recipients:
        raise ValueError("a mail without recipients can't be owed")
    if not message_id(raw):
        raise ValueError("a mail without Message-ID can't be found again")
    bare = not raw.count(b"\r") == raw.count(b"\n") == raw.count(b"\r\n")
    if not raw.endswith(b"\r\n") or bare or max(map(len, raw.split(b"\r\n"))) > _LONGEST_LINE:
        raise ValueError("a mail must consist of CRLF lines of at most 998 bytes")


@dataclass(frozen=True, slots=True)
class SendReport:
    """What one run of the sender did; ``waiting`` mails are due but the quota is spent until ``resume_at``."""

    sent: int = 0
    failed: int = 0
    in_doubt: int = 0
    later: int = 0
    waiting: int = 0
    resume_at: datetime | None = None
    refused: MailRefused | None = None


class Sender:
    """Sends what is due for one company, one mail after the other, over one connection.

    ``on_sent`` and ``on_failed`` run in the transaction that records the end of a statement's mail.
    """

    def __init__(
        self,
        company: Company,
        store: Store,
        blobs: Blobs,
        clock: Clock,
        *,
        on_sent: Happened | None = None,
        on_failed: Happened | None = None,
        timeouts: Timeouts | None = None,
    ) -> None:
        self._company, self._mail = company, company.mail
        self._store, self._blobs, self._clock = store, blobs, clock
        self._claims = Claims(company, store, clock, on_sent=on_sent, on_failed=on_failed)
        self._timeouts = timeouts

    def deliver(self, limit: int | None = None, progress: Progress | None = None) -> SendReport:
        """Sends due mails within the quota; returns when none is left, the quota is spent or the server refuses us."""
        self._claims.sweep()
        counts: Counter[str] = Counter()
        refused: MailRefused | None = None
        spent: Spent | None = None
        if self._claims.due():
            try:
                spent = asyncio.run(self._run(counts, limit, progress))
            except MailRefused as error:
                refused = error
        return SendReport(
            sent=counts["sent"],
            failed=counts["failed"],
            in_doubt=counts["in_doubt"],
            later=counts["queued"],
            waiting=self._claims.due(),
            resume_at=spent.until if spent else None,
            refused=refused,
        )

    async def _run(self, counts: Counter[str], limit: int | None, progress: Progress | None) -> Spent | None:
        """Connections one after the other, until nothing is left to do; two losses in a row end the run."""
        losses = 0
        while losses < _LOSSES and (limit is None or counts.total() < limit):
            before = counts.total()
            async with Link(self._mail, self._timeouts) as link:
                while link.alive and (limit is None or counts.total() < limit):
                    latest = time.monotonic() + _STALE_SECONDS
                    row = self._claims.claim()
                    if row is None or isinstance(row, Spent):
                        return row
                    outcome = await self._send(link, row, latest)
                    done = self._claims.finish(row, outcome)
                    counts[done.state] += 1
                    losses = losses + 1 if isinstance(outcome, Lost) else 0
                    if progress is not None:
                        progress(done)
            # A server that hangs up at once, again and again, must not keep us here for ever.
            losses += counts.total() == before
        return None

    async def _send(self, link: Link, row: OutgoingRow, latest: float) -> Outcome:
        """Sends a claimed row, unless the process sleeps past ``latest`` before DATA."""
        try:
            raw = self._blobs.get(row.sha256)
        except (OSError, ValueError) as error:
            return Refused("later", f"its bytes can't be read: {error}")
        recipients: list[str] = json.loads(row.recipients)
        own = self._mail.address
        copied = self._mail.sent_copy == "bcc" and own.lower() not in map(str.lower, recipients)
        return await link.send(
            row.envelope_from,
            tuple(recipients),
            raw,
            copy_to=own if copied else None,
            envelope_id=row.message_id,
            insist=row.attempts >= _INSIST_FROM,
            latest=latest,
            before_data=lambda refused: self._claims.note(row, refused),
        )
