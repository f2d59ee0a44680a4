"""A draft → the bytes that are stored and sent: CRLF, 7-bit, lines ≤ 998, the same value always gives the same bytes.

The interpreter's own serialiser can turn a name such as ``=?utf-8?Q?a=0D=0ABcc:_x=40y?=`` into a real ``Bcc:`` line
(CVE-2024-6923), so headers are written here, each value passes :func:`check_header` first, and what was built is parsed
again and compared before anybody may store it. Blind copies are envelope only and never become a header.

``Auto-Submitted`` stands on what nobody but our own staff reads (digest, tasks, answers to commands). Mails to
customers carry none: a rep is named in each, answers are wanted, and customers' help desks throw automatic mail away.
"""

import base64
import hashlib
import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import format_datetime, getaddresses
from urllib.parse import quote

from bot.model import Attachment, Draft, Purpose

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")
_MESSAGE_ID = re.compile(r"[!-;=?-~]{1,200}@[!-;=?-~]{1,200}")
_EXTRA_HEADER = re.compile(r"(?:X-[A-Za-z0-9-]{1,60}|Reply-To)")
_CONTENT_TYPE = re.compile(r"[a-z0-9.+-]{1,64}/[a-z0-9.+-]{1,100}")
_PLAIN_PHRASE = re.compile(r"[A-Za-z0-9]+(?: [A-Za-z0-9]+)*")
_FORBIDDEN = frozenset({"Cc", "Cs", "Zl", "Zp"})  # controls, lone surrogates, line and paragraph separators
_WORD_BYTES = 45  # base64 of it with =?utf-8?B?…?= is 72 characters; RFC 2047 allows 75
_LINE = 76
_HARD_LINE = 998
_REFERENCES = 20
_HEADERS = BytesHeaderParser()
_AUTO_SUBMITTED = {
    Purpose.DIGEST: "auto-generated",
    Purpose.TASK: "auto-generated",
    Purpose.ANOMALY: "auto-generated",
    Purpose.BOUNCE_NOTICE: "auto-generated",
    Purpose.PROBE: "auto-generated",
    Purpose.COMMAND_REPLY: "auto-replied",
}

Headers = list[tuple[str, str]]


class HeaderRefused(ValueError):  # noqa: N818  # named for what happened, as the grammars' InvalidX are
    """A value can't be a header, or what was built reads otherwise than it was meant; nothing may be sent."""


def check_header(value: str) -> str:
    """The value itself; raises HeaderRefused where it holds a line break, a control character or an encoded word."""
    bad = next((char for char in value if unicodedata.category(char) in _FORBIDDEN), None)
    if bad is not None:
        raise HeaderRefused(f"a header value holds U+{ord(bad):04X}: {value!r}")
    if "=?" in value:
        raise HeaderRefused(f"a header value holds an encoded word: {value!r}")
    return value


def build(draft: Draft, sender: str, sender_name: str, message_id: str, date: datetime) -> bytes:
    """The whole mail. ``message_id`` with or without angle brackets, ``date`` aware.

    Raises HeaderRefused for a name, subject or address that a header must not hold.
    """
    names = dict(draft.names)
    headers = [("From", _mailbox(sender, sender_name)), ("To", _mailboxes(draft.to, names))]
    if draft.cc:
        headers.append(("Cc", _mailboxes(draft.cc, names)))
    headers.append(("Subject", _text(draft.subject)))
    headers += [("Date", format_datetime(date)), ("Message-ID", f"<{_own_id(message_id)}>")]
    headers += _thread(draft)
    if draft.purpose in _AUTO_SUBMITTED:
        headers.append(("Auto-Submitted", _AUTO_SUBMITTED[draft.purpose]))
    headers += [_extra(name, value) for name, value in draft.headers]
    headers.append(("MIME-Version", "1.0"))
    content, body = _body(draft, hashlib.sha256(_own_id(message_id).encode()).hexdigest()[:24])
    headers += content
    data = _lines(headers) + b"\r\n" + body
    _verify(data, headers, draft, sender, sender_name)
    return data


def _mailboxes(addresses: tuple[str, ...], names: dict[str, str]) -> str:
    """An address list, one address a line."""
    if not addresses:
        raise HeaderRefused("a mail without a recipient")
    return ",\r\n ".join(_mailbox(address, names.get(address, "")) for address in addresses)


