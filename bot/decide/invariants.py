"""The sums that must hold in every snapshot before anything is sent (FACTS: a statement, worked)."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from bot.decide.signs import EFFECTS, KIND_ORDER, Total
from bot.model import Snapshot, StatementLine, Totals

_NOTHING = Decimal("0.00")
_BROKEN = {
    "closing": "期初＋本期应收－已收≠期末",
    "invoiced": "已开票未收＋未开票≠期末",
    "aging": "账龄合计≠期末",
    "buckets": "账龄区间不连续，或有负数，或未核销收款为正数",
    "old": "本期以前的账龄超过期初余额减去已收款",
    "one_side": "明细行的应收与已收必须且只能有一项",
    "running": "逐行余额与发生额不符",
    "last": "末行余额≠期末",
    "kinds": "分类合计与明细不符",
    "days": "明细行不在对账期间内，或顺序有误",
    "places": "金额不是两位小数",
}


def violations(snapshot: Snapshot) -> tuple[str, ...]:
    """Return the invariants that a snapshot breaks, as told to finance; empty for a sound one."""
    return tuple(_BROKEN[code] for code in _codes(snapshot))


def _codes(snapshot: Snapshot) -> Iterator[str]:
    totals = snapshot.totals
    held = {
        "closing": totals.opening + totals.charges - totals.received == totals.closing,
        "invoiced": totals.invoiced_unpaid + totals.uninvoiced == totals.closing,
        "aging": _aged(snapshot) == totals.closing,
        "buckets": _buckets_sound(snapshot),
        "old": _old(snapshot) <= _most_old(snapshot),
        "one_side": all((line.charge is None) != (line.receipt is None) for line in snapshot.lines),
        "running": _runs(snapshot),
        "last": (snapshot.lines[-1].balance if snapshot.lines else totals.opening) == totals.closing,
        "kinds": _kinds_agree(snapshot),
        "days": _days_sound(snapshot),
        "places": all(amount == amount.quantize(_NOTHING) for amount in _amounts(snapshot)),
    }
    return (code for code, holds in held.items() if not holds)


def _moved(line: StatementLine) -> Decimal:
    return (line.charge or _NOTHING) - (line.receipt or _NOTHING)


def _aged(snapshot: Snapshot) -> Decimal:
    return sum((bucket.amount for bucket in snapshot.aging.buckets), snapshot.aging.unapplied)


def _buckets_sound(snapshot: Snapshot) -> bool:
    buckets = snapshot.aging.buckets
    joined = all(a.last_day is not None and a.last_day + 1 == b.first_day for a, b in pairwise(buckets))
    whole = bool(buckets) and buckets[0].first_day == 0 and buckets[-1].last_day is None
    return joined and whole and snapshot.aging.unapplied <= 0 and all(bucket.amount >= 0 for bucket in buckets)


def _old(snapshot: Snapshot) -> Decimal:
    length = (snapshot.last_day - snapshot.first_day).days
    return sum((bucket.amount for bucket in snapshot.aging.buckets if bucket.first_day > length), _NOTHING)


def _most_old(snapshot: Snapshot) -> Decimal:
    """The opening, less what was received on it and written off, plus back-dated charges: no more old debt is left."""
    on_old = (line.charge or _NOTHING for line in snapshot.lines if line.late or _pays(line))
    return max(snapshot.totals.opening + sum(on_old, _NOTHING) - snapshot.totals.received, _NOTHING)


def _pays(line: StatementLine) -> bool:
    effect = EFFECTS.get(line.kind)
    return effect is not None and effect.pays


def _runs(snapshot: Snapshot) -> bool:
    balance = snapshot.totals.opening
    for line in snapshot.lines:
        balance += _moved(line)
        if line.balance != balance:
            return False
    return True


def _kinds_agree(snapshot: Snapshot) -> bool:
    totals = snapshot.totals
    sums: dict[Total, Decimal] = {}
    for line in snapshot.lines:
        effect = EFFECTS.get(line.kind)
        total = "other" if effect is None or effect.total == "opening" else effect.total
        sums[total] = sums.get(total, _NOTHING) + _moved(line)
    printed: dict[Total, Decimal] = {
        "goods": totals.goods,
        "returns": totals.returns,
        "service": totals.service,
        "promotion": totals.promotion,
        "other": totals.other,
        "received": -totals.received,
    }
    return all(sums.get(total, _NOTHING) == amount for total, amount in printed.items())


def _days_sound(snapshot: Snapshot) -> bool:
    if any(line.on > snapshot.last_day or line.late != (line.on < snapshot.first_day) for line in snapshot.lines):
        return False
    places = [(line.on, KIND_ORDER[line.kind], line.number, line.line) for line in snapshot.lines]
    return places == sorted(places)


def _amounts(snapshot: Snapshot) -> Iterator[Decimal]:
    totals: Totals = snapshot.totals
    yield from (totals.opening, totals.charges, totals.received, totals.closing)
    yield from (totals.invoiced_in_period, totals.invoiced_unpaid, totals.uninvoiced)
    yield from (line.balance for line in snapshot.lines)
    yield from (bucket.amount for bucket in snapshot.aging.buckets)
