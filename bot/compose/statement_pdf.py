"""A statement → its PDF, the places of everything on it, and every word printed.

Pages are planned first (which rows go where, how many pages), then drawn straight onto a canvas: 60 lines take a few
hundredths of a second. Beyond 20 pages the statement is a summary to be signed, and the lines are an annex after it.
The same statement always gives the same bytes.
"""

import hashlib
from dataclasses import dataclass, fields

from bot.compose import pdf_frame, pdf_rows, pdf_slip, pdf_table, pdf_totals
from bot.compose.labels import labels
from bot.compose.pdf_frame import BOTTOM, Place
from bot.compose.pdf_page import Paper
from bot.compose.pdf_rows import Slice
from bot.model import Statement
from parsers.scan.layout import Layout

_MOST_PAGES = 20
_ANNEX_DIGEST = 16
_GAP = 6.0


@dataclass(frozen=True, slots=True)
class RenderedPdf:
    """``pages`` counts all pages, ``layout.pages`` those that are signed and come back (the annex needn't)."""

    data: bytes
    pages: int
    layout: Layout
    words: str


@dataclass(frozen=True, slots=True)
class _Plan:
    """``tables`` by page; ``alone`` when totals and slip have the last page to themselves; ``annex`` as above.

    ``compact`` when all stands on one page, without what the band at its top says already.
    """

    tables: tuple[Slice, ...]
    alone: bool = False
    annex: bool = False
    compact: bool = False

    @property
    def signed_pages(self) -> int:
        return 1 if self.annex else len(self.tables) + self.alone


def render(statement: Statement, seal: bytes | None = None) -> RenderedPdf:
    """The PDF; ``seal`` is a picture of our own seal. Raises MissingGlyphs where our fonts lack a character."""
    words, snapshot = labels(statement.locale), statement.snapshot
    paper = Paper(f"{words['title']} {statement.number}", snapshot.company.name)
    plan = _plan(statement)
    boxes = (_annexed if plan.annex else _plain)(paper, statement, plan, seal)
    slip = {field.name: getattr(boxes, field.name) for field in fields(boxes)}
    layout = Layout(plan.signed_pages, tuple(paper.figures), **slip)
    return RenderedPdf(paper.finish(), paper.page, layout, "\n".join(paper.words))


def _plan(statement: Statement) -> _Plan:
    opening = statement.snapshot.totals.opening
    rows = pdf_rows.rows(statement)
    overhead = pdf_table.HEAD + pdf_table.SUM + pdf_table.TOTAL
    first = BOTTOM - pdf_frame.first_height(statement) - pdf_totals.BAND - overhead
    later = BOTTOM - pdf_frame.NEXT_TOP - overhead
    tables = pdf_rows.slices(rows, opening, first, later)
    rest = (first if len(tables) == 1 else later) - tables[-1].height - pdf_slip.SLIP
    alone = rest < pdf_totals.CLOSING
    if len(tables) == 1 and alone and rest >= pdf_totals.CLOSING_COMPACT:
        return _Plan(tables, compact=True)
    if len(tables) + alone > _MOST_PAGES:
        return _Plan(pdf_rows.slices(rows, opening, later, later), annex=True)
    return _Plan(tables, alone=alone)


def _plain(paper: Paper, statement: Statement, plan: _Plan, seal: bytes | None) -> pdf_slip.SlipBoxes:
    """Lines, totals and the slip on the last page."""
    pages = plan.signed_pages
    y = 0.0
    for index, part in enumerate(plan.tables):
        y = _begin(paper, statement, index + 1, pages)
        if index == 0:
            y = pdf_totals.band(paper, statement, y)
        last = index == len(plan.tables) - 1
        y = pdf_table.draw(paper, statement, part, y, first=index == 0, last=last)
        if last and plan.alone:
            pdf_table.blank_below(paper, statement, y)
            paper.end()
            y = _begin(paper, statement, pages, pages)
        elif not last:
            paper.end()
    return _end(paper, statement, y, seal, compact=plan.compact)


def _annexed(paper: Paper, statement: Statement, plan: _Plan, seal: bytes | None) -> pdf_slip.SlipBoxes:
    """The summary on one page, signed; then the lines."""
    words = labels(statement.locale)
    digest, pages = _annex_digest(statement), len(plan.tables)
    line = words["annex.slip"].format(len(statement.snapshot.lines), pages, digest)
    y = pdf_totals.band(paper, statement, _begin(paper, statement, 1, 1))
    boxes = _end(paper, statement, y, seal, annex=line)
    note = f"{words['annex.digest'].format(digest)}　{words['annex.note']}"
    for index, part in enumerate(plan.tables):
        label = words["annex.page"].format(index + 1, pages)
        pdf_frame.begin(paper, statement, Place(index + 2, pages + 1, label, note))
        top = pdf_frame.next_head(paper, statement)
        pdf_table.draw(paper, statement, part, top, first=index == 0, last=index == pages - 1)
        paper.end()
    return boxes


def _begin(paper: Paper, statement: Statement, page: int, pages: int) -> float:
    """Start one of the pages that come back; returns where its content begins."""
    words = labels(statement.locale)
    label = words["page"].format(page, pages)
    note = words["scan_all"].format(pages)
    if page == pages:
        note = words["slip.note"] + note
    pdf_frame.begin(paper, statement, Place(page, pages, label, note))
    return (pdf_frame.first_head if page == 1 else pdf_frame.next_head)(paper, statement)


def _end(
    paper: Paper, statement: Statement, y: float, seal: bytes | None, *, annex: str = "", compact: bool = False
) -> pdf_slip.SlipBoxes:
    """Totals, and the slip under them."""
    top = pdf_totals.closing(paper, statement, y, compact=compact) + _GAP
    boxes = pdf_slip.draw(paper, statement, min(top, BOTTOM - pdf_slip.SLIP), seal=seal, annex=annex)
    paper.end()
    return boxes


def _annex_digest(statement: Statement) -> str:
    """The first digits of SHA-256 over the annex's cells as printed, tabs between cells, a line each, in fours."""
    locale = statement.locale
    lines = (
        "\t".join([*pdf_rows.cells(line, locale).values(), pdf_rows.note(line, locale)])
        for line in statement.snapshot.lines
    )
    digits = hashlib.sha256("\n".join(lines).encode()).hexdigest()[:_ANNEX_DIGEST].upper()
    return " ".join(digits[start : start + 4] for start in range(0, _ANNEX_DIGEST, 4))
