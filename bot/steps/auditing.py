"""``audit verify``: the chain of events, and every kept file against the hash that is its name (A4)."""

from sqlmodel import col, select

from bot.edges.store import broken_links
from bot.edges.tables import MailRow, OutgoingRow, PictureRow, StatementRow
from bot.steps.office import Office


def verify(office: Office) -> list[str]:
    """One line for each fault, an empty list where everything is as it was written."""
    with office.store.read() as session:
        faults = [f"event {seq} doesn't follow from the one before it" for seq in broken_links(session)]
        wanted = set(session.exec(select(MailRow.sha256)))
        wanted |= set(session.exec(select(OutgoingRow.sha256)))
        wanted |= set(session.exec(select(MailRow.context_sha256).where(MailRow.context_sha256 != "")))
        wanted |= set(session.exec(select(PictureRow.sha256)))
        for kept in (StatementRow.pdf_sha256, StatementRow.xlsx_sha256):
            wanted |= set(session.exec(select(kept).where(col(kept) != "")))
    return faults + [fault for sha256 in sorted(wanted) if (fault := _fault(office, sha256))]


def _fault(office: Office, sha256: str) -> str:
    try:
        office.blobs.get(sha256)
    except (OSError, ValueError) as error:
        return f"file {sha256}: {error}"
    return ""
