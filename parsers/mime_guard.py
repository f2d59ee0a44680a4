"""Caps that are counted on the raw bytes of a mail before any MIME parser sees it (1,600 nested parts break ours).

Refused (then only headers are read): more than MAX_MAIL bytes, MAX_LINES lines, MAX_PARTS parts, MAX_DEPTH levels or
MAX_EMBEDDED mails in mails. Cut: a header block of more than MAX_BLOCK bytes. Long header values are cut in mime_tree.
"""

import re
from dataclasses import dataclass

MAX_MAIL, MAX_LINES, MAX_BLOCK, MAX_PARTS, MAX_DEPTH, MAX_EMBEDDED = 25 * 1024 * 1024, 600_000, 64 * 1024, 200, 20, 20

_BLANK_LINE = re.compile(rb"\r\n\r\n|\n\n|\r\r|\n\r\n|\r\n\n")
_LINE_END = re.compile(rb"\r\n|\n|\r")
_FROM = re.compile(rb"[ \t]*from[ \t\x00]*:", re.IGNORECASE)
_BOUNDARY = re.compile(rb"boundary[*0-9 \t]{0,8}=\s{0,80}(?:\"([^\"\r\n]{1,200})|([^\s;\"]{1,200}))", re.IGNORECASE)
_DELIMITER = re.compile(rb"^--([^\r\n]{1,220})", re.MULTILINE)
_EMBEDDED = re.compile(rb"content-type[ \t]*:\s{0,20}message/", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Guarded:
    """What may be parsed. ``refused`` names the cap that forbids parsing the body, ``defects`` what was cut.

    ``from_lines`` counts From lines of the header block, also a folded first line or one after a lone CR.
    """

    header: bytes
    body: bytes
    from_lines: int
    refused: str
    defects: tuple[str, ...]


def inspect(raw: bytes) -> Guarded:
    """Count everything once, linearly; never raises."""
    end = _header_end(raw)
    header, body = raw[:end], raw[end:]
    defects: tuple[str, ...] = ()
    if len(header) > MAX_BLOCK:
        header, defects = raw[:MAX_BLOCK], ("header_block",)
    return Guarded(header, body, _from_lines(header), _refused(raw, cut=bool(defects)), defects)


def _header_end(raw: bytes) -> int:
    """Where the first empty line ends; a mail that begins with one has no headers."""
    opening = re.match(rb"\r\n|\n|\r", raw)
    if opening:
        return opening.end()
    found = _BLANK_LINE.search(raw)
    return found.end() if found else len(raw)


def _from_lines(header: bytes) -> int:
    """From lines, where one that begins with a blank counts unless it continues a header."""
    count, in_header = 0, False
    for line in _LINE_END.split(header):
        continues = line[:1] in {b" ", b"\t"} and in_header
        count += not continues and _FROM.match(line) is not None
        in_header = continues or (b":" in line and line[:1] not in {b" ", b"\t"})
    return count


def _refused(raw: bytes, *, cut: bool) -> str:
    if len(raw) > MAX_MAIL or max(raw.count(b"\n"), raw.count(b"\r")) > MAX_LINES:
        return "too_large"
    if cut:
        return "header_block"
    if sum(1 for _ in _EMBEDDED.finditer(raw)) > MAX_EMBEDDED:
        return "depth"
    boundaries = {(match[1] or match[2]).rstrip() for match in _BOUNDARY.finditer(raw)}
    if not boundaries:
        return ""
    return _structure(raw, boundaries)


def _structure(raw: bytes, boundaries: set[bytes]) -> str:
    """Follow the delimiter lines: how many parts they open and how deep they nest."""
    parts, open_ones = 0, list[bytes]()
    for match in _DELIMITER.finditer(raw):
        line = match[1].rstrip()
        name = line if line in boundaries else line[:-2] if line.endswith(b"--") else b""
        if name not in boundaries:
            continue
        parts += name == line
        if name in open_ones:
            del open_ones[open_ones.index(name) + 1 :]
        else:
            open_ones.append(name)
        if parts > MAX_PARTS or len(open_ones) > MAX_DEPTH:
            return "parts" if parts > MAX_PARTS else "depth"
    return "depth" if len(boundaries) > MAX_PARTS else ""
