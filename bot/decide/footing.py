"""A customer books without tax, or by invoices: the statement's figures on that footing, and whether they explain it.

SITUATIONS 37 and 38. All from the stored snapshot; where it doesn't tell, there is no comparison, and the rep answers.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.model import Basis, Judgement, Snapshot
from parsers import basis_words

CAUSES = frozenset({"basis", "invoice"})
_NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Footings:
    """One amount on two footings: ``whole`` = ``part`` + ``rest``; ``kind`` is ``tax`` or ``invoices``.

    Tax: what the period charged, without tax, the tax. Invoices: the closing, invoiced and unpaid, not yet invoiced.
    ``explains`` tells whether ``rest`` is exactly what the customer's balance differs by, None where it named none.
    ``open`` are (day, number, amount) of what isn't invoiced, where the lines tell and come to the very sum.
    """

    kind: str
    whole: Decimal
    part: Decimal
    rest: Decimal
    explains: bool | None
    open: tuple[tuple[date, str, Decimal], ...] = ()


def compared(judgement: Judgement, snapshot: Snapshot, theirs: Decimal | None) -> Footings | None:
    """The comparison for a difference whose cause is the footing; None for others and where nothing can be told."""
    kind = basis_words.find(judgement.said.sentence) if CAUSES.intersection(judgement.said.causes) else ""
    if kind == "tax":
        whole, rest = _taxed(snapshot)
    elif kind == "invoices" and snapshot.basis is Basis.DELIVERY:
        whole, rest = snapshot.totals.closing, snapshot.totals.uninvoiced
    else:
        return None
    explains = None if theirs is None else abs(theirs - snapshot.totals.closing) == rest
    listed = _not_invoiced(snapshot) if kind == "invoices" else ()
    return Footings(kind, whole, whole - rest, rest, explains, listed) if rest > 0 else None


def _taxed(snapshot: Snapshot) -> tuple[Decimal, Decimal]:
    """What the period's lines that tell their tax charge, and the tax in it."""
    told = [(line.charge, line.tax) for line in snapshot.lines if line.charge is not None and line.tax is not None]
    whole, tax = sum((charge for charge, _ in told), _NOTHING), sum((tax for _, tax in told), _NOTHING)
    return (whole, tax) if snapshot.tax_included else (_NOTHING, _NOTHING)


def _not_invoiced(snapshot: Snapshot) -> tuple[tuple[date, str, Decimal], ...]:
    """The period's documents without invoice number, nothing where they don't come to what isn't invoiced."""
    found: dict[tuple[date, str], Decimal] = {}
    for line in snapshot.lines:
        if line.charge is not None and not line.invoice_number:
            found[line.on, line.number] = found.get((line.on, line.number), _NOTHING) + line.charge
    whole = sum(found.values(), _NOTHING) == snapshot.totals.uninvoiced
    return tuple((on, number, amount) for (on, number), amount in found.items()) if whole else ()
