"""What stands on seals besides the name, folded: kinds of seals, legal forms, branches, places.

``發票專用章`` under the star makes a seal one for invoices; ``有限公司`` ends a name; ``苏州`` before it is a place.
"""

from typing import Final

COMPANY, SQUARE, SPECIAL = "公章", "大小章", "其他專用章"
ELECTRONIC = "電子簽章"
"""No seal but what stands in its place in the evidence: a valid electronic signature with their certificate."""
HAND, UNKNOWN_HAND = "簽名", "簽名（未辨認）"
"""The same for a signature by hand, with the name where it was read as a registered one."""

KINDS: Final = (
    (SPECIAL, ("业务专", "业务章", "报关", "服务专")),
    ("統一發票專用章", ("统一发票", "统一编号")),
    ("發票專用章", ("发票", "税号", "开票", "票专")),
    ("財務專用章", ("财务", "财会", "务专")),
    ("合同專用章", ("合同", "合约", "契约", "同专")),
    ("收貨章", ("收货", "收发", "收讫", "验收", "签收", "仓库", "发货")),
    (
        "部門章",
        ("采购部", "销售部", "业务部", "市场部", "行政部", "办公室", "人事部", "生产部", "质检", "技术部", "项目部"),
    ),
    (SPECIAL, ("专用",)),
)
"""Kind → words that show it; the first row that fits counts, so the narrower stands above the wider."""

NAMED: Final = frozenset({COMPANY, SQUARE, *(kind for kind, _ in KINDS)})
"""Every kind there is."""
SHOWN: Final = NAMED | {ELECTRONIC, HAND, UNKNOWN_HAND}
"""What may stand in the evidence for the mark."""

BINDING: Final = (COMPANY, "財務專用章", "合同專用章", SQUARE)
"""Kinds that bind a company to a balance where its own table says nothing else; for all others finance looks first."""

CHOOSABLE: Final = (*BINDING, "發票專用章", "統一發票專用章", "收貨章", "部門章")
"""Kinds that a customer's table may name; not 其他專用章, which a title that can't be read is as well."""

KIND_WORDS: Final = (
    "统一发票专用章", "发票专用章", "财务专用章", "合同专用章", "收货专用章", "业务专用章", "专用章", "收货章",
    "收发章", "公章", "印章",
)  # fmt: skip
"""Cut from the end of a name that was read: they stand on the same ring on some seals."""

FORMS: Final = (
    "股份有限公司", "有限责任公司", "有限公司", "公司", "合伙企业", "个体工商户", "企业社", "实业社", "工程行",
    "经营部", "工作室", "合作社", "事务所", "研究院", "研究所", "商行", "工厂", "商店", "商社", "厂", "店", "行", "社",
)  # fmt: skip
"""Legal forms at the end of names, longer ones first."""

BRANCHES: Final = ("分公司", "办事处", "分店", "分厂", "分行", "门市部", "营业部", "子公司", "分社", "服务部")
"""A branch is another seal than its company's, and the other way round."""

SAME_IN_LAW: Final = frozenset({"责任"})
"""有限責任公司 and 有限公司 are one form (公司法): ledgers write either."""

PLACE_ENDS: Final = "省市区县镇"

PLACES: Final = (
    "中国", "北京", "天津", "上海", "重庆", "河北", "山西", "辽宁", "吉林", "黑龙江", "江苏", "浙江", "安徽", "福建",
    "江西", "山东", "河南", "湖北", "湖南", "广东", "海南", "四川", "贵州", "云南", "陕西", "甘肃", "青海", "台湾",
    "内蒙古", "广西", "西藏", "宁夏", "新疆", "香港", "澳门", "石家庄", "唐山", "保定", "太原", "沈阳", "大连", "长春",
    "哈尔滨", "南京", "无锡", "徐州", "常州", "苏州", "南通", "扬州", "镇江", "泰州", "昆山", "江阴", "张家港", "常熟",
    "太仓", "杭州", "宁波", "温州", "嘉兴", "湖州", "绍兴", "金华", "义乌", "台州", "合肥", "芜湖", "福州", "厦门",
    "泉州", "南昌", "济南", "青岛", "烟台", "潍坊", "临沂", "郑州", "洛阳", "武汉", "宜昌", "长沙", "株洲", "广州",
    "深圳", "珠海", "佛山", "东莞", "中山", "惠州", "江门", "汕头", "海口", "成都", "绵阳", "贵阳", "昆明", "西安",
    "兰州", "南宁", "桂林", "柳州", "呼和浩特", "包头", "乌鲁木齐", "银川", "西宁", "台北", "新北", "桃园", "台中",
    "台南", "高雄", "新竹", "嘉义", "基隆", "彰化",
)  # fmt: skip
"""Provinces and cities that names begin with; one that is missing here only costs a look by a person."""
