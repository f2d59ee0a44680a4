"""A picture laid over the box: a rectangle of another paper tone with straight edges around the mark.

Seen on the page as it came, before its light was made even; shadows and creases have no four straight edges.
"""

import cv2
import numpy as np
import numpy.typing as npt

from parsers.scan import thresholds
from parsers.scan.ink import region
from parsers.scan.layout import Layout
from parsers.scan.register import PPM, Registered

_STEP = 2
"""Pixels of the template per pixel looked at: 4 a millimetre."""
_FINE = PPM // _STEP


def patched(page: Registered, layout: Layout) -> bool:
    """Whether the tone of the paper steps at all four sides of a rectangle in or around the box."""
    if page.light is None:
        return False
    rows, columns = region(layout.sign_box, 12)
    cut = page.light[rows, columns]
    small = cv2.resize(cut, None, fx=1 / _STEP, fy=1 / _STEP, interpolation=cv2.INTER_AREA)
    side = round(thresholds.PATCH_CLOSED * _FINE) | 1
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((side, side), np.uint8))
    tone = np.asarray(cv2.GaussianBlur(paper.astype(np.float32), (0, 0), 1.0), np.float32)
    left, right = _edges(tone)
    top, bottom = _edges(np.ascontiguousarray(tone.T))
    return any(_opposite(left, right, sign) and _opposite(top, bottom, sign) for sign in (1, -1))


def _edges(tone: npt.NDArray[np.float32]) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """(column, sign) of straight upright steps of the tone: upwards and downwards seen from the left."""
    reach = _FINE
    step = tone[:, 2 * reach :] - tone[:, : -2 * reach]
    found: dict[int, list[tuple[int, int]]] = {1: [], -1: []}
    for sign in (1, -1):
        steep = (sign * step > thresholds.PATCH_STEP).astype(np.uint8)
        long = cv2.morphologyEx(steep, cv2.MORPH_OPEN, np.ones((round(thresholds.PATCH_SIDE * _FINE), 1), np.uint8))
        columns = np.flatnonzero(long.any(axis=0))
        if len(columns):
            groups = np.split(columns, np.flatnonzero(np.diff(columns) > 1) + 1)
            sharp = [group for group in groups if len(group) <= 3 * reach]
            found[sign] = [(int(group.mean()) + reach, sign) for group in sharp]
    return found[1], found[-1]


def _opposite(up: list[tuple[int, int]], down: list[tuple[int, int]], sign: int) -> bool:
    """Whether the tone steps one way and back again at least a seal's width further on."""
    first, second = (up, down) if sign > 0 else (down, up)
    return any(b - a >= thresholds.PATCH_SIDE * _FINE for a, _ in first for b, _ in second)
