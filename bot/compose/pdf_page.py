"""A page to draw on, in millimetres from its top left corner, that remembers every word and figure put on it.

Shapes go onto ReportLab's canvas at once; texts are collected in one text object a page and laid over them, which is
what keeps a page of a thousand texts quick.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from typing import Any, Literal

from reportlab import rl_config
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from bot.compose import fonts
from bot.compose.pdf_marks import Rectangle
from parsers.scan.layout import PAGE_HEIGHT, PAGE_WIDTH, Box, Figure

# Streams stay binary: base 85 would cost time and a fifth of the size, for mail transports of another century.
rl_config.useA85 = 0

Align = Literal["left", "right", "center"]
MM = 72 / 25.4
LEFT, RIGHT = 12.0, 198.0
BLACK, INK, LABEL, RULE, FAINT, TINT = 0.0, 0.1, 0.38, 0.55, 0.78, 0.945
"""Shades of grey: 0 is black. Coloured pens and seals must stand out, so there is nothing else."""


@dataclass
class Paper:
    """Draws pages one after the other; ``words`` and ``figures`` grow with them."""

    title: str
    author: str
    words: list[str] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    page: int = 0

    def __post_init__(self) -> None:
        fonts.register()
        self._file = BytesIO()
        self._canvas: Any = Canvas(
            self._file, pagesize=(PAGE_WIDTH * MM, PAGE_HEIGHT * MM), invariant=1, pageCompression=1, lang="zh"
        )
        self._canvas.setTitle(self.title)
        self._canvas.setAuthor(self.author)
        self._canvas.setCreator("duizhang")
        self._canvas.setProducer("duizhang")
        self._images: list[tuple[bytes, Box]] = []
        self._text: Any = None

    def begin(self) -> None:
        """Start a page."""
        self.page += 1
        self._text = self._canvas.beginText()
        self._style: tuple[str, float] = ("", 0.0)
        self._shade = -1.0

    def end(self) -> None:
        """Finish the page: texts over shapes, pictures over texts as a stamp would be."""
        self._canvas.drawText(self._text)
        for data, box in self._images:
            self._place(data, box)
        self._images.clear()
        self._canvas.showPage()

    def finish(self) -> bytes:
        """The whole document."""
        self._canvas.save()
        return self._file.getvalue()

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        bold: bool = False,
        align: Align = "left",
        shade: float = INK,
    ) -> None:
        """One line with its baseline at ``y``; raises MissingGlyphs."""
        if not text:
            return
        fonts.require_glyphs(text)
        if align != "left":
            wide = fonts.width(text, size, bold=bold)
            x -= wide if align == "right" else wide / 2
        style = (fonts.BOLD if bold else fonts.REGULAR, size)
        if style != self._style:
            self._text.setFont(*style)
            self._style = style
        if shade != self._shade:
            self._text.setFillGray(shade)
            self._shade = shade
        self._text.setTextOrigin(x * MM, (PAGE_HEIGHT - y) * MM)
        self._text.textLine(text)  # unlike textOut it doesn't measure the text: the next one sets its own origin
        self.words.append(text)

    def fitted(
        self,
        x: float,
        y: float,
        text: str,
        room: float,
        size: float,
        *,
        smallest: float = 5.5,
        lines: int = 1,
        bold: bool = False,
        align: Align = "left",
        shade: float = INK,
    ) -> int:
        """A text that is shrunk, broken and shortened to its room; returns how many lines it took."""
        found = fonts.fit(text, room, size, smallest, lines=lines, bold=bold)
        step = found.size * 0.353 * 1.22
        for index, line in enumerate(found.lines):
            self.text(x, y + index * step, line, found.size, bold=bold, align=align, shade=shade)
        return len(found.lines)

    def figure(
        self,
        x: float,
        y: float,
        text: str,
        meaning: str,
        *,
        room: float,
        size: float,
        bold: bool = False,
        align: Align = "right",
    ) -> None:
        """A figure at ``x``, never shortened; its box is remembered under its meaning."""
        size, wide = fonts.shrink(text, room, size, bold=bold)
        left = x - wide if align == "right" else x
        self.text(left, y, text, size, bold=bold, shade=BLACK)
        em = size / MM
        box = Box(self.page, round(left, 2), round(y - 0.78 * em, 2), round(wide, 2), round(0.98 * em, 2))
        self.figures.append(Figure(box, text, meaning))

    def line(self, x1: float, y1: float, x2: float, y2: float, *, weight: float = 0.2, shade: float = RULE) -> None:
        """A straight line; ``weight`` in mm."""
        self._canvas.setStrokeGray(shade)
        self._canvas.setLineWidth(weight * MM)
        self._canvas.line(x1 * MM, (PAGE_HEIGHT - y1) * MM, x2 * MM, (PAGE_HEIGHT - y2) * MM)

    def fill(self, x: float, y: float, width: float, height: float, shade: float = TINT) -> None:
        """A filled rectangle."""
        self._canvas.setFillGray(shade)
        self._canvas.rect(x * MM, (PAGE_HEIGHT - y - height) * MM, width * MM, height * MM, stroke=0, fill=1)

    def frame(
        self, x: float, y: float, width: float, height: float, *, weight: float = 0.25, shade: float = INK
    ) -> Box:
        """An empty rectangle; returns its box."""
        self._canvas.setStrokeGray(shade)
        self._canvas.setLineWidth(weight * MM)
        self._canvas.rect(x * MM, (PAGE_HEIGHT - y - height) * MM, width * MM, height * MM, stroke=1, fill=0)
        return Box(self.page, round(x, 2), round(y, 2), round(width, 2), round(height, 2))

    def black(self, rectangles: tuple[Rectangle, ...]) -> None:
        """Many black rectangles as one shape."""
        self._canvas.setFillGray(BLACK)
        self._canvas.addLiteral(_path(rectangles))

    def picture(self, data: bytes, box: Box) -> None:
        """A picture, as large as its box allows, laid over this page's texts."""
        self._images.append((data, box))

    def _place(self, data: bytes, box: Box) -> None:
        self._canvas.drawImage(
            ImageReader(BytesIO(data)),
            box.x * MM,
            (PAGE_HEIGHT - box.y - box.height) * MM,
            box.width * MM,
            box.height * MM,
            mask="auto",
            preserveAspectRatio=True,
            anchor="c",
        )


@lru_cache(maxsize=16)
def _path(rectangles: tuple[Rectangle, ...]) -> str:
    """Rectangles as one filled path, written by hand: as single shapes they'd take a tenth of a page's time."""
    return (
        "\n".join(
            f"{x * MM:.3f} {(PAGE_HEIGHT - y - height) * MM:.3f} {width * MM:.3f} {height * MM:.3f} re"
            for x, y, width, height in rectangles
        )
        + "\nf"
    )
