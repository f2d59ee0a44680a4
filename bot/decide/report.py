"""What the daily digest says, as values: rows of cases, tasks and the system in, one :class:`DigestReport` out."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from decimal import Decimal

from bot.decide.kpi import Figures, Standing, figures
from bot.decide.rows import NIL, CaseRow, SystemRow, TaskKind, TaskRow
from bot.model import Bucket, Locale, State
from parsers.period import Period

_URGENCY = {kind: place for place, kind in enumerate(TaskKind)}


@dataclass(frozen=True, slots=True)
class Progress:
    """Customers of the period by their least settled statement; the seven add up to ``due``."""

    done: int
    in_review: int
    scan_pending: int
    discrepancy: int
    waiting: int
    overdue: int
    held: int

    @property
    def due(self) -> int:
        """All of them."""
        return (
            self.done + self.in_review + self.scan_pending + self.discrepancy + self.waiting + self.overdue + self.held
        )


@dataclass(frozen=True, slots=True)
class Sum:
    """Amounts of one currency: ``net`` adds signs, ``absolute`` doesn't; ``unknown`` counts rows without an amount."""

    currency: str
    net: Decimal
    absolute: Decimal
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class Receivables:
    """Aging and risk of one currency over the period's live statements; Σ buckets + unapplied = ``balance``."""

    currency: str
    balance: Decimal
    buckets: tuple[Bucket, ...]
    unapplied: Decimal
    due_soon: Decimal
    over_90: Decimal
    lapsing: Decimal
    over_limit: tuple[CaseRow, ...]


@dataclass(frozen=True, slots=True)
class DigestReport:
    """Everything that the digest prints, section by section, each in its order of urgency."""

    company: str
    locale: Locale
    as_of: date
    now: datetime
    period: Period
    figures: Figures
    previous: Figures | None
    tasks: tuple[TaskRow, ...]
    in_review: tuple[CaseRow, ...]
    progress: Progress
    differences: tuple[CaseRow, ...]
    difference_sums: tuple[Sum, ...]
    scan_pending: tuple[CaseRow, ...]
    overdue: tuple[CaseRow, ...]
    overdue_sums: tuple[Sum, ...]
    held: tuple[CaseRow, ...]
    bounced: tuple[TaskRow, ...]
    confirmed_today: tuple[CaseRow, ...]
    receivables: tuple[Receivables, ...]
    earlier: tuple[CaseRow, ...]
    system: SystemRow
    late: int = 0
    """Customers with a statement of the period that came after its list of those due was closed."""
    pictured: frozenset[str] = frozenset()
    """Numbers of statements whose returned page is attached as a picture."""


DONE = frozenset({State.CONFIRMED, State.CLOSED})
_OUT_OF_HOUSE = frozenset({State.PREPARED, State.HELD, State.RELEASED, State.QUEUED})
_UNANSWERED = frozenset({State.SENT, State.NOTED, State.PERSON, State.DECLINED})
_WORST_FIRST = ("held", "overdue", "discrepancy", "waiting", "scan_pending", "in_review", "done")


def build(  # noqa: PLR0917  # the callers' agreed order
    company_name: str,
    locale: Locale,
    as_of: date,
    now: datetime,
    period: Period,
    rows: Sequence[CaseRow],
    tasks: Sequence[TaskRow],
    system: SystemRow,
    previous: Figures | None = None,
    *,
    zone: tzinfo,
    due: frozenset[str] | None = None,
) -> DigestReport:
    """The digest of one company and day. ``rows`` are live statements of this and of earlier periods.

    ``due`` are the customer codes frozen at the period's start (None: those of the rows); ``previous`` the figures of
    the same day of the last period; ``zone`` the company's, in which days begin and end.
    """
    live = [row for row in rows if row.state is not State.SUPERSEDED]
    current = [row for row in live if row.period == period]
    in_review = [row for row in live if row.state is State.IN_REVIEW]
    differences = [row for row in live if row.discrepancy is not None and row.discrepancy.open]
    overdue = [row for row in current if place(row, as_of) == "overdue"]
    return DigestReport(
        company_name,
        locale,
        as_of,
        now.astimezone(zone),
        period,
        figures([standing(row, zone) for row in current], due),
        previous,
        tasks=_today(live, tasks, as_of),
        in_review=_by_age(in_review),
        progress=_progress(current, as_of, due),
        differences=tuple(sorted(differences, key=_difference_order)),
        difference_sums=_sums((row.currency, _difference(row)) for row in differences),
        scan_pending=_by_age(row for row in current if row.state is State.SCAN_PENDING),
        overdue=tuple(sorted(overdue, key=lambda row: (row.reply_by, -abs(row.closing), row.number))),
        overdue_sums=_sums((row.currency, row.closing) for row in overdue),
        held=_by_age(row for row in live if row.state is State.HELD),
        bounced=tuple(task for task in tasks if task.kind is TaskKind.BOUNCE),
        confirmed_today=tuple(row for row in live if row.state in DONE and _day(row.confirmed_at, zone) == as_of),
        receivables=_receivables(current),
        earlier=_by_age(row for row in live if row.period != period and row.state not in DONE),
        system=system,
        late=0 if due is None else len({row.customer for row in current} - due),
    )


