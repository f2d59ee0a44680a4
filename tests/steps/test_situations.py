"""The situations that a clerk meets: what each mail is, what we answer, who gets a task, and what stops.

Each runs in a transaction of its own that is rolled back, over one month that was really sent; scans are given as read.
"""
# ruff: noqa: E501  # sentences and mails of the tables stand on one line each

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from bot.decide.judge import judge
from bot.demo.seal import round_seal
from bot.edges.clock import SimulatedClock
from bot.edges.embedded import EmbeddedMail
from bot.edges.sandbox import Sandbox
from bot.edges.tables import ConfirmationRow, DiscrepancyRow, MailRow, OutgoingRow, StatementRow, TaskRow
from bot.model import Judgement
from bot.steps import acting, registering
from bot.steps.understanding import Understood
from parsers.attachment import AttachmentReading, SheetDifference
from tests.decide import replies
from tests.steps.town import FINANCE, HENGYUAN, LI, MANAGER, PHRASE, REP, SERVICE, TUESDAY, WANG, Town, a_town, copied

NUMBER = "DZ-202610-000001-73"
SIGNED = (replies.scan(number=NUMBER),)
NONE: tuple[AttachmentReading, ...] = ()
LINK = "\n\n从QQ邮箱发来的超大附件\n\n对账单.pdf (15.20M, 2026年12月5日 17:30 到期)\n进入下载页面：http://mail.qq.com/cgi-bin/ftnExs_download?k=abc\n"


@pytest.fixture(scope="module")
def month(
    tmp_path_factory: pytest.TempPathFactory,
    _sent_month: object,
    servers: EmbeddedMail,
    sandbox: Sandbox,
    clock: SimulatedClock,
) -> Iterator[Town]:
    folder = copied(_sent_month, tmp_path_factory.mktemp("situations") / "town")  # type: ignore[arg-type]  # the fixture's path
    with a_town(folder, servers, sandbox, clock) as made:
        yield made


@dataclass(frozen=True, slots=True)
class Came:
    """What came of a mail."""

    judgement: Judgement
    state: str
    mails: dict[str, str]
    tasks: set[tuple[str, str]]
    remind_from: date | None
    recipients: set[str]
    queued: list[str]
    differences: list[DiscrepancyRow]
    confirmations: int


class _Undone(Exception):  # noqa: N818  # ends a transaction
    pass


@contextmanager
def undone(town: Town) -> Iterator[Session]:
    """A transaction of which nothing is kept."""
    with suppress(_Undone), town.store.write() as session:
        yield session
        raise _Undone


def comes(
    town: Town,
    text: str,
    readings: tuple[AttachmentReading, ...] = NONE,
    *,
    sender: str = LI,
    state: str = "sent",
    closing_fen: int | None = None,
    **changes: object,
) -> Came:
    """A mail comes in the thread of C001's statement while it is in a state; nothing of it is kept."""
    town.clock.set(TUESDAY)
    with undone(town) as session:
        row = session.exec(select(StatementRow).where(StatementRow.number == NUMBER)).one()
        row.state, row.closing_fen = state, row.closing_fen if closing_fen is None else closing_fen
        session.add(row)
        session.flush()
        return _act(town, session, row, (text, sender, changes), readings)


def _act(
    town: Town,
    session: Session,
    row: StatementRow,
    mail_of: tuple[str, str, dict[str, object]],
    readings: tuple[AttachmentReading, ...],
) -> Came:
    text, sender, changes = mail_of
    statement = session.exec(
        select(OutgoingRow).where(OutgoingRow.statement_id == row.id, OutgoingRow.purpose == "statement")
    ).one()
    letter = replies.mail(text, sender, **({"in_reply_to": (statement.message_id,)} | changes))
    before = {mail.id for mail in session.exec(select(OutgoingRow))}
    open_before = {task.id for task in session.exec(select(TaskRow))}
    register = registering.register_for(session, town.office, letter)
    judgement = judge(letter, register, readings)
    now = town.clock.now()
    mail = MailRow(
        company=town.office.name, fingerprint=text + sender, sha256="0" * 64, size=1, received_at=now, stored_at=now
    )
    session.add(mail)
    session.flush()
    acting.act(session, town.office, mail, Understood(letter, judgement, register))
    session.flush()
    mails = [each for each in session.exec(select(OutgoingRow)) if each.id not in before]
    ours = {each.purpose: each.words for each in mails if each.purpose != "task"}
    tasks = {(task.kind, task.owner) for task in session.exec(select(TaskRow)) if task.id not in open_before}
    outside = [each for each in mails if each.purpose != "task"]
    return Came(
        judgement,
        row.state,
        ours,
        tasks,
        row.remind_from,
        {address for each in outside for address in json.loads(each.recipients)},
        [each.purpose for each in mails if each.state == "queued"],
        list(session.exec(select(DiscrepancyRow).where(col(DiscrepancyRow.closed_at).is_(None)))),
        len(session.exec(select(ConfirmationRow)).all()),
    )


