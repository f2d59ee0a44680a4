"""Thin lines from edge to edge that a scanner's glass or a fold draws over a page: found, and taken out of the picture.

A pen's line through a row ends within the table; only a line that reaches both edges of the paper, thin and straight
all the way, is the machine's.
"""

from dataclasses import dataclass, replace
from itertools import pairwise

import cv2
import numpy as np
import numpy.typing as npt

from parsers.scan import thresholds
from parsers.scan.ink import Mask
from parsers.scan.register import PPM, Ink, Registered

_BANDS = 60
_LEAN = 40
"""Pixels that a line may lean from edge to edge: 1.2 degrees."""
_CHUNK = 120
"""Rows over which a line is equally dark."""


@dataclass(frozen=True, slots=True)
class _Line:
    """An upright line: its column at the top edge and how many pixels it leans until the bottom edge."""

    column: int
    lean: int


def cleaned(page: Registered) -> Registered:
    """The page without streaks; the same page where there are none."""
    faint = (page.dark > thresholds.STREAK_INK) & ~page.near & (page.colour < thresholds.COLOUR_INK)
    dark, black = page.dark, page.black
    lines = np.zeros(faint.shape, np.bool_)
    for turned in (False, True):
        upright, near = (faint.T, page.near.T) if turned else (faint, page.near)
        for width in thresholds.STREAK_WIDTHS:
            for line in _upright(np.ascontiguousarray(upright), np.ascontiguousarray(near), width):
                at = _pixels(line, upright.shape, width)
                dark, black = (_without(plane, near, at, turned=turned) for plane in (dark, black))
                (lines.T if turned else lines)[at] = True
    return replace(page, dark=dark, black=black, streaks=lines) if lines.any() else page


def _upright(faint: Mask, near: Mask, width: float) -> list[_Line]:
    """Thin lines that run from the top edge to the bottom, one for each streak."""
    height = faint.shape[0]
    rim = round(thresholds.EDGE * PPM)
    edges = np.linspace(rim, height - rim, _BANDS + 1).astype(int)
    lined = _by_band(_thin(faint, width), edges) > thresholds.STREAK_SOLID
    if int(cv2.dilate(lined.sum(axis=0).astype(np.float32)[None], np.ones((1, 9), np.uint8)).max()) < _BANDS / 8:
        return []
    lined = cv2.dilate(lined.astype(np.uint8), np.ones((1, 1 + round(width * PPM / 3)), np.uint8)) > 0
    hidden = _by_band(near, edges) > 0.3
    bands = _endless(lined & ~hidden), _endless(hidden)
    found = [pair for lean in range(-_LEAN, _LEAN + 1, 2) for pair in _whole(*bands, lean)]
    kept: list[_Line] = []
    for _, line in sorted(found, key=lambda pair: (-pair[0], abs(pair[1].lean))):
        if all(abs(line.column - other.column) + abs(line.lean - other.lean) > 4 * PPM for other in kept):
            kept.append(line)
    return kept


def _pixels(line: _Line, shape: tuple[int, ...], width: float) -> tuple[npt.NDArray[np.int_], npt.NDArray[np.int_]]:
    """(rows, columns) of a line as wide as a streak may be: one row of indices per row of the picture."""
    reach = round(width * PPM / 2) + 1
    rows = np.arange(shape[0])[:, None]
    columns = np.rint(line.column + line.lean * rows / shape[0]).astype(int) + np.arange(-reach, reach + 1)[None]
    return np.broadcast_to(rows, columns.shape), np.clip(columns, 0, shape[1] - 1)


def _without(plane: Ink, near: Mask, at: tuple[npt.NDArray[np.int_], npt.NDArray[np.int_]], *, turned: bool) -> Ink:
    """The darkness as it would be without the line: print under it is divided by what the line has on bare paper."""
    result = np.array(plane.T if turned else plane)
    seen, covered = result[at], near[at]
    for first in range(0, len(seen), _CHUNK):
        part = slice(max(0, first - _CHUNK), first + 2 * _CHUNK)
        bare = np.where(covered[part], np.float32(np.nan), seen[part])
        own = _median(np.asarray(bare, np.float32))
        cut = slice(first, first + _CHUNK)
        result[at[0][cut], at[1][cut]] = np.clip(1 - (1 - seen[cut]) / (1 - np.minimum(own, 0.8)), 0, 1)
    return np.ascontiguousarray(result.T if turned else result)


def _thin(faint: Mask, width: float) -> Mask:
    """Ink that is no wider than a streak."""
    side = round(width * PPM)
    wide = cv2.morphologyEx(faint.astype(np.uint8), cv2.MORPH_OPEN, np.ones((1, side + 1), np.uint8)) > 0
    return faint & ~wide


def _by_band(mask: Mask, edges: npt.NDArray[np.int_]) -> Ink:
    """Share of inked pixels by band and column, a pixel to either side forgiven."""
    wider = cv2.dilate(np.ascontiguousarray(mask).astype(np.uint8), np.ones((1, 3), np.uint8))
    return np.asarray([wider[first:last].mean(axis=0) for first, last in pairwise(edges)], np.float32)


def _endless(bands: Mask) -> npt.NDArray[np.uint8]:
    """The bands twice beside each other, so that a shifted one is a slice."""
    return np.concatenate([bands, bands], axis=1).astype(np.uint8)


def _whole(inked: npt.NDArray[np.uint8], hidden: npt.NDArray[np.uint8], lean: int) -> list[tuple[int, _Line]]:
    """(bands inked, line) of this lean that are inked all the way, as far as our own print lets them be seen."""
    width = inked.shape[1] // 2
    drawn, unseen = np.zeros(width, np.uint8), np.zeros(width, np.uint8)
    for band, shift in enumerate(np.linspace(0, lean, _BANDS).round().astype(int) % width):
        drawn += inked[band, shift : shift + width]
        unseen += hidden[band, shift : shift + width]
    seen = _BANDS - unseen.astype(int)
    good = (drawn >= thresholds.STREAK_WHOLE * seen) & (seen > _BANDS * thresholds.STREAK_SEEN)
    return [(int(drawn[column]), _Line(int(column), lean)) for column in np.flatnonzero(good)]


def _median(bare: Ink) -> Ink:
    """The median of each column over what isn't NaN, 0 where there are too few of them."""
    count = np.isfinite(bare).sum(axis=0)
    ranked, columns = np.sort(bare, axis=0), np.arange(bare.shape[1])  # NaN come last
    middle = (
        ranked[np.maximum(count - 1, 0) // 2, columns] + ranked[np.minimum(count // 2, len(bare) - 1), columns]
    ) / 2
    return np.where(count > _CHUNK / 4, middle, np.float32(0)).astype(np.float32)
