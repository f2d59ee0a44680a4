"""Returns whose figures were changed in the file: covered and set anew in the PDF, or all rendered again."""

from dataclasses import replace

from bot.compose.statement_pdf import RenderedPdf
from bot.model import StatementLine
from parsers.scan.layout import Box
from tests.compose.samples import D
from tests.scans import statements
from tests.scans.electronic import Laid, cover, edited, hand_picture, overlaid, seal_picture
from tests.scans.files import Parts, part
from tests.scans.hostile_figures import another, digits_of
from tests.scans.marks import Job, any_mark
from tests.scans.paper import middle
from tests.scans.returns import Kind, Making
from tests.scans.words import near


def edited_pdf(making: Making) -> Parts:
    """The same in the PDF, and an electronic seal or signature on top."""
    live = making.case.live.pdf
    figure = making.random.choice([one for one in live.layout.figures if digits_of(one)])
    data = edited(live, figure, another(making, figure.text))
    return _e_signed(making, data, making.box)


def covered_pdf(making: Making) -> Parts:
    """A figure covered with white, nothing in its place."""
    live = making.case.live.pdf
    return _e_signed(making, overlaid(live.data, [cover(making.random.choice(live.layout.figures).box)]), making.box)


def _e_signed(making: Making, data: bytes, box: Box) -> Parts:
    x, y = middle(box)
    laid: list[Laid]
    if making.random.random() < 0.7:
        picture, width = seal_picture(making.random, making.case.name)
        laid = [(picture, box.page, x, y, width)]
    else:
        laid = [(hand_picture(making.random, 32), box.page, x, y, 32)]
    return (part("application/pdf", "对账单-已签.pdf", overlaid(data, laid)),)


def forged_pdf(making: Making) -> Parts:
    """Rows changed and the whole rendered anew under our codes, sealed electronically."""
    false = _forged(making)
    same = making.box.page <= false.layout.pages  # a row less may cost a page
    return _e_signed(making, false.data, making.box if same else false.layout.sign_box)


def forged_print(making: Making) -> Job:
    """The same, printed, sealed and scanned."""
    job = making.job(_forged(making))
    any_mark(job)
    return job


def _forged(making: Making) -> RenderedPdf:
    live, random = making.case.live, making.random
    lines = list(live.statement.snapshot.lines)
    how = random.choice(("amount", "opening", "words", "row out", "row in", "date"))
    at = random.randrange(len(lines))
    row = lines[at]
    if how == "amount":
        lines[at] = _other_amount(row, making)
    elif how == "words":
        lines[at] = replace(row, number=another(making, row.number), product=row.product and "工业润滑油脂")
    elif how == "row out":
        del lines[at]
    elif how == "row in":
        lines.insert(at, replace(row, number=another(making, row.number)))
    elif how == "date":
        lines[at] = replace(row, on=row.on.replace(day=row.on.day % 28 + 1))
    opening = str(live.statement.snapshot.totals.opening + (D("1000") if how == "opening" else D(0)))
    return statements.forged(live, tuple(lines), opening)


def _other_amount(row: StatementLine, making: Making) -> StatementLine:
    more = D(making.random.choice(("100", "0.10", "-1000", "9")))
    return replace(row, receipt=row.receipt + more) if row.receipt else replace(row, charge=(row.charge or D(0)) + more)


def renamed(making: Making) -> Job:
    """Made out to another name, everything else ours."""
    job = making.job(statements.renamed(making.case.live, near(making.random, making.case.name)[1]))
    any_mark(job)
    return job


FORGED: dict[str, Kind] = {
    "edited PDF": edited_pdf,
    "covered PDF": covered_pdf,
    "forged PDF": forged_pdf,
    "forged print": forged_print,
    "renamed": renamed,
}
