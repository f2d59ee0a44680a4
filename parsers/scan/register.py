"""A captured page laid over our own rendered page: corner marks → homography → smooth local shifts → flat light.

The result is a picture of exactly the template's size (8 pixels a millimetre), as ink: 0 is paper, 1 is black.
"""

from dataclasses import dataclass, replace
from functools import lru_cache

import cv2
import numpy as np
import numpy.typing as npt
import pypdfium2

from parsers.scan import thresholds
from parsers.scan.layout import MARK_MARGIN, MARK_SIZE, PAGE_HEIGHT, PAGE_WIDTH

Pixels = npt.NDArray[np.uint8]
Ink = npt.NDArray[np.float32]
PPM = thresholds.PIXELS_PER_MM
WIDTH, HEIGHT = round(PAGE_WIDTH * PPM), round(PAGE_HEIGHT * PPM)


@dataclass(frozen=True, slots=True)
class Registered:
    """A page over its template, per pixel: ``template`` our print, ``near`` where it may have bled to.

    ``dark`` is any ink, ``black`` ink without its colour.

    ``colour`` is the difference of the channels, ``hue`` red minus blue; ``error`` the RMS in mm of what is left after
    registration; ``flat`` the page in RGB with its light made even; ``streaks`` where the scanner drew lines;
    ``light`` its brightness as it came; ``foreign`` where something lies on it: a finger, the desk.
    """

    template: Ink
    near: npt.NDArray[np.bool_]
    dark: Ink
    black: Ink
    colour: Ink
    hue: Ink
    error: float
    flat: Pixels
    streaks: npt.NDArray[np.bool_] | None = None
    foreign: npt.NDArray[np.bool_] | None = None
    light: Pixels | None = None


@lru_cache(maxsize=16)
def page_count(pdf: bytes) -> int:
    """Pages of our own PDF, with an annex."""
    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)


@lru_cache(maxsize=6)
def template(pdf: bytes, page: int) -> Ink:
    """Our own page (counted from 1) as ink."""
    with pypdfium2.PdfDocument(pdf) as document:
        document.init_forms()
        rendered = document[page - 1].render(scale=PPM * 25.4 / 72, grayscale=True, may_draw_forms=True).to_numpy()
    grey = np.ascontiguousarray(rendered.reshape(rendered.shape[0], rendered.shape[1]))
    if grey.shape != (HEIGHT, WIDTH):
        grey = np.asarray(cv2.resize(grey, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA), np.uint8)
    return np.asarray(1.0 - grey / 255.0, np.float32)


@lru_cache(maxsize=6)
def bled_template(pdf: bytes, page: int) -> npt.NDArray[np.bool_]:
    """Where our own print may appear when it is blurred a little."""
    side = round(2 * thresholds.PRINT_MARGIN * PPM) | 1
    round_ = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    return np.asarray(cv2.dilate((template(pdf, page) > 0.10).astype(np.uint8), round_) > 0, np.bool_)


def marks(
    rgb: Pixels, mark_ids: tuple[int, int, int, int]
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32], int]:
    """Corners of our marks in the picture, where they belong (pixels of the template), and how many marks there are."""
    detector = cv2.aruco.ArucoDetector(cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_50), _parameters())
    corners, identities, _ = detector.detectMarkers(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY))
    found: dict[int, npt.NDArray[np.float32]] = {}
    for corner, identity in zip(corners, [] if identities is None else identities.ravel(), strict=True):
        if int(identity) in mark_ids:
            if int(identity) in found:  # the same mark twice: two sheets in one picture
                return np.zeros((0, 2), np.float32), np.zeros((0, 2), np.float32), 0
            found[int(identity)] = corner.reshape(4, 2).astype(np.float32)
    seen = [(found[identity], _place(index)) for index, identity in enumerate(mark_ids) if identity in found]
    if not seen:
        return np.zeros((0, 2), np.float32), np.zeros((0, 2), np.float32), 0
    return np.concatenate([at for at, _ in seen]), np.concatenate([to for _, to in seen]), len(seen)


def _parameters() -> cv2.aruco.DetectorParameters:
    parameters = cv2.aruco.DetectorParameters()
    parameters.cornerRefinementMethod = cv2.aruco.CORNER_REFINE_SUBPIX
    parameters.cornerRefinementWinSize = 4
    return parameters


