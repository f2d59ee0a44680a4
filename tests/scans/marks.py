"""What honest customers leave on the slip: seals, names, both, a date, a tick, and over which field.

``GOOD["seal over date"](job)`` writes on ``job.paper``; ``HARD`` are honest too, but a person may have to look.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

import numpy as np

from parsers.scan.layout import Box, Layout
from tests.scans.letters import hand_text, signature, stroke, typed
from tests.scans.paper import PENS, RED, RED_PEN, TONER, Colour, Paper, middle
from tests.scans.seals import Press, a_cut, a_press, pressed, round_plate, square_plate
from tests.scans.words import BINDING, DATES, PEOPLE


@dataclass(slots=True)
class Job:
    """One return in the making: the paper, where things stand on it, whose it is, and the pen at hand."""

    paper: Paper
    layout: Layout
    name: str
    traditional: bool
    pen: Colour = PENS[0]
    has_date: bool = False

    @property
    def random(self) -> Random:
        return self.paper.random

    def write(
        self,
        text: str,
        page: int,
        x: float,
        y: float,
        height: float = 5.0,
        *,
        colour: Colour | None = None,
        legible: bool = False,
    ) -> None:
        """Words by hand, their middle at x, y mm; ``legible``: so that anyone can read them."""
        ink = hand_text(self.random, text, self.paper.px(height), legible=legible)
        self.paper.put(ink * self.random.uniform(0.8, 1.0), colour or self.pen, page, x, y)

    def sign(self, x: float, y: float, width: float = 32, page: int = 0) -> None:
        """A name by hand."""
        ink = signature(self.random, self.paper.px(width)) * self.random.uniform(0.82, 1.0)
        self.paper.put(ink, self.pen, page or self.layout.sign_box.page, x, y)

    def seal(
        self, plate: np.ndarray, x: float, y: float, press: Press | None = None, *, colour: Colour = RED, page: int = 0
    ) -> None:
        """A seal with its middle at x, y mm."""
        ink = pressed(self.random, plate, self.paper.per_mm, press or a_press(self.random))
        self.paper.put(ink, colour, page or self.layout.sign_box.page, x, y)

    def tick(self, box: Box, size: float = 1.4) -> None:
        """A tick in a tick box, somewhat larger than it."""
        side = self.paper.px(max(box.width, box.height) * size)
        ways = ([(0.05, 0.5), (0.35, 0.95), (1.0, 0.0)], [(0.0, 0.4), (0.3, 0.9), (0.5, 0.7), (1.1, -0.2)])
        ink = stroke(self.random, list(self.random.choice(ways)), (side, side), self.paper.px(0.45))
        self.paper.put(ink, self.pen, box.page, *middle(box))

    def line(
        self, page: int, start: tuple[float, float], end: tuple[float, float], colour: Colour | None = None
    ) -> None:
        """A stroke of the pen from a point to another, in mm."""
        size = self.paper.px(abs(end[0] - start[0])), self.paper.px(abs(end[1] - start[1]))
        across = [(0.0, 0.0), (0.35, 0.35), (0.7, 0.7), (1.0, 1.0)]
        wobble = [(x, y + self.random.uniform(-0.03, 0.03)) for x, y in across]
        if (end[0] - start[0]) * (end[1] - start[1]) < 0:
            wobble = [(x, 1 - y) for x, y in wobble]
        ink = stroke(self.random, wobble, size, self.paper.px(0.5))
        self.paper.put(ink, colour or self.pen, page, (start[0] + end[0]) / 2, (start[1] + end[1]) / 2)

    def cross(self, x: float, y: float, reach: float) -> None:
        """Two strokes of the pen over what stands at x, y."""
        page = self.layout.sign_box.page
        self.line(page, (x - reach, y - reach), (x + reach, y + reach))
        self.line(page, (x - reach, y + reach), (x + reach, y - reach))


def spot(job: Job, *, reach: float = 1.0) -> tuple[float, float]:
    """A place in the box where a 40 mm seal still stands mostly inside."""
    x, y = middle(job.layout.sign_box)
    return x + job.random.uniform(-20, 20) * reach, y + job.random.uniform(-5, 5) * reach


def details(job: Job) -> None:
    """The tick at 无误, a name in print, a date: each on most slips, not on all."""
    if job.random.random() < 0.7:
        job.tick(job.layout.agree)
    if job.random.random() < 0.4:
        x, y = middle(job.layout.name_field)
        job.write(job.random.choice(PEOPLE), job.layout.name_field.page, x, y, 4.4)
    if job.random.random() < 0.55:
        dated(job)


def dated(job: Job) -> None:
    """A date: most fill in the numbers before the printed 年 月 日, some write all of it over them."""
    if job.has_date:
        return
    job.has_date = True
    box = job.layout.date_field
    x, y = middle(box)
    if job.random.random() < 0.3:
        job.write(job.random.choice(DATES), box.page, x, y, 4.0)
        return
    year = "115" if job.traditional and job.random.random() < 0.4 else "2026"
    for text, at in ((year, 13.8), ("11", 25.8), (str(job.random.randint(2, 19)), 36.6)):
        job.write(text, box.page, box.x + at, y + job.random.uniform(-0.6, 0.6), job.random.uniform(3.0, 3.8))


def seal(job: Job) -> None:
    job.seal(round_plate(a_cut(job.random, job.name)), *spot(job))


def titled_seal(job: Job) -> None:
    title = job.random.choice([word for word in BINDING if ("專" in word) == job.traditional])
    job.seal(round_plate(a_cut(job.random, job.name, title)), *spot(job))


def hand(job: Job) -> None:
    job.sign(*spot(job), width=job.random.uniform(22, 45))


def seal_and_hand(job: Job) -> None:
    x, y = middle(job.layout.sign_box)
    job.seal(round_plate(a_cut(job.random, job.name)), x + job.random.uniform(12, 20), y + job.random.uniform(-4, 4))
    job.sign(x - job.random.uniform(14, 24), y + job.random.uniform(-8, 8), width=job.random.uniform(22, 34))


def hand_over_seal(job: Job) -> None:
    x, y = spot(job, reach=0.5)
    job.seal(round_plate(a_cut(job.random, job.name)), x, y)
    job.sign(x + job.random.uniform(-14, 14), y + job.random.uniform(4, 12), width=job.random.uniform(24, 34))


def over_date(job: Job) -> None:
    """騎年蓋月: the seal stands over the date, which is what many were taught."""
    x, y = middle(job.layout.date_field)
    dated(job)
    job.seal(round_plate(a_cut(job.random, job.name)), x + job.random.uniform(-3, 16), y + job.random.uniform(8, 18))


def over_name(job: Job) -> None:
    x, y = middle(job.layout.name_field)
    job.write(job.random.choice(PEOPLE), job.layout.name_field.page, x, y, 4.4)
    job.seal(round_plate(a_cut(job.random, job.name)), x + job.random.uniform(-6, 10), y + job.random.uniform(20, 34))


def riding(job: Job) -> None:
    """騎縫章: besides the seal in the box, one over the fanned right edges, a slice on each page."""
    seal(job)
    plate = round_plate(a_cut(job.random, job.name))
    ink = pressed(job.random, plate, job.paper.per_mm, Press(0.9, 0, 0, job.random.gauss(0, 6)))
    count = max(2, len(job.paper.pages))
    wide, y = ink.shape[1] // count, job.random.uniform(80, 240)
    for index, page in enumerate(job.paper.pages):
        piece = ink[:, index * wide : (index + 1) * wide]
        edge = page.shape[1] / job.paper.per_mm
        job.paper.put(piece, RED, index + 1, edge - wide / job.paper.per_mm / 2, y)


def two_squares(job: Job) -> None:
    """大小章: the firm's square seal and a person's small one."""
    x, y = middle(job.layout.sign_box)
    colour = RED if job.random.random() < 0.85 else (40, 60, 150)
    press = replace(a_press(job.random), turn=job.random.gauss(0, 4))
    job.seal(
        square_plate(job.name, job.random.uniform(26, 36)), x - job.random.uniform(10, 20), y, press, colour=colour
    )
    small = square_plate(job.random.choice(PEOPLE) + "印", job.random.uniform(12, 16))
    job.seal(small, x + job.random.uniform(12, 24), y + job.random.uniform(-4, 8), press, colour=colour)


def typed_and_sealed(job: Job) -> None:
    """Name and date filled in with a printer, then sealed."""
    for field, text in ((job.layout.name_field, job.random.choice(PEOPLE)), (job.layout.date_field, "2026-11-06")):
        job.paper.put(typed(text, "kai.ttf", job.paper.px(4)), TONER, field.page, *middle(field))
    seal(job)


def _hard_seal(job: Job, press: Press) -> None:
    job.seal(round_plate(a_cut(job.random, job.name)), *spot(job), press)


def faint(job: Job) -> None:
    _hard_seal(job, Press(job.random.uniform(0.18, 0.4), 0, 0, job.random.gauss(0, 10)))


def partial(job: Job) -> None:
    _hard_seal(job, Press(0.9, 0, job.random.uniform(0.1, 0.3), job.random.gauss(0, 10)))


def over_inked(job: Job) -> None:
    _hard_seal(job, Press(1.0, job.random.uniform(0.2, 0.4), 0, job.random.gauss(0, 10)))


def steep(job: Job) -> None:
    _hard_seal(job, Press(0.9, 0, 0, job.random.choice((-1, 1)) * job.random.uniform(40, 180)))


def half_outside(job: Job) -> None:
    x, y = middle(job.layout.sign_box)
    job.seal(round_plate(a_cut(job.random, job.name)), x + job.random.choice((-44, 44)), y + job.random.uniform(-6, 6))


def red_hand(job: Job) -> None:
    job.pen = RED_PEN
    hand(job)


GOOD: dict[str, Callable[[Job], None]] = {
    "seal": seal,
    "titled seal": titled_seal,
    "hand": hand,
    "seal and hand": seal_and_hand,
    "hand over seal": hand_over_seal,
    "seal over date": over_date,
    "seal over name": over_name,
    "riding seal": riding,
    "two squares": two_squares,
    "typed and sealed": typed_and_sealed,
}
HARD: dict[str, Callable[[Job], None]] = {
    "faint seal": faint,
    "partial seal": partial,
    "over-inked seal": over_inked,
    "steep seal": steep,
    "half outside": half_outside,
    "red hand": red_hand,
}


def any_mark(job: Job) -> None:
    """Sealed, signed or both: what a hostile return carries besides what is wrong with it."""
    job.random.choice((seal, seal, titled_seal, hand, hand, seal_and_hand, over_date))(job)
