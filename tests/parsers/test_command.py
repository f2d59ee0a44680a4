import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers import number
from parsers.command import Command, parse
from parsers.period import Period

OCTOBER = Period("month", 2026, 10)
ONE = number.compose("DZ", OCTOBER, 1)
TWO = number.compose("DZ", OCTOBER, 2)
WRONG = ONE[:-1] + str((int(ONE[-1]) + 1) % 10)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        pytest.param(f"審核通過 {ONE}", Command("approve", (ONE,)), id="approve, traditional"),
        pytest.param(f"审核通过 {ONE}", Command("approve", (ONE,)), id="approve, simplified"),
        pytest.param(f"審核 通過：{ONE}。", Command("approve", (ONE,)), id="approve, spread"),
        pytest.param(f"“审核通过 {ONE}”", Command("approve", (ONE,)), id="approve, copied with its quotes"),
        pytest.param(f"「覆核通過　{ONE}、{TWO}」", Command("approve", (ONE, TWO)), id="approve two"),
        pytest.param(f"审核通过{ONE.lower()} 和 {ONE}", Command("approve", (ONE,)), id="one number twice, lower case"),
        pytest.param(f"审核通过 {ONE.replace('-', '－')}", Command("approve", (ONE,)), id="full-width dashes"),
        pytest.param(
            f"\n\u200b \n审核通过 {ONE}\n\n> 旧文", Command("approve", (ONE,)), id="first line that isn't empty"
        ),
        pytest.param(f"退回 {ONE} 原因：印章不符", Command("return", (ONE,), reason="印章不符"), id="return"),
        pytest.param(
            f"審核退回 {ONE}，印鑑不符", Command("return", (ONE,), reason="印鑑不符"), id="return, traditional"
        ),
        pytest.param(f"驳回 {ONE}原因是缺第二页", Command("return", (ONE,), reason="缺第二页"), id="return, glued"),
        pytest.param(
            f"审核不通过 {ONE}\n原因：缺页\n缺章\n\n张",
            Command("return", (ONE,), reason="缺页\n缺章"),
            id="reason below",
        ),
        pytest.param(f"退回 {ONE}", Command("return", (ONE,)), id="return without a reason"),
        pytest.param("放行 2026-10", Command("release", period=OCTOBER), id="release a month"),
        pytest.param("放行2026年10月对账单", Command("release", period=OCTOBER), id="release a month, in words"),
        pytest.param("放行 2026Q3", Command("release", period=Period("quarter", 2026, 3)), id="release a quarter"),
        pytest.param(f"放行 {ONE}", Command("release", (ONE,)), id="release one"),
        pytest.param("狀態 恆遠商貿", Command("status", rest="恆遠商貿"), id="status of a customer"),
        pytest.param(
            "状态 恒远商贸 2026-10", Command("status", period=OCTOBER, rest="恒远商贸"), id="status in a period"
        ),
        pytest.param("状态", Command("status"), id="status of all"),
        pytest.param(f"状态 {ONE}", Command("status", (ONE,)), id="status of a statement"),
        pytest.param("状态 9月和10月", Command("status", rest="9月和10月"), id="status, periods unclear"),
        pytest.param("賬齡 恆遠", Command("aging", rest="恆遠"), id="aging, 賬"),
        pytest.param("帳齡：恆遠", Command("aging", rest="恆遠"), id="aging, 帳"),
        pytest.param(f"確認收件 {ONE} 檔號 A-12", Command("received", (ONE,), rest="檔號 A-12"), id="paper received"),
        pytest.param("作廢差異 CY-202610-0001 誤讀", Command("void", ("CY-202610-0001",), reason="誤讀"), id="void"),
        pytest.param(
            "结案 cy202610-0001 结果：已补发票", Command("close", ("CY-202610-0001",), reason="已补发票"), id="close"
        ),
        pytest.param(f"结案 {ONE} 已查实", Command("close", (ONE,), reason="已查实"), id="close by statement"),
        pytest.param(
            "結案 AH-202610-0012 已處理", Command("close", ("AH-202610-0012",), reason="已處理"), id="close a task"
        ),
        pytest.param(f"重发 {ONE}", Command("resend", (ONE,)), id="resend"),
        pytest.param(f"已送達 {ONE}", Command("delivered", (ONE,)), id="delivered"),
        pytest.param(f"提交 {ONE} 客户微信发来", Command("submit", (ONE,), rest="客户微信发来"), id="submit"),
    ],
)
def test_commands(text: str, command: Command) -> None:
    assert parse(text) == command


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("  \n\u200b", id="blank"),
        pytest.param("退回的货已经收到", id="a sentence"),
        pytest.param("状态良好", id="a sentence that begins like a verb"),
        pytest.param("请放行 2026-10", id="the verb doesn't come first"),
        pytest.param(f"你好\n审核通过 {ONE}", id="not in the first line"),
        pytest.param("审核通过", id="approve nothing"),
        pytest.param(f"审核通过 {WRONG}", id="wrong check digits"),
        pytest.param(f"审核通过 {ONE} {WRONG}", id="one of two wrong"),
        pytest.param(f"审核通过 {ONE} 但金额要改", id="approve with a but"),
        pytest.param("审核通过 CY-202610-0001", id="approve a difference"),
        pytest.param(f"退回 {ONE} {TWO} 原因", id="return two for one reason"),
        pytest.param("退回 CY-202610-0001 原因", id="return a difference"),
        pytest.param("退回 印章不符", id="return nothing"),
        pytest.param("放行", id="release nothing"),
        pytest.param("放行 10月", id="release a month of no year"),
        pytest.param("放行 2026年9月和2026年10月", id="release two months"),
        pytest.param(f"放行 {ONE} 2026-10", id="release both"),
        pytest.param("放行 2026-10 除恒远外", id="release but"),
        pytest.param("放行 CY-202610-0001", id="release a difference"),
        pytest.param("账龄", id="aging of nobody"),
        pytest.param(f"账龄 {ONE}", id="aging of a statement"),
        pytest.param("确认收件", id="received nothing"),
        pytest.param(f"作废差异 {ONE} 误读", id="void a statement"),
        pytest.param("作废差异 误读", id="void nothing"),
        pytest.param("结案 已查实", id="close nothing"),
        pytest.param("重发", id="resend nothing"),
        pytest.param("提交 AH-202610-0012", id="submit a task"),
        pytest.param(f"审核通过 {ONE}" + "x" * 500, id="too long"),
    ],
)
def test_what_is_not_quite_clear_is_no_command(text: str) -> None:
    assert parse(text) is None


@given(
    st.text()
    | st.lists(
        st.sampled_from(["审核通过", "放行", "状态", ONE, "2026-10", " ", "\n", "：", "-", "CY-202610-0001"])
    ).map("".join)
)
def test_any_text_is_read(text: str) -> None:
    parse(text)


def test_long_texts_take_no_time() -> None:
    started = time.process_time()
    parse("放行 " + "-" * 100_000)
    parse("\n" * 100_000)
    assert time.process_time() - started < 10  # no measure of speed: a hang would take minutes
