"""The situations that a clerk meets, each as one mail: what it is judged to be, and what goes to somebody beside it."""

from typing import Any

import pytest

from bot.decide.judge import judge
from bot.model import Judgement, State
from parsers.attachment import AttachmentReading, SheetDifference
from tests.decide import replies
from tests.decide.replies import NUMBER, PHRASE, other, scan, sheet

SIGNED = (scan(),)
NONE: tuple[AttachmentReading, ...] = ()

TABLE = [
    ("1 confirmed and sealed", "已确认", SIGNED, "in_review", ()),
    ("2 thanks and sealed", "收到，谢谢", SIGNED, "in_review", ()),
    ("3 checking first", "收到，我们先核对一下", NONE, "noted", ()),
    ("4 no problem, no scan", "没问题", NONE, "scan_pending", ()),
    ("5 phrase, no scan", PHRASE, NONE, "scan_pending", ()),
    ("5 phrase and scan", PHRASE, SIGNED, "confirmed", ()),
    ("6 invoice beside", f"{PHRASE}。发票什么时候寄？", SIGNED, "confirmed", ("finance",)),
    ("7 payment date beside", f"{PHRASE}，预计本月25日付款", SIGNED, "confirmed", ("finance",)),
    ("8 return not yet credited", f"{PHRASE}，但10月18日那笔退货还没冲", SIGNED, "discrepancy", ()),
    ("9 except one document", "除XSCK-00030外，其余无误", SIGNED, "question", ()),
    ("10 figures altered on paper", PHRASE, (scan("altered"),), "discrepancy", ()),
    ("11 reservation beside the seal", PHRASE, (scan("remarked"),), "discrepancy", ()),
    ("12 last page only", PHRASE, (scan("incomplete"),), "scan_pending", ()),
    ("13 seals across the edges", "见附件", SIGNED, "in_review", ()),
    ("15 shared mailbox, see attachment", "见附件", SIGNED, "in_review", ()),
    ("18 another month too", "9月的上次已经寄过，这次是10月", SIGNED, "person", ()),
    ("19 sheet all equal", "全部相符", (sheet(),), "scan_pending", ()),
    ("20 own ledger equal", "", (sheet(),), "scan_pending", ()),
    ("22 audit letter", "我司年审，请贵司在附件询证函上盖章", NONE, "question", ("finance",)),
    ("23 invoice first", "请先开发票，收到发票才对账", NONE, "question", ("finance",)),
    ("25 no dealings", "我司与贵司10月无往来", NONE, "discrepancy", ("superior", "finance")),
    ("26 nothing owed", "我司账上余额为零", NONE, "discrepancy", ("superior", "finance")),
    ("27 not us", "不是我司，请勿再发", NONE, "declined", ()),
    ("29 prepaid", "我们是预付款，应该是贵司欠我们 20,000", NONE, "discrepancy", ()),
    ("30 one currency differs", "美元那张没问题，人民币的少一笔", NONE, "discrepancy", ()),
    ("31 three cents", "差 0.03 元，四舍五入，按你们的", SIGNED, "discrepancy", ()),
    ("32 bank fee", "汇款时银行扣了30元手续费", NONE, "discrepancy", ()),
    ("33 paid, with slip", "10/30已付78,000，你们怎么没减？", (other(),), "discrepancy", ()),
    ("34 bill endorsed", "承兑汇票 11/20 到期，票已背书给你们", NONE, "discrepancy", ()),
    ("35 return on its way", "退货在路上，退货单已寄回，请扣减", NONE, "discrepancy", ()),
    ("36 allowance note missing", "折讓單你們還沒給我", NONE, "discrepancy", ()),
    ("37 with and without tax", "贵公司用未税，我们账上是含税", NONE, "discrepancy", ()),
    ("38 other basis", "我们以开票入账，你们以发货", NONE, "discrepancy", ()),
    ("39 consignment", "寄售按领用结算，未领用不能算", NONE, "discrepancy", ()),
    ("40 already answered", "已回过了，催什么催！", NONE, "noted", ()),
    ("41 original on its way", "上周盖章件已寄纸本/快递 SF1234567890", NONE, "noted", ("finance",)),
    ("42 by WeChat", "微信上已跟小周确认了", NONE, "noted", ()),
    ("43 contact has left", "小王已离职，以后请寄 chen@hengyuan.example", NONE, "question", ("rep",)),
    ("44 accountant outside", "请改寄会计师事务所代账", NONE, "question", ("rep",)),
    ("45 copies wanted", "请补寄出货单/发票影本", NONE, "question", ("finance",)),
    ("46 can't open", "附件打不开，压缩档密码多少？", NONE, "question", ()),
    ("48 seal next week", "老板出差，下周盖", NONE, "noted", ()),
    ("50 right reserved", "同意贵司数据，保留追索质量扣款的权利", SIGNED, "discrepancy", ()),
    ("51 retention", "质保金5%不应列入到期", NONE, "discrepancy", ()),
    ("53 thumb", "👍", NONE, "scan_pending", ()),
    ("54 recall before any yes", "撤回，刚才那封发错了", NONE, "person", ()),
    ("56 insolvency", "公司已进入破产清算，请申报债权", NONE, "person", ("finance", "superior")),
    ("57 bank account", "贵司账号变更了？", NONE, "person", ("finance",)),
    ("57 bank account asked", "请提供贵司开户行和账号", NONE, "person", ("finance",)),
]


