"""The demo's company: its staff, its sixteen and more customers with their habits, and what its ERP exports."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from bot.demo.habits import HABITS, Habit

DOMAIN = "hd-trade.example"
BOT = f"ar@{DOMAIN}"
SMTP_PORT, IMAP_PORT = 1465, 1993
"""As in the example config.yaml; where one is taken the servers listen elsewhere and the demo says where."""
AUTHSERV_ID = f"mx.{DOMAIN}"
REPS = ((f"zhou@{DOMAIN}", "周晓岚"), (f"lin@{DOMAIN}", "林志强"))
MANAGER, FINANCE = f"li@{DOMAIN}", f"chen@{DOMAIN}"
SHARED = (f"service@{DOMAIN}", f"wh@{DOMAIN}")
EXAMPLE_CONTACTS = ("li.jg@hengyuan.example", "ap@hengyuan.example")
"""Of the sheet that ``init`` writes: they have mailboxes here, so that its statement arrives as well."""
STAFF = (*(address for address, _ in REPS), MANAGER, FINANCE, *SHARED)

_NAMES = (
    ("苏州恒远机械有限公司", "hengyuan", "李建国", "zh-Hans"),
    ("东莞鼎诚五金制品有限公司", "dingcheng", "何美玲", "zh-Hans"),
    ("臺灣精鑽工業股份有限公司", "jingzuan", "林淑芬", "zh-Hant"),
    ("宁波甬江液压件厂", "yongjiang", "徐海波", "zh-Hans"),
    ("深圳市喆堃精密机械有限公司", "zhekun", "黄丽华", "zh-Hans"),
    ("香港聯盛貿易有限公司", "lianshing", "陳嘉欣", "zh-Hant"),
    ("无锡市锡山通用机械有限公司", "xishan", "顾伟", "zh-Hans"),
    ("嘉兴秀洲五金有限公司", "xiuzhou", "沈卫东", "zh-Hans"),
    ("合肥庐阳电子科技有限公司", "luyang", "王晓燕", "zh-Hans"),
    ("东莞台升精密工业有限公司", "taisheng", "張志偉", "zh-Hant"),
    ("杭州钱塘包装机械有限公司", "qiantang", "赵敏", "zh-Hans"),
    ("南通海门金属制品有限公司", "haimen", "陆军", "zh-Hans"),
    ("常州天宁轴承有限公司", "tianning", "蒋红", "zh-Hans"),
    ("台州路桥塑模厂", "luqiao", "周建军", "zh-Hans"),
    ("绍兴越城纺机配件有限公司", "yuecheng", "孙莉", "zh-Hans"),
    ("高雄宏昇機電有限公司", "hongsheng", "吳佩珊", "zh-Hant"),
    ("扬州邗江电气有限公司", "hanjiang", "朱明", "zh-Hans"),
    ("昆山陆家模具有限公司", "lujia", "钱芳", "zh-Hans"),
)
_GOODS = (
    ("深沟球轴承", "6204-2RS", "只", "12.50"),
    ("直线导轨", "HGH20CA", "米", "113.00"),
    ("滚珠丝杠", "SFU1605", "支", "178.00"),
    ("减速机", "RV63-30", "台", "1130.00"),
    ("气动接头", "PC8-02", "个", "2.18"),
    ("伺服电机", "SGM7J-04AFC6S", "台", "2380.00"),
    ("不锈钢法兰盘", "DN80 PN16", "片", "136.00"),
    ("聚氨酯同步带", "HTD-8M-1200", "条", "92.35"),
)
_PAID_BY = ("电汇", "银行承兑汇票", "支票")
_CUSTOMER_HEADER = (
    "客户编码 客户名称 别名 对账周期 付款条件 销售代表 联系人 邮箱 授权确认 授权依据 抄送 语言 渠道 币种 对账口径"
)
_DOCUMENT_HEADER = (
    "单据类型 单号 行号 日期 客户编码 产品名称 规格 单位 数量 含税单价 金额 税率 币种 客户订单号 结算方式 备注"
)
_OPENING, _FIRST, _LAST = date(2026, 9, 30), date(2026, 10, 1), date(2026, 10, 31)


@dataclass(frozen=True, slots=True)
class DemoCustomer:
    """One customer of the demo: who it is and how it behaves."""

    code: str
    name: str
    contact: str
    address: str
    locale: str
    rep: str
    habit: Habit
    seed: int


def customers(count: int) -> tuple[DemoCustomer, ...]:
    """The customers, one of every habit first, then habits and names in turn with a number behind the name."""
    return tuple(_customer(index) for index in range(count))


def _customer(index: int) -> DemoCustomer:
    name, domain, contact, locale = _NAMES[index % len(_NAMES)]
    lap = index // len(_NAMES)
    mark = "" if lap == 0 else f"第{lap}分厂"
    host = domain if lap == 0 else f"{domain}{lap}"
    habit = HABITS[index % len(HABITS)]
    rep = REPS[index % len(REPS)][0]
    return DemoCustomer(
        f"C{index + 1:04d}", name + mark, contact, f"{_local(index)}@{host}.example", locale, rep, habit, index + 1
    )


def _local(index: int) -> str:
    return ("caiwu", "ap", "finance", "kuaiji")[index % 4]


def customers_csv(everybody: tuple[DemoCustomer, ...]) -> bytes:
    """The customers as the ERP exports them."""
    header = _CUSTOMER_HEADER.split()
    rows = [
        (
            *(each.code, each.name, "", "月", "月结60天", each.rep, each.contact, each.address, "是"),
            *("授权书 2026", "否", "繁" if each.locale == "zh-Hant" else "简", "邮件", "CNY", "发货"),
        )
        for each in everybody
    ]
    return _csv(header, rows)


def documents_csv(everybody: tuple[DemoCustomer, ...]) -> bytes:
    """A month of documents of all customers; the one whose habit is to be held has a wrong amount in it."""
    header = _DOCUMENT_HEADER.split()
    return _csv(header, [row for each in everybody for row in _documents(each)])


def _documents(customer: DemoCustomer) -> Iterator[tuple[str, ...]]:
    random, code = Random(customer.seed), customer.code
    opening = Decimal(random.randrange(20_000, 200_000))
    yield _row("期初", f"QC-{code}", _OPENING, code, opening, remark="9 月末余额")
    days = sorted(random.randrange(31) for _ in range(random.randrange(6, 26)))
    for place, day in enumerate(days, 1):
        product, spec, unit, price = random.choice(_GOODS)
        quantity = random.randrange(1, 60)
        amount = Decimal(price) * quantity
        if customer.habit.name == "held" and place == 1:
            amount += 100
        goods = (product, spec, unit, str(quantity), price)
        number = f"XSCK-{code[1:]}-{place:03d}"
        yield _row("发货", number, _FIRST + timedelta(days=day), code, amount, goods, f"PO-{code[1:]}{place:02d}")
    paid = (opening / 2).quantize(Decimal("0.01"))
    yield _row("收款", f"SKD-{code[1:]}-001", _LAST - timedelta(days=3), code, paid, paid_by=random.choice(_PAID_BY))


def _row(  # noqa: PLR0917  # the columns in their order
    kind: str,
    number: str,
    on: date,
    code: str,
    amount: Decimal,
    goods: tuple[str, ...] = ("", "", "", "", ""),
    order: str = "",
    *,
    paid_by: str = "",
    remark: str = "",
) -> tuple[str, ...]:
    tax = "13%" if goods[0] else ""
    return (kind, number, "1", on.isoformat(), code, *goods, f"{amount:.2f}", tax, "CNY", order, paid_by, remark)


def _csv(header: list[str], rows: Iterable[tuple[str, ...]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows(rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def config_yaml(smtp_port: int, imap_port: int, ca_file: str) -> str:
    """The demo's configuration, as a newcomer would write it."""
    reps = "\n".join(
        f"  - {{name: {name}, address: {address}, roles: [rep], superior: {MANAGER}, phone: 0512-6888000{place}}}"
        for place, (address, name) in enumerate(REPS, 1)
    )
    return f"""\
# The demo's configuration: made anew by every `duizhang demo`.
company: {{name: 华东贸易有限公司, aliases: [华东贸易], locale: zh-Hans, timezone: Asia/Shanghai, currency: CNY,
          basis: delivery, number_prefix: DZ, phone: 0512-68880000, tax_id: 91320500MA1WXXXX1A,
          address: 苏州市工业园区星湖街 1 号}}
mail:
  address: {BOT}
  authserv_id: {AUTHSERV_ID}
  ca_file: {ca_file}
  smtp: {{host: localhost, port: {smtp_port}, security: tls, username: {BOT}, password: "file:secret"}}
  imap: {{host: localhost, port: {imap_port}, security: tls, username: {BOT}, password: "file:secret"}}
  limits: {{per_minute: 60, per_day: 5000}}
staff:
{reps}
  - {{name: 李敏, address: {MANAGER}, roles: [manager]}}
  - {{name: 陈会计, address: {FINANCE}, roles: [finance], phone: 0512-68880009}}
  - {{name: 客服, address: {SHARED[0]}, roles: [customer_service], shared: true}}
departments: {{order_entry: {REPS[0][0]}, warehouse: {SHARED[1]}, pricing: {MANAGER}, finance: {FINANCE}}}
digest: {{to: [{FINANCE}], at: "18:00"}}
"""
