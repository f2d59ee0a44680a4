"""What a mail's words are read for: the statement's own names, period and figures, and everybody's names."""

import re
from functools import lru_cache

from bot.decide.match import Binding
from bot.decide.written import OwnWords, own_words
from bot.model import Customer, Register, SentStatement
from parsers import names
from parsers.mail import Mail
from parsers.tokens import Scope


def words_of(mail: Mail, register: Register, binding: Binding) -> tuple[OwnWords, Scope]:
    """The writer's words, and what they are read for."""
    live = binding.live or binding.statement
    sent = tuple(
        dict.fromkeys(
            text for item in register.statements if live and item.number == live.number for text in item.texts
        )
    )
    scope = scope_of(register, live, people_of(register, binding))
    us = (*register.own_addresses, *register.company_names)
    return own_words(mail, sent, scope, us), scope


def people_of(register: Register, binding: Binding) -> tuple[str, ...]:
    """Names of staff and of the customer's contacts: they greet and sign."""
    people = [person.name for person in register.staff]
    if binding.customer is not None:
        people.extend(contact.name for contact in binding.customer.contacts)
    people.extend([name[1:] for name in people if len(name) == _FULL_NAME and not _SAYS.search(name)])
    return tuple(people)


def scope_of(register: Register, live: SentStatement | None, people: tuple[str, ...]) -> Scope:
    """What words about a statement are read for; None while the mail isn't bound."""
    index = _names(_Same(register.customers), register.company_names)
    if live is None:
        return Scope(index, people=people)
    return Scope(
        index,
        live.customer,
        live.period,
        live.closing,
        live.number,
        live.revision,
        live.snapshot.first_day,
        live.snapshot.last_day,
        people,
        len(names.plain(live.snapshot.customer.name)) + _TITLE,
        live.currency,
    )


_SAYS = re.compile(r"[不未没無无非差错錯退少多漏欠扣除但若如待]|会计|會計")
_FULL_NAME = 3  # characters of 周晓岚, whom friends call 晓岚
_TITLE = 20  # characters of period and title beside the customer's name: 二〇二六年十月份销售对账单 and some


class _Same:
    """Customers as a key by identity: hashing 100,000 of them for each mail would cost more than the judging."""

    __slots__ = ("customers",)

    def __init__(self, customers: tuple[Customer, ...]) -> None:
        self.customers = customers

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.customers is other.customers

    def __hash__(self) -> int:
        return id(self.customers)


@lru_cache(maxsize=4)
def _names(same: _Same, company_names: tuple[str, ...]) -> names.Names:
    return names.index(company_names, ((item.code, item.name, item.aliases) for item in same.customers))
