"""A statement as a page of HTML, as plain as can be, for the comparison with WeasyPrint: the same rows and fonts."""

from html import escape
from pathlib import Path

from bot.compose.amounts import money
from bot.model import Statement, StatementLine

FONTS = Path(__file__).resolve().parents[1] / "templates" / "fonts"
_STYLE = f"""
@font-face {{ font-family: D; src: url("file://{FONTS / "DuizhangSans-Regular.ttf"}"); font-weight: 400 }}
@font-face {{ font-family: D; src: url("file://{FONTS / "DuizhangSans-SemiBold.ttf"}"); font-weight: 600 }}
@page {{ size: A4; margin: 18mm 15mm }}
body {{ font: 8pt D }} h1 {{ font: 600 14pt D }} table {{ width: 100%; border-collapse: collapse }}
th, td {{ border-bottom: 0.3pt solid #999; padding: 1mm; text-align: left }} .n {{ text-align: right }}
"""
_HEADS = ("日期", "单号", "产品", "规格", "单位", "数量", "单价", "应收", "已收", "余额")


def page(statement: Statement) -> str:
    """The page: head, opening, every line, the totals."""
    snapshot = statement.snapshot
    heads = "".join(f"<th>{head}</th>" for head in _HEADS)
    rows = "".join(_row(line) for line in snapshot.lines)
    totals = snapshot.totals
    return (
        f"<html><head><style>{_STYLE}</style></head><body><h1>{escape(snapshot.company.name)} 销售对账单</h1>"
        f"<p>{escape(snapshot.customer.name)} {statement.number} {snapshot.first_day} – {snapshot.last_day}</p>"
        f"<p>期初 {money(totals.opening)}</p><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
        f"<p>期末 {money(totals.closing)}</p></body></html>"
    )


def _row(line: StatementLine) -> str:
    cells = (line.on.isoformat(), line.number, line.product, line.spec, line.unit)
    figures = (line.quantity, line.unit_price, line.charge, line.receipt, line.balance)
    told = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
    return f"<tr>{told}" + "".join(f'<td class="n">{"" if f is None else money(f)}</td>' for f in figures) + "</tr>"
