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
    customer = names[0] if names else ""
    other = _first(theirs, "other")
    if other:
        return _told(bare, other, "other_seal", say("seal_other", other.name, customer))
    close = next((seal for seal in theirs if seal.verdict == "unread" and seal.legible), None)
    if close:
        return _told(bare, close, "unsure", say("seal_close", close.name, customer))
    good = next((seal for seal in theirs if seal.verdict == "theirs" and seal.kind in accepted), None)
    if good:
        return _told(bare, good, "signed", say("seal_theirs", good.name, good.kind))
    kind = _first(theirs, "theirs")
    if kind:
        return _told(bare, kind, "unsure", say("seal_kind", kind.name, kind.kind))
    # A seal that nobody could read or find again may be anybody's: a person looks. A hand bears no company's name.
    sealed = bool(theirs) or say("seal") in reading.reasons
    return _told(bare, None, "unsure", say("seal_unread")) if sealed else bare


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
