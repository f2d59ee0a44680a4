"""Receiving and acting: what each kind of mail makes of its case, who is told, and what is owed."""

import errno
import json
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from bot import flow
from bot.edges.tables import ConfirmationRow, DiscrepancyRow, MailRow, OutgoingRow, StatementRow
from bot.model import Attachment
from bot.steps import acting, confirming
from tests.steps.town import (
    BOT,
    FINANCE,
    LI,
    MALLORY,
    MANAGER,
    PHRASE,
    REP,
    SERVICE,
    WANG,
    XU,
    Town,
    yes,
)

LESS = "你好，10月18日退货那笔565元你们没有减，请核实。"
SECOND_THOUGHTS = "等等，少算了一笔10月20日的退货，刚才的先不算。"
LATE_RETURN = "退货,XSTH-00099,1,2026-10-29,C001,直线导轨,HGH20CA,米,1,113.00,113.00,CNY"


# Confirmed


def test_E5_E6_a_confirmation_is_written_with_its_evidence(confirmed: Town) -> None:
    (kept,) = confirmed.all(ConfirmationRow)
    (mail,) = confirmed.judged()
    assert (kept.phrase.rstrip("。")[-len(PHRASE) :], kept.route) == (PHRASE, "phrase+scan")
    assert kept.mail_sha256 == mail.sha256
    assert "signed" in kept.scan
    assert kept.rules.endswith("R10-phrase-scan")
    assert kept.rule_version == mail.rule_version
    assert (confirmed.state(), confirmed.row().confirmed_at) == ("confirmed", mail.received_at)
    assert confirmed.history()[-1] == ("sent", "confirmed")


def test_A4_every_change_of_state_has_exactly_one_event(confirmed: Town) -> None:
    assert confirmed.history() == [
        ("", "prepared"),
        ("prepared", "queued"),
        ("queued", "sent"),
        ("sent", "confirmed"),
    ]


def test_the_thanks_wait_twelve_minutes_and_then_go_into_the_same_thread_with_the_rep_in_cc(confirmed: Town) -> None:
    (thanks,) = confirmed.owed("thanks")
    assert thanks.state == "queued"
    confirmed.later(minutes=11)
    flow.deliver(confirmed.office)
    assert confirmed.owed("thanks")[0].state == "queued"
    confirmed.later(minutes=1)
    flow.deliver(confirmed.office)
    assert confirmed.owed("thanks")[0].state == "sent"
    (mail,) = confirmed.mails("thanks")
    assert [one.address for one in mail.to] == [LI]
    assert REP in {one.address for one in mail.cc}
    assert mail.in_reply_to == ("reply-1@hengyuan.example",)
    assert mail.subject == "Re: [华东贸易有限公司][2026年10月] 銷售對賬單"


def test_second_thoughts_within_ten_minutes_take_back_thanks_and_confirmation(confirmed: Town) -> None:
    confirmed.later(minutes=10)
    confirmed.reply(SECOND_THOUGHTS)
    assert confirmed.poll() == ["reopened"]
    assert (confirmed.state(), confirmed.row().confirmed_at, confirmed.row().route) == ("discrepancy", None, None)
    (kept,) = confirmed.all(ConfirmationRow)
    assert kept.withdrawn_at is not None
    assert "先不算" in kept.withdrawn_why or "少算" in kept.withdrawn_why
    assert [row.state for row in confirmed.owed("thanks")] == ["withdrawn"]
    assert any(task.owner == FINANCE for task in confirmed.tasks("discrepancy"))
    assert len(confirmed.all(DiscrepancyRow)) == 1


def test_a_second_yes_after_the_first_changes_nothing(confirmed: Town) -> None:
    confirmed.later(hours=1)
    confirmed.reply(yes(), confirmed.sealed(), shape="163")
    confirmed.poll()
    assert confirmed.state() == "confirmed"
    assert len(confirmed.all(ConfirmationRow)) == 1
    assert len(confirmed.owed("thanks")) == 1


def test_H4_a_yes_with_a_question_about_the_invoice_confirms_and_is_finances_task(sent: Town) -> None:
    sent.reply(yes() + "另外，发票什么时候寄？\n", sent.sealed())
    assert sent.poll() == ["confirmed"]
    (task,) = sent.tasks("question")
    assert task.owner == FINANCE
    assert "陈会计" in (sent.mails("thanks")[0].plain or "")


