"""How many mails an account may send: a ledger of minutes and days that survives restarts, and an honest forecast."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlmodel import Session, col, select

from bot.config import MailSettings
from bot.edges.tables import QuotaRow

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)
_LONGEST_PAUSE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Spent:
    """The quota is used up; ``until`` is when the next mail may go."""

    until: datetime


def take(session: Session, mail: MailSettings, now: datetime) -> Spent | None:
    """Counts one mail at ``now``; None when it may go. Belongs in the transaction that claims the mail."""
    account, at = mail.smtp.username, now.astimezone(UTC)
    paused = _paused_until(session, account, at)
    if paused is not None:
        return Spent(paused)
    rows = [_row(session, account, _minute(at)), _row(session, account, _day(at))]
    for row, limit, until in zip(rows, (mail.per_minute, mail.per_day), (_next_minute(at), _next_day(at)), strict=True):
        if row.used >= limit:
            return Spent(until)
    for row in rows:
        row.used += 1
        session.add(row)
    session.flush()
    return None


def pause(session: Session, mail: MailSettings, until: datetime) -> None:
    """Nothing goes out through this account before ``until``: the provider said slow down."""
    session.merge(QuotaRow(account=mail.smtp.username, window=_pause(until), used=0))
    session.flush()


def eta(queued: int, mail: MailSettings) -> timedelta:
    """How long ``queued`` mails take with a fresh quota; the last one goes at the end of that time."""
    if queued <= 0:
        return timedelta()
    per_minute = max(mail.per_minute, 1)
    full_days, rest = divmod(queued - 1, max(min(mail.per_day, per_minute * (_DAY // _MINUTE)), 1))
    return full_days * _DAY + (rest // per_minute) * _MINUTE


def used(session: Session, mail: MailSettings, now: datetime) -> tuple[int, int]:
    """Mails sent in the present minute and day."""
    at = now.astimezone(UTC)
    return _row(session, mail.smtp.username, _minute(at)).used, _row(session, mail.smtp.username, _day(at)).used


def _row(session: Session, account: str, window: str) -> QuotaRow:
    return session.get(QuotaRow, (account, window)) or QuotaRow(account=account, window=window, used=0)


def _paused_until(session: Session, account: str, now: datetime) -> datetime | None:
    """Until when the provider wants less; a pause far ahead was written by a clock that has been put back since."""
    latest = session.exec(
        select(QuotaRow.window)
        .where(
            QuotaRow.account == account,
            col(QuotaRow.window) > _pause(now),
            col(QuotaRow.window) <= _pause(now + _LONGEST_PAUSE),
        )
        .order_by(col(QuotaRow.window).desc())
        .limit(1)
    ).first()
    return None if latest is None else datetime.fromisoformat(latest.removeprefix("pause "))


def _pause(at: datetime) -> str:
    return f"pause {at.astimezone(UTC).isoformat(timespec='seconds')}"


def _minute(at: datetime) -> str:
    return f"minute {at:%Y-%m-%dT%H:%M}"


def _day(at: datetime) -> str:
    return f"day {at:%Y-%m-%d}"


def _next_minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0) + _MINUTE


def _next_day(at: datetime) -> datetime:
    return at.replace(hour=0, minute=0, second=0, microsecond=0) + _DAY
