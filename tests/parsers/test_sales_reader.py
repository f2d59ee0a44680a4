import io
import random
import zipfile
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.sales import messages
from parsers.sales.cells import as_date
from parsers.sales.delimited import decode
from parsers.sales.reader import read, tables
from parsers.sales.values import Table

TABLES = Path(__file__).parent / "tables"
SIMPLE = "单据类型,单号,日期,客户编码,产品名称,金额\n发货,XS-1,2026-10-08,C001,轴承,100.00\n"
TRADITIONAL = "單據類型,單號,日期,客戶編碼,產品名稱,金額\n發貨,XS-1,115/10/08,C001,華東電子零件箱,100.00\n"


def workbook(*rows: list[object], sheet: str = "单据", merge: str = "") -> bytes:
    output = io.BytesIO()
    book = xlsxwriter.Workbook(output, {"in_memory": True})
    page = book.add_worksheet(sheet)
    dates = book.add_format({"num_format": "yyyy-mm-dd"})
    for number, row in enumerate(rows):
        for place, value in enumerate(row):
            if isinstance(value, date):
                page.write_datetime(number, place, value, dates)
            elif value is not None:
                page.write(number, place, value)
    if merge:
        page.merge_range(merge, "华东贸易有限公司 单据明细")
    book.close()
    return output.getvalue()


def said(table: Table) -> list[str]:
    return [fault.message for fault in table.faults]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        pytest.param(SIMPLE, "utf-8", id="UTF-8"),
        pytest.param(SIMPLE, "utf-8-sig", id="UTF-8 with BOM as Excel saves it"),
        pytest.param(SIMPLE, "gb18030", id="GB18030"),
        pytest.param(TRADITIONAL, "big5", id="Big5"),
        pytest.param(TRADITIONAL, "gb18030", id="Traditional text in GB18030"),
        pytest.param(SIMPLE, "utf-16", id="UTF-16 as Excel's Unicode text"),
    ],
)
def test_C1_csv_is_read_in_every_encoding_that_offices_save(text: str, encoding: str) -> None:
    table = read(text.encode(encoding), "单据.csv")
    assert table.headers == tuple(text.splitlines()[0].split(","))
    assert [row.number for row in table.rows] == [2]
    assert table.rows[0].cells == tuple(text.splitlines()[1].split(","))


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_C1_csv_is_read_with_every_separator(separator: str) -> None:
    table = read(SIMPLE.replace(",", separator).encode(), "单据.csv")
    assert len(table.headers) == 6
    assert table.rows[0].cells[5] == "100.00"


def test_a_decimal_comma_beside_semicolons_does_not_split_a_cell() -> None:
    table = read("单据类型;单号;日期;客户编码;金额\n发货;1;2026-10-08;C1;1,234.50\n".encode(), "a.csv")
    assert table.rows[0].cells[4] == "1,234.50"


@pytest.mark.parametrize("titles", [0, 1, 4])
def test_C1_the_header_is_found_in_rows_1_to_5_and_rows_keep_the_numbers_that_people_see(titles: int) -> None:
    text = "华东贸易有限公司 单据明细,,,,,\n" * titles + SIMPLE + ",,,,,\n\n收款,SK-1,2026-10-09,C001,,50.00\n"
    table = read(text.encode(), "单据.csv")
    assert (table.header_row, [row.number for row in table.rows]) == (titles + 1, [titles + 2, titles + 5])


def test_a_header_below_row_5_is_a_fault_that_says_so() -> None:
    assert said(read(("标题\n" * 5 + SIMPLE).encode(), "单据.csv")) == [messages.NO_HEADER.message]


@pytest.mark.parametrize(
    "total", ["合计,,,,,300.00", "小 计,,,,,300", ",,合計,,,1", "C001小计,,,,,9", "本页合计：,,,,,1"]
)
def test_totals_are_left_out(total: str) -> None:
    assert len(read((SIMPLE + total + "\n").encode(), "单据.csv").rows) == 1


def test_a_document_is_no_total_because_a_word_of_it_looks_like_one() -> None:
    text = "备注,单据类型,单号,日期,客户编码,金额\n含运费合计,发货,XS-1,2026-10-08,C001,100\n"
    assert len(read(text.encode(), "单据.csv").rows) == 1


def test_C1_a_workbook_keeps_its_row_numbers_under_a_merged_title() -> None:
    header: list[object] = ["单据类型", "单号", "日期", "客户编码", "金额"]
    row: list[object] = ["发货", "XS-1", date(2026, 10, 8), "C001", 0.1]
    table = read(workbook([], [], header, row, merge="A1:E1"), "单据.xlsx")
    assert (table.header_row, table.rows[0].number) == (3, 4)
    assert as_date(table.rows[0].cells[2]) == date(2026, 10, 8)
    assert table.place == "单据.xlsx"


def test_C1_an_xls_of_an_older_program_is_read() -> None:
    table = read((TABLES / "guanjiapo.xls").read_bytes(), "往来.XLS")
    assert table.headers[3] == "单位编号"
    assert [row.number for row in table.rows] == [4, 5]
    assert [as_date(row.cells[2]) for row in table.rows] == [date(2026, 10, 8), date(2026, 10, 15)]


def test_C1_a_text_that_a_program_named_xls_is_read() -> None:
    assert read(SIMPLE.replace(",", "\t").encode("gb18030"), "往来.xls").rows[0].cells[1] == "XS-1"


