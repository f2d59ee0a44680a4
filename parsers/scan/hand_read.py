"""What is written by hand in the box, line by line: a name, a date, words that differ, another note, or illegible.

A short note has the size and the strokes of a signature, so only reading tells them apart. A reading that is a name
needs a surname in front; what can't be read at all is left to the rules of shape, as signatures often can't.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np

from parsers.fold import fold
from parsers.scan import hand_words as words
from parsers.scan import thresholds
from parsers.scan.ink import Mask, Piece, pieces_joined, united
from parsers.scan.recognise import engine, recognise
from parsers.scan.register import Ink, Pixels
from parsers.scan.seal_name import Read

Sense = Literal["name", "date", "differs", "note", "illegible"]
_HEIGHTS = (64, 40)
_MARGIN = 10
_HAN = re.compile(r"[\u3400-\u9fff]+")
_DATE = re.compile(
    r"(?:20)?\d\d(?:年|[-./])\d{1,2}(?:月|[-./])\d{1,2}日?|\d{1,2}月\d{1,2}日?|20[23]\d[./]?(?:0?[1-9]|1[0-2])[./]?(?:0?[1-9]|[12]\d|3[01])"
)
_FIGURE = re.compile(r"\d{2,}")


@dataclass(frozen=True, slots=True)
class Written:
    """One line of writing: what it means, its own ink, and how surely its least certain character was read."""

    sense: Sense
    text: str
    piece: Piece
    sure: float = 0.0


def read_lines(ink: Mask, dark: Ink) -> tuple[Written, ...]:
    """The lines of writing in a box; ``ink`` says which pixels are written, ``dark`` how dark each is."""
    return tuple(_read(piece, dark) for piece in lines_of(ink) if _worth(piece))


def lines_of(ink: Mask) -> list[Piece]:
    """Pieces of ink put together as lines: side by side at one height, or a character's part under the rest of it."""
    lines = pieces_joined(ink, thresholds.LINE_GAP, thresholds.ROW_GAP)
    before = 0
    while before != len(lines):  # a middle piece joins the two beside it
        before = len(lines)
        lines = _gathered(lines)
    return sorted(lines, key=lambda line: line.y)


def _gathered(parts: Sequence[Piece]) -> list[Piece]:
    """Each piece, the largest first, put to the line that it belongs to."""
    lines: list[Piece] = []
    for piece in sorted(parts, key=lambda one: -one.area):
        home = next((index for index, line in enumerate(lines) if _belongs(piece, line)), None)
        if home is None:
            lines.append(piece)
        else:
            lines[home] = united(lines[home], piece)
    return lines


def crossed_out(piece: Piece) -> bool:
    """Whether a straight stroke runs through (nearly) the whole of a name."""
    width = piece.ink.shape[1]
    picture = np.asarray(piece.ink.astype(np.uint8) * 255, np.uint8)
    least = thresholds.CROSSED_LENGTH * width
    found = cv2.HoughLinesP(picture, 1, np.pi / 180, int(0.35 * width), minLineLength=int(least), maxLineGap=5)
    return found is not None and any(abs(first - last) >= 0.75 * width for first, _, last, _ in found.reshape(-1, 4))


def _belongs(piece: Piece, line: Piece) -> bool:
    across = _gap(piece.x, piece.width, line.x, line.width)
    down = _gap(piece.y, piece.height, line.y, line.height)
    if -down >= thresholds.LINE_OVERLAP * min(piece.height, line.height):
        low, high = sorted((piece, line), key=lambda one: one.height)
        alike = low.height >= thresholds.LINE_ALIKE * high.height or low.width < thresholds.NOTE_WIDTH
        near = across <= thresholds.NAME_GAP and low.height >= thresholds.NAME_ALIKE * high.height
        return across <= thresholds.WORD_GAP and (alike or near)
    return across <= 0 and down <= thresholds.PART_GAP and piece.height < thresholds.PART_HEIGHT * line.height


def _gap(first: float, length: float, other: float, other_length: float) -> float:
    """How far two stretches are apart; negative where they overlap."""
    return max(first, other) - min(first + length, other + other_length)


def _worth(piece: Piece) -> bool:
    """Large enough to be a character."""
    return max(piece.width, piece.height) >= thresholds.CHARACTER_LEAST


def _read(piece: Piece, dark: Ink) -> Written:
    if engine() is None:
        return Written("note", "", piece)
    if piece.width > thresholds.LINE_LONGEST * piece.height:
        return Written("illegible", "", piece)
    reads: list[Read] = []
    senses: list[Sense] = []
    for picture in _pictures(piece, dark):
        reads.append(recognise(picture))
        senses.append(sense_of(reads[-1]))
        if senses[-1] in {"name", "date", "differs"}:
            break
    best = max(reads, key=lambda read: read.score)
    return Written(_worst(senses), best.text, piece, min(best.sure, default=0.0))


