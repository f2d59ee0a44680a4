"""A mail about several statements: what each of them is told, and when nothing is split (DESIGN §4, end)."""
# ruff: noqa: E501  # sentences and mails of the tables stand on one line each

from dataclasses import replace

import pytest

from bot.decide.judge import judge
from bot.model import Contact, Judgement, Register, State
from parsers import number
from parsers.attachment import AttachmentReading
from tests.decide import replies
from tests.decide.replies import (
    HENGYUAN,
    HONGDA,
    NAME,
    NUMBER,
    OCTOBER,
    OLDER,
    OTHERS,
    SEPTEMBER,
    mail,
    other,
    register,
    scan,
    sent,
    sheet,
)

DOLLARS = number.compose("DZ", OCTOBER, 9)
GROUP = "shared@group.example"
OCT, SEP, USD, WUXI = scan(), scan(number=OLDER, name="9月.pdf"), scan(number=DOLLARS), scan(number=OTHERS)
FULL = f"{NAME}确认2026年9月和10月销售对账单无误"


def months(**changes: object) -> Register:
    return register(sent(NUMBER, HENGYUAN), sent(OLDER, HENGYUAN, SEPTEMBER, closing="1000.00"), **changes)


def currencies() -> Register:
    return register(
        sent(NUMBER, HENGYUAN), sent(DOLLARS, HENGYUAN, currency="USD", message_ids=("usd@hd-trade.example",))
    )


def group() -> Register:
    return register(sent(NUMBER, HENGYUAN), sent(OTHERS, HONGDA))


def told(judgement: Judgement) -> dict[str | None, str]:
    return {part.statement: part.outcome.value for part in judgement.parts}


MONTHS = [
    ("17 both in one full sentence", FULL, (OCT, SEP), "confirmed", "confirmed"),
    ("17 one scan missing", FULL, (OCT,), "scan_pending", "confirmed"),
    ("17 the other scan missing", FULL, (SEP,), "confirmed", "scan_pending"),
    ("17 both scans missing", FULL, (), "scan_pending", "scan_pending"),
    ("17 as people say it", "9月和10月一起确认，均无误", (OCT, SEP), "in_review", "in_review"),
    ("17 in Traditional", "九月及十月對賬單一併確認，兩份均無誤，請查收", (OCT, SEP), "in_review", "in_review"),
    ("a sentence each", f"{NAME}确认2026年9月销售对账单无误。{NAME}确认2026年10月销售对账单无误。", (OCT, SEP), "confirmed", "confirmed"),
    ("the name leads in for both", f"{NAME}确认：\n9月对账单无误\n10月对账单无误", (OCT, SEP), "confirmed", "confirmed"),
    ("the name before both", f"{NAME}\n9月、10月对账单核对无误", (OCT, SEP), "confirmed", "confirmed"),
    ("a range of two", f"{NAME}确认2026年9至10月销售对账单无误", (OCT, SEP), "confirmed", "confirmed"),
    ("by number", f"{OLDER}和{NUMBER}均核对无误", (OCT, SEP), "in_review", "in_review"),
    ("18 one was sent before", "9月的上次已经寄过，这次是10月", (OCT,), "noted", "in_review"),
    ("scans alone", "见附件", (OCT, SEP), "in_review", "in_review"),
    ("scans and nothing written", "", (OCT, SEP), "in_review", "in_review"),
    ("scans and a yes for both", "两份都没问题，见附件", (OCT, SEP), "in_review", "in_review"),
    ("one fine, one differs", "9月确认无误，10月少一笔10月18日的退货", (OCT, SEP), "in_review", "discrepancy"),
    ("one fine, one later", f"{NAME}确认2026年9月销售对账单无误。10月的还在核对", (SEP,), "confirmed", "noted"),
    ("both differ", "9月和10月都少退货", (), "discrepancy", "discrepancy"),
    ("one altered on paper", FULL, (scan("altered"), SEP), "confirmed", "discrepancy"),
    ("a condition of its own", "9月对账单无误。收到发票后才确认10月对账单。", (SEP,), "in_review", "question"),
    ("a sheet for one", FULL, (OCT, sheet(closing="1000.00", number=OLDER)), "scan_pending", "confirmed"),
    ("what was said first belongs to what comes", "已核对无误：\n9月对账单\n10月对账单", (OCT, SEP), "in_review", "in_review"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "readings", "september", "october"), [row[1:] for row in MONTHS], ids=[row[0] for row in MONTHS]
)
def test_two_months_in_one_mail(
    text: str, readings: tuple[AttachmentReading, ...], september: str, october: str
) -> None:
    judgement = judge(mail(text), months(), readings)
    assert told(judgement) == {OLDER: september, NUMBER: october}, judgement.reasons
    assert all(part.tried[-1] == part.rule and not part.parts for part in judgement.parts)
    assert judgement.attachments == readings


