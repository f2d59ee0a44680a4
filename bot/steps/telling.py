"""Telling our own people: a task goes to its owner, an anomaly to the department that can clear it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlmodel import Session

from bot.compose import mails_staff
from bot.compose.letterhead import Thread
from bot.compose.script import told
from bot.decide import rows
from bot.decide.rows import TaskKind
from bot.edges.tables import MailRow, StatementRow, TaskRow
from bot.model import Anomaly, Attachment, Customer
from bot.steps import owing, tasks
from bot.steps.office import Office
from parsers.period import parse_code

IN_DIGEST_ONLY = (TaskKind.JUDGE, TaskKind.REVIEW, TaskKind.SET_ASIDE)
"""Finance finds these in the daily digest; everybody else has no digest and gets a mail."""


def tell_task(
    session: Session,
    office: Office,
    task: tasks.Task,
    *,
    mail: MailRow | None = None,
    customer: Customer | None = None,
    row: StatementRow | None = None,
    attachments: tuple[Attachment, ...] = (),
) -> TaskRow | None:
    """Opens a task and tells its owner by mail where the digest doesn't; None where it was open already."""
    opened = tasks.open_task(session, office, task, customer=customer, row=row, mail=mail)
    owner = office.staff_at(task.owner)
    if opened is None or owner is None or task.kind in IN_DIGEST_ONLY:
        return opened
    shown = shown_task(office, opened, customer, row)
    thread = Thread(mail.message_id) if mail is not None and mail.message_id else Thread()
    draft = mails_staff.task(office.company, (owner,), shown, thread=thread)
    owing.owe(session, office, replace(draft, attachments=attachments), number=opened.number, row=row)
    return opened


def shown_task(office: Office, task: TaskRow, customer: Customer | None, row: StatementRow | None) -> rows.TaskRow:
    """A task as the digest and the mails show it."""
    owner = office.staff_at(task.owner)
    said = (each for each in task.reasons.split("；") if each and not each.startswith("原话"))
    names = (customer.name, *customer.aliases) if customer else ()
    return rows.TaskRow(
        kind=TaskKind(task.kind),
        owner=owner.name if owner else task.owner,
        customer=task.customer or "",
        customer_name=customer.name if customer else "",
        number=row.number if row else "",
        reasons=tuple(told(each, office.company.locale, names) for each in said),
        words=task.words,
        since=office.day_of(task.opened_at),
        due=task.due,
        reference=task.number,
    )


def tell_anomalies(
    session: Session, office: Office, customer: Customer, row: StatementRow, anomalies: Sequence[Anomaly]
) -> None:
    """One mail per department and set of anomalies; the same set is told once (C3)."""
    for department in dict.fromkeys(anomaly.department for anomaly in anomalies):
        theirs = [anomaly for anomaly in anomalies if anomaly.department == department]
        told = "|".join(sorted(f"{each.code} {' '.join(each.documents)}" for each in theirs))
        draft = mails_staff.anomaly(office.company, customer, parse_code(row.period), theirs, _by(office, row))
        owing.owe(session, office, draft, number=row.number, revision=row.revision, step=told, row=row)


def _by(office: Office, row: StatementRow) -> date:
    """A held statement should be cleared before it is late, and never in the past."""
    return max(row.complete_by, office.today())
