"""Content-Transfer-Encoding undone, also where it lies: base64 that is plain text, 7bit that is base64, uuencode.

Also ``format=flowed`` (RFC 3676) and the entities that QQ leaves in plain text.
"""

import binascii
import re
from collections.abc import Iterator

from parsers.charset import decode
from parsers.headers import base64_bytes

_FOREIGN = re.compile(rb"[^A-Za-z0-9+/=\s-]")
_ALL_BASE64 = re.compile(rb"(?:[A-Za-z0-9+/]{40,76}\r?\n){1,}[A-Za-z0-9+/]{0,76}={0,2}\s{0,8}")
_PADDED, _FOOTER, _PURE = re.compile(rb"(?<==)[\r\n]+"), re.compile(rb"\n[-_]{2}"), re.compile(rb"[A-Za-z0-9+/=\r\n]*")
_MAGIC = (b"JVBERi0", b"/9j/", b"iVBORw0KG", b"UEsDB", b"SUkq", b"TU0AK", b"0M8R4KGx")
"""The first base64 characters of PDF, JPEG, PNG, ZIP (XLSX), TIFF and old Office files."""
_ENTITIES = {"&nbsp;": " ", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&amp;": "&"}
_QUOTED = re.compile(r"(>*)( ?)(.*)", re.DOTALL)


def undo(raw: bytes, encoding: str) -> bytes:
    """The content's bytes; ``encoding`` as the header says it. Never raises."""
    match encoding.strip().lower().partition(";")[0].partition(" ")[0]:
        case "base64" | "b64":
            return _base64(raw)
        case "quoted-printable" | "qp":
            return binascii.a2b_qp(raw)
        case "x-uuencode" | "uuencode" | "x-uue" | "uue":
            return _uudecode(raw)
        case _:
            return base64_bytes(raw) if _is_really_base64(raw) else raw


def _base64(raw: bytes) -> bytes:
    """Text that only claims to be base64 stays as it is."""
    foreign = sum(1 for _ in _FOREIGN.finditer(raw[:4096]))
    if foreign * 10 > len(raw[:4096].strip()):
        return raw
    return b"".join(base64_bytes(piece) for piece in _pieces(raw))


def _pieces(raw: bytes) -> Iterator[bytes]:
    """Runs of base64 up to their padding: some programs pad each line, and mailing lists append a footer behind."""
    end = _FOOTER.search(raw)
    for place, piece in enumerate(_PADDED.split(raw[: end.start()] if end else raw)):
        if place and (_PURE.fullmatch(piece) is None or len(b"".join(piece.split())) % 4):
            return
        yield piece


def _is_really_base64(raw: bytes) -> bool:
    if raw.lstrip()[:9].startswith(_MAGIC):
        return _FOREIGN.search(raw[:2000]) is None
    if len(raw) < 80 or _ALL_BASE64.fullmatch(raw.strip()) is None:  # noqa: PLR2004  # shorter text may be a word
        return False
    text = decode(base64_bytes(raw)[:600], None)
    return any("\u4e00" <= character <= "\u9fff" for character in text) and "\ufffd" not in text


def _uudecode(raw: bytes) -> bytes:
    lines = raw.splitlines()
    start = next((place for place, line in enumerate(lines) if line.startswith(b"begin ")), -1)
    data: list[bytes] = []
    for line in lines[start + 1 :]:
        if line.strip() in {b"end", b"`", b""}:
            break
        try:
            data.append(binascii.a2b_uu(line))
        except binascii.Error:
            return raw
    return b"".join(data)


def entities(text: str) -> str:
    """QQ writes ``&nbsp;`` and its like into text/plain; only such text is changed."""
    if "&nbsp;" in text or "&#39;" in text:
        for entity, character in _ENTITIES.items():
            text = text.replace(entity, character)
    return text


def unflow(text: str, *, delete_space: bool) -> str:
    """Paragraphs of ``format=flowed`` text on one line each; quoted lines keep one ``>`` for each level."""
    lines: list[str] = []
    flowing = ""
    for line in text.split("\n"):
        match = _QUOTED.match(line.rstrip("\r"))
        marks, content = (match[1], match[3]) if match else ("", line)
        prefix = marks + " " if marks else ""
        if lines and flowing == "f" + marks and content != "-- ":
            lines[-1] += content
        else:
            lines.append(prefix + content)
        flows = content.endswith(" ") and content != "-- "
        flowing = "f" + marks if flows else ""
        if flows and delete_space:
            lines[-1] = lines[-1][:-1]
    return "\n".join(lines)
