"""Returns that nobody signed: empty, a date, a name in type, a dot, a line, a stain, words instead of a name."""

import cv2
import numpy as np

from tests.scans import wear
from tests.scans.files import Parts, part
from tests.scans.letters import SANS, typed
from tests.scans.marks import Job, spot
from tests.scans.paper import PENS, RED, TONER, middle
from tests.scans.returns import Kind, Making
from tests.scans.words import DATES, PEOPLE


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
        job.cross(x, y, job.random.uniform(10, 22))
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


UNSIGNED: dict[str, Kind] = {
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
