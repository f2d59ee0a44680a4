"""Whom a period's completion rate counts (K1): a list that is closed on the evening of its sending day.

Whoever had something to state by then stays in the list, held, unreachable, broken or taken out of the register later;
whoever is imported afterwards gets a statement all the same, and counts from the next period on.
"""

from collections.abc import Iterable

from sqlmodel import Session, col, select

from bot.decide.rows import TaskKind
from bot.edges.tables import DueRow, StatementRow, TaskRow
from bot.steps.office import Office
from parsers.period import Period


def freeze(session: Session, office: Office, period: Period, rows: Iterable[StatementRow]) -> None:
    """Puts the customers of these statements into their period's list, unless it was closed on an earlier day."""
    known = _list(session, office, period)
    closed = {row.send_on for row in known if office.day_of(row.frozen_at) < office.today()}
    first = {row.customer: row for row in rows if row.revision == 1 and row.send_on not in closed}
    listed = {row.customer for row in known}
    for code, row in first.items():
        if code not in listed:
            session.add(_due(office, period, code, row))
    if first:
        row = next(iter(first.values()))
        session.add_all(
            _due(office, period, code, row) for code in _broken(session, period, office) - {*first, *listed}
        )


def _due(office: Office, period: Period, code: str, row: StatementRow) -> DueRow:
    return DueRow(company=office.name, period=period.code, customer=code, send_on=row.send_on, frozen_at=office.now())


def due(session: Session, office: Office, period: Period) -> frozenset[str] | None:
    """The customers that the period counts; None while its list is not begun, then everybody with a statement."""
    known = _list(session, office, period)
    if not known:
        return None
    still_open = select(StatementRow.customer).where(
        StatementRow.company == office.name,
        StatementRow.period == period.code,
        StatementRow.revision == 1,
        col(StatementRow.send_on).not_in({row.send_on for row in known}),
    )
    return frozenset({row.customer for row in known} | set(session.exec(still_open)))


def _list(session: Session, office: Office, period: Period) -> list[DueRow]:
    chosen = select(DueRow).where(DueRow.company == office.name, DueRow.period == period.code)
    return list(session.exec(chosen).all())


def broken_name(period: Period, code: str, currency: str) -> str:
    """What the task of a statement is called that couldn't be prepared; the day follows it."""
    return f"prepare {period.code} {code} {currency} "


def _broken(session: Session, period: Period, office: Office) -> set[str]:
    """Customers without a statement because preparing it failed: they are due all the same."""
    tasks = select(TaskRow.customer).where(
        TaskRow.company == office.name,
        TaskRow.kind == TaskKind.FAILED.value,
        col(TaskRow.closed_at).is_(None),
        col(TaskRow.dedupe).startswith(f"prepare {period.code} "),
    )
    return {code for code in session.exec(tasks) if code}
