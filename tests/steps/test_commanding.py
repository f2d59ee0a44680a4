"""Commands of our own people by mail: only who may, only who is proven to write, and everybody learns what was done."""

import pytest

from bot import flow
from bot.edges.tables import ConfirmationRow, DiscrepancyRow, OutgoingRow
from bot.steps import resolving
from tests.steps.town import FINANCE, LI, LIN, MALLORY, MANAGER, REP, SAMPLES, SERVICE, WAREHOUSE, Town

LESS = "你好，10月18日退货那笔565元你们没有减，请核实。"


@pytest.fixture
def differing(sent: Town) -> Town:
    """C001 has told of a difference."""
    sent.reply(LESS)
    sent.poll()
    sent.later(hours=1)
    return sent


def test_G2_finance_passes_a_confirmation_and_the_customer_learns_that_it_is_filed(confirmed: Town) -> None:
    confirmed.later(hours=1)
    flow.deliver(confirmed.office)
    assert confirmed.row().confirmed_at is not None
    answer = confirmed.command(f"審核通過 {confirmed.row().number}")
    assert "审核通过，已归档" in answer
    assert (confirmed.state(), confirmed.row().closed_at) == ("closed", confirmed.clock.now())
    (kept,) = confirmed.all(ConfirmationRow)
    assert (kept.reviewed_by, kept.route) == (FINANCE, "phrase+scan")
    (mail,) = confirmed.mails("review_passed")
    assert [one.address for one in mail.to] == [LI]
    assert confirmed.history()[-1] == ("confirmed", "closed")
    assert [event.actor for event in confirmed.events("command")] == [FINANCE]


def test_G4_finance_returns_a_confirmation_with_the_reason_which_the_customer_reads(confirmed: Town) -> None:
    answer = confirmed.command(f"退回 {confirmed.row().number} 原因：印章不清，请重新盖章")
    assert "已退回" in answer
    assert confirmed.state() == "scan_pending"
    (kept,) = confirmed.all(ConfirmationRow)
    assert "印章不清" in kept.withdrawn_why
    (mail,) = confirmed.mails("review_returned")
    assert "印章不清" in (mail.plain or "")
    assert [row.state for row in confirmed.owed("thanks")] == ["withdrawn"]


def test_a_return_without_a_reason_is_refused(confirmed: Town) -> None:
    assert "须写明原因" in confirmed.command(f"退回 {confirmed.row().number}")
    assert confirmed.state() == "confirmed"


def test_G2_only_finance_decides(confirmed: Town) -> None:
    assert "没有财务权限" in confirmed.command(f"审核通过 {confirmed.row().number}", by=REP)
    assert confirmed.state() == "confirmed"


def test_G2_a_shared_mailbox_receives_and_never_commands(confirmed: Town) -> None:
    assert "公共邮箱" in confirmed.command(f"审核通过 {confirmed.row().number}", by=SERVICE)
    assert confirmed.state() == "confirmed"


def test_N2_a_command_that_nothing_proves_is_not_carried_out_and_finance_looks_at_it(confirmed: Town) -> None:
    assert confirmed.command(f"审核通过 {confirmed.row().number}", login=MALLORY) == ""
    assert confirmed.state() == "confirmed"
    assert not confirmed.owed("command_reply")
    assert confirmed.tasks("judge")


def test_a_statement_without_any_evidence_cannot_be_passed(sent: Town) -> None:
    assert "不能审核通过" in sent.command(f"审核通过 {sent.row().number}")
    assert "没有编号为" in sent.command("审核通过 DZ-202610-000009-49")
    assert sent.state() == "sent"


def test_one_refused_number_does_not_undo_the_others(confirmed: Town) -> None:
    one, other = confirmed.row().number, confirmed.row("C002").number
    answer = confirmed.command(f"审核通过 {other} {one}")
    assert "已归档" in answer
    assert "不能审核通过" in answer
    assert (confirmed.state(), confirmed.state("C002")) == ("closed", "sent")


def test_F5_a_difference_is_closed_with_its_result_and_the_case_waits_again(differing: Town) -> None:
    assert "须写明处理结果" in differing.command("結案 CY-202611-0001", by=REP)
    assert "已结案" in differing.command("結案 CY-202611-0001 客户已确认退货单", by=REP)
    (thread,) = differing.all(DiscrepancyRow)
    assert (thread.result, thread.voided_why) == ("客户已确认退货单", "")
    assert differing.state() == "sent"
    assert "没有编号为 CY-202611-0001" in differing.command("结案 CY-202611-0001 再来一次", by=REP)


def test_K2_a_difference_of_a_misread_mail_is_voided_by_finance_only(differing: Town) -> None:
    assert "没有财务权限" in differing.command("作废差异 CY-202611-0001 误读", by=REP)
    assert "已作废" in differing.command("作废差异 CY-202611-0001 误读")
    assert differing.all(DiscrepancyRow)[0].voided_why == "误读"


