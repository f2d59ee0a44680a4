import csv
import io
import random
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from bot.decide import ledger
from bot.decide.anomaly import ANOMALIES
from bot.decide.prepare import Confirmed, Prepared, currencies, document_key, prepare, violations
from bot.model import Aging, Basis, Bucket, Customer, Document, DocumentKind, Snapshot, StatementLine, canonical
from parsers.period import Period
from parsers.sales.own import own_customers, own_documents
from parsers.sales.reader import read
from tests.decide.given import COMPANY, D, customer, document

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)
OPENING = [document("期初", "128600.00", "2026-09-30", "QC-1")]


def prepared(documents: Sequence[Document], who: Customer | None = None, **more: Any) -> Prepared:
    values: dict[str, Any] = {"period": Period("month", 2026, 10), "first_day": FIRST, "last_day": LAST}
    return prepare(COMPANY, who or customer(), documents, **(values | more))


def snapshot(documents: Sequence[Document], who: Customer | None = None, **more: Any) -> Snapshot:
    result = prepared(documents, who, **more)
    assert result.snapshot is not None, result.anomalies
    return result.snapshot


def codes(documents: Sequence[Document], who: Customer | None = None, **more: Any) -> list[str]:
    result = prepared(documents, who, **more)
    assert (result.snapshot is None) == bool(result.anomalies)
    return [anomaly.code for anomaly in result.anomalies]


def worked_example() -> tuple[Customer, tuple[Document, ...]]:
    rows, faults = own_customers(read((SAMPLES / "customers.csv").read_bytes(), "customers.csv"))
    found, customer_faults = ledger.customers(rows, staff={"zhou@hd-trade.example"})
    lines, more = own_documents(read((SAMPLES / "worked-example.csv").read_bytes(), "worked-example.csv"))
    documents, document_faults = ledger.documents(lines, found)
    assert (faults, customer_faults, more, document_faults) == ((), (), (), ())
    return found[0], documents


class TestWorkedExample:
    @pytest.fixture(params=["unconfirmed", "confirmed"])
    def made(self, request: pytest.FixtureRequest) -> Snapshot:
        who, documents = worked_example()
        confirmed = None
        if request.param == "confirmed":
            before = frozenset(document_key(row) for row in documents if row.on < FIRST)
            confirmed = Confirmed(D("128600.00"), date(2026, 9, 30), before)
        made = snapshot(documents, who, confirmed=confirmed)
        assert made.opening_confirmed == (confirmed is not None)
        return made

    def test_C1_C2_D1_the_worked_example_closes_at_85685(self, made: Snapshot) -> None:
        totals = made.totals
        assert (totals.opening, totals.goods, totals.returns) == (D("128600.00"), D("35030.00"), D("-565.00"))
        assert (totals.service, totals.promotion, totals.other) == (D("2120.00"), D("-1500.00"), D("0.00"))
        assert (totals.received, totals.closing) == (D("78000.00"), D("85685.00"))

    def test_D1_the_worked_example_tells_invoiced_and_not_yet_invoiced(self, made: Snapshot) -> None:
        totals = made.totals
        assert totals.invoiced_in_period == D("21470.00")
        assert (totals.invoiced_unpaid, totals.uninvoiced) == (D("72070.00"), D("13615.00"))

    def test_D1_H2_the_worked_example_is_aged_first_in_first_out(self, made: Snapshot) -> None:
        ages = [bucket.amount for bucket in made.aging.buckets]
        assert ages == [D("35085.00"), D("50000.00"), D("600.00"), D("0.00"), D("0.00")]
        assert made.aging.unapplied == 0

    def test_D1_each_line_shows_what_policy_asks_for(self, made: Snapshot) -> None:
        first, *_, last = made.lines
        assert (first.number, first.product, first.quantity, first.unit_price) == (
            "XSCK-00028",
            "深沟球轴承",
            D(1000),
            D("12.50"),
        )
        assert (first.customer_order_number, first.due) == ("HY-PO-1188", date(2026, 12, 7))
        assert (last.settlement, last.bill_due, last.receipt) == ("银行承兑汇票", date(2027, 1, 20), D("28000.00"))
        assert [line.kind.value for line in made.lines] == [
            "发货",
            "发货",
            "收款",
            "发货",
            "退货",
            "服务费",
            "发货",
            "促销",
            "收款",
        ]

    def test_A2_shuffled_rows_give_the_same_bytes(self, made: Snapshot) -> None:
        who, documents = worked_example()
        shuffled = random.Random(7).sample(documents, len(documents))
        assert canonical(replace(snapshot(shuffled, who), opening_confirmed=made.opening_confirmed)) == canonical(made)


