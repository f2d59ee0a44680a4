"""Colours as style sheets write them: ``#fff``, ``rgb(255, 255, 255)``, ``white``, ``hsl(0, 0%, 100%)``."""

import colorsys
import re
from collections.abc import Callable
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
    "aliceblue": "f0f8ff", "antiquewhite": "faebd7", "aqua": "00ffff", "aquamarine": "7fffd4", "azure": "f0ffff",
    "beige": "f5f5dc", "bisque": "ffe4c4", "black": "000000", "blanchedalmond": "ffebcd", "blue": "0000ff",
    "blueviolet": "8a2be2", "brown": "a52a2a", "burlywood": "deb887", "buttontext": "000000", "cadetblue": "5f9ea0",
    "canvas": "ffffff", "canvastext": "000000", "chartreuse": "7fff00", "chocolate": "d2691e", "coral": "ff7f50",
    "cornflowerblue": "6495ed", "cornsilk": "fff8dc", "crimson": "dc143c", "cyan": "00ffff", "darkblue": "00008b",
    "darkcyan": "008b8b", "darkgoldenrod": "b8860b", "darkgray": "a9a9a9", "darkgreen": "006400", "darkgrey":
    "a9a9a9", "darkkhaki": "bdb76b", "darkmagenta": "8b008b", "darkolivegreen": "556b2f", "darkorange": "ff8c00",
    "darkorchid": "9932cc", "darkred": "8b0000", "darksalmon": "e9967a", "darkseagreen": "8fbc8f", "darkslateblue":
    "483d8b", "darkslategray": "2f4f4f", "darkslategrey": "2f4f4f", "darkturquoise": "00ced1", "darkviolet": "9400d3",
    "deeppink": "ff1493", "deepskyblue": "00bfff", "dimgray": "696969", "dimgrey": "696969", "dodgerblue": "1e90ff",
    "field": "ffffff", "fieldtext": "000000", "firebrick": "b22222", "floralwhite": "fffaf0", "forestgreen": "228b22",
    "fuchsia": "ff00ff", "gainsboro": "dcdcdc", "ghostwhite": "f8f8ff", "gold": "ffd700", "goldenrod": "daa520",
    "gray": "808080", "green": "008000", "greenyellow": "adff2f", "grey": "808080", "honeydew": "f0fff0", "hotpink":
    "ff69b4", "indianred": "cd5c5c", "indigo": "4b0082", "infobackground": "ffffff", "infotext": "000000", "ivory":
    "fffff0", "khaki": "f0e68c", "lavender": "e6e6fa", "lavenderblush": "fff0f5", "lawngreen": "7cfc00",
    "lemonchiffon": "fffacd", "lightblue": "add8e6", "lightcoral": "f08080", "lightcyan": "e0ffff",
    "lightgoldenrodyellow": "fafad2", "lightgray": "d3d3d3", "lightgreen": "90ee90", "lightgrey": "d3d3d3",
    "lightpink": "ffb6c1", "lightsalmon": "ffa07a", "lightseagreen": "20b2aa", "lightskyblue": "87cefa",
    "lightslategray": "778899", "lightslategrey": "778899", "lightsteelblue": "b0c4de", "lightyellow": "ffffe0",
    "lime": "00ff00", "limegreen": "32cd32", "linen": "faf0e6", "magenta": "ff00ff", "maroon": "800000",
    "mediumaquamarine": "66cdaa", "mediumblue": "0000cd", "mediumorchid": "ba55d3", "mediumpurple": "9370db",
    "mediumseagreen": "3cb371", "mediumslateblue": "7b68ee", "mediumspringgreen": "00fa9a", "mediumturquoise":
    "48d1cc", "mediumvioletred": "c71585", "midnightblue": "191970", "mintcream": "f5fffa", "mistyrose": "ffe4e1",
    "moccasin": "ffe4b5", "navajowhite": "ffdead", "navy": "000080", "oldlace": "fdf5e6", "olive": "808000",
    "olivedrab": "6b8e23", "orange": "ffa500", "orangered": "ff4500", "orchid": "da70d6", "palegoldenrod": "eee8aa",
    "palegreen": "98fb98", "paleturquoise": "afeeee", "palevioletred": "db7093", "papayawhip": "ffefd5", "peachpuff":
    "ffdab9", "peru": "cd853f", "pink": "ffc0cb", "plum": "dda0dd", "powderblue": "b0e0e6", "purple": "800080",
    "rebeccapurple": "663399", "red": "ff0000", "rosybrown": "bc8f8f", "royalblue": "4169e1", "saddlebrown": "8b4513",
    "salmon": "fa8072", "sandybrown": "f4a460", "seagreen": "2e8b57", "seashell": "fff5ee", "sienna": "a0522d",
    "silver": "c0c0c0", "skyblue": "87ceeb", "slateblue": "6a5acd", "slategray": "708090", "slategrey": "708090",
    "snow": "fffafa", "springgreen": "00ff7f", "steelblue": "4682b4", "tan": "d2b48c", "teal": "008080", "thistle":
    "d8bfd8", "tomato": "ff6347", "transparent": "00000000", "turquoise": "40e0d0", "violet": "ee82ee", "wheat":
    "f5deb3", "white": "ffffff", "whitesmoke": "f5f5f5", "window": "ffffff", "windowtext": "000000", "yellow":
    "ffff00", "yellowgreen": "9acd32",
}  # fmt: skip
"""All names of CSS, and those of the system by what they usually are."""
_HEX = re.compile(r"#?([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})")
_FUNCTION = re.compile(r"(rgb|hsl|hwb|oklch|oklab|lch|lab|color)a?\(([^()]{1,80})\)")
_NUMBER = re.compile(r"(-?\d*\.?\d+)(%|deg)?")
_LEAST_CONTRAST = 1.35
"""Words with less (as the Web's accessibility rules count it) can't be read: #dddddd on white has 1.36."""


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
    arguments = arguments.replace("none", "0")
    numbers = [
        (float(number), unit)
        for number, unit in _NUMBER.findall(arguments.partition(" ")[2] if name == "color" else arguments)
    ]
    if len(numbers) not in {3, 4}:
        return None
    alpha = numbers[3][0] / (100 if numbers[3][1] == "%" else 1) if numbers[3:] else 1.0
    red, green, blue = (min(max(value, 0.0), 255.0) for value in _MODELS[name](*numbers[:3]))
    return Colour(round(red), round(green), round(blue), alpha)