def test_a_signed_copy_alone_waits_for_finance_who_then_accepts_it(sent: Town) -> None:
    sent.reply("请查收，谢谢。", sent.sealed())
    assert sent.poll() == ["in_review"]
    assert sent.state() == "in_review"
    assert [task.owner for task in sent.tasks("review")] == [FINANCE]
    assert not sent.all(ConfirmationRow)
    sent.later(minutes=20)
    assert "审核通过" in sent.command(f"審核通過 {sent.row().number}")
    (kept,) = sent.all(ConfirmationRow)
    assert (kept.route, kept.reviewed_by) == ("manual", FINANCE)
    assert (sent.state(), sent.tasks("review")) == ("closed", [])


def test_a_signed_copy_handed_in_by_the_rep_is_always_looked_at_by_finance(sent: Town) -> None:
    sent.reply("客户微信发来的盖章件。", sent.sealed(), sender=REP)
    assert sent.poll() == ["handed_in"]
    assert (sent.state(), [task.owner for task in sent.tasks("review")]) == ("in_review", [FINANCE])
    assert not sent.owed("thanks")


# Scan pending


def test_E6_a_yes_without_pages_is_asked_for_them_once(sent: Town) -> None:
    sent.reply(f"{PHRASE}。")
    assert sent.poll() == ["scan_pending"]
    sent.later(hours=2)
    sent.reply("沒問題。", shape="Outlook 繁")
    assert sent.poll() == ["scan_pending"]
    assert sent.state() == "scan_pending"
    (mail,) = sent.mails("scan_request")
    assert [one.address for one in mail.to] == [LI]
    assert "2026年11月6日" in (mail.plain or "")


def test_E6_pages_that_lack_signature_and_seal_are_asked_for_by_that_name(sent: Town) -> None:
    got = sent.received()
    sent.reply(yes(), (Attachment("对账单.pdf", "application/pdf", got.pdf),))
    assert sent.poll() == ["scan_pending"]
    assert "签" in (sent.mails("scan_request")[0].plain or "")


def test_E6_a_page_that_lacks_is_asked_for_by_its_number(sent: Town) -> None:
    sent.reply(yes(), sent.sealed()[1:])
    assert sent.poll() == ["scan_pending"]
    assert "第 1 页" in (sent.mails("scan_request")[0].plain or "").replace("第1页", "第 1 页")


def test_E6_pages_that_nobody_can_read_are_asked_for_by_that_name(sent: Town) -> None:
    grey = BytesIO()
    Image.effect_noise((1240, 1754), 60).save(grey, "JPEG")
    sent.reply(yes(), (Attachment("对账单.jpg", "image/jpeg", grey.getvalue()),))
    assert sent.poll() == ["scan_pending"]
    assert "无法辨认" in (sent.mails("scan_request")[0].plain or "") or "不清" in (
        sent.mails("scan_request")[0].plain or ""
    )


def test_E6_a_link_instead_of_a_file_is_told_as_such(sent: Town) -> None:
    sent.reply(f"{PHRASE}。\nhttps://mail.qq.com/cgi-bin/ftnExs_download?k=abc\n")
    assert sent.poll() == ["scan_pending"]
    assert "链接" in (sent.mails("scan_request")[0].plain or "")


# Discrepancies


def test_F1_a_difference_opens_a_thread_with_number_owner_and_deadline_and_is_acknowledged_in_the_same_thread(
    sent: Town,
) -> None:
    sent.reply(LESS)
    assert sent.poll() == ["discrepancy"]
    (thread,) = sent.all(DiscrepancyRow)
    assert (thread.number, thread.owner, thread.ours_fen) == ("CY-202611-0001", REP, 8568500)
    assert f"{thread.answer_by}" == "2026-11-05"
    assert "565" in thread.words
    (mail,) = sent.mails("discrepancy")
    assert "CY-202611-0001" in (mail.plain or "")
    assert mail.in_reply_to == ("reply-1@hengyuan.example",)
    assert REP in {one.address for one in mail.cc}
    assert sent.state() == "discrepancy"


def test_F1_a_further_word_on_an_open_thread_goes_to_the_rep_and_opens_no_second_one(sent: Town) -> None:
    sent.reply(LESS)
    sent.poll()
    sent.later(hours=1)
    sent.reply("10月20日还有一笔退货也没有减。")
    sent.poll()
    assert len(sent.all(DiscrepancyRow)) == 1
    assert [task.owner for task in sent.tasks("question")] == [REP]


