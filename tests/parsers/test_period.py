"""Periods in running text, and what only looks like one."""
# ruff: noqa: E501  # sentences and mails of the tables stand on one line each

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.period import InvalidPeriod, Mention, Period, find, parse_code

NAMED = [
    ("2026年10月", "2026-10"),
    ("２０２６年１０月", "2026-10"),
    ("2026 年 10 月", "2026-10"),
    ("26年10月", "2026-10"),
    ("2026-10", "2026-10"),
    ("2026/10", "2026-10"),
    ("2026.10", "2026-10"),
    ("202610", "2026-10"),
    ("確認2026-10銷售", "2026-10"),
    ("115年10月", "2026-10"),
    ("民國115年10月", "2026-10"),
    ("2026年十月", "2026-10"),
    ("2026年10⽉", "2026-10"),
    ("2026年第4季度", "2026Q4"),
    ("2026年四季度", "2026Q4"),
    ("2026Q4", "2026Q4"),
    ("2026年10-12月", "2026Q4"),
    ("2026年度", "2026"),
    ("2026年全年", "2026"),
    ("2026年1-12月", "2026"),
    ("2026年的对账单", "2026"),
]
YEARLESS = [
    ("10月份", "month", (10,)),
    ("10月", "month", (10,)),
    ("十月", "month", (10,)),
    ("十一月", "month", (11,)),
    ("四季度", "quarter", (4,)),
    ("第四季", "quarter", (4,)),
    ("恒远Q4对账单", "quarter", (4,)),
    ("全年", "year", (0,)),
    ("9月和10月", "month", (9, 10)),
    ("9、10月", "month", (9, 10)),
    ("9-10月", "month", (9, 10)),
    ("9月至10月", "month", (9, 10)),
]
NOTHING = [
    "10月18日", "2026年10月31日", "10月30號", "2026-10-31", "2026.10.31", "10/18", "10.18", "10月底", "10月上旬", "三个月", "2026.10元",
    "85,202610.00", "13812202610", "XSCK-202610-001", "DZ-202610-000001-73", "四季酒店", "", "对账单",
]  # fmt: skip


@pytest.mark.parametrize(("text", "code"), NAMED, ids=[row[0] for row in NAMED])
def test_E5_a_full_period_is_read_in_every_form(text: str, code: str) -> None:
    (mention,) = find(text)
    assert mention.period == parse_code(code)
    assert mention.means(parse_code(code))


@pytest.mark.parametrize(("text", "kind", "indexes"), YEARLESS, ids=[row[0] for row in YEARLESS])
def test_E5_a_period_without_year_leaves_it_open(text: str, kind: str, indexes: tuple[int, ...]) -> None:
    mentions = find(text)
    assert [(item.kind, item.index, item.year) for item in mentions] == [(kind, index, None) for index in indexes]
    assert mentions[0].period is None
    assert find(text, 2026)[0].year == 2026


@pytest.mark.parametrize("text", NOTHING)
def test_E5_days_numbers_and_amounts_are_no_periods(text: str) -> None:
    assert find(text) == ()


def test_E5_positions_are_those_of_the_text() -> None:
    text = "恒远　２０２６年９月和10月"
    assert [text[item.start : item.end] for item in find(text)] == ["２０２６年９月", "10月"]


def test_a_mention_without_year_may_mean_a_period_but_not_another_month() -> None:
    mention = Mention(0, 3, "month", 10, None)
    assert mention.means(Period("month", 2026, 10))
    assert not mention.means(Period("month", 2026, 9))
    assert not Mention(0, 3, "month", 10, 2025).means(Period("month", 2026, 10))


@pytest.mark.parametrize(
    ("code", "label", "compact"),
    [("2026-10", "2026年10月", "202610"), ("2026Q3", "2026年第3季度", "2026Q3"), ("2026", "2026年度", "2026Y")],
)
def test_codes_labels_and_compact_forms(code: str, label: str, compact: str) -> None:
    period = parse_code(code)
    assert (period.code, period.label, period.compact) == (code, label, compact)


@pytest.mark.parametrize("code", ["2026-13", "2026-00", "26-10", "2026Q5", "十月", ""])
def test_what_is_no_code_is_refused(code: str) -> None:
    with pytest.raises(InvalidPeriod):
        parse_code(code)


@given(st.text(alphabet="0123456789年月日季度第四十Qq-/.、和至 a民國元全", max_size=60))
def test_any_text_gives_mentions_within_it(text: str) -> None:
    for mention in find(text):
        assert 0 <= mention.start < mention.end <= len(text)
        assert 0 <= mention.index <= 12


@pytest.mark.parametrize("piece", ["1", "2026年", "十", "1-", "A1-", "a", "民國1", "1月", "2026 "])
def test_time_grows_linearly(piece: str) -> None:
    started = time.process_time()
    find(piece * (60_000 // len(piece)))
    assert time.process_time() - started < 10  # no measure of speed: a hang would take minutes


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("October 2026", [("month", 10, 2026)]), ("Oct. statement", [("month", 10, None)]), ("2026 Oct", [("month", 10, 2026)]), ("May 2026", [("month", 5, 2026)]),
        ("you may confirm", []), ("we may confirm October", [("month", 10, None)]), ("31 October 2026", []), ("Oct 31, 2026", []), ("Q4 2026", [("quarter", 4, 2026)]), ("FY2026", [("year", 0, 2026)]),
        ("10/2026", [("month", 10, 2026)]), ("115/10", [("month", 10, 2026)]), ("115/10/31", []), ("10月度", [("month", 10, None)]),
    ],
)  # fmt: skip
def test_E5_english_and_slashed_periods_are_read(written: str, wanted: list[tuple[str, int, int | None]]) -> None:
    assert [(one.kind, one.index, one.year) for one in find(written)] == wanted
