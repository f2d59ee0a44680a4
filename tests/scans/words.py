"""What stands on returns, as tables: customers, other firms' names near theirs, notes, people.

``near(random, "苏州恒远机械有限公司")`` → ("one character", "苏州恒达机械有限公司").
"""

from random import Random

OURS = "华东贸易有限公司"

CUSTOMERS = (
    ("苏州恒远机械有限公司", False),
    ("宁波明达贸易有限公司", False),
    ("上海瑞丰电子科技股份有限公司", False),
    ("厦门金泰进出口有限公司", False),
    ("深圳市喆堃精密机械（龚岗）有限公司", False),
    ("佛山市顺德区华盛五金制品厂", False),
    ("青岛海川物流集团有限公司", False),
    ("恆遠商貿有限公司", True),
    ("臺北宏達國際企業股份有限公司", True),
    ("鴻昇精密工業股份有限公司", True),
    ("新竹大興五金行", True),
    ("東莞永順塑膠製品有限公司", True),
)
"""Names, and whether they write Traditional Chinese."""

UNRELATED = (
    "北京天启文化传媒有限公司",
    "杭州西湖百货有限公司",
    "成都蜀香餐饮管理有限公司",
    "广州飞扬服装有限公司",
    "高雄港都建設股份有限公司",
    "武汉长江造船厂",
    "無錫太湖絲綢有限公司",
)

CONFUSABLE = {
    "远": "达运近元",
    "恒": "恆桓垣永",
    "明": "朋光名时",
    "达": "远发大通",
    "瑞": "端睿润福",
    "丰": "半风豊年",
    "金": "全鑫余银",
    "泰": "秦奉太安",
    "喆": "哲吉喜",
    "华": "毕桦中",
    "盛": "胜晟成",
    "海": "河江侮",
    "川": "州洲山",
    "遠": "達運遙元",
    "恆": "恒桓垣永",
    "宏": "弘鴻安巨",
    "達": "遠通逹運",
    "鴻": "鴨洪宏鵬",
    "昇": "昌升界晟",
    "大": "太天人久",
    "興": "與盛隆發",
    "永": "水泳長恒",
    "順": "須川利昌",
}
CITIES = (
    "苏州",
    "宁波",
    "上海",
    "厦门",
    "深圳",
    "佛山",
    "青岛",
    "臺北",
    "新竹",
    "東莞",
    "南京",
    "天津",
    "重庆",
    "高雄",
)
TRADES = ("机械", "贸易", "电子科技", "进出口", "五金制品", "物流", "商貿", "國際企業", "精密工業", "塑膠製品", "五金")
OTHER_TRADES = ("置业", "餐饮", "投资", "包装", "建設", "化工")

NOTES = (
    "差三百元",
    "差1200.00",
    "以实际为准",
    "以實際收貨為準",
    "仅核对数量",
    "僅核對數量",
    "金额不符",
    "待核实",
    "有一笔退货未扣",
    "少收两件",
    "单价有误",
    "单价待定",
    "未收到货",
    "暂不确认",
    "不同意",
    "未开票部分不认",
    "仅代表收到",
    "仅供参考",
    "多记5000元",
    "我司账面84120.00",
    "运费不含",
    "尚欠发票两张",
    "扣质保金",
    "10月30日货款已付",
    "数量核对无误金额待查",
    "不含退货",
    "作废",
    "代收",
)
"""Words that make a yes no plain yes, wherever they stand."""

