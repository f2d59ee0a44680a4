"""Is there a signature or a seal? Not whose: a dot, a tick, a line, a smudge, a date or a note alone is none."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from parsers.scan import seal_ink, thresholds
from parsers.scan.hand_read import Written, crossed_out, names_of, read_lines
from parsers.scan.ink import Mask, Piece, area, complexity, moved, pieces, region, solidity, with_pale_strokes
from parsers.scan.layout import Layout
from parsers.scan.register import HEIGHT, WIDTH, Ink, Registered
from parsers.scan.stamp import find_stamp

Found = Literal["none", "doubt", "note", "differs", "grey_seal", "crossed", "stamp", "hand", "seal"]


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands in the box: ``seals`` are all seals on the page that may stand where they do.

    ``hands`` is what is written in the box beside them, ``text`` what was read of it, ``names`` the names that were
    surely read, in the box or in the field for the name.
    """

    found: Found
    seals: tuple[Piece, ...]
    riding: tuple[Piece, ...]
    hands: tuple[Piece, ...] = ()
    text: str = ""
    names: tuple[str, ...] = ()


_SIGNED = frozenset({"hand", "seal"})


def find_mark(page: Registered, ink: Mask, coloured: Mask, layout: Layout) -> Mark:
    """Seals first, then what is written in the box."""
    seals, riding = seal_ink.find(page, ink, coloured, layout)
    ink = seal_ink.without(ink, riding)  # a slice at the edge may reach into the box
    where = region(layout.sign_box, -0.8)
    stamp = find_stamp(page, ink, seals, layout)
    ink = with_pale_strokes(page, ink, where)
    left = seal_ink.without(ink, (*seals, *riding))[where]
    rest = [piece for piece in pieces(left) if max(piece.width, piece.height) > thresholds.DUST]
    lines = read_lines(*writing(page, ink, seals, where)) if _much(rest) or seals else ()
    lines = tuple(line for line in lines if line.sense == "differs" or not _on_seal(line, seals, where))
    found = _judged(rest, left, lines, sealed=bool(seals))
    if found == "seal" and any(map(seal_ink.crossed, seals)):
        found = "note"
    signatures = (line.piece for line in lines if line.sense in {"name", "illegible"} and _is_hand(line.piece))
    if found == "hand" and any(map(crossed_out, signatures)):
        found = "crossed"
    if stamp is not None and found != "differs":
        found = "differs" if stamp.words else "stamp"
    hands = tuple(moved(piece, where[0].start, where[1].start) for piece in rest if piece.area >= thresholds.WRITTEN)
    field = region(layout.name_field, 0.5)
    names = names_of((*lines, *read_lines(*writing(page, ink, seals, field)))) if found in _SIGNED else ()
    said = (*(line.text for line in lines), stamp.words if stamp else "")
    return Mark(found, seals, riding, hands, " ".join(filter(None, said)), names)


def _much(rest: Sequence[Piece]) -> bool:
    return any(piece.area >= thresholds.WRITTEN for piece in rest)


def _on_seal(line: Written, seals: tuple[Piece, ...], where: tuple[slice, slice]) -> bool:
    """Whether a line stands mostly on a seal: then it is the seal's own text, unless it says that something differs."""
    ink = np.zeros((HEIGHT, WIDTH), np.bool_)
    rows, columns = line.piece.region
    top, left = rows.start + where[0].start, columns.start + where[1].start
    ink[top : top + line.piece.ink.shape[0], left : left + line.piece.ink.shape[1]] = line.piece.ink
    covered = sum(int((ink[piece.region] & seal_ink.hull(piece.ink)).sum()) for piece in seals)
    return covered > 0.6 * int(line.piece.ink.sum())


def writing(page: Registered, ink: Mask, seals: tuple[Piece, ...], where: tuple[slice, slice]) -> tuple[Mask, Ink]:
    """(written pixels, how dark they are) in the box: beside seals all ink, under them what is darker than they are."""
    left, dark = seal_ink.without(ink, seals), page.dark.copy()
    for piece in seals:
        black = page.black[piece.region]
        own = float(np.median(black[piece.ink])) if piece.ink.any() else 1.0
        over = black > own + thresholds.STROKE_OVER_SEAL
        inside = seal_ink.hull(piece.ink)
        dark[piece.region][inside] = np.where(over, black, np.float32(0))[inside]
        if own < thresholds.OPAQUE_SEAL:
            left[piece.region] |= over & inside & ~page.near[piece.region]
    return left[where], dark[where]