def test_F7_a_filled_in_sheet_gives_the_customers_own_closing(sent: Town) -> None:
    from bot.demo.habits import HABITS

    act = next(habit for habit in HABITS if habit.name == "sheet").acts[0]
    sent.reply(act.words(sent.received()), act.attach(sent.received()))
    assert sent.poll() == ["discrepancy"]
    (thread,) = sent.all(DiscrepancyRow)
    assert thread.theirs_fen == 8568500 - 1250
    assert json.loads(thread.documents) == ["发货 XSCK-00028"] or json.loads(thread.documents)
    assert json.loads(thread.causes)


def test_a_customer_who_knows_of_no_dealings_goes_to_superior_and_finance_at_once(sent: Town) -> None:
    sent.reply("我司与贵司无往来，余额为零。")
    assert sent.poll() == ["discrepancy"]
    assert {task.owner for task in sent.tasks("no_dealings")} == {MANAGER, FINANCE}
    assert len(sent.owed("no_dealings")) == 1
    assert sent.state() == "discrepancy"


def test_a_yes_while_a_difference_is_open_is_looked_at_by_a_person(sent: Town) -> None:
    sent.reply(LESS)
    sent.poll()
    sent.later(hours=1)
    sent.reply(yes(), sent.sealed())
    sent.poll()
    assert sent.state() == "discrepancy"
    assert not sent.all(ConfirmationRow)
    assert [task.owner for task in sent.tasks("review")] == [FINANCE]


# Questions, refusals, notes, persons


def test_E2_a_question_reaches_the_rep_and_the_customer_learns_who_answers_by_when(sent: Town) -> None:
    sent.reply("请问 XSCK-00028 这张单的送货单可以补寄一份吗？")
    assert sent.poll() == ["question"]
    (task,) = sent.tasks("question")
    (mail,) = sent.mails("question")
    assert task.owner in {REP, SERVICE}
    assert task.number in (mail.plain or "")
    assert "2026年11月5日" in (mail.plain or "")
    assert sent.state() == "question"


def test_a_refusal_is_the_reps_and_gets_no_automatic_answer(sent: Town) -> None:
    sent.reply("我们不同意确认这份对账单。")
    assert sent.poll() == ["declined"]
    assert (sent.state(), [task.owner for task in sent.tasks("declined")]) == ("declined", [REP])
    assert not sent.all(OutgoingRow, OutgoingRow.customer == "C001", OutgoingRow.purpose != "statement")


def test_a_promised_day_moves_the_reminder_behind_it(sent: Town) -> None:
    sent.reply("收到，我们11月12日前回复。")
    assert sent.poll() == ["noted"]
    assert (sent.state(), f"{sent.row().remind_from}") == ("noted", "2026-11-12")


def test_who_says_it_was_answered_before_is_believed_and_somebody_searches(sent: Town) -> None:
    sent.reply("我们上周已经回复过了。")
    assert sent.poll() == ["noted"]
    assert [task.owner for task in sent.tasks("search")] == [REP]
    assert len(sent.owed("already_answered")) == 1


def test_insolvency_stops_all_automatic_mail_whatever_was_waited_for(sent: Town) -> None:
    sent.reply(f"{PHRASE}。")
    sent.poll()
    sent.later(hours=1)
    sent.reply("我司已进入破产清算程序，请与管理人联系。")
    assert sent.poll() == ["person"]
    assert sent.state() == "person"
    assert [task.owner for task in sent.tasks("judge")] == [FINANCE]
    sent.at(30)
    assert sent.row().number not in flow.chase(sent.office).reminded


def test_words_that_fit_no_rule_go_to_finance(sent: Town) -> None:
    sent.reply("今天天气不错，周末一起打球。")
    assert sent.poll() == ["person"]
    (task,) = sent.tasks("judge")
    assert (task.owner, sent.state()) == (FINANCE, "person")
    assert task.reasons


def test_a_yes_under_a_customers_name_that_nothing_proves_confirms_nothing(sent: Town) -> None:
    sent.reply(yes(), sent.sealed(), login=MALLORY)
    assert sent.poll() == ["person"]
    assert not sent.all(ConfirmationRow)


def test_a_yes_by_somebody_who_may_not_confirm_confirms_nothing(sent: Town) -> None:
    sent.reply(f"{PHRASE}。", sender=WANG)
    sent.poll()
    assert not sent.all(ConfirmationRow)
    assert sent.state() != "confirmed"


