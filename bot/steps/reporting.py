"""Reporting: where every case stands (``status``), and the digest that finance gets every day (K1, K2)."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from pydantic import TypeAdapter
from sqlmodel import Session, col, func, select

from bot.compose import causes, digest
from bot.compose.script import told
from bot.decide import report, rows
from bot.decide.cycle import previous
from bot.edges import quota
from bot.edges.store import head
from bot.edges.tables import (
    ConfirmationRow,
    DiscrepancyRow,
    MailboxRow,
    MailRow,
    OutgoingRow,
    StatementRow,
    TaskRow,
)
from bot.model import Anomaly, Customer, Draft, Outcome, State, load_statement
from bot.steps import comparing, confirming, due, ledger, owing, picturing, telling
from bot.steps.office import Office
from parsers.amount import from_fen
from parsers.period import Period, parse_code

ANOMALIES = TypeAdapter(tuple[Anomaly, ...])
DUE_SOON = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Counts:
    """Mails by state, as ``status --json`` shows them."""

    inbox: dict[str, int]
    outbox: dict[str, int]


def cases(
    session: Session, office: Office, period: Period | None = None, code: str | None = None
) -> list[rows.CaseRow]:
    """The live statements, all or those of a period or customer, by number."""
    chosen = select(StatementRow).where(StatementRow.company == office.name, col(StatementRow.live).is_(True))
    if period is not None:
        chosen = chosen.where(StatementRow.period == period.code)
    if code is not None:
        chosen = chosen.where(StatementRow.customer == code)
    known = {each.code: each for each in ledger.customers(session, office.name)}
    found = session.exec(chosen.order_by(StatementRow.number)).all()
    threads = _threads(session, [row.number for row in found])
    seals = _seals(session, [row.number for row in found])
    return [
        _case(office, row, known.get(row.customer), threads.get(row.number), seals.get(row.number, "")) for row in found
    ]


def _seals(session: Session, numbers: Sequence[str]) -> dict[str, str]:
    """The kind of seal that each confirmation rests on."""
    found = session.exec(
        select(StatementRow.number, ConfirmationRow.scan)
        .join(StatementRow)
        .where(col(StatementRow.number).in_(numbers), col(ConfirmationRow.withdrawn_at).is_(None))
    ).all()
    return {number: confirming.seal_kind(scan) for number, scan in found}


def _threads(session: Session, numbers: Sequence[str]) -> dict[str, DiscrepancyRow]:
    """The newest discrepancy thread of each statement, of any of its revisions."""
    found = session.exec(
        select(StatementRow.number, DiscrepancyRow)
        .join(StatementRow)
        .where(col(StatementRow.number).in_(numbers))
        .order_by(col(DiscrepancyRow.id))
    ).all()
    return dict(found)


def _case(
    office: Office, row: StatementRow, customer: Customer | None, thread: DiscrepancyRow | None, seal: str
) -> rows.CaseRow:
    rep = office.staff_at(customer.rep) if customer else None
    snapshot = load_statement(row.value).snapshot if row.value else None
    anomalies = ANOMALIES.validate_json(row.anomalies)
    return rows.CaseRow(
        number=row.number,
        revision=row.revision,
        customer=row.customer,
        customer_name=customer.name if customer else row.customer,
        rep=rep.name if rep else (customer.rep if customer else ""),
        period=parse_code(row.period),
        currency=row.currency,
        state=State(row.state),
        closing=from_fen(row.closing_fen),
        reply_by=row.reply_by,
        complete_by=row.complete_by,
        sent_at=row.sent_at,
        confirmed_at=row.confirmed_at,
        route=row.route or "",
        seal=told(seal, office.company.locale),
        reminders=row.reminders,
        escalated=bool(thread and thread.escalated_at),
        held_reason="；".join(told(each.message, office.company.locale) for each in anomalies),
        department=anomalies[0].department if anomalies else "",
        since=office.day_of(row.state_since),
        discrepancy=_difference(thread) if thread else None,
        promised=row.remind_from if row.remind_from != row.reply_by else None,
        corrected=row.revision > 1,
        aging=snapshot.aging if snapshot else None,
        due_soon=_due_soon(office, row) if snapshot else rows.NIL,
        credit_limit=customer.credit_limit if customer else None,
    )


def _difference(thread: DiscrepancyRow) -> rows.Difference:
    codes = [str(code) for code in json.loads(thread.causes)]
    return rows.Difference(
        number=thread.number,
        ours=from_fen(thread.ours_fen),
        theirs=None if thread.theirs_fen is None else from_fen(thread.theirs_fen),
        opened_at=thread.opened_at,
        causes=tuple(codes),
        documents=tuple(json.loads(thread.documents)),
        by_us=causes.ours(codes),
        closed=thread.closed_at is not None,
        voided=thread.voided_why != "",
    )


def _due_soon(office: Office, row: StatementRow) -> Decimal:
    """What of the statement's charges falls due within the next seven days (M3)."""
    today = office.today()
    lines = load_statement(row.value).snapshot.lines
    soon = (line.charge for line in lines if line.due is not None and today <= line.due <= today + DUE_SOON)
    return sum((charge for charge in soon if charge is not None), rows.NIL)


