"""The leak guard (A5): does a mail to one customer name another one, its number or its people?

Looked at are recipients, subject, both bodies, attachment names and any further text given (the PDF's words).
A name counts from four characters on; a code only where it stands alone and can't be an ordinary number. The
customer's own names are no finds, nor what stands wholly inside one: 「恒远自动化」 in 「苏州恒远自动化」.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from bot.model import Customer, Draft
from parsers import number
from parsers.fold import fold

_WINDOW = 4
_TAG = re.compile(r"<(?:style|title)\b.*?</(?:style|title)>|<[^>]*>", re.DOTALL)
_BLANKS = re.compile(r"\s+")
_CODE = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9][A-Za-z0-9_.-]{3,}|\d{6,}")
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")


@dataclass(frozen=True, slots=True)
class LeakGuard:
    """An index over all customers, built once per import (linear in names); :meth:`foreign` costs by mail length."""

    names: dict[str, list[tuple[str, str]]] = field(repr=False)
    codes: dict[str, str] = field(repr=False)
    addresses: dict[str, frozenset[str]] = field(repr=False)

    @classmethod
    def of(cls, customers: Iterable[Customer]) -> "LeakGuard":
        """The index of these customers."""
        names: dict[str, list[tuple[str, str]]] = defaultdict(list)
        codes: dict[str, str] = {}
        addresses: dict[str, set[str]] = defaultdict(set)
        for customer in customers:
            for name in _names(customer):
                names[name[:_WINDOW]].append((name, customer.code))
            if _CODE.fullmatch(customer.code):
                codes[customer.code.casefold()] = customer.code
            for contact in customer.contacts:
                addresses[contact.address.casefold()].add(customer.code)
        return cls(dict(names), codes, {key: frozenset(value) for key, value in addresses.items()})

    def foreign(
        self,
        draft: Draft,
        own: Customer,
        *,
        ours: Sequence[str] = (),
        numbers: Iterable[str] | None = None,
        texts: Sequence[str] = (),
    ) -> tuple[str, ...]:
        """What of other customers stands in the mail, each once, sorted; empty means that it may go.

        ``ours`` are our company's names, ``numbers`` the statement numbers that may be named (None: not looked at),
        ``texts`` further texts that go out with it.
        """
        parts = (
            draft.subject,
            draft.text,
            _TAG.sub(" ", draft.html),
            *(each.name for each in draft.attachments),
            *texts,
        )
        whole = "\n".join(parts)
        found = self._names_in(_folded(whole), own, ours)
        found |= self._codes_in(whole, own)
        found |= self._recipients(draft, own)
        if numbers is not None:
            found |= set(number.find(whole)) - set(numbers)
        return tuple(sorted(found))

    def _names_in(self, text: str, own: Customer, ours: Sequence[str]) -> set[str]:
        harmless = sorted({*_names(own), *map(_folded, ours)}, key=len, reverse=True)
        spans = [match.span() for name in filter(None, harmless) for match in re.finditer(re.escape(name), text)]
        windows = {text[start : start + _WINDOW] for start in range(len(text) - _WINDOW + 1)}
        likely = (pair for window in windows & self.names.keys() for pair in self.names[window])
        return {
            name
            for name, code in likely
            if code != own.code and any(not _inside(spot, spans) for spot in _spots(text, name))
        }

    def _codes_in(self, text: str, own: Customer) -> set[str]:
        words = {word.casefold() for word in _WORD.findall(text)} - {own.code.casefold()}
        return {self.codes[word] for word in words if word in self.codes}

    def _recipients(self, draft: Draft, own: Customer) -> set[str]:
        addresses = {each.casefold() for each in (*draft.to, *draft.cc, *draft.bcc)}
        return {each for each in addresses if each in self.addresses and own.code not in self.addresses[each]}


def foreign_names(draft: Draft, own: Customer, others: Iterable[Customer]) -> tuple[str, ...]:
    """The guard for one mail; keep a :class:`LeakGuard` where many mails are checked against the same customers."""
    return LeakGuard.of(others).foreign(draft, own)


def _names(customer: Customer) -> set[str]:
    folded = (_folded(name) for name in (customer.name, *customer.aliases))
    return {name for name in folded if len(name) >= _WINDOW}


def _spots(text: str, name: str) -> Iterator[tuple[int, int]]:
    """Where a name stands, overlapping ones too."""
    start = text.find(name)
    while start >= 0:
        yield start, start + len(name)
        start = text.find(name, start + 1)


def _inside(spot: tuple[int, int], spans: Iterable[tuple[int, int]]) -> bool:
    return any(first <= spot[0] and spot[1] <= last for first, last in spans)


def _folded(text: str) -> str:
    """Folded for comparing, blanks gone: a name is found across line breaks too."""
    return _BLANKS.sub("", fold(text)).casefold()
