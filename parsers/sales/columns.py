"""The columns of the own import format and the spellings under which they are recognised, in both scripts.

``含稅單價 (元)*`` → ``unit_price``; headers are compared after NFKC, without brackets, blanks and marks, in Simplified.
"""

import difflib
import re
import unicodedata
from dataclasses import dataclass

# Only the characters that occur in headers and in the words of cells; texts of replies have a fold of their own.
_SIMPLIFIED = str.maketrans(
    "單據類號戶產稱規數價額稅幣發訂購結備註對賬帳週條務銷聯繫絡郵電權確認語種釋貨開預項質費匯調樣來應實際過買賣總"
    "計編碼標誌頻級貿業員櫃門題說見無誤選擇擔責經辦處賒帶點節東傳紙簡體當頁禮謝歸還貴劃轉現貼補蓋領臺灣優報讓壞沖"
    "損換舊維護運輸儲裝諮詢訓練檢測進專錢兌賠償罰違約獎勵廣陳設傭與麼個們這裡別書徑記統會納識庫錄採餘勞動證續銀衝"
    "覈贈遞歐圓鎊説簽財",
    "单据类号户产称规数价额税币发订购结备注对账账周条务销联系络邮电权确认语种释货开预项质费汇调样来应实际过买卖总"
    "计编码标志频级贸业员柜门题说见无误选择担责经办处赊带点节东传纸简体当页礼谢归还贵划转现贴补盖领台湾优报让坏冲"
    "损换旧维护运输储装咨询训练检测进专钱兑赔偿罚违约奖励广陈设佣与么个们这里别书径记统会纳识库录采余劳动证续银冲"
    "核赠递欧圆镑说签财",
)
_NOISE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|[\s*:_/\-—★●.]+")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the field it fills, its own header, other spellings (Simplified) and whether it must be there."""

    field: str
    header: str
    spellings: tuple[str, ...] = ()
    required: bool = False


CUSTOMER_COLUMNS = (
    Column("code", "客户编码", ("客户代码", "客户编号", "单位编号", "往来单位编码"), required=True),
    Column("name", "客户名称", ("客户全称", "单位全名", "单位名称"), required=True),
    Column("aliases", "别名", ("客户别名", "简称", "客户简称")),
    Column("cycle", "对账周期", ("周期",)),
    Column("closing_day", "结账日", ("结算日", "月结日")),
    Column("payment_terms", "付款条件", ("收款条件", "账期", "信用期")),
    Column("rep", "销售代表", ("业务员", "销售员", "销售人员", "销售代表邮箱", "业务代表"), required=True),
    Column("contact", "联系人", ("联系人姓名", "收件人")),
    Column("address", "邮箱", ("电子邮箱", "电子邮件", "邮件", "信箱", "email", "联系人邮箱"), required=True),
    Column("may_confirm", "授权确认", ("有权确认", "授权代表", "可确认"), required=True),
    Column("basis_of_authority", "授权依据", ("授权书", "授权书号")),
    Column("cc", "抄送"),
    Column("locale", "语言", ("文字", "语种")),
    Column("channel", "渠道", ("对账方式", "发送方式")),
    Column("currency", "币种", ("币别",)),
    Column("basis", "对账口径", ("口径", "记账口径")),
    Column("tax_id", "税号", ("统一编号", "统一社会信用代码", "纳税人识别号")),
    Column("credit_limit", "信用额度", ("授信额度",)),
    Column("opening_date", "期初日期", ("建账日期",)),
    Column("seals", "有效印章", ("认可印章", "认可的印章", "生效印章", "印章种类")),
    Column("signatories", "签字人", ("授权签字人", "签署人", "签章人", "签字代表")),
)
DOCUMENT_COLUMNS = (
    Column("kind", "单据类型", ("类型", "单据类别", "业务类型"), required=True),
    Column("number", "单号", ("单据编号", "单据号", "出库单号", "单据号码"), required=True),
    Column("line", "行号", ("分录号", "项次")),
    Column("on", "日期", ("单据日期", "出库日期", "业务日期", "记账日期"), required=True),
    Column("customer", "客户编码", ("客户代码", "客户编号", "单位编号", "往来单位编码"), required=True),
    Column("product", "产品名称", ("品名", "存货名称", "商品名称", "商品全名", "物料名称", "货品名称")),
    Column("spec", "规格", ("规格型号", "型号")),
    Column("unit", "单位", ("计量单位", "主计量单位")),
    Column("quantity", "数量", ("实发数量", "销售数量")),
    Column("unit_price", "含税单价", ("原币含税单价",)),
    Column("amount", "金额", ("含税金额", "价税合计", "本币价税合计", "原币价税合计"), required=True),
    Column("tax_rate", "税率", ("表体税率",)),
    Column("tax", "税额"),
    Column("currency", "币种", ("币别",)),
    Column("invoice_number", "发票号", ("发票号码",)),
    Column("order_number", "订单号", ("销售订单号",)),
    Column("customer_order_number", "客户订单号", ("客户采购单号", "客户po号", "po号")),
    Column("settlement", "结算方式", ("收款方式",)),
    Column("bill_number", "票据号", ("票据编号", "票号")),
    Column("bill_due", "票据到期日", ("汇票到期日",)),
    Column("due", "到期日", ("应收到期日", "付款到期日")),
    Column("category", "类别", ("费用类别", "产品类别")),
    Column("remark", "备注", ("摘要", "说明")),
)
IGNORED = frozenset({"序号", "客户名称"})
"""Columns that people add for their own eyes; a documents table may carry them."""


def fold_header(text: str) -> str:
    """Return a header as it is compared: NFKC, lower case, without brackets, blanks and marks, Simplified."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text).lower()).translate(_SIMPLIFIED)


def fold_word(text: str) -> str:
    """Return a word of a cell as it is compared: NFKC, lower case, without blanks, Simplified."""
    return "".join(unicodedata.normalize("NFKC", text).lower().split()).translate(_SIMPLIFIED)


def spellings(columns: tuple[Column, ...]) -> dict[str, str]:
    """Return folded spelling → field."""
    return {fold_header(word): column.field for column in columns for word in (column.header, *column.spellings)}


def header_of(columns: tuple[Column, ...], field: str) -> str:
    """Return the own header of a field; raises KeyError where there is none."""
    return {column.field: column.header for column in columns}[field]


def nearest(columns: tuple[Column, ...], text: str) -> str | None:
    """Return the own header that a misspelt one most resembles, None where none does."""
    known = spellings(columns)
    close = difflib.get_close_matches(fold_header(text), known, n=1, cutoff=0.5)
    return header_of(columns, known[close[0]]) if close else None
