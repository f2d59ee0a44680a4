"""Sending a period: release where finance wants it, draw the pages, owe the mail, deliver what is due (D2–D5)."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from pydantic import TypeAdapter
from sqlmodel import Session, col, select

from bot.compose import mails_customer, statement_pdf, statement_xlsx
from bot.compose.wording import words
from bot.decide.leak import LeakGuard
from bot.decide.rows import TaskKind
from bot.edges import world
from bot.edges.outbox import Sender, SendReport
from bot.edges.tables import OutgoingRow, StatementRow
from bot.model import (
    Attachment,
    Channel,
    Customer,
    Purpose,
    State,
    Statement,
    dump_statement,
    load_statement,
)
from bot.steps import due, ledger, owing, tasks, telling
from bot.steps.office import Office
from parsers.period import Period
from parsers.scan.layout import Layout

LOG = logging.getLogger(__name__)
LAYOUT = TypeAdapter(Layout)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Queued:
    """What queueing a period did, by number: in the outbox, waiting for release, by another channel, refused."""

    queued: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    other_channel: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


def release(office: Office, period: Period, by: str) -> int:
    """Releases every prepared statement of a period (D5); ``by`` is the finance person. Returns how many."""
    with office.store.write() as session:
        return release_in(session, office, period, by)


def release_in(session: Session, office: Office, period: Period, by: str) -> int:
    """The same in the caller's transaction."""
    rows = [row for row in _of_period(session, office, period) if row.state == State.PREPARED]
    for row in rows:
        row.state, row.state_since = State.RELEASED.value, office.now()
        session.add(row)
        office.record(session, "released", row.number, before="prepared", after="released", actor=by)
    return len(rows)


def queue_period(
    office: Office, period: Period, progress: Callable[[str], None] | None = None, *, due_only: bool = False
) -> Queued:
    """Owes the mails of a period's statements that may leave, each in a transaction of its own. Idempotent.

    ``due_only`` leaves out those whose sending day is still to come.
    """
    ready = (State.RELEASED,) if office.company.release == "finance" else (State.PREPARED, State.RELEASED)
    with office.store.read() as session:
        rows = _of_period(session, office, period)
        guard = LeakGuard.of(ledger.customers(session, office.name))
        chosen = [row for row in rows if not due_only or row.send_on <= office.today()]
    with office.store.write() as session:
        due.freeze(session, office, period, chosen)
    results: dict[str, list[str]] = {"queued": [], "waiting": [], "other_channel": [], "refused": []}
    for row in chosen:
        if row.state in ready:
            results[_queue_safely(office, row, guard)].append(row.number)
        elif row.state == State.PREPARED:
            results["waiting"].append(row.number)
        if progress is not None:
            progress(row.number)
    return Queued(**{name: tuple(numbers) for name, numbers in results.items()})


def _of_period(session: Session, office: Office, period: Period) -> list[StatementRow]:
    chosen = select(StatementRow).where(
        StatementRow.company == office.name, StatementRow.period == period.code, col(StatementRow.live).is_(True)
    )
    return list(session.exec(chosen.order_by(col(StatementRow.id))).all())


def _queue_safely(office: Office, row: StatementRow, guard: LeakGuard) -> str:
    try:
        return _queue(office, row, guard)
    except Exception as error:  # one customer's bug must not stop the others; it is shown and its statement stays
        if world.failed(error):
            raise
        LOG.exception("queue.broken statement=%s", row.number)
        with office.store.write() as session:
            task = tasks.Task(
                TaskKind.FAILED, f"queue {row.number} R{row.revision}", tasks.finance(office).address, str(error)
            )
            tasks.open_task(session, office, task, row=row)
        return "refused"


def _queue(office: Office, seen: StatementRow, guard: LeakGuard) -> str:
    with office.store.write() as session:
        row = session.get_one(StatementRow, seen.id)
        if row.state != seen.state:
            return "refused"  # somebody else was quicker
        customer = ledger.customer(session, office.name, row.customer)
        if customer is None:
            raise LookupError(f"customer {row.customer} is gone")
        if customer.channel is not Channel.MAIL:
            return _hand_to_rep(session, office, row, customer)
        statement = _dated(office, row)
        attachments = draw(session, office, row, statement)
        draft = mails_customer.statement_mail(office.company, statement, customer, attachments)
        number, revision = row.number, row.revision
        owing.owe(
            session,
            office,
            draft,
            number=number,
            revision=revision,
            customer=customer,
            row=row,
            guard=guard,
            texts=(row.words,),
        )
        before, row.state, row.state_since = row.state, State.QUEUED.value, office.now()
        session.add(row)
        office.record(session, "queued", f"{number} R{revision}", before=before, after=row.state)
    return "queued"