WHOLE = [
    ("condition between them", "如果9月无误，10月也可以确认", (OCT, SEP), "person"),
    ("exception for all", f"{FULL}，但是少一笔退货", (OCT, SEP), "discrepancy"),
    ("an objection after a yes names neither", "9月无误，10月无误。少一笔退货565元没有减", (OCT, SEP), "discrepancy"),
    ("an objection before a yes names neither", "少一笔退货。9月和10月均无误", (OCT, SEP), "discrepancy"),
    ("compared with each other", "10月比9月少一笔", (OCT, SEP), "discrepancy"),
    ("a month of nobody's", "8月、9月和10月对账单均无误", (OCT, SEP), "person"),
    ("asked", f"{FULL}吗？", (OCT, SEP), "person"),
    ("more than there are", "三份都没问题，见附件", (OCT, SEP), "person"),
    ("fewer than there are", "9月和10月一份都没问题", (OCT, SEP), "person"),
    ("a scan that no word names", f"{NAME}确认2026年10月销售对账单无误", (OCT, SEP), "person"),
    ("a doubtful scan of one", FULL, (OCT, scan("unsure", number=OLDER)), "person"),
    ("a scan of neither", FULL, (OCT, scan(number=OTHERS)), "person"),
    ("a letter that nobody could read", FULL, (OCT, SEP, other("差异说明.pdf", "unread")), "person"),
    ("who can't be understood about one", "9月无误。10月阿巴阿巴", (OCT, SEP), "person"),
    ("last year's month", f"{NAME}确认2025年9月和2026年10月销售对账单无误", (OCT, SEP), "person"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "readings", "outcome"), [row[1:] for row in WHOLE], ids=[row[0] for row in WHOLE])
def test_what_is_not_plain_is_judged_as_a_whole(
    text: str, readings: tuple[AttachmentReading, ...], outcome: str
) -> None:
    judgement = judge(mail(text), months(), readings)
    assert (judgement.outcome, judgement.parts) == (outcome, ()), judgement.reasons


def test_a_matter_about_both_months_beside_a_yes_to_one_splits_nothing() -> None:
    judgement = judge(mail(f"{replies.PHRASE}。我们9月、10月的发票什么时候寄？"), months(), (OCT,))
    assert (judgement.outcome, judgement.parts) == ("confirmed", ())
    assert [also.to for also in judgement.also] == ["finance"]


def test_second_matters_are_told_with_the_first_part_only() -> None:
    judgement = judge(mail(f"{FULL}。发票什么时候寄？"), months(), (OCT, SEP))
    assert [[also.to for also in part.also] for part in judgement.parts] == [["finance"], []]
    nothing = judge(mail("9月和10月均无往来"), months(), ())
    assert [[also.to for also in part.also] for part in nothing.parts] in ([], [["superior", "finance"]] * 2)


def test_the_gravest_part_leads_and_the_evidence_is_as_written() -> None:
    judgement = judge(mail("9月確認無誤，10月少一筆退貨"), months(), (OCT, SEP))
    assert (judgement.outcome, judgement.statement) == ("discrepancy", NUMBER)
    assert {part.said.sentence for part in judgement.parts} == {"9月確認無誤，10月少一筆退貨"}
    both = judge(mail(FULL), months(), (OCT, SEP))
    assert (both.outcome, both.statement) == ("confirmed", NUMBER)
    assert both.reasons[0] == f"一信涉及 2 份对账单，已分别判读：{OLDER} confirmed、{NUMBER} confirmed"


def test_a_yes_over_several_lines_is_told_as_written() -> None:
    judgement = judge(mail(f"{NAME}\n9月、10月對賬單\n核對無誤"), months(), (OCT, SEP))
    assert {part.said.sentence for part in judgement.parts} <= {f"{NAME} 9月、10月對賬單 核對無誤", "核對無誤"}


def test_signed_copies_of_both_confirm_where_the_company_says_so() -> None:
    judgement = judge(mail("9月和10月一起确认，均无误"), months(signed_copy="accept"), (OCT, SEP))
    assert [(part.outcome, part.route) for part in judgement.parts] == [("confirmed", "signed_copy")] * 2


def test_who_may_not_confirm_is_a_persons_with_what_to_do() -> None:
    judgement = judge(mail(FULL, sender=replies.COLLEAGUE), months(), (OCT, SEP))
    assert (judgement.outcome, judgement.parts) == ("person", ())
    assert any("未获授权确认" in reason and "补授权书" in reason for reason in judgement.reasons)
    assert judge(replies.unproven(mail(FULL)), months(), (OCT, SEP)).parts == ()


