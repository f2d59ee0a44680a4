"""The rules of a mail's ``<style>`` sheets, and which of them an element meets: ``td.x > .y, #z {display:none}``.

Chains, attributes, nesting and at-rules are read as far as mails use them. A rule that may or may not hold (a window of
some width, ``:first-child``, a sibling) is *unsure*: what it hides counts as hidden, what it shows doesn't count.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from parsers.css_text import Declared, declarations, unescaped, without_comments

MAX_RULES, MAX_SHEET, MAX_STEPS, _MAX_CHAIN = 1_000, 300_000, 200_000, 8

_COMPOUND = re.compile(r"([a-z][\w-]*|\*)?((?:[.#][^.#\s\[\]:()]+)*)")
_PART = re.compile(r"[.#][^.#\s]+")
_ATTRIBUTE = re.compile(r"\[\s*([\w-]+)\s*(?:[~|^$*]?=\s*(?:\"[^\"]*\"|'[^']*'|[^\]\s]+)\s*[is]?\s*)?\]")
_FUNCTION = re.compile(r":[\w-]+\([^()]*\)")
_PSEUDO = re.compile(r"::?[\w-]+")
_INSERTED = re.compile(r"::?(?:before|after)\b")
_ON_EVENT = re.compile(
    r":(?:hover|active|focus|focus-within|visited|target|checked|-\w[\w-]*)\b|::(?:selection|-\w[\w-]*)\b"
)
_NOT_SHOWN = frozenset({"@page", "@font-face", "@keyframes", "@-webkit-keyframes", "@counter-style", "@property"})
_ON_PAPER = re.compile(r"@media\s+(?:only\s+)?(?:print|speech|handheld|projection|tv)\b")
_ON_SCREEN = re.compile(r"@media(?:\s+(?:all|screen|only)\b)*\s*")
_PAINTED = frozenset({"color", "background", "background-color", "-webkit-text-fill-color"})


@dataclass(frozen=True, slots=True)
class Compound:
    """``td.x#y[title]``: a tag or ``*``, classes with their dot and ids with their hash, names of attributes."""

    tag: str
    names: frozenset[str] = frozenset()
    attributes: frozenset[str] = frozenset()

    def fits(self, element: "Element") -> bool:
        """Whether the element is one of these."""
        return (
            self.tag in {"*", element.tag}
            and self.names <= element.names
            and all(name in element.attributes for name in self.attributes)
        )


@dataclass(frozen=True, slots=True, eq=False)
class Element:
    """What selectors ask of an element; names in lower case, since mails are read in quirks mode."""

    tag: str
    names: frozenset[str]
    attributes: Mapping[str, str | None]


def element(tag: str, attributes: Mapping[str, str | None]) -> Element:
    """The element as selectors see it."""
    names = {"." + name for name in (attributes.get("class") or "").lower().split()[:50]}
    if identity := attributes.get("id"):
        names.add("#" + identity.lower())
    return Element(tag, frozenset(names), attributes)


@dataclass(frozen=True, slots=True)
class Rule:
    """One selector and what it declares. ``chain`` holds (combinator, compound) leftwards: parents and ancestors.

    ``inserted`` is True where the declarations are those of ``::before`` or ``::after``.
    """

    last: Compound
    chain: tuple[tuple[str, Compound], ...]
    declared: Declared
    sure: bool
    inserted: bool
    weight: tuple[int, int, int]

    def fits(self, one: Element, ancestors: Sequence[Element]) -> bool:
        """Whether the element meets the selector; the nearest fitting ancestor stands for each part of the chain."""
        if not self.last.fits(one):
            return False
        at = len(ancestors)
        for combinator, wanted in self.chain:
            at -= 1
            while at >= 0 and combinator == " " and not wanted.fits(ancestors[at]):
                at -= 1
            if at < 0 or not wanted.fits(ancestors[at]):
                return False
        return True


@dataclass(frozen=True, slots=True, eq=False)
class Met:
    """What the sheets say of one element: by sure rules only, by all rules, and what is inserted beside it."""

    sure: Declared = ()
    all: Declared = ()
    inserted: tuple[Declared, ...] = ()


NOTHING_MET = Met()


