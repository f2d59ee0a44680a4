"""Days in a clause, and how they lie to the statement's period."""
# ruff: noqa: E501  # sentences of the tables stand on one line each

from datetime import date

import pytest

from parsers import days, signature
from parsers.names import index
from parsers.period import Period
from parsers.tokens import Scope, letters, tokenize

FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)


@pytest.mark.parametrize(
    ("clause", "letter"),
    [("as at 31 October 2026", "E"), ("Oct 31", "E"), ("Oct. 18 2026", "i"), ("5 Nov 2026", "d"), ("115/10/31", "E"), ("115/11/05", "d"), ("11/5", "d"), ("25日前", "d")],
)  # fmt: skip
def test_E5_a_day_is_the_edge_of_the_period_or_before_or_to_come(clause: str, letter: str) -> None:
    assert [found[2] for found in days.find(clause, FIRST, LAST)] == [letter]


def test_E5_without_a_statement_every_day_is_one_to_come() -> None:
    assert {found[2] for found in days.find("10月18日", None, None)} == {"d"}


def test_E5_a_month_from_which_something_begins_is_no_other_period() -> None:
    scope = Scope(index((), ()), "", Period("month", 2026, 10), first_day=FIRST, last_day=LAST)
    assert letters(tokenize("11月起", scope))[0] == "d"
    assert letters(tokenize("9月起", scope))[0] == "Q"
    assert letters(tokenize("第四季度起", scope))[0] == "Q"
    assert letters(tokenize("11月起", Scope(index((), ()))))[0] == "Q"


@pytest.mark.parametrize("line", ["x" * 200, "张" * 61, "明细里多列了一张单"])
def test_E5_what_may_say_something_is_no_signature(line: str) -> None:
    assert not signature.signs(line, lambda _: False)


@pytest.mark.parametrize(
    "line",
    [
        "南京市鼓楼区中山北路88号3楼",
        "陈晓敏 / 财务部",
        "财务处 应付账款课 施淑惠",
        "Emily Chow",
        "设备科 周",
        "二〇二六年十一月九日",
    ],
)
def test_E5_signatures_of_all_kinds(line: str) -> None:
    assert signature.signs(line, lambda _: False)
