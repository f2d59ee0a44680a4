"""The cell formats of the fill-in workbook, by name."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

_FONT = {"font_name": "Microsoft YaHei", "font_size": 9, "valign": "vcenter"}
_CELL = _FONT | {"border": 1, "border_color": "#D0D0D0"}
_MONEY = {"num_format": "#,##0.00;[Black]-#,##0.00", "align": "right"}
_QUANTITY = {"num_format": "General", "align": "right"}
_THEIRS = _CELL | {"locked": False, "bg_color": "#FFF8DC"}
_SUM = _CELL | {"bold": True, "bg_color": "#F1F1F1"}
_HEADER = _CELL | {"bold": True, "align": "center", "text_wrap": True}
_STYLES: dict[str, dict[str, object]] = {
    "title": _FONT | {"font_size": 15, "bold": True},
    "fact": _FONT | {"font_color": "#333333"},
    "guide": _FONT | {"font_color": "#7A5C00"},
    "label": _FONT | {"align": "right", "font_color": "#555555"},
    "strong": _CELL | _MONEY | {"bold": True, "font_size": 11},
    "header": _HEADER | {"bg_color": "#E4E4E4"},
    "their_header": _HEADER | {"bg_color": "#F3E3A8"},
    "text": _CELL | {"shrink": True},
    "note": _CELL | {"font_size": 8, "text_wrap": True, "font_color": "#555555"},
    "product": _CELL | {"text_wrap": True},
    "date": _CELL | {"num_format": "yyyy-mm-dd", "align": "left"},
    "integer": _CELL | {"num_format": "0", "align": "center"},
    "quantity": _CELL | _QUANTITY,
    "price": _CELL | {"num_format": "#,##0.00####", "align": "right"},
    "money": _CELL | _MONEY,
    "sum": _SUM,
    "sum_money": _SUM | _MONEY,
    "their_quantity": _THEIRS | _QUANTITY,
    "their_money": _THEIRS | _MONEY,
    "their_text": _THEIRS | {"text_wrap": True},
    "difference": _CELL | _MONEY | {"font_color": "#333333"},
    "marked": {"bold": True, "bg_color": "#FBD5D5"},
}


def styles(workbook: Any) -> Mapping[str, Any]:  # noqa: ANN401  # xlsxwriter is untyped
    """All formats of a workbook."""
    return MappingProxyType({name: workbook.add_format(style) for name, style in _STYLES.items()})