JUDGED, REVIEW = ("judge", FINANCE), ("review", FINANCE)
ASKED, DIFFERS = ("question", REP), {"discrepancy": "登记编号"}
NOTHING: set[tuple[str, str]] = set()

TABLE = [
    ("1 confirmed and sealed", "已确认", SIGNED, "in_review", "in_review", {"thanks": "转财务复核"}, {REVIEW}),
    ("2 thanks and sealed", "收到，谢谢", SIGNED, "in_review", "in_review", {"thanks": "转财务复核"}, {REVIEW}),
    ("3 checking first", "收到，我们先核对一下", NONE, "noted", "noted", {}, NOTHING),
    ("4 no problem, no scan", "没问题", NONE, "scan_pending", "scan_pending", {"scan_request": "已收到您的回复"}, NOTHING),
    ("5 phrase, no scan", PHRASE, NONE, "scan_pending", "scan_pending", {"scan_request": "核对无误的回复"}, NOTHING),
    ("5 phrase and scan", PHRASE, SIGNED, "confirmed", "confirmed", {"thanks": "确认及签章扫描件"}, NOTHING),
    ("6 invoice beside", f"{PHRASE}。发票什么时候寄？", SIGNED, "confirmed", "confirmed", {"thanks": "您另提到的发票事项，已转 陈会计 处理"}, {("question", FINANCE)}),
    ("7 payment date beside", f"{PHRASE}，预计本月25日付款", SIGNED, "confirmed", "confirmed", {"thanks": "付款安排"}, {("question", FINANCE)}),
    ("8 return not yet credited", f"{PHRASE}，但10月18日那笔退货还没冲", SIGNED, "discrepancy", "discrepancy", DIFFERS, NOTHING),
    ("9 all but one document", "除XSCK-00030外，其余无误", NONE, "discrepancy", "discrepancy", {"discrepancy": "涉及单据：XSCK-00030"}, NOTHING),
    ("10 figures altered on paper", PHRASE, (replies.scan("altered", NUMBER),), "discrepancy", "discrepancy", DIFFERS, NOTHING),
    ("11 reservation beside the seal", PHRASE, (replies.scan("remarked", NUMBER),), "discrepancy", "discrepancy", DIFFERS, NOTHING),
    ("12 last page only", PHRASE, (replies.scan("incomplete", NUMBER),), "scan_pending", "scan_pending", {"scan_request": "缺少第"}, NOTHING),
    ("13 seals across the edges", "见附件", SIGNED, "in_review", "in_review", {"thanks": "转财务复核"}, {REVIEW}),
    ("19 sheet all equal", "全部相符", (replies.sheet(number=NUMBER),), "scan_pending", "scan_pending", {"scan_request": "签字或盖章"}, NOTHING),
    ("20 own ledger equal", "", (replies.sheet(number=NUMBER),), "scan_pending", "scan_pending", {"scan_request": "签字或盖章"}, NOTHING),
    ("22 audit letter", "我司年审，请贵司在附件询证函上盖章", NONE, "question", "question", {"question": "询证函 已转 陈会计"}, {("question", FINANCE)}),
    ("23 invoice first", "请先开发票，收到发票才对账", NONE, "question", "question", {"question": "发票事项 已转 陈会计"}, {("question", FINANCE)}),
    ("25 no dealings", "我司与贵司10月无往来", NONE, "discrepancy", "discrepancy", {"no_dealings": "转主管及财务核查"}, {("no_dealings", MANAGER), ("no_dealings", FINANCE)}),
    ("26 nothing owed", "我司账上余额为零", NONE, "discrepancy", "discrepancy", {"no_dealings": "转主管及财务核查"}, {("no_dealings", MANAGER), ("no_dealings", FINANCE)}),
    ("27 not us", "不是我司，请勿再发", NONE, "declined", "declined", {}, {("declined", REP)}),
    ("29 prepaid", "我们是预付款，应该是贵司欠我们 20,000", NONE, "discrepancy", "discrepancy", DIFFERS, NOTHING),
    ("31 three cents without tolerance", "差 0.03 元，四舍五入，按你们的", SIGNED, "discrepancy", "discrepancy", {"discrepancy": "尾差"}, NOTHING),
    ("32 bank fee", "汇款时银行扣了30元手续费", NONE, "discrepancy", "discrepancy", {"discrepancy": "手续费"}, NOTHING),
    ("33 paid, with a slip", "10/30已付78,000，你们怎么没减？", (replies.other(),), "discrepancy", "discrepancy", {"discrepancy": "收款"}, NOTHING),
    ("34 bill endorsed", "承兑汇票 11/20 到期，票已背书给你们", NONE, "discrepancy", "discrepancy", DIFFERS, NOTHING),
    ("35 return on its way", "退货在路上，退货单已寄回，请扣减", NONE, "discrepancy", "discrepancy", {"discrepancy": "退货"}, NOTHING),
    ("36 allowance note missing", "折讓單你們還沒給我", NONE, "discrepancy", "discrepancy", DIFFERS, NOTHING),
    ("37 with and without tax", "贵公司用未税，我们账上是含税", NONE, "discrepancy", "discrepancy", DIFFERS, NOTHING),
    ("38 other basis", "我们以开票入账，你们以发货", NONE, "discrepancy", "discrepancy", DIFFERS, NOTHING),
    ("39 consignment", "寄售按领用结算，未领用不能算", NONE, "discrepancy", "discrepancy", {"discrepancy": "口径"}, NOTHING),
    ("40 already answered", "已回过了，催什么催！", NONE, "noted", "noted", {"already_answered": "抱歉打扰"}, {("search", REP)}),
    ("41 original on its way", "上周盖章件已寄纸本/快递 SF1234567890", NONE, "noted", "noted", {}, {("original", FINANCE)}),
    ("42 by WeChat", "微信上已跟小周确认了", NONE, "noted", "noted", {"already_answered": "正在查找"}, {("search", REP)}),
    ("43 contact has left", "小王已离职，以后请寄 chen@hengyuan.example", NONE, "question", "question", {"contact_change": "确认前仍发送至原收件人"}, {("contact", REP)}),
    ("44 accountant outside", "请改寄会计师事务所代账", NONE, "question", "question", {"contact_change": "变更收件人须经核实"}, {("contact", REP)}),
    ("45 copies wanted", "请补寄出货单/发票影本", NONE, "question", "question", {"question": "发票事项 已转 陈会计"}, {("question", FINANCE)}),
    ("46 can't open", "附件打不开，压缩档密码多少？", NONE, "question", "sent", {"resend": "现重新附上普通 PDF"}, NOTHING),
    ("47 their platform", "请按我司格式填供应商平台", NONE, "question", "question", {"question": "供应商平台对账 已转 周晓岚"}, {("portal", REP)}),
    ("48 seal next week", "老板出差，下周盖", NONE, "noted", "noted", {}, NOTHING),
    ("50 right reserved", "同意贵司数据，保留追索质量扣款的权利", SIGNED, "discrepancy", "discrepancy", DIFFERS, NOTHING),
    ("51 retention", "质保金5%不应列入到期", NONE, "discrepancy", "discrepancy", DIFFERS, NOTHING),
    ("53 thumb", "👍", NONE, "scan_pending", "scan_pending", {"scan_request": "已收到您的回复"}, NOTHING),
    ("54 recall before any yes", "撤回，刚才那封发错了", NONE, "person", "person", {}, {JUDGED}),
    ("56 insolvency", "公司已进入破产清算，请申报债权", NONE, "person", "person", {}, {JUDGED, ("question", FINANCE), ("question", MANAGER)}),
    ("57 account changed?", "贵司账号变更了？", NONE, "person", "person", {}, {JUDGED, ("question", FINANCE)}),
    ("57 account asked", "请提供贵司开户行和账号", NONE, "person", "person", {}, {JUDGED, ("question", FINANCE)}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "readings", "outcome", "state", "mails", "tasks"),
    [row[1:] for row in TABLE],
    ids=[row[0] for row in TABLE],
)
def test_situation(  # noqa: PLR0917  # the columns of the table
    month: Town,
    text: str,
    readings: tuple[AttachmentReading, ...],
    outcome: str,
    state: str,
    mails: dict[str, str],
    tasks: set[tuple[str, str]],
) -> None:
    came = comes(month, text, readings)
    assert (came.judgement.outcome, came.state) == (outcome, state), came.judgement.reasons
    assert set(came.mails) == set(mails)
    assert all(words in came.mails[purpose] for purpose, words in mails.items()), came.mails
    assert came.tasks == tasks
    assert came.recipients <= {LI, WANG, REP}
    assert came.confirmations == (outcome == "confirmed")


