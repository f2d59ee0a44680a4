"""More that honest customers leave: date stamps, a name chop, and the traces of checking, which a person may look at.

``GOOD_TOO`` an accountant takes without a question; ``HARD_TOO`` too, but a reader may ask a person. None is a no.
"""

from collections.abc import Callable
from dataclasses import replace

from parsers.scan.layout import Box
from tests.scans.letters import SANS, hand_text, typed
from tests.scans.marks import Job, any_mark, hand, seal, spot
from tests.scans.paper import RED, RED_PEN, middle
from tests.scans.seals import FINE, Press, a_cut, a_press, pressed, round_plate, square_plate
from tests.scans.stationery import PENCIL, STAMP_INKS, highlight, line_stamp
from tests.scans.words import BINDING, PEOPLE


def date_stamp(job: Job) -> None:
    """The date pressed with a rubber dater into the line for it."""
    box = job.layout.date_field
    x, y = middle(box)
    press = Press(0.9, 0, 0, job.random.gauss(0, 3))
    ink = pressed(job.random, typed("2026.11.05", SANS, round(4.4 * FINE)), job.paper.per_mm, press)
    job.paper.put(ink, job.random.choice(STAMP_INKS), box.page, x - job.random.uniform(0, 8), y)
    job.tick(job.layout.agree)
    seal(job)


def dark_seal(job: Job) -> None:
    """An old ink pad: wine red or brownish."""
    colour = job.random.choice(((150, 25, 45), (170, 40, 40), (185, 20, 60), (215, 60, 40)))
    job.seal(round_plate(a_cut(job.random, job.name)), *spot(job), colour=colour)


def position_filled(job: Job) -> None:
    """The field for the position filled in as well: 财务经理, 会计."""
    box = job.layout.name_field
    x, y = 174 + job.random.uniform(4, 12), box.y + box.height / 2
    job.write(job.random.choice(("财务", "会计", "经理", "财务经理", "主管")), box.page, x, y, 3.6, legible=True)
    job.random.choice((seal, hand))(job)


def seal_and_name_chop(job: Job) -> None:
    """The firm's round seal and the small red name chop of whoever signs for it."""
    x, y = middle(job.layout.sign_box)
    job.seal(round_plate(a_cut(job.random, job.name)), x - job.random.uniform(12, 18), y + job.random.uniform(-4, 4))
    press = replace(a_press(job.random), turn=job.random.gauss(0, 4))
    job.seal(square_plate(job.random.choice(PEOPLE) + "印", job.random.uniform(14, 18)), x + 24, y + 4, press)


def sealed_twice(job: Job) -> None:
    """公章 and 财务专用章 of the same firm side by side."""
    x, y = middle(job.layout.sign_box)
    title = job.random.choice([word for word in BINDING if ("專" in word) == job.traditional])
    job.seal(round_plate(a_cut(job.random, job.name)), x - 21, y + job.random.uniform(-3, 3))
    job.seal(round_plate(a_cut(job.random, job.name, title)), x + 21, y + job.random.uniform(-3, 3))


def rows_ticked(job: Job) -> None:
    """A small tick by every row that was checked off, in pencil, red or blue."""
    colour = job.random.choice((PENCIL, RED_PEN, job.pen))
    seen: set[tuple[int, int]] = set()
    for figure in job.layout.figures:
        place = figure.box.page, round(figure.box.y)
        if figure.meaning.startswith("line") and place not in seen:
            seen.add(place)
            ink = hand_text(job.random, "√", job.paper.px(3.2))
            job.paper.put(ink, colour, figure.box.page, 199.5, figure.box.y + figure.box.height / 2)
    any_mark(job)


def balance_highlighted(job: Job) -> None:
    """The balance marked in yellow, because that is the figure that was compared."""
    box = next(one.box for one in job.layout.figures if one.meaning == "closing in figures")
    highlight(job, box)
    any_mark(job)


def nothing_to_remark(job: Job) -> None:
    """无, a slash or a dash in the remark box: nothing to say."""
    box = job.layout.remark_box
    x, y = middle(box)
    if job.random.random() < 0.5:
        words = "無" if job.traditional else "无"
        job.write(words, box.page, x + job.random.uniform(-25, 25), y, job.random.uniform(5, 7), legible=True)
    else:
        job.line(box.page, (x - 12, y + 4), (x + 12, y - 4))
    any_mark(job)


def zero_difference(job: Job) -> None:
    """0.00 or a dash where a difference would stand."""
    field = job.layout.differ_fields[-1]
    words = job.random.choice(("0", "0.00", "/", "无"))
    job.write(words, field.page, *middle(field), 4.0, legible=True)
    any_mark(job)


def two_hands(job: Job) -> None:
    """Maker and checker both sign."""
    x, y = middle(job.layout.sign_box)
    job.sign(x - 20, y + job.random.uniform(-8, 4), width=job.random.uniform(24, 32))
    job.sign(x + 20, y + job.random.uniform(-4, 10), width=job.random.uniform(24, 32))


def seal_in_our_field(job: Job) -> None:
    """Their seal in the field that is meant for ours, their name in their box."""
    box = job.layout.our_seal
    x, y = middle(box)
    job.seal(round_plate(a_cut(job.random, job.name)), x + job.random.uniform(-4, 4), y, page=box.page)
    hand(job)


def initialled(job: Job) -> None:
    """Each page initialled in a corner, besides the seal."""
    for number in range(1, len(job.paper.pages) + 1):
        job.sign(job.random.uniform(180, 190), job.random.uniform(270, 276), width=14, page=number)
    seal(job)


def checked_stamp(job: Job) -> None:
    """A rubber 已核对 beside the seal."""
    x, y = middle(job.layout.sign_box)
    words = job.random.choice(("已核对", "核对无误", "已核", "核對無誤"))
    place = Box(job.layout.sign_box.page, x + 24, y + 14, 0, 0)
    line_stamp(job, words, place.x, place.y, page=place.page, height=5, colour=job.random.choice(STAMP_INKS))
    job.seal(round_plate(a_cut(job.random, job.name)), x - 18, y, colour=RED)


def above_the_box(job: Job) -> None:
    """Signed in the free strip between the date and the box."""
    box = job.layout.sign_box
    job.sign(box.x + job.random.uniform(26, 60), box.y - job.random.uniform(9, 13), width=job.random.uniform(24, 34))


GOOD_TOO: dict[str, Callable[[Job], None]] = {
    "date stamp": date_stamp,
    "dark seal": dark_seal,
    "position filled": position_filled,
    "seal and name chop": seal_and_name_chop,
    "seals of one firm": sealed_twice,
}
HARD_TOO: dict[str, Callable[[Job], None]] = {
    "rows ticked": rows_ticked,
    "balance highlighted": balance_highlighted,
    "nothing to remark": nothing_to_remark,
    "zero difference": zero_difference,
    "two hands": two_hands,
    "seal in our field": seal_in_our_field,
    "pages initialled": initialled,
    "checked stamp": checked_stamp,
    "above the box": above_the_box,
}
