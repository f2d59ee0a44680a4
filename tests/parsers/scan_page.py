"""A stand-in statement of two pages with the layout of DESIGN §8, drawn with ReportLab for the scan tests."""

import io
from functools import lru_cache

import cv2
import numpy as np
import segno
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from parsers import number
from parsers.attachment import PageCode
from parsers.period import Period
from parsers.scan.layout import MARK_MARGIN, MARK_SIZE, Box, Figure, Layout

MM = 72 / 25.4
DIGEST = "ab" * 32


def _box(canvas: Canvas, box: Box) -> None:
    canvas.setLineWidth(0.6)
    canvas.rect(box.x * MM, (297 - box.y - box.height) * MM, box.width * MM, box.height * MM)


def _picture(canvas: Canvas, image: Image.Image, x: float, y: float, size: float) -> None:
    canvas.drawImage(ImageReader(image), x * MM, (297 - y - size) * MM, size * MM, size * MM)


def _frame(canvas: Canvas, code: PageCode) -> None:
    dictionary = cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_50)
    far_x, far_y = 210 - MARK_MARGIN - MARK_SIZE, 297 - MARK_MARGIN - MARK_SIZE
    for identity, (x, y) in enumerate(((8, 8), (far_x, 8), (far_x, far_y), (8, far_y))):
        mark = Image.fromarray(np.asarray(cv2.aruco.generateImageMarker(dictionary, identity, 120)))
        _picture(canvas, mark, x, y, MARK_SIZE)
    text = number.encode(code)
    for x, y, size in ((18, 262, 22), (172, 8, 18)):
        buffer = io.BytesIO()
        segno.make(text, error="q", micro=False).save(buffer, kind="png", scale=8, border=0)
        _picture(canvas, Image.open(io.BytesIO(buffer.getvalue())).convert("L"), x, y, size)


def _figure(canvas: Canvas, page: int, right: float, y: float, text: str, meaning: str, size: float = 9) -> Figure:
    canvas.setFont("Helvetica", size)
    canvas.drawRightString(right * MM, (297 - y) * MM, text)
    width = canvas.stringWidth(text, "Helvetica", size) / MM
    height = size * 0.75 / MM
    return Figure(Box(page, right - width - 0.3, y - height - 0.2, width + 0.6, height + 0.6), text, meaning)


@lru_cache(maxsize=4)
def statement(sequence: int = 1, revision: int = 1, closing: str = "85,685.00") -> tuple[bytes, Layout, str]:
    """PDF bytes, its layout and its number."""
    name = number.compose("DZ", Period("month", 2026, 10), sequence)
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(210 * MM, 297 * MM), invariant=1)
    figures: list[Figure] = []
    _frame(canvas, PageCode(name, revision, 1, 2, number.short_digest(DIGEST)))
    canvas.setFont("Helvetica-Bold", 14)
    canvas.drawString(20 * MM, (297 - 24) * MM, f"STATEMENT OF ACCOUNT {name} R{revision}")
    for row in range(34):
        y = 48 + row * 6
        canvas.setFont("Helvetica", 8.5)
        canvas.drawString(
            20 * MM, (297 - y) * MM, f"2026-10-{row % 28 + 1:02d}   FH2610{row:04d}   Steel pipe DN{row * 5 + 20}"
        )
        amount = f"{(row * 7919 + sequence * 613) % 90000 / 7 + 100:,.2f}"
        figures.append(_figure(canvas, 1, 160, y, amount, f"line {row + 1} amount", 8.5))
        figures.append(
            _figure(canvas, 1, 186, y, f"{(row * 104729) % 400000 / 3 + 1000:,.2f}", f"line {row + 1} balance", 8.5)
        )
        canvas.setLineWidth(0.3)
        canvas.line(20 * MM, (297 - y - 1.6) * MM, 188 * MM, (297 - y - 1.6) * MM)
    canvas.showPage()
    _frame(canvas, PageCode(name, revision, 2, 2, number.short_digest(DIGEST)))
    for row, (label, text) in enumerate(
        (("opening", "128,600.00"), ("charges", "35,085.00"), ("received", "78,000.00"), ("closing", closing))
    ):
        canvas.setFont("Helvetica", 11)
        canvas.drawString(20 * MM, (297 - 40 - row * 8) * MM, label)
        figures.append(_figure(canvas, 2, 100, 40 + row * 8, text, label, 11))
    boxes = {
        "agree": Box(2, 22, 90, 4, 4),
        "differ": Box(2, 62, 90, 4, 4),
        "remark": Box(2, 20, 116, 168, 24),
        "sign": Box(2, 96, 176, 92, 54),
        "ours": Box(2, 20, 176, 70, 54),
    }
    fields = (Box(2, 50, 98, 45, 7), Box(2, 125, 98, 45, 7))
    causes = tuple(Box(2, 22 + 30 * index, 109, 3.5, 3.5) for index in range(5))
    names = (Box(2, 120, 236, 60, 8), Box(2, 120, 248, 60, 8))
    for box in (*boxes.values(), *causes):
        _box(canvas, box)
    canvas.setFont("Helvetica", 9)
    for x, y, text in (
        (28, 93.5, "agreed"),
        (68, 93.5, "differs"),
        (22, 104, "their balance"),
        (100, 104, "difference"),
        (20, 114.8, "   cause a"),
        (20, 145, "sign and seal all pages"),
        (98, 242, "name"),
        (98, 254, "date"),
    ):
        canvas.drawString(x * MM, (297 - y) * MM, text)
    for box in (*fields, *names):
        canvas.line(
            box.x * MM, (297 - box.y - box.height) * MM, (box.x + box.width) * MM, (297 - box.y - box.height) * MM
        )
    canvas.save()
    layout = Layout(
        2,
        tuple(figures),
        boxes["sign"],
        boxes["remark"],
        boxes["agree"],
        boxes["differ"],
        fields,
        causes,
        names[0],
        names[1],
        boxes["ours"],
    )
    return buffer.getvalue(), layout, name