# Revisions


def test_F4_a_yes_to_the_old_revision_is_pointed_to_the_live_one(sent: Town) -> None:
    scan = sent.sealed()
    sent.at(4)
    sent.document(LATE_RETURN)
    sent.prepare()
    sent.send()
    assert (sent.row().revision, sent.state()) == (2, "sent")
    sent.at(5)
    sent.reply(yes(), scan, revision=1)
    assert sent.poll() == ["superseded"]
    assert sent.state() == "sent"
    assert not sent.all(ConfirmationRow)
    (mail,) = sent.mails("superseded")
    assert "第 1 版" in (mail.plain or "")
    assert "第 2 版" in (mail.plain or "")
    assert len(mail.attachments) == 1
    assert "-R2-" in mail.attachments[0].name


def test_a_yes_to_the_old_revision_is_not_answered_while_the_live_one_is_not_out_yet(sent: Town) -> None:
    sent.at(4)
    sent.document(LATE_RETURN)
    sent.prepare()
    sent.reply(f"{PHRASE}。", revision=1)
    sent.poll()
    assert not sent.owed("superseded")
    assert not sent.all(ConfirmationRow)


# Machines, strangers, our own mail


def test_a_bounce_is_the_reps_task_and_reminders_stop(sent: Town) -> None:
    sent.arrive(_bounce(sent))
    assert sent.poll() == ["bounce"]
    (task,) = sent.tasks("bounce")
    assert (task.owner, task.customer, sent.state()) == (REP, "C001", "sent")
    assert any(REP in row.recipients for row in sent.owed("task"))
    sent.at(11)
    done = flow.chase(sent.office)
    assert sent.row().number not in done.reminded
    assert sent.row("C002").number in done.reminded


def test_a_bounce_in_a_providers_own_words_finds_its_customer_by_the_address(sent: Town) -> None:
    from bot.edges.postmark import Postmark, bounce

    raw = bounce(b"Subject: x\r\n\r\n", BOT, {LI: "550 5.1.1 unknown"}, Postmark("mx.qq.example", sent.clock.now()))
    sent.arrive(raw)
    assert sent.poll() == ["bounce"]
    assert [task.customer for task in sent.tasks("bounce")] == ["C001"]


def test_a_bounce_of_nobody_we_know_is_still_somebodys_task(sent: Town) -> None:
    from bot.edges.postmark import Postmark, bounce

    raw = bounce(b"Subject: x\r\n\r\n", BOT, {"x@y.example": "550 5.1.1 unknown"}, Postmark("mx", sent.clock.now()))
    sent.arrive(raw)
    assert sent.poll() == ["bounce"]
    assert [task.customer for task in sent.tasks("bounce")] == [None]


def _bounce(town: Town) -> bytes:
    from bot.edges.postmark import Postmark, bounce

    return bounce(town.statement_mail(), BOT, {LI: "550 5.1.1 unknown"}, Postmark("mx.test", town.clock.now()))


def test_automatic_mails_are_never_answered(sent: Town) -> None:
    text = "您好，我正在休假，11月6日回来处理邮件。"
    sent.reply(text, headers={"Auto-Submitted": "auto-replied"}, quoting=False)
    assert sent.poll() == ["auto_reply"]
    assert sent.state() == "sent"
    assert not sent.all(OutgoingRow, OutgoingRow.customer == "C001", OutgoingRow.purpose != "statement")
    assert not sent.tasks("contact")


def test_an_automatic_mail_that_names_a_successor_is_a_contact_task(sent: Town) -> None:
    text = "您好，我已离职，对账事宜请联系王芳 ap@hengyuan.example。"
    sent.reply(text, headers={"Auto-Submitted": "auto-replied"})
    assert sent.poll() == ["auto_reply"]
    assert [task.owner for task in sent.tasks("contact")] == [REP]


def test_strangers_make_no_task_each_but_are_counted(sent: Town) -> None:
    sent.letter(MALLORY, "合作", "我们提供开票服务，请联系。")
    assert sent.poll() == ["person"]
    assert not sent.tasks("judge")
    from bot.steps import reporting

    with sent.store.read() as session:
        assert reporting.system(session, sent.office).folded == 1


def test_copies_of_our_own_mails_are_kept_and_ignored(town: Town) -> None:
    town.import_all()
    town.prepare()
    town.at(3)
    town.send()
    received = flow.receive(town.office)
    assert received.fetched.own == len(town.all(OutgoingRow, OutgoingRow.state == "sent"))
    assert {outcome for _, outcome in received.judged} == {"ignored"}
    assert town.state() == "sent"


