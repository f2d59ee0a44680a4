"""How old the receivable is: first in, first out by document date, as of the statement's last day.

Deliveries 78,600 in August and 50,000 in September, 78,000 paid in October: 600 are left of August, 50,000 since.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from bot.model import Aging, Bucket

BUCKETS: tuple[tuple[int, int | None], ...] = ((0, 30), (31, 60), (61, 90), (91, 180), (181, None))
_NOTHING = Decimal("0.00")

Dated = tuple[date, Decimal]
"""A day and an amount."""


def age(charges: Iterable[Dated], payments: Iterable[Dated], last_day: date) -> Aging:
    """Return the buckets; Σ buckets + unapplied = Σ charges − Σ payments, always.

    A negative charge (return, promotion) takes back the newest charges up to its own day; what it finds nothing to
    take back from is a payment. Payments settle the oldest charges first; what they find nothing to settle is
    ``unapplied``. Negative payments (a dishonoured bill, a refund) undo payments; where more was undone than paid,
    the rest is a debt of the latest undoing's day. The order of the arguments' elements doesn't matter.
    """
    opened, unmatched = _net(charges)
    pool, undone_on = unmatched, last_day
    for on, amount in sorted(payments):
        pool += amount
        undone_on = on if amount < 0 else undone_on
    if pool < 0:
        opened.append((undone_on, -pool))
    unapplied = _settle(opened, max(pool, _NOTHING))
    return Aging(_buckets(opened, last_day), -unapplied + _NOTHING)


def _net(charges: Iterable[Dated]) -> tuple[list[Dated], Decimal]:
    """Return the charges left after taking back, oldest first, and what could not be taken back."""
    opened: list[Dated] = []
    unmatched = _NOTHING
    for on, amount in sorted(charges, key=lambda charge: (charge[0], -charge[1])):
        if amount >= 0:
            opened.append((on, amount))
        else:
            unmatched += _take_back(opened, -amount)
    return opened, unmatched


def _take_back(opened: list[Dated], credit: Decimal) -> Decimal:
    while credit and opened:
        on, amount = opened.pop()
        if amount > credit:
            opened.append((on, amount - credit))
            return _NOTHING
        credit -= amount
    return credit


def _settle(opened: list[Dated], paid: Decimal) -> Decimal:
    """Settle the oldest first, in place; return what is left of the payment."""
    for place, (on, amount) in enumerate(opened):
        settled = min(amount, paid)
        opened[place] = (on, amount - settled)
        paid -= settled
    return paid


def _buckets(opened: Iterable[Dated], last_day: date) -> tuple[Bucket, ...]:
    sums = dict.fromkeys(BUCKETS, _NOTHING)
    for on, amount in opened:
        days = (last_day - on).days
        sums[next(edges for edges in BUCKETS if edges[1] is None or days <= edges[1])] += amount
    return tuple(Bucket(first, last, amount) for (first, last), amount in sums.items())
