"""Rubber seals as their cutters make them and as they come out on paper.

``pressed(random, round_plate(Cut("苏州恒远机械有限公司")), 8)`` → how strongly each pixel is inked, at 8 pixels a mm.
"""

from dataclasses import dataclass
from math import cos, pi, sin
from random import Random

import cv2
import numpy as np

from tests.scans.letters import KAI, SANS, SONG, cropped, glyph, sized, turned, typed

FINE = 12
"""Pixels a mm while drawing."""


@dataclass(frozen=True, slots=True)
class Cut:
    """What is cut: lengths in mm; ``oval`` is height by width; ``code`` runs under the star."""

    name: str
    size: float = 40
    oval: float = 1.0
    ring: float = 1.2
    inner: bool = False
    letter: float = 5.2
    narrow: float = 0.72
    spread: float = 270
    star: float = 6.5
    title: str = ""
    code: str = ""
    font: str = SONG


@dataclass(frozen=True, slots=True)
class Press:
    """How it was pressed: ``ink`` 0–1, ``spread`` over-inked blot in mm, ``lost`` a share without contact, degrees."""

    ink: float = 0.95
    spread: float = 0.0
    lost: float = 0.0
    turn: float = 0.0


def a_cut(random: Random, name: str, title: str = "") -> Cut:
    """A round seal as any cutter might make it."""
    return Cut(
        name,
        size=random.choice((38, 40, 40, 42)),
        ring=random.uniform(0.9, 1.4),
        inner=random.random() < 0.25,
        letter=random.uniform(4.4, 5.8),
        narrow=random.uniform(0.62, 0.9),
        spread=random.uniform(240, 285),
        star=random.uniform(5.5, 7.5),
        title=title,
        code="".join(random.choices("0123456789", k=13)) if random.random() < 0.5 else "",
        font=random.choice((SONG, SONG, SANS, KAI)),
    )


def a_press(random: Random) -> Press:
    """A press as most are: whole, legible, a little turned."""
    return Press(random.uniform(0.72, 1.0), random.choice((0, 0, 0.05, 0.1)), 0, random.gauss(0, 9))


def round_plate(cut: Cut) -> np.ndarray:
    """Ring, name around it, star, title, code."""
    side = round((cut.size + 2) * FINE)
    plate = np.zeros((side, side), np.float32)
    _ellipse(plate, cut, cut.size / 2 - cut.ring / 2, cut.ring)
    inside = cut.size / 2 - cut.ring
    if cut.inner:
        _ellipse(plate, cut, inside - 0.7, 0.25)
        inside -= 0.9
    _around(plate, cut, inside - 0.7 - cut.letter / 2)
    if cut.star:
        _star(plate, cut.star * FINE)
    if cut.title:
        words = typed(cut.title, cut.font, round(4.2 * FINE))
        wide = min(words.shape[1], round(cut.size * 0.52 * FINE))
        _paste(plate, sized(words, wide, words.shape[0]), side / 2, side / 2 + cut.size * cut.oval * 0.25 * FINE)
    if cut.code:
        _code(plate, cut, inside - 1.3)
    return plate


