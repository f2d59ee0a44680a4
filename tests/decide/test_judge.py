"""Each rule of the table with a mail that it decides, and what a judgement carries along."""
# ruff: noqa: E501  # sentences and mails of the tables stand on one line each

from dataclasses import replace
from decimal import Decimal

import pytest

from bot.compose import explanation
from bot.decide.judge import RULES, judge
from bot.model import Outcome, State
from parsers.attachment import AttachmentReading, SheetDifference
from tests.decide import replies
from tests.decide.replies import (
    CONFIRMER,
    HENGYUAN,
    NAME,
    NUMBER,
    PHRASE,
    judged,
    mail,
    other,
    register,
    scan,
    sent,
    sheet,
)

SECOND = register(
    sent(NUMBER, HENGYUAN, closing="85120.00", live=False),
    sent(NUMBER, HENGYUAN, revision=2, message_ids=("two@hd-trade.example",)),
)


def test_every_rule_has_its_own_id_and_the_last_one_always_holds() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert RULES[-1].outcome is Outcome.PERSON
    confirming = [rule.id for rule in RULES if rule.outcome is Outcome.CONFIRMED]
    assert confirming == ["R10-phrase-scan", "R11-signed-copy"]


def test_E5_E6_phrase_and_scan_confirm() -> None:
    judgement = judged(PHRASE, scan())
    assert (judgement.outcome, judgement.route, judgement.statement, judgement.revision) == (
        "confirmed",
        "phrase+scan",
        NUMBER,
        1,
    )
    assert judgement.tried == tuple(
        rule.id for rule in RULES[: [rule.id for rule in RULES].index("R10-phrase-scan") + 1]
    )
    assert judgement.said.sentence == PHRASE
    assert judgement.customer == "C001"


def test_E3_a_signed_copy_is_accepted_only_where_the_company_says_so() -> None:
    assert judge(mail("见附件"), register(), (scan(),)).outcome is Outcome.IN_REVIEW
    accepted = judge(mail("见附件"), register(signed_copy="accept"), (scan(),))
    assert (accepted.outcome, accepted.route) == ("confirmed", "signed_copy")


def test_E6_an_unproven_sender_confirms_nothing() -> None:
    letter = replies.unproven(mail())
    assert judge(letter, register(), (scan(),)).rule == "R04-unproven-yes"
    assert judge(letter, register(authentication="prefer"), (scan(),)).outcome is Outcome.IN_REVIEW
    assert judge(replies.unproven(mail("有差异，少一笔")), register(), ()).outcome is Outcome.DISCREPANCY


def test_E6_a_contact_without_authority_goes_to_a_person_who_is_told() -> None:
    judgement = judged(PHRASE, scan(), sender=replies.COLLEAGUE)
    assert judgement.outcome is Outcome.PERSON
    assert "发件人是联系人，但没有授权确认" in judgement.reasons


@pytest.mark.parametrize(
    ("verdict", "outcome"),
    [
        ("unsigned", "scan_pending"), ("incomplete", "scan_pending"), ("unread", "scan_pending"), ("none", "scan_pending"), ("altered", "discrepancy"),
        ("remarked", "discrepancy"), ("other_seal", "person"), ("unsure", "person"), ("unsafe", "person"), ("other_statement", "person"),
        ("other_revision", "superseded"),
    ],
)  # fmt: skip
def test_E6_every_verdict_on_the_scan_has_its_outcome(verdict: str, outcome: str) -> None:
    assert judged(PHRASE, scan(verdict)).outcome == outcome


def test_E6_a_signed_scan_of_another_number_or_revision_is_none_of_this() -> None:
    letter = mail()
    assert judge(letter, register(), (scan(), scan(number=replies.OLDER))).outcome is Outcome.PERSON
    assert judge(letter, register(), (scan(revision=3),)).outcome is Outcome.SUPERSEDED
    assert judge(letter, register(), (scan(), scan("unsigned"))).outcome is Outcome.CONFIRMED


def test_F4_a_yes_to_the_old_revision_is_no_yes_to_the_live_one() -> None:
    assert judge(mail(), SECOND).outcome is Outcome.SUPERSEDED
    assert judge(mail("见附件"), SECOND, (scan("other_revision"),)).outcome is Outcome.SUPERSEDED
    live = judge(mail(), SECOND, (scan(revision=2),))
    assert (live.outcome, live.revision) == ("confirmed", 2)
    assert judge(mail("收到"), SECOND).outcome is Outcome.NOTED


