"""A square seal's characters put in one row: columns from the right as they are carved, or rows as they are typed."""

from collections.abc import Iterator

import cv2
import numpy as np

from parsers.scan.seal_find import Mask, Pixels, Seal

_CELL = 64


def straight(seal: Seal) -> Pixels:
    """The seal upright, without its frame."""
    angle = seal.angle if abs(seal.angle) <= 45 else seal.angle - 90 * np.sign(seal.angle)
    half = seal.axes if abs(seal.angle) <= 45 else seal.axes[::-1]
    matrix = cv2.getRotationMatrix2D(seal.centre, float(angle), 1.0)
    turned = cv2.warpAffine(seal.ink, matrix, seal.ink.shape[::-1], flags=cv2.INTER_CUBIC, borderValue=255)
    left, top = round(seal.centre[0] - half[0]), round(seal.centre[1] - half[1])
    whole = turned[max(0, top) : round(seal.centre[1] + half[1]), max(0, left) : round(seal.centre[0] + half[0])]
    frame = _frame(whole < 150)
    return np.asarray(whole[frame:-frame, frame:-frame], np.uint8)


def _frame(ink: Mask) -> int:
    """How many pixels from the edge the frame ends on all four sides."""
    most = int(min(ink.shape)) // 6
    depths = [2]
    for side in (ink.mean(axis=1), ink.mean(axis=1)[::-1], ink.mean(axis=0), ink.mean(axis=0)[::-1]):
        dense = side[:most] > 0.6
        if dense.any():
            start = int(dense.argmax())
            depths.append(start + int((~dense[start:]).argmax() if not dense[start:].all() else most - start) + 2)
    return min(max(depths), most)


def lines(seal: Seal) -> Iterator[Pixels]:
    """The characters as one line in three orders: columns from the right, rows, rows from the right."""
    picture = straight(seal)
    columns = _cells(picture, vertical=True)
    rows = _cells(picture, vertical=False)
    if columns:
        yield _row([cell for column in reversed(columns) for cell in column])
    if rows:
        yield _row([cell for row in rows for cell in row])
        yield _row([cell for row in rows for cell in reversed(row)])


def _cells(picture: Pixels, *, vertical: bool) -> list[list[Pixels]]:
    """Characters by columns (or rows); empty where no clear grid is seen."""
    turned = picture if vertical else np.ascontiguousarray(picture.T)
    ink = turned < 150
    pitch = _runs(ink.mean(axis=0))
    found = []
    for left, right in pitch:
        column = ink[:, left:right]
        cells = _squares(_runs(column.mean(axis=1)), right - left)
        pictures = [turned[top:bottom, left:right] for top, bottom in cells]
        found.append([cell if vertical else np.ascontiguousarray(cell.T) for cell in pictures])
    count = sum(map(len, found))
    return found if 2 <= count <= 30 else []


def _runs(share: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]") -> list[tuple[int, int]]:
    """Runs with ink, those of a few pixels left out."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], share > 0.012, [False]]).astype(np.int8)))
    pairs = zip(edges[::2], edges[1::2], strict=True)
    return [(int(first), int(last)) for first, last in pairs if last - first >= 6]


def _squares(runs: list[tuple[int, int]], width: int) -> list[tuple[int, int]]:
    """Parts of one character (二, 昌) joined: no taller than 1.25 times the column's width together."""
    joined: list[tuple[int, int]] = []
    for first, last in runs:
        if (
            joined
            and last - joined[-1][0] <= 1.1 * width
            and (joined[-1][1] - joined[-1][0] < 0.7 * width or last - first < 0.4 * width)
        ):
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    return joined


def _row(cells: list[Pixels]) -> Pixels:
    """Cells side by side at one height."""
    return np.concatenate([_fitted(cell) for cell in cells], axis=1)


def _fitted(cell: Pixels) -> Pixels:
    """A cell scaled into a square with a margin."""
    scale = (_CELL - 10) / max(cell.shape)
    small = cv2.resize(cell, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
    top, left = (_CELL - small.shape[0]) // 2, (_CELL - small.shape[1]) // 2
    ground = np.full((_CELL, _CELL), 255, np.uint8)
    ground[top : top + small.shape[0], left : left + small.shape[1]] = small
    return ground
