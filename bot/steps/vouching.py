"""Looking for proof of a mail's author where the receiving server gives none: a DKIM signature of the author's domain.

Done once, when the mail is taken in; what was found, with the key as the DNS had it, is kept with the mail and in the
register that it was judged by, so that judging it again needs no DNS and gives the same.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from time import monotonic
from typing import cast

from pydantic import TypeAdapter

from bot.decide.who import contact_of
from bot.edges.domain_keys import LIFETIME, DomainKeys
from bot.edges.sandbox import Contained, Sandbox
from bot.model import Register
from parsers import authentication
from parsers.domain_signature import DomainCheck, DomainSignature
from parsers.mail import Mail
from parsers.sender import author

Vouch = Callable[[Mail, Register], Register]
CHECKS = TypeAdapter(tuple[DomainCheck, ...])


def as_known(_mail: Mail, register: Register) -> Register:
    """The register as it is: of mails that are judged again, with what was found when they were judged first."""
    return register


def by_domain(
    sandbox: Sandbox, raw: bytes, keys: DomainKeys | None, arrived: datetime, before: tuple[DomainCheck, ...] = ()
) -> Vouch:
    """Adds what the mail's DKIM signatures prove to the register; ``before`` is what was found at an earlier try."""
    found: dict[str, tuple[DomainCheck, ...]] = {}

    def vouch(mail: Mail, register: Register) -> Register:
        if keys is None or not _matters(mail, register):
            return register
        if "found" not in found:
            found["found"] = before or _checked(sandbox, raw, mail, keys, arrived)
        return replace(register, signatures=found["found"])

    return vouch


def dump(checks: tuple[DomainCheck, ...]) -> str:
    """As the mail's row keeps them; empty where there are none."""
    return CHECKS.dump_json(checks).decode() if checks else ""


def load(text: str) -> tuple[DomainCheck, ...]:
    """What :func:`dump` wrote, without what could not be looked up: that is tried again."""
    checks = CHECKS.validate_json(text) if text else ()
    return tuple(check for check in checks if check.result != "unreachable")


def _matters(mail: Mail, register: Register) -> bool:
    """Whether proof would change anything: a clean address that is registered, of which our server says nothing."""
    writer = author(mail)
    if writer is None or authentication.verdict(mail, register.authserv_id) != "none":
        return False
    staff = any(person.address.lower() == writer.address for person in register.staff)
    return staff or bool(contact_of(writer.address, register))


def _checked(sandbox: Sandbox, raw: bytes, mail: Mail, keys: DomainKeys, arrived: datetime) -> tuple[DomainCheck, ...]:
    """Every signature that could prove the author, until one does; a mail that breaks the reader is unproven."""
    domain = mail.from_[0].address.rpartition("@")[2]
    call = "parsers.domain_signature:worth_checking"
    try:
        signatures = cast("tuple[DomainSignature, ...]", sandbox.call(call, raw, domain, arrived))
    except Contained:
        return ()
    until = monotonic() + LIFETIME
    checks: list[DomainCheck] = []
    for each in signatures:
        checks.append(_check(sandbox, raw, each, keys, in_time=monotonic() < until))
        if checks[-1].result == "pass":
            break
    return tuple(checks)


def _check(sandbox: Sandbox, raw: bytes, signature: DomainSignature, keys: DomainKeys, *, in_time: bool) -> DomainCheck:
    domain, selector = signature.domain, signature.selector
    if signature.refused:
        return DomainCheck(domain, selector, "refused", signature.refused)
    answer = keys.look_up(domain, selector) if in_time else None
    if answer is None or answer.reason == "unreachable":
        return DomainCheck(domain, selector, "unreachable", "unreachable")
    if answer.reason:
        return DomainCheck(domain, selector, "refused", answer.reason)
    try:
        return cast("DomainCheck", sandbox.call("parsers.domain_key:check", raw, signature, answer.record))
    except Contained as harm:
        return DomainCheck(domain, selector, "refused", f"contained: {harm.reason}", answer.record[:2000])