def _judged(rest: list[Piece], left: Mask, lines: Sequence[Written], *, sealed: bool) -> Found:
    """What is read decides first; what is illegible is judged by its shape: too long is a note, too simple no name."""
    senses = {line.sense for line in lines}
    if "differs" in senses:
        return "differs"
    if "note" in senses or sum(_is_group(line) for line in lines) > 1:
        return "note"
    written = [piece for piece in rest if piece.area >= thresholds.WRITTEN]
    if not written:
        return "seal" if sealed else "none"
    width, height = _extent(written)
    if not sealed and min(width, height) > thresholds.GREY_SEAL_SIDE and _holds_outline(left):
        return "grey_seal"
    known = _covered(left, [line for line in lines if line.sense in {"name", "date"}])
    by_shape = _shape(left & ~known, sealed=sealed)
    if by_shape in {"none", "seal"} and "name" in senses:
        return "seal" if sealed else "hand"
    return by_shape


def _is_group(line: Written) -> bool:
    """Writing of some size that is no date: one group is a name, two are more than that."""
    return line.sense != "date" and max(line.piece.width, line.piece.height) >= thresholds.GROUP_LEAST


def _covered(left: Mask, lines: Sequence[Written]) -> Mask:
    """The ink of lines that were read."""
    taken = np.zeros(left.shape, np.bool_)
    for line in lines:
        taken[line.piece.region] |= line.piece.ink
    return taken


def _shape(left: Mask, *, sealed: bool) -> Found:
    """The verdict on ink that nobody can read."""
    written = [piece for piece in pieces(left) if piece.area >= thresholds.WRITTEN]
    if not written:
        return "seal" if sealed else "none"
    width, height = _extent(written)
    whole = pieces(left, 6.0)
    longest = max(whole, key=lambda piece: piece.width)
    several = sum(1 for piece in whole if piece.area >= thresholds.WRITTEN and max(piece.width, piece.height) > 4) > 1
    if width > thresholds.HAND_WIDEST or several or _is_sentence(longest):
        return "note" if max(width, height) > thresholds.HAND_LEAST else ("seal" if sealed else "none")
    signed = _is_hand(longest)
    if sealed:
        return "seal" if signed or area(left) < 2.0 else "note"
    return "hand" if signed else _too_little(longest)


def _holds_outline(left: Mask) -> bool:
    """Whether a ring or a frame may be among ink without colour."""
    return any(
        min(piece.width, piece.height) > 20 and seal_ink.outlined(piece.ink) > thresholds.GREY_SEAL_OUTLINE
        for piece in pieces(left, 0.5)
    )


def _is_sentence(piece: Piece) -> bool:
    """Too long, too small or too many strokes for a name; a small or short mark is left to the other rules."""
    if max(piece.width, piece.height) < thresholds.HAND_LEAST or complexity(piece.ink) < thresholds.HAND_COMPLEXITY:
        return False
    too_long = piece.width > thresholds.HAND_ASPECT * piece.height
    return too_long or piece.height < thresholds.HAND_TALL or complexity(piece.ink) > thresholds.HAND_MOST_COMPLEX


def _is_hand(piece: Piece) -> bool:
    short, long = sorted((piece.width, piece.height))
    large = long >= thresholds.HAND_LEAST and short >= thresholds.HAND_LEAST_SHORT
    return large and complexity(piece.ink) >= thresholds.HAND_COMPLEXITY and solidity(piece.ink) < thresholds.SEAL_SOLID


def _too_little(piece: Piece) -> Found:
    """Dots, ticks, lines, circles and smudges are none; what is nearly a signature is a doubt."""
    short, long = sorted((piece.width, piece.height))
    small = long < thresholds.HAND_LEAST * 0.8 or short < thresholds.HAND_LEAST_SHORT * 0.7
    return "none" if small or complexity(piece.ink) < 1.9 or solidity(piece.ink) >= thresholds.SEAL_SOLID else "doubt"


def _extent(written: list[Piece]) -> tuple[float, float]:
    width = max(piece.x + piece.width for piece in written) - min(piece.x for piece in written)
    height = max(piece.y + piece.height for piece in written) - min(piece.y for piece in written)
    return width, height


def unexplained(ink: Mask, mark: Mark) -> Mask:
    """Ink that belongs to no seal."""
    return seal_ink.without(ink, (*mark.seals, *mark.riding))
