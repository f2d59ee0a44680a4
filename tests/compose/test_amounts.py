"""Amounts in figures and in words, held against the money parser and against cn2an."""

from decimal import Decimal

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.compose.amounts import in_words, money, number, price
from bot.model import Locale
from parsers.money import parse_words

AMOUNTS = st.integers(0, 10**15).map(lambda fen: Decimal(fen).scaleb(-2))


@pytest.mark.parametrize(
    ("amount", "text"),
    [("0", "0.00"), ("1234.5", "1,234.50"), ("-1234.56", "−1,234.56"), ("-0.001", "0.00"), ("1e6", "1,000,000.00")],
)
def test_money_has_two_places_commas_and_a_true_minus(amount: str, text: str) -> None:
    assert money(Decimal(amount)) == text


def test_quantities_and_prices_keep_the_places_that_they_need() -> None:
    assert [number(Decimal(text)) for text in ("12.00", "0.125", "-3", "12000")] == ["12", "0.125", "−3", "12,000"]
    assert [price(Decimal(text)) for text in ("136", "28.5133", "2.10")] == ["136.00", "28.5133", "2.10"]
    assert (number(None), price(None)) == ("", "")


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("85685.00", "捌萬伍仟陸佰捌拾伍元整"),
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角整"),
        ("10", "壹拾元整"),
        ("1005.04", "壹仟零伍元零肆分"),
        ("107000.53", "壹拾萬柒仟元伍角參分"),
        ("300004034.43", "參億零肆仟零參拾肆元肆角參分"),
        ("100000000", "壹億元整"),
    ],
)
def test_D1_closing_in_words_by_the_rules_for_bills(amount: str, words: str) -> None:
    assert in_words(Decimal(amount), Locale.HANT) == words
    assert in_words(Decimal(amount), Locale.TAIWAN) == words


def test_simplified_words_for_simplified_readers() -> None:
    assert in_words(Decimal("20345.67"), Locale.HANS) == "贰万零叁佰肆拾伍元陆角柒分"


@pytest.mark.parametrize("amount", ["-0.01", "1e16"])
def test_D1_words_are_never_negative(amount: str) -> None:
    with pytest.raises(ValueError, match="words"):
        in_words(Decimal(amount), Locale.HANT)


@given(AMOUNTS, st.sampled_from(Locale))
def test_words_read_back_to_the_amount(amount: Decimal, locale: Locale) -> None:
    assert parse_words(in_words(amount, locale)) == amount


@given(AMOUNTS)
def test_words_agree_with_cn2an_but_for_the_nought_that_it_drops(amount: Decimal) -> None:
    oracle = cn2an.an2cn(str(amount), "rmb").rstrip("整").replace("零", "")
    assert in_words(amount, Locale.HANS).rstrip("整").replace("零", "") == oracle


@given(st.integers(0, 10**8 - 1).map(lambda fen: Decimal(fen).scaleb(-2)))
def test_below_a_million_words_agree_with_cn2an_to_the_letter(amount: Decimal) -> None:
    assert in_words(amount, Locale.HANS).rstrip("整") == cn2an.an2cn(str(amount), "rmb").rstrip("整")
