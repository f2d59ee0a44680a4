"""Tasks: what a person must do, opened once, told by mail to its owner, and shown in the digest until it is closed."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from bot.decide.rows import TaskKind
from bot.edges.store import next_number
from bot.edges.tables import MailRow, StatementRow, TaskRow
from bot.model import Customer, Role, Staff
from bot.steps.office import Office

ANSWER_WORKING_DAYS = 2


@dataclass(frozen=True, slots=True)
class Task:
    """A task to open; ``dedupe`` makes it the same task."""

    kind: TaskKind
    dedupe: str
    owner: str
    words: str = ""
    reasons: str = ""


def open_task(
    session: Session,
    office: Office,
    task: Task,
    *,
    customer: Customer | None = None,
    row: StatementRow | None = None,
    mail: MailRow | None = None,
) -> TaskRow | None:
    """Opens a task with the next case number; None where it is open or done already."""
    same = select(TaskRow.id).where(TaskRow.company == office.name, TaskRow.dedupe == task.dedupe)
    if session.exec(same).first() is not None:
        return None
    month = f"{office.today():%Y%m}"
    opened = TaskRow(
        company=office.name,
        dedupe=task.dedupe,
        number=f"AH-{month}-{next_number(session, office.name, f'task {month}'):04d}",
        kind=task.kind,
        customer=None if customer is None else customer.code,
        statement_id=None if row is None else row.id,
        mail_id=None if mail is None else mail.id,
        owner=task.owner,
        words=task.words,
        reasons=task.reasons,
        due=answer_by(office),
        opened_at=office.now(),
    )
    session.add(opened)
    session.flush()
    office.record(session, "task", opened.number, after="open", detail=f"{task.kind} → {task.owner}")
    return opened


def answer_by(office: Office) -> date:
    """By when we answer what a customer wrote."""
    return office.working_days.add(office.today(), ANSWER_WORKING_DAYS)


def close_tasks(session: Session, office: Office, row: StatementRow, by: str, *kinds: TaskKind) -> None:
    """Closes the open tasks of a statement, all or those of some kinds."""
    open_ones = session.exec(
        select(TaskRow).where(TaskRow.statement_id == row.id, col(TaskRow.closed_at).is_(None))
    ).all()
    for task in open_ones:
        if not kinds or task.kind in kinds:
            close(session, office, task, by)


def close(session: Session, office: Office, task: TaskRow, by: str, result: str = "") -> None:
    """Closes one open task."""
    task.closed_at, task.closed_by = office.now(), by
    session.add(task)
    office.record(session, "task", task.number, before="open", after="closed", actor=by, detail=result)


def finance(office: Office) -> Staff:
    """The person of finance who gets what finance must look at."""
    people = office.company.with_role(Role.FINANCE)
    return next((person for person in people if not person.shared), people[0])


def person_for(office: Office, to: str, customer: Customer | None) -> Staff:
    """Who takes care of a matter: ``rep``, ``finance``, ``customer_service`` or ``superior`` (H1–H4)."""
    rep = office.staff_at(customer.rep) if customer is not None else None
    if to == "rep" and rep is not None:
        return rep
    if to == "superior" and rep is not None and rep.superior and (superior := office.staff_at(rep.superior)):
        return superior
    service = office.company.with_role(Role.CUSTOMER_SERVICE)
    if to == "customer_service" and service:
        return service[0]
    return finance(office)
