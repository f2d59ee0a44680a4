"""The nouns, as frozen values: staff, customers, documents, statements, cases and what is owed to whom.

Money is Decimal yuan with two places; quantities and unit prices are Decimals as written; instants are aware UTC;
business days are dates in the company's zone. A snapshot's canonical JSON (:func:`canonical`) is what gets hashed.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from pydantic import TypeAdapter

from parsers.attachment import AttachmentReading
from parsers.domain_signature import DomainCheck
from parsers.period import Period
from parsers.scan import seal_words


class Locale(StrEnum):
    """Which text a person gets: Traditional, Simplified, or Taiwan's wording."""

    HANT = "zh-Hant"
    HANS = "zh-Hans"
    TAIWAN = "zh-Hant-TW"


class Channel(StrEnum):
    """How a customer gets its statement (D2)."""

    MAIL = "mail"
    FAX = "fax"
    PAPER = "paper"
    WECHAT = "wechat"
    PORTAL = "portal"


class Basis(StrEnum):
    """Which documents move the balance: deliveries or invoices."""

    DELIVERY = "delivery"
    INVOICE = "invoice"


class Cycle(StrEnum):
    """How often a customer reconciles."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    ANNUAL = "annual"


class Role(StrEnum):
    """What a member of staff may do (A1)."""

    REP = "rep"
    MANAGER = "manager"
    CHANNEL_MANAGER = "channel_manager"
    FINANCE = "finance"
    CUSTOMER_SERVICE = "customer_service"
    MANAGEMENT = "management"
    SUPERVISOR = "supervisor"


@dataclass(frozen=True, slots=True)
class Staff:
    """A member of staff or a shared mailbox; shared mailboxes receive but never command."""

    name: str
    address: str
    roles: tuple[Role, ...]
    superior: str | None = None
    shared: bool = False
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """A person at a customer; ``position`` 1 is the first contact."""

    position: int
    name: str
    address: str
    may_confirm: bool
    basis: str = ""
    cc: bool = False


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer as imported; ``rep`` is the rep's address, ``closing_day`` None means the calendar month's end."""

    code: str
    name: str
    aliases: tuple[str, ...]
    cycle: Cycle
    closing_day: int | None
    payment_terms: str
    rep: str
    contacts: tuple[Contact, ...]
    locale: Locale
    channel: Channel
    currency: str
    basis: Basis
    tax_id: str = ""
    credit_limit: Decimal | None = None
    opening_date: date | None = None
    seals: tuple[str, ...] = ()
    """Kinds of seals that count for it (公章, 財務專用章 …); empty: the company's own table."""
    signatories: tuple[str, ...] = ()
    """Names of its authorised representatives; empty: nobody's hand can be compared."""


class DocumentKind(StrEnum):
    """單據類型 of the own import format, as in its column (Simplified)."""

    OPENING = "期初"
    ORDER = "订单"
    DELIVERY = "发货"
    RETURN = "退货"
    INVOICE = "开票"
    RECEIPT = "收款"
    PREPAYMENT = "预收"
    REFUND = "退款"
    SERVICE = "服务费"
    PROMOTION = "促销"
    REBATE = "返利"
    ALLOWANCE = "折让"
    DEDUCTION = "扣款"
    RETENTION = "质保金"
    BANK_FEE = "手续费"
    EXCHANGE = "汇差"
    OFFSET = "抵账"
    DISHONOUR = "退票"
    WRITE_OFF = "核销"
    ADJUSTMENT = "调整"
    SAMPLE = "样品"


