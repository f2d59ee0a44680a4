"""Bytes of an attachment → pages as pixels: PDF, JPEG, PNG, multi-page TIFF, WebP, BMP, GIF; pictures in DOCX and ZIP.

This is the *opening* half of reading a scan: it touches hostile bytes and runs in a fresh child with limits.
"""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pypdfium2
from PIL import Image, ImageOps

from parsers.mail import Part
from parsers.scan import thresholds
from parsers.scan.text_layer import Word, is_picture, words_in

MOST_PIXELS = 40_000_000
Image.MAX_IMAGE_PIXELS = MOST_PIXELS // 2
"""Pillow warns from here and raises at twice as much."""

LARGEST_ARCHIVE, LARGEST_RATIO, MOST_ENTRIES = 60 * 2**20, 150, 2000
MOST_PAGES = 60
_PICTURES = {"JPEG", "PNG", "TIFF", "WEBP", "BMP", "GIF", "MPO"}
_HEIC = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif")


class Unreadable(Exception):  # noqa: N818  # a fact about a file, not a fault of ours
    """The file can't be opened by us; ``code`` names the sentence that says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Raster:
    """One page in RGB, row by row; ``text`` is the text layer of a PDF page (at most 20,000 characters).

    ``words`` are those of the layer with their places; ``picture``: the page is one picture, its text a guess.
    """

    width: int
    height: int
    rgb: bytes
    text: str = ""
    words: tuple[Word, ...] = ()
    picture: bool = False


@dataclass(frozen=True, slots=True)
class File:
    """A file that holds pages: the attachment itself or a member of an archive."""

    name: str
    data: bytes


def shape(data: bytes) -> str:
    """What the bytes are: ``pdf``, ``picture``, ``heic``, ``sheet``, ``docx``, ``zip`` or ``other``."""
    if data[:1024].lstrip().startswith(b"%PDF-") or b"%PDF-" in data[:1024]:
        return "pdf"
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC:
        return "heic"
    if data[:4] == b"PK\x03\x04":
        return _shape_of_archive(data)
    if data[:3] == b"\xff\xd8\xff" or data[:8] == b"\x89PNG\r\n\x1a\n" or data[:4] in {b"II*\0", b"MM\0*", b"GIF8"}:
        return "picture"
    if (data[:4] == b"RIFF" and data[8:12] == b"WEBP") or data[:2] == b"BM":
        return "picture"
    return "sheet" if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" else "other"


def _shape_of_archive(data: bytes) -> str:
    names = {info.filename for info in _checked(data).infolist()}
    if any(name.startswith("xl/") for name in names) or "content.xml" in names:
        return "sheet"
    return "docx" if "word/document.xml" in names else "zip"


def _checked(data: bytes) -> zipfile.ZipFile:
    """The archive, if its directory promises no bomb; raises Unreadable."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise Unreadable("broken") from error
    members = archive.infolist()
    total = sum(info.file_size for info in members)
    if len(members) > MOST_ENTRIES or total > LARGEST_ARCHIVE or total > LARGEST_RATIO * max(len(data), 1):
        raise Unreadable("bomb")
    return archive


def files(part: Part, depth: int = 0) -> tuple[File, ...]:
    """The files with pages in an attachment, archives opened two levels deep; raises Unreadable."""
    kind = shape(part.data)
    if kind not in {"docx", "zip"}:
        return (File(part.name, part.data),)
    return tuple(_members(part.data, depth, only_media=kind == "docx"))


def _members(data: bytes, depth: int, *, only_media: bool) -> Iterator[File]:
    archive = _checked(data)
    for info in archive.infolist():
        if info.is_dir() or (only_media and not info.filename.startswith("word/media/")):
            continue
        if info.flag_bits & 1:
            raise Unreadable("encrypted")
        content = _unzipped(archive, info)
        if shape(content) in {"zip", "docx"}:
            if depth:
                raise Unreadable("bomb")
            yield from files(Part("", info.filename, "attachment", "", content), depth + 1)
        else:
            yield File(info.filename, content)


