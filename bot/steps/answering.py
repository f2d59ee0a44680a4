"""Answering a customer's mail: what the case's table owes, worded for what was understood, in the same thread.

Thanks for a confirmation waits some minutes, so that "wait, one is missing" still finds it unsent (SITUATIONS 55).
"""

import json
from collections.abc import Callable, Mapping
from datetime import timedelta

from sqlmodel import col, select

from bot.compose import mails_customer
from bot.compose.causes import causes as cause_words
from bot.compose.letterhead import Matter
from bot.compose.script import told
from bot.decide import footing
from bot.decide.rows import TaskKind
from bot.edges.tables import DiscrepancyRow, StatementRow, TaskRow
from bot.model import Draft, Judgement, Outcome, Purpose
from bot.steps import sending, tasks, telling
from bot.steps.hand import Hand
from bot.steps.owing import owe
from parsers.amount import from_fen

THANKS_DELAY = timedelta(minutes=12)
SCAN_WORKING_DAYS = 3
NOBODY_ASKS = (
    Outcome.IGNORED,
    Outcome.BOUNCE,
    Outcome.DELAYED,
    Outcome.AUTO_REPLY,
    Outcome.STAFF_NOTE,
    Outcome.HANDED_IN,
)
"""What machines and our own staff write raises no matter of the customer's."""


CONTACT_CHANGES = "联系人变更"
KINDS: Mapping[str, TaskKind] = {
    CONTACT_CHANGES: TaskKind.CONTACT,
    "供应商平台对账": TaskKind.PORTAL,
    "原件在途": TaskKind.ORIGINAL,
}
"""Matters of the judge's that aren't a mere question."""


def answer(hand: Hand, purpose: Purpose) -> None:
    """Owes the answer: once per mail for thanks, discrepancies and questions, else once per revision and purpose."""
    draft = _DRAFTS[purpose](hand)
    if draft is None:
        return
    per_mail = purpose in {Purpose.DISCREPANCY, Purpose.QUESTION, Purpose.SUPERSEDED, Purpose.THANKS}
    step = hand.key if per_mail else ""
    delay = THANKS_DELAY if purpose is Purpose.THANKS else timedelta(0)
    owe(
        hand.session,
        hand.office,
        draft,
        number=hand.row.number,
        revision=hand.row.revision,
        step=step,
        customer=hand.customer,
        row=hand.row,
        delay=delay,
    )


def second_matters(hand: Hand) -> None:
    """Each second matter of a customer's goes to its person as a task of its own, beside the outcome (H4)."""
    if hand.judgement.outcome in NOBODY_ASKS:
        return
    told = 1 if hand.judgement.outcome is Outcome.QUESTION else 0  # the case's own task has it
    for place, also in enumerate(hand.judgement.also[told:]):
        kind = TaskKind.NO_DEALINGS if says_no_dealings(hand.judgement) else KINDS.get(also.matter, TaskKind.QUESTION)
        owner = tasks.person_for(hand.office, also.to, hand.customer).address
        dedupe = f"{hand.key} also {place}"
        task = tasks.Task(kind, dedupe, owner, hand.judgement.said.written[:500], also.matter)
        telling.tell_task(hand.session, hand.office, task, mail=hand.mail, customer=hand.customer, row=hand.row)


def kind_of_question(judgement: Judgement) -> TaskKind:
    """What a question is for whoever answers it."""
    return KINDS.get(judgement.also[0].matter, TaskKind.QUESTION) if judgement.also else TaskKind.QUESTION


def owner_of_question(judgement: Judgement) -> str:
    """Who answers a question: the one its matter names, else the rep (E2, H3, H4)."""
    return judgement.also[0].to if judgement.also else "rep"


def says_answered_before(judgement: Judgement) -> bool:
    """「已回過了」: reminders stop, somebody searches (SITUATIONS 40)."""
    return judgement.rule == "R13-answered"


def says_no_dealings(judgement: Judgement) -> bool:
    """「無往來」 or 「餘額為零」 against a balance: superior and finance are told at once (SITUATIONS 25, 26)."""
    differs = judgement.outcome in {Outcome.DISCREPANCY, Outcome.REOPENED}
    return differs and any(also.to == "superior" for also in judgement.also)


def _matters(hand: Hand) -> tuple[Matter, ...]:
    """The second matters as the customer reads of them."""
    return (
        ()
        if says_no_dealings(hand.judgement)
        else tuple(
            Matter(told(also.matter, hand.customer.locale), tasks.person_for(hand.office, also.to, hand.customer).name)
            for also in hand.judgement.also
        )
    )


def _thanks(hand: Hand) -> Draft:
    scan = any(each.kind == "scan" for each in hand.judgement.attachments)
    signed = _confirmed_revision(hand) if hand.judgement.rule == "R08-same-figures" else None
    return mails_customer.thanks(hand.about, hand.mail.received_at, _matters(hand), scan=scan, signed=signed)