def test_09_the_excepted_line_differs_and_the_rest_is_told_as_agreed(month: Town) -> None:
    came = comes(month, "除XSCK-00030外，其余无误")
    (thread,) = came.differences
    assert json.loads(thread.documents) == ["XSCK-00030"]
    assert "部分确认：其余无误，XSCK-00030 除外" in came.judgement.reasons
    stranger = comes(month, "除XSCK-99999外，其余无误")
    assert (stranger.judgement.outcome, stranger.differences) == ("question", [])


def test_10_what_the_sheet_says_counts_against_the_words(month: Town) -> None:
    difference = SheetDifference("XSCK-00030", None, None, None, None, "quantity", "少两件")
    came = comes(month, "无误", (replies.sheet(number=NUMBER, differences=(difference,)),))
    assert (came.state, came.confirmations) == ("discrepancy", 0)
    assert "数量" in came.mails["discrepancy"]


def test_14_a_private_mailbox_with_a_good_scan_is_finances_and_gets_no_answer(month: Town) -> None:
    came = comes(month, "我是恒远李总爱人，账对的，盖好章了", SIGNED, sender="12345@qq.example")
    assert (came.judgement.outcome, came.state, came.mails, came.tasks) == ("person", "person", {}, {JUDGED})


def test_15_a_contact_without_authority_sends_a_good_copy_and_finance_reads_what_to_do(month: Town) -> None:
    came = comes(month, "见附件", SIGNED, sender=WANG)
    assert (came.judgement.rule, came.state, came.tasks) == ("R11-contact", "person", {JUDGED})
    assert any("财务先看印章" in reason and "补授权书" in reason for reason in came.judgement.reasons)
    assert "发件人是联系人，但没有授权确认" in came.judgement.reasons


