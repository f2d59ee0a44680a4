"""A yes to a month that isn't named, beside this one: two periods, of which one is anybody's guess."""

import pytest

from bot.model import Outcome
from parsers.vague_period import find
from tests.decide.replies import HENGYUAN, PHRASE, judged, scan

NAME = HENGYUAN.name
TWO = [
    "上月和本月均无误",
    f"{NAME}确认上月和本月均无误",
    f"{NAME}确认2026年10月和上月销售对账单均无误",
    f"{NAME}，上個月和這個月的對帳單都核對無誤",
    "本月和上月的都没问题",
    f"{PHRASE}，上月的也没问题",
    f"{PHRASE}。上月那份也一并确认。",
    f"{NAME}确认2026年10月份及上期销售对账单无误",
    f"{NAME}确认10月及以前各月对账单无误",
    "前两个月的也都OK",
]
ONE = [
    PHRASE,
    f"{NAME}确认本月对账单无误",
    "上月对账单无误",
    f"{PHRASE}。上月的已经寄出。",
    f"{PHRASE}，上月的发票也都没问题",
    f"{PHRASE}，上期余额、本期发生额均核对无误",
    f"{PHRASE}，跟上月一样也盖好章了",
    "收到，谢谢",
]


@pytest.mark.parametrize("text", TWO)
def test_two_periods_of_which_one_is_vague_are_for_a_person(text: str) -> None:
    assert find(text)
    assert judged(text, scan()).outcome is Outcome.PERSON


@pytest.mark.parametrize("text", ONE)
def test_one_period_is_no_second_one(text: str) -> None:
    assert find(text) == ""
