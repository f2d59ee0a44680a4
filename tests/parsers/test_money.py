"""Amounts in running text, in cells and in words."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers import money

RUNNING = [
    ("我方账面 85,000", "85000"),
    ("我司账上85000", "85000"),
    ("差 0.03 元", "0.03"),
    ("汇款时扣了30元手续费", "30"),
    ("8.5万元", "85000"),
    ("3千元", "3000"),
    ("¥1,234.50", "1234.50"),
    ("人民币85685", "85685"),
    ("余额85685.00元", "85685.00"),
    ("已付78,000", "78000"),
    ("应为１２，０００元", "12000"),
    ("金额：-500.00", "-500.00"),
    ("RMB 300", "300"),
]
NO_AMOUNT = [
    "电话0512-85685000",
    "XSCK-00030",
    "10月18日",
    "共120件",
    "质保金5%",
    "13812345678",
    "单号 20261018001",
    "2026年",
    "",
    "第3页",
]


@pytest.mark.parametrize(("text", "value"), RUNNING, ids=[row[0] for row in RUNNING])
def test_E5_amounts_are_found_in_sentences(text: str, value: str) -> None:
    (amount,) = money.find(text)
    assert amount.value == Decimal(value)


@pytest.mark.parametrize("text", NO_AMOUNT)
def test_E5_other_numbers_are_no_amounts(text: str) -> None:
    assert money.find(text) == ()


CELLS = [
    ("1,234.50", "1234.50"),
    ("(1,234.50)", "-1234.50"),
    ("5-", "-5"),
    ("-5", "-5"),
    ("¥-5", "-5"),
    ("¥ 85,685.00", "85685.00"),
    ("１，２３４", "1234"),
    ("85685元", "85685"),
    ("−3.20", "-3.20"),
]


@pytest.mark.parametrize(("text", "value"), CELLS, ids=[row[0] for row in CELLS])
def test_C1_a_cell_is_read_whole(text: str, value: str) -> None:
    assert money.parse(text) == Decimal(value)


@pytest.mark.parametrize("text", ["1.234,50", "12,34", "(5-)", "(5", "5)", "--5", "五元", "", "1,2345", "5 3a"])
def test_C1_a_doubtful_cell_is_nothing(text: str) -> None:
    assert money.parse(text) is None


WORDS = [
    ("捌萬伍仟陸佰捌拾伍元整", "85685.00"),
    ("叁亿零肆仟零叁拾肆元肆角叁分", "300004034.43"),
    ("壹拾元整", "10.00"),
    ("拾元整", "10.00"),
    ("零元整", "0.00"),
    ("柒角", "0.70"),
    ("负壹佰元整", "-100.00"),
    ("人民币壹仟零壹万元整", "10010000.00"),
    ("壹亿贰仟叁佰肆拾伍万陆仟柒佰捌拾玖元壹角贰分", "123456789.12"),
    ("新臺幣伍仟元整", "5000.00"),
    ("壹元零伍分", "1.05"),
    ("壹万亿元", "1000000000000.00"),
]


@pytest.mark.parametrize(("text", "value"), WORDS, ids=[row[0] for row in WORDS])
def test_D1_amounts_in_words_are_read_back(text: str, value: str) -> None:
    assert money.parse_words(text) == Decimal(value)


@pytest.mark.parametrize("text", ["哈", "哈元", "整", "壹哈角", "", "壹元哈分"])
def test_D1_other_words_are_nothing(text: str) -> None:
    assert money.parse_words(text) is None


@given(st.integers(-(10**14), 10**14))
def test_fen_and_yuan_are_the_same_amount(fen: int) -> None:
    assert money.to_fen(money.from_fen(fen)) == fen


def test_a_fraction_of_a_fen_is_refused() -> None:
    with pytest.raises(ValueError, match="fractions"):
        money.to_fen(Decimal("0.005"))


@given(st.text(max_size=80))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    money.parse(text)
    money.parse_words(text)
    for amount in money.find(text):
        assert 0 <= amount.start < amount.end <= len(text)
