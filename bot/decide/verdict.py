"""Evidence and the rules tried on it → a :class:`~bot.model.Judgement` with its reasons, for people to read."""

from collections.abc import Iterable
from datetime import date

from bot.decide.evidence import Evidence
from bot.decide.rules import RULE_VERSION, Rule
from bot.model import Also, Judgement, Outcome, Said
from parsers import phrase, promise, wishes, words_senses
from parsers.mail import Mail

BY_PEOPLE = frozenset({"reply", "forward"})
"""Kinds of mail that people write: only their words and files are a second matter."""


def judgement_on(mail: Mail, evidence: Evidence, tried: tuple[Rule, ...], bounced: tuple[str, ...]) -> Judgement:
    """What the last of the rules ``tried`` decided, and all that it rests on; ``bounced`` are addresses given back."""
    binding, rule = evidence.binding, tried[-1]
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
        proof=binding.proof,
        said=_said(evidence),
        attachments=evidence.attachments,
        also=_also(evidence, rule),
        reasons=_reasons(evidence, rule),
        tried=tuple(item.id for item in tried),
        command=evidence.command if rule.outcome is Outcome.COMMAND else "",
        bounced=bounced if rule.outcome in {Outcome.BOUNCE, Outcome.DELAYED} else (),
        promised=_promised(evidence),
        wish=_wish(evidence, rule),
    )


def _said(evidence: Evidence) -> Said:
    reading = evidence.reading
    figures, theirs = reading.figures, evidence.theirs
    return Said(evidence.text, reading.says, reading.sentence, figures, reading.causes, reading.documents, theirs)


def _wish(evidence: Evidence, rule: Rule) -> str:
    """The wish that is all that a question says; with more in it a person answers."""
    asking = [item for item in evidence.reading.spoken if item.sense not in phrase.HARMLESS]
    allowed = {words_senses.ASKS, words_senses.CONDITIONAL}
    allowed |= {words_senses.NO_DEALINGS} if evidence.wish == wishes.ZERO_BALANCE else set()
    only = {item.sense for item in asking} <= allowed and not evidence.extra
    alone = only and len({item.sentence for item in asking}) == 1 and not evidence.reading.matters
    return evidence.wish if rule.outcome is Outcome.QUESTION and alone else ""


NOTHING_OWED = "客户称无往来或无余额"


def _promised(evidence: Evidence) -> date | None:
    """A date that the customer names, read against the statement's period."""
    live = evidence.live
    return promise.find(evidence.text, live.snapshot.last_day) if live is not None else None


def _also(evidence: Evidence, rule: Rule) -> tuple[Also, ...]:
    """Second matters and who gets them, beside whatever the outcome is."""
    matters = evidence.reading.matters if evidence.kind in BY_PEOPLE else ()
    found = [Also(matter.topic, matter.to) for matter in matters]
    if evidence.leaver and rule.outcome is Outcome.AUTO_REPLY:
        found.append(Also("联系人变更", "rep"))
    if rule.id == "R03-legal":
        found.extend((Also("破产或法律事项", "finance"), Also("破产或法律事项", "superior")))
    if rule.id == "R03-account":
        found.append(Also("银行账号事项", "finance"))
    if rule.outcome in {Outcome.DISCREPANCY, Outcome.REOPENED} and words_senses.NO_DEALINGS in evidence.senses:
        found.extend((Also(NOTHING_OWED, "superior"), Also(NOTHING_OWED, "finance")))
    if rule.outcome is Outcome.QUESTION and evidence.wish == wishes.PORTAL:
        found.insert(0, Also("供应商平台对账", "rep"))
    if rule.id == "R13-posted":
        found.append(Also("原件在途", "finance"))
    if words_senses.AUDIT in evidence.senses:
        found.append(Also("询证函", "finance"))
    return tuple(dict.fromkeys(found))


def _reasons(evidence: Evidence, rule: Rule) -> tuple[str, ...]:
    """Why, for a person: the rule's reason, the deciding words, what contradicts and what is missing."""
    binding = evidence.binding
    found = [rule.reason]
    if evidence.reading.sentence:
        found.append(f"原话：“{evidence.reading.sentence[:80]}”")
    if evidence.excepted and rule.outcome in {Outcome.DISCREPANCY, Outcome.REOPENED}:
        found.append(f"部分确认：其余无误，{'、'.join(evidence.excepted)} 除外")
    if evidence.links:
        found.append("附件是会过期的超大附件链接，系统不打开")
    found.extend(evidence.doubts)
    if binding.conflict:
        found.append(binding.conflict)
    found.extend(binding.warnings)
    found.extend(_signed_by(binding.proof))
    found.extend(
        reason for item in evidence.attachments for reason in (f"附件 {item.name}：{text}" for text in item.reasons)
    )
    if evidence.extra:
        found.append("附件未能读出内容：" + "、".join(evidence.extra))
    found.extend(_missing(evidence, rule))
    return tuple(dict.fromkeys(found))


def _signed_by(proof: str) -> Iterable[str]:
    """Whose signature proves the sender, where it wasn't our server's word."""
    kind, _, signed = proof.partition(" ")
    if kind == "dkim":
        domain, selector = signed.split(" ")
        yield f"发件人身份由其域名的 DKIM 签名证实（{domain}，{selector}）"


def _missing(evidence: Evidence, rule: Rule) -> Iterable[str]:
    """What a confirmation still lacks."""
    if rule.outcome not in {Outcome.PERSON, Outcome.SCAN_PENDING, Outcome.IN_REVIEW}:
        return
    if evidence.statement is not None and evidence.binding.standing == "contact":
        yield "发件人是联系人，但没有授权确认"
    if evidence.statement is not None and not evidence.authenticated:
        yield f"发件人身份验证结果：{evidence.binding.authentication}"
        yield from evidence.binding.unproven
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
