"""Mails whose answer was lost: settled by our own copy in the mailbox, never by a blind resend (invariant 3).

Found → sent. Certainly absent after the grace period → the same bytes with the same Message-ID go again. Mailbox not
reachable, or no copy to look for → left, and reported to a person.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session, col, select

from bot.config import Company
from bot.edges.claims import Claims, Happened
from bot.edges.clock import Clock
from bot.edges.failpoint import reach
from bot.edges.imap import Folder, Mailbox
from bot.edges.store import Store
from bot.edges.tables import MailRow, OutgoingRow, SeenRow
from bot.edges.tls import MailRefused

_CHUNK = 200


@dataclass(frozen=True, slots=True)
class SettleReport:
    """``waiting`` are within the grace period; ``undecided`` need a person or another try; ``refused`` says why."""

    found: int = 0
    resent: int = 0
    waiting: int = 0
    undecided: int = 0
    refused: MailRefused | None = None


def settle(
    company: Company, store: Store, clock: Clock, *, on_sent: Happened | None = None, on_failed: Happened | None = None
) -> SettleReport:
    """Settles what is in doubt for the company; idempotent. Resent mails go out with the next delivery."""
    claims = Claims(company, store, clock, on_sent=on_sent, on_failed=on_failed)
    claims.sweep()
    doubted = _doubted(company, store)
    ripe = [row for row in doubted if row.doubt_at is None or clock.now() - row.doubt_at >= _grace(company)]
    decidable = [row for row in ripe if _leaves_a_copy(company, row)]
    waiting, undecided = len(doubted) - len(ripe), len(ripe) - len(decidable)
    try:
        copies = _copies(company, store, decidable)
    except MailRefused as error:
        found = _settled(claims, store, decidable, _stored_copies(company, store, decidable), resend=False)
        return SettleReport(found[0], 0, waiting, undecided + len(decidable) - found[0], error)
    found_count, resent = _settled(claims, store, decidable, copies, resend=True)
    return SettleReport(found_count, resent, waiting, undecided)


def _grace(company: Company) -> timedelta:
    return timedelta(minutes=company.mail.grace_minutes)


def _doubted(company: Company, store: Store) -> list[OutgoingRow]:
    with store.read() as session:
        rows = select(OutgoingRow).where(OutgoingRow.company == company.name, OutgoingRow.state == "in_doubt")
        found = list(session.exec(rows.order_by(col(OutgoingRow.id))))
        session.expunge_all()  # they are read after the transaction
    return found


def _leaves_a_copy(company: Company, row: OutgoingRow) -> bool:
    """Whether a sent mail would surely lie in our mailbox: absence proves something only then."""
    own = company.mail.address.lower()
    refused = {entry["address"].lower() for entry in json.loads(row.refused)}
    match company.mail.sent_copy:
        case "bcc":
            return own not in refused
        case "server":
            return True
        case "none":
            return own in (address.lower() for address in json.loads(row.recipients)) and own not in refused


def _stored_copies(company: Company, store: Store, rows: Sequence[OutgoingRow]) -> set[str]:
    """Message-IDs of those whose copy was received already."""
    wanted = [row.message_id for row in rows]
    with store.read() as session:
        return {
            found
            for start in range(0, len(wanted), _CHUNK)
            for found in session.exec(
                select(MailRow.message_id).where(
                    MailRow.company == company.name, col(MailRow.message_id).in_(wanted[start : start + _CHUNK])
                )
            )
        }


def _copies(company: Company, store: Store, rows: Sequence[OutgoingRow]) -> set[str]:
    """Message-IDs that have a copy, in the store or on the server; raises MailRefused when that can't be asked."""
    found = _stored_copies(company, store, rows)
    missing = {row.message_id for row in rows} - found
    if missing:
        with Mailbox(company.mail) as mailbox:
            for there in _on_server(company, store, mailbox):
                found |= missing & there
                if missing <= found:
                    break
    return found


def _on_server(company: Company, store: Store, mailbox: Mailbox) -> Iterator[set[str]]:
    """Message-IDs of what we haven't received yet in the folders that may keep a copy, newest first.

    UIDs and headers only: servers' text search can't be trusted (QQ and Alimail answer it wrongly).
    """
    for name in mailbox.keeping_copies():
        folder = mailbox.examine(name)
        known = _received(company, store, folder)
        uids = [uid for uid in mailbox.uids(folder, 1) if uid not in known]
        for end in range(len(uids), 0, -_CHUNK):
            yield mailbox.message_ids(uids[max(end - _CHUNK, 0) : end])


def _received(company: Company, store: Store, folder: Folder) -> set[int]:
    """UIDs whose mails are in the store, where their Message-IDs were looked for already."""
    with store.read() as session:
        return set(
            session.exec(
                select(SeenRow.uid).where(
                    SeenRow.company == company.name,
                    SeenRow.folder == folder.name,
                    SeenRow.uidvalidity == folder.uidvalidity,
                )
            )
        )


def _settled(
    claims: Claims, store: Store, rows: Sequence[OutgoingRow], copies: set[str], *, resend: bool
) -> tuple[int, int]:
    """How many were found, and how many will be sent again."""
    found = resent = 0
    for row in rows:
        is_there = row.message_id in copies
        if not is_there and not resend:
            continue
        with store.write() as session:
            done = _decide(claims, session, row, is_there=is_there)
            reach("doubt.before-commit")
        reach("doubt.after-commit")
        found += done and is_there
        resent += done and not is_there
    return found, resent


def _decide(claims: Claims, session: Session, row: OutgoingRow, *, is_there: bool) -> bool:
    """False when somebody else settled it meanwhile."""
    kept = session.get_one(OutgoingRow, row.id)
    if kept.state != "in_doubt":
        return False
    if is_there:
        claims.sent(session, kept, evidence=f"own copy <{row.message_id}>")
    else:
        claims.resend(session, kept)
    return True
