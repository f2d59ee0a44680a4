import time
from datetime import date
from typing import Any

import pytest

from bot.decide import ledger
from bot.decide.ledger import Defaults, customers, documents, from_table, refused
from bot.model import Basis, Channel, Contact, Customer, Cycle, Document, DocumentKind, Fault, Locale
from parsers.sales.own import own_customers, own_documents
from parsers.sales.reader import read
from tests.decide.given import D, customer

CUSTOMERS = (
    "客户编码,客户名称,别名,对账周期,结账日,销售代表,联系人,邮箱,"
    "授权确认,抄送,语言,渠道,币种,对账口径,信用额度,期初日期"
)
FIRST = (
    "C001,苏州恒远机械有限公司,恒远机械、苏州恒远,月,,zhou@hd.example,李建国,Li@HengYuan.example,"
    "是,否,简,邮件,CNY,发货,200000,2026-10-01"
)
DOCUMENTS = "单据类型,单号,行号,日期,客户编码,产品名称,数量,含税单价,金额,税率,税额,币种,到期日"


def read_customers(*rows: str, **more: Any) -> tuple[tuple[Customer, ...], tuple[Fault, ...]]:
    found, faults = own_customers(read("\n".join([CUSTOMERS, *rows]).encode(), "客户.csv"))
    assert faults == ()
    return customers(found, **more)


def read_documents(*rows: str, **more: Any) -> tuple[tuple[Document, ...], tuple[Fault, ...]]:
    found, faults = own_documents(read("\n".join([DOCUMENTS, *rows]).encode(), "单据.csv"))
    assert faults == ()
    return documents(found, [customer()], **more)


def places(faults: tuple[Fault, ...]) -> list[tuple[int | None, str | None]]:
    return [(fault.row, fault.column) for fault in faults]


