"""Our statement on paper: pages that can be written and stamped on, places in mm.

``Paper.of(pdf, 200, seed).put(ink, BLUE, 1, x, y)`` lays ink with its centre at x, y mm of page 1.
"""

from dataclasses import dataclass
from functools import lru_cache
from random import Random

import cv2
import numpy as np
import pypdfium2

from parsers.scan.layout import Box

Colour = tuple[int, int, int]
Page = np.ndarray
"""One page or picture: rows × columns × RGB, uint8."""
RED: Colour = (204, 30, 40)
PENS: tuple[Colour, ...] = ((35, 55, 150), (28, 60, 175), (25, 25, 30), (20, 20, 22), (40, 40, 110))
RED_PEN: Colour = (200, 25, 35)
TONER: Colour = (18, 18, 20)


@lru_cache(maxsize=2)
def printed(pdf: bytes, dpi: int) -> tuple[Page, ...]:
    """Each page of a PDF as pixels: up to 80 MB at 300 dpi, hence few are kept."""
    with pypdfium2.PdfDocument(pdf) as document:
        document.init_forms()
        return tuple(page.render(scale=dpi / 72).to_numpy()[..., ::-1].copy() for page in document)


@dataclass(slots=True)
class Paper:
    """Pages being written on at ``dpi``; ``random`` makes every choice."""

    pages: list[Page]
    dpi: int
    random: Random

    @classmethod
    def of(cls, pdf: bytes, dpi: int, random: Random) -> "Paper":
        """Our PDF, printed."""
        return cls([page.copy() for page in printed(pdf, dpi)], dpi, random)

    @property
    def per_mm(self) -> float:
        """Pixels a mm."""
        return self.dpi / 25.4

    def px(self, length: float) -> int:
        """A length in mm as pixels, at least 1."""
        return max(1, round(length * self.per_mm))

    def put(self, ink: np.ndarray, colour: Colour, page: int, x: float, y: float, *, opaque: bool = False) -> None:
        """Ink multiplies with what is under it; ``opaque`` covers it."""
        sheet = self.pages[page - 1]
        top, left = round(y * self.per_mm - ink.shape[0] / 2), round(x * self.per_mm - ink.shape[1] / 2)
        up, off = max(0, -top), max(0, -left)
        view = sheet[top + up : top + ink.shape[0], left + off : left + ink.shape[1]]
        part = ink[up : up + view.shape[0], off : off + view.shape[1], None]
        ground = view.astype(np.float32)
        tone = np.array(colour, np.float32)
        under = tone if opaque else ground * tone / 255
        view[...] = np.clip(ground * (1 - part) + under * part, 0, 255).astype(np.uint8)

    def fill(self, box: Box, colour: Colour = (255, 255, 255), *, soft: float = 0) -> None:
        """A patch over a box, with ``soft`` mm of uneven edge where it isn't cut straight."""
        ink = np.ones((self.px(box.height), self.px(box.width)), np.float32)
        if soft:
            ink = np.pad(ink, self.px(soft))
            ink = cv2.GaussianBlur(ink, (0, 0), self.px(soft) / 3)
        self.put(ink, colour, box.page, box.x + box.width / 2, box.y + box.height / 2, opaque=True)

    def cut(self, box: Box) -> Page:
        """A copy of the pixels in a box."""
        top, left = round(box.y * self.per_mm), round(box.x * self.per_mm)
        return self.pages[box.page - 1][top : top + self.px(box.height), left : left + self.px(box.width)].copy()

    def paste(self, patch: Page, page: int, x: float, y: float) -> None:
        """Pixels laid over a page with their top left corner at x, y."""
        top, left = round(y * self.per_mm), round(x * self.per_mm)
        view = self.pages[page - 1][top : top + patch.shape[0], left : left + patch.shape[1]]
        view[...] = patch[: view.shape[0], : view.shape[1]]


def middle(box: Box) -> tuple[float, float]:
    """A box's centre in mm."""
    return box.x + box.width / 2, box.y + box.height / 2
