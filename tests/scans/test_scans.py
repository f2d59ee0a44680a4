"""E6: returns that nobody tuned the reader with: no hostile one is accepted, no honest one is called wrong.

``make test`` reads a handful of small ones; the 240 fixed ones are marked ``real`` and read by .ci/run.
"""

from collections import Counter

import pytest

from tests.scans.catalogue import HOSTILE, item
from tests.scans.judging import REFUSED, judged
from tests.scans.statements import case

pytest.importorskip("cv2")
pytest.importorskip("rapidocr")
SEED = 20261124
QUICK = (
    "near seal",
    "note beside seal",
    "note beside hand",
    "differ ticked",
    "copied digit",
    "forged print",
    "others' codes",
    "page twice",
    "unsigned",
    "crossed seal",
)
HOSTILE_OF_240 = tuple(index for index in range(240) if index % 5)
GOOD_OF_240 = tuple(range(0, 240, 5))
MOST_DOUBTED = 0.5
"""Of all devices together, fax and bad photos among them, this share of honest ones may need a person."""


def test_an_item_is_the_same_return_at_every_run() -> None:
    first, again = item(3, SEED), item(3, SEED)
    assert first.files == again.files
    assert (first.kind, first.device) == (again.kind, again.device)


def test_there_are_kinds_enough_and_cases_of_one_two_and_three_pages() -> None:
    assert len(HOSTILE) >= 40
    assert {case(number).live.pdf.layout.pages for number in range(8)} == {1, 2, 3}


@pytest.mark.parametrize("kind", QUICK)
def test_E6_a_hostile_return_is_never_accepted(kind: str) -> None:
    one = item(QUICK.index(kind), SEED, good=False, kind=kind, device="flatbed")
    assert not judged(one).accepted, one.case.name


@pytest.mark.parametrize("device", ["flatbed", "electronic"])
def test_E6_an_honest_return_is_never_called_wrong(device: str) -> None:
    for index in range(3):
        found = judged(item(index, SEED, good=True, device=device))
        assert found.verdict not in REFUSED, found.reasons


@pytest.mark.real
@pytest.mark.timeout(600)
def test_E6_none_of_the_hostile_ones_of_240_is_accepted() -> None:
    made = ((index, item(index, SEED)) for index in HOSTILE_OF_240)
    assert [(index, one.kind) for index, one in made if judged(one).accepted] == []


@pytest.mark.real
@pytest.mark.timeout(600)
def test_E6_of_the_honest_ones_of_240_none_is_called_wrong_and_most_are_accepted() -> None:
    found = {index: judged(item(index, SEED)) for index in GOOD_OF_240}
    assert {index: one.verdict for index, one in found.items() if one.verdict in REFUSED} == {}
    counted = Counter(one.verdict for one in found.values())
    assert counted["signed"] >= (1 - MOST_DOUBTED) * len(found)