@pytest.mark.parametrize(
    ("text", "readings", "outcome", "to"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE]
)
def test_situation(text: str, readings: tuple[AttachmentReading, ...], outcome: str, to: tuple[str, ...]) -> None:
    judgement = replies.judged(text, *readings)
    assert judgement.outcome == outcome, (judgement.rule, judgement.reasons)
    assert {also.to for also in judgement.also} == set(to)
    assert judgement.tried[-1] == judgement.rule


def test_situation_14_private_mailbox_with_good_scan_goes_to_a_person() -> None:
    judgement = replies.judged("我是恒远李总爱人，账对的，盖好章了", scan(), sender="12345@qq.example")
    assert (judgement.outcome, judgement.standing) == ("person", "unknown")


def test_situation_17_two_months_in_one_mail_go_to_a_person() -> None:
    assert replies.judged("9月和10月一起确认，均无误", scan(), scan(number=replies.OLDER)).outcome == "person"


def test_situation_10_the_sheet_counts_against_the_words() -> None:
    difference = SheetDifference("XSCK-00030", None, None, None, None, "quantity", "少两件")
    assert replies.judged("无误", sheet(differences=(difference,))).outcome == "discrepancy"


def _first_signed(text: str, closing: str = "85685.00", **changes: Any) -> Judgement:
    """The first revision comes back signed while the second is live; ``closing`` is what the first closed at."""
    first = replies.sent(NUMBER, replies.HENGYUAN, closing=closing, live=False)
    second = replies.sent(NUMBER, replies.HENGYUAN, revision=2, message_ids=("statement.2@hd-trade.example",))
    return judge(replies.mail(text, **changes), replies.register(first, second), (scan("other_revision", revision=1),))


@pytest.mark.parametrize(
    "text", ["我们签的第1版", "对账单版本是第1版还是第2版？我们签的第1版", replies.PHRASE, "见附件"]
)
def test_situation_49_a_first_revision_with_the_same_figures_is_finances_to_accept(text: str) -> None:
    found = _first_signed(text)
    assert (found.outcome, found.rule) == ("in_review", "R08-same-figures")
    assert any("由财务决定" in reason for reason in found.reasons)


def test_situation_49_one_that_closes_otherwise_is_replaced() -> None:
    assert _first_signed("我们签的第1版", closing="85120.00").outcome == "superseded"


def test_situation_49_nothing_else_may_be_said_and_the_sender_must_be_proven() -> None:
    assert _first_signed("我们签的第1版，退货565还没减").outcome == "discrepancy"
    assert _first_signed("我们签的第1版，第2版不签了，以后再说").rule != "R08-same-figures"
    assert _first_signed("见附件", sender=replies.COLLEAGUE).rule == "R08-superseded"
    unproven = _first_signed("见附件", headers=(("from", replies.CONFIRMER),))
    assert unproven.rule == "R08-superseded"


@pytest.mark.parametrize("text", ["撤回", "剛才那封發錯了", "等等，少算一筆", "我們不能確認"])
def test_situation_55_after_a_confirmation_it_is_reopened(text: str) -> None:
    confirmed = replies.register(replies.sent(NUMBER, replies.HENGYUAN, state=State.CONFIRMED))
    assert judge(replies.mail(text), confirmed).outcome == "reopened"


def test_situation_52_answers_inside_our_original_are_read() -> None:
    lines = replies.SENT_TEXT.split("\n")
    lines.insert(5, "【10月18日的退货还没有冲减，我方账面 85,120.00】")
    text = (
        "\n\n发件人：ar@hd-trade.example\n发送时间：2026-11-03 09:00\n收件人：zhangli@hengyuan.example\n主题："
        + "\n".join(["对账单", "", *lines])
    )
    judgement = replies.judged(text)
    assert judgement.outcome == "discrepancy", judgement.reasons
    assert [str(figure) for figure in judgement.said.figures] == ["85120.00"]
