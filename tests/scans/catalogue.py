"""Every kind of return by name, and item number i of a seed: ``item(7, 3)`` is the same return at every run.

A good item's ``group`` is its device, or ``hard`` where the mark itself is poor; a hostile one's is its family.
"""

from dataclasses import dataclass
from random import Random

from tests.scans.checked import GOOD_TOO, HARD_TOO
from tests.scans.files import Parts
from tests.scans.good import ELECTRONIC, electronic, marked
from tests.scans.hostile_covered import COVERED
from tests.scans.hostile_figures import FIGURES
from tests.scans.hostile_files import FILES
from tests.scans.hostile_forged import FORGED
from tests.scans.hostile_notes import NOTES_KINDS
from tests.scans.hostile_pages import PAGES
from tests.scans.hostile_pens import PENS_KINDS
from tests.scans.hostile_seals import SEALS
from tests.scans.hostile_stamps import STAMPS
from tests.scans.hostile_unsigned import UNSIGNED
from tests.scans.marks import GOOD, HARD
from tests.scans.returns import Kind, Making, finished
from tests.scans.statements import Case, case

FIRST_FAMILIES: dict[str, dict[str, Kind]] = {
    "seals": SEALS,
    "unsigned": UNSIGNED,
    "notes": NOTES_KINDS,
    "figures": FIGURES | FORGED,
    "pages": PAGES,
}
FAMILIES: dict[str, dict[str, Kind]] = FIRST_FAMILIES | {
    "stamps": STAMPS,
    "pens": PENS_KINDS,
    "covered": COVERED,
    "files": FILES,
}
HOSTILE: dict[str, tuple[str, Kind]] = {
    name: (family, kind) for family, kinds in FAMILIES.items() for name, kind in kinds.items()
}
FIXED_SEED, FIXED = 20261125, 240
"""Of this seed the first 240 are drawn from the first families only, so that they stay the same for ever."""
_HOSTILE_DEVICES = (
    *("flatbed",) * 8,
    *("flatbed grey", "flatbed bw", "flatbed worn", "flatbed worn", "copier", "copier", "fax"),
    *("photo",) * 4,
    *("photo bad", "chat", "screenshot"),
)
_FINE_INK = {
    *("pencil remark", "sign removed", "overwritten digit", "pasted rectangle", "copied seal", "copied digit"),
    *("difference in pencil", "pencil beside seal", "sticky note over", "taped figure", "digit added", "printed seal"),
    *("slip pasted on", "row highlighted", "words of the slip removed"),
}
"""Kinds of which nothing may be left on a black-and-white copy: they come from a clean device only."""
_COLOUR_ONLY = {"red note over seal"}
_BY_PHONE = {"finger over remark", "finger over figures", "glare"}
_GOOD_DEVICES = (
    *("flatbed",) * 5,
    *("electronic",) * 3,
    *("photo",) * 5,
    *("flatbed grey", "flatbed bw", "flatbed worn", "flatbed worn", "copier", "fax", "photo bad", "chat", "screenshot"),
)
CASES = 48


@dataclass(frozen=True, slots=True)
class Item:
    """One return: what it is, what it was captured with, and its files."""

    good: bool
    kind: str
    group: str
    device: str
    dpi: int
    case: Case
    files: Parts


def item(index: int, seed: int, *, good: bool | None = None, kind: str = "", device: str = "") -> Item:
    """Return ``index`` of a seed; every fifth is a good one unless said otherwise."""
    random = Random(f"{seed}/{index}")
    if (index % 5 == 0) if good is None else good:
        return _good(random, kind, device, early=seed == FIXED_SEED and index < FIXED)
    return _hostile(kind or kind_of(index, seed), random, device)


def _good(random: Random, kind: str, device: str, *, early: bool) -> Item:
    device = device or random.choice(_GOOD_DEVICES)
    if device == "electronic":
        name = kind or random.choice(ELECTRONIC)
        made = electronic(name)
    else:
        hard = random.random() < (0.12 if early else 0.2)
        able = (HARD if hard else GOOD) if early else (HARD | HARD_TOO if hard else GOOD | GOOD_TOO)
        name = kind or random.choice(sorted(able))
        made = marked(name)
    making = Making(case(random.randrange(CASES)), random, _dpi(device, random), device)
    group = "hard" if name in HARD | HARD_TOO else device
    files = finished(made, making)
    return Item(good=True, kind=name, group=group, device=device, dpi=making.dpi, case=making.case, files=files)


def _dpi(device: str, random: Random) -> int:
    return random.choice((150, 200, 200, 200, 300)) if device.startswith(("flatbed", "copier")) else 200


def kind_of(index: int, seed: int) -> str:
    """The hostile kind of an index: each in its turn, whichever indexes are honest."""
    if seed == FIXED_SEED and index < FIXED:
        names = sorted(name for kinds in FIRST_FAMILIES.values() for name in kinds)
        return names[(index + index // FIXED) % len(names)]
    names = sorted(HOSTILE)
    return names[(index - index // 5 - 1) % len(names)]


def _hostile(name: str, random: Random, device: str) -> Item:
    family, made = HOSTILE[name]
    device = device or random.choice(_HOSTILE_DEVICES)
    if name in _FINE_INK:
        device = random.choice(("flatbed", "flatbed", "photo"))
    if name in _BY_PHONE:
        device = random.choice(("photo", "photo", "photo bad"))
    if name in _COLOUR_ONLY and device in {"flatbed grey", "flatbed bw", "copier", "fax"}:
        device = "flatbed"
    making = Making(case(random.randrange(CASES)), random, _dpi(device, random), device)
    files = finished(made, making)
    return Item(good=False, kind=name, group=family, device=device, dpi=making.dpi, case=making.case, files=files)
