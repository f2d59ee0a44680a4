"""Clauses beside a yes: what is enclosed, posted, paid or wished for, and what only sounds like it."""

import pytest

from parsers.side import side

TOLD = {
    "章盖好了拍照发你": "enclosed",
    "回执已由药剂科和财务科负责人签字并加盖财务专用章": "enclosed",
    "附签章件乙份": "enclosed",
    "照片一共2张": "enclosed",
    "有什么问题打我电话13940770215": "enclosed",
    "正本顺丰寄出": "posted",
    "快递单号SF1420098877651": "posted",
    "中通单号78452311906": "posted",
    "款下周三安排": "payment",
    "按合同月结60天": "payment",
    "款项十五号统一安排": "payment",
    "请尽快开专票": "invoice",
    "月底前要认证": "invoice",
}
SAYS_MORE = (
    "货款已付",
    "款昨天打了",
    "货款打过去了",
    "下周盖章",
    "经理会签字",
    "请贵司盖章",
    "收到货款",
    "签字后付款",
    "发票后付款",
    "对账单上盖章",
    "支票已寄",
    "有问题",
    "附件有差异",
    "附件未盖章",
    "货款付一半",
    "货款50000元",
    "发票少一张",
    "先盖章",
    "等老板签字",
    "章除外",
    "付款后盖章",
    "该款下月入账",
    "票下月入账",
    "本月入账",
    "另附我司对账单",
    "附件为我司的账单",
    "请收另一份",
    "章是业务盖的",
    "附件由出纳签",
    "财务审核",
    "货款由司机带回",
    "支票由司机带回",
    "发票是下月的",
    "专票下月开",
    "请把账单发我邮箱",
    "款在银行",
    "",
    "附" * 41,
)


@pytest.mark.parametrize(("clause", "kind"), TOLD.items(), ids=TOLD)
def test_what_is_told_beside_a_yes_is_known_by_its_words(clause: str, kind: str) -> None:
    assert side(clause, this_period=False) == kind


@pytest.mark.parametrize("clause", SAYS_MORE)
def test_what_says_more_or_holds_an_unknown_word_is_nothing_beside(clause: str) -> None:
    assert side(clause, this_period=False) == ""


def test_the_statements_own_period_stands_with_papers_and_invoices_only() -> None:
    assert side("的发票请尽快寄出", this_period=True) == "invoice"
    assert side("款周五安排", this_period=True) == ""
