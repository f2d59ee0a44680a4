"""The policy's assessment figures (K1, K2) over customers, and how much of the money they cover.

The unit is the customer: it counts as completed when all its statements of the period are. Every percentage comes from
the two counts that are printed beside it; 0/0 has no percentage.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Ratio:
    """``numerator`` of ``denominator``, both counts or both amounts in yuan."""

    numerator: Decimal
    denominator: Decimal

    @property
    def percent(self) -> Decimal | None:
        """Per cent with one place, half up; None where there is nothing to divide by (不適用)."""
        if not self.denominator:
            return None
        return (self.numerator * 100 / self.denominator).quantize(_TENTH, ROUND_HALF_UP) + 0  # never −0.0


@dataclass(frozen=True, slots=True)
class Standing:
    """What the assessment must know of one live statement.

    ``completed``: a signed confirmation of the live revision stands (not merely handed in, not returned by finance).
    ``on_time``: it arrived by the completion date. ``differed``: a discrepancy was opened and not voided, or we
    corrected the first revision after it was sent. ``ours``: such a difference had a cause of our own.
    """

    customer: str
    currency: str
    closing: Decimal
    completed: bool
    on_time: bool
    differed: bool
    ours: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of one period on one day.

    ``completion`` is as things stand (late ones included), ``completion_on_time`` the policy's with its deadline.
    ``accuracy`` is the policy's, ``accuracy_ours`` counts only differences that we caused. ``coverage`` is by currency,
    over absolute closing balances, so that a credit doesn't cancel a debt.
    """

    completion: Ratio
    completion_on_time: Ratio
    accuracy: Ratio
    accuracy_ours: Ratio
    coverage: tuple[tuple[str, Ratio], ...]


def figures(standings: Sequence[Standing], due: frozenset[str] | None = None) -> Figures:
    """K1, K2 and coverage. ``due`` are the customers frozen at the period's start; None takes those of the standings.

    A due customer without any statement is in the denominator; a statement of a customer who isn't due counts nowhere.
    """
    by_customer = _by_customer(standings, due)
    done = {code for code, rows in by_customer.items() if rows and all(row.completed for row in rows)}
    on_time = {code for code in done if all(row.on_time for row in by_customer[code])}
    differed = {code for code in done if any(row.differed for row in by_customer[code])}
    ours = {code for code in done if any(row.ours for row in by_customer[code])}
    return Figures(
        completion=_count(done, by_customer),
        completion_on_time=_count(on_time, by_customer),
        accuracy=_count(done - differed, done),
        accuracy_ours=_count(done - ours, done),
        coverage=_coverage(row for rows in by_customer.values() for row in rows),
    )


def _by_customer(standings: Iterable[Standing], due: frozenset[str] | None) -> dict[str, list[Standing]]:
    found: dict[str, list[Standing]] = {code: [] for code in due or ()}
    for row in standings:
        if due is None or row.customer in due:
            found.setdefault(row.customer, []).append(row)
    return found


def _count(some: Iterable[str], whole: Iterable[str]) -> Ratio:
    return Ratio(Decimal(len(set(some))), Decimal(len(set(whole))))


def _coverage(rows: Iterable[Standing]) -> tuple[tuple[str, Ratio], ...]:
    done: dict[str, Decimal] = defaultdict(Decimal)
    total: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows:
        total[row.currency] += abs(row.closing)
        done[row.currency] += abs(row.closing) if row.completed else Decimal(0)
    return tuple((code, Ratio(done[code], total[code])) for code in sorted(total))
