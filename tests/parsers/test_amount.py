import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.amount import from_fen, money, parse_cell, parse_rate, plain, to_fen


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        pytest.param("1,234.50", "1234.50", id="grouped"),
        pytest.param("１，２３４．５０", "1234.50", id="full width"),
        pytest.param("￥1,234.5", "1234.50", id="with a yuan sign"),
        pytest.param("35元", "35.00", id="with 元 behind"),
        pytest.param("500.00-", "-500.00", id="trailing minus as SAP writes it"),
        pytest.param("(500.00)", "-500.00", id="in parentheses"),
        pytest.param("（500）", "-500.00", id="in full-width parentheses"),
        pytest.param("−500", "-500.00", id="a typographic minus"),
        pytest.param("-¥500", "-500.00", id="minus before the sign"),
        pytest.param("+7", "7.00", id="a plus"),
        pytest.param(" 12.5 ", "12.50", id="blanks around"),
        pytest.param(".5", "0.50", id="no digit before the point"),
        pytest.param("1.005", "1.01", id="half a fen is rounded up"),
        pytest.param(1.005, "1.01", id="a float of half a fen"),
        pytest.param(1.0049999999999999, "1.01", id="a float's noise below half a fen"),
        pytest.param(0.1 + 0.2, "0.30", id="a float's noise"),
        pytest.param(-0.001, "0.00", id="no negative zero"),
        pytest.param(12345678901.23, "12345678901.23", id="a large float"),
        pytest.param(35, "35.00", id="an int"),
        pytest.param(Decimal("2.345"), "2.35", id="a decimal"),
    ],
)
def test_C1_cells_are_read_as_exact_money(cell: object, amount: str) -> None:
    read = parse_cell(cell)
    assert str(read) == amount


@pytest.mark.parametrize(
    "cell",
    [
        pytest.param("1.234,50", id="continental"),
        pytest.param("1,23", id="a comma as the point"),
        pytest.param("1,2345.00", id="wrong groups"),
        pytest.param("1 234.50", id="blanks inside"),
        pytest.param("1E+05", id="scientific"),
        pytest.param("--5", id="two signs"),
        pytest.param("(-5)", id="minus in parentheses"),
        pytest.param("(5", id="half a parenthesis"),
        pytest.param("-5-", id="minus on both sides"),
        pytest.param("12a", id="letters"),
        pytest.param("", id="empty"),
        pytest.param("-", id="only a dash"),
        pytest.param("1" * 60, id="far too long"),
        pytest.param("10000000000000", id="more than a float's fen"),
        pytest.param(math.nan, id="not a number"),
        pytest.param(math.inf, id="infinite"),
        pytest.param(Decimal("NaN"), id="a decimal that is none"),
        pytest.param(True, id="a truth value"),
        pytest.param(None, id="nothing"),
    ],
)
def test_C2_what_can_be_read_in_two_ways_is_no_number(cell: object) -> None:
    assert parse_cell(cell) is None


def test_quantities_keep_their_places() -> None:
    assert str(parse_cell("1.2345", None)) == "1.2345"
    assert str(parse_cell(0.30000000000000004, None)) == "0.3"
    assert [str(parse_cell(cell, None)) for cell in (10.0, "10.00", 10, "-0.00")] == ["10", "10", "10", "0"]
    assert str(plain(Decimal("12.5000"), 2)) == "12.50"


@pytest.mark.parametrize("cell", ["13%", "１３％", "13", 13, 0.13, "0.13", 13.0, "13.00%"])
def test_a_tax_rate_is_a_fraction_however_it_is_written(cell: object) -> None:
    assert parse_rate(cell) == Decimal("0.13")


@pytest.mark.parametrize(
    ("cell", "rate"),
    [("1%", "0.01"), ("0.5%", "0.005"), ("0", "0"), ("免税", None), ("130", None), (-1, None)],
)
def test_small_no_and_impossible_tax_rates(cell: object, rate: str | None) -> None:
    assert parse_rate(cell) == (None if rate is None else Decimal(rate))


@given(st.integers(-(10**15), 10**15))
def test_fen_and_yuan_are_the_same_money(fen: int) -> None:
    yuan = from_fen(fen)
    assert to_fen(yuan) == fen
    assert yuan == money(yuan)


def test_a_fraction_of_a_fen_is_never_lost_silently() -> None:
    with pytest.raises(ValueError, match="whole number of fen"):
        to_fen(Decimal("1.005"))


@given(st.one_of(st.text(max_size=50), st.floats(), st.integers(), st.binary(max_size=5)))
def test_any_cell_gives_a_number_of_two_places_or_none(cell: object) -> None:
    read = parse_cell(cell)
    assert read is None or read == money(read)
