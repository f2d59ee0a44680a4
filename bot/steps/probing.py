"""``doctor``'s round trip: a mail to ourselves, with a forged verdict in it, must come back stamped and cleaned."""

import asyncio
import secrets
import time
from dataclasses import dataclass
from datetime import datetime

from bot.compose.message import build
from bot.config import Company
from bot.edges.imap import Mailbox
from bot.edges.smtp import Accepted, Link
from bot.edges.tls import ServerBusy
from bot.model import Draft, Purpose
from parsers import authentication
from parsers.fingerprint import message_id
from parsers.mail import parse

PATIENCE_SECONDS = 30.0
_LOOKED_AT = 50
_FORGER = "forged.invalid"


@dataclass(frozen=True, slots=True)
class RoundTrip:
    """What became of the mail; ``verdict`` is what the receiving server says of our own sending.

    ``same_id``: it kept our Message-ID, without which a doubtful mail can't be settled. ``cleaned``: the forged
    verdict was stripped.
    """

    seconds: float
    same_id: bool
    cleaned: bool
    verdict: str


def round_trip(company: Company, now: datetime, patience: float = PATIENCE_SECONDS) -> RoundTrip | None:
    """Sends it and looks for it; None where it didn't come back in time. Raises MailRefused."""
    mark = secrets.token_hex(8)
    raw = _probe(company, mark, now)
    started = time.monotonic()
    asyncio.run(_send(company, raw))
    while time.monotonic() - started < patience:
        found = _found(company, mark)
        if found is not None:
            return _judged(company, raw, found, time.monotonic() - started)
        time.sleep(0.5)
    return None


def _probe(company: Company, mark: str, now: datetime) -> bytes:
    own = company.mail.address
    text = "duizhang doctor: this mail may be deleted.\n"
    draft = Draft(Purpose.PROBE, f"duizhang doctor {mark}", text, f"<p>{text}</p>", (own,))
    raw = build(draft, own, company.name, f"{mark}@{own.partition('@')[2]}", now)
    claimed = company.mail.authserv_id or "mx.invalid"
    return f"Authentication-Results: {claimed}; dmarc=pass header.from={_FORGER}\r\n".encode() + raw


async def _send(company: Company, raw: bytes) -> None:
    own = company.mail.address
    async with Link(company.mail) as link:
        outcome = await link.send(own, (own,), raw)
    if not isinstance(outcome, Accepted):
        raise ServerBusy(f"{company.mail.smtp.host} didn't take a mail from {own} to itself", "ask the provider why")


def _found(company: Company, mark: str) -> bytes | None:
    """Our probe in one of the folders that mail comes in by; looked for by its subject, read on our side."""
    with Mailbox(company.mail) as mailbox:
        for name in mailbox.receiving():
            uids = mailbox.uids(mailbox.examine(name), 1)[-_LOOKED_AT:]
            for uid in reversed(uids):
                if mark.encode() in mailbox.header(uid):
                    return mailbox.bodies([uid]).get(uid)
    return None


def _judged(company: Company, sent: bytes, found: bytes, seconds: float) -> RoundTrip:
    mail = parse(found)
    cleaned = not any(_FORGER in value for value in mail.header_values("authentication-results"))
    verdict = authentication.verdict(mail, company.mail.authserv_id)
    return RoundTrip(seconds, message_id(found) == message_id(sent), cleaned, verdict)