def _scan_request(hand: Hand) -> Draft:
    until = hand.office.working_days.add(hand.office.today(), SCAN_WORKING_DAYS)
    weak = hand.judgement.said.says != "confirms"
    return mails_customer.scan_request(hand.about, until, _missing(hand), weak, _matters(hand))


def _missing(hand: Hand) -> tuple[str, ...]:
    """Why the pages are still owed, in the customer's script."""
    locale = hand.customer.locale
    readings = [each for each in hand.judgement.attachments if each.kind != "signature"]
    if hand.understood.mail.oversize_links and not readings:
        return (mails_customer.missing("link", locale),)
    for reading in readings:
        if reading.verdict == "incomplete":
            return (mails_customer.missing("pages", locale, _missing_pages(hand.row, reading.pages)),)
        if reading.verdict == "unsigned":
            return (mails_customer.missing("unsigned", locale),)
        if reading.verdict in {"unread", "unsure"}:
            return (mails_customer.missing("unreadable", locale),)
    if readings:
        return ()
    other_files = hand.part and hand.understood.mail.attachments
    return (mails_customer.missing("not_among" if other_files else "no_file", locale),)


def _missing_pages(row: StatementRow, found: tuple[int, ...]) -> tuple[int, ...]:
    pages = sending.LAYOUT.validate_json(row.layout).pages
    return tuple(page for page in range(1, pages + 1) if page not in found)


def discrepancy_of(hand: Hand) -> DiscrepancyRow:
    """The open thread of the case; the table opens one before it answers."""
    return hand.session.exec(
        select(DiscrepancyRow)
        .where(DiscrepancyRow.statement_id == hand.row.id, col(DiscrepancyRow.closed_at).is_(None))
        .order_by(col(DiscrepancyRow.id).desc())
    ).one()


def _discrepancy(hand: Hand) -> Draft:
    thread = discrepancy_of(hand)
    if says_no_dealings(hand.judgement):
        return mails_customer.no_dealings(hand.about, thread.number, thread.answer_by)
    theirs = None if thread.theirs_fen is None else from_fen(thread.theirs_fen)
    about = hand.about
    return mails_customer.discrepancy(
        about,
        thread.number,
        thread.answer_by,
        theirs=theirs,
        documents=_list(thread.documents),
        causes=cause_words(_list(thread.causes), hand.customer.locale),
        matters=_matters(hand),
        footings=footing.compared(hand.judgement, about.statement.snapshot, theirs),
    )


def _question(hand: Hand) -> Draft | None:
    """The receipt names the person and the case that the task just got."""
    task = hand.session.exec(
        select(TaskRow).where(TaskRow.company == hand.office.name, TaskRow.dedupe == hand.key)
    ).first()
    if task is None or task.due is None:
        return None
    if kind_of_question(hand.judgement) is TaskKind.CONTACT:
        return mails_customer.contact_change(hand.about)
    owner = tasks.person_for(hand.office, owner_of_question(hand.judgement), hand.customer)
    matter = told(hand.judgement.also[0].matter, hand.customer.locale) if hand.judgement.also else ""
    return mails_customer.question(hand.about, matter, owner, task.due, case=task.number)


def _superseded(hand: Hand) -> Draft | None:
    """The revision that was confirmed, and the live one attached again; nothing where the live one isn't out yet."""
    old = hand.session.exec(
        select(StatementRow).where(
            StatementRow.number == hand.row.number, StatementRow.revision == _confirmed_revision(hand)
        )
    ).first()
    if old is None or hand.row.sent_at is None:
        return None
    sent_on = hand.office.day_of(hand.row.sent_at)
    attached = sending.kept_files(hand.office, hand.row)
    return mails_customer.superseded(hand.about, old.revision, from_fen(old.closing_fen), sent_on, attached)


def _confirmed_revision(hand: Hand) -> int:
    """The old revision that was confirmed: what the pages say counts before the mail that was answered."""
    said = [each.revision for each in hand.judgement.attachments if each.verdict == "other_revision" and each.revision]
    if said:
        return min(said)
    revision = hand.judgement.revision or 0
    return revision if revision < hand.row.revision else hand.row.revision - 1


def _already_answered(hand: Hand) -> Draft:
    return mails_customer.already_answered(hand.about)


def _list(text: str) -> list[str]:
    return [str(each) for each in json.loads(text)]


_DRAFTS: Mapping[Purpose, Callable[[Hand], Draft | None]] = {
    Purpose.THANKS: _thanks,
    Purpose.SCAN_REQUEST: _scan_request,
    Purpose.DISCREPANCY: _discrepancy,
    Purpose.QUESTION: _question,
    Purpose.SUPERSEDED: _superseded,
    Purpose.ALREADY_ANSWERED: _already_answered,
}
