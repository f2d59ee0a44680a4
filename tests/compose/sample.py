"""One company, one customer and the worked statement that the tests of mails and digest share."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.config import AnnualRule, CalendarSettings, Company, MailSettings, MonthlyRule, QuarterlyRule, Secret, Server
from bot.model import (
    Aging,
    Basis,
    Bucket,
    Channel,
    Contact,
    Customer,
    Cycle,
    Locale,
    Party,
    Role,
    Snapshot,
    Staff,
    Statement,
    Totals,
)
from parsers.period import Period

PERIOD = Period("month", 2026, 10)
NUMBER = "DZ-202610-000001-73"
NOW = datetime(2026, 11, 9, 10, 0, tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")
REP = Staff("周晓岚", "zhou@hd.example", (Role.REP,), "li@hd.example", phone="021-5555 0101")
MANAGER = Staff("李敏", "li@hd.example", (Role.MANAGER,))
FINANCE = Staff("陈会计", "chen@hd.example", (Role.FINANCE,), phone="021-5555 0200")


def company(locale: Locale = Locale.HANS, script: str = "zh-Hant") -> Company:
    server = Server("smtp.hd.example", 465, "tls", "ar@hd.example", Secret("x"))
    return Company(
        name="华东贸易有限公司",
        aliases=("华东贸易",),
        locale=locale,
        timezone=SHANGHAI,
        currency="CNY",
        basis=Basis.DELIVERY,
        number_prefix="DZ",
        subject_script="zh-Hans" if script == "zh-Hans" else "zh-Hant",
        tax_id="",
        address="",
        phone="021-5555 0000",
        seal=None,
        mail=MailSettings("ar@hd.example", server, server),
        staff=(REP, MANAGER, FINANCE),
        departments=(("warehouse", "wh@hd.example"), ("finance", "chen@hd.example")),
        monthly=MonthlyRule(),
        quarterly=QuarterlyRule(),
        annual=AnnualRule(),
        reminders_before=2,
        reminders_after=(1, 4),
        calendar=CalendarSettings(),
        digest_to=("chen@hd.example",),
        digest_at=time(18),
        release="none",
        signed_copy="finance_first",
        authentication="require",
        tolerance=Decimal("0.00"),
        escalation_rounds=3,
        escalation_working_days=10,
        escalation_amount=Decimal(100000),
        unrelated_days=180,
        evidence_years=10,
    )


def customer(locale: Locale = Locale.HANS, code: str = "C001", name: str = "苏州恒远自动化设备有限公司") -> Customer:
    return Customer(
        code=code,
        name=name,
        aliases=("苏州恒远",),
        cycle=Cycle.MONTHLY,
        closing_day=None,
        payment_terms="月结30天",
        rep=REP.address,
        contacts=(
            Contact(2, "张经理", "zhang@hengyuan.example", may_confirm=False, cc=True),
            Contact(1, "王敏", "wang@hengyuan.example", may_confirm=True),
            Contact(3, "", "ap@hengyuan.example", may_confirm=False),
        ),
        locale=locale,
        channel=Channel.MAIL,
        currency="CNY",
        basis=Basis.DELIVERY,
    )


def totals(closing: str = "85685.00") -> Totals:
    return Totals(
        opening=Decimal(128600),
        goods=Decimal(35030),
        returns=Decimal(-565),
        service=Decimal(2120),
        promotion=Decimal(-1500),
        other=Decimal(0),
        received=Decimal(78000),
        closing=Decimal(closing),
        invoiced_in_period=Decimal(21470),
        invoiced_unpaid=Decimal(72070),
        uninvoiced=Decimal(13615),
    )


AGING = Aging(
    (
        Bucket(0, 30, Decimal(35085)),
        Bucket(31, 60, Decimal(50000)),
        Bucket(61, 90, Decimal(600)),
        Bucket(91, None, Decimal(0)),
    ),
    Decimal(0),
)


def statement(
    locale: Locale = Locale.HANS, closing: str = "85685.00", revision: int = 1, changes: str = ""
) -> Statement:
    snapshot = Snapshot(
        company=Party("", "华东贸易有限公司"),
        customer=Party("C001", "苏州恒远自动化设备有限公司"),
        period=PERIOD,
        first_day=date(2026, 10, 1),
        last_day=date(2026, 10, 31),
        currency="CNY",
        basis=Basis.DELIVERY,
        tax_included=True,
        lines=(),
        totals=totals(closing),
        aging=AGING,
        opening_confirmed=True,
    )
    return Statement(
        NUMBER, revision, snapshot, "0" * 64, locale, date(2026, 11, 3), date(2026, 11, 9), REP, changes=changes
    )


def nameless(one: Customer) -> Customer:
    return replace(one, contacts=tuple(replace(contact, name="") for contact in one.contacts))


TEMPLATES = Path(__file__).parents[2] / "templates"
