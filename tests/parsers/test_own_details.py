"""Invoice data below a name is no word about an account; whatever asks, announces or directs stays said."""

import pytest

from bot.decide.scoping import scope_of
from parsers.own_details import without
from tests.decide.replies import HENGYUAN, HONGDA, PHRASE, register

REGISTER = register()
SCOPE = scope_of(REGISTER, REGISTER.statements[0], ())
NAME = HENGYUAN.name
BANK = "开户行：中国工商银行苏州新区支行\n账号：1102020409000123456"

OWN = {
    "below name and company": f"\n\n王芳\n财务部\n{NAME}\n{BANK}\n税号：91320500MA1XXXXX0X\n电话：0512-66668888",
    "above the company": f"\n\n王芳 财务部\n{BANK}\n{NAME}",
    "invoice data with a heading": f"\n\n开票资料：\n公司名称：{NAME}\n纳税人识别号：91320500MA1ABCDE0X\n"
    "地址、电话：苏州市工业园区星湖街100号 0512-66668888\n开户行及账号：中国工商银行园区支行 1102020409000123456",
    "a heading and no name": f"\n\n附：我司开票信息如下\n{BANK}",
    "all on one line": f"\n\n{NAME}\n税号：91320500MA1ABCDE0X  开户行：工商银行园区支行  账号：1102020409000123456",
    "繁體": f"\n\n開票資料\n戶名：{NAME}\n開戶銀行：中國工商銀行蘇州分行\n帳號：1102020409000123456",
    "with blank lines between": f"\n\n{NAME}\n\n开户行：工商银行\n\n账号：1102020409000123456\n",
    "in English": f"\n\n{NAME}\nBank: ICBC Suzhou\nA/C No.: 1102020409000123456",
    "short name above": "\n\n苏州恒远 财务\n苏州恒远\n" + BANK,
}


@pytest.mark.parametrize("text", OWN.values(), ids=OWN.keys())
def test_the_writer_s_own_data_is_set_aside(text: str) -> None:
    rest = without(PHRASE + text, SCOPE)
    assert rest.startswith(PHRASE)
    assert "开户" not in rest
    assert "1102020409000123456" not in rest


SAID = {
    "a question about ours": "\n请问贵司开户行和账号？",
    "a question above their data": f"\n请问贵司账号有变吗？\n\n{NAME}\n{BANK}",
    "pay to ours": f"\n\n户名：华东贸易有限公司\n{BANK}",
    "of another customer": f"\n\n户名：{HONGDA.name}\n{BANK}",
    "of a stranger": f"\n\n户名：上海某某有限公司\n{BANK}",
    "of nobody": f"\n\n{BANK}",
    "a refund": f"\n多付的请退一下。\n\n{NAME}\n{BANK}",
    "a refund to the data below": f"\n多付的款请退到：\n户名：{NAME}\n{BANK}",
    "a transfer to the data below": f"\n货款余款请汇到我司\n\n{NAME}\n{BANK}",
    "a colon above it": f"\n今后走这里：\n{NAME}\n户名：{NAME}\n{BANK}",
    "a colon right above it": f"\n今后走这里：\n户名：{NAME}\n{BANK}",
    "a change announced above": f"\n我司银行有变更。\n\n{NAME}\n{BANK}",
    "a change in the heading": f"\n\n{NAME}\n变更后开票资料\n{BANK}",
    "a new account": f"\n\n{NAME}\n开户行：工商银行\n新账号：1102020409000123456",
    "an account to pay to": f"\n\n{NAME}\n收款账号：1102020409000123456",
    "an account with a wish behind": f"\n\n{NAME}\n账号：1102020409000123456 请注意",
    "an account in a sentence": f"\n\n{NAME}\n我们的账号是1102020409000123456。",
    "data above the words": f"\n{NAME}\n{BANK}\n今天寄出。",
    "bank in English with a wish": f"\n\n{NAME}\nBank: ICBC\nAccount No: 110202 please remit here",
}


@pytest.mark.parametrize("text", SAID.values(), ids=SAID.keys())
def test_what_may_be_about_an_account_stays_said(text: str) -> None:
    assert without(PHRASE + text, SCOPE) == PHRASE + text


def test_where_nobody_is_known_nothing_is_set_aside() -> None:
    text = f"{PHRASE}\n\n户名：{NAME}\n{BANK}"
    assert without(text, scope_of(REGISTER, None, ())) == text


def test_a_long_text_is_left_alone() -> None:
    text = "长" * 4_000 + f"\n户名：{NAME}\n{BANK}"
    assert without(text, SCOPE) == text
