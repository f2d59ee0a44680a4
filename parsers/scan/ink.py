"""Ink that our template doesn't have: where it is, in which pieces, and which fields they lie in."""

from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from parsers.scan import thresholds
from parsers.scan.layout import Box
from parsers.scan.register import HEIGHT, PPM, WIDTH, Registered

Mask = npt.NDArray[np.bool_]
Region = tuple[slice, slice]


@dataclass(frozen=True, slots=True)
class Piece:
    """Strokes that belong together: bounding box in mm, ``area`` of ink in mm², and its own ink within ``region``."""

    x: float
    y: float
    width: float
    height: float
    area: float
    region: Region
    ink: Mask

    @property
    def centre(self) -> tuple[float, float]:
        """Centre of the bounding box in mm."""
        return self.x + self.width / 2, self.y + self.height / 2


def kernel(millimetres: float) -> npt.NDArray[np.uint8]:
    """A round structuring element of that diameter."""
    side = max(1, round(millimetres * PPM)) | 1
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)), np.uint8)


def region(box: Box, grow: float = 0.0) -> Region:
    """The pixels of a box, grown (or shrunk) by so many mm on each side."""
    top, bottom = round((box.y - grow) * PPM), round((box.y + box.height + grow) * PPM)
    left, right = round((box.x - grow) * PPM), round((box.x + box.width + grow) * PPM)
    return slice(max(0, top), min(HEIGHT, max(top, bottom))), slice(max(0, left), min(WIDTH, max(left, right)))


def area(mask: Mask) -> float:
    """Area of ink in mm²."""
    return float(np.count_nonzero(mask)) / PPM**2


def extra(page: Registered) -> tuple[Mask, Mask]:
    """(all ink that isn't ours, its coloured part); single specks and the paper's edge are left out."""
    coloured = (page.colour > thresholds.COLOUR_INK) & (page.dark > 0.15)
    mask = ((page.dark > thresholds.DARK_INK) & ~page.near) | coloured
    if page.streaks is not None:  # what is left of a streak isn't ink; a seal's ring that it crosses stays whole
        mask &= ~page.streaks | coloured | (page.dark > thresholds.INK_ON_STREAK)
    if page.foreign is not None:
        mask &= ~page.foreign
    rim = round(thresholds.EDGE * PPM)
    for strip in (np.s_[:rim], np.s_[-rim:], np.s_[:, :rim], np.s_[:, -rim:]):
        mask[strip] = False
    cleaned = _cleaned(mask)
    return cleaned, coloured & cleaned


def with_pale_strokes(page: Registered, ink: Mask, where: Region) -> Mask:
    """The ink, within ``where`` with the paler parts of its strokes: a thin pen breaks up at the usual limit.

    Only where nothing is printed; what is pale all along is no stroke.
    """
    pale = (page.dark[where] > thresholds.PALE_STROKE) & ~page.near[where]
    for away in (page.streaks, page.foreign):
        if away is not None:
            pale &= ~away[where]
    _, labels = cv2.connectedComponents(pale.astype(np.uint8), connectivity=8)
    sure = np.bincount(labels[ink[where] & pale], minlength=int(labels.max()) + 1) >= thresholds.PALE_SURE * PPM**2
    sure[0] = False
    grown = ink.copy()
    grown[where] |= sure[labels]
    return grown if area(grown[where]) <= thresholds.PALE_GROWTH * area(ink[where]) else ink


def _cleaned(mask: Mask) -> Mask:
    """Without specks, and without thin lines from edge to edge: those are the scanner's, or folds."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=8)
    if count == 1:
        return mask
    width, height, size = (stats[:, column] for column in (cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT, cv2.CC_STAT_AREA))
    thin = size < 1.6 * PPM * np.maximum(width, height)
    streak = thin & ((width > 0.96 * WIDTH) | (height > 0.96 * HEIGHT))
    keep = (size >= thresholds.SPECK * PPM**2) & ~streak
    keep[0] = False
    return np.asarray(keep[labels], np.bool_)


def whole(mask: Mask) -> Piece | None:
    """All ink as one piece; None where there is none."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not len(rows):
        return None
    where = (slice(int(rows[0]), int(rows[-1]) + 1), slice(int(columns[0]), int(columns[-1]) + 1))
    ink = mask[where]
    return Piece(
        where[1].start / PPM, where[0].start / PPM, ink.shape[1] / PPM, ink.shape[0] / PPM, area(ink), where, ink
    )


