"""The validators of C2 over one customer's documents: each finds its anomalies, none of them guesses."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal

from bot.decide.anomaly import anomaly
from bot.decide.arithmetic import price_gap, tax_gap
from bot.decide.ledger_text import file_of
from bot.decide.signs import LOWERING, effect_of
from bot.model import Anomaly, Basis, Customer, Document, DocumentKind
from parsers.sales import words

_CATEGORIES = {
    DocumentKind.SERVICE: "service",
    DocumentKind.PROMOTION: "promotion",
    DocumentKind.REBATE: "rebate",
    DocumentKind.ALLOWANCE: "rebate",
}
_NEED_A_LINE = frozenset({"service", "promotion", "rebate"})


def anomalies_of(
    customer: Customer,
    unsettled: Sequence[Document],
    every: Sequence[Document],
    invoice_gap: Decimal,
) -> list[Anomaly]:
    """Return all anomalies of a customer's documents, in a fixed order.

    ``unsettled`` are those that no confirmation covers yet, ``every`` also those that one does; ``invoice_gap`` is
    what was delivered, with the balances brought forward, and not invoiced: negative where more was invoiced.
    """
    return [
        *_no_confirmer(customer),
        *_duplicates(customer, every),
        *_before_opening(customer, unsettled),
        *_mismatch("amount_mismatch", price_gap, customer, unsettled),
        *_mismatch("tax_mismatch", tax_gap, customer, unsettled),
        *_both_styles(customer, unsettled),
        *_invoiced_more(customer, every, invoice_gap),
        *_category_missing(customer, unsettled, every),
    ]


def _numbers(documents: Iterable[Document]) -> tuple[str, ...]:
    return tuple(document.number for document in documents)


def _no_confirmer(customer: Customer) -> Iterator[Anomaly]:
    if not any(contact.may_confirm for contact in customer.contacts):
        yield anomaly("no_confirmer", customer.code)


def _duplicates(customer: Customer, documents: Sequence[Document]) -> Iterator[Anomaly]:
    counts = Counter((document.kind, document.number, document.line) for document in documents)
    doubled = tuple(number for (_, number, _), count in counts.items() if count > 1)
    if doubled:
        yield anomaly("duplicate", customer.code, doubled)


def _before_opening(customer: Customer, documents: Sequence[Document]) -> Iterator[Anomaly]:
    begins = customer.opening_date
    if begins is None:
        return
    early = [
        document
        for document in documents
        if document.on < begins
        and document.kind is not DocumentKind.OPENING
        and effect_of(document.kind, customer.basis) is not None
    ]
    if early:
        yield anomaly("before_opening", customer.code, _numbers(early), opening=begins)


def _mismatch(
    code: str,
    measure: Callable[[Document], Decimal | None],
    customer: Customer,
    documents: Sequence[Document],
) -> Iterator[Anomaly]:
    gaps = {document: gap for document in documents if (gap := measure(document)) is not None}
    if gaps:
        yield anomaly(code, customer.code, _numbers(gaps), gap=max(gaps.values(), key=abs))


def _both_styles(customer: Customer, documents: Sequence[Document]) -> Iterator[Anomaly]:
    """The import marks doubtful rows; where their file is still known they are looked at again."""
    signs: dict[tuple[str, DocumentKind], set[bool]] = {}
    for document in documents:
        if document.kind in LOWERING and document.amount and document.source:
            signs.setdefault((file_of(document.source), document.kind), set()).add(document.amount > 0)
    mixed = {place for place, found in signs.items() if len(found) > 1}
    doubtful = [
        document
        for document in documents
        if document.doubt == "both_styles" or (file_of(document.source), document.kind) in mixed
    ]
    if doubtful:
        kinds = "、".join(dict.fromkeys(document.kind for document in doubtful))
        yield anomaly("both_styles", customer.code, _numbers(doubtful), kinds=kinds)


def _invoiced_more(customer: Customer, documents: Sequence[Document], gap: Decimal) -> Iterator[Anomaly]:
    invoices = [document for document in documents if document.kind is DocumentKind.INVOICE]
    if gap < 0 < sum(invoice.amount for invoice in invoices):
        yield anomaly("invoiced_more", customer.code, _numbers(invoices[-3:]), gap=-gap)


def _category_missing(
    customer: Customer,
    unsettled: Sequence[Document],
    every: Sequence[Document],
) -> Iterator[Anomaly]:
    """B6: what was invoiced as service, promotion or rebate must also stand on the statement (delivery basis)."""
    if customer.basis is Basis.INVOICE:
        return
    lined = {_category(document) for document in every if effect_of(document.kind, customer.basis) is not None}
    for category in sorted(_NEED_A_LINE - lined):
        invoices = [
            document
            for document in unsettled
            if document.kind is DocumentKind.INVOICE and _category(document) == category
        ]
        if invoices:
            yield anomaly("category_missing", customer.code, _numbers(invoices), category=invoices[0].category)


def _category(document: Document) -> str | None:
    return _CATEGORIES.get(document.kind) or words.category(document.category)
