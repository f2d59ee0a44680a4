"""The figures of a statement from its books: lines with a running balance, totals, invoiced or not, aging."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from bot.decide.aging import Dated, age
from bot.decide.arithmetic import contained_tax
from bot.decide.books import Books
from bot.decide.signs import INVOICEABLE, effect_of, movement
from bot.model import Aging, Basis, Document, DocumentKind, StatementLine, Totals
from parsers.amount import plain

_NOTHING = Decimal("0.00")


def moved_by(documents: Iterable[Document], basis: Basis) -> Decimal:
    """Return what documents add to the receivable, together."""
    return sum((movement(document, basis) for document in documents), _NOTHING)


def lines_of(books: Books, basis: Basis, opening: Decimal) -> tuple[StatementLine, ...]:
    """Return the period's lines with a running balance, back-dated ones first; memos are left out."""
    lines: list[StatementLine] = []
    balance = opening
    late = len(books.late)
    for place, document in enumerate(books.shown):
        if effect_of(document.kind, basis) is not None:
            balance += movement(document, basis)
            lines.append(_line(document, basis, balance, late=place < late))
    return tuple(lines)


def _line(document: Document, basis: Basis, balance: Decimal, *, late: bool) -> StatementLine:
    effect = effect_of(document.kind, basis)
    received = effect is not None and effect.total == "received"
    moved = movement(document, basis)
    return StatementLine(
        on=document.on,
        kind=document.kind,
        number=document.number,
        line=document.line,
        product=document.product,
        spec=document.spec,
        unit=document.unit,
        quantity=None if document.quantity is None else plain(document.quantity),
        unit_price=None if document.unit_price is None else plain(document.unit_price, 2),
        charge=None if received else moved + _NOTHING,
        receipt=_NOTHING - moved if received else None,
        balance=balance,
        invoice_number=document.invoice_number,
        order_number=document.order_number,
        customer_order_number=document.customer_order_number,
        settlement=document.settlement,
        bill_number=document.bill_number,
        bill_due=document.bill_due,
        due=document.due,
        remark=document.remark,
        late=late,
        tax_rate=None if received or document.tax_rate is None else plain(document.tax_rate),
        tax=None if received else contained_tax(document, moved),
    )


def totals_of(books: Books, basis: Basis, opening: Decimal, lines: Sequence[StatementLine]) -> Totals:
    """Return the totals by kind; payments settle what was invoiced first, so ``uninvoiced`` ≤ closing."""
    sums = dict.fromkeys(("goods", "returns", "service", "promotion", "other", "received", "opening"), _NOTHING)
    for document in books.shown:
        effect = effect_of(document.kind, basis)
        if effect is not None:
            sums[effect.total] += movement(document, basis)
    closing = lines[-1].balance if lines else opening
    uninvoiced = min(max(invoice_gap(books, basis), _NOTHING), max(closing, _NOTHING))
    return Totals(
        opening=opening,
        goods=sums["goods"],
        returns=sums["returns"],
        service=sums["service"],
        promotion=sums["promotion"],
        other=sums["other"] + sums["opening"],  # a 期初 imported after the confirmation is an adjustment
        received=_NOTHING - sums["received"],
        closing=closing,
        invoiced_in_period=sum((row.amount for row in books.current if row.kind is DocumentKind.INVOICE), _NOTHING),
        invoiced_unpaid=closing - uninvoiced,
        uninvoiced=uninvoiced,
    )


def invoice_gap(books: Books, basis: Basis) -> Decimal:
    """Return what was delivered and not yet invoiced since the books began, negative where more was invoiced.

    An opening balance counts as invoiced; on invoice basis there is no such gap.
    """
    if basis is Basis.INVOICE:
        return _NOTHING
    gap = _NOTHING
    for document in books.every:
        effect = effect_of(document.kind, basis)
        if document.kind is DocumentKind.INVOICE:
            gap -= document.amount
        elif effect is not None and effect.total in INVOICEABLE:
            gap += movement(document, basis)
    return gap


def brought_forward(books: Books) -> Decimal:
    """Return the balance brought forward of which nothing is known: some of it may have been invoiced only later."""
    opening = sum((row.amount for row in books.every if row.kind is DocumentKind.OPENING), _NOTHING)
    return max(opening + sum((amount for _, amount in books.brought), _NOTHING), _NOTHING)


def aging_of(books: Books, basis: Basis, last_day: date) -> Aging:
    """Return the aging of everything known up to the last day; a credit balance brought forward is a payment."""
    charges: list[Dated] = []
    payments: list[Dated] = []
    for document in books.every:
        effect = effect_of(document.kind, basis)
        moved = movement(document, basis)
        if effect is None or not moved:
            continue
        if effect.pays or (effect.total == "opening" and moved < 0):
            payments.append((document.on, -moved))
        else:
            charges.append((document.on, moved))
    charges += [(on, amount) for on, amount in books.brought if amount > 0]
    payments += [(on, -amount) for on, amount in books.brought if amount < 0]
    return age(charges, payments, last_day)
