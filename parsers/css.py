"""What a mail's style does to its words: ``display:none``, ``font-size:0``, white on white, ``line-through``.

Not a CSS engine: simple selectors (``p``, ``.x``, ``#y``, ``td.x``, the last part of a chain), inline styles and the
old attributes ``color``, ``bgcolor`` and ``hidden``. Everything is linear in the length of what it reads.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from parsers.colour import BLACK, LINK, WHITE, Colour, alike, parse

MAX_RULES, MAX_SHEET = 400, 300_000

_READ = frozenset({
    "display", "visibility", "opacity", "color", "-webkit-text-fill-color", "background", "background-color", "font",
    "font-size", "position", "left", "top", "right", "bottom", "text-indent", "margin", "margin-left", "margin-top",
    "width", "height", "max-width", "max-height", "overflow", "overflow-x", "overflow-y", "clip", "clip-path",
    "transform", "filter", "content-visibility", "mso-hide", "text-decoration", "text-decoration-line", "white-space",
    "letter-spacing", "unicode-bidi",
})  # fmt: skip
_COMMENT = re.compile(r"/\*[^*]*\*+(?:[^/*][^*]*\*+)*/")
_COMPOUND = re.compile(r"([a-z][a-z0-9]*|\*)?((?:[.#][\w-]+)*)")
_PART = re.compile(r"([.#])([\w-]+)")
_LENGTH = re.compile(r"(-?\d*\.?\d+)\s*(px|pt|em|rem|ex|ch|vw|vh|%|in|cm|mm|pc)?")
_PIXELS = {"px": 1.0, "pt": 4 / 3, "em": 16.0, "rem": 16.0, "ex": 8.0, "ch": 8.0, "vw": 8.0, "vh": 8.0, "%": 8.0,
           "in": 96.0, "cm": 37.8, "mm": 3.78, "pc": 16.0, "": 1.0}  # fmt: skip
_TINY = {"%": 15.0, "em": 0.15, "rem": 0.15, "px": 2.0, "pt": 1.5, "": 2.0}
_SHORT = 1_000
_FAR, _OVERLAPPING = -200.0, -5.0
_FAINT = 0.1
_GONE_TRANSFORM = re.compile(r"scale[xy3d]{0,2}\(\s*0?\.?0*\s*[,)]|translate[xy3d]{0,2}\([^)]{0,40}-\d{3,}")
_GONE_CLIP = re.compile(r"rect\(\s*[01](?:px)?\b|inset\(\s*(?:50|100)%|circle\(\s*0")
_DECORATIONS = ("text-decoration", "text-decoration-line")
_STRIKING = frozenset({"s", "strike", "del"})
_VERBATIM = frozenset({"pre", "listing", "xmp", "plaintext"})


def declarations(style: str) -> tuple[tuple[str, str, bool], ...]:
    """``(property, value, important)`` of those properties that can hide or strike words; lower case."""
    return _declared_short(style) if len(style) <= _SHORT else _declared(style)


def _declared(style: str) -> tuple[tuple[str, str, bool], ...]:
    found: list[tuple[str, str, bool]] = []
    for one in _COMMENT.sub(" ", style[:MAX_SHEET].lower()).split(";"):
        name, colon, value = one.partition(":")
        name = name.strip()
        if colon and name in _READ:
            value, _, important = value.partition("!")
            found.append((name, value.strip(), important.strip() == "important"))
    return tuple(found)


_declared_short = lru_cache(maxsize=512)(_declared)  # a mail repeats its styles; long ones would only fill the memory


@dataclass(frozen=True, slots=True)
class Rule:
    """One selector (the last compound of a chain) and what it declares."""

    tag: str
    names: frozenset[str]
    """Classes with their dot and ids with their hash."""
    declared: tuple[tuple[str, str, bool], ...]


def _blocks(sheet: str) -> Iterator[tuple[str, str]]:
    """``(selectors, declarations)`` of the rules that apply on a screen of any width."""
    applies, prelude, selectors = [True], "", ""
    in_rule = False
    for piece in re.split(r"([{}])", sheet):
        if piece == "{":
            if prelude.lstrip().startswith("@"):
                words = prelude.lower().split()
                applies.append(applies[-1] and words[0] == "@media" and set(words[1:]) <= {"all", "screen", "only"})
            else:
                selectors, in_rule = prelude, True
            prelude = ""
        elif piece == "}":
            if in_rule and applies[-1]:
                yield selectors, prelude
            elif not in_rule and len(applies) > 1:
                applies.pop()
            in_rule, prelude = False, ""
        else:
            prelude = piece.rpartition(";")[2] if piece.lstrip().startswith("@") else piece


def sheet_rules(sheet: str) -> tuple[Rule, ...]:
    """The rules of one ``<style>`` that could hide or strike words, hardly more than MAX_RULES."""
    cleaned = _COMMENT.sub(" ", sheet[:MAX_SHEET].replace("<!--", " ").replace("-->", " "))
    rules: list[Rule] = []
    for selectors, body in _blocks(cleaned):
        declared = declarations(body)
        for selector in selectors.split(",", MAX_RULES)[:MAX_RULES] if declared else ():
            last = re.split(r"[\s>+~]+", selector.strip())[-1]
            match = _COMPOUND.fullmatch(last[0:1].lower() + last[1:] if last[:1] not in ".#" else last)
            if match and (match[1] or match[2]):
                names = frozenset(mark + name for mark, name in _PART.findall(match[2]))
                rules.append(Rule(match[1] or "*", names, declared))
        if len(rules) > MAX_RULES:
            break
    return tuple(rules)


@dataclass(slots=True)
class Sheet:
    """All rules of a mail, found by one name each."""

    by_name: dict[str, list[Rule]] = field(default_factory=dict[str, list[Rule]])
    size: int = 0

    def add(self, rules: tuple[Rule, ...]) -> bool:
        """Later rules win over earlier ones of the same weight; False where MAX_RULES left some out."""
        for rule in rules[: MAX_RULES - self.size]:
            self.by_name.setdefault(min(rule.names, default=rule.tag), []).append(rule)
            self.size += 1
        return self.size < MAX_RULES

    def declared(self, tag: str, attributes: Mapping[str, str | None]) -> tuple[tuple[str, str, bool], ...]:
        """What the sheets say of an element, least weight first."""
        if not self.by_name:
            return ()
        classes = ["." + name for name in (attributes.get("class") or "").split()[:50]]
        names = {*classes, "#" + (attributes.get("id") or "")}
        found: list[tuple[str, str, bool]] = []
        for key in ("*", tag, *sorted(names, reverse=True)):
            for rule in self.by_name.get(key, ()):
                if rule.tag in {"*", tag} and rule.names <= names:
                    found.extend(rule.declared)
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Look:
    """How the words in an element appear; children inherit it."""

    gone: bool = False
    invisible: bool = False
    tiny: bool = False
    struck: bool = False
    verbatim: bool = False
    colour: Colour | None = BLACK
    background: Colour | None = WHITE

    @property
    def hidden(self) -> bool:
        """A person who looks at the mail doesn't see these words."""
        return self.gone or self.invisible or self.tiny or alike(self.colour, self.background)

    def child(self, tag: str, attributes: Mapping[str, str | None], sheet: Sheet) -> "Look":
        """The look inside a child element."""
        look = _by_tag(self, tag)
        declared = sheet.declared(tag, attributes)
        if attributes:
            look = _by_attribute(look, attributes)
            declared += declarations(attributes.get("style") or "")
        if not declared:
            return look
        weighed = {name: value for name, value, important in declared if not important}
        weighed |= {name: value for name, value, important in declared if important}
        return _styled(look, weighed)


