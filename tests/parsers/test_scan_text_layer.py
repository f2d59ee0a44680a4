"""The text layer of a returned PDF: nothing of ours may be missing, nothing may be added outside the slip."""

import io
from dataclasses import replace

import pypdfium2
import pytest
from PIL import Image

from parsers.mail import Part
from parsers.scan import text_layer
from parsers.scan.opening import open_page
from parsers.scan.read import read
from parsers.scan.text_layer import Word, differs, words_in
from tests.parsers.scan_returns import Case, case, overlay, parts

pytest.importorskip("cv2")


@pytest.fixture(scope="module")
def one() -> Case:
    return case(7)


@pytest.fixture(scope="module")
def words(one: Case) -> tuple[Word, ...]:
    """Of our page 2, with the slip."""
    with pypdfium2.PdfDocument(one.sent.data) as document:
        return words_in(document[1])


def weight(one: Case, words: tuple[Word, ...], *, picture: bool = False) -> str:
    return differs(words, one.sent.data, 2, one.sent.layout, picture=picture)


def figure_at(words: tuple[Word, ...]) -> int:
    return next(place for place, (word, _, _) in enumerate(words) if len([one for one in word if one.isdigit()]) > 5)


def another_digit(words: tuple[Word, ...]) -> tuple[Word, ...]:
    at = figure_at(words)
    word, x, y = words[at]
    digit = next(one for one in word if one.isdigit())
    return (*words[:at], (word.replace(digit, str((int(digit) + 1) % 10), 1), x, y), *words[at + 1 :])


def test_our_own_words_differ_in_nothing(one: Case, words: tuple[Word, ...]) -> None:
    assert weight(one, words) == ""
    assert weight(one, words[::-1]) == ""


def test_a_changed_figure_is_altered(one: Case, words: tuple[Word, ...]) -> None:
    assert weight(one, another_digit(words)) == "altered"


def test_a_word_left_out_is_altered(one: Case, words: tuple[Word, ...]) -> None:
    at = figure_at(words)
    assert weight(one, words[:at] + words[at + 1 :]) == "altered"


def test_text_added_in_the_slip_is_a_signature_and_elsewhere_a_doubt(one: Case, words: tuple[Word, ...]) -> None:
    box = one.sent.layout.sign_box
    assert weight(one, (*words, ("王小明", (box.x + 5) / 210, (box.y + 5) / 297))) == ""
    assert weight(one, (*words, ("另有约定", 0.5, 0.02))) == "doubt"


def test_words_put_together_otherwise_are_the_same(one: Case, words: tuple[Word, ...]) -> None:
    joined = (words[0][0] + words[1][0], *words[0][1:])
    assert weight(one, (joined, *words[2:])) == ""


def test_digits_in_another_order_are_a_doubt(one: Case, words: tuple[Word, ...]) -> None:
    at = figure_at(words)
    word, x, y = words[at]
    assert weight(one, (*words[:at], (word[::-1], x, y), *words[at + 1 :])) == "doubt"


def test_a_layer_that_is_no_text_says_nothing(one: Case, words: tuple[Word, ...]) -> None:
    garbled = tuple(("".join(chr(0xE000 + ord(each) % 97) for each in word), x, y) for word, x, y in words)
    assert weight(one, garbled) == ""
    assert weight(one, (*garbled, ("\ufffd", 0.0, 0.0))) == "doubt"


def test_characters_given_back_as_radicals_are_only_a_doubt(one: Case, words: tuple[Word, ...]) -> None:
    at = next(place for place, (word, _, _) in enumerate(words) if word.isalpha())
    assert weight(one, (*words[:at], ("⻓", *words[at][1:]), *words[at + 1 :])) == "doubt"
    assert weight(one, (*another_digit(words)[:at], ("⻓", *words[at][1:]), *words[at + 1 :])) == "altered"


def test_what_a_scanner_guessed_is_no_evidence(one: Case, words: tuple[Word, ...]) -> None:
    guessed = tuple((word.replace("0", "O"), x, y) for word, x, y in words if len(word) > 1)
    assert weight(one, guessed, picture=True) == ""
    assert weight(one, another_digit(words), picture=True) == "doubt"


def test_a_page_of_too_many_characters_says_so(one: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_layer, "MOST", 50)
    with pypdfium2.PdfDocument(one.sent.data) as document:
        assert words_in(document[0])[-1][0] == "\ufffd"


def test_a_scan_with_guessed_text_is_known_as_a_picture(one: Case) -> None:
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, (595, 842))
    canvas.drawImage(ImageReader(Image.new("RGB", (100, 140), (250, 250, 250))), 0, 0, 595, 842)
    canvas.drawString(100, 100, "guessed")
    canvas.save()
    raster = open_page(Part("application/pdf", "x.pdf", "attachment", "", buffer.getvalue()), 0, 0).raster
    assert raster is not None
    assert raster.picture
    assert [word for word, _, _ in raster.words] == ["guessed"]


def test_E6_a_page_rendered_anew_with_another_date_is_altered(one: Case) -> None:
    """Nothing but the date of one row is another, under our own codes, with an electronic seal on it."""
    from bot.compose.statement_pdf import render

    snapshot = one.statement.snapshot
    row = snapshot.lines[0]
    lines = (replace(row, on=row.on.replace(day=row.on.day % 28 + 1)), *snapshot.lines[1:])
    forged = render(replace(one.statement, snapshot=replace(snapshot, lines=lines)))
    (good,) = read(parts(overlay(one, 3, 0)), (one.reference,))
    (bad,) = read(parts(overlay(replace(one, sent=forged), 3, 0)), (one.reference,))
    assert (good.verdict, bad.verdict) == ("signed", "altered")
