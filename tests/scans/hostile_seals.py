"""Returns whose seal is no yes: another's, one that doesn't bind, a copied, pasted, drawn or voided one."""

import numpy as np

from tests.scans.electronic import doodle_ring, overlaid
from tests.scans.files import Parts, part
from tests.scans.letters import SANS, typed
from tests.scans.marks import Job, hand, seal, spot
from tests.scans.paper import RED, TONER, middle, printed
from tests.scans.returns import Kind, Making
from tests.scans.seals import Press, a_cut, a_press, plain_stamp, pressed, round_plate, square_plate
from tests.scans.words import BINDING, CUSTOMERS, DATES, DEPARTMENTS, INVOICE, OURS, PEOPLE, UNRELATED, near


def _stranger(making: Making) -> str:
    others = [name for name, _ in CUSTOMERS if name != making.case.name]
    return making.random.choice([*UNRELATED, *others])


def unrelated_seal(making: Making) -> Job:
    job = making.job()
    title = job.random.choice(("", "", *BINDING))
    job.seal(round_plate(a_cut(job.random, _stranger(making), title)), *spot(job))
    return job


def near_seal(making: Making) -> Job:
    """A name that differs in one character, the city, the trade, or is a branch's or the group's."""
    job = making.job()
    _, name = near(job.random, making.case.name)
    title = job.random.choice(("", "", "财务专用章"))
    job.seal(round_plate(a_cut(job.random, name, title)), *spot(job))
    return job


def unrelated_seal_and_hand(making: Making) -> Job:
    job = making.job()
    x, y = middle(job.layout.sign_box)
    job.seal(round_plate(a_cut(job.random, _stranger(making))), x + 16, y)
    job.sign(x - job.random.uniform(16, 24), y, width=28)
    return job


def unrelated_seal_over_date(making: Making) -> Job:
    job = making.job()
    x, y = middle(job.layout.date_field)
    job.write(job.random.choice(DATES), job.layout.date_field.page, x, y, 4.0)
    job.seal(round_plate(a_cut(job.random, _stranger(making))), x + 8, y + job.random.uniform(8, 16))
    return job


def theirs_and_anothers(making: Making) -> Job:
    """Two seals side by side, one of them another company's."""
    job = making.job()
    x, y = middle(job.layout.sign_box)
    job.seal(round_plate(a_cut(job.random, making.case.name)), x - 20, y)
    job.seal(round_plate(a_cut(job.random, _stranger(making))), x + 21, y)
    return job


def unrelated_squares(making: Making) -> Job:
    job = making.job()
    x, y = middle(job.layout.sign_box)
    job.seal(square_plate(_stranger(making), job.random.uniform(26, 36)), x - 16, y)
    job.seal(square_plate(job.random.choice(PEOPLE) + "印", 14), x + 18, y)
    return job


def our_own_seal(making: Making) -> Job:
    job = making.job()
    job.seal(round_plate(a_cut(job.random, OURS)), *spot(job))
    return job


def department_seal(making: Making) -> Job:
    """The customer's name, and a title that says what it is for: goods received."""
    job = making.job()
    job.seal(round_plate(a_cut(job.random, making.case.name, job.random.choice(DEPARTMENTS))), *spot(job))
    return job


def invoice_seal(making: Making) -> Job:
    """發票專用章: oval, 40 × 30 mm."""
    job = making.job()
    cut = a_cut(job.random, making.case.name, job.random.choice(INVOICE))
    oval = type(cut)(
        cut.name,
        size=40,
        oval=0.75,
        ring=1.0,
        letter=4.2,
        narrow=0.7,
        spread=240,
        star=0,
        title=cut.title,
        font=cut.font,
    )
    job.seal(round_plate(oval), *spot(job))
    return job


def goods_stamp(making: Making) -> Job:
    """A line of words in a frame, no company's name."""
    job = making.job()
    plate = plain_stamp(job.random.choice((*DEPARTMENTS, "已收货", "已核销")), framed=job.random.random() < 0.8)
    colour = job.random.choice((RED, RED, (40, 60, 150)))
    job.seal(plate, *spot(job), Press(0.9, 0, 0, job.random.gauss(0, 8)), colour=colour)
    return job


def void_stamp(making: Making) -> Job:
    """作废 over a seal or a name."""
    job = making.job()
    x, y = middle(job.layout.sign_box)
    mark = job.random.choice((seal, seal, hand))
    mark(job)
    plate = plain_stamp(job.random.choice(("作废", "作廢", "VOID")), height=job.random.uniform(9, 14))
    colour = job.random.choice((RED, (40, 60, 150), (30, 30, 34)))
    job.seal(plate, x + job.random.uniform(-8, 8), y, Press(0.95, 0, 0, job.random.uniform(-30, 30)), colour=colour)
    return job


def crossed_seal(making: Making) -> Job:
    """Two strokes through the seal: they took it back."""
    job = making.job()
    x, y = middle(job.layout.sign_box)
    job.seal(round_plate(a_cut(job.random, making.case.name)), x, y)
    job.cross(x, y, job.random.uniform(16, 24))
    return job


