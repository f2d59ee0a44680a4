"""Domains that resemble a registered one: ``hengyuarn.example`` for ``hengyuan.example``; only ever a warning."""

from bot.model import Register


def warnings(address: str, register: Register) -> tuple[str, ...]:
    """Which registered domains a stranger's domain resembles, in words for a person; at most three."""
    domain = address.rpartition("@")[2]
    if not domain:
        return ()
    alike = sorted({other for other in _domains(register) if other != domain and _alike(domain, other)})
    return tuple(f"发件域名 {domain} 与登记的 {other} 相似，请提防冒充" for other in alike[:3])


def _domains(register: Register) -> set[str]:
    contacts = (contact.address for customer in register.customers for contact in customer.contacts)
    addresses = (*contacts, *(person.address for person in register.staff))
    return {address.lower().rpartition("@")[2] for address in addresses}


_LOOK = str.maketrans({"0": "o", "1": "l", "i": "l", "3": "e", "5": "s", "-": "", ".": "", "_": ""})


def _skeleton(domain: str) -> str:
    return domain.lower().replace("rn", "m").replace("vv", "w").translate(_LOOK)


def _alike(left: str, right: str) -> bool:
    """Equal to the eye, or one letter apart."""
    first, second = _skeleton(left), _skeleton(right)
    if first == second:
        return True
    if abs(len(first) - len(second)) > 1:
        return False
    start = 0
    while start < min(len(first), len(second)) and first[start] == second[start]:
        start += 1
    return first[start + 1 :] in {second[start + 1 :], second[start:]} or first[start:] == second[start + 1 :]
