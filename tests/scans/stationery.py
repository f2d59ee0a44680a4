"""What lies on a desk besides pens and seals: highlighter, correction tape, sticky notes, date stamps, a finger.

``highlight(job, box)`` marks a box of the paper; every function works on ``job.paper`` in mm.
"""

import cv2
import numpy as np

from parsers.scan.layout import Box
from tests.scans.letters import KAI, SANS, SONG, hand_text, having, sized, stroke, turned, typed
from tests.scans.marks import Job
from tests.scans.paper import TONER, Colour, Page, middle
from tests.scans.seals import FINE, Press, pressed

MARKERS: tuple[Colour, ...] = ((255, 240, 70), (255, 165, 190), (160, 240, 130), (255, 200, 90))
STAMP_INKS: tuple[Colour, ...] = ((204, 30, 40), (40, 60, 150), (95, 50, 140))
PENCIL: Colour = (130, 130, 134)
_PAPERS: tuple[Colour, ...] = ((252, 240, 130), (250, 190, 205), (190, 235, 170), (180, 220, 245))


def highlight(job: Job, box: Box) -> None:
    """A stroke of a broad felt pen through which the print stays legible."""
    ink = np.full((job.paper.px(box.height + 1.2), job.paper.px(box.width + 4)), 0.92, np.float32)
    ink = np.pad(ink, job.paper.px(0.6))
    ink = turned(cv2.GaussianBlur(ink, (0, 0), job.paper.px(0.15)), job.random.uniform(-0.5, 0.5))
    job.paper.put(ink, job.random.choice(MARKERS), box.page, *middle(box))


def taped(job: Job, box: Box) -> None:
    """A strip of correction tape, 5 mm high or a little more: pure white, a grey lip at its edges."""
    x, y = middle(box)
    high, wide = max(5.0, box.height + 1), box.width + job.random.uniform(1, 5)
    lip = np.full((job.paper.px(high + 0.5), job.paper.px(wide + 0.5)), 0.55, np.float32)
    job.paper.put(cv2.GaussianBlur(lip, (0, 0), job.paper.px(0.1)), (150, 150, 150), box.page, x, y)
    job.paper.fill(Box(box.page, x - wide / 2, y - high / 2, wide, high), (255, 255, 254))


def ringed(job: Job, box: Box) -> None:
    """A ring of the pen round a box."""
    size = job.paper.px(box.width + 5), job.paper.px(box.height + 4)
    ring = [(0.5, 0.0), (0.05, 0.4), (0.4, 1.0), (0.97, 0.6), (0.6, 0.02), (0.4, 0.0)]
    job.paper.put(stroke(job.random, ring, size, job.paper.px(0.5)), job.pen, box.page, *middle(box))


def sticky_note(job: Job, page: int, place: tuple[float, float], words: str, wide: float) -> None:
    """A coloured slip of paper, 76 mm or narrower, with words on it or none; its shadow falls to the right."""
    x, y = place
    high = job.random.uniform(0.35, 0.8) * wide
    shade = np.pad(np.full((job.paper.px(high), job.paper.px(wide)), 0.4, np.float32), job.paper.px(1.5))
    job.paper.put(cv2.GaussianBlur(shade, (0, 0), job.paper.px(0.7)), (120, 120, 120), page, x + 0.8, y + 0.8)
    lean = job.random.uniform(-4, 4)
    slip = turned(np.ones((job.paper.px(high), job.paper.px(wide)), np.float32), lean)
    job.paper.put(slip, job.random.choice(_PAPERS), page, x, y, opaque=True)
    if words:
        ink = hand_text(job.random, words, job.paper.px(min(6.0, wide * 0.9 / len(words))), legible=True)
        job.paper.put(turned(ink, lean), job.pen, page, x, y)


