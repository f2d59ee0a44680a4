"""E6: returns built from seeds, good and bad: no bad one is ever accepted, nearly all clean ones are."""

from collections import Counter

import pytest

from parsers.scan.read import read
from tests.parsers.scan_returns import BAD, GOOD, Case, case, parts

pytest.importorskip("cv2")
TWO_PAGES = {"page missing", "foreign page inserted", "across the edges"}
CLEAR = {
    "unsigned": {"unsigned"},
    "sent back untouched": {"unsigned"},
    "remark": {"remarked"},
    "differs ticked": {"remarked"},
    "cause ticked": {"remarked"},
    "figure edited": {"altered", "unsure"},
    "older revision": {"other_revision"},
    "other statement": {"other_statement"},
    "page missing": {"incomplete", "unsure"},
}
"""Kinds that must not only be refused but be told for what they are."""


@pytest.fixture(scope="module")
def cases() -> dict[bool, Case]:
    return {True: case(7), False: case(2)}


@pytest.mark.parametrize("kind", BAD)
def test_E6_no_bad_return_is_accepted(cases: dict[bool, Case], kind: str) -> None:
    one = cases[kind in TWO_PAGES]
    found = Counter(read(parts(BAD[kind](one, seed, 110)), (one.reference,))[0].verdict for seed in range(100, 104))
    assert "signed" not in found
    assert set(found) <= CLEAR.get(kind, set(found))


@pytest.mark.parametrize("kind", GOOD)
def test_E6_clean_returns_are_accepted_and_none_is_refused(cases: dict[bool, Case], kind: str) -> None:
    one = cases[kind in TWO_PAGES]
    found = Counter(read(parts(GOOD[kind](one, seed, 120)), (one.reference,))[0].verdict for seed in range(500, 508))
    assert found["signed"] >= 7
    assert set(found) <= {"signed", "unsure"}
