"""The last period's figures on the same day (較上期同日), worked out anew from what was recorded by then."""

import json
from calendar import monthrange
from datetime import datetime

from sqlmodel import Session, select

from bot.compose import causes
from bot.decide.cycle import months_in, previous
from bot.decide.kpi import Figures, Standing, figures
from bot.edges.tables import ConfirmationRow, DiscrepancyRow, StatementRow
from bot.steps import due
from bot.steps.office import Office
from parsers.amount import from_fen
from parsers.period import Period


def last_figures(session: Session, office: Office, period: Period) -> Figures | None:
    """The figures of the period before, as of this hour of the same day back then; None where it had no statements."""
    before = previous(period)
    months = len(months_in(period)) if period.kind != "month" else 1
    then = _months_back(office.now().astimezone(office.company.timezone), months)
    standings = [_standing(session, office, row, then) for row in _statements(session, office, before, then)]
    return figures(standings, due.due(session, office, before)) if standings else None


def _months_back(now: datetime, months: int) -> datetime:
    """The same day and hour some months ago; the month's last day where it has no such day."""
    year, month = divmod(now.year * 12 + now.month - 1 - months, 12)
    return now.replace(year=year, month=month + 1, day=min(now.day, monthrange(year, month + 1)[1]))


def _statements(session: Session, office: Office, period: Period, then: datetime) -> list[StatementRow]:
    """The revision of each statement that was the live one then."""
    chosen = select(StatementRow).where(StatementRow.company == office.name, StatementRow.period == period.code)
    rows = session.exec(chosen.order_by(StatementRow.number, StatementRow.revision)).all()  # type: ignore[arg-type]  # a column
    return list({row.number: row for row in rows if row.prepared_at <= then}.values())


def _standing(session: Session, office: Office, row: StatementRow, then: datetime) -> Standing:
    confirmation = session.exec(select(ConfirmationRow).where(ConfirmationRow.statement_id == row.id)).all()
    standing = next((each for each in confirmation if _stood(each, then)), None)
    threads = session.exec(
        select(DiscrepancyRow)
        .join(StatementRow)
        .where(StatementRow.number == row.number, DiscrepancyRow.voided_why == "")
    ).all()
    opened = [each for each in threads if each.opened_at <= then]
    corrected = row.revision > 1
    return Standing(
        row.customer,
        row.currency,
        from_fen(row.closing_fen),
        completed=standing is not None,
        on_time=standing is not None and office.day_of(standing.at) <= row.complete_by,
        differed=bool(opened) or corrected,
        ours=corrected or any(causes.ours(json.loads(each.causes)) for each in opened),
    )


def _stood(confirmation: ConfirmationRow, then: datetime) -> bool:
    """Whether the confirmation counted then; one that a person gave counts from the review on."""
    reviewed = confirmation.reviewed_at if confirmation.route == "manual" else confirmation.at
    ended = confirmation.withdrawn_at
    return reviewed is not None and reviewed <= then and (ended is None or ended > then)
