"""A mail about several statements: what each of them is told, and when nothing is split (DESIGN §4, end)."""
# ruff: noqa: E501  # sentences and mails of the tables stand on one line each

from dataclasses import replace

import pytest

from bot.decide.judge import judge
from bot.model import Contact, Judgement, Register, State
from parsers import number
from parsers.attachment import AttachmentReading
from parsers.period import Period
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


Y9, Y10 = f"{NAME}确认2026年9月销售对账单无误", f"{NAME}确认2026年10月销售对账单无误"
BESIDE = f"{Y9}。10月少一笔退货。"
MAY_MEAN_BOTH = [
    f"{Y9}。10月的还在核对。前提是运费已减。",
    f"{Y9}。10月的还在核对。以上确认须经我司总经理批准后生效。",
    f"{Y9}。10月少一笔退货，运费都没减。",
    f"{Y9}。10月请更正后重发。更正后再确认。",
    f"{BESIDE}两份的运费都没减。",
    f"{BESIDE}另外运费没减。",
    f"{BESIDE}还有运费没减。",
    f"{BESIDE}返利没减。",
    f"{BESIDE}PS：返利没减。",
    f"{BESIDE}你们的账有问题。",
    f"{BESIDE}那份也少一笔。",
    f"{Y9}。10月少一笔退货，那份也少一笔。",
    f"{Y9}，10月少一笔退货，你们的账有问题。",
    f"{BESIDE}上月同样少。",
    f"{BESIDE}前一个月也少。",
    f"{BESIDE}此确认不代表最终结算。",
    f"{BESIDE}保留追诉权利。",
    f"{BESIDE}以我司账为准。",
    f"{Y9}。{Y10}。还要等领导签字。",
    f"{Y9}。{Y10}。两份都还在核对。",
    f"还在走流程。{Y9}。{Y10}。",
    "有差异：10月\n无误：9月",
    "无误：9月\n有差异：10月",
    "待核对：10月\n无误：9月",
    "确认无误的：9月。有差异的：10月。",
    "8-10月均无误",
    "8至10月对账单均核对无误",
    "7-9月、10月对账单均无误",
    "去年的9月、10月无误",
    "114年10月及115年9月、10月均無誤",
    "~~9月无误~~，10月无误",
    "9月和10月的对账单，前者无误，后者有差异",
    "9月无误，10月同上",
    "9月或10月无误",
    "9月和10月其中一份无误",
    "9月 10月\n无误 待核对",
    f"{FULL}。{'谢谢，' * 900}",
]


@pytest.mark.parametrize("text", MAY_MEAN_BOTH)
@pytest.mark.parametrize("readings", [(OCT, SEP), (SEP,)], ids=["both scans", "one scan"])
def test_words_that_may_be_about_either_month_split_nothing(text: str, readings: tuple[AttachmentReading, ...]) -> None:
    judgement = judge(mail(text), months(), readings)
    assert not judgement.parts
    assert judgement.outcome not in {"confirmed", "in_review"}


APART = [
    ("a line under its heading", "9月无误。\n10月有差异：\n少一笔退货", "in_review", "discrepancy"),
    ("two objections in one sentence", f"{Y9}。10月少一笔退货，返利也没减。", "confirmed", "discrepancy"),
    ("a reservation on the one named", f"{Y9}，10月待定。", "confirmed", "person"),
    ("years of the Republic", "115年9月、10月均無誤", "in_review", "in_review"),
    ("a numbered list", "一、9月无误；二、10月少一笔", "in_review", "discrepancy"),
    ("both and then one", "9月和10月都对，就是10月运费没减", "in_review", "discrepancy"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "september", "october"), [row[1:] for row in APART], ids=[row[0] for row in APART])
def test_what_is_plainly_about_one_month_leaves_the_other_alone(text: str, september: str, october: str) -> None:
    judgement = judge(mail(text), months(), (OCT, SEP))
    expected = {} if "person" in {september, october} else {OLDER: september, NUMBER: october}
    assert told(judgement) == expected, judgement.reasons


def test_a_month_without_its_year_is_none_of_a_year_ago() -> None:
    last = number.compose("DZ", Period("month", 2025, 9), 5)
    world = register(sent(NUMBER, HENGYUAN), sent(last, HENGYUAN, Period("month", 2025, 9)))
    letter = mail(f"{NAME}确认9月和10月销售对账单无误")
    assert judge(letter, world, (OCT, scan(number=last))).parts == ()


def test_a_long_letter_is_told_apart_by_nobody() -> None:
    assert judge(mail("9月无误。10月少一笔。" + "谢谢！" * 900), months()).parts == ()


HERS, DOLLARS_SEP = number.compose("DZ", SEPTEMBER, 12), number.compose("DZ", SEPTEMBER, 13)
CROSSED = [
    "苏州和无锡分别确认9月和10月对账单无误",
    f"{NAME}、{HONGDA.name}分别确认2026年9月、10月销售对账单无误",
    "苏州、无锡9月、10月对账单核对无误",
    "苏州9月和无锡10月无误",
    f"{HONGDA.name}：\n9月对账单无误\n10月对账单无误",
    f"{HONGDA.name}\n9月、10月对账单均无误",
    f"{HONGDA.name}确认2026年9月销售对账单无误，10月对账单也无误",
    f"{NAME}\n{HONGDA.name}\n2026年9月、10月对账单无误",
    f"{NAME}9月无误，{HONGDA.name}一样",
    f"{NAME}、{HONGDA.name}9月无误，10月无误",
]


@pytest.mark.parametrize("text", CROSSED)
def test_months_of_two_customers_are_not_mixed(text: str) -> None:
    world = register(
        sent(NUMBER, HENGYUAN), sent(OLDER, HENGYUAN, SEPTEMBER), sent(OTHERS, HONGDA), sent(HERS, HONGDA, SEPTEMBER)
    )
    for readings in ((), (OCT, SEP, WUXI, scan(number=HERS))):
        judgement = judge(mail(text, sender=GROUP), world, readings)
        assert (judgement.parts, judgement.outcome) == ((), "person"), judgement.reasons


@pytest.mark.parametrize(
    "text", ["9月美元无误，人民币也无误", "人民币、美元分别9月、10月无误", "美元：9月无误，10月无误。人民币：10月无误"]
)
def test_months_of_two_currencies_are_not_mixed(text: str) -> None:
    dollars = (sent(number_, HENGYUAN, period, currency="USD", message_ids=(f"{number_}@usd",))
               for number_, period in ((DOLLARS, OCTOBER), (DOLLARS_SEP, SEPTEMBER)))  # fmt: skip
    world = register(sent(NUMBER, HENGYUAN), sent(OLDER, HENGYUAN, SEPTEMBER), *dollars)
    judgement = judge(mail(text), world, (OCT, SEP, USD, scan(number=DOLLARS_SEP)))
    assert (judgement.parts, judgement.outcome) == ((), "person"), judgement.reasons


def test_every_name_of_both_lists_is_meant_where_the_words_say_so() -> None:
    world = register(
        sent(NUMBER, HENGYUAN), sent(OLDER, HENGYUAN, SEPTEMBER), sent(OTHERS, HONGDA), sent(HERS, HONGDA, SEPTEMBER)
    )
    assert len(judge(mail("苏州、无锡9月、10月均无误", sender=GROUP), world).parts) == len(world.statements)


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
