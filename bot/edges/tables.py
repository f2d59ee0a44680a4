"""The tables of the store: what is written down, in which shape, and what the database itself forbids.

Amounts are integer fen, instants are aware UTC (kept as sortable text), business days are dates. Columns named
``value`` hold a frozen value of :mod:`bot.model` as JSON; the columns beside it are what queries need.
"""

from datetime import UTC, date, datetime

from sqlalchemy import BigInteger, Column, Dialect, Index, Integer, String, TypeDecorator, UniqueConstraint, text
from sqlmodel import Field, SQLModel


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC instant as sortable ISO text; a naive one is refused."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002  # SQLAlchemy's signature
        """Raises ValueError for a naive datetime."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive datetime {value!r}: instants are aware UTC")
        return value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  # SQLAlchemy's signature
        """Back to an aware datetime."""
        return None if value is None else datetime.fromisoformat(value)


def _instant(*, nullable: bool = False) -> Column[datetime]:
    return Column(UtcDateTime(), nullable=nullable)


def _fen(*, nullable: bool = False) -> Column[int]:
    return Column(BigInteger(), nullable=nullable)


class Meta(SQLModel, table=True):
    """Facts about the store itself: schema version, installation id."""

    key: str = Field(primary_key=True)
    content: str


class Sequence(SQLModel, table=True):
    """The last number given out, per company and name."""

    company: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    last: int


class ImportRow(SQLModel, table=True):
    """A file that was imported; the same bytes a second time change nothing."""

    __tablename__ = "import_file"
    __table_args__ = (UniqueConstraint("company", "sha256"),)
    id: int | None = Field(default=None, primary_key=True)
    company: str
    sha256: str
    name: str
    kind: str
    rows: int
    at: datetime = Field(sa_column=_instant())


class CustomerRow(SQLModel, table=True):
    """A customer; ``value`` is a model.Customer."""

    __tablename__ = "customer"
    company: str = Field(primary_key=True)
    code: str = Field(primary_key=True)
    name: str
    value: str


class ContactRow(SQLModel, table=True):
    """Which customers an address belongs to; rebuilt with its customer."""

    __tablename__ = "contact"
    company: str = Field(primary_key=True)
    address: str = Field(primary_key=True, index=True)
    customer: str = Field(primary_key=True)


class DocumentRow(SQLModel, table=True):
    """A row of the ledger; ``value`` is a model.Document. A corrected import replaces it, an event keeps the old."""

    __tablename__ = "document"
    __table_args__ = (Index("document_by_customer", "company", "customer", "on"),)
    company: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    number: str = Field(primary_key=True)
    line: int = Field(primary_key=True)
    customer: str
    on: date
    amount_fen: int = Field(sa_column=_fen())
    currency: str
    value: str
    imported_at: datetime = Field(sa_column=_instant())


class StatementRow(SQLModel, table=True):
    """One revision of one statement; ``value`` is a model.Statement, ``layout`` a parsers.scan.layout.Layout."""

    __tablename__ = "statement"
    __table_args__ = (
        UniqueConstraint("number", "revision"),
        Index(
            "one_live_revision",
            "company",
            "customer",
            "cycle",
            "period",
            "currency",
            unique=True,
            sqlite_where=text("live"),
            postgresql_where=text("live"),
        ),
        Index("statement_by_period", "company", "period", "state"),
    )
    id: int | None = Field(default=None, primary_key=True)
    company: str
    customer: str
    cycle: str
    period: str
    currency: str
    number: str
    revision: int
    live: bool
    state: str
    closing_fen: int = Field(sa_column=_fen())
    digest: str
    value: str
    documents: str = "[]"
    layout: str = ""
    words: str = ""
    pdf_sha256: str = ""
    xlsx_sha256: str = ""
    anomalies: str = "[]"
    send_on: date
    reply_by: date
    complete_by: date
    remind_from: date | None = None
    reminders: int = 0
    prepared_at: datetime = Field(sa_column=_instant())
    sent_at: datetime | None = Field(default=None, sa_column=_instant(nullable=True))
    confirmed_at: datetime | None = Field(default=None, sa_column=_instant(nullable=True))
    closed_at: datetime | None = Field(default=None, sa_column=_instant(nullable=True))
    state_since: datetime = Field(sa_column=_instant())
    route: str | None = None


class OutgoingRow(SQLModel, table=True):
    """A mail that is owed: its bytes are stored before its row, its row with the state that owes it.

    States: queued, sending, sent, in_doubt, failed, held.
    """

    __tablename__ = "outgoing"
    __table_args__ = (Index("outgoing_by_state", "state", "not_before"),)
    id: int | None = Field(default=None, primary_key=True)
    company: str
    dedupe: str = Field(unique=True)
    message_id: str = Field(unique=True)
    purpose: str
    customer: str | None = None
    statement_id: int | None = Field(default=None, foreign_key="statement.id", index=True)
    envelope_from: str
    recipients: str
    refused: str = "[]"
    subject: str
    sha256: str
    words: str = ""
    state: str = "queued"
    attempts: int = 0
    not_before: datetime = Field(sa_column=_instant())
    queued_at: datetime = Field(sa_column=_instant())
    sending_at: datetime | None = Field(default=None, sa_column=_instant(nullable=True))
    sent_at: datetime | None = Field(default=None, sa_column=_instant(nullable=True))
    error: str = ""
    worker: str = ""
    """The process that is sending it, see bot.edges.worker."""
    doubt_at: datetime | None = Field(default=None, sa_column=_instant(nullable=True))
    """Since when it is in doubt; settled after the grace period."""


class QuotaRow(SQLModel, table=True):
    """How many mails an account sent in a window; ``window`` is ``minute 2026-11-24T09:31`` or ``day 2026-11-24``."""

    __tablename__ = "quota"
    account: str = Field(primary_key=True)
    window: str = Field(primary_key=True)
    used: int


class MailboxRow(SQLModel, table=True):
    """Where receiving stands in one folder of one account."""

    __tablename__ = "mailbox"
    company: str = Field(primary_key=True)
    folder: str = Field(primary_key=True)
    uidvalidity: int
    highest_uid: int
    vanished: int = 0
    retry: str = "[]"
    """UIDs that couldn't be fetched yet, as JSON."""
    polled_at: datetime = Field(sa_column=_instant())
    since: datetime | None = Field(default=None, sa_column=_instant(nullable=True))
    """Mails that arrived earlier were there before us and are left alone; None takes in all."""
    old_below: int = Field(default=0, sa_column=Column(Integer(), nullable=False, server_default="0"))
    """The first UID that was given out after that look: from it on every mail is taken in, whatever its date."""


