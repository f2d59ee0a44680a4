"""What was said about each of several statements, and when that isn't plain."""

import pytest

from parsers.mentions import Called, Unclear, mentions, named
from parsers.names import index
from parsers.period import Period
from parsers.several import Told, tell_apart
from parsers.tokens import Scope

SEPTEMBER, OCTOBER = Period("month", 2026, 9), Period("month", 2026, 10)
NAMES = index((), (("A", "苏州恒远贸易有限公司", ("恒远",)), ("B", "无锡宏达电子有限公司", ())))
CALLED = (
    Called("DZ-1", "A", SEPTEMBER, "CNY"),
    Called("DZ-2", "A", OCTOBER, "CNY"),
    Called("DZ-3", "B", OCTOBER, "CNY"),
    Called("DZ-4", "A", OCTOBER, "USD"),
)


def scopes(number: str) -> Scope:
    one = next(each for each in CALLED if each.number == number)
    return Scope(NAMES, one.customer, one.period, number=number, revision=1)


def told(said: str, default: Called | None = CALLED[1], shown: frozenset[str] = frozenset()) -> dict[str, str]:
    return {each.number: each.text for each in tell_apart(said, CALLED, default, shown, scopes)}


APART = [
    ("periods in a row", "9月、10月对账单均无误", {"DZ-1": "9月对账单均无误", "DZ-2": "10月对账单均无误"}),
    ("blanks between them", "9月 和 10月 均无误", {"DZ-1": "9月均无误", "DZ-2": "10月均无误"}),
    ("customers in a row", "恒远和无锡宏达电子确认无误", {"DZ-2": "恒远确认无误", "DZ-3": "无锡宏达电子确认无误"}),
    ("currencies by what stands for them", "美元的没问题,人民币那张也没问题", {"DZ-4": "的没问题", "DZ-2": "也没问题"}),
    ("a clause goes on", "9月的,核对无误。10月的,少一笔", {"DZ-1": "9月的,核对无误。", "DZ-2": "10月的,少一笔"}),
    ("one statement", "10月对账单无误", {}),
    ("none", "谢谢", {}),
    ("apart in one clause", "10月比9月多", {}),
    ("no currency fits", "欧元的没问题,人民币的少一笔", {}),
    ("a month of one of them only", "无锡宏达电子9月无误,10月也无误", {}),
]


@pytest.mark.parametrize(("said", "expected"), [row[1:] for row in APART], ids=[row[0] for row in APART])
def test_17_each_statement_gets_what_was_said_about_it(said: str, expected: dict[str, str]) -> None:
    assert told(said) == expected


def test_without_an_answered_mail_what_is_not_said_must_be_the_same_for_all() -> None:
    assert told("9月、10月均无误", None) == {}
    assert told("苏州恒远9月、10月人民币的均无误", None) == {
        "DZ-1": "苏州恒远9月的均无误",
        "DZ-2": "苏州恒远10月的均无误",
    }
    with pytest.raises(Unclear):
        named(mentions("10月", CALLED, NAMES), CALLED, None)


def test_words_that_name_nothing_are_about_the_pages_that_came() -> None:
    assert told("请查收", shown=frozenset({"DZ-1", "DZ-2"})) == {"DZ-1": "请查收", "DZ-2": "请查收"}
    assert told("", shown=frozenset({"DZ-1", "DZ-2"})) == {"DZ-1": "", "DZ-2": ""}


def test_sentences_are_told_as_they_were_written() -> None:
    one = Told("DZ-1", "甲\n\n乙。\n\n丙", (("甲", "子"), ("乙", "丑"), ("丙", "寅")))
    assert [one.as_written(each) for each in ("乙", "甲 乙", "甲 乙 丙", "甲 丁", "", "戊")] == [
        "丑",
        "子 丑",
        "子 丑 寅",
        "甲 丁",
        "",
        "戊",
    ]
