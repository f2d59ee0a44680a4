"""What every mail to a customer has in common: recipients, subject, greeting, signature, thread and our headers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.compose import wording
from bot.config import Company
from bot.model import Attachment, Contact, Customer, Draft, Locale, Purpose, Staff, Statement
from parsers.period import Period

_SUBJECTS = {"zh-Hant": "銷售對賬單", "zh-Hans": "销售对账单"}
_BRACKETS = str.maketrans("[]", "［］")
_GREETED = 3


@dataclass(frozen=True, slots=True)
class Thread:
    """Where an answer belongs: the Message-ID it answers and those before it, with or without angle brackets."""

    in_reply_to: str = ""
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class About:
    """What a mail to a customer is about; ``statement`` is the live revision."""

    company: Company
    statement: Statement
    customer: Customer
    thread: Thread = Thread()
    author: str = ""
    """The registered contact whose mail is answered, where one is; anybody else is left out (invariant 8)."""

    @property
    def locale(self) -> Locale:
        """The customer's script."""
        return self.customer.locale

    @property
    def period(self) -> str:
        """The period as the subject holds it."""
        return self.statement.subject_period


@dataclass(frozen=True, slots=True)
class Matter:
    """A second matter that the customer raised, and who takes care of it."""

    matter: str
    to: str


def subject(company: Company, period: Period) -> str:
    """The mandated subject ``[Company][Period] 銷售對賬單`` (D3)."""
    name = company.name.translate(_BRACKETS)
    return f"[{name}][{period.label}] {_SUBJECTS[company.subject_script]}"


def draft(
    purpose: Purpose,
    about: About,
    name: str,
    values: Mapping[str, object],
    *,
    attachments: Sequence[Attachment] = (),
    copies: Sequence[Staff] = (),
) -> Draft:
    """A letter to the customer's confirmers, Cc the rep and further contacts (invariant 11); a first mail has no Re."""
    head = subject(about.company, about.statement.snapshot.period)
    title = head if purpose is Purpose.STATEMENT else f"Re: {head}"
    text = wording.letter(name, about.locale, title, {**facts(about), **values})
    to, cc = recipients(about, copies)
    return Draft(
        purpose,
        title,
        text.text,
        text.html,
        to,
        cc,
        attachments=tuple(attachments),
        in_reply_to=about.thread.in_reply_to,
        references=about.thread.references,
        headers=(
            ("X-DZ-Statement", f"{about.statement.number};R{about.statement.revision}"),
            ("X-DZ-Customer", about.customer.name),
        ),
        names=_names(about, copies),
    )


def facts(about: About) -> dict[str, object]:
    """The values that every letter may use."""
    statement, snapshot, locale = about.statement, about.statement.snapshot, about.locale
    return {
        "greeting": greeting(about),
        "signature": signature(about.company, statement.rep),
        "customer": about.customer.name,
        "period": about.period,
        "number": statement.number,
        "revision": statement.revision,
        "balance": wording.balance(snapshot.totals.closing, snapshot.currency, locale),
        "deadline": wording.deadline(statement.reply_by, locale),
        "rep": statement.rep.name,
        "changes": (statement.changes or str(wording.words(locale)["changes"])).rstrip("。"),
    }


def until(value: date, about: About) -> str:
    """A day up to which the customer may answer, with weekday and 含當日."""
    return wording.deadline(value, about.locale)


def answer_by(value: date, about: About) -> str:
    """A day by which we answer, with its weekday."""
    return wording.day_in_week(value, about.locale)


def greeting(about: About) -> str:
    """The confirmers by name, their department where nobody of them has a name."""
    table = wording.words(about.locale)
    named = [contact.name for contact in _confirmers(about) if contact.name]
    who = str(table["between"]).join(named[:_GREETED]) or str(table["department"]).format(customer=about.customer.name)
    return str(table["greeting"]).format(name=who)


def signature(company: Company, person: Staff) -> str:
    """``company　person　phone　address``; the company's own phone where the person has none."""
    parts = (company.name, person.name, person.phone or company.phone, company.mail.address)
    return "\u3000".join(part for part in parts if part)


def recipients(about: About, copies: Sequence[Staff] = ()) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """To and Cc: the customer's registered contacts and our own staff, each address once."""
    author = [each.address for each in about.customer.contacts if _same(each.address, about.author)]
    to = _once([*(each.address for each in _confirmers(about)), *author])
    others = [each.address for each in about.customer.contacts if each.cc and not each.may_confirm]
    cc = _once([about.statement.rep.address, *others, *(each.address for each in copies)], besides=to)
    return to, cc


def _confirmers(about: About) -> list[Contact]:
    return [each for each in sorted(about.customer.contacts, key=lambda one: one.position) if each.may_confirm]


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.strip().casefold()


def _once(addresses: Sequence[str], besides: Sequence[str] = ()) -> tuple[str, ...]:
    taken = {each.casefold() for each in besides}
    found = {each.casefold(): each for each in reversed(addresses) if each and each.casefold() not in taken}
    return tuple(reversed(found.values()))


def _names(about: About, copies: Sequence[Staff]) -> tuple[tuple[str, str], ...]:
    staff = [(each.address, each.name) for each in (about.statement.rep, *copies)]
    return (*((each.address, each.name) for each in about.customer.contacts if each.name), *staff)
