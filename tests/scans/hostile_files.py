"""Returns whose pages are clean and sealed and whose file says something besides: comments, letters, words in Word."""

import io
import re
import zipfile

import numpy as np
import pypdfium2
from pypdfium2 import raw

from parsers.scan.layout import Box
from tests.scans.electronic import hand_picture, overlaid, seal_picture
from tests.scans.files import FORMATS, Parts, part
from tests.scans.letters import KAI, typed
from tests.scans.marks import Job, any_mark
from tests.scans.paper import TONER, middle
from tests.scans.returns import Kind, Making
from tests.scans.words import BACK_NOTES, NOTES

_POINTS = 72 / 25.4
_YELLOW = (255, 230, 0)


def _sealed(making: Making) -> bytes:
    """Our PDF with an electronic seal or name, nothing else on it."""
    x, y = middle(making.box)
    mark, width = (
        seal_picture(making.random, making.case.name)
        if making.random.random() < 0.6
        else (hand_picture(making.random, 32), 32.0)
    )
    return overlaid(making.case.live.pdf.data, [(mark, making.box.page, x, y, width)])


def _annotated(data: bytes, subtype: int, box: Box, words: str) -> bytes:
    """The PDF with a comment of a viewer on a box; its words show where the comment is opened, or on the page."""
    with pypdfium2.PdfDocument(data) as document:
        page = document[box.page - 1]
        high = page.get_height()
        note = raw.FPDFPage_CreateAnnot(page, subtype)
        left, right = box.x * _POINTS, (box.x + box.width) * _POINTS
        top, bottom = high - box.y * _POINTS, high - (box.y + box.height) * _POINTS
        raw.FPDFAnnot_SetRect(note, raw.FS_RECTF(left, top, right, bottom))
        raw.FPDFAnnot_SetColor(note, raw.FPDFANNOT_COLORTYPE_Color, *_YELLOW, 255)
        if subtype != raw.FPDF_ANNOT_TEXT:
            quad = raw.FS_QUADPOINTSF(left, top, right, top, left, bottom, right, bottom)
            raw.FPDFAnnot_AppendAttachmentPoints(note, quad)
        contents = (words + "\0").encode("utf-16-le")
        raw.FPDFAnnot_SetStringValue(
            note, b"Contents", np.frombuffer(contents, np.uint16).ctypes.data_as(raw.FPDF_WIDESTRING)
        )
        raw.FPDFPage_CloseAnnot(note)
        buffer = io.BytesIO()
        document.save(buffer)
        return _FILE_ID.sub(lambda found: b"0" * len(found[0]), buffer.getvalue())


_FILE_ID = re.compile(rb"(?<=<)[0-9A-F]{32}(?=>)")
"""pdfium gives a file another one at each writing; the same item has the same bytes."""


def comment_in_pdf(making: Making) -> Parts:
    """A viewer's sticky comment on the page: an icon, whose words are read by a click."""
    box = making.random.choice((making.case.live.pdf.layout.remark_box, making.total(making.job())))
    small = Box(box.page, box.x + 2, box.y + 1, 7, 7)
    data = _annotated(_sealed(making), raw.FPDF_ANNOT_TEXT, small, making.random.choice(NOTES))
    return (part("application/pdf", "对账单-已盖章.pdf", data),)


def marked_in_pdf(making: Making) -> Parts:
    """A figure marked or struck with a viewer's tool, with a comment on it."""
    box = making.random.choice(making.case.live.pdf.layout.figures).box
    subtype = making.random.choice((raw.FPDF_ANNOT_HIGHLIGHT, raw.FPDF_ANNOT_STRIKEOUT))
    data = _annotated(_sealed(making), subtype, box, making.random.choice(NOTES))
    return (part("application/pdf", "对账单-已盖章.pdf", data),)


def words_in_word(making: Making) -> Parts:
    """Pictures of the sealed pages in a Word file, and a line of text above or below them."""
    job = making.job()
    any_mark(job)
    (made,) = FORMATS["docx"](making.captured(job.paper.pages), making.dpi, making.random)
    words = f"<w:p><w:r><w:t>{making.random.choice((*BACK_NOTES, *NOTES))}</w:t></w:r></w:p>"
    above = making.random.random() < 0.5
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made.data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "word/document.xml":
                place = b"<w:body>" if above else b"</w:body>"
                text = words.encode()
                content = content.replace(place, place + text if above else text + place)
            new.writestr(entry, content)
    return (part(made.content_type, made.name, buffer.getvalue()),)


def letter_in_archive(making: Making) -> Parts:
    """The sealed pages in an archive, and a text or a letter beside them."""
    job = making.job()
    any_mark(job)
    (made,) = FORMATS["zip"](making.captured(job.paper.pages), making.dpi, making.random)
    buffer = io.BytesIO(made.data)
    name = making.random.choice(("说明.txt", "差异说明.txt", "readme.txt", "备注.txt"))
    with zipfile.ZipFile(buffer, "a") as packed:
        entry = zipfile.ZipInfo(name, (2026, 11, 5, 9, 0, 0))
        packed.writestr(entry, making.random.choice(BACK_NOTES).encode(making.random.choice(("utf-8", "gb18030"))))
    return (part(made.content_type, made.name, buffer.getvalue()),)


def letter_along(making: Making) -> list[np.ndarray]:
    """A typed page of theirs before or after ours, scanned in one go: which rows they don't accept."""
    job = making.job()
    any_mark(job)
    white = np.full_like(job.paper.pages[0], 255)
    sheet = making.blank_piece(white, job.paper.dpi)
    rows = ("关于10月对账单的说明", "华东贸易有限公司：", making.random.choice(BACK_NOTES), "请核实后重新开具。")
    for index, row in enumerate(rows):
        ink = typed(row, KAI, job.paper.px(5))
        sheet.put(ink, TONER, 1, 30 + ink.shape[1] / job.paper.per_mm / 2, 40 + index * 12)
    first = making.random.random() < 0.3
    pages = [*sheet.pages, *job.paper.pages] if first else [*job.paper.pages, *sheet.pages]
    return making.captured(pages)


def question_at_balance(making: Making) -> Job:
    """A question mark by hand beside the balance, 4 mm high."""
    job = making.job()
    any_mark(job)
    box = making.total(job)
    x = box.x + box.width + 4 if box.x + box.width < 190 else box.x - 4
    job.write("?", box.page, x, box.y + box.height / 2, 4.5, legible=True)
    return job


def words_removed(making: Making) -> Job:
    """Correction fluid over the sentence of the yes, or over the line for a difference: what did they sign?"""
    job = making.job(filled=False)
    agree, differ = job.layout.agree, job.layout.differ
    row = making.random.choice((agree, differ))
    job.paper.fill(Box(row.page, row.x + 4.5, row.y - 0.8, 42, row.height + 1.4), (251, 251, 249), soft=0.5)
    any_mark(job)
    return job


FILES: dict[str, Kind] = {
    "comment in the PDF": comment_in_pdf,
    "marked in the PDF": marked_in_pdf,
    "words in the Word file": words_in_word,
    "letter in the archive": letter_in_archive,
    "letter along": letter_along,
    "question at the balance": question_at_balance,
    "words of the slip removed": words_removed,
}
