"""Seals on a picture of the slip: round and oval ones by their ring, square ones by their frame, each colour by itself.

A picture is RGB at 8 pixels a millimetre. Black seals are looked for where there is no coloured one; what is found is
cut out as grey ink (255 is paper), so that the reader needs no colour.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
import numpy.typing as npt

from parsers.scan import seal_thresholds as limits

Pixels = npt.NDArray[np.uint8]
Plane = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]
Colour = Literal["red", "blue", "black"]
PPM = 8
_ANGLES = 180


@dataclass(frozen=True, slots=True)
class Seal:
    """One seal cut out; centre and half axes in pixels of the cutting, ``angle`` in degrees of the first axis.

    ``ink`` is how dark its own colour is (JPEG keeps brightness sharper than colour), ``plain`` how dark everything is:
    with strokes of pens over the seal.
    """

    shape: Literal["round", "square"]
    colour: Colour
    ink: Pixels
    plain: Pixels
    centre: tuple[float, float]
    axes: tuple[float, float]
    angle: float


@dataclass(frozen=True, slots=True)
class _Outline:
    """Where a seal is on the picture, in pixels."""

    shape: Literal["round", "square"]
    centre: tuple[float, float]
    axes: tuple[float, float]
    angle: float


def find_seals(rgb: Pixels) -> tuple[Seal, ...]:
    """The seals of a picture, largest first, at most ``limits.SEALS``; none where the picture is out of all measure."""
    if rgb.shape[0] * rgb.shape[1] > limits.LARGEST or min(rgb.shape[:2]) < limits.SIDE[0] * PPM:
        return ()
    found: list[Seal] = []
    dark = _dark(rgb)
    planes: tuple[tuple[Colour, Plane], ...] = (("red", _tinted(rgb, 1)), ("blue", _tinted(rgb, -1)), ("black", dark))
    for colour, plane in planes:
        if colour == "black" and found:
            break
        least = limits.BLACK_INK if colour == "black" else limits.INK_COLOUR
        found.extend(_cut_out(outline, plane, dark, colour) for outline in _outlines(plane > least))
    return tuple(sorted(found, key=lambda seal: -seal.axes[0] * seal.axes[1])[: limits.SEALS])


def _dark(rgb: Pixels) -> Plane:
    """Any ink: 0 is paper, 1 is black."""
    return np.asarray(1 - rgb.min(axis=2) / np.float32(255), np.float32)


def _tinted(rgb: Pixels, sign: int) -> Plane:
    """How much red (sign 1) or blue (−1) ink there is: the difference of the channels where the hue fits."""
    red, green, blue = (rgb[..., index].astype(np.float32) / 255 for index in range(3))
    hue = (red - blue) * sign
    own = red if sign > 0 else blue
    plane = np.where(hue > limits.HUE, own - np.minimum(green, blue if sign > 0 else red), 0)
    return np.asarray(cv2.GaussianBlur(np.clip(plane, 0, 1), (0, 0), 0.7), np.float32)


def _outlines(mask: Mask) -> Iterator[_Outline]:
    """Rings first, whose ink is then taken away, then frames and ovals in what is left."""
    left = mask.copy()
    for _ in range(limits.SEALS):
        ring = _ring(left)
        if ring is None:
            break
        yield ring
        cover = np.zeros(left.shape, np.uint8)
        cv2.circle(cover, _point(ring.centre), round(ring.axes[0] + PPM), 1, -1)
        left &= cover == 0
    for piece in _pieces(left):
        framed = _framed(*piece)
        if framed is not None:
            yield framed


def _point(at: tuple[float, float]) -> tuple[int, int]:
    return round(at[0]), round(at[1])


def _ring(mask: Mask) -> _Outline | None:
    """The best circle of a seal's size whose ring is inked nearly all the way round."""
    points = _outer_points(mask)
    if len(points) < 60:
        return None
    thick = cv2.dilate(mask.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    random = np.random.default_rng(len(points))
    three = points[random.integers(0, len(points), (1500, 3))]
    circles = _circles(three)
    if not len(circles):
        return None
    covered = _coverage(thick, circles)
    order = np.argsort(-covered)[:12]
    best = max((_refined(mask, thick, circles[index]) for index in order), key=lambda pair: pair[0])
    if best[0] < limits.RING:
        return None
    x, y, radius = (float(value) for value in best[1])
    return _Outline("round", (x, y), (radius, radius), 0.0)


def _outer_points(mask: Mask) -> Plane:
    """The first and last inked pixel of every row and column of every piece: mostly rings."""
    found = []
    for rows, columns, ink in _pieces(mask, 2.0):
        down, across = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
        first, last = ink.argmax(axis=1), ink.shape[1] - 1 - ink[:, ::-1].argmax(axis=1)
        top, bottom = ink.argmax(axis=0), ink.shape[0] - 1 - ink[::-1].argmax(axis=0)
        xs = np.concatenate([first[down], last[down], across, across])
        ys = np.concatenate([down, down, top[across], bottom[across]])
        found.append(np.stack([xs + columns.start, ys + rows.start], axis=1))
    return np.asarray(np.concatenate(found) if found else np.zeros((0, 2)), np.float32)


def _circles(three: Plane) -> Plane:
    """(x, y, radius) of the circles through triples of points, those of a seal's size."""
    (ax, ay), (bx, by), (cx, cy) = (three[:, index].T for index in range(3))
    twice = 2 * (ax * (by - cy) + bx * (cy - ay) + cx * (ay - by))
    twice = np.where(np.abs(twice) < 1, np.inf, twice)
    a, b, c = ax * ax + ay * ay, bx * bx + by * by, cx * cx + cy * cy
    x = (a * (by - cy) + b * (cy - ay) + c * (ay - by)) / twice
    y = (a * (cx - bx) + b * (ax - cx) + c * (bx - ax)) / twice
    radius = np.hypot(ax - x, ay - y)
    keep = (radius > limits.RADIUS[0] * PPM) & (radius < limits.RADIUS[1] * PPM)
    return np.asarray(np.stack([x, y, radius], axis=1)[keep], np.float32)


def _coverage(thick: Mask, circles: Plane) -> Plane:
    """Share of each circle that is inked (a ring's width is forgiven by ``thick``)."""
    angles = np.linspace(0, 2 * np.pi, _ANGLES, endpoint=False, dtype=np.float32)
    xs = np.rint(circles[:, :1] + circles[:, 2:] * np.cos(angles)).astype(int)
    ys = np.rint(circles[:, 1:2] + circles[:, 2:] * np.sin(angles)).astype(int)
    inside = (xs >= 0) & (xs < thick.shape[1]) & (ys >= 0) & (ys < thick.shape[0])
    hit = thick[np.clip(ys, 0, thick.shape[0] - 1), np.clip(xs, 0, thick.shape[1] - 1)] & inside
    return np.asarray(hit.mean(axis=1), np.float32)


def _refined(mask: Mask, thick: Mask, circle: Plane) -> tuple[float, Plane]:
    """(share of the ring inked, circle) after a fit to the ink's outer edge near the circle."""
    for _ in range(2):
        points = _edge_near(mask, circle)
        if len(points) < 40:
            break
        matrix = np.column_stack([points, np.ones(len(points))])
        a, b, c = np.linalg.lstsq(matrix, (points**2).sum(axis=1), rcond=None)[0]
        circle = np.array([a / 2, b / 2, np.sqrt(max(1.0, c + a * a / 4 + b * b / 4))], np.float32)
    ok = limits.RADIUS[0] * PPM < circle[2] < limits.RADIUS[1] * PPM
    return (float(_coverage(thick, circle[None])[0]) if ok else 0.0), circle


def _edge_near(mask: Mask, circle: Plane) -> Plane:
    """The outermost inked pixel within 1.5 mm of the circle, for every angle that has one."""
    angles = np.linspace(0, 2 * np.pi, _ANGLES * 2, endpoint=False)
    reach = np.arange(1.5 * PPM, -1.5 * PPM, -1)
    radii = circle[2] + reach
    xs = np.rint(circle[0] + radii[None] * np.cos(angles)[:, None]).astype(int)
    ys = np.rint(circle[1] + radii[None] * np.sin(angles)[:, None]).astype(int)
    inside = (xs >= 0) & (xs < mask.shape[1]) & (ys >= 0) & (ys < mask.shape[0])
    hit = mask[np.clip(ys, 0, mask.shape[0] - 1), np.clip(xs, 0, mask.shape[1] - 1)] & inside
    rows = np.flatnonzero(hit.any(axis=1))
    at = hit[rows].argmax(axis=1)
    return np.asarray(np.stack([xs[rows, at], ys[rows, at]], axis=1), np.float32)


def _pieces(mask: Mask, join: float = 1.2) -> Iterator[tuple[slice, slice, Mask]]:
    """Ink joined over gaps of ``join`` mm that is as large as a seal: rows, columns, ink."""
    side = round(join * PPM) | 1
    joined = cv2.dilate(mask.astype(np.uint8), cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    least = limits.SIDE[0] * PPM
    for index in range(1, count):
        left, top, width, height, _ = (int(value) for value in stats[index])
        if min(width, height) >= least:
            rows, columns = slice(top, top + height), slice(left, left + width)
            yield rows, columns, mask[rows, columns] & (labels[rows, columns] == index)


def _framed(rows: slice, columns: slice, ink: Mask) -> _Outline | None:
    """An oval or a square, if the outermost ink lies on one."""
    hull = cv2.convexHull(cv2.findNonZero(ink.astype(np.uint8)))
    (x, y), (width, height), angle = cv2.minAreaRect(hull)
    short, long = sorted((width / PPM, height / PPM))
    if short < limits.SIDE[0] or long > limits.SIDE[1] + 8:
        return None
    fullness = float(cv2.contourArea(hull)) / max(1.0, width * height)
    centre = (x + columns.start, y + rows.start)
    if fullness > 0.9 and long < 1.6 * short and _edged(ink, _corners((x, y), (width, height), angle)):
        return _Outline("square", centre, (width / 2, height / 2), angle)
    if 0.72 < fullness < 0.86 and short > 18 and _edged(ink, _ellipse((x, y), (width, height), angle)):
        turned = angle if width >= height else angle + 90
        return _Outline("round", centre, (max(width, height) / 2, min(width, height) / 2), turned)
    return None


def _corners(centre: tuple[float, float], size: tuple[float, float], angle: float) -> Plane:
    return np.asarray(cv2.boxPoints((centre, size, angle)), np.float32)


def _ellipse(centre: tuple[float, float], size: tuple[float, float], angle: float) -> Plane:
    around = np.linspace(0, 2 * np.pi, 72, endpoint=False)
    x, y = size[0] / 2 * np.cos(around), size[1] / 2 * np.sin(around)
    turn = np.deg2rad(angle)
    return np.asarray(
        np.stack(
            [centre[0] + x * np.cos(turn) - y * np.sin(turn), centre[1] + x * np.sin(turn) + y * np.cos(turn)], axis=1
        ),
        np.float32,
    )


def _edged(ink: Mask, corners: Plane) -> bool:
    """Whether the polygon's edge is inked nearly all the way."""
    edge = np.zeros(ink.shape, np.uint8)
    cv2.polylines(edge, [np.rint(corners).astype(np.int32)], isClosed=True, color=1, thickness=1)
    near = cv2.dilate(ink.astype(np.uint8), np.ones((13, 13), np.uint8)) > 0
    return float(near[edge > 0].mean()) >= limits.OVAL if edge.any() else False


def _cut_out(outline: _Outline, plane: Plane, dark: Plane, colour: Colour) -> Seal:
    reach = float(np.hypot(*outline.axes)) if outline.shape == "square" else max(outline.axes)
    margin = round(reach + PPM)
    left, top = (max(0, round(value) - margin) for value in outline.centre)
    rows, columns = slice(top, round(outline.centre[1]) + margin), slice(left, round(outline.centre[0]) + margin)
    near = cv2.dilate((plane[rows, columns] > limits.NEAR_COLOUR).astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    return Seal(
        outline.shape,
        colour,
        _grey(np.where(near, dark[rows, columns], np.float32(0))),
        _grey(dark[rows, columns]),
        (outline.centre[0] - left, outline.centre[1] - top),
        outline.axes,
        outline.angle,
    )


def _grey(plane: Plane) -> Pixels:
    """Ink as black on white, its strongest tenth fully black, however faint it is."""
    inked = plane[plane > 0.08]
    most = float(np.percentile(inked, 85)) if inked.size > 50 else 1.0
    return np.asarray(255 - np.clip(plane / max(most, 0.1), 0, 1) * 255, np.uint8)
