"""Sheets that come back: ours untouched, ours filled in, ours tampered with, the customer's own, and hostile ones."""

import zipfile
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.compose.statement_xlsx import render, sheet_lines
from bot.model import Locale, load_statement
from parsers.sheet import MISSING, OVERWRITTEN, SheetReading, compare, read, statement_json
from tests.compose.samples import a_statement

D = Decimal
STATEMENT = a_statement()
LINES = sheet_lines(STATEMENT.snapshot)
CLOSING = STATEMENT.snapshot.totals.closing
OURS = render(STATEMENT)
FIRST_LINE = 8
"""Row of the first line in our sheet; its columns N to R are the customer's, O5 is their closing balance."""


def filled(cells: dict[str, Any], data: bytes = OURS, edit: Callable[[Any], object] | None = None) -> bytes:
    book = openpyxl.load_workbook(BytesIO(data))
    sheet = book.worksheets[0]
    for place, value in cells.items():
        sheet[place] = value
    if edit:
        edit(sheet)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def table(rows: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def differences(data: bytes) -> list[tuple[object, ...]]:
    found = compare(read(data, "对账单.xlsx"), LINES, CLOSING)
    return [(one.document, one.our_amount, one.their_amount, one.cause, one.remark) for one in found]


def test_our_sheet_untouched_is_known_as_ours_and_as_not_filled_in() -> None:
    reading = read(OURS, "对账单.xlsx")
    assert (reading.number, reading.revision, reading.own_form) == (STATEMENT.number, 1, False)
    assert not reading.changed
    assert not reading.filled
    assert compare(reading, LINES, CLOSING) == ()


def test_the_hidden_page_gives_the_statement_back() -> None:
    text = statement_json(OURS)
    assert text is not None
    assert load_statement(text) == STATEMENT


@pytest.mark.parametrize("locale", Locale)
def test_F7_a_filled_in_sheet_of_any_locale_is_read(locale: Locale) -> None:
    data = filled({"O8": 20330, "O5": 85685.0}, render(replace(STATEMENT, locale=locale)))
    reading = read(data, "a.xlsx")
    assert reading.filled
    assert reading.rows[0].amount == D("20330.00")
    assert reading.closing == D("85685.00")
    assert compare(reading, LINES, CLOSING) == ()


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"O8": 20000}, [(LINES[0].key, D("20330.00"), D("20000.00"), "", "")]),
        ({"O8": "20,000.00"}, [(LINES[0].key, D("20330.00"), D("20000.00"), "", "")]),
        ({"O9": 565}, [(LINES[1].key, D("-565.00"), D("565.00"), "", "")]),
        ({"N8": 700}, [(LINES[0].key, D("20330.00"), None, "", "")]),
        ({"O13": 0, "Q13": "收款在途"}, [(LINES[5].key, D("50000.00"), D("0.00"), "收款在途", "")]),
        ({"R8": "少收两套"}, [(LINES[0].key, D("20330.00"), None, "", "少收两套")]),
        ({"O5": 80000}, [("closing", D("85685.00"), D("80000.00"), "", "")]),
        ({"O8": 20330.004, "O5": 85685}, []),
        ({"R8": "相符", "R9": "核对无误。", "R10": "OK"}, []),
    ],
    ids=[
        "amount",
        "amount as text",
        "sign",
        "quantity",
        "receipt unknown",
        "remark",
        "closing",
        "equal",
        "agreeing words",
    ],
)
def test_F7_differences_are_found_line_by_line(cells: dict[str, object], expected: list[tuple[object, ...]]) -> None:
    data = filled(cells)
    assert read(data, "a").filled
    assert differences(data) == expected


def test_cached_formulas_are_never_trusted() -> None:
    assert differences(filled({"O8": 1, "P8": 0})) == [(LINES[0].key, D("20330.00"), D("1.00"), "", "")]


@pytest.mark.parametrize(
    "data",
    [filled({"J8": 19000}), filled({"H8": 1}), filled({}, edit=lambda sheet: sheet.delete_rows(FIRST_LINE))],
    ids=["amount", "quantity", "line taken out"],
)
def test_a_sheet_with_our_own_cells_changed_counts_as_filled_in(data: bytes) -> None:
    reading = read(data, "a.xlsx")
    assert reading.changed
    assert reading.filled


def test_a_hidden_page_whose_statement_is_torn_is_left_to_a_person() -> None:
    book = openpyxl.load_workbook(BytesIO(OURS))
    book["_dz"]["A5"] = str(book["_dz"]["A5"].value)[:-2]
    file = BytesIO()
    book.save(file)
    assert read(file.getvalue(), "a.xlsx").unread == ("_dz",)


def test_our_own_figure_written_over_is_a_difference() -> None:
    assert differences(filled({"J8": 19000})) == [(LINES[0].key, D("20330.00"), D("19000.00"), OVERWRITTEN, "")]


