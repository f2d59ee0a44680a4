"""A spreadsheet among the attachments → its reading: zero differences, differences by row, or why nobody can say.

Which statement it belongs to stands on its hidden page; a customer's own table can only belong to the one live one.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Protocol

from parsers import own_pdf, sheet
from parsers.attachment import AttachmentReading
from parsers.mail import Part
from parsers.scan import own_seal
from parsers.scan.reasons import say
from parsers.sheet import SheetLine, SheetReading


class Sent(Protocol):
    """What is needed of a revision that we sent."""

    @property
    def number(self) -> str: ...  # noqa: D102  # as in Reference
    @property
    def revision(self) -> int: ...  # noqa: D102  # as in Reference
    @property
    def live(self) -> bool: ...  # noqa: D102  # as in Reference
    @property
    def lines(self) -> tuple[SheetLine, ...]: ...  # noqa: D102  # as in Reference
    @property
    def closing(self) -> Decimal: ...  # noqa: D102  # as in Reference
    @property
    def customer_names(self) -> tuple[str, ...]: ...  # noqa: D102  # as in Reference


def read_sheet(part: Part, references: Sequence[Sent], sha256: str) -> AttachmentReading:
    """The sheet against the live revision it belongs to; never raises for odd bytes."""
    reading = sheet.read(part.data, part.name)
    if reading.refused:
        return AttachmentReading(part.name, "sheet", "unsafe", reasons=(say("sheet_refused"),), sha256=sha256)
    reference, problem = _belongs_to(reading, references)
    if reference is None:
        return _without(reading, problem, sha256)
    if reading.unread:
        reasons = (say("sheet_unread", "、".join(reading.unread[:5])),)
        return AttachmentReading(
            part.name, "sheet", "unread", reference.number, reference.revision, reasons=reasons, sha256=sha256
        )
    if not reading.filled:
        # a sheet that came back as we sent it says nothing, so it must not count as one without differences
        blank = (say("sheet_blank"),)
        return AttachmentReading(
            part.name, "other", "none", reference.number, reference.revision, reasons=blank, sha256=sha256
        )
    differences = sheet.compare(reading, reference.lines, reference.closing)
    return AttachmentReading(
        part.name,
        "sheet",
        "none",
        reference.number,
        reference.revision,
        differences=differences,
        closing=reading.closing,
        reasons=(say("sheet_differs", len(differences)),) if differences else (),
        sha256=sha256,
    )


def read_own_pdf(part: Part, references: Sequence[Sent], sha256: str) -> AttachmentReading | None:
    """A customer's own statement as a PDF, for the one live revision; None where it is something else (F7).

    An equal balance is a weak yes without our signed pages, another balance a difference; neither confirms.
    """
    live = [one for one in references if one.live]
    if len(live) != 1 or not part.data.startswith(b"%PDF"):
        return None
    stated = own_pdf.closing(part.data, live[0].customer_names)
    if stated is None:
        return None
    reasons = (say("own_form", f"{stated:,.2f}"),)
    return AttachmentReading(
        part.name,
        "sheet",
        "none",
        live[0].number,
        live[0].revision,
        closing=stated,
        reasons=reasons,
        sha256=sha256,
        sealed=own_seal.sealed(part.data),
    )


def _belongs_to(reading: SheetReading, references: Sequence[Sent]) -> tuple[Sent | None, str]:
    """The live revision of a sheet, or None and the code of the reason why there is none."""
    live = [one for one in references if one.live]
    if reading.number is None:
        if reading.closing is None:
            return None, "sheet_unknown"
        return (live[0], "") if len(live) == 1 else (None, "sheet_unknown")
    own = [one for one in references if one.number == reading.number]
    match = next((one for one in own if one.live and one.revision == reading.revision), None)
    return match, "other_revision" if own else "other_statement"


def _without(reading: SheetReading, problem: str, sha256: str) -> AttachmentReading:
    verdict = {"other_revision": "other_revision", "other_statement": "other_statement"}.get(problem, "unread")
    value = reading.revision if problem == "other_revision" else reading.number
    return AttachmentReading(
        reading.name,
        "sheet",
        verdict,  # type: ignore[arg-type]  # three words of the literal
        reading.number,
        reading.revision,
        closing=reading.closing,
        reasons=(say(problem, value),),
        sha256=sha256,
    )