EXTRA = [
    (other("付款回单.jpg"), "confirmed"), (other("付款回单.pdf"), "confirmed"), (other("IMG_1.jpg", "unread"), "confirmed"), (other("差异说明.jpg"), "person"),
    (other("信.docx", "unread"), "person"), (replace(sheet(), verdict="unread"), "person"), (sheet(), "confirmed"), (sheet("1.00"), "discrepancy"),
    (AttachmentReading("logo.png", "signature", "none"), "confirmed"), (other("x.zip", "unsafe"), "person"),
    (scan("unread", None, None, "IMG_2.jpg"), "person"), (scan("unread", None, None, "付款回单.pdf"), "confirmed"),
]  # fmt: skip


@pytest.mark.parametrize(("extra", "outcome"), EXTRA, ids=[row[0].name + row[0].verdict for row in EXTRA])
def test_E6_what_lies_beside_the_scan_counts_too(extra: AttachmentReading, outcome: str) -> None:
    assert judged(PHRASE, scan(), extra).outcome == outcome


def test_F7_sheets_are_weak_yes_or_discrepancy() -> None:
    difference = SheetDifference("X", Decimal(1), Decimal(2), None, None, "", "")
    assert judged("", sheet()).outcome is Outcome.SCAN_PENDING
    assert judged("", sheet(None)).outcome is Outcome.SCAN_PENDING
    assert judged("", sheet("85685.30")).outcome is Outcome.DISCREPANCY
    assert judge(mail(""), register(tolerance=Decimal("0.50")), (sheet("85685.30"),)).outcome is Outcome.SCAN_PENDING
    assert judged("", sheet(differences=(difference,))).outcome is Outcome.DISCREPANCY


def test_B6_nothing_owed_is_no_difference_where_we_say_so_too() -> None:
    zero = register(sent(NUMBER, HENGYUAN, closing="0.00"))
    assert judge(mail("我司账上余额为零"), zero).outcome is not Outcome.DISCREPANCY
    assert judge(mail("余额为零，但是少一笔退货"), zero).outcome is Outcome.PERSON
    assert judge(mail("余额为零。少一笔退货"), zero).outcome is Outcome.DISCREPANCY


STAFF = [
    ("状态", (), {}, "command"), ("客户微信发来的，请看附件", (scan(),), {}, "handed_in"), ("已电话催过", (), {}, "staff_note"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "readings", "changes", "outcome"), STAFF, ids=[row[3] for row in STAFF])
def test_G1_staff_command_hand_in_or_note_but_never_confirm(
    text: str, readings: tuple[AttachmentReading, ...], changes: dict[str, object], outcome: str
) -> None:
    judgement = judge(mail(text, sender=replies.FINANCE, **changes), register(), readings)
    assert judgement.outcome == outcome
    assert bool(judgement.command) == (outcome == "command")


def test_N2_staff_that_nothing_proves_go_to_a_person() -> None:
    assert judge(replies.unproven(mail("状态", sender=replies.REP)), register()).rule == "R02-staff-unproven"


def test_the_bots_own_mail_is_ignored() -> None:
    assert judge(mail(sender="ar@hd-trade.example"), register()).outcome is Outcome.IGNORED
    assert judge(mail(sender="ar@hd-trade.example"), register()).said.written == ""


def test_E5_a_mail_of_others_that_reuses_our_message_id_is_read_all_the_same() -> None:
    ours = register(own_message_ids=frozenset({"reply.1@hengyuan.example"}))
    assert judge(mail("10月18日的退货没有冲减"), ours).outcome is Outcome.DISCREPANCY


def automatic(**changes: object) -> replies.Mail:
    letter = mail("您好，我已离职，请联系李强。", **changes)  # type: ignore[arg-type]  # the builder takes any field
    return replace(letter, headers=(*letter.headers, ("auto-submitted", "auto-replied")))


def test_O1_an_automatic_reply_is_never_a_word_but_may_tell_who_left() -> None:
    judgement = judge(automatic(), register(), (scan(),))
    assert judgement.outcome is Outcome.AUTO_REPLY
    assert [also.to for also in judgement.also] == ["rep"]


def test_E2_a_stranger_is_folded_away_and_a_known_one_is_asked_about() -> None:
    assert (
        judge(mail("广告", sender="ad@spam.example", in_reply_to=(), subject="优惠"), register()).rule == "R04-stranger"
    )
    assert judge(mail("你好", in_reply_to=(), subject="你好"), register()).rule == "R04-unbound"
    assert judge(mail(sender="ad@spam.example"), register()).rule == "R04-unknown-sender"


def test_E5_doubts_about_the_words_go_to_a_person() -> None:
    struck = judge(mail(None, html=f"<p>{PHRASE}</p><s>不同意</s>"), register(), (scan(),))
    assert struck.rule == "R04-contradictory"
    assert any("删除线文字" in reason for reason in struck.reasons)
    assert judge(mail(PHRASE, html=f"<p>{PHRASE}</p><p>谢谢</p>"), register(), (scan(),)).outcome is Outcome.CONFIRMED
    assert judge(mail(PHRASE, html=f"<div>{PHRASE}</div>"), register(), (scan(),)).outcome is Outcome.CONFIRMED
    assert judge(mail(PHRASE, html="<p>有差异</p>"), register(), (scan(),)).rule == "R04-contradictory"
    assert judge(mail(None), register()).said.written == ""
    assert judge(mail(PHRASE, unreadable=("encrypted",)), register(), (scan(),)).outcome is Outcome.PERSON


