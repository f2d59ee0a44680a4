"""The writer's text → its sentences, with signature block and disclaimer set aside.

``周经理您好：⏎对账单无误。谢谢！⏎⏎张丽⏎苏州恒远 财务部⏎电话 0512-…`` → two sentences and what was set aside.
"""

import html
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from parsers.fold import fold
from parsers.signature import is_alone, signs

_LONG_LINE = 50  # columns from which a line without an end is taken to be wrapped by the mail program
_SIGNATURE_LINES = 14


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as written, without its end; ``end`` is one of ``。！？；`` (folded) or ``""`` at a line's end."""

    text: str
    end: str


def sentences(text: str) -> tuple[Sentence, ...]:
    """Sentences in order. They end at 。！？； and at line ends, unless the mail program wrapped the line."""
    found: list[Sentence] = []
    for line in _unwrap(_lines(text)):
        start = 0
        for match in _END.finditer(line):
            end = "?" if set(match[0]) & set("?？") else match[0][-1]
            found.append(Sentence(line[start : match.start()].strip(), _FOLDED.get(end, end)))
            start = match.end()
        found.append(Sentence(line[start:].strip(), ""))
    return tuple(sentence for sentence in found if sentence.text)


_END = re.compile(
    r"[。！？；!?;｡~～]+|(?<!\b[MD]r)(?<!\bM[sx])(?<!\bMrs)(?<!\bNo)(?<!\bCo)(?<!\bLtd)(?<!\bDept)(?<!\b[A-Z])\.(?=\s"
    r"|$)|\.{3,}|…+"
)
_FOLDED = {"！": "!", "？": "?", "；": ";", "｡": "。", ".": "。", "…": "。", "～": "。", "~": "。"}
_BULLET = re.compile(
    r"^\s*(?:[-*•·●◆▪]\s*(?=\S)|[（(]?[0-9一二三四五六七八九十]{1,2}[)）、]\s*|\d{1,2}\.(?!\d)\s*|[①-⑩]\s*)"
)


def _lines(text: str) -> list[str]:
    return [_BULLET.sub("", line).rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]


def _unwrap(lines: list[str]) -> list[str]:
    """Join lines that the mail program broke: long, without an end, and followed by another one."""
    joined: list[list[str]] = []
    wrapped = False
    for line in lines:
        text = line.strip()
        if wrapped and text:
            joined[-1].append(text)
        else:
            joined.append([text])
        wrapped = bool(text) and width(text) >= _LONG_LINE and not re.search(r"[。！？；!?;:：]$", text)
    return [_join(parts) for parts in joined]


def _join(parts: list[str]) -> str:
    """Parts of one sentence; Latin words keep a blank between them."""
    text = parts[0]
    for part in parts[1:]:
        latin = text[-1].isascii() and part[0].isascii()
        text += (" " if latin else "") + part
    return text


def width(text: str) -> int:
    """Columns that a text takes: two for a full-width character."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


@dataclass(frozen=True, slots=True)
class Body:
    """``said`` is what counts, ``aside`` the signature and disclaimer lines."""

    said: str
    aside: str


def body(text: str, is_name: Callable[[str], bool] = lambda _: False) -> Body:
    """Set signature and disclaimers aside; ``is_name`` knows companies and people who may stand alone on a line."""
    plain = html.unescape(text).replace("\r\n", "\n").replace("\r", "\n")
    kept, disclaimers = _without_disclaimers(plain.split("\n"))
    cut = len(kept)
    for index in range(len(kept) - 1, max(-1, len(kept) - 1 - _SIGNATURE_LINES), -1):
        line = kept[index].strip()
        if not line:
            continue
        if not signs(line, is_name) and not (is_alone(fold(line).strip()) and any(map(str.strip, kept[:index]))):
            said, signed = _signed_behind(line, is_name)
            kept[index : index + 1] = [said, signed]
            cut = index + 1
            break
        cut = index
    return Body("\n".join(kept[:cut]), "\n".join([*kept[cut:], *disclaimers]))


def _signed_behind(line: str, is_name: Callable[[str], bool]) -> tuple[str, str]:
    """A line of which the end signs: ``…确认无误。实训处 陆老师``."""
    end = max(line.rfind(mark) for mark in "。！!") + 1
    signed = line[end:].strip()
    return (line[:end], signed) if end and signed and signs(signed, is_name) else (line, "")


_DISCLAIMER = re.compile(
    r"^\W*(?:(?:重要)?(?:免责|保密|法律)?(?:声明|提示)[\]】:\s]|(?:本|此|该|这封)(?:电子)?(?:邮件|信件|邮件及其)"
    r"|this (?:e-?mail|message)|confidential|disclaimer|注[:,]?(?:本|此)邮件"
    r"|the information|internet e-?mail)",
    re.IGNORECASE,
)
_ABOUT_SECRECY = re.compile(
    r"保密|机密|禁止转发|请?勿转[发寄]|工作邮件|指定的?收件人|误收|错误地?收到|非指定|intended|confidential|privileged",
    re.IGNORECASE,
)
_ABOUT_US = re.compile(
    r"[账帐章货箱补]|确认|无误|差异|余额|货款|数字|结算|生效|为准|仅用|少发|年审|签署|同意|approv|statement|balance",
    re.IGNORECASE,
)


def _without_disclaimers(lines: list[str]) -> tuple[list[str], list[str]]:
    """Paragraphs that only speak about secrecy; one that mentions accounts or confirming stays."""
    kept: list[str] = []
    aside: list[str] = []
    for paragraph in _paragraphs(lines):
        folded = fold(" ".join(paragraph))
        boilerplate = _DISCLAIMER.search(folded) and _ABOUT_SECRECY.search(folded) and not _ABOUT_US.search(folded)
        (aside if boilerplate else kept).extend(paragraph)
    return kept, aside


def _paragraphs(lines: list[str]) -> list[list[str]]:
    """Lines grouped at blank ones and before a disclaimer; each blank line ends its group."""
    groups: list[list[str]] = [[]]
    for line in lines:
        if groups[-1] and _DISCLAIMER.search(fold(line)):
            groups.append([])
        groups[-1].append(line)
        if not line.strip():
            groups.append([])
    return groups
