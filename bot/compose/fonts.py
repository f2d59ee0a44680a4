"""Our two embedded fonts: which characters they have, how wide a text is, and how it is made to fit."""

import unicodedata
from dataclasses import dataclass
from functools import cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from bot.resources import font

REGULAR, BOLD = "DuizhangSans", "DuizhangSans-SemiBold"
_FILES = {REGULAR: "DuizhangSans-Regular.ttf", BOLD: "DuizhangSans-SemiBold.ttf"}
_POINT = 25.4 / 72
_ELLIPSIS = "…"
_INVISIBLE = frozenset({"Cc", "Cf"})
"""Unicode categories of controls, zero-width and direction marks."""


class MissingGlyphs(ValueError):  # noqa: N818  # the caller reads it as what it is: characters without glyphs
    """A text holds characters that our fonts lack; ``characters`` names them."""

    def __init__(self, text: str, characters: tuple[str, ...]) -> None:
        named = " ".join(f"{character} (U+{ord(character):04X})" for character in characters)
        super().__init__(f"字型缺少字符 {named}：{text}")
        self.characters = characters


@dataclass(frozen=True, slots=True)
class Fitted:
    """A text made to fit: its lines, and the size in points at which they do."""

    lines: tuple[str, ...]
    size: float


def has_glyphs(text: str) -> tuple[str, ...]:
    """The characters of a text that our fonts lack, each once, in order; an empty tuple is good news.

    Characters that :func:`clean` drops are not printed, so they are not missed.
    """
    known = _known()
    if known.issuperset(text):
        return ()
    return tuple(dict.fromkeys(character for character in clean(text) if character not in known))


def require_glyphs(text: str) -> None:
    """Raises MissingGlyphs rather than ever printing an empty box."""
    if missing := has_glyphs(text):
        raise MissingGlyphs(text, missing)


def clean(text: str) -> str:
    """A text on one line as it is printed: white space of any kind is one space, invisible characters are gone."""
    if text.isprintable() and "  " not in text:
        return text.strip()
    seen = (c for c in text if c.isspace() or unicodedata.category(c) not in _INVISIBLE)
    return " ".join("".join(seen).split())


def width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a text in millimetres."""
    widths = _widths(bold)
    return sum([widths.get(ord(character), 1000) for character in text]) * size * _POINT / 1000


def fit(text: str, room: float, size: float, smallest: float, *, lines: int = 1, bold: bool = False) -> Fitted:
    """Shrink to ``smallest``, then break into ``lines``, then end with …; ``room`` in mm, sizes in points."""
    wide = width(text, size, bold=bold)
    if wide <= room:
        return Fitted((text,), size)
    if wide * smallest <= room * size:
        return Fitted((text,), size * room / wide * 0.999)
    return Fitted(_broken(text, room, smallest, lines, bold=bold), smallest)


def shrink(text: str, room: float, size: float, *, bold: bool = False) -> tuple[float, float]:
    """The size at which a text that may not be shortened (a figure) fits, and its width then."""
    wide = width(text, size, bold=bold)
    if wide <= room:
        return size, wide
    return size * room / wide * 0.999, room * 0.999


def register() -> None:
    """Make the fonts known to ReportLab; again does nothing."""
    _loaded(REGULAR)
    _loaded(BOLD)


def _broken(text: str, room: float, size: float, lines: int, *, bold: bool) -> tuple[str, ...]:
    found: list[str] = []
    rest = text
    while rest and len(found) < lines:
        end = _reach(rest, room, size, bold=bold)
        if end < len(rest) and len(found) == lines - 1:
            end = _reach(rest, room - width(_ELLIPSIS, size, bold=bold), size, bold=bold)
            return (*found, rest[:end].rstrip() + _ELLIPSIS)
        found.append(rest[:end].strip())
        rest = rest[end:].lstrip()
    return tuple(found)


def _reach(text: str, room: float, size: float, *, bold: bool) -> int:
    """How many characters fit, at least one; a Latin word isn't broken where a space or hyphen comes before it."""
    wide, end = 0.0, 0
    for end, character in enumerate(text):  # noqa: B007  # where it stopped is the result
        wide += width(character, size, bold=bold)
        if wide > room:
            break
    else:
        return len(text)
    start = end
    while start > 0 and text[start - 1].isascii() and text[start].isascii() and text[start - 1] not in " -/":
        start -= 1
    return max(1, start or end)


@cache
def _loaded(name: str) -> TTFont:
    loaded = TTFont(name, str(font(_FILES[name])))
    # It copies a table of 9 MB for every subset that it embeds, half of a statement's time: copy each table once.
    loaded.face.get_table = cache(loaded.face.get_table)
    pdfmetrics.registerFont(loaded)
    return loaded


@cache
def _known() -> frozenset[str]:
    return frozenset(map(chr, _loaded(REGULAR).face.charToGlyph)) & frozenset(map(chr, _loaded(BOLD).face.charToGlyph))


@cache
def _widths(bold: bool) -> dict[int, float]:
    widths: dict[int, float] = _loaded(BOLD if bold else REGULAR).face.charWidths
    return widths
