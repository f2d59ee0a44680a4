"""Preparing a period: ledger → snapshot → a statement that may be sent, or a held one and its department told (C2, C3).

For each customer and currency, in a transaction of its own, so that one customer's fault never stops another's:

- nothing to state (no line, nothing open): no statement;
- nothing changed since the live revision: left alone;
- changed before it was sent: the same revision, prepared anew;
- changed after it was sent: revision n+1, the old one superseded; a confirmed one is never touched, its late
  documents come on the next statement;
- an anomaly: held, and the owning department gets a mail.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pydantic import TypeAdapter
from sqlmodel import Session, col, select

from bot.compose.changes import changes
from bot.decide.cycle import Deadlines, cycle_of, deadlines, span
from bot.decide.prepare import Confirmed, currencies, prepare
from bot.decide.rows import TaskKind
from bot.edges import world
from bot.edges.store import next_number
from bot.edges.tables import ConfirmationRow, StatementRow, TaskRow
from bot.model import (
    Anomaly,
    Customer,
    Cycle,
    Document,
    Snapshot,
    Staff,
    State,
    Statement,
    digest_of,
    dump_statement,
    load_statement,
)
from bot.steps import differing, due, ledger, owing, tasks, telling
from bot.steps.office import Office
from parsers import number
from parsers.amount import from_fen, to_fen
from parsers.period import Period

LOG = logging.getLogger(__name__)
ANOMALIES = TypeAdapter(tuple[Anomaly, ...])
KEYS = TypeAdapter(tuple[str, ...])
UNSENT = (State.PREPARED, State.HELD, State.RELEASED)
FINAL = (State.CONFIRMED, State.CLOSED)


@dataclass(frozen=True, slots=True)
class PreparedOne:
    """What preparing did for one customer and currency.

    ``result``: prepared, revised, unchanged, held, quiet (nothing to state), final (confirmed), not_over, broken.
    """

    customer: str
    currency: str
    result: str
    statement: str = ""
    anomalies: tuple[Anomaly, ...] = ()


def prepare_period(
    office: Office, period: Period, only: str | None = None, progress: Callable[[str], None] | None = None
) -> tuple[PreparedOne, ...]:
    """Prepares a period for every customer whose cycle has it; ``only`` names one customer's code. Idempotent."""
    done: list[PreparedOne] = []
    with office.store.read() as session:
        chosen = [
            c for c in ledger.customers(session, office.name) if only in (None, c.code) and _takes_part(c, period)
        ]
    for customer in chosen:
        done.extend(_prepare_customer(office, customer, period))
        if progress is not None:
            progress(customer.name)
    return tuple(done)


def _takes_part(customer: Customer, period: Period) -> bool:
    """Months and years are for everybody (B1, B5), quarters for those who agreed on them (B3, B4)."""
    return period.kind != "quarter" or customer.cycle is Cycle.QUARTERLY


def _prepare_customer(office: Office, customer: Customer, period: Period) -> Iterator[PreparedOne]:
    with office.store.read() as session:
        documents = ledger.documents(session, office.name, customer.code)
    for currency in currencies(customer, documents):
        try:
            yield _prepare_one(office, customer, documents, period, currency)
        except Exception as error:  # one customer's bug must not stop the others; it is shown until it is mended
            if world.failed(error):
                raise
            LOG.exception("prepare.broken customer=%s", customer.code)
            _show_broken(office, customer, period, currency, error)
            yield PreparedOne(customer.code, currency, "broken")


def _show_broken(office: Office, customer: Customer, period: Period, currency: str, error: Exception) -> None:
    """A task of finance's, one at a time, as nothing else would tell of a statement that isn't there."""
    with office.store.write() as session:
        if not _broken_tasks(session, office, customer, period, currency):
            name = f"{due.broken_name(period, customer.code, currency)}{office.today()}"
            reason = f"{period.label} {currency}：{type(error).__name__} {error}"
            task = tasks.Task(TaskKind.FAILED, name, tasks.finance(office).address, reasons=reason)
            tasks.open_task(session, office, task, customer=customer)


