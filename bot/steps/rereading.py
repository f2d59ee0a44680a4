"""``audit reread``: stored scans read again against the stored statement; what was found then and now, side by side.

For an auditor who wants to see a verdict come about: the bytes are those of the kept mail, the pages those of the kept
statement, names and seals those of the register that was kept with the judgement. Nothing is written.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import TypeAdapter
from sqlmodel import Session, col, or_, select

from bot.edges.sandbox import Contained
from bot.edges.tables import MailRow, StatementRow
from bot.model import Judgement
from bot.steps import picturing, registering
from bot.steps.office import Office
from bot.steps.understanding import understand
from parsers.attachment import AttachmentReading

JUDGEMENT = TypeAdapter(Judgement)


@dataclass(frozen=True, slots=True)
class Reread:
    """One scan of one mail: the reading that was kept and today's; ``now`` None where it can't be read any more.

    ``pictures``: whether the pictures drawn now are, byte for byte, those that were kept.
    """

    mail: int
    then: AttachmentReading
    now: AttachmentReading | None
    pictures: bool

    @property
    def same(self) -> bool:
        """Whether both come to the same verdict for the same reasons, about the same statement and seal."""
        return self.now is not None and _facts(self.then) == _facts(self.now)

    @property
    def same_reader(self) -> bool:
        """Whether the same reader on the same libraries read it: then it must be the same."""
        return self.now is not None and self.then.engine == self.now.engine

    @property
    def failed(self) -> bool:
        """The same reader comes to another verdict, or to none: the kept verdict can't be relied on."""
        return not self.same and (self.same_reader or self.now is None)


def _facts(reading: AttachmentReading) -> tuple[object, ...]:
    facts = (reading.sha256, reading.verdict, reading.number, reading.revision, reading.pages, reading.reasons)
    return (*facts, reading.seal, reading.seal_kind, reading.certificate)


def reread(office: Office, number: str | None = None, mail_id: int | None = None) -> tuple[Reread, ...]:
    """Every scan of the chosen mails, oldest first: those about a statement, one mail, or all."""
    with office.store.read() as session:
        chosen = select(MailRow).where(MailRow.company == office.name, col(MailRow.context_sha256) != "")
        if number is not None:
            theirs = select(StatementRow.id).where(StatementRow.number == number)
            named = col(MailRow.value).contains(f'"{number}"')
            chosen = chosen.where(or_(col(MailRow.statement_id).in_(theirs), named))
        if mail_id is not None:
            chosen = chosen.where(MailRow.id == mail_id)
        found = session.exec(chosen.order_by(col(MailRow.id))).all()
        return tuple(each for mail in found for each in _reread(session, office, mail))


def _reread(session: Session, office: Office, mail: MailRow) -> Sequence[Reread]:
    then = [each for each in JUDGEMENT.validate_json(mail.value).attachments if each.kind == "scan"]
    if not then or mail.id is None:
        return ()
    now = {each.sha256: each for each in _read_now(session, office, mail)}
    kept = {(each.attachment, each.place): each.data for each in picturing.of_mail(session, office, mail.id)}
    return [
        Reread(mail.id, each, again, again is not None and _pictures(kept, each.sha256) == again.overlays)
        for each in then
        for again in (now.get(each.sha256),)
    ]


def _read_now(session: Session, office: Office, mail: MailRow) -> tuple[AttachmentReading, ...]:
    register = registering.load_register(office.blobs.get(mail.context_sha256))
    try:
        understood = understand(
            office.sandbox,
            office.blobs.get(mail.sha256),
            lambda _mail, _codes: register,
            lambda known, statements: registering.references(session, office, known, statements),
        )
    except Contained:
        return ()
    return understood.judgement.attachments


def _pictures(kept: dict[tuple[str, int], bytes], attachment: str) -> tuple[bytes, ...]:
    places = sorted(place for sha256, place in kept if sha256 == attachment)
    return tuple(kept[attachment, place] for place in places)
