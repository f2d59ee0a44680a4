"""DESIGN §4's table as its manual: a row, what came in words, and the rule and outcome that it has."""
# ruff: noqa: E501  # a row stands on one line

from dataclasses import replace

import pytest

from bot.decide.judge import judge
from bot.model import Register, State
from parsers.attachment import AttachmentReading
from parsers.mail import Mail
from tests.decide import replies
from tests.decide.replies import FINANCE, HENGYUAN, NUMBER, PHRASE, mail, other, register, scan, sent, sheet

SIGNED, NONE = (scan(),), ()
PLAIN = register()
DONE = register(sent(NUMBER, HENGYUAN, state=State.CONFIRMED))
SECOND = sent(NUMBER, HENGYUAN, revision=2, message_ids=("second@hd-trade.example",))
TWO = register(sent(NUMBER, HENGYUAN, closing="85120.00", live=False), SECOND)
ALIKE = register(sent(NUMBER, HENGYUAN, live=False), SECOND)
ACCEPT = register(signed_copy="accept")


def machine(text: str, **headers: str) -> Mail:
    letter = mail(text)
    return replace(
        letter, headers=(*letter.headers, *((name.replace("_", "-"), value) for name, value in headers.items()))
    )


ROWS: list[tuple[str, Mail, tuple[AttachmentReading, ...], Register, str, str]] = [
    ("1 our own copy is kept", mail(sender="ar@hd-trade.example"), NONE, PLAIN, "R01-own", "ignored"),
    ("1 out of office, whatever it says", machine(PHRASE, auto_submitted="auto-replied"), SIGNED, PLAIN, "R01-automatic", "auto_reply"),
    ("2 an order of staff", mail("状态", sender=FINANCE), NONE, PLAIN, "R02-command", "command"),
    ("2 a signed copy that staff hands in", mail("客户微信发来的", sender=FINANCE), SIGNED, PLAIN, "R02-handed-in", "handed_in"),
    ("2 anything else by staff", mail("已电话催过", sender=FINANCE), NONE, PLAIN, "R02-staff-note", "staff_note"),
    ("3 insolvency beside a full yes", mail(f"{PHRASE}。公司已进入破产清算"), SIGNED, PLAIN, "R03-legal", "person"),
    ("3 our bank account beside a full yes", mail(f"{PHRASE}。贵司账号变更了吗？"), SIGNED, PLAIN, "R03-account", "person"),
    ("4 a forged sender", replies.unproven(mail(), "mx.hd-trade.example; dmarc=fail header.from=hengyuan.example"), SIGNED, PLAIN, "R04-forged", "person"),
    ("4 a stranger in the thread", mail(sender="a@qq.example"), SIGNED, PLAIN, "R04-unknown-sender", "person"),
    ("4 nobody's mail about nothing", mail("你好", sender="a@qq.example", in_reply_to=(), subject="你好"), NONE, PLAIN, "R04-stranger", "person"),
    ("4 struck words", mail(None, html=f"<p>{PHRASE}</p><s>不同意</s>"), SIGNED, PLAIN, "R04-contradictory", "person"),
    ("4 text against HTML", mail(PHRASE, html="<p>有差异</p>"), SIGNED, PLAIN, "R04-contradictory", "person"),
    ("4 no statement can be made out", mail("你好", in_reply_to=(), subject="你好"), NONE, PLAIN, "R04-unbound", "person"),
    ("4 another customer's name", mail("无锡宏达电子有限公司确认2026年10月销售对账单无误"), SIGNED, PLAIN, "R04-other-subject", "person"),
    ("4 another month", mail("苏州恒远确认2026年8月销售对账单无误"), SIGNED, PLAIN, "R04-other-subject", "person"),
    ("4 a yes that nothing proves", replies.unproven(mail()), SIGNED, PLAIN, "R04-unproven-yes", "person"),
    ("5 words that differ", mail(f"{PHRASE}，但退货565元没减"), SIGNED, PLAIN, "R05-discrepancy", "discrepancy"),
    ("5 figures altered on paper", mail(), (scan("altered"),), PLAIN, "R05-discrepancy", "discrepancy"),
    ("5 a remark on paper", mail(), (scan("remarked"),), PLAIN, "R05-discrepancy", "discrepancy"),
    ("5 a sheet with another balance", mail(), (scan(), sheet("1.00")), PLAIN, "R05-discrepancy", "discrepancy"),
    ("5 no dealings against a balance", mail("我司与贵司无往来"), NONE, PLAIN, "R05-discrepancy", "discrepancy"),
    ("6 a refusal", mail("我们不予确认"), SIGNED, PLAIN, "R06-declined", "declined"),
    ("6 not our customer", mail("不是我司，请勿再发"), NONE, PLAIN, "R06-declined", "declined"),
    ("7 a recall after a confirmation", mail("撤回，刚才那封发错了"), NONE, DONE, "R07-reopened", "reopened"),
    ("7 one is missing after a confirmation", mail("等等，少算一笔"), NONE, DONE, "R07-reopened", "reopened"),
    ("8 a yes to the old revision", mail(), NONE, TWO, "R08-superseded", "superseded"),
    ("8 the old revision signed", mail("见附件"), (scan("other_revision"),), TWO, "R08-superseded", "superseded"),
    ("8 the old revision signed, which differs in remarks only", mail("见附件"), (scan("other_revision"),), ALIKE, "R08-same-figures", "in_review"),
    ("9 a condition", mail("收到发票后确认"), SIGNED, PLAIN, "R09-question", "question"),
    ("9 an exception", mail("除运费外，其余无误"), SIGNED, PLAIN, "R09-question", "question"),
    ("9 a question about the account", mail("请问这笔是什么？"), NONE, PLAIN, "R09-question", "question"),
    ("10 sender, phrase, scan, revision", mail(), SIGNED, PLAIN, "R10-phrase-scan", "confirmed"),
    ("11 a signed copy and courtesies, finance first", mail("请查收，谢谢"), SIGNED, PLAIN, "R11-finance-first", "in_review"),
    ("11 a signed copy where config accepts it", mail(""), SIGNED, ACCEPT, "R11-signed-copy", "confirmed"),
    ("11 a signed copy by who may not confirm", mail("见附件", sender=replies.COLLEAGUE), SIGNED, PLAIN, "R11-contact", "person"),
    ("12 the phrase without scan", mail(), NONE, PLAIN, "R12-scan-pending", "scan_pending"),
    ("12 a page is missing", mail(), (scan("incomplete"),), PLAIN, "R12-scan-pending", "scan_pending"),
    ("12 nothing signed", mail(), (scan("unsigned"),), PLAIN, "R12-scan-pending", "scan_pending"),
    ("12 a sheet without differences", mail(""), (sheet(),), PLAIN, "R12-scan-pending", "scan_pending"),
    ("13 received, checking", mail("收到，我们先核对一下"), NONE, PLAIN, "R13-noted", "noted"),
    ("13 already answered", mail("已经回过了"), NONE, PLAIN, "R13-answered", "noted"),
    ("13 the original is on its way", mail("盖章原件已寄，快递 SF1234567890"), NONE, PLAIN, "R13-posted", "noted"),
    ("14 another matter only", mail("发票什么时候寄？"), NONE, PLAIN, "R14-other-matter", "question"),
    ("15 the rest", mail("阿巴阿巴"), NONE, PLAIN, "R15-person", "person"),
    ("15 a full yes and a letter that nobody could read", mail(), (scan(), other("信.docx", "unread")), PLAIN, "R15-person", "person"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("letter", "readings", "world", "rule", "outcome"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS]
)
def test_row(  # the columns of the table
    letter: Mail, readings: tuple[AttachmentReading, ...], world: Register, rule: str, outcome: str
) -> None:
    judgement = judge(letter, world, readings)
    assert (judgement.rule, judgement.outcome) == (rule, outcome), judgement.reasons


def test_every_rows_number_stands_in_the_manual() -> None:
    assert {row[0].split()[0] for row in ROWS} == {str(number) for number in range(1, 16)}
