"""A company whose mail goes to a given server, a clock that tests move, and mails to send."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from sqlmodel import select

from bot.config import (
    AnnualRule,
    CalendarSettings,
    Company,
    MailSettings,
    MonthlyRule,
    QuarterlyRule,
    Secret,
    Server,
)
from bot.edges.blobs import Blobs
from bot.edges.outbox import dedupe_key, enqueue, message_id_for
from bot.edges.store import Store
from bot.edges.tables import OutgoingRow
from bot.model import Basis, Locale, Purpose

BOT = "bot@hd.test"
ALICE, BOB = "alice@huaxin.test", "bob@huaxin.test"
USERS = {BOT: "bot-secret", ALICE: "alice-secret", BOB: "bob-secret"}
START = datetime(2026, 11, 2, 1, 30, tzinfo=UTC)


class MailServer(Protocol):
    """What EmbeddedMail and the real fixture have in common."""

    host: str
    smtp_port: int
    imap_port: int
    ca_file: Path
    users: dict[str, str]


class FakeClock:
    """Stands still until a test moves it."""

    def __init__(self, at: datetime = START) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def forward(self, **by: float) -> None:
        self.at += timedelta(**by)


def company_on(server: MailServer, address: str = BOT, **changes: object) -> Company:
    """``changes`` are fields of MailSettings."""
    return company_with(settings_on(server, address, **changes))


def settings_on(server: MailServer, address: str = BOT, **changes: object) -> MailSettings:
    password = Secret(server.users[address])
    mail = MailSettings(
        address=address,
        smtp=Server(server.host, server.smtp_port, "tls", address, password),
        imap=Server(server.host, server.imap_port, "tls", address, password),
        ca_file=server.ca_file,
        per_minute=1000,
        per_day=100_000,
    )
    return replace(mail, **changes)  # type: ignore[arg-type]


def company_with(mail: MailSettings) -> Company:
    return Company(
        name="华东贸易有限公司",
        aliases=("华东贸易",),
        locale=Locale.HANS,
        timezone=ZoneInfo("Asia/Shanghai"),
        currency="CNY",
        basis=Basis.DELIVERY,
        number_prefix="DZ",
        subject_script="zh-Hant",
        tax_id="",
        address="",
        phone="",
        seal=None,
        mail=mail,
        staff=(),
        departments=(),
        monthly=MonthlyRule(),
        quarterly=QuarterlyRule(),
        annual=AnnualRule(),
        reminders_before=2,
        reminders_after=(1, 4),
        calendar=CalendarSettings(),
        digest_to=(BOT,),
        digest_at=time(18),
        release="none",
        signed_copy="finance_first",
        authentication="require",
        tolerance=Decimal(0),
        escalation_rounds=3,
        escalation_working_days=10,
        escalation_amount=Decimal(100000),
        unrelated_days=180,
        evidence_years=10,
    )


def raw_mail(message_id: str, sender: str = BOT, to: str = ALICE, body: str = "..dots\r\n.\r\nend") -> bytes:
    return (
        f"From: <{sender}>\r\nTo: <{to}>\r\nSubject: test\r\nDate: Mon, 02 Nov 2026 09:30:00 +0800\r\n"
        f"Message-ID: <{message_id}>\r\nMIME-Version: 1.0\r\n\r\n{body}\r\n"
    ).encode()


def owe(
    store: Store,
    blobs: Blobs,
    number: str,
    recipients: tuple[str, ...] = (ALICE,),
    *,
    now: datetime = START,
    company: str = "华东贸易有限公司",
    body: str = "..dots\r\n.\r\nend",
    sender: str = BOT,
) -> str:
    """Puts a mail in the outbox; its Message-ID."""
    key = dedupe_key(Purpose.STATEMENT, number, 1, 0)
    message_id = message_id_for(key, "hd.test")
    with store.write() as session:
        enqueue(
            session,
            company=company,
            purpose=Purpose.STATEMENT,
            dedupe=key,
            raw=raw_mail(message_id, sender=sender, body=body),
            envelope_from=sender,
            recipients=recipients,
            subject="test",
            now=now,
            blobs=blobs,
        )
    return message_id


def rows(store: Store) -> list[OutgoingRow]:
    with store.read() as session:
        found = list(session.exec(select(OutgoingRow).order_by("id")))
        session.expunge_all()
    return found


def states(store: Store) -> list[str]:
    return [row.state for row in rows(store)]
