"""Returns that are not this statement, not all of it, or can't be read."""

import cv2
import numpy as np

from parsers.scan.layout import PAGE_HEIGHT, PAGE_WIDTH, Box
from tests.scans.letters import KAI, SANS, typed
from tests.scans.marks import Job, any_mark, seal
from tests.scans.paper import TONER, Page, printed
from tests.scans.returns import Kind, Making
from tests.scans.statements import COUNTS, LONG, Sent, case

_CODES = (Box(1, 150, 5, 60, 26), Box(1, 4, 252, 60, 42))
"""Where our two codes stand on each page, in mm."""


def _whole(making: Making, sent: Sent) -> Job:
    job = making.job(sent.pdf)
    any_mark(job)
    return job


def older(making: Making) -> Job:
    """The revision before, sealed before the new one came."""
    return _whole(making, making.case.older)


def september(making: Making) -> Job:
    return _whole(making, making.case.september)


def anothers(making: Making) -> Job:
    """Another customer's statement, sealed by ours."""
    return _whole(making, making.case.other)


def unknown_statement(making: Making) -> Job:
    """A statement that nobody asked about."""
    return _whole(making, case(making.random.randrange(200, 256)).live)


def _of_more_pages(making: Making) -> Job:
    """A statement of at least two pages, marked."""
    if making.case.live.pdf.layout.pages == 1:
        making.case = case(making.random.choice([each for each in range(48) if COUNTS[each % len(COUNTS)] >= LONG]))
    job = making.job()
    any_mark(job)
    return job


def page_missing(making: Making) -> list[np.ndarray]:
    job = _of_more_pages(making)
    pages = job.paper.pages
    del pages[making.random.randrange(len(pages) - 1)]
    return making.captured(pages)


def slip_page_only(making: Making) -> list[np.ndarray]:
    job = _of_more_pages(making)
    return making.captured(job.paper.pages[-1:])


def slip_missing(making: Making) -> list[np.ndarray]:
    """All but the page that is signed; a seal across the edges is on the others."""
    job = _of_more_pages(making)
    job.seal(_plate(making), 195, 150, page=1)
    return making.captured(job.paper.pages[:-1])


def _plate(making: Making) -> np.ndarray:
    from tests.scans.seals import a_cut, round_plate

    return round_plate(a_cut(making.random, making.case.name))


def page_twice(making: Making) -> list[np.ndarray]:
    """The right number of pages, one of them twice."""
    job = _of_more_pages(making)
    job.paper.pages[0] = job.paper.pages[-1].copy()
    return making.captured(job.paper.pages)


def page_of_another(making: Making) -> list[np.ndarray]:
    """Page 1 of another statement, or of the older revision, in place of ours, or besides."""
    job = _of_more_pages(making)
    source = making.random.choice((making.case.older, making.case.other, making.case.september))
    foreign = printed(source.pdf.data, making.dpi)[0].copy()
    if making.random.random() < 0.7:
        job.paper.pages[0] = foreign
    else:
        job.paper.pages.insert(1, foreign)
    return making.captured(job.paper.pages)


def cut_out_slip(making: Making) -> list[np.ndarray]:
    """Only the lower part, cut off or photographed: totals and rows are out of the picture."""
    job = making.job()
    any_mark(job)
    box, page = making.box, job.paper.pages[making.box.page - 1]
    top = job.paper.px(max(5.0, box.y - making.random.uniform(40, 52)))
    return making.captured([page[top:].copy()])


def top_cut_off(making: Making) -> list[np.ndarray]:
    """The upper third is out of the picture, on each page."""
    job = making.job()
    any_mark(job)
    top = job.paper.px(making.random.uniform(55, 90))
    return making.captured([page[top:].copy() for page in job.paper.pages])


def others_codes(making: Making) -> Job:
    """The codes of another statement pasted over ours."""
    return _with_codes(making, making.case.live, making.random.choice((making.case.other, making.case.september)))


def our_codes_on_another(making: Making) -> Job:
    """Our live codes pasted on the older revision, on September's, or on another customer's."""
    body = making.random.choice((making.case.older, making.case.september, making.case.other))
    return _with_codes(making, body, making.case.live)


def _with_codes(making: Making, body: Sent, codes: Sent) -> Job:
    job = making.job(body.pdf)
    donor = printed(codes.pdf.data, making.dpi)
    piece = type(job.paper)([page.copy() for page in donor], making.dpi, making.random)
    for index in range(len(job.paper.pages)):
        number = min(index + 1, len(donor))
        for box in _CODES:
            job.paper.paste(piece.cut(Box(number, box.x, box.y, box.width, box.height)), index + 1, box.x, box.y)
    any_mark(job)
    return job