def pieces(mask: Mask, join: float = thresholds.JOIN) -> list[Piece]:
    """Ink joined over gaps of ``join`` mm, largest first."""
    return _joined(mask, kernel(join))


def pieces_joined(mask: Mask, across: float, down: float) -> list[Piece]:
    """The same with one gap to the side and another downwards: lines of writing."""
    shape = (max(1, round(down * PPM)) | 1, max(1, round(across * PPM)) | 1)
    return _joined(mask, np.ones(shape, np.uint8))


def _joined(mask: Mask, structure: npt.NDArray[np.uint8]) -> list[Piece]:
    everything = whole(mask)
    if everything is None:
        return []
    rows, columns = everything.region
    margin = max(structure.shape) + 1
    padded = np.pad(everything.ink, margin)
    joined = cv2.dilate(padded.astype(np.uint8), structure)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    found: list[Piece] = []
    for index in range(1, count):
        left, top, width, height, _ = (int(value) for value in stats[index])
        where = (slice(top, top + height), slice(left, left + width))
        piece = whole(padded[where] & (labels[where] == index))
        if piece is not None:
            found.append(moved(piece, rows.start + top - margin, columns.start + left - margin))
    return sorted(found, key=lambda piece: -piece.area)


def united(first: Piece, second: Piece) -> Piece:
    """Two pieces of one mask as one."""
    (rows, columns), (more_rows, more_columns) = first.region, second.region
    where = (
        slice(min(rows.start, more_rows.start), max(rows.stop, more_rows.stop)),
        slice(min(columns.start, more_columns.start), max(columns.stop, more_columns.stop)),
    )
    ink = np.zeros((where[0].stop - where[0].start, where[1].stop - where[1].start), np.bool_)
    for piece in (first, second):
        top, left = piece.region[0].start - where[0].start, piece.region[1].start - where[1].start
        ink[top : top + piece.ink.shape[0], left : left + piece.ink.shape[1]] |= piece.ink
    x, y = min(first.x, second.x), min(first.y, second.y)
    return Piece(x, y, ink.shape[1] / PPM, ink.shape[0] / PPM, first.area + second.area, where, ink)


def moved(piece: Piece, down: int, right: int) -> Piece:
    """The same piece so many pixels further down and right."""
    rows, columns = piece.region
    where = (slice(rows.start + down, rows.stop + down), slice(columns.start + right, columns.stop + right))
    return replace(piece, x=piece.x + right / PPM, y=piece.y + down / PPM, region=where)


def complexity(ink: Mask) -> float:
    """Length of the strokes over the diagonal of their box: a line has 1, a cross 2, writing 3 and more."""
    padded = np.pad(ink, 2).astype(np.uint8)
    diagonal = float(np.hypot(*ink.shape))
    return float(np.count_nonzero(_skeleton(padded))) * 1.12 / max(diagonal, 1.0)


def _skeleton(ink: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """Centre lines: ridges of the distance to the ink's edge (quick, within 10 % of a thinning's length)."""
    distance = cv2.distanceTransform(ink, cv2.DIST_L2, 3)
    across = (distance >= np.roll(distance, 1, 1)) & (distance > np.roll(distance, -1, 1))
    down = (distance >= np.roll(distance, 1, 0)) & (distance > np.roll(distance, -1, 0))
    return np.asarray(((across | down) & (distance > 0.5)).astype(np.uint8), np.uint8)


def solidity(ink: Mask, millimetres: float = 2.4) -> float:
    """Share of the ink that survives an opening: blots do, strokes don't."""
    opened = cv2.morphologyEx(ink.astype(np.uint8), cv2.MORPH_OPEN, kernel(millimetres))
    return float(np.count_nonzero(opened)) / max(1, int(np.count_nonzero(ink)))