def as_workbook(text: str) -> bytes:
    output = io.BytesIO()
    book = xlsxwriter.Workbook(output, {"in_memory": True, "strings_to_numbers": True})
    page = book.add_worksheet()
    page.write(0, 0, "华东贸易有限公司 单据明细")
    for number, row in enumerate(csv.reader(text.splitlines()), 2):
        page.write_row(number, 0, row)
    book.close()
    return output.getvalue()


@pytest.mark.parametrize("form", ["gb18030", "big5hkscs", "xlsx"])
def test_C1_A2_the_worked_example_is_the_same_statement_in_every_form_of_its_file(form: str) -> None:
    text = (SAMPLES / "worked-example.csv").read_text("utf-8")
    traditional = str(OpenCC("s2t").convert(text))
    data = as_workbook(traditional) if form == "xlsx" else traditional.encode(form)
    who, expected = worked_example()
    lines, faults = own_documents(read(data, "單據.xlsx" if form == "xlsx" else "單據.csv"))
    documents, more = ledger.documents(lines, [who])
    assert (faults, more) == ((), ())
    assert snapshot(documents, who).totals == snapshot(expected, who).totals
    assert snapshot(documents, who).aging == snapshot(expected, who).aging
    assert [document.quantity for document in documents] == [document.quantity for document in expected]


SIGNS = [
    ("发货", "100", "0", "100"),
    ("退货", "-100", "0", "-100"),
    ("服务费", "100", "0", "100"),
    ("促销", "-100", "0", "-100"),
    ("返利", "-100", "0", "-100"),
    ("折让", "-100", "0", "-100"),
    ("扣款", "-100", "0", "-100"),
    ("手续费", "100", "0", "100"),
    ("汇差", "100", "0", "100"),
    ("调整", "100", "0", "100"),
    ("核销", "-100", "0", "-100"),
    ("收款", "0", "100", "-100"),
    ("预收", "0", "100", "-100"),
    ("抵账", "0", "100", "-100"),
    ("退款", "0", "-100", "100"),
    ("退票", "0", "-100", "100"),
    ("质保金", "0", "0", "0"),
]


@pytest.mark.parametrize(("kind", "charges", "received", "moved"), SIGNS, ids=[row[0] for row in SIGNS])
def test_D1_every_type_moves_the_balance_by_its_sign_and_a_red_row_reverses_it(
    kind: str, charges: str, received: str, moved: str
) -> None:
    for factor in (1, -1):
        totals = snapshot([document(kind, str(100 * factor)), *OPENING]).totals
        assert totals.charges == D(charges) * factor
        assert totals.received == D(received) * factor
        assert totals.closing == D("128600.00") + D(moved) * factor


@pytest.mark.parametrize("kind", ["订单", "样品", "开票"])
def test_on_delivery_basis_orders_samples_and_invoices_are_no_lines(kind: str) -> None:
    made = snapshot([document(kind, "100"), *OPENING])
    assert (made.lines, made.totals.closing) == ((), D("128600.00"))


def test_on_invoice_basis_invoices_move_the_balance_and_deliveries_do_not() -> None:
    who = customer(basis=Basis.INVOICE)
    made = snapshot(
        [document("开票", "100"), document("发货", "70"), document("退货", "10"), document("订单", "5")], who
    )
    assert (made.totals.goods, made.totals.returns, made.totals.closing) == (D(100), D(-10), D(90))
    assert (made.totals.invoiced_unpaid, made.totals.uninvoiced, made.totals.invoiced_in_period) == (
        D(90),
        D(0),
        D(100),
    )


