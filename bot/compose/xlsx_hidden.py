"""What machines read in the fill-in workbook: its properties, and the hidden page with the whole statement."""

from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import Any

from bot.model import Statement, dump_statement
from parsers.sheet import CHUNK, HIDDEN_SHEET, MAGIC


def properties(workbook: Any, statement: Statement, words: Mapping[str, str]) -> None:  # noqa: ANN401  # xlsxwriter is untyped
    """Title, author, a fixed date, and custom properties with number, revision and digest."""
    snapshot = statement.snapshot
    workbook.set_properties(
        {
            "title": f"{words['title']} {statement.number}",
            "author": snapshot.company.name,
            "created": datetime.combine(statement.issued_on, time(0), UTC).replace(tzinfo=None),
        }
    )
    workbook.set_custom_property("X-DZ-Statement", f"{statement.number};R{statement.revision}", "text")
    workbook.set_custom_property("X-DZ-Digest", statement.digest, "text")


def hidden_page(workbook: Any, statement: Statement) -> None:  # noqa: ANN401  # xlsxwriter is untyped
    """The page that machines read: number, revision, and the statement in cells short enough for any program."""
    sheet = workbook.add_worksheet(HIDDEN_SHEET)
    text = dump_statement(statement)
    parts = [text[start : start + CHUNK] for start in range(0, len(text), CHUNK)]
    for row, value in enumerate((MAGIC, statement.number, str(statement.revision), str(len(parts)), *parts)):
        sheet.write_string(row, 0, value)
    sheet.protect("")
    sheet.hide()
