"""Returns whose figures or words are not those that we sent: edited, overwritten, struck, or printed anew."""

import numpy as np

from parsers.scan.layout import Box, Figure
from tests.scans.letters import KAI, SANS, font, hand_text, sized, typed
from tests.scans.marks import Job, any_mark
from tests.scans.paper import TONER, middle
from tests.scans.returns import Kind, Making
from tests.scans.seals import a_cut, round_plate

REGULAR = "DuizhangSans-Regular.ttf"
_LIKE = {
    "0": "689",
    "1": "74",
    "2": "73",
    "3": "85",
    "4": "19",
    "5": "63",
    "6": "850",
    "7": "12",
    "8": "360",
    "9": "840",
}
"""Digits that a forger makes of others with little ink."""
_TRIES, _VISIBLE, _PAPER, _DARKER = 12, 0.1, 180, 70
"""A digit is written over anew until a tenth of its cell, light before, is dark: else nobody could see it."""


def digits_of(figure: Figure) -> list[int]:
    return [index for index, character in enumerate(figure.text) if character.isdigit()]


def _figure(making: Making, job: Job) -> Figure:
    """Any figure in Arabic numerals; one in five times the balance itself."""
    able = [one for one in job.layout.figures if digits_of(one)]
    totals = [one for one in able if one.meaning in {"closing", "sum closing", "closing in figures"}]
    return making.random.choice(totals if totals and making.random.random() < 0.2 else able)


def another(making: Making, text: str, *, alike: bool = False) -> str:
    places = [index for index, character in enumerate(text) if character.isdigit()]
    place = making.random.choice(places)
    digits = _LIKE[text[place]] if alike else "0123456789".replace(text[place], "")
    return text[:place] + making.random.choice(digits) + text[place + 1 :]


def edited_and_printed(making: Making) -> Job:
    """A figure set anew in our own typeface before printing."""
    job = making.job()
    figure = _figure(making, job)
    _set_anew(job, figure, another(making, figure.text))
    any_mark(job)
    return job


def _set_anew(job: Job, figure: Figure, text: str) -> None:
    """The whole figure in the face and size of the true one, as far as they can be measured."""
    box = figure.box
    job.paper.fill(Box(box.page, box.x - 0.3, box.y, box.width + 0.6, box.height))
    size = round(100 * job.paper.px(box.width) / max(1, font(REGULAR, 100).getlength(figure.text)))
    ink = typed(text, REGULAR if box.height < 3.3 else SANS, max(6, size))
    job.paper.put(ink, TONER, box.page, box.x + box.width - ink.shape[1] / job.paper.per_mm / 2, box.y + box.height / 2)


def copied_digit(making: Making) -> Job:
    """One digit covered with another, copied from the same page: the same face, size and ink."""
    job = making.job()
    figure = _figure(making, job)
    place = making.random.choice(digits_of(figure))
    sources = [
        (one, index)
        for one in job.layout.figures
        if one.box.page == figure.box.page and abs(one.box.height - figure.box.height) < 0.05
        for index in digits_of(one)
        if one.text[index] != figure.text[place]
    ]
    if not sources:
        return edited_and_printed(making)
    patch = job.paper.cut(_cell(*making.random.choice(sources)))
    target = _cell(figure, place)
    job.paper.paste(patch, target.page, target.x, target.y)
    any_mark(job)
    return job


def _cell(figure: Figure, place: int) -> Box:
    """Where one character of a figure stands."""
    whole = font(REGULAR, 200).getlength(figure.text)
    start, end = (font(REGULAR, 200).getlength(figure.text[:index]) / whole for index in (place, place + 1))
    box = figure.box
    return Box(box.page, box.x + start * box.width, box.y, (end - start) * box.width, box.height)


def overwritten(making: Making) -> Job:
    """One digit made into another with the pen."""
    job = making.job()
    figure = _figure(making, job)
    place = making.random.choice(digits_of(figure))
    cell = _cell(figure, place)
    sheet = job.paper.pages[cell.page - 1]
    for _ in range(_TRIES):
        before = sheet.copy()
        _overwrite(making, job, cell, making.random.choice(_LIKE[figure.text[place]]))
        if _inked(job, before, cell) >= _VISIBLE:
            break
        sheet[...] = before
    any_mark(job)
    return job


def _overwrite(making: Making, job: Job, cell: Box, digit: str) -> None:
    ink = hand_text(making.random, digit, job.paper.px(cell.height * 1.25), legible=True)
    ink = sized(ink, job.paper.px(cell.width * 1.15), job.paper.px(cell.height * 1.15))
    job.paper.put(ink, job.pen, cell.page, *middle(cell))


