"""What the writer's own words say: a small grammar over sentences, never a search for the confirmation phrase.

A clause counts as a yes only where *every* word of it belongs to the vocabulary of a plain yes (words.py) and it names
this customer and this period; whatever else stands in the mail is named by words_senses.py, and what nobody knows is
``unclear``.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from parsers import money, text, words_matters, words_senses
from parsers.fold import fold
from parsers.tokens import Scope, documents, letters, tokenize, without_courtesy
from parsers.words_courtesy import COURTEOUS, EXCUSED
from parsers.words_matters import DECIDES, MATTERS, REQUEST, TOUCHES
from parsers.words_senses import BY_COURIER, CAUSES, ON_ITS_WAY, SENSES

CONFIRMS, WEAK, RECEIVED, NOTHING, MATTER = "confirms", "weak", "received", "nothing", "matter"
UNCLEAR, OTHER_SUBJECT = "unclear", "other_subject"

HARMLESS = frozenset({CONFIRMS, WEAK, RECEIVED, NOTHING, MATTER, words_senses.MAILED})
"""Senses that may stand beside a confirmation without touching it."""

_SAYS: tuple[tuple[str, frozenset[str]], ...] = (
    ("differs", frozenset({words_senses.DIFFERS, words_senses.NO_DEALINGS})),
    ("denies", frozenset({words_senses.DENIES, words_senses.NOT_US, words_senses.WITHDRAWS})),
    ("conditional", frozenset({words_senses.CONDITIONAL})),
    ("asks", frozenset({words_senses.ASKS, words_senses.ACCOUNT, words_senses.AUDIT})),
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """One statement of the writer: its sense (``confirms``, ``differs``, ``matter`` …), the sentence as written."""

    sense: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Matter:
    """A second, harmless matter and who gets it: ``finance``, ``customer_service`` or ``rep``."""

    topic: str
    to: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says as a whole; ``sentence`` is the deciding one as written, ``spoken`` all of them in order."""

    says: str
    sentence: str
    spoken: tuple[Spoken, ...]
    matters: tuple[Matter, ...]
    figures: tuple[Decimal, ...]
    causes: tuple[str, ...]
    documents: tuple[str, ...]

    @property
    def senses(self) -> frozenset[str]:
        """All senses in the text."""
        return frozenset(spoken.sense for spoken in self.spoken)

    def first(self, sense: str) -> str:
        """The first sentence with a sense, empty where there is none."""
        return next((spoken.sentence for spoken in self.spoken if spoken.sense == sense), "")


def read(written: str, scope: Scope) -> Reading:
    """Read the writer's own text (quotes already stripped) for one statement; never raises, linear in its length."""
    body = text.body(written, lambda line: scope.names.owner(line) is not None or fold(line) in map(fold, scope.people))
    spoken = tuple(_spoken(text.sentences(body.said), scope))
    says = _says(frozenset(item.sense for item in spoken))
    folded = fold(body.said)
    differing = says == "differs"
    return Reading(
        says,
        _deciding(says, spoken),
        spoken,
        _matters(spoken),
        tuple(amount.value for amount in money.find(folded)),
        _causes(spoken) if differing else (),
        documents(folded),
    )


def _says(senses: frozenset[str]) -> str:
    """The gravest sense as DESIGN names it; a yes beside something unexplained is only a weak one."""
    for says, grave in _SAYS:
        if senses & grave:
            return says
    if CONFIRMS in senses:
        return "confirms" if senses <= HARMLESS else "weak"
    return "weak" if WEAK in senses else "nothing"


def _deciding(says: str, spoken: tuple[Spoken, ...]) -> str:
    wanted = dict(_SAYS).get(says, frozenset({says, CONFIRMS if says == "weak" else says}))
    return next((item.sentence for item in spoken if item.sense in wanted), "")


def _matters(spoken: tuple[Spoken, ...]) -> tuple[Matter, ...]:
    found = [_matter(fold(item.sentence)) for item in spoken if item.sense in _WITH_TOPIC]
    if any(item.sense == words_senses.CONTACT for item in spoken):
        found.append(Matter("联系人变更", "rep"))
    return tuple(dict.fromkeys(matter for matter in found if matter is not None))


_WITH_TOPIC = frozenset({MATTER, UNCLEAR, words_senses.ASKS, words_senses.CONDITIONAL})


