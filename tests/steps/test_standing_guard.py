"""Doubtful mails, the audit log, the checkup and the service: what must hold while nobody looks."""

import threading
from dataclasses import replace

import pytest
from sqlmodel import Session, col, select

from bot import flow
from bot.config import Secret
from bot.edges.tables import EventRow, OutgoingRow, StatementRow
from bot.edges.tls import MailRefused
from bot.steps import auditing, checkup, receiving, serving
from tests.steps.town import BOT, FINANCE, LI, OCTOBER, Town


@pytest.fixture
def doubtful(town: Town) -> Town:
    """Both statements were cut off before the server's answer."""
    town.import_all()
    town.prepare()
    town.at(3)
    flow.queue(town.office, OCTOBER)
    town.server.faults.lose_answer = 1
    flow.deliver(town.office)
    assert [row.state for row in town.owed("statement")] == ["in_doubt", "sent"]
    return town


def test_a_mail_whose_answer_was_lost_is_found_by_its_own_copy_and_its_statement_is_sent(doubtful: Town) -> None:
    assert flow.settle_doubts(doubtful.office).waiting == 1
    doubtful.later(minutes=15)
    assert flow.settle_doubts(doubtful.office).found == 1
    assert doubtful.state() == "sent"
    assert len(doubtful.server.messages(LI)) == 1


def test_what_evidence_cannot_settle_is_a_task_of_finance_once(doubtful: Town) -> None:
    doubtful.with_company(mail=replace(doubtful.company.mail, sent_copy="none"))
    doubtful.later(minutes=15)
    for _ in range(2):
        assert flow.settle_doubts(doubtful.office).undecided == 1
    (task,) = doubtful.tasks("in_doubt")
    assert (task.owner, task.customer) == (FINANCE, "C001")


def test_A4_an_untouched_log_and_untouched_files_are_intact(confirmed: Town) -> None:
    assert auditing.verify(confirmed.office) == []


def test_A4_an_altered_event_is_found(sent: Town) -> None:
    def alter(session: Session) -> None:
        event = session.exec(select(EventRow).where(EventRow.kind == "sent")).first()
        assert event is not None
        event.actor = "nobody"
        session.add(event)

    sent.change(alter)
    (fault,) = auditing.verify(sent.office)
    assert "doesn't follow" in fault


def test_A4_a_removed_event_is_found(sent: Town) -> None:
    sent.change(lambda session: session.delete(session.exec(select(EventRow).where(col(EventRow.seq) == 3)).one()))
    assert auditing.verify(sent.office) == ["event 4 doesn't follow from the one before it"]


@pytest.mark.parametrize("kept", ["pdf_sha256", "xlsx_sha256"])
def test_A4_an_altered_file_of_a_statement_is_found(sent: Town, kept: str) -> None:
    sha256 = getattr(sent.row(), kept)
    (path,) = [each for each in sent.blobs.folder.rglob("*") if each.is_file() and each.name.startswith(sha256)]
    path.chmod(0o600)
    path.write_bytes(path.read_bytes() + b" ")
    (fault,) = auditing.verify(sent.office)
    assert sha256 in fault


def test_A4_a_missing_mail_is_found(confirmed: Town) -> None:
    sha256 = confirmed.judged()[0].sha256
    (path,) = [each for each in confirmed.blobs.folder.rglob("*") if each.is_file() and each.name.startswith(sha256)]
    path.unlink()
    (fault,) = auditing.verify(confirmed.office)
    assert sha256 in fault


def findings(town: Town) -> dict[str, checkup.Finding]:
    return {each.what: each for each in checkup.examine(town.office)}


def test_N3_the_checkup_finds_a_good_house_in_order(town: Town) -> None:
    town.import_all()
    found = findings(town)
    assert not any(each.bad for each in found.values()), found
    assert found["SMTP"].mark == "✓"
    assert found["IMAP"].finding.endswith(BOT)
    assert found["owners"].finding.startswith("3 customers")


def test_N3_the_checkup_tells_wrong_passwords_open_folders_and_missing_owners(town: Town) -> None:
    town.import_all()
    mail = town.company.mail
    wrong = {
        name: replace(server, password=Secret("wrong")) for name, server in (("smtp", mail.smtp), ("imap", mail.imap))
    }
    staff = tuple(person for person in town.company.staff if person.address != "lin@hd-trade.example")
    town.with_company(mail=replace(mail, authserv_id=None, **wrong), staff=staff)  # type: ignore[arg-type]
    town.folder.chmod(0o755)
    found = findings(town)
    assert (found["SMTP"].mark, found["IMAP"].mark, found["owners"].mark) == ("✗", "✗", "✗")
    assert (found["authentication"].mark, found["data folder"].mark) == ("!", "!")
    assert "wrong" not in found["SMTP"].finding.replace("wrong password", "")


