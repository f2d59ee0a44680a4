"""Pictures of pages become the files of a mail: PDF, JPEG, PNG, TIFF, WebP, in a DOCX or ZIP, inline.

``packed(pages, "docx", 200, random)`` → the parts that the reader of scans is given.
"""

import io
import time
import zipfile
from collections.abc import Callable
from random import Random

import numpy as np
import pypdfium2
from PIL import Image

from parsers.mail import Part
from tests.scans.paper import Page

Parts = tuple[Part, ...]
_EXIF_TURN = 0x0112
_THEN = time.gmtime(1_793_900_000)
"""An instant in November 2026: files carry no other, so that a return is the same at every run."""
_TURNS = {3: 180, 6: 90, 8: 270}
"""EXIF's orientation → how far the stored pixels are turned anticlockwise."""


def part(kind: str, name: str, content: bytes, disposition: str = "attachment", cid: str = "") -> Part:
    return Part(kind, name, disposition, cid, content)


def _entry(name: str) -> zipfile.ZipInfo:
    """A member of an archive, always of the same date."""
    return zipfile.ZipInfo(name, _THEN[:6])


def _saved(page: Page, form: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(page).save(buffer, form, **options)
    return buffer.getvalue()


def _pdf(pages: list[Page], dpi: int, quality: int) -> bytes:
    first, *rest = [Image.fromarray(page) for page in pages]
    buffer = io.BytesIO()
    first.save(
        buffer,
        "PDF",
        save_all=True,
        append_images=rest,
        resolution=dpi,
        quality=quality,
        creationDate=_THEN,
        modDate=_THEN,
    )
    return buffer.getvalue()


def pdf(pages: list[Page], dpi: int, random: Random) -> Parts:
    return (part("application/pdf", "对账单回传.pdf", _pdf(pages, dpi, random.randint(60, 90))),)


def pdf_turned(pages: list[Page], dpi: int, random: Random) -> Parts:
    """Scanned upside down or sideways, and turned back in the viewer."""
    turn = random.choice((1, 2, 3))
    data = _pdf([_turned(page, turn) for page in pages], dpi, 75)
    with pypdfium2.PdfDocument(data) as document:
        for page in document:
            page.set_rotation(turn * 90)
        buffer = io.BytesIO()
        document.save(buffer)
    return (part("application/pdf", "扫描.pdf", buffer.getvalue()),)


def pdf_upside_down(pages: list[Page], dpi: int, random: Random) -> Parts:
    """Put into the feeder the wrong way, and nobody turned it."""
    return pdf([_turned(page, random.choice((1, 2, 3))) for page in pages], dpi, random)


def _turned(page: Page, quarters: int) -> Page:
    return np.ascontiguousarray(np.rot90(page, quarters))


def pdf_each(pages: list[Page], dpi: int, random: Random) -> Parts:
    """One PDF a page, in any order."""
    made = [part("application/pdf", f"扫描{index}.pdf", _pdf([page], dpi, 80)) for index, page in enumerate(pages, 1)]
    random.shuffle(made)
    return tuple(made)


def jpg(pages: list[Page], dpi: int, random: Random) -> Parts:
    quality = random.randint(55, 92)
    return tuple(
        part("image/jpeg", f"IMG_{index}.jpg", _saved(page, "JPEG", quality=quality, dpi=(dpi, dpi)))
        for index, page in enumerate(pages, 1)
    )


def jpg_exif(pages: list[Page], dpi: int, random: Random) -> Parts:
    """A phone held any way, which says so in the file."""
    made = []
    for index, page in enumerate(pages, 1):
        tag = random.choice(sorted(_TURNS))
        exif = Image.Exif()
        exif[_EXIF_TURN] = tag
        made.append(
            part(
                "image/jpeg", f"DSC{index}.jpg", _saved(_turned(page, _TURNS[tag] // 90), "JPEG", quality=85, exif=exif)
            )
        )
    return tuple(made)


def png(pages: list[Page], dpi: int, random: Random) -> Parts:
    return tuple(
        part("image/png", f"{index}.png", _saved(page, "PNG", compress_level=1, dpi=(dpi, dpi)))
        for index, page in enumerate(pages, 1)
    )


def tiff(pages: list[Page], dpi: int, random: Random) -> Parts:
    first, *rest = [Image.fromarray(page) for page in pages]
    buffer = io.BytesIO()
    first.save(buffer, "TIFF", save_all=True, append_images=rest, compression="tiff_lzw", dpi=(dpi, dpi))
    return (part("image/tiff", "scan.tif", buffer.getvalue()),)


def webp(pages: list[Page], dpi: int, random: Random) -> Parts:
    return tuple(
        part("image/webp", f"mmexport{index}.webp", _saved(page, "WEBP", quality=80, method=1))
        for index, page in enumerate(pages, 1)
    )


def inline(pages: list[Page], dpi: int, random: Random) -> Parts:
    return tuple(
        part("image/jpeg", f"image{index:03d}.jpg", _saved(page, "JPEG", quality=80), "inline", f"i{index}@x")
        for index, page in enumerate(pages, 1)
    )


def archive(pages: list[Page], dpi: int, random: Random) -> Parts:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        for index, page in enumerate(pages, 1):
            packed.writestr(_entry(f"对账单/{index}.jpg"), _saved(page, "JPEG", quality=80))
    return (part("application/zip", "对账单.zip", buffer.getvalue()),)


_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="jpeg" ContentType="image/jpeg"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    "{}</Relationships>"
)
_PICTURE = (
    '<w:p><w:r><w:pict><v:shape style="width:420pt;height:594pt"><v:imagedata r:id="p{}"/>'
    "</v:shape></w:pict></w:r></w:p>"
)
_BODY = (
    '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    f'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:r="{_OFFICE}"><w:body>{{}}</w:body></w:document>'
)


def docx(pages: list[Page], dpi: int, random: Random) -> Parts:
    """Pictures pasted into Word, one after the other."""
    count = range(1, len(pages) + 1)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        packed.writestr(_entry("[Content_Types].xml"), _TYPES)
        root = f'<Relationship Id="d" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
        packed.writestr(_entry("_rels/.rels"), _RELATIONS.format(root))
        packed.writestr(_entry("word/document.xml"), _BODY.format("".join(_PICTURE.format(index) for index in count)))
        links = (f'<Relationship Id="p{i}" Type="{_OFFICE}/image" Target="media/image{i}.jpeg"/>' for i in count)
        packed.writestr(_entry("word/_rels/document.xml.rels"), _RELATIONS.format("".join(links)))
        for index, page in enumerate(pages, 1):
            packed.writestr(_entry(f"word/media/image{index}.jpeg"), _saved(page, "JPEG", quality=80))
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return (part(kind, "对账单.docx", buffer.getvalue()),)


FORMATS: dict[str, Callable[[list[Page], int, Random], Parts]] = {
    "pdf": pdf,
    "pdf turned": pdf_turned,
    "pdf upside down": pdf_upside_down,
    "pdf each": pdf_each,
    "jpg": jpg,
    "jpg exif": jpg_exif,
    "png": png,
    "tiff": tiff,
    "webp": webp,
    "inline": inline,
    "zip": archive,
    "docx": docx,
}
_SCANNERS = ("pdf",) * 6 + ("jpg", "png", "tiff", "pdf turned", "pdf upside down", "pdf each", "docx", "zip")
_PHONES = ("jpg",) * 4 + ("jpg exif", "webp", "inline", "zip", "docx", "pdf")


def a_format(device: str, random: Random) -> str:
    """A format that such a device's pictures usually come in."""
    return random.choice(_PHONES if device.startswith(("photo", "chat", "screen")) else _SCANNERS)
