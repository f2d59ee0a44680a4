"""``doctor``: what a person would try by hand — folders, database, calendar, TLS, logins, a mail to ourselves (N3)."""

import asyncio
import importlib.util
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from bot.decide.owners import unowned
from bot.edges.domain_keys import DomainKeys
from bot.edges.imap import Mailbox
from bot.edges.smtp import Link
from bot.edges.tls import MailRefused
from bot.steps import ledger, probing
from bot.steps.office import Office
from parsers.scan import pades

INJECTING = ((3, 11, 9), (3, 12, 4))
"""From these versions on the interpreter's own serialiser no longer injects headers (CVE-2024-6923)."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    what: str
    finding: str
    state: Literal["good", "warning", "bad"] = "good"

    @property
    def bad(self) -> bool:
        """Whether the bot can't work like this."""
        return self.state == "bad"

    @property
    def mark(self) -> str:
        """A sign for the table."""
        return {"good": "✓", "warning": "!", "bad": "✗"}[self.state]


def examine(office: Office) -> list[Finding]:
    """All findings, in the order in which a person would mend them."""
    return [finding for look in _LOOKS for finding in look(office)]


def _interpreter(_office: Office) -> Iterator[Finding]:
    version = sys.version_info[:3]
    wanted = next((each for each in INJECTING if each[:2] == version[:2]), None)
    text = ".".join(map(str, version))
    if wanted is not None and version < wanted:
        remedy = f"Python {text} can inject mail headers (CVE-2024-6923); our own guard holds, an update is better"
        yield Finding("python", remedy, "warning")
    else:
        yield Finding("python", text)


def _scans(office: Office) -> Iterator[Finding]:
    """Which of the abilities to read signed pages are installed."""
    if not _installed("cv2"):
        yield Finding(
            "scans", "the extra `scan` isn't installed: QR codes are read, every scan goes to a person", "warning"
        )
    elif not _installed("rapidocr", "onnxruntime"):
        yield Finding(
            "scans",
            "rapidocr isn't installed (extra `scan`): signed pages are compared with ours, nobody's seal is read",
            "warning",
        )
    else:
        yield Finding("scans", "signed pages are compared with ours, names on seals with the customer's")
    yield _seals(office)
    yield _electronic(office)


def _installed(*names: str) -> bool:
    return all(importlib.util.find_spec(name) is not None for name in names)


def _seals(office: Office) -> Finding:
    with office.store.read() as session:
        customers = ledger.customers(session, office.name)
    tables = sum(bool(each.seals) for each in customers)
    signatories = sum(bool(each.signatories) for each in customers)
    kinds = "、".join(office.company.seals) or "none: every sealed copy goes to finance"
    return Finding("seals", f"count: {kinds}; {tables} customers have a table of their own, {signatories} signatories")


def _electronic(office: Office) -> Finding:
    """Whether electronic signatures in PDFs can be verified, and on whose authority."""
    if not _installed("pyhanko"):
        text = "the extra `pades` isn't installed: a PDF with electronic signatures is read like any other scan"
        return Finding("e-signatures", text, "warning")
    roots = pades.authorities(office.company.certificates)
    if not roots:
        return Finding("e-signatures", "no authority is trusted (confirmation.certificates): a person decides on each")
    ended = [name for name, until in roots if until < office.today()]
    if ended:
        return Finding(
            "e-signatures", f"expired: {', '.join(ended)}; put a current certificate in its place", "warning"
        )
    named = ", ".join(f"{name} until {until}" for name, until in roots)
    return Finding("e-signatures", f"trusted: {named}; revocation is not looked up")


def _folder(office: Office) -> Iterator[Finding]:
    folder = office.blobs.folder.parent
    if folder.stat().st_mode & 0o077:
        yield Finding("data folder", f"{folder} can be read by others: chmod 700 {folder}", "warning")
    else:
        yield Finding("data folder", str(folder))


