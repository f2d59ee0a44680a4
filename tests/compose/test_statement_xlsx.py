"""The fill-in workbook: what it shows, what it lets be written, and that it survives the programs it passes through."""

import shutil
import subprocess
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from bot.compose.statement_xlsx import line_key, render, sheet_lines
from bot.model import DocumentKind, Locale, dump_statement, load_statement
from parsers.sheet import compare, read, statement_json
from tests.compose.samples import a_line, a_statement, many_lines

STATEMENT = a_statement()


def workbook(data: bytes, *, values: bool = False) -> Any:
    return openpyxl.load_workbook(BytesIO(data), data_only=values)


def test_A2_the_same_statement_gives_the_same_bytes() -> None:
    assert render(load_statement(dump_statement(STATEMENT))) == render(STATEMENT)


def test_D1_each_line_stands_in_the_sheet_with_its_figures() -> None:
    rows = list(workbook(render(STATEMENT)).worksheets[0].iter_rows(min_row=8, values_only=True))
    for line, row in zip(STATEMENT.snapshot.lines, rows, strict=False):
        assert row[0].date() == line.on
        assert row[2] == line.number
        figures = [line.quantity, line.unit_price, line.charge, line.receipt, line.balance]
        assert [None if cell is None else Decimal(repr(cell)) for cell in row[7:12]] == figures


def test_D1_the_head_names_number_revision_dates_currency_basis_tax_and_both_sides() -> None:
    sheet = workbook(render(STATEMENT)).worksheets[0]
    head = " ".join(str(cell) for row in sheet.iter_rows(max_row=5, values_only=True) for cell in row if cell)
    for text in (
        "华东贸易有限公司",
        "销售对账单",
        "2026年10月",
        "DZ-202610-000001-73",
        "第 1 版",
        "2026-10-01 至 2026-10-31",
    ):
        assert text in head
    for text in (
        "人民币（CNY）",
        "按发货",
        "含税",
        "深圳市喆堃精密机械（龚岗）有限公司",
        "91440300MA5EXAMPLE",
        "贵方期末余额",
    ):
        assert text in head


def test_totals_and_differences_have_cached_values_for_previews() -> None:
    sheet = workbook(render(STATEMENT), values=True).worksheets[0]
    total = 8 + len(STATEMENT.snapshot.lines)
    assert [sheet.cell(total, column).value for column in (10, 11, 12, 16)] == [35085, 78000, 85685, 0]
    assert workbook(render(STATEMENT)).worksheets[0].cell(total, 10).value == "=SUM(J8:J14)"


def test_only_the_customers_cells_can_be_written() -> None:
    sheet = workbook(render(STATEMENT)).worksheets[0]
    assert sheet.protection.sheet
    open_cells = {cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
    lines = range(8, 8 + len(STATEMENT.snapshot.lines))
    assert open_cells == {"O5"} | {f"{column}{row}" for column in "NOQR" for row in lines}


def test_causes_are_chosen_from_a_list() -> None:
    rules = workbook(render(a_statement(locale=Locale.HANT))).worksheets[0].data_validations.dataValidation
    assert any(
        rule.formula1 == '"錄入,數量,價格,退貨,發票,收款在途,口徑不同,其他"' and "Q8:Q14" in str(rule.sqref)
        for rule in rules
    )


def test_it_prints_on_a4_landscape_with_its_header_on_each_page() -> None:
    sheet = workbook(render(STATEMENT)).worksheets[0]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.print_title_rows, sheet.freeze_panes) == ("$6:$6", "E7")


def test_the_hidden_page_and_properties_name_the_statement() -> None:
    book = workbook(render(STATEMENT))
    assert book["_dz"].sheet_state == "hidden"
    assert book.custom_doc_props["X-DZ-Statement"].value == "DZ-202610-000001-73;R1"


def test_a_long_statement_is_split_over_cells_that_any_program_takes() -> None:
    one = a_statement(many_lines(500))
    cells = [row[0] for row in workbook(render(one))["_dz"].iter_rows(values_only=True)]
    assert max(map(len, cells)) <= 32_000
    text = statement_json(render(one))
    assert text is not None
    assert load_statement(text) == one


def test_a_statement_without_lines_is_a_sheet_too() -> None:
    empty = a_statement((), opening="0")
    assert compare(read(render(empty), "a"), (), Decimal(0)) == ()
    assert not read(render(empty), "a").filled


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "http://x.example"])
def test_N3_text_from_the_ledger_is_never_a_formula_or_a_link(text: str) -> None:
    line = a_line(DocumentKind.DELIVERY, text, date(2026, 10, 1), "1.00", product=text, spec=text, unit="个")
    sheet = workbook(render(a_statement((line,)))).worksheets[0]
    assert [sheet.cell(8, column).data_type for column in (3, 5, 6)] == ["s", "s", "s"]
    assert sheet.cell(8, 3).value == text
    assert sheet.cell(8, 3).hyperlink is None


def test_lines_are_compared_by_charge_or_receipt() -> None:
    lines = sheet_lines(STATEMENT.snapshot)
    assert lines[0].amount == Decimal("20330.00")
    assert lines[-1].amount == Decimal("28000.00")
    assert lines[0].key == line_key(STATEMENT.snapshot.lines[0]) == "发货 XSCK-202610-00001 1"


@pytest.mark.real
def test_a_filled_in_sheet_survives_libreoffice(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    book = workbook(render(replace(STATEMENT, locale=Locale.HANT)))
    sheet = book.worksheets[0]
    sheet["O8"], sheet["Q8"], sheet["O5"] = 20000, "價格", 85355
    book.save(tmp_path / "filled.xlsx")
    profile, out = f"-env:UserInstallation=file://{tmp_path}/profile", tmp_path / "out"
    for kind in ("ods", "xlsx"):
        source = tmp_path / "filled.xlsx" if kind == "ods" else out / "filled.ods"
        command = [office, profile, "--headless", "--convert-to", kind, "--outdir", str(out), str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)  # our own files
    for name in ("filled.ods", "filled.xlsx"):
        reading = read((out / name).read_bytes(), name)
        assert (reading.number, reading.revision, reading.closing) == (STATEMENT.number, 1, Decimal("85355.00"))
        found = compare(reading, sheet_lines(STATEMENT.snapshot), STATEMENT.snapshot.totals.closing)
        assert [(one.document, one.their_amount, one.cause) for one in found] == [
            ("发货 XSCK-202610-00001 1", Decimal("20000.00"), "價格"),
            ("closing", Decimal("85355.00"), ""),
        ]


def test_a_long_sheet_is_read_back_whole_and_has_the_same_bytes_each_time() -> None:
    one = a_statement(many_lines(2_050))
    data = render(one)
    assert data == render(one)
    reading = read(data, "long.xlsx")
    assert (reading.number, reading.own_form, reading.filled) == (one.number, False, False)
    assert compare(reading, sheet_lines(one.snapshot), one.snapshot.totals.closing) == ()
