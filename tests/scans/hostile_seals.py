"""Returns that carry no valid mark: another's seal, a seal that doesn't bind, a copied or voided one, none at all."""

import cv2
import numpy as np

from tests.scans import wear
from tests.scans.electronic import doodle_ring, overlaid
from tests.scans.files import Parts, part
from tests.scans.letters import SANS, typed
from tests.scans.marks import Job, hand, seal, spot
from tests.scans.paper import PENS, RED, TONER, middle, printed
from tests.scans.returns import Making
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
    _cross(job, x, y, job.random.uniform(16, 24))
    return job


def crossed_name(making: Making) -> Job:
    job = making.job()
    x, y = middle(job.layout.sign_box)
    job.sign(x, y, width=34)
    for rise in (-2, 2, 5):
        job.line(job.layout.sign_box.page, (x - 20, y + rise), (x + 20, y - rise))
    return job


def _cross(job: Job, x: float, y: float, reach: float) -> None:
    page = job.layout.sign_box.page
    job.line(page, (x - reach, y - reach), (x + reach, y + reach))
    job.line(page, (x - reach, y + reach), (x + reach, y - reach))


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


def unsigned(making: Making) -> Job:
    return making.job()


def untouched(making: Making) -> Parts:
    """Our own file, sent back."""
    return (part("application/pdf", "Re 对账单.pdf", making.case.live.pdf.data),)


def date_only(making: Making) -> Job:
    job = making.job(filled=False)
    x, y = middle(job.layout.date_field)
    job.write(job.random.choice(DATES), job.layout.date_field.page, x, y, 4.0)
    return job


def date_in_box(making: Making) -> Job:
    job = making.job(filled=False)
    job.write(job.random.choice(DATES), job.layout.sign_box.page, *spot(job), 6.0)
    return job


def typed_name(making: Making) -> Job:
    """Typed by machine into the field, or into the box."""
    job = making.job(filled=False)
    name = job.random.choice(PEOPLE)
    field = job.random.choice((job.layout.name_field, job.layout.sign_box))
    ink = typed(name, job.random.choice((SANS, "kai.ttf", "song.otf")), job.paper.px(4.5))
    job.paper.put(ink, TONER, field.page, *middle(field))
    return job


def typed_company(making: Making) -> Job:
    """The company's name set in type in the box: no seal."""
    job = making.job()
    ink = typed(making.case.name, job.random.choice((SANS, "kai.ttf", "song.otf")), job.paper.px(4.2))
    colour = job.random.choice((TONER, RED, (30, 60, 170)))
    job.paper.put(ink, colour, job.layout.sign_box.page, *middle(job.layout.sign_box))
    return job


def printed_name_by_hand(making: Making) -> Job:
    """The signatory's name in the field for it, nothing in the box."""
    job = making.job(filled=False)
    job.write(job.random.choice(PEOPLE), job.layout.name_field.page, *middle(job.layout.name_field), 4.4)
    return job


def dot(making: Making) -> Job:
    job = making.job()
    ink = np.zeros((job.paper.px(4),) * 2, np.float32)
    cv2.circle(ink, (ink.shape[1] // 2,) * 2, job.paper.px(job.random.uniform(0.4, 1.5)), 1.0, -1, cv2.LINE_AA)
    job.paper.put(ink, job.pen, job.layout.sign_box.page, *spot(job))
    return job


def line(making: Making) -> Job:
    job = making.job()
    x, y = spot(job, reach=0.4)
    half, rise = job.random.uniform(12, 35), job.random.uniform(-6, 6)
    job.line(job.layout.sign_box.page, (x - half, y - rise), (x + half, y + rise))
    return job


def slash(making: Making) -> Job:
    """A slash or a cross over the box: nothing to sign, or refused."""
    job = making.job()
    box = job.layout.sign_box
    x, y = middle(box)
    if job.random.random() < 0.5:
        job.line(box.page, (box.x + 5, box.y + box.height - 5), (box.x + box.width - 5, box.y + 5))
    else:
        _cross(job, x, y, job.random.uniform(10, 22))
    return job


def stain(making: Making) -> Job:
    job = making.job()
    page = job.layout.sign_box.page - 1
    job.paper.pages[page] = wear.stain(job.paper.pages[page], job.paper.dpi, job.random, *spot(job))
    return job


def creases(making: Making) -> Job:
    """Folds and streaks through an empty box."""
    job = making.job()
    pages = job.paper.pages
    job.paper.pages = [
        wear.streak(wear.fold(page, job.paper.dpi, job.random), job.paper.dpi, job.random) for page in pages
    ]
    return job


def tick_in_box(making: Making) -> Job:
    job = making.job()
    x, y = spot(job)
    side = job.random.uniform(8, 25)
    job.tick(type(job.layout.sign_box)(job.layout.sign_box.page, x - side / 2, y - side / 2, side, side), 1.0)
    return job


def word_in_box(making: Making) -> Job:
    """已阅, OK, 同意: words, no name."""
    job = making.job()
    text = job.random.choice(("收到", "已收", "OK", "请核实", "见附件", "请贵司先盖章"))
    job.write(text, job.layout.sign_box.page, *spot(job), job.random.uniform(6, 11))
    return job


def thumb(making: Making) -> Job:
    """A red thumbprint of 16 × 22 mm."""
    job = making.job()
    wide, high = job.paper.px(16), job.paper.px(22)
    columns, rows = np.meshgrid(np.linspace(-1, 1, wide), np.linspace(-1, 1, high))
    reach = columns**2 + rows**2
    bend = np.sin((rows * 7 + np.abs(columns) ** 2 * 6 + job.random.uniform(0, 6)) * 4.2)
    ink = np.where(reach < 1, np.clip(bend * 2, 0, 1) * 0.8 + 0.1, 0).astype(np.float32)
    job.paper.put(cv2.GaussianBlur(ink, (0, 0), 1), RED, job.layout.sign_box.page, *spot(job))
    return job


def smudge(making: Making) -> Job:
    job = making.job()
    side = job.paper.px(job.random.uniform(12, 28))
    cloud = np.random.default_rng(job.random.randrange(1 << 30)).random((5, 5)).astype(np.float32)
    ink = cv2.resize(cloud, (side, side), interpolation=cv2.INTER_CUBIC)
    away = np.hypot(*np.meshgrid(np.linspace(-1, 1, side), np.linspace(-1, 1, side)))
    job.paper.put(
        np.clip(ink * (1 - away), 0, 0.8), job.random.choice((*PENS, RED)), job.layout.sign_box.page, *spot(job)
    )
    return job


def empty_ring(making: Making) -> Job:
    """A rubber without letters, or one so clogged that none can be read."""
    job = making.job()
    cut = a_cut(job.random, "口")
    job.seal(round_plate(type(cut)(" ", size=cut.size, ring=cut.ring, star=cut.star)), *spot(job))
    return job


SEALS = {
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
}
UNSIGNED = {
    "unsigned": unsigned,
    "untouched": untouched,
    "date only": date_only,
    "date in box": date_in_box,
    "typed name": typed_name,
    "typed company": typed_company,
    "name in print only": printed_name_by_hand,
    "dot": dot,
    "line": line,
    "slash": slash,
    "stain": stain,
    "creases": creases,
    "tick in box": tick_in_box,
    "word in box": word_in_box,
    "thumb": thumb,
    "smudge": smudge,
}
