"""Statements on their way back: print our PDF, seal and sign it (or tamper), capture it again.

``sealed_scan(pdf, layout, "恆遠商貿有限公司", 7, format="jpg")`` gives what a customer would attach. Everything is
drawn from the seed, so a call always gives the same bytes.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from random import Random

import pypdfium2
from PIL import Image, ImageChops, ImageDraw, ImageFont

from bot.demo.capture import Device, capture, to_files
from bot.demo.seal import BLACK, BLUE, RED, handwriting, round_seal, seal_font, square_seal, tick
from bot.model import Attachment
from parsers.scan.layout import Box, Figure, Layout

Colour = tuple[int, int, int]
_TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png", "tiff": "image/tiff", "webp": "image/webp"}


@dataclass(slots=True)
class Sheet:
    """Pages being written on; lengths in mm, ``seed`` makes every random choice."""

    pages: list[Image.Image]
    dpi: int
    random: Random

    def pixels(self, length: float) -> int:
        """A length in pixels, at least 1."""
        return max(1, round(length * self.dpi / 25.4))

    def put(self, picture: Image.Image, page: int, x: float, y: float) -> None:
        """Lay ink on a page with its centre at x, y: colours multiply, as ink does, so print shows through a seal."""
        sheet = self.pages[page - 1]
        left, top = self.pixels(x) - picture.width // 2, self.pixels(y) - picture.height // 2
        ground = sheet.crop((left, top, left + picture.width, top + picture.height))
        alpha = picture.getchannel("A").point(lambda value: int(value * 0.93))
        inked = Image.composite(_multiplied(ground, picture.convert("RGB")), ground, alpha)
        sheet.paste(inked, (left, top))


def _multiplied(ground: Image.Image, ink: Image.Image) -> Image.Image:
    return ImageChops.multiply(ground, ink)


def print_pages(pdf: bytes, dpi: int, seed: int = 0) -> Sheet:
    """Our PDF on paper: each page rendered in RGB."""
    return Sheet([page.copy() for page in _printed(pdf, dpi)], dpi, Random(seed))


@lru_cache(maxsize=6)
def _printed(pdf: bytes, dpi: int) -> tuple[Image.Image, ...]:
    with pypdfium2.PdfDocument(pdf) as document:
        document.init_forms()
        return tuple(document[index].render(scale=dpi / 72).to_pil().convert("RGB") for index in range(len(document)))


def sign_by_hand(
    sheet: Sheet, box: Box, seed: int, *, width: float = 30, colour: Colour = BLUE, dx: float = 0, dy: float = 0
) -> None:
    """A name by hand in a box, in mm from the box's centre."""
    picture = handwriting(
        seed, width=sheet.pixels(width), height=sheet.pixels(width * 0.4), colour=colour, pen_width=sheet.pixels(0.5)
    )
    sheet.put(picture, box.page, box.x + box.width / 2 + dx, box.y + box.height / 2 + dy)


def stamp(
    sheet: Sheet,
    box: Box,
    name: str,
    seed: int,
    *,
    size: float = 40,
    colour: Colour = RED,
    title: str = "",
    dx: float = 0,
    dy: float = 0,
    square: bool = False,
) -> None:
    """A seal with its centre in a box (shifted by dx, dy mm)."""
    if square:
        picture = square_seal(name, seed, size=sheet.pixels(size), colour=colour)
    else:
        picture = round_seal(name, seed, size=sheet.pixels(size), colour=colour, title=title)
    sheet.put(picture, box.page, box.x + box.width / 2 + dx, box.y + box.height / 2 + dy)


def riding_seal(sheet: Sheet, name: str, seed: int, *, y: float = 150, size: float = 40) -> None:
    """騎縫章: one seal over the right edges of all pages fanned out, a slice on each."""
    seal = round_seal(name, seed, size=sheet.pixels(size))
    count = len(sheet.pages)
    slice_width = seal.width // (2 * count) if count == 1 else seal.width // count
    for index in range(count):
        part = seal.crop((index * slice_width, 0, (index + 1) * slice_width, seal.height))
        edge = sheet.pages[index].width / sheet.dpi * 25.4
        sheet.put(part, index + 1, edge - slice_width / sheet.dpi * 12.7, y)


def tick_box(sheet: Sheet, box: Box, *, colour: Colour = BLUE) -> None:
    """A tick in a tick box."""
    picture = tick(size=sheet.pixels(max(box.width, box.height) * 1.25), colour=colour)
    sheet.put(picture, box.page, box.x + box.width / 2, box.y + box.height / 2)


