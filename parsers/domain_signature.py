"""DKIM before any look-up: which signatures of a mail could prove its author's domain, and why others can't.

``DKIM-Signature: v=1; a=rsa-sha256; d=customer.example; s=s1; t=…; h=from:subject:date; bh=…; b=…``. Stricter than
RFC 6376 where a stranger could make a good signature say something else: every header that decides how we read the
mail stands there once and is signed, the whole body is signed, and the signature was made when the mail was sent.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Literal

from parsers import mime_guard
from parsers.domain import is_domain, vouches_for

MAX_TRIED, MAX_VALUE = 4, 4_096
OLDEST, AHEAD = timedelta(days=10), timedelta(days=1)
"""How long before its arrival a mail may have been signed (servers retry for five days), and how far clocks differ."""

Result = Literal["pass", "fail", "refused", "unreachable"]


@dataclass(frozen=True, slots=True)
class DomainSignature:
    """One signature by a domain that may speak for the author's; ``place`` counts all of the mail's from the top.

    ``identity`` is the domain of ``i=``. ``refused`` is the code of why it counts for nothing, empty where it may.
    """

    place: int
    domain: str
    selector: str
    identity: str
    refused: str = ""


@dataclass(frozen=True, slots=True)
class DomainCheck:
    """What became of one signature, kept with the mail: with ``record``, the key as the DNS had it, it can be redone.

    ``reason`` is a code, empty for a pass; ``bits`` the key's length, 0 where no key was read.
    """

    domain: str
    selector: str
    result: Result
    reason: str = ""
    record: str = ""
    bits: int = 0


_ENDS = re.compile(rb"\r?\n\r?\n")
_LINE = re.compile(rb"[\x21-\x39\x3b-\x7e]{1,200}:")
_LONE_RETURN = re.compile(rb"\r(?!\n)|\x00")
_LONG_BLANKS = re.compile(rb"[ \t]{2000}")
"""Stripping blanks at the ends of lines takes quadratic time in the library."""
_SINGLE = frozenset({
    b"from", b"subject", b"date", b"to", b"cc", b"sender", b"reply-to", b"message-id", b"in-reply-to", b"references",
    b"content-type", b"content-transfer-encoding",
})  # fmt: skip
_DECIDING = (b"subject", b"content-type")
"""Where they stand, they must be signed: in a body whose boundary was changed other words are read."""
_PLAIN_ENCODINGS = frozenset({b"", b"7bit", b"8bit", b"binary"})
_SELECTOR = re.compile(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63}){0,3}")
_TAG = re.compile(r"[a-z][a-z0-9_]{0,20}")
_BLANKS = " \t\r\n"

Headers = list[tuple[bytes, bytes]]


def worth_checking(raw: bytes, author: str, arrived: datetime) -> tuple[DomainSignature, ...]:
    """The first signatures by domains that may speak for ``author``, a domain; those of others prove nothing.

    Linear; never raises. ``arrived`` is when the mail came to us.
    """
    headers = _headers(raw)
    if headers is None:
        return ()
    values = [value for name, value in headers if name == b"dkim-signature"]
    found = [
        (place, tags)
        for place, value in enumerate(values)
        if (tags := tags_of(value)) is not None and vouches_for(tags.get("d", "").lower(), author)
    ]
    odd = _odd(raw, headers)
    return tuple(_read(place, tags, odd or _refused(tags, headers, arrived)) for place, tags in found[:MAX_TRIED])


def tags_of(value: bytes | str) -> dict[str, str] | None:
    """``v=1; a=rsa-sha256`` → its tags; None where it breaks the grammar, repeats a tag or is too long."""
    text = value.decode("latin-1") if isinstance(value, bytes) else value
    tags: dict[str, str] = {}
    if len(text) > MAX_VALUE or not text.isascii():
        return None
    for piece in text.strip(_BLANKS + ";").split(";"):
        name, equals, content = (part.strip(_BLANKS) for part in piece.partition("="))
        if not equals or not _TAG.fullmatch(name) or name in tags:
            return None
        tags[name] = content
    return tags


def _headers(raw: bytes) -> Headers | None:
    """(lower-case name, value) of the top headers; None where two readers could see different ones."""
    end = _ENDS.search(raw, 0, mime_guard.MAX_BLOCK)
    if end is None or _LONE_RETURN.search(raw, 0, end.start()) or raw[:1] in b" \t\r\n":
        return None
    headers: list[tuple[bytes, list[bytes]]] = []
    for line in raw[: end.start()].split(b"\n"):
        if line[:1] in {b" ", b"\t"}:
            headers[-1][1].append(line)
        elif _LINE.match(line):
            name, _, value = line.partition(b":")
            headers.append((name.lower(), [value]))
        else:
            return None
    return [(name, b"\n".join(lines)) for name, lines in headers]


def _odd(raw: bytes, headers: Headers) -> str:
    """What the mail as a whole has against being proven by any signature."""
    names = [name for name, _ in headers if name in _SINGLE]
    if len(names) != len(set(names)):
        return "doubled_header"
    if len(raw) > mime_guard.MAX_MAIL or _LONG_BLANKS.search(raw):
        return "too_large"
    return ""


def _read(place: int, tags: dict[str, str], refused: str) -> DomainSignature:
    domain, selector = tags["d"].lower(), tags.get("s", "").lower()
    identity = tags.get("i", "@" + domain).rpartition("@")[2].lower()
    return DomainSignature(place, domain, selector[:120], identity, refused)


def _refused(tags: dict[str, str], headers: Headers, arrived: datetime) -> str:
    """Why a signature counts for nothing, as a code; empty where it may count."""
    return next((code for code, wrong in _faults(tags, dict(headers), arrived) if wrong), "")


def _faults(tags: dict[str, str], headers: dict[bytes, bytes], arrived: datetime) -> Iterator[tuple[str, bool]]:
    signed = {name.strip(_BLANKS).lower().encode() for name in tags.get("h", "").split(":")}
    encoding = headers.get(b"content-transfer-encoding", b"").strip().lower()
    yield "malformed", tags.get("v") != "1" or not _SELECTOR.fullmatch(tags.get("s", "").lower())
    yield "malformed", not _speaks_for(tags.get("i", ""), tags["d"].lower())
    yield "algorithm", tags.get("a") != "rsa-sha256"
    yield "length_tag", "l" in tags
    yield "from_unsigned", b"from" not in signed
    yield "header_unsigned", any(name in headers and name not in signed for name in _DECIDING)
    yield "header_unsigned", encoding not in _PLAIN_ENCODINGS and b"content-transfer-encoding" not in signed
    moment = _instant(tags["t"]) if "t" in tags else _date(headers.get(b"date", b"")) if b"date" in signed else None
    yield "no_time", moment is None
    yield "too_old", moment is not None and not -AHEAD <= arrived - moment <= OLDEST
    until = _instant(tags["x"]) if "x" in tags else arrived
    yield "expired", until is None or until < arrived


def _speaks_for(identity: str, domain: str) -> bool:
    """Whether ``i=`` lies within ``d=``, as RFC 6376 wants."""
    host = identity.rpartition("@")[2].lower()
    return not identity or host == domain or (host.endswith("." + domain) and is_domain(host))


def _instant(seconds: str) -> datetime | None:
    return datetime.fromtimestamp(int(seconds), UTC) if re.fullmatch(r"\d{1,11}", seconds) else None


def _date(value: bytes) -> datetime | None:
    """A Date header as an instant; None where it is none or tells no zone."""
    try:
        found = parsedate_to_datetime(value[:200].decode("ascii").strip())
    except (ValueError, OverflowError, IndexError, TypeError):
        return None
    return found.astimezone(UTC) if found.tzinfo is not None else None
