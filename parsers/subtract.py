"""What remains of a text when everything that we sent is taken out of it: finds answers inside an unmarked original.

Both sides are folded (繁 against 簡, width, 帐) and compared without blanks and punctuation, so that wrapping does
not matter.
"""

from collections.abc import Sequence
from functools import lru_cache

from parsers.fold import fold

_SHINGLE = 12
_RUN = 24  # folded characters in a row that must be ours; the phrase without the name (18) is shorter
_LINE, _NEIGHBOUR = 2, 12  # a whole line of ours may be shorter, beside another one that is long enough to tell


def subtract(text: str, sent_texts: Sequence[str], least: int = 0) -> str:
    """The text without what stands in ``sent_texts``.

    Ours are stretches of 24 folded characters or more (of ``least``, where that is more: a long name with its period
    is no proof), and whole lines of ours where at least two stand together.
    """
    if not sent_texts:
        return text
    shingles, whole = _sent(tuple(sent_texts))
    joined = "\n".join(_without_whole_lines(text.split("\n"), whole))
    ours = _ours(joined, shingles, max(_RUN, least))
    remaining: list[str] = []
    place = 0
    for line in joined.split("\n"):
        kept = "".join(character for offset, character in enumerate(line) if not ours[place + offset])
        place += len(line) + 1
        if kept == line or any(map(str.isalnum, kept)):
            remaining.append(kept)
    return "\n".join(remaining)


def _without_whole_lines(lines: list[str], whole: frozenset[str]) -> list[str]:
    """Drop whole lines of ours where two of them follow each other; a single one (a name) may be the writer's."""
    plain = [(place, text) for place, line in enumerate(lines) if (text := _plain(line))]
    lengths = [0, *(len(text) if text in whole else 0 for _, text in plain), 0]
    drop = {
        place
        for index, (place, _) in enumerate(plain, start=1)
        if lengths[index] and _tells(lengths[index - 1], lengths[index], lengths[index + 1])
    }
    return [line for place, line in enumerate(lines) if place not in drop]


def _tells(before: int, length: int, after: int) -> bool:
    """Whether a line of ours has a neighbour of ours, and one of the two is long."""
    return any(other and max(length, other) >= _NEIGHBOUR for other in (before, after))


@lru_cache(maxsize=64)
def _sent(texts: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str]]:
    """All shingles, and all whole lines, of our texts."""
    shingles: set[str] = set()
    whole: set[str] = set()
    for text in texts:
        folded = _plain(text)
        shingles.update(folded[place : place + _SHINGLE] for place in range(len(folded) - _SHINGLE + 1))
        whole.update(plain for line in text.split("\n") if len(plain := _plain(line)) >= _LINE)
    return frozenset(shingles), frozenset(whole)


def _plain(text: str) -> str:
    return "".join(character for character in fold(text) if character.isalnum())


_letters = lru_cache(maxsize=16_384)(_plain)
"""The same for one character, of which most come again and again."""


def _ours(text: str, shingles: frozenset[str], least: int) -> bytearray:
    """One flag for each character of the text: whether it lies in a long enough stretch of ours."""
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for letter in _letters(character):
            letters.append(letter)
            places.append(place)
    plain = "".join(letters)
    flags = bytearray(len(text))
    for run in _runs(plain, shingles):
        start, end = _whole_numbers(plain, *run)
        if end - start >= least:
            first, last = places[start], places[end - 1]
            flags[first : last + 1] = b"\x01" * (last + 1 - first)
    return flags


def _whole_numbers(plain: str, start: int, end: int) -> tuple[int, int]:
    """Leave a figure that reaches over an edge of the stretch to the writer: his 120.00 isn't our 555.00."""
    if start and plain[start - 1].isdigit():
        while start < end and plain[start].isdigit():
            start += 1
    if end < len(plain) and plain[end].isdigit():
        while end > start and plain[end - 1].isdigit():
            end -= 1
    return start, end


def _runs(plain: str, shingles: frozenset[str]) -> list[tuple[int, int]]:
    """Stretches in which every shingle is known, so that they stand in our text as they stand here."""
    runs: list[tuple[int, int]] = []
    for place in range(len(plain) - _SHINGLE + 1):
        if plain[place : place + _SHINGLE] not in shingles:
            continue
        if runs and place == runs[-1][1] - _SHINGLE + 1:
            runs[-1] = (runs[-1][0], place + _SHINGLE)
        else:
            runs.append((place, place + _SHINGLE))
    return runs