def _worst(senses: Sequence[Sense]) -> Sense:
    """The gravest of several readings, but one that is a name or a date says that it is one."""
    order: tuple[Sense, ...] = ("differs", "name", "date", "note", "illegible")
    return next(sense for sense in order if sense in senses)


def _pictures(piece: Piece, dark: Ink) -> Iterator[Pixels]:
    """The line as black on white at two heights; one that is tall also with its characters put side by side."""
    near = cv2.dilate(piece.ink.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    plane = np.where(near, dark[piece.region], np.float32(0))
    inked = plane[piece.ink]
    most = float(np.percentile(inked, 70)) if inked.size else 1.0
    picture = np.asarray(255 - np.clip(plane / max(most, 0.1), 0, 1) * 255, np.uint8)
    if piece.height > 1.7 * piece.width and piece.height > thresholds.HAND_LEAST:
        yield _scaled(_side_by_side(picture), _HEIGHTS[0])
    for height in _HEIGHTS:
        yield _scaled(picture, height)
    yield _scaled(np.asarray(cv2.erode(picture, np.ones((3, 3), np.uint8)), np.uint8), _HEIGHTS[0])


def _scaled(picture: Pixels, height: int) -> Pixels:
    factor = height / picture.shape[0]
    size = (max(8, round(picture.shape[1] * factor)), height)
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC)
    edges = (_MARGIN, _MARGIN, 2 * _MARGIN, 2 * _MARGIN)
    return np.asarray(cv2.copyMakeBorder(small, *edges, cv2.BORDER_CONSTANT, value=255), np.uint8)


def _side_by_side(picture: Pixels) -> Pixels:
    """A column of characters as a row: cut where a row has no ink, pieces up to a square joined."""
    inked = np.concatenate([[False], (picture < 160).any(axis=1), [False]]).astype(np.int8)
    edges = np.flatnonzero(np.diff(inked))
    cells: list[tuple[int, int]] = []
    for first, last in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if cells and last - cells[-1][0] <= 1.15 * picture.shape[1]:
            cells[-1] = (cells[-1][0], last)
        else:
            cells.append((first, last))
    tallest = max((last - first for first, last in cells), default=1)
    tiles = [
        cv2.copyMakeBorder(picture[first:last], 0, tallest - (last - first), 4, 4, cv2.BORDER_CONSTANT, value=255)
        for first, last in cells
    ]
    return np.asarray(np.concatenate(tiles, axis=1), np.uint8) if tiles else picture


def sense_of(read: Read) -> Sense:
    """What a reading means; words that differ count even where they were read with doubt."""
    text = fold(read.text).replace(" ", "")
    if read.score < thresholds.WORD_GUESSED or not text:
        return "illegible"
    if any(word in text for word in words.DIFFERS) or any(word in text.upper() for word in words.VOIDED):
        return "note" if words.NONE_OF_IT & set(text) else "differs"
    if _DATE.fullmatch(text.strip(".。,，")):
        return "date"
    han = "".join(_HAN.findall(_DATE.sub("", text)))
    if _is_name(han, text):
        return "name" if read.score >= thresholds.NAME_READ else "illegible"
    return "note" if read.score >= thresholds.WORD_READ and _is_note(han, text, read) else "illegible"


def _is_note(han: str, text: str, read: Read) -> bool:
    return bool(_FIGURE.search(text)) or text.upper() in words.ANSWERS or _says(han, read)


def _says(han: str, read: Read) -> bool:
    """Whether characters that are no name say something: a hurried name is read with doubt, a note never is."""
    if len(han) < 2:
        return bool(set(han) & words.SAYS_SOMETHING) or (bool(han) and _surely(read) and han not in words.STROKES)
    told = len(han) > thresholds.NAME_LONGEST or bool(set(han) & words.SAYS_SOMETHING)
    return told or _surely(read)


def _surely(read: Read) -> bool:
    return min(read.sure, default=1.0) >= thresholds.CHARACTER_READ


def _is_name(han: str, text: str) -> bool:
    """Two to four characters that begin with a surname; nothing else but a date may stand beside them."""
    rest = _DATE.sub("", text).replace(han, "")
    long = han[:2] in words.COMPOUND
    given = han[2 if long else 1 :]
    fits = 1 <= len(given) <= 2 and han not in words.NO_NAMES and (long or han[:1] in words.SURNAMES)
    return fits and not set(given) & (words.SAYS_SOMETHING - words.NAME_TOO) and not any(map(str.isalnum, rest))


def names_of(lines: Sequence[Written]) -> tuple[str, ...]:
    """The names that were read without a doubtful character, each once: the others are nobody's."""
    sure = (line for line in lines if line.sense == "name" and line.sure >= thresholds.CHARACTER_READ)
    return tuple(dict.fromkeys("".join(_HAN.findall(_DATE.sub("", line.text))) for line in sure))
