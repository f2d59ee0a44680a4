"""Which statement a mail is about and who wrote it (DESIGN §4, *Bound* and *Sender*).

Proof is our token in a sub-address, or our Message-ID in In-Reply-To / References. Else two independent indications
have to agree: company and period in the subject, a contact of exactly one customer, a statement number in subject,
body, file name or QR code. Indications that contradict a proof bind nothing: the candidates are ranked for a person.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.decide import lookalike, proof
from bot.decide.who import contact_of, standing
from bot.model import Customer, Register, SentStatement, Staff
from parsers import number, sender, subject
from parsers.attachment import PageCode
from parsers.mail import Mail
from parsers.names import forms, plain
from parsers.notice import Notice


@dataclass(frozen=True, slots=True)
class Binding:
    """What a mail is bound to: ``statement`` is the revision that it answers, ``live`` the live one of its number.

    ``candidates`` are statement numbers, likeliest first; ``conflict`` says in words what contradicts
    (empty where nothing does).
    ``customers`` are the codes of all customers that the sender is a contact of. ``proof`` is what proves the sender,
    ``unproven`` why what could have proven him does not.
    """

    statement: SentStatement | None
    live: SentStatement | None
    customer: Customer | None
    candidates: tuple[str, ...]
    bound_by: tuple[str, ...]
    conflict: str
    address: str
    standing: str
    authentication: str
    staff: Staff | None
    customers: tuple[str, ...]
    warnings: tuple[str, ...] = ()
    proof: str = ""
    unproven: tuple[str, ...] = ()


def bind(mail: Mail, register: Register, codes: tuple[PageCode, ...] = (), seen: Notice | None = None) -> Binding:
    """Bind a mail to one statement, or rank the candidates; pure, and it never guesses.

    ``seen`` is what the mail is; a bounce or delay is bound by the mail that it returns or by whom it names.
    """
    if seen is not None and seen.kind in {"bounce", "delayed"}:
        return _bind_returned(mail, register, seen)
    author = sender.author(mail)
    address = author.address if author is not None else ""
    known = contact_of(address, register) if address else ()
    found = indications(mail, register, codes, frozenset(code for code, _ in known))
    statement, conflict = _decide(mail, register, found)
    customers = {customer.code: customer for customer in register.customers}
    customer = customers.get(statement.customer) if statement is not None else None
    staff = next((person for person in register.staff if person.address.lower() == address), None)
    proven = proof.of(mail, register)
    return Binding(
        statement,
        _live(register, statement),
        customer,
        _ranked(found),
        tuple(name for name, numbers in found if statement is not None and statement.number in numbers),
        conflict,
        address,
        standing(address, staff, known, statement),
        proven.verdict,
        staff,
        tuple(code for code, _ in known),
        lookalike.warnings(address, register) if staff is None and not known else (),
        proven.by,
        proven.against,
    )


def by_proof(binding: Binding, mail: Mail, register: Register) -> Binding:
    """The binding that our token or Message-ID alone proves, whatever else the mail speaks of; else as it was."""
    proofs = list(filter(None, (_by_token(mail, register), frozenset(filter(None, [_referenced(mail, register)])))))
    agreed = _common(proofs) if proofs else frozenset[str]()
    if binding.statement is not None or len(agreed) != 1 or not _subject_fits(mail, register, agreed):
        return binding
    statement = _revision(mail, register, next(iter(agreed)))
    customer = next((each for each in register.customers if each.code == statement.customer), None)
    return replace(binding, statement=statement, live=_live(register, statement), customer=customer, conflict="")


def _bind_returned(mail: Mail, register: Register, seen: Notice) -> Binding:
    """A bounce: our Message-ID in what came back proves; else an address that only one customer's one statement has."""
    returned = replace(mail, in_reply_to=(*seen.returned_ids, *mail.in_reply_to))
    answered = _answered(returned, register)
    codes = {code for address in seen.addresses for code, _ in contact_of(address.lower(), register)}
    mailed = [item for item in register.statements if item.live and item.customer in codes]
    statement = answered or (mailed[0] if len(mailed) == 1 else None)
    by = ("references",) if answered else ("bounced_address",) if statement else ()
    author = sender.author(mail)
    return Binding(
        statement,
        _live(register, statement),
        next((one for one in register.customers if statement is not None and one.code == statement.customer), None),
        tuple(dict.fromkeys([statement.number] if statement else [item.number for item in mailed][:_CANDIDATES])),
        by,
        "",
        author.address if author is not None else "",
        "unknown",
        proof.of(mail, register).verdict,
        None,
        (),
    )


Found = tuple[tuple[str, frozenset[str]], ...]
"""(kind of indication, statement numbers that it allows), in the order of their weight; absent ones are left out."""

PROOF = frozenset({"token", "references"})


