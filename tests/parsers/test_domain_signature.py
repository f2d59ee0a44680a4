"""DKIM as we check it: honest signatures pass, whatever an attacker does to a mail, a signature or a key doesn't."""

import re
from datetime import UTC, datetime, timedelta
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers import domain_key
from parsers.domain_signature import MAX_TRIED, DomainSignature, tags_of, worth_checking
from tests.parsers.signed_mails import DOMAIN, MAIL, SIGNED, key, record, signed

ARRIVED = datetime(2026, 11, 5, 2, 1, tzinfo=UTC)
SECONDS = int(ARRIVED.timestamp())


def checked(raw: bytes, text: str | None = None, author: str = DOMAIN) -> list[str]:
    """What becomes of every signature: ``pass``, or the reason."""
    found = []
    for each in worth_checking(raw, author, ARRIVED):
        done = domain_key.check(raw, each, text or record()) if not each.refused else None
        found.append(each.refused if done is None else done.reason or done.result)
    return found


HONEST = {
    "from, subject, date and the rest signed": signed(),
    "oversigned From": signed(headers=("from", *SIGNED)),
    "a parent of the author's domain signs": signed(MAIL.replace(b"@hengyuan", b"@mail.hengyuan"), domain=DOMAIN),
    "with the time of signing": signed(t=str(SECONDS - 60)),
    "with the time alone, no Date signed": signed(t=str(SECONDS), headers=("from", "subject", "content-type")),
    "not yet expired": signed(t=str(SECONDS - 60), x=str(2**33)),
    "signed for a sub-domain": signed(i="@mail." + DOMAIN),
    "in capitals": signed(domain="Hengyuan.Example", s="S1"),
    "a selector of several labels": signed(s="s1.mail_2026-a"),
    "a trace header is added on the way": b"Received: from a by b; Thu, 5 Nov 2026 10:00:01 +0800\r\n" + signed(),
    "our server's own stamp above": b"Authentication-Results: mx.other; none\r\n" + signed(),
    "line ends as the mailbox keeps them": signed().replace(b"\r\n", b"\n"),
    "blanks at the ends of lines": signed().replace("无误。\r\n".encode(), "无误。  \r\n\r\n".encode()),
}


@pytest.mark.parametrize("raw", HONEST.values(), ids=HONEST.keys())
def test_an_honest_signature_passes(raw: bytes) -> None:
    author = "mail." + DOMAIN if b"@mail.hengyuan.example>" in raw.split(b"\r\n\r\n")[0] else DOMAIN
    assert checked(raw, author=author) == ["pass"]


def test_a_second_signature_by_another_provider_is_passed_over() -> None:
    assert checked(signed(signed(), domain="mailer.example")) == ["pass"]


def _altered(old: str, new: str) -> bytes:
    assert old.encode() in signed()
    return signed().replace(old.encode(), new.encode())


BODY = "苏州恒远机械有限公司确认2026年10月销售对账单无误。\r\n"
ATTACKS = {
    "another body": (_altered("无误", "有误"), "broken"),
    "a line below the body": (signed() + "以上作废\r\n".encode(), "broken"),
    "another subject": (signed().replace(b"Subject: =?", b"Subject: x=?"), "broken"),
    "another author of the same domain": (signed().replace(b"<li.jg@", b"<ap@"), "broken"),
    "below what l= counts": (signed(l="10") + "以上作废\r\n".encode(), "length_tag"),
    "l= counts all": (signed(l="75"), "length_tag"),
    "a second From above": (b"From: <wang@hengyuan.example>\r\n" + signed(), "doubled_header"),
    "a second Subject above": (b"Subject: other\r\n" + signed(), "doubled_header"),
    "a second Content-Type above": (b"Content-Type: text/html\r\n" + signed(), "doubled_header"),
    "a Subject where none was signed": (signed(headers=("from", "date", "content-type")), "header_unsigned"),
    "a Content-Type that wasn't signed": (signed(headers=("from", "date", "subject")), "header_unsigned"),
    "From not signed": (signed(headers=("subject", "date", "content-type")), "from_unsigned"),
    "another encoding that wasn't signed": (
        signed(
            MAIL.replace(b"Encoding: 8bit", b"Encoding: base64"),
            headers=("from", "subject", "date", "content-type"),
        ),
        "header_unsigned",
    ),
    "SHA-1": (signed(a="rsa-sha1"), "algorithm"),
    "no time at all": (signed(headers=("from", "subject", "content-type")), "no_time"),
    "a Date that is none": (signed(MAIL.replace(b"Thu, 05 Nov 2026", b"some day of")), "no_time"),
    "a Date without zone": (signed(MAIL.replace(b" +0800", b" -0000")), "no_time"),
    "an old mail sent again": (signed(t=str(SECONDS - 11 * 86400)), "too_old"),
    "an old mail with an old Date sent again": (signed(MAIL.replace(b"05 Nov", b"05 Oct")), "too_old"),
    "signed in the future": (signed(t=str(SECONDS + 2 * 86400)), "too_old"),
    "expired": (signed(t=str(SECONDS - 3600), x=str(SECONDS - 1)), "expired"),
    "an expiry that is no number": (signed(x="never"), "expired"),
    "another version": (signed(v="2"), "malformed"),
    "signed for another domain": (signed(i="@attack.example"), "malformed"),
    "signed for a domain that only ends alike": (signed(i="@not" + DOMAIN), "malformed"),
    "a selector that leads elsewhere": (signed(s="x.y..attack.example"), "malformed"),
    "blanks that take the reader hours": (signed() + b" " * 3000 + b"x\r\n", "too_large"),
}


