"""Which attachment is what: our pages in any wrapping, logos, bombs, broken files, sheets, other documents."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from random import Random
from typing import Any

import numpy as np
import openpyxl
import pypdfium2
import pytest
from PIL import Image, ImageDraw

from bot.compose.statement_xlsx import render as render_sheet
from bot.demo import paper
from bot.demo.capture import to_files
from parsers.attachment import AttachmentReading
from parsers.mail import Part
from parsers.scan import judge, opening, overlay, pages, sheets, words
from parsers.scan.finding import Finding
from parsers.scan.read import Reference, Steps, judge_page, read, sketch
from parsers.scan.reasons import SENTENCES, say
from tests.parsers.scan_returns import Case, case, sheet

pytest.importorskip("cv2")


@pytest.fixture(scope="module")
def one() -> Case:
    return case(7)


@pytest.fixture(scope="module")
def signed_pages(one: Case) -> list[Image.Image]:
    made = sheet(one, 5, 130)
    paper.stamp(made, one.sent.layout.sign_box, "恆遠商貿有限公司", 5)
    return made.pages


def part(data: bytes, name: str = "scan.pdf", content_id: str = "") -> Part:
    return Part("application/octet-stream", name, "attachment", content_id, data)


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def verdicts(one: Case, *attachments: Part) -> list[tuple[str, str]]:
    return [(reading.kind, reading.verdict) for reading in read(attachments, (one.reference,))]


WRAPPINGS: dict[str, Callable[[list[Image.Image]], list[Part]]] = {
    "a JPEG per page": lambda made: [part(data, "p.jpg") for data in to_files(made, "jpg", dpi=130)],
    "a TIFF of two pages": lambda made: [part(to_files(made, "tiff", dpi=130)[0], "p.tif")],
    "WebP": lambda made: [part(data, "p.webp") for data in to_files(made, "webp", dpi=130)],
    "pictures in a ZIP": lambda made: [
        part(zipped({f"{n}.png": data for n, data in enumerate(to_files(made, "png", dpi=130))}), "scan.zip")
    ],
    "pictures in a DOCX": lambda made: [
        part(
            zipped(
                {"word/document.xml": b"<w/>", "[Content_Types].xml": b"<t/>"}
                | {f"word/media/i{n}.jpeg": data for n, data in enumerate(to_files(made, "jpg", dpi=130))}
            ),
            "scan.docx",
        )
    ],
    "one page upside down": lambda made: [
        part(to_files([made[0].rotate(180), made[1].rotate(90, expand=True)], "pdf", dpi=130)[0])
    ],
    "blank backs between": lambda made: [
        part(to_files([made[0], Image.new("RGB", made[0].size, (250, 250, 250)), made[1]], "pdf", dpi=130)[0])
    ],
    "page one as PDF, page two as PNG": lambda made: [
        part(to_files(made[:1], "pdf", dpi=130)[0]),
        part(to_files(made[1:], "png", dpi=130)[0], "2.png"),
    ],
}


@pytest.mark.parametrize("wrapping", WRAPPINGS)
def test_E6_pages_are_found_in_any_wrapping(one: Case, signed_pages: list[Image.Image], wrapping: str) -> None:
    found = verdicts(one, *WRAPPINGS[wrapping](signed_pages))
    assert set(found) == {("scan", "signed")}


def test_a_photo_turned_by_exif_is_read_upright(one: Case, signed_pages: list[Image.Image]) -> None:
    buffer = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    signed_pages[1].rotate(90, expand=True).save(buffer, "JPEG", exif=exif)
    raster = pages.render(pages.File("p.jpg", buffer.getvalue()), 0)
    assert raster.height > raster.width


def test_one_page_alone_is_incomplete_and_names_the_missing_one(one: Case, signed_pages: list[Image.Image]) -> None:
    (reading,) = read((part(to_files(signed_pages[1:], "jpg", dpi=130)[0], "2.jpg"),), (one.reference,))
    assert reading.verdict == "incomplete"
    assert say("missing_pages", "1") in reading.reasons
    assert (reading.number, reading.revision, reading.pages) == (one.reference.number, 2, (2,))


def test_a_foreign_sheet_among_our_pages_goes_to_a_person(one: Case, signed_pages: list[Image.Image]) -> None:
    letter = Image.new("RGB", signed_pages[0].size, (255, 255, 255))
    paper_sheet = paper.Sheet([letter], 130, Random(1))
    paper.write(paper_sheet, replace(one.sent.layout.sign_box, page=1), "以本函所附條件為準", height=9)
    found = verdicts(one, part(to_files([*signed_pages, letter], "pdf", dpi=130)[0]))
    assert found == [("scan", "unsure")]


def test_an_accepted_scan_says_what_it_rests_on_and_shows_it(one: Case, signed_pages: list[Image.Image]) -> None:
    (reading,) = read((part(to_files(signed_pages, "pdf", dpi=130)[0]),), (one.reference,))
    assert reading.reasons == (say("seal"), say("not_identified"))
    assert Image.open(io.BytesIO(reading.picture)).format == "PNG"
    assert len(reading.sha256) == 64


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        ({"live": False}, "other_revision"),
        ({"revision": 3}, "other_revision"),
        ({"number": "DZ-202610-000009-49"}, "other_statement"),
        ({"digest": "ff" * 32}, "unsure"),
    ],
)
def test_only_the_live_revision_with_its_digest_counts(
    one: Case, signed_pages: list[Image.Image], change: dict[str, object], verdict: str
) -> None:
    reference = replace(one.reference, **change)  # type: ignore[arg-type]
    (reading,) = read((part(to_files(signed_pages, "pdf", dpi=130)[0]),), (reference,))
    assert reading.verdict == verdict


def test_page_counts_that_disagree_go_to_a_person(one: Case, signed_pages: list[Image.Image]) -> None:
    reference = replace(one.reference, layout=replace(one.reference.layout, pages=3))
    (reading,) = read((part(to_files(signed_pages, "pdf", dpi=130)[0]),), (reference,))
    assert reading.verdict == "unsure"


def test_two_sheets_in_one_picture_go_to_a_person(one: Case, signed_pages: list[Image.Image]) -> None:
    width, height = signed_pages[0].size
    both = Image.new("RGB", (width * 2, height), (255, 255, 255))
    both.paste(signed_pages[0], (0, 0))
    both.paste(signed_pages[1], (width, 0))
    assert verdicts(one, part(to_files([both], "png", dpi=130)[0], "both.png")) == [("scan", "unsure")]


def test_the_sketch_gives_the_codes_of_each_attachment(one: Case) -> None:
    found = sketch((part(one.sent.data), part(b"hello", "note.txt")))
    assert [code.page for code in found[0]] == [1, 2]
    assert found[1] == ()


def logo(size: tuple[int, int] = (180, 60)) -> bytes:
    picture = Image.new("RGB", size, (255, 255, 255))
    ImageDraw.Draw(picture).ellipse((10, 10, 50, 50), fill=(200, 30, 30))
    return to_files([picture], "png", dpi=72)[0]


def test_a_logo_is_a_mail_signature_and_no_scan(one: Case) -> None:
    assert verdicts(one, part(logo(), "image001.png", "img1")) == [("signature", "none")]


def test_a_large_picture_without_a_code_is_for_a_person(one: Case) -> None:
    assert verdicts(one, part(logo((900, 1300)), "photo.png")) == [("scan", "unread")]


def test_a_document_of_somebody_else_is_another_matter(one: Case) -> None:
    other = paper_pdf("付款水單 招商銀行 78,000.00")
    assert verdicts(one, part(other, "slip.pdf"), part(b"plain", "note.txt")) == [("other", "none")] * 2


def test_our_number_without_a_readable_code_is_for_a_person(one: Case) -> None:
    assert verdicts(one, part(paper_pdf(f"No. {one.reference.number}"), "x.pdf")) == [("scan", "unsure")]


def paper_pdf(text: str) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    canvas.drawString(80, 700, text)
    canvas.save()
    return buffer.getvalue()


def encrypted_pdf() -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption("secret", "owner"))
    canvas.drawString(80, 700, "x")
    canvas.save()
    return buffer.getvalue()


def liar_zip() -> bytes:
    data = bytearray(zipped({"a.png": logo() * 3}))
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    return bytes(data)


def huge_png() -> bytes:
    data = bytearray(logo())
    data[16:24] = (30_000).to_bytes(4, "big") + (30_000).to_bytes(4, "big")
    import zlib

    data[29:33] = zlib.crc32(bytes(data[12:29])).to_bytes(4, "big")
    return bytes(data)


BAD_FILES: dict[str, tuple[bytes, str, str, str]] = {
    "encrypted PDF": (encrypted_pdf(), "x.pdf", "unread", "encrypted"),
    "torn PDF": (b"%PDF-1.4\n%%EOF", "x.pdf", "unread", "broken"),
    "torn JPEG": (b"\xff\xd8\xff" + b"\0" * 400, "x.jpg", "unread", "broken"),
    "HEIC photo": (b"\0\0\0\x18ftypheic" + b"\0" * 64, "x.heic", "unread", "heic"),
    "picture of 900 million pixels": (huge_png(), "x.png", "unsafe", "too_large"),
    "ZIP that unpacks to 80 MB": (zipped({"a.png": b"\0" * 80 * 2**20}), "x.zip", "unsafe", "bomb"),
    "ZIP of 2,100 files": (zipped({str(n): b"" for n in range(2100)}), "x.zip", "unsafe", "bomb"),
    "ZIP in ZIP in ZIP": (zipped({"b.zip": zipped({"c.zip": zipped({"a": b"x"})})}), "x.zip", "unsafe", "bomb"),
    "torn ZIP": (b"PK\x03\x04" + b"x" * 60, "x.zip", "unread", "broken"),
    "ZIP that lies about a size": (liar_zip(), "x.zip", "unread", "broken"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_files_that_cannot_be_opened_say_why(one: Case, name: str) -> None:
    data, title, verdict, code = BAD_FILES[name]
    (reading,) = read((part(data, title),), (one.reference,))
    assert (reading.kind, reading.verdict) == ("scan", verdict)
    assert reading.reasons == (SENTENCES[code],)


def test_too_many_pages_are_not_opened(one: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "MOST_PAGES", 1)
    assert verdicts(one, part(one.older.data)) == [("scan", "unsafe")]


def test_annotations_of_a_pdf_are_drawn(one: Case) -> None:
    """A stamp put on as an annotation is as visible to us as to the reader of the file."""
    raw = pypdfium2.raw
    with pypdfium2.PdfDocument(one.sent.data) as document:
        page = document[1]
        note = raw.FPDFPage_CreateAnnot(page.raw, raw.FPDF_ANNOT_HIGHLIGHT)
        raw.FPDFAnnot_SetColor(note, raw.FPDFANNOT_COLORTYPE_Color, 250, 30, 30, 255)
        points = raw.FS_QUADPOINTSF(60, 400, 300, 400, 60, 380, 300, 380)
        raw.FPDFAnnot_AppendAttachmentPoints(note, points)
        raw.FPDFAnnot_SetRect(note, raw.FS_RECTF(60, 400, 300, 380))
        raw.FPDFPage_CloseAnnot(note)
        buffer = io.BytesIO()
        document.save(buffer)
    changed, plain = (pages.render(pages.File("x", data), 1) for data in (buffer.getvalue(), one.sent.data))
    assert changed.rgb != plain.rgb


@pytest.mark.parametrize("mode", ["L", "LA", "P", "1", "CMYK"])
def test_pictures_of_every_mode_become_rgb(mode: str) -> None:
    buffer = io.BytesIO()
    Image.new("L", (800, 90), 255).convert("L" if mode == "I;16" else mode).save(
        buffer, "TIFF" if mode == "CMYK" else "PNG"
    )
    raster = pages.render(pages.File("x", buffer.getvalue()), 0)
    assert set(raster.rgb) <= set(range(250, 256))


def test_sixteen_bit_grey_is_reduced() -> None:
    buffer = io.BytesIO()
    Image.new("I;16", (20, 20), 65535).save(buffer, "TIFF")
    assert set(pages.render(pages.File("x", buffer.getvalue()), 0).rgb) == {255}


def test_without_opencv_every_scan_is_for_a_person(
    one: Case, signed_pages: list[Image.Image], monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "parsers.scan.judge", None)
    (reading,) = read((part(to_files(signed_pages, "pdf", dpi=130)[0]),), (one.reference,))
    assert (reading.verdict, reading.reasons) == ("unsure", (SENTENCES["no_opencv"],))


def test_a_page_that_breaks_in_its_child_is_a_doubt(one: Case, signed_pages: list[Image.Image]) -> None:
    def broken(_raster: object, code: object, *_: object) -> Finding:
        return Finding(code, doubts=(("sandbox", "memory"),))  # type: ignore[arg-type]

    steps = Steps(judge_page=broken)
    (reading,) = read((part(to_files(signed_pages, "pdf", dpi=130)[0]),), (one.reference,), steps)
    assert (reading.verdict, reading.reasons) == ("unsure", (say("sandbox", "memory"),))


def test_an_outline_that_breaks_its_child_is_unread(one: Case) -> None:
    steps = Steps(outline=lambda _part: opening.Outline("pages", (), "sandbox:timeout"))
    (reading,) = read((part(one.older.data),), (one.reference,), steps)
    assert (reading.verdict, reading.reasons) == ("unread", (say("sandbox", "timeout"),))


@pytest.mark.parametrize(("shown", "reason"), [("nothing", "no_marks"), ("grey", "no_marks"), ("page 9", "page_count")])
def test_a_page_that_cannot_be_laid_over_ours_is_a_doubt(one: Case, shown: str, reason: str) -> None:
    blank = Image.new("RGB", (900, 1270), (255, 255, 255) if shown == "nothing" else (120, 120, 120))
    code = replace(sketch((part(one.sent.data),))[0][0], page=9 if shown == "page 9" else 1)
    found = judge_page(pages.Raster(900, 1270, blank.tobytes()), code, one.sent.data, one.sent.layout)
    assert found.doubts == ((reason, ""),)


def test_a_blurred_page_is_not_judged(one: Case) -> None:
    page = paper.print_pages(one.sent.data, 130).pages[0]
    box = (0, round(page.height * 0.12), page.width, round(page.height * 0.88))
    page.paste(page.crop(box).resize((30, 40)).resize((box[2], box[3] - box[1])), box[:2])
    code = sketch((part(one.sent.data),))[0][0]
    found = judge.judge_page(pages.Raster(*page.size, page.tobytes()), code, one.sent.data, one.sent.layout)
    assert {reason for reason, _ in found.doubts} & {"poor_image", "word_doubt"} or found.altered


def test_every_digit_of_our_own_page_is_read_as_itself(one: Case) -> None:
    cells = words.cells_of(one.sent.data, 1, tuple(f for f in one.sent.layout.figures if f.box.page == 1))
    for figure, found in cells:
        shown = "".join(cell.character for cell in found)
        assert shown == "".join(c for c in figure.text if c.isdigit() or c in words._SIGNS)


def filled(one: Case, **cells: Any) -> bytes:
    book: Any = openpyxl.load_workbook(io.BytesIO(render_sheet(one.statement)))
    page = book.worksheets[0]
    header = next(
        row for row in page.iter_rows() if any(str(cell.value).replace("貴", "贵") == "贵方金额" for cell in row)
    )
    for title, value in cells.items():
        column = next(cell.column for cell in header if str(cell.value) == title)
        page.cell(header[0].row + 2, column, value)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def sheet_reading(one: Case, data: bytes, **more: object) -> AttachmentReading:
    reference = replace(one.reference, **more) if more else one.reference  # type: ignore[arg-type]
    return read((part(data, "對賬單.xlsx"),), (reference,))[0]


def test_our_sheet_sent_back_as_it_was_says_nothing(one: Case) -> None:
    reading = sheet_reading(one, render_sheet(one.statement))
    assert (reading.kind, reading.verdict, reading.reasons) == ("other", "none", (SENTENCES["sheet_blank"],))


def test_a_sheet_with_another_amount_is_a_difference(one: Case) -> None:
    reading = sheet_reading(one, filled(one, 贵方金额=1.0))
    assert (reading.kind, reading.verdict, reading.number) == ("sheet", "none", one.reference.number)
    assert any(difference.their_amount == Decimal("1.00") for difference in reading.differences)


def test_a_sheet_of_a_superseded_revision_is_told_apart(one: Case) -> None:
    assert sheet_reading(one, render_sheet(one.statement), live=False).verdict == "other_revision"
    assert sheet_reading(one, render_sheet(one.statement), number="DZ-202610-000009-49").verdict == "other_statement"


def test_a_table_of_their_own_is_compared_by_its_closing(one: Case) -> None:
    table = "应付对账\n日期,金额\n2026-10-31,1.00\n期末余额,85685.00\n".encode()
    same = read((part(table, "own.csv"),), (replace(one.reference, closing=Decimal("85685.00")),))[0]
    other = read((part(table, "own.csv"),), (replace(one.reference, closing=Decimal("1.00")),))[0]
    assert (same.kind, same.differences, same.closing) == ("sheet", (), Decimal("85685.00"))
    assert len(other.differences) == 1
    assert read((part(table, "own.csv"),), ())[0].verdict == "unread"


def test_a_broken_workbook_is_unsafe(one: Case) -> None:
    broken = zipped({"xl/workbook.xml": b"<x", "[Content_Types].xml": b"<t/>"})
    assert sheets.read_sheet(part(broken, "x.xlsx"), (one.reference,), "").verdict in {"unsafe", "unread"}


def test_references_are_what_the_register_gives() -> None:
    assert Reference.__dataclass_fields__["closing"].default == 0


def test_a_verdict_shows_each_page_with_what_was_found_on_it(one: Case, signed_pages: list[Image.Image]) -> None:
    """Green frames the seal; a struck row is framed in red on its own page; both are small enough to keep."""
    made = paper.Sheet([page.copy() for page in signed_pages], 130, Random(1))
    row = next(figure.box for figure in one.sent.layout.figures if figure.meaning.startswith("line"))
    paper.strike(made, row.page, row.y + row.height / 2)
    (good,) = read((part(to_files(signed_pages, "pdf", dpi=130)[0]),), (one.reference,))
    (bad,) = read((part(to_files(made.pages, "pdf", dpi=130)[0]),), (one.reference,))
    assert (good.verdict, len(good.overlays)) == ("signed", 1)
    assert (bad.verdict, len(bad.overlays)) == ("altered", 2)
    assert max(map(len, bad.overlays)) <= 200 * 1024
    red, green = (overlay.COLOURS["differs"], overlay.COLOURS["mark"])
    assert [_framed(bad.overlays[0], colour) for colour in (red, green)] == [False, True]
    assert [_framed(bad.overlays[1], colour) for colour in (red, green)] == [True, False]


def _framed(picture: bytes, colour: tuple[int, int, int]) -> bool:
    """Whether there is a horizontal line of 3 mm in about that colour."""
    pixels = np.asarray(Image.open(io.BytesIO(picture)).convert("RGB"), np.int16)
    near = (np.abs(pixels - np.array(colour, np.int16)).sum(axis=2) < 90).astype(np.int8)
    return bool((np.lib.stride_tricks.sliding_window_view(near, 12, axis=1).sum(axis=2) == 12).any())