@dataclass(frozen=True, slots=True)
class Document:
    """One row of the ledger; ``kind + number + line`` identifies it. Signs are as written, see DocumentKind."""

    kind: DocumentKind
    number: str
    line: int
    on: date
    customer: str
    product: str
    spec: str
    unit: str
    quantity: Decimal | None
    unit_price: Decimal | None
    amount: Decimal
    tax_rate: Decimal | None
    tax: Decimal | None
    currency: str
    invoice_number: str = ""
    order_number: str = ""
    customer_order_number: str = ""
    settlement: str = ""
    bill_number: str = ""
    bill_due: date | None = None
    due: date | None = None
    category: str = ""
    remark: str = ""
    source: str = ""
    """File and row it came from, for people: ``documents.xlsx 第 12 行``."""
    doubt: str = ""
    """Code of an anomaly that only the whole file shows (``both_styles``); preparing holds the customer for it."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A problem in input, as a value: where it is and what to do; ``row`` and ``column`` None where unknown."""

    place: str
    row: int | None
    column: str | None
    message: str
    remedy: str = ""
    warning: bool = False
    """True: told, but the row is imported all the same."""


@dataclass(frozen=True, slots=True)
class Anomaly:
    """A reason to hold one customer's statement; ``department`` owns it (a key of the configuration's departments)."""

    code: str
    customer: str
    department: str
    message: str
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One line; ``charge`` raises the balance (negative lowers it), ``receipt`` lowers it; one of them is None.

    ``tax`` is contained in ``charge`` at ``tax_rate`` (0.13), with its sign; None where the document says neither.

    ``late`` marks a back-dated document of an earlier period (跨期補單).
    """

    on: date
    kind: DocumentKind
    number: str
    line: int
    product: str
    spec: str
    unit: str
    quantity: Decimal | None
    unit_price: Decimal | None
    charge: Decimal | None
    receipt: Decimal | None
    balance: Decimal
    invoice_number: str = ""
    order_number: str = ""
    customer_order_number: str = ""
    settlement: str = ""
    bill_number: str = ""
    bill_due: date | None = None
    due: date | None = None
    remark: str = ""
    late: bool = False
    tax_rate: Decimal | None = None
    tax: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Totals:
    """Opening + goods + returns + service + promotion + other − received = closing.

    ``returns`` and ``promotion`` (promotions, rebates, allowances) are negative where they lower the balance.
    ``invoiced_in_period`` is a memo; ``invoiced_unpaid + uninvoiced = closing``.
    """

    opening: Decimal
    goods: Decimal
    returns: Decimal
    service: Decimal
    promotion: Decimal
    other: Decimal
    received: Decimal
    closing: Decimal
    invoiced_in_period: Decimal
    invoiced_unpaid: Decimal
    uninvoiced: Decimal

    @property
    def charges(self) -> Decimal:
        """Everything of the period but receipts."""
        return self.goods + self.returns + self.service + self.promotion + self.other


@dataclass(frozen=True, slots=True)
class Bucket:
    """An aging bucket, days inclusive; ``last_day`` None means and more."""

    first_day: int
    last_day: int | None
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Aging:
    """FIFO by document date; ``unapplied`` holds receipts beyond all charges (≤ 0). Σ buckets + unapplied = closing."""

    buckets: tuple[Bucket, ...]
    unapplied: Decimal


@dataclass(frozen=True, slots=True)
class Party:
    """One side of the statement as printed."""

    code: str
    name: str
    tax_id: str = ""
    address: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All figures and facts of one statement; hashed, stored, and the only source of mail, PDF and XLSX (A2).

    ``opening_confirmed`` tells whether the opening is a confirmed closing.
    """

    company: Party
    customer: Party
    period: Period
    first_day: date
    last_day: date
    currency: str
    basis: Basis
    tax_included: bool
    lines: tuple[StatementLine, ...]
    totals: Totals
    aging: Aging
    opening_confirmed: bool
    payment_terms: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """One revision of a statement as it is rendered; everything that a page shows stands in here.

    ``changes`` says for revision ≥ 2 what changed, in the customer's script.
    """

    number: str
    revision: int
    snapshot: Snapshot
    digest: str
    locale: Locale
    issued_on: date
    reply_by: date
    rep: Staff
    preparer: str = ""
    reviewer: str = ""
    changes: str = ""

    @property
    def subject_period(self) -> str:
        """The period as the subject holds it."""
        return self.snapshot.period.label


