"""The reasons to hold a customer's statement, each with the department that owns it and what is told to it (C3)."""

from collections.abc import Sequence

from bot.model import Anomaly

ANOMALIES = {
    # code: (department, what its mail says)
    "no_confirmer": ("order_entry", "没有任何联系人具有“授权确认”，请补充授权代表及授权依据后重新导入客户表"),
    "overlap": ("finance", "本期起始日 {first} 不晚于已确认对账单的截止日 {confirmed}，期间重叠"),
    "confirmed_changed": (
        "finance",
        "已确认期间（截至 {confirmed}）的单据被修改或删除，差额 {gap}；请恢复原单据，改用“调整”单据入账",
    ),
    "before_opening": ("finance", "有单据日期早于期初日期 {opening}，会与期初余额重复计算"),
    "amount_mismatch": ("pricing", "数量×含税单价与金额不符，最大差额 {gap}"),
    "tax_mismatch": ("finance", "税额与金额、税率不符，最大差额 {gap}"),
    "both_styles": (
        "order_entry",
        "同一文件内同一单据类型（{kinds}）既有正数又有负数，方向无法判断；请统一写法后重新导入",
    ),
    "duplicate": ("order_entry", "单据类型＋单号＋行号重复"),
    "invoiced_more": ("warehouse", "累计开票比累计发货多 {gap}，请核对是否漏录发货，或误开发票"),
    "category_missing": ("order_entry", "类别“{category}”已开票，但对账单中没有该类别的明细，请补录单据"),
    "violation": ("finance", "数据校验未通过：{violation}"),
}


def anomaly(code: str, customer: str, documents: Sequence[str] = (), **facts: object) -> Anomaly:
    """Return the anomaly of a code, told with these facts; ``documents`` are numbers, in order, each once."""
    department, message = ANOMALIES[code]
    return Anomaly(code, customer, department, message.format(**facts), tuple(dict.fromkeys(documents)))
