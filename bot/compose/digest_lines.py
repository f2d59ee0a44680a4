"""The digest's lists: each row of a case or task as one line with what matters for its section."""

from collections.abc import Iterable, Sequence
from datetime import date

from bot.compose import wording
from bot.compose.causes import causes
from bot.compose.digest_parts import (
    CAP,
    Line,
    Section,
    Words,
    amount_of,
    count,
    department_of,
    joined,
    present,
    sum_parts,
)
from bot.compose.mails_staff import first_words, task_words
from bot.decide.report import DigestReport
from bot.decide.rows import CaseRow, TaskKind, TaskRow

_LATE, _SOON = 5, 2  # days from which a wait is shown in red, in amber
_URGENT = frozenset(
    {TaskKind.NO_DEALINGS, TaskKind.ESCALATED, TaskKind.IN_DOUBT, TaskKind.FAILED, TaskKind.SET_ASIDE, TaskKind.BOUNCE}
)


def today(report: DigestReport, table: Words) -> Section:
    """What people must do today, the most urgent first, each with how."""
    lines, rest = _capped(task_lines(report, report.tasks), table)
    return Section(table["section"]["today"], count(table, "items", len(report.tasks)), lines=lines, rest=rest)


def task_lines(report: DigestReport, tasks: Iterable[TaskRow]) -> tuple[Line, ...]:
    """Tasks as lines: what, whose words, what to do and how."""
    return tuple(_task_line(report, task) for task in tasks)


def _task_line(report: DigestReport, task: TaskRow) -> Line:
    table, named = wording.words(report.locale, "digest"), task_words(task, report.locale)
    owner = table["owner"].format(owner=task.owner) if task.owner else ""
    subs = [
        joined(task.number, owner, "；".join(task.reasons)),
        table["said"].format(words=first_words(task.words, 60)) if task.words else "",
    ]
    subs += [_pictured(report, task.number, table), table["do"].format(do=named.do)]
    tone = "red" if task.kind in _URGENT or (task.due and task.due <= report.as_of) else "amber"
    when = table["until"].format(date=_short(task.due)) if task.due else _waited(report, task.since, table)
    head = " ".join(filter(None, (named.title, task.customer_name)))
    return Line(head, present(*subs), mark=when, tone=tone, how=table["how"].format(how=named.how))


def review(report: DigestReport, table: Words) -> Section:
    """Signed copies that finance looks at, the longest waiting first."""
    waits = [(report.as_of - row.since).days for row in report.in_review if row.since]
    longest = table["longest"].format(count=max(waits)) if waits else ""
    summary = joined(count(table, "entries", len(report.in_review)), longest)
    note = table["how_review"] if report.in_review else ""
    return _rows(report, table, "review", report.in_review, summary=summary, note=note)


def differences(report: DigestReport, table: Words) -> Section:
    """Open discrepancies: the customer's figure less ours."""
    lines, rest = _capped((_difference_line(report, row, table) for row in report.differences), table)
    summary = joined(count(table, "items", len(report.differences)), *_sum_lines(report, table))
    note = table["difference_note"] if lines else ""
    return Section(table["section"]["differences"], summary, note, lines, rest=rest)


def _difference_line(report: DigestReport, row: CaseRow, table: Words) -> Line:
    thread = row.discrepancy
    if thread is None:
        raise ValueError(f"{row.number} has no discrepancy")
    why = "、".join(causes(thread.causes, report.locale))
    documents = "、".join(thread.documents[:3]) + ("…" if len(thread.documents) > 3 else "")  # noqa: PLR2004  # a line's worth
    amount = table["pending"] if thread.amount is None else amount_of(thread.amount, row.currency)
    opened = thread.opened_at.astimezone(report.now.tzinfo).date()
    shown = _pictured(report, row.number, table)
    subs = (joined(why, row.rep, table["escalated"] if row.escalated else ""), joined(thread.number, documents), shown)
    days = (report.as_of - opened).days
    return Line(row.customer_name, present(*subs), amount, _lasted(days, table), _tone(days))


def scan_pending(report: DigestReport, table: Words) -> Section:
    """Confirmed in words, the signed pages are missing: not completed."""
    rows = report.scan_pending
    summary = count(table, "entries", len(rows))
    return _rows(report, table, "scan_pending", rows, summary=summary, note=table["scan_note"] if rows else "")


def overdue(report: DigestReport, table: Words) -> Section:
    """Not answered in time, with reminders and escalation."""
    lines, rest = _capped((_overdue_line(report, row, table) for row in report.overdue), table)
    totals = "、".join(amount_of(each.net, each.currency) for each in report.overdue_sums)
    summary = joined(count(table, "entries", len(report.overdue)), totals)
    return Section(table["section"]["overdue"], summary, lines=lines, rest=rest)


