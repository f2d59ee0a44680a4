"""What decisions say in Simplified is read in the company's script; names, quotations and file names stay."""

import pytest

from bot.compose.script import told
from bot.decide.anomaly import ANOMALIES
from bot.decide.rules import RULES
from bot.model import Locale
from parsers.scan import reasons

CASES = [
    (
        "发件人不唯一、验证失败或系伪造",
        "發件人不唯一、驗證失敗或係偽造",
        "發件人不唯一、驗證失敗或係偽造",
    ),
    (
        "授权联系人寄回签章完整的现行版对账单",
        "授權聯繫人寄回簽章完整的現行版對賬單",
        "授權聯絡人寄回簽章完整的現行版對帳單",
    ),
    (
        "附件 盖章件.pdf：回执处未见签字或盖章",
        "附件 盖章件.pdf：回執處未見簽字或蓋章",
        "附件 盖章件.pdf：回執處未見簽名或用印",
    ),
    (
        "读不懂的语句：“东西还没发货”",
        "讀不懂的語句：「东西还没发货」",
        "讀不懂的語句：「东西还没发货」",
    ),
    (
        "引用的原文中夹有文字：余额不对，后面再说",
        "引用的原文中夾有文字：余额不对，后面再说",
        "引用的原文中夾有文字：余额不对，后面再说",
    ),
    (
        "印章名称为“末来后里公司”，与客户“未来”不符",
        "印章名稱為「末来后里公司」，與客戶「未来」不符",
        "印章名稱為「末来后里公司」，與客戶「未来」不符",
    ),
    (
        "没有任何联系人具有“授权确认”",
        "沒有任何聯繫人具有「授權確認」",
        "沒有任何聯絡人具有「授權確認」",
    ),
    (
        "对方自制的对账单",
        "對方自製的對賬單",
        "對方自製的對帳單",
    ),
]


@pytest.mark.parametrize(("text", "traditional", "taiwan"), CASES)
def test_T_our_words_in_the_readers_script(text: str, traditional: str, taiwan: str) -> None:
    assert told(text, Locale.HANT) == traditional
    assert told(text, Locale.TAIWAN) == taiwan
    assert told(text, Locale.HANS) == text


def test_a_name_that_the_caller_knows_is_never_reworded() -> None:
    name = "台灣后里发条有限公司"
    assert told(f"{name}的发票", Locale.TAIWAN, (name, "")) == f"{name}的發票"


def test_kinds_of_seals_are_read_in_simplified_too() -> None:
    assert told("印章为“甲公司”的財務專用章", Locale.HANS) == "印章为“甲公司”的财务专用章"
    assert told("財務專用章", Locale.TAIWAN) == "財務專用章"


SAID = [
    *(rule.reason for rule in RULES),
    *(text for _, text in ANOMALIES.values()),
    *reasons.SENTENCES.values(),
]


@pytest.mark.parametrize("text", SAID)
def test_T_no_sentence_of_ours_keeps_a_simplified_character(text: str) -> None:
    changed = told(text, Locale.TAIWAN)
    assert told(changed, Locale.TAIWAN) == changed
    assert not set("账单发际对为户议页签认证联错误销货贸当无关处亲还这给").intersection(changed)
