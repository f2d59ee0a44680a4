"""Built mails: what a reader sees is what was meant, on any name, and the same value gives the same bytes."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.compose import message
from bot.compose.message import HeaderRefused, build, check_header
from bot.model import Attachment, Draft, Purpose

NOW = datetime(2026, 11, 3, 1, 0, tzinfo=UTC)
SUBJECT = "[华东贸易有限公司][2026年10月] 銷售對賬單"
DRAFT = Draft(
    Purpose.STATEMENT,
    SUBJECT,
    "您好：\n\n.\nFrom here\n",
    "<p>您好</p>",
    to=("wang@a.example", "li@a.example"),
    cc=("zhou@hd.example",),
    bcc=("ar@hd.example",),
    attachments=(
        Attachment(
            "苏州恒远自动化设备有限公司 2026年10月 销售对账单 DZ-202610-000001-73 第1版.pdf", "application/pdf", b"%PDF"
        ),
        Attachment(
            "a.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", bytes(range(256)) * 9
        ),
    ),
    headers=(("X-DZ-Statement", "DZ-202610-000001-73;R1"), ("X-DZ-Customer", "苏州恒远自动化设备有限公司")),
    names=(("wang@a.example", "王敏"), ("li@a.example", "Li, Lei (AP)")),
)


def made(draft: Draft = DRAFT, name: str = "华东贸易有限公司") -> bytes:
    return build(draft, "ar@hd.example", name, "<s1@hd.example>", NOW)


def test_D3_subject_is_the_mandated_one_after_rfc_2047_decoding() -> None:
    assert message_from_bytes(made(), policy=policy.default)["Subject"] == SUBJECT


def test_every_client_finds_the_chinese_name_of_an_attachment() -> None:
    mail = message_from_bytes(made(), policy=policy.default)
    first = next(iter(mail.iter_attachments()))
    disposition = made().decode().split("Content-Disposition")[1]
    assert first.get_filename() == DRAFT.attachments[0].name or "filename*=utf-8''" in disposition
    assert 'filename="=?utf-8?B?' in disposition
    assert first.get_content_type() == "application/pdf"
    assert [part.get_content() for part in mail.iter_attachments()] == [each.data for each in DRAFT.attachments]


def test_a_mail_without_files_is_text_and_html_only() -> None:
    mail = message_from_bytes(made(replace(DRAFT, attachments=())), policy=policy.default)
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]


def test_blind_copies_stand_in_no_header() -> None:
    assert b"ar@hd.example" in made()
    assert b"bcc" not in made().lower()


def test_same_value_same_bytes_7_bit_crlf_short_lines() -> None:
    data = made()
    assert data == made()
    assert data.isascii()
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert max(map(len, data.split(b"\r\n"))) <= 998


@pytest.mark.parametrize(
    "hostile",
    [
        pytest.param("=?utf-8?Q?a=0D=0ABcc:_thief=40evil.example?=", id="encoded word with a Bcc, CVE-2024-6923"),
        pytest.param("恒远\r\nBcc: thief@evil.example", id="line break"),
        pytest.param("恒远\nBcc: thief@evil.example", id="bare line feed"),
        pytest.param("恒远\x00", id="NUL"),
        pytest.param("恒远\x85Bcc: x", id="C1 next line"),
        pytest.param("恒远\u2028Bcc: x", id="line separator"),
        pytest.param("恒\ud800", id="lone surrogate"),
    ],
)
def test_a_hostile_customer_name_cannot_inject_a_header(hostile: str) -> None:
    with pytest.raises(HeaderRefused):
        check_header(hostile)
    for draft in (
        replace(DRAFT, subject=f"[{hostile}][2026年10月] 銷售對賬單"),
        replace(DRAFT, names=(("wang@a.example", hostile),)),
        replace(DRAFT, headers=(("X-DZ-Customer", hostile),)),
        replace(DRAFT, attachments=(Attachment(f"{hostile}.pdf", "application/pdf", b""),)),
    ):
        with pytest.raises(HeaderRefused):
            made(draft)
    with pytest.raises(HeaderRefused):
        made(name=hostile)


@pytest.mark.parametrize(
    "draft",
    [
        pytest.param(replace(DRAFT, to=()), id="nobody to send it to"),
        pytest.param(replace(DRAFT, to=("a@b.example, c@d.example",)), id="two addresses in one"),
        pytest.param(replace(DRAFT, to=("王@b.example",)), id="address that isn't ASCII"),
        pytest.param(replace(DRAFT, headers=(("Bcc", "x@y.example"),)), id="a draft that sets Bcc"),
        pytest.param(replace(DRAFT, headers=(("Subject", "x"),)), id="a second subject"),
        pytest.param(replace(DRAFT, headers=(("Reply-To", "nobody"),)), id="reply-to that is no address"),
        pytest.param(replace(DRAFT, attachments=(Attachment("../x.pdf", "application/pdf", b""),)), id="path as name"),
        pytest.param(replace(DRAFT, attachments=(Attachment("x", 'a/b; x="', b""),)), id="odd content type"),
        pytest.param(replace(DRAFT, attachments=(Attachment("單" * 120, "a/b", b""),)), id="name beyond a line"),
    ],
)
def test_what_a_header_must_not_hold_is_refused(draft: Draft) -> None:
    with pytest.raises(HeaderRefused):
        made(draft)


def test_threads_keep_clean_ids_and_leave_foreign_rubbish_out() -> None:
    chain = ("<s1@hd.example>", "no id", "=?x?@y", "a b@c", *(f"r{n}@a.example" for n in range(30)))
    mail = message_from_bytes(made(replace(DRAFT, in_reply_to="<r99@a.example>", references=chain)))
    ids = mail["References"].split()
    assert mail["In-Reply-To"] == "<r99@a.example>"
    assert (ids[0], ids[-1], len(ids)) == ("<s1@hd.example>", "<r99@a.example>", 20)
    assert message_from_bytes(made(replace(DRAFT, in_reply_to="=?x")))["In-Reply-To"] is None


@pytest.mark.parametrize(
    ("purpose", "value"),
    [
        (Purpose.STATEMENT, None),
        (Purpose.REMINDER, None),
        (Purpose.DIGEST, "auto-generated"),
        (Purpose.COMMAND_REPLY, "auto-replied"),
    ],
)
def test_only_mails_to_staff_call_themselves_automatic(purpose: Purpose, value: str | None) -> None:
    assert message_from_bytes(made(replace(DRAFT, purpose=purpose)))["Auto-Submitted"] == value


def test_reply_to_is_an_address() -> None:
    mail = message_from_bytes(made(replace(DRAFT, headers=(("Reply-To", "ar+t1@hd.example"),))))
    assert mail["Reply-To"] == "ar+t1@hd.example"


def test_a_long_message_id_with_rubbish_is_refused() -> None:
    with pytest.raises(HeaderRefused):
        build(DRAFT, "ar@hd.example", "", "no id", NOW)


@given(st.text(max_size=120), st.text(max_size=80), st.text(max_size=300))
def test_any_text_is_either_refused_or_read_as_it_was_meant(subject: str, name: str, body: str) -> None:
    draft = replace(DRAFT, subject=subject, names=(("wang@a.example", name),), text=body, attachments=())
    try:
        data = made(draft)
    except HeaderRefused:
        return
    mail = message_from_bytes(data)
    assert mail.get_all("Bcc") is None
    assert data == made(draft)


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        pytest.param(b"MIME-Version", b"Bcc: x@evil.example\r\nMIME-Version", "other headers", id="header more"),
        pytest.param(b"<li@a.example>", b"<xi@a.example>", "To of the built", id="another address"),
        pytest.param(b"Subject: =?utf-8?B?W", b"Subject: =?utf-8?B?X", "subject", id="another subject"),
        pytest.param(b"JVBERg==", b"JVBERw==", "parts", id="another file"),
        pytest.param(b"\r\nMIME-Version", b"\nMIME-Version", "bare CR or LF", id="bare line feed"),
        pytest.param(b"MIME-Version: 1.0", b"MIME-Version: 1.0" + b" " * 1000, "998", id="line too long"),
    ],
)
def test_what_reads_otherwise_than_it_was_meant_is_refused_after_building(
    before: bytes, after: bytes, reason: str
) -> None:
    data = made()
    assert before in data
    headers = list(message_from_bytes(data).items())
    with pytest.raises(HeaderRefused, match=reason):
        message._verify(data.replace(before, after), headers, DRAFT, "ar@hd.example", "华东贸易有限公司")
