"""Replies made of parts, with a truth known by construction: wording × position × client's shape × sender × attachment.

Item i of a seed is the same at every run. A honest one names this customer and this period and says that all is
right, with small talk and a signature around it; a refusing one is a honest one with one thing put in or changed that
no confirmation may hold.
"""
# ruff: noqa: E501  # sentences stand on one line each

from dataclasses import dataclass, replace
from random import Random

from tests.decide.rounds import Record, record

CUSTOMERS = (
    ("常州市天宇电子科技有限公司", ("常州市天宇电子科技有限公司", "天宇电子", "常州天宇", "天宇科技有限公司")),
    ("佛山市南海区兴业陶瓷厂", ("佛山市南海区兴业陶瓷厂", "兴业陶瓷厂")),
    ("高雄鼎峰實業股份有限公司", ("高雄鼎峰實業股份有限公司", "鼎峰實業", "鼎峰")),
    ("苏州工业园区博瑞电器有限公司", ("苏州工业园区博瑞电器有限公司", "博瑞电器", "苏州博瑞")),
)
PERIODS = (
    ("2026-10", ("2026年10月", "10月份", "十月", "2026-10", "10月")),
    ("2026-Q3", ("2026年第三季度", "第3季度", "Q3")),
    ("2026", ("2026年度",)),
)
FORMS = (
    "{n}确认{p}销售对账单无误",
    "{p}销售对账单，{n}确认无误",
    "{n}{p}对账单核对无误，确认",
    "经核对，{n}{p}对账单没有差异，予以确认",
    "{p}对账单我司已核对，{n}确认无误",
    "贵司{p}对账单收悉。经我司财务核对，{n}确认无误",
    "{p}对账单对过了，没有问题，{n}确认",
    "我司（{n}）已核对{p}销售对账单，余额{a}元与我司账面一致，确认无误",
    "{n}確認{p}銷售對帳單無誤",
)
OPENINGS = (
    "",
    "周经理，您好：\n",
    "您好！\n",
    "财务部各位同事：\n",
    "王姐你好，",
    "Dear Ms. Wang,\n",
    "抱歉回复晚了。",
)
MIDDLES = (
    "",
    "盖章扫描件见附件，请查收。",
    "已签字盖章，附件请查收。",
    "天气转凉，注意保暖。",
    "这几天出差刚回来，让您久等了。",
    "祝周末愉快！",
    "谢谢您一直以来的支持。",
    "货款下周安排付款。",
    "麻烦尽快寄发票，地址不变。",
)
ENDS = (
    "",
    "\n\n陈晓敏\n财务部\n电话：0512-62881234",
    "\n谢谢\n张丽 / 应付会计",
    "\n\n顺祝商祺\n李建国",
    "\n发自我的iPhone",
    "\n\nBest regards,\nLinda Chen\nFinance Dept.",
)
REFUSING_SENTENCES = (
    "其中一笔我们没有收到货。",
    "但退货还没冲。",
    "以我司账面为准。",
    "运费300元请扣除。",
    "如发票未到则不算数。",
    "数量仍在核对。",
    "单价有争议，另议。",
    "10月18日那笔有出入。",
    "折扣没有算进去。",
    "以上仅为初步核对结果。",
    "这句话是按你们模板抄的。",
    "请先不要入账。",
    "需等总部复核后才有效。",
    "最后两行不是我们的。",
    "刚才发错了，请作废。",
    "我方账面是85,000.00元。",
    "质保金不在确认范围内。",
    "个别单据待补。",
    "领导还没同意。",
    "税率应为9%。",
    "发票重开后再说。",
    "待验收合格后生效。",
    "章是先盖的，数还没对。",
    "上月的货款重复计了。",
    "少了两箱货。",
    "原则上同意。",
    "本邮件不作为对账依据。",
    "请问余额怎么算的？",
    "这是给另一家公司的。",
    "对不上。",
    "有异议。",
    "明细里多列了一张单。",
    "差额300元下月调整。",
    "我只核对了数量。",
    "以年终结算为准。",
    "部分金额待确认。",
    "贵司应付我司的返利没有体现。",
    "不代表我司认可该金额。",
)
REFUSING_WORDS = (
    "不",
    "未",
    "暂",
    "若",
    "除运费外",
    "基本",
    "大致",
    "部分",
    "初步",
    "不能",
    "尚未",
    "拟",
    "将",
    "待核后",
    "可能",
    "仅就数量",
    "如无问题则",
    "小王说",
    "请",
    "据说",
    "9月",
)
CHANGES = (
    ("无误", "有误"), ("無誤", "有誤"), ("确认", "不确认"), ("确认", "无法确认"), ("無誤", "無誤？"), ("没有差异", "没有差异吗？"), ("无误", "无误的话"), ("对账单", "对账单数量"),
    ("{n}", "上海恒远机电有限公司"), ("{n}", "天宇物流有限公司"), ("{n}", "{n}集团"), ("{p}", "2026年8月"), ("{p}", "2025年10月"), ("{p}", "{p}上半部分"),
)  # fmt: skip
SHAPES = ("none", "qq", "outlook", "foxmail", "163", "gmail", "phone")


@dataclass(frozen=True, slots=True)
class Made:
    """A record and how it was made; ``good`` is whether it is a honest confirmation."""

    record: Record
    good: bool
    how: str


def make(index: int, seed: int) -> Made:
    """Item ``index``: a third of them honest."""
    random = Random(f"{seed}/{index}")
    customer, names = random.choice(CUSTOMERS)
    code, periods = random.choice(PERIODS)
    form = random.choice(FORMS)
    fault = random.choice(("honest", "honest", "sentence", "sentence", "word", "change", "sender", "struck"))
    if fault == "change":
        form = _changed(form, random)
    said = form.format(n=random.choice(names), p=random.choice(periods), a="85,685.00")
    if fault == "word":
        said = _inserted(said, random.choice(REFUSING_WORDS), random)
    sentences = [said + random.choice("。。！"), random.choice(MIDDLES), random.choice(MIDDLES)]
    if fault == "sentence":
        sentences.insert(random.randrange(len(sentences) + 1), random.choice(REFUSING_SENTENCES))
    if fault == "struck":
        sentences[0] = f"~~{sentences[0]}~~"
    joint = random.choice(("", "", "\n"))
    text = random.choice(OPENINGS) + joint.join(filter(None, sentences)) + random.choice(ENDS)
    made = record({"id": f"g-{index}", "class": "honest", "company": "华东贸易有限公司", "customer": customer, "period": code, "closing": "85685.00", "text": text, "expect": "confirmed", "shape": random.choice(SHAPES)})  # fmt: skip
    if fault == "sender":
        made = replace(made, sender=random.choice(("colleague", "stranger")))
    return Made(made, fault == "honest", f"{fault}: {text}")


def _changed(form: str, random: Random) -> str:
    """The form with one of the changes that fit it."""
    old, new = random.choice([change for change in CHANGES if change[0] in form])
    return form.replace(old, new, 1)


def _inserted(said: str, word: str, random: Random) -> str:
    """A word put before a confirming one."""
    places = [
        place
        for mark in ("确认", "確認", "核对", "无误", "無誤", "没有差异", "没有问题")
        if (place := said.find(mark)) >= 0
    ]
    place = random.choice(places)
    return said[:place] + word + said[place:]
