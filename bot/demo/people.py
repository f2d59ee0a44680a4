"""The demo's customers at their mail programs: they read their mailbox over IMAP and answer over SMTP, TLS only."""

import smtplib
import ssl
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage

from imapclient import IMAPClient

from bot.compose import statement_pdf
from bot.demo.clients import Letter, Reply, write
from bot.demo.company import BOT, DemoCustomer
from bot.demo.habits import Act, Received
from bot.model import load_statement
from parsers.mail import Mail, parse
from parsers.sheet import statement_json


@dataclass(frozen=True, slots=True)
class Post:
    """Where the mail servers listen, and everybody's password."""

    host: str
    smtp_port: int
    imap_port: int
    ca_file: str
    password: Callable[[str], str]

    @property
    def tls(self) -> ssl.SSLContext:
        """A context that trusts the demo's own authority, and nobody else."""
        return ssl.create_default_context(cafile=self.ca_file)


def read_statement(post: Post, customer: DemoCustomer) -> tuple[Letter, Received] | None:
    """The latest statement in a customer's mailbox; None where none came."""
    with closing(_Box(post, customer.address)) as box:
        mails = [parse(raw) for raw in box.all()]
    found = [mail for mail in mails if mail.header("x-dz-statement") and _file(mail, ".xlsx")]
    return (_letter(found[-1], customer), _received(found[-1], customer)) if found else None


class _Box:
    """A mailbox that is only read."""

    def __init__(self, post: Post, address: str) -> None:
        self._client = IMAPClient(post.host, post.imap_port, ssl=True, ssl_context=post.tls, timeout=30)
        self._client.login(address, post.password(address))
        self._client.select_folder("INBOX", readonly=True)

    def all(self) -> list[bytes]:
        """The raw mails, oldest first."""
        uids = self._client.search("ALL")
        found = self._client.fetch(uids, ["BODY.PEEK[]"]) if uids else {}
        return [found[uid][b"BODY[]"] for uid in uids]

    def close(self) -> None:
        self._client.logout()


def _file(mail: Mail, ending: str) -> bytes:
    return next((part.data for part in mail.attachments if part.name.lower().endswith(ending)), b"")


def _letter(mail: Mail, customer: DemoCustomer) -> Letter:
    return Letter(mail.message_id, mail.subject, BOT, customer.address, mail.date, mail.plain or "")


def _received(mail: Mail, customer: DemoCustomer) -> Received:
    sheet, pdf = _file(mail, ".xlsx"), _file(mail, ".pdf")
    text = statement_json(sheet)
    if text is None:
        raise ValueError(f"the statement of {customer.code} has no hidden page")
    statement = load_statement(text)
    return Received(statement, pdf, sheet, statement_pdf.render(statement).layout, customer.seed)


def answer(post: Post, customer: DemoCustomer, act: Act, letter: Letter, received: Received, *, now: datetime) -> None:
    """Sends what an act says, under whatever login its sender has."""
    reply = Reply(
        customer.habit.shape, _from(customer, act), _name(customer, act), act.words(received), act.attach(received)
    )
    mail = write(reply, letter, now)
    if act.sender == "robot":
        mail["Auto-Submitted"] = "auto-replied"
        mail.replace_header("Subject", f"自动回复: {letter.subject}")
    login = customer.rep if act.sender == "rep" else STRANGER if act.sender == "stranger" else customer.address
    submit(post, login, mail)


STRANGER = "mallory@attack.example"


def _from(customer: DemoCustomer, act: Act) -> str:
    return customer.rep if act.sender == "rep" else customer.address


def _name(customer: DemoCustomer, act: Act) -> str:
    return "业务" if act.sender == "rep" else customer.contact


def submit(post: Post, login: str, mail: EmailMessage) -> None:
    """Sends a mail over SMTP with implicit TLS."""
    with smtplib.SMTP_SSL(post.host, post.smtp_port, context=post.tls, timeout=30) as server:
        server.login(login, post.password(login))
        server.send_message(mail, from_addr=login, to_addrs=[BOT])
