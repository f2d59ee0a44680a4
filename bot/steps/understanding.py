"""Understanding one mail: bytes → mail → page codes → register → readings of the attachments → judgement.

Everything that opens bytes from outside runs in the children of the sandbox (invariant 10); the rest is pure.
``explain`` and the poller call the same function and differ only in where the register comes from.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import cast

from bot.decide.case import DONE
from bot.decide.judge import judge
from bot.decide.match import bind
from bot.edges.sandbox import Sandbox
from bot.edges.scans import read_scans, sketch_scans
from bot.model import Judgement, Register, SentStatement
from bot.steps.vouching import Vouch, as_known
from parsers.attachment import PageCode
from parsers.mail import Mail
from parsers.scan.pades import Trust
from parsers.scan.read import Reference

Lookup = Callable[[Mail, tuple[PageCode, ...]], Register]
Pages = Callable[[Register, Iterable[SentStatement]], tuple[Reference, ...]]


@dataclass(frozen=True, slots=True)
class Understood:
    """A mail, what was decided about it, and all that could be looked up for it."""

    mail: Mail
    judgement: Judgement
    register: Register


def understand(sandbox: Sandbox, raw: bytes, lookup: Lookup, pages: Pages, vouch: Vouch = as_known) -> Understood:
    """Judges one mail; raises Contained when even its text can't be parsed inside the limits.

    ``vouch`` looks for proof of the author; a mail that is judged again brings what was found then.
    """
    mail = cast("Mail", sandbox.call("parsers.mail:parse", raw))
    register = lookup(mail, ())
    if _is_ours(mail, register):
        return Understood(mail, judge(mail, register), register)
    register = vouch(mail, register)
    codes = tuple(code for found in sketch_scans(sandbox, mail.attachments) for code in found)
    register = vouch(mail, lookup(mail, codes)) if codes else register
    wanted = _wanted(mail, register, codes)
    sent = pages(register, wanted) if mail.attachments else ()
    trust = Trust(register.certificates, register.judged_at)
    readings = read_scans(sandbox, mail.attachments, sent, register.company_names, trust)
    return Understood(mail, judge(mail, register, readings), register)


def _is_ours(mail: Mail, register: Register) -> bool:
    """A copy of what we sent ourselves: its attachments are known, opening them again would only cost time."""
    ours = {address.casefold() for address in register.own_addresses}
    return {each.address for each in mail.from_} <= ours and mail.message_id in register.own_message_ids


def _wanted(mail: Mail, register: Register, codes: tuple[PageCode, ...]) -> tuple[SentStatement, ...]:
    """The statements that an attachment may be a copy of: named by its codes, bound, or candidates.

    Candidates that are done are left out: a customer's own table belongs to what still waits.
    """
    binding = bind(mail, register, codes)
    waiting = {each.number for each in register.statements if each.live and each.state not in DONE}
    numbers = {code.number for code in codes} | (set(binding.candidates) & waiting)
    if binding.statement is not None:
        numbers.add(binding.statement.number)
    return tuple(each for each in register.statements if each.number in numbers)
