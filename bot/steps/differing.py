"""Opening a discrepancy thread: its number, owner and deadline, and what we understood of the customer's words (F1)."""

import json
from decimal import Decimal

from sqlmodel import Session, col, select

from bot.decide.discrepancy import claimed, gathered_causes, gathered_documents
from bot.edges.store import next_number
from bot.edges.tables import DiscrepancyRow, StatementRow
from bot.steps import tasks
from bot.steps.hand import Hand
from bot.steps.office import Office
from parsers.amount import from_fen, to_fen


def open_discrepancy(hand: Hand) -> None:
    """Opens the thread ``CY-…`` for a mail; amounts that the customer didn't name stay unknown."""
    session, office, row, judgement = hand.session, hand.office, hand.row, hand.judgement
    if row.id is None or hand.mail.id is None:
        raise ValueError("a discrepancy needs its statement and its mail")
    month = f"{office.today():%Y%m}"
    closing = from_fen(row.closing_fen)
    theirs = claimed(judgement, closing)
    opened = DiscrepancyRow(
        company=office.name,
        number=f"CY-{month}-{next_number(session, office.name, f'discrepancy {month}'):04d}",
        statement_id=row.id,
        mail_id=hand.mail.id,
        opened_at=hand.mail.received_at,
        ours_fen=row.closing_fen,
        theirs_fen=None if theirs is None else to_fen(theirs),
        causes=json.dumps(gathered_causes(judgement), ensure_ascii=False),
        documents=json.dumps(gathered_documents(judgement), ensure_ascii=False),
        words=judgement.said.written[:1000],
        owner=hand.customer.rep,
        answer_by=tasks.answer_by(office),
    )
    session.add(opened)
    session.flush()
    detail = f"{opened.number} ours {closing} theirs {theirs if isinstance(theirs, Decimal) else 'unknown'}"
    office.record(session, "discrepancy", hand.name, after="open", evidence=hand.mail.sha256, detail=detail)


def close_all(session: Session, office: Office, row: StatementRow, result: str, by: str = "bot") -> int:
    """Closes the open threads of a statement with their result; returns how many (F4, F5)."""
    threads = session.exec(
        select(DiscrepancyRow).where(DiscrepancyRow.statement_id == row.id, col(DiscrepancyRow.closed_at).is_(None))
    ).all()
    for thread in threads:
        thread.closed_at, thread.result = office.now(), result
        session.add(thread)
        office.record(session, "discrepancy", thread.number, before="open", after="closed", actor=by, detail=result)
    return len(threads)
