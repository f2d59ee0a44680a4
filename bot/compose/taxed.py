"""How tax stands in a statement, in words: ``含税（税率 13%、6%，本期税额 4,022.12）`` (D1)."""

from decimal import Decimal

from bot.compose.amounts import money, number
from bot.compose.labels import labels
from bot.model import Locale, Snapshot


def taxed(snapshot: Snapshot, locale: Locale) -> str:
    """Included or not; the rates of its lines and the tax contained in them, where the documents say so."""
    words = labels(locale)
    word = words["tax.included" if snapshot.tax_included else "tax.excluded"]
    rates = sorted({line.tax_rate for line in snapshot.lines if line.tax_rate is not None}, reverse=True)
    tax = sum((line.tax for line in snapshot.lines if line.tax is not None), Decimal("0.00"))
    parts = []
    if rates:
        parts.append(words["tax.rates"].format("、".join(f"{number(rate * 100)}%" for rate in rates)))
    if tax:
        parts.append(words["tax.amount"].format(money(tax)))
    return f"{word}（{'，'.join(parts)}）" if parts else word
