"""The digest's figures: the band at the top, progress, aging with its risks, and the machine."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from bot.compose import wording
from bot.compose.amounts import money
from bot.compose.digest_parts import CAP, Bar, Kpi, Line, Section, Words, amount_of, count, joined, percent, sum_parts
from bot.decide.kpi import Ratio
from bot.decide.report import DigestReport, Receivables

_TONES = {
    "done": "green",
    "in_review": "blue",
    "scan_pending": "teal",
    "discrepancy": "amber",
    "waiting": "grey",
    "overdue": "red",
    "held": "dark",
}
_BUCKET_TONES = ("blue", "teal", "amber", "red", "dark")


def kpis(report: DigestReport) -> tuple[Kpi, ...]:
    """The four figures, each with the counts that it was divided from."""
    table, now, last = wording.words(report.locale, "digest"), report.figures, report.previous
    names = table["kpi"]
    coverage = dict(now.coverage)
    code = next(iter(coverage), "")
    covered = coverage.get(code, Ratio(Decimal(0), Decimal(0)))
    before = dict(last.coverage).get(code) if last else None
    on_time = table["on_time"].format(share=_counts(now.completion_on_time))
    ours = table["own_causes"].format(share=_counts(now.accuracy_ours))
    amounts = (f"{money(covered.numerator)}／{amount_of(covered.denominator, code)}",)
    ratios = (
        ("completion", now.completion, last.completion if last else None, (_counts(now.completion), on_time)),
        ("accuracy", now.accuracy, last.accuracy if last else None, (_counts(now.accuracy), ours)),
        ("coverage", covered, before, amounts),
    )
    open_ones = count(table, "items", len(report.differences))
    return (
        *(Kpi(names[key], percent(one, table), _change(one, was), subs) for key, one, was, subs in ratios),
        Kpi(names["differences"], open_ones, "", _sum_parts(report, table)),
    )


def progress(report: DigestReport, table: Words) -> Section:
    """Customers by their least settled statement; the bars add up to those due."""
    numbers = {key: getattr(report.progress, key) for key in _TONES}
    shown = {key: number for key, number in numbers.items() if number or key != "held"}
    bars = tuple(_progress_bar(key, number, report, table) for key, number in shown.items())
    note = table["sum_is_due"].format(sum=sum(shown.values()), due=f"{report.figures.completion.denominator:f}")
    held = table["held_note"] if report.progress.held else ""
    late = table["late_note"].format(count=report.late) if report.late else ""
    title, summary = table["section"]["progress"], count(table, "customers", report.progress.due)
    return Section(title, summary, f"{note}。{held}{late}", bars=bars)


def _progress_bar(key: str, number: int, report: DigestReport, table: Words) -> Bar:
    part = Ratio(Decimal(number), Decimal(report.progress.due))
    value, side = count(table, "customers", number), percent(part, table)
    return Bar(table["progress"][key], _share(part.numerator, part.denominator), value, side, _TONES[key])


def receivables(report: DigestReport, table: Words) -> Section:
    """Aging and risks of the period's live statements, a currency after the other."""
    bars = tuple(bar for each in report.receivables for bar in _aging_bars(each, table))
    lines = tuple(line for each in report.receivables for line in _risk_lines(each, table))
    summary = "、".join(amount_of(each.balance, each.currency) for each in report.receivables)
    note = table["aging_note"] if bars else ""
    return Section(table["section"]["receivables"], summary, note, lines, bars)


def _aging_bars(one: Receivables, table: Words) -> Iterable[Bar]:
    """Shares are of the balance, so that they add up with what is unapplied."""
    for place, bucket in enumerate(one.buckets):
        form = "bucket" if bucket.last_day is not None else "bucket_more"
        label = table[form].format(first=bucket.first_day, last=bucket.last_day)
        yield _aging_bar(one, label, bucket.amount, _BUCKET_TONES[min(place, len(_BUCKET_TONES) - 1)], table)
    if one.unapplied:
        yield _aging_bar(one, table["unapplied"], one.unapplied, "grey", table)


def _aging_bar(one: Receivables, label: str, amount: Decimal, tone: str, table: Words) -> Bar:
    side = percent(Ratio(amount, one.balance), table) if one.balance > 0 else ""
    return Bar(label, _share(max(amount, Decimal(0)), one.balance), amount_of(amount, one.currency), side, tone)


def _risk_lines(one: Receivables, table: Words) -> Iterable[Line]:
    amounts = (("due_soon", one.due_soon, "grey"), ("over_90", one.over_90, "red"), ("lapsing", one.lapsing, "red"))
    for key, amount, tone in amounts:
        if amount:
            yield Line(table[key], amount=amount_of(amount, one.currency), tone=tone)
    for row in one.over_limit[:CAP]:
        limit = table["limit"].format(limit=money(row.credit_limit or Decimal(0)))
        yield Line(
            row.customer_name,
            (joined(limit, row.rep),),
            amount_of(row.closing, row.currency),
            table["over_limit"],
            "red",
        )


def system(report: DigestReport, table: Words) -> Section:
    """How the machine is: mail, quota, audit chain, calendar."""
    machine = report.system
    poll = f"{machine.last_poll.astimezone(report.now.tzinfo):%m-%d %H:%M}" if machine.last_poll else table["never"]
    queue = table["queue_value"].format(queued=machine.queued, in_doubt=machine.in_doubt, failed=machine.failed)
    aside = table["set_aside_value"].format(count=machine.set_aside)
    folded = table["folded"].format(count=machine.folded) if machine.folded else ""
    quota = table["quota_value"].format(used=machine.quota_used, limit=machine.quota_limit)
    pairs = (
        ("last_poll", poll),
        ("queue", queue),
        ("set_aside", joined(aside, folded)),
        ("quota", quota),
        ("audit", machine.audit_head[:16]),
    )
    years = [Line(table["provisional"].format(year=year), tone="amber") for year in machine.provisional]
    return Section(table["section"]["system"], lines=(*(Line(table[key], amount=text) for key, text in pairs), *years))


def _counts(ratio: Ratio) -> str:
    return f"{ratio.numerator:f}／{ratio.denominator:f}"


def _share(part: Decimal, whole: Decimal) -> int:
    """A bar's width in per cent, at least one where there is anything."""
    if part <= 0 or whole <= 0:
        return 0
    return max(1, min(100, int((part * 100 / whole).to_integral_value(ROUND_HALF_UP))))


def _change(now: Ratio, before: Ratio | None) -> str:
    """``▲ 12.3``: the difference of the two printed percentages."""
    if before is None or before.percent is None or now.percent is None:
        return ""
    change = now.percent - before.percent
    return f"{'▲' if change > 0 else '▼' if change < 0 else '±'} {abs(change)}"


def _sum_parts(report: DigestReport, table: Words) -> tuple[str, ...]:
    return tuple(part for each in report.difference_sums for part in sum_parts(each, table))
