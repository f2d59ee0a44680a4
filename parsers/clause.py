"""One clause of a sentence: part of a plain yes, a courtesy, a second matter, something in the post, or the rest.

``发票请寄到新地址`` → a matter for finance; ``苏州恒远确认2026年10月对账单无误`` → a run of known words, ``NCPOK``.
"""

import re
from dataclasses import dataclass

from parsers import words_matters, words_senses
from parsers.fold import fold
from parsers.side import side
from parsers.small_talk import is_small_talk
from parsers.tokens import Scope, letters, tokenize, without_courtesy
from parsers.words import LABELS
from parsers.words_courtesy import COURTEOUS, EXCUSED
from parsers.words_matters import DECIDES, MATTERS, PLANNED, REQUEST, TOUCHES
from parsers.words_never import NEVER
from parsers.words_senses import BY_COURIER, ON_ITS_WAY

RUN, REST, MATTER = "run", "rest", "matter"
SMALL_TALK = "z"
"""The letter of a clause that is set aside although not all of its words are known."""


@dataclass(frozen=True, slots=True)
class Matter:
    """A second, harmless matter and who gets it: ``finance``, ``customer_service`` or ``rep``."""

    topic: str
    to: str


@dataclass(frozen=True, slots=True)
class Clause:
    """A folded clause with its letters; ``kind`` is "run" where every word is known, else a sense."""

    folded: str
    letters: str
    kind: str


def matter_of(clause: str) -> Matter | None:
    """The second matter that a folded clause names, None where it names none."""
    return next((Matter(topic, to) for topic, to, pattern in MATTERS if pattern.search(clause)), None)


_COMMA = re.compile(r"(?<!\d),|,(?!\d{3})|(?<!\d):|:(?!\d)")
_BLANK = re.compile(r"(?<![A-Za-z0-9,.])\s+|\s+(?![A-Za-z0-9])")


_YEAR_BEHIND = re.compile(r"，(?=\d{4}年)")  # 85,685，2026年10月: this comma groups no digits
_NOTHING_APART = re.compile(r"(差[异额])\s*[:]\s*(0(?:\.0{1,2})?(?![\d.,万])|零|无)")
"""差异：0.00 stays one clause."""
_GAP = "\x1f"
"""A blank between Chinese words: it says nothing, or stands for a comma."""


def split_clauses(sentence: str) -> list[str]:
    """Folded clauses; blanks stay between Latin words and figures, elsewhere they are gaps."""
    folded = _NOTHING_APART.sub(r"\1\2", fold(_YEAR_BEHIND.sub("， ", sentence)))
    joined = _BLANK.sub("", folded)
    plain = without_courtesy(joined)
    marked = _BLANK.sub(_GAP, folded) if plain == joined else plain
    return [clause for clause in _COMMA.split(marked) if clause.strip()]


def read_clauses(sentence: str, scope: Scope, opening: bool) -> list[Clause]:
    """The clauses of a sentence; ``opening`` allows a greeting at its start."""
    found: list[Clause] = []
    for place, piece in enumerate(split_clauses(sentence)):
        whole = read_clause(piece.replace(_GAP, ""), scope, opening and place == 0)
        parts = [part for part in piece.split(_GAP) if part]
        if whole.kind == REST and len(parts) > 1:
            apart = [read_clause(part, scope, opening and place + at == 0) for at, part in enumerate(parts)]
            found.extend([whole] if any(clause.kind == REST for clause in apart) else apart)
        else:
            found.append(whole)
    return found


def read_clause(folded: str, scope: Scope, opening: bool) -> Clause:
    """Read a folded clause; ``opening`` allows a greeting at its start."""
    if folded in LABELS:
        return Clause(folded, "l", RUN)
    found = letters(tokenize(folded, scope, opening=opening))
    classes = set(found)
    if NEVER.search(folded) or _QUOTED_MAIL.search(found):
        return Clause(folded, found, REST)
    if classes <= _OF_POST and BY_COURIER.match(folded):
        return Clause(folded, found, words_senses.MAILED)
    if not classes & _NO_YES and not ("e" in classes and classes & _YES):
        return Clause(folded, found, RUN)
    if not classes & _NO_COURTESY and COURTEOUS.match(folded) and not TOUCHES.search(EXCUSED.sub("", folded)):
        return Clause(folded, "c", RUN)
    kind = _beside(folded, classes)
    return Clause(folded, found, kind) if kind != REST else _harmless(folded, found)