def _place(index: int) -> npt.NDArray[np.float32]:
    """The corners of mark 0–3 (clockwise from the top left) on the template, clockwise from their top left."""
    far_x, far_y = PAGE_WIDTH - MARK_MARGIN - MARK_SIZE, PAGE_HEIGHT - MARK_MARGIN - MARK_SIZE
    x, y = ((MARK_MARGIN, MARK_MARGIN), (far_x, MARK_MARGIN), (far_x, far_y), (MARK_MARGIN, far_y))[index]
    square = np.array([(0, 0), (1, 0), (1, 1), (0, 1)], np.float32) * MARK_SIZE
    return np.asarray((square + np.array((x, y), np.float32)) * PPM, np.float32)


def register(rgb: Pixels, pdf: bytes, number: int, mark_ids: tuple[int, int, int, int]) -> Registered | str:
    """The picture over the template, or the code of the reason why that can't be done."""
    print_ = template(pdf, number)
    at, to, count = marks(rgb, mark_ids)
    if count < thresholds.MARKS_NEEDED:
        return "no_marks"
    matrix, _ = cv2.findHomography(at, to, 0)
    left_over = cv2.perspectiveTransform(at.reshape(-1, 1, 2), matrix).reshape(-1, 2) - to
    if float(np.sqrt((left_over**2).sum(1).mean())) > thresholds.MARK_ERROR * PPM * 2:
        return "not_flat"
    warped = np.asarray(
        cv2.warpPerspective(rgb, matrix, (WIDTH, HEIGHT), flags=cv2.INTER_LINEAR, borderValue=(255, 255, 255)), np.uint8
    )
    flat = _flattened(warped)
    field, error = _shifts(_darkness(_darkest(flat), 1.0), print_)
    if error > thresholds.FIELD_ERROR:
        return "not_flat"
    if float(np.abs(field - _grid()).max()) > 0.6:  # less is not worth another interpolation
        flat = np.asarray(
            cv2.remap(flat, field[..., 0], field[..., 1], cv2.INTER_LINEAR, borderValue=(255, 255, 255)), np.uint8
        )
    return replace(
        _inks(flat, print_, bled_template(pdf, number), error), foreign=_foreign(warped), light=warped.max(axis=2)
    )


def _foreign(warped: Pixels) -> npt.NDArray[np.bool_] | None:
    """Solid things that reach in from the edge, much darker or more coloured than the paper; None without any."""
    small = cv2.resize(warped, (WIDTH // PPM, HEIGHT // PPM), interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    bright, least = small.max(axis=2), small.min(axis=2)
    paper = float(np.median(bright))
    odd = (bright < thresholds.FOREIGN_DARK * paper) | (
        (bright - least) / np.maximum(bright, 0.05)
        > thresholds.FOREIGN_COLOUR + float(np.median(1 - least / np.maximum(bright, 0.05)))
    )
    side = thresholds.FOREIGN_SOLID
    padded = np.pad(odd.astype(np.uint8), side, mode="edge")
    solid = cv2.morphologyEx(padded, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)))
    solid = solid[side:-side, side:-side]
    _, labels = cv2.connectedComponents(solid, connectivity=8)
    rim = np.concatenate([labels[:3].ravel(), labels[-3:].ravel(), labels[:, :3].ravel(), labels[:, -3:].ravel()])
    touching = np.unique(rim[rim > 0])
    if not len(touching):
        return None
    found = cv2.dilate(np.isin(labels, touching).astype(np.uint8), np.ones((7, 7), np.uint8))
    return cv2.resize(found, (WIDTH, HEIGHT), interpolation=cv2.INTER_NEAREST) > 0