def test_pages_that_came_while_a_difference_was_open_go_to_finance_when_it_closes(differing: Town) -> None:
    differing.reply("请查收。", differing.sealed())
    assert differing.poll() == ["in_review"]
    assert differing.state() == "discrepancy"
    differing.command("结案 CY-202611-0001 已解释清楚", by=REP)
    assert differing.state() == "in_review"


def test_an_answered_question_lets_the_customers_clock_run_again_with_new_days(sent: Town) -> None:
    sent.reply("请问 XSCK-00028 这张单的送货单可以补寄一份吗？")
    sent.poll()
    sent.at(11)
    assert sent.row().number not in flow.chase(sent.office).reminded
    sent.command(f"结案 {sent.tasks('question')[0].number} 已补寄")
    assert sent.state() == "sent"
    sent.at(12)
    assert sent.row().number not in flow.chase(sent.office).reminded
    sent.at(17)
    assert sent.row().number in flow.chase(sent.office).reminded


@pytest.mark.parametrize(
    ("text", "kind", "after"),
    [
        ("今天天气不错，周末一起打球。", "judge", "sent"),
        ("我们不同意确认这份对账单。", "declined", "sent"),
        ("我司已进入破产清算程序，请与管理人联系。", "judge", "person"),
    ],
    ids=["judged", "refusal settled", "insolvency"],
)
def test_a_settled_task_lets_the_case_go_on_but_never_after_insolvency(
    sent: Town, text: str, kind: str, after: str
) -> None:
    sent.reply(text)
    sent.poll()
    sent.command(f"结案 {sent.tasks(kind)[0].number} 已电话沟通")
    for task in [task for task in sent.tasks() if task.customer == "C001"]:
        sent.command(f"结案 {task.number} 已知悉")
    assert sent.state() == after


def test_two_questions_pause_until_both_are_answered(sent: Town) -> None:
    sent.reply("请问 XSCK-00028 这张单的送货单可以补寄一份吗？")
    sent.reply("请问发票什么时候寄？", shape="163")
    sent.poll()
    first, second = sent.tasks("question")
    sent.command(f"结案 {first.number} 已补寄")
    assert sent.state() == "question"
    sent.command(f"结案 {second.number} 已寄")
    assert sent.state() == "sent"


def test_N2_a_difference_is_closed_by_its_owner_a_manager_or_finance(differing: Town) -> None:
    assert "不是 CY-202611-0001 的承办人" in differing.command("结案 CY-202611-0001 已办", by=LIN)
    assert "已结案" in differing.command("结案 CY-202611-0001 已办", by=MANAGER)


def test_a_difference_that_closes_after_a_refusal_leaves_the_refusal(differing: Town) -> None:
    differing.reply("我们不同意确认这份对账单。")
    differing.poll()
    assert differing.state() == "declined"
    differing.command("结案 CY-202611-0001 已解释", by=REP)
    assert differing.state() == "declined"


def test_a_statement_that_came_back_goes_to_the_corrected_contact(sent: Town) -> None:
    from bot.edges.postmark import Postmark, bounce

    mark = Postmark("mx.test", sent.clock.now())
    sent.arrive(bounce(sent.statement_mail(), "ar@hd-trade.example", {LI: "550 5.1.1 unknown"}, mark))
    sent.poll()
    text = (SAMPLES / "customers.csv").read_text("utf-8").replace(LI, "new@hengyuan.example")
    sent.import_text("corrected.csv", text)
    assert "1 封邮件已重新排队" in sent.command(f"重发 {sent.row().number}", by=REP)
    first, again = [mail for mail in sent.mails("statement") if mail.to[0].address != "xu@taichung.example"]
    assert [one.address for one in again.to] == ["new@hengyuan.example"]
    assert [part.data for part in again.attachments] == [part.data for part in first.attachments]
    assert not sent.tasks("bounce")
    assert "没有发送失败" in sent.command(f"重发 {sent.row().number}", by=REP)


def test_A4_who_closed_a_task_stands_in_the_log_also_where_a_decision_closed_it(sent: Town) -> None:
    sent.reply("今天天气不错，周末一起打球。")
    sent.poll()
    (task,) = sent.tasks("judge")
    sent.command(f"审核通过 {sent.row().number}")
    (closed,) = [event for event in sent.events("task") if event.after == "closed"]
    assert (closed.subject, closed.actor) == (task.number, FINANCE)


def test_a_task_is_closed_by_its_owner_or_finance_and_nobody_else(sent: Town) -> None:
    sent.reply("请问 XSCK-00028 这张单的送货单可以补寄一份吗？")
    sent.poll()
    (task,) = sent.tasks("question")
    assert "不是" in sent.command(f"结案 {task.number} 已补寄", by=LIN)
    assert "须写明处理结果" in sent.command(f"结案 {task.number}", by=REP)
    assert "1 项已结案" in sent.command(f"结案 {task.number} 已补寄")
    assert not sent.tasks("question")
    assert "没有编号为" in sent.command("结案 AH-202611-9999 已补寄")


