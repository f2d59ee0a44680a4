"""A small world to judge replies in: one company, three customers, their October statements, and builders for mails."""
# ruff: noqa: E501  # sentences and mails of the tables stand on one line each

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from bot.decide.judge import judge
from bot.model import (
    Aging,
    Basis,
    Channel,
    Contact,
    Customer,
    Cycle,
    Judgement,
    Locale,
    Party,
    Register,
    Role,
    SentStatement,
    Snapshot,
    Staff,
    State,
    Totals,
)
from parsers.address import Address
from parsers.attachment import AttachmentReading
from parsers.mail import Mail, Part
from parsers.number import compose
from parsers.period import Period

OCTOBER, SEPTEMBER = Period("month", 2026, 10), Period("month", 2026, 9)
NUMBER, OLDER, OTHERS = (compose("DZ", OCTOBER, 1), compose("DZ", SEPTEMBER, 7), compose("DZ", OCTOBER, 2))
CONFIRMER, COLLEAGUE, REP, FINANCE = (
    "zhangli@hengyuan.example",
    "ap@hengyuan.example",
    "zhou@hd-trade.example",
    "chen@hd-trade.example",
)
NAME = "苏州恒远贸易有限公司"
PHRASE = f"{NAME}确认2026年10月销售对账单无误"
SUBJECT = "[华东贸易有限公司][2026年10月] 銷售對賬單"
SENT_TEXT = f"""张丽，您好：

为核对双方往来账目，现附上 {NAME} 2026年10月 销售对账单（编号 {NUMBER}，第 1 版；2026-10-01 至 2026-10-31；按发货，含税）。期末应收余额 人民币 85,685.00 元，大写：捌万伍仟陆佰捌拾伍元整。

烦请于 2026-11-09（星期一，含当日） 前核对并回复本邮件：

一、核对无误　请由授权代表在对账单末页回执处签字或盖章，并将全部页面的彩色扫描件或清晰照片作为附件发回；正文请写明：贵公司全称＋“确认2026年10月销售对账单无误”。
二、存在差异　请在邮件中注明单号、贵方账面金额及原因，或填写所附 Excel 后发回，我们将逐笔核查并答复。
三、已到期款项　请按合同约定付款。我司收款账号不会通过邮件变更，如有疑问请致电确认。

回复时请保留邮件主题。如有疑问，请直接回复本邮件或联系 周晓岚 021-55550000。

顺颂商祺
华东贸易有限公司　周晓岚　021-55550000　ar@hd-trade.example"""

STAFF = (
    Staff("周晓岚", REP, (Role.REP,), "li@hd-trade.example"),
    Staff("李敏", "li@hd-trade.example", (Role.MANAGER,)),
    Staff("陈会计", FINANCE, (Role.FINANCE,)),
)


def customer(code: str, name: str, contacts: tuple[Contact, ...], aliases: tuple[str, ...] = ()) -> Customer:
    return Customer(
        code,
        name,
        aliases,
        Cycle.MONTHLY,
        None,
        "月结30天",
        REP,
        contacts,
        Locale.HANS,
        Channel.MAIL,
        "CNY",
        Basis.DELIVERY,
    )


HENGYUAN = customer(
    "C001",
    NAME,
    (
        Contact(1, "张丽", CONFIRMER, may_confirm=True, basis="授权书2026-01"),
        Contact(2, "应付", COLLEAGUE, may_confirm=False, cc=True),
        Contact(3, "集团", "shared@group.example", may_confirm=True),
    ),
    ("苏州恒远",),
)
HONGDA = customer(
    "C002",
    "无锡宏达电子有限公司",
    (
        Contact(1, "王强", "wang@hongda.example", may_confirm=True),
        Contact(2, "集团", "shared@group.example", may_confirm=True),
    ),
)


def snapshot(party: Customer, period: Period, closing: Decimal) -> Snapshot:
    zero = Decimal("0.00")
    totals = Totals(zero, closing, zero, zero, zero, zero, zero, closing, zero, zero, closing)
    first, last = date(2026, period.index, 1), date(2026, period.index, 31 if period.index == 10 else 30)
    return Snapshot(
        company=Party("", "华东贸易有限公司"), customer=Party(party.code, party.name), period=period, first_day=first, last_day=last,
        currency="CNY", basis=Basis.DELIVERY, tax_included=True, lines=(), totals=totals, aging=Aging((), zero), opening_confirmed=True,
    )  # fmt: skip


def sent(
    number: str, party: Customer, period: Period = OCTOBER, closing: str = "85685.00", **changes: Any
) -> SentStatement:
    amount = Decimal(closing)
    base = SentStatement(
        number=number, revision=1, live=True, state=State.SENT, customer=party.code, period=period, currency="CNY", closing=amount,
        snapshot=snapshot(party, period, amount), message_ids=(f"statement.{number}.1@hd-trade.example",), texts=(SENT_TEXT,),
        token=f"t{number[-6:]}".lower(),
    )  # fmt: skip
    return replace(base, **changes)


def register(*statements: SentStatement, **changes: Any) -> Register:
    base = Register(
        ("华东贸易有限公司", "华东贸易"), ("ar@hd-trade.example",), STAFF, (HENGYUAN, HONGDA), statements or (sent(NUMBER, HENGYUAN),),
        authserv_id="mx.hd-trade.example",
    )  # fmt: skip
    return replace(base, **changes)


def mail(text: str | None = PHRASE, sender: str = CONFIRMER, **changes: Any) -> Mail:
    """A reply in the thread by an authenticated sender; every argument of Mail can be changed."""
    domain = sender.rpartition("@")[2]
    verdict = f"mx.hd-trade.example; dmarc=pass header.from={domain}"
    base = Mail(
        sha256="0" * 64, message_id="reply.1@hengyuan.example", date="Thu, 5 Nov 2026 10:00:00 +0800", subject=f"Re: {SUBJECT}",
        from_=(Address("", sender),), from_lines=1, from_raw=sender, to=(Address("", "ar@hd-trade.example"),), cc=(), reply_to=(),
        in_reply_to=(f"statement.{NUMBER}.1@hd-trade.example",), references=(), headers=(("authentication-results", verdict), ("from", sender)),
        plain=text, html=None, attachments=(),
    )  # fmt: skip
    return replace(base, **changes)


def unproven(letter: Mail, verdict: str = "") -> Mail:
    """The same mail without the server's word for its sender."""
    headers = tuple(pair for pair in letter.headers if pair[0] != "authentication-results")
    return replace(letter, headers=(*headers, *((("authentication-results", verdict),) if verdict else ())))


def scan(
    verdict: str = "signed", number: str | None = NUMBER, revision: int | None = 1, name: str = "对账单.pdf"
) -> AttachmentReading:
    return AttachmentReading(name, "scan", verdict, number, revision)  # type: ignore[arg-type]  # tests name verdicts


def other(name: str = "付款回单.jpg", verdict: str = "none") -> AttachmentReading:
    return AttachmentReading(name, "other", verdict)  # type: ignore[arg-type]  # tests name verdicts


def sheet(closing: str | None = "85685.00", **changes: Any) -> AttachmentReading:
    base = AttachmentReading("对账单.xlsx", "sheet", "none", NUMBER, 1, closing=Decimal(closing) if closing else None)
    return replace(base, **changes)


def judged(text: str | None = PHRASE, *readings: AttachmentReading, **changes: Any) -> Judgement:
    """Judge a reply in the thread to the plain world."""
    return judge(mail(text, **changes), register(), readings)


def file(name: str) -> Part:
    return Part("application/pdf", name, "attachment", "", b"")
