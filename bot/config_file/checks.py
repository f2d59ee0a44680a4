"""What must fit together in a configuration: who reports to whom, who reads what, and dates that can't be kept (A1)."""

from collections import Counter
from collections.abc import Sequence

from bot.config import CalendarSettings, Company, MonthlyRule
from bot.config_file.section import Section
from bot.model import Role, Staff


def check_staff(own: Section, sections: Sequence[Section], staff: Sequence[Staff], bot: str) -> None:
    """Every address once and not the bot's; superiors are known persons, in no circle; there is a rep and finance."""
    persons = {person.address: person for person in staff if not person.shared}
    times = Counter(person.address for person in staff if person.address)
    for section, person in zip(sections, staff, strict=True):
        if times[person.address] > 1:
            section.fault("address", f"{person.address} stands here more than once", "one entry each, with all roles")
        if person.address and person.address == bot:
            section.fault("address", "this is the bot's own address", "give staff addresses of their own")
        _check_superior(section, person, persons, {one.address for one in staff})
    for role in (Role.REP, Role.FINANCE):
        if staff and not any(role in person.roles for person in persons.values()):
            remedy = f"give the role {role} to somebody who is not a shared mailbox"
            own.fault("staff", f"no person has the role {role}", remedy)


def _check_superior(section: Section, person: Staff, persons: dict[str, Staff], everybody: set[str]) -> None:
    """The superior of one person."""
    if person.superior is None:
        if Role.REP in person.roles and not person.shared and not section.has("superior"):
            section.fault("superior", f"{person.name or 'this rep'} has no superior", "name the superior's address")
    elif person.superior not in persons:
        why = "is a shared mailbox" if person.superior in everybody else "is not among the staff"
        section.fault("superior", f"{person.superior} {why}", "name the address of a person under staff")
    elif _in_circle(person, persons):
        section.fault("superior", "this chain of superiors comes back to where it began", "break the circle")


def _in_circle(person: Staff, persons: dict[str, Staff]) -> bool:
    """Whether the person stands above themselves."""
    above, seen = person.superior, set[str]()
    while above in persons and above not in seen:
        if above == person.address:
            return True
        seen.add(above)
        above = persons[above].superior
    return False


def check_departments(departments: Sequence[tuple[str, str]], section: Section, bot: str) -> None:
    """The bot does not write to itself."""
    for key, address in departments:
        if address and address == bot:
            section.fault(key, "this is the bot's own address", "name the one that people of the department read")


def check_readers(company: Company, digest: Section) -> None:
    """The digest tells of every customer: it goes to staff and departments only (A5)."""
    known = {person.address for person in company.staff} | {address for _, address in company.departments}
    for address in company.digest_to:
        if company.staff and address not in known:
            digest.fault("to", f"{address} is neither under staff nor a department's", "add it to staff, or correct it")


def check_calendar(settings: CalendarSettings, section: Section) -> None:
    """No day is both."""
    for day in sorted(set(settings.working) & set(settings.off)):
        section.fault("off", f"{day} is a working day and off", "remove it from one of the lists")


def check_cycles(rule: MonthlyRule, section: Section) -> None:
    """A statement can't be completed before it is sent."""
    if rule.complete_within_working_days < rule.send_on_working_day:
        section.fault(
            "complete_within_working_days",
            f"statements are sent on working day {rule.send_on_working_day}, after this",
            "let it be later",
        )


def check_companies(companies: Sequence[Company], sections: Sequence[Section]) -> None:
    """Names, mailboxes and number prefixes tell companies apart."""
    for what, keys in (
        ("company.name", [company.name for company in companies]),
        ("company.number_prefix", [company.number_prefix for company in companies]),
        ("mail.address", [company.mail.address for company in companies]),
    ):
        times = Counter(keys)
        for section, key in zip(sections, keys, strict=True):
            if key and times[key] > 1:
                section.fault(what, f"{key} belongs to more than one company", "each company needs its own")
