"""What finance decides about a case: accept the review, return it, close a discrepancy thread, resend (G2)."""

from collections.abc import Callable

from pydantic import TypeAdapter
from sqlmodel import Session, col, select

from bot.compose import mails_customer
from bot.compose.letterhead import About
from bot.decide.rows import TaskKind
from bot.edges.tables import DiscrepancyRow, MailPartRow, MailRow, OutgoingRow, StatementRow, TaskRow
from bot.model import Customer, Draft, Judgement, Outcome, Role, Staff, State, load_statement
from bot.steps import chasing, confirming, ledger, owing, sending, tasks
from bot.steps.office import Office
from parsers import seal_reason

JUDGEMENT = TypeAdapter(Judgement)
MAY_PASS = (State.CONFIRMED, State.IN_REVIEW, State.PERSON)
MAY_RETURN = (State.CONFIRMED, State.IN_REVIEW, State.PERSON, State.CLOSED)
SIGNED = (Outcome.CONFIRMED, Outcome.IN_REVIEW, Outcome.HANDED_IN)
PAUSED = (State.QUESTION, State.PERSON, State.DECLINED)
PAUSING = (
    TaskKind.QUESTION,
    TaskKind.CONTACT,
    TaskKind.PORTAL,
    TaskKind.JUDGE,
    TaskKind.DECLINED,
    TaskKind.NO_DEALINGS,
)
EVIDENCE = (*SIGNED, Outcome.PERSON)
CORRECTION_WORKING_DAYS = 3


class Refused(Exception):  # noqa: N818  # the decision was refused; nothing changed
    """Why a decision can't be carried out, in the company's words for the person who gave it."""


def case_of(session: Session, office: Office, number: str) -> tuple[StatementRow, Customer]:
    """The live revision and its customer; raises Refused where there is none."""
    row = session.exec(
        select(StatementRow).where(
            StatementRow.company == office.name, StatementRow.number == number, col(StatementRow.live).is_(True)
        )
    ).first()
    customer = ledger.customer(session, office.name, row.customer) if row is not None else None
    if row is None or customer is None:
        raise Refused(office.say("no_statement", number=number))
    return row, customer


def require_finance(office: Office, person: Staff) -> None:
    """Only a named person of finance decides; a shared mailbox receives and never commands (G2, N2)."""
    if person.shared or Role.FINANCE not in person.roles:
        raise Refused(office.say("no_finance", name=person.name))


def accept(session: Session, office: Office, number: str, by: Staff) -> str:
    """審核通過: the case is closed on the evidence of the customer's mail; the customer is told."""
    require_finance(office, by)
    row, customer = case_of(session, office, number)
    before = State(row.state)
    if before not in MAY_PASS:
        raise Refused(office.say("not_acceptable", number=number, state=office.state_name(before)))
    kept = confirming.live_confirmation(session, row)
    if kept is None:
        kept = confirming.confirm(session, row, *_evidence(session, row), "manual")
    kept.reviewed_at, kept.reviewed_by = office.now(), by.address
    session.add(kept)
    _move(session, office, row, State.CLOSED, by)
    row.closed_at = office.now()
    tasks.close_tasks(session, office, row, by.address)
    _tell(session, office, row, customer, lambda about: mails_customer.review_passed(about, office.today()))
    return office.say("accepted", number=number, customer=customer.name)


def send_back(session: Session, office: Office, number: str, by: Staff, reason: str) -> str:
    """退回: the confirmation doesn't count any more; the customer learns what to put right."""
    require_finance(office, by)
    if not reason.strip():
        raise Refused(office.say("return_why", number=number))
    row, customer = case_of(session, office, number)
    if State(row.state) not in MAY_RETURN:
        raise Refused(office.say("not_returnable", number=number, state=office.state_name(row.state)))
    confirming.withdraw(session, office, row, f"returned by {by.address}: {reason}")
    _move(session, office, row, State.SCAN_PENDING, by, reason)
    tasks.close_tasks(session, office, row, by.address, TaskKind.REVIEW, TaskKind.JUDGE)
    until = office.working_days.add(office.today(), CORRECTION_WORKING_DAYS)
    seal = _strange_seal(session, office, row, customer, reason)
    if seal is None:
        _tell(session, office, row, customer, lambda about: mails_customer.review_returned(about, reason, until))
    else:
        _tell(session, office, row, customer, lambda about: mails_customer.other_seal(about, seal))
    return office.say("returned", number=number, customer=customer.name)


def _strange_seal(session: Session, office: Office, row: StatementRow, customer: Customer, reason: str) -> str | None:
    """The name on a seal that finance doesn't take for the customer's: as it says, else as it was read.

    None where the reason is another one; empty where no name is known, or it is another customer's of ours (A5).
    """
    named = seal_reason.other_seal(reason)
    if named is None:
        return None
    name = named or _seal_read(session, row)
    about = chasing.about_case(session, office, row, customer)
    guard, ours = owing.guard_for(session, office), (office.name, *office.company.aliases)
    return "" if guard.foreign(mails_customer.other_seal(about, name), customer, ours=ours) else name


