import pytest
from opencc import OpenCC

from parsers.sales.columns import CUSTOMER_COLUMNS, DOCUMENT_COLUMNS, Column, fold_header, header_of, nearest
from parsers.sales.own import own_customers, own_documents, own_kind
from parsers.sales.reader import read

NEEDED = "单据类型,单号,日期,客户编码,金额"


@pytest.mark.parametrize("script", ["s2t", "s2tw", "s2hk"])
@pytest.mark.parametrize("column", [*CUSTOMER_COLUMNS, *DOCUMENT_COLUMNS], ids=lambda column: str(column.header))
def test_C1_every_header_is_known_in_both_scripts(column: Column, script: str) -> None:
    converter = OpenCC(script)
    for header in (column.header, *column.spellings):
        assert fold_header(str(converter.convert(header))) == fold_header(header)


@pytest.mark.parametrize("header", ["對賬週期(月/季/年)", "对账周期（月/季/年）", "*对账周期", " 对 账 周 期："])
def test_headers_are_compared_without_hints_and_marks(header: str) -> None:
    assert fold_header(header) == "对账周期"


def test_rows_carry_their_cells_place_and_number() -> None:
    table = read(f"序号,{NEEDED},客户名称\n1,发货,XS-1,2026-10-08,C001,100,恒远\n".encode(), "单据.csv")
    rows, faults = own_documents(table)
    assert faults == ()
    assert (rows[0].place, rows[0].row, rows[0].kind, rows[0].amount, rows[0].due) == (
        "单据.csv",
        2,
        "发货",
        "100",
        None,
    )


def test_C2_all_faults_of_a_header_are_told_at_once_with_the_nearest_known_name() -> None:
    table = read(
        "单据类型,单号,日期,客户编码,金颔,到期曰,天气状况,单据编号,\n发货,1,2026-10-08,C1,5,,,,多\n".encode(),
        "单据.csv",
    )
    rows, faults = own_documents(table)
    assert rows == ()
    assert [(fault.row, fault.column, fault.message) for fault in faults] == [
        (1, "金颔", "无法识别的列名"),
        (1, "到期曰", "无法识别的列名"),
        (1, "天气状况", "无法识别的列名"),
        (1, "单据编号", "与列“单号”重复"),
        (None, "金额", "缺少必需的列“金额”"),
    ]
    assert "“到期日”" in faults[1].remedy
    assert faults[2].remedy == "请更正列名，或删除此列"


def test_a_column_without_a_header_is_a_fault_only_where_something_stands_in_it() -> None:
    text = "单据类型,,单号,日期,客户编码,金额\n发货,{},XS-1,2026-10-08,C001,100\n"
    assert own_documents(read(text.format("").encode(), "a.csv"))[1] == ()
    assert [fault.column for fault in own_documents(read(text.format("孤").encode(), "a.csv"))[1]] == ["第 2 列"]


def test_an_unreadable_file_keeps_its_one_fault() -> None:
    table = read(b"", "空.csv")
    assert own_customers(table) == ((), table.faults)
    assert own_documents(table) == ((), table.faults)


@pytest.mark.parametrize(
    ("header", "kind"),
    [("客户编码,客户名称,邮箱", "customers"), (NEEDED, "documents"), ("客户编码,币种,别名", "customers")],
)
def test_the_two_tables_are_told_apart_by_their_columns(header: str, kind: str) -> None:
    assert own_kind(read(f"{header}\n".encode(), "a.csv")) == kind


def test_no_table_is_neither() -> None:
    assert own_kind(read(b"", "a.csv")) is None


def test_short_rows_have_empty_cells_at_their_end() -> None:
    rows, _ = own_customers(read("客户编码,客户名称,销售代表,邮箱,授权确认\nC1,甲\n".encode(), "a.csv"))
    assert (rows[0].name, rows[0].address, rows[0].tax_id) == ("甲", None, None)


def test_the_nearest_header_is_named_and_nothing_where_none_is_near() -> None:
    assert nearest(CUSTOMER_COLUMNS, "客户名秤") == "客户名称"
    assert nearest(CUSTOMER_COLUMNS, "zzz") is None
    assert header_of(DOCUMENT_COLUMNS, "due") == "到期日"
