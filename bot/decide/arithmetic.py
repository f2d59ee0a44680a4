"""Does a row agree with itself: quantity × price = amount, and the tax that its rate gives."""

from decimal import ROUND_HALF_UP, Decimal

from bot.model import Document, DocumentKind

_FEN = Decimal("0.01")
_MOST_ROUNDING = Decimal("1.00")
_TAX_ROUNDING = Decimal("0.02")
_WHOLE = frozenset({"TWD", "JPY"})  # taxed in whole units (Taiwan: 營業稅 in whole NT$)


def price_gap(document: Document) -> Decimal | None:
    """Return amount − quantity × price where they disagree, None where they agree or one of them is missing.

    Allowed is a fen, or what the rounding of the printed price explains (half its last place, at least 2 places,
    times the quantity), but never more than 1.00: the customer multiplies too.
    """
    quantity, price = document.quantity, document.unit_price
    if quantity is None or price is None or document.kind is DocumentKind.SAMPLE:
        return None
    gap = document.amount - (quantity * price).quantize(_FEN, rounding=ROUND_HALF_UP)
    half = _FEN.min(Decimal(1).scaleb(_exponent(price))) / 2
    allowed = max(_FEN, min(abs(quantity) * half, _MOST_ROUNDING))
    if document.currency in _WHOLE:
        allowed = max(allowed, Decimal(1))
    return gap if abs(gap) > allowed else None


def tax_gap(document: Document) -> Decimal | None:
    """Return tax − (tax contained in the amount at its rate) where they disagree, None where they agree or lack."""
    rate, tax = document.tax_rate, document.tax
    if rate is None or tax is None:
        return None
    gap = tax - (document.amount * rate / (1 + rate)).quantize(_FEN, rounding=ROUND_HALF_UP)
    return gap if abs(gap) > (Decimal(1) if document.currency in _WHOLE else _TAX_ROUNDING) else None


def contained_tax(document: Document, moved: Decimal) -> Decimal | None:
    """Return the tax in what a document adds to the receivable: as stated, else by its rate; None without either."""
    if document.tax is not None:
        return abs(document.tax).copy_sign(moved) if moved else Decimal("0.00")
    if document.tax_rate is None:
        return None
    return (moved * document.tax_rate / (1 + document.tax_rate)).quantize(_FEN, rounding=ROUND_HALF_UP)


def _exponent(price: Decimal) -> int:
    """Return the power of ten of the last place that is not zero: stored prices come back with more places."""
    exponent = price.normalize().as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0