class SeenRow(SQLModel, table=True):
    """A message on the server that was fetched, and the mail it is."""

    __tablename__ = "seen"
    company: str = Field(primary_key=True)
    folder: str = Field(primary_key=True)
    uidvalidity: int = Field(primary_key=True)
    uid: int = Field(primary_key=True)
    mail_id: int = Field(foreign_key="mail.id", index=True)


class MailRow(SQLModel, table=True):
    """A mail that came in, once per content. States: new, judged, set_aside; ``value`` is a model.Judgement."""

    __tablename__ = "mail"
    __table_args__ = (UniqueConstraint("company", "fingerprint"), Index("mail_by_state", "company", "state"))
    id: int | None = Field(default=None, primary_key=True)
    company: str
    fingerprint: str
    sha256: str
    size: int
    message_id: str = ""
    sender: str = ""
    subject: str = ""
    received_at: datetime = Field(sa_column=_instant())
    stored_at: datetime = Field(sa_column=_instant())
    state: str = "new"
    error: str = ""
    outcome: str = ""
    rule: str = ""
    rule_version: str = ""
    customer: str | None = None
    statement_id: int | None = Field(default=None, foreign_key="statement.id", index=True)
    value: str = ""
    context_sha256: str = ""
    """The file with all that could be looked up when the mail was judged; replaying reads it."""
    signatures: str = Field(default="", sa_column=Column(String(), nullable=False, server_default=""))
    """What became of its DKIM signatures, with the keys as the DNS had them: parsers.domain_signature.DomainCheck."""


class MailPartRow(SQLModel, table=True):
    """What a mail about several statements is for one of them; ``value`` is a model.Judgement."""

    __tablename__ = "mail_part"
    mail_id: int = Field(primary_key=True, foreign_key="mail.id")
    statement_id: int = Field(primary_key=True, foreign_key="statement.id", index=True)
    outcome: str
    value: str