def _mended(desk: "_Desk") -> None:
    """What failed before has been prepared now."""
    for task in _broken_tasks(desk.session, desk.office, desk.customer, desk.period, desk.currency):
        tasks.close(desk.session, desk.office, task, "bot", "prepared")


def _broken_tasks(
    session: Session, office: Office, customer: Customer, period: Period, currency: str
) -> Sequence[TaskRow]:
    name = due.broken_name(period, customer.code, currency)
    chosen = select(TaskRow).where(
        TaskRow.company == office.name, col(TaskRow.closed_at).is_(None), col(TaskRow.dedupe).startswith(name)
    )
    return session.exec(chosen).all()


@dataclass(frozen=True, slots=True)
class _Desk:
    """What is on the desk while one statement is prepared; everything done with it is one transaction."""

    session: Session
    office: Office
    customer: Customer
    period: Period
    currency: str
    dates: Deadlines


def _prepare_one(
    office: Office, customer: Customer, documents: tuple[Document, ...], period: Period, currency: str
) -> PreparedOne:
    first_day, last_day = span(period, customer.closing_day, office.company)
    dates = deadlines(office.company, period, last_day, office.working_days)
    with office.store.write() as session:
        desk = _Desk(session, office, customer, period, currency, dates)
        _mended(desk)
        live = _live(desk)
        if live is not None and State(live.state) in FINAL:
            return PreparedOne(customer.code, currency, "final", live.number)
        confirmed = _last_confirmed(desk, first_day)
        party = office.company.party
        prepared = prepare(party, customer, documents, period, first_day, last_day, confirmed, currency=currency)
        if prepared.snapshot is None:
            return _hold(desk, live, prepared.anomalies)
        return _keep(desk, live, prepared.snapshot, prepared.documents)


def _live(desk: _Desk) -> StatementRow | None:
    return desk.session.exec(
        select(StatementRow).where(
            StatementRow.company == desk.office.name,
            StatementRow.customer == desk.customer.code,
            StatementRow.cycle == cycle_of(desk.period).value,
            StatementRow.period == desk.period.code,
            StatementRow.currency == desk.currency,
            col(StatementRow.live).is_(True),
        )
    ).first()


def _last_confirmed(desk: _Desk, before: date) -> Confirmed | None:
    """The latest confirmed closing that ends before this period begins."""
    rows = desk.session.exec(
        select(StatementRow)
        .join(ConfirmationRow)
        .where(
            StatementRow.company == desk.office.name,
            StatementRow.customer == desk.customer.code,
            StatementRow.currency == desk.currency,
            col(ConfirmationRow.withdrawn_at).is_(None),
        )
    ).all()
    ended = [(load_statement(row.value).snapshot.last_day, row) for row in rows]
    earlier = [(day, row) for day, row in ended if day < before]
    if not earlier:
        return None
    day, row = max(earlier, key=lambda pair: pair[0])
    return Confirmed(from_fen(row.closing_fen), day, frozenset(KEYS.validate_json(row.documents)))


def _hold(desk: _Desk, live: StatementRow | None, anomalies: tuple[Anomaly, ...]) -> PreparedOne:
    """Holds the statement; one that was sent already stays as it is, the anomaly is told all the same."""
    session, office = desk.session, desk.office
    row = live
    if row is None or State(row.state) in UNSENT:
        row = row or _new_row(desk)
        before, row.state = row.state, State.HELD.value
        row.anomalies = ANOMALIES.dump_json(anomalies).decode()
        session.add(row)
        session.flush()
        if before != State.HELD.value:
            row.state_since = office.now()
            office.record(session, "held", row.number, before=before, after=row.state, detail=row.anomalies)
    telling.tell_anomalies(session, office, desk.customer, row, anomalies)
    return PreparedOne(desk.customer.code, desk.currency, "held", row.number, anomalies)