def _mailbox(address: str, name: str) -> str:
    """``name <address>``, the name always as an encoded word unless it is plain letters and digits."""
    if not _ADDRESS.fullmatch(check_header(address)):
        raise HeaderRefused(f"no plain address: {address!r}")
    if not check_header(name).strip():
        return address
    phrase = name if len(name) < _LINE - len("From: ") and _PLAIN_PHRASE.fullmatch(name) else _words(name)
    gap = " " if len(phrase) + len(address) < _LINE - len("From: ") else "\r\n "
    return f"{phrase}{gap}<{address}>"


def _text(value: str) -> str:
    """An unstructured value: short ASCII as it is, everything else as encoded words."""
    check_header(value)
    plain = value.isascii() and value == value.strip() and "  " not in value
    return value if plain and len(value) < _LINE - len("X-DZ-Statement: ") else _words(value)


def _words(value: str) -> str:
    """RFC 2047 words of at most 72 characters, one a line, never splitting a character."""
    chunks, current = [], b""
    for char in value:
        encoded = char.encode()
        if len(current) + len(encoded) > _WORD_BYTES:
            chunks.append(current)
            current = b""
        current += encoded
    return "\r\n ".join(f"=?utf-8?B?{base64.b64encode(chunk).decode()}?=" for chunk in [*chunks, current])


def _own_id(message_id: str) -> str:
    bare = message_id.strip("<>")
    if not _MESSAGE_ID.fullmatch(check_header(bare)):
        raise HeaderRefused(f"no Message-ID: {message_id!r}")
    return bare


def _thread(draft: Draft) -> Headers:
    """In-Reply-To and References; ids come from foreign mails, so an unclean one is left out, not refused."""
    parent = _clean_id(draft.in_reply_to)
    chain = [clean for each in draft.references if (clean := _clean_id(each))]
    if parent and parent not in chain:
        chain.append(parent)
    kept = chain if len(chain) <= _REFERENCES else [chain[0], *chain[1 - _REFERENCES :]]
    found: Headers = [("In-Reply-To", f"<{parent}>")] if parent else []
    return [*found, ("References", "\r\n ".join(f"<{each}>" for each in kept))] if kept else found


def _clean_id(text: str) -> str:
    bare = text.strip().strip("<>")
    return bare if _MESSAGE_ID.fullmatch(bare) and "=?" not in bare else ""


def _extra(name: str, value: str) -> tuple[str, str]:
    """A header that the draft brings along: ``X-…`` and Reply-To only, never one that routes or describes the mail."""
    if not _EXTRA_HEADER.fullmatch(name):
        raise HeaderRefused(f"a draft may not set {name!r}")
    return name, _mailbox(value, "") if name == "Reply-To" else _text(value)


def _body(draft: Draft, seed: str) -> tuple[Headers, bytes]:
    """The content headers and the MIME tree: mixed(alternative(text, html), attachments), or the alternative alone."""
    texts = [_text_part("plain", draft.text), _text_part("html", draft.html)]
    content, body = _multipart("alternative", f"=_a_{seed}", texts)
    if not draft.attachments:
        return content, body
    parts = [_lines(content) + b"\r\n" + body, *(_file_part(each) for each in draft.attachments)]
    return _multipart("mixed", f"=_m_{seed}", parts)


def _multipart(subtype: str, boundary: str, parts: list[bytes]) -> tuple[Headers, bytes]:
    """A multipart; all parts are base64, so no line of theirs can be the boundary."""
    mark = boundary.encode()
    body = b"".join(b"--" + mark + b"\r\n" + part for part in parts) + b"--" + mark + b"--\r\n"
    return [("Content-Type", f'multipart/{subtype};\r\n boundary="{boundary}"')], body


def _text_part(subtype: str, text: str) -> bytes:
    return _encoded([("Content-Type", f"text/{subtype}; charset=utf-8")], _canonical(text))


def _canonical(text: str) -> bytes:
    return text.replace("\r\n", "\n").replace("\n", "\r\n").encode("utf-8", "replace")