def write(
    sheet: Sheet,
    box: Box,
    text: str,
    *,
    height: float = 5,
    colour: Colour = BLUE,
    dx: float = 0,
    dy: float = 0,
) -> None:
    """Words in a box; print-like letters, slanted a little, stand for a hand."""
    letters = ImageFont.truetype(str(seal_font()), sheet.pixels(height))
    left, top, right, bottom = letters.getbbox(text)
    picture = Image.new("RGBA", (int(right - left) + 8, int(bottom - top) + 8), (*colour, 0))
    ImageDraw.Draw(picture).text((4 - left, 4 - top), text, font=letters, fill=(*colour, 255))
    slanted = picture.rotate(sheet.random.uniform(-2, 2), Image.Resampling.BICUBIC, expand=True)
    sheet.put(slanted, box.page, box.x + box.width / 2 + dx, box.y + box.height / 2 + dy)


def write_by_hand(
    sheet: Sheet,
    box: Box,
    seed: int,
    *,
    characters: int = 6,
    height: float = 6,
    colour: Colour = BLUE,
    dx: float = 0,
    dy: float = 0,
) -> None:
    """A line of illegible handwriting: a remark, a date."""
    width = min(characters * height * 0.9, 170.0)
    picture = handwriting(
        seed,
        width=sheet.pixels(width),
        height=sheet.pixels(height),
        characters=characters,
        colour=colour,
        pen_width=sheet.pixels(0.45),
    )
    sheet.put(picture, box.page, box.x + box.width / 2 + dx, box.y + box.height / 2 + dy)


def alter_figure(sheet: Sheet, figure: Figure) -> None:
    """White out a figure and print another of the same length in its place, as an image editor would."""
    box = figure.box
    page = sheet.pages[box.page - 1]
    left, top = sheet.pixels(box.x), sheet.pixels(box.y)
    right, bottom = sheet.pixels(box.x + box.width), sheet.pixels(box.y + box.height)
    pen = ImageDraw.Draw(page)
    pen.rectangle((left, top, right, bottom), fill=(255, 255, 255))
    changed = _changed(figure.text)
    size = bottom - top
    letters = ImageFont.truetype(str(seal_font()), size)
    while letters.getlength(changed) > right - left and size > 5:
        size -= 1
        letters = ImageFont.truetype(str(seal_font()), size)
    pen.text((right, (top + bottom) / 2), changed, font=letters, fill=(20, 20, 20), anchor="rm")


def _changed(text: str) -> str:
    """The same text with its first digit another one."""
    for index, character in enumerate(text):
        if character.isdigit():
            return text[:index] + str((int(character) + 5) % 10) + text[index + 1 :]
    return text + "1"


def overwrite_digit(sheet: Sheet, figure: Figure, seed: int, *, colour: Colour = BLACK) -> None:
    """A pen turns one digit into another."""
    box = figure.box
    at = Random(seed).uniform(0.2, 0.8)
    picture = handwriting(
        seed,
        width=sheet.pixels(2.2),
        height=sheet.pixels(box.height),
        characters=1,
        colour=colour,
        pen_width=sheet.pixels(0.35),
    )
    sheet.put(picture, box.page, box.x + box.width * at, box.y + box.height / 2)


def strike(
    sheet: Sheet,
    page: int,
    y: float,
    *,
    x: float = 20,
    width: float = 165,
    colour: Colour = BLUE,
    turn: float = 0,
) -> None:
    """A pen's line through a row, or turned by so many degrees."""
    picture = Image.new("RGBA", (sheet.pixels(width), sheet.pixels(2)), (*colour, 0))
    ImageDraw.Draw(picture).line(
        (0, picture.height * 0.3, picture.width, picture.height * 0.7), fill=(*colour, 255), width=sheet.pixels(0.5)
    )
    picture = picture.rotate(turn, Image.Resampling.BICUBIC, expand=True) if turn else picture
    sheet.put(picture, page, x + width / 2, y)


def deliver(
    sheet: Sheet,
    seed: int,
    *,
    device: Device = "flatbed",
    rotation: float = 0.4,
    noise: float = 3.0,
    file_format: str = "pdf",
    quality: int = 80,
    drop_pages: Sequence[int] = (),
    name: str = "對賬單",
) -> tuple[Attachment, ...]:
    """The sheet captured and saved: one attachment for PDF and TIFF, one a page for pictures."""
    kept = [page for number, page in enumerate(sheet.pages, 1) if number not in set(drop_pages)]
    captured = [
        capture(page, device, seed * 31 + index, rotation=rotation, noise=noise) for index, page in enumerate(kept)
    ]
    files = to_files(captured, file_format, dpi=sheet.dpi, quality=quality)
    names = [
        f"{name}.{file_format}" if len(files) == 1 else f"{name}-{index}.{file_format}"
        for index in range(1, len(files) + 1)
    ]
    return tuple(Attachment(title, _TYPES[file_format], data) for title, data in zip(names, files, strict=True))


