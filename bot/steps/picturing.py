"""The pictures of verdicts: kept with the evidence, shown in the digest, found again by auditors.

A picture is made from the stored scan and the stored statement, so it is no part of the judgement that replaying
compares; its hash stands in the audit log beside the judgement that it was made for.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from bot.edges.tables import MailRow, PictureRow
from bot.model import Attachment, Judgement
from bot.steps.office import Office
from parsers.attachment import AttachmentReading

IN_DIGEST = 6
"""Pictures that one digest carries: at most 200 KB each, so that it stays below what mail servers take."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One kept picture: of which attachment (its hash), which of its pages in order, and the file's own hash."""

    attachment: str
    place: int
    sha256: str
    data: bytes


def keep(session: Session, office: Office, mail: MailRow, judgement: Judgement) -> None:
    """Keeps what was drawn for the scans of a mail, in the transaction of its judgement. Idempotent."""
    if mail.id is None:
        raise ValueError("pictures belong to a stored mail")
    kept: dict[tuple[str, int], PictureRow] = {}
    for reading in judgement.attachments:
        for place, data in enumerate(reading.overlays, 1):
            kept[reading.sha256, place] = PictureRow(
                company=office.name,
                mail_id=mail.id,
                attachment_sha256=reading.sha256,
                place=place,
                statement=reading.number or "",
                verdict=reading.verdict,
                sha256=office.blobs.put(data),
            )
    for row in kept.values():
        session.merge(row)
    if kept:
        hashes = " ".join(dict.fromkeys(row.sha256 for row in kept.values()))
        subject = judgement.statement or f"mail {mail.id}"
        office.record(session, "pictures", subject, evidence=mail.sha256, detail=hashes)


def of_mail(session: Session, office: Office, mail_id: int) -> tuple[Picture, ...]:
    """The pictures of one mail, in the order of its attachments' pages."""
    chosen = select(PictureRow).where(PictureRow.mail_id == mail_id)
    rows = session.exec(chosen.order_by(PictureRow.attachment_sha256, col(PictureRow.place))).all()
    return tuple(Picture(row.attachment_sha256, row.place, row.sha256, office.blobs.get(row.sha256)) for row in rows)


def for_digest(session: Session, office: Office, numbers: Iterable[str]) -> dict[str, Attachment]:
    """The newest picture of the page with the slip for each statement, for the first few that have one."""
    found: dict[str, Attachment] = {}
    for number in dict.fromkeys(numbers):
        row = session.exec(
            select(PictureRow)
            .where(PictureRow.company == office.name, PictureRow.statement == number, PictureRow.place == 1)
            .order_by(col(PictureRow.mail_id).desc())
        ).first()
        if row is not None and number and row.sha256 in office.blobs:
            found[number] = Attachment(f"{number}.jpg", "image/jpeg", office.blobs.get(row.sha256))
        if len(found) == IN_DIGEST:
            break
    return found


def files_of(readings: Sequence[AttachmentReading], stem: str) -> tuple[tuple[str, bytes], ...]:
    """(name, JPEG) of every picture of a mail's attachments, each once; ``stem`` begins the names."""
    found: dict[bytes, str] = {}
    for number, reading in enumerate(readings, 1):
        for page, data in enumerate(reading.overlays, 1):
            found.setdefault(data, f"{stem}-{number}-{page}.jpg")
    return tuple((name, data) for data, name in found.items())
