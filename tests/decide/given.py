"""Customers and documents to start a test from."""

from datetime import date
from decimal import Decimal
from typing import Any

from bot.model import Basis, Channel, Contact, Customer, Cycle, Document, DocumentKind, Locale, Party

COMPANY = Party("", "华东贸易有限公司", "91310000MA1K00000X")
D = Decimal


def customer(**changes: Any) -> Customer:
    values: dict[str, Any] = {
        "code": "C001",
        "name": "苏州恒远机械有限公司",
        "aliases": ("恒远机械",),
        "cycle": Cycle.MONTHLY,
        "closing_day": None,
        "payment_terms": "月结60天",
        "rep": "zhou@hd-trade.example",
        "contacts": (Contact(1, "李建国", "li@hengyuan.example", may_confirm=True),),
        "locale": Locale.HANS,
        "channel": Channel.MAIL,
        "currency": "CNY",
        "basis": Basis.DELIVERY,
    }
    return Customer(**(values | changes))


def document(kind: str, amount: str, on: str = "2026-10-08", number: str = "", **changes: Any) -> Document:
    values: dict[str, Any] = {
        "kind": DocumentKind(kind),
        "number": number or f"{kind}-{on}-{amount}",
        "line": 1,
        "on": date.fromisoformat(on),
        "customer": "C001",
        "product": "",
        "spec": "",
        "unit": "",
        "quantity": None,
        "unit_price": None,
        "amount": Decimal(amount),
        "tax_rate": None,
        "tax": None,
        "currency": "CNY",
    }
    return Document(**(values | changes))
