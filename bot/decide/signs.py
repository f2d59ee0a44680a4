"""What each 单据类型 does to the balance: the table of DESIGN §7, on either basis.

Amounts are written positive and the type gives the sign; a negative amount is a red-letter row and reverses its type.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from bot.model import Basis, Document, DocumentKind

Total = Literal["opening", "goods", "returns", "service", "promotion", "other", "received"]


@dataclass(frozen=True, slots=True)
class Effect:
    """How a type moves the balance: ``sign`` +1 raises, −1 lowers, 0 is a memo; ``total`` is where it is summed.

    ``pays`` tells that lowering settles the oldest debt first; otherwise it takes back recent charges (aging).
    """

    total: Total
    sign: int
    pays: bool = False


EFFECTS = {
    DocumentKind.OPENING: Effect("opening", +1),  # own sign
    DocumentKind.DELIVERY: Effect("goods", +1),
    DocumentKind.INVOICE: Effect("goods", +1),
    DocumentKind.RETURN: Effect("returns", -1),
    DocumentKind.SERVICE: Effect("service", +1),
    DocumentKind.PROMOTION: Effect("promotion", -1),
    DocumentKind.REBATE: Effect("promotion", -1),
    DocumentKind.ALLOWANCE: Effect("promotion", -1),
    DocumentKind.DEDUCTION: Effect("other", -1),
    DocumentKind.BANK_FEE: Effect("other", +1),
    DocumentKind.EXCHANGE: Effect("other", +1),  # own sign
    DocumentKind.ADJUSTMENT: Effect("other", +1),  # own sign
    DocumentKind.WRITE_OFF: Effect("other", -1, pays=True),
    DocumentKind.RETENTION: Effect("other", 0),  # shown with 0.00 and its due date
    DocumentKind.RECEIPT: Effect("received", -1, pays=True),
    DocumentKind.PREPAYMENT: Effect("received", -1, pays=True),
    DocumentKind.OFFSET: Effect("received", -1, pays=True),
    DocumentKind.REFUND: Effect("received", +1, pays=True),  # money back: a negative receipt
    DocumentKind.DISHONOUR: Effect("received", +1, pays=True),  # the debt that the bill had paid is open again
}
"""订单 and 样品 are missing: they never stand on a statement."""

_NOT_ON = {Basis.DELIVERY: DocumentKind.INVOICE, Basis.INVOICE: DocumentKind.DELIVERY}
LOWERING = frozenset(
    {
        DocumentKind.RETURN,
        DocumentKind.PROMOTION,
        DocumentKind.REBATE,
        DocumentKind.ALLOWANCE,
        DocumentKind.DEDUCTION,
        DocumentKind.RECEIPT,
        DocumentKind.PREPAYMENT,
        DocumentKind.OFFSET,
        DocumentKind.WRITE_OFF,
    },
)
"""Types that some systems write negative: both signs of one of them in one file is an anomaly, not a guess.

A negative row of a raising type (a red-letter 发货 beside positive ones) is legal and reverses it.
"""
INVOICEABLE = frozenset({"goods", "returns", "service", "promotion"})
"""Totals that an invoice follows; fees, deductions, write-offs and differences never get one."""
KIND_ORDER = {kind: place for place, kind in enumerate(DocumentKind)}


def effect_of(kind: DocumentKind, basis: Basis) -> Effect | None:
    """Return how a type stands on a statement of this basis, None where it doesn't stand there."""
    return None if kind is _NOT_ON[basis] else EFFECTS.get(kind)


def movement(document: Document, basis: Basis) -> Decimal:
    """Return what a document adds to the receivable (negative: takes off), zero for memos."""
    effect = effect_of(document.kind, basis)
    return document.amount * effect.sign if effect is not None else Decimal("0.00")
