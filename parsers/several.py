"""One mail about several statements → what was said about each: ``美元那张没问题，人民币的少一笔`` → two texts.

A clause belongs to the statements that it names, by customer, period, currency or number; one that names none belongs
to what was spoken of before it. Where an attribution isn't plain nothing is told apart, and a person reads the mail.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from parsers import phrase, words_senses
from parsers.clause import MATTER, split_clauses
from parsers.fold import visible
from parsers.mentions import Called, Mention, Unclear, mentions, named
from parsers.projection import Clause, projected
from parsers.text import Sentence, sentences
from parsers.tokens import Scope, letters, tokenize
from parsers.words_senses import ANSWERED, CONTACT, DIFFERS, NO_DEALINGS, PENDING, POSTED

__all__ = ["Called", "Told", "tell_apart"]


@dataclass(frozen=True, slots=True)
class Told:
    """What was said about one statement, folded; ``originals`` are its sentences, each with the one as written."""

    number: str
    text: str
    originals: tuple[tuple[str, str], ...]

    def as_written(self, sentence: str) -> str:
        """The sentence or sentences of the mail that those of ``text`` come from, joined by blanks as they are read."""
        for first, (text, _) in enumerate(self.originals):
            joined, last = text, first + 1
            while joined != sentence and sentence.startswith(f"{joined} ") and last < len(self.originals):
                joined, last = f"{joined} {self.originals[last][0]}", last + 1
            if joined == sentence:
                return " ".join(original for _, original in self.originals[first:last])
        return sentence


_Whole = list[tuple[Sentence, list[Clause]]]
Scopes = Callable[[str], Scope]
"""What a clause is read for, by a statement's number."""


def tell_apart(
    said: str, called: tuple[Called, ...], default: Called | None, shown: frozenset[str], scopes: Scopes
) -> tuple[Told, ...]:
    """One text for each statement that the words name, in the order of numbers; empty unless at least two are.

    ``called`` are the statements that the writer may speak of, ``default`` is the one whose mail he answers, ``shown``
    those whose pages he attached: words that name nothing are about these.
    """
    if phrase.STRUCK.search(said) or len(said) > phrase.LONGEST:
        return ()
    try:
        whole = _whole(list(sentences(said)), called, default, shown, scopes)
        topics = [clause.topic for _, clauses in whole for clause in clauses] or [shown]
        numbers = frozenset[str]().union(*topics)
        if len(numbers) < _SEVERAL:
            return ()
        _check(whole, numbers, scopes)
    except Unclear:
        return ()
    return tuple(_told(whole, number) for number in sorted(numbers))


_SEVERAL = 2


def _whole(
    spoken: Iterable[Sentence],
    called: tuple[Called, ...],
    default: Called | None,
    shown: frozenset[str],
    scopes: Scopes,
) -> _Whole:
    """Every sentence with its clauses and what each belongs to."""
    scope = scopes((default or called[0]).number)
    found = [(each, [(clause, _marks(clause, called, scope)) for clause in _clauses(each.text)]) for each in spoken]
    read = [pair for _, clauses in found for pair in clauses]
    own = [_own_topic(clause, marks, called, default, scope) for clause, marks in read]
    _check_context(own, [marks for _, marks in read], called)
    waiting = iter(_carried(own, shown))
    return [(each, [Clause(clause, marks, next(waiting)) for clause, marks in clauses]) for each, clauses in found]


def _clauses(sentence: str) -> list[str]:
    """The folded clauses, without the marks of blanks between Chinese words."""
    return [visible(clause) for clause in split_clauses(sentence)]


def _marks(clause: str, called: tuple[Called, ...], scope: Scope) -> tuple[Mention, ...]:
    """The mentions of a clause that speaks of accounts; 9月的发票什么时候寄 speaks of no statement."""
    found = mentions(clause, called, scope.names)
    senses = phrase.read(clause, scope).senses if found else frozenset[str]()
    return () if MATTER in senses and senses <= {MATTER, phrase.NOTHING} else found


_LEADS = frozenset({"→"})
"""The topic of a customer's name on its own, which belongs to what comes next."""