def square_plate(name: str, size: float, *, ring: float = 0.9, face: str = KAI) -> np.ndarray:
    """Characters in columns from the right; 印 fills up an uneven name."""
    side = round(size * FINE)
    plate = np.zeros((side, side), np.float32)
    cv2.rectangle(plate, (0, 0), (side - 1, side - 1), 1.0, round(ring * 2 * FINE))
    columns = max(1, round(len(name) ** 0.5))
    rows = -(-len(name) // columns)
    room = side - 2 * round((ring + 0.6) * FINE)
    wide, high = room / columns, room / rows
    for index, character in enumerate(name):
        column, row = divmod(index, rows)
        tile = cropped(glyph(character, face, round(max(wide, high))), 0)
        tile = sized(tile, round(wide * 0.9), round(high * 0.9))
        _paste(
            plate, tile, side - (ring + 0.6) * FINE - (column + 0.5) * wide, (ring + 0.6) * FINE + (row + 0.5) * high
        )
    return plate


def plain_stamp(words: str, *, framed: bool = True, height: float = 7) -> np.ndarray:
    """A line of words in a frame: 作废, 收货专用章, 已收."""
    ink = typed(words, SANS, round(height * FINE))
    ink = np.pad(ink, round(1.6 * FINE))
    if framed:
        cv2.rectangle(ink, (3, 3), (ink.shape[1] - 4, ink.shape[0] - 4), 1.0, round(0.8 * FINE))
    return ink


def pressed(random: Random, plate: np.ndarray, per_mm: float, press: Press) -> np.ndarray:
    """What the plate leaves on paper, at ``per_mm`` pixels a mm."""
    noise = np.random.default_rng(random.randrange(1 << 30))
    ink = turned(plate, press.turn)
    if press.spread:
        size = 2 * round(press.spread * FINE) + 1
        ink = cv2.dilate(ink, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)))
    ink = cv2.GaussianBlur(ink, (0, 0), 1.0)
    shape = ink.shape[1], ink.shape[0]
    cloud = cv2.resize(noise.random((6, 6), np.float32), shape, interpolation=cv2.INTER_CUBIC)
    grain = cv2.resize(noise.random((shape[1] // 4 + 1, shape[0] // 4 + 1), np.float32), shape)
    ink *= press.ink * (0.72 + 0.28 * cloud) * (0.82 + 0.18 * grain)
    ink *= np.where(grain < 0.1, 0.4, 1)
    if press.lost:
        ink *= _contact(noise, shape, press.lost)
    return cropped(sized(ink, round(shape[0] * per_mm / FINE), round(shape[1] * per_mm / FINE)))


def _contact(noise: np.random.Generator, shape: tuple[int, int], lost: float) -> np.ndarray:
    """A soft edge beyond which the rubber did not touch the paper."""
    angle = noise.uniform(0, 2 * pi)
    across = np.linspace(-0.5, 0.5, shape[0])[None] * cos(angle) + np.linspace(-0.5, 0.5, shape[1])[:, None] * sin(
        angle
    )
    return np.clip((0.5 - lost - across) * 12, 0, 1).astype(np.float32)


def _ellipse(plate: np.ndarray, cut: Cut, radius: float, width: float) -> None:
    centre = plate.shape[1] / 2, plate.shape[0] / 2
    axes = round(radius * FINE), round(radius * cut.oval * FINE)
    cv2.ellipse(
        plate, (round(centre[0]), round(centre[1])), axes, 0, 0, 360, 1.0, max(1, round(width * FINE)), cv2.LINE_AA
    )


def _around(plate: np.ndarray, cut: Cut, radius: float) -> None:
    """The name, heads outwards, the middle one at the top."""
    count = len(cut.name)
    narrow = min(cut.narrow, cut.spread / 180 * pi * radius * 0.93 / count / cut.letter)
    span = min(cut.spread / 180 * pi, count * cut.letter * narrow * 1.4 / radius)
    for index, character in enumerate(cut.name):
        angle = -span / 2 + span * (index + 0.5) / count
        tile = glyph(character, cut.font, round(cut.letter * FINE))
        tile = turned(sized(tile, round(tile.shape[1] * narrow), tile.shape[0]), -angle * 180 / pi)
        x = plate.shape[1] / 2 + radius * FINE * sin(angle)
        y = plate.shape[0] / 2 - (radius - cut.size / 2 + cut.size / 2 * cut.oval) * FINE * cos(angle)
        _paste(plate, tile, x, y)


def _code(plate: np.ndarray, cut: Cut, radius: float) -> None:
    span = len(cut.code) * 1.7 / radius
    for index, digit in enumerate(cut.code):
        angle = -span / 2 + span * (index + 0.5) / len(cut.code)
        tile = turned(glyph(digit, SANS, round(1.9 * FINE)), angle * 180 / pi)
        x = plate.shape[1] / 2 + radius * FINE * sin(angle)
        y = plate.shape[0] / 2 + (radius - cut.size / 2 + cut.size / 2 * cut.oval) * FINE * cos(angle)
        _paste(plate, tile, x, y)


def _star(plate: np.ndarray, radius: float) -> None:
    corners = [
        (plate.shape[1] / 2 + reach * cos(angle), plate.shape[0] / 2 + reach * sin(angle))
        for step in range(10)
        for reach, angle in [(radius if step % 2 == 0 else radius * 0.382, step * pi / 5 - pi / 2)]
    ]
    cv2.fillPoly(plate, [np.array(corners).round().astype(np.int32)], 1.0, cv2.LINE_AA)


def _paste(plate: np.ndarray, tile: np.ndarray, x: float, y: float) -> None:
    top, left = round(y - tile.shape[0] / 2), round(x - tile.shape[1] / 2)
    up, off = max(0, -top), max(0, -left)
    view = plate[top + up : top + tile.shape[0], left + off : left + tile.shape[1]]
    np.maximum(view, tile[up : up + view.shape[0], off : off + view.shape[1]], out=view)