def test_21_their_own_form_with_seal_and_our_balance_is_finances_to_accept(month: Town) -> None:
    own = replies.sheet(number=NUMBER, name="应付对账单.pdf", sealed=True)
    came = comes(month, "附件为我司对账单", (own,))
    assert (came.judgement.rule, came.state, came.tasks) == ("R11-own-form", "in_review", {REVIEW})
    assert "扫描件" not in came.mails["thanks"]
    assert any("等效凭证" in reason for reason in came.judgement.reasons)
    assert comes(month, "", (replies.sheet("1.00", number=NUMBER, sealed=True),)).state == "discrepancy"
    assert comes(month, "见附件", (own,), sender=WANG).confirmations == 0


def test_24_our_sealed_pages_go_out_where_the_seal_is_on_file_else_the_rep_stamps(month: Town, tmp_path: Path) -> None:
    text = "请贵司先盖章，我们再盖"
    asked = comes(month, text)
    assert (asked.state, set(asked.mails), asked.tasks) == ("question", {"question"}, {ASKED})
    seal = tmp_path / "seal.png"
    round_seal("华东贸易有限公司", 7, size=300).save(seal)
    month.with_company(seal=seal)
    try:
        came = comes(month, text)
    finally:
        month.with_company(seal=None)
    assert (came.judgement.outcome, came.state, came.tasks) == ("question", "sent", NOTHING)
    assert "附上我方已盖章的同版对账单（第 1 版）" in came.mails["resend"]
    assert came.remind_from == date(2026, 11, 6)


def test_28_a_statement_without_balance_is_explained_as_the_company_wants_it(month: Town) -> None:
    asked = comes(month, "零余额也要盖章？", closing_fen=0)
    assert (asked.judgement.outcome, asked.state, asked.tasks) == ("question", "sent", NOTHING)
    assert "确认语" not in asked.mails["resend"]
    assert comes(month, PHRASE, closing_fen=0).state == "scan_pending"
    month.with_company(zero_balance="phrase")
    try:
        assert "由我方财务登记" in comes(month, "余额为零还需要盖章吗？", closing_fen=0).mails["resend"]
        came = comes(month, PHRASE, closing_fen=0)
        with_balance = comes(month, "零余额也要盖章？")
    finally:
        month.with_company(zero_balance="scan")
    assert (came.judgement.rule, came.state, came.confirmations) == ("R11-zero-balance", "in_review", 0)
    assert "扫描件" not in came.mails["thanks"]
    assert (with_balance.state, with_balance.tasks) == ("question", {ASKED})


