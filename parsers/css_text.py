"""Declarations as they stand in a style: ``Display : NONE !important; color:var(--c, red)`` → what can hide."""

import re
from collections.abc import Mapping
from functools import lru_cache

Declared = tuple[tuple[str, str, bool], ...]
"""``(property, value, important)`` in their order, in lower case."""

MAX_STYLE = 300_000
READ = frozenset({
    "display", "visibility", "opacity", "color", "-webkit-text-fill-color", "background", "background-color", "font",
    "font-size", "position", "left", "top", "right", "bottom", "inset", "text-indent", "margin", "margin-left",
    "margin-top", "margin-right", "margin-bottom", "padding-left", "width", "height", "max-width", "max-height",
    "overflow", "overflow-x", "overflow-y", "clip", "clip-path", "-webkit-clip-path", "transform", "-webkit-transform",
    "translate", "scale", "rotate", "zoom", "filter", "-webkit-filter", "content-visibility", "mso-hide",
    "text-decoration", "text-decoration-line", "-webkit-text-decoration", "-webkit-text-decoration-line",
    "text-underline-offset", "white-space", "letter-spacing", "line-height", "unicode-bidi", "mask", "mask-image",
    "-webkit-mask", "-webkit-mask-image", "mix-blend-mode", "-webkit-line-clamp", "content", "border", "border-top",
    "border-bottom", "all", "background-image", "list-style", "list-style-type", "quotes", "offset", "offset-path",
})  # fmt: skip
_COMMENT = re.compile(r"/\*[^*]*\*+(?:[^/*][^*]*\*+)*/")
_ESCAPE = re.compile(r"\\(?:([0-9a-f]{1,6})[ \t\r\n\f]?|([^\r\n\f]))", re.IGNORECASE)
_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,([^()]*(?:\([^()]*\)[^()]*)*))?\)")
_SHORT = 1_000
_MAX_DEPTH = 4


def without_comments(text: str) -> str:
    """The text with each comment made a blank; one that doesn't end stays."""
    return _COMMENT.sub(" ", text) if "/*" in text else text


def unescaped(text: str) -> str:
    r"""``d\69splay`` is ``display``."""
    return _ESCAPE.sub(_character, text) if "\\" in text else text


def _character(match: re.Match[str]) -> str:
    if match[2] is not None:
        return match[2]
    try:
        return chr(int(match[1], 16)).encode().decode()
    except (ValueError, UnicodeError):
        return "\ufffd"


def declarations(style: str) -> Declared:
    """What a style declares of the properties that can hide or strike words, and its own variables."""
    return _declared_short(style) if len(style) <= _SHORT else _declared(style)


def _declared(style: str) -> Declared:
    found: list[tuple[str, str, bool]] = []
    for one in without_comments(style[:MAX_STYLE]).split(";"):
        name, colon, value = one.partition(":")
        name = unescaped(name).strip().lower()
        if colon and (name in READ or name.startswith("--")):
            value, mark, important = value.partition("!")
            if mark and important.strip().lower() != "important":
                continue
            value = unescaped(value).strip()
            found.append((name, value if name == "content" else value.lower(), bool(mark)))
    return tuple(found)


_declared_short = lru_cache(maxsize=512)(_declared)  # a mail repeats its styles; long ones would only fill the memory


def resolved(values: dict[str, str], variables: Mapping[str, str]) -> dict[str, str]:
    """Variables put in; a declaration whose variable nobody set says nothing."""
    if not any("var(" in value for value in values.values()):
        return values
    return {
        name: whole for name, value in values.items() if (whole := _resolved(value, variables, _MAX_DEPTH)) is not None
    }


def _resolved(value: str, variables: Mapping[str, str], depth: int) -> str | None:
    if "var(" not in value:
        return value
    if not depth:
        return None

    def put(match: re.Match[str]) -> str:
        return variables.get(match[1], match[2] if match[2] is not None else "\x00")[:200]

    whole = _VARIABLE.sub(put, value[:1000])
    return None if "\x00" in whole or whole == value else _resolved(whole, variables, depth - 1)
