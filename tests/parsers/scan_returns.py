"""Returns of every kind, good and bad, from a seed.

Each kind is a function of (statement, seed, dpi) → attachments. ``GOOD`` must come out ``signed`` nearly always,
``BAD`` never.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from bot.compose.statement_pdf import RenderedPdf, render
from bot.demo import paper
from bot.demo.seal import BLACK, BLUE, RED
from bot.model import Attachment, Statement
from parsers.mail import Part
from parsers.scan.layout import Box
from parsers.scan.read import Reference
from tests.compose.samples import a_statement, many_lines, worked_lines

NAME = "恆遠商貿有限公司"
Files = tuple[Attachment, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """One statement as sent, with another revision of it and another customer's for the mix-ups."""

    statement: Statement
    sent: RenderedPdf
    older: RenderedPdf
    other: RenderedPdf
    reference: Reference


def case(lines: int) -> Case:
    rows = worked_lines() if lines == 7 else many_lines(lines)
    second = a_statement(rows, revision=2, changes="补录一笔退货")
    first, third = a_statement(rows, opening="128500.00"), a_statement(rows, opening="99.00")
    sent, older = render(second), render(first)
    other = render(replace(third, number="DZ-202610-000002-70"))
    reference = Reference(second.number, 2, second.digest, sent.data, sent.layout, live=True)
    return Case(second, sent, older, other, reference)


def parts(files: Files) -> tuple[Part, ...]:
    return tuple(Part(one.content_type, one.name, "attachment", "", one.data) for one in files)


def sheet(one: Case, seed: int, dpi: int, *, ticked: bool = True) -> paper.Sheet:
    made = paper.print_pages(one.sent.data, dpi, seed)
    if ticked:
        paper.tick_box(made, one.sent.layout.agree)
    return made


def ship(made: paper.Sheet, seed: int, **more: object) -> Files:
    random = Random(seed)
    options: dict[str, object] = {
        "file_format": random.choice(("pdf", "jpg", "png", "tiff")),
        "rotation": random.uniform(0, 0.9),
        "noise": random.uniform(1, 5),
        "quality": random.choice((60, 75, 85)),
    }
    return paper.deliver(made, seed, **(options | more))  # type: ignore[arg-type]


def sealed(one: Case, seed: int, dpi: int) -> Files:
    made = sheet(one, seed, dpi, ticked=seed % 3 != 0)
    random = Random(seed)
    paper.stamp(
        made,
        one.sent.layout.sign_box,
        NAME,
        seed,
        dx=random.uniform(-15, 15),
        dy=random.uniform(-7, 5),
        size=random.choice((38, 40, 42)),
    )
    return ship(made, seed)


def signed(one: Case, seed: int, dpi: int) -> Files:
    made = sheet(one, seed, dpi)
    random = Random(seed)
    colour = random.choice((BLUE, BLACK))
    paper.sign_by_hand(
        made, one.sent.layout.sign_box, seed, width=random.uniform(24, 38), colour=colour, dx=random.uniform(-18, 18)
    )
    paper.write_by_hand(made, one.sent.layout.name_field, seed, characters=3, height=4.5, colour=colour)
    return ship(made, seed)


def both(one: Case, seed: int, dpi: int) -> Files:
    made = sheet(one, seed, dpi)
    paper.stamp(made, one.sent.layout.sign_box, NAME, seed, dx=18, title="財務專用章")
    paper.sign_by_hand(made, one.sent.layout.sign_box, seed, dx=-20, width=28)
    return ship(made, seed)


def over_date(one: Case, seed: int, dpi: int) -> Files:
    made = sheet(one, seed, dpi)
    paper.write_by_hand(made, one.sent.layout.date_field, seed, characters=5, height=4)
    paper.stamp(made, one.sent.layout.date_field, NAME, seed, dx=10, dy=12)
    return ship(made, seed)


def edges(one: Case, seed: int, dpi: int) -> Files:
    made = sheet(one, seed, dpi)
    paper.stamp(made, one.sent.layout.sign_box, NAME, seed)
    paper.riding_seal(made, NAME, seed, y=230)
    return ship(made, seed)


def two_square(one: Case, seed: int, dpi: int) -> Files:
    made = sheet(one, seed, dpi)
    paper.stamp(made, one.sent.layout.sign_box, NAME, seed, size=26, dx=-16, square=True)
    paper.stamp(made, one.sent.layout.sign_box, "王小明印", seed + 1, size=15, dx=16, square=True)
    return ship(made, seed)


def overlay(one: Case, seed: int, dpi: int) -> Files:
    return paper.electronic(one.sent.data, one.sent.layout, NAME, seed, dx=Random(seed).uniform(-15, 15))


def photo(one: Case, seed: int, dpi: int) -> Files:
    made = sheet(one, seed, dpi)
    paper.stamp(made, one.sent.layout.sign_box, NAME, seed)
    return ship(made, seed, device="photo", file_format="jpg", quality=85)


