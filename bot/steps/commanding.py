"""Commands of our own staff, given by simply writing a mail: carried out for authenticated persons, answered always."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlmodel import Session

from bot.compose import mails_staff
from bot.compose.letterhead import Thread
from bot.decide.rows import CaseRow
from bot.edges.tables import MailRow
from bot.model import Role, Staff
from bot.steps import owing, reporting, resolving, sending
from bot.steps.office import Office
from bot.steps.resolving import Refused
from bot.steps.understanding import Understood
from parsers import command
from parsers.command import Command, Verb

MOST_LINES = 30


@dataclass(frozen=True, slots=True)
class _Order:
    """A command and who gave it, inside the transaction of its mail."""

    session: Session
    office: Office
    command: Command
    by: Staff


def carry_out(session: Session, office: Office, mail: MailRow, understood: Understood) -> None:
    """Carries out the command of a mail and tells its writer what was done, or why it was not."""
    text = understood.judgement.command
    given, by = command.parse(text), office.staff_at(understood.judgement.sender)
    if given is None or by is None:  # pragma: no cover  # judged to be a command of staff
        raise ValueError(f"mail {mail.id} was judged to be a command and is none")
    done, lines = _result(_Order(session, office, given, by))
    thread = Thread(understood.mail.message_id, understood.mail.references)
    first = text.strip().splitlines()[0] if text.strip() else given.verb
    draft = mails_staff.command_reply(office.company, by, first, lines, done=done, thread=thread)
    owing.owe(session, office, draft, number=f"mail {mail.id}")
    subject = " ".join(given.numbers) or (given.period.code if given.period else "")
    after = "done" if done else "refused"
    office.record(session, "command", subject, after=after, actor=by.address, evidence=mail.sha256, detail=first)


def _result(order: _Order) -> tuple[bool, list[str]]:
    """What happened, line by line; one number that is refused doesn't undo the others."""
    if order.by.shared:
        return False, [order.office.say("shared")]
    whole = _WHOLE.get(order.command.verb)
    try:
        if whole is not None:
            return True, whole(order)
    except Refused as refusal:
        return False, [str(refusal)]
    each = _EACH.get(order.command.verb)
    if each is None:
        return False, [order.office.say("not_yet")]
    results = [_tried(order, each, number) for number in order.command.numbers]
    return all(done for done, _ in results), [line for _, line in results]


def _tried(order: _Order, each: Callable[[_Order, str], str], number: str) -> tuple[bool, str]:
    try:
        return True, each(order, number)
    except Refused as refusal:
        return False, str(refusal)


def _release(order: _Order) -> list[str]:
    resolving.require_finance(order.office, order.by)
    period = order.command.period or reporting.current_period(order.session, order.office)
    count = sending.release_in(order.session, order.office, period, order.by.address)
    return [order.office.say("released", period=period.label, count=count)]


def _status(order: _Order) -> list[str]:
    """The cases of a period or customer; a rep sees its own customers only (N2)."""
    wanted, office = order.command, order.office
    everything = not {Role.FINANCE, Role.MANAGER, Role.MANAGEMENT}.isdisjoint(order.by.roles)
    rows = [
        row
        for row in reporting.cases(order.session, office, wanted.period)
        if (everything or row.rep == order.by.name)
        and (not wanted.numbers or row.number in wanted.numbers)
        and wanted.rest in row.customer_name
    ]
    lines = [_case(office, row) for row in rows[:MOST_LINES]]
    more = len(rows) - len(lines)
    return [*lines, *([office.say("more", count=more)] if more else [])] or [office.say("none_fits")]


def _case(office: Office, row: CaseRow) -> str:
    state = office.state_name(row.state)
    return office.say("case", number=row.number, customer=row.customer_name, period=row.period.label, state=state)


def _received(order: _Order, number: str) -> str:
    """The paper original arrived; finance files it (G1)."""
    resolving.require_finance(order.office, order.by)
    row, customer = resolving.case_of(order.session, order.office, number)
    order.office.record(
        order.session, "original", row.number, after="received", actor=order.by.address, detail=order.command.rest
    )
    return order.office.say("original", number=number, customer=customer.name)


def _close(order: _Order, number: str) -> str:
    """A discrepancy by its CY number, a task by its AH number, a statement's tasks by its own."""
    reason = order.command.reason
    if number.startswith("CY-"):
        return resolving.close_difference(order.session, order.office, number, order.by, reason, void=False)
    return resolving.close_task(order.session, order.office, number, order.by, reason)


_WHOLE: Mapping[Verb, Callable[[_Order], list[str]]] = {"release": _release, "status": _status}
_EACH: Mapping[Verb, Callable[[_Order, str], str]] = {
    "approve": lambda order, number: resolving.accept(order.session, order.office, number, order.by),
    "return": lambda order, number: resolving.send_back(
        order.session, order.office, number, order.by, order.command.reason
    ),
    "close": _close,
    "void": lambda order, number: resolving.close_difference(
        order.session, order.office, number, order.by, order.command.reason, void=True
    ),
    "resend": lambda order, number: resolving.resend(order.session, order.office, number, order.by),
    "delivered": lambda order, number: resolving.delivered(order.session, order.office, number, order.by),
    "received": _received,
}