def _seal_read(session: Session, row: StatementRow) -> str:
    """The other company's name that was read on the latest copy; empty where none was."""
    latest_first = sorted(_mails(session, row, EVIDENCE), key=lambda pair: pair[0].received_at, reverse=True)
    scans = (each for _, value in latest_first for each in JUDGEMENT.validate_json(value).attachments)
    return next((each.seal for each in scans if each.verdict == "other_seal"), "")


def close_task(session: Session, office: Office, number: str, by: Staff, result: str) -> str:
    """結案 of a task ``AH-…``, or of all open tasks of a statement ``DZ-…``, by its owner, the rep or finance."""
    if not result.strip():
        raise Refused(office.say("close_why", number=number))
    tasks_found = _open_tasks(session, office, number)
    if not tasks_found:
        raise Refused(office.say("no_task", number=number))
    for task in tasks_found:  # before any is closed: a refusal changes nothing
        if by.shared or not (Role.FINANCE in by.roles or task.owner == by.address):
            raise Refused(office.say("not_owner", name=by.name, number=task.number))
    for task in tasks_found:
        task.closed_at, task.closed_by = office.now(), by.address
        session.add(task)
        office.record(session, "task", task.number, before="open", after="closed", actor=by.address, detail=result)
    session.flush()
    for statement_id in sorted({task.statement_id for task in tasks_found if task.statement_id is not None}):
        _go_on(session, office, session.get_one(StatementRow, statement_id), by, result)
    return office.say("tasks_closed", number=number, count=len(tasks_found))


def _go_on(session: Session, office: Office, row: StatementRow, by: Staff, result: str) -> None:
    """A question that was answered, a mail that was judged: the customer's clock runs again, with new days to answer.

    Where insolvency or a bank account was the matter, no automatic mail follows (rule 3); finance goes on by hand.
    """
    if not row.live or row.state not in PAUSED:
        return
    theirs = session.exec(select(TaskRow).where(TaskRow.statement_id == row.id)).all()
    if any(task.closed_at is None and task.kind in PAUSING for task in theirs):
        return
    mails = [session.get_one(MailRow, task.mail_id) for task in theirs if task.mail_id is not None]
    if any(mail.rule.startswith("R03") for mail in mails):
        return
    _wait_again(session, office, row, by, result)


def _wait_again(session: Session, office: Office, row: StatementRow, by: Staff, result: str) -> None:
    _move(session, office, row, State.SENT, by, result)
    row.remind_from = office.working_days.add(office.today(), CORRECTION_WORKING_DAYS)


def _open_tasks(session: Session, office: Office, number: str) -> list[TaskRow]:
    chosen = select(TaskRow).where(TaskRow.company == office.name, col(TaskRow.closed_at).is_(None))
    if number.startswith("AH-"):
        return list(session.exec(chosen.where(TaskRow.number == number)).all())
    row, _ = case_of(session, office, number)
    return list(session.exec(chosen.where(TaskRow.statement_id == row.id)).all())


def delivered(session: Session, office: Office, number: str, by: Staff) -> str:
    """已送達: a person knows that a doubtful mail did arrive; it counts as sent."""
    require_finance(office, by)
    row, customer = case_of(session, office, number)
    doubtful = session.exec(
        select(OutgoingRow).where(OutgoingRow.statement_id == row.id, OutgoingRow.state == "in_doubt")
    ).all()
    if not doubtful:
        raise Refused(office.say("no_doubt", number=number))
    for mail in doubtful:
        mail.state, mail.sent_at = "sent", office.now()
        session.add(mail)
        office.record(
            session,
            "outgoing",
            mail.message_id,
            before="in_doubt",
            after="sent",
            actor=by.address,
            detail="by a person",
        )
        sending.on_sent(session, office, mail)
    tasks.close_tasks(session, office, row, by.address, TaskKind.IN_DOUBT)
    return office.say("delivered", number=number, customer=customer.name)


def close_difference(session: Session, office: Office, number: str, by: Staff, result: str, *, void: bool) -> str:
    """結案 or 作廢 of a discrepancy thread; the case then waits for the customer's confirmation again (F5, K2)."""
    if not result.strip():
        raise Refused(office.say("result_missing"))
    if void:
        require_finance(office, by)
    thread = session.exec(
        select(DiscrepancyRow).where(DiscrepancyRow.company == office.name, DiscrepancyRow.number == number)
    ).first()
    if thread is None or thread.closed_at is not None:
        raise Refused(office.say("no_difference", number=number))
    if by.shared or not ({Role.FINANCE, Role.MANAGER} & set(by.roles) or by.address == thread.owner):
        raise Refused(office.say("not_owner", name=by.name, number=number))
    row = session.get_one(StatementRow, thread.statement_id)
    thread.closed_at, thread.result = office.now(), result
    thread.voided_why = result if void else ""
    session.add(thread)
    after = "voided" if void else "closed"
    office.record(session, "discrepancy", number, before="open", after=after, actor=by.address, detail=result)
    if row.live and row.state == State.DISCREPANCY and not _open_threads(session, row):
        if _signed_since(session, row, thread):
            _move(session, office, row, State.IN_REVIEW, by, result)
        else:
            _wait_again(session, office, row, by, result)
    return office.say("difference_voided" if void else "difference_closed", number=number)


