"""Returns of which something can't be seen, or that bring a sheet along: covered, torn, folded over, a back page."""

from collections.abc import Callable

import cv2
import numpy as np

from parsers.scan.layout import PAGE_HEIGHT, PAGE_WIDTH, Box
from tests.scans.electronic import cover, hand_picture, overlaid, seal_picture
from tests.scans.hostile_figures import another, digits_of
from tests.scans.letters import stroke
from tests.scans.marks import Job, any_mark
from tests.scans.paper import RED_PEN, Page, middle, printed
from tests.scans.returns import Kind, Making
from tests.scans.statements import COUNTS, LONG, case
from tests.scans.stationery import finger_on, glare_on, sticky_note
from tests.scans.words import BACK_NOTES, CLAUSES, NOTES

Hiding = Callable[[Page, int, Job, float, float], Page]


def _blank(making: Making) -> Page:
    size = round(PAGE_HEIGHT * making.dpi / 25.4), round(PAGE_WIDTH * making.dpi / 25.4)
    return np.full((*size, 3), 255, np.uint8)


def sticky_with_words(making: Making) -> Job:
    """A sticky note with a reservation, on the remark box, in a margin or on free paper."""
    job = making.job()
    any_mark(job)
    box = job.layout.remark_box
    x, y = middle(box)
    places = ((box.page, x, y), (box.page, 60.0, y + 30), (1, 160.0, 30.0), (box.page, 105.0, 275.0))
    page, left, top = job.random.choice(places)
    sticky_note(job, page, (left, top), job.random.choice((*NOTES, *CLAUSES)), job.random.uniform(48, 76))
    return job


def sticky_over(making: Making) -> Job:
    """An empty sticky note, or a cut slip of paper, over the remark box or over figures: what is under it?"""
    job = making.job()
    any_mark(job)
    box = job.random.choice((job.layout.remark_box, making.total(job), job.random.choice(job.layout.figures).box))
    sticky_note(job, box.page, middle(box), "", job.random.uniform(38, 60))
    return job


def finger_over_remark(making: Making) -> list[np.ndarray]:
    return _hidden(making, finger_on, making.case.live.pdf.layout.remark_box)


def finger_over_figures(making: Making) -> list[np.ndarray]:
    """A finger on a balance, or on figures of a row."""
    return _hidden(making, finger_on, making.random.choice(making.case.live.pdf.layout.figures).box)


def glare(making: Making) -> list[np.ndarray]:
    """A lamp's reflection over the remark box or over figures."""
    layout = making.case.live.pdf.layout
    return _hidden(
        making, glare_on, making.random.choice((layout.remark_box, making.random.choice(layout.figures).box))
    )


def _hidden(making: Making, how: Hiding, box: Box) -> list[np.ndarray]:
    job = making.job()
    any_mark(job)
    x, y = middle(box)
    x += making.random.uniform(-0.25, 0.25) * box.width
    job.paper.pages[box.page - 1] = how(job.paper.pages[box.page - 1], job.paper.dpi, job, x, y)
    return making.captured(job.paper.pages)


def torn_off(making: Making) -> Job:
    """A corner torn off, and figures with it."""
    job = making.job()
    any_mark(job)
    figures = [one.box for one in job.layout.figures if one.box.x > 120]
    box = making.random.choice(figures)
    page, mm = job.paper.pages[box.page - 1], job.paper.per_mm
    down = box.y > 150
    edge_y = PAGE_HEIGHT if down else 0.0
    reach = abs(edge_y - box.y) * making.random.uniform(1.3, 1.6) + 12
    corner = [(PAGE_WIDTH + 2, edge_y), (PAGE_WIDTH + 2, edge_y + (-reach if down else reach) * 1.5)]
    steps = np.linspace(0, 1, 14)
    start = (box.x - 12, edge_y + (-2 if down else 2))
    rough = [
        (
            corner[1][0] + (start[0] - corner[1][0]) * at + making.random.uniform(-1.5, 1.5),
            corner[1][1] + (start[1] - corner[1][1]) * at + making.random.uniform(-1.5, 1.5),
        )
        for at in steps
    ]
    outline = np.array([corner[0], *rough, (start[0], edge_y)]) * mm
    lid = making.random.choice(((255, 255, 255), (225, 225, 225), (40, 40, 42)))
    cv2.fillPoly(page, [outline.round().astype(np.int32)], lid, cv2.LINE_AA)
    cv2.polylines(
        page, [(np.array(rough) * mm).round().astype(np.int32)], isClosed=False, color=(150, 150, 150), thickness=2
    )
    return job


def folded_over(making: Making) -> Job:
    """The sheet lay folded on the glass: a strip of its back hides rows or the totals."""
    job = making.job()
    any_mark(job)
    box = making.random.choice([one.box for one in job.layout.figures if one.meaning.startswith(("line", "sum"))])
    page, mm = job.paper.pages[box.page - 1], job.paper.per_mm
    top, high = round((box.y - making.random.uniform(2, 6)) * mm), round(making.random.uniform(12, 28) * mm)
    page[top : top + high] = making.random.randint(244, 252)
    for y, tone in ((top, 120), (top + high, 165)):
        page[y : y + max(2, round(0.5 * mm))] = tone
    return job


