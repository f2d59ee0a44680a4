"""Returns on which a pen, a pencil, a highlighter or correction tape says something that the tick and seal don't."""

from parsers.scan.layout import Box, Figure
from tests.scans.hostile_figures import another, digits_of
from tests.scans.letters import hand_text, sized, stroke
from tests.scans.marks import Job, any_mark, hand, seal
from tests.scans.paper import RED_PEN, TONER, middle
from tests.scans.places import words_at
from tests.scans.returns import Kind, Making
from tests.scans.stationery import PENCIL, highlight, ringed, taped, typed_line
from tests.scans.words import CLAUSES, LIKE_FIRMS, NOTES, UNRELATED


def _rows(job: Job) -> list[Figure]:
    return [one for one in job.layout.figures if one.meaning.startswith("line")]


def _row(job: Job) -> Box:
    """A whole row of the table, from the date to the balance."""
    box = job.random.choice(_rows(job)).box
    return Box(box.page, 13, box.y - 0.6, 184, box.height + 1.2)


def taped_figure(making: Making) -> Job:
    """Correction tape over a figure and another written, or typed, on it."""
    job = making.job()
    figure = making.random.choice([one for one in job.layout.figures if len(digits_of(one)) > 1])
    box, words = figure.box, another(making, figure.text)
    taped(job, box)
    if making.random.random() < 0.7:
        ink = hand_text(making.random, words, job.paper.px(max(3.2, box.height)), legible=True)
        wide = job.paper.px(box.width * 1.1)
        job.paper.put(sized(ink, wide, ink.shape[0]), job.pen, box.page, *middle(box))
    else:
        typed_line(job, words, box, max(2.4, box.height * 0.8))
    any_mark(job)
    return job


def arrow_to_row(making: Making) -> Job:
    """An arrow from a margin or from free paper to a row, and a question mark or a word at its tail."""
    job = making.job()
    any_mark(job)
    row = _row(job)
    y = row.y + row.height / 2
    left = job.random.random() < 0.5
    tip = (15.0, y) if left else (196.0, y)
    tail = (7.0, y + job.random.uniform(6, 10)) if left else (203.0, y + job.random.uniform(6, 10))
    job.line(row.page, tail, tip)
    for rise in (-1.8, 2.2):
        job.line(row.page, (tip[0] + (-2.6 if left else 2.6), tip[1] + rise), tip)
    job.write(job.random.choice(("?", "??", "？", "查", "错")), row.page, tail[0], tail[1] + 4, 5.5, legible=True)
    return job


def ringed_words(making: Making) -> Job:
    """A ring of the pen round words of the table or of the head, with ? or ! beside it."""
    job = making.job()
    any_mark(job)
    page, words = job.random.choice(((1, making.case.name), (1, "月结30天"), (1, "2026-11-09"), (1, "按发货")))
    places = words_at(making.case.live.pdf.data, page, words)
    box = places[-1] if places else job.random.choice(_rows(job)).box
    ringed(job, box)
    if job.random.random() < 0.6:
        job.write(job.random.choice(("?", "!", "？")), box.page, box.x + box.width + 6, box.y, 5.5, legible=True)
    return job


def clause_after_yes(making: Making) -> Job:
    """The yes is ticked, and a few words go on after its full stop."""
    job = making.job(filled=False)
    any_mark(job)
    agree = job.layout.agree
    job.tick(agree)
    words = job.random.choice(CLAUSES)
    height = min(4.6, 42 / len(words))
    job.write(words, agree.page, 81, agree.y + agree.height / 2, height, legible=True)
    return job


def head_changed(making: Making) -> Job:
    """The customer's name or the period struck in the head, another written above or behind it."""
    job = making.job()
    name = making.case.name
    changes = ((name, job.random.choice((LIKE_FIRMS[name], *UNRELATED))), ("2026年10月", "9月"))
    printed, words = job.random.choice(changes)
    places = words_at(making.case.live.pdf.data, 1, printed)
    box = max(places, key=lambda one: one.height) if places else job.layout.figures[0].box
    y = box.y + box.height / 2
    job.line(1, (box.x - 1, y + 0.4), (box.x + box.width + 1, y - 0.4))
    job.write(words, 1, box.x + box.width + 5 + len(words) * 2.1, y + 0.5, 4.0, legible=True)
    any_mark(job)
    return job


def words_of_total_struck(making: Making) -> Job:
    """The balance in words struck, as if it were another."""
    job = making.job()
    box = next(one.box for one in job.layout.figures if one.meaning == "closing in words")
    y = box.y + box.height / 2
    for rise in job.random.choice(((0.0,), (-0.7, 0.8))):
        job.line(box.page, (box.x - 1, y + rise), (box.x + box.width * job.random.uniform(0.5, 1.02), y + rise))
    any_mark(job)
    return job


def digit_added(making: Making) -> Job:
    """A digit set before a figure or behind it with the pen, or a minus before it."""
    job = making.job()
    figure = making.random.choice([one for one in job.layout.figures if digits_of(one) and "." in one.text])
    box = figure.box
    digit, behind = making.random.choice((("1", False), ("2", False), ("3", False), ("−", False), ("5", True)))
    high = box.height * 1.05
    ink = hand_text(making.random, digit, job.paper.px(high), legible=True)
    if digit == "−":
        ink = stroke(making.random, [(0, 0.5), (1, 0.5)], (job.paper.px(2.4), 4), job.paper.px(0.45))
    x = box.x + box.width + 1.0 if behind else box.x - 1.2
    job.paper.put(ink, making.random.choice((job.pen, TONER)), box.page, x, box.y + box.height / 2)
    any_mark(job)
    return job


