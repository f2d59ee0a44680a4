"""What a mail's style does to its words: ``display:none``, ``font-size:0``, white on white, ``line-through``.

Not a CSS engine: what an element inherits, what hides it, what strikes it, and whether it is laid over others. In doubt
words count as hidden, so that a person looks.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from parsers.colour import BLACK, LINK, WHITE, Colour, alike, parse
from parsers.css_hiding import FREE, HALF, LENGTH, PIXELS, UNSET, hides, pixels
from parsers.css_sheet import NOTHING_MET, Met
from parsers.css_text import declarations, resolved
from parsers.css_values import valid, weighed

__all__ = ["NOTHING_MET", "Look", "Met", "child", "inserted", "overlay"]

_MOST_VARIABLES = 200

_SIZES = {"xx-small": 9.0, "x-small": 10.0, "small": 13.0, "medium": 16.0, "large": 18.0, "x-large": 24.0,
          "xx-large": 32.0, "xxx-large": 48.0, "initial": 16.0}  # fmt: skip
_STEPS = {"smaller": 5 / 6, "larger": 1.2, "small": 5 / 6, "big": 1.2}
_CALCULATED = ("calc(", "min(", "max(", "clamp(", "env(", "attr(")
_READABLE = 5.0  # pixels: Chinese in smaller letters is dots
_ABOVE, _LIFTED = -8.0, -2.0  # pixels: drawn up over the line before; an underline in the middle of its words
_DECORATIONS = ("text-decoration", "text-decoration-line", "-webkit-text-decoration", "-webkit-text-decoration-line")
_STRIKING = frozenset({"s", "strike", "del"})
_VERBATIM = frozenset({"pre", "listing", "xmp", "plaintext"})
_INLINE = frozenset({"span", "font", "b", "i", "u", "em", "strong", "a"})
_PICTURES = frozenset({"img", "hr"})
_SIGNS = ("list-style", "list-style-type", "quotes")
_GROUNDS = ("background", "background-color", "background-image", "border-top")
_PLACING = frozenset({"position", "margin", "margin-top", *_SIGNS})
_STRING = re.compile(r"\"([^\"]*)\"|'([^']*)'|(attr\([^()]*\))")


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """How the words in an element appear; children inherit it. ``size`` in pixels; ``hidden`` follows from the rest."""

    gone: bool = False
    invisible: bool = False
    struck: bool = False
    verbatim: bool = False
    size: float = 16.0
    opacity: float = 1.0
    colour: Colour | None = BLACK
    background: Colour | None = WHITE
    variables: tuple[tuple[str, str], ...] = ()
    hidden: bool = field(init=False)
    """A person who looks at the mail doesn't see these words."""

    def __post_init__(self) -> None:
        unread = self.size <= _READABLE or alike(self.colour, self.background, self.opacity)
        object.__setattr__(self, "hidden", self.gone or self.invisible or unread)


def child(parent: Look, tag: str, attributes: Mapping[str, str | None], met: Met = NOTHING_MET) -> Look:
    """The look inside a child element."""
    look = _by_tag(parent, tag)
    style = declarations(attributes.get("style") or "") if attributes else ()
    if attributes:
        look = _by_attribute(look, attributes)
    if not met.all and not style:
        return look
    found = _styled(look, weighed(met.all + style), parent, tag)
    if any(name == "color" and alike(parse(value, loose=True), found.background) for name, value, _ in style):
        return replace(
            found, gone=True
        )  # digits without their hash count in old pages; one that is covered hides no less
    if met.sure is not met.all and not found.hidden and _styled(look, weighed(met.sure + style), parent, tag).hidden:
        return replace(found, gone=True)
    return found


def overlay(tag: str, attributes: Mapping[str, str | None], met: Met = NOTHING_MET) -> str:
    """What an element lays over others, as its style says it: a painted box or picture out of its place. Else empty."""
    written = attributes.get("style") or ""
    declared = met.all + declarations(written) if written else met.all
    if all(name not in _PLACING for name, _, _ in declared):
        return ""
    style = weighed(declared)
    signs = "".join(style.get(name, "") for name in _SIGNS)
    if any(map(str.isalnum, "".join("".join(match) for match in _STRING.findall(signs)))):
        return signs[:80]
    paints = tag in _PICTURES or any(_paints(style.get(name, "")) for name in _GROUNDS)
    moved = style.get("position") in FREE or _is_moved(style)
    borders = [style.get(name, "") for name in ("border", "border-top", "border-bottom")]
    lined = any("px" in border or "solid" in border for border in borders)
    return (written or style.get("position", "margin"))[:80] if moved and (paints or lined) else ""


def inserted(met: Met) -> str:
    """Words and signs that a sheet puts beside an element (``content``), empty where it puts none."""
    found: list[str] = []
    for declared in met.inserted:
        style = weighed(declared)
        content = style.get("content", "none")
        if content.lower() in UNSET:
            continue
        drawn = style.get("position") in FREE or any(_paints(style.get(name, "")) for name in ("border", *_GROUNDS))
        if drawn or any(map(str.isalnum, content)):
            found.append(f"content {content}")
    return "".join(found)[:80]