_QUOTED_MAIL = re.compile(r"[DR][FY&]*N.*[CK]")
"""收到某公司确认…无误 tells of a mail, and confirms nothing."""


def _harmless(folded: str, found: str) -> Clause:
    """A clause that is no yes and no known matter: something said beside it, small talk, or the rest."""
    classes = set(found)
    beside = "" if classes & _NO_SIDE else side(_PERIOD.sub("", folded), this_period="P" in classes)
    if beside in {"enclosed", "posted"}:
        return Clause(folded, "c", RUN)
    if beside:
        return Clause(folded, found, MATTER)
    if not classes & _NO_SMALL_TALK and is_small_talk(folded):
        return Clause(folded, SMALL_TALK, RUN)
    return Clause(folded, found, REST)


def _beside(folded: str, classes: set[str]) -> str:
    """What a clause is that is no part of a yes: a second matter, something in the post, or the rest."""
    if (
        not classes & _NO_REQUEST
        and "X" not in classes
        and not _GRAVE.search(folded)
        and REQUEST.search(folded)
        and not TOUCHES.search(_COMING.sub("", PLANNED.sub("", folded)))
    ):
        return MATTER
    if classes & _NO_MATTER:
        return REST
    if ON_ITS_WAY.match(folded):
        return words_senses.MAILED
    matter = matter_of(folded)
    if "U" in classes or matter is None or _of_this_period(matter, classes):
        return REST
    if DECIDES.search(folded) or _GRAVE.search(folded):
        return REST
    return MATTER


_GRAVE = re.compile(
    r"律师|起诉|仲裁|法务|法院|官司|驳回|打回|卡在|卡住|冻结|搁|挂着|挂到|顶|轧|打[一二三四五六七八九]"
    r"|假|虚开|买来|失败|乱|开[早晚]了|质量.{0,4}有|有问题|问题.{0,3}[没未]|还没|没有?[送装修到发]"
    r"|月底[付寄打汇]|当月付|[付打汇寄转]完|(?:付|打|汇|寄出|开出|转)的$|入账|优惠|返[点利]|减免|承担|降|抬|压低"
)
"""What makes a second matter one for a person: courts, stopped or made payments, faults, concessions."""


def _of_this_period(matter: Matter, classes: set[str]) -> bool:
    """Whether goods or money moved in the period: 10月30日的货 and 10月28日支付 touch the account."""
    moved = {words_matters.PAYMENT: "iE", words_matters.DELIVERY: "iEP", words_matters.SERVICE: "iEP"}
    return bool(classes & set(moved.get(matter.topic, "")))


_COMING = re.compile(
    r"(?<!\d)\d{1,2}月(?:底|初|中旬|下旬|上旬)|(?<!\d)\d{1,2}月(?:份)?(?=起|开始|以后|之后)|(?<!\d)(?:(?:20\d\d"
    r"|1\d\d)[年/])?(?:\d{1,2}[月/])?\d{1,2}(?:[日号]|(?<=/\d\d)|(?<=/\d))(?:之?前|左右)?"
)
"""A day, which a plan may name; one of the period has a letter that no request may hold."""
_NO_YES = frozenset("XMQGUmdi")  # classes of words that no yes may hold
_YES = frozenset("KCWHVhq")
_OF_POST = frozenset("eaFDmcS&")
_NO_REQUEST = frozenset("KCWMGNQUqhoi")  # a request or plan beside the yes may hold unknown words, but none of these
_NO_COURTESY = (_NO_REQUEST | frozenset("PEid")) - {"W"}
_NO_SIDE = frozenset("KHMGNQUqhiTA")
_PERIOD = re.compile(r"(?:20\d\d年)?\d{1,2}月份?(?!\d)(?:的)?|[一二三四五六七八九十]{1,2}月份?的?")
_NO_SMALL_TALK = frozenset("KCHMGNQUqhoiPEdOgATl")
_NO_MATTER = frozenset("XKCWMGNqho")  # and no second matter
