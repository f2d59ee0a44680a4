import io
from datetime import date

import openpyxl
import pytest

from bot.compose.import_template import render
from bot.decide import ledger
from bot.decide.prepare import prepare
from bot.model import Locale, Party
from parsers.period import Period
from parsers.sales.own import own_customers, own_documents, own_kind
from parsers.sales.reader import tables


@pytest.mark.parametrize("locale", Locale)
def test_C1_the_template_imports_cleanly_in_both_scripts_and_gives_a_statement(locale: Locale) -> None:
    customers_table, documents_table = tables(render(locale, "Rep@hd-trade.example"), "模板.xlsx")
    assert (own_kind(customers_table), own_kind(documents_table)) == ("customers", "documents")
    rows, faults = own_customers(customers_table)
    customers, more = ledger.customers(rows, staff={"rep@hd-trade.example"})
    assert (faults, more, len(customers[0].contacts)) == ((), (), 2)
    lines, faults = own_documents(documents_table)
    documents, more = ledger.documents(lines, customers)
    assert (faults, more) == ((), ())
    period, first, last = Period("month", 2026, 10), date(2026, 10, 1), date(2026, 10, 31)
    prepared = prepare(Party("", "华东"), customers[0], documents, period, first, last)
    assert prepared.snapshot is not None
    assert str(prepared.snapshot.totals.closing) == "113100.00"


def test_the_same_template_always_has_the_same_bytes() -> None:
    assert render() == render()


def test_the_template_offers_lists_marks_required_columns_and_explains_itself() -> None:
    book = openpyxl.load_workbook(io.BytesIO(render()))
    assert book.sheetnames == ["客户", "单据", "说明"]
    lists = [validation.formula1 for validation in book["单据"].data_validations.dataValidation]
    assert any("期初,订单,发货" in text for text in lists)
    assert book["客户"]["A1"].font.b
    assert not book["客户"]["C1"].font.b
    assert book["说明"].max_row > 5
