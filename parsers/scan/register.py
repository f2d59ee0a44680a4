"""A captured page laid over our own rendered page: corner marks → homography → smooth local shifts → flat light.

The result is a picture of exactly the template's size (8 pixels a millimetre), as ink: 0 is paper, 1 is black.
"""

from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from parsers.scan import thresholds
from parsers.scan.layout import MARK_MARGIN, MARK_SIZE, PAGE_HEIGHT, PAGE_WIDTH
from parsers.scan.shifts import follow
from parsers.scan.template import HEIGHT, PPM, WIDTH, Ink, Pixels, bled_template, template

__all__ = ["HEIGHT", "PPM", "WIDTH", "Ink", "Pixels", "Registered", "register"]

_WHITE = (255, 255, 255)


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
    matrix = np.asarray(cv2.findHomography(at, to, 0)[0], np.float64)
    left_over = cv2.perspectiveTransform(at.reshape(-1, 1, 2), matrix).reshape(-1, 2) - to
    if float(np.sqrt((left_over**2).sum(1).mean())) > thresholds.MARK_ERROR * PPM:
        return "not_flat"
    warped = _warped(rgb, matrix)
    anchors = np.hstack([to, left_over, np.ones_like(to)]).astype(np.float32)
    field, error = follow(_darkness(_darkest(_flattened(warped)), 1.0), print_, anchors)
    if error > thresholds.FIELD_ERROR:
        return "not_flat"
    if field is not None:
        place = cv2.perspectiveTransform(field.reshape(1, -1, 2), np.linalg.inv(matrix)).reshape(HEIGHT, WIDTH, 2)
        warped = np.asarray(
            cv2.remap(rgb, place[..., 0], place[..., 1], cv2.INTER_LINEAR, borderValue=_WHITE), np.uint8
        )
    flat = _flattened(warped)
    return replace(
        _inks(flat, print_, bled_template(pdf, number), error), foreign=_foreign(warped), light=_lightest(warped)
    )


def _warped(rgb: Pixels, matrix: npt.NDArray[np.float64]) -> Pixels:
    return np.asarray(
        cv2.warpPerspective(rgb, matrix, (WIDTH, HEIGHT), flags=cv2.INTER_LINEAR, borderValue=_WHITE), np.uint8
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


def _lightest(flat: Pixels) -> Pixels:
    red, green, blue = cv2.split(flat)
    return np.asarray(cv2.max(cv2.max(red, green), blue), np.uint8)


def _darkest(flat: Pixels) -> Pixels:
    red, green, blue = cv2.split(flat)
    return np.asarray(cv2.min(cv2.min(red, green), blue), np.uint8)


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
