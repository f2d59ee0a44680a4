"""One return in the making: whose statement, which seed, which device and format.

``Making(case(3), Random("7"), 200, "flatbed")``; a kind's function gives a written :class:`Job`, pictures that were
captured already, or finished files.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

import numpy as np
from PIL import Image

from bot.compose.statement_pdf import RenderedPdf
from parsers.scan.layout import Box
from tests.scans.capture import DEVICES
from tests.scans.files import FORMATS, Parts, a_format
from tests.scans.marks import Job, details
from tests.scans.paper import PENS, Page, Paper
from tests.scans.statements import Case


@dataclass(slots=True)
class Making:
    """What a kind's function is given; ``form`` may be settled by it."""

    case: Case
    random: Random
    dpi: int
    device: str
    form: str = field(default="")

    def job(
        self, pdf: RenderedPdf | None = None, *, filled: bool = True, pages: list[Page] | None = None, dpi: int = 0
    ) -> Job:
        """The live statement, or another, on paper; ``filled``: ticked at 无误, name and date, as most are."""
        chosen = pdf or self.case.live.pdf
        paper = Paper(pages, dpi, self.random) if pages else Paper.of(chosen.data, self.dpi, self.random)
        made = Job(
            paper,
            chosen.layout,
            self.case.name,
            self.case.live.statement.locale.value != "zh-Hans",
            self.random.choice(PENS),
        )
        if filled:
            details(made)
        return made

    @property
    def box(self) -> Box:
        """The box for seal and signature."""
        return self.case.live.pdf.layout.sign_box

    def total(self, job: Job) -> Box:
        """Where one of the balances stands."""
        wanted = {"closing", "sum closing", "closing in figures", "table total balance"}
        return self.random.choice([one.box for one in job.layout.figures if one.meaning in wanted])

    def blank_piece(self, page: Page, dpi: float) -> Paper:
        """A patch to stamp on."""
        return Paper([page], round(dpi), self.random)

    def captured(self, pages: list[Page]) -> list[Page]:
        """Each page as the device delivers it."""
        return [DEVICES[self.device](page, self.dpi, self.random) for page in pages]

    def packed(self, pages: list[Page]) -> Parts:
        """As files of a mail."""
        return FORMATS[self.form or a_format(self.device, self.random)](pages, self.dpi, self.random)

    @staticmethod
    def encoded(page: Page, form: str) -> bytes:
        """One picture as bytes."""
        buffer = io.BytesIO()
        Image.fromarray(page).save(buffer, form)
        return buffer.getvalue()


Kind = Callable[[Making], Job | list[np.ndarray] | Parts]


def finished(kind: Kind, making: Making) -> Parts:
    """The files of a mail, whatever the kind's function gave."""
    made = kind(making)
    if isinstance(made, Job):
        return making.packed(making.captured(made.paper.pages))
    if isinstance(made, list):
        return making.packed(made)
    return made
