"""Accounts that differ because one is kept without tax or by invoices: the statement's figures on that footing."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bot.decide.footing import Footings, compared
from bot.model import Basis, DocumentKind, Judgement, Snapshot, StatementLine
from parsers import basis_words
from tests.decide.replies import HENGYUAN, OCTOBER, judged, snapshot

D = Decimal
TAX, INVOICES = "贵公司用未税，我们账上是含税", "我们以开票入账，你们以发货"


def line(
    number: str, charge: str | None, tax: str | None, invoice: str = "", receipt: str | None = None
) -> StatementLine:
    return StatementLine(
        date(2026, 10, 8), DocumentKind.DELIVERY, number, 1, "", "", "", None, None,
        None if charge is None else D(charge), None if receipt is None else D(receipt), D(0), invoice,
        tax=None if tax is None else D(tax),
    )  # fmt: skip


def month(*lines: StatementLine, uninvoiced: str = "1130.00", **changes: object) -> Snapshot:
    plain = snapshot(HENGYUAN, OCTOBER, D("85685.00"))
    totals = replace(plain.totals, uninvoiced=D(uninvoiced), invoiced_unpaid=D("85685.00") - D(uninvoiced))
    return replace(plain, lines=lines, totals=totals, **changes)  # type: ignore[arg-type]  # fields by name


LINES = (
    line("XSCK-1", "1130.00", "130.00", "FP-1"),
    line("XSCK-2", "565.00", "65.00"),
    line("XSCK-2", "565.00", "65.00"),
    line("CX-1", "-100.00", None, "FP-1"),
    line("SK-1", None, None, receipt="500.00"),
)


def said(sentence: str, *causes: str) -> Judgement:
    found = judged(sentence)
    return replace(found, said=replace(found.said, sentence=sentence, causes=causes or ("basis",)))


@pytest.mark.parametrize(
    ("theirs", "explains"), [(None, None), (D("85425.00"), True), (D("85945.00"), True), (D("85000.00"), False)]
)
def test_situation_37_the_tax_is_shown_and_compared_with_the_difference(
    theirs: Decimal | None, explains: bool | None
) -> None:
    expected = Footings("tax", D("2260.00"), D("2000.00"), D("260.00"), explains)
    assert compared(said(TAX), month(*LINES), theirs) == expected


def test_situation_38_what_is_not_invoiced_is_listed_where_the_lines_tell() -> None:
    found = compared(said(INVOICES), month(*LINES), D("84555.00"))
    open_ = ((date(2026, 10, 8), "XSCK-2", D("1130.00")),)
    assert found == Footings("invoices", D("85685.00"), D("84555.00"), D("1130.00"), explains=True, open=open_)
    other = compared(said(INVOICES), month(*LINES, uninvoiced="2000.00"), None)
    assert other is not None
    assert (other.rest, other.open) == (D("2000.00"), ())


@pytest.mark.parametrize(
    ("judgement", "made"),
    [
        (said(TAX), month()),
        (said(TAX), month(*LINES, tax_included=False)),
        (said(INVOICES), month(*LINES, basis=Basis.INVOICE)),
        (said(INVOICES), month(*LINES, uninvoiced="0.00")),
        (said("口径不同"), month(*LINES)),
        (said(TAX, "price"), month(*LINES)),
    ],
    ids=[
        "no line tells its tax",
        "without tax as well",
        "by invoices as well",
        "all is invoiced",
        "no footing",
        "price",
    ],
)
def test_where_nothing_can_be_told_nothing_is(judgement: Judgement, made: Snapshot) -> None:
    assert compared(judgement, made, None) is None


@pytest.mark.parametrize(
    ("text", "footing"),
    [
        (TAX, "tax"),
        ("貴公司是未稅，我們含稅入帳", "tax"),
        (INVOICES, "invoices"),
        ("我司按发票入账", "invoices"),
        ("你们按发货，我们见票挂账", "invoices"),
        ("我们是开票口径", "invoices"),
        ("寄售按领用结算", ""),
    ],
)
def test_which_footing_a_text_names(text: str, footing: str) -> None:
    assert basis_words.find(text) == footing