class TestCustomers:
    def test_C1_one_row_is_one_contact_and_later_rows_may_leave_the_customer_blank(self) -> None:
        found, faults = read_customers(
            FIRST, ",,,,,,王芳,ap@hengyuan.example,,是", "C001,,,,,,赵,z@hengyuan.example,是"
        )
        assert faults == ()
        assert found == (
            Customer(
                code="C001",
                name="苏州恒远机械有限公司",
                aliases=("恒远机械", "苏州恒远"),
                cycle=Cycle.MONTHLY,
                closing_day=None,
                payment_terms="",
                rep="zhou@hd.example",
                contacts=(
                    Contact(1, "李建国", "li@hengyuan.example", may_confirm=True),
                    Contact(2, "王芳", "ap@hengyuan.example", may_confirm=False, cc=True),
                    Contact(3, "赵", "z@hengyuan.example", may_confirm=True),
                ),
                locale=Locale.HANS,
                channel=Channel.MAIL,
                currency="CNY",
                basis=Basis.DELIVERY,
                credit_limit=D("200000.00"),
                opening_date=date(2026, 10, 1),
            ),
        )

    def test_E6_seals_that_count_and_signatories_are_lists_in_either_script(self) -> None:
        row = "客户编码,客户名称,销售代表,邮箱,授权确认,有效印章,簽字人"
        one = "C001,苏州恒远机械有限公司,zhou@hd.example,a@b.example,是,公章、財務專用章；发票章,李建国、王芳"
        table = own_customers(read(f"{row}\n{one}".encode(), "客户.csv"))
        assert table[1] == ()
        (found,), faults = customers(table[0])
        assert faults == ()
        assert found.seals == ("公章", "財務專用章", "發票專用章")
        assert found.signatories == ("李建国", "王芳")

    def test_E6_an_unknown_seal_or_no_name_is_a_fault_with_its_place_and_remedy(self) -> None:
        row = "客户编码,客户名称,销售代表,邮箱,授权确认,有效印章,签字人"
        one = "C001,苏州恒远机械有限公司,zhou@hd.example,a@b.example,是,公章、橡皮章、其他专用章,王"
        found, faults = customers(own_customers(read(f"{row}\n{one}".encode(), "客户.csv"))[0])
        assert not found
        assert places(faults) == [(2, "有效印章"), (2, "签字人")]
        assert "橡皮章、其他专用章" in faults[0].message
        assert "大小章" in faults[0].remedy

    def test_empty_cells_mean_the_companys_own_language_currency_and_basis(self) -> None:
        defaults = Defaults(Locale.TAIWAN, "TWD", Basis.INVOICE)
        found, _ = read_customers("C9,甲,,,,z@hd.example,,a@b.example,是", defaults=defaults)
        assert (found[0].locale, found[0].currency, found[0].basis) == (Locale.TAIWAN, "TWD", Basis.INVOICE)
        assert (found[0].cycle, found[0].channel) == (Cycle.MONTHLY, Channel.MAIL)

    def test_a_value_may_stand_in_a_later_row_only(self) -> None:
        found, faults = read_customers("C9,甲,,,,z@hd.example,,a@b.example,是", "C9,,,季,,,,c@b.example,否")
        assert (faults, found[0].cycle) == ((), Cycle.QUARTERLY)

    @pytest.mark.parametrize(
        ("written", "day"), [("25", 25), ("25日", 25), ("月末", None), ("31", None), ("", None), ("20.0", 20)]
    )
    def test_B1_the_closing_day(self, written: str, day: int | None) -> None:
        assert read_customers(f"C9,甲,,,{written},z@hd.example,,a@b.example,是")[0][0].closing_day == day

    def test_a_customer_on_paper_needs_no_address(self) -> None:
        found, faults = read_customers("C9,甲,,,,z@hd.example,王,,是,,,纸质")
        assert (faults, found[0].contacts) == ((), (Contact(1, "王", "", may_confirm=True),))

    def test_a_customer_without_any_contact_is_imported_so_that_preparing_can_hold_it(self) -> None:
        found, faults = read_customers("C9,甲,,,,z@hd.example,,,否")
        assert (faults, found[0].contacts) == ((), ())

    @pytest.mark.parametrize(
        ("row", "column"),
        [
            pytest.param("C9,,,,,z@hd.example,,a@b.example,是", "客户名称", id="no name"),
            pytest.param(
                "C9,=?utf-8?Q?a?=,,,,z@hd.example,,a@b.example,是", "客户名称", id="a name that breaks headers"
            ),
            pytest.param("C9,甲,,旬,,z@hd.example,,a@b.example,是", "对账周期", id="an unknown cycle"),
            pytest.param("C9,甲,,,32,z@hd.example,,a@b.example,是", "结账日", id="an impossible closing day"),
            pytest.param("C9,甲,,,中旬,z@hd.example,,a@b.example,是", "结账日", id="a closing day in words"),
            pytest.param("C9,甲,,,,,,a@b.example,是", "销售代表", id="A1: no rep"),
            pytest.param("C9,甲,,,,x@hd.example,,a@b.example,是", "销售代表", id="A1: a rep who is no staff"),
            pytest.param("C9,甲,,,,小周,,a@b.example,是", "销售代表", id="a rep by name"),
            pytest.param("C9,甲,,,,z@hd.example,,a@b,是", "邮箱", id="an address without a domain"),
            pytest.param("C9,甲,,,,z@hd.example,,张@b.example,是", "邮箱", id="an address that is not ASCII"),
            pytest.param('C9,甲,,,,z@hd.example,,"a@b.example,c@b.example",是', "邮箱", id="two addresses in a cell"),
            pytest.param("C9,甲,,,,z@hd.example,王,,是", "邮箱", id="a contact without an address"),
            pytest.param("C9,甲,,,,z@hd.example,,a@b.example,大概", "授权确认", id="neither yes nor no"),
            pytest.param("C9,甲,,,,z@hd.example,,a@b.example,是,,火星文", "语言", id="an unknown language"),
            pytest.param("C9,甲,,,,z@hd.example,,a@b.example,是,,,飞鸽", "渠道", id="an unknown channel"),
            pytest.param("C9,甲,,,,z@hd.example,,a@b.example,是,,,,贝壳", "币种", id="an unknown currency"),
            pytest.param("C9,甲,,,,z@hd.example,,a@b.example,是,,,,,领用", "对账口径", id="an unknown basis"),
            pytest.param("C9,甲,,,,z@hd.example,,a@b.example,是,,,,,,很多", "信用额度", id="a limit in words"),
            pytest.param("C9,甲,,,,z@hd.example,,a@b.example,是,,,,,,,昨天", "期初日期", id="no date"),
            pytest.param(",甲,,,,z@hd.example,,a@b.example,是", "客户编码", id="no code and nothing above"),
        ],
    )
    def test_C2_each_fault_of_a_customer_is_told_with_row_and_column(self, row: str, column: str) -> None:
        found, faults = read_customers(row, staff={"Z@hd.example"})
        assert (found, places(faults)) == ((), [(2, column)])
        assert refused(faults)
        assert all(fault.message and fault.remedy and fault.place == "客户.csv" for fault in faults)

    def test_C2_differing_cells_and_doubled_addresses_are_faults_of_the_later_row(self) -> None:
        found, faults = read_customers(FIRST, "C001,另一家,,,,,王芳,li@hengyuan.example,否")
        assert found == ()
        assert places(faults) == [(3, "客户名称"), (3, "邮箱")]

    def test_the_same_cell_in_the_other_script_does_not_differ(self) -> None:
        assert read_customers(FIRST, "C001,苏州恒远机械有限公司,,月,,,王芳,w@hengyuan.example,否,,簡")[1] == ()

    def test_C2_all_faults_of_a_file_come_in_one_report(self) -> None:
        _, faults = read_customers("C1,,,旬,99,zhou,,a,是", FIRST, "C3,丙,,,,z@hd.example,,b@c.example,大概")
        assert places(faults) == [
            (2, "客户名称"),
            (2, "对账周期"),
            (2, "结账日"),
            (2, "销售代表"),
            (2, "邮箱"),
            (4, "授权确认"),
        ]

    def test_E4_two_customers_with_one_name_are_told_as_a_warning(self) -> None:
        found, faults = read_customers(FIRST, "C002,恆遠,苏州恒远,,,z@hd.example,,a@b.example,是")
        assert ([row.code for row in found], places(faults), refused(faults)) == (
            ["C001", "C002"],
            [(3, "客户名称")],
            False,
        )

    def test_C2_characters_that_our_fonts_lack_are_told_with_the_customer(self) -> None:
        found, faults = read_customers(
            "C9,𠮷田商店,,,,z@hd.example,,a@b.example,是", has_glyph=lambda c: c < "\U00010000"
        )
        assert (len(found), faults[0].warning) == (1, True)
        assert "C9 𠮷田商店" in faults[0].message
        assert "𠮷 " in faults[0].message