def test_sheets_without_a_known_header_are_passed_over_and_hidden_ones_not_looked_at() -> None:
    output = io.BytesIO()
    book = xlsxwriter.Workbook(output, {"in_memory": True})
    book.add_worksheet("封面").write(0, 0, "说明文字")
    for name in ("客户", "单据", "旧"):
        page = book.add_worksheet(name)
        page.write_row(0, 0, ["客户编码", "客户名称"] if name == "客户" else ["单据类型", "单号", "金额"])
        if name == "旧":
            page.hide()
    book.close()
    found = tables(output.getvalue(), "导入.xlsx")
    assert [table.place for table in found] == ["导入.xlsx[客户]", "导入.xlsx[单据]"]
    assert read(output.getvalue(), "导入.xlsx").sheet == "单据"


def zipped(*entries: tuple[str, bytes]) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return output.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
REFUSED = {
    "a bomb by its ratio": (zipped((SHEET, b"0" * 20_000_000)), "a.xlsx", messages.UNSAFE_ARCHIVE),
    "too many entries": (zipped(*((f"{i}", b"") for i in range(2001))), "a.xlsx", messages.UNSAFE_ARCHIVE),
    "a cell in the last corner": (zipped((SHEET, b'<c r="XFD1048576">')), "a.xlsx", messages.OUT_OF_RANGE),
    "a cell in a far column": (zipped((SHEET, b"<c r='IA7'>")), "a.xlsx", messages.OUT_OF_RANGE),
    "a row far below": (zipped((SHEET, b'<row r="999999">')), "a.xlsx", messages.OUT_OF_RANGE),
    "a disguised address": (zipped((SHEET, b'<c r="&#88;FD1">')), "a.xlsx", messages.OUT_OF_RANGE),
    "an address over two chunks": (
        zipped((SHEET, random.Random(1).randbytes(2**20 - 8) + b'<c      r="XFD9">')),
        "a.xlsx",
        messages.OUT_OF_RANGE,
    ),
    "no workbook inside": (zipped(("a.txt", b"hello")), "a.xlsx", messages.UNREADABLE),
    "broken off": (workbook(["单号"])[:900], "a.xlsx", messages.UNREADABLE),
    "an old file broken off": ((TABLES / "guanjiapo.xls").read_bytes()[:700], "a.xls", messages.UNREADABLE),
    "an old file with endless rows": (
        (TABLES / "guanjiapo.xls")
        .read_bytes()
        .replace(bytes.fromhex("00020e0000000000"), bytes.fromhex("00020e0000000070")),
        "a.xls",
        messages.OUT_OF_RANGE,
    ),
    "a text named xlsx": (b"hello", "a.xlsx", messages.UNREADABLE),
    "a web page that a program named xls": (b"\xef\xbb\xbf\n<html><table>", "a.xls", messages.WEB_PAGE),
    "another format": (b"%PDF-1.7", "a.pdf", messages.UNKNOWN_FORMAT),
    "an empty file": (b"", "a.csv", messages.NO_HEADER),
    "no Chinese encoding": (b"\xff\x00\xff,\x81", "a.csv", messages.UNDECODABLE),
    "an endless cell": (b'"' + b"a" * 200_000, "a.csv", messages.BROKEN_CSV),
    "too many columns": (b"," * 300, "a.csv", messages.OUT_OF_RANGE),
    "too many rows": (b"a\n" * 200_001, "a.csv", messages.OUT_OF_RANGE),
    "too large a text": (b"a" * (64 * 2**20 + 1), "a.csv", messages.TOO_LARGE),
}


@pytest.mark.parametrize("case", REFUSED)
def test_files_that_cannot_or_must_not_be_opened_are_one_fault(case: str) -> None:
    data, name, text = REFUSED[case]
    table = read(data, name)
    assert [(fault.file, fault.message, fault.remedy) for fault in table.faults] == [(name, *text)]
    assert not table.rows


def test_a_wide_sheet_that_hides_its_addresses_is_refused_after_opening() -> None:
    assert said(read(workbook(["单号", "日期"], [None] * 205 + ["x"]), "a.xlsx")) == [messages.OUT_OF_RANGE.message]


@settings(deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["a.csv", "a.xlsx", "a.xls", "a", "a.tsv"]))
def test_any_bytes_give_a_table_and_never_an_exception(data: bytes, name: str) -> None:
    assert read(data, name).file == name


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5_000), st.integers(0, 255)), min_size=1, max_size=8))
def test_a_damaged_workbook_gives_a_table_and_never_an_exception(damage: list[tuple[int, int]]) -> None:
    for data, name in (
        (workbook(["单号", "日期"], [1, 2]), "a.xlsx"),
        ((TABLES / "guanjiapo.xls").read_bytes(), "a.xls"),
    ):
        bad = bytearray(data)
        for place, value in damage:
            bad[place % len(bad)] = value
        assert read(bytes(bad), name).file == name


class PanicException(BaseException):  # the name that the reader's own crash has
    pass


def test_a_crash_of_the_reader_is_an_unreadable_file_and_an_interrupt_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(error: type[BaseException]) -> None:
        def raising(data: bytes) -> None:
            raise error

        monkeypatch.setattr("parsers.sales.workbook._open", raising)

    for error in (PanicException, ValueError):
        fail(error)
        assert said(read(workbook(["单号"]), "a.xlsx")) == [messages.UNREADABLE.message]
    fail(KeyboardInterrupt)
    with pytest.raises(KeyboardInterrupt):
        read(workbook(["单号"]), "a.xlsx")


def test_rows_of_blanks_only_are_left_out() -> None:
    assert len(read((SIMPLE + " ,\u3000,,,,\n").encode(), "a.csv").rows) == 1


def test_of_two_chinese_tables_the_one_with_common_characters_is_taken() -> None:
    assert decode("客户名称".encode("gb18030")) == "客户名称"
    assert decode("客戶名稱".encode("big5")) == "客戶名稱"
