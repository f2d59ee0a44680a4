"""Owing a mail: guarded, built, stored and put in the outbox in the caller's transaction (invariants 2, 3, 8, 13).

Whatever is owed to a customer passes the same three gates: only its own contacts and our staff may get it, it names no
other customer (A5), and at most three automatic answers a day go out; what exceeds that is held and shown.
"""

from datetime import datetime, time, timedelta

from sqlmodel import Session, col, func, select

from bot.compose.message import build
from bot.decide.leak import LeakGuard
from bot.decide.rows import TaskKind
from bot.edges.outbox import dedupe_key, enqueue, message_id_for
from bot.edges.tables import OutgoingRow, StatementRow
from bot.model import Customer, Draft, Purpose
from bot.steps import ledger, tasks
from bot.steps.office import Office

MOST_AUTOMATIC_A_DAY = 3
AUTOMATIC = (
    Purpose.REMINDER,
    Purpose.THANKS,
    Purpose.SCAN_REQUEST,
    Purpose.SCAN_CHASER,
    Purpose.DISCREPANCY,
    Purpose.QUESTION,
    Purpose.SUPERSEDED,
    Purpose.NO_DEALINGS,
    Purpose.ALREADY_ANSWERED,
    Purpose.CONTACT_CHANGE,
    Purpose.OTHER_SEAL,
)


class Refused(Exception):  # noqa: N818  # a gate refused the mail; nothing was sent
    """A mail that must not leave: a wrong recipient or another customer's name in it."""


def owe(
    session: Session,
    office: Office,
    draft: Draft,
    *,
    number: str,
    revision: int = 0,
    step: str | int = "",
    customer: Customer | None = None,
    row: StatementRow | None = None,
    delay: timedelta = timedelta(0),
    guard: LeakGuard | None = None,
    texts: tuple[str, ...] = (),
) -> OutgoingRow | None:
    """Puts a mail in the outbox; None where the same mail was owed before. Raises Refused at a gate.

    ``texts`` are further words that go out with it (the PDF's), looked at by the leak guard.
    """
    _check_recipients(office, draft, customer)
    if customer is not None:
        guard = guard or guard_for(session, office)
        found = guard.foreign(
            draft, customer, ours=(office.name, *office.company.aliases), numbers=(number,), texts=texts
        )
        if found:
            raise Refused(f"a mail to {customer.code} names other customers: {', '.join(found)}")
    company, now = office.company, office.now()
    dedupe = f"{company.name}/{dedupe_key(draft.purpose, number, revision, step)}"
    message_id = message_id_for(dedupe, company.mail.address.partition("@")[2])
    owed = enqueue(
        session,
        company=company.name,
        purpose=draft.purpose,
        dedupe=dedupe,
        raw=build(draft, company.mail.address, company.name, message_id, now),
        envelope_from=company.mail.address,
        recipients=(*draft.to, *draft.cc, *draft.bcc),
        subject=draft.subject,
        now=now,
        blobs=office.blobs,
        statement_id=None if row is None else row.id,
        customer=None if customer is None else customer.code,
        words=draft.text,
        not_before=now + delay,
    )
    if owed is not None and draft.purpose in AUTOMATIC and customer is not None:
        _hold_what_is_too_much(session, office, customer, owed)
    return owed


def guard_for(session: Session, office: Office) -> LeakGuard:
    """A guard against every other customer's name; make one for a whole run where many mails are built."""
    return LeakGuard.of(ledger.customers(session, office.name))


def withdraw_unsent(session: Session, office: Office, row: StatementRow, why: str, *purposes: Purpose) -> int:
    """Holds mails of a statement that were not handed to the server yet; all of them or those of some purposes."""
    waiting = session.exec(
        select(OutgoingRow).where(OutgoingRow.statement_id == row.id, OutgoingRow.state == "queued")
    ).all()
    chosen = [mail for mail in waiting if not purposes or mail.purpose in purposes]
    for mail in chosen:
        before, mail.state, mail.error = mail.state, "withdrawn", why
        session.add(mail)
        office.record(
            session, "mail.withdrawn", mail.dedupe, before=before, after=mail.state, evidence=mail.sha256, detail=why
        )
    session.flush()
    return len(chosen)


def _check_recipients(office: Office, draft: Draft, customer: Customer | None) -> None:
    company = office.company
    allowed = {person.address for person in company.staff} | {address for _, address in company.departments}
    allowed |= {company.mail.address, *company.digest_to}
    if customer is not None:
        allowed |= {contact.address for contact in customer.contacts} | {customer.rep}
    folded = {address.casefold() for address in allowed}
    strangers = [each for each in (*draft.to, *draft.cc, *draft.bcc) if each.casefold() not in folded]
    if strangers:
        raise Refused(f"{draft.purpose} must not go to {', '.join(strangers)}")


def _hold_what_is_too_much(session: Session, office: Office, customer: Customer, owed: OutgoingRow) -> None:
    midnight = datetime.combine(office.today(), time.min, tzinfo=office.company.timezone)
    sent = session.exec(
        select(func.count())
        .select_from(OutgoingRow)
        .where(
            OutgoingRow.company == office.name,
            OutgoingRow.customer == customer.code,
            col(OutgoingRow.purpose).in_([purpose.value for purpose in AUTOMATIC]),
            col(OutgoingRow.state).in_(["queued", "sending", "sent", "in_doubt"]),
            OutgoingRow.queued_at >= midnight,
        )
    ).one()
    if sent > MOST_AUTOMATIC_A_DAY:
        owed.state, owed.error = "held", "more than three automatic mails to this customer today"
        session.add(owed)
        row = None if owed.statement_id is None else session.get(StatementRow, owed.statement_id)
        reason = office.say("too_much", number=row.number if row else "")
        task = tasks.Task(TaskKind.OTHER, f"held {owed.dedupe}", tasks.finance(office).address, owed.subject, reason)
        tasks.open_task(session, office, task, customer=customer, row=row)
