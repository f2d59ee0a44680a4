"""``replay --check``: every stored mail is judged again from its bytes and what was known then (invariant 6).

The same rules must give the same judgement to the letter. One made under an older version of the rules, or from scans
that another reader or other libraries read, may differ; it is told, not failed. Nothing is written.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass

from sqlmodel import col, select

from bot.decide.judge import RULE_VERSION
from bot.edges.sandbox import Contained
from bot.edges.tables import MailRow
from bot.model import Judgement
from bot.steps import registering
from bot.steps.acting import kept
from bot.steps.office import Office
from bot.steps.understanding import understand


@dataclass(frozen=True, slots=True)
class Replayed:
    """One mail judged again; ``older`` where its rules or its scans' reader were others, ``now`` today's outcome."""

    mail: int
    then: str
    now: str
    same: bool
    older: bool

    @property
    def failed(self) -> bool:
        """Whether the same rules came to another judgement."""
        return not self.same and not self.older


def replay(office: Office, progress: Callable[[object], None] | None = None) -> tuple[Replayed, ...]:
    """Judges all judged mails again, oldest first."""
    with office.store.read() as session:
        judged = session.exec(
            select(MailRow.id)
            .where(MailRow.company == office.name, MailRow.state == "judged", MailRow.context_sha256 != "")
            .order_by(col(MailRow.id))
        ).all()
    done = []
    for mail_id in judged:
        if mail_id is not None:
            done.append(_replay_one(office, mail_id))
            if progress is not None:
                progress(mail_id)
    return tuple(done)


def _replay_one(office: Office, mail_id: int) -> Replayed:
    with office.store.read() as session:
        row = session.get_one(MailRow, mail_id)
        register = registering.load_register(office.blobs.get(row.context_sha256))
        older = row.rule_version != RULE_VERSION
        try:
            again = understand(
                office.sandbox,
                office.blobs.get(row.sha256),
                lambda _mail, _codes: register,
                lambda known, statements: registering.references(session, office, known, statements),
            ).judgement
        except Contained as harm:
            return Replayed(mail_id, row.outcome, f"contained: {harm.reason}", same=False, older=older)
    older = older or _other_reader(row.value, again)
    return Replayed(mail_id, row.outcome, again.outcome.value, same=kept(again) == row.value, older=older)


def _other_reader(kept_value: str, again: Judgement) -> bool:
    """Whether another reader of scans, or the same on other libraries, came to the judgement."""
    then = {str(each.get("engine", "")) for each in json.loads(kept_value).get("attachments", ())}
    return then != {each.engine for each in again.attachments}
