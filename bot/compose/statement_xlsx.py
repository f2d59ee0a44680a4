"""A statement → a workbook that the customer fills in and sends back: own quantity, own amount, cause, remark.

Only those cells are unlocked. Differences are formulas with cached values, for people; whoever reads the file back
recomputes them (:mod:`parsers.sheet`). A hidden page holds the whole statement. The same statement gives the
same bytes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from bot.compose import fonts
from bot.compose.labels import CAUSES, basis_label, currency_label, kind_label, labels
from bot.compose.pdf_rows import note
from bot.compose.taxed import taxed
from bot.compose.xlsx_hidden import hidden_page, properties
from bot.compose.xlsx_styles import styles
from bot.model import Snapshot, Statement, StatementLine
from parsers.sheet import SheetLine

_HEADER_ROW, _ROW_HEIGHT = 5, 17
_MOST_IN_MEMORY = 2_000
_COLUMNS: tuple[tuple[str, int], ...] = (
    ("col.date", 10),
    ("col.kind", 7),
    ("col.number", 19),
    ("sheet.line", 5),
    ("col.product", 20),
    ("col.spec", 14),
    ("col.unit", 6),
    ("col.quantity", 9),
    ("col.price", 10),
    ("col.charge", 13),
    ("col.receipt", 13),
    ("col.balance", 14),
    ("sheet.our_remark", 20),
    ("sheet.their_quantity", 11),
    ("sheet.their_amount", 13),
    ("sheet.difference", 12),
    ("sheet.cause", 10),
    ("sheet.remark", 18),
)
"""Label key and width in characters; one more column, hidden, holds each line's key."""
_AT = {key: index for index, (key, _) in enumerate(_COLUMNS)}
_KEY_COLUMN = len(_COLUMNS)
_WRAPPED = {"col.product": "product", "col.spec": "product", "sheet.our_remark": "note"}


@dataclass(frozen=True, slots=True)
class _Book:
    """What the drawing functions share."""

    sheet: Any
    styles: Mapping[str, Any]
    words: Mapping[str, str]
    statement: Statement


class _Sheet(Worksheet):  # type: ignore[misc]  # xlsxwriter is untyped
    """Takes formulas as they are: looking for functions newer than 2007 in each costs a fifth of the workbook."""

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: ARG002  # the library's signature
        return formula.removeprefix("=")


def line_key(line: StatementLine) -> str:
    """What identifies a line in a sheet that comes back: kind, number and line."""
    return f"{line.kind.value} {line.number} {line.line}"


def sheet_lines(snapshot: Snapshot) -> tuple[SheetLine, ...]:
    """The lines as a returned sheet is compared with: receipts by their receipt, all others by their charge."""
    return tuple(
        SheetLine(line_key(line), line.quantity, line.receipt if line.charge is None else line.charge)
        for line in snapshot.lines
    )


def render(statement: Statement) -> bytes:
    """The workbook's bytes."""
    file = BytesIO()
    workbook: Any = xlsxwriter.Workbook(file, _options(statement))
    words, snapshot = labels(statement.locale), statement.snapshot
    properties(workbook, statement, words)
    book = _Book(workbook.add_worksheet(words["sheet"], _Sheet), styles(workbook), words, statement)
    _page_setup(book)
    _head(book)
    _header(book)
    last = _lines(book)
    _totals(book, last)
    _fill_in_rules(book, last)
    hidden_page(workbook, statement)
    if snapshot.lines:
        book.sheet.autofilter(_HEADER_ROW, 0, last, len(_COLUMNS) - 1)
    workbook.close()
    return file.getvalue()


def _options(statement: Statement) -> dict[str, bool]:
    """A long sheet is written row by row through a temporary file: a fifth less memory for 10,000 lines."""
    kept = len(statement.snapshot.lines) <= _MOST_IN_MEMORY
    return {"in_memory": kept, "constant_memory": not kept, "strings_to_formulas": False}


def _page_setup(book: _Book) -> None:
    sheet = book.sheet
    a4 = 9
    sheet.set_landscape()
    sheet.set_paper(a4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEADER_ROW)
    sheet.freeze_panes(_HEADER_ROW + 1, _AT["col.product"])
    sheet.set_footer(f"&L{book.statement.number}&C&P / &N")
    sheet.hide_gridlines(2)
    sheet.set_zoom(90)
    sheet.set_default_row(_ROW_HEIGHT)
    for index, (_, width) in enumerate(_COLUMNS):
        sheet.set_column(index, index, width)
    sheet.set_column(_KEY_COLUMN, _KEY_COLUMN, 4, None, {"hidden": True})


