"""The demo: a whole month in about a minute, on real mail servers inside this program, by a simulated clock.

Statements go out over SMTP, customers of every habit answer, the bot reads the answers over IMAP, records
confirmations, opens threads, and finance gets the digest every evening.
"""

import secrets
import shutil
import time as stopwatch
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Protocol

from sqlmodel import Session, col, func, select

from bot import flow
from bot.config_file.load import load
from bot.decide.rows import TaskKind
from bot.demo import company, people
from bot.demo.company import DemoCustomer
from bot.demo.people import Post
from bot.edges.clock import SimulatedClock
from bot.edges.embedded import EmbeddedMail
from bot.edges.tables import MailRow, OutgoingRow, StatementRow, TaskRow
from bot.model import Purpose
from bot.steps import reporting
from bot.steps.office import Office
from bot.terminal import complain, print_json, progress, say, table
from parsers.period import Period

PERIOD = Period("month", 2026, 10)
START = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)  # Monday 09:00 in Shanghai
SENDING = datetime(2026, 11, 3, 0, 30, tzinfo=UTC)
END = datetime(2026, 11, 13, 10, 0, tzinfo=UTC)
CHASE_AT, DIGEST_AT = time(1, 0), time(10, 0)  # 09:00 and 18:00 in Shanghai
STATEMENTS_SAVED = 3


@dataclass(frozen=True, slots=True)
class Ended:
    """How the month ended for one customer."""

    customer: DemoCustomer
    outcome: str
    statement: str

    @property
    def ok(self) -> bool:
        """Whether it is what the habit demands."""
        return self.outcome == self.customer.habit.expected


@dataclass(frozen=True, slots=True)
class _Event:
    """Something that happens at an instant: a customer's act (by place), a chase or a digest."""

    at: datetime
    order: int
    what: str
    customer: DemoCustomer | None = None
    act: int = 0


class Servers(Protocol):
    """The mail servers of a month: the embedded ones, or real ones in tests."""

    users: dict[str, str]
    smtp_port: int
    imap_port: int
    ca_file: Path

    @property
    def host(self) -> str:
        """The name in their certificate."""
        ...

    def until_idle(self) -> None:
        """Returns when everything submitted lies in its mailbox."""
        ...


Start = Callable[[dict[str, str], dict[str, str], SimulatedClock], AbstractContextManager[Servers]]


def embedded(users: dict[str, str], bounces: dict[str, str], clock: SimulatedClock) -> EmbeddedMail:
    """The servers inside this program."""
    return EmbeddedMail(
        users,
        authserv_id=company.AUTHSERV_ID,
        bounces=bounces,
        now=clock.now,
        ports=(company.SMTP_PORT, company.IMAP_PORT),
    )


def run(
    count: int,
    *,
    keep: bool = False,
    out: Path = Path("demo-output"),
    as_json: bool = False,
    start: Start = embedded,
) -> bool:
    """Runs the month and shows how it ended; True where every customer's outcome is what its habit demands."""
    started, everybody = stopwatch.monotonic(), company.customers(count)
    clock = SimulatedClock(START)
    with start(*_mailboxes(everybody), clock) as mail:
        post = _post(mail)
        path = _write_configuration(out, mail)
        with flow.offices(load(path, {}), clock) as offices:
            office = next(iter(offices.values()))
            _Month(office, clock, everybody, post, mail.until_idle).play(quiet=as_json)
            ended = _ended(office, everybody)
            digest = _save(office, out, ended)
            seconds = stopwatch.monotonic() - started
            _show_json(office, ended, digest, seconds) if as_json else _show(office, ended, digest, seconds)
        if keep:
            _wait(mail, path, everybody)
    return all(each.ok for each in ended)


def _mailboxes(everybody: Sequence[DemoCustomer]) -> tuple[dict[str, str], dict[str, str]]:
    """Addresses with passwords, and those that bounce with their reply."""
    addresses = [company.BOT, *company.STAFF, *company.EXAMPLE_CONTACTS, people.STRANGER]
    addresses += [each.address for each in everybody if each.habit.name != "bounce"]
    bounces = {each.address: "550 5.1.1 mailbox unavailable" for each in everybody if each.habit.name == "bounce"}
    return {address: secrets.token_urlsafe(9) for address in addresses}, bounces


def _post(mail: Servers) -> Post:
    return Post(mail.host, mail.smtp_port, mail.imap_port, str(mail.ca_file), lambda address: mail.users[address])