_STATEMENT = TypeAdapter(Statement)
_SNAPSHOT = TypeAdapter(Snapshot)


def canonical(snapshot: Snapshot) -> bytes:
    """The snapshot as canonical JSON in UTF-8: the same value always gives the same bytes."""
    return _SNAPSHOT.dump_json(snapshot)


def digest_of(snapshot: Snapshot) -> str:
    """SHA-256 of the canonical snapshot, in hex."""
    return hashlib.sha256(canonical(snapshot)).hexdigest()


def dump_statement(statement: Statement) -> str:
    """A statement as JSON, for the store and for the sheet's hidden page."""
    return _STATEMENT.dump_json(statement).decode()


def load_statement(text: str) -> Statement:
    """Read what :func:`dump_statement` wrote; raises pydantic.ValidationError on anything else."""
    return _STATEMENT.validate_json(text)


class State(StrEnum):
    """Where a statement stands (the words of ``status --json``)."""

    PREPARED = "prepared"
    HELD = "held"
    RELEASED = "released"
    QUEUED = "queued"
    SENT = "sent"
    SCAN_PENDING = "scan_pending"
    DISCREPANCY = "discrepancy"
    QUESTION = "question"
    DECLINED = "declined"
    NOTED = "noted"
    PERSON = "person"
    IN_REVIEW = "in_review"
    CONFIRMED = "confirmed"
    SUPERSEDED = "superseded"
    CLOSED = "closed"


class Outcome(StrEnum):
    """What one mail was judged to be (the words of ``explain --json``)."""

    IGNORED = "ignored"
    BOUNCE = "bounce"
    DELAYED = "delayed"
    AUTO_REPLY = "auto_reply"
    COMMAND = "command"
    HANDED_IN = "handed_in"
    STAFF_NOTE = "staff_note"
    PERSON = "person"
    DISCREPANCY = "discrepancy"
    DECLINED = "declined"
    REOPENED = "reopened"
    SUPERSEDED = "superseded"
    QUESTION = "question"
    CONFIRMED = "confirmed"
    IN_REVIEW = "in_review"
    SCAN_PENDING = "scan_pending"
    NOTED = "noted"


@dataclass(frozen=True, slots=True)
class SentStatement:
    """What the judge knows of one revision that was sent.

    ``message_ids`` are those of all our mails about it (without angle brackets); ``texts`` are all texts we sent about
    it (plain bodies, the PDF's words), for subtraction. ``state`` is the case's, CONFIRMED matters to rule 7.
    """

    number: str
    revision: int
    live: bool
    state: State
    customer: str
    period: Period
    currency: str
    closing: Decimal
    snapshot: Snapshot
    message_ids: tuple[str, ...]
    texts: tuple[str, ...]
    token: str = ""


@dataclass(frozen=True, slots=True)
class Register:
    """Everything that judging a mail may look up; no clock, no I/O.

    ``authserv_id`` None: no mail counts as authenticated. ``authentication`` is ``require`` or ``prefer``.
    ``signed_copy`` is ``finance_first`` or ``accept``.
    """

    company_names: tuple[str, ...]
    own_addresses: tuple[str, ...]
    staff: tuple[Staff, ...]
    customers: tuple[Customer, ...]
    statements: tuple[SentStatement, ...]
    own_message_ids: frozenset[str] = frozenset()
    authserv_id: str | None = None
    authentication: str = "require"
    signed_copy: str = "finance_first"
    zero_balance: str = "scan"
    """``scan`` or ``phrase``: what a statement that closes at zero needs."""
    tolerance: Decimal = Decimal("0.00")
    token_separator: str | None = None
    seals: tuple[str, ...] = seal_words.BINDING
    """Kinds of seals that count where a customer's own table says nothing."""
    certificates: tuple[str, ...] = ()
    """Authorities (PEM) whose certificates electronic signatures may rest on; none is trusted by default."""
    judged_at: datetime | None = None
    """When the mail was judged: certificates must be valid by then, also when it is judged again."""
    signatures: tuple[DomainCheck, ...] = ()
    """What became of this one mail's DKIM signatures when it was taken in; empty where nobody looked."""


