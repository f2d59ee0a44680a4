"""Acting on a judgement: the mail's row, the case's next state, mails owed and tasks opened, in one transaction.

The table of :mod:`bot.decide.case` says what must happen; this module only does it.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from pydantic import TypeAdapter
from sqlmodel import Session, col, select

from bot.decide import case
from bot.decide.case import Effect
from bot.decide.rows import TaskKind
from bot.edges.tables import MailPartRow, MailRow, StatementRow
from bot.model import Customer, Judgement, Outcome, Purpose, State
from bot.steps import (
    answering,
    bouncing,
    commanding,
    confirming,
    differing,
    granting,
    ledger,
    owing,
    picturing,
    registering,
    tasks,
    telling,
)
from bot.steps.hand import Hand
from bot.steps.office import Office
from bot.steps.understanding import Understood

SETTLED = (TaskKind.JUDGE, TaskKind.REVIEW, TaskKind.SCAN_CALL, TaskKind.OVERDUE_CALL, TaskKind.SEARCH)
LEGAL = "R03-legal"
SEARCHED = ("R13-answered", "R13-posted")
SEARCH_WORKING_DAYS = 3
"""How long nobody is reminded who answered by another way, or whose paper is on its way (SITUATIONS 40–42)."""
CONTACT_CHANGES = answering.CONTACT_CHANGES
"""The judge's word for somebody who left or has a successor."""
JUDGEMENT = TypeAdapter(Judgement)


def act(session: Session, office: Office, mail: MailRow, understood: Understood) -> None:
    """Records the judgement and does what it demands; called once per mail."""
    judgement = understood.judgement
    row = _row_of(session, office, judgement) or bouncing.row_of(session, office, understood)
    code = row.customer if row is not None else judgement.customer
    customer = ledger.customer(session, office.name, code) if code else None
    _note_mail(session, mail, understood, row, customer)
    picturing.keep(session, office, mail, judgement)
    mail.context_sha256 = office.blobs.put(registering.dump_register(understood.register))
    subject = judgement.statement or f"mail {mail.id}"
    rule = f"{judgement.rule} {judgement.rule_version}"
    office.record(session, "judged", subject, after=judgement.outcome, evidence=mail.sha256, detail=rule)
    if judgement.outcome is Outcome.COMMAND:
        commanding.carry_out(session, office, mail, understood)
    elif judgement.parts:
        _with_parts(session, office, mail, understood)
    elif row is None or customer is None:
        _without_statement(session, office, mail, judgement, customer)
    else:
        _with_statement(Hand(session, office, mail, understood, row, customer))


def _with_parts(session: Session, office: Office, mail: MailRow, understood: Understood) -> None:
    """Each statement of a mail about several, as if it had a mail of its own; all in the mail's one transaction."""
    for part in understood.judgement.parts:
        row = _row_of(session, office, part)
        customer = ledger.customer(session, office.name, row.customer) if row is not None else None
        if row is None or row.id is None or mail.id is None or customer is None:
            raise LookupError(f"mail {mail.id} speaks of {part.statement}, which isn't there any more")
        session.add(MailPartRow(mail_id=mail.id, statement_id=row.id, outcome=part.outcome.value, value=kept(part)))
        rule = f"{part.rule} {part.rule_version}"
        office.record(session, "judged", row.number, after=part.outcome, evidence=mail.sha256, detail=f"part: {rule}")
        _with_statement(Hand(session, office, mail, replace(understood, judgement=part), row, customer, part=True))


def _row_of(session: Session, office: Office, judgement: Judgement) -> StatementRow | None:
    """The live revision of the statement that the mail is bound to: the case goes on there, whatever was confirmed."""
    if judgement.statement is None:
        return None
    return session.exec(
        select(StatementRow).where(
            StatementRow.company == office.name,
            StatementRow.number == judgement.statement,
            col(StatementRow.live).is_(True),
        )
    ).first()


