"""Tax on a statement: rates and contained tax as the documents give them (D1)."""

from dataclasses import replace
from decimal import Decimal

from bot.compose.taxed import taxed
from bot.model import Locale
from tests.compose.samples import a_statement, worked_lines
from tests.decide.test_prepare import snapshot, worked_example


def test_D1_rates_and_tax_are_named() -> None:
    of = a_statement(worked_lines()).snapshot
    assert taxed(replace(of, lines=()), Locale.HANS) == "含税"
    lines = tuple(replace(line, tax_rate=Decimal("0.13"), tax=Decimal("11.50")) for line in of.lines[:2])
    assert taxed(replace(of, lines=lines), Locale.HANS) == "含税（税率 13%，本期税额 23.00）"
    assert taxed(replace(of, lines=lines, tax_included=False), Locale.HANT) == "未稅（稅率 13%，本期稅額 23.00）"


def test_D1_the_worked_example_contains_its_tax_returns_taken_off() -> None:
    customer, documents = worked_example()
    of = snapshot(documents, customer)
    assert taxed(of, Locale.HANS) == "含税（税率 13%、6%，本期税额 4,085.00）"
    without = [replace(document, tax=None) for document in documents]
    assert snapshot(without, customer).lines[0].tax == Decimal("1438.05")


def test_D1_a_document_that_says_nothing_of_tax_contains_none_that_we_know() -> None:
    customer, documents = worked_example()
    silent = [replace(document, tax=None, tax_rate=None) for document in documents]
    assert {line.tax for line in snapshot(silent, customer).lines} == {None}
    assert taxed(snapshot(silent, customer), Locale.HANS) == "含税"