def _matter(clause: str) -> Matter | None:
    return next((Matter(topic, to) for topic, to, pattern in MATTERS if pattern.search(clause)), None)


def _causes(spoken: tuple[Spoken, ...]) -> tuple[str, ...]:
    """Causes that the differing sentences name, in the table's order; ``other`` where they name none."""
    differing = " ".join(fold(item.sentence) for item in spoken if item.sense == words_senses.DIFFERS)
    return tuple(cause for cause, pattern in CAUSES if pattern.search(differing)) or ("other",)


@dataclass(frozen=True, slots=True)
class _Clause:
    """A folded clause with its letters; ``kind`` is "run" where every word is known, else a sense."""

    folded: str
    letters: str
    kind: str


def _spoken(sentences: Iterable[text.Sentence], scope: Scope) -> Iterator[Spoken]:
    """Sentence by sentence; a line without end and without a yes runs on into the next one (a name on its own line)."""
    run, opening = "", True
    for sentence in sentences:
        clauses = [
            _clause(folded, scope, opening and place == 0) for place, folded in enumerate(_clauses(sentence.text))
        ]
        opening = opening and all(set(clause.letters) <= {"c"} for clause in clauses)
        run += "".join(f"{clause.letters}," for clause in clauses if clause.kind == "run")
        rest = _rest(clauses)
        sense = _sense(rest) if rest else NOTHING
        yield from (Spoken(clause.kind, sentence.text) for clause in clauses if clause.kind == words_senses.MAILED)
        if sense != words_senses.DIFFERS:
            yield from (Spoken(MATTER, clause.folded) for clause in clauses if clause.kind == MATTER)
        if rest:
            yield Spoken(words_senses.ASKS if sense == UNCLEAR and sentence.end == "?" else sense, sentence.text)
        if sentence.end or "K" in run or rest:
            asked = sentence.end == "?" and not (clauses and clauses[-1].kind == MATTER)
            yield Spoken(_run_sense(run, asked), sentence.text)
            run = ""
    if run:
        yield Spoken(_run_sense(run, asked=False), run)


_PARTICULARS = re.compile(
    r"[\u3400-\u9fff]{0,12}[省市区县镇路街道][\u3400-\u9fff0-9-]{0,30}(?:号|室|楼|栋|座|层|园区?|村|广场|大厦|中心|\d)+(?:[\u3400-\u9fff]{2,4})?收?"
    r"|(?:于|在)?\d{1,2}月\d{1,2}[日号]?(?:左右|之?前)?"
    r"|[^不没未无退差少漏缺多货箱件两几拒全已部照代\W\d]{2,4}收|(?:收件人|收货人|电话|税号|邮编)[\u3400-\u9fffA-Za-z0-9-]{2,24}|[\w.+-]+@[\w.-]+"
)


def _rest(clauses: list[_Clause]) -> list[_Clause]:
    """Clauses that are neither known words nor another matter; an address after a matter belongs to it."""
    matters = any(clause.kind == MATTER for clause in clauses)
    rest = [clause for clause in clauses if clause.kind == "rest"]
    if _leads(clauses):
        return [clause for clause in clauses if clause.kind != "run"]
    if matters and all(_PARTICULARS.fullmatch(clause.folded) and not DECIDES.search(clause.folded) for clause in rest):
        return []
    return rest


def _leads(clauses: list[_Clause]) -> bool:
    """Whether another matter stands before the yes of its sentence: 收到发票后，…无误 makes it a condition."""
    first = next((place for place, clause in enumerate(clauses) if clause.kind == MATTER), len(clauses))
    return any(clause.kind == "run" and set(clause.letters) & set("KWC") for clause in clauses[first:])


_COMMA = re.compile(r"(?<!\d),|,(?!\d{3})|(?<!\d):|:(?!\d)")
_BLANK = re.compile(r"(?<![A-Za-z0-9,.])\s+|\s+(?![A-Za-z0-9])")


def _clauses(sentence: str) -> list[str]:
    """Folded clauses; blanks go except between Latin words and figures."""
    folded = without_courtesy(_BLANK.sub("", fold(sentence)))
    return [clause for clause in _COMMA.split(folded) if clause.strip()]