def _own_topic(
    clause: str, marks: tuple[Mention, ...], called: tuple[Called, ...], default: Called | None, scope: Scope
) -> frozenset[str] | None:
    """What a clause names by itself; None where it names nothing."""
    if not marks:
        return None
    alone = {mark.kind for mark in marks} == {"customer"} and len({mark.means for mark in marks}) == 1
    if alone and not set(letters(tokenize(clause, scope))) & set("KWX"):
        return _LEADS
    crossed = [kind for kind in _DIMENSIONS if len({mark.means for mark in marks if mark.kind == kind}) > 1]
    if len(crossed) > 1 and (_RESPECTIVELY.search(clause) or not _ALL.search(clause)):
        raise Unclear(clause)
    return named(marks, called, default)


_DIMENSIONS = ("customer", "period", "currency")
_RESPECTIVELY = re.compile(r"分别|各自|依次|对应|respectively", re.IGNORECASE)
"""Two lists side by side: 苏州、无锡分别确认9月、10月 may mean two statements or four."""


def _check_context(
    own: list[frozenset[str] | None], marks: list[tuple[Mention, ...]], called: tuple[Called, ...]
) -> None:
    """Raises Unclear where a clause leaves out what the words before it named otherwise: 9月美元无误，人民币也无误."""
    of = {each.number: each for each in called}
    spoken: dict[str, frozenset[str]] = {}
    for topic, found in zip(own, marks, strict=True):
        kinds = {mark.kind for mark in found}
        for kind in _DIMENSIONS if topic is not None else ():
            values = spoken.get(kind, frozenset())
            left_out = kind not in kinds and "number" not in kinds and values and topic != _LEADS
            if left_out and frozenset(getattr(of[number], kind) for number in topic or ()) != values:
                raise Unclear(kind)
        for kind in kinds & set(_DIMENSIONS):
            means = frozenset[str]().union(*(mark.means for mark in found if mark.kind == kind))
            spoken[kind] = frozenset(getattr(of[number], kind) for number in means)


def _carried(own: list[frozenset[str] | None], shown: frozenset[str]) -> list[frozenset[str]]:
    """A clause that names nothing goes with the one before it, the first ones with the first that names something.

    What leads in belongs to all that follows, up to the next that does.
    """
    first = next((topic for topic in own if topic not in {None, _LEADS}), shown)
    ahead: list[frozenset[str]] = []
    for topic in reversed(own):
        fresh = not ahead or own[len(own) - len(ahead)] == _LEADS
        ahead.append((frozenset[str]() if fresh else ahead[-1]) | (topic or frozenset[str]()) - _LEADS)
    carried: list[frozenset[str]] = []
    for topic, later in zip(own, reversed(ahead), strict=True):
        before = carried[-1] if carried else first or shown
        carried.append((later or before) if topic == _LEADS else before if topic is None else topic)
    return carried


# What is plain enough

_WAITS = {PENDING, POSTED, ANSWERED, CONTACT}
_OF_ONE = phrase.HARMLESS | _WAITS | {DIFFERS, NO_DEALINGS, words_senses.ASKS}
"""What may be said of one statement beside clauses about another in the same sentence: no condition, no exception."""
_OF_ALL = phrase.HARMLESS | _WAITS | {DIFFERS}
"""What may be said of several statements at once."""
_UNNAMED = phrase.HARMLESS | _WAITS
"""What may be said after a yes without a word on which statement is meant."""
_YES = frozenset({phrase.CONFIRMS, phrase.WEAK})


_OBJECTS = phrase.HARMLESS | _WAITS | {DIFFERS, NO_DEALINGS, words_senses.ASKS}
"""What may follow an objection to one statement without naming it: no condition, nothing that nobody knows."""
_TELLS_NOTHING = frozenset({phrase.NOTHING, phrase.RECEIVED, MATTER, words_senses.MAILED, POSTED, ANSWERED, CONTACT})
_ALL = re.compile(
    r"[都均全皆俱]|[两二三四五六七八九十\d][份个张期家种]|各[份个月期家]|以[上下]|如上|上述|[整总]体|合计"
    r"|所有|[那另]一?[份张个期]|你们的?账|为准|最终|保留|生效|其[余它他]|[剩余]下|剩余|另外|此外|一起|一并|同时|both|all|(?<![a-z])rest",
    re.IGNORECASE,
)
"""Words that may speak of other statements than the one named last, or of the whole letter."""
_RELATIVE = re.compile(
    r"[去前上]年|(?<!以)[上前](?:[一两几]?个)?月|上一?期|前一期|last\s?(?:month|year)", re.IGNORECASE
)
"""Periods by their distance, which nobody counts here."""


