"""Seals as their makers cut them, drawn another way than the demo's: wide and narrow letters, thick and thin rings.

``picture(Style(...), "苏州恒远机械有限公司", seed)`` gives the sign box as the reader of scans hands it over: PNG bytes
at 8 pixels a millimetre.
"""

import io
from dataclasses import dataclass
from math import cos, pi, sin
from pathlib import Path
from random import Random

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from bot.demo.capture import Device, capture
from bot.demo.seal import BLUE, RED, handwriting
from bot.resources import font as packaged_font

_FINE = 16
"""Pixels a millimetre while drawing."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a seal looks and how it was captured; lengths in mm, ``turn`` in degrees."""

    size: float = 40.0
    oval: float = 1.0
    ring: float = 1.1
    second_ring: bool = False
    letter: float = 5.0
    narrow: float = 0.75
    spread: float = 270.0
    margin: float = 0.8
    star: float = 6.0
    title: str = ""
    code: str = ""
    turn: float = 0.0
    ink: float = 1.0
    colour: tuple[int, int, int] = RED
    font: Path | None = None
    signed_over: bool = False
    dpi: int = 200
    quality: int = 80
    device: Device = "flatbed"
    noise: float = 3.0


def _letters(style: Style, height: float) -> ImageFont.FreeTypeFont:
    path = style.font or packaged_font("DuizhangSans-SemiBold.ttf")
    return ImageFont.truetype(str(path), round(height * _FINE))


def _character(style: Style, character: str, height: float, narrow: float) -> Image.Image:
    letters = _letters(style, height)
    side = round(height * _FINE * 1.2)
    tile = Image.new("L", (side, side), 0)
    ImageDraw.Draw(tile).text((side / 2, side / 2), character, font=letters, fill=255, anchor="mm")
    return tile.resize((max(2, round(side * narrow)), side), Image.Resampling.BICUBIC)


