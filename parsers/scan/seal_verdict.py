"""What the seals' names make of a reading: ``signed`` with a strange seal becomes ``other_seal``; never the reverse."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from parsers.attachment import AttachmentReading, Verdict
from parsers.scan.reasons import say
from parsers.scan.seal_name import SealVerdict, written
from parsers.scan.seal_words import BINDING


def with_seals(
    reading: AttachmentReading,
    seals: Sequence[SealVerdict],
    names: Sequence[str],
    own: Iterable[str] = (),
    accepted: Collection[str] = BINDING,
) -> AttachmentReading:
    """The reading with whose seal it bears; ``names`` are the customer's, ``own`` our own company's.

    ``accepted`` are the kinds that count for this customer; a seal of theirs of another kind goes to finance.

    A reading that isn't ``signed`` keeps its verdict and only learns the name. The patch is dropped.
    """
    bare = replace(reading, seal_patch=b"")
    ours = set(map(written, own))
    theirs = [seal for seal in seals if not (seal.verdict != "theirs" and written(seal.name) in ours)]
    if seals and not theirs:
        return _told(bare, None, "unsure", say("seal_ours"))
    told = _doubted(theirs, names[0] if names else "") or _named(theirs, accepted)
    if told:
        return _told(bare, *told)
    # A seal that nobody could read or find again may be anybody's: a person looks. A hand bears no company's name.
    sealed = bool(theirs) or say("seal") in reading.reasons
    return _told(bare, None, "unsure", say("seal_unread")) if sealed else bare


_Told = tuple[SealVerdict | None, Verdict, str]


def _doubted(seals: Sequence[SealVerdict], customer: str) -> _Told | None:
    """A seal that speaks against the copy, whoever else's stands beside it."""
    other = _first(seals, "other")
    if other:
        return other, "other_seal", say("seal_other", other.name, customer)
    close = next((seal for seal in seals if seal.verdict == "unread" and seal.legible), None)
    if close:
        return close, "unsure", say("seal_close", close.name, customer)
    unknown = [seal for seal in seals if seal.verdict == "unread" and not seal.personal]
    return (None, "unsure", say("seal_second")) if unknown and len(seals) > 1 else None


def _named(seals: Sequence[SealVerdict], accepted: Collection[str]) -> _Told | None:
    """A seal of theirs: of a kind that counts, else of one that finance looks at."""
    good = next((seal for seal in seals if seal.verdict == "theirs" and seal.kind in accepted), None)
    if good:
        return good, "signed", say("seal_theirs", good.name, good.kind)
    kind = _first(seals, "theirs")
    return (kind, "unsure", say("seal_kind", kind.name, kind.kind)) if kind else None


def _first(seals: Sequence[SealVerdict], verdict: str) -> SealVerdict | None:
    return next((seal for seal in seals if seal.verdict == verdict), None)


def _told(reading: AttachmentReading, seal: SealVerdict | None, verdict: Verdict, reason: str) -> AttachmentReading:
    """The sentence that nobody was identified gives way to the one that says more."""
    kept = tuple(one for one in reading.reasons if one != say("not_identified"))
    return replace(
        reading,
        verdict=verdict if reading.verdict == "signed" else reading.verdict,
        reasons=(*kept, reason),
        seal=seal.name if seal else "",
        seal_kind=seal.kind if seal else "",
    )