def _note_mail(
    session: Session, mail: MailRow, understood: Understood, row: StatementRow | None, customer: Customer | None
) -> None:
    judgement = understood.judgement
    mail.state, mail.outcome = "judged", judgement.outcome.value
    mail.rule, mail.rule_version = judgement.rule, judgement.rule_version
    mail.sender, mail.subject = judgement.sender, understood.mail.subject[:300]
    mail.message_id = understood.mail.message_id
    mail.statement_id = None if row is None else row.id
    mail.customer = None if customer is None else customer.code
    mail.value = kept(judgement)
    session.add(mail)


_PICTURES = {"__all__": {"picture", "seal_patch", "overlays"}}


def kept(judgement: Judgement) -> str:
    """A judgement as it is kept with its mail; the pictures for people are left out."""
    parts = {"__all__": {"attachments": _PICTURES, "parts": True}} if judgement.parts else True
    left_out: dict[str, Any] = {"attachments": _PICTURES, "parts": parts}
    return JUDGEMENT.dump_json(judgement, exclude=left_out).decode()


def _without_statement(
    session: Session, office: Office, mail: MailRow, judgement: Judgement, customer: Customer | None
) -> None:
    """A mail that belongs to no statement: strangers fold into one line of the digest, the rest is a task."""
    if judgement.outcome in {Outcome.IGNORED, Outcome.DELAYED, Outcome.STAFF_NOTE, Outcome.AUTO_REPLY}:
        return
    kind = TaskKind.BOUNCE if judgement.outcome is Outcome.BOUNCE else TaskKind.JUDGE
    if customer is None and judgement.standing == "unknown" and kind is TaskKind.JUDGE:
        return  # folded in one line of the digest
    if judgement.rule == LEGAL:
        for code in registering.customers_at(session, office, judgement.sender):
            stop_all(session, office, mail, code)
    owner = tasks.person_for(office, "rep" if kind is TaskKind.BOUNCE else "finance", customer).address
    words = judgement.said.written[:500] or mail.subject
    task = tasks.Task(kind, f"mail {mail.id}", owner, words, "；".join(judgement.reasons))
    telling.tell_task(session, office, task, mail=mail, customer=customer)


def _with_statement(hand: Hand) -> None:
    if granting.grant(hand):
        return
    state = State(hand.row.state)
    transition = case.step(state, hand.judgement.outcome)
    for effect in transition.effects:
        _EFFECTS[effect](hand)
    target = State.PERSON if _stops_everything(hand, state) else transition.state
    if target is not None and target is not state:
        _move(hand, target)
    if hand.judgement.rule == LEGAL:
        stop_all(hand.session, hand.office, hand.mail, hand.customer.code)
    answering.second_matters(hand)
    for purpose in transition.mails:
        answering.answer(hand, purpose)


def _stops_everything(hand: Hand, state: State) -> bool:
    """Insolvency, lawyers, courts, bank accounts: no automatic mail goes on, whatever was being waited for (rule 3)."""
    return hand.judgement.rule.startswith("R03") and state in case.WAITING


def stop_all(session: Session, office: Office, mail: MailRow, customer: str) -> None:
    """Insolvency and lawyers stop the automatic mail about all statements of a customer, not of this one only."""
    rows = session.exec(
        select(StatementRow).where(
            StatementRow.company == office.name, StatementRow.customer == customer, col(StatementRow.live).is_(True)
        )
    ).all()
    for row in rows:
        if State(row.state) in case.WAITING and row.state != State.PERSON:
            _move_row(session, office, mail, row, State.PERSON)


def _move(hand: Hand, state: State) -> None:
    """The case's next state."""
    _move_row(hand.session, hand.office, hand.mail, hand.row, state)