Number = tuple[float, str]
"""A number and its unit: none, ``%`` or ``deg``."""


def _rgb(*channels: Number) -> tuple[float, float, float]:
    red, green, blue = (value * 2.55 if unit == "%" else value for value, unit in channels)
    return red, green, blue


def _color(*channels: Number) -> tuple[float, float, float]:
    red, green, blue = (value * (2.55 if unit == "%" else 255) for value, unit in channels)
    return red, green, blue


def _hsl(hue: Number, saturation: Number, lightness: Number) -> tuple[float, float, float]:
    shares = colorsys.hls_to_rgb(hue[0] % 360 / 360, min(lightness[0], 100) / 100, min(saturation[0], 100) / 100)
    red, green, blue = (share * 255 for share in shares)
    return red, green, blue


def _hwb(_hue: Number, white: Number, black: Number) -> tuple[float, float, float]:
    """Near enough: the grey between its white and its black."""
    return _grey((white[0] + 100 - black[0]) / 200)


def _lab(lightness: Number, *_: Number) -> tuple[float, float, float]:
    """Near enough: how light it is decides whether it is seen."""
    return _grey(((lightness[0] / 100 + 0.16) / 1.16) ** 3 if lightness[0] > 8 else 0.0, linear=True)  # noqa: PLR2004  # below, black


def _oklab(lightness: Number, *_: Number) -> tuple[float, float, float]:
    return _grey((lightness[0] / (100 if lightness[1] == "%" else 1)) ** 3, linear=True)


def _grey(share: float, *, linear: bool = False) -> tuple[float, float, float]:
    value = (max(share, 0.0) ** (1 / 2.2) if linear else share) * 255
    return value, value, value


_MODELS: dict[str, Callable[..., tuple[float, float, float]]] = {
    "rgb": _rgb, "hsl": _hsl, "hwb": _hwb, "lab": _lab, "lch": _lab, "oklab": _oklab, "oklch": _oklab, "color": _color,
}  # fmt: skip


def alike(words: Colour | None, behind: Colour | None, opacity: float = 1.0) -> bool:
    """Words of this colour can't be read before that one; unknown colours count as different."""
    if words is None or behind is None:
        return False
    return _alike(words, behind, opacity)


@lru_cache(maxsize=1024)
def _alike(words: Colour, behind: Colour, opacity: float) -> bool:
    share = min(max(words.alpha * opacity, 0.0), 1.0)
    pairs = ((words.red, behind.red), (words.green, behind.green), (words.blue, behind.blue))
    seen = _luminance(*(round(one * share + other * (1 - share)) for one, other in pairs))
    under = _luminance(behind.red, behind.green, behind.blue)
    return (max(seen, under) + 0.05) / (min(seen, under) + 0.05) < _LEAST_CONTRAST


def _luminance(red: float, green: float, blue: float) -> float:
    """Relative luminance, 0 to 1, as WCAG 2 defines it."""
    linear = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4  # noqa: PLR2004  # sRGB's own constants
        for value in (red / 255, green / 255, blue / 255)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