def _write_configuration(out: Path, mail: Servers) -> Path:
    """A fresh folder as a newcomer would have it; what an earlier demo left there is removed."""
    pictures = [path.name for path in out.glob("DZ-*.jpg")]
    for name in ("data", "config.yaml", "secret", "ca.pem", "digest.html", "digest.xlsx", *pictures):
        _remove(out / name)
    out.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(mail.ca_file, out / "ca.pem")
    secret = out / "secret"
    secret.touch(mode=0o600)
    secret.write_text(mail.users[company.BOT])
    path = out / "config.yaml"
    path.write_text(company.config_yaml(mail.smtp_port, mail.imap_port, "ca.pem"), "utf-8")
    return path


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class _Month:
    """The month while it goes by."""

    office: Office
    clock: SimulatedClock
    everybody: Sequence[DemoCustomer]
    post: Post
    until_idle: Callable[[], None]

    def play(self, *, quiet: bool) -> None:
        """Monday: import and prepare. Tuesday: send. Then day by day what customers write, to the second Friday."""
        office, everybody = self.office, self.everybody
        tell = (lambda _: None) if quiet else say
        tell(f"{office.day_of(START)}  importing the ERP's export, preparing {PERIOD.label}")
        _import(office, everybody)
        with progress("preparing", len(everybody)) as done:
            prepared = flow.prepare(office, PERIOD, done)
        held = sum(each.result == "held" for each in prepared)
        tell(f"            {len(prepared) - held} statements prepared, {held} held")
        self.clock.set(SENDING)
        with progress("drawing PDF and workbook", len(prepared)) as done:
            flow.queue(office, PERIOD, done)
        with progress("sending over SMTP", len(prepared)) as done:
            sent = self.deliver(done)
        tell(f"{office.today()}  {sent} mails sent; customers begin to answer")
        events = _events(everybody, self.clock.now())
        with progress("the month goes by", len(events)) as done:
            for event in events:
                self.happen(event)
                done(event)
        tell(f"{office.today()}  {len(events)} events later the month is over")

    def deliver(self, done: Callable[[object], None] | None = None) -> int:
        """Delivers until nothing is due; the simulated clock waits for the provider's quota."""
        sent = 0
        while True:
            report = flow.deliver(self.office, done)
            sent += report.sent
            if report.refused is not None:
                raise report.refused
            if report.resume_at is None:
                self.until_idle()
                return sent
            self.clock.set(report.resume_at)

    def happen(self, event: _Event) -> None:
        """One event; the bot looks at its mailbox after every one."""
        self.clock.set(max(event.at, self.clock.now()))
        if event.customer is not None:
            self.answer(event.customer, event.act)
        flow.receive(self.office)
        if event.what == "chase":
            flow.chase(self.office)
        if event.what == "digest":
            flow.digest(self.office, PERIOD)
        self.deliver()

    def answer(self, customer: DemoCustomer, place: int) -> None:
        """The customer reads the statement in its own mailbox and answers."""
        found = people.read_statement(self.post, customer)
        if found is not None:
            letter, received = found
            act = customer.habit.acts[place]
            people.answer(self.post, customer, act, letter, received, now=self.clock.now())
            self.until_idle()


def _import(office: Office, everybody: Sequence[DemoCustomer]) -> None:
    folder = office.blobs.folder.parent / "imports"
    folder.mkdir(parents=True, exist_ok=True)
    files = {"customers.csv": company.customers_csv, "documents.csv": company.documents_csv}
    for name, make in files.items():
        (folder / name).write_bytes(make(tuple(everybody)))
    for done in flow.import_files(office, [folder / name for name in files]):
        if done.refused:
            raise ValueError(f"the demo's own {done.name} has faults: {done.faults[:3]}")


def _events(everybody: Sequence[DemoCustomer], sent_at: datetime) -> list[_Event]:
    """All that happens, in order: acts at their hours, a chase every morning, a digest every evening."""
    events = [
        _Event(sent_at + timedelta(hours=act.hours, minutes=10 + 12 * place), place, "act", customer, place)
        for customer in everybody
        for place, act in enumerate(customer.habit.acts)
    ]
    day = SENDING.date()
    while day <= END.date():
        events.append(_Event(datetime.combine(day, CHASE_AT, UTC), 0, "chase"))
        events.append(_Event(datetime.combine(day, DIGEST_AT, UTC), 0, "digest"))
        day += timedelta(days=1)
    return sorted((each for each in events if each.at >= sent_at), key=lambda event: (event.at, event.order))


