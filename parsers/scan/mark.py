"""Is there a signature or a seal? Not whose: a dot, a tick, a line, a smudge or a date alone is none."""

from dataclasses import dataclass, replace
from typing import Literal

import cv2
import numpy as np

from parsers.scan import thresholds
from parsers.scan.ink import Mask, Piece, area, complexity, kernel, pieces, region, solidity
from parsers.scan.layout import PAGE_WIDTH, Box, Layout
from parsers.scan.register import Registered

Found = Literal["none", "doubt", "note", "grey_seal", "hand", "seal"]


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands in the box: ``seals`` are all seals on the page that may stand where they do."""

    found: Found
    seals: tuple[Piece, ...]
    riding: tuple[Piece, ...]


def find_mark(page: Registered, ink: Mask, coloured: Mask, layout: Layout) -> Mark:
    """Seals by colour first, then handwriting in what is left of the box."""
    seals, riding = _seals(page, coloured, layout)
    where = region(layout.sign_box, -0.8)
    left = _without(ink, (*seals, *riding))[where]
    rest = [piece for piece in pieces(left) if max(piece.width, piece.height) > thresholds.DUST]
    return Mark(_judged(rest, left, bool(seals)), seals, riding)


def _seals(page: Registered, coloured: Mask, layout: Layout) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """(at the box, the name or the date; across the paper's edge), one colour at a time."""
    home: list[Piece] = []
    riding: list[Piece] = []
    for hue in (coloured & (page.hue > 0.06), coloured & (page.hue < -0.06)):
        for piece in pieces(hue, 0.5):
            if _at_edge(piece):
                part = _filled(piece, hue)
                if _rides(part):
                    riding.append(part)
            elif _is_outline(piece) and any(_near(piece, box) for box in _homes(layout)):
                seal = _filled(piece, hue)
                if _is_seal(seal):
                    home.append(seal)
    return tuple(home), tuple(riding)


def _homes(layout: Layout) -> tuple[Box, Box, Box]:
    return layout.sign_box, layout.name_field, layout.date_field


def _is_outline(piece: Piece) -> bool:
    """A ring or a frame: of a seal's size, and the hull's edge is inked nearly all the way round."""
    short, long = sorted((piece.width, piece.height))
    if not (thresholds.SEAL_LEAST <= short and long <= thresholds.SEAL_MOST and long <= 1.9 * short):
        return False
    least = thresholds.SEAL_OUTLINE if short > 20 else thresholds.SMALL_SEAL_OUTLINE
    return _outlined(piece.ink) >= least


def _outlined(ink: Mask, cut: str = "") -> float:
    """Share of the hull's edge that is inked; the ``left`` or ``right`` side where the paper ends doesn't count."""
    hull = np.pad(_hull(ink), 1).astype(np.uint8)
    edge = (hull > cv2.erode(hull, kernel(0.4), borderValue=0))[1:-1, 1:-1]
    if cut:
        edge[:, slice(0, 12) if cut == "left" else slice(-12, None)] = False
    near = cv2.dilate(ink.astype(np.uint8), kernel(1.6)) > 0
    return float((edge & near).sum()) / max(1.0, float(edge.sum()))


def _hull(ink: Mask) -> Mask:
    points = cv2.findNonZero(ink.astype(np.uint8))
    filled = np.zeros(ink.shape, np.uint8)
    cv2.fillConvexPoly(filled, cv2.convexHull(points), 1)
    return filled > 0


def _filled(piece: Piece, hue: Mask) -> Piece:
    """The piece with all ink of its colour inside its hull: characters and star stand apart from the ring."""
    ink = hue[piece.region] & _hull(piece.ink)
    return replace(piece, ink=ink, area=area(ink))


def _is_seal(piece: Piece) -> bool:
    """More than an empty ring, less than a blot."""
    return complexity(piece.ink) >= thresholds.SEAL_COMPLEXITY and solidity(piece.ink) <= thresholds.SEAL_SOLID


def _at_edge(piece: Piece) -> bool:
    return _cut_side(piece) != "" and piece.width <= 34 and 6 <= piece.height <= 60


def _cut_side(piece: Piece) -> str:
    """``left`` or ``right`` where a piece reaches that edge of the paper."""
    if piece.x < thresholds.EDGE + 2:
        return "left"
    return "right" if piece.x + piece.width > PAGE_WIDTH - thresholds.EDGE - 2 else ""


def _rides(piece: Piece) -> bool:
    """A slice of a seal (騎縫章): an arc on the paper's side, more than an arc within."""
    return _outlined(piece.ink, _cut_side(piece)) >= thresholds.RIDING_OUTLINE and complexity(piece.ink) >= 2.0


def _near(piece: Piece, box: Box) -> bool:
    x, y = piece.centre
    reach = thresholds.SEAL_REACH
    return box.x - reach <= x <= box.x + box.width + reach and box.y - reach <= y <= box.y + box.height + reach


def _without(ink: Mask, taken: tuple[Piece, ...]) -> Mask:
    """Ink less the seals' own ink (a little wider: the edges of a seal are paler than its colour)."""
    left = ink.copy()
    for piece in taken:
        rows, columns = piece.region
        grown = cv2.dilate(np.pad(piece.ink, 6).astype(np.uint8), kernel(0.9)) > 0
        top, start = max(0, rows.start - 6), max(0, columns.start - 6)
        part = left[top : rows.stop + 6, start : columns.stop + 6]
        offset = (top - rows.start + 6, start - columns.start + 6)
        part &= ~grown[offset[0] : offset[0] + part.shape[0], offset[1] : offset[1] + part.shape[1]]
    return left


def _judged(rest: list[Piece], left: Mask, sealed: bool) -> Found:
    """The handwriting beside the seals decides: too long for a name is a note, too simple is no signature."""
    written = [piece for piece in rest if piece.area >= thresholds.WRITTEN]
    if not written:
        return "seal" if sealed else "none"
    width, height = _extent(written)
    if not sealed and min(width, height) > thresholds.GREY_SEAL_SIDE:
        return "grey_seal"
    whole = pieces(left, 6.0)
    longest = max(whole, key=lambda piece: piece.width)
    several = sum(1 for piece in whole if piece.area >= thresholds.WRITTEN and max(piece.width, piece.height) > 4) > 1
    if width > thresholds.HAND_WIDEST or several or _is_sentence(longest):
        return "note" if max(width, height) > thresholds.HAND_LEAST else ("seal" if sealed else "none")
    signed = _is_hand(longest)
    if sealed:
        return "seal" if signed or area(left) < 2.0 else "note"
    return "hand" if signed else _too_little(longest)


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
    return _without(ink, (*mark.seals, *mark.riding))