def dater(job: Job, words: str, date: str, size: float = 34) -> np.ndarray:
    """A round stamp in two rings, words above and a date between two bars: for mail that came in."""
    side = round((size + 2) * FINE)
    plate = np.zeros((side, side), np.float32)
    for radius, thick in ((size / 2 - 0.5, 0.7), (size / 2 - 2, 0.3)):
        width = max(1, round(thick * FINE))
        cv2.circle(plate, (side // 2, side // 2), round(radius * FINE), 1.0, width, cv2.LINE_AA)
    for rise in (-4, 4):
        level, reach = round(side / 2 + rise * FINE), round((size / 2 - 2.6) * FINE)
        cv2.line(plate, (side // 2 - reach, level), (side // 2 + reach, level), 1.0, round(0.35 * FINE))
    top, bottom = (words[: len(words) // 2], words[len(words) // 2 :]) if len(words) > 5 else (words, "")
    for text, y, wide in ((top, -8.5, size * 0.62), (date, 0.0, size * 0.72), (bottom, 8.5, size * 0.62)):
        if text:
            ink = typed(text, _face(job, text), round(4.2 * FINE))
            ink = sized(ink, min(ink.shape[1], round(wide * FINE)), ink.shape[0])
            up, left = round(side / 2 + y * FINE - ink.shape[0] / 2), side // 2 - ink.shape[1] // 2
            view = plate[up : up + ink.shape[0], left : left + ink.shape[1]]
            np.maximum(view, ink, out=view)
    return plate


def _face(job: Job, words: str) -> str:
    """A typeface that has all of the words' characters."""
    able = [face for face in (SANS, KAI, SONG) if all(having(each, face) == face for each in words)]
    return job.random.choice(able or [SONG])


def line_stamp(job: Job, words: str, x: float, y: float, *, page: int, height: float, colour: Colour) -> None:
    """Words of a rubber stamp, in a frame or without, a little aslant."""
    ink = np.pad(typed(words, _face(job, words), round(height * FINE)), round(1.4 * FINE))
    if job.random.random() < 0.6:
        cv2.rectangle(ink, (3, 3), (ink.shape[1] - 4, ink.shape[0] - 4), 1.0, round(0.6 * FINE))
    laid = pressed(job.random, ink, job.paper.per_mm, Press(0.92, 0, 0, job.random.gauss(0, 4)))
    job.paper.put(laid, colour, page, x, y)


def finger_on(page: Page, dpi: int, job: Job, x: float, y: float) -> Page:
    """A finger or two from the nearer side of the sheet, whose tip covers what is at x, y."""
    mm, made = dpi / 25.4, page.copy()
    side = 0.0 if x < 105 else 210.0
    skin = np.array((job.random.randint(180, 228), job.random.randint(135, 170), job.random.randint(110, 145)))
    for step in range(job.random.choice((1, 2))):
        start = (round(side * mm), round((y + 16 * step + job.random.uniform(6, 22)) * mm))
        end = (round(x * mm), round((y + 13 * step) * mm))
        for share, tone in ((1.0, 0.86), (0.86, 1.0)):
            thick = round(17 * share * mm)
            cv2.line(made, start, end, tuple(map(int, skin * tone)), thick, cv2.LINE_AA)
        nail = tuple(map(int, np.clip(skin * 1.08, 0, 255)))
        cv2.ellipse(made, end, (round(5 * mm), round(4 * mm)), 0, 0, 360, nail, -1, cv2.LINE_AA)
    return made


def glare_on(page: Page, dpi: int, job: Job, x: float, y: float) -> Page:
    """A lamp's reflection on the paper that whitens what is at x, y, 30 to 45 mm wide."""
    mm = dpi / 25.4
    columns, rows = np.meshgrid(np.arange(page.shape[1]), np.arange(page.shape[0]))
    reach = job.random.uniform(15, 22) * mm
    away = np.hypot((columns - x * mm) / 1.4, rows - y * mm) / reach
    spot = np.clip(1.6 - away, 0, 1)[..., None].astype(np.float32)
    made: Page = np.clip(page * 0.82 * (1 - spot) + 255.0 * spot, 0, 255).astype(np.uint8)
    return made


def typed_line(job: Job, words: str, box: Box, height: float) -> None:
    """Words from a printer in the middle of a box."""
    ink = typed(words, _face(job, words), job.paper.px(height))
    job.paper.put(ink, TONER, box.page, *middle(box))
