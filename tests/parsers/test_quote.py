"""Own words above, below and between quotations, in the shapes of mail programs."""
# ruff: noqa: E501  # sentences and mails of the tables stand on one line each

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.quote import strip
from parsers.subtract import _plain, _stretches, subtract

BLOCK = "发件人: 华东贸易 <ar@hd.example>\n发送时间: 2026年11月3日 9:00\n收件人: 张丽\n抄送: 周晓岚\n主题: 对账单\n\n原文第一行\n原文第二行"
SHAPES = [
    ("QQ", "无误\n\n------------------ 原始邮件 ------------------\n" + BLOCK, "separator"),
    ("QQ with entities", "无误\n------------------&nbsp;原始邮件&nbsp;------------------\n" + BLOCK, "separator"),
    ("Outlook ruler", "无误\n\n________________________________\n" + BLOCK, "headers"),
    ("Outlook separator", "无误\n-----邮件原件-----\n" + BLOCK, "separator"),
    (
        "Outlook starred keys",
        "无误\n\n*发件人:* 甲 <a@b.example>\n*发送时间:* 2026年11月3日\n*收件人:* 乙\n*主题:* 对账\n\n原文",
        "headers",
    ),
    (
        "Outlook Taiwan",
        "无误\n\n寄件者: 甲\n寄件日期: 2026年11月3日 上午 09:00\n收件者: 乙\n副本: 丙\n主旨: 對帳\n\n原文",
        "headers",
    ),
    ("Outlook Taiwan sent", "无误\n\n寄件者: 甲\n已傳送: 2026年11月3日\n收件者: 乙\n主旨: 對帳\n\n原文", "headers"),
    (
        "Coremail marked",
        "无误\n\n> -----原始邮件-----\n> 发件人: 甲\n> 发送时间: 2026-11-03\n> 主题: 对账\n> \n> 原文",
        "marks",
    ),
    (
        "NetEase Master",
        "无误\n---- 回复的原邮件 ----\n| 发件人 | 甲 |\n| 日期 | 2026年11月3日 |\n| 收件人 | 乙 |\n| 主题 | 对账 |\n原文",
        "separator",
    ),
    (
        "NetEase Master bare keys",
        "无误\n---- 回复的原邮件 ----\n发件人\n甲\n日期\n2026年11月3日\n主题\n对账\n\n原文",
        "separator",
    ),
    ("163 web", '无误\n\n在 2026-11-03 16:57:38，"甲" <a@b.example> 写道：\n> 原文\n> 原文二', "attribution"),
    ("163 web English", '无误\nAt 2026-11-03 13:17:21, "甲" <a@b.example> wrote:\n\n原文', "attribution"),
    ("Foxmail", "无误\n\n发件人： 甲\n发送时间： 2026-11-03 13:16\n收件人： 乙\n主题： 对账\n原文", "headers"),
    (
        "Alimail",
        f"无误\n{'-' * 66}\n发件人：甲\n发送时间：2026年11月3日\n收件人：乙\n抄　送：丙\n主　题：对账\n\n原文",
        "headers",
    ),
    (
        "Gmail wrapped",
        "无误\n\n华东贸易有限公司 <ar@hd.example>\n于2026年11月3日周二 10:00写道：\n\n> 原文",
        "attribution",
    ),
    ("Gmail Taiwan", "无误\n\n華東貿易 <ar@hd.example> 於 2026年11月3日 週二 上午10:00寫道：\n> 原文", "attribution"),
    ("Apple", "无误\n\n在 2026年11月3日，10:00，甲 <a@b.example> 写道：\n\n原文", "attribution"),
    ("Apple marked", "无误\n\n> 2026年11月3日 10:00，甲 <a@b.example> 写道：\n> \n> 原文", "marks"),
    ("Thunderbird", "无误\n\n在 2026/11/3 10:00, 甲 写道:\n> 原文", "attribution"),
    ("Thunderbird old", "无误\n\n于 2026/11/3, 甲 写道:\n> 原文", "attribution"),
    ("Android", "无误\n-------- 原始邮件 --------\n" + BLOCK, "separator"),
    (
        "forwarded",
        "无误\n---------- Forwarded message ---------\n发件人： 甲\nDate: 2026年11月3日\nSubject: 对账\n\n原文",
        "separator",
    ),
    ("English block", "无误\n\nFrom: A <a@b.example>\nSent: Tuesday\nTo: B\nSubject: x\n\n原文", "headers"),
    ("bare word", "无误\n原始邮件：\n发件人：甲\n收件人：乙\n主题：对账\n原文", "separator"),
    ("nothing quoted", "无误", "none"),
]


