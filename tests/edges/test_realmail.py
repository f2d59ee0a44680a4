"""The same mail edges on Postfix and Dovecot: what the embedded server showed holds on real ones."""

import smtplib
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from pathlib import Path

import pytest

from bot.demo import month
from bot.demo.company import AUTHSERV_ID
from bot.edges.blobs import Blobs
from bot.edges.clock import SimulatedClock
from bot.edges.doubt import settle
from bot.edges.inbox import Inbox
from bot.edges.outbox import Sender
from bot.edges.store import Store
from bot.edges.tls import CertificateRefused, LoginRefused, context
from parsers.authentication import verdict
from parsers.mail import parse
from parsers.notice import kind
from tests.edges.mail_company import ALICE, BOB, BOT, USERS, FakeClock, company_on, owe, raw_mail, rows, states
from tests.realmail.fault_proxy import FaultProxy, Orders
from tests.realmail.real_mail import RealMail, why_not

pytestmark = [pytest.mark.real, pytest.mark.skipif(bool(why_not()), reason=why_not())]
FULL = "full@huaxin.test"
REFUSED = "refused@huaxin.test"


@pytest.fixture(scope="module")
def server() -> Iterator[RealMail]:
    with RealMail(USERS, refuse={REFUSED: "550 5.7.1 not wanted"}, bounces={FULL: "552 5.2.2 mailbox full"}) as running:
        yield running


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(f"sqlite:///{tmp_path}/bot.db")
    yield opened
    opened.close()


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    return Blobs(tmp_path / "blobs")


def got(server: RealMail, address: str, message_id: str) -> list[bytes]:
    return [raw for raw in server.messages(address) if f"<{message_id}>".encode() in raw]


def test_bytes_arrive_as_stored_with_a_verdict_on_top(server: RealMail, store: Store, blobs: Blobs) -> None:
    message_id = owe(store, blobs, "exact", (ALICE,), body="..two\r\n.\r\nend")
    assert Sender(company_on(server), store, blobs, FakeClock()).deliver().sent == 1
    server.until_idle()
    (raw,) = got(server, ALICE, message_id)
    stored = blobs.get(rows(store)[0].sha256)
    assert raw.replace(b"\r\n", b"\n").endswith(stored.replace(b"\r\n", b"\n"))
    assert message_from_bytes(raw)["Authentication-Results"] == "mx.real.test; dmarc=pass header.from=hd.test"
    assert verdict(parse(raw), server.authserv_id) == "pass"
    assert len(got(server, BOT, message_id)) == 1


def test_forged_verdicts_and_senders_are_seen_through(server: RealMail) -> None:
    forged = b"Authentication-Results: mx.real.test; dmarc=pass header.from=huaxin.test\r\n"
    with smtplib.SMTP_SSL("localhost", server.smtp_port, context=context(server.ca_file)) as smtp:
        smtp.login(BOB, USERS[BOB])
        smtp.sendmail(BOB, [BOT], forged + raw_mail("forged@x", ALICE, BOT))
        with pytest.raises(smtplib.SMTPRecipientsRefused):
            smtp.sendmail(ALICE, [BOT], raw_mail("spoofed@x", ALICE, BOT))
    server.until_idle()
    (raw,) = got(server, BOT, "forged@x")
    assert message_from_bytes(raw).get_all("Authentication-Results") == [
        "mx.real.test; dmarc=fail header.from=huaxin.test"
    ]
    assert verdict(parse(raw), server.authserv_id) == "fail"


