"""Our print compared with what came back, word by word and digit by digit (black ink only, so seals don't matter).

A word is a run of our own ink; no text is recognised here: we know what stands there and ask whether it still does.
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

import cv2
import numpy as np
import numpy.typing as npt
import pypdfium2

from parsers.scan import thresholds
from parsers.scan.ink import Region, region
from parsers.scan.layout import Figure, Layout
from parsers.scan.register import PPM, Ink, Registered
from parsers.scan.template import template

_REACH = 4
"""Pixels (0.5 mm) that a word may be off after registration."""
_SIGNS = "-−－–"
_PART = 8 * PPM
"""Pixels (8 mm) of a word over which it is taken as rigid."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One word: ``score`` is its best correlation at (dx, dy), ``missing`` and ``extra`` ink relative to its own.

    ``strong``: printed in black; grey print vanishes in faxes.
    """

    where: Region
    score: float
    missing: float
    extra: float
    dx: int
    dy: int
    strong: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed digit of a figure: the character and its advance cell in template pixels (floats)."""

    character: str
    left: float
    top: float
    right: float
    bottom: float


@lru_cache(maxsize=12)
def words_of(pdf: bytes, page: int) -> tuple[Region, ...]:
    """Runs of our print, joined over 1.2 mm; rules, frames, marks and QR codes are left out."""
    mask = (template(pdf, page) > 0.35).astype(np.uint8)
    lines = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((1, 8 * PPM), np.uint8))
    upright = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((8 * PPM, 1), np.uint8))
    rules = cv2.dilate(cv2.bitwise_or(lines, upright), np.ones((3, 3), np.uint8)) > 0
    text = np.where(rules, 0, mask).astype(np.uint8)
    joined = cv2.dilate(text, np.ones((3, round(1.2 * PPM) | 1), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    return tuple(
        (slice(top, top + height), slice(left, left + width))
        for left, top, width, height, size in stats[1:].tolist()
        if 1.1 * PPM < height < 7.5 * PPM and width > 1.2 * PPM and size > 1.5 * PPM**2
    )


def compare(page: Registered, where: Region) -> Comparison | None:
    """A word at its best place within half a millimetre; None where the template has no ink."""
    rows, columns = where
    top, left = max(_REACH, rows.start - 2), max(_REACH, columns.start - 2)
    print_ = page.template[top : rows.stop + 2, left : columns.stop + 2]
    window = page.black[top - _REACH : rows.stop + 2 + _REACH, left - _REACH : columns.stop + 2 + _REACH]
    own = float(print_.sum())
    if own < 8 or window.shape[0] < print_.shape[0] + 2 * _REACH or window.shape[1] < print_.shape[1] + 2 * _REACH:
        return None
    soft = cv2.GaussianBlur(print_, (0, 0), 0.9)
    _, score, _, (x, y) = cv2.minMaxLoc(cv2.matchTemplate(window, soft, cv2.TM_CCOEFF_NORMED))
    if score < thresholds.WORD_WHOLE and print_.shape[1] > 2 * _PART:
        score = _by_parts(window, np.asarray(soft, np.float32))
    seen = window[y : y + print_.shape[0], x : x + print_.shape[1]]
    missing = np.clip(print_ - 0.35 - 1.35 * cv2.dilate(seen, np.ones((3, 3), np.uint8)), 0, 1).sum() / own
    extra = np.clip(seen - 0.25 - cv2.dilate(print_, np.ones((5, 5), np.uint8)), 0, 1).sum() / own
    strong = float(print_.max()) > 0.8
    return Comparison(where, float(score), float(missing), float(extra), x - _REACH, y - _REACH, strong)


def _by_parts(window: Ink, soft: Ink) -> float:
    """The worst part of a long word, each at its own best place: paper isn't flat over 30 mm."""
    parts = np.array_split(np.arange(soft.shape[1]), round(soft.shape[1] / _PART))
    scores = []
    for part in parts:
        first, last = int(part[0]), int(part[-1]) + 1
        if float(soft[:, first:last].std()) > 0.05:  # a blank between two characters fits anywhere
            fits = cv2.matchTemplate(
                window[:, first : last + 2 * _REACH], np.ascontiguousarray(soft[:, first:last]), cv2.TM_CCOEFF_NORMED
            )
            scores.append(float(fits.max()))
    return min(scores, default=0.0)


@lru_cache(maxsize=12)
def cells_of(pdf: bytes, page: int, figures: tuple[Figure, ...]) -> tuple[tuple[Figure, tuple[Cell, ...]], ...]:
    """The digits and signs of each figure on a page, by our own PDF's text layer."""
    with pypdfium2.PdfDocument(pdf) as document:
        sheet = document[page - 1]
        height, textpage = sheet.get_height(), sheet.get_textpage()
        text = textpage.get_text_range()
        factor = PPM * 25.4 / 72
        cells = []
        for index in range(min(textpage.count_chars(), len(text))):
            if text[index].isdigit() or text[index] in _SIGNS:
                left, bottom, right, top = (value * factor for value in textpage.get_charbox(index, loose=True))
                cells.append(Cell(text[index], left, height * factor - top, right, height * factor - bottom))
    centres = np.array([((cell.left + cell.right) / 2, (cell.top + cell.bottom) / 2) for cell in cells]).reshape(-1, 2)
    return tuple((figure, tuple(cells[at] for at in _within(centres / PPM, figure))) for figure in figures)


def _within(centres: npt.NDArray[np.float64], figure: Figure) -> list[int]:
    """Which centres (x, y in mm) lie in a figure's box."""
    box = figure.box
    x, y = centres.T
    across = (x >= box.x - 0.6) & (x <= box.x + box.width + 0.6)
    return np.flatnonzero(across & (y >= box.y - 1) & (y <= box.y + box.height + 1)).tolist()


@dataclass(frozen=True, slots=True)
class Alphabet:
    """Our digits of one size: pictures of ``shape`` pixels as unit vectors (rows), and which character each shows."""

    shape: tuple[int, int]
    characters: tuple[str, ...]
    vectors: Ink


@lru_cache(maxsize=4)
def alphabets(pdf: bytes, layout: Layout) -> dict[int, Alphabet]:
    """How our digits look, up to three pictures of each, by the size of their cells."""
    cells: dict[int, list[tuple[Cell, Ink]]] = {}
    pages = sorted({figure.box.page for figure in layout.figures})
    for page in (*pages[:3], *pages[3:][-1:]):
        soft = np.asarray(cv2.GaussianBlur(template(pdf, page), (0, 0), 0.8), np.float32)
        for _, found in cells_of(pdf, page, tuple(figure for figure in layout.figures if figure.box.page == page)):
            for cell in (one for one in found if one.character.isdigit()):
                cells.setdefault(_size(cell), []).append((cell, soft))
    return {size: _alphabet(found) for size, found in cells.items()}


def _alphabet(cells: list[tuple[Cell, Ink]]) -> Alphabet:
    shape = (
        round(min(cell.bottom - cell.top for cell, _ in cells)),
        round(float(np.median([cell.right - cell.left for cell, _ in cells]))),
    )
    pictures: dict[str, list[Ink]] = {}
    for cell, soft in cells:
        looks = pictures.setdefault(cell.character, [])
        if len(looks) < 3:
            looks.append(_unit(_picture(soft, cell, shape).reshape(1, -1)))
    characters = tuple(character for character, looks in pictures.items() for _ in looks)
    return Alphabet(shape, characters, np.concatenate([look for looks in pictures.values() for look in looks]))


def _size(cell: Cell) -> int:
    return round((cell.bottom - cell.top) / 2)


def _picture(ink: Ink, cell: Cell, shape: tuple[int, int], dx: int = 0, dy: int = 0) -> Ink:
    """So many pixels around the centre of a cell."""
    top = round((cell.top + cell.bottom - shape[0]) / 2) + dy
    left = round((cell.left + cell.right - shape[1]) / 2) + dx
    cut = ink[max(0, top) : top + shape[0], max(0, left) : left + shape[1]]
    return cut if cut.shape == shape else np.zeros(shape, np.float32)


def _unit(rows: Ink) -> Ink:
    """Each row without its mean, of length 1, so that products are correlations."""
    centred = rows - rows.mean(axis=1, keepdims=True)
    return np.asarray(centred / np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-6), np.float32)


@dataclass(frozen=True, slots=True)
class Digit:
    """A digit against all others of our font: ``right`` is the fit of the printed one, ``other`` the best other's."""

    figure: Figure
    character: str
    right: float
    other: float


def read_digits(page: Registered, pdf: bytes, number: int, layout: Layout) -> list[Digit]:
    """Every digit of every figure on the page, aligned by its figure first."""
    known = alphabets(pdf, layout)
    figures = tuple(figure for figure in layout.figures if figure.box.page == number)
    found: list[Digit] = []
    for figure, cells in cells_of(pdf, number, figures):
        aligned = compare(page, region(figure.box, 0.2))
        if aligned is not None:
            digits = [cell for cell in cells if cell.character.isdigit()]
            found.extend(_read_digit(page, figure, cell, aligned, known[_size(cell)]) for cell in digits)
    return found


def faint_signs(page: Registered, pdf: bytes, number: int, layout: Layout) -> list[tuple[Figure, float]]:
    """Figures with a minus sign, and the share of its ink that is there."""
    figures = tuple(figure for figure in layout.figures if figure.box.page == number)
    found = []
    wider = np.asarray(cv2.dilate(page.black, np.ones((3, 3), np.uint8)), np.float32)
    for figure, cells in cells_of(pdf, number, figures):
        signs = [one for one in cells if one.character in _SIGNS]
        aligned = compare(page, region(figure.box, 0.2)) if signs else None
        for cell in (one for one in signs if aligned is not None):
            shape = round(cell.bottom - cell.top), round(cell.right - cell.left)
            own = _picture(page.template, cell, shape)
            dx, dy = (aligned.dx, aligned.dy) if aligned else (0, 0)
            seen = _picture(wider, cell, shape, dx, dy)
            if own.max() > 0.3:
                found.append((figure, float(seen[own > 0.3].mean() / own[own > 0.3].mean())))
    return found


def _read_digit(page: Registered, figure: Figure, cell: Cell, aligned: Comparison, letters: Alphabet) -> Digit:
    height, width = letters.shape
    window = _picture(page.black, cell, (height + 4, width + 4), aligned.dx, aligned.dy)
    views = np.lib.stride_tricks.sliding_window_view(window, letters.shape).reshape(-1, height * width)
    fits = (letters.vectors @ _unit(np.asarray(views, np.float32)).T).max(axis=1)
    right = max((float(fit) for fit, seen in zip(fits, letters.characters, strict=True) if seen == cell.character))
    others = (float(fit) for fit, seen in zip(fits, letters.characters, strict=True) if seen != cell.character)
    return Digit(figure, cell.character, right, max(others, default=-1.0))


def median_score(comparisons: list[Comparison]) -> float:
    """The page's own quality: median correlation of its words, 0 without any."""
    return float(np.median([comparison.score for comparison in comparisons])) if comparisons else 0.0


def worst_by_figure(digits: list[Digit]) -> list[tuple[Figure, float, float]]:
    """(figure, smallest lead of the right digit over the best other, how far its worst digit is below the median)."""
    if not digits:
        return []
    median = float(np.median([digit.right for digit in digits]))
    grouped = groupby(digits, key=lambda digit: digit.figure)
    result = []
    for figure, group in grouped:
        members = list(group)
        lead = min(digit.right - digit.other for digit in members)
        result.append((figure, lead, median - min(digit.right for digit in members)))
    return result


def suspicious(comparison: Comparison, median: float) -> str:
    """``altered``, ``doubt`` or nothing for one word, relative to the page's own quality."""
    if comparison.strong and comparison.score < thresholds.WORD_ALTERED and comparison.score < median - 0.3:
        return "altered"
    bad = comparison.score < median - thresholds.WORD_DROP
    return (
        "doubt"
        if bad or comparison.missing > thresholds.MISSING_SHARE or comparison.extra > thresholds.EXTRA_SHARE
        else ""
    )