GOOD: dict[str, Callable[[Case, int, int], Files]] = {
    "sealed": sealed,
    "signed by hand": signed,
    "seal and hand": both,
    "over the date": over_date,
    "across the edges": edges,
    "two square seals": two_square,
    "electronic": overlay,
    "photo": photo,
}


def _marked(one: Case, seed: int, dpi: int) -> paper.Sheet:
    made = sheet(one, seed, dpi)
    if seed % 2:
        paper.stamp(made, one.sent.layout.sign_box, NAME, seed, dx=-10)
    else:
        paper.sign_by_hand(made, one.sent.layout.sign_box, seed, dx=-10)
    return made


def unsigned(one: Case, seed: int, dpi: int) -> Files:
    return ship(sheet(one, seed, dpi), seed)


def untouched(one: Case, seed: int, dpi: int) -> Files:
    return (Attachment("回傳.pdf", "application/pdf", one.sent.data),)


def date_only(one: Case, seed: int, dpi: int) -> Files:
    made = sheet(one, seed, dpi)
    paper.write_by_hand(made, one.sent.layout.date_field, seed, characters=5, height=4)
    return ship(made, seed)


def dot(one: Case, seed: int, dpi: int) -> Files:
    made = sheet(one, seed, dpi)
    paper.write(made, one.sent.layout.sign_box, "．" if seed % 2 else "、", height=8)
    return ship(made, seed)


def line(one: Case, seed: int, dpi: int) -> Files:
    made = sheet(one, seed, dpi)
    box = one.sent.layout.sign_box
    paper.strike(made, box.page, box.y + 25, x=box.x + 15, width=55)
    return ship(made, seed)


def big_tick(one: Case, seed: int, dpi: int) -> Files:
    made = sheet(one, seed, dpi)
    box = one.sent.layout.sign_box
    side = 12 + seed % 10
    paper.tick_box(made, Box(box.page, box.x + 30, box.y + 15, side, side), colour=(BLUE, RED, BLACK)[seed % 3])
    return ship(made, seed)


def remark(one: Case, seed: int, dpi: int) -> Files:
    made = _marked(one, seed, dpi)
    paper.write(
        made,
        one.sent.layout.remark_box,
        Random(seed).choice(("少一筆退貨", "金額不符", "差565元", "單價有誤請核")),
        height=5,
        colour=(BLUE, BLACK)[seed % 2],
    )
    return ship(made, seed)


def differ(one: Case, seed: int, dpi: int) -> Files:
    made = sheet(one, seed, dpi, ticked=seed % 2 == 0)
    paper.tick_box(made, one.sent.layout.differ, colour=(BLUE, BLACK)[seed % 2])
    paper.stamp(made, one.sent.layout.sign_box, NAME, seed)
    return ship(made, seed)


def cause(one: Case, seed: int, dpi: int) -> Files:
    made = _marked(one, seed, dpi)
    paper.tick_box(made, one.sent.layout.cause_ticks[seed % len(one.sent.layout.cause_ticks)])
    return ship(made, seed)


def their_balance(one: Case, seed: int, dpi: int) -> Files:
    made = _marked(one, seed, dpi)
    paper.write(made, one.sent.layout.differ_fields[0], "84,120.00", height=3.6)
    return ship(made, seed)


def edited_figure(one: Case, seed: int, dpi: int) -> Files:
    made = _marked(one, seed, dpi)
    figures = one.sent.layout.figures
    paper.alter_figure(made, figures[seed * 7 % len(figures)])
    return ship(made, seed)


def overwritten_digit(one: Case, seed: int, dpi: int) -> Files:
    made = _marked(one, seed, dpi)
    figures = one.sent.layout.figures
    paper.overwrite_digit(made, figures[seed * 5 % len(figures)], seed, colour=(BLACK, BLUE)[seed % 2])
    return ship(made, seed)


def struck_row(one: Case, seed: int, dpi: int) -> Files:
    made = _marked(one, seed, dpi)
    rows = [figure.box for figure in one.sent.layout.figures if figure.meaning.startswith("line")]
    box = rows[seed * 3 % len(rows)]
    paper.strike(made, box.page, box.y + box.height / 2, colour=(BLACK, BLUE, RED)[seed % 3])
    return ship(made, seed)


def note_in_table(one: Case, seed: int, dpi: int) -> Files:
    made = _marked(one, seed, dpi)
    box = one.sent.layout.figures[seed * 11 % len(one.sent.layout.figures)].box
    paper.write(made, box, "未收", height=4, dx=-25, colour=(BLACK, BLUE)[seed % 2])
    return ship(made, seed)


def note_in_box(one: Case, seed: int, dpi: int) -> Files:
    made = sheet(one, seed, dpi)
    box = one.sent.layout.sign_box
    paper.stamp(made, box, NAME, seed, dx=-20)
    paper.write(
        made,
        box,
        Random(seed).choice(("以實際收貨為準", "僅核對數量金額待查", "差異另議，不作確認")),
        height=5.5,
        dx=10,
        dy=14,
    )
    return ship(made, seed)


