"""Comparisons typed or pasted as a table: whose figures stand where, what differs, and which tables stay text."""

from decimal import Decimal

import pytest

from bot.decide.scoping import scope_of
from parsers import html
from parsers.typed_table import Typed, read
from tests.decide.replies import HENGYUAN, HONGDA, register

REGISTER = register()
SCOPE = scope_of(REGISTER, REGISTER.statements[0], ())
HEAD = ("客户", "期间", "贵方余额", "我方余额", "差异")
LESS = (HENGYUAN.name, "2026年10月", "85,685.00", "85,120.00", "565.00")
SAME = (HENGYUAN.name, "2026年10月", "85,685.00", "85,685.00", "0.00")


def table(*rows: tuple[str, ...], by: str = "\t") -> str:
    return "\n".join(by.join(row) for row in rows)


def found(text: str) -> Typed:
    return read(f"您好，核对结果如下：\n{text}\n谢谢！", SCOPE)


def _html(*rows: tuple[str, ...]) -> str:
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return html.to_text(f"<table>{cells}</table>").text


SHAPES = {
    "tabs": table(HEAD, LESS),
    "bars": table(HEAD, LESS, by=" | "),
    "bars at the ends, with a rule": "|客户|期间|贵方余额|我方余额|差异|\n|---|:--:|---:|---:|---:|\n|"
    + table(LESS, by="|")
    + "|",
    "full-width bars": table(HEAD, LESS, by="｜"),
    "blanks": table(HEAD, LESS, by="    "),
    "single blanks": table(HEAD, LESS, by=" "),
    "an HTML table": _html(HEAD, LESS),
    "a cell on each line": table(HEAD, LESS, by="\n"),
    "a cell on each line with blank lines between": table(HEAD, LESS, by="\n\n"),
    "繁體": table(("客戶名稱", "對帳期間", "貴公司帳面餘額（元）", "我公司帳面餘額（元）", "差異金額"), LESS),
    "their column first": table(("我司账面余额", "贵司账面余额", "差额"), ("85120", "85685", "-565")),
    "headed the other way round": table(HEAD, (*LESS[:2], "85,120.00", "85,685.00", "565.00")),
    "their balance and the difference alone": table(("我方余额", "差异"), ("¥85,120.00", "(565.00)")),
    "both balances alone": table(("贵方余额", "我方余额"), ("85,685.00元", "85,120.00元")),
    "with a total below": table(
        ("项目", "贵方金额", "我方金额", "差异"),
        ("XSCK-00030", "5,685.00", "5,120.00", "565.00"),
        ("合计", "85,685.00", "85,120.00", "565.00"),
    ),
}


@pytest.mark.parametrize("text", SHAPES.values(), ids=SHAPES.keys())
def test_a_difference_is_read_with_their_balance(text: str) -> None:
    read_ = found(text)
    assert read_.theirs == Decimal("85120.00")
    assert "我方余额" in read_.text
    assert "有差异" in read_.text
    assert read_.agrees == ""
    assert read_.text.startswith("您好，核对结果如下：\n")
    assert read_.text.endswith("\n谢谢！")


AGREEING = {
    "a total below names nobody": table(HEAD, SAME, ("合计", "", *SAME[2:])),
    "a total in the column of periods": table(HEAD[1:], ("2026年10月", *SAME[2:]), ("合计", *SAME[2:])),
    "the account from its opening to its closing": table(
        ("项目", "贵司", "我司", "差额"),
        ("期初", "90,000.00", "90,000.00", "0"),
        ("本期发货", "5,685.00", "5,685.00", "0"),
        ("本期付款", "10,000.00", "10,000.00", "0"),
        ("期末", "85,685.00", "85,685.00", "0"),
    ),
    "the closing of the month and a row for the difference": table(
        ("项目", "贵司", "我司"), ("10月期末余额", "85,685.00", "85,685.00"), ("差异", "0.00", "0.00")
    ),
    "all three": table(HEAD, SAME),
    "a difference of 无": table(HEAD, (*SAME[:4], "无")),
    "no figure for the difference": table(HEAD, SAME[:4]),
    "with the result": table((*HEAD, "核对结果"), (*SAME, "一致")),
    "theirs and no difference": table(("我方余额", "差异"), ("85,685.00", "-")),
    "each document": table(
        ("单号", "贵方金额", "我方金额", "差异"),
        ("XSCK-00030", "5,000.00", "5,000.00", "0"),
        ("XSCK-00031", "7,000.00", "7,000.00", "0"),
    ),
}


@pytest.mark.parametrize("text", AGREEING.values(), ids=AGREEING.keys())
def test_a_table_without_difference_is_taken_out_and_told(text: str) -> None:
    read_ = found(text)
    assert (read_.text, read_.theirs) == ("您好，核对结果如下：\n谢谢！", None)
    assert read_.agrees


