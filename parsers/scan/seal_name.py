"""Whose name is it? Texts read from one seal against a customer's names: ``judge_reads(reads, "", ("恒遠商貿",))``.

A read text and a name are aligned character by character after folding. What differs decides by where it differs: in
the core (字號 and trade) nothing may contradict; a place or a legal form that one of the two leaves out is harmless; a
branch is never its company.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

from parsers.fold import fold
from parsers.scan import seal_thresholds as limits
from parsers.scan import seal_words as words

Owner = Literal["theirs", "other", "unread"]


@dataclass(frozen=True, slots=True)
class SealVerdict:
    """One seal: ``name`` as read (may be empty), ``kind`` of ``seal_words``, ``share`` of the core that fits.

    ``legible``: a company's whole name was read, so that an ``unread`` one is nearly theirs rather than invisible.
    ``personal``: a small square one, as persons have it. Whether a kind counts is a table per customer.
    """

    verdict: Owner
    name: str
    kind: str
    share: float
    legible: bool = False
    personal: bool = False


@dataclass(frozen=True, slots=True)
class Read:
    """A text as recognised, with the recogniser's certainty 0–1; ``sure`` the same per character, empty if unknown."""

    text: str
    score: float
    sure: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Name:
    """A company's name in parts: 苏州 + 恒远机械 + 有限公司 + 上海分公司; any part but the core may be empty."""

    place: str
    core: str
    form: str
    branch: str


@dataclass(frozen=True, slots=True)
class _Likeness:
    """How a read text compares with one name; ``differs`` counts characters that contradict; lost ones don't."""

    share: float
    fits: bool
    differs: int


def judge_reads(
    reads: Sequence[Read], title: str, names: Iterable[str], others: Iterable[str] = (), *, square: bool = False
) -> SealVerdict:
    """The verdict over several readings of one seal; ``title`` stands inside the ring, ``others`` are other firms."""
    wanted = _wanted(names)
    ranked = sorted(reads, key=lambda read: -read.score)
    kind = kind_of(title, *(read.text for read in ranked), square=square)
    share = max((_likeness(read.text, name).share for read in ranked for name in wanted), default=0.0)
    theirs = [read for read in ranked if read.score >= limits.THEIRS_SCORE and _fits(read.text, wanted)]
    rival, votes = _rival(ranked, wanted)
    if theirs and len(theirs) >= votes and not _doubtful(theirs, ranked, wanted):
        return SealVerdict("theirs", _shown(theirs[0].text), kind, share, legible=True)
    clear = votes >= limits.OTHER_VOTES and (
        rival in set(map(written, others)) or _is_clear(_certain(rival, ranked), wanted)
    )
    shown = next((read.text for read in ranked if rival in {"", written(read.text)}), "")
    return SealVerdict("other" if clear else "unread", _shown(shown), kind, share, legible=bool(rival))


def _doubtful(theirs: Sequence[Read], ranked: Sequence[Read], wanted: tuple[str, ...]) -> bool:
    """Whether a character of the name may be another one that looks like it (未 末): none was surely read as it is.

    Also where any reading saw, with certainty, a name that differs in a single character.
    """
    if (
        max(_sureness([one for one in theirs if _likeness(one.text, name).fits], name) for name in wanted)
        < limits.CHARACTER_SURE
    ):
        return True
    if any(_goes_on(read, name) for read in ranked for name in wanted):
        return True
    near = (read for read in ranked if read.sure and is_company(read.text) and not _fits(read.text, wanted))
    return any(_one_off(read, name) for read in near for name in wanted)


def _goes_on(read: Read, name: str) -> bool:
    """Whether a reading surely shows the name and then another firm's end: 制品厂 and 制品厂二厂 are two."""
    more = plain(read.text).removeprefix(name) if plain(read.text).startswith(name) else ""
    return more[-1:] in tuple("厂店部行社院所司") and min(read.sure[-len(more) :], default=1.0) >= limits.RIVAL_SURE


def _sureness(reads: Sequence[Read], name: str) -> float:
    """How sure the least sure character of place and core is in the reading that is surest of it; 1 where unknown."""
    end = len(split(name).place) + len(split(name).core)
    best: dict[int, float] = {}
    for read in reads:
        if not read.sure:
            return 1.0
        letters = [plain(letter) for letter in read.text]
        steps = SequenceMatcher(None, letters, list(name), autojunk=False).get_matching_blocks()
        for to, at in ((step.b + at, step.a + at) for step in steps for at in range(step.size)):
            sure = read.sure[at] + limits.VARIANT_BONUS * (letters[at] != read.text[at])
            best[to] = max(best.get(to, 0.0), sure)
    return min((best[at] for at in range(end) if at in best), default=0.0)