@dataclass(frozen=True, slots=True)
class Also:
    """A second matter in a mail and who gets it: ``rep``, ``finance``, ``customer_service`` or ``superior``."""

    matter: str
    to: str


@dataclass(frozen=True, slots=True)
class Said:
    """What the writer's own words say; ``sentence`` is the deciding one as written.

    ``says``: confirms weak conditional denies differs asks nothing.
    """

    written: str
    says: str
    sentence: str
    figures: tuple[Decimal, ...] = ()
    causes: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    theirs: Decimal | None = None
    """The balance on their side that a typed comparison names."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """The decision on one mail with all that it rests on; serialised as ``explain --json`` (DESIGN §5)."""

    outcome: Outcome
    rule: str
    rule_version: str
    mail_kind: str
    message_id: str
    mail_sha256: str
    route: str | None = None
    statement: str | None = None
    revision: int | None = None
    customer: str | None = None
    candidates: tuple[str, ...] = ()
    bound_by: tuple[str, ...] = ()
    sender: str = ""
    standing: str = "unknown"
    authentication: str = "none"
    said: Said = field(default_factory=lambda: Said("", "nothing", ""))
    attachments: tuple[AttachmentReading, ...] = ()
    also: tuple[Also, ...] = ()
    reasons: tuple[str, ...] = ()
    tried: tuple[str, ...] = ()
    command: str = ""
    bounced: tuple[str, ...] = ()
    """Addresses that a bounce names."""
    promised: date | None = None
    """A date that the customer promised, where one was written."""
    wish: str = ""
    """What the writer asks for and we can give at once, see parsers.wishes."""
    proof: str = ""
    """What proves the sender: ``server``, or ``dkim <domain> <selector>``; empty where nothing does."""
    parts: "tuple[Judgement, ...]" = ()
    """One for each statement where the mail is about several; the gravest of them is told above."""


class Purpose(StrEnum):
    """Why a mail is sent; with statement, revision and step it makes the dedupe key (invariant 3)."""

    STATEMENT = "statement"
    REMINDER = "reminder"
    THANKS = "thanks"
    SCAN_REQUEST = "scan_request"
    SCAN_CHASER = "scan_chaser"
    DISCREPANCY = "discrepancy"
    QUESTION = "question"
    SUPERSEDED = "superseded"
    NO_DEALINGS = "no_dealings"
    ALREADY_ANSWERED = "already_answered"
    CONTACT_CHANGE = "contact_change"
    ACCOUNT_QUESTION = "account_question"
    OTHER_SEAL = "other_seal"
    RESEND = "resend"
    REVIEW_PASSED = "review_passed"
    REVIEW_RETURNED = "review_returned"
    TASK = "task"
    ANOMALY = "anomaly"
    DIGEST = "digest"
    COMMAND_REPLY = "command_reply"
    BOUNCE_NOTICE = "bounce_notice"
    PROBE = "probe"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that we attach; ``name`` may be Chinese."""

    name: str
    content_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Draft:
    """A mail to be built: addresses are bare, ``display`` names keep with them in ``names`` (address → name)."""

    purpose: Purpose
    subject: str
    text: str
    html: str
    to: tuple[str, ...]
    cc: tuple[str, ...] = ()
    bcc: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    names: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the audit log; ``evidence`` is a mail's hash, a file or a command."""

    at: datetime
    company: str
    kind: str
    subject: str
    before: str
    after: str
    actor: str
    evidence: str = ""
    detail: str = ""
