"""What is written or laid over a signed page, one cheap case each: only the page with the slip is judged."""

from collections.abc import Callable

import pytest
from PIL import ImageDraw

from bot.demo import paper
from bot.demo.seal import BLACK, RED
from parsers.attachment import PageCode
from parsers.number import short_digest
from parsers.scan.finding import Finding
from parsers.scan.judge import judge_page
from parsers.scan.pages import Raster
from tests.parsers.scan_returns import NAME, Case, case, sheet

pytest.importorskip("cv2")
pytest.importorskip("rapidocr")
DPI, SEED = 150, 11


@pytest.fixture(scope="module")
def one() -> Case:
    return case(7)


def judged(one: Case, made: paper.Sheet, page: int = 2) -> Finding:
    """The finding on one page, as if it came from a flatbed without a fault."""
    picture = made.pages[page - 1]
    code = PageCode(one.reference.number, 2, page, 2, short_digest(one.reference.digest))
    raster = Raster(*picture.size, picture.tobytes())
    return judge_page(raster, code, one.sent.data, one.sent.layout)


def sealed(one: Case) -> paper.Sheet:
    made = sheet(one, SEED, DPI)
    paper.stamp(made, one.sent.layout.sign_box, NAME, SEED)
    return made


def written(one: Case) -> paper.Sheet:
    made = sheet(one, SEED, DPI)
    paper.sign_by_hand(made, one.sent.layout.sign_box, SEED, width=34, colour=BLACK)
    return made


def clean(finding: Finding) -> bool:
    return not (finding.altered or finding.remarked or finding.doubts)


@pytest.mark.parametrize("made", [sealed, written], ids=["seal", "hand"])
def test_a_plain_mark_is_nothing_but_one(one: Case, made: Callable[[Case], paper.Sheet]) -> None:
    found = judged(one, made(one))
    assert found.mark == ("seal" if made is sealed else "hand")
    assert clean(found)


@pytest.mark.parametrize(("text", "mark"), [("不同意", "differs"), ("以实际收货为准", "differs"), ("仅供参考", "note")])
def test_a_note_in_the_box_is_read(one: Case, text: str, mark: str) -> None:
    made = sheet(one, SEED, DPI)
    paper.stamp(made, one.sent.layout.sign_box, NAME, SEED, dx=-20)
    paper.write(made, one.sent.layout.sign_box, text, height=5.5, dx=20, dy=4)
    assert judged(one, made).mark == mark


@pytest.mark.parametrize("dy", [-7, 4], ids=["over the star", "across its middle"])
def test_words_in_red_across_a_seal_are_a_note(one: Case, dy: float) -> None:
    made = sealed(one)
    paper.write(made, one.sent.layout.sign_box, "不同意", height=6, dy=dy, colour=RED)
    assert judged(one, made).mark in {"note", "differs"}


def test_a_picture_pasted_over_the_box_is_a_doubt(one: Case) -> None:
    """Another paper's tone with straight edges around the seal."""
    made = sealed(one)
    page, box = made.pages[1], one.sent.layout.sign_box
    x, y, half = box.x + box.width / 2, box.y + box.height / 2, 24
    left, top = made.pixels(x - half), made.pixels(y - half)
    patch = page.crop((left, top, made.pixels(x + half), made.pixels(y + half)))
    page.paste(patch.point(lambda value: round(value * 0.92)), (left, top))
    assert ("patch", "") in judged(one, made).doubts


def test_a_name_with_strokes_through_it_is_taken_back(one: Case) -> None:
    made = written(one)
    box = one.sent.layout.sign_box
    for dy in (-2.0, 1.0):
        x, y = box.x + box.width / 2 - 19, box.y + box.height / 2 + dy
        paper.strike(made, box.page, y, x=x, width=38, colour=BLACK)
    assert judged(one, made).mark in {"crossed", "note", "doubt"}


def test_a_minus_that_was_taken_away_is_altered(one: Case) -> None:
    made = sealed(one)
    figure = next(each for each in one.sent.layout.figures if each.text[0] in "-−")
    box = figure.box
    left, top, bottom = (made.pixels(each) for each in (box.x - 0.3, box.y, box.y + box.height))
    page = made.pages[box.page - 1]
    row = page.crop((left, top, made.pixels(box.x + box.width), bottom)).convert("L")
    first = (row.point(lambda value: 255 if value < 140 else 0).getbbox() or (0,))[0]
    pen = ImageDraw.Draw(page)
    pen.rectangle((left + first - 1, top + 1, left + first + made.pixels(1.4), bottom - 1), fill=(255, 255, 255))
    found = judged(one, made, box.page)
    assert ("sign_removed", figure.text) in found.altered


def test_a_remark_in_pencil_is_seen(one: Case) -> None:
    made = sealed(one)
    paper.write(made, one.sent.layout.remark_box, "差1200.00", height=4, colour=(140, 140, 140))
    found = judged(one, made)
    assert {code for code, _ in (*found.remarked, *found.doubts)} & {"remark"}


def test_streaks_from_edge_to_edge_are_the_scanners(one: Case) -> None:
    """Grey lines down the whole page, through words and the box."""
    made = sealed(one)
    page = made.pages[1]
    pen = ImageDraw.Draw(page)
    for x in (61.0, 140.0):
        pen.line((made.pixels(x), 0, made.pixels(x), page.height), fill=(190, 190, 190), width=1)
    found = judged(one, made)
    assert found.mark == "seal"
    assert clean(found)
