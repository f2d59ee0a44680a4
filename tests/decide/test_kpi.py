"""The assessment: customers, not statements; percentages that agree with their counts; nothing out of nothing."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.decide.kpi import Ratio, Standing, figures


def one(customer: str, **changes: object) -> Standing:
    values: dict[str, object] = {
        "currency": "CNY",
        "closing": Decimal(100),
        "completed": True,
        "on_time": True,
        "differed": False,
        "ours": False,
    }
    return Standing(customer, **{**values, **changes})  # type: ignore[arg-type]


OPEN = {"completed": False, "on_time": False}


def ratio(numerator: int | str, denominator: int | str) -> Ratio:
    return Ratio(Decimal(numerator), Decimal(denominator))


def test_K1_a_customer_counts_once_and_only_when_all_its_statements_are_completed() -> None:
    rows = [one("A"), one("A", currency="USD", **OPEN), one("B"), one("B", currency="USD"), one("C", **OPEN)]
    assert figures(rows).completion == ratio(1, 3)


def test_K1_a_late_confirmation_is_completed_but_not_on_time() -> None:
    found = figures([one("A"), one("B", on_time=False)])
    assert (found.completion, found.completion_on_time) == (ratio(2, 2), ratio(1, 2))


def test_K1_the_denominator_is_frozen() -> None:
    found = figures([one("A"), one("later")], due=frozenset({"A", "no statement yet"}))
    assert found.completion == ratio(1, 2)
    assert found.coverage == (("CNY", ratio(100, 100)),)


def test_K2_accuracy_is_of_completed_customers_without_a_difference_and_beside_it_of_our_own_causes() -> None:
    rows = [one("A"), one("B", differed=True), one("C", differed=True, ours=True), one("D", differed=True, **OPEN)]
    found = figures(rows)
    assert (found.accuracy, found.accuracy_ours) == (ratio(1, 3), ratio(2, 3))


def test_K1_nothing_due_is_not_applicable_never_0_or_100() -> None:
    found = figures([])
    assert (found.completion.percent, found.accuracy.percent, found.coverage) == (None, None, ())


def test_coverage_is_by_currency_over_absolute_balances() -> None:
    rows = [
        one("A", closing=Decimal(300)),
        one("B", closing=Decimal(-100), **OPEN),
        one("C", currency="USD", closing=Decimal(7)),
    ]
    assert figures(rows).coverage == (("CNY", ratio(300, 400)), ("USD", ratio(7, 7)))


@pytest.mark.parametrize(
    ("numerator", "denominator", "percent"),
    [(147, 188, "78.2"), (1, 3, "33.3"), (1, 16, "6.3"), (200, 200, "100.0"), (0, 5, "0.0"), (-1, 90000, "0.0")],
    ids=["plain", "third", "half goes up", "all", "none", "no minus before zero"],
)
def test_a_percentage_has_one_place(numerator: int, denominator: int, percent: str) -> None:
    assert str(ratio(numerator, denominator).percent) == percent


@given(st.lists(st.tuples(st.sampled_from("ABCDE"), st.booleans(), st.booleans(), st.booleans(), st.integers(-99, 99))))
def test_K1_every_percentage_is_recomputed_from_its_counts_and_the_parts_never_exceed_the_whole(
    rows: list[tuple[str, bool, bool, bool, int]],
) -> None:
    standings = [
        one(code, completed=done, on_time=done and early, differed=differed, closing=Decimal(amount))
        for code, done, early, differed, amount in rows
    ]
    found = figures(standings)
    assert found.completion_on_time.numerator <= found.completion.numerator == found.accuracy.denominator
    assert found.completion.denominator == len({row[0] for row in rows})
    for each in (found.completion, found.completion_on_time, found.accuracy, found.accuracy_ours):
        assert 0 <= each.numerator <= each.denominator
        whole = each.denominator
        expected = (each.numerator / whole * 100).quantize(Decimal("0.1"), ROUND_HALF_UP) if whole else None
        assert each.percent == expected