def test_a_confirmation_is_taken_back_in_its_own_thread_only() -> None:
    done = register(sent(NUMBER, HENGYUAN), sent(OLDER, HENGYUAN, SEPTEMBER, state=State.CLOSED))
    letter = mail("9月的退货没有减。10月对账单无误")
    assert judge(letter, done, (OCT,)).parts == ()
    own = replace(letter, in_reply_to=(f"statement.{OLDER}.1@hd-trade.example",), subject="Re: 对账")
    assert told(judge(own, done, (OCT,))) == {OLDER: "reopened", NUMBER: "in_review"}


CURRENCIES = [
    ("30 one fine, one differs", "美元那张没问题，人民币的少一笔", (), "scan_pending", "discrepancy"),
    ("both fine", "美元和人民币的对账单均无误", (OCT, USD), "in_review", "in_review"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "readings", "dollars", "yuan"), [row[1:] for row in CURRENCIES], ids=[row[0] for row in CURRENCIES]
)
def test_two_currencies_in_one_mail(
    text: str, readings: tuple[AttachmentReading, ...], dollars: str, yuan: str
) -> None:
    assert told(judge(mail(text), currencies(), readings)) == {NUMBER: yuan, DOLLARS: dollars}


def test_a_currency_beside_a_figure_names_no_statement() -> None:
    assert judge(mail("余额人民币 85,685.00 元，核对无误"), currencies()).parts == ()


CUSTOMERS = [
    ("16 by their towns", "代苏州、无锡两家子公司确认，附件两份", (OCT, WUXI), {}, ("in_review", "in_review")),
    ("by name", f"{NAME}和{HONGDA.name}确认2026年10月销售对账单无误", (OCT, WUXI), {}, ("confirmed", "confirmed")),
    ("by name, a new mail with both pages", f"{NAME}和{HONGDA.name}确认2026年10月销售对账单无误", (OCT, WUXI), {"in_reply_to": (), "subject": "对账"}, ("confirmed", "confirmed")),
    ("one scan missing", f"{NAME}和{HONGDA.name}确认2026年10月销售对账单无误", (OCT,), {}, ("confirmed", "scan_pending")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "readings", "changes", "outcomes"), [row[1:] for row in CUSTOMERS], ids=[row[0] for row in CUSTOMERS]
)
def test_16_a_group_confirms_for_its_companies(
    text: str, readings: tuple[AttachmentReading, ...], changes: dict[str, object], outcomes: tuple[str, str]
) -> None:
    judgement = judge(mail(text, sender=GROUP, **changes), group(), readings)
    assert told(judgement) == dict(zip((NUMBER, OTHERS), outcomes, strict=True)), judgement.reasons
    assert [part.customer for part in judgement.parts] == ["C001", "C002"]


def test_16_a_group_without_authority_for_one_of_them_is_a_persons() -> None:
    partly = replace(HONGDA, contacts=(Contact(1, "集团", GROUP, may_confirm=False),))
    text = f"{NAME}和{HONGDA.name}确认2026年10月销售对账单无误"
    world = register(sent(NUMBER, HENGYUAN), sent(OTHERS, HONGDA), customers=(HENGYUAN, partly))
    judgement = judge(mail(text, sender=GROUP), world, (OCT, WUXI))
    assert (judgement.outcome, judgement.parts) == ("person", ())
    assert any("无锡宏达" in reason and "授权书" in reason for reason in judgement.reasons)


def test_16_the_wrong_number_of_companies_is_a_persons() -> None:
    assert judge(mail("代苏州、无锡三家子公司确认", sender=GROUP), group(), (OCT, WUXI)).outcome == "person"


def test_a_new_mail_without_numbers_binds_to_nothing() -> None:
    letter = mail("9月和10月一起确认，均无误", in_reply_to=(), subject="对账")
    judgement = judge(letter, months(), ())
    assert (judgement.outcome, judgement.parts) == ("person", ())
    assert any("缺对账单编号" in reason for reason in judgement.reasons)
    assert len(judge(letter, months(), (OCT, SEP)).parts) == 2


def test_pages_of_statements_other_than_the_answered_one_are_a_persons() -> None:
    third = sent(DOLLARS, HENGYUAN, currency="USD", message_ids=("usd@hd-trade.example",))
    world = register(sent(NUMBER, HENGYUAN), sent(OLDER, HENGYUAN, SEPTEMBER), third)
    letter = mail("9月和10月人民币的均无误", in_reply_to=("usd@hd-trade.example",))
    judgement = judge(letter, world, (OCT, SEP))
    assert (judgement.outcome, judgement.parts) == ("person", ())


def test_words_that_cannot_be_trusted_split_nothing() -> None:
    letter = mail(None, html=f"<p>{FULL}</p><s>不同意</s>")
    assert judge(letter, months(), (OCT, SEP)).rule == "R04-contradictory"
