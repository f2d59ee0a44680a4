"""What stands in the import template beside its headers: worked rows, the guide, the lists to choose from."""

from datetime import date

SHEETS = ("客户", "单据", "说明")
Value = str | int | float | date | None

CUSTOMER_ROWS: tuple[dict[str, Value], ...] = (
    {
        "code": "C001",
        "name": "苏州恒远机械有限公司",
        "aliases": "恒远机械、苏州恒远",
        "cycle": "月",
        "closing_day": "月末",
        "payment_terms": "月结60天",
        "contact": "李建国",
        "address": "li.jg@hengyuan.example",
        "may_confirm": "是",
        "basis_of_authority": "授权书 2026-003 号（2026-01-01 至 2026-12-31）",
        "cc": "否",
        "locale": "简",
        "channel": "邮件",
        "currency": "CNY",
        "basis": "发货",
        "tax_id": "91320500MA1XXXXX0K",
        "credit_limit": 200000,
        "opening_date": date(2026, 10, 1),
        "seals": "公章、财务专用章",
        "signatories": "李建国、王芳",
    },
    {"contact": "王芳", "address": "ap@hengyuan.example", "may_confirm": "否", "cc": "是"},
)
DOCUMENT_ROWS: tuple[dict[str, Value], ...] = (
    {
        "kind": "期初",
        "number": "QC-202609",
        "line": 1,
        "on": date(2026, 9, 30),
        "customer": "C001",
        "amount": 128600,
        "currency": "CNY",
        "remark": "9 月末余额",
    },
    {
        "kind": "发货",
        "number": "XSCK-00028",
        "line": 1,
        "on": date(2026, 10, 8),
        "customer": "C001",
        "product": "深沟球轴承",
        "spec": "6204-2RS",
        "unit": "只",
        "quantity": 1000,
        "unit_price": 12.5,
        "amount": 12500,
        "tax_rate": 0.13,
        "tax": 1438.05,
        "currency": "CNY",
        "order_number": "SO-20261001",
        "customer_order_number": "HY-PO-1188",
        "due": date(2026, 12, 7),
        "category": "产品",
    },
    {
        "kind": "收款",
        "number": "SK-00021",
        "line": 1,
        "on": date(2026, 10, 30),
        "customer": "C001",
        "amount": 28000,
        "currency": "CNY",
        "settlement": "银行承兑汇票",
        "bill_number": "5102100012345678",
        "bill_due": date(2027, 1, 20),
    },
)
CHOICES: dict[str, tuple[str, ...]] = {
    "cycle": ("月", "季", "年"),
    "may_confirm": ("是", "否"),
    "cc": ("是", "否"),
    "locale": ("简", "繁", "台"),
    "channel": ("邮件", "传真", "纸质", "微信", "平台"),
    "basis": ("发货", "开票"),
}
"""Fields with a drop-down list; 单据类型 has one too, of all types."""

GUIDE: tuple[str, ...] = (
    "每行一个联系人；同一客户的后续行可只填联系人各列，客户各列留空或保持一致。",
    "顺序即第一、第二联系人；至少一人“授权确认”为“是”，否则该客户暂缓对账。",
    "有效印章：公章、财务专用章、合同专用章、大小章、发票专用章、统一发票专用章、收货章、部门章；留空即按默认。",
    "签字人：有权签字的代表姓名，回执上所写姓名能辨认时即与之核对。两栏均以“、”分隔。",
    "结账日：1 至 30，或“月末”。销售代表填邮箱，须已登记在 config.yaml 的 staff 中。",
    "数量和金额一律写正数，方向由单据类型决定；负数表示红字，冲减同类单据。",
    "增加应收：期初 发货 服务费 退款 退票 手续费；减少应收：退货 促销 返利 折让 扣款 收款 预收 抵账 核销。",
    "期初、调整、汇差按自身正负号；订单、样品不计余额；质保金只影响到期日。",
    "按发货对账时“开票”不计余额，按开票对账时“发货”不计余额。",
    "期初可分多行，日期写欠款发生日，账龄即从该日起算。",
    "单据类型＋单号＋行号唯一确定一行：重复导入不会重复计算，更正后再导入即为修订。",
    "同一文件中同一种减少应收的类型不要既有正数又有负数；红字请另存一个文件导入。",
    "灰色示例行请在填写前删除。CSV 文件使用相同表头即可（UTF-8、GB18030 或 Big5）。",
)
EXAMPLE_REP = "zhou@hd-trade.example"
