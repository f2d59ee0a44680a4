"""Paper that doesn't lie flat: a smooth field of local shifts (where each pixel of our page lies in the picture).

Blocks of our print are looked for near their place, first coarsely, then finely; what they say is fitted by a net of
cubic splines, so that a curl over half the sheet is followed and a single figure can't pull the paper to itself.
"""

from functools import lru_cache

import cv2
import numpy as np
import numpy.typing as npt

from parsers.scan.template import HEIGHT, PPM, WIDTH, Ink

Field = npt.NDArray[np.float32]
"""(height, width, 2): the place (x, y) in the picture of each pixel of the template."""
Points = npt.NDArray[np.float32]
"""Rows of (x, y, dx, dy, weight of dx, weight of dy) in pixels of the template."""

_NET = (8, 10)
"""Control points over the page's width and height: 30 mm apart."""
_STIFF = 0.02
"""How much a bend of the net weighs against a block that says otherwise."""
_STEPS = ((4, 40, 26, 10), (2, 64, 48, 8))
"""Coarse, then fine: pixels of the template per pixel, side of a block, from block to block, reach to each side."""
_FLAT = 2.0
"""Pixels of the template by which marks of a flat sheet are off at most: nothing is far from its place then."""
_FIT = 0.55
"""Correlation from which a block was found."""
_STILL = 0.6
"""Pixels of the template: less isn't worth another interpolation."""
_COARSE = 8
"""The field is computed for every so many pixels and enlarged."""


