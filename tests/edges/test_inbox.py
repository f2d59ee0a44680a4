"""The inbox on a real (embedded) server: nothing lost, nothing doubled, whatever people and servers do."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from imapclient import IMAPClient, SocketTimeout
from sqlmodel import select

from bot.edges import inbox as inbox_module
from bot.edges.imap import Mailbox
from bot.edges.tables import MailboxRow, MailRow
from bot.edges.tls import MailRefused, context
from tests.edges.mail_company import ALICE, BOT, START, Office, an_office, raw_mail
from tests.realmail.fault_proxy import FaultProxy, Orders


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with an_office(tmp_path) as made:
        yield made


def mails(office: Office) -> list[MailRow]:
    with office.store.read() as session:
        found = list(session.exec(select(MailRow).order_by("id")))
        session.expunge_all()
    return found


def give(office: Office, *numbers: int, folder: str = "INBOX") -> None:
    for number in numbers:
        office.server.deliver(BOT, raw_mail(f"m{number}@huaxin.test", ALICE, BOT, f"body {number}"), folder)


def test_invariant_4_each_mail_becomes_its_exact_bytes_and_one_new_row(office: Office) -> None:
    raw = b"From: <alice@huaxin.test>\nSubject: \xb6\xd4\xd5\xcb \x00\r\nMessage-ID: <x@y>\r\n\r\n\xff\xfe odd\n.\r\n\r"
    office.server.deliver(BOT, raw)
    with office.inbox() as inbox:
        report = inbox.fetch()
    (row,) = mails(office)
    assert (report.new, row.state, row.message_id, row.size) == (1, "new", "x@y", len(raw))
    assert office.blobs.get(row.sha256) == raw


@pytest.mark.parametrize(
    "raw", [b"", b"\r\n", b"\r\n\r\n", b"no header at all", b"Message-ID: <", b":" * 70000, b"\r\n\r\nbody"]
)
def test_odd_bytes_are_kept_as_they_are(office: Office, raw: bytes) -> None:
    office.server.deliver(BOT, raw)
    with office.inbox() as inbox:
        assert inbox.fetch().new == 1
    assert office.blobs.get(mails(office)[0].sha256) == raw


def test_copies_moves_and_other_folders_make_no_second_mail(office: Office) -> None:
    give(office, 1, 2)
    give(office, 1, folder="Junk")
    give(office, 1)
    with office.inbox() as inbox:
        report = inbox.fetch()
        assert (report.new, report.doubled, report.folders) == (2, 2, ("INBOX", "Junk"))
        assert inbox.fetch().doubled == 0
    assert len(mails(office)) == 2


def test_the_same_mail_with_other_trace_headers_is_the_same_mail(office: Office) -> None:
    raw = raw_mail("m1@huaxin.test", ALICE, BOT)
    office.server.deliver(BOT, b"Received: one\r\nAuthentication-Results: mx; dmarc=pass\r\n" + raw)
    office.server.deliver(BOT, b"Received: two\r\nDelivered-To: bot\r\n" + raw)
    with office.inbox() as inbox:
        report = inbox.fetch()
    assert (report.new, report.doubled) == (1, 1)


def test_another_body_or_sender_with_the_same_message_id_is_another_mail(office: Office) -> None:
    office.server.deliver(BOT, raw_mail("m1@x", ALICE, BOT, "yes"))
    office.server.deliver(BOT, raw_mail("m1@x", ALICE, BOT, "no"))
    office.server.deliver(BOT, raw_mail("m1@x", "mallory@evil.test", BOT, "yes"))
    with office.inbox() as inbox:
        assert inbox.fetch().new == 3


def test_a_uidvalidity_reset_brings_nothing_twice_and_loses_nothing(office: Office) -> None:
    give(office, 1, 2, 3)
    with office.inbox() as inbox:
        inbox.fetch()
        office.server.reset_uidvalidity(BOT)
        give(office, 4)
        report = inbox.fetch()
    assert (report.new, report.doubled, report.vanished) == (1, 3, 0)


def test_mails_that_a_human_removed_before_we_saw_them_are_counted(office: Office) -> None:
    give(office, 1)
    with office.inbox() as inbox:
        inbox.fetch()
        give(office, 2, 3, 4)
        office.server.remove(BOT, 1)
        office.server.remove(BOT, 1)
        report = inbox.fetch()
        assert (report.new, report.vanished) == (1, 2)
        assert inbox.fetch().vanished == 0
    with office.store.read() as session:
        assert session.get_one(MailboxRow, (office.company.name, "INBOX")).vanished == 2


def test_mails_that_a_human_removed_after_we_saw_them_are_kept(office: Office) -> None:
    give(office, 1, 2)
    with office.inbox() as inbox:
        inbox.fetch()
        office.server.remove(BOT, 0)
        assert inbox.fetch().vanished == 0
    assert len(mails(office)) == 2


def test_own_copies_are_told(office: Office) -> None:
    office.owe("1")
    office.sender().deliver()
    give(office, 1)
    with office.inbox() as inbox:
        report = inbox.fetch()
    assert (report.new, report.own) == (2, 1)


def test_nothing_on_the_server_is_changed(office: Office) -> None:
    give(office, 1)
    with office.inbox() as inbox:
        inbox.fetch()
    box, server = office.server, office.company.mail.imap
    from bot.edges.tls import context

    client = IMAPClient(server.host, server.port, ssl_context=context(box.ca_file))
    client.login(BOT, server.password.value)
    client.select_folder("INBOX", readonly=True)
    assert client.fetch(client.search(), ["FLAGS"]).popitem()[1][b"FLAGS"] in ((), (b"\\Recent",))
    client.logout()


def test_a_mail_too_big_is_set_aside_with_its_header(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox_module, "LARGEST", 5000)
    office.server.deliver(BOT, raw_mail("big@x", ALICE, BOT, "x" * 900 + ("\r\n" + "x" * 900) * 10))
    give(office, 1)
    with office.inbox() as inbox:
        assert inbox.fetch().new == 2
    big = mails(office)[0]
    assert (big.state, big.message_id, "too big" in big.error) == ("set_aside", "big@x", True)
    assert office.blobs.get(big.sha256).endswith(b"\r\n\r\n")
    assert [mail.state for mail in mails(office)[1:]] == ["new"]


def test_many_mails_come_in_batches(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox_module, "_BATCH_MAILS", 7)
    give(office, *range(45))
    with office.inbox() as inbox:
        assert inbox.fetch().new == 45
    assert len({mail.message_id for mail in mails(office)}) == 45


def test_a_mail_that_cant_be_fetched_stops_nobody_and_is_tried_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(office, 1, 2, 3)
    honest = Mailbox.bodies

    def failing(mailbox: Mailbox, uids: list[int]) -> dict[int, bytes]:
        if 102 in uids:
            raise MailRefused("the server choked", "wait")
        return honest(mailbox, uids)

    monkeypatch.setattr(Mailbox, "bodies", failing)
    with office.inbox() as inbox:
        report = inbox.fetch()
        assert (report.new, report.unread, report.vanished) == (2, 1, 0)
        monkeypatch.setattr(Mailbox, "bodies", honest)
        report = inbox.fetch()
    assert (report.new, report.unread, report.vanished) == (1, 0, 0)


def test_a_mail_that_was_never_fetched_and_is_gone_counts_as_vanished(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(office, 1)
    honest = Mailbox.bodies
    monkeypatch.setattr(Mailbox, "bodies", lambda _mailbox, _uids: {})
    with office.inbox() as inbox:
        assert inbox.fetch().unread == 1
        monkeypatch.setattr(Mailbox, "bodies", honest)
        office.server.remove(BOT, 0)
        assert inbox.fetch().vanished == 1


@pytest.mark.parametrize("bytes_a_connection", [5_000, 7_000, 9_000])
def test_a_link_that_keeps_breaking_loses_and_doubles_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch, bytes_a_connection: int
) -> None:
    monkeypatch.setattr(inbox_module, "_BATCH_MAILS", 5)
    give(office, *range(60))
    direct = office.company.mail.imap
    with FaultProxy("localhost", direct.port, Orders(cut_answers_after=bytes_a_connection)) as proxy:
        office.with_mail(imap=replace(direct, port=proxy.port))
        with office.inbox() as inbox:
            for number in range(3):
                with suppress(MailRefused):
                    inbox.fetch()
                give(office, 100 + number)
        assert proxy.connections > 1
    office.with_mail(imap=direct)
    with office.inbox() as inbox:
        assert inbox.fetch().vanished == 0
    kept = [mail.message_id for mail in mails(office)]
    assert len(kept) == len(set(kept)) == len(office.server.messages(BOT)) == 63


def test_a_junk_folder_that_cant_be_read_is_reported_and_inbox_counts(office: Office) -> None:
    give(office, 1)
    office.with_mail(imap=replace(office.company.mail.imap, junk="No such folder"))
    with office.inbox() as inbox:
        report = inbox.fetch()
    assert (report.new, report.folders, len(report.problems)) == (1, ("INBOX",), 1)
    assert "No such folder" in report.problems[0]


def test_a_dropped_connection_is_made_anew(office: Office) -> None:
    direct = office.company.mail.imap
    with FaultProxy("localhost", direct.port) as proxy:
        office.with_mail(imap=replace(direct, port=proxy.port))
        with office.inbox() as inbox:
            inbox.fetch()
            proxy.orders.cut_after = 0
            with pytest.raises(MailRefused):
                inbox.fetch()
            proxy.orders.cut_after = None
            give(office, 1)
            assert inbox.fetch().new == 1


def test_new_mail_ends_the_wait_even_when_its_line_comes_in_pieces(office: Office) -> None:
    import threading

    direct = office.company.mail.imap
    with FaultProxy("localhost", direct.port, Orders(split=True)) as proxy:
        office.with_mail(imap=replace(direct, port=proxy.port))
        with office.inbox() as inbox:
            later = threading.Timer(0.3, give, (office, 1))
            later.start()
            assert inbox.wait(20)
            later.join()
            assert inbox.fetch().new == 1
            assert not inbox.wait(0.1)


def test_no_body_reaches_the_log_even_at_debug_level(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    office.server.deliver(BOT, raw_mail("m1@x", ALICE, BOT, "confidential-balance"))
    with caplog.at_level("DEBUG"), Mailbox(office.company.mail) as mailbox:
        mailbox.examine("INBOX")
        assert mailbox.bodies([101])
        # The attribute that switches it off is imaplib's own; without it this test would fail.
        assert mailbox._client._imap.debug == 0
    assert "confidential-balance" not in caplog.text


@pytest.mark.parametrize(
    ("junk", "folders"), [("auto", ("INBOX", "Junk")), ("none", ("INBOX",)), ("Sent", ("INBOX", "Sent"))]
)
def test_the_junk_folder_is_found_named_or_left(office: Office, junk: str, folders: tuple[str, ...]) -> None:
    office.with_mail(imap=replace(office.company.mail.imap, junk=junk))
    with office.inbox() as inbox:
        assert inbox.fetch().folders == folders


def test_a_server_that_holds_the_line_ends_in_a_time_out(office: Office) -> None:
    direct = office.company.mail.imap
    with FaultProxy("localhost", direct.port, Orders(hold=True)) as proxy:
        mail = replace(office.company.mail, imap=replace(direct, port=proxy.port))
        with pytest.raises(MailRefused, match="in time"):
            Mailbox(mail, SocketTimeout(connect=0.3, read=0.3))


def test_our_clock_stamps_mails_where_the_servers_isnt_trusted(office: Office) -> None:
    give(office, 1)
    with inbox_module.Inbox(office.company, office.store, office.blobs, office.clock, trust_server_time=False) as inbox:
        inbox.fetch()
    assert mails(office)[0].received_at == office.clock.now()


def test_a_server_without_idle_is_waited_for_by_the_clock(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(IMAPClient, "has_capability", lambda _client, name: name != "IDLE")
    with office.inbox() as inbox:
        assert not inbox.wait(0.05)


def test_a_wait_of_many_minutes_idles_anew_before_the_line_is_dropped(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.edges.imap._IDLE_SECONDS", 0.05)
    idles: list[int] = []
    honest = IMAPClient.idle

    def counted(client: IMAPClient) -> None:
        idles.append(1)
        honest(client)

    monkeypatch.setattr(IMAPClient, "idle", counted)
    with office.inbox() as inbox:
        assert not inbox.wait(0.3)
    assert len(idles) >= 3


def test_large_mailboxes_are_searched_in_windows(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.edges.imap._WINDOW", 4)
    give(office, *range(11))
    with office.inbox() as inbox:
        assert inbox.fetch().new == 11


def test_an_answer_that_the_library_trips_over_is_the_servers_fault(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(office, 1)
    honest = IMAPClient.fetch

    def tripping(client: IMAPClient, uids: list[int], what: list[str]) -> object:
        if "BODY.PEEK[]" in what:
            raise ValueError("odd literal")
        return honest(client, uids, what)

    monkeypatch.setattr(IMAPClient, "fetch", tripping)
    with office.inbox() as inbox:
        assert inbox.fetch().unread == 1
        monkeypatch.setattr(IMAPClient, "fetch", honest)
        assert inbox.fetch().new == 1


def put(office: Office, number: int, arrived: datetime | None) -> None:
    """Puts a mail into the mailbox as a mail program would, with a date of arrival."""
    with IMAPClient(
        office.server.host, office.server.imap_port, ssl_context=context(office.server.ca_file), timeout=10
    ) as client:
        client.login(BOT, office.server.users[BOT])
        client.append("INBOX", raw_mail(f"m{number}@huaxin.test", ALICE, BOT, f"body {number}"), (), arrived)


def taken(office: Office) -> list[str]:
    return [row.message_id.partition("@")[0] for row in mails(office)]


YEARS_AGO, LAST_WEEK = START - timedelta(days=3000), START - timedelta(days=7)


def test_of_a_mailbox_with_a_history_only_the_last_month_is_taken_in(office: Office) -> None:
    for number, arrived in enumerate((YEARS_AGO, LAST_WEEK, YEARS_AGO)):
        put(office, number, arrived)
    with office.inbox() as inbox:
        report = inbox.fetch()
        assert (report.new, report.older, report.unread, report.vanished) == (1, 2, 0, 0)
        assert taken(office) == ["m1"]
        again = inbox.fetch()
        assert (again.new, again.older, again.unread, again.vanished) == (0, 0, 0, 0)
        office.clock.forward(days=90)
        assert inbox.fetch().new == 0
        office.server.reset_uidvalidity(BOT)
        report = inbox.fetch()
        assert (report.new, report.doubled) == (0, 1)
    assert taken(office) == ["m1"]


def test_after_the_first_look_every_mail_is_taken_in_whatever_its_date(office: Office) -> None:
    with office.inbox() as inbox:
        inbox.fetch()
        put(office, 1, YEARS_AGO)
        assert inbox.fetch().new == 1


def test_a_clock_that_was_years_ahead_at_the_first_look_leaves_no_mail_out_for_good(office: Office) -> None:
    put(office, 1, LAST_WEEK)
    office.clock.forward(days=1000)
    with office.inbox() as inbox:
        assert inbox.fetch().older == 1
        office.clock.set(START)
        assert inbox.fetch().new == 1
