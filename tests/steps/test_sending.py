"""Sending: the pages are drawn and kept, the mail is owed in the same transaction, and the guards refuse leaks."""

import json
from dataclasses import replace

import pytest
from sqlmodel import Session

from bot import flow
from bot.edges.tables import CustomerRow, OutgoingRow
from bot.model import Purpose, load_statement
from bot.steps import ledger, owing, sending
from parsers.fold import fold
from parsers.sheet import statement_json
from tests.steps.town import FINANCE, HENGYUAN, LI, MALLORY, OCTOBER, REP, TUESDAY, WANG, XU, Town


@pytest.fixture
def ready(town: Town) -> Town:
    """Prepared on Monday, nothing sent."""
    town.import_all()
    town.prepare()
    town.clock.set(TUESDAY)
    return town


def test_D1_D3_D4_the_statement_reaches_the_customer_with_pages_sheet_and_the_mandated_subject(sent: Town) -> None:
    (mail, _) = sent.mails("statement")
    assert mail.subject == "[华东贸易有限公司][2026年10月] 銷售對賬單"
    assert [address.address for address in mail.to] == [LI]
    assert {address.address for address in mail.cc} >= {REP, WANG}
    assert [part.name.rpartition(".")[2] for part in mail.attachments] == ["pdf", "xlsx"]
    assert mail.header("x-dz-statement") == f"{sent.row().number};R1"


def test_A2_body_pages_and_sheet_show_the_same_closing(sent: Town) -> None:
    row, (mail, _) = sent.row(), sent.mails("statement")
    sheet = statement_json(mail.attachments[1].data)
    assert sheet is not None
    assert load_statement(sheet).snapshot == load_statement(row.value).snapshot
    assert load_statement(sheet).snapshot.totals.closing == load_statement(row.value).snapshot.totals.closing
    for text in (mail.plain or "", row.words):
        assert "85,685.00" in text


def test_A2_the_stored_statement_gives_the_same_bytes_again(sent: Town) -> None:
    from bot.compose import statement_pdf, statement_xlsx

    row = sent.row()
    statement = load_statement(row.value)
    assert statement_pdf.render(statement).data == sent.blobs.get(row.pdf_sha256)
    assert statement_xlsx.render(statement) == sent.blobs.get(row.xlsx_sha256)


def test_a_statement_is_queued_with_its_mail_and_sent_with_the_servers_yes(ready: Town) -> None:
    queued = flow.queue(ready.office, OCTOBER)
    assert len(queued.queued) == 2
    assert (ready.state(), ready.row().sent_at) == ("queued", None)
    assert ready.row().pdf_sha256
    assert ready.row().xlsx_sha256
    report = flow.deliver(ready.office)
    assert report.sent >= 2
    assert (ready.state(), ready.row().sent_at) == ("sent", TUESDAY)
    assert ready.history() == [("", "prepared"), ("prepared", "queued"), ("queued", "sent")]


def test_queueing_again_owes_nothing_twice(ready: Town) -> None:
    flow.queue(ready.office, OCTOBER)
    again = flow.queue(ready.office, OCTOBER)
    assert again.queued == ()
    assert len(ready.owed("statement")) == 2


def test_only_what_is_due_leaves_when_asked_so(ready: Town) -> None:
    ready.at(2)
    assert sending.queue_period(ready.office, OCTOBER, due_only=True).queued == ()


def test_a_statement_that_leaves_late_leaves_the_customer_the_days_it_was_promised(ready: Town) -> None:
    ready.at(12)
    ready.send()
    statement = load_statement(ready.row().value)
    assert f"{statement.issued_on}" == "2026-11-12"
    assert f"{statement.reply_by}" == "2026-11-19"
    assert ready.row().reply_by == statement.reply_by


def test_F4_a_revision_leaves_the_customer_the_days_it_was_promised(sent: Town) -> None:
    sent.at(25)
    sent.document("退货,XSTH-00099,1,2026-10-29,C001,直线导轨,HGH20CA,米,1,113.00,113.00,CNY")
    sent.prepare()
    sent.send()
    assert f"{load_statement(sent.row().value).reply_by}" == "2026-12-02"


def test_a_period_that_is_prepared_late_is_not_due_in_the_past(town: Town) -> None:
    town.import_all()
    town.at(20)
    town.prepare()
    town.send()
    assert f"{town.row().reply_by}" == "2026-11-27"


def test_D5_nothing_leaves_before_finance_releases_where_that_is_wanted(ready: Town) -> None:
    ready.with_company(release="finance")
    queued = ready.send()
    assert (queued.queued, len(queued.waiting)) == ((), 3)
    assert not ready.owed("statement")
    assert flow.release(ready.office, OCTOBER, FINANCE) == 3
    assert len(ready.send().queued) == 2
    assert {event.actor for event in ready.events("released")} == {FINANCE}


