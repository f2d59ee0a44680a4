"""The rules of DESIGN §4 as one table, tried from top to bottom; the first whose predicate holds decides.

A rule may confirm only if every one above it was tried and said no. Predicates are pure functions over
:class:`~bot.decide.evidence.Evidence`; ids are recorded with each judgement and never change their meaning.
"""

from collections.abc import Callable
from dataclasses import dataclass

from bot.decide.evidence import Evidence
from bot.model import Outcome
from parsers import phrase, revision_talk, wishes, words_senses

RULE_VERSION = "2026-11-4"


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: where ``holds`` says yes the mail is ``outcome``; ``reason`` says why, for a person."""

    id: str
    outcome: Outcome
    reason: str
    holds: Callable[[Evidence], bool]
    route: str | None = None


def _kind(*kinds: str) -> Callable[[Evidence], bool]:
    return lambda evidence: evidence.kind in kinds


def _staff(evidence: Evidence) -> bool:
    return evidence.binding.standing == "staff"


def _staff_unproven(evidence: Evidence) -> bool:
    return _staff(evidence) and not evidence.authenticated


def _command(evidence: Evidence) -> bool:
    return _staff(evidence) and bool(evidence.command)


def _handed_in(evidence: Evidence) -> bool:
    return _staff(evidence) and bool(evidence.verdicts("scan"))


def _says(*senses: str) -> Callable[[Evidence], bool]:
    return lambda evidence: bool(evidence.senses & set(senses))


def _forged(evidence: Evidence) -> bool:
    return evidence.binding.authentication in {"forged", "fail"} or evidence.binding.standing == "ambiguous"


def _unknown_unbound(evidence: Evidence) -> bool:
    return evidence.binding.standing == "unknown" and evidence.statement is None


def _unknown(evidence: Evidence) -> bool:
    return evidence.binding.standing == "unknown"


def _contradictory(evidence: Evidence) -> bool:
    return bool(evidence.doubts) or bool(evidence.binding.conflict)


def _unbound(evidence: Evidence) -> bool:
    return evidence.statement is None or evidence.live is None


def _other_subject(evidence: Evidence) -> bool:
    return phrase.OTHER_SUBJECT in evidence.senses or (evidence.scan == "other_statement" and not _differs(evidence))


def _unsafe(evidence: Evidence) -> bool:
    return "unsafe" in evidence.verdicts("scan", "sheet", "other")


def _unproven_yes(evidence: Evidence) -> bool:
    """A yes by a registered address that nothing proves, where the configuration requires proof."""
    return not evidence.authenticated and evidence.register.authentication == "require" and evidence.says_yes


def _differs(evidence: Evidence) -> bool:
    words = evidence.reading.says == "differs" and not _nothing_owed(evidence) and not _rounding(evidence)
    return words or _partial(evidence) or evidence.scan in {"altered", "remarked"} or evidence.differing_sheet


def _partial(evidence: Evidence) -> bool:
    """``除XSCK-00030外，其余无误`` about documents that stand on the statement: those differ, the rest is agreed to."""
    ours = {line.number.upper() for line in evidence.live.snapshot.lines} if evidence.live is not None else set[str]()
    says = evidence.reading.says in {"conditional", "weak", "confirms", "nothing"}
    return says and bool(evidence.excepted) and {each.upper() for each in evidence.excepted} <= ours


def _rounding(evidence: Evidence) -> bool:
    """``差0.03元，四舍五入，按你们的`` within the tolerance that the company allows."""
    figures, tolerance = evidence.reading.figures, evidence.register.tolerance
    small = bool(figures) and all(abs(figure) <= tolerance for figure in figures)
    return small and evidence.reading.causes == ("rounding",) and evidence.senses <= _ROUNDED


_ROUNDED = phrase.HARMLESS | {words_senses.DIFFERS}


def _nothing_owed(evidence: Evidence) -> bool:
    """``余额为零`` about a statement that closes at zero is no difference."""
    zero = evidence.live is not None and evidence.live.closing == 0
    return zero and words_senses.DIFFERS not in evidence.senses


def _after_yes(evidence: Evidence) -> bool:
    """Something that takes a confirmation back, after one stands."""
    taken_back = bool(evidence.senses & {words_senses.WITHDRAWS, words_senses.DENIES})
    return evidence.done and (taken_back or _differs(evidence))


def _discrepancy(evidence: Evidence) -> bool:
    return _differs(evidence) and not evidence.done


def _withdraws(evidence: Evidence) -> bool:
    withdraws = words_senses.WITHDRAWS in evidence.senses and words_senses.NOT_US not in evidence.senses
    return withdraws and not evidence.done


def _declined(evidence: Evidence) -> bool:
    return _says(words_senses.DENIES, words_senses.NOT_US)(evidence) and not evidence.done


def _superseded(evidence: Evidence) -> bool:
    yes = evidence.reading.says in {"confirms", "weak"} or evidence.agreeing_sheet
    return evidence.old_revision and (yes or evidence.scan == "other_revision")


def _same_figures(evidence: Evidence) -> bool:
    """The old revision, signed, by a proven confirmer whose words are harmless or only about revisions."""
    more = [item for item in evidence.reading.spoken if item.sense not in phrase.HARMLESS]
    plain = all(revision_talk.is_only(item.sentence) for item in more) and not evidence.extra and not evidence.links
    copy = evidence.scan == "other_revision" and evidence.authenticated and evidence.same_but_remarks
    return copy and plain and _may_confirm(evidence)


def _question(evidence: Evidence) -> bool:
    zero = evidence.wish == wishes.ZERO_BALANCE and _nothing_owed(evidence)
    return evidence.reading.says in {"conditional", "asks"} or zero


def _zero_balance(evidence: Evidence) -> bool:
    """A full yes to a statement that closes at zero, without pages, where words are enough for finance (28)."""
    zero = evidence.live is not None and evidence.live.closing == 0 and evidence.register.zero_balance == "phrase"
    plain = evidence.scan == "" and evidence.plain_text and not evidence.extra and not evidence.links
    return zero and plain and _full_phrase(evidence) and _may_confirm(evidence)


def _may_confirm(evidence: Evidence) -> bool:
    return evidence.binding.standing == "may_confirm"


def _proven_copy(evidence: Evidence) -> bool:
    """Bound, by a confirmer, with a signed and complete scan of the live revision, and nothing unread beside it."""
    statement = evidence.live is not None and evidence.statement is not None
    clean = evidence.scan == "signed" and not evidence.extra and not evidence.links
    return statement and clean and _may_confirm(evidence)


def _full_phrase(evidence: Evidence) -> bool:
    return evidence.reading.says == "confirms"


def _signed_copy(evidence: Evidence) -> bool:
    """The scan itself confirms; the words are weak, courtesy or none."""
    return _proven_copy(evidence) and evidence.plain_text


def _phrase_and_scan(evidence: Evidence) -> bool:
    return _proven_copy(evidence) and _full_phrase(evidence) and evidence.authenticated


def _accepted_copy(evidence: Evidence) -> bool:
    return _signed_copy(evidence) and evidence.authenticated and evidence.register.signed_copy == "accept"


def _reviewed_copy(evidence: Evidence) -> bool:
    """Good, but finance looks first: a copy without phrase, or (``prefer``) a sender that nothing proves."""
    return _signed_copy(evidence) or (_proven_copy(evidence) and (_full_phrase(evidence) or _rounding(evidence)))


def _own_form(evidence: Evidence) -> bool:
    """Their own statement with our balance and a seal on it: finance may take it for ours (SITUATIONS 21)."""
    clean = evidence.plain_text and not evidence.extra and not evidence.links
    good = evidence.sealed_sheet and evidence.scan in _PENDING_SCANS and evidence.live is not None
    return good and clean and _may_confirm(evidence)


def _contacts_copy(evidence: Evidence) -> bool:
    """A good copy by a contact who may not confirm: the seal is the evidence, finance looks (SITUATIONS 15)."""
    good = evidence.scan == "signed" and evidence.authenticated and not evidence.extra and not evidence.links
    plain = evidence.plain_text or _full_phrase(evidence)
    return good and plain and evidence.live is not None and evidence.binding.standing == "contact"


_PENDING_SCANS = frozenset({"", "incomplete", "unsigned", "unread", "none"})
_WAITS = frozenset({words_senses.PENDING, words_senses.ANSWERED, words_senses.POSTED})
_KNOWN = phrase.HARMLESS | _WAITS | {words_senses.CONTACT}


def _scan_pending(evidence: Evidence) -> bool:
    """A yes without usable scan, or a scan of ours that lacks pages, signature or sharpness."""
    if evidence.scan not in _PENDING_SCANS or not evidence.senses <= _KNOWN or evidence.extra:
        return False
    waits = bool(evidence.senses & _WAITS)
    full = phrase.CONFIRMS in evidence.senses
    weak = phrase.WEAK in evidence.senses and not waits
    returned = (evidence.scan in {"incomplete", "unsigned", "unread"} or evidence.links) and not waits
    return full or weak or evidence.agreeing_sheet or returned


def _only_words(evidence: Evidence) -> bool:
    """Known words, and no attachment that could say more."""
    return evidence.senses <= _KNOWN and evidence.scan in {"", "none"} and not evidence.extra and not evidence.links


def _noted(evidence: Evidence) -> bool:
    wanted = {phrase.RECEIVED, words_senses.MAILED, *_WAITS}
    return _only_words(evidence) and bool(evidence.senses & wanted)


def _answered(evidence: Evidence) -> bool:
    return words_senses.ANSWERED in evidence.senses and _noted(evidence)


def _posted(evidence: Evidence) -> bool:
    return bool(evidence.senses & {words_senses.POSTED, words_senses.MAILED}) and _noted(evidence)


def _other_matter(evidence: Evidence) -> bool:
    return _only_words(evidence) and bool(evidence.reading.matters)


RULES: tuple[Rule, ...] = (
    Rule("R01-own", Outcome.IGNORED, "本系统自己的邮件、循环邮件或群发邮件，仅存档", _kind("own", "list")),
    Rule("R01-bounce", Outcome.BOUNCE, "退信", _kind("bounce")),
    Rule("R01-delayed", Outcome.DELAYED, "延迟投递通知", _kind("delayed")),
    Rule("R01-automatic", Outcome.AUTO_REPLY, "自动回复、回执或表情回应", _kind("auto_reply", "receipt")),
    Rule("R02-staff-unproven", Outcome.PERSON, "发件地址属于本公司人员，但未通过身份验证", _staff_unproven),
    Rule("R02-command", Outcome.COMMAND, "本公司人员的指令", _command),
    Rule("R02-handed-in", Outcome.HANDED_IN, "本公司人员代交的签章件，须由财务查看", _handed_in),
    Rule("R02-staff-note", Outcome.STAFF_NOTE, "本公司人员在往来邮件中的说明", _staff),
    Rule("R03-legal", Outcome.PERSON, "涉及破产、清算、律师或法院，停止自动邮件", _says(words_senses.LEGAL)),
    Rule("R03-account", Outcome.PERSON, "询问或提及银行账号，只能由人工答复", _says(words_senses.ACCOUNT)),
    Rule("R04-forged", Outcome.PERSON, "发件人不唯一、验证失败或系伪造", _forged),
    Rule("R04-stranger", Outcome.PERSON, "发件人未登记，也无法对应任何对账单", _unknown_unbound),
    Rule("R04-unknown-sender", Outcome.PERSON, "发件人不是该客户登记的联系人", _unknown),
    Rule("R04-contradictory", Outcome.PERSON, "邮件内容自相矛盾或含隐藏内容", _contradictory),
    Rule("R04-unbound", Outcome.PERSON, "无法确定是哪一份对账单", _unbound),
    Rule("R04-unsafe", Outcome.PERSON, "附件不安全，未打开", _unsafe),
    Rule("R05-discrepancy", Outcome.DISCREPANCY, "客户提出差异", _discrepancy),
    Rule("R04-other-subject", Outcome.PERSON, "提到其他客户、其他期间或附了其他对账单", _other_subject),
    Rule("R04-unproven-yes", Outcome.PERSON, "发件人未通过身份验证，不能据以确认", _unproven_yes),
    Rule("R07-reopened", Outcome.REOPENED, "已确认之后，客户撤回或提出差异", _after_yes),
    Rule("R07-withdraws", Outcome.PERSON, "客户撤回先前的邮件", _withdraws),
    Rule("R06-declined", Outcome.DECLINED, "客户拒绝确认，或称不是其公司", _declined),
    Rule(
        "R08-same-figures",
        Outcome.IN_REVIEW,
        "签的是已被替代的旧版，但两版仅备注不同，期末及各笔相同，由财务决定可否沿用",
        _same_figures,
        "signed_copy",
    ),
    Rule("R08-superseded", Outcome.SUPERSEDED, "确认的是已被替代的旧版", _superseded),
    Rule("R09-question", Outcome.QUESTION, "附有条件、例外或提出问题", _question),
    Rule(
        "R10-phrase-scan", Outcome.CONFIRMED, "授权联系人以完整确认语及签章扫描件确认", _phrase_and_scan, "phrase+scan"
    ),
    Rule("R11-signed-copy", Outcome.CONFIRMED, "授权联系人寄回签章完整的现行版对账单", _accepted_copy, "signed_copy"),
    Rule("R11-finance-first", Outcome.IN_REVIEW, "签章件完整，须由财务先查看", _reviewed_copy, "signed_copy"),
    Rule(
        "R11-zero-balance",
        Outcome.IN_REVIEW,
        "余额为零，授权联系人以完整确认语确认，由财务登记",
        _zero_balance,
    ),
    Rule("R11-own-form", Outcome.IN_REVIEW, "自有格式对账单余额一致并已盖章，财务可接受为等效凭证", _own_form),
    Rule(
        "R11-contact",
        Outcome.PERSON,
        "签章件完整，但发件人是未获授权的联系人：财务先看印章，合格可审核通过，并请对方补授权书",
        _contacts_copy,
    ),
    Rule("R12-scan-pending", Outcome.SCAN_PENDING, "已表示无误，尚缺签章完整的扫描件", _scan_pending),
    Rule("R13-answered", Outcome.NOTED, "客户称已经回复过，先查找，停止催办", _answered),
    Rule("R13-posted", Outcome.NOTED, "客户称签章原件已寄出，停止催办，财务收件后登记", _posted),
    Rule("R13-noted", Outcome.NOTED, "已收悉、正在核对、约定日期或原件在途", _noted),
    Rule("R14-other-matter", Outcome.QUESTION, "只提到其他事项", _other_matter),
    Rule("R15-person", Outcome.PERSON, "无法归类，由人工判读", lambda _: True),
)
