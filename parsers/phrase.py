"""What the writer's own words say: a small grammar over sentences, never a search for the confirmation phrase.

A clause counts as a yes only where *every* word of it belongs to the vocabulary of a plain yes (words.py) and it names
this customer and this period; whatever else stands in the mail is named by words_senses.py, and what nobody knows is
``unclear``.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from parsers import money, signature, text, words_senses
from parsers.clause import MATTER, REST, RUN, SMALL_TALK, Clause, Matter, matter_of, read_clauses
from parsers.fold import fold
from parsers.names import plain
from parsers.tokens import Scope, documents
from parsers.words_matters import DECIDES
from parsers.words_senses import CAUSES, SENSES

CONFIRMS, WEAK, RECEIVED, NOTHING = "confirms", "weak", "received", "nothing"
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
    """One statement of the writer: its sense (``confirms``, ``differs``, ``matter`` …), the sentence as written.

    ``letters`` are those of its words where all of them are known (see tokens.py).
    """

    sense: str
    sentence: str
    letters: str = ""


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
    body = text.body(written, lambda line: _names_somebody(line, scope))
    if len(body.said) > LONGEST:
        return _head_of_long(body.said, scope)
    struck = (Spoken(UNCLEAR, match[0]) for match in STRUCK.finditer(written))
    said = (*_spoken(text.sentences(body.said), scope), *struck)
    spoken = (*_together(said, _signers(body.aside, scope)), *_signed_by_another(body.aside, scope))
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


LONGEST = 2_000  # characters from which a text is no plain yes, whatever it says: a person reads it
_HEAD = 800


def _head_of_long(said: str, scope: Scope) -> Reading:
    """A long text is for a person; its head says to whom, and what stops automatic mail is looked for everywhere."""
    head = read(said[:_HEAD], scope)
    folded = fold(said)
    grave = tuple(
        Spoken(sense, match[0])
        for sense, pattern in SENSES
        if sense in _ANYWHERE and (match := pattern.search(folded)) is not None
    )
    spoken = (*head.spoken, *grave, Spoken(UNCLEAR, said[:_HEAD]))
    says = _says(frozenset(item.sense for item in spoken))
    return replace(head, says=says, sentence=_deciding(says, spoken), spoken=spoken)


_ANYWHERE = frozenset({words_senses.LEGAL, words_senses.ACCOUNT, words_senses.WITHDRAWS})


def _names_somebody(line: str, scope: Scope) -> bool:
    """Whether a line holds a company's name and nothing else, or one of the people we know."""
    name = plain(line)
    known = scope.names.owner(line) is not None or fold(line) in map(fold, scope.people)
    return known or (bool(name) and scope.names.short(name, scope.customer) == len(name))


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
    found = [matter_of(fold(item.sentence)) for item in spoken if item.sense in _WITH_TOPIC]
    if any(item.sense == words_senses.CONTACT for item in spoken):
        found.append(Matter("联系人变更", "rep"))
    return tuple(dict.fromkeys(matter for matter in found if matter is not None))


_WITH_TOPIC = frozenset({MATTER, UNCLEAR, words_senses.ASKS, words_senses.CONDITIONAL})


def _causes(spoken: tuple[Spoken, ...]) -> tuple[str, ...]:
    """Causes that the differing sentences name, in the table's order; ``other`` where they name none."""
    differing = " ".join(fold(item.sentence) for item in spoken if item.sense == words_senses.DIFFERS)
    return tuple(cause for cause, pattern in CAUSES if pattern.search(differing)) or ("other",)


def _spoken(sentences: Iterable[text.Sentence], scope: Scope) -> Iterator[Spoken]:
    """Sentence by sentence; a line without end and without a yes runs on into the next one (a name on its own line)."""
    run, opening = "", True
    said: list[str] = []
    for sentence in sentences:
        clauses = read_clauses(sentence.text, scope, opening)
        if ":" in fold(sentence.text) and _YES & set("".join(clause.letters for clause in clauses)):
            clauses = [_unexplained(clause) for clause in clauses]
        opening = opening and all(set(clause.letters) <= {"c"} for clause in clauses)
        run += "".join(f"{clause.letters}," for clause in clauses if clause.kind == RUN)
        said.append(sentence.text)
        rest = _rest(clauses)
        sense = _sense(rest) if rest else NOTHING
        yield from (Spoken(clause.kind, sentence.text) for clause in clauses if clause.kind == words_senses.MAILED)
        if sense != words_senses.DIFFERS:
            yield from (Spoken(MATTER, clause.folded) for clause in clauses if clause.kind == MATTER)
        if rest:
            yield Spoken(words_senses.ASKS if sense == UNCLEAR and sentence.end == "?" else sense, sentence.text)
        if sentence.end or "K" in run or rest:
            asked = sentence.end == "?" and not (clauses and clauses[-1].kind == MATTER)
            yield Spoken(_run_sense(run, asked), " ".join(said), run)
            run, said = "", []
    if run:
        yield Spoken(_run_sense(run, asked=False), " ".join(said), run)


STRUCK = re.compile(r"~~[^~\n]{1,300}~~|(--|\+\+|==)[^\s+=-][^\n+=-]{0,80}\1")
"""Words struck out in plain text: ~~无误~~."""
_SIGNING_LINES = 20


