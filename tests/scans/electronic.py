"""Our PDF as an editor of PDFs leaves it: pictures laid over it, everything else still vectors.

``overlaid(pdf, [(png, 2, 100, 140, 40)])`` lays an RGBA picture 40 mm wide on page 2 with its centre at x, y mm.
"""

import io
from random import Random

import cv2
import numpy as np
import pypdfium2
from PIL import Image

from bot.compose.statement_pdf import RenderedPdf
from parsers.scan.layout import Box, Figure
from tests.scans.letters import SANS, font_path, signature
from tests.scans.paper import PENS, RED, Colour
from tests.scans.seals import Press, a_cut, pressed, round_plate

Laid = tuple[np.ndarray, int, float, float, float]
_POINTS = 72 / 25.4
_FINE = 12


def coloured(ink: np.ndarray, colour: Colour) -> np.ndarray:
    """Ink as an RGBA picture."""
    tones = np.broadcast_to(np.array(colour, np.uint8), (*ink.shape, 3))
    return np.dstack([tones, (ink * 255).astype(np.uint8)])


def seal_picture(random: Random, name: str, title: str = "") -> tuple[np.ndarray, float]:
    """A clean electronic seal and its width in mm."""
    ink = pressed(random, round_plate(a_cut(random, name, title)), _FINE, Press(1.0, 0, 0, random.gauss(0, 2)))
    return coloured(ink, RED), ink.shape[1] / _FINE


def hand_picture(random: Random, width: float) -> np.ndarray:
    """A name written on a tablet."""
    return coloured(signature(random, round(width * _FINE)), random.choice(PENS))


def overlaid(pdf: bytes, pictures: list[Laid]) -> bytes:
    """The PDF with pictures on it."""
    with pypdfium2.PdfDocument(pdf) as document:
        for picture, number, x, y, width in pictures:
            page = document[number - 1]
            image = pypdfium2.PdfImage.new(document)
            image.set_bitmap(pypdfium2.PdfBitmap.from_pil(Image.fromarray(picture, "RGBA")))
            wide, high = width * _POINTS, width * _POINTS * picture.shape[0] / picture.shape[1]
            left, bottom = x * _POINTS - wide / 2, page.get_height() - y * _POINTS - high / 2
            image.set_matrix(pypdfium2.PdfMatrix().scale(wide, high).translate(left, bottom))
            page.insert_obj(image)
            page.gen_content()
        buffer = io.BytesIO()
        document.save(buffer)
    return buffer.getvalue()


def cover(box: Box, text: str = "") -> Laid:
    """A white patch over a box, with other text set in our own typeface as large as it fits."""
    from PIL import ImageDraw, ImageFont

    scale = 24
    wide, high = round(box.width * scale), round(box.height * scale)
    patch = Image.new("RGBA", (wide, high), (255, 255, 255, 255))
    if text:
        size = high
        letters = ImageFont.truetype(str(font_path(SANS)), size)
        while letters.getlength(text) > wide and size > 6:
            size -= 1
            letters = ImageFont.truetype(str(font_path(SANS)), size)
        ImageDraw.Draw(patch).text((wide, high / 2), text, font=letters, fill=(20, 20, 20, 255), anchor="rm")
    return np.asarray(patch), box.page, box.x + box.width / 2, box.y + box.height / 2, box.width


def edited(pdf: RenderedPdf, figure: Figure, text: str) -> bytes:
    """The PDF with one figure covered and another in its place."""
    return overlaid(pdf.data, [cover(figure.box, text)])


def doodle_ring(random: Random, size: int) -> np.ndarray:
    """A seal as a finger draws one on a phone: a ring, a star of five strokes."""
    ink = np.zeros((size, size), np.float32)
    angles = np.linspace(0, 2 * np.pi, 40)
    wobble = 1 + np.array([random.uniform(-0.04, 0.04) for _ in angles])
    ring = np.stack(
        [size / 2 + 0.44 * size * wobble * np.cos(angles), size / 2 + 0.44 * size * wobble * np.sin(angles)], 1
    )
    cv2.polylines(ink, [ring.round().astype(np.int32)], isClosed=True, color=1.0, thickness=max(2, size // 40))
    corners = [
        (size / 2 + 0.17 * size * np.sin(step * 4 * np.pi / 5), size / 2 - 0.17 * size * np.cos(step * 4 * np.pi / 5))
        for step in range(6)
    ]
    cv2.polylines(
        ink, [np.array(corners).round().astype(np.int32)], isClosed=False, color=1.0, thickness=max(2, size // 45)
    )
    return ink
