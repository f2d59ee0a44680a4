"""Header values: encoded words (RFC 2047, also broken ones), parameters (RFC 2231), addresses, message ids, flags.

``=?gb2312?B?yLfI?= =?gb2312?B?zw==?=`` reads ``确认`` although a character is split over two words. All of it is
linear, recursion-free and never raises; a value is a ``str`` whose characters below 256 stand for the raw bytes.
"""

import base64
import binascii
import re
from dataclasses import dataclass

from parsers.address import Address
from parsers.charset import decode
from parsers.fold import visible

_WORD = re.compile(r"=\?([\w.:+-]{1,40})(?:\*[\w-]{0,20})?\?([bBqQ])\?([^?]*(?:\?(?!=)[^?]*)*)\?=")
_MESSAGE_ID = re.compile(r"<([^<>\s]{1,998})>")
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")
_EXTENDED = re.compile(r"([^*\s()<>@,;:\"]{1,60})(?:\*(\d{1,3}))?(\*)?")
_MAX_PARAMETERS = 100
_BLANKS = " \t\r\n"
"""Stripped by name: str.strip() would take \\xa0 and \\x85 as well, which are bytes of characters here."""


@dataclass(frozen=True, slots=True)
class _Word:
    charset: str
    data: bytes


def plain(value: str) -> str:
    """The value on one line, raw bytes decoded, encoded words left as they are: for trace headers."""
    return _tidy(_raw(value))


def decoded(value: str) -> str:
    """The value as a person sees it: encoded words and raw bytes decoded, on one line, without invisible characters."""
    end = value.rfind("?=")
    if end < 0 or "=?" not in value:
        return plain(value)
    pieces: list[str | _Word] = []
    place = 0
    for match in _WORD.finditer(value[: end + 2]):
        between = value[place : match.start()]
        after_word = bool(pieces) and isinstance(pieces[-1], _Word)
        if between.strip() or (between and not after_word):
            pieces.append(between)
        _add(pieces, _Word(match[1].lower(), _word_bytes(match[2], match[3])))
        place = match.end()
    pieces.append(value[place:])
    return _tidy(
        "".join(decode(piece.data, piece.charset) if isinstance(piece, _Word) else _raw(piece) for piece in pieces)
    )


def _add(pieces: list[str | _Word], word: _Word) -> None:
    """Neighbours of one charset are joined as bytes, because some programs split characters over words."""
    last = pieces[-1] if pieces else ""
    if isinstance(last, _Word) and last.charset == word.charset:
        pieces[-1] = _Word(word.charset, last.data + word.data)
    else:
        pieces.append(word)


def _word_bytes(encoding: str, text: str) -> bytes:
    raw = text.encode("latin-1", "replace")
    if encoding in "bB":
        return base64_bytes(raw)
    return binascii.a2b_qp(raw.replace(b"\r", b"").replace(b"\n", b""), header=True)


def base64_bytes(raw: bytes) -> bytes:
    """What base64 text holds: foreign characters are passed over, missing padding is made up for."""
    text = _NOT_BASE64.sub(b"", raw)
    text = text[:-1] if len(text) % 4 == 1 else text
    return base64.b64decode(text + b"=" * (-len(text) % 4))


def _raw(value: str) -> str:
    """Characters that stand for raw bytes → text."""
    return value if value.isascii() else decode(value.encode("latin-1", "replace"), None)


def _tidy(text: str) -> str:
    return " ".join(visible(text.replace("\x00", "")).split())


def message_ids(value: str) -> tuple[str, ...]:
    """The ids in angle brackets, without them, each once, in order; ``<a@b> <c@d>`` gives ``("a@b", "c@d")``."""
    return tuple(dict.fromkeys(_MESSAGE_ID.findall(value)))


def parameters(value: str) -> tuple[str, dict[str, str]]:
    """``text/plain; charset="gbk"; name*0*=utf-8''%E7%A1%AE`` → first token, the rest decoded."""
    first, *rest = _split(value, ";")
    found: dict[str, str] = {}
    continued: dict[str, list[tuple[int, bool, str]]] = {}
    for part in rest[:_MAX_PARAMETERS]:
        name, equals, text = part.partition("=")
        match = _EXTENDED.fullmatch(name.strip().lower())
        if not equals or match is None:
            continue
        if match[2] or match[3]:
            continued.setdefault(match[1], []).append((int(match[2] or 0), bool(match[3]), _unquoted(text)))
        else:
            found.setdefault(match[1], decoded(_unquoted(text)))
    return first.strip().lower(), found | {name: _continued(pieces) for name, pieces in continued.items()}


def _continued(pieces: list[tuple[int, bool, str]]) -> str:
    """RFC 2231: pieces in order, the charset before the first two quotes, percent signs in pieces with a star."""
    charset, data = "", b""
    for place, (_, starred, text) in enumerate(sorted(pieces)):
        if starred and place == 0 and text.count("'") >= 2:  # noqa: PLR2004  # charset'language'text
            charset, _, text = text.split("'", 2)  # noqa: PLW2901  # the rest is the text
        raw = text.encode("latin-1", "replace")
        data += _percent(raw) if starred else raw
    text = data.decode("latin-1")
    return decoded(text) if not charset and "=?" in text else _tidy(decode(data, charset or None))


def _percent(raw: bytes) -> bytes:
    return re.sub(rb"%([0-9A-Fa-f]{2})", lambda match: bytes((int(match[1], 16),)), raw)


def _unquoted(text: str) -> str:
    text = text.strip(_BLANKS)
    if text.startswith('"'):
        text = text[1 : text.rfind('"')] if text.count('"') > 1 else text[1:]
        return re.sub(r'\\(["\\])', r"\1", text)
    return text


def _split(value: str, separator: str) -> list[str]:  # noqa: C901  # a scanner reads best in one piece
    """Split at a separator that stands outside of quotes, comments and angle brackets."""
    parts, start, quoted, depth, angle, escaped = list[str](), 0, False, 0, False, False
    for place, character in enumerate(value):
        if escaped:
            escaped = False
        elif character == "\\" and (quoted or depth):
            escaped = True
        elif character == '"' and not depth:
            quoted = not quoted
        elif quoted:
            continue
        elif character == "(":
            depth += 1
        elif character == ")":
            depth = max(0, depth - 1)
        elif depth:
            continue
        elif character in "<>":
            angle = character == "<"
        elif character == separator and not angle:
            parts.append(value[start:place])
            start = place + 1
    return [*parts, value[start:]]


def addresses(value: str, limit: int = 500) -> tuple[Address, ...]:
    """All addresses of a list, also of groups and sloppy lists (``;`` between them); what has no ``@`` is left out."""
    found: list[Address] = []
    for piece in _split(value.replace(";", ",") if '"' not in value else value, ",")[:limit]:
        address = _address(piece)
        if address:
            found.append(address)
    return tuple(found)


def _address(piece: str) -> Address | None:
    display, bracket, rest = piece.rpartition("<")
    if not bracket:
        bare = re.sub(r"\([^()]*\)", " ", piece)
        display, rest = "", bare.rpartition(":")[2]
    address = decoded(rest.partition(">")[0]).strip().lower()
    if "@" not in address:
        return None
    return Address(decoded(_unquoted(display)).strip("\"' "), address)
