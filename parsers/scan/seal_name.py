"""Whose name is it? Texts read from a seal against a customer's names; pure: ``judge_reads(reads, "", ("恒遠商貿",))``.

A read text and a name are aligned character by character after folding. What differs decides by where it differs: in
the core (字號 and trade) nothing may contradict, a place or a legal form that one of the two leaves out is harmless, and
a branch is never its company.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from parsers.fold import fold
from parsers.scan import seal_thresholds as limits
from parsers.scan import seal_words as words

Owner = Literal["theirs", "other", "unread", "wrong_kind"]


@dataclass(frozen=True, slots=True)
class SealVerdict:
    """One seal: ``name`` as read (folded, may be empty), ``kind`` of ``seal_words``, ``share`` of the core that fits.

    ``wrong_kind`` is theirs, but of a kind that finance looks at first. ``legible`` tells that a company's whole name
    was read, so that an ``unread`` one is nearly theirs rather than invisible.
    """

    verdict: Owner
    name: str
    kind: str
    share: float
    legible: bool = False


@dataclass(frozen=True, slots=True)
class Read:
    """A text as recognised, with the recogniser's certainty 0–1."""

    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Name:
    """A company's name in parts: 苏州 + 恒远机械 + 有限公司 + 上海分公司; any part but the core may be empty."""

    place: str
    core: str
    form: str
    branch: str

    @property
    def whole(self) -> str:
        """All parts in order."""
        return self.place + self.core + self.form + self.branch


def judge_reads(
    reads: Sequence[Read],
    title: str,
    names: Iterable[str],
    others: Iterable[str] = (),
    *,
    square: bool = False,
) -> SealVerdict:
    """The verdict over several readings of one seal; ``title`` is what stands inside the ring, ``others`` other firms."""
    wanted = [name for name in map(split, names) if len(name.core) >= limits.DISTINCT]
    ranked = sorted((read for read in map(_cleaned, reads) if read.text), key=lambda read: -read.score)
    kind = kind_of(title, *(read.text for read in reads), square=square)
    best = max((_likeness(read.text, name) for read in ranked for name in wanted), default=None, key=_rank)
    share = best.share if best else 0.0
    whole = next((read for read in ranked if is_company(read.text)), None)
    if whole is None:
        shown = ranked[0].text if ranked else ""
        return SealVerdict("unread", shown, words.PERSONAL if square and len(shown) < 5 else kind, share)
    for read in ranked:
        if read.score >= min(limits.THEIRS_SCORE, whole.score) and any(_likeness(read.text, one).fits for one in wanted):
            if _contradicts(whole, wanted) and whole.score - read.score > 0.1:
                break
            return SealVerdict("wrong_kind" if kind in words.FINANCE_FIRST else "theirs", read.text, kind, share, True)
    clear = wanted and _is_other(whole, wanted, {clean(other) for other in others})
    return SealVerdict("other" if clear else "unread", whole.text, kind, share, True)
