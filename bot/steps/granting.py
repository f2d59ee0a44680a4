"""Wishes that we can grant at once, once a revision: our seal first, the file again (SITUATIONS 24, 28, 46).

The same revision goes out again, the case stays where it is, and its next reminder leaves the customer some days.
Asked a second time, or where the company has no seal on file, a person answers.
"""

from collections.abc import Callable, Mapping
from datetime import date

from bot.compose import mails_customer, statement_pdf
from bot.decide import case
from bot.model import Draft, State, load_statement
from bot.steps import owing, sending
from bot.steps.hand import Hand
from parsers import wishes

WORKING_DAYS = 3


def grant(hand: Hand) -> bool:
    """Owes what the mail wishes; False where a person has to answer."""
    made = _DRAFTS.get(hand.judgement.wish)
    if made is None or State(hand.row.state) not in case.WAITING or (draft := made(hand)) is None:
        return False
    owed = owing.owe(
        hand.session,
        hand.office,
        draft,
        number=hand.row.number,
        revision=hand.row.revision,
        step=hand.judgement.wish,
        customer=hand.customer,
        row=hand.row,
        texts=(hand.row.words,),
    )
    if owed is None:
        return False
    later = hand.office.working_days.add(hand.office.today(), WORKING_DAYS)
    hand.row.remind_from = max(hand.row.remind_from or date.min, later)
    hand.session.add(hand.row)
    hand.office.record(
        hand.session, "granted", hand.name, after=hand.judgement.wish, evidence=hand.mail.sha256, detail=owed.message_id
    )
    return True


def _resend(hand: Hand) -> Draft:
    return mails_customer.resend_attachment(hand.about, sending.kept_files(hand.office, hand.row))


def _seal_first(hand: Hand) -> Draft | None:
    """The pages with our seal; None where the company has put no picture of it on file."""
    seal = hand.office.company.seal
    if seal is None:
        return None
    statement = load_statement(hand.row.value)
    pages = statement_pdf.render(statement, seal.read_bytes()).data
    return mails_customer.seal_first(hand.about, sending.files(statement, pages))


def _zero_balance(hand: Hand) -> Draft | None:
    """What a statement without a balance needs; None for one that has a balance."""
    if hand.row.closing_fen != 0:
        return None
    return mails_customer.zero_balance(hand.about)


_DRAFTS: Mapping[str, Callable[[Hand], Draft | None]] = {
    wishes.RESEND: _resend,
    wishes.SEAL_FIRST: _seal_first,
    wishes.ZERO_BALANCE: _zero_balance,
}
