"""Seals and hands for the demo and the tests: 公章 around a star, Taiwan's square 大小章, a name in smooth strokes.

Every picture is RGBA with a transparent ground, drawn at four times the wanted size so that edges come out smooth.
"""

from math import cos, pi, sin
from pathlib import Path
from random import Random

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from bot.resources import font as packaged_font

RED, BLUE, BLACK = (206, 32, 38), (38, 60, 160), (30, 30, 34)
_OVERSAMPLE = 3


def seal_font() -> Path:
    """The heavier of our own fonts."""
    return packaged_font("DuizhangSans-SemiBold.ttf")


def round_seal(name: str, seed: int, *, size: int, colour: tuple[int, int, int] = RED, title: str = "") -> Image.Image:
    """A round seal of ``size`` pixels: ring, name around it, star, and e.g. 財務專用章 under the star."""
    side = size * _OVERSAMPLE
    ink = Image.new("L", (side, side), 0)
    pen = ImageDraw.Draw(ink)
    edge = side * 0.028
    pen.ellipse((edge, edge, side - edge, side - edge), outline=255, width=int(side * 0.03))
    _star(pen, side / 2, side * 0.15)
    _around(ink, name)
    if title:
        letters = ImageFont.truetype(str(seal_font()), int(side * 0.085))
        pen.text((side / 2, side * 0.76), title, font=letters, fill=255, anchor="mm")
    return _inked(ink, seed, size, colour)


def square_seal(name: str, seed: int, *, size: int, colour: tuple[int, int, int] = RED) -> Image.Image:
    """A square seal of ``size`` pixels, characters in columns from the right (公司大章, 個人小章)."""
    side = size * _OVERSAMPLE
    ink = Image.new("L", (side, side), 0)
    pen = ImageDraw.Draw(ink)
    pen.rectangle((2, 2, side - 3, side - 3), outline=255, width=max(3, int(side * 0.045)))
    columns = max(1, round(len(name) ** 0.5))
    rows = -(-len(name) // columns)
    cell = (side * 0.86 / columns, side * 0.86 / rows)
    letters = ImageFont.truetype(str(seal_font()), int(min(cell) * 0.95))
    for index, character in enumerate(name):
        column, row = index // rows, index % rows
        x = side * 0.93 - (column + 0.5) * cell[0]
        pen.text((x, side * 0.07 + (row + 0.5) * cell[1]), character, font=letters, fill=255, anchor="mm")
    return _inked(ink, seed, size, colour)


def _star(pen: ImageDraw.ImageDraw, centre: float, radius: float) -> None:
    points = []
    for step in range(10):
        reach = radius if step % 2 == 0 else radius * 0.382
        angle = step * pi / 5 - pi / 2
        points.append((centre + reach * cos(angle), centre + reach * sin(angle)))
    pen.polygon(points, fill=255)


def _around(ink: Image.Image, name: str) -> None:
    side = ink.width
    letters = ImageFont.truetype(str(seal_font()), int(side * min(0.125, 1.6 / max(len(name), 1))))
    span = min(1.5 * pi, 0.42 * len(name))
    for index, character in enumerate(name):
        angle = -span / 2 + span * (index + 0.5) / len(name)
        tile = Image.new("L", (side // 4, side // 4), 0)
        ImageDraw.Draw(tile).text((side / 8, side / 8), character, font=letters, fill=255, anchor="mm")
        turned = tile.rotate(-angle * 180 / pi, Image.Resampling.BICUBIC)
        x, y = side / 2 + side * 0.36 * sin(angle), side / 2 - side * 0.36 * cos(angle)
        ink.paste(255, (int(x - side / 8), int(y - side / 8)), turned)


def _inked(ink: Image.Image, seed: int, size: int, colour: tuple[int, int, int]) -> Image.Image:
    """Uneven pressure, turned a few degrees: what a rubber stamp leaves."""
    random = np.random.default_rng(seed)
    small = ink.resize((size, size), Image.Resampling.LANCZOS)
    cloud = Image.fromarray((random.random((9, 9)) * 255).astype(np.uint8)).resize(small.size, Image.Resampling.BICUBIC)
    pressure = 0.72 + 0.28 * np.asarray(cloud, np.float32) / 255
    grain = 0.85 + 0.15 * random.random((size, size))
    alpha = np.clip(np.asarray(small, np.float32) * pressure * grain, 0, 255).astype(np.uint8)
    picture = Image.new("RGBA", small.size, (*colour, 0))
    picture.putalpha(Image.fromarray(alpha))
    return picture.rotate(float(random.uniform(-9, 9)), Image.Resampling.BICUBIC, expand=True)


def handwriting(
    seed: int,
    *,
    width: int,
    height: int,
    characters: int = 3,
    colour: tuple[int, int, int] = BLUE,
    pen_width: float = 0.0,
) -> Image.Image:
    """Random smooth strokes in ``characters`` cells side by side: a name as a pen writes it, legible to nobody."""
    random = Random(seed)
    scale = 2
    ink = Image.new("L", (width * scale, height * scale), 0)
    pen = ImageDraw.Draw(ink)
    thick = (pen_width or max(2.0, height / 24)) * scale
    cell = width * scale / characters
    for index in range(characters):
        for _ in range(random.randint(3, 4)):
            corners = [(random.uniform(0.05, 0.98), random.uniform(0.05, 0.95)) for _ in range(random.randint(2, 4))]
            points = [((index + x) * cell, y * height * scale) for x, y in _smooth(corners)]
            _stroke(pen, points, thick * random.uniform(0.7, 1.2))
    return _coloured(ink.resize((width, height), Image.Resampling.LANCZOS), colour)


def tick(*, size: int, colour: tuple[int, int, int] = BLUE) -> Image.Image:
    """A tick as a pen makes it, a little larger than its box."""
    ink = Image.new("L", (size * 2, size * 2), 0)
    pen = ImageDraw.Draw(ink)
    points = [(size * 2 * x, size * 2 * y) for x, y in _smooth([(0.1, 0.55), (0.38, 0.88), (0.92, 0.08)])]
    _stroke(pen, points, max(3.0, size * 0.16))
    return _coloured(ink.resize((size, size), Image.Resampling.LANCZOS), colour)


def _smooth(corners: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Points of a curve through the corners (Catmull-Rom)."""
    padded = [corners[0], *corners, corners[-1]]
    points = [
        (
            _between(before[0], start[0], end[0], after[0], step / 12),
            _between(before[1], start[1], end[1], after[1], step / 12),
        )
        for before, start, end, after in zip(padded, padded[1:], padded[2:], padded[3:], strict=False)
        for step in range(12)
    ]
    return [*points, corners[-1]]


def _between(before: float, start: float, end: float, after: float, at: float) -> float:
    slope, back = (end - before) / 2, (after - start) / 2
    return start + at * (slope + at * (3 * (end - start) - 2 * slope - back + at * (slope + back - 2 * (end - start))))


def _stroke(pen: ImageDraw.ImageDraw, points: list[tuple[float, float]], thick: float) -> None:
    pen.line(points, fill=255, width=int(thick), joint="curve")
    for x, y in (points[0], points[-1]):
        pen.ellipse((x - thick / 2, y - thick / 2, x + thick / 2, y + thick / 2), fill=255)


def _coloured(ink: Image.Image, colour: tuple[int, int, int]) -> Image.Image:
    picture = Image.new("RGBA", ink.size, (*colour, 0))
    picture.putalpha(ink.filter(ImageFilter.GaussianBlur(0.4)))
    return picture