def test_E5_words_inside_our_quoted_mail_are_heard() -> None:
    marked = "\n".join(f"> {line}" for line in replies.SENT_TEXT.split("\n"))
    inside = f"{PHRASE}\n\n在 2026-11-03 09:00，甲 <ar@hd-trade.example> 写道：\n\n{marked}\n> 10月18日退货未冲"
    assert judged(inside, scan()).rule == "R04-contradictory"


def test_E5_a_yes_below_the_unmarked_original_is_read() -> None:
    text = f"发件人：ar@hd-trade.example 发送日期：2026-11-03 收件人：张丽 抄送人： 主题：对账单>\n{replies.SENT_TEXT}\n\n{PHRASE}"
    assert judged(text, scan()).outcome is Outcome.CONFIRMED


def test_E5_a_yes_inside_a_colleagues_mail_is_not_the_senders_word() -> None:
    colleague = f"发件人：小王 发送日期：2026-11-04 收件人：ar@hd-trade.example 抄送人： 主题：对账单>\n{replies.SENT_TEXT}\n\n{PHRASE}"
    judgement = judged(colleague, scan())
    assert judgement.rule == "R04-contradictory"
    marked = "\n".join(f"> {line}" for line in [*replies.SENT_TEXT.split("\n"), PHRASE])
    assert judged(marked, scan()).rule == "R04-contradictory"


def test_E5_an_endless_text_goes_to_a_person() -> None:
    judgement = judged(f"{PHRASE}\n" * 2000, scan())
    assert judgement.rule == "R04-contradictory"
    assert len(judgement.said.written) == 20_000
    page = f"<p>{PHRASE}</p>" + "<i>。</i>" * 50_000
    assert judge(mail(None, html=page), register(), (scan(),)).rule == "R04-contradictory"


def test_F1_a_discrepancy_carries_figures_causes_and_documents() -> None:
    said = judged("XSCK-00030 退货未冲，我方账面 85,000.00").said
    assert (said.says, said.figures, said.causes, said.documents) == (
        "differs",
        (Decimal("85000.00"),),
        ("return_pending",),
        ("XSCK-00030",),
    )


def test_E1_a_promised_day_is_carried_along() -> None:
    assert str(judged("老板出差，预计11月12日盖章").promised) == "2026-11-12"
    assert judge(mail("11月12日盖章", in_reply_to=(), subject="x"), register()).promised is None


def test_a_bounce_names_its_addresses() -> None:
    letter = mail("", sender="mailer-daemon@mx.example")
    judgement = judge(letter, register())
    assert judgement.bounced == () or judgement.outcome is Outcome.BOUNCE


@pytest.mark.parametrize("state", [State.CONFIRMED, State.CLOSED])
def test_E5_a_second_yes_after_a_confirmation_is_still_a_yes(state: State) -> None:
    assert judge(mail(), register(sent(NUMBER, HENGYUAN, state=state)), (scan(),)).outcome is Outcome.CONFIRMED


def test_judging_is_deterministic() -> None:
    assert judged(PHRASE, scan()) == judged(PHRASE, scan())


def test_a_judgement_explains_itself_as_json_and_as_text() -> None:
    judgement = judged(f"{PHRASE}。发票什么时候寄？", scan(), subject="Re: 对账")
    found = explanation.to_json(judgement, "reply.eml")
    assert list(found) == [
        "file",
        "mail",
        "statement",
        "revision",
        "bound_by",
        "sender",
        "text",
        "attachments",
        "outcome",
        "route",
        "rule",
        "also",
        "reasons",
    ]
    assert found["sender"] == {"address": CONFIRMER, "standing": "may_confirm", "authentication": "pass"}
    assert found["also"] == [{"matter": "发票事项", "to": "finance"}]
    assert found["text"]["says"] == "confirms"
    assert found["attachments"] == [{"name": "对账单.pdf", "kind": "scan", "verdict": "signed"}]
    assert (found["outcome"], found["route"], found["statement"]) == ("confirmed", "phrase+scan", NUMBER)
    text = explanation.to_text(judgement, "reply.eml")
    assert text.startswith("reply.eml：确认（R10-phrase-scan）")
    assert NUMBER in text
    assert NAME in text
    unbound = judge(mail("你好", in_reply_to=(), subject="你好"), register())
    assert explanation.to_text(unbound).startswith("人工判读（R04-unbound）")
