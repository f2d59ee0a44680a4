"""Statements to compose in tests: the worked example, and ones of any length, balance and locale."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from bot.model import (
    Aging,
    Basis,
    Bucket,
    DocumentKind,
    Locale,
    Party,
    Role,
    Snapshot,
    Staff,
    Statement,
    StatementLine,
    Totals,
    digest_of,
)
from parsers.number import compose
from parsers.period import Period

D = Decimal
PERIOD = Period("month", 2026, 10)
REP = Staff("周晓岚", "zhou@hd-trade.example", (Role.REP,), phone="021-5555 0101")
COMPANY = Party("", "华东贸易有限公司", "91310000MA1FL00000", "上海市浦东新区世纪大道100号", "021-5555 0100")
CUSTOMER = Party(
    "C003172", "深圳市喆堃精密机械（龚岗）有限公司", "91440300MA5EXAMPLE", "深圳市龙岗区坂田街道", "0755-8672 4410"
)
GOODS = (
    ("不锈钢法兰盘", "DN80 PN16", "片", "136.00"),
    ("气动接头", "PC8-02", "个", "2.18"),
    ("伺服电机", "SGM7J-04AFC6S", "台", "2380.00"),
    ("PLC控制模块", "CP1H-X40DT-D", "台", "1755.00"),
    ("聚氨酯同步带", "HTD-8M-1200", "条", "92.35"),
    ("工业润滑油", "ISO VG46 18L", "桶", "418.60"),
)
_BLANK = StatementLine(date(2026, 10, 1), DocumentKind.DELIVERY, "", 1, "", "", "", None, None, None, None, D(0))


def a_line(
    kind: DocumentKind, number: str, on: date, charge: str | None, receipt: str | None = None, **more: object
) -> StatementLine:
    line = replace(_BLANK, kind=kind, number=number, on=on)
    amounts = {"charge": D(charge) if charge else None, "receipt": D(receipt) if receipt else None}
    return replace(line, **amounts, **more)  # type: ignore[arg-type]


def many_lines(count: int, *, notes: bool = False) -> tuple[StatementLine, ...]:
    """Deliveries with a return, a receipt, a service fee and a rebate now and then; balances are not filled in."""
    lines = []
    for index in range(count):
        on = date(2026, 10, 1) + timedelta(days=index * 31 // max(count, 1))
        product, spec, unit, price = GOODS[index % len(GOODS)]
        quantity = D(3 + index * 7 % 90)
        amount = quantity * D(price)
        seen: dict[str, Any] = (
            {"invoice_number": f"2631{index:06d}", "customer_order_number": f"PO-{index:05d}"}
            if notes and index % 3 == 0
            else {}
        )
        goods: dict[str, Any] = {"product": product, "spec": spec, "unit": unit, "unit_price": D(price), **seen}
        match index % 12:
            case 5:
                lines.append(
                    a_line(DocumentKind.RECEIPT, f"SKD-202610-{index:05d}", on, None, "8000", settlement="电汇")
                )
            case 8:
                lines.append(
                    a_line(
                        DocumentKind.RETURN, f"XSTH-202610-{index:05d}", on, str(-2 * D(price)), quantity=D(-2), **goods
                    )
                )
            case 10:
                lines.append(
                    a_line(DocumentKind.SERVICE, f"FWF-202610-{index:05d}", on, "661.00", product="安装调试服务")
                )
            case 11:
                lines.append(
                    a_line(DocumentKind.REBATE, f"ZRTZ-202610-{index:05d}", on, "-278.00", product="季度促销返利")
                )
            case _:
                lines.append(
                    a_line(
                        DocumentKind.DELIVERY, f"XSCK-202610-{index:05d}", on, str(amount), quantity=quantity, **goods
                    )
                )
    return tuple(lines)


def worked_lines() -> tuple[StatementLine, ...]:
    """The worked example: 128,600.00 + 35,030.00 − 565.00 + 2,120.00 − 1,500.00 − 78,000.00 = 85,685.00."""
    kind = DocumentKind
    return (
        a_line(
            kind.DELIVERY,
            "XSCK-202610-00001",
            date(2026, 10, 9),
            "20330.00",
            product="精密轴承",
            spec="6204-2RS",
            unit="套",
            quantity=D(713),
            unit_price=D("28.5133"),
            invoice_number="26310000001",
            customer_order_number="PO-7781",
            due=date(2026, 11, 30),
        ),
        a_line(
            kind.RETURN,
            "XSTH-202610-00002",
            date(2026, 10, 18),
            "-565.00",
            product="精密轴承",
            spec="6204-2RS",
            unit="套",
            quantity=D(-5),
            unit_price=D("113"),
        ),
        a_line(
            kind.DELIVERY,
            "XSCK-202610-00003",
            date(2026, 10, 20),
            "14700.00",
            product="工业润滑油",
            spec="ISO VG46 18L",
            unit="桶",
            quantity=D(35),
            unit_price=D("420"),
        ),
        a_line(kind.SERVICE, "FWF-202610-00004", date(2026, 10, 21), "2120.00", product="安装调试服务"),
        a_line(kind.PROMOTION, "CX-202610-00005", date(2026, 10, 25), "-1500.00", product="国庆促销"),
        a_line(kind.RECEIPT, "SKD-202610-00006", date(2026, 10, 30), None, "50000.00", settlement="电汇"),
        a_line(
            kind.RECEIPT,
            "SKD-202610-00007",
            date(2026, 10, 30),
            None,
            "28000.00",
            settlement="银行承兑汇票",
            bill_number="1305-20261030",
            bill_due=date(2026, 12, 30),
        ),
    )


def a_statement(
    lines: tuple[StatementLine, ...] | None = None,
    *,
    opening: str = "128600.00",
    locale: Locale = Locale.HANS,
    customer: Party = CUSTOMER,
    revision: int = 1,
    changes: str = "",
) -> Statement:
    """A statement whose balances, totals and aging agree with its lines."""
    chosen = worked_lines() if lines is None else lines
    balance, filled = D(opening), []
    for line in chosen:
        balance += (line.charge or D(0)) - (line.receipt or D(0))
        filled.append(replace(line, balance=balance))
    totals = _totals(tuple(filled), D(opening), balance)
    snapshot = Snapshot(
        COMPANY,
        customer,
        PERIOD,
        date(2026, 10, 1),
        date(2026, 10, 31),
        "CNY",
        Basis.DELIVERY,
        tax_included=True,
        lines=tuple(filled),
        totals=totals,
        aging=_aging(balance),
        opening_confirmed=True,
        payment_terms="月结30天",
    )
    return Statement(
        compose("DZ", PERIOD, 1),
        revision,
        snapshot,
        digest_of(snapshot),
        locale,
        date(2026, 11, 3),
        date(2026, 11, 9),
        REP,
        "周晓岚",
        "陈会计",
        changes,
    )


def _totals(lines: tuple[StatementLine, ...], opening: Decimal, closing: Decimal) -> Totals:
    def of(*kinds: DocumentKind) -> Decimal:
        return sum((line.charge or D(0) for line in lines if line.kind in kinds), D(0))

    kind = DocumentKind
    received = sum((line.receipt or D(0) for line in lines), D(0))
    uninvoiced = D("13615.00") if closing > D(13615) else D(0)
    return Totals(
        opening,
        of(kind.DELIVERY),
        of(kind.RETURN),
        of(kind.SERVICE),
        of(kind.PROMOTION, kind.REBATE),
        D(0),
        received,
        closing,
        D("21470.00"),
        closing - uninvoiced,
        uninvoiced,
    )


def _aging(closing: Decimal) -> Aging:
    spans = ((0, 30), (31, 60), (61, 90), (91, None))
    if closing <= 0:
        return Aging(tuple(Bucket(first, last, D("0.00")) for first, last in spans), closing)
    rest = max(closing - D("50600.00"), D(0))
    parts = (rest, min(closing, D("50000.00")), closing - rest - min(closing, D("50000.00")), D("0.00"))
    return Aging(tuple(Bucket(*span, part) for span, part in zip(spans, parts, strict=True)), D("0.00"))
