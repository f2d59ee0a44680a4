"""Whether a value may stand for a property: what a browser drops must not cover the value before it.

``color:white;color:nonsense`` is white, ``background-color:black;background:white`` is white as well.
"""

import re
from functools import lru_cache

from parsers.colour import parse
from parsers.css_text import Declared

_WIDE = r"inherit|initial|unset|revert|revert-layer"
_NUMBER = r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d{1,3})?"
_LENGTH = rf"(?:{_NUMBER}(?:px|pt|em|rem|ex|ch|vw|vh|vmin|vmax|%|in|cm|mm|pc|q)|[-+]?0+(?:\.0+)?)"
_FUNCTION = r"(?:-webkit-)?[a-z][a-z0-9-]*\((?:[^()]|\([^()]*\))*\)"
_ROOM = (
    rf"(?:{_LENGTH}|{_FUNCTION}|auto|none|normal|stretch"
    r"|(?:-webkit-|-moz-)?(?:min-content|max-content|fit-content|fill-available))"
)
_TOKEN = rf"{_FUNCTION}|{_NUMBER}[a-z%]*"
_LONGEST = 500


def _any(*words: str) -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(words)}|{_WIDE}|.*var\\(.*)")


_VALID: dict[str, re.Pattern[str]] = {
    "display": _any(
        r"(?:-webkit-|-ms-|-moz-)?(?:none|block|inline|flex|grid|box|inline-(?:block|flex|grid|table|box)|list-item"
        r"|contents|flow-root|run-in|ruby|math|table(?:-[a-z-]+)?)(?: (?:flow|flow-root|table|flex|grid))?"
    ),
    "visibility": _any("visible", "hidden", "collapse"),
    "position": _any("static", "relative", "absolute", "fixed", "sticky", "-webkit-sticky"),
    "opacity": _any(_NUMBER + "%?", _FUNCTION),
    "zoom": _any(_NUMBER + "%?", "normal", "reset", _FUNCTION),
    "font-size": _any(_LENGTH, _FUNCTION, r"(?:x{1,3}-)?(?:small|large)", "medium", "smaller", "larger"),
    "line-height": _any(_NUMBER, _LENGTH, _FUNCTION, "normal"),
    "white-space": _any("normal", "nowrap", "pre", "pre-wrap", "pre-line", "break-spaces", "wrap", "collapse"),
    "content-visibility": _any("visible", "hidden", "auto"),
    "mso-hide": _any("all", "none", "screen", "print"),
    "unicode-bidi": _any("normal", "embed", "bidi-override", "isolate", "isolate-override", "plaintext"),
    "letter-spacing": _any(_LENGTH, _FUNCTION, "normal"),
    **dict.fromkeys(
        ("overflow", "overflow-x", "overflow-y"),
        _any("(?:visible|hidden|clip|scroll|auto|overlay)(?: (?:visible|hidden|clip|scroll|auto|overlay))?"),
    ),
    **dict.fromkeys(
        (
            "width", "height", "max-width", "max-height", "left", "top", "right", "bottom", "inset", "text-indent",
            "margin", "margin-left", "margin-top", "margin-right", "margin-bottom", "padding-left",
            "text-underline-offset",
        ),
        _any(rf"{_ROOM}(?:\s+{_ROOM}){{0,3}}(?: hanging| each-line)?"),
    ),
    **dict.fromkeys(
        (
            "transform", "-webkit-transform", "filter", "-webkit-filter", "clip", "clip-path", "-webkit-clip-path",
            "mask", "mask-image", "-webkit-mask", "-webkit-mask-image", "translate", "scale", "rotate",
        ),
        _any("none", "auto", rf"(?:{_TOKEN}|[a-z-]+-box|no-repeat|[xyz])(?:[\s,/]+(?:{_TOKEN}|[a-z-]+))*"),
    ),
}  # fmt: skip
_COLOURS = frozenset({"color", "background-color", "-webkit-text-fill-color"})
_COLOUR_WORD = re.compile(rf"{_WIDE}|currentcolor|none|.*var\(.*|light-dark\(.*|color-mix\(.*")
_FONT_SIZE = re.compile(
    rf"(?:^|\s)({_LENGTH}|(?:x{{1,3}}-)?(?:small|large)|medium|smaller|larger|calc\([^)]*\))(?=[\s/]|$)"
)
_PAINTS = re.compile(r"(?:rgb|hsl|hwb|lab|lch|oklab|oklch|color)a?\([^()]*\)|#[0-9a-f]+|\b[a-z]+\b")
_ADDRESS = re.compile(r"url\([^()]*\)")
_BROKEN = re.compile(r"^[a-z-]+$")
_BACKGROUND = re.compile(
    rf"none|repeat(?:-[xy])?|no-repeat|scroll|fixed|local|center|top|left|right|bottom|cover|contain|auto|{_WIDE}"
)


def valid(name: str, value: str) -> bool:
    """Whether a browser would take the value; unknown properties take everything."""
    if name in _COLOURS:
        return parse(value) is not None or _COLOUR_WORD.fullmatch(value) is not None
    if name == "background":
        return _BROKEN.match(value) is None or parse(value) is not None or _BACKGROUND.fullmatch(value) is not None
    if name == "font":
        return " " in value or "var(" in value or re.fullmatch(_WIDE, value) is not None
    pattern = _VALID.get(name)
    return pattern is None or (len(value) <= _LONGEST and pattern.fullmatch(value) is not None)


def weighed(declared: Declared) -> dict[str, str]:
    """The value that counts of each property: the last valid one, an important one before all others."""
    return dict(_weighed(declared))


@lru_cache(maxsize=256)
def _weighed(declared: Declared) -> tuple[tuple[str, str], ...]:
    return tuple((_values(declared, important=False) | _values(declared, important=True)).items())


def _values(declared: Declared, *, important: bool) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value, weighty in declared:
        if weighty is important and valid(name, value):
            found[name] = value
            if name == "background":  # it sets the colour as well, to nothing where it names none
                found["background-color"] = _painted(value)
            elif name == "font" and (size := _FONT_SIZE.search(value)):
                found["font-size"] = size[1]
    return found


def _painted(background: str) -> str:
    """The colour in a background; of a gradient its first."""
    pieces = _PAINTS.findall(_ADDRESS.sub(" ", background))
    return next((piece for piece in (background, *pieces) if piece != "none" and parse(piece)), "transparent")