def _clause(folded: str, scope: Scope, opening: bool) -> _Clause:
    found = letters(tokenize(folded, scope, opening=opening))
    classes = set(found)
    if classes <= _OF_POST and BY_COURIER.match(folded):
        return _Clause(folded, found, words_senses.MAILED)
    if not classes & _NO_YES and not ("e" in classes and classes & _YES):
        return _Clause(folded, found, "run")
    if not classes & _NO_COURTESY and COURTEOUS.match(folded) and not TOUCHES.search(EXCUSED.sub("", folded)):
        return _Clause(folded, "c", "run")
    return _Clause(folded, found, _beside(folded, classes))


def _beside(folded: str, classes: set[str]) -> str:
    """What a clause is that is no part of a yes: a second matter, something in the post, or the rest."""
    if not classes & _NO_REQUEST and REQUEST.search(folded) and not TOUCHES.search(folded):
        return MATTER
    if classes & _NO_MATTER:
        return "rest"
    if ON_ITS_WAY.match(folded):
        return words_senses.MAILED
    matter = _matter(folded)
    if "U" in classes or matter is None or DECIDES.search(folded) or _of_this_period(matter, classes):
        return "rest"
    return MATTER


def _of_this_period(matter: Matter, classes: set[str]) -> bool:
    """Whether goods or money moved in the period: 10月30日的货 and 10月28日支付 touch the account."""
    moved = {words_matters.PAYMENT: "iE", words_matters.DELIVERY: "iEP", words_matters.SERVICE: "iEP"}
    return bool(classes & set(moved.get(matter.topic, "")))


_NO_YES = frozenset("XMQGUmdi")  # classes of words that no yes may hold
_YES = frozenset("KCWHVhq")
_OF_POST = frozenset("eaFDmcS&")
_NO_REQUEST = frozenset("KCWMGNQUqhoi")  # a request or plan beside the yes may hold unknown words, but none of these
_NO_COURTESY = (_NO_REQUEST | frozenset("PEid")) - {"W"}
_NO_MATTER = frozenset("XKCWMGNqho")  # and no second matter


def _sense(rest: list[_Clause]) -> str:
    """What the unexplained clauses of one sentence say together, the gravest sense first."""
    joined = ",".join(clause.folded for clause in rest)
    for sense, pattern in SENSES:
        if pattern.search(joined):
            if sense == words_senses.PENDING and set("NPK") <= set("".join(clause.letters for clause in rest)):
                return UNCLEAR
            return words_senses.ASKS if _only_asks(sense, pattern, joined) else sense
    found = set("".join(clause.letters for clause in rest))
    if found & set("MQ"):
        return OTHER_SUBJECT
    return words_senses.DIFFERS if "G" in found else UNCLEAR


def _only_asks(sense: str, pattern: re.Pattern[str], joined: str) -> bool:
    """Whether a clause asks: 谁签收的 promises nothing, 含税还是未税 names a topic and no difference."""
    if sense == words_senses.PENDING and words_senses.BIDS.search(joined):
        return True
    if not words_senses.ASKING.search(joined):
        return False
    if sense == words_senses.DIFFERS:
        topic = words_senses.TOPICS.sub("", joined)
        return topic != joined and not re.search(r"\d", topic) and not pattern.search(topic)
    if sense == words_senses.DENIES:
        return words_senses.MAY_WE.search(joined) is not None
    return sense in {words_senses.PENDING, words_senses.POSTED}


_ASPECT_ONLY = re.compile(r"o.*K|K.*o|l[FY&]*[CH]*K")  # 数量无误 says nothing of the balance
_ATTRIBUTE = re.compile(r"KF*[Ogo]")  # 正确金额见附件 praises another figure
_SMALL_TALK = frozenset("caeFSY&,")
_RECEIPT = re.compile(r"CF*R")  # 确认收到 confirms the receipt of a mail
_YOU_CONFIRM = re.compile(r"(?<!&)Y[F&]*[CH]")


def _run_sense(run: str, asked: bool) -> str:
    """What explained words say: the grammar of a yes over their letters."""
    found = set(run)
    yes = found & set("KWC")
    if asked and found - _SMALL_TALK:
        return words_senses.ASKS
    if any(pattern.search(run) for pattern in (_YOU_CONFIRM, _ASPECT_ONLY, _ATTRIBUTE)):
        return UNCLEAR
    if _RECEIPT.search(run):
        return RECEIVED
    whole = set("NPKO") <= found
    if whole and not found & set("hV") and not ("q" in found and found & set("YDR")):
        return CONFIRMS
    if yes and not (yes == {"W"} and "R" in found):
        return WEAK
    return RECEIVED if found & set("HR") else NOTHING