def test_what_stands_in_a_column_of_remarks_is_said() -> None:
    read_ = found(table((*HEAD, "备注"), (*SAME, "退货565未冲")))
    assert read_.text == "您好，核对结果如下：\n退货565未冲。\n谢谢！"
    items = found(table(("项目", *HEAD[2:]), ("扣除退货后", *SAME[2:])))
    assert "扣除退货后。" in items.text


UNPLAIN = {
    "a row for the difference": (
        table(("项目", "贵司", "我司"), ("期末余额", "85,685.00", "85,120.00"), ("差异", "-", "565.00")),
        Decimal("85120.00"),
    ),
    "both agree on a balance that isn't ours": (table(HEAD[2:], ("80,000", "80,000", "0")), Decimal(80000)),
    "neither is ours": (table(HEAD[2:], ("80,000", "79,000", "1,000")), None),
    "it doesn't add up": (table(HEAD[2:], ("85,685.00", "85,120.00", "500")), None),
    "a difference without balance": (table(("贵方余额", "差异"), ("85,685.00", "565")), None),
    "their balance doesn't add up with the difference": (table(("我方余额", "差异"), ("85,120.00", "500")), None),
    "single documents": (table(("单号", *HEAD[2:]), ("XSCK-00030", "5,685.00", "5,120.00", "565.00")), None),
}


@pytest.mark.parametrize(("text", "theirs"), UNPLAIN.values(), ids=UNPLAIN.keys())
def test_a_difference_whose_figures_aren_t_plain_is_one_all_the_same(text: str, theirs: Decimal | None) -> None:
    read_ = found(text)
    assert "有差异" in read_.text
    assert read_.theirs == theirs


LEFT = {
    "no figure in a row": table(HEAD, SAME, (*SAME[:2], "-", "-", "-")),
    "another period": table(HEAD, (SAME[0], "2026年9月", *SAME[2:])),
    "another period below": table(HEAD, SAME, (SAME[0], "2026年9月", *SAME[2:])),
    "another customer": table(HEAD, (HONGDA.name, *SAME[1:])),
    "a stranger": table(HEAD, ("上海某某贸易有限公司", *SAME[1:])),
    "a period that is none": table(HEAD, (SAME[0], "上期", *SAME[2:])),
    "words in a column of figures": table(HEAD, (*SAME[:4], "待查")),
    "a column that nobody knows": table((*HEAD, "扣款"), (*SAME, "565")),
    "two columns of ours": table(("贵方余额", "贵司账面余额", "差异"), ("1", "2", "1")),
    "a head alone": table(HEAD),
    "the closing of another month": table(("项目", "贵司", "我司"), ("9月期末余额", "85,685.00", "85,685.00")),
    "both another closing": table(
        ("项目", "贵司", "我司"), ("期末余额", "85,685.00", "85,685.00"), ("合计", "80,000.00", "80,000.00")
    ),
    "no figures at all": table(HEAD, (*SAME[:2], "", "", "")),
    "two balances": table(HEAD[2:], SAME[2:], ("1.00", "1.00", "0.00")),
    "one column": table(("我方余额",), ("85,685.00",)),
    "differences alone": table(("差异", "差额"), ("0", "0")),
    "cells that end too early": "贵方余额\n我方余额\n差异\n85,685.00",
    "a sentence": "我方余额与贵方余额无差异",
}


@pytest.mark.parametrize("text", LEFT.values(), ids=LEFT.keys())
def test_a_table_that_isn_t_wholly_understood_stays_text(text: str) -> None:
    whole = f"您好，核对结果如下：\n{text}"
    assert read(whole, SCOPE) == Typed(whole)


def test_two_tables_name_no_one_balance() -> None:
    read_ = found(table(HEAD, LESS) + "\n\n" + table(HEAD, (*LESS[:3], "85,000.00", "685.00")))
    assert read_.theirs is None
    assert read_.text.count("有差异") == 2


def test_sentences_are_told_as_they_were_written() -> None:
    read_ = found(table(HEAD, LESS))
    sentence = next(line for line in read_.text.split("\n") if "有差异" in line)
    assert read_.as_written(sentence) == " ".join(LESS)
    assert read_.as_written("谢谢") == "谢谢"


def test_long_texts_are_left_alone() -> None:
    whole = table(HEAD, LESS) + "\n" + "长" * 4000
    assert read(whole, SCOPE) == Typed(whole)
    wide = table(HEAD, (*LESS[:4], " " * 400 + "565"))
    assert read(wide, SCOPE) == Typed(wide)