def note_on_back(making: Making) -> list[np.ndarray]:
    """Signed in front, and the back scanned along: a disagreement by hand, nothing of ours on it."""
    job = making.job()
    any_mark(job)
    back = _blank(making)
    job.paper.pages.append(back)
    number = len(job.paper.pages)
    for row in range(making.random.choice((1, 2))):
        words = making.random.choice(BACK_NOTES)
        job.write(words, number, 95, 50 + row * 22 + making.random.uniform(-8, 8), 8, legible=True)
    if making.random.random() < 0.5:
        job.write("见背面", making.box.page, 150, making.box.y - 12, 5, legible=True)
    return making.captured(job.paper.pages)


def older_slip(making: Making) -> list[np.ndarray]:
    """The live pages with the slip of the revision before, which is what they had sealed already."""
    if making.case.live.pdf.layout.pages == 1 or making.case.older.pdf.layout.pages == 1:
        making.case = case(making.random.choice([each for each in range(48) if COUNTS[each % len(COUNTS)] > LONG]))
    job = making.job(making.case.older.pdf)
    any_mark(job)
    job.paper.pages[:-1] = [page.copy() for page in printed(making.case.live.pdf.data, making.dpi)[:-1]]
    return making.captured(job.paper.pages)


def slip_pasted_on(making: Making) -> Job:
    """The sealed slip of September, or of the revision before, cut out and glued on: a seam, a shadow, a shift."""
    source = making.random.choice((making.case.september, making.case.older))
    donor = making.job(source.pdf)
    any_mark(donor)
    job = making.job(filled=False)
    there, here = source.pdf.layout.sign_box, making.box
    top, high = donor.layout.agree.y - 12.0, there.y + there.height + 3 - donor.layout.agree.y + 12.0
    wide = making.random.uniform(188, 194)
    piece = donor.paper.cut(Box(there.page, 9, top, wide, high))
    y = job.layout.agree.y - 12.0 + making.random.uniform(-1.5, 2.5)
    x = 9 + making.random.uniform(-2, 2)
    rim = Box(here.page, x - 0.3, y - 0.2, wide + 1.0, high + 1.0)
    job.paper.fill(rim, (170, 170, 172), soft=0.6)
    job.paper.paste(np.clip(piece.astype(np.int16) - 6, 0, 255).astype(np.uint8), here.page, x, y)
    return job


def edited_on_screen(making: Making) -> list[np.ndarray]:
    """A phone's photo of a screen that shows our PDF with one figure set anew and an electronic seal or name."""
    live = making.case.live.pdf
    figure = making.random.choice([one for one in live.layout.figures if len(digits_of(one)) > 2])
    x, y = middle(making.box)
    picture, width = (
        seal_picture(making.random, making.case.name)
        if making.random.random() < 0.6
        else (hand_picture(making.random, 34), 34.0)
    )
    laid = [cover(figure.box, another(making, figure.text)), (picture, making.box.page, x, y, width)]
    pages = [_on_screen(page, making) for page in printed(overlaid(live.data, laid), 170)]
    return [_shown(page, making) for page in pages]


def _on_screen(page: Page, making: Making) -> Page:
    """The grid of the screen's dots against the camera's: faint waves, cold light."""
    height, width = page.shape[:2]
    columns, rows = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    slant = making.random.uniform(-0.3, 0.3)
    waves = 1 + 0.035 * np.sin((columns + rows * slant) / making.random.uniform(5, 11))
    waves += 0.025 * np.sin((rows - columns * slant) / making.random.uniform(4, 9))
    cold = np.array((0.93, 0.97, 1.0), np.float32)
    return np.clip(page * waves[..., None] * cold, 0, 255).astype(np.uint8)


def _shown(page: Page, making: Making) -> Page:
    """The page in a window, dark around it, seen a little askew."""
    framed = cv2.copyMakeBorder(page, 90, 60, 70, 70, cv2.BORDER_CONSTANT, value=(52, 54, 58))
    height, width = framed.shape[:2]
    lean = [making.random.uniform(-0.012, 0.012) for _ in range(8)]
    corners = np.array(((0, 0), (width, 0), (width, height), (0, height)), np.float32)
    moved = corners + np.array(lean, np.float32).reshape(4, 2) * (width, height)
    matrix = cv2.getPerspectiveTransform(corners, moved.astype(np.float32))
    shot = cv2.warpPerspective(framed, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=(40, 40, 44))
    larger = cv2.resize(shot, (width * 3 // 2, height * 3 // 2), interpolation=cv2.INTER_LINEAR)
    return cv2.GaussianBlur(larger, (0, 0), 0.9)


def struck_through(making: Making) -> Job:
    """A stroke, or two, across the whole of one page: this sheet doesn't count any more."""
    job = making.job()
    any_mark(job)
    page = making.random.randint(1, len(job.paper.pages))
    job.pen = job.random.choice((RED_PEN, job.pen))
    ways = [[(0.0, 1.0), (1.0, 0.0)], [(0.0, 0.0), (1.0, 1.0)]]
    for way in ways[: making.random.choice((1, 2))]:
        ink = stroke(making.random, way, (job.paper.px(150), job.paper.px(215)), job.paper.px(0.7))
        job.paper.put(ink, job.pen, page, 105, 148)
    return job


COVERED: dict[str, Kind] = {
    "sticky note with words": sticky_with_words,
    "sticky note over": sticky_over,
    "finger over remark": finger_over_remark,
    "finger over figures": finger_over_figures,
    "glare": glare,
    "torn off": torn_off,
    "folded over": folded_over,
    "note on the back": note_on_back,
    "older slip": older_slip,
    "slip pasted on": slip_pasted_on,
    "edited on a screen": edited_on_screen,
    "page struck through": struck_through,
}