def test_a_retention_is_shown_with_nothing_but_its_due_date() -> None:
    line = snapshot([document("质保金", "500", due=date(2027, 10, 1)), *OPENING]).lines[0]
    assert (line.charge, line.receipt, line.due) == (D("0.00"), None, date(2027, 10, 1))


def test_lines_are_sorted_by_day_type_number_and_line() -> None:
    rows = [
        document("收款", "1", "2026-10-02", "A"),
        document("发货", "1", "2026-10-02", "B", line=2),
        document("发货", "1", "2026-10-02", "B", line=1),
        document("发货", "1", "2026-10-01", "Z"),
    ]
    lines = snapshot(rows).lines
    assert [(line.number, line.line) for line in lines] == [("Z", 1), ("B", 1), ("B", 2), ("A", 1)]
    assert [line.balance for line in lines] == [D(1), D(2), D(3), D(2)]


def test_without_a_confirmation_the_opening_is_the_opening_balance_and_all_movements_before() -> None:
    rows = [
        document("发货", "40", "2026-09-02"),
        document("收款", "15", "2026-09-03"),
        document("期初", "100", "2026-08-31"),
    ]
    made = snapshot([*rows, document("发货", "1", "2026-11-01")])
    assert (made.totals.opening, made.lines, made.opening_confirmed) == (D(125), (), False)


def test_an_opening_balance_dated_within_the_period_is_still_the_opening() -> None:
    made = snapshot([document("期初", "100", "2026-10-01"), document("发货", "5")])
    assert (made.totals.opening, made.totals.closing) == (D(100), D(105))


SEPTEMBER = [document("发货", "100", "2026-09-05", "S1"), document("收款", "40", "2026-09-20", "S2")]
CONFIRMED = Confirmed(D(60), date(2026, 9, 30), frozenset(map(document_key, SEPTEMBER)))


def test_C2_a_back_dated_document_is_shown_as_a_late_line_and_leaves_the_confirmed_opening_alone() -> None:
    late = document("发货", "30", "2026-09-15", "LATE")
    made = snapshot([*SEPTEMBER, late, document("发货", "5")], confirmed=CONFIRMED)
    assert made.opening_confirmed
    assert (made.totals.opening, made.totals.goods, made.totals.closing) == (D(60), D(35), D(95))
    assert [(line.number, line.late) for line in made.lines] == [("LATE", True), ("发货-2026-10-08-5", False)]
    assert [bucket.amount for bucket in made.aging.buckets][:2] == [D(5), D(90)]


def test_C2_a_customer_who_did_not_confirm_last_month_still_gets_this_months_statement() -> None:
    november: dict[str, Any] = {
        "period": Period("month", 2026, 11),
        "first_day": date(2026, 11, 1),
        "last_day": date(2026, 11, 30),
    }
    rows = [*SEPTEMBER, document("发货", "30", "2026-10-15"), document("发货", "7", "2026-11-02")]
    made = snapshot(rows, confirmed=CONFIRMED, **november)
    assert (made.totals.opening, made.totals.closing, made.opening_confirmed) == (D(90), D(97), False)


def test_a_balance_confirmed_outside_is_carried_from_statement_to_statement() -> None:
    outside = Confirmed(D(500), date(2026, 9, 30))
    october = prepared([*OPENING, document("收款", "100", "2026-10-05")], confirmed=outside)
    assert october.snapshot is not None
    assert (october.snapshot.totals.opening, october.snapshot.totals.closing) == (D(500), D(400))
    november = snapshot(
        [*OPENING, document("收款", "100", "2026-10-05"), document("发货", "7", "2026-11-02")],
        confirmed=Confirmed(D(400), LAST, october.documents),
        period=Period("month", 2026, 11),
        first_day=date(2026, 11, 1),
        last_day=date(2026, 11, 30),
    )
    assert november.totals.closing == D(407)
    assert [bucket.amount for bucket in november.aging.buckets][:3] == [D(7), D(0), D(400)]


