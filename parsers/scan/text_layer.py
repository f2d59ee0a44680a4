"""The words of a PDF page's text layer against ours: a row rendered anew with another date differs in nothing else.

Words have no order here (programs that print into a PDF keep none), figures and dates must all be there, and what is
added may only stand in the slip. A layer that can't be read as text, or that a scanner guessed, says nothing.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, Final, Literal

import pypdfium2
import pypdfium2.raw

from parsers.scan.layout import PAGE_HEIGHT, PAGE_WIDTH, Box, Layout

Word = tuple[str, float, float]
"""A run without white space, and where its first character stands: shares of the page's width and height."""

MOST: Final = 20_000
"""Characters of one page that are read; ours have 4,000 at most."""
_READABLE: Final = 0.5
"""Share of our words found from which a layer is text at all: fonts that were encoded anew give none."""
_GUESSED: Final = 0.9
"""The same over a picture of the page: what a scanner guesses is never so good in a table of figures."""
_PICTURE: Final = 0.5
"""Share of the page that one picture covers, from which the page is that picture."""
_SLIP_REACH: Final = 10.0
"""mm around the slip's fields in which names, dates and electronic seals add text."""
_DASHES: Final = str.maketrans(dict.fromkeys("−‐‑‒–—﹣－\x02\ufffe", "-"))
_RADICALS: Final = ("\u2e80", "\u2fdf")


def words_in(page: pypdfium2.PdfPage) -> tuple[Word, ...]:
    """The words of a page in the order of its content; more than ``MOST`` characters end in a word that is none."""
    textpage = page.get_textpage()
    left, bottom, right, top = page.get_mediabox()
    words: list[tuple[list[str], float, float]] = []
    inside = False
    for index in range(min(textpage.count_chars(), MOST)):
        character = chr(pypdfium2.raw.FPDFText_GetUnicode(textpage.raw, index))
        if character.isspace() or character == "\0":
            inside = False
            continue
        if not inside:
            x0, y0, x1, y1 = textpage.get_charbox(index)
            x, y = ((x0 + x1) / 2 - left) / (right - left or 1), (top - (y0 + y1) / 2) / (top - bottom or 1)
            words.append(([], x, y))
            inside = True
        words[-1][0].append(character)
    found = tuple((_plain("".join(characters)), x, y) for characters, x, y in words)
    return (*found, ("\ufffd", 0.0, 0.0)) if textpage.count_chars() > MOST else found


def is_picture(page: pypdfium2.PdfPage) -> bool:
    """Whether one picture covers most of the page."""
    width, height = page.get_size()
    areas = [_area(one) for one in page.get_objects(filter=(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE,))]
    return bool(max(areas, default=0.0) > _PICTURE * width * height)


def _area(shape: Any) -> float:  # noqa: ANN401  # pypdfium2 ships no types
    left, bottom, right, top = shape.get_bounds()
    return float((right - left) * (top - bottom))


def _plain(text: str) -> str:
    """Radicals as characters, all dashes alike: programs choose among them as they like."""
    return unicodedata.normalize("NFKC", text.translate(_DASHES)).translate(_DASHES)


@lru_cache(maxsize=32)
def _ours(pdf: bytes, number: int) -> tuple[Word, ...]:
    with pypdfium2.PdfDocument(pdf) as document:
        return words_in(document[number - 1])


def differs(
    words: Sequence[Word], pdf: bytes, number: int, layout: Layout, *, picture: bool
) -> Literal["", "doubt", "altered"]:
    """What the text layer says against page ``number``; ``picture``: the page is one, and its text is a guess."""
    ours = [word for word, _, _ in _ours(pdf, number)]
    missing, added = _left(ours, (word for word, _, _ in words)), _left((word for word, _, _ in words), ours)
    found = 1 - len(missing) / max(1, len(ours))
    if not missing and not added:
        return ""
    if found < (_GUESSED if picture else _READABLE):
        crowded = any(word == "\ufffd" for word, _, _ in words)
        return "doubt" if crowded else ""
    inside = Counter(word for word, x, y in words if _in_slip(x, y, number, layout))
    beyond = [word for word in added if not _taken(word, inside)]
    lost = _really_lost(missing, added, beyond)
    if lost and not picture and _told_surely(lost, words) and sorted("".join(lost)) != sorted("".join(beyond)):
        return "altered"
    return "doubt" if lost or beyond else ""


def _left(words: Iterable[str], others: Iterable[str]) -> list[str]:
    """The words less the others, in order."""
    known = Counter(others)
    return [word for word in words if not _taken(word, known)]


def _taken(word: str, known: Counter[str]) -> bool:
    known[word] -= 1
    return known[word] >= 0


def _really_lost(missing: list[str], added: list[str], beyond: list[str]) -> list[str]:
    """What is missing but for words that were only put together otherwise, or written on in the slip."""
    if "".join(missing) == "".join(added):
        beyond.clear()
        return []
    return [word for word in missing if _has_figure(word) or not any(word in one for one in added)]


def _told_surely(lost: list[str], words: Sequence[Word]) -> bool:
    """Characters may come back as radicals that look alike, or as none; figures don't."""
    odd = any(
        _RADICALS[0] <= one <= _RADICALS[1] or unicodedata.category(one) == "Co" for each in words for one in each[0]
    )
    return not odd or any(map(_has_figure, lost))


def _has_figure(word: str) -> bool:
    return any(map(str.isdecimal, word))


def _in_slip(x: float, y: float, number: int, layout: Layout) -> bool:
    fields = (layout.sign_box, layout.remark_box, layout.agree, layout.differ, *layout.differ_fields)
    fields += (*layout.cause_ticks, layout.name_field, layout.date_field)
    here = [box for box in fields if box.page == number]
    return bool(here) and _within(x * PAGE_WIDTH, y * PAGE_HEIGHT, here)


def _within(x: float, y: float, boxes: Sequence[Box]) -> bool:
    left, top = min(box.x for box in boxes), min(box.y for box in boxes)
    right, bottom = max(box.x + box.width for box in boxes), max(box.y + box.height for box in boxes)
    reach = _SLIP_REACH
    return left - reach <= x <= right + reach and top - reach <= y <= bottom + reach
