"""Rectangular stamps in and around the box: a frame of four straight strokes with words in it (作廢, VOID, 收訖).

A frame is looked for in all ink, so that one across a seal or a name is found as well; its words are read upright. No
such stamp binds a company, and many take back what stands under them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import cv2
import numpy as np

from parsers.scan import thresholds
from parsers.scan.hand_read import sense_of
from parsers.scan.ink import Mask, Piece, Region, region
from parsers.scan.layout import Layout
from parsers.scan.recognise import engine, recognise
from parsers.scan.register import PPM, Ink, Pixels, Registered
from parsers.scan.seal_ink import squared, without

_STEP = 2
"""Pixels of the template per pixel looked at: 4 a millimetre."""
_FINE = PPM // _STEP
_ANGLES = 4
"""Directions of straight strokes that are tried as those of a frame."""
_STROKES = 24
"""Longest strokes of a direction that may be a frame's sides."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """``where`` in pixels of the template; ``words`` what was read in it if it speaks against the copy, else empty."""

    where: Region
    words: str = ""


@dataclass(frozen=True, slots=True)
class _Frame:
    """A rectangle in the picture turned by ``angle`` degrees: left, top, right, bottom in its pixels.

    ``clear``: by how much its sides are inked more than what runs beside them.
    """

    clear: float
    angle: float
    left: int
    top: int
    right: int
    bottom: int


def find_stamp(page: Registered, ink: Mask, seals: tuple[Piece, ...], layout: Layout) -> Stamp | None:
    """The clearest framed stamp; the square seals that were found are none."""
    where = region(layout.sign_box, thresholds.SEAL_REACH)
    squares = tuple(seal for seal in seals if squared(seal))
    strokes = ink & (page.black > thresholds.DARK_INK)
    for drawn in (without(strokes, squares)[where], without(ink, squares)[where]):
        small = _small(drawn)
        frames = _by_clearness(small)
        if frames:
            return Stamp(_place(frames[0], small.shape, where), _words(page.dark[where], frames[0]))
    return None


def _by_clearness(small: Pixels) -> list[_Frame]:
    """All frames, the clearest first."""
    if np.count_nonzero(small) < thresholds.FRAME_LONG * _FINE:
        return []
    found = [frame for angle in _directions(small) for frame in _frames(small, angle)]
    return sorted(found, key=lambda one: -one.clear)


def _small(ink: Mask) -> Pixels:
    """Strokes at a quarter of a millimetre; whatever is much wider than a frame is left out."""
    size = ink.shape[1] // _STEP, ink.shape[0] // _STEP
    drawn = np.asarray(cv2.resize(ink.astype(np.uint8) * 255, size, interpolation=cv2.INTER_AREA) > 80, np.uint8)
    side = round(thresholds.FRAME_STROKE * _FINE) | 1
    wide = cv2.morphologyEx(drawn, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)))
    return np.asarray(cv2.subtract(drawn, wide.astype(np.uint8)), np.uint8)


def _directions(small: Pixels) -> list[float]:
    """Angles in −45 to 45 degrees at which most straight strokes lie, upright ones turned into level ones."""
    least = round(thresholds.FRAME_SHORT * _FINE)
    lines = cv2.HoughLinesP(small * 255, 1, np.pi / 180, least, minLineLength=least, maxLineGap=3)
    if lines is None:
        return []
    x, y, to_x, to_y = lines.reshape(-1, 4).T.astype(float)
    turn = (np.degrees(np.arctan2(to_y - y, to_x - x)) + 45) % 90
    count = np.bincount(turn.astype(int) % 90, np.hypot(to_x - x, to_y - y), 90)
    around = count + np.roll(count, 1) + np.roll(count, -1)
    found: list[float] = []
    for peak in np.argsort(-around):
        if len(found) == _ANGLES or around[peak] < 2 * least:
            break
        if all(min(abs(peak - one), 90 - abs(peak - one)) > 2 for one in found):
            found.append(float(peak))
    return [_refined(small, peak + 0.5 - 45) for peak in found]


def _refined(small: Pixels, angle: float) -> float:
    """The angle near by at which the strokes lie in the fewest rows and columns."""

    def sharp(at: float) -> float:
        drawn = _turned(small * 255, at).astype(np.float32)
        return float((drawn.sum(axis=1) ** 2).sum() + (drawn.sum(axis=0) ** 2).sum())

    return max((angle + step / 2 for step in range(-3, 4)), key=sharp)


def _turned(picture: Pixels, angle: float) -> Pixels:
    """The picture turned so that strokes at ``angle`` lie level, on a square that holds all of it."""
    return np.asarray(cv2.warpAffine(picture, _turn(picture.shape, angle), _square(picture.shape)), np.uint8)


def _square(shape: tuple[int, ...]) -> tuple[int, int]:
    side = int(np.hypot(shape[0], shape[1])) + 2
    return side, side


def _turn(shape: tuple[int, ...], angle: float) -> "np.ndarray[tuple[int, ...], np.dtype[np.float64]]":
    matrix = cv2.getRotationMatrix2D((shape[1] / 2, shape[0] / 2), angle, 1.0)
    side = _square(shape)[0]
    middle = np.array([(side - shape[1]) / 2, (side - shape[0]) / 2])
    return np.column_stack([matrix[:, :2], matrix[:, 2] + middle])