def indications(mail: Mail, register: Register, codes: tuple[PageCode, ...], theirs: frozenset[str]) -> Found:
    """Everything in a mail that points to statements of ours."""
    ours = {statement.number for statement in register.statements}
    read = subject.parse(mail.subject)
    named = read is not None and plain(read.company) in frozenset().union(*map(forms, register.company_names))
    found = (
        ("token", _by_token(mail, register)),
        ("references", frozenset(filter(None, [_referenced(mail, register)]))),
        ("number", frozenset(code.number for code in codes if code.number in ours) or _by_number(mail, ours)),
        ("subject", _numbers(register, lambda item: read is not None and named and item.period == read.period)),
        ("sender", _numbers(register, lambda item: item.customer in theirs and item.live)),
    )
    return tuple((name, numbers) for name, numbers in found if numbers)


def _numbers(register: Register, wanted: Callable[[SentStatement], bool]) -> frozenset[str]:
    return frozenset(item.number for item in register.statements if wanted(item))


def _by_token(mail: Mail, register: Register) -> frozenset[str]:
    """Statements whose token stands in a recipient's sub-address."""
    separator = register.token_separator
    if not separator:
        return frozenset()
    locals_ = [address.address.partition("@")[0] for address in (*mail.to, *mail.cc)]
    tokens = {local.rpartition(separator)[2].lower() for local in locals_ if separator in local}
    return _numbers(register, lambda item: bool(item.token) and item.token.lower() in tokens)


def _by_number(mail: Mail, ours: set[str]) -> frozenset[str]:
    """Numbers of ours in subject, body or file names."""
    names = " ".join(part.name for part in mail.attachments)
    return frozenset(number.find(f"{mail.subject}\n{names}\n{mail.plain or mail.html or ''}"[:400_000])) & ours


def _referenced(mail: Mail, register: Register) -> str | None:
    """The number of the statement whose mail is answered: In-Reply-To first, else the last known reference."""
    answered = _answered(mail, register)
    return answered.number if answered is not None else None


def _answered(mail: Mail, register: Register) -> SentStatement | None:
    written = [reference.strip("<> ") for reference in (*mail.in_reply_to, *reversed(mail.references))]
    wanted = set(written)
    known = {
        identifier: item for item in register.statements for identifier in item.message_ids if identifier in wanted
    }
    return next((known[reference] for reference in written if reference in known), None)


def _common(sets: list[frozenset[str]]) -> frozenset[str]:
    """What all of at least one set hold."""
    common = sets[0]
    for numbers in sets[1:]:
        common &= numbers
    return common


def _decide(mail: Mail, register: Register, found: Found) -> tuple[SentStatement | None, str]:
    """The statement that a proof or two agreeing indications name, and what contradicts it."""
    by = dict(found)
    proofs = [numbers for name, numbers in found if name in PROOF]
    if proofs:
        agreed = _common(proofs)
        against = [_WORDS["number"]] if "number" in by and not agreed & by["number"] else []
        if agreed and not _subject_fits(mail, register, agreed):
            against.append(_WORDS["subject"])
        if len(agreed) != 1 or against:
            return None, "、".join(against or ["邮件引用"]) + "与所回复的对账单不一致"
        return _revision(mail, register, next(iter(agreed))), ""
    return _by_two(register, found)


def _subject_fits(mail: Mail, register: Register, numbers: frozenset[str]) -> bool:
    """Whether a subject of ours names the period of one of these statements; a changed subject fits everything."""
    read = subject.parse(mail.subject)
    return read is None or any(item.number in numbers and item.period == read.period for item in register.statements)


_WORDS = {
    "number": "对账单编号",
    "subject": "邮件主题的期间",
    "sender": "发件人",
    "token": "收件地址",
    "references": "邮件引用",
}


def _by_two(register: Register, found: Found) -> tuple[SentStatement | None, str]:
    """Without proof: all indications together must leave exactly one statement, and at least two must be there."""
    if len(found) < 2:  # noqa: PLR2004  # two independent indications
        return None, ""
    agreed = _common([numbers for _, numbers in found])
    if not agreed:
        return None, "、".join(_WORDS[name] for name, _ in found) + "互相矛盾"
    live = [item for item in register.statements if item.number in agreed and item.live]
    return (live[0], "") if len(live) == 1 else (None, "")


def _revision(mail: Mail, register: Register, wanted: str) -> SentStatement:
    """The revision that was answered; the live one where the mail only carries the token."""
    answered = _answered(mail, register)
    if answered is not None and answered.number == wanted:
        return answered
    revisions = [item for item in register.statements if item.number == wanted]
    return max(revisions, key=lambda item: (item.live, item.revision))


def _live(register: Register, statement: SentStatement | None) -> SentStatement | None:
    if statement is None:
        return None
    return next((item for item in register.statements if item.number == statement.number and item.live), None)


def _ranked(found: Found) -> tuple[str, ...]:
    """Statement numbers by how many indications allow them; the weightier indication first where they tie."""
    weight: dict[str, tuple[int, int]] = {}
    for place, (_, numbers) in enumerate(found):
        for item in numbers:
            count, first = weight.get(item, (0, place))
            weight[item] = (count + 1, first)
    ranked = sorted(weight, key=lambda item: (-weight[item][0], weight[item][1], item))
    return tuple(ranked[:_CANDIDATES])


_CANDIDATES = 5