class TestDocuments:
    def test_C1_a_row_is_read_into_exact_values(self) -> None:
        found, faults = read_documents("發貨,XS-1,2,2026/10/8,C001,轴承,10,12.5,125,13%,14.38,人民币,2026-12-07")
        assert faults == ()
        assert found[0] == Document(
            kind=DocumentKind.DELIVERY,
            number="XS-1",
            line=2,
            on=date(2026, 10, 8),
            customer="C001",
            product="轴承",
            spec="",
            unit="",
            quantity=D(10),
            unit_price=D("12.5"),
            amount=D("125.00"),
            tax_rate=D("0.13"),
            tax=D("14.38"),
            currency="CNY",
            due=date(2026, 12, 7),
            source="单据.csv 第 2 行",
        )

    def test_a_sample_needs_no_amount_and_an_empty_line_number_is_1(self) -> None:
        found, faults = read_documents("样品,YP-1,,2026-10-08,C001,轴承,2,35")
        assert (faults, found[0].amount, found[0].line) == ((), D("0.00"), 1)

    @pytest.mark.parametrize(
        ("row", "column"),
        [
            pytest.param(",XS-1,1,2026-10-08,C001,,,,100", "单据类型", id="no type"),
            pytest.param("饭费,XS-1,1,2026-10-08,C001,,,,100", "单据类型", id="an unknown type"),
            pytest.param("发货,,1,2026-10-08,C001,,,,100", "单号", id="no number"),
            pytest.param("发货,XS-1,一,2026-10-08,C001,,,,100", "行号", id="a line number in words"),
            pytest.param("发货,XS-1,1.5,2026-10-08,C001,,,,100", "行号", id="half a line"),
            pytest.param("发货,XS-1,1,2026-02-30,C001,,,,100", "日期", id="a day that doesn't exist"),
            pytest.param("发货,XS-1,1,,C001,,,,100", "日期", id="no day"),
            pytest.param("发货,XS-1,1,2026-10-08,C404,,,,100", "客户编码", id="an unknown customer"),
            pytest.param("发货,XS-1,1,2026-10-08,,,,,100", "客户编码", id="no customer"),
            pytest.param("收款,SK-1,1,2026-10-08,,,,,100", "客户编码", id="a receipt without customer"),
            pytest.param("发货,XS-1,1,2026-10-08,C001,,,,", "金额", id="no amount"),
            pytest.param('发货,XS-1,1,2026-10-08,C001,,,,"1.234,50"', "金额", id="an ambiguous amount"),
            pytest.param("发货,XS-1,1,2026-10-08,C001,,十,,100", "数量", id="a quantity in words"),
            pytest.param("发货,XS-1,1,2026-10-08,C001,,,约12,100", "含税单价", id="a price in words"),
            pytest.param("发货,XS-1,1,2026-10-08,C001,,,,100,免税", "税率", id="a rate in words"),
            pytest.param("发货,XS-1,1,2026-10-08,C001,,,,100,,少", "税额", id="a tax in words"),
            pytest.param("发货,XS-1,1,2026-10-08,C001,,,,100,,,贝壳", "币种", id="an unknown currency"),
            pytest.param("发货,XS-1,1,2026-10-08,C001,,,,100,,,,月底", "到期日", id="a due date in words"),
            pytest.param("质保金,ZB-1,1,2026-10-08,C001,,,,100", "到期日", id="a retention without its date"),
        ],
    )
    def test_C2_each_fault_of_a_document_is_told_with_row_and_column(self, row: str, column: str) -> None:
        found, faults = read_documents(row)
        assert (found, places(faults)) == ((), [(2, column)])
        assert refused(faults)
        assert faults[0].message
        assert faults[0].remedy

    def test_C2_a_receipt_without_customer_asks_for_the_payer(self) -> None:
        assert "付款人" in read_documents("收款,SK-1,1,2026-10-08,,,,,100")[1][0].remedy

    def test_C2_a_doubled_row_names_the_first_one(self) -> None:
        found, faults = read_documents("发货,XS-1,1,2026-10-08,C001,,,,100", "发货,XS-1,,2026-10-09,C001,,,,50")
        assert (len(found), places(faults)) == (1, [(3, "单号")])
        assert "第 2 行" in faults[0].message

    def test_the_same_number_in_another_type_or_line_is_no_double(self) -> None:
        rows = ("发货,1,1,2026-10-08,C001,,,,100", "发货,1,2,2026-10-08,C001,,,,100", "收款,1,1,2026-10-08,C001,,,,100")
        assert read_documents(*rows)[1] == ()

    @pytest.mark.parametrize(
        ("row", "column"),
        [
            pytest.param("发货,XS-1,1,2026-10-08,C001,,10,12.5,130", "金额", id="quantity × price ≠ amount"),
            pytest.param("发货,XS-1,1,2026-10-08,C001,,,,113,13%,14.69", "税额", id="tax on top instead of within"),
            pytest.param("发货,XS-1,1,2026-10-08,C001,,,,113,,,USD", "币种", id="another currency than the customer's"),
            pytest.param("收款,SK-1,1,2026-10-08,C001,,,,-100", "金额", id="a lowering type with negatives only"),
            pytest.param("发货,XS-1,1,2026-10-08,C001,龘𠮷,,,113", "产品名称", id="characters that our fonts lack"),
        ],
    )
    def test_C2_what_may_be_right_is_imported_and_told_as_a_warning(self, row: str, column: str) -> None:
        found, faults = read_documents(row, has_glyph=lambda character: character < "\U00010000")
        assert (len(found), places(faults), refused(faults)) == (1, [(2, column)], False)

    def test_C2_both_signs_of_a_lowering_type_in_one_file_put_all_its_rows_in_doubt(self) -> None:
        rows = (
            "退货,TH-1,1,2026-10-08,C001,,,,100",
            "退货,TH-2,1,2026-10-08,C001,,,,-5",
            "收款,SK-1,1,2026-10-08,C001,,,,7",
        )
        found, faults = read_documents(*rows)
        assert [document.doubt for document in found] == ["both_styles", "both_styles", ""]
        assert (places(faults), faults[0].warning) == ([(3, "金额")], True)

    @pytest.mark.parametrize("kind", ["发货", "服务费", "调整", "汇差", "期初", "退款"])
    def test_a_red_row_of_a_raising_or_own_sign_type_is_legal_beside_others(self, kind: str) -> None:
        found, faults = read_documents(f"{kind},1,1,2026-10-08,C001,,,,100", f"{kind},2,1,2026-10-08,C001,,,,-5")
        assert ([document.doubt for document in found], faults) == (["", ""], ())

    def test_C2_a_gap_in_a_series_of_numbers_is_told_and_holes_of_a_part_are_not(self) -> None:
        whole = [f"发货,XS-{number:05d},1,2026-10-08,C001,,,,100" for number in range(95, 120)]
        assert read_documents(*whole)[1] == ()
        faults = read_documents(*whole[:10], *whole[11:], "发货,无号,1,2026-10-08,C001,,,,1")[1]
        assert (places(faults), faults[0].warning) == ([(None, "单号")], True)
        assert "缺 1 个：XS-00105" in faults[0].message
        assert read_documents(*whole[:15:2], *whole[15:])[1] == ()
        assert read_documents(*whole[:5], *whole[8:12])[1] == ()

    def test_characters_that_our_fonts_have_are_not_told(self) -> None:
        assert read_documents("发货,XS-1,1,2026-10-08,C001,轴承,,,113", has_glyph=lambda _: True)[1] == ()

    def test_C2_all_faults_of_a_file_come_in_one_report_with_row_and_column(self) -> None:
        _, faults = read_documents(
            "饭费,,x,昨天,C404,,十,,很多,,,贝壳,月底",
            "发货,XS-1,1,2026-10-08,C001,,,,100",
            "发货,XS-1,1,2026-10-08,C001,,,,100",
            "发货,XS-2,1,2026-10-08,C001,,3,5,16",
        )
        first = ["单据类型", "客户编码", "单号", "行号", "日期", "数量", "金额", "币种", "到期日"]
        assert places(faults) == [*((2, column) for column in first), (4, "单号"), (5, "金额")]


def test_faults_of_a_files_form_become_the_ledgers() -> None:
    table = read(b"", "空.csv")
    assert from_table(table.faults) == (Fault("空.csv", None, None, table.faults[0].message, table.faults[0].remedy),)


def test_C1_ten_thousand_rows_take_less_than_a_second() -> None:
    rows = [f"发货,XS-{place},1,2026-10-08,C001,轴承,10,12.5,125,13%,14.38,CNY,2026-12-07" for place in range(10_000)]
    began = time.process_time()
    found, faults = read_documents(*rows)
    assert time.process_time() - began < 30  # no measure of speed: quadratic growth would take minutes
    assert (len(found), faults) == (10_000, ())
    assert ledger.refused(faults) is False
