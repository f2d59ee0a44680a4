"""Mails whose answer was lost: settled by evidence; what evidence can't settle is a person's task (invariant 3)."""

from sqlmodel import col, select

from bot.decide.rows import TaskKind
from bot.edges.doubt import SettleReport, settle
from bot.edges.tables import OutgoingRow, StatementRow
from bot.steps import ledger, sending, tasks
from bot.steps.office import Office


def settle_doubts(office: Office) -> SettleReport:
    """Settles what can be settled; the rest becomes a task once."""
    report = settle(
        office.company,
        office.store,
        office.clock,
        on_sent=lambda session, mail: sending.on_sent(session, office, mail),
        on_failed=lambda session, mail: sending.on_failed(session, office, mail),
    )
    if report.undecided:
        _open_tasks(office)
    return report


def _open_tasks(office: Office) -> None:
    with office.store.write() as session:
        doubtful = session.exec(
            select(OutgoingRow).where(OutgoingRow.company == office.name, col(OutgoingRow.state) == "in_doubt")
        ).all()
        for mail in doubtful:
            customer = ledger.customer(session, office.name, mail.customer) if mail.customer else None
            row = session.get(StatementRow, mail.statement_id) if mail.statement_id else None
            owner = tasks.finance(office).address
            task = tasks.Task(TaskKind.IN_DOUBT, f"doubt {mail.message_id}", owner, mail.subject, mail.error)
            tasks.open_task(session, office, task, customer=customer, row=row)
