"""A customer's own table of what it owes us → its closing balance, or nothing where that isn't plain.

The balance stands beside a label (``期末应付余额： | | 85,685.00``) or last under one (a column 应付余额).
"""

from collections.abc import Sequence
from decimal import Decimal

from parsers.workbook import Page, fen, figure, folded

_LABELS = (
    "期末应付余额 期末应付账款余额 期末应收余额 期末余额 期末结余 应付余额 应付账款余额 应付账款期末余额 账面余额 "
    "我司账面余额 我方账面余额 未付余额 未付款余额 期末欠款 尚欠余额 结存余额 应付合计 结余 余额"
)
_CLOSING_LABELS = tuple(_LABELS.split(" "))
"""Labels of a closing balance in tables that customers make, best first, folded."""


def closing(found: Sequence[Page]) -> Decimal | None:
    """The closing balance of a table that we didn't make; None unless one label gives exactly one figure."""
    cells = [
        (page, row, column, folded(cell))
        for page in found
        for row in range(len(page.rows))
        for column, cell in enumerate(page.rows[row])
    ]
    for label in _CLOSING_LABELS:
        places = [(page, row, column) for page, row, column, text in cells if text == label]
        figures = {value for place in places if (value := _beside(*place)) is not None}
        figures = figures or {value for place in places if (value := _below(*place)) is not None}
        if figures:
            return figures.pop() if len(figures) == 1 else None
    return None


def _beside(page: Page, row: int, column: int) -> Decimal | None:
    """The first figure to the right of a label, with only empty cells between."""
    for cell in page.rows[row][column + 1 : column + 6]:
        if cell != "":
            return fen(figure(cell))
    return None


def _below(page: Page, row: int, column: int) -> Decimal | None:
    """The last figure in the column under a label."""
    figures = (figure(cells[column]) for cells in page.rows[row + 1 :] if column < len(cells) and cells[column] != "")
    return fen(next((value for value in reversed(list(figures)) if value is not None), None))
