"""Words in cells of the own format and how people write them: ``發貨`` → ``发货``, ``Y`` → True, ``月结`` → monthly."""

from collections.abc import Mapping

from parsers.sales.columns import fold_word

_KINDS = {
    "期初": ("期初余额",),
    "订单": ("销售订单",),
    "发货": ("出库", "销售出库", "出货", "送货", "销货"),
    "退货": ("销售退货", "销退"),
    "开票": ("发票", "销售发票", "开立发票"),
    "收款": ("收款单", "回款"),
    "预收": ("预收款",),
    "退款": ("退款单",),
    "服务费": ("服务", "运费", "劳务"),
    "促销": ("促销费", "促销活动"),
    "返利": ("返点",),
    "折让": ("折扣", "销售折让"),
    "扣款": ("罚款",),
    "质保金": ("保证金", "质量保证金"),
    "手续费": ("汇费", "银行手续费"),
    "汇差": ("汇兑差额", "汇兑损益"),
    "抵账": ("对抵", "抵款", "冲抵"),
    "退票": ("支票退票",),
    "核销": ("坏账核销", "坏账"),
    "调整": ("账务调整",),
    "样品": ("赠品", "赠送"),
}
_YES = ("是", "有", "y", "yes", "true", "1", "√", "v", "可")
_NO = ("否", "无", "n", "no", "false", "0", "×", "x", "")
_CYCLES = {
    "monthly": ("月", "月度", "每月", "月结", "按月", "monthly"),
    "quarterly": ("季", "季度", "每季", "季结", "按季", "quarterly"),
    "annual": ("年", "年度", "每年", "年结", "按年", "annual"),
}
_LOCALES = {
    "zh-Hans": ("简", "简体", "简体中文", "zh-hans", "zh-cn"),
    "zh-Hant": ("繁", "繁体", "繁体中文", "zh-hant", "zh-hk"),
    "zh-Hant-TW": ("台", "台湾", "台湾繁体", "繁体(台湾)", "zh-tw", "zh-hant-tw"),
}
_CHANNELS = {
    "mail": ("邮件", "电子邮件", "email", "e-mail", "mail", "信件"),
    "fax": ("传真", "fax"),
    "paper": ("纸质", "纸本", "快递", "邮寄", "paper"),
    "wechat": ("微信", "wechat"),
    "portal": ("平台", "供应商平台", "portal"),
}
_BASES = {
    "delivery": ("发货", "按发货", "出货", "delivery"),
    "invoice": ("开票", "按开票", "发票", "invoice"),
}
_CURRENCIES = {
    "CNY": ("人民币", "rmb", "¥", "元"),
    "USD": ("美元", "美金", "us$", "$"),
    "HKD": ("港币", "港元", "hk$"),
    "TWD": ("新台币", "台币", "nt$", "ntd"),
    "EUR": ("欧元", "€"),
    "JPY": ("日元", "日圆"),
    "GBP": ("英镑", "£"),
    "SGD": ("新加坡元", "新币"),
    "MOP": ("澳门元", "澳门币"),
}
_CATEGORIES = {
    "goods": ("产品", "商品", "货物", "货品", "产品销售"),
    "service": ("服务", "服务费", "服务费用", "劳务", "运费"),
    "promotion": ("促销", "促销费", "促销活动"),
    "rebate": ("返利", "返点", "折让"),
    "other": ("其他", "其它"),
}
_SEALS = {
    "公章": ("公司章", "公司印章", "单位公章", "企业公章"),
    "財務專用章": ("财务专用章", "财务章"),
    "合同專用章": ("合同专用章", "合同章", "合约专用章"),
    "大小章": ("公司大小章",),
    "發票專用章": ("发票专用章", "发票章"),
    "統一發票專用章": ("统一发票专用章", "统一发票章"),
    "收貨章": ("收货章", "收货专用章"),
    "部門章": ("部门章",),
}


def _index(table: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {fold_word(word): key for key, words in table.items() for word in (key, *words)}


_KIND, _CYCLE, _LOCALE = _index(_KINDS), _index(_CYCLES), _index(_LOCALES)
_CHANNEL, _BASIS, _CURRENCY, _CATEGORY = _index(_CHANNELS), _index(_BASES), _index(_CURRENCIES), _index(_CATEGORIES)
_SEAL = _index(_SEALS)


def kind(text: str) -> str | None:
    """Return the 单据类型 as the format spells it, None for an unknown one."""
    return _KIND.get(text) or _KIND.get(fold_word(text))


def yes(text: str) -> bool | None:
    """Return what a yes/no cell says, empty meaning no, None for anything else."""
    word = fold_word(text)
    return True if word in _YES else False if word in _NO else None


def cycle(text: str) -> str | None:
    """Return ``monthly``, ``quarterly`` or ``annual``, None for anything else."""
    return _CYCLE.get(fold_word(text))


def locale(text: str) -> str | None:
    """Return ``zh-Hans``, ``zh-Hant`` or ``zh-Hant-TW``, None for anything else."""
    return _LOCALE.get(fold_word(text))


def channel(text: str) -> str | None:
    """Return ``mail``, ``fax``, ``paper``, ``wechat`` or ``portal``, None for anything else."""
    return _CHANNEL.get(fold_word(text))


def basis(text: str) -> str | None:
    """Return ``delivery`` or ``invoice``, None for anything else."""
    return _BASIS.get(fold_word(text))


def currency(text: str) -> str | None:
    """Return an ISO code of a currency that customers are billed in, None for anything else."""
    return _CURRENCY.get(fold_word(text))


def category(text: str) -> str | None:
    """Return ``goods``, ``service``, ``promotion``, ``rebate`` or ``other``, None for one of the company's own."""
    return _CATEGORY.get(fold_word(text))


def seal(text: str) -> str | None:
    """Return a kind of seal as ``parsers.scan.seal_words`` names it, such as 財務專用章, None for anything else."""
    return _SEAL.get(fold_word(text))
