"""A company whose mail goes to a given server, a clock that tests move, and mails to send."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol
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
from bot.edges.clock import SimulatedClock
from bot.edges.doubt import SettleReport, settle
from bot.edges.embedded import EmbeddedMail
from bot.edges.inbox import Inbox
from bot.edges.outbox import Sender, dedupe_key, enqueue, message_id_for
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


@dataclass(slots=True)
class Ports:
    """A server that runs in another process."""

    host: str
    smtp_port: int
    imap_port: int
    ca_file: Path
    users: dict[str, str]


class FakeClock(SimulatedClock):
    """Stands still until a test moves it."""

    def __init__(self, start: datetime = START) -> None:
        super().__init__(start)

    def forward(self, **by: float) -> None:
        self.advance(timedelta(**by))


def company_on(server: MailServer, address: str = BOT, **changes: Any) -> Company:
    """``changes`` are fields of MailSettings."""
    return company_with(settings_on(server, address, **changes))


def settings_on(server: MailServer, address: str = BOT, **changes: Any) -> MailSettings:
    password = Secret(server.users[address])
    mail = MailSettings(
        address=address,
        smtp=Server(server.host, server.smtp_port, "tls", address, password),
        imap=Server(server.host, server.imap_port, "tls", address, password),
        ca_file=server.ca_file,
        per_minute=1000,
        per_day=100_000,
    )
    return replace(mail, **changes)


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


@dataclass(slots=True)
class Office:
    """Everything that one end of the mail needs."""

    server: EmbeddedMail
    company: Company
    store: Store
    blobs: Blobs
    clock: FakeClock

    def owe(self, number: str, recipients: tuple[str, ...] = (ALICE,), body: str = "hello") -> str:
        return owe(self.store, self.blobs, number, recipients, now=self.clock.now(), body=body)

    def sender(self, **more: Any) -> Sender:
        return Sender(self.company, self.store, self.blobs, self.clock, **more)

    def inbox(self) -> Inbox:
        return Inbox(self.company, self.store, self.blobs, self.clock)

    def settle(self, **more: Any) -> SettleReport:
        return settle(self.company, self.store, self.clock, **more)

    def states(self) -> list[str]:
        return states(self.store)

    def row(self) -> OutgoingRow:
        (row,) = rows(self.store)
        return row

    def with_mail(self, **changes: Any) -> None:
        self.company = replace(self.company, mail=replace(self.company.mail, **changes))

    def got(self, address: str, message_id: str) -> int:
        return sum(f"<{message_id}>".encode() in raw for raw in self.server.messages(address))


@contextmanager
def an_office(folder: Path, **more: Any) -> Iterator[Office]:
    """A running embedded server and a company that uses it."""
    with EmbeddedMail(USERS, **more) as server:
        store = Store(f"sqlite:///{folder}/bot.db")
        yield Office(server, company_on(server), store, Blobs(folder / "blobs"), FakeClock())
        store.close()