def _by_tag(look: Look, tag: str) -> Look:
    if tag in _STRIKING:
        return replace(look, struck=True)
    if tag == "bdo":  # turns words around, so that they read otherwise than they are written
        return replace(look, gone=True)
    if tag in _VERBATIM:
        return replace(look, verbatim=True)
    if tag == "a":
        return replace(look, colour=LINK)
    return look


def _by_attribute(look: Look, attributes: Mapping[str, str | None]) -> Look:
    if "hidden" in attributes:
        look = replace(look, gone=True)
    if colour := parse(attributes.get("color") or attributes.get("text") or "", loose=True):
        look = replace(look, colour=colour)
    if background := parse(attributes.get("bgcolor") or "", loose=True):
        look = replace(look, background=background)
    if attributes.get("background"):
        look = replace(look, background=None)
    return look


def _styled(look: Look, style: Mapping[str, str]) -> Look:
    colour, background = _colours(look, style)
    return replace(
        look,
        gone=look.gone or _gone(style),
        invisible={"visible": False, "hidden": True, "collapse": True}.get(style.get("visibility", ""), look.invisible),
        tiny=_tiny(style, inherited=look.tiny),
        struck=look.struck or any("line-through" in style.get(name, "") for name in _DECORATIONS),
        verbatim=style.get("white-space", "pre" if look.verbatim else "").startswith(("pre", "break-spaces")),
        colour=colour,
        background=background,
    )


