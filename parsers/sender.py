"""Who wrote a mail: exactly one clean From address, or nobody.

``<finance@customer.example(.attack.example)>`` reads as finance@customer.example in the standard library,
without a word. So: one From line in the raw bytes, a small grammar of our own (name, quoted name, encoded
words, one address), and the standard library must read the same address. What is refused goes to a person.
"""

import re
from email.utils import getaddresses

from parsers import headers
from parsers.address import Address
from parsers.mail import Mail

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,64}"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"{_ATOM}(?:\.{_ATOM}){{0,10}}@{_LABEL}(?:\.{_LABEL}){{1,10}}")
_QUOTED = r'"(?:[^"\\\x00-\x08\x0a-\x1f\x7f]|\\["\\])*"'
_COMMENT = r"\([^()<>@\"\\\x00-\x1f]*\)"
_WORDS = r"[^\s()<>@,;:\"\\\[\]\x00-\x1f\x7f]+"
_NAME = re.compile(rf"(?:(?:{_QUOTED}|{_COMMENT}|{_WORDS})\s*)*+")
_MAX_FROM = 998
_SHOWN_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{2,200}")


def author(mail: Mail) -> Address | None:
    """The one address that the mail is from, its name decoded; None where there are none, several, or doubts."""
    if mail.from_lines != 1 or len(mail.from_) != 1 or len(mail.from_raw) >= _MAX_FROM:
        return None
    address = _address(mail.from_raw.strip(" \t"))
    if address is None or address.lower() != mail.from_[0].address or not _library_agrees(mail.from_raw, address):
        return None
    return mail.from_[0]


def _address(value: str) -> str | None:
    """The address of ``address``, ``<address>`` or ``name <address>``; None for any other form."""
    name, bracket, rest = value.rpartition("<")
    if bracket:
        if not rest.endswith(">") or _NAME.fullmatch(name) is None:
            return None
        value = rest[:-1]
    return value if _ADDRESS.fullmatch(value) and "=?" not in value else None


def _library_agrees(value: str, address: str) -> bool:
    ours = address.lower()
    return [one.lower() for _, one in getaddresses([value])] == [ours]


def oddities(mail: Mail, writer: Address) -> tuple[str, ...]:
    """What a person should know: ``reply_to_differs``, ``sender_differs``, ``name_shows_other_address``."""
    sent_by = {one.address for value in mail.header_values("sender") for one in headers.addresses(value)}
    shown = {found.lower() for found in _SHOWN_ADDRESS.findall(writer.display)}
    signs = {
        "reply_to_differs": {one.address for one in mail.reply_to},
        "sender_differs": sent_by,
        "name_shows_other_address": shown,
    }
    return tuple(sign for sign, others in signs.items() if others - {writer.address})
