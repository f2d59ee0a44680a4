"""The habits of customers: what each answers to a statement, when, from which program, and what must come of it.

An act is a mail that the customer (or somebody else) sends some hours after the statement came. ``expected`` is the
state of the case at the end, or ``bounce`` where the statement never arrived.
"""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

from openpyxl import load_workbook

from bot.demo import paper
from bot.model import Attachment, Statement
from parsers.scan.layout import Layout

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Received:
    """The statement as the customer got it."""

    statement: Statement
    pdf: bytes
    sheet: bytes
    layout: Layout
    seed: int

    @property
    def phrase(self) -> str:
        """The full phrase that the policy asks for."""
        return f"{self.statement.snapshot.customer.name}确认{self.statement.subject_period}销售对账单无误"


Words = Callable[[Received], str]
Attach = Callable[[Received], tuple[Attachment, ...]]


@dataclass(frozen=True, slots=True)
class Act:
    """One mail: hours after the statement, the words, what is attached, and who sends it.

    ``stranger`` writes under the customer's address, ``robot`` is the customer's automatic answer.
    """

    hours: int
    words: Words
    attach: Attach = lambda _: ()
    sender: str = "customer"


@dataclass(frozen=True, slots=True)
class Habit:
    """How a customer behaves; ``told`` says it for people."""

    name: str
    told: str
    shape: str
    acts: tuple[Act, ...]
    expected: str


def _sealed(received: Received) -> tuple[Attachment, ...]:
    return paper.sealed_scan(received.pdf, received.layout, _name(received), received.seed, dpi=150)


def _sealed_photo(received: Received) -> tuple[Attachment, ...]:
    return paper.sealed_scan(received.pdf, received.layout, _name(received), received.seed, dpi=150, format="jpg")


def _name(received: Received) -> str:
    return received.statement.snapshot.customer.name


def _filled_sheet(received: Received) -> tuple[Attachment, ...]:
    """The workbook with a smaller quantity and amount in its first delivery, saved by a spreadsheet program."""
    book = load_workbook(BytesIO(received.sheet))
    page = book.worksheets[0]
    header = next(row for row in page.iter_rows() if any(cell.value in {"贵方金额", "貴方金額"} for cell in row))
    places = {str(cell.value): cell.column or 0 for cell in header if cell.value}
    quantity = next(column for name, column in places.items() if name in {"贵方数量", "貴方數量"})
    amount = next(column for name, column in places.items() if name in {"贵方金额", "貴方金額"})
    cause = next(column for name, column in places.items() if name in {"差异原因", "差異原因"})
    line = next(each for each in received.statement.snapshot.lines if each.quantity)
    row = next(cells[0].row or 0 for cells in page.iter_rows() if any(cell.value == line.number for cell in cells))
    price, count = line.unit_price or 0, (line.quantity or 1) - 1
    page.cell(row, quantity, float(count))
    page.cell(row, amount, float(count * price))
    page.cell(row, cause, "数量不符")
    out = BytesIO()
    book.save(out)
    return (Attachment("对账单-已核对.xlsx", XLSX, out.getvalue()),)


def _says(text: str) -> Callable[[Received], str]:
    return lambda received: text.format(
        phrase=received.phrase,
        name=_name(received),
        period=received.statement.subject_period,
        line=received.statement.snapshot.lines[1].number,
    )


_FULL = "{phrase}。\n"
_MISSING_RETURN = "你好，10月18日退货那笔565元你们没有减，请核实。\n"
_QUOTED = "收到，我們先核對一下。\n\n在 2026年10月5日，王小姐 寫道：\n> {phrase}\n"
_AWAY = "您好，我正在休假，11月6日回来处理邮件。\n"
_SECOND = "等等，少算了一笔10月20日的退货，刚才的先不算。\n"


def _act(hours: int, words: str, attach: Attach = lambda _: (), sender: str = "customer") -> Act:
    return Act(hours, _says(words), attach, sender)


HABITS: tuple[Habit, ...] = (
    Habit(
        "phrase+scan",
        "确认语＋盖章扫描件",
        "QQ",
        (_act(3, "您好，\n" + _FULL + "盖章件见附件，请查收。", _sealed),),
        "confirmed",
    ),
    Habit("phrase only", "只有确认语，没有附件", "163", (_act(5, _FULL),), "scan_pending"),
    Habit(
        "scan only",
        "只寄回簽章件，正文客氣話",
        "Outlook 繁",
        (_act(26, "請查收，謝謝。\n", _sealed_photo),),
        "in_review",
    ),
    Habit(
        "sheet",
        "填好的 Excel，有一笔数量不同",
        "Foxmail",
        (_act(20, "已核对，差异见附表。\n", _filled_sheet),),
        "discrepancy",
    ),
    Habit("complaint", "用话说少了一笔退货", "QQ", (_act(7, _MISSING_RETURN),), "discrepancy"),
    Habit(
        "question",
        "反問一個問題",
        "Gmail",
        (_act(4, "請問 {line} 這張單的送貨單可以補寄一份嗎？\n"),),
        "question",
    ),
    Habit(
        "out of office, then yes",
        "先自动回复，三天后确认",
        "Outlook",
        (_act(0, _AWAY, sender="robot"), _act(77, _FULL + "盖章件见附件。", _sealed)),
        "confirmed",
    ),
    Habit("bounce", "地址已失效，退信", "QQ", (), "bounce"),
    Habit(
        "wrong period",
        "确认了上个月的期间",
        "163",
        (_act(6, "{name}确认2026年9月销售对账单无误。\n", _sealed),),
        "person",
    ),
    Habit("phrase in the quote", "確認語只在引文裡", "Outlook 繁", (_act(8, _QUOTED),), "person"),
    Habit(
        "yes and a question",
        "确认，同时问发票",
        "Apple Mail",
        (_act(9, _FULL + "另外，发票什么时候寄？\n", _sealed),),
        "confirmed",
    ),
    Habit(
        "rep for the customer",
        "业务员替客户确认",
        "Foxmail",
        (_act(10, "客户电话里说没问题，{phrase}。\n", sender="rep"),),
        "sent",
    ),
    Habit("forged", "冒用联系人地址", "Gmail", (_act(11, _FULL, _sealed, "stranger"),), "person"),
    Habit("silence", "一直不回复", "QQ", (), "sent"),
    Habit(
        "second thoughts",
        "先确认，十分钟后说少算一笔",
        "QQ",
        (_act(12, _FULL, _sealed), _act(12, _SECOND)),
        "discrepancy",
    ),
    Habit("weak yes", "只說沒問題", "Outlook 繁", (_act(30, "沒問題。\n"),), "scan_pending"),
    Habit("held", "数据有误，暂缓发送", "QQ", (), "held"),
    Habit(
        "sealed later",
        "先确认，催后补盖章件",
        "Foxmail",
        (_act(5, _FULL), _act(52, "盖章件补上，见附件。\n", _sealed)),
        "in_review",
    ),
)
