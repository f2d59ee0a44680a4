"""Rounds of mails by people who never saw the grammar, kept as they came: what was mended must stay mended.

The first figures of each round, before anything was mended for it, stand in ``rounds/README.md``. An honest mail that
a person still has to read is named in ``rounds/known_misses.txt``; one that is no longer missed may leave it.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.decide.rounds import FOLDER, KEPT, Result, records, results

KNOWN = frozenset((FOLDER / "known_misses.txt").read_text("utf-8").split())


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem)
def test_E5_E6_a_kept_round_confirms_nothing_wrongly_misses_nothing_new_and_drops_nothing(path: Path) -> None:
    found = results(records(path))
    assert len(found) >= 100
    assert _ids(found, lambda one: one.false) == set()
    assert _ids(found, lambda one: one.dropped) <= KNOWN
    assert _ids(found, lambda one: one.record.kind == "honest" and not one.decided) <= KNOWN


def _ids(found: tuple[Result, ...], wanted: Callable[[Result], bool]) -> set[str]:
    return {one.record.id for one in found if wanted(one)}
