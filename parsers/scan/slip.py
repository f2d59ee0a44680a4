"""What is ticked or written in the slip's fields: 有差異, causes, the remark box, the lines for their balance."""

from dataclasses import replace

from parsers.fold import fold
from parsers.scan import thresholds
from parsers.scan.hand_read import Written, read_lines
from parsers.scan.hand_words import SAYS_SOMETHING
from parsers.scan.ink import Mask, Region, area, pieces, region, solidity
from parsers.scan.layout import Layout
from parsers.scan.noted import Noted, Weight
from parsers.scan.register import Registered

_TELLING = SAYS_SOMETHING - frozenset("年月日号元计单部长理总务员")
"""A title or a date may stand beside the name; other words there a person reads."""


def slip(page: Registered, ink: Mask, loose: Mask, layout: Layout) -> tuple[Noted, ...]:
    """Everything in the fields; ``loose`` is the ink that belongs to no seal."""
    found: list[Noted] = []
    differs = area(ink[region(layout.differ, 0.2)]) > thresholds.TICKED
    if differs:
        found.append(Noted("remarked", "differ_ticked", "", region(layout.differ, 0.5)))
    ticked = [box for box in layout.cause_ticks if area(ink[region(box, 0.2)]) > thresholds.TICKED]
    found += [Noted("remarked", "cause_ticked", "", region(box, 0.5)) for box in ticked]
    inside = region(layout.remark_box, -0.8)
    if area(loose[inside]) > thresholds.WRITTEN:
        found.append(Noted("remarked", "remark", "", inside))
    elif area(ink[inside]) > thresholds.WRITTEN:
        found.append(Noted("doubt", "seal_over_remark", "", inside))
    elif _faintly_written(page, inside):
        found.append(Noted("doubt", "remark", "", inside))
    written = [box for box in layout.differ_fields if area(loose[region(box, -0.2)]) > thresholds.WRITTEN]
    weight: Weight = "remarked" if differs else "doubt"
    found += [Noted(weight, "their_balance", "", region(box)) for box in written]
    return (*found, *_beside_the_name(page, loose, layout))


def _faintly_written(page: Registered, inside: Region) -> bool:
    """Pencil in a box where nothing is printed: paler than ink counts elsewhere, but in strokes and of some size."""
    pale = (page.dark[inside] > thresholds.PENCIL) & ~page.near[inside]
    if page.foreign is not None:
        pale &= ~page.foreign[inside]
    found = [
        one for one in pieces(pale) if max(one.width, one.height) > 2 and solidity(one.ink) < thresholds.SEAL_SOLID
    ]
    return sum(one.area for one in found) > 2 * thresholds.WRITTEN


def _beside_the_name(page: Registered, loose: Mask, layout: Layout) -> list[Noted]:
    """Words on the lines for name and date that say that the account differs."""
    found: list[Noted] = []
    for box in (layout.name_field, layout.date_field):
        right = layout.sign_box.x + layout.sign_box.width - box.x
        where = region(replace(box, width=max(right, box.width)), 2.0)
        lines = read_lines(loose[where], page.dark[where]) if area(loose[where]) > thresholds.WRITTEN else ()
        for one in lines:
            if one.sense == "differs":
                found.append(Noted("remarked", "words_in_box", one.text, where))
            elif _is_more_than_a_name(one):
                found.append(Noted("doubt", "words_in_field", one.text, where))
    return found


def _is_more_than_a_name(line: Written) -> bool:
    """Words, or writing so long that it can be neither a name nor a date."""
    told = line.sense == "note" and bool(_TELLING & set(fold(line.text)))
    return told or (line.sense in {"note", "illegible"} and line.piece.width > thresholds.FIELD_NAME_WIDEST)