def _keep(desk: _Desk, live: StatementRow | None, snapshot: Snapshot, documents: frozenset[str]) -> PreparedOne:
    code, currency, digest = desk.customer.code, desk.currency, digest_of(snapshot)
    if live is None and not snapshot.lines and not snapshot.totals.opening and not snapshot.totals.closing:
        return PreparedOne(code, currency, "quiet")
    if live is not None and live.digest == digest and State(live.state) is not State.HELD:
        return PreparedOne(code, currency, "unchanged", live.number)
    result = "prepared"
    if live is None:
        row = _new_row(desk)
    elif State(live.state) in UNSENT:
        row = live
    else:
        row, result = _supersede(desk, live), "revised"
    row.documents = KEYS.dump_json(tuple(sorted(documents))).decode()
    _fill(desk, row, snapshot, digest)
    return PreparedOne(code, currency, result, row.number)


def _new_row(desk: _Desk) -> StatementRow:
    office, period = desk.office, desk.period
    sequence = next_number(desk.session, office.name, f"statement {period.compact}")
    return StatementRow(
        company=office.name,
        customer=desk.customer.code,
        cycle=cycle_of(period).value,
        period=period.code,
        currency=desk.currency,
        number=number.compose(office.company.number_prefix, period, sequence),
        revision=1,
        live=True,
        state="",
        closing_fen=0,
        digest="",
        value="",
        send_on=desk.dates.send_on,
        reply_by=desk.dates.reply_by,
        complete_by=desk.dates.complete_by,
        prepared_at=office.now(),
        state_since=office.now(),
    )


def _supersede(desk: _Desk, live: StatementRow) -> StatementRow:
    """The next revision's row; the old one is dead from now on, its unsent mails withdrawn, its threads answered."""
    session, office = desk.session, desk.office
    before, live.live, live.state = live.state, False, State.SUPERSEDED.value
    session.add(live)
    session.flush()
    owing.withdraw_unsent(session, office, live, "superseded")
    differing.close_all(session, office, live, f"第 {live.revision + 1} 版")
    office.record(session, "superseded", f"{live.number} R{live.revision}", before=before, after=live.state)
    row = _new_row_of(desk, live)
    session.add(row)
    return row


def _new_row_of(desk: _Desk, live: StatementRow) -> StatementRow:
    now = desk.office.now()
    return StatementRow(
        company=live.company,
        customer=live.customer,
        cycle=live.cycle,
        period=live.period,
        currency=live.currency,
        number=live.number,
        revision=live.revision + 1,
        live=True,
        state="",
        closing_fen=0,
        digest="",
        value="",
        send_on=desk.office.today(),
        reply_by=desk.dates.reply_by,
        complete_by=live.complete_by,
        prepared_at=now,
        state_since=now,
    )


def _fill(desk: _Desk, row: StatementRow, snapshot: Snapshot, digest: str) -> None:
    """Writes the figures into the row; the pages are drawn when it is queued."""
    session, office, customer = desk.session, desk.office, desk.customer
    statement = Statement(
        number=row.number,
        revision=row.revision,
        snapshot=snapshot,
        digest=digest,
        locale=customer.locale,
        issued_on=max(office.today(), row.send_on),
        reply_by=row.reply_by,
        rep=office.staff_at(customer.rep) or Staff(customer.rep, customer.rep, ()),
        preparer=tasks.finance(office).name,
        changes=_changes(session, row, snapshot, customer),
    )
    before, row.state = row.state, State.PREPARED.value
    row.digest, row.value, row.anomalies = digest, dump_statement(statement), "[]"
    row.closing_fen, row.state_since = to_fen(snapshot.totals.closing), office.now()
    row.pdf_sha256 = row.xlsx_sha256 = ""  # what was drawn of other figures is none of this statement's
    session.add(row)
    session.flush()
    office.record(session, "prepared", f"{row.number} R{row.revision}", before=before, after=row.state, evidence=digest)


def _changes(session: Session, row: StatementRow, snapshot: Snapshot, customer: Customer) -> str:
    if row.revision == 1:
        return ""
    old = session.exec(
        select(StatementRow).where(StatementRow.number == row.number, StatementRow.revision == row.revision - 1)
    ).first()
    return changes(load_statement(old.value).snapshot, snapshot, customer.locale) if old and old.value else ""