@pytest.mark.parametrize(("text", "shape"), [row[1:] for row in SHAPES], ids=[row[0] for row in SHAPES])
def test_E5_what_was_typed_stands_above_the_quotation(text: str, shape: str) -> None:
    written = strip(text)
    assert (written.own, written.shape, written.inline) == ("无误", shape, False)
    assert "发件人" not in written.quoted or shape == "marks"


def test_E5_answers_below_and_between_marked_lines_are_kept() -> None:
    written = strip("在 2026/11/3 10:00, 甲 写道:\n> 请核对\n\n10月18日退货未冲\n> 谢谢\n其余无误")
    assert written.own == "10月18日退货未冲\n其余无误"
    assert written.quoted == "请核对\n谢谢"
    assert written.inline


def test_E5_the_glued_block_of_163_leaves_nothing_above() -> None:
    written = strip("发件人：甲 发送日期：2026-11-03 收件人：乙 抄送人： 主题：对账>\n请核对\n无误")
    assert (written.own, written.quoted, written.shape) == ("", "请核对\n无误", "headers")


@pytest.mark.parametrize(
    "text",
    [
        "他写道：无误",
        "来信写道",
        "发件人：财务部",
        "________________________________\n张丽",
        "-----\n正文",
        "在 10:00 前回复",
        "日期：2026年11月5日\n无误",
        "他来信写道：",
    ],
)
def test_E5_what_only_resembles_a_quotation_stays(text: str) -> None:
    assert strip(text).own.replace("_", "").strip("\n") == text.replace("_", "").strip("\n")


@pytest.mark.parametrize(
    ("heading", "author"),
    [
        ("发件人：甲 <a@b.example> 发送日期：2026-11-03 收件人：乙 主题：对账>", "甲 <a@b.example>"),
        ("发件人: 甲\n发送时间: 2026-11-03\n收件人: 乙\n主题: 对账", "甲"),
        ("---- 回复的原邮件 ----\n发件人\n甲\n日期\n2026年11月3日\n主题\n对账", "甲"),
        ("在 2026-11-03 10:00，甲 写道：", "在 2026-11-03 10:00，甲 写道："),
        ("> 引用", ""),
    ],
    ids=["glued", "block", "bare keys", "attribution", "marks"],
)
def test_E5_the_heading_tells_whose_mail_is_quoted(heading: str, author: str) -> None:
    assert strip(f"{heading}\n原文").author == author


def test_a_long_line_before_wrote_is_no_attribution() -> None:
    assert strip("在 2026 " + "很" * 500 + "写道：").shape == "none"


@given(
    st.lists(
        st.sampled_from(
            ["无误", "> 引用", "发件人：甲", "主题：乙", "在 2026-11-03 甲 写道：", "-----原始邮件-----", "", "_____"]
        ),
        max_size=14,
    )
)
def test_E5_every_line_is_own_or_quoted_or_heading(lines: list[str]) -> None:
    written = strip("\n".join(lines))
    assert "> 引用" not in written.own
    assert written.own.count("无误") + written.quoted.count("无误") <= lines.count("无误")


