"""The short words that statements print, in the three locales: ``labels(Locale.HANS)["closing"]`` is 期末余额.

Mails have templates; a drawn page has words of two or four characters, which stand here in one table beside the code
that draws them. Taiwan's words follow from the Traditional ones by a table of replacements (and a few of its own).
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from types import MappingProxyType

from bot.model import Basis, DocumentKind, Locale

_TABLE: dict[str, tuple[str, str]] = {
    "title": ("銷售對賬單", "销售对账单"),
    "number": ("對賬單號", "对账单号"),
    "revision": ("第 {} 版", "第 {} 版"),
    "issued": ("出具日期", "出具日期"),
    "reply_by": ("回覆截止", "回复截止"),
    "customer": ("客戶", "客户"),
    "company": ("供方", "供方"),
    "code": ("編碼", "编码"),
    "tax_id": ("稅號", "税号"),
    "address": ("地址", "地址"),
    "phone": ("電話", "电话"),
    "contact": ("聯繫人", "联系人"),
    "span": ("對賬期間", "对账期间"),
    "to": ("至", "至"),
    "currency": ("幣種", "币种"),
    "basis": ("口徑", "口径"),
    "basis.delivery": ("按發貨", "按发货"),
    "basis.invoice": ("按開票", "按开票"),
    "tax": ("價格", "价格"),
    "tax.included": ("含稅", "含税"),
    "tax.excluded": ("未稅", "未税"),
    "tax.rates": ("稅率 {}", "税率 {}"),
    "tax.amount": ("本期稅額 {}", "本期税额 {}"),
    "terms": ("付款條件", "付款条件"),
    "changes": ("本版變更", "本版变更"),
    "opening": ("期初餘額", "期初余额"),
    "opening.confirmed": ("期初餘額（上期已確認）", "期初余额（上期已确认）"),
    "opening.unconfirmed": ("期初餘額（上期未確認）", "期初余额（上期未确认）"),
    "charges": ("本期發生", "本期发生"),
    "received": ("本期已收", "本期已收"),
    "closing": ("期末餘額", "期末余额"),
    "closing.receivable": ("期末應收餘額", "期末应收余额"),
    "closing.credit": ("期末預收餘額", "期末预收余额"),
    "closing.zero": ("期末餘額為零", "期末余额为零"),
    "closing.credit.formula": ("期末餘額（負數為預收）", "期末余额（负数为预收）"),
    "prepaid": ("（貴公司預付）", "（贵公司预付）"),
    "in_words": ("大寫", "大写"),
    "yuan": ("元", "元"),
    "col.date": ("日期", "日期"),
    "col.kind": ("類型", "类型"),
    "col.number": ("單據號", "单据号"),
    "col.product": ("產品／服務／收款方式", "产品／服务／收款方式"),
    "col.spec": ("規格型號", "规格型号"),
    "col.unit": ("單位", "单位"),
    "col.quantity": ("數量", "数量"),
    "col.price": ("單價", "单价"),
    "col.charge": ("金額", "金额"),
    "col.receipt": ("已收款", "已收款"),
    "col.balance": ("餘額", "余额"),
    "carried_in": ("承前頁", "承前页"),
    "carried_out": ("轉次頁", "转次页"),
    "total": ("本期合計（{} 筆）", "本期合计（{} 笔）"),
    "no_lines": ("本期無往來發生", "本期无往来发生"),
    "blank_below": ("（以下空白）", "（以下空白）"),
    "note.invoice": ("發票", "发票"),
    "note.customer_order": ("貴方訂單", "贵方订单"),
    "note.order": ("我方訂單", "我方订单"),
    "note.bill": ("票據", "票据"),
    "note.bill_due": ("票據到期", "票据到期"),
    "note.due": ("到期", "到期"),
    "note.late": ("跨期補單", "跨期补单"),
    "goods": ("發貨", "发货"),
    "goods.invoice": ("開票", "开票"),
    "returns": ("退貨", "退货"),
    "service": ("服務費", "服务费"),
    "promotion": ("促銷／返利／折讓", "促销／返利／折让"),
    "other": ("其他", "其他"),
    "invoiced_unpaid": ("其中：已開票未收", "其中：已开票未收"),
    "uninvoiced": ("已發貨未開票", "已发货未开票"),
    "invoiced_in_period": ("本期開票（備查）", "本期开票（备查）"),
    "aging": ("賬齡", "账龄"),
    "aging.delivery": ("自發貨日起算，收款先沖最早款項，截至 {}", "自发货日起算，收款先冲最早款项，截至 {}"),
    "aging.invoice": ("自開票日起算，收款先沖最早款項，截至 {}", "自开票日起算，收款先冲最早款项，截至 {}"),
    "aging.days": ("{}–{} 天", "{}–{} 天"),
    "aging.more": ("{} 天以上", "{} 天以上"),
    "aging.unapplied": ("未核銷收款", "未核销收款"),
    "aging.sum": ("合計", "合计"),
    "slip": ("客戶回執", "客户回执"),
    "slip.by": ("請於 {}（{}，含當日）前簽章回傳", "请于 {}（{}，含当日）前签章发回"),
    "slip.agree": ("一、上列賬目經核對無誤。", "一、上列账目经核对无误。"),
    "slip.differ": ("二、存在差異：我方（客戶）賬面餘額", "二、存在差异：我方（客户）账面余额"),
    "slip.difference": ("差異", "差异"),
    "slip.explain": ("元；說明請填於備註欄。", "元；说明请填于备注栏。"),
    "slip.cause": ("原因", "原因"),
    "cause.entry": ("錄入", "录入"),
    "cause.quantity": ("數量", "数量"),
    "cause.price": ("價格", "价格"),
    "cause.return": ("退貨", "退货"),
    "cause.invoice": ("發票", "发票"),
    "cause.in_transit": ("收款在途", "收款在途"),
    "cause.basis": ("口徑不同", "口径不同"),
    "cause.other": ("其他", "其他"),
    "slip.remark": ("備註", "备注"),
    "slip.customer": (
        "客戶簽章（公章或財務專用章／大小章），請蓋於方框內",
        "客户签章（公章或财务专用章），请盖于方框内",
    ),
    "slip.name": ("授權代表（正楷）", "授权代表（正楷）"),
    "slip.position": ("職務", "职务"),
    "slip.date": ("日期", "日期"),
    "slip.year": ("年", "年"),
    "slip.month": ("月", "月"),
    "slip.day": ("日", "日"),
    "slip.ours": ("供方簽章", "供方签章"),
    "slip.preparer": ("經辦", "经办"),
    "slip.reviewer": ("覆核", "复核"),
    "slip.note": (
        "註：本對賬單用於核對雙方往來餘額；其中已到期款項請依約付款。",
        "注：本对账单用于核对双方往来余额；其中已到期款项请按约付款。",
    ),
    "scan_all": ("請以彩色掃描或拍攝全部 {} 頁。", "请彩色扫描或拍摄全部 {} 页。"),
    "page": ("第 {} 頁／共 {} 頁", "第 {} 页／共 {} 页"),
    "annex": ("明細附件", "明细附件"),
    "annex.page": ("明細附件 第 {} 頁／共 {} 頁", "明细附件 第 {} 页／共 {} 页"),
    "annex.slip": ("明細附件 {} 筆，{} 頁，校驗碼 {}", "明细附件 {} 笔，{} 页，校验码 {}"),
    "annex.digest": ("附件校驗碼 {}", "附件校验码 {}"),
    "annex.note": ("附件無須簽章及掃描。", "附件无需签章及扫描。"),
    "sheet": ("對賬單", "对账单"),
    "sheet.guide": (
        "請在黃色欄位填寫貴方數量、金額、原因與備註；未填之列視為未表示。填妥後請直接回覆郵件附回。",
        "请在黄色栏填写贵方数量、金额、原因和备注；未填写的行视为未表示。填好后请直接回复邮件附回。",
    ),
    "sheet.their_quantity": ("貴方數量", "贵方数量"),
    "sheet.their_amount": ("貴方金額", "贵方金额"),
    "sheet.difference": ("差異（貴方−我方）", "差异（贵方−我方）"),
    "sheet.cause": ("差異原因", "差异原因"),
    "sheet.remark": ("備註", "备注"),
    "sheet.our_remark": ("附註", "附注"),
    "sheet.line": ("行號", "行号"),
    "sheet.their_closing": ("貴方期末餘額", "贵方期末余额"),
    "sheet.pick_cause": ("請選擇差異原因", "请选择差异原因"),
    "kind.OPENING": ("期初", "期初"),
    "kind.ORDER": ("訂單", "订单"),
    "kind.DELIVERY": ("發貨", "发货"),
    "kind.RETURN": ("退貨", "退货"),
    "kind.INVOICE": ("開票", "开票"),
    "kind.RECEIPT": ("收款", "收款"),
    "kind.PREPAYMENT": ("預收", "预收"),
    "kind.REFUND": ("退款", "退款"),
    "kind.SERVICE": ("服務費", "服务费"),
    "kind.PROMOTION": ("促銷", "促销"),
    "kind.REBATE": ("返利", "返利"),
    "kind.ALLOWANCE": ("折讓", "折让"),
    "kind.DEDUCTION": ("扣款", "扣款"),
    "kind.RETENTION": ("質保金", "质保金"),
    "kind.BANK_FEE": ("手續費", "手续费"),
    "kind.EXCHANGE": ("匯差", "汇差"),
    "kind.OFFSET": ("抵賬", "抵账"),
    "kind.DISHONOUR": ("退票", "退票"),
    "kind.WRITE_OFF": ("核銷", "核销"),
    "kind.ADJUSTMENT": ("調整", "调整"),
    "kind.SAMPLE": ("樣品", "样品"),
    "money.CNY": ("人民幣", "人民币"),
    "money.TWD": ("新臺幣", "新台币"),
    "money.HKD": ("港幣", "港币"),
    "money.USD": ("美元", "美元"),
    "money.EUR": ("歐元", "欧元"),
    "money.JPY": ("日圓", "日元"),
}
_WEEKDAYS = "一二三四五六日"
_TAIWAN = (("賬", "帳"), ("聯繫人", "聯絡人"), ("開票", "開立發票"))
_TAIWAN_OWN = {
    "tax_id": "統一編號",
    "slip.customer": "客戶簽名或用印（大小章），請蓋於方框內",
    "slip.by": "請於 {}（{}，含當日）前簽名或用印後回傳",
    "slip.ours": "供方簽名或用印",
    "basis.invoice": "按發票",
    "goods.invoice": "發票",
    "aging.invoice": "自發票日起算，收款先沖最早款項，截至 {}",
    "kind.INVOICE": "發票",
    "invoiced_unpaid": "其中：已開發票未收",
    "uninvoiced": "已出貨未開發票",
    "invoiced_in_period": "本期發票（備查）",
}
CAUSES = ("entry", "quantity", "price", "return", "invoice", "in_transit", "basis", "other")


@cache
def labels(locale: Locale) -> Mapping[str, str]:
    """All labels of a locale by their English key."""
    column = 1 if locale is Locale.HANS else 0
    words = {key: texts[column] for key, texts in _TABLE.items()}
    if locale is Locale.TAIWAN:
        words = {key: _taiwan(text) for key, text in words.items()} | _TAIWAN_OWN
    return MappingProxyType(words)


def kind_label(kind: DocumentKind, locale: Locale) -> str:
    """A document's kind as printed."""
    return labels(locale)[f"kind.{kind.name}"]


def currency_label(code: str, locale: Locale) -> str:
    """A currency's name, the code itself for one that we have no name for."""
    return labels(locale).get(f"money.{code}", code)


def basis_label(basis: Basis, locale: Locale) -> str:
    """按發貨 or 按開票."""
    return labels(locale)[f"basis.{basis.value}"]


def closing_label(closing: Decimal, locale: Locale) -> str:
    """期末應收餘額, 期末預收餘額 (shown with the absolute value) or 期末餘額為零."""
    words = labels(locale)
    if closing == 0:
        return words["closing.zero"]
    return words["closing.receivable" if closing > 0 else "closing.credit"]


def weekday(day: date, locale: Locale) -> str:
    """週一 or 周一."""
    return ("周" if locale is Locale.HANS else "週") + _WEEKDAYS[day.weekday()]


def _taiwan(text: str) -> str:
    for mainland, taiwan in _TAIWAN:
        text = text.replace(mainland, taiwan)
    return text