def resend(session: Session, office: Office, number: str, by: Staff) -> str:
    """重發: a mail that failed, or whose fate a person has cleared, goes out once more; a bounced statement as well."""
    row, customer = case_of(session, office, number)
    if by.shared or not (Role.FINANCE in by.roles or by.address == customer.rep):
        raise Refused(office.say("may_not_resend", name=by.name))
    chosen = session.exec(
        select(OutgoingRow).where(
            OutgoingRow.statement_id == row.id, col(OutgoingRow.state).in_(["failed", "in_doubt", "held"])
        )
    ).all()
    if not chosen and not _came_back(session, row):
        raise Refused(office.say("nothing_failed", number=number))
    if not chosen:
        _send_again(session, office, row, customer)
    for mail in chosen:
        before, mail.state, mail.not_before, mail.attempts, mail.error = mail.state, "queued", office.now(), 0, ""
        session.add(mail)
        office.record(session, "outgoing", mail.message_id, before=before, after="queued", actor=by.address)
    tasks.close_tasks(session, office, row, by.address, TaskKind.FAILED, TaskKind.BOUNCE, TaskKind.IN_DOUBT)
    return office.say("queued_again", number=number, customer=customer.name, count=max(len(chosen), 1))


def _came_back(session: Session, row: StatementRow) -> bool:
    bounces = select(TaskRow.id).where(
        TaskRow.statement_id == row.id, TaskRow.kind == TaskKind.BOUNCE.value, col(TaskRow.closed_at).is_(None)
    )
    return row.sent_at is not None and session.exec(bounces).first() is not None


def _send_again(session: Session, office: Office, row: StatementRow, customer: Customer) -> None:
    """The same statement to the contacts as they are by now, after its mail came back."""
    attachments = sending.kept_files(office, row, sheet=True)
    draft = mails_customer.statement_mail(office.company, load_statement(row.value), customer, attachments)
    owing.owe(
        session,
        office,
        draft,
        number=row.number,
        revision=row.revision,
        step=f"again {office.now():%Y%m%d%H%M%S}",
        customer=customer,
        row=row,
        texts=(row.words,),
    )


def _open_threads(session: Session, row: StatementRow) -> int:
    threads = select(DiscrepancyRow.id).where(
        DiscrepancyRow.statement_id == row.id, col(DiscrepancyRow.closed_at).is_(None)
    )
    return len(session.exec(threads).all())


def _signed_since(session: Session, row: StatementRow, thread: DiscrepancyRow) -> bool:
    """Whether signed pages came in while the thread was open: finance looks at those next."""
    return any(mail.received_at >= thread.opened_at for mail, _ in _mails(session, row, SIGNED))


def _evidence(session: Session, row: StatementRow) -> tuple[MailRow, Judgement]:
    """The latest mail that may stand as evidence, and what it is for the statement; without one nobody can accept."""
    found = max(_mails(session, row, EVIDENCE), key=lambda pair: (pair[0].received_at, pair[0].id), default=None)
    if found is None:
        raise Refused(f"{row.number} 没有可作凭据的客户来信")
    return found[0], JUDGEMENT.validate_json(found[1])


def _mails(session: Session, row: StatementRow, outcomes: tuple[Outcome, ...]) -> list[tuple[MailRow, str]]:
    """The statement's mails of these outcomes, each with its judgement; of a mail about several its own part counts."""
    wanted = [each.value for each in outcomes]
    parts = session.exec(
        select(MailRow, MailPartRow)
        .where(MailPartRow.mail_id == MailRow.id, MailPartRow.statement_id == row.id)
        .where(col(MailPartRow.outcome).in_(wanted))
    ).all()
    several = select(MailPartRow.mail_id)
    whole = session.exec(
        select(MailRow).where(
            MailRow.statement_id == row.id, col(MailRow.outcome).in_(wanted), col(MailRow.id).not_in(several)
        )
    ).all()
    return [(mail, part.value) for mail, part in parts] + [(mail, mail.value) for mail in whole]


def _move(  # noqa: PLR0917  # the audit log's own order: what, to which state, by whom, why
    session: Session, office: Office, row: StatementRow, state: State, by: Staff, detail: str = ""
) -> None:
    before, row.state, row.state_since = row.state, state.value, office.now()
    owing.withdraw_unsent(session, office, row, f"decided by {by.address}")
    session.add(row)
    name = f"{row.number} R{row.revision}"
    office.record(session, "state", name, before=before, after=state.value, actor=by.address, detail=detail)


def _tell(
    session: Session,
    office: Office,
    row: StatementRow,
    customer: Customer,
    compose: Callable[[About], Draft],
) -> None:
    draft = compose(chasing.about_case(session, office, row, customer))
    step = f"{office.now():%Y%m%d%H%M%S}"
    owing.owe(session, office, draft, number=row.number, revision=row.revision, step=step, customer=customer, row=row)