@pytest.mark.parametrize("piece", ["> ", "在 2026 写道", "发件人：\n", "-----\n", "甲 <a@b\n", "_", "发件人："])
def test_stripping_grows_linearly(piece: str) -> None:
    started = time.process_time()
    strip(piece * (60_000 // len(piece)))
    assert time.process_time() - started < 10  # no measure of speed: a hang would take minutes


OURS = "为核对双方往来账目，现附上对账单，期末应收余额人民币85,685.00元。\n一、核对无误　请由授权代表签字或盖章后发回，正文请写明确认2026年10月销售对账单无误。\n顺颂商祺"


def test_E5_our_text_is_taken_out_even_when_wrapped_and_in_the_other_script() -> None:
    text = "無誤\n\n為核對雙方往來賬目，現附上對賬單，\n期末應收餘額人民幣85,685.00元。\n一、核對無誤 請由授權代表簽字或\n蓋章後發回，正文請寫明確認2026年10月銷售對賬單無誤。"
    assert subtract(text, (OURS,)).strip() == "無誤"


def test_E5_the_phrase_itself_is_too_short_to_be_ours() -> None:
    typed = "苏州恒远贸易有限公司\n确认2026年10月销售对账单无误"
    assert subtract(typed, (OURS, "苏州恒远贸易有限公司")) == typed


def test_E5_an_answer_inside_one_of_our_lines_remains() -> None:
    line = "为核对双方往来账目，现附上对账单，期末应收余额【我方120.00】人民币85,685.00元。"
    assert "我方120.00" in subtract(line, (OURS,))


def test_E5_a_figure_that_runs_into_our_text_stays_whole() -> None:
    ours = "电话 021-55550000\n顺颂商祺华东贸易有限公司周晓岚邮箱ar@hd.example"
    text = "我方账面 120.00\n顺颂商祺华东贸易有限公司周晓岚邮箱ar@hd.example"
    assert subtract(text, (ours,)) == "我方账面 120.00"
    ours = "华东贸易有限公司周晓岚邮箱ar@hd.example电话021-55550000"
    assert subtract("华东贸易有限公司周晓岚邮箱ar@hd.example电话021-555566", (ours,)) == "021-555566"


def test_E5_short_lines_of_ours_go_with_the_long_ones_around_them() -> None:
    ours = "为核对双方往来账目，现附上对账单，请核对后回复。\n谢谢\n周晓岚"
    assert subtract(f"金额不对\n\n{ours.replace(chr(10), chr(10) * 2)}", (ours,)).split() == ["金额不对"]


def test_F1_lines_of_ours_that_a_customer_lists_in_an_order_of_his_own_are_his() -> None:
    ours = "2026-10-13\n发货\nXSCK-202610-00002\n伺服电机\n台\n17\n2026-10-19\n发货\nXSCK-202610-00003\n有差异"
    for typed in ("XSCK-202610-00002\nXSCK-202610-00003", "XSCK-202610-00002\n有差异", "有差异"):
        assert subtract(typed, (ours,)) == typed
    assert subtract("伺服电机SGM7J\nXSCK-202610-00003\n有差异", (ours,)) == "伺服电机SGM7J"


@pytest.mark.parametrize(
    "piece", ["为核对双方往来账目，现附上对账单", "1", "\n", "好\n", OURS, OURS[:40] + "x", OURS[:30] + "\n"]
)
def test_subtracting_looks_up_as_many_stretches_as_there_are_letters(piece: str) -> None:
    class Counted(frozenset[str]):
        looked = 0

        def __contains__(self, item: object) -> bool:
            Counted.looked += 1
            return super().__contains__(item)

    shingles = Counted(OURS[place : place + 12] for place in range(len(OURS)))
    plain = "".join(_plain(piece * (30_000 // len(piece))))
    _stretches(plain, shingles, 24)
    assert Counted.looked <= 2 * len(plain) + 2


def test_without_anything_sent_nothing_is_taken_out() -> None:
    assert subtract("无误", ()) == "无误"


@given(st.text(max_size=200))
def test_subtracting_never_adds(text: str) -> None:
    assert len(subtract(text, (OURS,))) <= len(text)