@pytest.mark.parametrize(("raw", "reason"), ATTACKS.values(), ids=ATTACKS.keys())
def test_an_attack_on_the_mail_fails(raw: bytes, reason: str) -> None:
    assert checked(raw) == [reason]


UNSEEN = {
    "of a stranger's domain": signed(domain="attack.example"),
    "of a sub-domain that somebody else may hold": signed(domain="shop.hengyuan.example"),
    "of the top level": signed(domain="example"),
    "of a look-alike in another script": signed(domain="hengyu\u0430n.example"),
    "of a domain with a character behind": signed(domain="hengyuan.example."),
    "with a tag twice": signed().replace(b"v=1;", b"v=1; d=hengyuan.example;", 1),
    "longer than any honest one": signed(z="|" * 5000),
    "below a lone return": b"X: a\rFrom: ap@hengyuan.example\r\n" + signed(),
    "below a NUL": b"X: a\x00\r\n" + signed(),
    "below a line that is no header": b"Subject : other\r\n" + signed(),
    "below an envelope line": b"From li.jg@hengyuan.example Thu Nov  5\r\n" + signed(),
    "below a header that begins with a blank": b" From: ap@hengyuan.example\r\n" + signed(),
    "below an empty line": b"\r\n" + signed(),
    "under 64 KB of headers": b"X: y\r\n" * 12_000 + signed(),
    "in a mail without body": signed().split(b"\r\n\r\n")[0],
    "in nothing": b"",
}


@pytest.mark.parametrize("raw", UNSEEN.values(), ids=UNSEEN.keys())
def test_a_signature_that_proves_nobody_isn_t_even_looked_up(raw: bytes) -> None:
    assert worth_checking(raw, DOMAIN, ARRIVED) == ()


def test_of_fifty_signatures_the_first_few_are_tried() -> None:
    mail = MAIL
    for _ in range(50):
        mail = b"DKIM-Signature: v=1; a=rsa-sha256; d=hengyuan.example; s=s1; h=from; bh=x; b=x\r\n" + mail
    assert len(worth_checking(mail, DOMAIN, ARRIVED)) == MAX_TRIED


KEYS = {
    "revoked": (record(p=""), "key_revoked"),
    "on trial": (record(t="y"), "key_on_trial"),
    "on trial among other flags": (record(t="s : y"), "key_on_trial"),
    "for another service": (record(s="tlsrpt"), "key_for_others"),
    "for SHA-1 only": (record(h="sha1"), "key_for_others"),
    "of a kind that we don't read": (record(k="ed25519"), "key_for_others"),
    "of another protocol": (record(v="DKIM2"), "key_malformed"),
    "without key": ("v=DKIM1; k=rsa", "key_malformed"),
    "of other characters": (record(p="不是密钥"), "key_malformed"),
    "no base64": (record(p="!!!!"), "key_malformed"),
    "no key inside": (record(p="AAAA"), "key_malformed"),
    "cut short": (record()[:-40], "key_malformed"),
    "SPF in its place": ("v=spf1 include:spf.qq.com -all", "key_malformed"),
    "huge": (record(p="A" * 60_000), "key_malformed"),
    "another key": (record(key(1024, 3)), "broken"),
}


@pytest.mark.parametrize(("text", "reason"), KEYS.values(), ids=KEYS.keys())
def test_an_odd_key_proves_nothing(text: str, reason: str) -> None:
    assert checked(signed(), text) == [reason]


