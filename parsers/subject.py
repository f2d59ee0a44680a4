"""The mandated subject ``[公司][2026年10月] 銷售對賬單``: written (D3), and read again whatever became of it (E4).

``答复: 【外部邮件】Re[2]: ［公司］【2026年10月份】销售对帐单`` reads as the same company and period. Read from the
end: the fixed words, the bracket pair before them (the period), the pair before that (the company); what stands in
front are prefixes and gateways' tags. No backtracking: linear in a text that is cut at MAX_LENGTH.
"""

import re
from dataclasses import dataclass
from typing import Literal

from parsers import period as periods
from parsers.fold import visible
from parsers.period import Period

MAX_LENGTH = 998
Script = Literal["zh-Hant", "zh-Hans"]
WORDS: dict[Script, str] = {"zh-Hant": "銷售對賬單", "zh-Hans": "销售对账单"}

_WORDS = re.compile(r"[销銷]\s?售\s?[对對対]\s?[账帳賬帐]\s?[单單単]")
_OPENING = {
    "]": "[",
    "］": "［",
    "】": "【",
    "〕": "〔",
    ")": "(",
    "）": "（",
    "」": "「",
    "』": "『",
    "〗": "〖",
    "》": "《",
}
_TO_FULL_WIDTH = str.maketrans("[]", "［］")
_PREFIX = re.compile(
    r"(?<![a-z])(?:re|fw|fwd|aw|wg|tr|sv|vs|回复|回覆|回復|答复|答覆|答復|转发|轉發|轉寄|转寄|"
    r"自动回复|自動回覆|自動回復|自动答复|automatic reply|auto reply|已读|已讀|read|"
    r"退信|undeliverable|accepted|declined|tentative|已接受|接受|已拒绝|暂定)"
    r"\s?(?:[\[(（［^]?\d{1,3}[\])）］]?)?\s?[:：﹕]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject of ours. ``company`` as written; ``prefixes`` lower-case without colon, outermost first.

    ``core`` is the mandated part as it came; ``other`` holds what else somebody (or a gateway) wrote around it.
    """

    company: str
    period: Period
    prefixes: tuple[str, ...]
    core: str
    other: str = ""


def compose(company: str, period: Period, script: Script) -> str:
    """The subject as policy demands it: one blank, the words in the company's script; ［ ］ in the name."""
    name = " ".join(visible(company).split()).translate(_TO_FULL_WIDTH)
    return f"[{name}][{period.label}] {WORDS[script]}"


def parse(text: str) -> Subject | None:
    """Company and period of a subject, None where it is no subject of ours or names two different ones."""
    flat = " ".join(visible(text[:MAX_LENGTH]).split())
    found = [subject for words in _WORDS.finditer(flat) if (subject := _read(flat, words.start(), words.end()))]
    if not found or len({(subject.company, subject.period) for subject in found}) > 1:
        return None
    return found[0]


def _read(text: str, start: int, end: int) -> Subject | None:
    """The subject whose fixed words stand at ``start``, if two bracket pairs stand before them."""
    inner = _pair_before(text, start)
    outer = _pair_before(text, inner[0]) if inner else None
    if inner is None or outer is None:
        return None
    period = _period(text[inner[0] + 1 : inner[1]])
    company = text[outer[0] + 1 : outer[1]].strip()
    if period is None or not company:
        return None
    prefixes, other = _prefixes(text[: outer[0]])
    return Subject(company, period, prefixes, text[outer[0] : end], f"{other} {text[end:].strip()}".strip())


def _pair_before(text: str, place: int) -> tuple[int, int] | None:
    """Places of the brackets of the pair that ends right before ``place``, blanks aside; pairs of one kind may nest."""
    close = len(text[:place].rstrip()) - 1
    opening = _OPENING.get(text[close]) if close >= 0 else None
    if opening is None:
        return None
    depth = 0
    for at in range(close, -1, -1):
        depth += (text[at] == text[close]) - (text[at] == opening)
        if depth == 0:
            return at, close
    return None


def _period(text: str) -> Period | None:
    mentions = {mention.period for mention in periods.find(text)}
    return mentions.pop() if len(mentions) == 1 else None


def _prefixes(lead: str) -> tuple[tuple[str, ...], str]:
    """Prefixes in their order, and what is left of the lead without them."""
    prefixes = tuple(match[0].rstrip(":：﹕ ").lower() for match in _PREFIX.finditer(lead))
    return prefixes, " ".join(_PREFIX.sub(" ", lead).split())
