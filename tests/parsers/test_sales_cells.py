from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.sales import words
from parsers.sales.cells import as_date, as_text
from parsers.sales.values import Cell

DAY = date(2026, 10, 5)


@pytest.mark.parametrize(
    "cell",
    [
        DAY,
        datetime(2026, 10, 5, 23, 59),  # noqa: DTZ001  # a spreadsheet's cell has no zone
        46300.0,
        46300,
        46300.75,
        "46300",
        20261005.0,
        "20261005",
        "2026-10-05",
        "2026/10/5",
        "2026.10.5",
        "2026年10月5日",
        "２０２６－１０－０５",
        "2026-10-05 00:00:00",
        "2026-10-05T08:30",
        "115/10/05",
        "115年10月5日",
        "民國115年10月5日",
        "民国115.10.5",
    ],
)
def test_C1_a_day_is_read_however_it_is_written(cell: Cell) -> None:
    assert as_date(cell) == DAY


@pytest.mark.parametrize(
    "cell",
    [
        "05/10/2026",
        "26-10-05",
        "2026-13-01",
        "2026-02-30",
        "1026-10-05",
        "20261345",
        "10月5日",
        "",
        "x",
        5.0,
        True,
        None,
    ],
)
def test_C2_what_is_no_unambiguous_day_is_none(cell: Cell) -> None:
    assert as_date(cell) is None


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (1001.0, "1001"),
        (12.5, "12.5"),
        (7, "7"),
        ("\u3000 上海 \u200b", "上海"),
        ("a\nb", "a b"),
        (DAY, "2026-10-05"),
        (datetime(2026, 10, 5), "2026-10-05"),  # noqa: DTZ001  # as above
        (True, "是"),
        (False, "否"),
        (time(8, 30), "08:30:00"),
        (None, ""),
    ],
)
def test_a_cell_is_read_as_a_person_reads_it(cell: Cell, text: str) -> None:
    assert as_text(cell) == text


@given(st.one_of(st.text(), st.floats(), st.integers(), st.none()))
def test_any_cell_can_be_read(cell: Cell) -> None:
    assert as_date(cell) is None or isinstance(as_date(cell), date)
    assert as_text(cell) == as_text(as_text(cell))


@pytest.mark.parametrize(
    ("read", "written", "meaning"),
    [
        (words.kind, "發貨", "发货"),
        (words.kind, "销售退货", "退货"),
        (words.kind, "服務費", "服务费"),
        (words.kind, "饭费", None),
        (words.yes, "Ｙ", True),
        (words.yes, "否", False),
        (words.yes, "", False),
        (words.yes, "大概", None),
        (words.cycle, "季結", "quarterly"),
        (words.locale, "繁體", "zh-Hant"),
        (words.channel, "紙本", "paper"),
        (words.basis, "開票", "invoice"),
        (words.currency, "人民幣", "CNY"),
        (words.currency, "nt$", "TWD"),
        (words.currency, "XYZ", None),
        (words.category, "促銷活動", "promotion"),
        (words.category, "轴承", None),
    ],
)
def test_words_of_cells_are_known_in_both_scripts(read: object, written: str, meaning: object) -> None:
    assert callable(read)
    assert read(written) == meaning