def test_a_note_of_the_rep_in_the_thread_is_a_note_and_no_confirmation(sent: Town) -> None:
    sent.reply(f"客户电话里说没问题，{PHRASE}。", sender=REP)
    assert sent.poll() == ["staff_note"]
    assert sent.state() == "sent"


def test_O1_the_fourth_automatic_mail_of_a_day_is_held_and_shown(sent: Town) -> None:
    for text in ("发票", "合同", "仓库", "包装"):
        sent.later(minutes=20)
        sent.reply(f"请问{text}的事情找谁？")
        assert sent.poll() == ["question"]
    states = [row.state for row in sent.owed("question")]
    assert states == ["sent", "sent", "sent", "held"]
    (held,) = sent.all(OutgoingRow, OutgoingRow.state == "held")
    assert any(task.dedupe == f"held {held.dedupe}" for task in sent.tasks())


# What breaks


def test_a_mail_that_breaks_us_is_set_aside_whole_and_the_next_one_goes_on(
    sent: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    act = acting.act

    def broken(*values: object) -> None:
        act(*values)  # type: ignore[arg-type]  # everything is done, then it breaks before the commit
        if getattr(values[2], "id", 0) == 1:
            raise ZeroDivisionError("boom")

    monkeypatch.setattr(acting, "act", broken)
    first = sent.reply(LESS)
    sent.reply("请问送货单可以补寄一份吗？", code="C002", sender=XU)
    assert sent.poll() == ["set aside", "question"]
    mail = next(row for row in sent.judged() if row.state == "set_aside")
    assert mail.error == "ZeroDivisionError: boom"
    assert sent.blobs.get(mail.sha256).endswith(first[-200:])
    assert (sent.state(), sent.all(DiscrepancyRow), sent.owed("discrepancy")) == ("sent", [], [])
    assert [task.owner for task in sent.tasks("set_aside")] == [FINANCE]
    assert sent.state("C002") == "question"
    assert sent.poll() == []


def test_a_kill_between_judging_and_acting_leaves_the_mail_waiting_and_nothing_half_done(
    sent: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    act = acting.act

    def killed(*values: object) -> None:
        act(*values)  # type: ignore[arg-type]
        raise Killed

    monkeypatch.setattr(acting, "act", killed)
    sent.reply(LESS)
    with pytest.raises(Killed):
        flow.receive(sent.office)
    assert [row.state for row in sent.judged()] == ["new"]
    assert (sent.state(), sent.all(DiscrepancyRow), sent.owed("discrepancy")) == ("sent", [], [])
    monkeypatch.setattr(acting, "act", act)
    assert sent.poll() == ["discrepancy"]
    assert len(sent.all(DiscrepancyRow)) == len(sent.owed("discrepancy")) == 1


# What the database itself forbids


def test_the_database_allows_one_live_revision(sent: Town) -> None:
    values = sent.row().model_dump(exclude={"id"})
    with pytest.raises(IntegrityError):
        sent.change(lambda session: session.add(StatementRow(**{**values, "revision": 2})))


def test_the_database_allows_one_confirmation_that_is_not_withdrawn(confirmed: Town) -> None:
    (kept,) = confirmed.all(ConfirmationRow)

    def again(session: Session) -> None:
        session.add(ConfirmationRow(**kept.model_dump(exclude={"id"})))

    with pytest.raises(IntegrityError):
        confirmed.change(again)


def test_a_confirmation_without_its_stored_mail_is_a_bug(sent: Town) -> None:
    nothing = MailRow(
        company="x", fingerprint="x", sha256="x", size=1, received_at=sent.clock.now(), stored_at=sent.clock.now()
    )
    with pytest.raises(ValueError, match="needs its statement and its mail"), sent.store.write() as session:
        confirming.confirm(session, sent.row(), nothing, None, "manual")  # type: ignore[arg-type]


def test_a_full_disk_is_no_mails_fault_it_waits_and_is_judged_at_the_next_look(
    sent: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    sent.reply("请问送货单可以补寄一份吗？")
    with monkeypatch.context() as patched:
        patched.setattr(acting, "act", full)
        with pytest.raises(OSError, match="No space left"):
            sent.poll()
    assert {row.state for row in sent.all(MailRow)} == {"new"}
    assert sent.poll() == ["question"]