def test_a_key_for_the_very_domain_proves_no_sub_domain() -> None:
    assert checked(signed(), record(t="s")) == ["pass"]
    assert checked(signed(i="@mail." + DOMAIN), record(t="s")) == ["key_for_others"]


def _public(modulus: int, exponent: int) -> str:
    """A public key of any numbers, in the plain form of PKCS #1."""
    import base64

    def integer(number: int) -> bytes:
        text = number.to_bytes(number.bit_length() // 8 + 1, "big")
        return b"\x02" + _length(len(text)) + text

    both = integer(modulus) + integer(exponent)
    return record(p=base64.b64encode(b"\x30" + _length(len(both)) + both).decode())


def _length(size: int) -> bytes:
    return bytes([size]) if size < 128 else b"\x82" + size.to_bytes(2, "big")


WEAK = {
    "512 bits": _public(2**511 + 1, 65537),
    "more bits than anybody needs": _public(2**5000 + 1, 65537),
    "an exponent of one, which anybody can sign for": _public(2**1023 + 1, 1),
    "an exponent that takes hours": _public(2**2047 + 1, 2**2000 + 1),
    "an even modulus": _public(2**1023, 65537),
}


@pytest.mark.parametrize("text", WEAK.values(), ids=WEAK.keys())
def test_a_key_of_odd_numbers_is_never_tried(text: str) -> None:
    began = perf_counter()
    assert checked(signed(), text) == ["key_weak"]
    assert perf_counter() - began < 1


def test_longer_keys_are_read() -> None:
    private = key(2048)
    assert checked(signed(private=private), record(private)) == ["pass"]


def test_a_check_keeps_the_key_that_it_rests_on() -> None:
    (each,) = worth_checking(signed(), DOMAIN, ARRIVED)
    done = domain_key.check(signed(), each, record())
    assert (done.domain, done.selector, done.result, done.bits) == (DOMAIN, "s1", "pass", 1024)
    assert done.record == record()


def test_a_signature_is_the_one_that_was_looked_up() -> None:
    """The place is counted by two readers; were they ever to differ, nothing is proven."""
    wrong = DomainSignature(0, "other.example", "s1", "other.example")
    assert domain_key.check(signed(), wrong, record()).result == "fail"
    missing = DomainSignature(7, DOMAIN, "s1", DOMAIN)
    assert domain_key.check(signed(), missing, record()).result == "fail"


HOSTILE = {
    "blanks in b=": b"DKIM-Signature: v=1; a=rsa-sha256; d=hengyuan.example; s=s1; h=from; bh=x; b=" + b" \r\n" * 1300,
    "blanks and letters in b=": b"DKIM-Signature: v=1; d=hengyuan.example; s=s1; h=from; b=" + b"a \r\n " * 800,
    "colons": b"DKIM-Signature: d=hengyuan.example; h=" + b":" * 4000,
    "folds": b"DKIM-Signature: d=hengyuan.example; a=rsa-sha256; v=1; s=s; h=from:subject:date:content-type; b= \n" * 1
    + b" \t\n" * 1300,
}


@pytest.mark.parametrize("header", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_signature_takes_no_time(header: bytes) -> None:
    raw = header.rstrip() + b"\r\n" + MAIL
    began = perf_counter()
    for each in worth_checking(raw, DOMAIN, ARRIVED):
        domain_key.check(raw, DomainSignature(each.place, each.domain, each.selector, each.identity), record())
    assert perf_counter() - began < 1


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.integers(0, len(signed())))
def test_any_bytes_anywhere_crash_nothing_and_prove_nothing_new(noise: bytes, place: int) -> None:
    raw = signed()[:place] + noise + signed()[place:]
    for each in worth_checking(raw, DOMAIN, ARRIVED):
        if not each.refused and domain_key.check(raw, each, record()).result == "pass":
            head, _, body = raw.partition(b"\r\n\r\n")
            assert BODY.strip().encode() in re.sub(rb"[ \t]+\r\n", b"\r\n", body)
            assert head.lower().count(b"\nfrom:") == 1


@given(st.text(max_size=200))
def test_tags_of_any_text(text: str) -> None:
    tags = tags_of(text)
    assert tags is None or all(name and name.isascii() for name in tags)


def test_an_age_is_counted_from_the_arrival() -> None:
    late = worth_checking(signed(), DOMAIN, ARRIVED + timedelta(days=9))
    later = worth_checking(signed(), DOMAIN, ARRIVED + timedelta(days=11))
    assert [each.refused for each in (*late, *later)] == ["", "too_old"]