def _unzipped(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """A member's bytes; the directory may lie about the size, so no more than it says is read."""
    try:
        with archive.open(info) as member:
            content = member.read(info.file_size + 1)
    except Exception as error:  # zipfile and zlib raise a dozen kinds on damaged members: all of them mean one thing
        raise Unreadable("broken") from error
    if len(content) > info.file_size:
        raise Unreadable("bomb")
    return content


def count(file: File) -> int:
    """How many pages a file has; 0 for a file that holds none; raises Unreadable."""
    kind = shape(file.data)
    if kind == "heic":
        raise Unreadable("heic")
    if kind == "pdf":
        return _pdf_pages(file.data)
    if kind == "picture":
        with _opened(file.data) as picture:
            return _within(int(getattr(picture, "n_frames", 1)) if picture.format == "TIFF" else 1)
    return 0


def _within(pages: int) -> int:
    if pages > MOST_PAGES:
        raise Unreadable("too_many_pages")
    return pages


def _pdf_pages(data: bytes) -> int:
    with _pdf(data) as document:
        pages = _within(len(document))
    if pages != _second_opinion(data, pages):
        raise Unreadable("page_counts")
    return pages


def _second_opinion(data: bytes, most: int) -> int:
    """The page count of a second engine, counted to one more than ``most``."""
    from pdfminer.pdfdocument import PDFDocument  # 0.2 s to import, needed for PDF only
    from pdfminer.pdfpage import PDFPage
    from pdfminer.pdfparser import PDFParser

    try:
        document = PDFDocument(PDFParser(io.BytesIO(data)))
        return sum(1 for _, _ in zip(PDFPage.create_pages(document), range(most + 1), strict=False))
    except Exception as error:  # pdfminer raises anything at all on odd files: two engines then don't agree
        raise Unreadable("page_counts") from error


def _pdf(data: bytes) -> Any:  # noqa: ANN401  # pypdfium2 ships no types
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise Unreadable("encrypted" if "password" in str(error).lower() else "broken") from error
    document.init_forms()  # without it signature widgets and stamps in fields are not drawn
    return document


def _opened(data: bytes) -> Image.Image:
    try:
        picture = Image.open(io.BytesIO(data))
    except Image.DecompressionBombError as error:
        raise Unreadable("too_large") from error
    except Exception as error:  # Pillow's plugins raise many kinds on damaged headers
        raise Unreadable("broken") from error
    if picture.format not in _PICTURES:
        raise Unreadable("broken")
    if picture.width * picture.height > MOST_PIXELS:
        raise Unreadable("too_large")
    return picture


def render(file: File, index: int) -> Raster:
    """One page of a file, counted from 0, at most 2,400 pixels high or wide; raises Unreadable."""
    if shape(file.data) == "pdf":
        return _render_pdf(file.data, index)
    with _opened(file.data) as picture:
        try:
            picture.seek(index)
            picture.draft("RGB", (thresholds.LARGEST_SIDE, thresholds.LARGEST_SIDE))
            upright = ImageOps.exif_transpose(picture)
            return _raster(_on_white(upright))
        except Image.DecompressionBombError as error:
            raise Unreadable("too_large") from error
        except (MemoryError, Unreadable):
            raise
        except Exception as error:  # damaged pixels raise many kinds
            raise Unreadable("broken") from error


def _render_pdf(data: bytes, index: int) -> Raster:
    with _pdf(data) as document:
        try:
            page = document[index]
            width, height = page.get_size()
            if not 1 <= min(width, height) <= max(width, height) <= 15_000:
                raise Unreadable("too_large")
            scale = thresholds.LARGEST_SIDE / max(width, height)
            picture = page.render(scale=min(scale, 4.0), may_draw_forms=True).to_pil()
            textpage = page.get_textpage()
            text = textpage.get_text_range(0, min(textpage.count_chars(), 20_000)) if textpage.count_chars() else ""
            words, guessed = (words_in(page), is_picture(page)) if text.strip() else ((), False)
        except pypdfium2.PdfiumError as error:
            raise Unreadable("broken") from error
    return replace(_raster(picture.convert("RGB"), text), words=words, picture=guessed)


def _on_white(picture: Image.Image) -> Image.Image:
    """RGB with transparency on white; 16-bit grey reduced to 8 bits."""
    if picture.mode.startswith("I"):
        return picture.point(lambda value: value / 256).convert("L").convert("RGB")
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        layered = picture.convert("RGBA")
        ground = Image.new("RGBA", layered.size, (255, 255, 255, 255))
        return Image.alpha_composite(ground, layered).convert("RGB")
    return picture.convert("RGB")


def _raster(picture: Image.Image, text: str = "") -> Raster:
    largest = max(picture.size)
    if largest > thresholds.LARGEST_SIDE:
        factor = thresholds.LARGEST_SIDE / largest
        size = (max(1, round(picture.width * factor)), max(1, round(picture.height * factor)))
        picture = picture.resize(size, Image.Resampling.LANCZOS)
    return Raster(picture.width, picture.height, picture.tobytes(), text)
