"""A small town for the flow's tests: one company, three customers, real mail servers, a real database, a clock to move.

C001 is the worked example (closing 85,685.00), C002 a Taiwanese customer, C003 gets its statement on paper.
"""

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlmodel import Session, SQLModel, col, select

from bot import flow
from bot.compose import statement_pdf
from bot.config import Company, Secret, Server
from bot.decide.calendar import WorkingDays
from bot.demo import paper
from bot.demo.clients import Letter, Reply, write
from bot.demo.habits import Received
from bot.edges.blobs import Blobs
from bot.edges.clock import SimulatedClock
from bot.edges.domain_keys import DomainKeys
from bot.edges.embedded import EmbeddedMail
from bot.edges.postmark import authenticated
from bot.edges.sandbox import Sandbox
from bot.edges.store import Store
from bot.edges.tables import EventRow, MailRow, OutgoingRow, StatementRow, TaskRow
from bot.model import Attachment, Role, Staff, load_statement
from bot.steps.office import Office
from bot.steps.preparing import PreparedOne
from parsers.mail import Mail, parse
from parsers.period import Period
from tests.configured import company as configured

OCTOBER = Period("month", 2026, 10)
MONDAY = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai
TUESDAY = datetime(2026, 11, 3, 0, 30, tzinfo=UTC)  # 08:30, the sending day
BOT, REP, LIN = "ar@hd-trade.example", "zhou@hd-trade.example", "lin@hd-trade.example"
MANAGER, FINANCE, SERVICE = "li@hd-trade.example", "chen@hd-trade.example", "service@hd-trade.example"
WAREHOUSE = "wh@hd-trade.example"
AUTHSERV_ID = "mx.hd-trade.example"
LI, WANG, XU, PAPER = "li.jg@hengyuan.example", "ap@hengyuan.example", "xu@taichung.example", "gao@paper.example"
MALLORY, NEW = "mallory@attack.example", "new@hengyuan.example"
USERS = {
    address: f"{address}-secret"
    for address in (BOT, REP, LIN, MANAGER, FINANCE, SERVICE, WAREHOUSE, LI, WANG, NEW, XU, PAPER, MALLORY)
}
HENGYUAN, TAICHUNG = "苏州恒远机械有限公司", "臺中精鑽工業股份有限公司"
PHRASE = f"{HENGYUAN}确认2026年10月销售对账单无误"
_CASES = ("prepared", "held", "released", "queued", "sent", "state", "superseded")
SAMPLES = Path(__file__).parents[2] / "data" / "samples"
_HEADER = "单据类型,单号,行号,日期,客户编码,产品名称,规格,单位,数量,含税单价,金额,币种"
_CUSTOMERS = """\
客户编码,客户名称,别名,对账周期,付款条件,销售代表,联系人,邮箱,授权确认,语言,渠道
C002,臺中精鑽工業股份有限公司,臺中精鑽,月,月结60天,lin@hd-trade.example,許雅婷,xu@taichung.example,是,繁,邮件
C003,绍兴越城纺机配件有限公司,,月,月结60天,zhou@hd-trade.example,高明,gao@paper.example,是,简,纸本
"""
_DOCUMENTS = f"""\
{_HEADER}
期初,QC-C002,1,2026-09-30,C002,,,,,,20000.00,CNY
发货,XSCK-20001,1,2026-10-12,C002,滚珠丝杠,SFU1605,支,10,178.00,1780.00,CNY
收款,SK-20001,1,2026-10-28,C002,,,,,,5000.00,CNY
期初,QC-C003,1,2026-09-30,C003,,,,,,3000.00,CNY
发货,XSCK-30001,1,2026-10-14,C003,气动接头,PC8-02,个,100,2.18,218.00,CNY
"""


def company_on(server: EmbeddedMail, **changes: Any) -> Company:
    """The company of the examples, its mail on the embedded servers."""
    settings = configured().mail
    login = Secret(USERS[BOT])
    mail = replace(
        settings,
        smtp=Server("localhost", server.smtp_port, "tls", BOT, login),
        imap=Server("localhost", server.imap_port, "tls", BOT, login),
        ca_file=server.ca_file,
        authserv_id=AUTHSERV_ID,
        per_minute=1000,
    )
    staff = (*configured().staff, Staff("林志强", LIN, (Role.REP,), MANAGER))
    return configured(**{"mail": mail, "staff": staff, **changes})


