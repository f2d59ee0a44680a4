"""The outbox on a real (embedded) server: once, exactly, and its end known."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.edges import smtp as smtp_module
from bot.edges.claims import LEASE, back_off
from bot.edges.embedded_smtp import Submission
from bot.edges.outbox import dedupe_key, enqueue, message_id_for
from bot.edges.smtp import Timeouts
from bot.edges.store import broken_links
from bot.edges.tables import OutgoingRow
from bot.edges.tls import LoginRefused, Unreachable
from bot.model import Purpose
from tests.edges.mail_company import ALICE, BOB, BOT, START, Office, an_office, raw_mail, rows, states
from tests.realmail.fault_proxy import FaultProxy, Orders


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with an_office(tmp_path) as made:
        yield made


def test_invariant_3_the_bytes_sent_are_the_bytes_stored_dots_and_all(office: Office) -> None:
    message_id = office.owe("1", body="..two dots\r\n.\r\n.one dot\r\nend")
    report = office.sender().deliver()
    assert (report.sent, report.failed, office.states()) == (1, 0, ["sent"])
    stored = office.blobs.get(office.row().sha256)
    (delivered,) = office.server.messages(ALICE)
    assert delivered.endswith(stored)
    assert f"<{message_id}>".encode() in stored


def test_a_copy_goes_to_ourselves_in_the_envelope_only(office: Office) -> None:
    message_id = office.owe("1")
    office.sender().deliver()
    assert office.got(BOT, message_id) == 1
    assert b"bcc" not in office.server.messages(ALICE)[0].lower()


@pytest.mark.parametrize("sent_copy", ["server", "none"])
def test_no_copy_goes_to_ourselves_where_the_setting_says_so(office: Office, sent_copy: str) -> None:
    office.with_mail(sent_copy=sent_copy)
    office.owe("1")
    office.sender().deliver()
    assert office.server.messages(BOT) == []


def test_invariant_3_the_same_mail_is_owed_once(office: Office) -> None:
    office.owe("1")
    key = dedupe_key(Purpose.STATEMENT, "1", 1, 0)
    with office.store.write() as session:
        again = enqueue(
            session,
            company=office.company.name,
            purpose=Purpose.STATEMENT,
            dedupe=key,
            raw=raw_mail("other@hd.test"),
            envelope_from=BOT,
            recipients=[ALICE],
            subject="",
            now=START,
            blobs=office.blobs,
        )
    assert again is None
    assert len(rows(office.store)) == 1


def test_message_ids_follow_from_the_key_alone() -> None:
    one, other = (dedupe_key(Purpose.REMINDER, "DZ-202610-000001-73", 1, step) for step in (1, 2))
    assert message_id_for(one, "hd.test") == message_id_for(one, "hd.test")
    assert message_id_for(one, "hd.test") != message_id_for(other, "hd.test")


@pytest.mark.parametrize(
    ("raw", "recipients"),
    [
        (b"Message-ID: <a@b>\n\nbare line feed\n", [ALICE]),
        (b"Message-ID: <a@b>\r\n\r\nno line end", [ALICE]),
        (b"Message-ID: <a@b>\r\n\r\n" + b"x" * 999 + b"\r\n", [ALICE]),
        (b"Subject: none\r\n\r\nno id\r\n", [ALICE]),
        (b"Message-ID: <a@b>\r\n\r\nx\r\n", []),
    ],
    ids=["bare LF", "no final CRLF", "line too long", "no Message-ID", "nobody"],
)
def test_what_cant_be_sent_as_it_is_is_not_owed(office: Office, raw: bytes, recipients: list[str]) -> None:
    with pytest.raises(ValueError, match="mail"), office.store.write() as session:
        enqueue(
            session,
            company="x",
            purpose=Purpose.DIGEST,
            dedupe="d",
            raw=raw,
            envelope_from=BOT,
            recipients=recipients,
            subject="",
            now=START,
            blobs=office.blobs,
        )


def test_sending_is_committed_before_the_server_has_the_mail(tmp_path: Path) -> None:
    seen: list[list[str]] = []

    def now() -> object:
        seen.append(states(made.store))
        return START

    with an_office(tmp_path, now=now) as made:
        made.owe("1")
        made.sender().deliver()
    assert seen
    assert all(found == ["sending"] for found in seen)


def test_a_refused_recipient_is_recorded_and_the_other_gets_its_mail(office: Office) -> None:
    office.server.faults.refuse[BOB] = "550 5.1.1 no such user"
    message_id = office.owe("1", (ALICE, BOB))
    assert office.sender().deliver().sent == 1
    assert office.got(ALICE, message_id) == 1
    assert office.got(BOB, message_id) == 0
    assert BOB in office.row().refused
    assert "no such user" in office.row().refused


def test_when_all_recipients_are_refused_the_mail_failed_and_nobody_has_it(office: Office) -> None:
    office.server.faults.refuse |= {ALICE: "550 5.1.1 gone", BOB: "550 5.1.1 gone too"}
    office.owe("1", (ALICE, BOB))
    failed: list[str] = []
    report = office.sender(on_failed=lambda _session, row: failed.append(row.dedupe)).deliver()
    assert (report.failed, office.states(), len(failed)) == (1, ["failed"], 1)
    assert office.server.messages(BOT) == []
    assert "gone" in office.row().error


def test_a_recipient_refused_for_the_moment_delays_the_mail_for_all(office: Office) -> None:
    office.server.faults.refuse[BOB] = "450 4.2.0 greylisted"
    message_id = office.owe("1", (ALICE, BOB))
    assert office.sender().deliver().later == 1
    assert office.got(ALICE, message_id) == 0
    assert timedelta(minutes=5) <= office.row().not_before - office.clock.now() <= timedelta(minutes=15)
    office.server.faults.refuse.clear()
    assert office.sender().deliver().sent == 0
    office.clock.forward(minutes=15)
    assert office.sender().deliver().sent == 1
    assert (office.got(ALICE, message_id), office.got(BOB, message_id)) == (1, 1)


def test_after_some_attempts_the_others_get_their_mail(office: Office) -> None:
    office.server.faults.refuse[BOB] = "450 4.2.0 still greylisted"
    message_id = office.owe("1", (ALICE, BOB))
    for _ in range(4):
        assert office.states() == ["queued"]
        office.sender().deliver()
        office.clock.forward(hours=6)
    assert office.states() == ["sent"]
    assert office.got(ALICE, message_id) == 1
    assert BOB in office.row().refused


def test_a_recipient_alone_who_is_refused_for_the_moment_is_tried_for_days(office: Office) -> None:
    office.server.faults.refuse[ALICE] = "450 4.2.1 mailbox busy"
    message_id = office.owe("1")
    for _ in range(8):
        office.sender().deliver()
        office.clock.forward(hours=6)
    assert (office.states(), office.server.messages(BOT)) == (["queued"], [])
    office.server.faults.refuse.clear()
    office.sender().deliver()
    assert office.got(ALICE, message_id) == 1


def test_a_sender_that_slept_before_its_mail_sends_nothing(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.edges.outbox._STALE_SECONDS", -1.0)
    office.owe("1")
    assert office.sender().deliver().later == 1
    assert office.server.messages(ALICE) == []


def test_a_temporary_answer_to_the_mail_is_tried_again_and_given_up_after_five_days(office: Office) -> None:
    office.owe("1")
    for _ in range(60):
        office.server.faults.replies.append("451 4.3.0 try later")
        office.sender().deliver()
        office.clock.forward(hours=6)
    assert office.states() == ["failed"]
    assert "given up after 5 days" in office.row().error
    assert office.server.messages(ALICE) == []


@pytest.mark.parametrize("attempts", [1, 2, 5, 40])
def test_retries_wait_longer_each_time_up_to_six_hours(attempts: int) -> None:
    assert timedelta(minutes=min(5 * 2 ** (attempts - 1), 360)) <= back_off(attempts) <= timedelta(hours=6)


@pytest.mark.parametrize(
    "reply", ["550 Connection frequency limited", "554 you are too frequently sending", "421 4.7.0 too many messages"]
)
def test_a_frequency_limit_slows_the_account_down_and_fails_nothing(office: Office, reply: str) -> None:
    office.server.faults.replies.append(reply)
    office.owe("1")
    office.owe("2")
    report = office.sender().deliver()
    assert (report.later, report.sent, report.failed) == (1, 0, 0)
    assert report.resume_at == office.clock.now() + timedelta(minutes=10)
    office.clock.forward(minutes=16)
    assert office.sender().deliver().sent == 2


def test_a_final_refusal_fails_that_mail_and_the_next_one_goes(office: Office) -> None:
    office.server.faults.replies.append("554 5.7.1 message contains spam")
    office.owe("1")
    office.owe("2")
    report = office.sender().deliver()
    assert (report.failed, report.sent, office.states()) == (1, 1, ["failed", "sent"])


def test_an_address_that_no_command_can_hold_is_a_refused_recipient(office: Office) -> None:
    message_id = office.owe("1", (ALICE, "财务@huaxin.test"))
    assert office.sender().deliver().sent == 1
    assert office.got(ALICE, message_id) == 1
    assert "553" in office.row().refused


def test_a_lost_answer_is_in_doubt_and_our_own_copy_settles_it(office: Office) -> None:
    office.server.faults.lose_answer = 1
    message_id = office.owe("1")
    assert office.sender().deliver().in_doubt == 1
    assert office.settle().waiting == 1
    office.clock.forward(minutes=10)
    settled: list[str] = []
    report = office.settle(on_sent=lambda _session, row: settled.append(row.dedupe))
    assert (report.found, report.resent, office.states(), len(settled)) == (1, 0, ["sent"], 1)
    office.sender().deliver()
    assert office.got(ALICE, message_id) == 1


def test_a_copy_that_was_received_already_settles_a_doubt_without_the_server(office: Office) -> None:
    office.server.faults.lose_answer = 1
    office.owe("1")
    office.sender().deliver()
    with office.inbox() as inbox:
        inbox.fetch()
    office.clock.forward(minutes=10)
    office.with_mail(imap=replace(office.company.mail.imap, port=1))
    assert office.settle().found == 1


def test_a_link_cut_in_mid_body_is_resent_once_with_the_same_message_id(office: Office) -> None:
    office.server.faults.cut = 1
    message_id = office.owe("1")
    office.owe("2")
    assert office.sender().deliver().in_doubt == 1
    office.clock.forward(minutes=10)
    report = office.settle()
    assert (report.resent, report.found) == (1, 0)
    office.sender().deliver()
    assert office.states() == ["sent", "sent"]
    assert office.got(ALICE, message_id) == 1


@pytest.mark.parametrize(
    ("orders", "delivered"),
    [(Orders(cut_after=60_000), 0), (Orders(mute_after=200_000), 1)],
    ids=["cut in mid-body", "answer lost"],
)
def test_two_losses_that_look_alike_are_told_apart_by_evidence(office: Office, orders: Orders, delivered: int) -> None:
    message_id = office.owe("1", body="x" * 70 + ("\r\n" + "x" * 70) * 3000)
    direct = office.company.mail.smtp
    with FaultProxy("localhost", direct.port, orders) as proxy:
        office.with_mail(smtp=replace(direct, port=proxy.port))
        assert office.sender().deliver().in_doubt == 1
    assert office.got(ALICE, message_id) == delivered
    office.with_mail(smtp=direct)
    office.clock.forward(minutes=10)
    report = office.settle()
    assert (report.found, report.resent) == (delivered, 1 - delivered)
    office.sender().deliver()
    assert (office.got(ALICE, message_id), office.states()) == (1, ["sent"])


@pytest.mark.parametrize("how", ["mailbox unreachable", "no copies are kept", "our own copy was refused"])
def test_a_doubt_without_evidence_is_left_to_a_person(office: Office, how: str) -> None:
    if how == "no copies are kept":
        office.with_mail(sent_copy="none")
    if how == "our own copy was refused":
        office.server.faults.refuse[BOT] = "550 5.2.2 mailbox full"
    office.server.faults.cut = 1
    office.owe("1")
    office.sender().deliver()
    office.clock.forward(hours=1)
    if how == "mailbox unreachable":
        office.with_mail(imap=replace(office.company.mail.imap, port=1))
    report = office.settle()
    assert (report.undecided, report.resent, office.states()) == (1, 0, ["in_doubt"])
    assert isinstance(report.refused, Unreachable) == (how == "mailbox unreachable")


def test_the_servers_own_sent_folder_settles_a_doubt(tmp_path: Path) -> None:
    with an_office(tmp_path, keep_sent=True) as office:
        office.with_mail(sent_copy="server")
        office.server.faults.lose_answer = 1
        office.owe("1")
        office.sender().deliver()
        office.clock.forward(minutes=10)
        assert office.settle().found == 1


def test_a_connection_dropped_before_the_mail_is_no_doubt(office: Office) -> None:
    office.server.faults.drop_at_mail = 1
    office.owe("1")
    office.owe("2")
    report = office.sender().deliver()
    assert (report.later, report.sent, report.in_doubt) == (1, 1, 0)
    office.clock.forward(minutes=15)
    assert office.sender().deliver().sent == 1


def test_connections_that_keep_dropping_end_the_run(office: Office) -> None:
    office.server.faults.drop_at_mail = 99
    for number in range(5):
        office.owe(str(number))
    assert office.sender().deliver().later == 2
    assert office.states().count("queued") == 5


def test_a_mail_isnt_sent_before_its_time_and_limits_are_kept(office: Office) -> None:
    office.owe("1")
    office.owe("2")
    office.clock.forward(days=-1)
    assert office.sender().deliver().sent == 0
    office.clock.forward(days=1)
    told: list[str] = []
    assert office.sender().deliver(limit=1, progress=lambda row: told.append(row.state)).waiting == 1
    assert told == ["sent"]


def test_bytes_that_are_gone_hold_one_mail_back_only(office: Office) -> None:
    office.owe("1", body="one")
    office.owe("2", body="two")
    office.blobs.path(rows(office.store)[0].sha256).unlink()
    report = office.sender().deliver()
    assert (report.later, report.sent) == (1, 1)
    assert "can't be read" in rows(office.store)[0].error


def test_a_server_that_is_down_leaves_everything_queued(office: Office) -> None:
    office.owe("1")
    office.with_mail(smtp=replace(office.company.mail.smtp, port=1))
    report = office.sender().deliver()
    assert isinstance(report.refused, Unreachable)
    assert (report.waiting, office.states(), office.row().attempts) == (1, ["queued"], 0)


def test_a_wrong_password_leaves_everything_queued_and_says_so(office: Office) -> None:
    office.owe("1")
    office.server.users[BOT] = "changed"
    assert isinstance(office.sender().deliver().refused, LoginRefused)
    assert office.states() == ["queued"]


def test_a_silent_server_is_in_doubt_after_the_time_out(office: Office) -> None:
    office.server.faults.delay = 1.0
    office.owe("1")
    assert office.sender(timeouts=Timeouts(data=0.2)).deliver().in_doubt == 1


def _sending(office: Office, worker: str) -> None:
    office.owe("1")
    with office.store.write() as session:
        row = session.get_one(OutgoingRow, 1)
        row.state, row.worker, row.sending_at, row.attempts = "sending", worker, office.clock.now(), 1
        session.add(row)


def test_a_dead_senders_mail_is_in_doubt_at_the_next_start(office: Office) -> None:
    import socket

    _sending(office, f"{socket.gethostname()}/999999999/1")
    office.sender().deliver()
    assert office.states() == ["in_doubt"]


@pytest.mark.parametrize("given_up_as", ["in_doubt", "queued", "sent", "failed"])
def test_what_a_frozen_sender_learns_late_still_counts(office: Office, given_up_as: str) -> None:
    from bot.edges.claims import Claims
    from bot.edges.smtp import Accepted

    office.owe("1")
    claims = Claims(office.company, office.store, office.clock)
    claimed = claims.claim()
    assert isinstance(claimed, OutgoingRow)
    with office.store.write() as session:
        row = session.get_one(OutgoingRow, claimed.id)
        row.state = given_up_as
        session.add(row)
    expected = given_up_as if given_up_as == "failed" else "sent"
    assert claims.finish(claimed, Accepted()).state == expected


def test_a_copy_goes_to_ourselves_also_when_our_address_ends_a_recipients(office: Office) -> None:
    message_id = office.owe("1", (ALICE, f"ro{BOT}"))
    office.sender().deliver()
    assert office.got(BOT, message_id) >= 1


def test_a_frozen_senders_mail_is_in_doubt_after_its_lease_only(office: Office) -> None:
    _sending(office, "another-host/17/1")
    office.sender().deliver()
    assert office.states() == ["sending"]
    office.clock.forward(seconds=LEASE.total_seconds() + 1)
    office.sender().deliver()
    assert office.states() == ["in_doubt"]


def test_invariant_9_the_end_of_each_mail_stands_in_the_audit_log(office: Office) -> None:
    office.server.faults.replies.append("554 5.7.1 no")
    office.owe("1")
    office.owe("2")
    sent: list[str] = []
    office.sender(on_sent=lambda _session, row: sent.append(row.dedupe)).deliver()
    with office.store.read() as session:
        from sqlmodel import select

        from bot.edges.tables import EventRow

        assert broken_links(session) == []
        kinds = list(session.exec(select(EventRow.kind)))
    assert kinds == ["mail.failed", "mail.sent"]
    assert sent == ["statement/2/R1/0"]


def test_copies_received_already_and_copies_still_on_the_server_both_count(office: Office) -> None:
    office.server.faults.lose_answer = 1
    office.owe("1", body="one")
    office.sender().deliver()
    with office.inbox() as inbox:
        inbox.fetch()
    office.server.faults.lose_answer = 1
    office.owe("2", body="two")
    office.sender().deliver()
    office.server.faults.cut = 1
    office.owe("3", body="three")
    office.sender().deliver()
    office.clock.forward(minutes=10)
    report = office.settle()
    assert (report.found, report.resent) == (2, 1)


def test_a_server_that_hangs_up_at_once_ends_the_run(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.edges.smtp import Link

    monkeypatch.setattr(Link, "alive", False)
    office.owe("1")
    assert office.sender().deliver().waiting == 1


async def _offers_dsn(
    _handler: object, _server: object, session: Any, _envelope: object, name: str, lines: list[str]
) -> list[str]:
    session.host_name = name
    return ["250-DSN", *lines]


def test_a_server_that_offers_dsn_and_refuses_its_parameters_gets_the_mail_all_the_same(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Submission, "handle_EHLO", _offers_dsn, raising=False)  # aiosmtpd answers 555 to ENVID
    message_id = office.owe("dsn")
    assert office.sender().deliver().sent == 1
    office.server.until_idle()
    assert office.got(ALICE, message_id) == 1
    assert json.loads(office.row().refused) == []


@pytest.mark.parametrize(
    ("text", "written"), [("a1@hd.test", "a1@hd.test"), ("a+b=c d", "a+2Bb+3Dc+20d"), ("對賬@x", "")]
)
def test_an_envelope_id_is_written_as_xtext(text: str, written: str) -> None:
    assert smtp_module._xtext(text) == written  # RFC 3461's own examples
