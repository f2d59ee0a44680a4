"""Chasing (A3, E1): the reminders of every waiting case, the one chaser for signed pages, and calls for the rep."""

import logging
from dataclasses import dataclass
from typing import Literal, cast

from sqlmodel import Session, col, select

from bot.compose import mails_customer
from bot.compose.letterhead import About, Thread
from bot.decide.chase import Waiting, due_stage, scan_chase
from bot.decide.rows import TaskKind
from bot.edges import world
from bot.edges.tables import OutgoingRow, StatementRow, TaskRow
from bot.model import Customer, Purpose, State, load_statement
from bot.steps import ledger, owing, sending, tasks, telling
from bot.steps.office import Office

LOG = logging.getLogger(__name__)
LAST_STAGE = 3
NEW_DATE_WORKING_DAYS = 3


@dataclass(frozen=True, slots=True)
class Chased:
    """What one chase did: statement numbers that got a reminder, a chaser for pages, or a call by the rep."""

    reminded: tuple[str, ...] = ()
    asked_for_pages: tuple[str, ...] = ()
    to_phone: tuple[str, ...] = ()


def chase(office: Office) -> Chased:
    """Owes what is due today, each in a transaction of its own; calling it again the same day changes nothing."""
    with office.store.read() as session:
        waiting = session.exec(
            select(StatementRow.id).where(
                StatementRow.company == office.name,
                col(StatementRow.live).is_(True),
                col(StatementRow.state).in_([State.SENT, State.NOTED, State.SCAN_PENDING]),
            )
        ).all()
    results: dict[str, list[str]] = {"reminded": [], "asked_for_pages": [], "to_phone": []}
    for statement_id in waiting:
        number, done = _chase_safely(office, statement_id)
        if done:
            results[done].append(number)
    return Chased(**{name: tuple(numbers) for name, numbers in results.items()})


def _chase_safely(office: Office, statement_id: int | None) -> tuple[str, str | None]:
    try:
        with office.store.write() as session:
            row = session.get_one(StatementRow, statement_id)
            customer = ledger.customer(session, office.name, row.customer)
            return row.number, _chase_one(session, office, row, customer) if customer is not None else None
    except Exception as error:  # one customer's bug must not stop the others; it is shown until somebody looks
        if world.failed(error):
            raise
        LOG.exception("chase.broken statement=%s", statement_id)
        with office.store.write() as session:
            row = session.get_one(StatementRow, statement_id)
            name = f"chase {row.number} R{row.revision} {row.reminders}"
            task = tasks.Task(TaskKind.FAILED, name, tasks.finance(office).address, f"{type(error).__name__}: {error}")
            tasks.open_task(session, office, task, row=row)
            return row.number, None


def _chase_one(session: Session, office: Office, row: StatementRow, customer: Customer) -> str | None:
    if _came_back(session, row):
        return None  # nobody would read it; the rep has the bounce as a task
    if row.state == State.SCAN_PENDING:
        return _chase_pages(session, office, row, customer)
    stage = due_stage(
        Waiting(State(row.state), sending.stages(office, row), row.reminders, row.remind_from), office.today()
    )
    if stage is None:
        return None
    about = about_case(session, office, row, customer)
    number = cast("Literal[1, 2, 3]", min(stage, LAST_STAGE))
    until = office.working_days.add(office.today(), NEW_DATE_WORKING_DAYS)
    attached = () if number == 1 else sending.kept_files(office, row)
    superiors = (tasks.person_for(office, "superior", customer),)
    draft = mails_customer.reminder(about, number, until, attached, superiors)
    owing.owe(session, office, draft, number=row.number, revision=row.revision, step=stage, customer=customer, row=row)
    row.reminders = stage
    session.add(row)
    office.record(session, "reminded", row.number, after=f"stage {stage}")
    if stage >= LAST_STAGE:
        _call(session, office, row, customer, TaskKind.OVERDUE_CALL)
    return "reminded"


def _came_back(session: Session, row: StatementRow) -> bool:
    bounces = select(TaskRow.id).where(
        TaskRow.statement_id == row.id, TaskRow.kind == TaskKind.BOUNCE.value, col(TaskRow.closed_at).is_(None)
    )
    return session.exec(bounces).first() is not None


def _chase_pages(session: Session, office: Office, row: StatementRow, customer: Customer) -> str | None:
    """One chaser after three working days, then the rep phones."""
    since = office.day_of(row.state_since)
    chaser_on = office.working_days.add(since, 3)
    phone_on = office.working_days.add(since, 5)
    match scan_chase(since, chaser_on, phone_on, office.today(), _pages_asked(session, row)):
        case "mail":
            until = office.working_days.add(office.today(), NEW_DATE_WORKING_DAYS)
            about = about_case(session, office, row, customer)
            draft = mails_customer.scan_chaser(about, until, attachments=sending.kept_files(office, row))
            owing.owe(session, office, draft, number=row.number, revision=row.revision, customer=customer, row=row)
            return "asked_for_pages"
        case "phone":
            opened = _call(session, office, row, customer, TaskKind.SCAN_CALL)
            return "to_phone" if opened else None
        case _:
            return None


def _pages_asked(session: Session, row: StatementRow) -> int:
    chasers = select(OutgoingRow.id).where(
        OutgoingRow.statement_id == row.id, OutgoingRow.purpose == Purpose.SCAN_CHASER.value
    )
    return 1 if session.exec(chasers).first() is not None else 0


def _call(session: Session, office: Office, row: StatementRow, customer: Customer, kind: TaskKind) -> bool:
    task = tasks.Task(kind, f"{kind.value} {row.number} R{row.revision}", customer.rep)
    return telling.tell_task(session, office, task, customer=customer, row=row) is not None


def about_case(session: Session, office: Office, row: StatementRow, customer: Customer) -> About:
    """What a mail of ours that answers nobody is about; it goes into the statement's own thread."""
    first = session.exec(
        select(OutgoingRow.message_id).where(
            OutgoingRow.statement_id == row.id, OutgoingRow.purpose == Purpose.STATEMENT.value
        )
    ).first()
    thread = Thread(first, (first,)) if first else Thread()
    return About(office.company, load_statement(row.value), customer, thread)
