"""Cells of tables → exact numbers: ``1,234.50``, ``１２３４．５``, ``(500.00)``, ``500-``, ``￥35`` or a binary float.

Strict: what could be read in two ways (``1.234,50``, ``1,23``, ``1E+05``) is no number. Mails are read elsewhere.
"""

import math
import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal

FEN = Decimal("0.01")
_LIMIT = Decimal(10) ** 13  # beyond this a binary float no longer holds the fen
_NUMBER = re.compile(
    r"(?P<open>\()?(?P<before>[-+]?)¥?(?P<after>[-+]?)"
    r"(?P<digits>(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(?:\.[0-9]{1,15})?|\.[0-9]{1,15})"
    r"元?(?P<trailing>-?)(?P<close>\))?",
)
_SIMPLE = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?")
_MAX_TEXT = 40


def parse_cell(value: object, places: int | None = 2) -> Decimal | None:
    """Return the number in a cell, None where the cell is empty or holds no unambiguous number.

    Numbers are rounded half up to ``places`` (money: 2), here at the border and nowhere else; ``places=None`` keeps
    all their places (quantities, unit prices), so that 10, 10.0 and 10.00 are the same. Binary floats are first cut
    to the 15 digits that a spreadsheet shows, so that 1.0049999999999999 is 1.005. Never raises.
    """
    number = _exact(value)
    if number is None or abs(number) >= _LIMIT:
        return None
    if places is None:
        return plain(number)
    number = number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return number + 0 if number.is_zero() else number  # no negative zero


def parse_rate(value: object) -> Decimal | None:
    """Return a tax rate as a fraction: ``13%``, ``13`` and ``0.13`` are all 0.13; None where there is none."""
    text = unicodedata.normalize("NFKC", value).strip() if isinstance(value, str) else value
    percent = isinstance(text, str) and text.endswith("%")
    number = parse_cell(text[:-1] if isinstance(text, str) and percent else text, None)
    if number is None or not 0 <= number <= 100:  # noqa: PLR2004  # per cent
        return None
    rate = number / 100 if percent or number >= 1 else number
    return rate.quantize(Decimal("0.0001")).normalize() + 0


def plain(number: Decimal, places: int = 0) -> Decimal:
    """Return the number without trailing zeros, but with at least ``places``; never in scientific notation."""
    bare = number.normalize() + 0
    exponent = bare.as_tuple().exponent
    return bare.quantize(Decimal(1).scaleb(-places)) if isinstance(exponent, int) and exponent > -places else bare


def money(number: Decimal) -> Decimal:
    """Round half up to whole fen."""
    return number.quantize(FEN, rounding=ROUND_HALF_UP)


def to_fen(amount: Decimal) -> int:
    """Return yuan as whole fen; raises ValueError where a fraction of a fen would be lost."""
    fen = amount.scaleb(2)
    if fen != fen.to_integral_value():
        raise ValueError(f"{amount} is not a whole number of fen")
    return int(fen)


def from_fen(fen: int) -> Decimal:
    """Return fen as yuan with two places."""
    return Decimal(fen).scaleb(-2)


def _exact(value: object) -> Decimal | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, float):
        return Decimal(f"{value:.15g}") if math.isfinite(value) else None
    if isinstance(value, int):
        return Decimal(value)
    if isinstance(value, Decimal):
        return value if value.is_finite() else None
    return _from_text(value) if isinstance(value, str) else None


def _from_text(text: str) -> Decimal | None:
    if _SIMPLE.fullmatch(text):
        return Decimal(text)
    folded = unicodedata.normalize("NFKC", text[: _MAX_TEXT + 1]).replace("\u2212", "-").strip()
    match = _NUMBER.fullmatch(folded)
    if len(text) > _MAX_TEXT or match is None or bool(match["open"]) != bool(match["close"]):
        return None
    signs = match["before"] + match["after"] + match["trailing"] + ("-" if match["open"] else "")
    if len(signs) > 1:
        return None
    number = Decimal(match["digits"].replace(",", ""))
    return -number if signs == "-" else number
