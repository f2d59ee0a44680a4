"""Colours as style sheets write them: ``#fff``, ``rgb(255, 255, 255)``, ``white``, ``hsl(0, 0%, 100%)``."""

import colorsys
import re
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Colour:
    """Red, green and blue from 0 to 255; ``alpha`` from 0 (nothing there) to 1."""

    red: int
    green: int
    blue: int
    alpha: float = 1.0


BLACK, WHITE, LINK = Colour(0, 0, 0), Colour(255, 255, 255), Colour(0, 0, 238)

_NAMES = {
    "white": "ffffff", "snow": "fffafa", "ivory": "fffff0", "ghostwhite": "f8f8ff", "floralwhite": "fffaf0",
    "whitesmoke": "f5f5f5", "seashell": "fff5ee", "mintcream": "f5fffa", "azure": "f0ffff", "aliceblue": "f0f8ff",
    "honeydew": "f0fff0", "lavenderblush": "fff0f5", "oldlace": "fdf5e6", "linen": "faf0e6", "beige": "f5f5dc",
    "lightyellow": "ffffe0", "cornsilk": "fff8dc", "black": "000000", "red": "ff0000", "green": "008000",
    "blue": "0000ff", "navy": "000080", "gray": "808080", "grey": "808080", "silver": "c0c0c0", "yellow": "ffff00",
    "orange": "ffa500", "purple": "800080", "maroon": "800000", "teal": "008080", "lime": "00ff00", "aqua": "00ffff",
    "fuchsia": "ff00ff", "lightgray": "d3d3d3", "lightgrey": "d3d3d3", "gainsboro": "dcdcdc", "darkgray": "a9a9a9",
    "window": "ffffff", "windowtext": "000000", "canvas": "ffffff", "canvastext": "000000", "transparent": "00000000",
}  # fmt: skip
_HEX = re.compile(r"#?([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})")
_FUNCTION = re.compile(r"(rgb|hsl)a?\(([^()]{1,60})\)")
_NUMBER = re.compile(r"(-?\d*\.?\d+)(%|deg)?")
_CLOSE = 24
"""Largest difference in any channel at which words can't be told from what is behind them (#eeeeee on white: 17)."""


def parse(text: str, *, loose: bool = False) -> Colour | None:
    """The colour, None where it can't be told; ``loose`` takes digits without their ``#`` (attributes)."""
    return _parse(text.strip().lower()[:80], loose)


@lru_cache(maxsize=512)
def _parse(written: str, loose: bool) -> Colour | None:
    digits = _NAMES.get(written, written if loose or written.startswith("#") else "")
    if match := _HEX.fullmatch(digits):
        return _hexadecimal(match[1])
    if match := _FUNCTION.fullmatch(written):
        return _function(match[1], match[2])
    return None


def _hexadecimal(digits: str) -> Colour:
    doubled = "".join(digit * 2 for digit in digits) if len(digits) <= 4 else digits  # noqa: PLR2004  # #rgb, #rgba
    red, green, blue, alpha = (int((doubled + "ff")[place : place + 2], 16) for place in (0, 2, 4, 6))
    return Colour(red, green, blue, alpha / 255)


def _function(name: str, arguments: str) -> Colour | None:
    numbers = [(float(number), unit) for number, unit in _NUMBER.findall(arguments)]
    if len(numbers) not in {3, 4}:
        return None
    alpha = numbers[3][0] / (100 if numbers[3][1] == "%" else 1) if numbers[3:] else 1.0
    first, second, third = numbers[:3]
    if name == "hsl":
        shares = colorsys.hls_to_rgb(first[0] % 360 / 360, min(third[0], 100) / 100, min(second[0], 100) / 100)
        red, green, blue = (round(share * 255) for share in shares)
    else:
        red, green, blue = (round(value * 2.55 if unit == "%" else value) for value, unit in (first, second, third))
    return Colour(red, green, blue, alpha)


def alike(words: Colour | None, behind: Colour | None) -> bool:
    """Words of this colour can't be seen before that one; unknown colours count as different."""
    if words is None or behind is None:
        return False
    pairs = ((words.red, behind.red), (words.green, behind.green), (words.blue, behind.blue))
    return max(abs(one - other) for one, other in pairs) <= _CLOSE
