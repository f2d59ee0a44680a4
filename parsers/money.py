"""Amounts of money: in running text (``差 1,234.50 元``, ``8.5万``), in a cell (``(1,234.50)``) and in words (大寫).

Strict on purpose: grouping must be right, so ``1.234,50`` is nothing rather than 1.2345.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

_FEN = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in yuan that stands at ``start:end`` of the text."""

    start: int
    end: int
    value: Decimal


_CELL = re.compile(
    r"(?P<open>\()?(?P<sign>[-+])?(?:RMB|CNY|NT\$|TWD|HK\$|USD|US\$|[¥$]|人民币|人民幣|新台币|新臺幣)?(?P<sign2>[-+])?"
    r"(?P<number>\d{1,3}(?:,\d{3})+|\d{1,15})(?P<places>\.\d{1,4})?(?:元整?|圆整?|圓整?)?(?P<close>\))?(?P<trailing>-)?"
)


def parse(text: str) -> Decimal | None:
    """A whole cell as an amount in yuan, rounded to nothing: ``None`` for anything that is not exactly one number."""
    match = _CELL.fullmatch(re.sub(r"\s", "", unicodedata.normalize("NFKC", text[:64])).replace("−", "-"))
    if match is None or bool(match["open"]) != bool(match["close"]):
        return None
    signs = [bool(match["open"]), match["sign"] == "-", match["sign2"] == "-", bool(match["trailing"])]
    if sum(signs) > 1:
        return None
    value = Decimal(match["number"].replace(",", "") + (match["places"] or ""))
    return -value if any(signs) else value


def to_fen(amount: Decimal) -> int:
    """Yuan to whole fen; raises ValueError where a fraction of a fen would be lost."""
    fen = amount * 100
    if fen != fen.to_integral_value():
        raise ValueError(f"{amount} has fractions of a fen: round it where the rule for it is known")
    return int(fen)


def from_fen(fen: int) -> Decimal:
    """Whole fen to yuan with two places."""
    return (Decimal(fen) / 100).quantize(_FEN)


_NARROW = {0xFF01 + offset: 0x21 + offset for offset in range(94)} | {0xFFE5: "¥", 0x2212: "-", 0x3000: " "}
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d{1,12})(?:\.\d{1,4})?"
_MARK = r"(?:[¥$]|RMB|CNY|USD|NT\$|人民[币幣]|新[台臺][币幣])"
# A bare number is an amount only after one of these words, at most a few characters away.
_LEAD = (
    r"(?:[余餘][额額]|金[额額]|[账帐賬帳][面上]|[应應][收付]|[货貨]款|合[计計]|[总總][额額計计]|[数數]字|[显顯]示|[记記][录錄]|"
    r"[单單][价價]|付款?|[扣减減差少多欠漏][了计計算收]?|[应應][该該]?[为為是])"
)
_RUNNING = re.compile(
    rf"(?P<mark>{_MARK}\s?)?(?<![A-Za-z0-9_.,/-])(?P<sign>-)?(?P<number>{_NUMBER})(?P<unit>\s?(?:万|萬|千)?(?:元|[块塊圆圓]|RMB|CNY))?"
    r"(?P<wan>\s?[万萬])?(?![\d%‰]|[-/.,]\d|\s?[年月日号號个個件台臺箱吨噸套只隻份天楼樓室页頁张張版次笔筆折])",
    re.IGNORECASE,
)
_LEADING = re.compile(rf"{_LEAD}[\s:是为為有了约約]{{0,4}}-?$")
_WAN = Decimal(10000)


def find(text: str) -> tuple[Amount, ...]:
    """Amounts in running text, in order; numbers of documents, telephones, dates and quantities are left alone."""
    narrow = text.translate(_NARROW)
    return tuple(amount for match in _RUNNING.finditer(narrow) if (amount := _amount(match, narrow)) is not None)


def _amount(match: re.Match[str], text: str) -> Amount | None:
    """One number as an amount, None where nothing says that it is money."""
    number = match["number"]
    unit = (match["unit"] or "") + (match["wan"] or "")
    led = _LEADING.search(text[max(0, match.start("number") - 12) : match.start("number")])
    if not (match["mark"] or unit or "," in number or re.search(r"\.\d\d$", number) or led):
        return None
    value = Decimal(number.replace(",", ""))
    if "万" in unit or "萬" in unit:
        value *= _WAN
    elif "千" in unit:
        value *= 1000
    return Amount(match.start(), match.end(), -value if match["sign"] else value)


_FIGURES = {
    word: index
    for index, words in enumerate(
        ("零〇", "壹一", "贰貳二弍", "叁參叄三", "肆四", "伍五", "陆陸六", "柒七", "捌八", "玖九")
    )
    for word in words
}
_UNITS = {"拾": 10, "十": 10, "佰": 100, "百": 100, "仟": 1000, "千": 1000}
_SECTIONS = {"亿": 10**8, "億": 10**8, "万": 10**4, "萬": 10**4}
_WORDS = re.compile(
    r"(?:人民[币幣]|新[台臺][币幣]|港[币幣]|美元)?(?P<minus>[负負])?(?:(?P<yuan>[^元圆圓整正角分负負]+)[元圆圓])?"
    r"(?:零?(?P<jiao>[^元整正角分零])角)?(?:零?(?P<fen>[^元整正角分零])分)?[整正]?"
)


def parse_words(text: str) -> Decimal | None:
    """Read 大寫 in either script (``捌萬伍仟陸佰捌拾伍元整`` → 85685.00); None for anything else."""
    match = _WORDS.fullmatch(re.sub(r"\s", "", text)[:80])
    if match is None or not any(match.group("yuan", "jiao", "fen")):
        return None
    yuan = _integer(match["yuan"] or "零")
    tenths, hundredths = _FIGURES.get(match["jiao"] or "零"), _FIGURES.get(match["fen"] or "零")
    if yuan is None or tenths is None or hundredths is None:
        return None
    value = (Decimal(yuan) + Decimal(tenths * 10 + hundredths) / 100).quantize(_FEN)
    return -value if match["minus"] else value


def _integer(words: str) -> int | None:
    """``捌萬伍仟陸佰捌拾伍`` → 85685; None at an unknown character."""
    total = section = figure = 0
    for word in words:
        if word in _FIGURES:
            figure = _FIGURES[word]
        elif word in _UNITS:
            section += (figure or 1) * _UNITS[word]
            figure = 0
        elif word in _SECTIONS:
            total = (
                (total + section + figure) * _SECTIONS[word]
                if _SECTIONS[word] > total
                else total + (section + figure) * _SECTIONS[word]
            )
            section = figure = 0
        else:
            return None
    return total + section + figure
