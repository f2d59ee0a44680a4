"""What remains of a text when everything that we sent is taken out of it: finds answers inside an unmarked original.

Both sides are folded (繁 against 簡, width, 帐) and compared without blanks and punctuation, so that wrapping does
not matter.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from parsers.fold import fold

_SHINGLE = 12
_RUN = 24  # folded characters in a row that must be ours; the phrase without the name (18) is shorter
_LINE, _NEIGHBOUR = 2, 12  # a whole line of ours may be shorter, beside another one that is long enough to tell
_NEAR = 2  # lines of ours that stand so close in our text are neighbours; a programme may have dropped one between
_NO_LETTER = re.compile(r"[\W_]+")
_KEPT = 20_000

Stretch = tuple[int, int]
"""Where a stretch begins and ends, counted in letters."""


class _Letters(dict[str, str]):
    """Each character's folded letters and digits; a line end stays one. Threads may share it."""

    def __missing__(self, character: str) -> str:
        letters = character if character == "\n" else _NO_LETTER.sub("", fold(character))
        if len(self) < _KEPT:
            self[character] = letters
        return letters


_letters = _Letters()


def subtract(text: str, sent_texts: Sequence[str], least: int = 0) -> str:
    """The text without what stands in ``sent_texts``; linear in its length.

    Ours are stretches of 24 folded characters or more (of ``least``, where that is more: a long name with its period
    is no proof), and whole lines of ours where two stand together as they do in our text.
    """
    if not sent_texts:
        return text
    shingles, pairs = _sent(tuple(sent_texts))
    letters = _plain(text)
    whole = _whole_lines(letters, pairs)
    stretches = _stretches("".join(letters), shingles, max(_RUN, least))
    if not whole and not stretches:
        return text
    lines = text.split("\n")
    shares = _shares(letters, stretches)
    rests = [_rest(line, *share) for line, share in zip(lines, shares, strict=True)]
    return "\n".join(rest for place, rest in enumerate(rests) if rest is not None and place not in whole)


def _plain(text: str) -> list[str]:
    """The letters of each line."""
    return "".join(map(_letters.__getitem__, text)).split("\n")


@lru_cache(maxsize=64)
def _sent(texts: tuple[str, ...]) -> tuple[frozenset[str], frozenset[tuple[str, str]]]:
    """All shingles of our texts, and the pairs of lines that stand close to each other in them."""
    shingles: set[str] = set()
    pairs: set[tuple[str, str]] = set()
    for text in texts:
        lines = _plain(text)
        folded = "".join(lines)
        shingles.update(folded[place : place + _SHINGLE] for place in range(len(folded) - _SHINGLE + 1))
        written = [line for line in lines if len(line) >= _LINE]
        for near in range(1, _NEAR + 1):
            pairs.update(zip(written, written[near:], strict=False))
    return frozenset(shingles), frozenset(pairs)


def _whole_lines(letters: Sequence[str], pairs: frozenset[tuple[str, str]]) -> set[int]:
    """Lines of ours of which two follow each other as in our text; a single one (a name) may be the writer's."""
    written = [(place, line) for place, line in enumerate(letters) if line]
    found: set[int] = set()
    for (first, one), (second, other) in pairwise(written):
        if (one, other) in pairs and max(len(one), len(other)) >= _NEIGHBOUR:
            found.update((first, second))
    return found


def _stretches(plain: str, shingles: frozenset[str], least: int) -> list[Stretch]:
    """Stretches of ``least`` letters or more in which every shingle is ours, so that they stand in our text like this.

    Such a stretch holds ``least - _SHINGLE + 1`` shingles in a row, so that one in so many is looked up at first.
    """
    found: list[Stretch] = []
    last = -1
    for place in range(0, len(plain) - _SHINGLE + 1, least - _SHINGLE + 1):
        if place <= last or plain[place : place + _SHINGLE] not in shingles:
            continue
        start, last = place, place
        while start and plain[start - 1 : start - 1 + _SHINGLE] in shingles:
            start -= 1
        while plain[last + 1 : last + 1 + _SHINGLE] in shingles:
            last += 1
        start, end = _whole_numbers(plain, start, last + _SHINGLE)
        if end - start >= least:
            found.append((start, end))
    return found


def _whole_numbers(plain: str, start: int, end: int) -> Stretch:
    """Leave a figure that reaches over an edge of the stretch to the writer: his 120.00 isn't our 555.00."""
    if start and plain[start - 1].isdigit():
        while start < end and plain[start].isdigit():
            start += 1
    if end < len(plain) and plain[end].isdigit():
        while end > start and plain[end - 1].isdigit():
            end -= 1
    return start, end


def _shares(letters: Sequence[str], stretches: Sequence[Stretch]) -> Iterator[tuple[int, list[Stretch]]]:
    """For each line how many letters it has, and which of them are ours: stretches that may reach over its ends."""
    start, first = 0, 0
    for line in letters:
        end = start + len(line)
        while first < len(stretches) and stretches[first][1] <= start:
            first += 1
        share: list[Stretch] = []
        place = first
        while place < len(stretches) and stretches[place][0] < end:
            share.append((stretches[place][0] - start, stretches[place][1] - start))
            place += 1
        yield len(line), share
        start = end


def _rest(line: str, count: int, ours: Sequence[Stretch]) -> str | None:
    """The line without our letters and what stands between them; None where nothing is left to read."""
    if not ours or not line:
        return line
    if any(start <= 0 and end >= count for start, end in ours):
        return None
    kept: list[str] = []
    place, at = 0, 0
    for character in line:
        after = place + len(_letters[character])
        while at < len(ours) and ours[at][1] <= place:
            at += 1
        start = ours[at][0] if at < len(ours) else count + 1
        if start >= after or (start == place == after):
            kept.append(character)
        place = after
    rest = "".join(kept)
    return rest if any(map(str.isalnum, rest)) else None
