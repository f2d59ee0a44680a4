"""Receiving: fetch and store, then judge what is stored, then act — in that order, each in transactions of its own.

A mail that breaks us is set aside with its bytes and the reason, shown in the digest, and the next one goes on.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from sqlmodel import col, select

from bot.decide.rows import TaskKind
from bot.edges import world
from bot.edges.inbox import Inbox
from bot.edges.received import FetchReport
from bot.edges.sandbox import Contained
from bot.edges.tables import MailRow, TaskRow
from bot.model import Outcome
from bot.steps import acting, registering, tasks, vouching
from bot.steps.office import Office
from bot.steps.understanding import understand
from parsers.mail import Mail

LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Received:
    """What one poll did: the fetch, and (mail id, outcome) of every mail judged; ``set aside`` where one broke us."""

    fetched: FetchReport
    judged: tuple[tuple[int, str], ...]


def receive(office: Office, progress: Callable[[str], None] | None = None) -> Received:
    """Fetches new mail and judges everything that waits."""
    trusted = office.trust_server_time
    with Inbox(office.company, office.store, office.blobs, office.clock, trust_server_time=trusted) as inbox:
        fetched = inbox.fetch()
    _tell_of_too_large(office)
    return Received(fetched, judge_waiting(office, progress))


def judge_waiting(office: Office, progress: Callable[[str], None] | None = None) -> tuple[tuple[int, str], ...]:
    """Judges every stored mail that was not judged yet, oldest first."""
    with office.store.read() as session:
        waiting = session.exec(
            select(MailRow.id)
            .where(MailRow.company == office.name, MailRow.state == "new")
            .order_by(col(MailRow.received_at), col(MailRow.id))
        ).all()
    judged: list[tuple[int, str]] = []
    for mail_id in waiting:
        if mail_id is not None:
            judged.append((mail_id, _judge_safely(office, mail_id)))
            if progress is not None:
                progress(judged[-1][1])
    return tuple(judged)


def _judge_safely(office: Office, mail_id: int) -> str:
    try:
        return judge_one(office, mail_id).value
    except Exception as error:  # the one broad net of receiving: a mail that breaks us is set aside, the loop lives on
        if world.failed(error):
            raise  # no mail is to blame; it stays as it is and is judged at the next look
        LOG.exception("mail.set_aside mail=%s", mail_id)
        _set_aside(office, mail_id, f"{type(error).__name__}: {error}")
        return "set aside"


def judge_one(office: Office, mail_id: int) -> Outcome:
    """Understands one stored mail and acts on it; the decision and all that follows are one transaction."""
    with office.store.read() as session:
        row = session.get_one(MailRow, mail_id)
        raw = office.blobs.get(row.sha256)
        understood = understand(
            office.sandbox,
            raw,
            lambda mail, codes: registering.register_for(session, office, mail, codes),
            lambda register, statements: registering.references(session, office, register, statements),
            vouching.by_domain(office.sandbox, raw, office.keys, row.received_at, vouching.load(row.signatures)),
        )
    with office.store.write() as session:
        row = session.get_one(MailRow, mail_id)
        if row.state == "new":  # else another process was quicker: nothing is done twice
            row.signatures = vouching.dump(understood.register.signatures)
            acting.act(session, office, row, understood)
    return understood.judgement.outcome


def _tell_of_too_large(office: Office) -> None:
    """The inbox sets aside what is too large to fetch and keeps its header: finance gets a task for each, once."""
    told = select(TaskRow.mail_id).where(TaskRow.company == office.name, TaskRow.kind == TaskKind.SET_ASIDE)
    with office.store.read() as session:
        untold = session.exec(
            select(MailRow.id, MailRow.error).where(
                MailRow.company == office.name, MailRow.state == "set_aside", col(MailRow.id).not_in(told)
            )
        ).all()
    for mail_id, error in untold:
        if mail_id is not None:
            _set_aside(office, mail_id, error)


def _named(office: Office, raw: bytes) -> tuple[str, str]:
    """Sender and subject of a mail, both empty where even its header breaks us."""
    try:
        mail = cast("Mail", office.sandbox.call("parsers.mail:parse", raw))
    except Contained:
        return "", ""
    return mail.from_[0].address if mail.from_ else "", mail.subject[:300]


def _set_aside(office: Office, mail_id: int, error: str) -> None:
    with office.store.read() as session:
        named = _named(office, office.blobs.get(session.get_one(MailRow, mail_id).sha256))
    with office.store.write() as session:
        row = session.get_one(MailRow, mail_id)
        row.state, row.error = "set_aside", error[:500]
        row.sender, row.subject = named
        session.add(row)
        owner = tasks.finance(office).address
        task = tasks.Task(TaskKind.SET_ASIDE, f"set_aside {mail_id}", owner, row.subject, error[:500])
        tasks.open_task(session, office, task, mail=row)
        office.record(
            session, "set_aside", f"mail {mail_id}", after="set_aside", evidence=row.sha256, detail=error[:500]
        )