@dataclass(slots=True)
class Town:
    """Everything of one test; what happens in it is asked for by the methods below."""

    folder: Path
    company: Company
    clock: SimulatedClock
    server: EmbeddedMail
    sandbox: Sandbox
    store: Store
    blobs: Blobs
    written: int = 0
    kept: list[bytes] = field(default_factory=list)
    keys: DomainKeys | None = None
    sign: Callable[[bytes], bytes] = bytes
    """What a customer's server does to what he sends."""

    @property
    def office(self) -> Office:
        days = self.company.calendar
        working_days = WorkingDays(days.country, days.working, days.off)
        return Office(self.company, self.store, self.blobs, self.clock, self.sandbox, working_days, keys=self.keys)

    def with_company(self, **changes: Any) -> None:
        self.company = replace(self.company, **changes)

    def at(self, day: int, hour: int = 9, minute: int = 0, month: int = 11) -> None:
        """Moves the clock to a time of November 2026 in Shanghai."""
        self.clock.set(datetime(2026, month, day, hour, minute, tzinfo=self.company.timezone))

    def later(self, **by: float) -> None:
        self.clock.advance(timedelta(**by))

    # What the bot does

    def file(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.write_text(text, "utf-8")
        return path

    def import_text(self, name: str, text: str) -> Any:
        (done,) = flow.import_files(self.office, [self.file(name, text)])
        return done

    def document(self, row: str) -> Any:
        """Imports one row of the ledger, in the short form of the columns."""
        self.written += 1
        return self.import_text(f"rows-{self.written}.csv", f"{_HEADER}\n{row}\n")

    def import_all(self) -> None:
        files = [SAMPLES / "worked-example.csv", self.file("rest.csv", _DOCUMENTS)]
        done = flow.import_files(self.office, [*files, SAMPLES / "customers.csv", self.file("people.csv", _CUSTOMERS)])
        assert not any(each.refused for each in done), done

    def prepare(self, period: Period = OCTOBER) -> dict[str, PreparedOne]:
        return {each.customer: each for each in flow.prepare(self.office, period)}

    def send(self, period: Period = OCTOBER) -> Any:
        queued = flow.queue(self.office, period)
        report = flow.deliver(self.office)
        assert report.refused is None
        return queued

    def poll(self) -> list[str]:
        """Fetches and judges; the outcomes in order but for our own copies. What is owed by then goes out."""
        received = flow.receive(self.office)
        report = flow.deliver(self.office)
        assert report.refused is None
        return [outcome for _, outcome in received.judged if outcome != "ignored"]

    # What customers and staff do

    def statement_mail(self, code: str = "C001", revision: int | None = None) -> bytes:
        row = self.row(code, revision)
        with self.store.read() as session:
            chosen = select(OutgoingRow).where(OutgoingRow.statement_id == row.id, OutgoingRow.purpose == "statement")
            return self.blobs.get(session.exec(chosen).one().sha256)

    def received(self, code: str = "C001", revision: int | None = None) -> Received:
        """The statement as its customer got it."""
        row = self.row(code, revision)
        statement = load_statement(row.value)
        pdf, sheet = self.blobs.get(row.pdf_sha256), self.blobs.get(row.xlsx_sha256)
        return Received(statement, pdf, sheet, statement_pdf.render(statement).layout, 7)

    def sealed(self, code: str = "C001") -> tuple[Attachment, ...]:
        """Our page, ticked, signed and sealed by its customer, and scanned."""
        got = self.received(code)
        if got.pdf not in _SEALED:
            name = got.statement.snapshot.customer.name
            _SEALED[got.pdf] = paper.sealed_scan(got.pdf, got.layout, name, 7, dpi=150, format="jpg")
        return _SEALED[got.pdf]

    def sealed_of(self, *rows: StatementRow) -> tuple[Attachment, ...]:
        """Those statements' pages, sealed and scanned, a file for each page, named by period."""
        for row in rows:
            if row.pdf_sha256 not in _SEALED_OF:
                statement, pdf = load_statement(row.value), self.blobs.get(row.pdf_sha256)
                layout, name = statement_pdf.render(statement).layout, statement.snapshot.customer.name
                pages = paper.sealed_scan(pdf, layout, name, 7, dpi=150, format="jpg")
                _SEALED_OF[row.pdf_sha256] = tuple(
                    Attachment(f"{row.period}-{each.name}", each.content_type, each.data) for each in pages
                )
        return tuple(each for row in rows for each in _SEALED_OF[row.pdf_sha256])

    def reply(
        self,
        text: str,
        attachments: Sequence[Attachment] = (),
        *,
        code: str = "C001",
        sender: str = LI,
        login: str | None = "",
        shape: str = "QQ",
        revision: int | None = None,
        headers: dict[str, str] | None = None,
        quoting: bool = True,
    ) -> bytes:
        """A reply to the statement arrives; ``login`` is who the server saw (``sender`` unless said, None nobody)."""
        letter = _letter(self.statement_mail(code, revision), sender)
        if not quoting:
            letter = replace(letter, text="")
        return self._arrive(Reply(shape, sender, "财务", text, tuple(attachments)), letter, login, headers or {})

    def answer_to(
        self, raw: bytes, text: str, attachments: Sequence[Attachment] = (), *, sender: str, login: str | None = ""
    ) -> bytes:
        """Somebody answers any mail of ours."""
        return self._arrive(Reply("Gmail", sender, "", text, tuple(attachments)), _letter(raw, sender), login, {})

    def answer_about(self, row: StatementRow, text: str, attachments: Sequence[Attachment] = ()) -> bytes:
        """The customer's confirmer answers the mail of one of several statements."""
        with self.store.read() as session:
            chosen = select(OutgoingRow).where(OutgoingRow.statement_id == row.id, OutgoingRow.purpose == "statement")
            raw = self.blobs.get(session.exec(chosen).one().sha256)
        return self.answer_to(raw, text, attachments, sender=LI)

    def letter(self, sender: str, subject: str, text: str, *, login: str | None = "") -> bytes:
        """A mail that answers nothing."""
        reply = Reply("Gmail", sender, "", text)
        return self._arrive(reply, Letter("none@nowhere.example", subject, BOT, sender, "", ""), login, {}, bare=True)

    def command(self, text: str, by: str = FINANCE, login: str | None = "") -> str:
        """A member of staff writes a command and gets the answer's text."""
        self.letter(by, "指令", text, login=login)
        self.poll()
        answers = self.mails("command_reply")
        return answers[-1].plain or "" if answers else ""

    def _arrive(  # the parts of one mail
        self, reply: Reply, letter: Letter, login: str | None, headers: dict[str, str], *, bare: bool = False
    ) -> bytes:
        self.written += 1
        mail = write(reply, letter, self.clock.now())
        mail.replace_header("Message-ID", f"<reply-{self.written}@{reply.sender.partition('@')[2]}>")
        if bare:
            del mail["In-Reply-To"], mail["References"]
            mail.set_content(reply.text)
            mail.replace_header("Subject", letter.subject)
        for name, value in headers.items():
            del mail[name]
            mail[name] = value
        if mail.is_multipart():
            mail.set_boundary(f"=-part-{self.written}")
        raw = mail.as_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        seen = reply.sender if login == "" else login
        self.arrive(authenticated(self.sign(raw), seen, AUTHSERV_ID))
        return raw

    def arrive(self, raw: bytes) -> None:
        """Any bytes arrive in the bot's mailbox."""
        self.kept.append(raw)
        self.server.deliver(BOT, raw)

    # What can be looked at

    def all(self, table: type[SQLModel], *where: Any) -> list[Any]:
        with self.store.read() as session:
            return list(session.exec(select(table).where(*where)).all())

    def rows(self, code: str = "C001") -> list[StatementRow]:
        """All live statements of a customer."""
        return self.all(StatementRow, StatementRow.customer == code, col(StatementRow.live).is_(True))

    def row(self, code: str = "C001", revision: int | None = None) -> StatementRow:
        chosen = col(StatementRow.live).is_(True) if revision is None else StatementRow.revision == revision
        rows: list[StatementRow] = self.all(StatementRow, StatementRow.customer == code, chosen)
        (found,) = rows
        return found

    def state(self, code: str = "C001") -> str:
        return self.row(code).state

    def owed(self, purpose: str) -> list[OutgoingRow]:
        return self.all(OutgoingRow, OutgoingRow.purpose == purpose)

    def mails(self, purpose: str) -> list[Mail]:
        """What we owe or sent for a purpose, read back."""
        return [parse(self.blobs.get(row.sha256)) for row in self.owed(purpose)]

    def tasks(self, kind: str | None = None) -> list[TaskRow]:
        """The open tasks."""
        return [each for each in self.all(TaskRow) if each.closed_at is None and kind in {None, each.kind}]

    def events(self, kind: str) -> list[EventRow]:
        return self.all(EventRow, EventRow.kind == kind)

    def history(self, code: str = "C001") -> list[tuple[str, str]]:
        """The changes of a case's state, (from, to), as the audit log has them."""
        number = self.row(code).number
        found = self.all(EventRow, col(EventRow.subject).startswith(number), col(EventRow.kind).in_(_CASES))
        return [(event.before, event.after) for event in found]

    def judged(self) -> list[MailRow]:
        return self.all(MailRow)

    def change(self, change: Callable[[Session], None]) -> None:
        with self.store.write() as session:
            change(session)


_SEALED_OF: dict[str, tuple[Attachment, ...]] = {}
_SEALED: dict[bytes, tuple[Attachment, ...]] = {}
"""Sealed pages by the PDF that was printed: drawn once for all tests."""


def yes(name: str = HENGYUAN) -> str:
    """A full confirmation as a clerk writes it."""
    return f"您好，\n{name}确认2026年10月销售对账单无误。\n盖章件见附件，请查收。\n"


def _letter(raw: bytes, to: str) -> Letter:
    mail = parse(raw)
    return Letter(mail.message_id, mail.subject, BOT, to, mail.date, mail.plain or "")


@contextmanager
def a_town(folder: Path, server: EmbeddedMail, sandbox: Sandbox, clock: SimulatedClock) -> Iterator[Town]:
    """A town in a folder; one that was there before goes on."""
    store = Store(f"sqlite:///{folder}/bot.db")
    try:
        yield Town(folder, company_on(server), clock, server, sandbox, store, Blobs(folder / "blobs"))
    finally:
        store.close()


def copied(source: Path, target: Path) -> Path:
    """A town's folder, copied as it lies there closed."""
    shutil.copytree(source, target)
    return target
