"""What a receiving server writes on a mail: trace headers, the verdict on its sender, and bounces (RFC 3464).

Used by the embedded server and by tests' real one; the bot itself never stamps anything.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from uuid import uuid4

_HEADER_END = re.compile(rb"\r?\n\r?\n")
_AUTHOR = re.compile(rb"(?:[^<>]*<([^<>\s]{3,320})>|([^<>\s]{3,320}))")
_FIELD = re.compile(rb"[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n")


@dataclass(frozen=True, slots=True)
class Postmark:
    """A server's identity: ``authserv_id`` signs its verdicts, ``at`` is when the mail came in."""

    authserv_id: str
    at: datetime


def stamp(raw: bytes, login: str, envelope_from: str, mark: Postmark) -> bytes:
    """The mail as delivered: verdict and trace on top, verdicts forged in our name removed, else byte-exact."""
    received = (
        f"Received: from [127.0.0.1] by {mark.authserv_id} with ESMTPSA id {uuid4().hex[:12]};"
        f" {format_datetime(mark.at)}\r\n"
    )
    return f"Return-Path: <{envelope_from}>\r\n".encode() + authenticated(
        received.encode() + raw, login, mark.authserv_id
    )


def authenticated(raw: bytes, login: str | None, authserv_id: str) -> bytes:
    """The mail with this server's verdict on top and no other one in its name; no verdict where nobody logged in."""
    clean = _without_forged(raw, authserv_id)
    if login is None:
        return clean
    verdict, domain = _verdict(raw, login)
    return f"Authentication-Results: {authserv_id}; dmarc={verdict} header.from={domain}\r\n".encode() + clean


def _verdict(raw: bytes, login: str) -> tuple[str, str]:
    """``pass`` only when the single From line holds the address that logged in."""
    lines = [line for line in _header(raw) if line.lower().startswith(b"from:")]
    # The address that a reader sees as the author: in the last pair of brackets, or bare.
    found = _AUTHOR.fullmatch(b" ".join(lines[0].partition(b":")[2].split())) if lines else None
    address = (found[1] or found[2]).decode("ascii", "replace") if found else ""
    domain = re.sub(r"[^a-z0-9.-]", "", address.rpartition("@")[2].lower()) or "unknown"
    passed = len(lines) == 1 and address.lower() == login.lower()
    return ("pass" if passed else "fail"), domain


def _header(raw: bytes) -> list[bytes]:
    end = _HEADER_END.search(raw)
    return _FIELD.findall(raw[: end.start() + 2] if end else raw)


def _without_forged(raw: bytes, authserv_id: str) -> bytes:
    end = _HEADER_END.search(raw)
    if end is None:
        return raw
    forged = re.compile(rb"authentication-results\s*:\s*" + re.escape(authserv_id.encode().lower()) + rb"[\s;]")
    cut = end.start() + 2 if raw[end.start() : end.start() + 2] == b"\r\n" else end.start() + 1
    kept = (line for line in _FIELD.findall(raw[:cut]) if not forged.match(b" ".join(line.lower().split())))
    return b"".join(kept) + raw[cut:]


def bounce(raw: bytes, envelope_from: str, failed: Mapping[str, str], mark: Postmark) -> bytes:
    """A delivery status notification to ``envelope_from``; ``failed`` maps each address to the reply it got."""
    boundary = f"=_{uuid4().hex}"
    header = b"".join(_header(raw)).replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    told = "".join(f"<{address}>: {reply}\r\n" for address, reply in failed.items())
    status = "".join(
        f"\r\nFinal-Recipient: rfc822; {address}\r\nAction: failed\r\nStatus: {_status(reply)}\r\n"
        f"Diagnostic-Code: smtp; {reply}\r\n"
        for address, reply in failed.items()
    )
    text = (
        f"Return-Path: <>\r\n"
        f"Received: by {mark.authserv_id} id {uuid4().hex[:12]}; {format_datetime(mark.at)}\r\n"
        f"Date: {format_datetime(mark.at)}\r\n"
        f"From: Mail Delivery System <MAILER-DAEMON@{mark.authserv_id}>\r\n"
        f"To: {envelope_from}\r\n"
        f"Subject: Undelivered Mail Returned to Sender\r\n"
        f"Message-ID: <{uuid4().hex}@{mark.authserv_id}>\r\n"
        f"Auto-Submitted: auto-replied\r\n"
        f"MIME-Version: 1.0\r\n"
        f'Content-Type: multipart/report; report-type=delivery-status; boundary="{boundary}"\r\n\r\n'
        f"--{boundary}\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\n"
        f"I'm sorry to have to inform you that your message could not be delivered.\r\n\r\n{told}\r\n"
        f"--{boundary}\r\nContent-Type: message/delivery-status\r\n\r\n"
        f"Reporting-MTA: dns; {mark.authserv_id}\r\n{status}\r\n"
        f"--{boundary}\r\nContent-Type: text/rfc822-headers\r\n\r\n"
    )
    return text.encode() + header + f"\r\n--{boundary}--\r\n".encode()


def _status(reply: str) -> str:
    found = re.search(r"\b[245]\.\d{1,3}\.\d{1,3}\b", reply)
    return found[0] if found else "5.0.0"