def _frames(small: Pixels, angle: float) -> Iterator[_Frame]:
    """Rectangles whose four sides are drawn."""
    drawn = np.asarray(_turned(small * 255, angle) > 100, np.uint8)
    thick = cv2.dilate(drawn, np.ones((3, 3), np.uint8)) > 0
    level = _strokes(thick, round(thresholds.FRAME_LONG * _FINE * 0.6))
    upright = _strokes(np.ascontiguousarray(thick.T), round(thresholds.FRAME_SHORT * _FINE * 0.6))
    for (top, *first), (bottom, *second) in combinations(level, 2):
        if not thresholds.FRAME_SHORT * _FINE <= bottom - top <= thresholds.FRAME_TALLEST * _FINE:
            continue
        low, high = min(first[0], second[0]) - 4, max(first[1], second[1]) + 4
        sides = [at for at, start, end in upright if low <= at <= high and start < bottom and end > top]
        for left, right in combinations(sides, 2):
            if right - left >= thresholds.FRAME_LONG * _FINE:
                clear = _clear(drawn > 0, left, top, right, bottom)
                if clear >= thresholds.FRAME_CLEAR:
                    yield _Frame(clear, angle, left, top, right, bottom)


def _strokes(thick: Mask, least: int) -> list[tuple[int, int, int]]:
    """(row, first column, last column) of level strokes of that length, the longest of them, from the top."""
    runs = cv2.morphologyEx(thick.astype(np.uint8), cv2.MORPH_OPEN, np.ones((1, least), np.uint8))
    count, _, stats, centres = cv2.connectedComponentsWithStats(runs, connectivity=8)
    order = sorted(range(1, count), key=lambda at: -int(stats[at][2]))[:_STROKES]
    return sorted((round(float(centres[at][1])), int(stats[at][0]), int(stats[at][0] + stats[at][2])) for at in order)


def _clear(drawn: Mask, left: int, top: int, right: int, bottom: int) -> float:
    """By how much the sides are inked more than lines a millimetre beside them; 0 where one is hardly inked."""
    sides = _sides(drawn, left, top, right, bottom)
    if min(sides) < thresholds.FRAME_DRAWN:
        return 0.0
    beside = [sum(_sides(drawn, left + k, top + k, right - k, bottom - k)) / 4 for k in (_FINE, -_FINE)]
    return sum(sides) / 4 - sum(beside) / 2


def _sides(drawn: Mask, left: int, top: int, right: int, bottom: int) -> list[float]:
    """Share of each side of a rectangle that is inked, a pixel to either side forgiven."""
    strips = (
        drawn[max(0, top - 1) : top + 2, left:right],
        drawn[max(0, bottom - 1) : bottom + 2, left:right],
        drawn[top:bottom, max(0, left - 1) : left + 2].T,
        drawn[top:bottom, max(0, right - 1) : right + 2].T,
    )
    return [float(strip.any(axis=0).mean()) if strip.size else 0.0 for strip in strips]


def _place(frame: _Frame, shape: tuple[int, ...], where: Region) -> Region:
    """The frame's bounding box on the template."""
    back = cv2.invertAffineTransform(_turn(shape, frame.angle))
    corners = np.array([(x, y, 1) for x in (frame.left, frame.right) for y in (frame.top, frame.bottom)], np.float64)
    at = corners @ back.T * _STEP
    (left, top), (right, bottom) = at.min(axis=0).astype(int).tolist(), at.max(axis=0).astype(int).tolist()
    rows, columns = where[0].start, where[1].start
    return slice(max(0, rows + top), rows + bottom + 1), slice(max(0, columns + left), columns + right + 1)


def _words(dark: Ink, frame: _Frame) -> str:
    """What stands in the frame, where it was read as something that differs."""
    if engine() is None:
        return ""
    picture = np.asarray(255 - np.clip(dark, 0, 1) * 255, np.uint8)
    matrix = _turn((dark.shape[0] // _STEP, dark.shape[1] // _STEP), frame.angle) @ np.diag([1 / _STEP, 1 / _STEP, 1])
    side = _square((dark.shape[0] // _STEP, dark.shape[1] // _STEP))
    upright = cv2.warpAffine(picture, matrix * 2, (side[0] * 2, side[1] * 2), flags=cv2.INTER_AREA, borderValue=255)
    rim = PPM
    cut = upright[frame.top * 2 + rim : frame.bottom * 2 - rim, frame.left * 2 + rim : frame.right * 2 - rim]
    if min(cut.shape) < PPM:
        return ""
    line = cv2.resize(cut, (max(8, round(cut.shape[1] * 64 / cut.shape[0])), 64), interpolation=cv2.INTER_AREA)
    edged = np.asarray(cv2.copyMakeBorder(line, 6, 6, 16, 16, cv2.BORDER_CONSTANT, value=255), np.uint8)
    reads = [recognise(edged), recognise(np.asarray(cv2.rotate(edged, cv2.ROTATE_180), np.uint8))]
    return next((read.text for read in reads if sense_of(read) == "differs"), "")
