"""Documents of one customer → one statement's snapshot, or the reasons why it is held (C2, D1).

1. take the customer's documents of one currency up to the last day, in a fixed order;
2. split them at the last confirmed statement: settled, since then, back-dated, this period's;
3. opening, lines with a running balance, totals, invoiced and not yet invoiced, aging;
4. ask every validator; any anomaly holds the statement.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from bot.decide.anomaly import anomaly
from bot.decide.books import Books, Confirmed, document_key, keys_of, split
from bot.decide.figures import aging_of, brought_forward, invoice_gap, lines_of, moved_by, totals_of
from bot.decide.invariants import violations
from bot.decide.validate import anomalies_of
from bot.model import Anomaly, Customer, Document, Party, Snapshot
from parsers.period import Period

__all__ = ["Confirmed", "Prepared", "currencies", "document_key", "prepare", "violations"]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A snapshot, or the anomalies that hold it, never both; ``documents`` are the keys of all that it rests on."""

    snapshot: Snapshot | None
    anomalies: tuple[Anomaly, ...]
    documents: frozenset[str] = frozenset()


def currencies(customer: Customer, documents: Iterable[Document]) -> tuple[str, ...]:
    """Return the currencies that a customer needs statements in: its own first, then those of its documents."""
    others = {document.currency for document in documents if document.customer == customer.code}
    return (customer.currency, *sorted(others - {customer.currency}))


def prepare(  # noqa: PLR0917  # the order that everybody calls it in: who, what, when
    company: Party,
    customer: Customer,
    documents: Sequence[Document],
    period: Period,
    first_day: date,
    last_day: date,
    confirmed: Confirmed | None = None,
    *,
    currency: str | None = None,
) -> Prepared:
    """Return one statement's snapshot or its anomalies; documents of others, later days and currencies are left out.

    The same documents in any order give the same snapshot. With ``confirmed`` the opening is its closing and the
    movements since; without, 期初 and all movements before the first day.
    """
    currency = currency or customer.currency
    own = [document for document in documents if document.customer == customer.code and document.currency == currency]
    books = split(own, first_day, last_day, confirmed)
    snapshot = _snapshot(
        company,
        customer,
        books,
        period=period,
        first_day=first_day,
        last_day=last_day,
        confirmed=confirmed,
        currency=currency,
    )
    anomalies = _confirmation_anomalies(customer, books, first_day, confirmed)
    invoiceable = invoice_gap(books, customer.basis) + brought_forward(books)
    anomalies += anomalies_of(customer, books.since + books.shown, books.every, invoiceable)
    if not anomalies:  # a known fault breaks sums too; only what nothing else explains is told as a broken sum
        anomalies += [anomaly("violation", customer.code, violation=text) for text in violations(snapshot)]
    return Prepared(None if anomalies else snapshot, tuple(anomalies), keys_of(books))


def _snapshot(
    company: Party,
    customer: Customer,
    books: Books,
    *,
    period: Period,
    first_day: date,
    last_day: date,
    confirmed: Confirmed | None,
    currency: str,
) -> Snapshot:
    since = moved_by(books.since, customer.basis)
    opening = since if confirmed is None else confirmed.closing + since
    lines = lines_of(books, customer.basis, opening)
    return Snapshot(
        company=company,
        customer=Party(customer.code, customer.name, customer.tax_id),
        period=period,
        first_day=first_day,
        last_day=last_day,
        currency=currency,
        basis=customer.basis,
        tax_included=True,
        lines=lines,
        totals=totals_of(books, customer.basis, opening, lines),
        aging=aging_of(books, customer.basis, last_day),
        opening_confirmed=confirmed is not None and confirmed.last_day + timedelta(days=1) == first_day,
        payment_terms=customer.payment_terms,
    )


def _confirmation_anomalies(
    customer: Customer,
    books: Books,
    first_day: date,
    confirmed: Confirmed | None,
) -> list[Anomaly]:
    if confirmed is None:
        return []
    found: list[Anomaly] = []
    if first_day <= confirmed.last_day:
        found.append(anomaly("overlap", customer.code, first=first_day, confirmed=confirmed.last_day))
    known = moved_by(books.settled, customer.basis) + sum((amount for _, amount in books.brought), Decimal("0.00"))
    gap = known - confirmed.closing
    if gap:
        found.append(anomaly("confirmed_changed", customer.code, confirmed=confirmed.last_day, gap=gap))
    return found
