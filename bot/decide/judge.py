"""Mail → Judgement: bind, find the writer's words, read them, then try the rules of rules.py in order.

The front door of deciding; every step stands in its own module (match, written, evidence, rules).
Pure: no clock, no I/O.
"""

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from pathlib import PurePosixPath

from bot.decide import match
from bot.decide.evidence import Evidence
from bot.decide.match import Binding
from bot.decide.rules import RULE_VERSION, RULES, Rule
from bot.decide.written import OwnWords, own_words
from bot.model import Also, Customer, Judgement, Outcome, Register, Said
from parsers import command, names, notice, phrase, promise, words_senses
from parsers.attachment import AttachmentReading, PageCode
from parsers.mail import Mail
from parsers.tokens import Scope

__all__ = ["RULES", "RULE_VERSION", "judge"]


def judge(mail: Mail, register: Register, readings: tuple[AttachmentReading, ...] = ()) -> Judgement:
    """Judge one mail; ``readings`` are those of its attachments. Deterministic, never raises on odd mails."""
    seen = notice.kind(mail)
    binding = match.bind(mail, register, _codes(readings), seen)
    kind = "own" if _is_own(binding, register) else seen.kind
    words, scope = _words(mail, register, binding) if kind != "own" else (OwnWords("", ()), Scope())
    evidence = Evidence(
        kind,
        binding,
        register,
        words.text,
        phrase.read(words.text, scope),
        words.doubts,
        readings,
        _extra(readings) if kind in _BY_PEOPLE else (),
        _command(mail, words.text) if binding.standing == "staff" else "",
        bool(seen.successor) or seen.left,
    )
    tried = RULES[: next(place for place, rule in enumerate(RULES) if rule.holds(evidence)) + 1]
    return _judgement(mail, evidence, tried, seen.addresses)


_BY_PEOPLE = frozenset({"reply", "forward"})
"""Kinds of mail that people write: only their words and files are a second matter."""


def _codes(readings: tuple[AttachmentReading, ...]) -> tuple[PageCode, ...]:
    """What the pages of the attachments say about themselves."""
    return tuple(PageCode(item.number, item.revision or 0, 1, 1, "") for item in readings if item.number is not None)


def _is_own(binding: Binding, register: Register) -> bool:
    """Whether one of our own addresses is the only From; a Message-ID of ours in a stranger's mail proves nothing."""
    return binding.address in {address.lower() for address in register.own_addresses}


def _words(mail: Mail, register: Register, binding: Binding) -> tuple[OwnWords, Scope]:
    """The writer's words, and what they are read for."""
    live = binding.live or binding.statement
    sent = tuple(
        dict.fromkeys(
            text for item in register.statements if live and item.number == live.number for text in item.texts
        )
    )
    people = [person.name for person in register.staff]
    if binding.customer is not None:
        people.extend(contact.name for contact in binding.customer.contacts)
    people.extend([name[1:] for name in people if len(name) == _FULL_NAME and not _SAYS.search(name)])
    index = _names(_Same(register.customers), register.company_names)
    scope = Scope(index, people=tuple(people))
    if live is not None:
        scope = Scope(
            index,
            live.customer,
            live.period,
            live.closing,
            live.number,
            live.revision,
            live.snapshot.first_day,
            live.snapshot.last_day,
            tuple(people),
            len(names.plain(live.snapshot.customer.name)) + _TITLE,
            live.currency,
        )
    us = (*register.own_addresses, *register.company_names)
    return own_words(mail, sent, scope, us), scope


_SAYS = re.compile(r"[不未没無无非差错錯退少多漏欠扣除但若如待]|会计|會計")
_FULL_NAME = 3  # characters of 周晓岚, whom friends call 晓岚
_TITLE = 20  # characters of period and title beside the customer's name: 二〇二六年十月份销售对账单 and some


class _Same:
    """Customers as a key by identity: hashing 100,000 of them for each mail would cost more than the judging."""

    __slots__ = ("customers",)

    def __init__(self, customers: tuple[Customer, ...]) -> None:
        self.customers = customers

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.customers is other.customers

    def __hash__(self) -> int:
        return id(self.customers)


@lru_cache(maxsize=4)
def _names(same: _Same, company_names: tuple[str, ...]) -> names.Names:
    return names.index(company_names, ((item.code, item.name, item.aliases) for item in same.customers))


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
    """Documents that nobody read and that may hold words: letters, archives, lists; no payment slips, no pictures."""
    return tuple(item.name for item in readings if _may_speak(item))


def _may_speak(item: AttachmentReading) -> bool:
    if item.kind == "sheet":
        return item.verdict != "none"
    if item.kind != "other":
        return False
    if _TELLING_NAMES.search(item.name):
        return True
    picture = PurePosixPath(item.name.lower()).suffix in _PICTURES
    return not picture and not _HARMLESS_NAMES.search(item.name)


