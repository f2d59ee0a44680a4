"""Amounts as we write them: ``1,234.56``, ``−1,234.56`` and in formal words ``壹仟貳佰參拾肆元伍角陸分``."""

from decimal import Decimal

from bot.model import Locale

MINUS = "\u2212"
_TRADITIONAL = ("零壹貳參肆伍陸柒捌玖", "萬", "億")
_SIMPLIFIED = ("零壹贰叁肆伍陆柒捌玖", "万", "亿")
_MYRIAD, _HUNDRED_MILLION, _LIMIT = 10**4, 10**8, 10**16
_CENT = Decimal("0.01")


def money(amount: Decimal) -> str:
    """Two places, thousands by comma, a true minus sign; never ``−0.00``."""
    fen = amount.quantize(_CENT)
    return f"{MINUS if fen < 0 else ''}{abs(fen):,.2f}"


def number(value: Decimal | None) -> str:
    """A quantity or unit price with the places that it was written with, trailing zeros past two dropped."""
    if value is None:
        return ""
    whole, _, places = f"{abs(value):,f}".partition(".")
    places = places.rstrip("0")
    return f"{MINUS if value < 0 else ''}{whole}{'.' + places if places else ''}"


def price(value: Decimal | None) -> str:
    """A unit price: at least two places, more where it has them."""
    text = number(value)
    if not text:
        return ""
    whole, _, places = text.partition(".")
    return f"{whole}.{places:0<2}"


def in_words(amount: Decimal, locale: Locale) -> str:
    """An amount of at least zero in formal words with 元; raises ValueError for a negative one or from 10^16 on.

    Rules of the Ministry of Finance for bills: 零 where a place is skipped, 整 where no 分 follows.
    """
    if amount < 0 or amount >= _LIMIT:
        raise ValueError("only amounts from 0 to below 10^16 are written in words")
    digits, myriad, hundred_million = _SIMPLIFIED if locale is Locale.HANS else _TRADITIONAL
    yuan, fen = divmod(int(amount.quantize(_CENT).scaleb(2)), 100)
    tenths, hundredths = divmod(fen, 10)
    words = _whole(yuan, digits, myriad, hundred_million) + "元" if yuan or not fen else ""
    if tenths:
        words += digits[tenths] + "角"
    elif hundredths and yuan:
        words += digits[0]
    return words + (digits[hundredths] + "分" if hundredths else "整")


def _whole(value: int, digits: str, myriad: str, hundred_million: str) -> str:
    for unit, name in ((_HUNDRED_MILLION, hundred_million), (_MYRIAD, myriad)):
        if value >= unit:
            high, low = divmod(value, unit)
            gap = digits[0] if 0 < low < unit // 10 else ""
            rest = _whole(low, digits, myriad, hundred_million) if low else ""
            return _whole(high, digits, myriad, hundred_million) + name + gap + rest
    return _below_myriad(value, digits)


def _below_myriad(value: int, digits: str) -> str:
    words, skipped = "", False
    for unit, name in ((1000, "仟"), (100, "佰"), (10, "拾"), (1, "")):
        digit = value // unit % 10
        if digit:
            words += (digits[0] if skipped and words else "") + digits[digit] + name
        skipped = not digit
    return words or digits[0]