def _file_part(attachment: Attachment) -> bytes:
    """An attachment; the name stands three times, for RFC 2231 readers, for old Outlook and for QQ and Foxmail."""
    if not _CONTENT_TYPE.fullmatch(attachment.content_type):
        raise HeaderRefused(f"no content type: {attachment.content_type!r}")
    name = check_header(attachment.name)
    extended = f"utf-8''{quote(name, safe='')}"
    if not name.strip() or set(name) & set('/\\"') or len(extended) > _HARD_LINE - 50:
        raise HeaderRefused(f"no name for an attachment: {name!r}")
    plain = name if name.isascii() and len(name) < _LINE - len(' filename="";') else _words(name)
    headers = [
        ("Content-Type", f'{attachment.content_type};\r\n name="{plain}"'),
        ("Content-Disposition", f'attachment;\r\n filename="{plain}";\r\n filename*={extended}'),
    ]
    return _encoded(headers, attachment.data)


def _encoded(headers: Headers, data: bytes) -> bytes:
    """A leaf in base64, 76 characters a line."""
    text = base64.encodebytes(data).replace(b"\n", b"\r\n") or b"\r\n"
    return _lines([*headers, ("Content-Transfer-Encoding", "base64")]) + b"\r\n" + text


def _lines(headers: Headers) -> bytes:
    return "".join(f"{name}: {value}\r\n" for name, value in headers).encode("ascii")


def _verify(data: bytes, headers: Headers, draft: Draft, sender: str, sender_name: str) -> None:
    """Parse again and compare what a reader sees with what was meant; raises HeaderRefused on any other reading."""
    head, _, body = data.partition(b"\r\n\r\n")
    mail = _HEADERS.parsebytes(head)
    if [name for name, _ in headers] != mail.keys():
        raise HeaderRefused(f"the built mail has other headers: {mail.keys()}")
    meant = [("From", ((sender, sender_name),)), ("To", _named(draft.to, draft)), ("Cc", _named(draft.cc, draft))]
    for name, expected in meant:
        if _read_addresses(mail, name) != [(address, shown.strip()) for address, shown in expected]:
            raise HeaderRefused(f"{name} of the built mail reads otherwise")
    if _decoded(mail, "Subject") != draft.subject:
        raise HeaderRefused("the subject of the built mail reads otherwise")
    _verify_form(data, list(_leaves(mail, body)), draft)


def _leaves(part: Message, body: bytes) -> Iterator[bytes]:
    """The contents of all leaves: headers read by the standard library, bodies at their boundaries.

    The library's own reading of bodies takes each line of base64 in its hands, which costs as much as drawing a page.
    """
    boundary = part.get_boundary()
    if boundary is None:
        yield base64.b64decode(body) if part["Content-Transfer-Encoding"] == "base64" else body
        return
    _, *inner, end = body.split(b"--" + boundary.encode())
    if end.strip() != b"--":
        raise HeaderRefused("the built mail has parts without an end")
    for each in inner:
        head, _, content = each.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        yield from _leaves(_HEADERS.parsebytes(head), content)


def _verify_form(data: bytes, leaves: list[bytes], draft: Draft) -> None:
    """The transport's demands, and each leaf as it was given."""
    if leaves != [_canonical(draft.text), _canonical(draft.html), *(each.data for each in draft.attachments)]:
        raise HeaderRefused("the parts of the built mail read otherwise")
    if not data.isascii() or max(map(len, data.split(b"\r\n"))) > _HARD_LINE:
        raise HeaderRefused("the built mail isn't 7-bit with lines of at most 998")
    if not data.count(b"\r") == data.count(b"\n") == data.count(b"\r\n"):
        raise HeaderRefused("the built mail has a bare CR or LF")


def _named(addresses: tuple[str, ...], draft: Draft) -> tuple[tuple[str, str], ...]:
    names = dict(draft.names)
    return tuple((address, names.get(address, "")) for address in addresses)


def _read_addresses(mail: Message, name: str) -> list[tuple[str, str]]:
    found = getaddresses(mail.get_all(name, []))
    return [(address, str(make_header(decode_header(shown)))) for shown, address in found]


def _decoded(mail: Message, name: str) -> str:
    return str(make_header(decode_header(mail[name].replace("\r\n ", " "))))
