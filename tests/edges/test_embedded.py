"""The embedded server behaves as the real ones that it stands for."""

import smtplib
from collections.abc import Iterator
from email import message_from_bytes

import pytest

from bot.edges.embedded import EmbeddedMail
from bot.edges.postmark import authenticated
from bot.edges.tls import context
from parsers.authentication import verdict
from parsers.mail import parse
from parsers.notice import kind
from tests.edges.mail_company import ALICE, BOB, BOT, USERS, raw_mail

GONE = "gone@huaxin.test"


@pytest.fixture
def server() -> Iterator[EmbeddedMail]:
    with EmbeddedMail(USERS, bounces={BOB: "552 5.2.2 mailbox full"}) as running:
        yield running


def submit(server: EmbeddedMail, login: str, raw: bytes, to: list[str], envelope_from: str | None = None) -> None:
    with smtplib.SMTP_SSL(server.host, server.smtp_port, context=context(server.ca_file)) as smtp:
        smtp.login(login, USERS[login])
        smtp.sendmail(login if envelope_from is None else envelope_from, to, raw)


def verdicts(raw: bytes) -> list[str]:
    return [str(value) for value in message_from_bytes(raw).get_all("Authentication-Results", [])]


def test_a_user_writing_in_its_own_name_is_authenticated(server: EmbeddedMail) -> None:
    raw = raw_mail("a@x", ALICE, BOT)
    submit(server, ALICE, raw, [BOT])
    (got,) = server.messages(BOT)
    assert got.endswith(raw)
    assert verdicts(got) == ["mx.embedded.test; dmarc=pass header.from=huaxin.test"]
    assert verdict(parse(got), server.authserv_id) == "pass"


@pytest.mark.parametrize(
    "headers",
    [
        b"From: <alice@huaxin.test>\r\n",
        b"From: <bob@huaxin.test>\r\nFrom: <alice@huaxin.test>\r\n",
        b"From: <alice@huaxin.test>\r\nFrom: <bob@huaxin.test>\r\n",
        b"",
        b"From: bob@huaxin.test <alice@huaxin.test>\r\n",
    ],
    ids=["another's name", "two, own first", "two, own last", "none", "own in the display name"],
)
def test_a_user_writing_in_anothers_name_is_not(server: EmbeddedMail, headers: bytes) -> None:
    submit(server, BOB, headers + b"Subject: x\r\n\r\nconfirmed\r\n", [BOT])
    (got,) = server.messages(BOT)
    assert "dmarc=fail" in verdicts(got)[0]
    assert verdict(parse(got), server.authserv_id) == "fail"


@pytest.mark.parametrize(
    "forged",
    [
        b"Authentication-Results: mx.embedded.test; dmarc=pass header.from=huaxin.test\r\n",
        b"authentication-results:\r\n mx.embedded.test;\r\n dmarc=pass\r\n",
        b"AUTHENTICATION-RESULTS : MX.Embedded.Test 1; dmarc=pass\r\n",
    ],
    ids=["plain", "folded", "odd case, space and version"],
)
def test_a_verdict_forged_in_the_servers_name_is_removed(server: EmbeddedMail, forged: bytes) -> None:
    others = b"Authentication-Results: mx.other.test; dmarc=pass\r\n"
    submit(server, BOB, forged + others + raw_mail("a@x", ALICE, BOT), [BOT])
    first, second = verdicts(server.messages(BOT)[0])
    assert first == "mx.embedded.test; dmarc=fail header.from=huaxin.test"
    assert second.startswith("mx.other.test")


def test_a_mail_without_a_body_or_a_login_is_stamped_safely() -> None:
    assert authenticated(b"no header end", None, "mx") == b"no header end"
    assert authenticated(b"From: <a@b>\n\nx", "a@b", "mx").startswith(b"Authentication-Results: mx; dmarc=pass")


@pytest.mark.parametrize(
    ("address", "status"), [(GONE, "5.1.1"), (BOB, "5.2.2"), ("x@nowhere.test", "5.1.2")], ids=["user", "box", "domain"]
)
def test_undeliverable_mail_comes_back_as_a_real_bounce(server: EmbeddedMail, address: str, status: str) -> None:
    submit(server, BOT, raw_mail("orig@hd.test", BOT, address), [address, ALICE])
    assert len(server.messages(ALICE)) == 1
    notice = kind(parse(server.messages(BOT)[0]))
    assert (notice.kind, notice.addresses) == ("bounce", (address,))
    bounce = message_from_bytes(server.messages(BOT)[0])
    assert bounce.get_content_type() == "multipart/report"
    assert "MAILER-DAEMON@" in str(bounce["From"])
    parts = {part.get_content_type(): part for part in bounce.walk()}
    fields = parts["message/delivery-status"].as_string()
    assert f"Final-Recipient: rfc822; {address}\n" in fields
    assert f"Status: {status}\n" in fields
    assert "orig@hd.test" in parts["text/rfc822-headers"].as_string()


def test_a_bounce_is_never_bounced(server: EmbeddedMail) -> None:
    submit(server, BOT, raw_mail("a@x", BOT, GONE), [GONE], "")
    assert server.messages(BOT) == []


@pytest.mark.parametrize("login", [None, "wrong password"])
def test_nobody_sends_without_logging_in(server: EmbeddedMail, login: str | None) -> None:
    with smtplib.SMTP_SSL(server.host, server.smtp_port, context=context(server.ca_file)) as smtp:
        if login:
            with pytest.raises(smtplib.SMTPAuthenticationError):
                smtp.login(BOT, login)
        with pytest.raises(smtplib.SMTPSenderRefused, match="530"):
            smtp.sendmail(BOT, [ALICE], b"x")


def test_plain_text_submission_is_refused_before_starttls(server: EmbeddedMail) -> None:
    with smtplib.SMTP(server.host, server.smtp_starttls_port) as smtp:
        smtp.ehlo()
        assert "auth" not in smtp.esmtp_features
        assert smtp.mail(BOT)[0] == 530


@pytest.mark.parametrize("sub_addresses", [None, "+"])
def test_sub_addresses_are_refused_as_qq_does_unless_switched_on(sub_addresses: str | None) -> None:
    with EmbeddedMail(USERS, sub_addresses=sub_addresses) as server:
        submit(server, ALICE, raw_mail("a@x", ALICE, BOT), ["bot+t1@hd.test"])
        assert len(server.messages(BOT)) == (1 if sub_addresses else 0)
        if sub_addresses:
            submit(server, BOT, raw_mail("b@x"), [ALICE], "bot+t1@hd.test")
        else:
            with pytest.raises(smtplib.SMTPSenderRefused, match="553"):
                submit(server, BOT, raw_mail("b@x"), [ALICE], "bot+t1@hd.test")


def test_its_thread_and_port_end_with_it() -> None:
    with EmbeddedMail(USERS) as server:
        port = server.smtp_port
    with pytest.raises(ConnectionRefusedError):
        smtplib.SMTP_SSL("localhost", port, timeout=2)