def _head(book: _Book) -> None:
    """Title, facts, parties, guide, and the closing balances side by side."""
    sheet, words, statement, style = book.sheet, book.words, book.statement, book.styles
    snapshot = statement.snapshot
    title = f"{fonts.clean(snapshot.company.name)}　{words['title']}　{snapshot.period.label}"
    sheet.set_row(0, 26)
    sheet.write_string(0, 0, title, style["title"])
    mark = f"{words['number']} {statement.number}　{words['revision'].format(statement.revision)}"
    span = f"{words['span']} {snapshot.first_day} {words['to']} {snapshot.last_day}"
    tax = taxed(snapshot, statement.locale)
    money = f"{currency_label(snapshot.currency, statement.locale)}（{snapshot.currency}）"
    facts = f"{mark}　{span}　{money}　{basis_label(snapshot.basis, statement.locale)}　{tax}"
    sheet.write_string(1, 0, facts, style["fact"])
    customer = f"{words['customer']} {fonts.clean(snapshot.customer.name)}"
    tax_id = f"　{words['tax_id']} {snapshot.customer.tax_id}" if snapshot.customer.tax_id else ""
    sheet.write_string(2, 0, customer + tax_id, style["fact"])
    sheet.write_string(3, 0, words["sheet.guide"], style["guide"])
    _closings(book, 4)


def _closings(book: _Book, row: int) -> None:
    """Our closing balance, theirs to fill in, and the difference."""
    sheet, words, style = book.sheet, book.words, book.styles
    ours = book.statement.snapshot.totals.closing
    label = words["closing.credit.formula" if ours < 0 else "closing.receivable"]
    column = _AT["col.charge"]
    sheet.set_row(row, 21)
    sheet.merge_range(row, column, row, column + 1, label, style["label"])
    sheet.write_number(row, _AT["col.balance"], ours, style["strong"])
    remark, theirs = _AT["sheet.our_remark"], _AT["sheet.their_amount"]
    sheet.merge_range(row, remark, row, remark + 1, words["sheet.their_closing"], style["label"])
    sheet.write_blank(row, theirs, None, style["their_money"])
    cell, our_cell = f"{_letter(theirs)}{row + 1}", f"{_letter(_AT['col.balance'])}{row + 1}"
    formula = f'=IF({cell}="","",ROUND({cell}-{our_cell},2))'
    sheet.write_formula(row, _AT["sheet.difference"], formula, style["difference"], "")
    sheet.write_string(row, _AT["sheet.difference"] + 1, words["sheet.difference"], style["fact"])


def _header(book: _Book) -> None:
    first_theirs = _AT["sheet.their_quantity"]
    book.sheet.set_row(_HEADER_ROW, 30)
    for index, (key, _) in enumerate(_COLUMNS):
        style = "their_header" if index >= first_theirs else "header"
        book.sheet.write_string(_HEADER_ROW, index, book.words[key], book.styles[style])


def _lines(book: _Book) -> int:
    """The opening and all lines; returns the last row written."""
    snapshot, style = book.statement.snapshot, book.styles
    row = _HEADER_ROW + 1
    for column in range(len(_COLUMNS)):
        book.sheet.write_blank(row, column, None, style["sum"])
    book.sheet.write_string(row, 0, book.words["opening"], style["sum"])
    book.sheet.write_number(row, _AT["col.balance"], snapshot.totals.opening, style["sum_money"])
    for line in snapshot.lines:
        row += 1
        _line(book, row, line)
    return row