def _along(
    ink: Image.Image, style: Style, text: str, radius: float, span: float, *, height: float, narrow: float
) -> None:
    """Characters on the ring, their heads outwards, the middle one at the top."""
    side = ink.width
    for index, character in enumerate(text):
        angle = -span / 2 + span * (index + 0.5) / len(text)
        tile = _character(style, character, height, narrow)
        square = Image.new("L", (max(tile.size),) * 2, 0)
        square.paste(tile, ((square.width - tile.width) // 2, 0))
        turned = square.rotate(-angle * 180 / pi, Image.Resampling.BICUBIC, expand=True)
        x = side / 2 + radius * _FINE * sin(angle)
        y = side / 2 - radius * _FINE * style.oval * cos(angle)
        ink.paste(255, (round(x - turned.width / 2), round(y - turned.height / 2)), turned)


def ring_seal(style: Style, name: str) -> Image.Image:
    """The plate of a round or oval seal: ink as 255."""
    side = round((style.size + 2) * _FINE)
    ink = Image.new("L", (side, side), 0)
    pen = ImageDraw.Draw(ink)
    _ring(pen, side, style, style.size / 2, style.ring)
    if style.second_ring:
        _ring(pen, side, style, style.size / 2 - style.ring - 0.5, 0.25)
    inside = style.size / 2 - style.ring - (0.75 if style.second_ring else 0) - style.margin
    radius = inside - style.letter / 2
    narrow = min(style.narrow, style.spread / 180 * pi * radius * 0.95 / len(name) / style.letter)
    span = min(style.spread / 180 * pi, len(name) * style.letter * narrow * 1.45 / radius)
    _along(ink, style, name, radius, span, height=style.letter, narrow=narrow)
    if style.star:
        _star(pen, side / 2, style.star * _FINE)
    if style.title:
        letters = _letters(style, 3.6)
        line = Image.new("L", (round(letters.getlength(style.title)) + 8, round(4.6 * _FINE)), 0)
        ImageDraw.Draw(line).text((line.width / 2, line.height / 2), style.title, font=letters, fill=255, anchor="mm")
        line = line.resize((min(line.width, round(style.size * 0.5 * _FINE)), line.height))
        at = (side - line.width) // 2, round(side / 2 + style.size * 0.25 * style.oval * _FINE - line.height / 2)
        ink.paste(255, at, line)
    if style.code:
        under = ink.rotate(180)
        _along(under, style, style.code, inside - 0.8, len(style.code) * 1.5 / inside, height=1.6, narrow=0.8)
        ink = under.rotate(180)
    return ink


def _ring(pen: ImageDraw.ImageDraw, side: int, style: Style, radius: float, width: float) -> None:
    x, y = radius * _FINE, radius * style.oval * _FINE
    pen.ellipse(
        (side / 2 - x, side / 2 - y, side / 2 + x, side / 2 + y), outline=255, width=max(1, round(width * _FINE))
    )


def _star(pen: ImageDraw.ImageDraw, centre: float, radius: float) -> None:
    steps = [(step * pi / 5 - pi / 2, radius if step % 2 == 0 else radius * 0.382) for step in range(10)]
    pen.polygon([(centre + reach * cos(angle), centre + reach * sin(angle)) for angle, reach in steps], fill=255)


def square_plate(style: Style, name: str) -> Image.Image:
    """A square seal's plate, characters in columns from the right."""
    side = round(style.size * _FINE)
    ink = Image.new("L", (side, side), 0)
    pen = ImageDraw.Draw(ink)
    pen.rectangle((0, 0, side - 1, side - 1), outline=255, width=round(style.ring * _FINE))
    columns = max(1, round(len(name) ** 0.5))
    rows = -(-len(name) // columns)
    room = side - 2 * (style.ring + style.margin) * _FINE
    cell = room / columns, room / rows
    letters = _letters(style, min(cell) / _FINE * 0.92)
    for index, character in enumerate(name):
        column, row = divmod(index, rows)
        x = side - (style.ring + style.margin) * _FINE - (column + 0.5) * cell[0]
        y = (style.ring + style.margin) * _FINE + (row + 0.5) * cell[1]
        pen.text((x, y), character, font=letters, fill=255, anchor="mm")
    return ink


def _pressed(plate: Image.Image, style: Style, seed: int) -> Image.Image:
    """Uneven pressure, a slight bleed, a few specks without ink; turned."""
    random = np.random.default_rng(seed)
    turned = plate.rotate(style.turn, Image.Resampling.BICUBIC, expand=True)
    cloud = Image.fromarray((random.random((7, 7)) * 255).astype(np.uint8)).resize(
        turned.size, Image.Resampling.BICUBIC
    )
    specks = Image.fromarray((random.random((turned.height // 9, turned.width // 9)) * 255).astype(np.uint8))
    worn = np.asarray(specks.resize(turned.size, Image.Resampling.BICUBIC), np.float32) / 255
    pressure = 0.7 + 0.3 * np.asarray(cloud, np.float32) / 255
    soft = np.asarray(turned.filter(ImageFilter.GaussianBlur(1.6)), np.float32)
    return Image.fromarray(
        np.clip(soft * pressure * np.where(worn < 0.12, 0.5, 1.0) * style.ink, 0, 255).astype(np.uint8)
    )


def picture(style: Style, name: str, seed: int, *, square: bool = False, second: str = "") -> bytes:
    """The box with a seal (and a second, square one) as PNG at 8 pixels a mm."""
    random = Random(seed)
    paper = Image.new("RGB", (round(110 * _FINE), round(70 * _FINE)), (255, 255, 255))
    plate = square_plate(style, name) if square else ring_seal(style, name)
    _laid(paper, _pressed(plate, style, seed), style.colour, (random.uniform(30, 42), random.uniform(30, 40)))
    if second:
        small = _pressed(square_plate(Style(size=18, ring=0.8), second), style, seed + 1)
        _laid(paper, small, style.colour, (82, random.uniform(25, 45)))
    if style.signed_over:
        hand = handwriting(seed, width=round(30 * _FINE), height=round(12 * _FINE), colour=BLUE, pen_width=0.5 * _FINE)
        _laid(paper, hand.getchannel("A"), BLUE, (random.uniform(30, 50), random.uniform(28, 42)))
    scanned = paper.resize((round(110 / 25.4 * style.dpi), round(70 / 25.4 * style.dpi)), Image.Resampling.LANCZOS)
    captured = capture(scanned, style.device, seed, rotation=0.4, noise=style.noise)
    buffer = io.BytesIO()
    captured.save(buffer, "JPEG", quality=style.quality)
    level = Image.open(buffer).resize((880, 560), Image.Resampling.BICUBIC)
    out = io.BytesIO()
    level.save(out, "PNG", compress_level=1)
    return out.getvalue()


def _laid(paper: Image.Image, ink: Image.Image, colour: tuple[int, int, int], at: tuple[float, float]) -> None:
    left, top = round(at[0] * _FINE - ink.width / 2), round(at[1] * _FINE - ink.height / 2)
    ground = paper.crop((left, top, left + ink.width, top + ink.height))
    solid = Image.new("RGB", ink.size, colour)
    paper.paste(
        Image.composite(ImageChops.multiply(ground, solid), ground, ink.point(lambda value: int(value * 0.93))),
        (left, top),
    )