def test_N3_an_old_interpreter_and_a_missing_extra_are_warnings(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkup, "INJECTING", ((*checkup.sys.version_info[:2], 999),))
    monkeypatch.setattr(checkup.importlib.util, "find_spec", lambda _: None)
    found = findings(town)
    assert (found["python"].mark, found["scans"].mark) == ("!", "!")
    monkeypatch.setattr(checkup, "INJECTING", ())
    assert findings(town)["python"].mark == "✓"


def test_the_calendar_is_good_where_its_years_are_published(town: Town) -> None:
    town.clock.set(town.clock.now().replace(year=2024))
    assert findings(town)["calendar"].mark in {"✓", "!"}


def test_B1_the_service_prepares_sends_chases_and_reports_by_the_clock(town: Town) -> None:
    town.import_all()
    schedule = serving.schedule([town.office], town.store, town.clock)
    town.at(2, 8, 30)
    schedule.run_due()
    assert {town.state(code) for code in ("C001", "C002", "C003")} == {"prepared"}
    town.at(3, 8, 30)
    schedule.run_due()
    assert (town.state(), town.state("C002"), town.state("C003")) == ("sent", "sent", "prepared")
    assert schedule.run_due() == ()
    town.at(3, 18, 0)
    schedule.run_due()
    assert len(town.owed("digest")) == len({row.dedupe for row in town.owed("digest")}) >= 1
    assert [row.state for row in town.owed("digest")][-1] == "sent"


def test_A3_slots_missed_while_it_was_down_are_caught_up_once(town: Town) -> None:
    town.import_all()
    serving.schedule([town.office], town.store, town.clock).run_due()
    town.at(11, 20, 0)
    ran = serving.schedule([town.office], town.store, town.clock).run_due()
    assert {slot.job for slot in ran} >= {"send", "chase", "digest"}
    assert (town.state(), town.state("C002")) == ("sent", "sent")
    assert len(town.owed("statement")) == 2
    town.later(minutes=1)
    again = serving.schedule([town.office], town.store, town.clock).run_due()
    assert not {slot.job for slot in again} & {"send", "chase", "digest"}


def test_without_any_import_the_service_sends_nothing(town: Town) -> None:
    assert serving.send_what_is_due(town.office) == ()
    assert not town.all(StatementRow)


def test_the_service_lives_on_when_the_mailbox_refuses_and_judges_what_it_has(
    sent: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent.reply("请问送货单可以补寄一份吗？")
    monkeypatch.setattr(receiving, "judge_waiting", lambda *_: ())
    receiving.receive(sent.office)
    monkeypatch.undo()
    imap = replace(sent.company.mail.imap, password=Secret("wrong"))
    sent.with_company(mail=replace(sent.company.mail, imap=imap))
    poll = next(job for job in serving.jobs_for(sent.office) if job.name == "poll")
    poll.function(None)  # type: ignore[arg-type]
    assert {row.state for row in sent.judged()} == {"judged"}
    assert sent.state() == "question"
    settle = next(job for job in serving.jobs_for(sent.office) if job.name == "settle")
    settle.function(None)  # type: ignore[arg-type]
    assert not sent.all(OutgoingRow, OutgoingRow.state == "in_doubt")


def test_the_service_reads_a_mail_as_soon_as_the_server_tells_of_it(
    sent: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop, polled = threading.Event(), threading.Event()
    receiving.receive(sent.office)
    monkeypatch.setattr(serving, "poll", lambda office: (receiving.receive(office), polled.set()))
    monkeypatch.setattr(serving, "WAIT_SECONDS", 5.0)
    listening = threading.Thread(target=serving.listen, args=(sent.office, stop))
    listening.start()
    try:
        for _ in range(20):
            sent.reply("请问送货单可以补寄一份吗？")
            if polled.wait(1):
                break
        assert polled.is_set()
    finally:
        stop.set()
        listening.join(15)
    assert not listening.is_alive()


def test_a_mailbox_that_refuses_is_listened_to_again_later(sent: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    stop = threading.Event()
    tries: list[float] = []

    def refuse(_self: object, _seconds: float) -> bool:
        tries.append(1)
        if len(tries) == 2:
            stop.set()
        raise MailRefused("the server", "later")

    monkeypatch.setattr(serving, "LONGEST_PAUSE", 0.01)
    monkeypatch.setattr(serving.Inbox, "wait", refuse)
    serving.listen(sent.office, stop)
    assert len(tries) == 2