def test_a_credit_balance_confirmed_outside_is_unapplied() -> None:
    made = snapshot([document("发货", "100")], confirmed=Confirmed(D(-250), date(2026, 9, 30)))
    assert (made.totals.closing, made.aging.unapplied) == (D(-150), D(-150))


def test_a_credit_opening_is_unapplied_and_nothing_of_it_is_uninvoiced() -> None:
    made = snapshot([document("期初", "-250", "2026-09-30"), document("发货", "100")])
    assert (made.aging.unapplied, made.totals.uninvoiced, made.totals.invoiced_unpaid) == (D(-150), D(0), D(-150))


def test_a_new_opening_row_after_the_confirmation_is_a_late_adjustment() -> None:
    made = snapshot([*SEPTEMBER, document("期初", "9", "2026-09-01")], confirmed=CONFIRMED)
    assert (made.totals.other, made.totals.closing, made.lines[0].late) == (D(9), D(69), True)


def test_each_currency_gets_its_own_statement() -> None:
    rows = [document("发货", "100"), document("发货", "30", currency="USD"), document("发货", "8", customer="C002")]
    assert currencies(customer(), rows) == ("CNY", "USD")
    assert snapshot(rows).totals.closing == D(100)
    assert snapshot(rows, currency="USD").totals.closing == D(30)


def test_stored_prices_with_more_places_give_the_same_bytes() -> None:
    row = document("发货", "125.00", quantity=D("10"), unit_price=D("12.5"))
    stored = replace(row, quantity=D("10.000000"), unit_price=D("12.500000"))
    assert canonical(snapshot([row])) == canonical(snapshot([stored]))
    assert (snapshot([stored]).lines[0].quantity, str(snapshot([stored]).lines[0].unit_price)) == (D(10), "12.50")
    assert str(snapshot([replace(row, unit_price=D("12.50001"))]).lines[0].unit_price) == "12.50001"


HELD: dict[str, tuple[list[Document], dict[str, Any]]] = {
    "no_confirmer": ([], {"who": customer(contacts=())}),
    "overlap": (SEPTEMBER, {"confirmed": replace(CONFIRMED, last_day=FIRST)}),
    "confirmed_changed": ([replace(SEPTEMBER[0], amount=D(90)), SEPTEMBER[1]], {"confirmed": CONFIRMED}),
    "before_opening": ([document("发货", "5", "2026-08-01")], {"who": customer(opening_date=date(2026, 9, 1))}),
    "amount_mismatch": ([document("发货", "100", quantity=D(3), unit_price=D("33.00"))], {}),
    "tax_mismatch": ([document("发货", "113", tax_rate=D("0.13"), tax=D("14.69"))], {}),
    "both_styles": (
        [
            document("退货", "5", source="a.csv 第 2 行"),
            document("退货", "-6", source="a.csv 第 3 行"),
            document("发货", "50"),
        ],
        {},
    ),
    "duplicate": ([document("发货", "5", number="A"), document("发货", "6", number="A")], {}),
    "invoiced_more": ([document("发货", "5"), document("开票", "6")], {}),
    "category_missing": (
        [document("发货", "500"), document("开票", "106", category="服务费")],
        {},
    ),
}


@pytest.mark.parametrize("code", HELD)
def test_C2_C3_each_validator_holds_the_statement_and_names_its_department(code: str) -> None:
    documents, more = HELD[code]
    assert codes(documents, **more) == [code]
    found = prepared(documents, **more).anomalies[0]
    assert (found.customer, found.department) == ("C001", ANOMALIES[code][0])
    assert found.department in {"order_entry", "warehouse", "pricing", "finance"}
    assert "{" not in found.message


def test_C2_a_deleted_confirmed_document_is_found() -> None:
    assert codes(SEPTEMBER[:1], confirmed=CONFIRMED) == ["confirmed_changed"]