def test_a_refused_recipient_and_a_bouncing_one(server: RealMail, store: Store, blobs: Blobs) -> None:
    message_id = owe(store, blobs, "half", (ALICE, REFUSED, FULL, "nobody@huaxin.test"))
    assert Sender(company_on(server), store, blobs, FakeClock()).deliver().sent == 1
    server.until_idle()
    assert len(got(server, ALICE, message_id)) == 1
    assert "not wanted" in rows(store)[0].refused
    bounced = b"".join(raw for raw in server.messages(BOT) if b"multipart/report" in raw)
    assert b"Final-Recipient: rfc822; nobody@huaxin.test" in bounced
    assert b"Final-Recipient: rfc822; full@huaxin.test\nOriginal-Recipient" in bounced.replace(b"\r", b"")
    assert b"Status: 5.2.2" in bounced
    assert f"Original-Envelope-Id: {rows(store)[0].message_id}".encode() in bounced
    assert kind(parse(bounced)).kind == "bounce"


@pytest.mark.parametrize(
    ("orders", "delivered"),
    [(Orders(cut_after=60_000), 0), (Orders(mute_after=200_000), 1)],
    ids=["cut in mid-body", "answer lost"],
)
def test_losses_are_settled_by_our_own_copy(
    server: RealMail, store: Store, blobs: Blobs, orders: Orders, delivered: int
) -> None:
    company, clock = company_on(server), FakeClock()
    message_id = owe(store, blobs, f"lost-{delivered}", (ALICE,), body="x" * 70 + ("\r\n" + "x" * 70) * 3000)
    with FaultProxy("localhost", server.smtp_port, orders) as proxy:
        through = replace(company.mail, smtp=replace(company.mail.smtp, port=proxy.port))
        assert Sender(replace(company, mail=through), store, blobs, clock).deliver().in_doubt == 1
    server.until_idle()
    clock.forward(minutes=10)
    report = settle(company, store, clock)
    assert (report.found, report.resent) == (delivered, 1 - delivered)
    Sender(company, store, blobs, clock).deliver()
    server.until_idle()
    assert states(store) == ["sent"]
    assert len(got(server, ALICE, message_id)) == 1


def test_the_receive_ledger_survives_resets_removals_and_junk(server: RealMail, store: Store, blobs: Blobs) -> None:
    bob = company_on(server, BOB)
    with Inbox(bob, store, blobs, FakeClock()) as inbox:
        before = inbox.fetch().new
        for number in range(3):
            server.deliver(BOB, raw_mail(f"r{number}@x", ALICE, BOB, f"body {number}"))
        server.deliver(BOB, raw_mail("junk@x", ALICE, BOB), "Junk")
        assert inbox.fetch().new == 4
        server.reset_uidvalidity(BOB)
        report = inbox.fetch()
        assert (report.new, report.doubled) == (0, before + 3)
        server.deliver(BOB, raw_mail("gone@x", ALICE, BOB))
        server.remove(BOB, -1)
        assert inbox.fetch().vanished == 1
        assert not inbox.wait(0.2)


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_wrong_passwords_and_certificates_are_told_apart(
    server: RealMail, store: Store, blobs: Blobs, security: str
) -> None:
    company = company_on(server)
    if security == "starttls":
        company = replace(
            company,
            mail=replace(
                company.mail,
                smtp=replace(company.mail.smtp, port=server.smtp_starttls_port, security="starttls"),
                imap=replace(company.mail.imap, port=server.imap_starttls_port, security="starttls"),
            ),
        )
    Inbox(company, store, blobs, FakeClock()).fetch()
    wrong = replace(company.mail.imap, password=replace(company.mail.imap.password, value="nope"))
    with pytest.raises(LoginRefused):
        Inbox(replace(company, mail=replace(company.mail, imap=wrong)), store, blobs, FakeClock()).fetch()
    with pytest.raises(CertificateRefused):
        Inbox(replace(company, mail=replace(company.mail, ca_file=None)), store, blobs, FakeClock()).fetch()


@pytest.mark.timeout(900)
def test_the_demos_whole_month_ends_the_same_on_postfix_and_dovecot(tmp_path: Path) -> None:
    def real(users: dict[str, str], bounces: dict[str, str], _clock: SimulatedClock) -> RealMail:
        return RealMail(users, authserv_id=AUTHSERV_ID, bounces=bounces)

    assert month.run(18, out=tmp_path / "out", as_json=True, start=real)
