"""One mail about several statements → a share for each: its binding, its words, its attachments (DESIGN §4, end).

Only a sender who may confirm for each of them, and a mail in which each is plainly named, are split; else the mail is
judged as a whole, and what speaks of other statements goes to a person (rule 4).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from bot.decide import match
from bot.decide.match import PROOF, Binding
from bot.decide.who import contact_of, standing
from bot.decide.written import OwnWords
from bot.model import Register, SentStatement
from parsers import several, text
from parsers.attachment import AttachmentReading, PageCode
from parsers.fold import fold
from parsers.mail import Mail
from parsers.names import plain
from parsers.several import Called, Told
from parsers.tokens import Scope

Scopes = Callable[[SentStatement], Scope]
"""What words about a statement are read for."""


@dataclass(frozen=True, slots=True)
class Share:
    """What a mail holds for one statement."""

    binding: Binding
    told: Told
    readings: tuple[AttachmentReading, ...]


@dataclass(frozen=True, slots=True)
class Shares:
    """The shares in the order of statement numbers; none and a reason for a person where the mail can't be split."""

    each: tuple[Share, ...] = ()
    against: str = ""


@dataclass(frozen=True, slots=True)
class Whole:
    """A mail as it was read before anybody looked for several statements in it."""

    mail: Mail
    register: Register
    binding: Binding
    words: OwnWords
    readings: tuple[AttachmentReading, ...]
    codes: tuple[PageCode, ...]


def split(whole: Whole, scopes: Scopes) -> Shares:
    """The shares of a mail about several statements."""
    theirs = {each.number: each for each in _theirs(whole)}
    told = _told(whole, theirs, scopes) if not (whole.words.doubts or whole.binding.conflict) else ()
    if not told:
        return Shares()
    statements = [theirs[each.number] for each in told]
    against = _against(whole, statements)
    if against:
        return Shares(against=against)
    return Shares(tuple(_share(whole, item, each) for item, each in zip(statements, told, strict=True)))


def _theirs(whole: Whole) -> Iterable[SentStatement]:
    """The live statements of all customers that the sender is a contact of."""
    return (item for item in whole.register.statements if item.live and item.customer in whole.binding.customers)


def _told(whole: Whole, theirs: dict[str, SentStatement], scopes: Scopes) -> tuple[Told, ...]:
    called = _called(whole.register, tuple(theirs.values()))
    bound = whole.binding.live
    default = next((each for each in called if bound is not None and each.number == bound.number), None)
    any_scope = scopes(next(iter(theirs.values())))
    people = frozenset(map(fold, any_scope.people))
    said = text.body(
        whole.words.text, lambda line: any_scope.names.owner(line) is not None or fold(line) in people
    ).said
    shown = frozenset(number for number in _numbers(whole) if number in theirs)
    return several.tell_apart(said, called, default, shown, lambda number: scopes(theirs[number]))


def _called(register: Register, theirs: tuple[SentStatement, ...]) -> tuple[Called, ...]:
    """The statements as their customer may call them; by its town only where each customer has another one."""
    names = {each.code: plain(each.name)[:_TOWN] for each in register.customers}
    customers = {each.customer for each in theirs}
    towns = names if len({names.get(code) for code in customers}) == len(customers) > 1 else {}
    return tuple(
        Called(each.number, each.customer, each.period, each.currency, towns.get(each.customer, "")) for each in theirs
    )


_TOWN = 2


def _numbers(whole: Whole) -> frozenset[str]:
    """The statements whose pages or sheets were attached."""
    return frozenset(item.number for item in whole.readings if item.number is not None and item.kind in _OURS)


_OURS = frozenset({"scan", "sheet"})


def _against(whole: Whole, statements: list[SentStatement]) -> str:
    """Why the mail can't be split after all, for a person; empty where it can."""
    numbers = {each.number for each in statements}
    bound = whole.binding.statement
    known = contact_of(whole.binding.address, whole.register)
    unauthorised = [each for each in statements if standing(whole.binding.address, None, known, each) != "may_confirm"]
    if unauthorised:
        return f"一信涉及多份对账单，发件人未获授权确认 {_list(unauthorised)}，请对方补授权书"
    if not _numbers(whole) <= numbers or (bound is not None and bound.number not in numbers):
        return f"一信涉及多份对账单（{_list(statements)}），与附件或所回复的对账单不一致"
    named = dict(_indications(whole)).get("number", frozenset())
    return "" if bound is not None or numbers <= named else f"一信涉及多份对账单（{_list(statements)}），缺对账单编号"


def _list(statements: list[SentStatement]) -> str:
    return "、".join(f"{each.snapshot.customer.name} {each.period.label} {each.currency}" for each in statements)


def _indications(whole: Whole) -> match.Found:
    return match.indications(whole.mail, whole.register, whole.codes, frozenset(whole.binding.customers))


def _share(whole: Whole, statement: SentStatement, told: Told) -> Share:
    bound = whole.binding.statement
    answered = bound if bound is not None and bound.number == statement.number else statement
    binding = replace(
        whole.binding,
        statement=answered,
        live=statement,
        customer=next(each for each in whole.register.customers if each.code == statement.customer),
        candidates=(),
        bound_by=tuple(
            name
            for name, numbers in _indications(whole)
            if statement.number in numbers and (name not in PROOF or answered is bound)
        ),
        standing="may_confirm",
    )
    own = tuple(item for item in whole.readings if item.number in {None, statement.number})
    return Share(binding, told, own)
