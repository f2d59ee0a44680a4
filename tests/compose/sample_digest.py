"""A normal day of two hundred customers, for the tests of the digest and for looking at it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from bot.decide.kpi import Figures, Ratio
from bot.decide.report import DigestReport, build
from bot.decide.rows import CaseRow, Difference, SystemRow, TaskKind, TaskRow
from bot.model import Aging, Bucket, Locale, State
from parsers.period import Period
from tests.compose.sample import NOW, PERIOD, SHANGHAI

TODAY = date(2026, 11, 12)
EVENING = datetime(2026, 11, 12, 10, 0, tzinfo=UTC)
REPS = ("周晓岚", "林志强", "陈雨桐", "王磊")
NAMES = (
    "苏州恒远自动化设备",
    "深圳市喆堃精密机械（龚岗）",
    "宁波甬江液压件厂",
    "東莞臺升精密工業",
    "杭州钱塘包装机械",
    "无锡市锡山通用机械",
)
SYSTEM = SystemRow(EVENING - timedelta(minutes=2), 3, 1, 0, 1, 214, 2000, "9f2c61d0a7b34e1588", folded=4)
AGING = Aging(
    (
        Bucket(0, 30, Decimal(35085)),
        Bucket(31, 60, Decimal(50000)),
        Bucket(61, 90, Decimal(600)),
        Bucket(91, None, Decimal("412.50")),
    ),
    Decimal("-12.50"),
)


def row(place: int, state: State, **changes: object) -> CaseRow:
    name = f"{NAMES[place % len(NAMES)]}{place:03d}有限公司"
    plain = CaseRow(
        number=f"DZ-202610-{place:06d}-73",
        revision=1,
        customer=f"C{place:04d}",
        customer_name=name,
        rep=REPS[place % len(REPS)],
        period=PERIOD,
        currency="CNY",
        state=state,
        closing=Decimal("86085.00") + Decimal(place * 1733) / 100,
        reply_by=date(2026, 11, 9),
        complete_by=date(2026, 11, 15),
        sent_at=NOW,
        since=TODAY - timedelta(days=place % 9),
        aging=AGING,
        due_soon=Decimal(1200),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def difference(place: int, amount: str | None) -> Difference:
    ours = Decimal("86085.00")
    return Difference(
        f"CY-202610-{place:04d}",
        ours,
        None if amount is None else ours + Decimal(amount),
        EVENING - timedelta(days=place % 13),
        ("price",) if place % 2 else ("return_pending", "bank_fee"),
        tuple(f"XSCK-{place}-{each}" for each in range(place % 5)),
    )


def rows() -> list[CaseRow]:
    done = [
        row(
            place,
            State.CONFIRMED,
            confirmed_at=EVENING - timedelta(hours=3 + place * 2),
            route="phrase+scan" if place % 3 else "signed_copy",
            seal="公章" if place % 2 else "财务专用章",
        )
        for place in range(1, 148)
    ]
    amounts = ("-92380.00", "48600.00", "27340.50", "-13900.00", "4200.00", None)
    differences = [
        row(150 + place, State.DISCREPANCY, discrepancy=difference(150 + place, amount), escalated=place == 0)
        for place, amount in enumerate(amounts)
    ]
    review = [row(160 + place, State.IN_REVIEW, seal="公章") for place in range(5)]
    scan = [row(170 + place, State.SCAN_PENDING) for place in range(4)]
    overdue = [
        row(180 + place, State.SENT, reminders=place % 3 + 1, reply_by=date(2026, 11, 6 + place)) for place in range(4)
    ]
    waiting = [row(190 + place, State.NOTED, promised=date(2026, 11, 12 + place)) for place in range(7)]
    held = [row(198, State.HELD, held_reason="数量×单价≠金额（XSCK-0198）", department="warehouse")]
    earlier = [row(900, State.DISCREPANCY, period=Period("month", 2026, 9), discrepancy=difference(900, "-320.00"))]
    return [*done, *differences, *review, *scan, *overdue, *waiting, *held, *earlier]


def tasks() -> list[TaskRow]:
    return [
        TaskRow(
            TaskKind.JUDGE,
            "陈会计",
            "C0190",
            "杭州钱塘包装机械190有限公司",
            "DZ-202610-000190-73",
            ("语句含但书，无法判为确认",),
            "账没问题，但10月18日那笔退货还没有冲，请贵司先处理一下再说，另外发票什么时候寄出？",
            since=TODAY,
        ),
        TaskRow(
            TaskKind.FAILED,
            "陈会计",
            "C0191",
            "宁波甬江液压件厂",
            "DZ-202610-000191-73",
            ("550 mailbox unavailable",),
            since=TODAY,
        ),
        TaskRow(
            TaskKind.BOUNCE,
            "周晓岚",
            "C0192",
            "嘉兴秀洲五金有限公司",
            "DZ-202610-000192-73",
            ("caiwu@xz.example 用户不存在",),
            since=TODAY,
        ),
        TaskRow(TaskKind.SCAN_CALL, "林志强", "C0170", "东莞某某有限公司", "DZ-202610-000170-73", due=TODAY),
        TaskRow(TaskKind.REVIEW, "陈会计", "C0160", "x", "DZ-202610-000160-73"),
    ]


def previous() -> Figures:
    return Figures(
        Ratio(Decimal(140), Decimal(194)),
        Ratio(Decimal(140), Decimal(194)),
        Ratio(Decimal(133), Decimal(140)),
        Ratio(Decimal(138), Decimal(140)),
        (("CNY", Ratio(Decimal("9000000.00"), Decimal("12000000.00"))),),
    )


def report(locale: Locale = Locale.HANS) -> DigestReport:
    return build(
        "华东恒信工业器材股份有限公司",
        locale,
        TODAY,
        EVENING,
        PERIOD,
        rows(),
        tasks(),
        SYSTEM,
        previous(),
        zone=SHANGHAI,
    )


def empty(locale: Locale = Locale.HANS) -> DigestReport:
    system = SystemRow(None, 0, 0, 0, 0, 0, 2000, "", (2027,))
    return build("华东", locale, TODAY, EVENING, PERIOD, [], [], system, zone=SHANGHAI)
