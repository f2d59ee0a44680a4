"""Tables and invoice data in a reply, judged: differences with amounts, at most a weak yes, no account question."""

from decimal import Decimal

import pytest

from bot.decide.discrepancy import claimed
from bot.model import Outcome
from tests.decide.replies import HENGYUAN, PHRASE, judged, scan

NAME = HENGYUAN.name
HEAD = "客户\t期间\t贵方余额\t我方余额\t差异"
SAME = f"{HEAD}\n{NAME}\t2026年10月\t85,685.00\t85,685.00\t0.00"
LESS = f"{HEAD}\n{NAME}\t2026年10月\t85,685.00\t85,120.00\t565.00"
BANK = "开户行：中国工商银行苏州新区支行\n账号：1102020409000123456"
SIGNED = f"\n\n王芳\n财务部\n{NAME}\n{BANK}"


def test_a_table_that_differs_opens_a_discrepancy_with_their_balance() -> None:
    found = judged(f"您好，核对结果如下：\n{LESS}\n谢谢！")
    assert (found.outcome, found.rule) == (Outcome.DISCREPANCY, "R05-discrepancy")
    assert claimed(found, Decimal("85685.00")) == Decimal("85120.00")
    assert found.said.sentence == f"{NAME} 2026年10月 85,685.00 85,120.00 565.00"
    assert Decimal("565.00") in found.said.figures


def test_a_table_that_differs_outweighs_a_full_yes_beside_it() -> None:
    assert judged(f"{PHRASE}\n{LESS}", scan()).outcome is Outcome.DISCREPANCY


@pytest.mark.parametrize(
    "text",
    [
        SAME,
        f"您好：\n{SAME}\n谢谢",
        f"{NAME}2026年10月对账单已核对，\n{SAME}",
        f"{NAME}2026年10月对账结果如下：\n{SAME}",
    ],
    ids=["alone", "greeted", "below half a yes", "below a title"],
)
def test_a_table_without_difference_never_confirms_by_itself(text: str) -> None:
    assert judged(text, scan()).outcome is Outcome.IN_REVIEW
    assert judged(text).outcome is Outcome.SCAN_PENDING
    assert judged(SAME).said.says == "weak"


def test_a_table_without_difference_takes_nothing_from_a_full_yes() -> None:
    assert judged(f"{PHRASE}\n{SAME}", scan()).outcome is Outcome.CONFIRMED


@pytest.mark.parametrize("row", ["2026年9月\t1.00\t1.00\t0.00", "2026年10月\t1.00\t1.00\t0.00"])
def test_a_table_about_something_else_confirms_nothing(row: str) -> None:
    assert judged(f"{PHRASE}\n{HEAD}\n{NAME}\t{row}", scan()).outcome is not Outcome.CONFIRMED


def test_an_own_account_in_a_signature_is_no_account_question() -> None:
    assert judged(PHRASE + SIGNED, scan()).outcome is Outcome.CONFIRMED
    assert judged(f"收到，谢谢！{SIGNED}").outcome is Outcome.NOTED


@pytest.mark.parametrize(
    "text",
    [
        f"贵司银行账号变更了吗？{SIGNED}",
        f"我司账号已变更，见下。{SIGNED}",
        f"多付的565元请退到下面的账户。{SIGNED}",
        f"户名：华东贸易有限公司\n{BANK}",
        f"{BANK}\n以后请付到这里",
    ],
    ids=["about ours", "a new one", "a refund", "one in our name", "to pay to"],
)
def test_everything_else_about_accounts_is_for_people(text: str) -> None:
    assert judged(f"{PHRASE}\n{text}", scan()).rule == "R03-account"