def test_a_line_taken_out_is_a_difference() -> None:
    found = differences(filled({}, edit=lambda sheet: sheet.delete_rows(FIRST_LINE)))
    assert (LINES[0].key, D("20330.00"), None, MISSING, "") in found


def test_a_line_that_the_customer_added_is_a_difference() -> None:
    assert differences(filled({"C16": "XSCK-202610-00099", "O16": 500, "R16": "漏列"})) == [
        ("XSCK-202610-00099", None, D("500.00"), "", "漏列")
    ]


def test_text_where_a_figure_belongs_is_left_to_a_person() -> None:
    reading = read(filled({"O8": "见附件说明"}), "a.xlsx")
    assert reading.filled
    assert reading.unread == ("8 amount: 见附件说明",)


def test_a_credit_balance_may_be_written_without_its_sign() -> None:
    reading = SheetReading("a", own_form=False, closing=D("22915.00"))
    assert compare(reading, (), D("-22915.00")) == ()
    assert compare(reading, (), D("-22915.01")) != ()


@pytest.mark.parametrize(
    ("rows", "closing"),
    [
        ([["日期", "摘要", "应付余额"], ["10-01", "期初", 100], ["10-31", "进货", 85685]], "85685.00"),
        ([["供应商对账"], ["期末应付余额：", None, "85,685.00"]], "85685.00"),
        ([["期末餘額", 85685.0]], "85685.00"),
        ([["期末余额", 100], ["期末余额", 200]], None),
        ([["日期", "金额"], ["10-01", 100]], None),
        ([["期末余额", "待定"]], None),
    ],
    ids=["a column", "a label", "traditional", "two different", "no label", "no figure"],
)
def test_F7_the_customers_own_table_gives_its_closing_balance_or_nothing(
    rows: list[list[object]], closing: str | None
) -> None:
    reading = read(table(rows), "应付明细.xlsx")
    assert reading.own_form
    assert reading.closing == (None if closing is None else D(closing))


def test_a_csv_in_gb18030_is_read_too() -> None:
    reading = read("日期,摘要,金额\n2026-10-31,期末余额,85685.00\n".encode("gb18030"), "a.csv")
    assert (reading.own_form, reading.closing) == (True, D("85685.00"))


@pytest.mark.parametrize(("theirs", "closing"), [("", None), ("80000", D("80000.00"))], ids=["empty", "filled in"])
def test_our_sheet_saved_as_csv_never_gives_our_own_closing_as_theirs(theirs: str, closing: Decimal | None) -> None:
    head = f"期末应收余额,,85685.00,贵方期末余额,,{theirs}\n"
    reading = read(f"{head}单据号,金额,贵方金额,差异原因\nX-1,100,,\n".encode(), "a.csv")
    assert (reading.own_form, reading.closing) == (True, closing)


def _zipped(members: dict[str, bytes]) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def _with_page(content: bytes) -> bytes:
    with zipfile.ZipFile(BytesIO(OURS)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    return _zipped(members | {"xl/worksheets/sheet1.xml": content})


FAR = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1">'
    b'<v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (_zipped({"xl/workbook.xml": b"0" * (61 << 20)}), "bomb"),
        (_zipped({f"x{index}": b"" for index in range(2001)}), "bomb"),
        (_with_page(FAR), "extent"),
        (b"PK\x03\x04 nothing", "broken"),
        (_zipped({"a.txt": b"hello"}), "broken"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "broken"),
        (b"\0" * 100, "broken"),
        (b"x" * (26 << 20), "size"),
    ],
    ids=[
        "unpacks to 61 MB",
        "2,001 entries",
        "a cell at XFD1048576",
        "torn zip",
        "a plain zip",
        "torn xls",
        "nulls",
        "26 MB",
    ],
)
def test_N3_a_hostile_sheet_is_refused_before_it_is_opened(data: bytes, why: str) -> None:
    assert read(data, "a.xlsx").refused == why
    assert statement_json(data) is None


@given(st.binary(max_size=400))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    assert isinstance(read(data, "a.xlsx"), SheetReading)
    assert isinstance(read(b"PK\x03\x04" + data, "a.xlsx"), SheetReading)


@given(st.data())
def test_a_flipped_byte_never_breaks_the_reader(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(OURS) - 1))
    torn = OURS[:at] + bytes([OURS[at] ^ data.draw(st.integers(1, 255))]) + OURS[at + 1 :]
    assert isinstance(read(torn, "a.xlsx"), SheetReading)


@pytest.mark.parametrize(
    ("cell", "value"),
    [("A1", "duizhang 9"), ("A2", "DZ-202610-000001-74"), ("A3", "x"), ("A4", "9")],
    ids=["another version", "a wrong number", "no revision", "parts missing"],
)
def test_a_tampered_hidden_page_makes_it_the_customers_own_table(cell: str, value: str) -> None:
    book = openpyxl.load_workbook(BytesIO(OURS))
    book["_dz"][cell] = value
    file = BytesIO()
    book.save(file)
    assert read(file.getvalue(), "a.xlsx").own_form
    assert statement_json(file.getvalue()) is None