def _flattened(rgb: Pixels) -> Pixels:
    """Each channel divided by the paper's own brightness there: 255 is paper.

    The paper is what is left when everything narrower than 13 mm is closed over, so that a shadow keeps its edge.
    """
    small = cv2.resize(rgb, (WIDTH // 8, HEIGHT // 8), interpolation=cv2.INTER_AREA)
    closed = cv2.morphologyEx(
        cv2.dilate(small, np.ones((3, 3), np.uint8)), cv2.MORPH_CLOSE, np.ones((13, 13), np.uint8)
    )
    paper = cv2.GaussianBlur(cv2.medianBlur(closed, 5), (0, 0), 1.5)
    ground = cv2.resize(np.maximum(paper, 24), (WIDTH, HEIGHT), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(rgb, ground, scale=255), np.uint8)


def _darkest(flat: Pixels) -> Pixels:
    red, green, blue = cv2.split(flat)
    return np.asarray(cv2.min(cv2.min(red, green), blue), np.uint8)


def _shifts(dark: Ink, print_: Ink) -> tuple[npt.NDArray[np.float32], float]:
    """A smooth field (where each template pixel lies in the picture) and the RMS in mm of what it can't explain."""
    half = (WIDTH // 2, HEIGHT // 2)
    coarse_dark = np.asarray(cv2.resize(dark, half, interpolation=cv2.INTER_AREA), np.float32)
    coarse_print = cv2.GaussianBlur(cv2.resize(print_, half, interpolation=cv2.INTER_AREA), (0, 0), 0.8)
    found = _block_shifts(coarse_dark, np.asarray(coarse_print, np.float32))
    if len(found) < 8:
        return _grid().copy(), 0.0
    points = np.array(found, np.float32)
    keep = np.ones(len(points), bool)
    solution = np.zeros((6, 2), np.float32)
    for _ in range(3):
        terms = _terms(points[:, 0], points[:, 1])
        solution = np.linalg.lstsq(terms[keep], points[keep, 2:], rcond=None)[0].astype(np.float32)
        distance = np.hypot(*(terms @ solution - points[:, 2:]).T)
        keep = distance <= max(1.5, 3 * float(np.median(distance)))
    rms = float(np.sqrt((distance[keep] ** 2).mean())) / PPM
    small_y, small_x = np.mgrid[0:HEIGHT:16, 0:WIDTH:16].astype(np.float32)
    moves = (_terms(small_x.ravel(), small_y.ravel()) @ solution).reshape(*small_x.shape, 2).astype(np.float32)
    full = cv2.resize(moves, (WIDTH, HEIGHT), interpolation=cv2.INTER_LINEAR)
    return np.asarray(full + _grid(), np.float32), rms


@lru_cache(maxsize=1)
def _grid() -> npt.NDArray[np.float32]:
    """Each template pixel's own place (x, y)."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    return np.asarray(np.dstack([x, y]), np.float32)


def _terms(x: Ink, y: Ink) -> Ink:
    """Quadratic terms of a position, scaled to about ±1."""
    u, v = x / WIDTH * 2 - 1, y / HEIGHT * 2 - 1
    return np.asarray(np.stack([np.ones_like(u), u, v, u * v, u * u, v * v], axis=1), np.float32)


def _block_shifts(dark: Ink, print_: Ink) -> list[tuple[float, float, float, float]]:
    """(x, y, dx, dy) in template pixels for blocks of 18 mm that hold print and fit well."""
    size, reach = 72, 8
    found: list[tuple[float, float, float, float]] = []
    for top in range(reach, print_.shape[0] - size - reach, size):
        for left in range(reach, print_.shape[1] - size - reach, size):
            block = print_[top : top + size, left : left + size]
            if float((block > 0.3).mean()) < 0.006:
                continue
            window = dark[top - reach : top + size + reach, left - reach : left + size + reach]
            scores = cv2.matchTemplate(window, block, cv2.TM_CCOEFF_NORMED)
            _, best, _, (x, y) = cv2.minMaxLoc(scores)
            if best > 0.55 and 0 < x < 2 * reach and 0 < y < 2 * reach:
                dx = x - reach + _peak(scores[y, x - 1], scores[y, x], scores[y, x + 1])
                dy = y - reach + _peak(scores[y - 1, x], scores[y, x], scores[y + 1, x])
                found.append(((left + size / 2) * 2, (top + size / 2) * 2, dx * 2, dy * 2))
    return found


def _peak(before: float, at: float, after: float) -> float:
    """Where between three neighbours a parabola peaks, −0.5 to 0.5."""
    bend = before - 2 * at + after
    return 0.0 if abs(bend) < 1e-6 else float(np.clip(0.5 * (before - after) / bend, -0.5, 0.5))


def _inks(flat: Pixels, print_: Ink, near: npt.NDArray[np.bool_], error: float) -> Registered:
    """Darkness scaled so that our own black is 1, colour, and hue."""
    red, green, blue = cv2.split(flat)
    lightest, darkest = cv2.max(cv2.max(red, green), blue), cv2.min(cv2.min(red, green), blue)
    black = float(np.percentile(255 - lightest[print_ > 0.95], 50)) / 255
    scale = 1.0 / min(max(black, 0.25), 1.0)
    colour = cv2.GaussianBlur(cv2.subtract(lightest, darkest), (0, 0), 0.8)
    return Registered(
        print_,
        near,
        _darkness(np.asarray(darkest, np.uint8), scale),
        _darkness(np.asarray(lightest, np.uint8), scale),
        np.asarray(colour, np.float32) / np.float32(255),
        np.asarray(cv2.subtract(red, blue, dtype=cv2.CV_32F), np.float32) / np.float32(255),
        error,
        flat,
    )


def _darkness(plane: Pixels, scale: float) -> Ink:
    table = np.clip((255 - np.arange(256)) * (scale / 255), 0, 1).astype(np.float32)
    return np.asarray(cv2.LUT(plane, table), np.float32)