def _ended(office: Office, everybody: Sequence[DemoCustomer]) -> list[Ended]:
    with office.store.read() as session:
        rows = {row.customer: row for row in session.exec(select(StatementRow).where(col(StatementRow.live).is_(True)))}
        bounced = set(session.exec(select(TaskRow.customer).where(TaskRow.kind == TaskKind.BOUNCE.value)))
    return [
        Ended(
            each,
            "bounce" if each.code in bounced else rows[each.code].state if each.code in rows else "none",
            rows[each.code].number if each.code in rows else "",
        )
        for each in everybody
    ]


def _save(office: Office, out: Path, ended: Sequence[Ended]) -> Path:
    """The digest and a few statements as files to look at."""
    digest = out / "digest.html"
    reporting.save_digest(office, PERIOD, digest)
    folder = out / "statements"
    _remove(folder)
    folder.mkdir()
    with office.store.read() as session:
        rows = session.exec(select(StatementRow).where(StatementRow.pdf_sha256 != "")).all()
        for row in rows[:STATEMENTS_SAVED]:
            (folder / f"{row.number}.pdf").write_bytes(office.blobs.get(row.pdf_sha256))
            (folder / f"{row.number}.xlsx").write_bytes(office.blobs.get(row.xlsx_sha256))
    return digest if ended else out


def _counts(session: Session) -> tuple[int, int]:
    sent = session.exec(select(func.count()).where(OutgoingRow.state == "sent")).one()
    received = session.exec(select(func.count()).select_from(MailRow)).one()
    return sent, received


def _show_json(office: Office, ended: Sequence[Ended], digest: Path, seconds: float) -> None:
    with office.store.read() as session:
        sent, received = _counts(session)
    print_json(
        {
            "customers": [
                {
                    "customer": each.customer.name,
                    "habit": each.customer.habit.name,
                    "expected": each.customer.habit.expected,
                    "outcome": each.outcome,
                    "ok": each.ok,
                    "statement": each.statement or None,
                }
                for each in ended
            ],
            "sent": sent,
            "received": received,
            "digest": str(digest),
            "seconds": round(seconds, 1),
            "ok": all(each.ok for each in ended),
        }
    )


def _show(office: Office, ended: Sequence[Ended], digest: Path, seconds: float) -> None:
    with office.store.read() as session:
        sent, received = _counts(session)
        digests = session.exec(
            select(func.count()).where(OutgoingRow.purpose == Purpose.DIGEST.value, OutgoingRow.state == "sent")
        ).one()
    table(
        f"{office.name} {PERIOD.label}",
        ("", "customer", "habit", "outcome", "statement"),
        [
            ("✓" if each.ok else "✗", each.customer.name, each.customer.habit.told, each.outcome, each.statement)
            for each in ended
        ],
    )
    say(f"{sent} mails sent, {received} received, {digests} daily digests, {seconds:.0f} s")
    say(f"look at {digest} and {digest.parent / 'statements'}")
    for each in ended:
        if not each.ok:
            complain(f"{each.customer.name}: expected {each.customer.habit.expected}, was {each.outcome}")


def _wait(mail: Servers, path: Path, everybody: Sequence[DemoCustomer]) -> None:
    """Leaves the servers up, so that a newcomer can answer with an own mail program, or try an own folder."""
    authority = Path("data/demo/ca.pem")
    authority.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(mail.ca_file, authority)
    shown = [company.BOT, company.FINANCE, *company.EXAMPLE_CONTACTS]
    shown += [each.address for each in everybody if each.address in mail.users]
    table("logins", ("user", "password"), [(address, mail.users[address]) for address in shown])
    say(f"IMAP {mail.host} port {mail.imap_port}, SMTP {mail.host} port {mail.smtp_port}, both with SSL/TLS;")
    say(f"the certificate authority is {authority}")
    say(f"answer a statement, then: duizhang poll --once --config {path}")
    password = mail.users[company.BOT]
    say(f"an own folder beside it: duizhang init; export SMTP_PASSWORD={password} IMAP_PASSWORD={password}")
    say("Ctrl-C here ends the servers")
    try:
        while True:
            stopwatch.sleep(3600)
    except KeyboardInterrupt:
        say("the servers are down")