def difference_in_pencil(making: Making) -> Job:
    """The tick at 有差异 in pencil, with or without a balance; the seal is red as ever."""
    job = making.job(filled=False)
    any_mark(job)
    pen, job.pen = job.pen, PENCIL
    job.tick(job.layout.differ, 1.7)
    if job.random.random() < 0.4:
        field = job.layout.differ_fields[0]
        job.write("84120.00", field.page, *middle(field), 4, legible=True)
    job.pen = pen
    return job


def row_highlighted(making: Making) -> Job:
    """One row marked with a highlighter, and a question mark or a word by the side: ask what is meant."""
    job = making.job()
    any_mark(job)
    row = _row(job)
    highlight(job, row)
    words = job.random.choice(("?", "？", "未收", "重复", "查", "退"))
    job.write(words, row.page, job.random.choice((204.0, 7.0)), row.y + row.height / 2, 4.6, legible=True)
    return job


def braced_rows(making: Making) -> Job:
    """A brace beside some rows and a word at it."""
    job = making.job()
    any_mark(job)
    row = _row(job)
    top, bottom = row.y - job.random.uniform(0, 8), row.y + row.height + job.random.uniform(2, 9)
    size = job.paper.px(4), job.paper.px(bottom - top)
    way = [(0.0, 0.0), (0.6, 0.1), (0.5, 0.4), (1.0, 0.5), (0.5, 0.6), (0.6, 0.9), (0.0, 1.0)]
    ink = stroke(job.random, way, size, job.paper.px(0.5))
    job.paper.put(ink, job.random.choice((job.pen, RED_PEN)), row.page, 199.5, (top + bottom) / 2)
    job.write(job.random.choice(("重", "退", "未", "?")), row.page, 205, (top + bottom) / 2, 5, legible=True)
    return job


def pencil_beside_seal(making: Making) -> Job:
    """A note in pencil beside the seal or the name."""
    job, box = making.job(), making.box
    x, y = middle(box)
    side = job.random.choice((-1, 1))
    if job.random.random() < 0.6:
        seal(job)
    else:
        job.sign(x - side * 20, y, width=30)
    words = job.random.choice(NOTES)
    at = y + job.random.choice((-19, 20))
    job.write(words, box.page, x, at, min(5.5, 68 / len(words)), colour=PENCIL, legible=True)
    return job


def question_for_tick(making: Making) -> Job:
    """A question mark where a tick belongs."""
    job = making.job(filled=False)
    any_mark(job)
    x, y = middle(job.layout.agree)
    job.write(job.random.choice(("?", "？")), job.layout.agree.page, x, y, 6, legible=True)
    return job


def cross_for_tick(making: Making) -> Job:
    """A cross in the box of the yes: chosen, or denied? Somebody has to ask."""
    job = making.job(filled=False)
    any_mark(job)
    x, y = middle(job.layout.agree)
    reach = job.random.uniform(1.8, 2.8)
    page = job.layout.agree.page
    job.line(page, (x - reach, y - reach), (x + reach, y + reach))
    job.line(page, (x - reach, y + reach), (x + reach, y - reach))
    return job


def answer_in_our_field(making: Making) -> Job:
    """A disagreement written where our own seal would stand, because there was room."""
    job = making.job()
    any_mark(job)
    words, box = job.random.choice(NOTES), job.layout.our_seal
    x, y = middle(box)
    job.write(words, box.page, x, y + job.random.uniform(-10, 10), min(5.5, 42 / len(words)), legible=True)
    return job


def note_for_position(making: Making) -> Job:
    """A reservation on the line for the position, where nobody looks."""
    job = making.job()
    any_mark(job)
    box = job.layout.name_field
    words = job.random.choice(("待核实", "金额不符", "暂不确认", "以合同为准", "仅数量", "有退货", "差三百元"))
    job.write(words, box.page, 185, box.y + box.height / 2, min(4.2, 20 / len(words)), legible=True)
    return job


def note_above_box(making: Making) -> Job:
    """A reservation in the free strip between the date and the box."""
    job, box = making.job(), making.box
    job.random.choice((seal, hand))(job)
    words = job.random.choice(NOTES)
    x, height = middle(box)[0], min(5.5, 74 / len(words))
    job.write(words, box.page, x + job.random.uniform(-6, 6), box.y - 9, height, legible=True)
    return job


def yes_taken_back(making: Making) -> Job:
    """The tick at the yes struck or scribbled over, none at the no; signed all the same."""
    job = making.job(filled=False)
    job.random.choice((seal, hand))(job)
    agree = job.layout.agree
    job.tick(agree)
    x, y = middle(agree)
    way = [(0, 0.2), (1, 0.1), (0.05, 0.5), (1, 0.45), (0, 0.8), (1, 0.9)]
    ink = stroke(job.random, way, (job.paper.px(7), job.paper.px(6)), job.paper.px(0.5))
    job.paper.put(ink, job.pen, agree.page, x, y)
    return job


PENS_KINDS: dict[str, Kind] = {
    "taped figure": taped_figure,
    "arrow to a row": arrow_to_row,
    "ringed words": ringed_words,
    "clause after the yes": clause_after_yes,
    "head changed by hand": head_changed,
    "total in words struck": words_of_total_struck,
    "digit added": digit_added,
    "difference in pencil": difference_in_pencil,
    "row highlighted": row_highlighted,
    "braced rows": braced_rows,
    "pencil beside seal": pencil_beside_seal,
    "question for a tick": question_for_tick,
    "cross for a tick": cross_for_tick,
    "note in our field": answer_in_our_field,
    "yes taken back": yes_taken_back,
    "note for a position": note_for_position,
    "note above the box": note_above_box,
}
