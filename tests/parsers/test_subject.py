import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from parsers.fold import fold
from parsers.period import Period
from parsers.subject import Subject, compose, parse

OCTOBER = Period("month", 2026, 10)
COMPANY = "华东贸易有限公司"
OURS = f"[{COMPANY}][2026年10月] 銷售對賬單"


@pytest.mark.parametrize(
    ("period", "label"),
    [(OCTOBER, "2026年10月"), (Period("quarter", 2026, 4), "2026年第4季度"), (Period("year", 2026, 0), "2026年度")],
    ids=["month", "quarter", "year"],
)
def test_D3_the_mandated_subject(period: Period, label: str) -> None:
    assert compose(COMPANY, period, "zh-Hant") == f"[{COMPANY}][{label}] 銷售對賬單"
    assert compose(COMPANY, period, "zh-Hans") == f"[{COMPANY}][{label}] 销售对账单"
    assert parse(compose(COMPANY, period, "zh-Hant")) == Subject(
        COMPANY, period, (), f"[{COMPANY}][{label}] 銷售對賬單"
    )


def test_D3_brackets_and_line_ends_in_a_name() -> None:
    assert compose("甲[乙]\r\nBcc: x 公司\u202e", OCTOBER, "zh-Hant") == "[甲［乙］ Bcc: x 公司][2026年10月] 銷售對賬單"


@pytest.mark.parametrize(
    ("text", "prefixes", "other"),
    [
        pytest.param(f"Re: {OURS}", ("re",), "", id="re"),
        pytest.param(f"RE:{OURS}", ("re",), "", id="re without a blank"),
        pytest.param(f"回复：{OURS}", ("回复",), "", id="qq"),
        pytest.param(f"答复: 答复: {OURS}", ("答复", "答复"), "", id="outlook"),
        pytest.param(f"回覆: FW: {OURS}", ("回覆", "fw"), "", id="taiwan"),
        pytest.param(f"轉寄: {OURS}", ("轉寄",), "", id="forwarded, taiwan"),
        pytest.param(f"转发：Fwd: {OURS}", ("转发", "fwd"), "", id="forwarded"),
        pytest.param(f"Re[2]: {OURS}", ("re[2]",), "", id="counted"),
        pytest.param(f"回复(3)：{OURS}", ("回复(3)",), "", id="counted, chinese"),
        pytest.param(f"[External] Re: {OURS}", ("re",), "[External]", id="gateway's tag"),
        pytest.param(f"答复: 【外部邮件】{OURS}", ("答复",), "【外部邮件】", id="gateway's tag, chinese"),
        pytest.param(f"自动回复：{OURS}", ("自动回复",), "", id="automatic"),
        pytest.param(f"{OURS}（已签章）", (), "（已签章）", id="something after it"),
        pytest.param(f"已盖章 {OURS} 谢谢", (), "已盖章 谢谢", id="something around it"),
        pytest.param(OURS.replace("[", "【").replace("]", "】"), (), "", id="black brackets"),
        pytest.param(OURS.replace("[", "［").replace("]", "］"), (), "", id="full-width brackets"),
        pytest.param(OURS.replace(" 銷售對賬單", "销售对帐单"), (), "", id="simplified, no blank, 帐"),
        pytest.param(f"[ {COMPANY} ] [ ２０２６年１０月份 ]　銷售對帳單", (), "", id="blanks and width"),
        pytest.param(f"[{COMPANY}]  [2026-10]\r\n\t銷 售 對 賬 單", (), "", id="folded and spread"),
        pytest.param(f"{OURS} / {OURS}", (), f"/ {OURS}", id="twice the same"),
    ],
)
def test_E4_subjects_as_they_come_back(text: str, prefixes: tuple[str, ...], other: str) -> None:
    subject = parse(text)
    assert subject is not None
    assert (subject.company, subject.period, subject.prefixes, subject.other) == (COMPANY, OCTOBER, prefixes, other)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("10月对账单", id="other words"),
        pytest.param("销售对账单", id="only the words"),
        pytest.param("[2026年10月] 銷售對賬單", id="no company"),
        pytest.param("[][2026年10月] 銷售對賬單", id="empty company"),
        pytest.param(f"[{COMPANY}][近期] 銷售對賬單", id="no period"),
        pytest.param(f"[{COMPANY}][10月] 銷售對賬單", id="no year"),
        pytest.param(f"[{COMPANY}][2026年9月、2026年10月] 銷售對賬單", id="two periods"),
        pytest.param(f"{COMPANY}][2026年10月] 銷售對賬單", id="unbalanced"),
        pytest.param(f"[{COMPANY}] x [2026年10月] 銷售對賬單"[5:], id="cut"),
        pytest.param(f"{OURS} [{COMPANY}][2026年9月] 銷售對賬單", id="two subjects"),
        pytest.param("x" * 1000 + OURS, id="too far back"),
    ],
)
def test_other_subjects_are_none(text: str) -> None:
    assert parse(text) is None


NAMES = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=60)
PERIODS = st.one_of(
    st.builds(Period, st.just("month"), st.integers(2000, 2099), st.integers(1, 12)),
    st.builds(Period, st.just("quarter"), st.integers(2000, 2099), st.integers(1, 4)),
    st.builds(Period, st.just("year"), st.integers(2000, 2099), st.just(0)),
)


@given(NAMES, PERIODS, st.sampled_from(["", "Re: ", "回复：", "Fwd: 答复: ", "【外部】"]))
def test_D3_what_we_write_we_read(name: str, period: Period, prefix: str) -> None:
    written = compose(name, period, "zh-Hant")
    assume(not written.startswith("[]") and "对账单" not in fold(name))
    subject = parse(prefix + written)
    assert subject is not None
    assert subject.period == period
    assert written.startswith(f"[{subject.company}]")


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    parse(text)


@pytest.mark.parametrize(
    "piece", ["[", "]", "[x]", "销售对账单", "]销售对账单", "[x][2026年1月]销售对账单", "re:", "re[", " "]
)
def test_hostile_subjects_take_no_time(piece: str) -> None:
    started = time.process_time()
    parse(piece * 20_000)
    assert time.process_time() - started < 10  # no measure of speed: a hang would take minutes