def follow(dark: Ink, print_: Ink, marks: Points) -> tuple[Field | None, float]:
    """The field, and the RMS in mm of what the blocks of the last step still say against it.

    ``marks`` are places known beforehand: the corners of the marks. None: nothing is off by more than half a pixel.
    """
    moves = np.zeros((HEIGHT // _COARSE + 1, WIDTH // _COARSE + 1, 2), np.float32)
    error = 0.0
    flat = float(np.abs(marks[:, 2:4]).max()) < _FLAT
    for scale, side, step, reach in _STEPS[1:] if flat else _STEPS:
        size = (WIDTH // scale, HEIGHT // scale)
        ours = cv2.GaussianBlur(cv2.resize(print_, size, interpolation=cv2.INTER_AREA), (0, 0), 0.8)
        seen = np.asarray(cv2.resize(dark, size, interpolation=cv2.INTER_AREA), np.float32)
        place = _enlarged(moves, size) / scale + _grid(*size)
        there = np.asarray(cv2.remap(seen, place[..., 0], place[..., 1], cv2.INTER_LINEAR), np.float32)
        found = _blocks(there, np.asarray(ours, np.float32), side, step, reach)
        if len(found) < 8:  # hardly any print: nothing to be followed
            continue
        found[:, :4] *= scale
        net, error = _fitted(np.concatenate([found, _left(marks, moves)]))
        moves += _moves(net)
    if float(np.abs(moves).max()) < _STILL:
        return None, error
    return np.asarray(_enlarged(moves, (WIDTH, HEIGHT)) + _grid(WIDTH, HEIGHT), np.float32), error


def _left(marks: Points, moves: Field) -> Points:
    """The marks with what the field doesn't yet say of them."""
    at = np.rint(marks[:, :2] / _COARSE).astype(int)
    known = moves[np.clip(at[:, 1], 0, moves.shape[0] - 1), np.clip(at[:, 0], 0, moves.shape[1] - 1)]
    left = marks.copy()
    left[:, 2:4] -= known
    return left


def _enlarged(moves: Field, size: tuple[int, int]) -> Field:
    whole = cv2.resize(moves, (moves.shape[1] * _COARSE, moves.shape[0] * _COARSE), interpolation=cv2.INTER_LINEAR)
    cut = whole[_COARSE // 2 : _COARSE // 2 + HEIGHT, _COARSE // 2 : _COARSE // 2 + WIDTH]
    return np.asarray(cv2.resize(cut, size, interpolation=cv2.INTER_AREA), np.float32)


@lru_cache(maxsize=3)
def _grid(width: int, height: int) -> Field:
    """Each pixel's own place (x, y)."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    return np.asarray(np.dstack([x, y]), np.float32)


def _blocks(dark: Ink, print_: Ink, side: int, step: int, reach: int) -> Points:
    """What the blocks that hold print and fit well say, in pixels of these pictures.

    A block's weight in a direction is how much its print changes in it: a rule says nothing along itself.
    """
    found: list[tuple[float, ...]] = []
    for top in _starts(print_.shape[0], side, step):
        for left in _starts(print_.shape[1], side, step):
            block = print_[top : top + side, left : left + side]
            if float(np.count_nonzero(block > 0.3)) < 0.006 * side * side:
                continue
            rows = slice(max(0, top - reach), top + side + reach)
            columns = slice(max(0, left - reach), left + side + reach)
            scores = cv2.matchTemplate(dark[rows, columns], block, cv2.TM_CCOEFF_NORMED)
            _, best, _, (x, y) = cv2.minMaxLoc(scores)
            inside = 0 < x < scores.shape[1] - 1 and 0 < y < scores.shape[0] - 1
            if best > _FIT and inside:
                dx = x + columns.start - left + _peak(scores[y, x - 1], scores[y, x], scores[y, x + 1])
                dy = y + rows.start - top + _peak(scores[y - 1, x], scores[y, x], scores[y + 1, x])
                across, down = (
                    float(np.square(np.diff(block, axis=1)).sum()),
                    float(np.square(np.diff(block, axis=0)).sum()),
                )
                most = max(across, down, 1e-6)
                found.append((left + side / 2, top + side / 2, dx, dy, across / most, down / most))
    return np.array(found, np.float32).reshape(-1, 6)


def _weights(block: Ink) -> tuple[float, float]:
    """How much a block's print changes to the side and downwards, the larger as 1."""
    across, down = (float(np.square(np.diff(block, axis=axis)).sum()) for axis in (1, 0))
    most = max(across, down, 1e-6)
    return across / most, down / most


def _starts(length: int, side: int, step: int) -> list[int]:
    """Where blocks begin, the last at the very end."""
    return [*range(0, length - side, step), length - side]


def _peak(before: float, at: float, after: float) -> float:
    """Where between three neighbours a parabola peaks, −0.5 to 0.5."""
    bend = before - 2 * at + after
    return 0.0 if abs(bend) < 1e-6 else float(np.clip(0.5 * (before - after) / bend, -0.5, 0.5))


def _fitted(points: Points) -> tuple[npt.NDArray[np.float64], float]:
    """The net's control points (one column each for x and y) and the RMS in mm of what kept blocks say otherwise."""
    terms = _terms(points[:, 0] / np.float32(WIDTH), points[:, 1] / np.float32(HEIGHT))
    net = np.zeros((terms.shape[1], 2))
    weight = np.ones(len(points))
    left = np.zeros((len(points), 2))
    for _ in range(4):
        for axis in (0, 1):
            scaled = terms * (weight * points[:, 4 + axis])[:, None]
            net[:, axis] = np.linalg.solve(scaled.T @ terms + _stiffness(), scaled.T @ points[:, 2 + axis])
        left = (points[:, 2:4] - terms @ net) * np.sqrt(points[:, 4:6])
        off = np.hypot(left[:, 0], left[:, 1])
        limit = max(2.0, 3 * float(np.median(off)))
        weight = np.clip(1 - (off / limit) ** 2, 0, 1) ** 2
    kept = weight > 0
    return net, float(np.sqrt((left[kept] ** 2).sum(axis=1).mean())) / PPM


def _terms(x: Ink, y: Ink) -> npt.NDArray[np.float64]:
    """What each control point weighs at places given as shares of the page: one row a place."""
    across, down = _spline(x, _NET[0]), _spline(y, _NET[1])
    return np.asarray((down[:, :, None] * across[:, None, :]).reshape(len(x), -1))


def _spline(at: Ink, count: int) -> npt.NDArray[np.float64]:
    """Uniform cubic B-splines: ``count`` of them over 0–1."""
    place = np.clip(at.astype(np.float64), 0, 1)[:, None] * (count - 3) - (np.arange(count)[None] - 1)
    far = np.abs(place)
    near = np.where(far < 1, 2 / 3 - far**2 + far**3 / 2, np.clip(2 - far, 0, None) ** 3 / 6)
    return np.asarray(near)


@lru_cache(maxsize=1)
def _stiffness() -> npt.NDArray[np.float64]:
    """The weight of the net's own bends, and a trace that pulls what no block says anything about to its neighbours."""
    across, down = np.diff(np.eye(_NET[0]), n=2, axis=0), np.diff(np.eye(_NET[1]), n=2, axis=0)
    bends = np.kron(np.eye(_NET[1]), across.T @ across) + np.kron(down.T @ down, np.eye(_NET[0]))
    return np.asarray(_STIFF * bends + 1e-6 * np.eye(_NET[0] * _NET[1]))


def _moves(net: npt.NDArray[np.float64]) -> Field:
    """The net's shifts at every so many pixels of the template."""
    down = _spline(np.linspace(0, 1, HEIGHT // _COARSE + 1, dtype=np.float32), _NET[1])
    across = _spline(np.linspace(0, 1, WIDTH // _COARSE + 1, dtype=np.float32), _NET[0])
    planes = [down @ net[:, axis].reshape(_NET[1], _NET[0]) @ across.T for axis in (0, 1)]
    return np.asarray(np.dstack(planes), np.float32)