def _hand_to_rep(session: Session, office: Office, row: StatementRow, customer: Customer) -> str:
    """Fax, paper, WeChat and portals are a person's work in this version: the rep gets the files once, with a task.

    The files stay as they were handed over: what comes back is compared with them.
    """
    if not row.pdf_sha256:
        attachments = draw(session, office, row, _dated(office, row))
        name = f"channel {row.number} R{row.revision} {row.digest[:12]}"
        reason = office.say("hand_over", channel=words(office.company.locale)["channel"][customer.channel])
        task = tasks.Task(TaskKind.OTHER, name, customer.rep, reasons=reason)
        telling.tell_task(session, office, task, customer=customer, row=row, attachments=attachments)
    return "other_channel"


def _dated(office: Office, row: StatementRow) -> Statement:
    """The statement with the day on which it really leaves; late ones leave the customer the working days promised."""
    today, statement = office.today(), load_statement(row.value)
    if today <= row.send_on and row.revision == 1:
        return replace(statement, issued_on=today)
    given = office.company.monthly.reply_within_working_days
    reply_by = max(statement.reply_by, office.working_days.add(today, given))
    return replace(statement, issued_on=today, reply_by=reply_by)


def draw(session: Session, office: Office, row: StatementRow, statement: Statement) -> tuple[Attachment, ...]:
    """Draws PDF and XLSX, keeps them and where everything stands on the pages with the statement (invariant 1)."""
    seal = office.company.seal.read_bytes() if office.company.seal else None
    pdf, sheet = statement_pdf.render(statement, seal), statement_xlsx.render(statement)
    row.value, row.reply_by = dump_statement(statement), statement.reply_by
    row.layout, row.words = LAYOUT.dump_json(pdf.layout).decode(), pdf.words
    row.pdf_sha256, row.xlsx_sha256 = office.blobs.put(pdf.data), office.blobs.put(sheet)
    session.add(row)
    return files(statement, pdf.data, sheet)


def files(statement: Statement, pdf: bytes, sheet: bytes = b"") -> tuple[Attachment, ...]:
    """The statement's attachments, named so that a clerk finds them again."""
    revision = "" if statement.revision == 1 else f"-R{statement.revision}"
    name = f"{statement.number}{revision}-{statement.snapshot.period.code}"
    found = [Attachment(f"{name}.pdf", "application/pdf", pdf), Attachment(f"{name}.xlsx", XLSX, sheet)]
    return tuple(each for each in found if each.data)


def kept_files(office: Office, row: StatementRow, *, sheet: bool = False) -> tuple[Attachment, ...]:
    """The PDF that was sent, and the workbook where it is wanted, to be attached again."""
    workbook = office.blobs.get(row.xlsx_sha256) if sheet else b""
    return files(load_statement(row.value), office.blobs.get(row.pdf_sha256), workbook)


def deliver(
    office: Office, limit: int | None = None, progress: Callable[[OutgoingRow], None] | None = None
) -> SendReport:
    """Delivers what is due; a statement's mail that was accepted makes its case ``sent`` in the same transaction."""
    sender = Sender(
        office.company,
        office.store,
        office.blobs,
        office.clock,
        on_sent=lambda session, mail: on_sent(session, office, mail),
        on_failed=lambda session, mail: on_failed(session, office, mail),
    )
    return sender.deliver(limit, progress)


def on_sent(session: Session, office: Office, mail: OutgoingRow) -> None:
    """A statement that the server accepted is sent, in the transaction that records the acceptance."""
    if mail.purpose != Purpose.STATEMENT or mail.statement_id is None:
        return
    row = session.get(StatementRow, mail.statement_id)
    if row is None or row.state != State.QUEUED:
        return
    row.state, row.state_since, row.sent_at = State.SENT.value, office.now(), office.now()
    session.add(row)
    office.record(session, "sent", f"{row.number} R{row.revision}", before="queued", after="sent", evidence=mail.sha256)


def on_failed(session: Session, office: Office, mail: OutgoingRow) -> None:
    """A mail that can't be delivered is its rep's task at once, and told; one to our own staff is in the digest only.

    Telling of it by mail would make a new mail that fails.
    """
    customer = ledger.customer(session, office.name, mail.customer) if mail.customer else None
    row = session.get(StatementRow, mail.statement_id) if mail.statement_id else None
    owner = customer.rep if customer is not None else tasks.finance(office).address
    task = tasks.Task(TaskKind.FAILED, f"failed {mail.dedupe}", owner, mail.subject, mail.error)
    tell = tasks.open_task if customer is None else telling.tell_task
    tell(session, office, task, customer=customer, row=row)


def stages(office: Office, row: StatementRow) -> tuple[date, ...]:
    """The days of a statement's reminders, around the reply date that the customer was told."""
    company = office.company
    steps = (-company.reminders_before, *company.reminders_after)
    days = sorted({office.working_days.add(row.reply_by, step) for step in steps})
    sent_on = office.day_of(row.sent_at) if row.sent_at else row.send_on
    return tuple(day for day in days if day > sent_on)
