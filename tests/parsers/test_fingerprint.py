"""The identity of a mail's content."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.fingerprint import fingerprint, message_id

RAW = b"From: a@b\r\nSubject: one\r\n two\r\nDate: now\r\nMessage-ID: <x@y>\r\n\r\nbody\r\n"


@pytest.mark.parametrize(
    "copy",
    [
        b"Received: by mx\r\n\tfolded; now\r\n" + RAW,
        b"Return-Path: <>\r\nAuthentication-Results: mx; dmarc=pass\r\n" + RAW,
        RAW.replace(b"one\r\n two", b"one two"),
        RAW.replace(b"Subject: one", b"SUBJECT:  one"),
    ],
    ids=["another trace", "another verdict", "refolded", "rewritten name"],
)
def test_a_copy_has_the_same_fingerprint(copy: bytes) -> None:
    assert fingerprint(copy) == fingerprint(RAW)


@pytest.mark.parametrize(
    "other",
    [
        RAW.replace(b"body", b"Body"),
        RAW.replace(b"a@b", b"a@c"),
        RAW.replace(b"two", b"three"),
        RAW.replace(b"x@y", b"x@z"),
        RAW.replace(b"now", b"then"),
        b"From: evil@x\r\n" + RAW,
        RAW + b"\r\n",
    ],
    ids=["body", "From", "Subject", "Message-ID", "Date", "a second From", "length"],
)
def test_another_mail_has_another(other: bytes) -> None:
    assert fingerprint(other) != fingerprint(RAW)


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (RAW, "x@y"),
        (b"message-id:\r\n <long@z>\r\n\r\n", "long@z"),
        (b"Message-ID: <\r\n\r\n", ""),
        (b"Message-ID: none\r\n\r\n", ""),
        (b"\r\nMessage-ID: <in@body>\r\n", ""),
        (b"Subject: x\n\nMessage-ID: <in@body>\n", ""),
        (b"", ""),
        (b"Message-ID: <\xff@y>\r\n\r\n", "\ufffd@y"),
    ],
    ids=["plain", "folded", "torn", "bare", "no header", "in the body", "empty", "odd bytes"],
)
def test_message_ids_are_read_from_the_header_only(raw: bytes, found: str) -> None:
    assert message_id(raw) == found


@given(st.binary(max_size=2000))
def test_any_bytes_have_a_fingerprint(raw: bytes) -> None:
    assert len(fingerprint(raw)) == 64
    assert "<" not in message_id(raw)