def _overdue_line(report: DigestReport, row: CaseRow, table: Words) -> Line:
    days = (report.as_of - row.reply_by).days
    notes = (row.rep, table["reminded"].format(count=row.reminders), table["escalated"] if row.escalated else "")
    late = table["days_late"].format(count=days)
    return Line(row.customer_name, (joined(*notes),), amount_of(row.closing, row.currency), late, _tone(days))


def held(report: DigestReport, table: Words) -> Section:
    """Statements that could not go out or did not arrive."""
    bounced = (
        Line(
            task.customer_name,
            present("；".join(task.reasons), task.owner),
            mark=table["bounced"],
            tone="red",
        )
        for task in report.bounced
    )
    held = (
        Line(
            row.customer_name,
            present(row.held_reason, department_of(row, table)),
            mark=_since(row, table),
            tone="amber",
        )
        for row in report.held
    )
    lines, rest = _capped([*bounced, *held], table)
    number = len(report.held) + len(report.bounced)
    return Section(table["section"]["held"], count(table, "entries", number), lines=lines, rest=rest)


def confirmed(report: DigestReport, table: Words) -> Section:
    """Completed today, by which route and seal."""
    lines, rest = _capped((_confirmed_line(report, row, table) for row in report.confirmed_today), table)
    summary = count(table, "entries", len(report.confirmed_today))
    return Section(table["section"]["confirmed"], summary, lines=lines, rest=rest)


def _confirmed_line(report: DigestReport, row: CaseRow, table: Words) -> Line:
    at = f"{row.confirmed_at.astimezone(report.now.tzinfo):%H:%M}" if row.confirmed_at else ""
    route = table["route"].get(row.route, row.route)
    return Line(
        row.customer_name, (joined(at, row.rep, row.seal),), amount_of(row.closing, row.currency), route, "green"
    )


def earlier(report: DigestReport, table: Words) -> Section:
    """Earlier periods that are still open."""
    lines, rest = _capped(
        (
            Line(
                row.customer_name,
                (joined(row.period.label, row.number, row.rep),),
                amount_of(row.closing, row.currency),
                table["state"][row.state.value],
                "amber",
            )
            for row in report.earlier
        ),
        table,
    )
    return Section(table["section"]["earlier"], count(table, "entries", len(report.earlier)), lines=lines, rest=rest)


def _rows(report: DigestReport, table: Words, key: str, rows: Sequence[CaseRow], *, summary: str, note: str) -> Section:
    """A section of plain statements: customer, number, rep, balance and how long it waits."""
    lines, rest = _capped((_plain_line(report, row, table) for row in rows), table)
    return Section(table["section"][key], summary, note, lines, rest=rest)


def _plain_line(report: DigestReport, row: CaseRow, table: Words) -> Line:
    days = (report.as_of - row.since).days if row.since else 0
    period = "" if row.period == report.period else row.period.label
    promised = table["promised"].format(date=_short(row.promised)) if row.promised else ""
    version = table["revision"].format(revision=row.revision)
    facts = joined(row.number, version, period, row.rep, row.seal, promised)
    waited = _waited(report, row.since, table)
    subs = present(facts, _pictured(report, row.number, table))
    return Line(row.customer_name, subs, amount_of(row.closing, row.currency), waited, _tone(days))


def _pictured(report: DigestReport, number: str, table: Words) -> str:
    """That the page which came back is attached, what was found on it framed."""
    return str(table["picture"]).format(name=f"{number}.jpg") if number in report.pictured else ""


def _capped(lines: Iterable[Line], table: Words) -> tuple[tuple[Line, ...], str]:
    found = tuple(lines)
    rest = len(found) - CAP
    return found[:CAP], table["rest"].format(count=rest) if rest > 0 else ""


def _sum_lines(report: DigestReport, table: Words) -> tuple[str, ...]:
    return tuple(joined(*sum_parts(each, table)) for each in report.difference_sums)


def _waited(report: DigestReport, since: date | None, table: Words) -> str:
    return _lasted((report.as_of - since).days, table) if since else ""


def _lasted(days: int, table: Words) -> str:
    return str(table["days"]).format(count=days) if days else str(table["waiting_since_today"])


def _since(row: CaseRow, table: Words) -> str:
    return table["since"].format(date=_short(row.since)) if row.since else ""


def _short(value: date | None) -> str:
    return f"{value.month}月{value.day}日" if value else ""


def _tone(days: int) -> str:
    return "red" if days >= _LATE else "amber" if days >= _SOON else "green"