def _check(whole: _Whole, numbers: frozenset[str], scopes: Scopes) -> None:
    """Raises Unclear where it isn't plain which statement is meant."""
    before: Clause | None = None
    ended = ""
    for sentence, clauses in whole:
        several = len({clause.topic for clause in clauses}) > 1
        listed = not ended and before is not None and _HEADING.search(before.folded) is not None
        for place, clause in enumerate(clauses):
            senses = _senses(clause, scopes)
            fits = (senses <= _OF_ONE or not several) and (senses <= _OF_ALL or len(clause.topic) <= 1)
            after = before if listed or any(each.marks for each in clauses[:place]) else None
            own = _fits_marks(clause) if clause.marks else _is_meant(clause, senses, after, numbers, scopes)
            if not fits or not own or (_RELATIVE.search(clause.folded) and not senses <= _TELLS_NOTHING):
                raise Unclear(sentence.text)
            before = clause
        ended = sentence.end
    _check_labels(whole, numbers, scopes)


_HEADING = re.compile(r"(?:差异|不符)$")
"""What differs stands in the line below: 10月有差异."""


def _check_labels(whole: _Whole, numbers: frozenset[str], scopes: Scopes) -> None:
    """Raises Unclear where a label may belong to the name behind it and was put with the one before: 有差异：10月."""
    label: Clause | None = None
    for sentence, clauses in whole:
        for place, clause in enumerate(clauses):
            if label is not None and clause.marks and clause.topic != label.topic:
                raise Unclear(sentence.text)
            if clause.marks or (place and label is None):
                label = None
            elif clause.topic != numbers and not _senses(clause, scopes) <= _TELLS_NOTHING:
                label = clause
        if not sentence.text.rstrip().endswith((":", "：")):
            label = None


def _fits_marks(clause: Clause) -> bool:
    """Whether what a name leads in for is that customer's."""
    return all(
        clause.topic <= frozenset[str]().union(*(mark.means for mark in clause.marks if mark.kind == kind))
        for kind in {mark.kind for mark in clause.marks}
    )


def _is_meant(
    clause: Clause, senses: frozenset[str], before: Clause | None, numbers: frozenset[str], scopes: Scopes
) -> bool:
    """Whether a clause that names nothing plainly belongs where it was put: to all, or to the one objected to."""
    if senses <= _TELLS_NOTHING or (clause.topic == numbers and senses <= _UNNAMED):
        return True
    if _ALL.search(clause.folded):
        return False
    return senses <= phrase.HARMLESS or (senses <= _OBJECTS and _objects_to(before, scopes))


def _objects_to(before: Clause | None, scopes: Scopes) -> bool:
    """Whether an objection that names nothing belongs to the clause before it: one statement, and no yes."""
    return before is not None and len(before.topic) == 1 and not _senses(before, scopes) & _YES


def _senses(clause: Clause, scopes: Scopes) -> frozenset[str]:
    """What a clause says, read for the first statement that it belongs to."""
    number = min(clause.topic)
    return phrase.read(projected(clause, number), scopes(number)).senses


# What was said about one of them


def _told(whole: _Whole, number: str) -> Told:
    pairs: list[tuple[str, str]] = []
    lines: list[str] = []
    for sentence, clauses in whole:
        kept = [projected(clause, number) for clause in clauses if number in clause.topic]
        text = ",".join(filter(None, kept))
        if text:
            lines.append(text + sentence.end)
            pairs.append((text, sentence.text))
    return Told(number, "\n\n".join(lines), tuple(pairs))
