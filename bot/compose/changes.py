"""What changed between two revisions, in one line for the customer: ``期末 85,685.00 → 85,120.00；新增 XSTH-00032``."""

from bot.compose.amounts import money
from bot.model import Locale, Snapshot, StatementLine

_MOST = 3
_WORDS = {
    Locale.HANS: ("期末余额", "新增", "删除", "更正", "等 {} 笔"),
    Locale.HANT: ("期末餘額", "新增", "刪除", "更正", "等 {} 筆"),
    Locale.TAIWAN: ("期末餘額", "新增", "刪除", "更正", "等 {} 筆"),
}


def changes(old: Snapshot, new: Snapshot, locale: Locale) -> str:
    """The closing balances where they differ, then the documents that were added, removed and corrected."""
    closing, added, removed, corrected, more = _WORDS[locale]
    parts = []
    if old.totals.closing != new.totals.closing:
        parts.append(f"{closing} {money(old.totals.closing)} → {money(new.totals.closing)}")
    before, after = _lines(old), _lines(new)
    for word, numbers in (
        (added, [key for key in after if key not in before]),
        (removed, [key for key in before if key not in after]),
        (corrected, [key for key in after if key in before and after[key] != before[key]]),
    ):
        if numbers:
            parts.append(f"{word} {_listed(numbers, more)}")
    return "；".join(parts)


def _lines(snapshot: Snapshot) -> dict[tuple[str, str, int], tuple[object, ...]]:
    return {(line.kind.value, line.number, line.line): _facts(line) for line in snapshot.lines}


def _facts(line: StatementLine) -> tuple[object, ...]:
    """What a customer compares; the running balance moves with every other line and says nothing."""
    return line.on, line.product, line.spec, line.quantity, line.unit_price, line.charge, line.receipt, line.remark


def _listed(keys: list[tuple[str, str, int]], more: str) -> str:
    numbers = list(dict.fromkeys(number for _, number, _ in keys))
    shown = "、".join(numbers[:_MOST])
    return shown if len(numbers) <= _MOST else f"{shown} {more.format(len(numbers))}"