def _signers(aside: str, scope: Scope) -> str:
    """N where a signature names this customer, M where it (also) names a company that nobody knows, or another one."""
    found = ""
    for line in aside.split("\n")[:_SIGNING_LINES]:
        for part in signature.parts(line):
            name = plain(_OFFICE.sub("", part))
            owner = scope.names.owner(name)
            if owner == scope.customer or scope.names.short(name, scope.customer) == len(name) > 0:
                found += "N"
            elif owner is not None or _COMPANY.search(name):
                found += "M"
    return "M" if "M" in found else found[:1]


def _signed_by_another(aside: str, scope: Scope) -> Iterator[Spoken]:
    """A signature that names another customer of ours: whose yes it is, a person finds out."""
    for line in aside.split("\n")[:_SIGNING_LINES]:
        for part in signature.parts(line):
            if scope.names.owner(plain(_OFFICE.sub("", part))) not in {None, "", scope.customer}:
                yield Spoken(OTHER_SUBJECT, line.strip())


_OFFICE = re.compile(
    r"(?<=[\u3400-\u9fff]{2})(?:财务|会计|采购|结算|业务|管理|综合|总务|应付|往来|供应链?|资产?){1,2}(?:部"
    r"|科|处|课|室|组|中心)$"
)
_COMPANY = re.compile(r"公司|集团|[厂店院校社]$|商行|工厂|经营部|门市部|控股|分部$")


def _together(spoken: tuple[Spoken, ...], signers: str) -> tuple[Spoken, ...]:
    """Sentences that are a yes only in a row, or with the signature's name: 已核对。没有差异。恒远贸易确认."""
    senses = {item.sense for item in spoken}
    if CONFIRMS in senses or WEAK not in senses or not senses <= HARMLESS:
        return spoken
    parts = [item for item in spoken if item.letters]
    if _run_sense("".join(item.letters for item in parts) + signers, asked=False) != CONFIRMS or "M" in signers:
        return spoken
    return (*spoken, Spoken(CONFIRMS, "。".join(item.sentence for item in parts)))


_YES = frozenset("KCH")


def _unexplained(clause: Clause) -> Clause:
    """Small talk before a colon may be more: 李经理签好字:…无误 quotes him."""
    return Clause(clause.folded, "X", REST) if clause.letters == SMALL_TALK else clause


_PARTICULARS = re.compile(
    r"[\u3400-\u9fff]{0,12}[省市区县镇路街道][\u3400-\u9fff0-9-]{0,30}(?:号|室|楼|栋|座|层|园区?"
    r"|村|广场|大厦|中心)+(?:[\u3400-\u9fff]{2,6}收)?"
    r"|(?:预计|计划|大?约|将)?(?:于|在)?(?:\d{3,4}[年/])?\d{1,2}[月/]\d{1,2}[日号]?(?:左右|之?前)?(?:寄出"
    r"|寄达|寄到|支付|付(?=$)|付款|打款|到账|汇出|付出)?"
    r"|[^不没未无退差少漏缺多货箱件两几拒全已部照代\W\d]{2,4}收"
    r"|(?:收件人|收货人)[:为是]?(?:[\u3400-\u9fff]{2,3}|[\u3400-\u9fff]{1,2}(?:先生|小姐|女士|经理|会计))"
    r"|(?:电话|税号|邮编)[:为是]?[A-Za-z0-9 -]{2,24}"
    r"|一般需?要?\d{1,2}个?工作日(?:左右)?|[\w.+-]+@[\w.-]+"
)


def _rest(clauses: list[Clause]) -> list[Clause]:
    """Clauses that are neither known words nor another matter; an address after a matter belongs to it."""
    matters = any(clause.kind == MATTER for clause in clauses)
    rest = [clause for clause in clauses if clause.kind == REST]
    if _leads(clauses):
        return [clause for clause in clauses if clause.kind != RUN]
    return [] if matters and all(map(_is_particular, rest)) else rest


def _is_particular(clause: Clause) -> bool:
    """An address, a person, a day to come: what belongs to the matter before it."""
    return (
        bool(_PARTICULARS.fullmatch(clause.folded))
        and not _NOT_PARTICULAR.search(clause.folded)
        and not DECIDES.search(clause.folded)
        and "i" not in clause.letters
    )


_NOT_PARTICULAR = re.compile(r"[了碎破损箱件货讲谈说拒]|路上")
"""What no address, person or day holds."""


def _leads(clauses: list[Clause]) -> bool:
    """Whether another matter stands before the yes of its sentence: 收到发票后，…无误 makes it a condition."""
    first = next((place for place, clause in enumerate(clauses) if clause.kind == MATTER), len(clauses))
    return any(clause.kind == RUN and set(clause.letters) & set("KWC") for clause in clauses[first:])


def _sense(rest: list[Clause]) -> str:
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
_NO_YES = frozenset("caeFSY&z,")
_RECEIPT = re.compile(r"CF*R")  # 确认收到 confirms the receipt of a mail
_YOU_CONFIRM = re.compile(r"(?<!&)Y[F&]*[CH]")


def _run_sense(run: str, asked: bool) -> str:
    """What explained words say: the grammar of a yes over their letters."""
    found = set(run)
    yes = found & set("KWC")
    if asked and found - _NO_YES:
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
