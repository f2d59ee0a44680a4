"""The own import format as an XLSX to fill in: customers, documents, a guide; its worked rows import cleanly."""

import io
from collections.abc import Sequence
from datetime import date, datetime

import xlsxwriter
from opencc import OpenCC

from bot.compose import import_text
from bot.model import DocumentKind, Locale
from parsers.sales.columns import CUSTOMER_COLUMNS, DOCUMENT_COLUMNS, Column

_CREATED = datetime(2026, 1, 1)  # noqa: DTZ001  # a fixed stamp: the same template always gives the same bytes
_ROWS = 2_000  # how far the drop-down lists and formats reach
_DATES = frozenset({"on", "due", "bill_due", "opening_date"})
_MONEY = frozenset({"amount", "tax", "credit_limit"})
_NUMBERS = frozenset({"line", "quantity", "unit_price", "tax_rate"})
_WIDE = frozenset({"name", "address", "rep", "basis_of_authority", "product", "remark", "aliases", "seals"})


def render(locale: Locale = Locale.HANS, rep: str = import_text.EXAMPLE_REP) -> bytes:
    """Return the workbook, headers and texts in the locale's script; ``rep`` is the example rows' 销售代表.

    Deterministic: the same arguments give the same bytes.
    """
    output = io.BytesIO()
    sheets = _Template(xlsxwriter.Workbook(output, {"in_memory": True}), locale)
    first, *rest = import_text.CUSTOMER_ROWS
    sheets.table(import_text.SHEETS[0], CUSTOMER_COLUMNS, ({**first, "rep": rep}, *rest))
    sheets.table(import_text.SHEETS[1], DOCUMENT_COLUMNS, import_text.DOCUMENT_ROWS)
    sheets.guide(import_text.SHEETS[2])
    sheets.close()
    return output.getvalue()


class _Template:
    """A workbook being written: its cell formats and the script of its texts."""

    def __init__(self, book: xlsxwriter.Workbook, locale: Locale) -> None:
        self._book = book
        self._converter = None if locale is Locale.HANS else OpenCC("s2t")
        self._formats = {
            "required": book.add_format({"bold": True, "bg_color": "#DDDDDD", "border": 1}),
            "header": book.add_format({"bg_color": "#F2F2F2", "border": 1}),
            "date": book.add_format({"num_format": "yyyy-mm-dd"}),
            "money": book.add_format({"num_format": "#,##0.00"}),
            "rate": book.add_format({"num_format": "0%"}),
            "number": book.add_format({}),
            "text": book.add_format({"num_format": "@"}),
            "wrapped": book.add_format({"text_wrap": True}),
        }

    def table(self, name: str, columns: Sequence[Column], rows: Sequence[dict[str, import_text.Value]]) -> None:
        """Write one sheet: header, worked rows, formats and drop-down lists."""
        sheet = self._book.add_worksheet(self._script(name))
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(columns):
            style = self._format(column.field)
            sheet.set_column(place, place, 24 if column.field in _WIDE else 12, style)
            header_style = self._formats["required" if column.required else "header"]
            sheet.write_string(0, place, self._script(column.header), header_style)
            self._choices(sheet, place, column.field)
            for number, row in enumerate(rows, 1):
                self._write(sheet, (number, place), row.get(column.field), style)

    def guide(self, name: str) -> None:
        """Write the sheet of explanations, which no reader takes for a table."""
        sheet = self._book.add_worksheet(self._script(name))
        sheet.set_column(0, 0, 100, self._formats["wrapped"])
        for number, line in enumerate(import_text.GUIDE):
            sheet.write_string(number, 0, self._script(line))

    def close(self) -> None:
        """Finish the file."""
        self._book.set_properties({"created": _CREATED})
        self._book.close()

    def _script(self, text: str) -> str:
        return text if self._converter is None else str(self._converter.convert(text))

    def _format(self, field: str) -> object:
        name = "text"
        if field in _DATES:
            name = "date"
        elif field in _MONEY:
            name = "money"
        elif field in _NUMBERS:
            name = "rate" if field == "tax_rate" else "number"
        return self._formats[name]

    def _choices(self, sheet: "xlsxwriter.worksheet.Worksheet", place: int, field: str) -> None:
        words = tuple(DocumentKind) if field == "kind" else import_text.CHOICES.get(field)
        if words:
            listed = [self._script(word) for word in words]
            sheet.data_validation(1, place, _ROWS, place, {"validate": "list", "source": listed})

    def _write(
        self,
        sheet: "xlsxwriter.worksheet.Worksheet",
        cell: tuple[int, int],
        value: import_text.Value,
        style: object,
    ) -> None:
        if isinstance(value, date):
            sheet.write_datetime(*cell, value, style)
        elif isinstance(value, str):
            sheet.write_string(*cell, value if value.isascii() else self._script(value), style)
        elif value is not None:
            sheet.write_number(*cell, value, style)
