"""E6: returns that nobody tuned the reader with: no hostile one is accepted, no honest one is called wrong.

``make test`` reads a handful of small ones; the 240 fixed ones are marked ``real`` and read by .ci/run.
"""

from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from tests.scans.catalogue import FAMILIES, FIRST_FAMILIES, FIXED, FIXED_SEED, HOSTILE, item, kind_of
from tests.scans.judging import REFUSED, judged
from tests.scans.places import words_at
from tests.scans.statements import case

pytest.importorskip("cv2")
pytest.importorskip("rapidocr")
SEED = FIXED_SEED
"""Its first 240 items are the fixed ones; the trial of the same seed has judged them one by one."""
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
KNOWN_GAPS: dict[int, str] = {
    70: "called altered: a fax that lost a minus",
}
"""What the reader still gets wrong among the fixed ones. Mend it, then take it off; never add to it to get green."""
MOST_DOUBTED = 0.5
"""Of all devices together, fax and bad photos among them, this share of honest ones may need a person."""


def test_an_item_is_the_same_return_at_every_run() -> None:
    first, again = item(3, SEED), item(3, SEED)
    assert first.files == again.files
    assert (first.kind, first.device) == (again.kind, again.device)


def test_there_are_kinds_enough_and_cases_of_one_two_and_three_pages() -> None:
    assert len(HOSTILE) >= 40
    assert {case(number).live.pdf.layout.pages for number in range(8)} == {1, 2, 3}


def test_every_kind_comes_as_often_as_any_other_and_the_fixed_ones_are_of_the_first_families() -> None:
    hostile = [index for index in range(len(HOSTILE) * 5) if index % 5]
    assert set(Counter(kind_of(index, 7) for index in hostile).items()) == {(name, 4) for name in HOSTILE}
    first = {name for kinds in FIRST_FAMILIES.values() for name in kinds}
    assert {kind_of(index, FIXED_SEED) for index in range(FIXED)} <= first


def test_words_are_found_where_they_are_printed() -> None:
    live = case(0).live
    name = words_at(live.pdf.data, 1, case(0).name)
    head = max(name, key=lambda box: box.height)
    assert 20 < head.x < 30
    assert 30 < head.y < 37
    assert words_at(live.pdf.data, 1, "北京天启文化传媒") == ()


@pytest.mark.real
@pytest.mark.timeout(300)
@pytest.mark.parametrize("family", sorted(set(FAMILIES) - set(FIRST_FAMILIES)))
def test_each_kind_of_the_later_families_can_be_made_and_is_the_same_at_every_run(family: str) -> None:
    for place, kind in enumerate(FAMILIES[family]):
        one = item(place, 9, good=False, kind=kind)
        assert one.files
        if place % 4 == 0:
            assert item(place, 9, good=False, kind=kind).files == one.files, kind


@pytest.mark.parametrize("kind", QUICK)
def test_E6_a_hostile_return_is_never_accepted(kind: str) -> None:
    one = item(QUICK.index(kind), SEED, good=False, kind=kind, device="flatbed")
    assert not judged(one).accepted, one.case.name


@pytest.mark.parametrize("device", ["flatbed", "electronic"])
def test_E6_an_honest_return_is_never_called_wrong(device: str) -> None:
    for index in range(3):
        found = judged(item(index, SEED, good=True, device=device))
        assert found.verdict not in REFUSED, found.reasons


def outcome(index: int) -> tuple[int, bool, str, str]:
    """What becomes of one of the 240: index, whether honest, kind and device, verdict."""
    import cv2

    cv2.setNumThreads(1)
    one = item(index, SEED)
    return index, one.good, f"{one.kind} / {one.device}", judged(one).verdict


@pytest.mark.real
@pytest.mark.timeout(900)
def test_E6_of_the_fixed_returns_only_known_gaps_are_accepted_or_called_wrong() -> None:
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        found = list(pool.map(outcome, range(FIXED), chunksize=4))
    hostile, honest = [each for each in found if not each[1]], [each for each in found if each[1]]
    wrong = [each for each in hostile if each[3] == "signed"] + [each for each in honest if each[3] in REFUSED]
    assert [each for each in wrong if each[0] not in KNOWN_GAPS] == []
    assert sum(each[3] == "signed" for each in honest) >= len(honest) * (1 - MOST_DOUBTED)
