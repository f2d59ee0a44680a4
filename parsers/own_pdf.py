"""A customer's own statement as a PDF with text → its closing balance, or nothing where that isn't plain (F7).

Only a document that calls itself a reconciliation of accounts (``对账单``, ``往来明细``, ``应付明细``) and names the
customer is looked at; an auditor's 询证函, an invoice or a payment slip is none. Words are put into rows and cells by
where they stand, and the balance is found as in a table (:mod:`parsers.own_table`).
"""

import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pdfplumber

from parsers import own_table
from parsers.fold import fold
from parsers.workbook import Page

_MOST_PAGES, _MOST_WORDS = 10, 20_000
_TITLES = ("对账单", "往来明细", "往来账", "应付明细", "应付账款明细", "应付账款余额")
_NOT_THEIRS = ("询证函", "发票", "回单", "付款凭证")
_CELL_GAP, _ROW_GAP = 6.0, 3.0
"""In points: words nearer than this are one cell, lines nearer than this one row."""

_Word = dict[str, Any]


def closing(data: bytes, customer_names: Sequence[str]) -> Decimal | None:
    """The closing balance that the customer states; None for any other document. Never raises on odd bytes."""
    pages = _pages(data)
    text = fold("".join(cell for page in pages for row in page for cell in row)).replace(" ", "")
    named = any(fold(name).replace(" ", "") in text for name in customer_names if name)
    if not named or not any(title in text for title in _TITLES) or any(word in text for word in _NOT_THEIRS):
        return None
    return own_table.closing([Page(str(place), tuple(map(tuple, rows))) for place, rows in enumerate(pages)])


def _pages(data: bytes) -> list[list[list[str]]]:
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            return [_rows(page.extract_words()[:_MOST_WORDS]) for page in document.pages[:_MOST_PAGES]]
    except Exception:  # noqa: BLE001  # pdfminer raises whatever a broken file provokes; it is simply not a statement
        return []


def _rows(words: Iterable[_Word]) -> list[list[str]]:
    """Words as rows of cells, from top to bottom and left to right."""
    rows: list[list[_Word]] = []
    for word in sorted(words, key=lambda each: (each["top"], each["x0"])):
        if rows and abs(rows[-1][0]["top"] - word["top"]) <= _ROW_GAP:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [_cells(sorted(row, key=lambda each: each["x0"])) for row in rows]


def _cells(row: list[_Word]) -> list[str]:
    cells = [str(row[0]["text"])]
    for before, word in pairwise(row):
        if word["x0"] - before["x1"] > _CELL_GAP:
            cells.append(str(word["text"]))
        else:
            cells[-1] += str(word["text"])
    return [part for cell in cells for part in _labelled(cell)]


def _labelled(cell: str) -> list[str]:
    """``期末余额：85,685.00`` is a label and a figure."""
    label, colon, figure = cell.replace("：", ":").partition(":")
    return [label, figure] if colon and figure else [cell]
