"""Companies' names as people write them: ``蘇州恆遠貿易有限公司``, ``苏州恒远贸易公司``, ``恒远（苏州）``, an alias.

Anywhere only the legal form and the 市 of a town may be left out: 苏州恒远 and 无锡恒远 are two companies, and a form
that two customers share names neither of them. Where it is known whose mail is read (:meth:`Names.short`), place and
trades may be left out as well, as long as the brand stays and what is left fits no other name of the register.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from parsers.fold import fold
from parsers.short_names import Brand, brand_of

_LEGAL = ("股份有限公司", "有限责任公司", "有限公司", "公司", "商行", "厂")
_SHORT = ("公司", "有限公司", "股份有限公司", "股份公司", "股公司", "")
_TOWN = re.compile(r"(?<=^[\u3400-\u9fff]{2})[市省县](?=[\u3400-\u9fff]{4})")
_SHORTEST = 3  # characters that a name without its legal form must keep; a shorter one has to be a registered alias
AMBIGUOUS = "?"


def plain(text: str) -> str:
    """Folded, lower case, without blanks and brackets: the form in which names are compared."""
    return re.sub(r"[\s()\[\]【】〔〕「」“”\"'·.,]", "", fold(text)).lower()


def forms(name: str, aliases: Iterable[str] = ()) -> frozenset[str]:
    """All plain forms that mean this company: the name, with another or without legal form, and its aliases."""
    found = {plain(name)}
    for written in (name, *aliases):
        whole = plain(written)
        legal = next((form for form in _LEGAL if whole.endswith(form)), "")
        core = whole.removesuffix(legal)
        found.add(whole)
        if legal and len(core) >= _SHORTEST:
            found.update(core + short for short in _SHORT)
        elif not legal and len(core) >= _SHORTEST:
            found.update(core + short for short in _SHORT[:-1])
    found.update([_TOWN.sub("", form, count=1) for form in found if _TOWN.search(form)])
    return frozenset(form for form in found if len(form) > 1)


@dataclass(frozen=True, slots=True)
class Found:
    """A name at ``start:end`` of a plain text; ``owner`` is a customer's code, ``""`` for ourselves, or AMBIGUOUS."""

    start: int
    end: int
    owner: str


@dataclass(frozen=True, slots=True)
class Names:
    """An index from plain forms to owners; :func:`index` makes it."""

    owners: dict[str, str]
    lengths: tuple[int, ...]
    initials: frozenset[str] = frozenset()
    """First characters of all forms: most characters of a text begin no name."""
    registered: tuple[tuple[str, str], ...] = ()
    """(owner, folded name) of everybody, own names under ``""``."""
    brands: dict[str, tuple[Brand, ...]] = field(default_factory=dict, compare=False)
    """Short forms by owner, as far as they were asked for."""

    def begins(self, character: str, owner: str) -> bool:
        """Whether a form, or a short form of this owner's or of our own name, can start with a character."""
        return character in self.initials or any(
            character in brand.initials for code in (owner, "") for brand in self._of(code)
        )

    def short(self, text: str, owner: str) -> int:
        """The length of a short form of this owner's name at the start of a plain text, else 0."""
        return max((brand.match(text) for brand in self._of(owner)), default=0)

    def _of(self, owner: str) -> tuple[Brand, ...]:
        known = self.brands.get(owner)
        if known is None:
            others = tuple(name for code, name in self.registered if code != owner)
            found = (brand_of(name, others) for code, name in self.registered if code == owner)
            known = self.brands[owner] = tuple(brand for brand in found if brand is not None)
        return known

    def owner(self, text: str) -> str | None:
        """Whose name the whole text is; None where it is nobody's."""
        return self.owners.get(plain(text))

    def longest(self, text: str, position: int) -> Found | None:
        """The longest name that starts at a position of an already plain text."""
        for length in self.lengths:
            owner = self.owners.get(text[position : position + length])
            if owner is not None and position + length <= len(text):
                return Found(position, position + length, owner)
        return None


def index(ours: Iterable[str], customers: Iterable[tuple[str, str, tuple[str, ...]]]) -> Names:
    """Names of ourselves and of customers given as (code, name, aliases)."""
    owners: dict[str, str] = {}
    registered: list[tuple[str, str]] = []
    for code, name, aliases in customers:
        registered.append((code, fold(name).lower()))
        for form in forms(name, aliases):
            owners[form] = code if owners.get(form, code) == code else AMBIGUOUS
    for name in ours:
        registered.append(("", fold(name).lower()))
        for form in forms(name):
            owners[form] = "" if owners.get(form, "") == "" else AMBIGUOUS
    return Names(
        owners,
        tuple(sorted({len(form) for form in owners}, reverse=True)),
        frozenset(form[0] for form in owners),
        tuple(registered),
    )


def find(names: Names, text: str) -> tuple[Found, ...]:
    """All names in a text, longest first from left to right; positions are those of ``plain(text)``."""
    folded = plain(text)
    found: list[Found] = []
    position = 0
    while position < len(folded):
        match = names.longest(folded, position)
        if match is not None:
            found.append(match)
        position = match.end if match is not None else position + 1
    return tuple(found)
