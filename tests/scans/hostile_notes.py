"""Returns that are sealed or signed and say something besides: notes, ticks, figures of their own."""

from tests.scans.letters import KAI, hand_text, typed
from tests.scans.marks import Job, any_mark, seal
from tests.scans.paper import RED, RED_PEN, TONER, middle
from tests.scans.returns import Kind, Making
from tests.scans.seals import a_cut, round_plate
from tests.scans.words import NOTES, PEOPLE

_PENCIL = (135, 135, 138)
_FIGURES = ("84,120.00", "85120", "差565", "-1500", "12.6万", "少20件")


def _note(job: Job) -> str:
    return job.random.choice(NOTES)


def _fitting(job: Job, text: str, wide: float, most: float = 6.5) -> float:
    """A height of letters at which the text is at most ``wide`` mm."""
    return min(job.random.uniform(3.8, most), wide / max(1, len(text)) / 0.9)


def note_beside_seal(making: Making) -> Job:
    job, box = making.job(), making.box
    text = _note(job)
    x, y = middle(box)
    side = job.random.choice((-1, 1))
    job.seal(round_plate(a_cut(job.random, making.case.name)), x + side * 22, y + job.random.uniform(-3, 3))
    job.write(text, box.page, x - side * 20, y + job.random.uniform(-14, 14), _fitting(job, text, 44))
    return job


def note_under_seal(making: Making) -> Job:
    """Words that the seal stands on."""
    job, box = making.job(), making.box
    text = _note(job)
    x, y = middle(box)
    job.write(text, box.page, x, y + job.random.uniform(-12, 12), _fitting(job, text, 60))
    job.seal(round_plate(a_cut(job.random, making.case.name)), x + job.random.uniform(-8, 8), y)
    return job


def note_beside_hand(making: Making) -> Job:
    job, box = making.job(), making.box
    text = _note(job)
    x, y = middle(box)
    job.sign(x - 18, y + job.random.uniform(-6, 4), width=job.random.uniform(24, 34))
    job.write(text, box.page, x + 17, y + job.random.uniform(-12, 14), _fitting(job, text, 48))
    return job


def note_over_hand(making: Making) -> Job:
    """Two lines: the note, and the name under it."""
    job, box = making.job(), making.box
    text = _note(job)
    x, y = middle(box)
    job.write(text, box.page, x, y - job.random.uniform(9, 15), _fitting(job, text, 70))
    job.sign(x + job.random.uniform(-15, 15), y + 7, width=job.random.uniform(24, 34))
    return job


def note_for_hand(making: Making) -> Job:
    job, box = making.job(), making.box
    text = _note(job)
    job.write(text, box.page, *middle(box), _fitting(job, text, 78, 9))
    return job


def remark(making: Making) -> Job:
    job = making.job()
    any_mark(job)
    text, box = _note(job), job.layout.remark_box
    height = _fitting(job, text, 78)
    x, y = middle(box)
    job.write(text, box.page, x + job.random.uniform(-8, 8), y + job.random.uniform(-2, 2), height)
    return job


def remark_with_name_only(making: Making) -> Job:
    """Their only signature stands in the remark box, under a disagreement."""
    job = making.job(filled=False)
    box = job.layout.remark_box
    x, y = middle(box)
    job.write(_note(job), box.page, x - 16, y, 4.5)
    job.sign(x + 28, y, width=22, page=box.page)
    return job


def pencil_remark(making: Making) -> Job:
    job = making.job()
    any_mark(job)
    text, box = _note(job), job.layout.remark_box
    job.write(text, box.page, *middle(box), _fitting(job, text, 78), colour=_PENCIL)
    return job


def note_elsewhere(making: Making) -> Job:
    """Anywhere on any page: margins, the foot, between the blocks."""
    job = making.job()
    any_mark(job)
    page = job.random.randint(1, len(job.paper.pages))
    text = _note(job)
    job.write(text, page, job.random.uniform(50, 160), job.random.uniform(22, 275), _fitting(job, text, 80))
    return job


def note_in_table(making: Making) -> Job:
    job = making.job()
    any_mark(job)
    rows = [one.box for one in job.layout.figures if one.meaning.startswith("line")]
    box = job.random.choice(rows)
    text = job.random.choice(("未收", "退", "差", "多", "已退", "?", "×", "重复", "单价错", "待查", "-200"))
    job.write(text, box.page, box.x - job.random.uniform(4, 30), box.y + box.height / 2, job.random.uniform(3.2, 5))
    return job


def note_at_total(making: Making) -> Job:
    job = making.job()
    any_mark(job)
    box = making.total(job)
    text = job.random.choice(_FIGURES)
    job.write(text, box.page, box.x + box.width / 2, box.y + job.random.choice((-4, 7)), 4.5)
    return job


def note_on_first_page(making: Making) -> Job:
    """At the foot or the head of page 1, where nothing else stands."""
    job = making.job()
    any_mark(job)
    text = _note(job)
    job.write(text, 1, job.random.uniform(70, 140), job.random.choice((20.0, 268.0, 274.0)), _fitting(job, text, 80))
    return job


def typed_note(making: Making) -> Job:
    """Set by a printer before sealing, in the box or the remark box."""
    job = making.job()
    any_mark(job)
    box = job.random.choice((job.layout.remark_box, making.box))
    ink = typed(_note(job), KAI, job.paper.px(job.random.uniform(3.4, 5)))
    x, y = middle(box)
    job.paper.put(ink, TONER, box.page, x, y + (18 if box == making.box else 0))
    return job