def _paints(value: str) -> bool:
    if value in UNSET or value.startswith("0"):
        return False
    paint = parse(value) or parse(value.split(maxsplit=1)[0] if value else "")
    return paint is None or paint.alpha > 0


def _is_moved(style: Mapping[str, str]) -> bool:
    """Drawn up over what stands before it."""
    margins = style.get("margin", "").split()
    above = [style.get("margin-top", margins[0] if margins else "")]
    if style.get("position") == "relative":
        above.append(style.get("top", ""))
    return any((pixels(value) or 0.0) <= _ABOVE for value in above)


def _by_tag(look: Look, tag: str) -> Look:
    if tag in _STRIKING:
        return replace(look, struck=True)
    if tag == "bdo":  # turns words around, so that they read otherwise than they are written
        return replace(look, gone=True)
    if tag in _VERBATIM:
        return replace(look, verbatim=True)
    if tag in _STEPS:
        return replace(look, size=look.size * _STEPS[tag])
    return replace(look, colour=LINK) if tag == "a" else look


def _by_attribute(look: Look, attributes: Mapping[str, str | None]) -> Look:
    if "hidden" in attributes or "popover" in attributes:
        look = replace(look, gone=True)
    if colour := parse(attributes.get("color") or attributes.get("text") or "", loose=True):
        look = replace(look, colour=colour)
    if background := parse(attributes.get("bgcolor") or "", loose=True):
        look = replace(look, background=background)
    return look


def _styled(look: Look, written: dict[str, str], parent: Look, tag: str) -> Look:
    variables = parent.variables
    if own := {name: value for name, value in written.items() if name.startswith("--")}:
        variables = tuple({**dict(variables), **own}.items())[-_MOST_VARIABLES:]
    style = resolved(written, dict(variables))
    if style is not written:  # with their variables put in, some may be none
        style = {name: value for name, value in style.items() if valid(name, value)}
    colour, background, opacity = _colours(look, style, parent)
    return Look(
        look.gone or hides(style),
        {"visible": False, "hidden": True, "collapse": True}.get(style.get("visibility", ""), look.invisible),
        look.struck or _struck(style, tag),
        style.get("white-space", "pre" if look.verbatim else "").startswith(("pre", "break-spaces")),
        _size(look.size, parent.size, style),
        opacity,
        colour,
        background,
        variables,
    )


def _struck(style: Mapping[str, str], tag: str) -> bool:
    """A line through the words, or one drawn there by other means."""
    if any("line-through" in style.get(name, "") for name in _DECORATIONS):
        return True
    lifted = (pixels(style.get("text-underline-offset", "")) or 0.0) < _LIFTED
    painted = style.get("background", "") + style.get("background-image", "")
    return lifted or (tag in _INLINE and "gradient(" in painted)


def _colours(look: Look, style: Mapping[str, str], parent: Look) -> tuple[Colour | None, Colour | None, float]:
    colour = look.colour
    written = style.get("-webkit-text-fill-color") or style.get("color") or "unset"
    if written in {"inherit", "currentcolor"} or (written == "unset" and ("color" in style or "all" in style)):
        colour = parent.colour
    elif written != "unset":
        colour = BLACK if written in {"initial", "revert"} else parse(written) or colour
    opacity = look.opacity
    if "opacity" in style:
        match = LENGTH.match(style["opacity"])
        share = float(match[1]) / (100 if match[2] == "%" else 1) if match else 0.0
        opacity *= min(max(share, 0.0), 1.0)
    return colour, _background(look, style), opacity


def _background(look: Look, style: Mapping[str, str]) -> Colour | None:
    """What is behind the words; a picture may not be shown, so what is beneath it counts."""
    paint = parse(style.get("background-color", ""))
    return paint if paint is not None and paint.alpha > HALF else look.background


def _size(size: float, parent: float, style: Mapping[str, str]) -> float:
    written = style.get("font-size", "")
    zoom = LENGTH.match(style.get("zoom", ""))
    share = float(zoom[1]) / (100 if zoom[2] == "%" else 1) if zoom else 1.0
    return _written_size(written, size, parent) * (share if share < 1 else 1.0)


def _written_size(written: str, size: float, parent: float) -> float:
    if written in _SIZES or written in _STEPS:
        return _SIZES.get(written) or parent * _STEPS[written]
    if written.startswith(_CALCULATED):
        return 0.0
    match = LENGTH.match(written)
    if match is None:
        return parent if written == "inherit" else size
    value, unit = float(match[1]), match[2] or ""
    if unit in {"%", "em", "ex", "ch"}:
        return parent * value * {"%": 0.01, "em": 1.0}.get(unit, 0.5)
    return value * PIXELS[unit]
