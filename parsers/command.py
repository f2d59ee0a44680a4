"""Commands that our own staff write as the first line of a mail, in Traditional or Simplified characters.

``審核通過 DZ-202610-000001-73``, ``退回 DZ-202610-000001-73 原因：印章不符``, ``放行 2026-10``, ``状态 恒远``.
Anything that could be a sentence as well (``退回的货收到了``), or carries more than its verb takes, is no command.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from parsers import number
from parsers import period as periods
from parsers.fold import fold, visible
from parsers.period import Period

MAX_LINE, MAX_REASON = 400, 500
Verb = Literal[
    "approve", "return", "release", "status", "aging", "received", "void", "close", "resend", "delivered", "submit"
]

_WORDS: tuple[tuple[Verb, tuple[str, ...]], ...] = (
    ("approve", ("审核通过", "复核通过", "审批通过", "核准")),
    ("return", ("审核退回", "复核退回", "审核不通过", "复核不通过", "退回", "驳回")),
    ("release", ("放行",)),
    ("status", ("查询状态", "状态", "进度")),
    ("aging", ("查询账龄", "账龄")),
    ("received", ("确认收件", "收到原件", "原件已收", "原件收讫")),
    ("void", ("作废差异",)),
    ("close", ("结案",)),
    ("resend", ("重发", "重新发送", "补发")),
    ("delivered", ("已送达",)),
    ("submit", ("提交", "代交")),
)
_VERBS: tuple[tuple[re.Pattern[str], Verb], ...] = tuple(
    (re.compile(r"\s?".join(word) + r"(?=$|[\s:,、;。\"“「A-Za-z0-9])"), verb)
    for verb, words in _WORDS
    for word in words
)
_GAP = re.compile(r"[\s:,、;。\"“”「」'和及与與]*")
_TOKEN = re.compile(r"[A-Za-z0-9‐-―−_-]+")
_CASE = re.compile(r"(CY|AH)-?(\d{6})-?(\d{4,6})")
_LABEL = re.compile(r"(?:原因|理由|结果|結果|说明|說明)\s?[:是为為]?\s?")
_EDGE = " \t:,、;。\"“”「」'"
_ENDING = frozenset({"", "对账单", "销售对账单", "的对账单"})


@dataclass(frozen=True, slots=True)
class Command:
    """What a member of staff orders; ``numbers`` are of statements (DZ-…), differences (CY-…), tasks (AH-…).

    ``reason`` is filled by ``return``, ``void`` and ``close`` and may be empty, which is a fault;
    ``rest`` is what else was said: a customer (``status``, ``aging``), a file number, a remark.
    """

    verb: Verb
    numbers: tuple[str, ...] = ()
    period: Period | None = None
    reason: str = ""
    rest: str = ""


def parse(text: str) -> Command | None:
    """The command in the first line that isn't empty, None where it is none or not quite clear."""
    lines = [line.strip(_EDGE) for line in unicodedata.normalize("NFKC", visible(text[:4_000])).splitlines()]
    first = next((place for place, line in enumerate(lines) if line), None)
    if first is None or len(lines[first]) > MAX_LINE:
        return None
    verb, rest = _verb(lines[first])
    if verb is None:
        return None
    numbers, rest = _numbers(rest)
    return _complete(verb, numbers, rest, "\n".join(_paragraph(lines[first + 1 :]))[:MAX_REASON])


def _verb(line: str) -> tuple[Verb | None, str]:
    """The verb and what follows it; folding keeps the places because the line is normalised already."""
    folded = fold(line)
    for pattern, verb in _VERBS:
        if match := pattern.match(folded):
            return verb, line[match.end() :]
    return None, line


def _numbers(text: str) -> tuple[tuple[str, ...], str]:
    """The numbers at the beginning, each once, and what follows them."""
    found: dict[str, None] = {}
    place = 0
    while True:
        start = _GAP.match(text, place).end()  # type: ignore[union-attr]  # it matches nothing at least
        token = _TOKEN.match(text, start)
        name = _number(token[0]) if token else None
        if token is None or name is None:
            return tuple(found), text[start if found else 0 :].strip(_EDGE)
        found[name] = None
        place = token.end()


def _number(token: str) -> str | None:
    """A statement's number with right check digits, or a difference's or task's number, as we print them."""
    plain = re.sub(r"[‐-―−_]", "-", token).upper()
    if match := _CASE.fullmatch(plain):
        return f"{match[1]}-{match[2]}-{match[3]}"
    found = number.find(token)
    return found[0] if len(found) == 1 and found[0].replace("-", "") == plain.replace("-", "") else None


def _paragraph(lines: list[str]) -> list[str]:
    """The lines up to the first empty one: a reason may stand below the command."""
    end = lines.index("") if "" in lines else len(lines)
    return lines[:end]


def _complete(verb: Verb, numbers: tuple[str, ...], rest: str, below: str) -> Command | None:
    """Each verb takes what it takes, and nothing else."""
    statements = all(not one.startswith(("CY-", "AH-")) for one in numbers)
    match verb:
        case "approve" | "resend" | "delivered":
            fits = bool(numbers) and statements and not rest
            return Command(verb, numbers) if fits else None
        case "return" | "void" | "close":
            kind = {"return": statements, "void": numbers[0:1] != () and numbers[0].startswith("CY-"), "close": True}[
                verb
            ]
            reason = _LABEL.sub("", rest or below, count=1) if _LABEL.match(rest or below) else rest or below
            return Command(verb, numbers, reason=reason.strip(_EDGE)) if len(numbers) == 1 and kind else None
        case "release":
            return _release(numbers, rest) if statements else None
        case "status":
            period, left = _period(rest)
            return Command(verb, numbers, period, rest=left)
        case "aging":
            return Command(verb, rest=rest) if rest and not numbers else None
        case _:  # received, submit
            return Command(verb, numbers, rest=rest) if numbers and statements else None


def _release(numbers: tuple[str, ...], rest: str) -> Command | None:
    period, left = _period(rest)
    if fold(left) not in _ENDING or (period is None) == (not numbers):
        return None
    return Command("release", numbers, period)


def _period(text: str) -> tuple[Period | None, str]:
    """The one period that a text names, and the text without it; several, or one without a year, change nothing."""
    mentions = periods.find(text)
    if len(mentions) != 1 or mentions[0].period is None:
        return None, text
    mention = mentions[0]
    return mention.period, (text[: mention.start] + text[mention.end :]).strip(_EDGE)
