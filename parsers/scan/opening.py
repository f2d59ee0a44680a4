"""The steps that touch hostile bytes, each a function of values for a child process: outline a file, open one page."""

from dataclasses import dataclass
from typing import Literal

from PIL import Image

from parsers import number
from parsers.attachment import PageCode
from parsers.mail import Part
from parsers.scan import thresholds
from parsers.scan.codes import page_codes
from parsers.scan.pages import MOST_PAGES, File, Raster, Unreadable, count, files, render, shape

Shape = Literal["pages", "sheet", "other"]


@dataclass(frozen=True, slots=True)
class Outline:
    """What an attachment holds: ``pages`` as (file within it, page within that file), ``problem`` a code of reasons."""

    shape: Shape
    pages: tuple[tuple[int, int], ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """One page with its codes; ``numbers`` stand in its text layer; ``blank`` has no ink; ``problem`` as above."""

    raster: Raster | None
    codes: tuple[PageCode, ...] = ()
    numbers: tuple[str, ...] = ()
    has_text: bool = False
    blank: bool = False
    problem: str = ""


def outline(part: Part) -> Outline:
    """Count the pages of an attachment; never raises for odd bytes."""
    try:
        kind = "sheet" if part.name.lower().endswith((".csv", ".tsv")) else shape(part.data)
        if kind in {"sheet", "other"}:
            return Outline("sheet" if kind == "sheet" else "other")
        counted = [(index, count(file)) for index, file in enumerate(files(part))]
    except Unreadable as error:
        return Outline("pages", (), error.code)
    pages = tuple((index, page) for index, pages in counted for page in range(pages))
    if len(pages) > MOST_PAGES:
        return Outline("pages", (), "too_many_pages")
    return Outline("pages" if pages else "other", pages)


def open_page(part: Part, file: int, page: int) -> Opened:
    """Render one page and read its codes; never raises for odd bytes."""
    try:
        raster = render(_file(part, file), page)
    except Unreadable as error:
        return Opened(None, problem=error.code)
    picture = Image.frombytes("RGB", (raster.width, raster.height), raster.rgb)
    codes = page_codes(picture)
    return Opened(raster, codes, number.find(raster.text), bool(raster.text.strip()), not codes and _is_blank(picture))


def _file(part: Part, index: int) -> File:
    return files(part)[index]


def _is_blank(picture: Image.Image) -> bool:
    """The back of a sheet: hardly anything darker than its paper."""
    small = picture.convert("L").resize((120, 170))
    histogram = small.histogram()
    paper = max(range(128, 256), key=lambda value: histogram[value])
    return max(picture.size) >= thresholds.SIGNATURE_PICTURE and sum(histogram[: paper - 40]) < 12


def codes_of(part: Part, most: int = MOST_PAGES) -> tuple[PageCode, ...]:
    """All codes of ours in an attachment, in order, each once."""
    found: list[PageCode] = []
    for file, page in outline(part).pages[:most]:
        found.extend(open_page(part, file, page).codes)
    return tuple(dict.fromkeys(found))