def _calendar(office: Office) -> Iterator[Finding]:
    year = office.today().year
    open_years = [each for each in (year, year + 1) if office.working_days.provisional(each)]
    if open_years:
        years = ", ".join(map(str, open_years))
        yield Finding("calendar", f"make-up days of {years} aren't published yet: dates are provisional", "warning")
    else:
        yield Finding("calendar", office.company.calendar.country)


def _owners(office: Office) -> Iterator[Finding]:
    with office.store.read() as session:
        customers = ledger.customers(session, office.name)
    faults = unowned(office.company, customers)
    if not faults:
        yield Finding("owners", f"{len(customers)} customers have rep, superior and finance")
    for fault in faults:
        yield Finding("owners", str(fault), "bad")


def _authentication(office: Office) -> Iterator[Finding]:
    mail, keys = office.company.mail, office.keys
    if mail.authserv_id is not None:
        yield Finding("authentication", f"results of {mail.authserv_id} are trusted")
    elif keys is not None:
        text = "mail.authserv_id is not set: only a DKIM signature of the sender's domain proves a sender"
        yield Finding("authentication", text, "warning")
    else:
        text = "mail.authserv_id is not set: no mail counts as authenticated, nothing is confirmed by itself"
        yield Finding("authentication", text, "warning")
    if keys is not None:
        yield _resolver(keys, mail.address.rpartition("@")[2])


def _resolver(keys: DomainKeys, domain: str) -> Finding:
    """Whether names can be looked up; that our own domain has no key of this name is an answer, too."""
    if keys.look_up(domain, "duizhang-doctor").reason == "unreachable":
        text = "no name server answers: senders can't be proven by their DKIM signatures (authentication.dkim)"
        return Finding("domain keys", text, "warning")
    return Finding("domain keys", "DKIM signatures of senders are checked, keys can be looked up")


def _smtp(office: Office) -> Iterator[Finding]:
    async def connect() -> None:
        async with Link(office.company.mail):
            pass

    server = office.company.mail.smtp
    yield _tried("SMTP", f"{server.host}:{server.port} as {server.username}", lambda: asyncio.run(connect()))


def _imap(office: Office) -> Iterator[Finding]:
    server = office.company.mail.imap

    def look() -> None:
        with Mailbox(office.company.mail) as mailbox:
            mailbox.receiving()

    yield _tried("IMAP", f"{server.host}:{server.port} as {server.username}", look)


def _round_trip(office: Office) -> Iterator[Finding]:
    try:
        trip = probing.round_trip(office.company, office.now())
    except MailRefused as refusal:
        yield Finding("round trip", str(refusal), "bad")
        return
    if trip is None:
        yield Finding("round trip", "a mail to ourselves did not come back: is mail.address the mailbox's own?", "bad")
        return
    yield Finding("round trip", f"a mail to ourselves came back in {trip.seconds:.1f} s")
    if not trip.same_id:
        text = "the server rewrites Message-IDs: set mail.sent_copy to none, doubtful mails go to a person"
        yield Finding("round trip", text, "bad")
    yield from _stamped(office, trip)


def _stamped(office: Office, trip: probing.RoundTrip) -> Iterator[Finding]:
    """Whether the receiving server's verdicts can be trusted: stamped by it, and forged ones stripped."""
    if office.company.mail.authserv_id is None:
        return
    if not trip.cleaned:
        text = "the server lets forged Authentication-Results through: unset mail.authserv_id, they prove nothing"
        yield Finding("authentication", text, "bad")
    elif trip.verdict != "pass":
        text = f"our own mail came back as {trip.verdict}: is mail.authserv_id the name that the server stamps?"
        yield Finding("authentication", text, "warning")
    else:
        yield Finding("authentication", "stamped by the server, a forged verdict was stripped")


def _tried(what: str, good: str, attempt: Callable[[], None]) -> Finding:
    try:
        attempt()
    except MailRefused as refusal:
        return Finding(what, str(refusal), "bad")
    return Finding(what, good)


_LOOKS: tuple[Callable[[Office], Iterator[Finding]], ...] = (
    _interpreter,
    _scans,
    _folder,
    _calendar,
    _owners,
    _authentication,
    _smtp,
    _imap,
    _round_trip,
)