def codes_covered(making: Making) -> Job:
    """Both codes blacked or cut out, one figure other than ours."""
    job = making.job()
    for index in range(len(job.paper.pages)):
        for box in (Box(index + 1, 182, 8, 20, 20), Box(index + 1, 8, 264, 26, 26)):
            job.paper.fill(box, making.random.choice(((255, 255, 255), (20, 20, 20))))
    job.paper.fill(making.total(job))
    any_mark(job)
    return job


def retyped(making: Making) -> Job:
    """A table of their own under our head, without codes."""
    return _retyped(making, codes=False)


def retyped_with_codes(making: Making) -> Job:
    """A table of their own with our codes pasted into its corners."""
    return _retyped(making, codes=True)


def _retyped(making: Making, *, codes: bool) -> Job:
    live = making.case.live
    size = round(PAGE_HEIGHT * making.dpi / 25.4), round(PAGE_WIDTH * making.dpi / 25.4)
    pages: list[Page] = [np.full((*size, 3), 255, np.uint8) for _ in range(live.pdf.layout.pages)]
    job = making.job(pages=pages, dpi=making.dpi, filled=False)
    rows = [f"{making.case.name} 对账单", live.statement.number, "日期 单号 数量 金额"]
    rows += [f"{one.on:%m-%d} {one.number} {one.charge or one.receipt}" for one in live.statement.snapshot.lines[:20]]
    rows += [f"金额合计 {live.statement.snapshot.totals.closing}", "确认无误 盖章"]
    face = making.random.choice((SANS, KAI))
    for index, text in enumerate(rows):
        ink = typed(text, face, job.paper.px(4))
        job.paper.put(ink, TONER, 1, 20 + ink.shape[1] / job.paper.per_mm / 2, 35 + index * 7)
    if codes:
        donor = printed(live.pdf.data, making.dpi)
        piece = type(job.paper)([page.copy() for page in donor], making.dpi, making.random)
        for number in range(1, len(pages) + 1):
            for box in _CODES:
                job.paper.paste(piece.cut(Box(number, box.x, box.y, box.width, box.height)), number, box.x, box.y)
    any_mark(job)
    return job


def unreadable(making: Making) -> list[np.ndarray]:
    """So small that the figures can't be read: 500 to 700 pixels high, enlarged again or not."""
    job = making.job()
    any_mark(job)
    made = []
    for page in making.captured(job.paper.pages):
        high = making.random.randint(500, 700)
        small = cv2.resize(page, (page.shape[1] * high // page.shape[0], high), interpolation=cv2.INTER_AREA)
        large = making.random.random() < 0.5
        made.append(
            cv2.resize(small, (page.shape[1], page.shape[0]), interpolation=cv2.INTER_CUBIC) if large else small
        )
    return made


def blurred(making: Making) -> list[np.ndarray]:
    """Out of focus until no digit can be told."""
    job = making.job()
    any_mark(job)
    pages = making.captured(job.paper.pages)
    return [cv2.GaussianBlur(page, (0, 0), page.shape[1] / 210 * making.random.uniform(0.55, 1.0)) for page in pages]


def sealed_letter(making: Making) -> Job:
    """A sheet of their own with a seal, nothing of ours on it."""
    size = round(PAGE_HEIGHT * making.dpi / 25.4), round(PAGE_WIDTH * making.dpi / 25.4)
    job = making.job(pages=[np.full((*size, 3), 255, np.uint8)] * making.box.page, dpi=making.dpi, filled=False)
    ink = typed("确认 对账单 无误", KAI, job.paper.px(6))
    job.paper.put(ink, TONER, 1, 105, 60)
    seal(job)
    return job


def two_versions(making: Making) -> list[np.ndarray]:
    """The older revision's first page with the live slip: paper from two mails mixed."""
    job = _of_more_pages(making)
    job.paper.pages[0] = printed(making.case.older.pdf.data, making.dpi)[0].copy()
    return making.captured(job.paper.pages)


PAGES: dict[str, Kind] = {
    "older revision": older,
    "September": september,
    "another's statement": anothers,
    "unknown statement": unknown_statement,
    "page missing": page_missing,
    "slip page only": slip_page_only,
    "slip missing": slip_missing,
    "page twice": page_twice,
    "page of another": page_of_another,
    "cut out slip": cut_out_slip,
    "top cut off": top_cut_off,
    "others' codes": others_codes,
    "our codes on another": our_codes_on_another,
    "codes covered": codes_covered,
    "retyped": retyped,
    "retyped with codes": retyped_with_codes,
    "unreadable": unreadable,
    "blurred": blurred,
    "sealed letter": sealed_letter,
    "two versions": two_versions,
}