def crossed_name(making: Making) -> Job:
    job = making.job()
    x, y = middle(job.layout.sign_box)
    job.sign(x, y, width=34)
    for rise in (-2, 2, 5):
        job.line(job.layout.sign_box.page, (x - 20, y + rise), (x + 20, y - rise))
    return job


def pasted_rectangle(making: Making) -> Job:
    """A seal cut out of another letter with its paper, in a tone of its own, and with the words that it stood over."""
    job = making.job()
    x, y = middle(job.layout.sign_box)
    side = 44
    patch = np.full((job.paper.px(side), job.paper.px(side * 1.3), 3), job.random.randint(215, 240), np.uint8)
    piece = type(job.paper)([patch], job.paper.dpi, job.random)
    for line in range(5):
        ink = typed("贵公司确认上述货款数量金额"[: job.random.randint(6, 13)], SANS, job.paper.px(3.4))
        piece.put(ink, TONER, 1, job.random.uniform(26, 30), 6 + line * 8)
    ink = pressed(job.random, round_plate(a_cut(job.random, making.case.name)), job.paper.per_mm, a_press(job.random))
    piece.put(ink, RED, 1, side * 0.65, side / 2)
    job.paper.paste(piece.pages[0], job.layout.sign_box.page, x - side * 0.65, y - side / 2)
    return job


def pasted_patch(making: Making) -> Parts:
    """The same on the PDF itself: a grey rectangle of another scan with a seal on it."""
    side = 44 * 8
    tone = making.random.randint(222, 242)
    patch = np.full((side, side, 3), tone, np.uint8)
    patch = np.clip(patch + np.random.default_rng(making.random.randrange(1 << 30)).normal(0, 4, patch.shape), 0, 255)
    ink = pressed(making.random, round_plate(a_cut(making.random, making.case.name)), 8, a_press(making.random))
    piece = making.blank_piece(patch.astype(np.uint8), 8 * 25.4)
    piece.put(ink, RED, 1, 22, 22)
    box = making.case.live.pdf.layout.sign_box
    picture = np.dstack([piece.pages[0], np.full((side, side), 255, np.uint8)])
    data = overlaid(making.case.live.pdf.data, [(picture, box.page, *middle(box), 44)])
    return (part("application/pdf", "对账单.pdf", data),)


def doodled(making: Making) -> Parts:
    """A screenshot of our PDF on which a finger drew a seal."""
    pages = [page.copy() for page in printed(making.case.live.pdf.data, 150)]
    job = making.job(pages=pages, dpi=150)
    ink = doodle_ring(job.random, job.paper.px(40))
    job.paper.put(ink, RED, job.layout.sign_box.page, *spot(job, reach=0.5))
    return tuple(
        part("image/png", f"截图{index}.png", making.encoded(page, "PNG"))
        for index, page in enumerate(job.paper.pages, 1)
    )


def copied_seal(making: Making) -> list[np.ndarray]:
    """After scanning: the seal from page 1 copied pixel for pixel into the empty box."""
    job = making.job()
    plate = round_plate(a_cut(job.random, making.case.name))
    job.seal(plate, 105, 215, page=1)
    pages = making.captured(job.paper.pages)
    scale = pages[0].shape[1] / job.paper.pages[0].shape[1]
    per_mm = job.paper.per_mm * scale
    half = round(23 * per_mm)
    top, left = round(215 * per_mm) - half, round(105 * per_mm) - half
    patch = pages[0][max(0, top) : top + 2 * half, left : left + 2 * half].copy()
    pages[0][max(0, top) : top + 2 * half, left : left + 2 * half] = pages[0][8, 8]
    x, y = (round(value * per_mm) for value in middle(job.layout.sign_box))
    target = pages[job.layout.sign_box.page - 1][
        y - half : y - half + patch.shape[0], x - half : x - half + patch.shape[1]
    ]
    target[...] = patch[: target.shape[0], : target.shape[1]]
    return pages


def empty_ring(making: Making) -> Job:
    """A rubber without letters, or one so clogged that none can be read."""
    job = making.job()
    cut = a_cut(job.random, "口")
    job.seal(round_plate(type(cut)(" ", size=cut.size, ring=cut.ring, star=cut.star)), *spot(job))
    return job


SEALS: dict[str, Kind] = {
    "unrelated seal": unrelated_seal,
    "near seal": near_seal,
    "near seal again": near_seal,
    "unrelated seal and hand": unrelated_seal_and_hand,
    "unrelated seal over date": unrelated_seal_over_date,
    "theirs and another's": theirs_and_anothers,
    "unrelated squares": unrelated_squares,
    "our own seal": our_own_seal,
    "department seal": department_seal,
    "invoice seal": invoice_seal,
    "goods stamp": goods_stamp,
    "void stamp": void_stamp,
    "crossed seal": crossed_seal,
    "crossed name": crossed_name,
    "pasted rectangle": pasted_rectangle,
    "pasted patch": pasted_patch,
    "doodled": doodled,
    "empty ring": empty_ring,
    "copied seal": copied_seal,
}