def test_A5_a_statement_that_names_another_customer_is_refused_and_shown(ready: Town) -> None:
    def rename(session: Session) -> None:
        row = session.get_one(CustomerRow, (ready.company.name, "C002"))
        customer = ledger.CUSTOMER.validate_json(row.value)
        row.value = ledger.CUSTOMER.dump_json(
            replace(customer, name="精密滚珠丝杠甲公司", aliases=("滚珠丝杠",))
        ).decode()
        session.add(row)

    ready.change(rename)
    queued = ready.send()
    assert queued.refused == (ready.row().number,)
    assert (ready.state(), ready.row().pdf_sha256) == ("prepared", "")
    (task,) = ready.tasks("failed")
    assert "C001" in task.words
    assert all(row.customer != "C001" for row in ready.owed("statement"))


def test_A5_a_mail_to_somebody_who_is_nobody_of_the_customer_is_refused(sent: Town) -> None:
    office = sent.office
    with pytest.raises(owing.Refused, match=MALLORY), office.store.write() as session:
        customer = ledger.customer(session, office.name, "C001")
        assert customer is not None
        from bot.model import Draft

        draft = Draft(Purpose.THANKS, "x", "x", "<p>x</p>", (MALLORY,))
        owing.owe(session, office, draft, number="DZ", customer=customer)
    assert not sent.owed("thanks")


def test_A5_every_mail_to_a_customer_goes_to_its_own_people_and_names_no_other(sent: Town) -> None:
    others = {"C001": fold("臺中精鑽"), "C002": fold("恒远")}
    addresses = {"C001": {LI, WANG, REP}, "C002": {XU, "lin@hd-trade.example"}}
    for row, mail in zip(sent.owed("statement"), sent.mails("statement"), strict=True):
        assert set(json.loads(row.recipients)) <= addresses[row.customer or ""]
        assert others[row.customer or ""] not in fold(mail.plain or "")


def test_D2_another_channel_is_a_task_that_its_rep_is_told_once(ready: Town) -> None:
    assert ready.send().other_channel == (ready.row("C003").number,)
    ready.send()
    (task,) = ready.tasks("other")
    assert (task.owner, task.customer) == (REP, "C003")
    assert ready.row("C003").pdf_sha256
    (told,) = ready.mails("task")
    assert [one.address for one in told.to] == [REP]
    assert "纸本" in (told.plain or "")
    assert told.attachments[0].data == ready.blobs.get(ready.row("C003").pdf_sha256)


def test_pages_that_were_handed_to_the_rep_stay_as_they_are_until_the_figures_change(ready: Town) -> None:
    ready.send()
    handed = ready.row("C003").pdf_sha256
    ready.at(5)
    ready.send()
    assert ready.row("C003").pdf_sha256 == handed
    ready.document("发货,XSCK-30009,1,2026-10-15,C003,气动接头,PC8-02,个,10,2.18,21.80,CNY")
    ready.prepare()
    ready.send()
    assert ready.row("C003").pdf_sha256 not in {"", handed}
    assert len(ready.tasks("other")) == 2


def test_a_mail_that_fails_is_its_reps_task_at_once_and_resend_brings_it_out(ready: Town) -> None:
    flow.queue(ready.office, OCTOBER)
    ready.server.faults.replies.extend(["550 5.7.1 message refused"])
    flow.deliver(ready.office)
    (failed,) = ready.all(OutgoingRow, OutgoingRow.state == "failed")
    (task,) = ready.tasks("failed")
    assert (task.owner, task.customer, failed.customer) == (REP, "C001", "C001")
    assert any(REP in row.recipients for row in ready.owed("task"))
    assert (ready.state(), ready.state("C002")) == ("queued", "sent")
    answer = ready.command(f"重发 {ready.row().number}")
    assert "重新排队" in answer
    assert ready.state() == "sent"
    assert not ready.tasks("failed")


def test_one_statement_that_breaks_the_drawing_stops_nobody_else(ready: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    draw = sending.statement_pdf.render

    def broken(statement: object, seal: bytes | None = None) -> object:
        if statement.snapshot.customer.name == HENGYUAN:  # type: ignore[attr-defined]
            raise ZeroDivisionError("no ink")
        return draw(statement, seal)  # type: ignore[arg-type]

    monkeypatch.setattr(sending.statement_pdf, "render", broken)
    queued = ready.send()
    assert (queued.refused, len(queued.queued)) == ((ready.row().number,), 1)
    assert ready.tasks("failed")[0].words == "no ink"
    assert ready.state("C002") == "sent"


def test_a_customer_that_is_gone_is_refused_and_shown(ready: Town) -> None:
    ready.change(lambda session: session.delete(session.get_one(CustomerRow, (ready.company.name, "C001"))))
    assert ready.send().refused == (ready.row().number,)
    assert "is gone" in ready.tasks("failed")[0].words


def test_of_two_processes_the_second_owes_nothing(ready: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = ready.row()
    ready.send()
    monkeypatch.setattr(sending, "_of_period", lambda *_: [seen])
    assert sending.queue_period(ready.office, OCTOBER).refused == (seen.number,)
    assert len([row for row in ready.owed("statement") if row.customer == "C001"]) == 1


def test_a_mail_that_arrives_after_its_statement_went_on_changes_no_state(confirmed: Town) -> None:
    (mail, _) = confirmed.owed("statement")
    confirmed.change(lambda session: sending.on_sent(session, confirmed.office, mail))
    assert confirmed.state() == "confirmed"
