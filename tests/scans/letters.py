"""Words and names in ink: ``hand_text(random, "差三百元", 60)`` gives how strongly each pixel is inked, 0–1.

All pictures here are two-dimensional float32 arrays, cropped to the ink and a small margin.
"""

from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from random import Random

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from bot.resources import font as packaged_font
from tests.scans.words import PEOPLE

HERE = Path(__file__).resolve().parent
HANDS = sorted((HERE / "hands").glob("*.png"))
PENS = ("long-cang.ttf", "zhi-mang-xing.ttf", "liu-jian-mao-cao.ttf")
LEGIBLE = ("long-cang.ttf", "kai.ttf")
KAI, SONG, SANS = "kai.ttf", "song.otf", "DuizhangSans-SemiBold.ttf"


def font_path(name: str) -> Path:
    """A font of ours, or one beside this module."""
    return packaged_font(name) if name.startswith("Duizhang") else HERE / "fonts" / name


@lru_cache(maxsize=256)
def font(name: str, size: int) -> ImageFont.FreeTypeFont:
    """A font at a size in pixels."""
    return ImageFont.truetype(str(font_path(name)), size)


@lru_cache(maxsize=8)
def _covered(name: str) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    return frozenset(TTFont(str(font_path(name)), lazy=True).getBestCmap())


def having(character: str, *names: str) -> str:
    """The first of these fonts that has the character; the kai font, else ours, where none has."""
    chosen = (*names, KAI, SANS)
    return next((name for name in chosen if ord(character) in _covered(name)), SANS)


def glyph(character: str, name: str, size: int) -> np.ndarray:
    """One character in a square of 1.3 times its size."""
    side = round(size * 1.3)
    tile = Image.new("L", (side, side), 0)
    ImageDraw.Draw(tile).text(
        (side / 2, side / 2), character, font=font(having(character, name), size), fill=255, anchor="mm"
    )
    return np.asarray(tile, np.float32) / 255


def cropped(ink: np.ndarray, margin: int = 2) -> np.ndarray:
    """Only where there is ink."""
    rows, columns = np.where(ink > 0.05)
    if not len(rows):
        return ink[:1, :1]
    kept = ink[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    return np.pad(kept, margin)


def turned(ink: np.ndarray, degrees: float) -> np.ndarray:
    """The ink turned anticlockwise, nothing cut off."""
    height, width = ink.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    reach = abs(matrix[0, 0]), abs(matrix[0, 1])
    new = round(height * reach[1] + width * reach[0]) + 2, round(height * reach[0] + width * reach[1]) + 2
    matrix[:, 2] += (new[0] - width) / 2, (new[1] - height) / 2
    return cv2.warpAffine(ink, matrix, new, flags=cv2.INTER_LINEAR)


def sized(ink: np.ndarray, width: int, height: int) -> np.ndarray:
    """The ink at another size."""
    return cv2.resize(ink, (max(1, width), max(1, height)), interpolation=cv2.INTER_AREA)


def wavy(ink: np.ndarray, seed: int, reach: float) -> np.ndarray:
    """Bent smoothly by at most about ``reach`` pixels: no two letters of a hand are alike."""
    random = np.random.default_rng(seed)
    height, width = ink.shape
    cells = max(2, height // 25), max(2, width // 25)
    shifts = [
        cv2.resize(
            random.normal(0, reach / 2, cells).astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC
        )
        for _ in range(2)
    ]
    columns, rows = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    return cv2.remap(ink, columns + shifts[0], rows + shifts[1], cv2.INTER_LINEAR)


def hand_text(random: Random, text: str, height: int, *, legible: bool = False) -> np.ndarray:
    """Words as somebody writes them, letters about ``height`` pixels high."""
    pen = random.choice(LEGIBLE if legible else PENS)
    tiles, at, lift = [], 0.0, 0.0
    for character in text:
        size = max(8, round(height * random.uniform(0.82, 1.12) * (0.85 if character.isascii() else 1)))
        tile = turned(glyph(character, pen, size), random.uniform(-7, 7))
        advance = size * (0.55 if character.isascii() else random.uniform(0.84, 1.02))
        lift += random.uniform(-0.05, 0.05) * height
        tiles.append((tile, at + advance / 2, lift))
        at += advance
    ink = np.zeros((height * 3, round(at) + height * 2), np.float32)
    for tile, centre, rise in tiles:
        top = round(height * 1.5 + rise - tile.shape[0] / 2)
        left = max(0, round(height + centre - tile.shape[1] / 2))
        view = ink[top : top + tile.shape[0], left : left + tile.shape[1]]
        np.maximum(view, tile[: view.shape[0], : view.shape[1]], out=view)
    bent = wavy(ink, random.randrange(1 << 30), height * 0.05)
    return cropped(turned(bent, random.uniform(-3, 3)))


def real_hand(random: Random, width: int) -> np.ndarray:
    """A name by one of the real hands."""
    ink = np.asarray(Image.open(random.choice(HANDS)).convert("L"), np.float32) / 255
    made = sized(ink, width, round(ink.shape[0] * width / ink.shape[1] * random.uniform(0.85, 1.1)))
    return cropped(turned(made, random.uniform(-8, 10)))


def drawn_name(random: Random, width: int) -> np.ndarray:
    """A name by a hand that a cursive font stands for."""
    ink = hand_text(random, random.choice(PEOPLE), max(12, width // 3))
    return sized(ink, width, round(ink.shape[0] * width / ink.shape[1]))


def signature(random: Random, width: int) -> np.ndarray:
    """A name by any hand."""
    return real_hand(random, width) if random.random() < 0.75 else drawn_name(random, width)


def stroke(random: Random, points: list[tuple[float, float]], size: tuple[int, int], thick: float) -> np.ndarray:
    """A pen's way through points given as shares of ``size`` (width, height)."""
    ink = np.zeros((size[1] + 8, size[0] + 8), np.float32)
    way = np.array([(4 + x * size[0], 4 + y * size[1]) for x, y in _curve(points)])
    for start, end in pairwise(way):
        width = max(1, round(thick * random.uniform(0.85, 1.15)))
        cv2.line(ink, tuple(map(round, start)), tuple(map(round, end)), 1.0, width, cv2.LINE_AA)
    return ink


def _curve(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Catmull-Rom through the points."""
    padded = np.array([points[0], *points, points[-1]])
    out = []
    for index in range(len(padded) - 3):
        first, second, third, fourth = padded[index : index + 4]
        for at in np.linspace(0, 1, 14, endpoint=False):
            slope, back = (third - first) / 2, (fourth - second) / 2
            step = 3 * (third - second) - 2 * slope - back + at * (slope + back - 2 * (third - second))
            out.append(tuple(second + at * (slope + at * step)))
    return [*out, points[-1]]


def typed(text: str, name: str, height: int) -> np.ndarray:
    """Words as a printer sets them."""
    letters = font(name, height)
    left, top, right, bottom = letters.getbbox(text)
    picture = Image.new("L", (round(right - left) + 4, round(bottom - top) + 4), 0)
    ImageDraw.Draw(picture).text((2 - left, 2 - top), text, font=letters, fill=255)
    return np.asarray(picture, np.float32) / 255
