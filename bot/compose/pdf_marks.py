"""What machines read on our pages: ArUco marks and QR codes, as black rectangles in millimetres.

The marks come from a constant table, so that composing needs no OpenCV; a test holds it against OpenCV's own.
"""

from collections.abc import Iterator
from functools import cache, lru_cache

import segno

from parsers.scan.layout import MARK_MARGIN, MARK_SIZE, PAGE_HEIGHT, PAGE_WIDTH

MARK_IDS = (0, 1, 2, 3)
"""Clockwise from the top left."""
_WHITE_CELLS = (
    ("1011", "0101", "0011", "0010"),
    ("0000", "1111", "1001", "1010"),
    ("0011", "0011", "0010", "1101"),
    ("1001", "1001", "0100", "0110"),
)
"""DICT_4X4_50, ids 0–3: the inner 4×4 cells row by row, 1 is white; one black cell runs around them."""
_MARK_CELLS = 6
_OVERLAP = 0.01
"""Rectangles overlap by this much, so that no renderer shows a seam between them."""

Rectangle = tuple[float, float, float, float]
"""x, y of the top left corner, width, height."""


@cache
def marks() -> tuple[Rectangle, ...]:
    """The black rectangles of all four marks of a page."""
    right, bottom = PAGE_WIDTH - MARK_MARGIN - MARK_SIZE, PAGE_HEIGHT - MARK_MARGIN - MARK_SIZE
    corners = ((MARK_MARGIN, MARK_MARGIN), (right, MARK_MARGIN), (right, bottom), (MARK_MARGIN, bottom))
    found: list[Rectangle] = []
    for mark, (x, y) in zip(MARK_IDS, corners, strict=True):
        rows = ["000000", *(f"0{cells}0" for cells in _WHITE_CELLS[mark]), "000000"]
        found += _runs([[cell == "0" for cell in row] for row in rows], x, y, MARK_SIZE / _MARK_CELLS)
    return tuple(found)


def qr(text: str, x: float, y: float, size: float) -> tuple[Rectangle, ...]:
    """The black rectangles of a QR code of level Q, ``size`` mm wide without its quiet zone."""
    rows = _modules(text)
    return tuple(_runs(rows, x, y, size / len(rows)))


@lru_cache(maxsize=16)
def _modules(text: str) -> list[list[bool]]:
    """The code's cells; a page shows the same code twice.

    The mask is fixed: readers take it from the code, and choosing one costs five times the rest.
    """
    code = segno.make(text, error="q", micro=False, boost_error=False, mask=3)
    return [[bool(module) for module in row] for row in code.matrix]


def _runs(rows: list[list[bool]], x: float, y: float, cell: float) -> Iterator[Rectangle]:
    """Each row's runs of black cells as one rectangle."""
    for down, row in enumerate(rows):
        start = None
        for across, black in enumerate([*row, False]):
            if black and start is None:
                start = across
            elif not black and start is not None:
                yield x + start * cell, y + down * cell, (across - start) * cell + _OVERLAP, cell + _OVERLAP
                start = None