def only_note(one: Case, seed: int, dpi: int) -> Files:
    made = sheet(one, seed, dpi)
    paper.write(
        made, one.sent.layout.sign_box, Random(seed).choice(("請貴司先蓋章", "暫不能確認", "人不在，下週簽")), height=6
    )
    return ship(made, seed)


def note_in_margin(one: Case, seed: int, dpi: int) -> Files:
    made = _marked(one, seed, dpi)
    paper.write(made, Box(one.sent.layout.sign_box.page, 60, 230, 90, 12), "退貨未扣，請更正", height=6)
    return ship(made, seed)


def older_revision(one: Case, seed: int, dpi: int) -> Files:
    return paper.sealed_scan(one.older.data, one.older.layout, NAME, seed, dpi=dpi)


def other_statement(one: Case, seed: int, dpi: int) -> Files:
    return paper.sealed_scan(one.other.data, one.other.layout, NAME, seed, dpi=dpi)


def page_inserted(one: Case, seed: int, dpi: int) -> Files:
    made = _marked(one, seed, dpi)
    made.pages.insert(0, paper.print_pages(one.other.data, dpi).pages[0])
    return ship(made, seed, file_format="pdf")


def our_codes_their_page(one: Case, seed: int, dpi: int) -> Files:
    """The older revision's page with the corners and codes of the live one pasted over its own."""
    made = paper.print_pages(one.older.data, dpi, seed)
    live = paper.print_pages(one.sent.data, dpi, seed)
    for page, source in zip(made.pages, live.pages, strict=False):
        for x, y, width, height in ((150, 5, 60, 24), (5, 255, 200, 40), (5, 5, 45, 20)):
            corner = (made.pixels(x), made.pixels(y), made.pixels(x + width), made.pixels(y + height))
            page.paste(source.crop(corner), corner[:2])
    paper.stamp(made, one.older.layout.sign_box, NAME, seed)
    return ship(made, seed)


def whited_out(one: Case, seed: int, dpi: int) -> Files:
    made = _marked(one, seed, dpi)
    box = one.sent.layout.figures[seed * 3 % len(one.sent.layout.figures)].box
    made.pages[box.page - 1].paste(
        (255, 255, 255),
        (
            made.pixels(box.x - 1),
            made.pixels(box.y - 0.5),
            made.pixels(box.x + box.width + 1),
            made.pixels(box.y + box.height + 0.5),
        ),
    )
    return ship(made, seed)


def wrong_electronic(one: Case, seed: int, dpi: int) -> Files:
    """A digit covered in the PDF itself before the seal was laid in."""
    return paper.electronic(
        paper.covered_figure(one.sent.data, one.sent.layout.figures[seed * 3 % len(one.sent.layout.figures)]),
        one.sent.layout,
        NAME,
        seed,
    )


def smudge(one: Case, seed: int, dpi: int) -> Files:
    made = sheet(one, seed, dpi)
    paper.blot(made, one.sent.layout.sign_box, seed, colour=(RED, BLUE, BLACK)[seed % 3])
    return ship(made, seed)


def page_missing(one: Case, seed: int, dpi: int) -> Files:
    made = _marked(one, seed, dpi)
    return (
        ship(made, seed, drop_pages=(1,) if len(made.pages) > 1 else (), file_format="pdf")
        if len(made.pages) > 1
        else unsigned(one, seed, dpi)
    )


BAD: dict[str, Callable[[Case, int, int], Files]] = {
    "unsigned": unsigned,
    "sent back untouched": untouched,
    "date only": date_only,
    "dot": dot,
    "line": line,
    "tick in the box": big_tick,
    "smudge": smudge,
    "remark": remark,
    "differs ticked": differ,
    "cause ticked": cause,
    "their balance": their_balance,
    "figure edited": edited_figure,
    "digit overwritten": overwritten_digit,
    "row struck": struck_row,
    "note in the table": note_in_table,
    "note beside the seal": note_in_box,
    "note instead of a signature": only_note,
    "note in the margin": note_in_margin,
    "older revision": older_revision,
    "other statement": other_statement,
    "foreign page inserted": page_inserted,
    "our codes on another page": our_codes_their_page,
    "figure whited out": whited_out,
    "edited before sealing": wrong_electronic,
    "page missing": page_missing,
}


def note_over_seal(one: Case, seed: int, dpi: int) -> Files:
    """The same red on the same red."""
    made = sheet(one, seed, dpi)
    paper.stamp(made, one.sent.layout.sign_box, NAME, seed)
    paper.write(made, one.sent.layout.sign_box, "不同意此數", height=6, colour=RED, dy=Random(seed).uniform(-2, 2))
    return ship(made, seed)


def crossed_out(one: Case, seed: int, dpi: int) -> Files:
    """Two strokes across the box."""
    made = sheet(one, seed, dpi)
    box = one.sent.layout.sign_box
    for turn in (35, -35):
        paper.strike(made, box.page, box.y + 25, x=box.x + 22, width=40, turn=turn, colour=(BLUE, BLACK, RED)[seed % 3])
    return ship(made, seed)


BAD |= {"note over the seal": note_over_seal, "box crossed out": crossed_out}