def _inked(job: Job, before: np.ndarray, cell: Box) -> float:
    """The share of a cell that was paper and is ink now."""
    piece = type(job.paper)([before], job.paper.dpi, job.random)
    was = piece.cut(Box(1, cell.x, cell.y, cell.width, cell.height)).mean(axis=2)
    now = job.paper.cut(cell).mean(axis=2)
    return float(((was > _PAPER) & (now < was - _DARKER)).mean())


def whited(making: Making) -> Job:
    """Correction fluid over a figure, empty or with another written on it."""
    job = making.job()
    figure = _figure(making, job)
    job.paper.fill(figure.box, (250, 250, 248), soft=0.5)
    if making.random.random() < 0.6:
        ink = hand_text(making.random, another(making, figure.text), job.paper.px(figure.box.height * 1.3))
        wide = job.paper.px(figure.box.width * 1.05)
        job.paper.put(sized(ink, wide, ink.shape[0]), job.pen, figure.box.page, *middle(figure.box))
    any_mark(job)
    return job


def sign_removed(making: Making) -> Job:
    """The minus before a return taken off, or set before a charge."""
    job = making.job()
    minus = [one for one in job.layout.figures if one.text[:1] in "−-"]
    if minus:
        box = making.random.choice(minus).box
        cell = _cell(next(one for one in minus if one.box == box), 0)
        job.paper.fill(Box(cell.page, cell.x - 0.2, cell.y, cell.width + 0.2, cell.height))
    else:
        box = making.total(job)
        job.line(box.page, (box.x - 3, box.y + box.height / 2), (box.x - 0.8, box.y + box.height / 2), TONER)
    any_mark(job)
    return job


def struck_row(making: Making) -> Job:
    job = making.job()
    rows = [one.box for one in job.layout.figures if one.meaning.startswith("line")]
    box = making.random.choice(rows)
    y = box.y + box.height / 2
    short = making.random.random() < 0.3
    start = (box.x - 2, y) if short else (making.random.uniform(14, 40), y + making.random.uniform(-0.6, 0.6))
    end = (box.x + box.width + 2, y + 0.4) if short else (195, y + making.random.uniform(-0.6, 0.6))
    job.line(box.page, start, end)
    any_mark(job)
    return job


def struck_total(making: Making) -> Job:
    """The balance struck, another beside it."""
    job = making.job()
    box = making.total(job)
    y = box.y + box.height / 2
    job.line(box.page, (box.x - 1, y + 0.5), (box.x + box.width + 1, y - 0.5))
    if making.random.random() < 0.6:
        job.write(
            f"{making.random.randint(10, 90)},{making.random.randint(100, 999)}.00", box.page, box.x, box.y - 5, 4.5
        )
    any_mark(job)
    return job


def corrected_and_sealed(making: Making) -> Job:
    """A figure corrected by hand with a seal on the correction."""
    job = making.job()
    box = making.total(job)
    job.line(box.page, (box.x, box.y + 1.5), (box.x + box.width, box.y + 2))
    job.write(
        f"{making.random.randint(10, 90)},{making.random.randint(100, 999)}.00", box.page, box.x + 8, box.y + 7, 4.5
    )
    job.seal(round_plate(a_cut(job.random, making.case.name)), box.x + 12, box.y + 5, page=box.page)
    any_mark(job)
    return job


def row_added(making: Making) -> Job:
    """A row by hand, or typed, under the last one of the table or over the rules between."""
    job = making.job()
    rows = [one.box for one in job.layout.figures if one.meaning.startswith("line")]
    last = max((box for box in rows if box.page == rows[-1].page), key=lambda box: box.y)
    y = last.y + last.height + making.random.uniform(1.6, 6)
    text = making.random.choice(("11-02 XSTH退货 -3500.00", "10/31 补差价 1200.00", "质保金 -5000"))
    if making.random.random() < 0.3:
        job.paper.put(typed(text, KAI, job.paper.px(3)), TONER, last.page, 110, y)
    else:
        job.write(text, last.page, 110, y, 3.6)
    any_mark(job)
    return job


def blacked(making: Making) -> Job:
    """A figure blacked out with a felt pen."""
    job = making.job()
    box = _figure(making, job).box
    ink = np.ones((job.paper.px(box.height + 1), job.paper.px(box.width + 2)), np.float32) * 0.97
    job.paper.put(ink, (25, 25, 30), box.page, *middle(box), opaque=True)
    any_mark(job)
    return job


FIGURES: dict[str, Kind] = {
    "edited and printed": edited_and_printed,
    "copied digit": copied_digit,
    "overwritten digit": overwritten,
    "whited out": whited,
    "sign removed": sign_removed,
    "struck row": struck_row,
    "struck total": struck_total,
    "corrected and sealed": corrected_and_sealed,
    "row added": row_added,
    "blacked out": blacked,
}