def _judgement(mail: Mail, evidence: Evidence, tried: tuple[Rule, ...], bounced: tuple[str, ...]) -> Judgement:
    binding, reading, rule = evidence.binding, evidence.reading, tried[-1]
    answered = evidence.statement
    live = evidence.live if evidence.scan == "signed" else answered
    return Judgement(
        outcome=rule.outcome,
        rule=rule.id,
        rule_version=RULE_VERSION,
        mail_kind=evidence.kind,
        message_id=mail.message_id,
        mail_sha256=mail.sha256,
        route=rule.route,
        statement=answered.number if answered is not None else None,
        revision=live.revision if live is not None else None,
        customer=answered.customer if answered is not None else None,
        candidates=binding.candidates,
        bound_by=binding.bound_by,
        sender=binding.address,
        standing=binding.standing,
        authentication=binding.authentication,
        said=Said(evidence.text, reading.says, reading.sentence, reading.figures, reading.causes, reading.documents),
        attachments=evidence.attachments,
        also=_also(evidence, rule),
        reasons=_reasons(evidence, rule),
        tried=tuple(item.id for item in tried),
        command=evidence.command if rule.outcome is Outcome.COMMAND else "",
        bounced=bounced if rule.outcome in {Outcome.BOUNCE, Outcome.DELAYED} else (),
        promised=_promised(evidence),
    )


def _promised(evidence: Evidence) -> date | None:
    """A date that the customer names, read against the statement's period."""
    live = evidence.live
    return promise.find(evidence.text, live.snapshot.last_day) if live is not None else None


def _also(evidence: Evidence, rule: Rule) -> tuple[Also, ...]:
    """Second matters and who gets them, beside whatever the outcome is."""
    matters = evidence.reading.matters if evidence.kind in _BY_PEOPLE else ()
    found = [Also(matter.topic, matter.to) for matter in matters]
    if evidence.leaver and rule.outcome is Outcome.AUTO_REPLY:
        found.append(Also("联系人变更", "rep"))
    if rule.id == "R03-legal":
        found.extend((Also("破产或法律事项", "finance"), Also("破产或法律事项", "superior")))
    if rule.id == "R03-account":
        found.append(Also("银行账号事项", "finance"))
    if rule.outcome in {Outcome.DISCREPANCY, Outcome.REOPENED} and words_senses.NO_DEALINGS in evidence.senses:
        found.extend((Also("客户称无往来或无余额", "superior"), Also("客户称无往来或无余额", "finance")))
    if words_senses.AUDIT in evidence.senses:
        found.append(Also("询证函", "finance"))
    return tuple(dict.fromkeys(found))


def _reasons(evidence: Evidence, rule: Rule) -> tuple[str, ...]:
    """Why, for a person: the rule's reason, the deciding words, what contradicts and what is missing."""
    binding = evidence.binding
    found = [rule.reason]
    if evidence.reading.sentence:
        found.append(f"原话：“{evidence.reading.sentence[:80]}”")
    found.extend(evidence.doubts)
    if binding.conflict:
        found.append(binding.conflict)
    found.extend(binding.warnings)
    found.extend(
        reason for item in evidence.attachments for reason in (f"附件 {item.name}：{text}" for text in item.reasons)
    )
    if evidence.extra:
        found.append("附件未能读出内容：" + "、".join(evidence.extra))
    found.extend(_missing(evidence, rule))
    return tuple(dict.fromkeys(found))


def _missing(evidence: Evidence, rule: Rule) -> Iterable[str]:
    """What a confirmation still lacks."""
    if rule.outcome not in {Outcome.PERSON, Outcome.SCAN_PENDING, Outcome.IN_REVIEW}:
        return
    if evidence.statement is not None and evidence.binding.standing == "contact":
        yield "发件人是联系人，但没有授权确认"
    if evidence.statement is not None and not evidence.authenticated:
        yield f"发件人身份验证结果：{evidence.binding.authentication}"
    if evidence.statement is not None and evidence.scan != "signed":
        yield _SCANS.get(evidence.scan, f"扫描件结论：{evidence.scan}")
    unknown = evidence.reading.first(phrase.UNCLEAR)
    if unknown:
        yield f"读不懂的语句：“{unknown[:60]}”"


_SCANS = {
    "": "未附签章扫描件",
    "incomplete": "扫描件缺页",
    "unsigned": "扫描件未见签字或盖章",
    "unread": "扫描件无法辨认",
    "unsure": "签章不清，无法判定",
    "other_seal": "印章名称与客户不符",
    "other_statement": "附件不是这一份对账单",
    "other_revision": "附件不是现行版次",
}