def _one_off(read: Read, name: str) -> bool:
    """Whether a reading surely shows another character at one place of the core."""
    letters, parts = [plain(letter) for letter in read.text], split(name)
    core = range(len(parts.place), len(parts.place) + len(parts.core))
    steps = SequenceMatcher(None, letters, list(name), autojunk=False).get_opcodes()
    other = [(low, high, first, last) for tag, low, high, first, last in steps if tag == "replace" and first in core]
    if len(other) != 1:
        return False
    low, high, first, last = other[0]
    return high - low == last - first == 1 and read.sure[low] >= limits.RIVAL_SURE


def fits(text: str, names: Iterable[str]) -> bool:
    """Whether a read text is one of the names."""
    return _fits(text, _wanted(names))


def _rival(ranked: Sequence[Read], wanted: tuple[str, ...]) -> tuple[str, int]:
    """The whole name that fits none of theirs and was surely read most often, and how often; ("", 0) without one."""
    votes = Counter(
        written(read.text)
        for read in ranked
        if read.score >= limits.OTHER_SCORE and is_company(read.text) and not _fits(read.text, wanted)
    )
    return next(iter(votes.most_common(1)), ("", 0))


def _fits(text: str, wanted: tuple[str, ...]) -> bool:
    return any(_likeness(text, name).fits for name in wanted)


def _wanted(names: Iterable[str]) -> tuple[str, ...]:
    """Whole names where there are some, for a seal bears no short one: 恒远 alone would also fit a 恒远 elsewhere."""
    usable = tuple(name for name in map(plain, names) if len(split(name).core) >= limits.CORE_LEAST)
    return tuple(name for name in usable if split(name).form) or usable