RESERVATION_STAMPS = (
    "E. & O. E.",
    "E&OE",
    "仅供参考",
    "僅供參考",
    "以我司账为准",
    "以我司帳為準",
    "收到",
    "收讫",
    "待核",
    "退回",
    "与账不符",
    "以合同为准",
    "FOR REFERENCE ONLY",
    "WITHOUT PREJUDICE",
    "SUBJECT TO AUDIT",
    "仅作对账用不作付款依据",
)
"""What a rubber stamp says that takes back some of the yes beside it."""
COPY_STAMPS = ("副本", "样张", "樣張", "草稿", "COPY", "SAMPLE", "DRAFT", "复印件无效", "影印本")
RECEIVED_STAMPS = ("收文章", "收文", "收件", "RECEIVED", "收發室", "文件收讫")
LIKE_FIRMS = {
    "苏州恒远机械有限公司": "苏州鼎盛机械有限公司",
    "宁波明达贸易有限公司": "宁波海润贸易有限公司",
    "上海瑞丰电子科技股份有限公司": "上海博芯电子科技股份有限公司",
    "厦门金泰进出口有限公司": "厦门凯利进出口有限公司",
    "深圳市喆堃精密机械（龚岗）有限公司": "深圳市宏业精密机械（龙华）有限公司",
    "佛山市顺德区华盛五金制品厂": "佛山市顺德区美联五金制品厂",
    "青岛海川物流集团有限公司": "青岛顺通物流集团有限公司",
    "恆遠商貿有限公司": "嘉禾商貿有限公司",
    "臺北宏達國際企業股份有限公司": "臺北聯強國際企業股份有限公司",
    "鴻昇精密工業股份有限公司": "建準精密工業股份有限公司",
    "新竹大興五金行": "新竹協和五金行",
    "東莞永順塑膠製品有限公司": "東莞嘉利塑膠製品有限公司",
}
"""Another firm of the same town and trade, by the customer's name."""
CLAUSES = (
    "但退货除外",
    "（除10月28日一笔外）",
    "金额待查",
    "仅数量",
    "运费除外",
    "另有折让未扣",
    "但未含质保金",
    "（不含税）",
    "以開票為準",
)
"""What is put after a printed yes by hand."""
BACK_NOTES = (
    "另有退货两笔未扣共1200元",
    "10月28日一批货未收到",
    "单价与合同不符，见附件",
    "我司账面余额少565.00元",
    "質量扣款3000元尚未沖減",
)
"""What stands on the back of the sheet."""
OUR_PEOPLE = ("周晓岚", "陈会计")
"""Whom our own slip names as its preparer and reviewer."""

DATES = ("2026年11月5日", "2026.11.6", "26/11/4", "2026-11-09", "11月7日", "115.11.5")
PEOPLE = ("王小明", "陈志华", "林美玲", "張建國", "李娜", "刘洋", "黃淑芬", "赵一凡", "周子涵", "吴海")
DEPARTMENTS = (
    "收货专用章",
    "仓库收货章",
    "收發章",
    "采购部",
    "業務專用章",
    "物流部专用章",
    "行政部",
    "验收章",
    "报价专用章",
)
INVOICE = ("发票专用章", "統一發票專用章")
BINDING = ("财务专用章", "財務專用章", "合同专用章", "合同專用章")


def near(random: Random, name: str) -> tuple[str, str]:
    """How another firm's name differs from this one, and that name."""
    how = random.choice(("one character", "other city", "other trade", "branch", "group", "added"))
    made = _NEAR[how](random, name)
    return (how, made) if made not in {"", name} else ("one character", _one_character(random, name))


def _one_character(random: Random, name: str) -> str:
    places = [place for place, character in enumerate(name) if character in CONFUSABLE]
    place = random.choice(places)
    return name[:place] + random.choice(CONFUSABLE[name[place]]) + name[place + 1 :]


def _other_city(random: Random, name: str) -> str:
    here = next((city for city in CITIES if name.startswith(city)), "")
    other = random.choice([city for city in CITIES if city != here])
    return other + name[len(here) :].removeprefix("市")


def _other_trade(random: Random, name: str) -> str:
    trade = next((trade for trade in TRADES if trade in name), "")
    return name.replace(trade, random.choice(OTHER_TRADES)) if trade else ""


def _branch(random: Random, name: str) -> str:
    return name + random.choice(("南京", "高雄", "第二", "东区")) + "分公司" if name.endswith("公司") else name + "二厂"


def _group(_: Random, name: str) -> str:
    if "集团" in name:
        return name.replace("集团", "")
    return name.replace("股份", "").replace("有限公司", "集团有限公司") if "有限公司" in name else name + "集团"


def _added(random: Random, name: str) -> str:
    here = next((city for city in CITIES if name.startswith(city)), "")
    return here + random.choice(("新", "大", "中", "东")) + name[len(here) :].removeprefix("市")


_NEAR = {
    "one character": _one_character,
    "other city": _other_city,
    "other trade": _other_trade,
    "branch": _branch,
    "group": _group,
    "added": _added,
}
