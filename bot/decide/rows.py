"""The rows that the digest and the mails to staff are made of: cases, tasks and the machine itself.

Nothing here is text of ours: names of states, tasks and remedies are worded by ``bot/compose``.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from bot.model import Aging, State
from parsers.period import Period

NIL = Decimal(0)


class TaskKind(StrEnum):
    """What a person must do, the most urgent first; the order is the digest's."""

    NO_DEALINGS = "no_dealings"
    ESCALATED = "escalated"
    IN_DOUBT = "in_doubt"
    FAILED = "failed"
    SET_ASIDE = "set_aside"
    JUDGE = "judge"
    REVIEW = "review"
    RELEASE = "release"
    SEARCH = "search"
    BOUNCE = "bounce"
    DECLINED = "declined"
    QUESTION = "question"
    DISCREPANCY = "discrepancy"
    CONTACT = "contact"
    PORTAL = "portal"
    ORIGINAL = "original"
    PROMISE = "promise"
    SCAN_CALL = "scan_call"
    OVERDUE_CALL = "overdue_call"
    ANOMALY = "anomaly"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One thing to be done by a person.

    ``owner`` is who does it (a name), ``reasons`` why (in the company's script), ``words`` the first words of the mail,
    ``reference`` what the owner's command names where there is no statement number, ``due`` None without a date.
    """

    kind: TaskKind
    owner: str
    customer: str = ""
    customer_name: str = ""
    number: str = ""
    reasons: tuple[str, ...] = ()
    words: str = ""
    since: date | None = None
    due: date | None = None
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """A discrepancy thread: balances in yuan, ``theirs`` None while unknown. ``by_us``: its cause is ours."""

    number: str
    ours: Decimal
    theirs: Decimal | None
    opened_at: datetime
    causes: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    by_us: bool = False
    closed: bool = False
    voided: bool = False

    @property
    def amount(self) -> Decimal | None:
        """The customer's figure less ours."""
        return None if self.theirs is None else self.theirs - self.ours

    @property
    def open(self) -> bool:
        """Whether somebody still has to settle it."""
        return not self.closed and not self.voided


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One live statement. ``corrected``: we changed it after the first revision had been sent, by our own mistake.

    ``due_soon`` falls due within seven days, ``lapsing`` nears the limitation period; both in yuan.
    """

    number: str
    revision: int
    customer: str
    customer_name: str
    rep: str
    period: Period
    currency: str
    state: State
    closing: Decimal
    reply_by: date
    complete_by: date
    sent_at: datetime | None = None
    confirmed_at: datetime | None = None
    route: str = ""
    seal: str = ""
    reminders: int = 0
    escalated: bool = False
    held_reason: str = ""
    department: str = ""
    since: date | None = None
    discrepancy: Difference | None = None
    promised: date | None = None
    corrected: bool = False
    aging: Aging | None = None
    due_soon: Decimal = NIL
    lapsing: Decimal = NIL
    credit_limit: Decimal | None = None


@dataclass(frozen=True, slots=True)
class SystemRow:
    """How the machine is; ``audit_head`` the hash of the newest event, ``provisional`` years without make-up days."""

    last_poll: datetime | None
    queued: int
    in_doubt: int
    failed: int
    set_aside: int
    quota_used: int
    quota_limit: int
    audit_head: str
    provisional: tuple[int, ...] = ()
    folded: int = 0
    """Mails of unknown senders that belong to nothing: one line, no task each."""
