"""What a style hides: no display, no room, off the screen, cut off, turned, blurred, letters on one another."""

import re
from collections.abc import Mapping

LENGTH = re.compile(r"([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d{1,3})?)\s*(px|pt|em|rem|ex|ch|vw|vh|%|in|cm|mm|pc)?")
PIXELS = {"px": 1.0, "pt": 4 / 3, "em": 16.0, "rem": 16.0, "ex": 8.0, "ch": 8.0, "vw": 8.0, "vh": 8.0, "%": 8.0,
           "in": 96.0, "cm": 37.8, "mm": 3.78, "pc": 16.0, "": 1.0}  # fmt: skip
_FAR, _FARTHER = -200.0, 2_000.0
_ROOM, _CLOSE_LETTERS, _CLOSE_LINES, HALF = 5.0, -5.0, 3.0, 0.35
_CLIPPED = frozenset({"hidden", "clip", "auto", "scroll"})
FREE = frozenset({"absolute", "fixed", "sticky"})
_SCALE = re.compile(r"(?:scale|scale3d|scalex|scaley)\(([^()]*)\)")
_SHIFT = re.compile(r"translate(?:3d|x|y)?\([^()]*\)")
_IDENTITY = re.compile(
    r"none|initial|unset|matrix\(1, ?0, ?0, ?1, ?-?\d{1,2}(?:\.\d+)?, ?-?\d{1,2}(?:\.\d+)?\)|translatez\([^()]*\)"
    r"|rotate\(0(?:deg)?\)"
)
_HAZY = ("opacity(", "blur(", "brightness(", "contrast(", "invert(", "url(")
_CALCULATED = ("calc(", "min(", "max(", "clamp(")
UNSET = frozenset({"", "none", "auto", "unset", "initial", "inherit", "normal"})


def pixels(value: str) -> float | None:
    """A length in pixels, relative ones as in a window of 800 by 800 with letters of 16; None where it is none."""
    if value.startswith(_CALCULATED):
        return _calculated(value)
    match = LENGTH.match(value)
    return float(match[1]) * PIXELS[match[2] or ""] if match else None


def _calculated(value: str) -> float | None:
    """``calc(0px)`` and ``min(0px, 9px)``: near enough to tell nothing from something; None where shares are in it."""
    lengths = [float(number) * PIXELS[unit] for number, unit in LENGTH.findall(value[:200])]
    if not lengths or ("%" in value and not value.startswith("min(")):
        return None
    return min(lengths) if value.startswith("min(") else max(map(abs, lengths))


def hides(style: Mapping[str, str]) -> bool:
    """Whether an element with this style shows none of its words, or not as they are written."""
    return (
        style.get("display") in {"none", "table-column", "table-column-group"}
        or style.get("content-visibility") == "hidden"
        or style.get("mso-hide", "none") not in UNSET
        or any(word in style.get(name, "") for name in ("filter", "-webkit-filter") for word in _HAZY)
        or style.get("unicode-bidi", "").endswith("override")
        or any(style.get(name, "") not in UNSET for name in _CUTTING)
        or _too_close(style)
        or _transformed(style)
        or _no_room(style)
        or _off_screen(style)
    )


_CUTTING = ("clip", "clip-path", "-webkit-clip-path", "mask", "mask-image", "-webkit-mask", "-webkit-mask-image",
            "mix-blend-mode", "-webkit-line-clamp", "offset", "offset-path")  # fmt: skip


def _too_close(style: Mapping[str, str]) -> bool:
    """Letters or lines laid on one another."""
    height = LENGTH.match(style.get("line-height", ""))
    lines = _CLOSE_LINES + 1
    if height is not None:
        per_unit = {"": 16.0, "%": 0.16}.get(height[2] or "", PIXELS[height[2] or ""])
        lines = float(height[1]) * per_unit
    return (pixels(style.get("letter-spacing", "")) or 0.0) <= _CLOSE_LETTERS or lines <= _CLOSE_LINES


def _transformed(style: Mapping[str, str]) -> bool:
    """Turned, mirrored, shrunk or moved away; small shifts and what changes nothing are honest."""
    if any(
        style.get(name, "") not in UNSET | {still}
        for name, still in (("translate", "0px"), ("scale", "1"), ("rotate", "0deg"))
    ):
        return True
    for name in ("transform", "-webkit-transform"):
        rest = style.get(name, "")
        for match in _SCALE.finditer(rest):
            if any(not float(number) > HALF for number in re.findall(r"-?\d*\.?\d+", match[1])):
                return True
        for match in _SHIFT.finditer(rest):
            if any(abs(pixels(value.strip()) or 0.0) >= -_FAR for value in match[0].partition("(")[2].split(",")):
                return True
        if _IDENTITY.sub("", _SHIFT.sub("", _SCALE.sub("", rest))).strip():
            return True
    return False


def _no_room(style: Mapping[str, str]) -> bool:
    clipped = any(style.get(name, "").split(" ")[0] in _CLIPPED for name in ("overflow", "overflow-x", "overflow-y"))
    sides = ("width", "height", "max-width", "max-height") if clipped else ("max-width", "max-height")
    lengths = (pixels(style.get(side, "")) for side in sides)
    return any(length is not None and length <= _ROOM for length in lengths)


def _off_screen(style: Mapping[str, str]) -> bool:
    values = [
        style.get(side, "") for side in ("text-indent", "margin-left", "margin-top", "margin-right", "padding-left")
    ]
    values += style.get("margin", "").split()[:4]
    if style.get("position") in {*FREE, "relative"}:
        values += [style.get(side, "") for side in ("left", "top", "right", "bottom")] + style.get("inset", "").split()[
            :4
        ]
    lengths = [pixels(value) for value in values]
    return any(length is not None and (length <= _FAR or length >= _FARTHER) for length in lengths)