def _colours(look: Look, style: Mapping[str, str]) -> tuple[Colour | None, Colour | None]:
    colour, background = look.colour, look.background
    if (written := style.get("-webkit-text-fill-color", style.get("color", "inherit"))) not in {"inherit", "unset"}:
        colour = parse(written)
        if colour is not None and colour.alpha < _FAINT:
            colour = background
    painted = style.get("background-color", style.get("background", ""))
    if "url(" in painted or "gradient" in painted:
        background = None
    elif painted and (paint := parse(painted) or parse(painted.split()[0])) and paint.alpha >= _FAINT:
        background = paint
    return colour, background


def _pixels(value: str) -> float | None:
    match = _LENGTH.match(value)
    return float(match[1]) * _PIXELS[match[2] or ""] if match else None


def _tiny(style: Mapping[str, str], *, inherited: bool) -> bool:
    written = style.get("font-size", "")
    if not written and "font" in style:
        size = re.search(r"(?:^|\s)\d*\.?\d+(?:px|pt|em|rem|%)(?=[\s/]|$)|(?:^|\s)0(?=[\s/])", style["font"])
        written = size[0].strip() if size else ""
    match = _LENGTH.match(written)
    if match is None:
        return inherited and not written.endswith(("small", "medium", "large"))
    unit = match[2] or ""
    relative = unit in {"%", "em"}
    return float(match[1]) <= _TINY.get(unit, 0.0) or (inherited and relative)


def _gone(style: Mapping[str, str]) -> bool:
    opacity = _LENGTH.match(style.get("opacity", ""))
    return (
        style.get("display") == "none"
        or style.get("content-visibility") == "hidden"
        or style.get("mso-hide", "none") != "none"
        or (opacity is not None and float(opacity[1]) < (_FAINT * 100 if opacity[2] == "%" else _FAINT))
        or "opacity(0" in style.get("filter", "")
        or style.get("unicode-bidi", "").endswith("override")
        or (_pixels(style.get("letter-spacing", "")) or 0) <= _OVERLAPPING
        or _GONE_TRANSFORM.search(style.get("transform", "")) is not None
        or _GONE_CLIP.search(style.get("clip", "") + style.get("clip-path", "")) is not None
        or _no_room(style)
        or _off_screen(style)
    )


def _no_room(style: Mapping[str, str]) -> bool:
    clipped = any(style.get(name) in {"hidden", "clip"} for name in ("overflow", "overflow-x", "overflow-y"))
    sides = ("width", "height", "max-width", "max-height") if clipped else ("max-width", "max-height")
    lengths = (_pixels(style.get(side, "")) for side in sides)
    return any(length is not None and length <= 1 for length in lengths)


def _off_screen(style: Mapping[str, str]) -> bool:
    sides = ["text-indent", "margin-left", "margin-top"]
    if style.get("position") in {"absolute", "fixed", "relative"}:
        sides += ["left", "top", "right", "bottom"]
    lengths = [_pixels(style.get(side, "")) for side in sides]
    lengths += [_pixels(value) for value in style.get("margin", "").split()[:4]]
    return any(length is not None and length <= _FAR for length in lengths)