def _line(book: _Book, row: int, line: StatementLine) -> None:
    sheet, style, locale = book.sheet, book.styles, book.statement.locale
    sheet.write_datetime(row, 0, datetime.combine(line.on, time(0)), style["date"])  # a cell has no zone
    small = note(line, locale)
    sheet.set_row(row, _ROW_HEIGHT + 11 * (_lines_needed(line, small) - 1))
    texts = {
        "col.kind": kind_label(line.kind, locale),
        "col.number": line.number,
        "col.product": line.product or line.settlement,
        "col.spec": line.spec,
        "col.unit": line.unit,
        "sheet.our_remark": small,
    }
    for key, text in texts.items():
        sheet.write_string(row, _AT[key], fonts.clean(text), style[_WRAPPED.get(key, "text")])
    numbers = {
        "sheet.line": (Decimal(line.line), "integer"),
        "col.quantity": (line.quantity, "quantity"),
        "col.price": (line.unit_price, "price"),
        "col.charge": (line.charge, "money"),
        "col.receipt": (line.receipt, "money"),
        "col.balance": (line.balance, "money"),
    }
    for key, (value, name) in numbers.items():
        if value is None:
            sheet.write_blank(row, _AT[key], None, style[name])
        else:
            sheet.write_number(row, _AT[key], value, style[name])
    _fill_in_cells(book, row)
    sheet.write_string(row, _KEY_COLUMN, line_key(line), style["text"])


def _fill_in_cells(book: _Book, row: int) -> None:
    sheet, style = book.sheet, book.styles
    cells = {"quantity": "their_quantity", "amount": "their_money", "cause": "their_text", "remark": "their_text"}
    for key, name in cells.items():
        column = _AT[f"sheet.{'their_' if key in {'quantity', 'amount'} else ''}{key}"]
        sheet.write_blank(row, column, None, style[name])
    theirs = f"{_letter(_AT['sheet.their_amount'])}{row + 1}"
    ours = f"N({_letter(_AT['col.charge'])}{row + 1})+N({_letter(_AT['col.receipt'])}{row + 1})"
    formula = f'=IF({theirs}="","",ROUND({theirs}-({ours}),2))'
    sheet.write_formula(row, _AT["sheet.difference"], formula, style["difference"], "")


def _totals(book: _Book, last: int) -> None:
    snapshot, style, row = book.statement.snapshot, book.styles, last + 1
    for column in range(len(_COLUMNS)):
        book.sheet.write_blank(row, column, None, style["sum"])
    label = book.words["total"].format(len(snapshot.lines)) if snapshot.lines else book.words["no_lines"]
    book.sheet.write_string(row, 0, label, style["sum"])
    first = _HEADER_ROW + 3
    sums = {"col.charge": snapshot.totals.charges, "col.receipt": snapshot.totals.received, "sheet.difference": 0}
    for key, value in sums.items():
        letter = _letter(_AT[key])
        formula = f"=SUM({letter}{first}:{letter}{last + 1})" if snapshot.lines else "=0"
        book.sheet.write_formula(row, _AT[key], formula, style["sum_money"], value)
    book.sheet.write_number(row, _AT["col.balance"], snapshot.totals.closing, style["sum_money"])


def _fill_in_rules(book: _Book, last: int) -> None:
    """Numbers only, causes from a list, differences marked, and everything else locked (without a password)."""
    sheet, words, first = book.sheet, book.words, _HEADER_ROW + 2
    if last >= first:
        causes = [words[f"cause.{cause}"] for cause in CAUSES]
        rule = {"validate": "list", "source": causes, "input_title": words["sheet.cause"]}
        rule |= {"input_message": words["sheet.pick_cause"], "error_type": "information"}
        sheet.data_validation(first, _AT["sheet.cause"], last, _AT["sheet.cause"], rule)
        number = {"validate": "decimal", "criteria": "between", "minimum": -(10**13), "maximum": 10**13}
        sheet.data_validation(first, _AT["sheet.their_quantity"], last, _AT["sheet.their_amount"], number)
        letter, top = _letter(_AT["sheet.difference"]), first + 1
        formula = f"=AND(ISNUMBER({letter}{top}),{letter}{top}<>0)"
        sheet.conditional_format(
            f"{letter}{top}:{letter}{last + 1}",
            {"type": "formula", "criteria": formula, "format": book.styles["marked"]},
        )
    sheet.protect("", {"autofilter": True, "format_columns": True, "format_rows": True})


def _lines_needed(line: StatementLine, small: str) -> int:
    """How many lines the fullest of a row's wrapping cells takes; a Chinese character is as wide as two digits."""
    cells = {"col.product": line.product or line.settlement, "col.spec": line.spec, "sheet.our_remark": small}
    widths = dict(_COLUMNS)
    needed = (sum(1 if c.isascii() else 2 for c in text) // (widths[key] - 1) + 1 for key, text in cells.items())
    return min(max(needed), 6)


def _letter(column: int) -> str:
    return chr(ord("A") + column)
