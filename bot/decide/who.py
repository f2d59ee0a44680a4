"""Who writes: the customers that an address belongs to, and what its owner may do for one of their statements."""

from bot.model import Contact, Register, SentStatement, Staff


def contact_of(address: str, register: Register) -> tuple[tuple[str, Contact], ...]:
    """(customer's code, contact) of everybody registered under an address."""
    return tuple(
        (customer.code, contact)
        for customer in register.customers
        for contact in customer.contacts
        if contact.address.lower() == address
    )


def standing(
    address: str, staff: Staff | None, known: tuple[tuple[str, Contact], ...], statement: SentStatement | None
) -> str:
    """Who writes, as far as this statement goes; staff stay staff even where they are registered as a contact too."""
    if not address:
        return "ambiguous"
    if staff is not None:
        return "staff"
    here = [contact for code, contact in known if statement is None or code == statement.customer]
    if any(contact.may_confirm for contact in here):
        return "may_confirm"
    return "contact" if here else "unknown"
