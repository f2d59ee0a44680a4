"""Which statement a bounce is about: our Message-ID in what was returned, else the address that it names."""

from sqlmodel import Session, col, select

from bot.edges.tables import ContactRow, OutgoingRow, StatementRow
from bot.model import Outcome
from bot.steps.office import Office
from bot.steps.understanding import Understood
from parsers import notice
from parsers.mail import Mail

_MOST_IDS = 100


def row_of(session: Session, office: Office, understood: Understood) -> StatementRow | None:
    """The live statement whose mail came back; None where it isn't a bounce or names nothing of ours."""
    if understood.judgement.outcome not in {Outcome.BOUNCE, Outcome.DELAYED}:
        return None
    returned = _by_message_id(session, office, understood.mail)
    return returned or _by_address(session, office, understood.judgement.bounced)


def _by_message_id(session: Session, office: Office, mail: Mail) -> StatementRow | None:
    ids = [*notice.kind(mail).returned_ids, *mail.in_reply_to, *mail.references][:_MOST_IDS]
    return session.exec(
        select(StatementRow)
        .join(OutgoingRow)
        .where(
            OutgoingRow.company == office.name,
            col(OutgoingRow.message_id).in_(ids),
            col(StatementRow.live).is_(True),
        )
    ).first()


def _by_address(session: Session, office: Office, addresses: tuple[str, ...]) -> StatementRow | None:
    """The newest live statement of the one customer that the address belongs to."""
    folded = [address.lower() for address in addresses]
    owners = set(
        session.exec(
            select(ContactRow.customer).where(ContactRow.company == office.name, col(ContactRow.address).in_(folded))
        )
    )
    if len(owners) != 1:
        return None
    return session.exec(
        select(StatementRow)
        .where(
            StatementRow.company == office.name,
            StatementRow.customer == owners.pop(),
            col(StatementRow.live).is_(True),
            col(StatementRow.sent_at).is_not(None),
        )
        .order_by(col(StatementRow.id).desc())
    ).first()