def tasks_of(session: Session, office: Office) -> list[rows.TaskRow]:
    """The open tasks, oldest first."""
    known = {each.code: each for each in ledger.customers(session, office.name)}
    found = session.exec(
        select(TaskRow)
        .where(TaskRow.company == office.name, col(TaskRow.closed_at).is_(None))
        .order_by(col(TaskRow.id))
    ).all()
    statements = {row.id: row for row in session.exec(select(StatementRow).where(StatementRow.company == office.name))}
    return [
        telling.shown_task(office, task, known.get(task.customer or ""), statements.get(task.statement_id))
        for task in found
    ]


def counts(session: Session, office: Office) -> Counts:
    """How many mails came in and stand in the outbox, by state."""
    mails = dict(
        session.exec(
            select(MailRow.state, func.count()).where(MailRow.company == office.name).group_by(MailRow.state)
        ).all()
    )
    person = session.exec(
        select(func.count()).where(MailRow.company == office.name, MailRow.outcome == Outcome.PERSON.value)
    ).one()
    out = dict(
        session.exec(
            select(OutgoingRow.state, func.count())
            .where(OutgoingRow.company == office.name)
            .group_by(OutgoingRow.state)
        ).all()
    )
    inbox = {"received": sum(mails.values()), "set_aside": mails.get("set_aside", 0), "person": person}
    return Counts(inbox, {state: out.get(state, 0) for state in ("queued", "sending", "in_doubt", "failed")})


def system(session: Session, office: Office) -> rows.SystemRow:
    """How the machine is."""
    standing = counts(session, office)
    polled = session.exec(select(func.max(MailboxRow.polled_at)).where(MailboxRow.company == office.name)).first()
    strangers = session.exec(
        select(func.count()).where(
            MailRow.company == office.name,
            MailRow.outcome == Outcome.PERSON.value,
            col(MailRow.customer).is_(None),
            col(MailRow.statement_id).is_(None),
            MailRow.received_at > office.now() - timedelta(days=1),
        )
    ).one()
    year = office.today().year
    return rows.SystemRow(
        last_poll=polled,
        queued=standing.outbox["queued"],
        in_doubt=standing.outbox["in_doubt"],
        failed=standing.outbox["failed"],
        set_aside=standing.inbox["set_aside"],
        quota_used=quota.used(session, office.company.mail, office.now())[1],
        quota_limit=office.company.mail.per_day,
        audit_head=head(session),
        provisional=tuple(each for each in (year, year + 1) if office.working_days.provisional(each)),
        folded=strangers,
    )


def build_digest(session: Session, office: Office, period: Period) -> report.DigestReport:
    """The digest's values for a period, as of now."""
    company = office.company
    return report.build(
        company.name,
        company.locale,
        office.today(),
        office.now(),
        period,
        cases(session, office),
        tasks_of(session, office),
        system(session, office),
        comparing.last_figures(session, office, period),
        zone=company.timezone,
        due=due.due(session, office, period),
    )


def current_period(session: Session, office: Office) -> Period:
    """The latest month that has statements; the month before this one where there is none."""
    codes = session.exec(
        select(StatementRow.period).where(StatementRow.company == office.name, StatementRow.cycle == "monthly")
    ).all()
    this_month = Period("month", office.today().year, office.today().month)
    return max((parse_code(code) for code in codes), default=previous(this_month))


def send_digest(office: Office, period: Period | None = None) -> str | None:
    """Owes today's digest to its readers; None where it was owed before. Returns its subject. Also on quiet days."""
    with office.store.write() as session:
        chosen = period or current_period(session, office)
        draft = _digest_mail(session, office, chosen)
        step = f"{office.today()} {chosen.code}"
        owed = owing.owe(session, office, draft, number=office.company.number_prefix, step=step)
        return None if owed is None else owed.subject


def _digest_mail(session: Session, office: Office, period: Period) -> Draft:
    """The digest with pictures of what finance looks at: mails for a person, copies in review, differences."""
    built = build_digest(session, office, period)
    numbers = [task.number for task in built.tasks if task.kind is rows.TaskKind.JUDGE]
    numbers += [row.number for row in (*built.in_review, *built.differences)]
    return digest.digest(built, office.company.digest_to, picturing.for_digest(session, office, numbers))


def save_digest(office: Office, period: Period | None, path: Path) -> str:
    """Saves the digest as HTML, its workbook and pictures beside it; returns a line that says where. Raises OSError."""
    with office.store.read() as session:
        draft = _digest_mail(session, office, period or current_period(session, office))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(draft.html, "utf-8")
    workbook, *pictures = draft.attachments
    path.with_suffix(".xlsx").write_bytes(workbook.data)
    for picture in pictures:
        (path.parent / picture.name).write_bytes(picture.data)
    return f"{draft.subject}: {path}"
