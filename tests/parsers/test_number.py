"""Statement numbers and QR texts: composed, recognised however written, refused when a digit is wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.attachment import PageCode
from parsers.number import compose, decode, encode, find, is_valid, short_digest
from parsers.period import Period

OCTOBER = Period("month", 2026, 10)
FIRST = "DZ-202610-000001-73"
PERIODS = st.one_of(
    st.builds(Period, st.just("month"), st.integers(2000, 2099), st.integers(1, 12)),
    st.builds(Period, st.just("quarter"), st.integers(2000, 2099), st.integers(1, 4)),
    st.builds(Period, st.just("year"), st.integers(2000, 2099), st.just(0)),
)
NUMBERS = st.builds(compose, st.from_regex(r"[A-Z][A-Z0-9]{0,7}", fullmatch=True), PERIODS, st.integers(1, 999_999))


def test_the_first_statement_of_october_has_the_check_digits_of_the_design() -> None:
    assert compose("DZ", OCTOBER, 1) == FIRST


@pytest.mark.parametrize(
    ("period", "begins"),
    [(Period("quarter", 2026, 3), "HD-2026Q3-000012-"), (Period("year", 2026, 0), "HD-2026Y-000012-")],
    ids=["a quarter", "a year"],
)
def test_a_number_holds_its_period(period: Period, begins: str) -> None:
    assert compose("HD", period, 12).startswith(begins)


@pytest.mark.parametrize("prefix", ["", "dz", "1A", "ABCDEFGHI", "D-Z", "账"], ids=lambda prefix: prefix or "empty")
def test_a_prefix_that_no_reader_could_find_is_refused(prefix: str) -> None:
    with pytest.raises(ValueError, match="prefix"):
        compose(prefix, OCTOBER, 1)


@pytest.mark.parametrize("sequence", [0, -1, 1_000_000])
def test_a_sequence_that_does_not_fit_is_refused(sequence: int) -> None:
    with pytest.raises(ValueError, match="sequence"):
        compose("DZ", OCTOBER, sequence)


@given(NUMBERS)
def test_every_number_is_valid_and_found_where_it_stands(number: str) -> None:
    assert is_valid(number)
    assert find(f"对账单（编号{number}，第1版）") == (number,)


@given(NUMBERS, st.data())
def test_one_wrong_digit_never_passes(number: str, data: st.DataObject) -> None:
    at = data.draw(st.sampled_from([i for i, c in enumerate(number) if c.isdigit() and i > number.index("-")]))
    digit = data.draw(st.sampled_from([c for c in "0123456789" if c != number[at]]))
    assert not is_valid(number[:at] + digit + number[at + 1 :])


@given(NUMBERS, st.data())
def test_two_swapped_digits_of_the_sequence_never_pass(number: str, data: st.DataObject) -> None:
    head, sequence, check = number.rsplit("-", 2)
    at = data.draw(st.integers(0, 4))
    swapped = sequence[:at] + sequence[at + 1] + sequence[at] + sequence[at + 2 :]
    assert swapped == sequence or not is_valid(f"{head}-{swapped}-{check}")


@pytest.mark.parametrize(
    "written",
    [
        FIRST,
        "dz-202610-000001-73",
        "ＤＺ－２０２６１０－０００００１－７３",
        "DZ–202610—000001−73",
        "DZ 202610 000001 73",
        "DZ20261000000173",
        "DZ - 202610 -\n000001 - 73",
        "DZ-2026\u200b10-000001-73",
        "对账单DZ-202610-000001-73_R1.pdf",
    ],
    ids=[
        "as printed",
        "small",
        "full width",
        "long dashes",
        "spaces",
        "glued",
        "broken line",
        "zero width",
        "a file name",
    ],
)
def test_a_number_is_found_however_it_is_written(written: str) -> None:
    assert find(f"请核对 {written} 谢谢") == (FIRST,)


@pytest.mark.parametrize(
    "written",
    ["DZ-202610-000001-74", "DZ-202613-000001-73", "XDZ-202610-000001-73", "DZ-202610-000001-731", "202610-000001-73"],
    ids=["wrong check digits", "month 13", "another prefix", "more digits", "no prefix"],
)
def test_what_only_looks_like_a_number_is_not_found(written: str) -> None:
    assert find(written) == ()


def test_each_number_is_found_once_in_order() -> None:
    second = compose("DZ", OCTOBER, 2)
    assert find(f"{second} {FIRST} {second}") == (second, FIRST)


@given(st.text(max_size=300))
def test_no_text_breaks_the_search(text: str) -> None:
    assert all(is_valid(number) for number in find(text))


def test_a_long_text_of_almost_numbers_is_searched_quickly() -> None:
    assert find("A2026" * 20_000 + "-" * 20_000 + "DZ-202610-" * 5_000) == ()


@given(NUMBERS, st.integers(1, 9999), st.integers(1, 300), st.integers(0, 300), st.binary(min_size=32, max_size=32))
def test_a_page_code_survives_the_qr_text(number: str, revision: int, page: int, more: int, digest: bytes) -> None:
    code = PageCode(number, revision, page, page + more, short_digest(digest.hex()))
    assert decode(encode(code)) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://example.com",
        "DZ1:DZ-202610-000001-74:R1:1/2:ABCDEFGHIJ",
        "DZ1:DZ-202610-000001-73:R0:1/2:ABCDEFGHIJ",
        "DZ1:DZ-202610-000001-73:R1:3/2:ABCDEFGHIJ",
        "DZ1:DZ-202610-000001-73:R1:1/2:ABCDEFGHI1",
        "DZ2:DZ-202610-000001-73:R1:1/2:ABCDEFGHIJ",
    ],
    ids=["empty", "a link", "wrong check digits", "revision 0", "page beyond the last", "no base32", "other version"],
)
def test_a_code_that_we_did_not_write_is_none(text: str) -> None:
    assert decode(text) is None


def test_the_short_digest_is_ten_characters_of_base32() -> None:
    assert short_digest("00" * 32) == "AAAAAAAAAA"
    with pytest.raises(ValueError, match="hex"):
        short_digest("no digest")
