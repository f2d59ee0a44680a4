"""Whose hand: names that could be read beside the mark, against the customer's authorised representatives.

Only what is legible is compared; a name that isn't among theirs is for a person, never a refusal. No method knows by
whom an illegible signature was written, and the verdict says so.
"""

from collections.abc import Sequence
from dataclasses import replace

from parsers.attachment import AttachmentReading
from parsers.scan.reasons import say
from parsers.scan.seal_name import plain


def with_signatory(reading: AttachmentReading, signatories: Sequence[str]) -> AttachmentReading:
    """The reading with what its legible names say; one that isn't ``signed`` stays as it is."""
    if reading.verdict != "signed":
        return reading
    kept = tuple(one for one in reading.reasons if one != say("not_identified"))
    listed = {plain(name): name for name in signatories}
    strange = [name for name in reading.written_names if plain(name) not in listed]
    if listed and strange:
        sentence = say("signatory_other", "、".join(strange), "、".join(signatories))
        return replace(reading, verdict="unsure", reasons=(*kept, sentence))
    known = [listed[plain(name)] for name in reading.written_names if plain(name) in listed]
    if known:
        return replace(reading, reasons=(*kept, say("signatory_known", known[0])))
    if reading.certificate:
        return replace(reading, reasons=kept)  # who signed stands in the certificate, and is told with it
    if strange:
        return replace(reading, reasons=(*kept, say("signatory_unlisted", "、".join(strange))))
    return replace(reading, reasons=(*kept, say("hand_unidentified")))
