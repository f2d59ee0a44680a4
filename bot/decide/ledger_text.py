"""What the ledger tells finance people about rows, in Simplified Chinese; and how a row's place is written."""

from collections.abc import Sequence

from parsers.sales.messages import Text

_SHOWN = 10

EMPTY = Text("不能为空", "请补填")
NOT_A_DATE = Text("不是有效日期", "请写成 2026-10-05 的形式")
NOT_A_NUMBER = Text("不是有效数字", "请写成 1234.50 的形式，不要用 1.234,50 或科学计数法")
NOT_A_RATE = Text("不是有效税率", "请写成 13% 或 0.13")
NOT_A_LINE = Text("行号须为 1 至 999999 的整数", "请更正行号")
NOT_A_DAY = Text("结账日须为 1 至 31 的整数或“月末”", "请更正结账日")
UNKNOWN_CURRENCY = Text("无法识别的币种", "请写三位代码，如 CNY、USD、HKD、TWD")
NO_CUSTOMER_ON_RECEIPT = Text("收款没有客户", "请查明付款人后补填客户编码")
NO_DUE_ON_RETENTION = Text("质保金没有到期日", "请补填到期日")
NO_CUSTOMER_ABOVE = Text("客户编码为空，且上方没有可延续的客户", "请补填客户编码")
NOT_NAMES = Text("签字人须为姓名，以“、”分隔，每个 2 至 20 个字", "请更正，例如：王建国、李敏")
BAD_NAME = Text("名称含有不允许的字符", "请删除“=?”和控制字符")
NO_ADDRESS = Text("联系人没有邮箱", "请补填邮箱，或把渠道改为非邮件方式")
FEW_WORDS: dict[str, Text] = {
    "may_confirm": Text("只能填“是”或“否”", "请更正"),
    "cc": Text("只能填“是”或“否”", "请更正"),
    "cycle": Text("对账周期无法识别", "请填“月”“季”或“年”"),
    "locale": Text("语言无法识别", "请填“简”“繁”或“台”"),
    "channel": Text("渠道无法识别", "请填“邮件”“传真”“纸质”“微信”或“平台”"),
    "basis": Text("对账口径无法识别", "请填“发货”或“开票”"),
}
"""Fields that take a few words only, and which."""


def unknown_kind(text: str, known: str) -> Text:
    """A 单据类型 that isn't in the format."""
    return Text(f"未知的单据类型“{text}”", f"请使用：{known}")


def unknown_customer(code: str) -> Text:
    """A document whose customer isn't in the customers table."""
    return Text(f"未知的客户编码“{code}”", "请先导入该客户，或更正编码")


def doubled_row(number: str, line: int, first: int) -> Text:
    """A second row with the same 单据类型 + 单号 + 行号."""
    return Text(f"单号 {number} 行号 {line} 与第 {first} 行重复", "同一单据的各行请填写不同的行号")


def other_currency(code: str, own: str) -> Text:
    """A document in another currency than its customer's."""
    return Text(f"币种 {code} 与客户币种 {own} 不同，将另出一张 {code} 对账单", "若为误填请更正")


def price_mismatch(gap: object) -> Text:
    """Quantity × price differs from the amount."""
    return Text(f"数量×含税单价与金额相差 {gap}", "请核对单价和金额；若单价有更多小数位，请导出完整单价")


def tax_mismatch(gap: object) -> Text:
    """The tax differs from what amount and rate give."""
    return Text(f"税额与金额、税率不符，相差 {gap}", "请核对税额和税率")


def both_styles(kind: str, positive: int, negative: int) -> Text:
    """One lowering type with both signs in one file."""
    return Text(
        f"“{kind}”在本文件中既有正数（第 {positive} 行起）又有负数（第 {negative} 行起），方向不明，相关客户暂缓对账",
        "金额请统一写正数；确为红字冲销的，请放在单独的文件中导入",
    )


def all_negative(kind: str) -> Text:
    """One lowering type with negative amounts only."""
    return Text(f"“{kind}”全部为负数，将按红字冲销处理，会增加应收", "若只是写法不同，请改为正数后重新导入")


def number_gaps(kind: str, numbers: Sequence[str]) -> Text:
    """Numbers missing from an otherwise unbroken series."""
    shown = "、".join(numbers[:_SHOWN]) + ("…" if len(numbers) > _SHOWN else "")
    return Text(f"“{kind}”单号不连续，缺 {len(numbers)} 个：{shown}", "请核对是否漏导；作废的单号可不处理")


def differing(row: int) -> Text:
    """A customer-level cell that differs from the customer's first row."""
    return Text(f"与该客户第 {row} 行的内容不一致", "同一客户请保持一致，或在后续行留空")


def bad_address(reason: str) -> Text:
    """An address that no mail could go to."""
    return Text("邮箱地址无效", f"请更正（{reason}）")


def doubled_address(row: int) -> Text:
    """An address that stands twice with one customer."""
    return Text(f"邮箱与第 {row} 行重复", "同一客户每个邮箱只写一行")


def unknown_seals(written: str, known: str) -> Text:
    """Words in the column of seals that name no kind of seal."""
    return Text(f"未知的印章种类“{written}”", f"请使用：{known}；以“、”分隔，留空即用 config.yaml 的默认")


def unknown_rep(address: str) -> Text:
    """A rep who isn't in the configuration's staff."""
    return Text(f"销售代表 {address} 不在人员名单中", "请在 config.yaml 的 staff 中登记，或更正邮箱")


def same_name(name: str, code: str) -> Text:
    """Two customers with one name or alias: a reply that only names it can't be told apart."""
    return Text(f"名称“{name}”与客户 {code} 相同，回复邮件中无法区分", "请用全称，或补充别名加以区分")


def missing_glyphs(name: str, characters: str) -> Text:
    """Characters that our fonts can't print."""
    return Text(f"“{name}”中的字符 {characters} 字库中没有，无法打印", "请改用通用字，或联系维护人员补充字库")


def source_of(place: str, row: int) -> str:
    """Return where a row came from: ``documents.xlsx 第 12 行``."""
    return f"{place} 第 {row} 行"


def file_of(source: str) -> str:
    """Return the file of a :func:`source_of`."""
    return source.rpartition(" 第 ")[0]