def test_C2_a_doubt_of_the_whole_file_holds_every_customer_who_has_such_a_row() -> None:
    doubtful = document("退货", "-6", doubt="both_styles")
    result = prepared([doubtful, document("发货", "50")])
    assert (result.anomalies[0].code, result.anomalies[0].documents) == ("both_styles", (doubtful.number,))


def test_red_rows_from_a_file_of_their_own_or_one_that_the_import_found_sound_are_no_doubt() -> None:
    rows = [document("退货", "6", source="a.csv 第 2 行"), document("退货", "-6", source="red.csv 第 2 行")]
    rows += [document("退货", "0", source="a.csv 第 3 行"), document("发货", "-9"), document("发货", "9")]
    assert codes(rows) == []
    assert codes([replace(row, source="") for row in rows]) == []


def test_early_memos_are_no_double_count() -> None:
    rows = [
        document("订单", "5", "2026-08-01"),
        document("期初", "5", "2026-08-31"),
        document("发货", "5", "2026-09-01"),
    ]
    assert codes(rows, customer(opening_date=date(2026, 9, 1))) == []


def test_B6_a_category_that_was_invoiced_needs_a_line_on_delivery_basis_only() -> None:
    rows = [document("发货", "500"), document("开票", "106", category="服务费")]
    assert codes([*rows, document("服务费", "106")]) == []
    assert codes([*rows, document("发货", "106", category="服务")]) == []
    assert codes(rows, customer(basis=Basis.INVOICE)) == []


def test_invoices_of_an_old_balance_are_not_more_than_delivered() -> None:
    assert codes([*OPENING, document("开票", "600")]) == []
    assert codes([document("开票", "600")], confirmed=Confirmed(D(1000), date(2026, 9, 30))) == []


def test_rounding_that_a_printed_price_explains_is_no_mismatch() -> None:
    assert codes([document("发货", "100.00", quantity=D(3), unit_price=D("33.33"))]) == []
    assert codes([document("发货", "333.33", quantity=D(100), unit_price=D("3.33"))]) == []
    assert codes([document("发货", "334.33", quantity=D(100), unit_price=D("3.33"))]) == ["amount_mismatch"]
    assert codes([document("发货", "35004.00", quantity=D(1000), unit_price=D("35.00"))]) == ["amount_mismatch"]
    assert codes([document("发货", "-70.00", quantity=D(-2), unit_price=D("35.00"))]) == []
    assert codes([document("样品", "0", quantity=D(2), unit_price=D(35))]) == []


def test_whole_currencies_round_to_whole_units() -> None:
    who = customer(currency="TWD")
    row = document("发货", "105", currency="TWD", quantity=D(3), unit_price=D("34.80"), tax_rate=D("0.05"), tax=D(5))
    assert codes([row], who) == []
    assert codes([replace(row, tax=D(7), amount=D(106))], who) == ["amount_mismatch", "tax_mismatch"]


def line_of(made: Snapshot, **changes: Any) -> tuple[StatementLine, ...]:
    return (replace(made.lines[0], **changes), *made.lines[1:])


def broken(made: Snapshot) -> dict[str, Snapshot]:
    totals, aging = made.totals, made.aging
    first, *rest = aging.buckets
    return {
        "期初＋本期应收－已收≠期末": replace(made, totals=replace(totals, opening=D(1))),
        "已开票未收＋未开票≠期末": replace(made, totals=replace(totals, uninvoiced=D(1))),
        "账龄合计≠期末": replace(made, aging=replace(aging, buckets=(replace(first, amount=D(1)), *rest))),
        "账龄区间不连续，或有负数，或未核销收款为正数": replace(
            made, aging=Aging((Bucket(1, None, totals.closing),), D(0))
        ),
        "本期以前的账龄超过期初余额减去已收款": replace(
            made,
            aging=Aging(
                (*(replace(b, amount=D(0)) for b in (first, *rest[:3])), replace(rest[3], amount=totals.closing)), D(0)
            ),
        ),
        "明细行的应收与已收必须且只能有一项": replace(made, lines=line_of(made, receipt=D("0.00"))),
        "逐行余额与发生额不符": replace(made, lines=line_of(made, balance=D(3))),
        "末行余额≠期末": replace(made, lines=()),
        "分类合计与明细不符": replace(made, totals=replace(totals, goods=totals.goods + 1, service=totals.service - 1)),
        "明细行不在对账期间内，或顺序有误": replace(made, lines=line_of(made, late=True)),
        "金额不是两位小数": replace(made, totals=replace(totals, invoiced_in_period=D("0.005"))),
    }


