"""Who is responsible for a customer: rep, superior and finance, each a person of the configuration's staff (A1).

Staff changes after customers were imported, so this is looked up when it is needed, and again by ``doctor``.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.config import Company, ConfigFault
from bot.model import Customer, Role, Staff


@dataclass(frozen=True, slots=True)
class Owners:
    """The three persons; shared mailboxes are none of them."""

    rep: Staff
    superior: Staff
    finance: Staff


def owners(company: Company, customer: Customer) -> tuple[Owners | None, tuple[ConfigFault, ...]]:
    """The customer's owners, or None with a fault for each one missing, which names customer and role."""
    persons = {person.address: person for person in company.staff if not person.shared}
    rep = persons.get(customer.rep.lower())
    if rep is not None and Role.REP not in rep.roles:
        rep = None
    superior = persons.get(rep.superior) if rep is not None and rep.superior else None
    finance = next((person for person in persons.values() if Role.FINANCE in person.roles), None)
    if rep is not None and superior is not None and finance is not None:
        return Owners(rep, superior, finance), ()
    found = {"rep": rep, "superior": superior, "finance": finance}
    return None, tuple(_missing(customer, role) for role, person in found.items() if person is None)


def unowned(company: Company, customers: Iterable[Customer]) -> tuple[ConfigFault, ...]:
    """The faults of all customers, in their order."""
    return tuple(fault for customer in customers for fault in owners(company, customer)[1])


def _missing(customer: Customer, role: str) -> ConfigFault:
    """The fault of one missing owner."""
    remedy = {
        "rep": f"give {customer.rep or 'somebody'} the role rep under staff, or correct the customer's 销售代表",
        "superior": "name the rep's superior under staff",
        "finance": "give a person under staff the role finance",
    }[role]
    return ConfigFault(None, "staff", f"customer {customer.code} {customer.name} has no {role}", remedy)