def kind_of(*texts: str, square: bool = False) -> str:
    """The kind of a seal by the words on it; 公章 (square ones 大小章) where nothing else is said.

    The first text stands inside the ring: if there are words that can't be read, the seal is of some special kind.
    """
    joined = " ".join(fold(text) for text in texts)
    for kind, signs in words.KINDS:
        if any(sign in joined for sign in signs):
            return kind
    if len(_HAN.findall(texts[0])) >= limits.TITLE_LEAST and not square:
        return words.SPECIAL
    return words.SQUARE if square else words.COMPANY


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Folded, Chinese characters, letters and digits only: (苏州) and 苏州 are one."""
    return "".join(character for character in fold(text) if character.isalnum()).upper()


_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[0-9A-Z]+")
_LONG_FORMS = "|".join(form for form in words.FORMS if len(form) > 1)
_FORM = re.compile(rf"(.+?)({'|'.join(words.FORMS)})")
_BRANCH = re.compile(rf"(.*(?:公司|厂|店|行|社))(.{{0,8}}(?:{'|'.join(words.BRANCHES)}))")
_PLACE = re.compile(rf"(?:(?:{'|'.join(words.PLACES)})[{words.PLACE_ENDS}]?)+(?=..)")
_NOISE_AFTER = re.compile(rf"(.*(?:{_LONG_FORMS})).{{1,{limits.TRAILING_NOISE}}}")
_KIND_AFTER = re.compile(rf"(.+?)(?:{'|'.join(words.KIND_WORDS)}).{{0,{limits.TRAILING_NOISE}}}")
_BRANCH_AFTER = re.compile(rf".*(?:{'|'.join(words.BRANCHES)})")


def written(text: str) -> str:
    """A name as it stands on a seal: without 專用章 and without what was read after its legal form; may be empty."""
    bare = _cut(_KIND_AFTER, plain(text))
    return bare if _BRANCH_AFTER.fullmatch(bare) else _cut(_NOISE_AFTER, bare)


def _shown(text: str) -> str:
    """The same in the characters that stand there, not folded."""
    letters = "".join(filter(str.isalnum, text))
    return letters[: len(written(text))] if len(letters) == len(plain(text)) else written(text)


def _cut(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.fullmatch(text)
    return str(found[1]) if found else text


@lru_cache(maxsize=4096)
def split(name: str) -> Name:
    """A plain name in its parts."""
    branched = _BRANCH.fullmatch(name)
    head, branch = (str(branched[1]), str(branched[2])) if branched else (name, "")
    formed = _FORM.fullmatch(head)
    rest, form = (str(formed[1]), str(formed[2])) if formed else (head, "")
    placed = _PLACE.match(rest)
    place = placed[0] if placed else ""
    return Name(place, rest[len(place) :], form, branch)


def is_company(text: str) -> bool:
    """Whether a whole name of a company was read: enough of it and a legal form of more than one character."""
    name = split(written(text))
    return len(name.form) > 1 and len(name.place + name.core) >= limits.OTHER_LEAST


def _certain(name: str, ranked: Sequence[Read]) -> str:
    """The name without the characters that no reading of it was sure of: strokes across a seal make up others."""
    best = [0.0] * len(name)
    for read in (one for one in ranked if written(one.text) == name):
        sure = [
            one for letter, one in zip(read.text, read.sure or (1.0,) * len(read.text), strict=True) if letter.isalnum()
        ]
        best = [max(pair) for pair in zip(best, sure, strict=False)] if len(sure) >= len(best) else best
    return "".join(letter for letter, sure in zip(name, best, strict=True) if sure >= limits.CHARACTER_SURE)


def _is_clear(name: str, wanted: tuple[str, ...]) -> bool:
    """Surely another company: different from each of theirs in more than a few strokes can make.

    A short name without legal form that the read one contains (恒远 in 苏州恒远机械有限公司) may well be the same.
    """
    return bool(wanted) and all(_differs(name, one) for one in wanted)


def _differs(name: str, one: str) -> bool:
    parts = split(one)
    differs = _likeness(name, one).differs
    enough = differs >= limits.OTHER_DIFFERS and differs >= limits.OTHER_SHARE * len(parts.place + parts.core)
    return enough and bool(parts.form or parts.core not in name)


@lru_cache(maxsize=4096)
def _likeness(text: str, name: str) -> _Likeness:
    """A read text against a plain name."""
    wanted, found = split(name), split(_comparable(text, name))
    target, source = wanted.place + wanted.core + wanted.form, found.place + found.core + found.form
    start, end = len(wanted.place), len(wanted.place) + len(wanted.core)
    steps = SequenceMatcher(None, source, target, autojunk=False).get_opcodes()
    kept = {at for tag, _, _, first, last in steps if tag == "equal" for at in range(first, last)}
    matched = sum(at in kept for at in range(start, end))
    share = matched / max(1, end - start)
    harm = sum(
        _harm(source[low:high], target[first:last], (first, last), wanted)
        for tag, low, high, first, last in steps
        if tag != "equal"
    )
    harm += _other_body(found, wanted)
    return _Likeness(share, harm == 0 and share >= limits.CORE_SHARE, harm)


def _comparable(text: str, name: str) -> str:
    """The read text without the letters and digits that seals carry besides (numbers), unless the name has some."""
    bare = written(text)
    return bare if _LATIN.search(name) else written(_LATIN.sub("", bare))


def _other_body(found: Name, wanted: Name) -> int:
    """Another branch is another seal; 股份 in only one of the two is one doubtful character."""
    shares = [any(one in name.core[-1:] + name.form for one in "股份") for name in (found, wanted)]
    other_form = bool(found.form and wanted.form) and shares[0] != shares[1]
    return limits.OTHER_DIFFERS * (found.branch != wanted.branch) + other_form


def _harm(read: str, expected: str, where: tuple[int, int], wanted: Name) -> int:
    """How many characters contradict in one run where the texts differ; ``where`` counts in the wanted name."""
    first, _ = where
    start, end = len(wanted.place), len(wanted.place) + len(wanted.core)
    if not read:
        return 0  # what is missing is counted by the share of the core
    if first > end or (first == end and (expected or not wanted.form)):
        return _harm_in_form(read, expected, wanted)
    if expected:
        return max(len(read), len(expected))
    if first <= start and _is_place(read, wanted):
        return 0
    if first == 0 and start and len(read) == 1:
        return 0  # a speck before the place
    return len(read)


def _is_place(read: str, wanted: Name) -> bool:
    """苏州 before a name that has no place; 市 after one that has."""
    if wanted.place:
        return all(character in words.PLACE_ENDS for character in read)
    found = _PLACE.match(read + "某某")
    return found is not None and found.end() == len(read)


def _harm_in_form(read: str, expected: str, wanted: Name) -> int:
    """有限責任公司 for 有限公司, a form where the name has none, one misread character: nothing contradicts."""
    if read in words.SAME_IN_LAW or (not wanted.form and read in words.FORMS):
        return 0
    return 0 if wanted.form and max(len(read), len(expected)) == 1 else len(read)