def test_C2_every_broken_sum_is_found_before_anything_is_sent() -> None:
    made = snapshot(worked_example()[1], worked_example()[0])
    assert violations(made) == ()
    for message, value in broken(made).items():
        assert message in violations(value)


def test_lines_out_of_order_are_found() -> None:
    made = snapshot([document("发货", "1", "2026-10-02"), document("发货", "-1", "2026-10-03")])
    swapped = replace(made, lines=(made.lines[1], made.lines[0]))
    assert "明细行不在对账期间内，或顺序有误" in violations(swapped)


def test_a_snapshot_that_breaks_a_sum_is_an_anomaly_of_finance(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.decide.prepare.violations", lambda _: ("账龄合计≠期末",))
    found = prepared(OPENING).anomalies
    assert [(anomaly.code, anomaly.department) for anomaly in found] == [("violation", "finance")]


MOVING = sorted(set(DocumentKind) - {DocumentKind.OPENING, DocumentKind.INVOICE})


@st.composite
def ledgers(draw: st.DrawFn) -> list[Document]:
    size = draw(st.integers(0, 30))
    rows = []
    for place in range(size):
        kind = draw(st.sampled_from(MOVING))
        day = date(2026, 7, 1) + timedelta(days=draw(st.integers(0, 130)))
        amount = Decimal(draw(st.integers(-900_000, 900_000))) / 100
        rows.append(document(kind, str(amount), day.isoformat(), f"N{place}", source=f"f{place}.csv 第 2 行"))
    opening = Decimal(draw(st.integers(-900_000, 900_000))) / 100
    return [*rows, document("期初", str(opening), "2026-06-30", "QC")]


@settings(deadline=None)
@given(ledgers(), st.randoms(), st.booleans())
def test_A2_C2_any_ledger_closes_ages_runs_and_does_not_depend_on_order(
    rows: list[Document], shuffler: random.Random, after_a_confirmation: bool
) -> None:
    confirmed = None
    if after_a_confirmation:  # a part of what came before was known when it was confirmed, the rest is late or since
        known = [row for row in rows if row.on <= date(2026, 9, 20) and len(row.number + row.kind) % 3]
        closing = snapshot(known, first_day=date(2026, 8, 21), last_day=date(2026, 9, 20)).totals.closing
        confirmed = Confirmed(
            closing, date(2026, 9, 20), frozenset(map(document_key, known)) | {"brought|2026-09-20|0"}
        )
    made = snapshot(rows, confirmed=confirmed)
    totals = made.totals
    assert totals.opening + totals.charges - totals.received == totals.closing
    assert sum(bucket.amount for bucket in made.aging.buckets) + made.aging.unapplied == totals.closing
    assert totals.invoiced_unpaid + totals.uninvoiced == totals.closing
    assert not made.lines or made.lines[-1].balance == totals.closing
    assert violations(made) == ()
    shuffler.shuffle(rows)
    assert canonical(snapshot(rows, confirmed=confirmed)) == canonical(made)


def test_ten_thousand_lines_in_one_statement_take_well_under_a_second() -> None:
    rows = [document("发货", f"{place % 97 + 1}.50", number=f"N{place}", line=place % 5) for place in range(10_000)]
    began = time.process_time()
    made = snapshot(rows)
    assert time.process_time() - began < 30  # no measure of speed: quadratic growth would take minutes
    assert len(made.lines) == 10_000