def sealed_scan(
    pdf: bytes,
    layout: Layout,
    company_name: str,
    hand_seed: int,
    *,
    dpi: int = 200,
    rotation: float = 0.4,
    noise: float = 3.0,
    format: str = "pdf",  # noqa: A002  # the word that callers think of
    device: Device = "flatbed",
    tick_agree: bool = True,
    sign: bool = True,
    seal: bool = True,
    remark: str = "",
    tick_differ: bool = False,
    altered_figure: bool = False,
    drop_pages: Sequence[int] = (),
    seal_where: str = "box",
) -> tuple[Attachment, ...]:
    """A return as customers send it; ``seal_where``: ``box``, ``date`` (騎年蓋月), ``edges`` (box and 騎縫章)."""
    sheet = print_pages(pdf, dpi, hand_seed)
    if altered_figure:
        alter_figure(sheet, _closing(layout))
    if tick_agree:
        tick_box(sheet, layout.agree)
    if tick_differ:
        tick_box(sheet, layout.differ)
    _mark(sheet, layout, company_name, hand_seed, sign=sign, seal=seal, where=seal_where)
    if remark:
        write(sheet, layout.remark_box, remark)
    return deliver(
        sheet, hand_seed, device=device, rotation=rotation, noise=noise, file_format=format, drop_pages=drop_pages
    )


def _mark(sheet: Sheet, layout: Layout, name: str, seed: int, *, sign: bool, seal: bool, where: str) -> None:
    shift = Random(seed).uniform(-6, 6)
    if seal and where == "date":
        stamp(sheet, layout.date_field, name, seed, dx=shift / 2)
    elif seal:
        stamp(sheet, layout.sign_box, name, seed, dx=shift + (12 if sign else 0))
    if seal and where == "edges":
        riding_seal(sheet, name, seed)
    if sign:
        sign_by_hand(sheet, layout.sign_box, seed, dx=-20 if seal else shift)


def _closing(layout: Layout) -> Figure:
    return next((figure for figure in layout.figures if figure.meaning == "closing"), layout.figures[-1])


def electronic(
    pdf: bytes, layout: Layout, company_name: str, seed: int, *, name: str = "對賬單.pdf", dx: float = 0
) -> tuple[Attachment, ...]:
    """Our own PDF with a picture of a seal laid into the box by a PDF editor: text and lines stay vectors."""
    picture = round_seal(company_name, seed, size=472)
    box = layout.sign_box
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[box.page - 1]
        image = pypdfium2.PdfImage.new(document)
        image.set_bitmap(pypdfium2.PdfBitmap.from_pil(picture))
        size = 40 * 72 / 25.4
        x = (box.x + box.width / 2 + dx) * 72 / 25.4 - size / 2
        y = page.get_height() - (box.y + box.height / 2) * 72 / 25.4 - size / 2
        image.set_matrix(pypdfium2.PdfMatrix().scale(size, size).translate(x, y))
        page.insert_obj(image)
        page.gen_content()
        buffer = io.BytesIO()
        document.save(buffer)
    return (Attachment(name, "application/pdf", buffer.getvalue()),)


def covered_figure(pdf: bytes, figure: Figure) -> bytes:
    """Our PDF with a white rectangle and another figure laid over one, as a PDF editor does."""
    scale = 72 / 25.4
    picture = Image.new("RGBA", (round(figure.box.width * 20), round(figure.box.height * 20)), (255, 255, 255, 255))
    letters = ImageFont.truetype(str(seal_font()), round(picture.height * 0.95))
    ImageDraw.Draw(picture).text(
        (picture.width, picture.height / 2), _changed(figure.text), font=letters, fill=(20, 20, 20, 255), anchor="rm"
    )
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[figure.box.page - 1]
        image = pypdfium2.PdfImage.new(document)
        image.set_bitmap(pypdfium2.PdfBitmap.from_pil(picture))
        y = page.get_height() - (figure.box.y + figure.box.height) * scale
        matrix = pypdfium2.PdfMatrix().scale(figure.box.width * scale, figure.box.height * scale)
        image.set_matrix(matrix.translate(figure.box.x * scale, y))
        page.insert_obj(image)
        page.gen_content()
        buffer = io.BytesIO()
        document.save(buffer)
    return buffer.getvalue()


def blot(sheet: Sheet, box: Box, seed: int, *, colour: Colour = BLUE) -> None:
    """A smudge of 10 to 25 mm: ink without strokes."""
    random = Random(seed)
    side = sheet.pixels(random.uniform(10, 25))
    ink = Image.new("L", (side, side), 0)
    pen = ImageDraw.Draw(ink)
    for _ in range(12):
        x, y, reach = random.uniform(0.3, 0.7) * side, random.uniform(0.3, 0.7) * side, random.uniform(0.12, 0.3) * side
        pen.ellipse((x - reach, y - reach, x + reach, y + reach), fill=random.randint(120, 230))
    picture = Image.new("RGBA", ink.size, (*colour, 0))
    picture.putalpha(ink)
    sheet.put(picture, box.page, box.x + box.width / 2, box.y + box.height / 2)