def _move_row(session: Session, office: Office, mail: MailRow, row: StatementRow, state: State) -> None:
    """A case's next state; mails that the old state owed and that were not sent yet are taken back."""
    before, row.state, row.state_since = row.state, state.value, office.now()
    why = f"the case is {state.value}"
    if state is not State.CONFIRMED:
        owing.withdraw_unsent(session, office, row, why, Purpose.THANKS)
    owing.withdraw_unsent(session, office, row, why, Purpose.REMINDER, Purpose.SCAN_CHASER)
    session.add(row)
    office.record(
        session, "state", f"{row.number} R{row.revision}", before=before, after=state.value, evidence=mail.sha256
    )


def _confirm(hand: Hand) -> None:
    """Writes the confirmation with all its evidence (invariant 5); the database allows one that is not withdrawn."""
    row, mail, judgement = hand.row, hand.mail, hand.judgement
    confirming.confirm(hand.session, row, mail, judgement, judgement.route or "manual")
    tasks.close_tasks(hand.session, hand.office, row, "confirmed", *SETTLED)


def _withdraw(hand: Hand) -> None:
    """Takes the confirmation back and tells finance at once."""
    confirming.withdraw(hand.session, hand.office, hand.row, f"mail {hand.mail.id}: {hand.judgement.said.sentence}")
    _opened(TaskKind.DISCREPANCY, "finance", "reopened")(hand)


def _opened(kind: TaskKind, to: str, dedupe: str = "") -> Callable[[Hand], None]:
    """An effect that opens a task for somebody."""

    def effect(hand: Hand) -> None:
        judgement = hand.judgement
        owner = tasks.person_for(hand.office, to, hand.customer).address
        name = f"{dedupe} {hand.key}".strip()
        task = tasks.Task(kind, name, owner, judgement.said.written[:500], "；".join(judgement.reasons))
        telling.tell_task(hand.session, hand.office, task, mail=hand.mail, customer=hand.customer, row=hand.row)

    return effect


def _question_task(hand: Hand) -> None:
    """A question, a refusal or another word on an open discrepancy: the rep's."""
    kind = (
        TaskKind.DECLINED if hand.judgement.outcome is Outcome.DECLINED else answering.kind_of_question(hand.judgement)
    )
    _opened(kind, answering.owner_of_question(hand.judgement))(hand)


def _contact_task(hand: Hand) -> None:
    """An out-of-office that names a successor, or says that somebody left, is a contact task for the rep."""
    if any(also.matter == CONTACT_CHANGES for also in hand.judgement.also):
        _opened(TaskKind.CONTACT, "rep")(hand)


def _delay_reminders(hand: Hand) -> None:
    """A promise moves the next reminder behind its date, "we are checking" to the reply date (SITUATIONS 3, 40, 48)."""
    row, office = hand.row, hand.office
    row.remind_from = max(hand.judgement.promised or row.reply_by, office.today() + timedelta(days=1))
    if hand.judgement.rule in SEARCHED:
        row.remind_from = max(row.remind_from, office.working_days.add(office.today(), SEARCH_WORKING_DAYS))
    if answering.says_answered_before(hand.judgement) and State(row.state) not in case.DONE:
        _opened(TaskKind.SEARCH, "rep")(hand)
        answering.answer(hand, Purpose.ALREADY_ANSWERED)


_EFFECTS: Mapping[Effect, Callable[[Hand], None]] = {
    Effect.CONFIRM: _confirm,
    Effect.WITHDRAW: _withdraw,
    Effect.OPEN_DISCREPANCY: differing.open_discrepancy,
    Effect.TASK_PERSON: _opened(TaskKind.JUDGE, "finance"),
    Effect.TASK_REP: _question_task,
    Effect.TASK_REVIEW: _opened(TaskKind.REVIEW, "finance"),
    Effect.TASK_CONTACT: _contact_task,
    Effect.TASK_BOUNCE: _opened(TaskKind.BOUNCE, "rep"),
    Effect.DELAY_REMINDERS: _delay_reminders,
}
