"""The cells of a comparison that somebody typed: which column holds whose figures, told by the head of the table.

``贵方余额 | 我方余额 | 差异`` → ours, theirs, difference. Cells are parted by tabs, bars or blanks, or stand one on a
line (so some programs write an HTML table as text). A head with a column that isn't known is no head.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from parsers.fold import fold

OURS, THEIRS, DIFFERENCE = "ours", "theirs", "difference"
NAME, PERIOD, REMARK, ITEM = "name", "period", "remark", "item"
_WIDEST, _MOST_ROWS, _MOST_COLUMNS = 300, 60, 12

_WHAT = r"(?:的|账面|账上|系统|账载|对账单?|应收|应付|期末|账款|往来|记录|显示)*(?:余额|金额|账款|数据?|账)?"
_COLUMNS = tuple(
    (role, re.compile(pattern))
    for role, pattern in (
        (NAME, r"(?:客户|公司|单位|供应商|往来单位|对方单位)(?:名称|全称)?"),
        (OURS, rf"(?:贵|你|您)(?:方|司|公司|单位|们)?{_WHAT}|(?:供应商|供方|卖方|供货方|销售方){_WHAT}"),
        (THEIRS, rf"(?:我|本)(?:方|司|公司|单位|们)?{_WHAT}|(?:客户|需方|买方|采购方|购货方)(?:的|账面)*(?:余额|金额)"),
        (DIFFERENCE, r"差异(?:金额|额|数)?|差额|相差(?:金额)?"),
        (PERIOD, r"(?:对账)?(?:期间|月份|账期|年月)"),
        (REMARK, r"备注|说明|(?:差异)?原因|(?:核对|对账)?(?:结果|结论)|是否(?:一致|相符)"),
        (
            ITEM,
            r"序号|项目|科目|币种|币别|(?:单据|出库|送货|发货|送货单|出库单)?(?:号|单号|编号)|摘要|日期|业务日期|#|no\.?",
        ),
    )
)
_UNIT = re.compile(r"[(\[（]\s*(?:单位:?)?(?:元|rmb|cny|人民币|含税|未税)+\s*[)\]）]|\s", re.IGNORECASE)
_RULE = re.compile(r"[\s|+:=\-─—━│┃┼]+")

Row = tuple[list[str], str]
"""The cells of one line, and the line as written."""
_Split = Callable[[str], list[str]]


@dataclass(frozen=True, slots=True)
class Cells:
    """A table: the role of each column, its rows, and the number of the line behind it."""

    roles: tuple[str, ...]
    rows: list[Row]
    end: int


def find(lines: list[str], place: int) -> Cells | None:
    """The table whose head stands at a line, with at least one row; None where there is none."""
    if not 0 < len(lines[place].strip()) <= _WIDEST:
        return None
    for split in _SPLITTERS:
        roles = _roles(split(lines[place]))
        if roles is not None:
            rows, end = _below(lines, place + 1, len(roles), split)
            return Cells(roles, rows, end) if rows else None
    return _one_on_a_line(lines, place)


def _below(lines: list[str], place: int, columns: int, split: _Split) -> tuple[list[Row], int]:
    """The rows below a head, and the line behind them; rules, and blank lines above the first, are passed over."""
    rows: list[Row] = []
    while place < len(lines) and len(rows) < _MOST_ROWS:
        line = lines[place]
        if line.strip() and not _RULE.fullmatch(line):
            cells = split(line)
            cells += [""] * (columns - len(cells)) if len(cells) > 1 else []  # empty ones at the end are lost
            if len(cells) != columns or len(line) > _WIDEST:
                break
            rows.append((cells, line))
        elif not line.strip() and rows:
            break
        place += 1
    return rows, place


def _one_on_a_line(lines: list[str], place: int) -> Cells | None:
    """A table of which every cell stands on a line of its own; one row only, as its end can't be seen."""
    labels: list[str] = []
    while place < len(lines) and len(labels) <= _MOST_COLUMNS and (not lines[place].strip() or _role(lines[place])):
        labels.extend([lines[place]] if lines[place].strip() else [])
        place += 1
    roles = _roles(labels)
    cells: list[str] = []
    while roles is not None and place < len(lines) and len(cells) < len(roles):
        cells.extend([lines[place].strip()] if lines[place].strip() else [])
        place += 1
    if roles is None or len(cells) < len(roles):
        return None
    return Cells(roles, [(cells, " ".join(cells))], place)


def _by(separator: str) -> _Split:
    def split(line: str) -> list[str]:
        cells = [cell.strip() for cell in re.split(separator, line.strip(" \u3000"))]
        outer = separator.startswith("[|")
        cells = cells[1:] if outer and cells and not cells[0] else cells
        return cells[:-1] if outer and cells and not cells[-1] else cells

    return split


_SPLITTERS = (_by(r"\t"), _by(r"[|｜│]"), _by(r"\s{2,}|\u3000"), _by(r"\s"))


def _roles(cells: Sequence[str]) -> tuple[str, ...] | None:
    """What each column holds; None unless all are known, two of them say what is compared and none does so twice."""
    found = tuple(map(_role, cells))
    compared = [role for role in found if role in {OURS, THEIRS, DIFFERENCE}]
    good = "" not in found and len(compared) > 1 and len(compared) == len(set(compared))
    return found if good and (OURS in compared or THEIRS in compared) else None


def _role(cell: str) -> str:
    label = _UNIT.sub("", fold(cell[:40])).lower().strip("*:")
    if len(label) > 16 or not label:  # noqa: PLR2004  # longer than any head of a column
        return ""
    return next((role for role, pattern in _COLUMNS if pattern.fullmatch(label)), "")