class PictureRow(SQLModel, table=True):
    """A picture of a verdict on a scan, kept as a file; ``place`` 1 is the page with the slip where there is one."""

    __tablename__ = "picture"
    mail_id: int = Field(primary_key=True, foreign_key="mail.id")
    attachment_sha256: str = Field(primary_key=True)
    place: int = Field(primary_key=True)
    company: str
    statement: str = Field(default="", index=True)
    verdict: str = ""
    sha256: str


class ConfirmationRow(SQLModel, table=True):
    """A confirmation with its evidence; one per statement revision that is not withdrawn (invariant 5)."""

    __tablename__ = "confirmation"
    __table_args__ = (
        Index(
            "one_confirmation",
            "statement_id",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    company: str
    statement_id: int = Field(foreign_key="statement.id")
    mail_id: int = Field(foreign_key="mail.id")
    mail_sha256: str
    phrase: str
    scan: str
    rules: str
    rule_version: str
    route: str
    at: datetime = Field(sa_column=_instant())
    reviewed_at: datetime | None = Field(default=None, sa_column=_instant(nullable=True))
    reviewed_by: str = ""
    withdrawn_at: datetime | None = Field(default=None, sa_column=_instant(nullable=True))
    withdrawn_why: str = ""


class DiscrepancyRow(SQLModel, table=True):
    """A discrepancy thread, CY-…; amounts None where the customer named none."""

    __tablename__ = "discrepancy"
    __table_args__ = (UniqueConstraint("company", "number"),)
    id: int | None = Field(default=None, primary_key=True)
    company: str
    number: str
    statement_id: int = Field(foreign_key="statement.id", index=True)
    mail_id: int = Field(foreign_key="mail.id")
    opened_at: datetime = Field(sa_column=_instant())
    ours_fen: int = Field(sa_column=_fen())
    theirs_fen: int | None = Field(default=None, sa_column=_fen(nullable=True))
    causes: str = "[]"
    documents: str = "[]"
    words: str = ""
    owner: str
    answer_by: date
    rounds: int = 1
    escalated_at: datetime | None = Field(default=None, sa_column=_instant(nullable=True))
    closed_at: datetime | None = Field(default=None, sa_column=_instant(nullable=True))
    result: str = ""
    voided_why: str = ""


class TaskRow(SQLModel, table=True):
    """Something that a person must do; ``number`` is the case number that the customer was told."""

    __tablename__ = "task"
    __table_args__ = (UniqueConstraint("company", "dedupe"),)
    id: int | None = Field(default=None, primary_key=True)
    company: str
    dedupe: str
    number: str
    kind: str
    customer: str | None = None
    statement_id: int | None = Field(default=None, foreign_key="statement.id", index=True)
    mail_id: int | None = Field(default=None, foreign_key="mail.id")
    owner: str
    words: str = ""
    reasons: str = ""
    due: date | None = None
    opened_at: datetime = Field(sa_column=_instant())
    closed_at: datetime | None = Field(default=None, sa_column=_instant(nullable=True))
    closed_by: str = ""


class EventRow(SQLModel, table=True):
    """The audit log: append-only, each line holds the hash of the one before (invariant 9)."""

    __tablename__ = "event"
    seq: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_column=_instant())
    company: str
    kind: str
    subject: str
    before: str
    after: str
    actor: str
    evidence: str
    detail: str
    previous: str
    hash: str = Field(unique=True)


class ScheduleRunRow(SQLModel, table=True):
    """A slot of the schedule that was claimed; claiming twice is impossible."""

    __tablename__ = "schedule_run"
    job: str = Field(primary_key=True)
    company: str = Field(primary_key=True)
    fire_for: datetime = Field(sa_column=Column(UtcDateTime(), primary_key=True))
    claimed_at: datetime = Field(sa_column=_instant())
    done_at: datetime | None = Field(default=None, sa_column=_instant(nullable=True))
    error: str = ""
    worker: str = Field(default="", sa_column=Column(String(), nullable=False, server_default=""))
    """The process that runs it, see bot.edges.worker."""


class DueRow(SQLModel, table=True):
    """A customer that a period's completion rate counts, kept from the day on which its statements were due (K1)."""

    __tablename__ = "due_customer"
    company: str = Field(primary_key=True)
    period: str = Field(primary_key=True)
    customer: str = Field(primary_key=True)
    send_on: date
    """The sending day that its terms have; later ones of the same day come too late to be counted."""
    frozen_at: datetime = Field(sa_column=_instant())
