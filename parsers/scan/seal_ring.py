"""The text on a round or oval seal laid straight: the ring as one strip from gap to gap, the lines inside upright.

Angles are in steps of the polar picture, clockwise from three o'clock; radii are shares of the outer radius.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np

from parsers.scan import seal_thresholds as limits
from parsers.scan.seal_find import Mask, Pixels, Plane, Seal

_STEPS, _LEVELS = 1440, 220
_TOP = 1.1
"""The polar picture reaches a tenth beyond the ring."""


@dataclass(frozen=True, slots=True)
class Polar:
    """A seal unrolled: ``ink`` (0–1) has a row per level from the outside in and a column per step clockwise."""

    seal: Seal
    ink: Plane

    def level(self, radius: float) -> int:
        """The row of a radius."""
        return round((1 - radius / _TOP) * (_LEVELS - 1))

    def radius(self, level: int) -> float:
        """The radius of a row."""
        return (1 - level / (_LEVELS - 1)) * _TOP


def unroll(seal: Seal) -> Polar:
    """The whole disc by angle and radius."""
    grey = _sample(
        seal,
        seal.ink,
        np.linspace(_TOP, 0, _LEVELS, dtype=np.float32),
        np.linspace(0, 2 * np.pi, _STEPS, endpoint=False, dtype=np.float32),
    )
    return Polar(seal, np.asarray(1 - grey / np.float32(255), np.float32))


def _sample(seal: Seal, picture: Pixels, radii: Plane, angles: Plane) -> Plane:
    turn = np.deg2rad(seal.angle)
    along = seal.axes[0] * radii[:, None] * np.cos(angles - turn)[None]
    across = seal.axes[1] * radii[:, None] * np.sin(angles - turn)[None]
    x = seal.centre[0] + along * np.cos(turn) - across * np.sin(turn)
    y = seal.centre[1] + along * np.sin(turn) + across * np.cos(turn)
    taken = cv2.remap(
        picture,
        x.astype(np.float32),
        y.astype(np.float32),
        cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=255,
    )
    return np.asarray(taken, np.float32)


def bands(polar: Polar) -> tuple[tuple[float, float], ...]:
    """(inner, outer) radii where the name may stand: as the ink tells, then the usual ones."""
    covered = (polar.ink > 0.35).mean(axis=1)
    ring_end = _ring_end(covered > 0.5, polar.level(1.04), polar.level(0.8))
    outer_level = ring_end + 2 if ring_end else polar.level(0.94)
    start = next((level for level in range(outer_level, _LEVELS) if covered[level] > 0.06), outer_level)
    plateau = float(np.median(covered[start + 8 : start + 40]))
    thin = covered < limits.BAND_END * plateau
    end = next((level for level in range(start + 18, polar.level(0.4)) if thin[level : level + 4].all()), None)
    outer = polar.radius(max(outer_level, start - 3))
    if end is None or not 0.12 < outer - polar.radius(end) < 0.45:
        return ((max(0.5, outer - 0.34), outer), *limits.BANDS)
    return ((polar.radius(end + 2), outer), *limits.BANDS)


def _ring_end(dense: Mask, first: int, last: int) -> int:
    """The innermost level of the ring, with a thin second one close inside; 0 without any. Dense text is no ring."""
    end = 0
    for low, high in _lines(dense[first:last]):
        if end and (low + first - end > 0.07 * _LEVELS or high - low > 0.03 * _LEVELS):
            break
        end = high + first
    return end


def _lines(dense: Mask) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate([[False], dense, [False]]).astype(np.int8)))
    return [(int(first), int(last)) for first, last in zip(edges[::2], edges[1::2], strict=True)]


def gap(polar: Polar, band: tuple[float, float]) -> tuple[int, int]:
    """(first, last) step of the part of the ring without the name; ``last`` may pass the full turn.

    Only the middle of the band counts: small numbers stand in its outer part, corners of a title in its inner. What
    still reaches it is told from the name by being shorter.
    """
    inked = _middle(polar, band)
    if not inked.any() or inked.all():
        return _STEPS // 4 - 5, _STEPS // 4 + 5
    for blank in (_STEPS // 24, _STEPS // 12):
        runs = _runs(inked, blank)
        first, last = max(runs, key=lambda run: run[1] - run[0])
        if last - first < _STEPS - blank and _inked(inked, first, last) > limits.NAME_SHARE * inked.sum():
            return last, first + _STEPS
    return blanks(polar, band)[0]


def blanks(polar: Polar, band: tuple[float, float]) -> list[tuple[int, int]]:
    """The widest runs of steps without ink, at most three."""
    inked = _middle(polar, band)
    if not inked.any() or inked.all():
        return []
    runs = _runs(inked, 0)
    between = [(last, follower[0]) for (_, last), follower in pairwise(runs)]
    found = [*between, (runs[-1][1], runs[0][0] + _STEPS)]
    return sorted(found, key=lambda blank: blank[0] - blank[1])[:3]


def _middle(polar: Polar, band: tuple[float, float]) -> Mask:
    """Which steps have ink in the middle of a band."""
    inner, outer = band
    rows = polar.ink[polar.level(outer - (outer - inner) * 0.36) : polar.level(outer - (outer - inner) * 0.5)]
    return np.asarray((rows > 0.4).mean(axis=0) > 0.05, np.bool_)


def _inked(inked: Mask, first: int, last: int) -> int:
    return int(np.take(inked, range(first, last), mode="wrap").sum())


def _runs(inked: Mask, blank: int) -> list[tuple[int, int]]:
    """Runs around the circle, joined over blanks of so many steps; the last may pass the full turn."""
    start = int(inked.argmax()) if not inked[0] else int((~inked).argmax() + inked[int((~inked).argmax()) :].argmax())
    turned = np.roll(inked, -start)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], turned, [False]]).astype(np.int8)))
    joined: list[tuple[int, int]] = []
    for first, last in zip(edges[::2] + start, edges[1::2] + start, strict=True):
        if joined and first - joined[-1][1] <= blank:
            joined[-1] = (joined[-1][0], int(last))
        else:
            joined.append((int(first), int(last)))
    if len(joined) > 1 and joined[0][0] + _STEPS - joined[-1][1] <= blank:
        joined[-1] = (joined[-1][0], joined.pop(0)[1] + _STEPS)
    return joined


def strip(polar: Polar, picture: Pixels, band: tuple[float, float], blank: tuple[int, int]) -> Pixels:
    """The band from the end of the gap clockwise to its beginning, as a line of black text on white."""
    inner, outer = band
    seal = polar.seal
    width = blank[1] - blank[0]
    margin = min(max(2, width // 3), 40)
    first, last = blank[1] - margin, blank[0] + _STEPS + margin
    middle = (inner + outer) / 2 * (seal.axes[0] + seal.axes[1]) / 2
    height = (outer - inner) * (seal.axes[0] + seal.axes[1]) / 2
    length = round((last - first) / _STEPS * 2 * np.pi * middle / height * limits.STRIP)
    angles = np.linspace(first, last, max(length, limits.STRIP), dtype=np.float32) / np.float32(_STEPS / 2 / np.pi)
    line = _sample(seal, picture, np.linspace(outer, inner, limits.STRIP, dtype=np.float32), angles)
    return np.asarray(
        cv2.copyMakeBorder(np.clip(line, 0, 255).astype(np.uint8), 6, 6, 12, 12, cv2.BORDER_CONSTANT, value=255)
    )


def inner_lines(polar: Polar, picture: Pixels, band: tuple[float, float], blank: tuple[int, int]) -> Iterator[Pixels]:
    """Lines under the star (財務專用章, a number) upright, as pictures of one line each, at most three."""
    seal = polar.seal
    middle = (blank[0] + blank[1]) / 2 / _STEPS * 360
    turn = cv2.getRotationMatrix2D(seal.centre, middle - 90, 1.0)
    upright = cv2.warpAffine(picture, turn, picture.shape[::-1], flags=cv2.INTER_CUBIC, borderValue=255)
    across, down = seal.axes if abs(seal.angle % 180 - 90) > 45 else seal.axes[::-1]
    y, x = np.mgrid[0 : upright.shape[0], 0 : upright.shape[1]].astype(np.float32)
    within = np.hypot((x - seal.centre[0]) / across, (y - seal.centre[1]) / down) < band[1]
    ink = (upright < 150) & within
    top, bottom = round(seal.centre[1] + 0.2 * down), round(seal.centre[1] + 0.9 * down)
    left, right = round(seal.centre[0] - 0.3 * across), round(seal.centre[0] + 0.3 * across)
    for low, high in _rows(ink[top:bottom, left:right].sum(axis=1), 0.09 * down, 0.42 * down):
        rows = slice(top + low - 2, top + high + 2)
        first, last = _grown(ink[rows].any(axis=0), round(seal.centre[0]), high - low)
        if last - first > 0.3 * across:
            cut = np.where(within, upright, 255)[rows, first:last].astype(np.uint8)
            line = cv2.resize(
                cut, None, fx=(scale := limits.STRIP / cut.shape[0]), fy=scale, interpolation=cv2.INTER_CUBIC
            )
            yield np.asarray(cv2.copyMakeBorder(line, 6, 6, 12, 12, cv2.BORDER_CONSTANT, value=255), np.uint8)


def _grown(inked: Mask, middle: int, height: int) -> tuple[int, int]:
    """The columns of a line around its middle, as far as no blank is wider than half a character."""
    most = max(4, round(0.55 * height))
    first, last = middle, middle
    for _ in range(len(inked)):
        left = np.flatnonzero(inked[max(0, first - most) : first])
        right = np.flatnonzero(inked[last + 1 : last + 1 + most])
        if not len(left) and not len(right):
            break
        first = max(0, first - most) + int(left[0]) if len(left) else first
        last = last + 1 + int(right[-1]) if len(right) else last
    return max(0, first - 4), last + 5


def _rows(ink: Plane, least: float, most: float) -> list[tuple[int, int]]:
    """Runs of rows with ink that are as high as a line of text."""
    return [(first, last) for first, last in _lines(np.asarray(ink > 2)) if least <= last - first <= most][:3]
