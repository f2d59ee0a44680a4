"""Mail → Judgement: bind, find the writer's words, read them, then try the rules of rules.py in order.

The front door of deciding; every step stands in its own module (match, written, evidence, rules).
Pure: no clock, no I/O.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import PurePosixPath

from bot.decide import match, typed
from bot.decide.evidence import Evidence
from bot.decide.match import Binding
from bot.decide.rules import RULE_VERSION, RULES, Rule
from bot.decide.scoping import people_of, scope_of, words_of
from bot.decide.split import Share, Whole, split
from bot.decide.verdict import BY_PEOPLE, NOTHING_OWED, judgement_on
from bot.decide.written import OwnWords
from bot.model import Also, Judgement, Outcome, Register
from parsers import command, notice, wishes
from parsers.attachment import AttachmentReading, PageCode
from parsers.mail import Mail
from parsers.tokens import Scope

__all__ = ["RULES", "RULE_VERSION", "judge"]


def judge(mail: Mail, register: Register, readings: tuple[AttachmentReading, ...] = ()) -> Judgement:
    """Judge one mail; ``readings`` are those of its attachments. Deterministic, never raises on odd mails."""
    seen = notice.kind(mail)
    codes = _codes(readings)
    binding = match.bind(mail, register, codes, seen)
    kind = "own" if _is_own(binding, register) else _kind(seen.kind, binding)
    words, scope = words_of(mail, register, binding) if kind != "own" else (OwnWords("", ()), Scope())
    told = typed.read(words.text, scope)
    listed = ("经邮件列表或群发转来",) if (seen.kind, kind) == ("list", "reply") else ()
    evidence = Evidence(
        kind,
        binding,
        register,
        words.text,
        told.reading,
        (*words.doubts, *listed),
        readings,
        _extra(readings) if kind in BY_PEOPLE else (),
        _command(mail, words.text) if binding.standing == "staff" else "",
        bool(seen.successor) or seen.left,
        bool(mail.oversize_links),
        wishes.find(words.text),
        wishes.excepted(words.text),
        told.theirs,
    )
    judgement = judgement_on(mail, evidence, _tried(evidence), seen.addresses)
    if kind not in BY_PEOPLE or judgement.rule in _AS_A_WHOLE:
        return judgement
    return _split(Whole(mail, register, binding, words, readings, codes), judgement)


def _tried(evidence: Evidence) -> tuple[Rule, ...]:
    """The rules up to the first that holds."""
    return RULES[: next(place for place, rule in enumerate(RULES) if rule.holds(evidence)) + 1]


_AS_A_WHOLE = frozenset(rule.id for rule in RULES[: [rule.id for rule in RULES].index("R04-contradictory")])
"""Rules on who writes, and on what stops everything: they hold for a mail as a whole, whatever it speaks of."""


def _split(whole: Whole, judgement: Judgement) -> Judgement:
    """The judgement on a mail about several statements: one for each, the gravest of them leads.

    Where one of them is for a person, all are (DESIGN §4, end).
    """
    if sum(item.live and item.customer in whole.binding.customers for item in whole.register.statements) < _SEVERAL:
        return judgement
    proven = match.by_proof(whole.binding, whole.mail, whole.register)
    if proven != whole.binding:
        whole = replace(whole, binding=proven, words=words_of(whole.mail, whole.register, proven)[0])
    people = people_of(whole.register, proven)
    shares = split(whole, lambda statement: scope_of(whole.register, statement, people))
    if shares.against and judgement.outcome is Outcome.PERSON:
        return replace(judgement, reasons=(*judgement.reasons, shares.against))
    parts = _once(_part(whole, share, people) for share in shares.each)
    bound = proven.statement.number if proven.statement is not None else None
    if not parts or any(_for_a_person(part, bound) for part in parts):
        return judgement
    leading = min(parts, key=lambda part: (_GRAVEST.index(part.outcome), part.statement != bound))
    told = "、".join(f"{part.statement} {part.outcome.value}" for part in parts)
    return replace(
        leading,
        attachments=whole.readings,
        also=tuple(dict.fromkeys(also for part in parts for also in part.also)),
        reasons=(f"一信涉及 {len(parts)} 份对账单，已分别判读：{told}", *leading.reasons),
        parts=parts,
    )


def _for_a_person(part: Judgement, bound: str | None) -> bool:
    """Whether a part is for a person; a confirmation is taken back by a mail in its own thread only."""
    return part.outcome is Outcome.PERSON or (part.outcome is Outcome.REOPENED and part.statement != bound)


_SEVERAL = 2
_GRAVEST = (
    Outcome.REOPENED,
    Outcome.DISCREPANCY,
    Outcome.DECLINED,
    Outcome.QUESTION,
    Outcome.SUPERSEDED,
    Outcome.SCAN_PENDING,
    Outcome.IN_REVIEW,
    Outcome.CONFIRMED,
    Outcome.NOTED,
)


def _part(whole: Whole, share: Share, people: tuple[str, ...]) -> Judgement:
    """What the mail is for one of its statements."""
    live, told = share.binding.live, share.told
    scope = scope_of(whole.register, live, people) if live is not None else Scope()
    found = typed.read(told.text, scope)
    reading = replace(found.reading, sentence=told.as_written(found.reading.sentence))
    evidence = Evidence(
        "reply",
        share.binding,
        whole.register,
        told.text,
        reading,
        (),
        share.readings,
        _extra(share.readings),
        links=bool(whole.mail.oversize_links),
        wish=wishes.find(told.text),
        excepted=wishes.excepted(told.text),
        theirs=found.theirs,
    )
    return judgement_on(whole.mail, evidence, _tried(evidence), ())


def _once(parts: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """The parts, each second matter in the first of them that has it only."""
    told: set[Also] = set()
    found: list[Judgement] = []
    for part in parts:
        found.append(
            replace(part, also=tuple(also for also in part.also if also not in told or also.matter == NOTHING_OWED))
        )
        told.update(part.also)
    return tuple(found)


def _codes(readings: tuple[AttachmentReading, ...]) -> tuple[PageCode, ...]:
    """What the pages of the attachments say about themselves."""
    return tuple(PageCode(item.number, item.revision or 0, 1, 1, "") for item in readings if item.number is not None)


def _kind(kind: str, binding: Binding) -> str:
    """What a registered contact sends is never passed over: from a list or a mailing program it is for a person."""
    return "reply" if kind == "list" and binding.standing in {"may_confirm", "contact"} else kind


def _is_own(binding: Binding, register: Register) -> bool:
    """Whether one of our own addresses is the only From; a Message-ID of ours in a stranger's mail proves nothing."""
    return binding.address in {address.lower() for address in register.own_addresses}


