"""A company as a test needs it, without a file."""

from dataclasses import replace
from datetime import time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from bot.config import AnnualRule, CalendarSettings, Company, MailSettings, MonthlyRule, QuarterlyRule, Secret, Server
from bot.model import Basis, Locale, Role, Staff

_SMTP = Server("localhost", 465, "tls", "ar@hd-trade.example", Secret("secret"))
_IMAP = Server("localhost", 993, "tls", "ar@hd-trade.example", Secret("secret"))
_COMPANY = Company(
    name="华东贸易有限公司",
    aliases=("华东贸易",),
    locale=Locale.HANS,
    timezone=ZoneInfo("Asia/Shanghai"),
    currency="CNY",
    basis=Basis.DELIVERY,
    number_prefix="DZ",
    subject_script="zh-Hant",
    tax_id="",
    address="",
    phone="",
    seal=None,
    mail=MailSettings("ar@hd-trade.example", _SMTP, _IMAP),
    staff=(
        Staff("周晓岚", "zhou@hd-trade.example", (Role.REP,), "li@hd-trade.example"),
        Staff("李敏", "li@hd-trade.example", (Role.MANAGER,)),
        Staff("陈会计", "chen@hd-trade.example", (Role.FINANCE,)),
        Staff("客服", "service@hd-trade.example", (Role.CUSTOMER_SERVICE,), shared=True),
    ),
    departments=(("warehouse", "wh@hd-trade.example"), ("finance", "chen@hd-trade.example")),
    monthly=MonthlyRule(),
    quarterly=QuarterlyRule(),
    annual=AnnualRule(),
    reminders_before=2,
    reminders_after=(1, 4),
    calendar=CalendarSettings(),
    digest_to=("chen@hd-trade.example",),
    digest_at=time(18, 0),
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


def company(**changes: Any) -> Company:
    """The trading company of the examples, with some fields changed."""
    return replace(_COMPANY, **changes)
