"""The ledger of what was received: which message on the server is which mail, and where each folder stands.

Order (invariant 4): raw bytes as a file, then the seen row and the mail row in one transaction. The same content seen
again (copied, moved, another folder, UIDVALIDITY reset) gets a seen row and no second mail row.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, select

from bot.config import Company
from bot.edges.blobs import Blobs
from bot.edges.clock import Clock
from bot.edges.failpoint import reach
from bot.edges.imap import UNDATED, Folder, Size
from bot.edges.store import Store
from bot.edges.tables import MailboxRow, MailRow, OutgoingRow, SeenRow
from parsers.fingerprint import fingerprint, message_id

FIRST_LOOK = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class FetchReport:
    """What one look at the mailbox brought.

    ``new`` mails, of which ``own`` are copies of what we sent; ``doubled`` were known already; ``vanished`` were
    removed by somebody before we saw them; ``unread`` couldn't be fetched and will be tried again.
    """

    new: int = 0
    own: int = 0
    doubled: int = 0
    vanished: int = 0
    unread: int = 0
    older: int = 0
    """What was there long before the first look and is left alone; told at that look only."""
    folders: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    """Folders other than INBOX that couldn't be read, with the reason."""

    def __add__(self, other: "FetchReport") -> "FetchReport":
        return FetchReport(
            self.new + other.new,
            self.own + other.own,
            self.doubled + other.doubled,
            self.vanished + other.vanished,
            self.unread + other.unread,
            self.older + other.older,
            self.folders + other.folders,
            self.problems + other.problems,
        )


@dataclass(frozen=True, slots=True)
class Arrived:
    """A message as fetched; ``whole`` False when only its header was."""

    uid: int
    raw: bytes
    size: int
    received_at: datetime
    whole: bool


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """Messages that had arrived before ``since`` when UIDs from ``below`` on weren't given out yet; None for none."""

    since: datetime | None = None
    below: int = 0

    def __contains__(self, one: Size) -> bool:
        """A message whose arrival the server doesn't tell is never left alone."""
        return self.since is not None and one.uid < self.below and UNDATED < one.received_at < self.since


EVERYTHING = LeftAlone()
"""Nothing is left alone."""


class Received:
    """One company's ledger of received mails."""

    def __init__(self, company: Company, store: Store, blobs: Blobs, clock: Clock) -> None:
        self._company, self._store, self._blobs, self._clock = company, store, blobs, clock

    def standing(self, folder: Folder) -> MailboxRow | None:
        """Where we stand in the folder; None on first sight and after a UIDVALIDITY reset."""
        with self._store.read() as session:
            row = session.get(MailboxRow, (self._company.name, folder.name))
            session.expunge_all()  # it is read after the transaction
        return row if row is not None and row.uidvalidity == folder.uidvalidity else None

    def left_alone(self, folder: Folder) -> LeftAlone:
        """What was there long before the first look; a clock that was ahead then leaves no later mail out."""
        month_ago = self._clock.now() - FIRST_LOOK
        with self._store.read() as session:
            row = session.get(MailboxRow, (self._company.name, folder.name))
        if row is None:
            return LeftAlone(month_ago, folder.uidnext)
        below = row.old_below if row.uidvalidity == folder.uidvalidity else folder.uidnext
        return LeftAlone(row.since and min(row.since, month_ago), below)

    def seen(self, folder: Folder, first: int) -> set[int]:
        """The UIDs from ``first`` on that were kept."""
        with self._store.read() as session:
            found = session.exec(
                select(SeenRow.uid).where(
                    SeenRow.company == self._company.name,
                    SeenRow.folder == folder.name,
                    SeenRow.uidvalidity == folder.uidvalidity,
                    SeenRow.uid >= first,
                )
            )
            return set(found)

    def keep(self, folder: Folder, batch: Sequence[Arrived]) -> FetchReport:
        """Files first, then all rows of the batch in one transaction."""
        reach("inbox.before-file")
        files = [self._blobs.put(one.raw) for one in batch]
        reach("inbox.after-file")
        report = FetchReport()
        with self._store.write() as session:
            for one, sha256 in zip(batch, files, strict=True):
                report += self._record(session, folder, one, sha256)
            reach("inbox.before-commit")
        reach("inbox.after-commit")
        return report

    def _record(self, session: Session, folder: Folder, one: Arrived, sha256: str) -> FetchReport:
        key = (self._company.name, folder.name, folder.uidvalidity, one.uid)
        if session.get(SeenRow, key) is not None:  # another process was quicker
            return FetchReport()
        mark = fingerprint(one.raw) if one.whole else f"{fingerprint(one.raw)}/{one.size}"
        mail_id = session.exec(
            select(MailRow.id).where(MailRow.company == self._company.name, MailRow.fingerprint == mark)
        ).first()
        report = FetchReport(doubled=1)
        if mail_id is None:
            row = self._row(one, sha256, mark)
            session.add(row)
            session.flush()
            mail_id = row.id or 0
            report = FetchReport(new=1, own=int(self._is_own(session, row.message_id)))
        session.add(
            SeenRow(
                company=self._company.name,
                folder=folder.name,
                uidvalidity=folder.uidvalidity,
                uid=one.uid,
                mail_id=mail_id,
            )
        )
        return report

    def _row(self, one: Arrived, sha256: str, mark: str) -> MailRow:
        return MailRow(
            company=self._company.name,
            fingerprint=mark,
            sha256=sha256,
            size=one.size,
            message_id=message_id(one.raw),
            received_at=one.received_at,
            stored_at=self._clock.now(),
            state="new" if one.whole else "set_aside",
            error="" if one.whole else f"too big: {one.size} bytes, only its header was fetched",
        )

    def _is_own(self, session: Session, found: str) -> bool:
        own = select(OutgoingRow.id).where(OutgoingRow.company == self._company.name, OutgoingRow.message_id == found)
        return bool(found) and session.exec(own).first() is not None

    def move_on(
        self,
        folder: Folder,
        known: MailboxRow | None,
        vanished: int,
        unread: Sequence[int],
        left: LeftAlone = EVERYTHING,
    ) -> None:
        """Notes that the folder was looked through up to its last UID."""
        with self._store.write() as session:
            row = session.get(MailboxRow, (self._company.name, folder.name)) or MailboxRow(
                company=self._company.name,
                folder=folder.name,
                uidvalidity=folder.uidvalidity,
                highest_uid=0,
                polled_at=self._clock.now(),
                since=left.since,
            )
            if row.uidvalidity != folder.uidvalidity or known is None:
                row.old_below = left.below
            row.uidvalidity = folder.uidvalidity
            row.highest_uid = folder.uidnext - 1 if known is None else max(folder.uidnext - 1, known.highest_uid)
            row.vanished += vanished
            row.retry = json.dumps(list(unread))
            row.polled_at = self._clock.now()
            session.add(row)
            reach("inbox.before-standing")
        reach("inbox.after-standing")


def vanished(folder: Folder, known: MailboxRow, there: set[int], seen: set[int], pending: set[int]) -> int:
    """UIDs given out since the last look that are gone, less those of earlier gaps that came after all."""
    since = sum(known.highest_uid < uid < folder.uidnext for uid in there)
    gaps = max(folder.uidnext - 1 - known.highest_uid - since, 0)
    late = len({uid for uid in there if uid <= known.highest_uid} - seen - pending)
    return gaps + len(pending - there) - min(late, known.vanished)
