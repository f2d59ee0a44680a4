"""The digest's full lists as a workbook, one sheet a section; the same report gives the same bytes."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter

from bot.compose import wording
from bot.compose.causes import causes
from bot.compose.digest_parts import department_of
from bot.compose.mails_staff import task_words
from bot.decide.kpi import Ratio
from bot.decide.report import DigestReport
from bot.decide.rows import CaseRow, TaskRow
from bot.model import Locale

_CREATED = datetime(2026, 1, 1, tzinfo=UTC).replace(
    tzinfo=None
)  # a fixed one: the workbook is a function of the report
_WIDE, _NARROW = 34, 14
_WIDE_COLUMNS = frozenset({"customer", "reason", "words", "how", "documents", "kind", "number", "measure"})

Cell = str | Decimal | int | date | None
_Words = dict[str, Any]
_Column = tuple[str, Callable[[CaseRow, _Words], Cell]]

_CASE: tuple[_Column, ...] = (
    ("code", lambda row, _: row.customer),
    ("customer", lambda row, _: row.customer_name),
    ("number", lambda row, _: row.number),
    ("revision", lambda row, _: row.revision),
    ("period", lambda row, _: row.period.label),
    ("rep", lambda row, _: row.rep),
    ("currency", lambda row, _: row.currency),
    ("closing", lambda row, _: row.closing),
    ("state", lambda row, table: table["state"][row.state.value]),
    ("since", lambda row, _: row.since),
)
_DIFFERENCE: tuple[_Column, ...] = (
    *_CASE,
    ("difference_number", lambda row, _: row.discrepancy.number if row.discrepancy else ""),
    ("ours", lambda row, _: row.discrepancy.ours if row.discrepancy else None),
    ("theirs", lambda row, _: row.discrepancy.theirs if row.discrepancy else None),
    ("difference", lambda row, _: row.discrepancy.amount if row.discrepancy else None),
    ("reason", lambda row, table: "、".join(causes(_causes(row), Locale(table["script"])))),
    ("documents", lambda row, _: "、".join(row.discrepancy.documents) if row.discrepancy else ""),
)
_OVERDUE: tuple[_Column, ...] = (
    *_CASE,
    ("reply_by", lambda row, _: row.reply_by),
    ("reminders", lambda row, _: row.reminders),
    ("escalated", lambda row, _: "✓" if row.escalated else ""),
)
_HELD: tuple[_Column, ...] = (
    *_CASE,
    ("reason", lambda row, _: row.held_reason),
    ("department", department_of),
)
_CONFIRMED: tuple[_Column, ...] = (
    *_CASE,
    ("route", lambda row, table: table["route"].get(row.route, row.route)),
    ("seal", lambda row, _: row.seal),
)


def render(report: DigestReport) -> bytes:
    """The workbook: figures first, then each list in the digest's order."""
    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties({"created": _CREATED, "title": report.company})
    writer = _Sheets(book, wording.words(report.locale, "digest"))
    writer.add("progress", ("measure", "numerator", "denominator", "percent"), _figures(report, writer.table))
    writer.add(
        "today", ("kind", "owner", "code", "customer", "number", "reason", "words", "due", "how"), _tasks(report)
    )
    lists: tuple[tuple[str, tuple[_Column, ...], Sequence[CaseRow]], ...] = (
        ("review", _CASE, report.in_review),
        ("differences", _DIFFERENCE, report.differences),
        ("scan_pending", _CASE, report.scan_pending),
        ("overdue", _OVERDUE, report.overdue),
        ("held", _HELD, report.held),
        ("confirmed", _CONFIRMED, report.confirmed_today),
        ("earlier", (*_CASE, ("complete_by", lambda row, _: row.complete_by)), report.earlier),
    )
    for key, columns, rows in lists:
        cells = [[value(row, writer.table) for _, value in columns] for row in rows]
        writer.add(key, tuple(name for name, _ in columns), cells)
    writer.add("receivables", ("currency", "bucket", "amount"), _buckets(report, writer.table))
    book.close()
    return buffer.getvalue()


class _Sheets:
    """Writes one sheet after the other in the same manner."""

    def __init__(self, book: Any, table: _Words) -> None:  # noqa: ANN401  # xlsxwriter has no types
        self.table = table
        self._book = book
        self._head = book.add_format({"bold": True, "bg_color": "#E9EDF1", "bottom": 1})
        self._money = book.add_format({"num_format": "#,##0.00"})
        self._date = book.add_format({"num_format": "yyyy-mm-dd"})

    def add(self, key: str, columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
        """A sheet named as the section, a frozen head row, a filter over all rows."""
        sheet = self._book.add_worksheet(self.table["section"][key])
        for place, name in enumerate(columns):
            sheet.write_string(0, place, self.table["column"][name], self._head)
            sheet.set_column(place, place, _WIDE if name in _WIDE_COLUMNS else _NARROW)
        for line, cells in enumerate(rows, 1):
            for place, cell in enumerate(cells):
                self._write(sheet, line, place, cell)
        sheet.freeze_panes(1, 0)
        if rows:
            sheet.autofilter(0, 0, len(rows), len(columns) - 1)

    def _write(self, sheet: Any, line: int, place: int, cell: Cell) -> None:  # noqa: ANN401  # xlsxwriter has no types
        if isinstance(cell, Decimal):
            sheet.write_number(line, place, cell, self._money)
        elif isinstance(cell, int):
            sheet.write_number(line, place, cell)
        elif isinstance(cell, date):
            sheet.write_datetime(line, place, datetime(cell.year, cell.month, cell.day), self._date)  # noqa: DTZ001  # Excel has no zones
        elif cell:
            sheet.write_string(line, place, cell)


def _figures(report: DigestReport, table: _Words) -> list[list[Cell]]:
    now = report.figures
    named: list[tuple[str, Ratio]] = [
        (table["kpi"]["completion"], now.completion),
        (f"{table['kpi']['completion']} {table['on_time'].format(share='').strip()}", now.completion_on_time),
        (table["kpi"]["accuracy"], now.accuracy),
        (f"{table['kpi']['accuracy']} {table['own_causes'].format(share='').strip()}", now.accuracy_ours),
        *((f"{table['kpi']['coverage']} {code}", ratio) for code, ratio in now.coverage),
    ]
    rows: list[list[Cell]] = [[name, one.numerator, one.denominator, _percent(one, table)] for name, one in named]
    progress = [(key, getattr(report.progress, key)) for key in table["progress"]]
    return rows + [[table["progress"][key], count, report.progress.due] for key, count in progress]


def _percent(ratio: Ratio, table: _Words) -> Cell:
    return table["not_applicable"] if ratio.percent is None else ratio.percent


def _tasks(report: DigestReport) -> list[list[Cell]]:
    return [_task(task, report) for task in report.tasks]


def _task(task: TaskRow, report: DigestReport) -> list[Cell]:
    named = task_words(task, report.locale)
    reasons, words = "；".join(task.reasons), " ".join(task.words.split())
    return [
        named.title,
        task.owner,
        task.customer,
        task.customer_name,
        task.number,
        reasons,
        words,
        task.due,
        named.how,
    ]


def _buckets(report: DigestReport, table: _Words) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    for one in report.receivables:
        for bucket in one.buckets:
            form = table["bucket"] if bucket.last_day is not None else table["bucket_more"]
            rows.append([one.currency, form.format(first=bucket.first_day, last=bucket.last_day), bucket.amount])
        rows.append([one.currency, table["unapplied"], one.unapplied])
    return rows


def _causes(row: CaseRow) -> tuple[str, ...]:
    return row.discrepancy.causes if row.discrepancy else ()
