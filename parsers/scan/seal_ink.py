"""Seals among the ink of a page, by their outline: at the box, the name or the date, and across the paper's edge.

Coloured seals first, one colour at a time; where there is none, a black one (a black pad, or a copy without colour).
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import cv2
import numpy as np
import numpy.typing as npt

from parsers.scan import thresholds
from parsers.scan.ink import Mask, Piece, area, complexity, kernel, pieces, pieces_joined, solidity, whole
from parsers.scan.layout import PAGE_WIDTH, Box, Layout
from parsers.scan.register import PPM, Registered

Points = npt.NDArray[np.float32]


def find(page: Registered, ink: Mask, coloured: Mask, layout: Layout) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """(at the box, the name or the date; across the paper's edge)."""
    faint = (page.colour > thresholds.FAINT_COLOUR) & (page.dark > 0.12)
    home: list[Piece] = []
    for sign in (1, -1):
        home += _at_home(coloured & (page.hue * sign > 0.06), faint & (page.hue * sign > 0.03), layout)
    home = home or _at_home(ink & ~coloured, ink, layout)
    red, pale = coloured & (page.hue > 0.06), faint & (page.hue > 0.03)
    return tuple(home), tuple(_riding(red, pale))


def _riding(red: Mask, pale: Mask) -> list[Piece]:
    """Slices at the edges; where the edge cuts off a ring's side, its upper and lower part and its star stand apart."""
    wide = round(thresholds.RIDING_WIDEST * PPM)
    strip = red.copy()
    strip[:, wide:-wide] = False
    found: list[Piece] = []
    for apart in (pieces_joined(strip, 6.0, thresholds.RIDING_APART), pieces(red, 6.0)):
        left = without(red, tuple(found))
        slices = (_slice(piece, pale) for piece in apart if _at_edge(piece) and left[piece.region][piece.ink].any())
        found += [piece for piece in slices if piece is not None]
    return found


def _at_home(strong: Mask, weak: Mask, layout: Layout) -> list[Piece]:
    """Seals of one colour where they may stand; ``weak`` is all ink that may be theirs."""
    near = (piece for piece in pieces(strong, 0.5) if any(_near(piece, box) for box in _homes(layout)))
    filled = (_filled(piece, weak) for piece in near if _is_outline(piece))
    return [piece for piece in filled if _is_seal(piece)]


def _homes(layout: Layout) -> tuple[Box, Box, Box]:
    return layout.sign_box, layout.name_field, layout.date_field


def _is_outline(piece: Piece) -> bool:
    """A ring or a frame: of a seal's size, and the hull's edge is inked nearly all the way round."""
    short, long = sorted((piece.width, piece.height))
    if not (short >= thresholds.SEAL_LEAST and long <= thresholds.SEAL_MOST and long <= 1.9 * short):
        return False
    if squared(piece):
        return _is_framed(piece.ink)
    least = thresholds.SEAL_OUTLINE if short > 20 else thresholds.SMALL_SEAL_OUTLINE
    return outlined(piece.ink) >= least


def _rectangle(ink: Mask) -> tuple[float, Points]:
    """(share of the smallest rectangle around the ink that its hull fills, the rectangle's corners)."""
    points = cv2.convexHull(cv2.findNonZero(ink.astype(np.uint8)))
    box = cv2.minAreaRect(points)
    return float(cv2.contourArea(points)) / max(1.0, box[1][0] * box[1][1]), np.asarray(cv2.boxPoints(box), np.float32)


def squared(seal: Piece) -> bool:
    """Whether a seal is a square one."""
    return _rectangle(seal.ink)[0] >= thresholds.SQUARE_FULL


def _is_framed(ink: Mask) -> bool:
    """A square seal: the hull is a rectangle, and its edge is inked nearly all the way, on each of its sides.

    A piece of a stamp's frame that another seal's ring cuts off has no fourth side; a long rectangle is a stamp.
    """
    fullness, corners = _rectangle(ink)
    short, long = sorted(float(np.hypot(*(corners[at] - corners[at - 1]))) for at in (0, 1))
    if fullness < thresholds.SQUARE_FULL or long > thresholds.SQUARE_LONG * short:
        return False
    near = cv2.dilate(ink.astype(np.uint8), kernel(1.6)) > 0
    sides = []
    for start, end in pairwise([*corners, corners[0]]):
        edge = np.zeros(ink.shape, np.uint8)
        cv2.line(edge, tuple(np.rint(start).astype(int).tolist()), tuple(np.rint(end).astype(int).tolist()), 1, 1)
        sides.append(float(near[edge > 0].mean()) if edge.any() else 0.0)
    return sum(sides) / 4 >= thresholds.SQUARE_EDGE and min(sides) >= thresholds.SQUARE_SIDE


def outlined(ink: Mask) -> float:
    """Share of the hull's edge that is inked."""
    filled = np.pad(hull(ink), 1).astype(np.uint8)
    edge = (filled > cv2.erode(filled, kernel(0.4), borderValue=0))[1:-1, 1:-1]
    near = cv2.dilate(ink.astype(np.uint8), kernel(1.6)) > 0
    return float((edge & near).sum()) / max(1.0, float(edge.sum()))


def hull(ink: Mask) -> Mask:
    """The convex area around the ink."""
    points = cv2.findNonZero(ink.astype(np.uint8))
    filled = np.zeros(ink.shape, np.uint8)
    cv2.fillConvexPoly(filled, cv2.convexHull(points), 1)
    return filled > 0


def _filled(piece: Piece, hue: Mask) -> Piece:
    """The piece with all ink of its colour inside its hull: characters and star stand apart from the ring."""
    ink = hue[piece.region] & hull(piece.ink)
    return replace(piece, ink=ink, area=area(ink))


def _is_seal(piece: Piece) -> bool:
    """More than an empty ring, less than a blot; the two rings of a large one run together and are none."""
    across = thresholds.SEAL_BLOT[min(piece.width, piece.height) > thresholds.ROUND_SEAL_LEAST]
    return complexity(piece.ink) >= thresholds.SEAL_COMPLEXITY and solidity(piece.ink, across) <= thresholds.SEAL_SOLID


def _at_edge(piece: Piece) -> bool:
    reaches = piece.x < thresholds.EDGE + 2 or piece.x + piece.width > PAGE_WIDTH - thresholds.EDGE - 2
    return reaches and piece.width <= thresholds.RIDING_WIDEST and piece.height <= thresholds.SEAL_MOST


def _slice(piece: Piece, pale: Mask) -> Piece | None:
    """A slice of a round seal (騎縫章): its ink lies on an arc of a seal's radius, and the arc is nearly whole.

    All ink of its colour within the circle belongs to it.
    """
    if piece.height < thresholds.RIDING_TALLEST_LEAST:
        return None
    points = np.asarray(np.argwhere(piece.ink) / PPM, np.float32)
    points = points[:: 1 + len(points) // 4000]
    whole_arcs = [circle for circle in _circles(points) if _arc(points, piece, circle) >= thresholds.RIDING_ARC]
    if not whole_arcs:
        return None
    best = max(whole_arcs, key=lambda circle: _on_ring(points, circle))
    disc = np.zeros(pale.shape, np.uint8)
    centre = round((piece.x + best[1]) * PPM), round((piece.y + best[0]) * PPM)
    cv2.circle(disc, centre, round((best[2] + 1.0) * PPM), 1, -1)
    return whole(pale & (disc > 0))


def _circles(points: Points) -> Iterator[tuple[float, float, float]]:
    """Circles (y, x, radius in mm) of a seal's size through three points of the ink, always the same ones."""
    random = np.random.default_rng(len(points))
    for three in points[random.integers(0, len(points), (400, 3))]:
        (ay, ax), (by, bx), (cy, cx) = three.tolist()
        twice = 2 * (ax * (by - cy) + bx * (cy - ay) + cx * (ay - by))
        if abs(twice) > 1e-3:
            a, b, c = ax * ax + ay * ay, bx * bx + by * by, cx * cx + cy * cy
            x = (a * (by - cy) + b * (cy - ay) + c * (ay - by)) / twice
            y = (a * (cx - bx) + b * (ax - cx) + c * (bx - ax)) / twice
            radius = float(np.hypot(ax - x, ay - y))
            if thresholds.RIDING_RADIUS[0] <= radius <= thresholds.RIDING_RADIUS[1]:
                yield y, x, radius


def _on_ring(points: Points, circle: tuple[float, float, float]) -> float:
    """Share of the ink that lies on a circle."""
    y, x, radius = circle
    return float((np.abs(np.hypot(points[:, 0] - y, points[:, 1] - x) - radius) < 0.6).mean())


def _arc(points: Points, piece: Piece, circle: tuple[float, float, float]) -> float:
    """How much of the circle's arc within the piece's box is inked; 0 where it is short, or ink lies outside it."""
    y, x, radius = circle
    distance = np.hypot(points[:, 0] - y, points[:, 1] - x)
    if float((distance > radius + 1.2).mean()) > 0.02:
        return 0.0
    angles = np.arctan2(points[:, 0] - y, points[:, 1] - x)[np.abs(distance - radius) < 0.7]
    steps = np.linspace(-np.pi, np.pi, 120, endpoint=False)
    at_y, at_x = y + radius * np.sin(steps), x + radius * np.cos(steps)
    inside = (at_y > 0.5) & (at_y < piece.height - 0.5) & (at_x > 0.5) & (at_x < piece.width - 0.5)
    if int(inside.sum()) * radius * np.pi / 60 < thresholds.RIDING_LEAST_ARC:
        return 0.0
    inked = (
        np.bincount(np.clip(((angles + np.pi) / (2 * np.pi) * 120).round().astype(int) % 120, 0, 119), minlength=120)
        > 0
    )
    return float(inked[inside].mean())


def crossed(seal: Piece) -> bool:
    """Ink of a round seal's own colour between its star and its name, where a seal is empty: somebody wrote over it.

    Below the star a seal may bear a title; what is written there is left to the reader of seals.
    """
    short, long = sorted((seal.width, seal.height))
    if short < thresholds.ROUND_SEAL_LEAST or long > 1.15 * short or squared(seal):
        return False
    rows, columns = np.indices(seal.ink.shape, dtype=np.float32)
    y, x = rows / (seal.ink.shape[0] - 1) * 2 - 1, columns / (seal.ink.shape[1] - 1) * 2 - 1
    empty = (np.hypot(x, y) > thresholds.SEAL_EMPTY[0]) & (np.hypot(x, y) < thresholds.SEAL_EMPTY[1])
    around = np.degrees(np.arctan2(-y, x))[empty]
    ink = seal.ink[empty]
    step = thresholds.SEAL_SECTOR / 2
    # from 30 degrees under the horizontal on the right, over the top, to the same on the left
    starts = np.arange(-30, 210 - thresholds.SEAL_SECTOR + 1, step)
    angles = np.where(around < -90, around + 360, around)
    sectors = ((angles >= first) & (angles < first + thresholds.SEAL_SECTOR) for first in starts)
    return any(float(ink[one].mean()) > thresholds.SEAL_CROSSED for one in sectors)


def _near(piece: Piece, box: Box) -> bool:
    x, y = piece.centre
    reach = thresholds.SEAL_REACH
    return box.x - reach <= x <= box.x + box.width + reach and box.y - reach <= y <= box.y + box.height + reach


def without(ink: Mask, taken: tuple[Piece, ...]) -> Mask:
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