def red_note_over_seal(making: Making) -> Job:
    job, box = making.job(), making.box
    x, y = middle(box)
    job.seal(round_plate(a_cut(job.random, making.case.name)), x, y)
    text = _note(job)
    job.write(text, box.page, x, y + job.random.uniform(-6, 10), _fitting(job, text, 60), colour=RED_PEN)
    return job


def note_for_date(making: Making) -> Job:
    """Words in the fields for date and name, so legible that nobody takes them for either."""
    job = making.job(filled=False)
    any_mark(job)
    field = job.random.choice((job.layout.date_field, job.layout.name_field))
    text = _note(job)
    job.write(text, field.page, *middle(field), _fitting(job, text, field.width + 8, 4.4), legible=True)
    return job


def number_in_box(making: Making) -> Job:
    """Another balance beside the signature."""
    job, box = making.job(), making.box
    x, y = middle(box)
    job.sign(x - 18, y - 3, width=30)
    job.write(job.random.choice(_FIGURES), box.page, x + 18, y + job.random.uniform(-10, 12), 5.5)
    return job


def circled_figure(making: Making) -> Job:
    """A figure ringed with the pen, with or without a question mark."""
    from tests.scans.letters import stroke

    job = making.job()
    any_mark(job)
    box = job.random.choice(job.layout.figures).box
    size = job.paper.px(box.width + 5), job.paper.px(box.height + 4)
    ring = [(0.5, 0.0), (0.05, 0.4), (0.4, 1.0), (0.97, 0.6), (0.6, 0.02), (0.4, 0.0)]
    x, y = middle(box)
    job.paper.put(stroke(job.random, ring, size, job.paper.px(0.45)), job.pen, box.page, x, y)
    if job.random.random() < 0.5:
        job.write("?", box.page, x - box.width / 2 - 5, y, 5)
    return job


def differ_ticked(making: Making) -> Job:
    job = making.job(filled=False)
    any_mark(job)
    job.tick(job.layout.differ)
    return job


def both_ticked(making: Making) -> Job:
    job = making.job(filled=False)
    any_mark(job)
    job.tick(job.layout.agree)
    job.tick(job.layout.differ)
    return job


def differ_crossed(making: Making) -> Job:
    """A cross in the box for a difference, small."""
    job = making.job(filled=False)
    any_mark(job)
    box = job.layout.differ
    for start, end in (((0, 0), (1, 1)), ((0, 1), (1, 0))):
        points = [(box.x + a * box.width, box.y + b * box.height) for a, b in (start, end)]
        job.line(box.page, points[0], points[1])
    return job


def cause_ticked(making: Making) -> Job:
    job = making.job()
    any_mark(job)
    job.tick(job.random.choice(job.layout.cause_ticks))
    return job


def their_balance(making: Making) -> Job:
    job = making.job()
    any_mark(job)
    for field, text in zip(job.layout.differ_fields, ("84,120.00", "1,565.00"), strict=False):
        if job.random.random() < 0.7 or field is job.layout.differ_fields[0]:
            job.write(text, field.page, *middle(field), 3.8)
    return job


def slip_struck(making: Making) -> Job:
    """核对无误 struck out with the pen."""
    job = making.job(filled=False)
    any_mark(job)
    box = job.layout.agree
    job.line(box.page, (box.x - 2, box.y + 1.5), (box.x + 32, box.y + job.random.uniform(0.5, 2.5)))
    return job


def sealed_remark(making: Making) -> Job:
    """A note in the remark box with a second seal on it: that is how corrections are vouched for."""
    job = making.job()
    seal(job)
    box = job.layout.remark_box
    x, y = middle(box)
    text = _note(job)
    job.write(text, box.page, x - 6, y, _fitting(job, text, 70))
    job.seal(round_plate(a_cut(job.random, making.case.name)), x + 14, y + 2, colour=RED)
    return job


def two_names(making: Making) -> Job:
    """The name of somebody who signs for another, 代, by the side of it."""
    job, box = making.job(), making.box
    x, y = middle(box)
    job.sign(x - 16, y, width=28)
    ink = hand_text(job.random, job.random.choice(PEOPLE)[0] + "代收", job.paper.px(6))
    job.paper.put(ink, job.pen, box.page, x + 18, y + 4)
    return job


NOTES_KINDS: dict[str, Kind] = {
    "note beside seal": note_beside_seal,
    "note under seal": note_under_seal,
    "note beside hand": note_beside_hand,
    "note over hand": note_over_hand,
    "note for a signature": note_for_hand,
    "remark": remark,
    "signed remark only": remark_with_name_only,
    "pencil remark": pencil_remark,
    "note elsewhere": note_elsewhere,
    "note in table": note_in_table,
    "note at total": note_at_total,
    "note on first page": note_on_first_page,
    "typed note": typed_note,
    "red note over seal": red_note_over_seal,
    "note for a date": note_for_date,
    "number in box": number_in_box,
    "circled figure": circled_figure,
    "differ ticked": differ_ticked,
    "both ticked": both_ticked,
    "differ crossed": differ_crossed,
    "cause ticked": cause_ticked,
    "their balance": their_balance,
    "agree struck": slip_struck,
    "sealed remark": sealed_remark,
    "signed for receipt": two_names,
}