def test_closing_all_tasks_of_a_statement_closes_none_where_one_is_somebody_elses(differing: Town) -> None:
    differing.reply("10月20日还有一笔退货也没有减。")
    differing.reply("我司与贵司无往来，余额为零。")
    differing.poll()
    number, before = differing.row().number, len(differing.tasks())
    assert {task.owner for task in differing.tasks()} > {REP}
    assert "承办人" in differing.command(f"结案 {number} 已办", by=REP)
    assert len(differing.tasks()) == before
    assert "项已结案" in differing.command(f"结案 {number} 已办")
    assert not [task for task in differing.tasks() if task.customer == "C001"]


def test_D5_finance_releases_a_period_by_mail(town: Town) -> None:
    town.with_company(release="finance")
    town.import_all()
    town.prepare()
    assert "没有财务权限" in town.command("放行 2026-10", by=MANAGER)
    assert "已放行 3 份" in town.command("放行 2026-10")
    assert {town.state(code) for code in ("C001", "C002", "C003")} == {"released"}


def test_N2_a_rep_sees_its_own_customers_only_and_finance_all(sent: Town) -> None:
    mine = sent.command("状态", by=LIN)
    assert sent.row("C002").number in mine
    assert sent.row().number not in mine
    assert sent.row().number in sent.command("状态 恒远")
    assert "没有符合" in sent.command("状态 恒远", by=LIN)


def test_long_lists_are_cut(sent: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.steps import commanding

    monkeypatch.setattr(commanding, "MOST_LINES", 1)
    assert "其余 2 份从略" in sent.command("状态 2026-10")


def test_G1_the_paper_original_is_registered_by_finance(confirmed: Town) -> None:
    assert "纸本原件已登记" in confirmed.command(f"收到原件 {confirmed.row().number} 归档号 2026-118")
    (event,) = confirmed.events("original")
    assert (event.actor, "2026-118" in event.detail) == (FINANCE, True)


def test_a_command_of_a_later_version_says_so(sent: Town) -> None:
    assert "尚不支持" in sent.command("账龄 恒远", by=REP)


def test_what_nobody_may_resend_and_what_needs_no_resending(sent: Town) -> None:
    assert "无权重发" in sent.command(f"重发 {sent.row().number}", by=LIN)
    assert "没有发送失败或存疑" in sent.command(f"重发 {sent.row().number}")


def test_a_person_who_knows_better_marks_a_doubtful_mail_as_delivered(town: Town) -> None:
    town.import_all()
    town.prepare()
    town.at(3)
    flow.queue(town.office, town.prepare.__defaults__[0])  # type: ignore[index]  # October
    town.server.faults.cut = 1
    flow.deliver(town.office)
    (doubtful,) = town.all(OutgoingRow, OutgoingRow.state == "in_doubt")
    code = doubtful.customer or ""
    assert town.state(code) == "queued"
    assert "没有财务权限" in town.command(f"已送达 {town.row(code).number}", by=REP)
    assert "已记为送达" in town.command(f"已送达 {town.row(code).number}")
    assert town.state(code) == "sent"
    assert "没有发送结果不明" in town.command(f"已送达 {town.row(code).number}")


def test_an_answer_goes_to_its_writer_alone_and_into_its_thread(confirmed: Town) -> None:
    confirmed.command(f"审核通过 {confirmed.row().number}")
    (mail,) = confirmed.mails("command_reply")
    assert [one.address for one in (*mail.to, *mail.cc)] == [FINANCE]
    assert mail.in_reply_to == ("reply-2@hd-trade.example",)
    assert WAREHOUSE not in str(confirmed.owed("command_reply")[0].recipients)


def test_a_case_in_the_hands_of_a_person_can_be_passed_on_that_mails_evidence(sent: Town) -> None:
    sent.reply("今天天气不错，周末一起打球。")
    sent.poll()
    assert sent.state() == "person"
    sent.later(hours=1)
    sent.command(f"审核通过 {sent.row().number}")
    (kept,) = sent.all(ConfirmationRow)
    assert (kept.route, sent.state()) == ("manual", "closed")


def test_a_case_whose_evidence_is_gone_cannot_be_passed(sent: Town) -> None:
    def to_person(session: object) -> None:
        row = sent.row()
        row.state = "person"
        session.add(row)  # type: ignore[attr-defined]

    sent.change(to_person)
    with pytest.raises(resolving.Refused, match="没有可作凭据"), sent.store.write() as session:
        finance = sent.office.staff_at(FINANCE)
        assert finance is not None
        resolving.accept(session, sent.office, sent.row().number, finance)