def _command(mail: Mail, text: str) -> str:
    """A staff mail's command, in its first lines or its subject; empty where there is none."""
    found = command.parse(text) or command.parse(mail.subject)
    return "" if found is None else (text.strip() or mail.subject)


_PICTURES = frozenset(
    {".jpg", ".jpeg", ".png", ".gif", ".bmp", ".webp", ".heic", ".tif", ".tiff", ".ics", ".vcf", ".p7s", ".asc"}
)
_HARMLESS_NAMES = re.compile(r"回单|回單|水单|水單|付款|汇款|匯款|发票|發票|开票资料|授权|授權|营业执照|委托书")
_TELLING_NAMES = re.compile(r"差异|差異|异议|異議|说明|說明|退货|退貨|扣款|调整|調整|未达|未達|明细|明細")


def _extra(readings: tuple[AttachmentReading, ...]) -> tuple[str, ...]:
    """Documents that nobody read and that may hold words: letters, archives, lists; no payment slips, no pictures.

    A sheet of paper beside a signed copy is one of them where it is none of our pages: its back may bear a remark.
    """
    signed = any(item.kind == "scan" and item.verdict == "signed" for item in readings)
    return tuple(item.name for item in readings if _may_speak(item) or (signed and _unread_sheet(item)))


def _unread_sheet(item: AttachmentReading) -> bool:
    return item.kind == "scan" and item.verdict == "unread" and not _HARMLESS_NAMES.search(item.name)


def _may_speak(item: AttachmentReading) -> bool:
    if item.kind == "sheet":
        return item.verdict != "none"
    if item.kind != "other":
        return False
    if _TELLING_NAMES.search(item.name):
        return True
    picture = PurePosixPath(item.name.lower()).suffix in _PICTURES
    return not picture and not _HARMLESS_NAMES.search(item.name)
