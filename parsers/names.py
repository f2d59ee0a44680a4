"""Companies' names as people write them: ``蘇州恆遠貿易有限公司``, ``苏州恒远贸易公司``, ``恒远（苏州）``, an alias.

Anywhere only the legal form and the 市 of a town may be left out: 苏州恒远 and 无锡恒远 are two companies, and a form
that two customers share names neither of them. Where it is known whose mail is read (:meth:`Names.short`), place and
trades may be left out as well, as long as the brand stays and what is left fits no other name of the register.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from parsers.fold import fold
from parsers.words_names import ENDINGS, FOUNDED, ORDINARY, PLACE, PLACES, TRADE_LENGTHS, TRADES

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
class Brand:
    """How one registered name may be shortened; ``pattern`` is over plain text, ``others`` are names with its brand."""

    pattern: re.Pattern[str]
    initials: str
    brands: frozenset[str]
    others: tuple[str, ...]

    def match(self, text: str) -> int:
        """The length of a short form at the start of a plain text, 0 where there is none or it fits another name."""
        found = self.pattern.match(text)
        if found is None or any(_within(found[0], other) for other in self.others):
            return 0
        return 0 if found[0] in self.brands and ORDINARY.search(found[0]) else found.end()


def _within(short: str, whole: str) -> bool:
    """Whether all characters of a short form stand in a name, in their order."""
    rest = iter(whole)
    return all(character in rest for character in short)


def _brand(name: str, registered: tuple[tuple[str, str], ...], owner: str) -> Brand | None:
    """The short forms of a registered name; None where no brand can be told from places and trades."""
    folded = fold(name).lower()
    bracket = next((inner for inner in re.findall(r"\(([^()]{2,4})\)", folded) if PLACE.fullmatch(inner)), "")
    whole = plain(folded.replace(f"({bracket})", "") if bracket else folded)
    ending = next((form for form in ENDINGS if whole.endswith(form)), "")
    core = whole.removesuffix(ending)
    if _BRANCH.search(whole):
        return None
    places, rest = _places(core)
    brand, trades = _brand_and_trades(rest)
    towns = "|".join(dict.fromkeys(place.rstrip("市省县区镇") for place in [*places, *([bracket] if bracket else [])]))
    town = f"(?:(?:{towns})[市省县区镇]?){{0,3}}" if towns else ""
    names = [piece for piece in _pieces(brand) if piece]
    if not names:
        return None
    optional = "".join(f"(?:{re.escape(trade)})?" for trade in trades)
    end = r"(?:(?:股份|有限|责任)*公司)?" if ending.endswith("公司") else f"(?:{ending})?"
    pattern = re.compile(f"{town}(?:{'|'.join(map(re.escape, names))}){town}{optional}{town}{end}")
    others = tuple(other for code, other in registered if code != owner and any(piece in other for piece in names))
    initials = "".join(piece[0] for piece in [*places, bracket, *names] if piece)
    return Brand(pattern, initials, frozenset(names), others)


_BRAND = 2  # characters of a brand at least
_SPLIT = 4  # characters from which a brand may hold a place or trade that we don't know
_BRANCH = re.compile(r"分公司|办事处|分厂|分店")


def _places(core: str) -> tuple[list[str], str]:
    """Places before the brand, and what follows; a place that leaves nothing of the name is part of the brand."""
    found: list[str] = []
    rest = core
    while (match := PLACE.match(rest)) is not None and _brand_and_trades(rest[match.end() :])[0]:
        found.append(match[0])
        rest = rest[match.end() :]
    founded = FOUNDED.match(rest)
    return found, rest[founded.end() :] if founded else rest


def _pieces(brand: str) -> list[str]:
    """The brand, and the two ends of a long one, where a place or trade may hide: 大亚湾三江 → 三江."""
    if len(brand) < _BRAND:
        return []
    ends = [brand[-2:], brand[-3:], brand[:2], brand[:3]] if len(brand) >= _SPLIT and brand[0] != "第" else []
    known = [end for end in ends if not (end in PLACES or end in TRADES or ORDINARY.search(end))]
    return sorted({brand, *known}, key=len, reverse=True)


def _brand_and_trades(core: str) -> tuple[str, list[str]]:
    """``天宇电子科技`` → 天宇 and its trades; what begins with a trade has no brand."""
    if _trade(core, 0):
        return "", []
    start = next((place for place in range(_BRAND, len(core)) if _trade(core, place)), len(core))
    trades: list[str] = []
    place = start
    while place < len(core):
        unit = _trade(core, place) or core[place]
        place += len(unit)
        trades.extend([unit[:2], unit[2:]] if {unit[:2], unit[2:]} <= TRADES else [unit])
    return (core[:start] if len(core) >= _BRAND else ""), trades


def _trade(core: str, place: int) -> str:
    """The longest trade at a place of a name, empty where there is none."""
    return next((core[place : place + size] for size in TRADE_LENGTHS if core[place : place + size] in TRADES), "")


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
            found = (_brand(name, self.registered, owner) for code, name in self.registered if code == owner)
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
