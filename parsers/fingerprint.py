"""The identity of a mail's content: the same mail moved, copied or delivered twice has the same fingerprint.

Trace headers (Received, Return-Path, Authentication-Results …) differ between copies and are left out; Message-ID,
Date, From, Subject and the body's bytes make it.
"""

import hashlib
import re

_KEPT = (b"message-id", b"date", b"from", b"subject")
_BREAK = re.compile(rb"\r?\n\r?\n")
_FIELD = re.compile(rb"^([!-9;-~]{1,100})[ \t]*:((?:[^\r\n]|\r?\n[ \t]|\r(?!\n))*)", re.MULTILINE)
_HEADER_LIMIT = 65536
_ID = re.compile(rb"<([^<>\s]{1,998})>")


def fingerprint(raw: bytes) -> str:
    """SHA-256 in hex over the kept headers and the body; works on any bytes."""
    header, body = _split(raw)
    digest = hashlib.sha256()
    for name, value in _fields(header):
        if name in _KEPT:
            digest.update(name + b":" + b" ".join(value.split()) + b"\n")
    digest.update(b"\n")
    digest.update(body)
    return digest.hexdigest()


def message_id(raw: bytes) -> str:
    """The first Message-ID without angle brackets, empty where there is none; undecodable bytes are replaced."""
    for name, value in _fields(_split(raw)[0]):
        if name == b"message-id":
            found = _ID.search(value)
            return (found[1] if found else b"").decode("utf-8", "replace")
    return ""


def _split(raw: bytes) -> tuple[bytes, bytes]:
    if raw[:2] == b"\r\n" or raw[:1] == b"\n":
        return b"", raw
    found = _BREAK.search(raw)
    return (raw[: found.start()], raw[found.end() :]) if found else (raw, b"")


def _fields(header: bytes) -> list[tuple[bytes, bytes]]:
    return [(found[1].lower(), found[2]) for found in _FIELD.finditer(header[:_HEADER_LIMIT])]