def test_31_within_the_tolerance_a_rounding_is_finances_to_write_off(month: Town) -> None:
    month.with_company(tolerance=Decimal("0.05"))
    try:
        came = comes(month, "差 0.03 元，四舍五入，按你们的", SIGNED)
        more = comes(month, "差 0.30 元，四舍五入，按你们的", SIGNED)
    finally:
        month.with_company(tolerance=Decimal("0.00"))
    assert (came.state, came.tasks, came.confirmations) == ("in_review", {REVIEW}, 0)
    assert more.state == "discrepancy"


def test_37_38_the_receipt_shows_the_figures_on_their_footing(month: Town) -> None:
    taxed = comes(month, "贵公司用未税，我们账上是含税")
    assert "本期有税额的各笔：含税 " in taxed.mails["discrepancy"]
    invoices = comes(month, "我司按发票入账，与贵司账面有差异")
    assert "本对账单按发货入账。期末 85,685.00" in invoices.mails["discrepancy"]


def test_41_paper_on_its_way_stops_reminders_for_some_days(month: Town) -> None:
    assert comes(month, "上周盖章件已寄纸本，快递 SF1234567890").remind_from == date(2026, 11, 10)


def test_43_the_answer_goes_to_the_registered_contacts_only(month: Town) -> None:
    came = comes(month, "小王已离职，以后请寄 chen@hengyuan.example")
    assert came.recipients == {LI, WANG, REP}
    assert [also.matter for also in came.judgement.also] == ["联系人变更"]


def test_46_asked_again_a_person_answers_and_while_nothing_waits_too(month: Town) -> None:
    assert comes(month, "附件打不开", state="discrepancy").tasks == {ASKED}
    with month.store.read() as session:
        (row,) = session.exec(select(StatementRow).where(StatementRow.number == NUMBER)).all()
    assert row.state == "sent"


def test_48_a_promised_day_moves_the_next_reminder_behind_it(month: Town) -> None:
    assert comes(month, "老板出差，预计11月12日盖章").remind_from == date(2026, 11, 12)


def test_54_55_a_second_thought_reopens_and_takes_back_the_thanks(month: Town) -> None:
    for text in ("撤回，刚才那封发错了", "等等，少算一笔"):
        came = comes(month, text, state="confirmed")
        assert (came.judgement.outcome, came.state) == ("reopened", "discrepancy")
        assert ("discrepancy", FINANCE) in came.tasks


def test_56_insolvency_stops_every_automatic_mail_to_that_customer(month: Town) -> None:
    assert comes(month, "公司已进入破产清算，请申报债权", in_reply_to=(), subject="通知").state == "person"
    assert comes(month, "公司已进入破产清算，请申报债权", state="scan_pending").state == "person"


def test_57_nothing_about_accounts_is_ever_answered_by_us(month: Town) -> None:
    came = comes(month, f"{PHRASE}。另外贵司账号变更了吗？", SIGNED)
    assert (came.state, came.mails, came.confirmations) == ("person", {}, 0)


@pytest.mark.parametrize("text", [f"{PHRASE}。", "见附件"])
def test_a_link_to_a_large_file_is_never_followed_and_an_ordinary_attachment_is_asked_for(
    month: Town, text: str
) -> None:
    url = "http://mail.qq.com/cgi-bin/ftnExs_download?k=abc"
    came = comes(month, text + LINK, oversize_links=(url,))
    assert (came.judgement.outcome, came.state, came.tasks) == ("scan_pending", "scan_pending", NOTHING)
    assert "附件为会过期的超大附件链接，请改用普通附件发送" in came.mails["scan_request"]
    assert comes(month, text + LINK, SIGNED, oversize_links=(url,)).confirmations == 0


def test_45_service_gets_what_is_services(month: Town) -> None:
    came = comes(month, f"{PHRASE}。另外，设备维修请派人上门。", SIGNED)
    assert (came.state, came.tasks) == ("confirmed", {("question", SERVICE)})
    assert HENGYUAN in came.mails["thanks"]