@dataclass(slots=True)
class Sheet:
    """All rules of a mail, found by one name each."""

    by_name: dict[str, list[tuple[int, Rule]]] = field(default_factory=dict[str, list[tuple[int, Rule]]])
    size: int = 0
    steps: int = 0
    """Comparisons of selectors with elements so far; beyond MAX_STEPS nothing is looked up any more."""
    _met: dict[tuple[str, frozenset[str]], tuple[Met | None, list[tuple[int, Rule]]]] = field(
        default_factory=dict[tuple[str, frozenset[str]], tuple[Met | None, list[tuple[int, Rule]]]]
    )

    def add(self, source: str, *, sure: bool = True) -> bool:
        """Read one ``<style>``; False where MAX_RULES or MAX_SHEET left something out."""
        for rule in rules(source if sure else f"@media (width){{{source}}}"):
            if self.size >= MAX_RULES:
                return False
            key = min(rule.last.names, default=rule.last.tag)
            self.by_name.setdefault(key, []).append((self.size, rule))
            self.size += 1
        return len(source) <= MAX_SHEET

    def met(self, one: Element, ancestors: Sequence[Element]) -> Met:
        """What applies to an element, the least weight first."""
        if not self.by_name:
            return NOTHING_MET
        key = (one.tag, one.names)
        if key not in self._met:
            found = [pair for name in ("*", one.tag, *one.names) for pair in self.by_name.get(name, ())]
            found = [pair for pair in found if pair[1].last.tag in {"*", one.tag} and pair[1].last.names <= one.names]
            found.sort(key=lambda pair: (pair[1].weight, pair[0]))
            plain = all(not rule.chain and not rule.last.attributes for _, rule in found)
            self._met[key] = (_merged([rule for _, rule in found]) if plain else None, found)
        met, found = self._met[key]
        if met is not None or self.steps > MAX_STEPS:
            return met or NOTHING_MET
        self.steps += sum(1 + len(rule.chain) * (1 + len(ancestors) // 16) for _, rule in found)
        return _merged([rule for _, rule in found if rule.fits(one, ancestors)])

    @property
    def cut(self) -> bool:
        """Whether something wasn't looked up."""
        return self.steps > MAX_STEPS


def _merged(rules_: Sequence[Rule]) -> Met:
    if not rules_:
        return NOTHING_MET
    plain = [rule for rule in rules_ if not rule.inserted]
    every = tuple(one for rule in plain for one in rule.declared)
    sure = every if all(rule.sure for rule in plain) else tuple(o for r in plain if r.sure for o in r.declared)
    return Met(sure, every, tuple(rule.declared for rule in rules_ if rule.inserted))


def rules(source: str) -> Iterator[Rule]:
    """The rules of one sheet that could hide, strike or insert words."""
    cleaned = without_comments(source[:MAX_SHEET].replace("<!--", " ").replace("-->", " "))
    for selectors, body, sure, dark in _blocks(cleaned.lower()):
        declared = declarations(body)
        if dark:
            declared = tuple(one for one in declared if one[0] not in _PAINTED)
        flat = _FUNCTION.sub(":function", _FUNCTION.sub(":function", selectors))
        for selector in flat.split(",", MAX_RULES)[:MAX_RULES] if declared else ():
            rule = _rule(selector.strip(), declared, sure=sure)
            if rule is not None:
                yield rule


@dataclass(slots=True)
class _Open:
    """An open brace: a condition or a rule with its selectors; ``text`` gathers its declarations."""

    selectors: str
    shown: bool
    sure: bool
    dark: bool
    text: str = ""


def _blocks(sheet: str) -> Iterator[tuple[str, str, bool, bool]]:
    """(selectors, declarations, whether it surely applies, whether in dark mode only) of all that a screen may show."""
    stack = [_Open("", shown=True, sure=True, dark=False)]
    for piece in re.split(r"([{}])", sheet):
        top = stack[-1]
        if piece == "{":
            before, _, prelude = top.text.rpartition(";")
            top.text = before
            stack.append(_opened(top, prelude.strip()))
        elif piece == "}":
            if top.selectors and top.shown:
                yield top.selectors, top.text, top.sure, top.dark
            if len(stack) > 1:
                stack.pop()
        else:
            top.text += piece if len(top.text) < MAX_SHEET else ""
    for top in stack[1:]:
        if top.selectors and top.shown:  # a sheet that breaks off still applies
            yield top.selectors, top.text, top.sure, top.dark


def _opened(around: _Open, prelude: str) -> _Open:
    if not prelude.startswith("@"):
        nested = bool(around.selectors)
        return _Open(
            prelude.replace("&", " ").strip() or around.selectors, around.shown, around.sure and not nested, around.dark
        )
    shown = (
        around.shown
        and prelude.split(maxsplit=1)[0].split("(", maxsplit=1)[0] not in _NOT_SHOWN
        and not _ON_PAPER.match(prelude)
    )
    sure = around.sure and _ON_SCREEN.fullmatch(prelude) is not None
    return _Open(around.selectors, shown, sure, around.dark or "dark" in prelude)


def _rule(selector: str, declared: Declared, *, sure: bool) -> Rule | None:
    """One selector read; None where it needs an event (``:hover``) or says nothing that we can look for."""
    if _ON_EVENT.search(selector):
        return None
    inserted = _INSERTED.search(selector) is not None
    bare = _PSEUDO.sub(lambda match: "html" if match[0] == ":root" else "", selector)
    sure = sure and bare == _INSERTED.sub("", selector)
    chain = _chain(bare or "*")
    if chain is None:
        return None
    (_, last), *rest = chain
    sure = sure and all(combinator in " >" for combinator, _ in rest)
    kept = next((place for place, (combinator, _) in enumerate(rest) if combinator not in " >"), len(rest))
    return Rule(last, tuple(rest[:kept]), declared, sure, inserted, _weight(chain))


def _chain(selector: str) -> list[tuple[str, Compound]] | None:
    """From right to left, each compound with the combinator between it and the one before."""
    spaced = re.sub(r"\s*([>+~])\s*", r"\1", _ATTRIBUTE.sub(lambda match: f"[{match[1]}]", selector)).strip(" >+~")
    pieces = re.split(r"([\s>+~]+)", spaced)
    found: list[tuple[str, Compound]] = []
    for place in range(len(pieces) - 1, max(-1, len(pieces) - 2 * _MAX_CHAIN), -2):
        compound = _compound(pieces[place])
        if compound is None:
            return None
        combinator = pieces[place + 1].strip()[:1] or " " if place + 1 < len(pieces) else " "
        found.append((combinator, compound))
    return found


def _compound(text: str) -> Compound | None:
    attributes = frozenset(match[1] for match in _ATTRIBUTE.finditer(text))
    match = _COMPOUND.fullmatch(unescaped(_ATTRIBUTE.sub("", text)))
    if match is None or not (match[1] or match[2] or attributes):
        return None
    return Compound(match[1] or "*", frozenset(_PART.findall(match[2])), attributes)


def _weight(chain: Sequence[tuple[str, Compound]]) -> tuple[int, int, int]:
    ids = sum(name[0] == "#" for _, one in chain for name in one.names)
    classes = sum(len(one.names) + len(one.attributes) for _, one in chain) - ids
    return ids, classes, sum(one.tag != "*" for _, one in chain)