def standing(row: CaseRow, zone: tzinfo) -> Standing:
    """A row as the assessment sees it; in time means until midnight of the completion date in ``zone``."""
    arrived = _day(row.confirmed_at, zone)
    completed = row.state in DONE
    thread = row.discrepancy if row.discrepancy is not None and not row.discrepancy.voided else None
    return Standing(
        row.customer,
        row.currency,
        row.closing,
        completed,
        on_time=completed and arrived is not None and arrived <= row.complete_by,
        differed=thread is not None or row.corrected,
        ours=(thread is not None and thread.by_us) or row.corrected,
    )


def place(row: CaseRow, as_of: date) -> str:
    """Which part of the progress a statement belongs to: one field name of :class:`Progress`.

    While we owe an answer (question) or a promised day has not passed, the customer is not overdue.
    """
    if row.state in DONE:
        return "done"
    if row.state in _OUT_OF_HOUSE:
        return "held"
    if row.state in {State.IN_REVIEW, State.SCAN_PENDING, State.DISCREPANCY}:
        return row.state.value
    promised = row.promised is not None and row.promised >= as_of
    return "overdue" if row.state in _UNANSWERED and as_of > row.reply_by and not promised else "waiting"


def _progress(rows: Iterable[CaseRow], as_of: date, due: frozenset[str] | None) -> Progress:
    """Each due customer once, at its least settled statement; one without a statement is held."""
    places: dict[str, set[str]] = {code: set() for code in due or ()}
    for row in rows:
        if due is None or row.customer in due:
            places.setdefault(row.customer, set()).add(place(row, as_of))
    counts: dict[str, int] = dict.fromkeys(_WORST_FIRST, 0)
    for found in places.values():
        counts[next((name for name in _WORST_FIRST if name in found), "held")] += 1
    return Progress(**counts)


def _today(rows: Iterable[CaseRow], tasks: Iterable[TaskRow], as_of: date) -> tuple[TaskRow, ...]:
    """The given tasks but reviews (they have their own section), with escalated cases and promises that are due."""
    given = [task for task in tasks if task.kind is not TaskKind.REVIEW]
    known = {(task.kind, task.number) for task in given}
    found = [task for row in rows for task in _derived(row, as_of) if (task.kind, task.number) not in known]
    return tuple(sorted([*given, *found], key=_task_order))


def _derived(row: CaseRow, as_of: date) -> Iterable[TaskRow]:
    """An escalated case that is open, and a promised day that came (the reply date itself was promised by nobody)."""
    thread = row.discrepancy.number if row.discrepancy is not None and row.discrepancy.open else row.number
    task = TaskRow(
        TaskKind.ESCALATED, row.rep, row.customer, row.customer_name, row.number, since=row.since, reference=thread
    )
    if row.escalated and row.state not in DONE:
        yield task
    if row.state is State.NOTED and row.promised is not None and row.reply_by != row.promised <= as_of:
        yield replace(task, kind=TaskKind.PROMISE, due=row.promised)


def _task_order(task: TaskRow) -> tuple[int, date, date, str]:
    return _URGENCY[task.kind], task.due or date.max, task.since or date.max, task.number


def _by_age(rows: Iterable[CaseRow]) -> tuple[CaseRow, ...]:
    """The longest waiting first, larger balances first among equals."""
    return tuple(sorted(rows, key=lambda row: (row.since or date.max, -abs(row.closing), row.number)))


def _difference_order(row: CaseRow) -> tuple[bool, bool, Decimal, str]:
    """Escalated first, then unknown amounts, then the largest."""
    amount = _difference(row)
    return not row.escalated, amount is not None, -abs(amount or NIL), row.number


def _difference(row: CaseRow) -> Decimal | None:
    return None if row.discrepancy is None else row.discrepancy.amount


def _sums(amounts: Iterable[tuple[str, Decimal | None]]) -> tuple[Sum, ...]:
    found: dict[str, Sum] = {}
    for code, amount in amounts:
        so_far = found.get(code, Sum(code, NIL, NIL))
        if amount is None:
            found[code] = replace(so_far, unknown=so_far.unknown + 1)
        else:
            found[code] = replace(so_far, net=so_far.net + amount, absolute=so_far.absolute + abs(amount))
    return tuple(found[code] for code in sorted(found))


def _receivables(rows: Sequence[CaseRow]) -> tuple[Receivables, ...]:
    aged = [row for row in rows if row.aging is not None]
    return tuple(_of_currency(code, [row for row in aged if row.currency == code]) for code in _currencies(aged))


def _currencies(rows: Iterable[CaseRow]) -> tuple[str, ...]:
    return tuple(sorted({row.currency for row in rows}))


def _of_currency(code: str, rows: Sequence[CaseRow]) -> Receivables:
    sums: dict[tuple[int, int | None], Decimal] = defaultdict(Decimal)
    for row in rows:
        for bucket in row.aging.buckets if row.aging is not None else ():
            sums[bucket.first_day, bucket.last_day] += bucket.amount
    buckets = tuple(Bucket(first, last, sums[first, last]) for first, last in sorted(sums, key=lambda key: key[0]))
    return Receivables(
        code,
        sum((row.closing for row in rows), NIL),
        buckets,
        sum((row.aging.unapplied for row in rows if row.aging is not None), NIL),
        sum((row.due_soon for row in rows), NIL),
        sum((bucket.amount for bucket in buckets if bucket.first_day > 90), NIL),  # noqa: PLR2004  # 逾 90 天
        sum((row.lapsing for row in rows), NIL),
        tuple(row for row in rows if row.credit_limit is not None and row.closing > row.credit_limit),
    )


def _day(moment: datetime | None, zone: tzinfo) -> date | None:
    return None if moment is None else moment.astimezone(zone).date()
