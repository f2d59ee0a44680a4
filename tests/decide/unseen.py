"""A world of five customers and the letters they send, as real bytes: what somebody who never saw the grammar wrote."""
# ruff: noqa: E501  # headers of mail programs stand on one line each

import base64
import html as markup
import quopri
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from email.header import Header
from functools import cache
from typing import Any, cast

from bot.compose import mails_customer, message, statement_pdf
from bot.compose.letterhead import About
from bot.model import Contact, Customer, Locale, Party, Register, SentStatement, State, Statement
from parsers.attachment import AttachmentReading, Verdict
from parsers.mail import Mail, parse
from parsers.number import compose
from parsers.period import Period
from tests.compose import sample

OCTOBER, SEPTEMBER = Period("month", 2026, 10), Period("month", 2026, 9)
OURS, SENT_AT = "ar@hd.example", datetime(2026, 11, 3, 1, 0, tzinfo=UTC)
A_NAME = "东莞市骏达五金制品有限公司"
FULL = f"{A_NAME}确认2026年10月销售对账单无误"


def _customer(code: str, name: str, sender: str, aliases: tuple[str, ...], locale: Locale = Locale.HANS) -> Customer:
    domain = sender.partition("@")[2]
    contacts = (
        Contact(1, "林小姐", sender, may_confirm=True),
        Contact(2, "胡总", f"boss@{domain}", may_confirm=True, cc=True),
        Contact(3, "应付", f"ap@{domain}", may_confirm=False),
    )
    return replace(sample.customer(locale, code, name), aliases=aliases, contacts=contacts)


CUSTOMERS = {
    "A": _customer("A01", A_NAME, "lin@junda.example", ("东莞骏达", "骏达五金")),
    "S": _customer("S02", "昆山骏达精密机械股份有限公司", "gu@junda-ks.example", ("昆山骏达",)),
    "D": _customer("D03", "科瑞电子（苏州）有限公司", "qian@kerui.example", ("苏州科瑞", "科瑞苏州")),
    "T": _customer("T04", "鼎盛實業股份有限公司", "mei@dingsheng.example", ("鼎盛實業",), Locale.TAIWAN),
    "H": _customer("H05", "宏利貿易（香港）有限公司", "kelvin@wanglee.example", ("宏利香港",), Locale.HANT),
}


def number(key: str, period: Period = OCTOBER) -> str:
    return compose("DZ", period, list(CUSTOMERS).index(key) + 11)


@cache
def statement(key: str, period: Period = OCTOBER, revision: int = 1, closing: str = "126480.50") -> Statement:
    customer = CUSTOMERS[key]
    base = sample.statement(customer.locale, closing, revision, "XSCK-10031 数量更正" if revision > 1 else "")
    first, last = date(2026, period.index, 1), date(2026, period.index, 31 if period.index == 10 else 30)
    party = Party(customer.code, customer.name)
    snapshot = replace(base.snapshot, customer=party, period=period, first_day=first, last_day=last)
    return replace(base, number=number(key, period), snapshot=snapshot)


@cache
def letter_sent(key: str, period: Period = OCTOBER, revision: int = 1) -> Mail:
    """Our mail with the statement, composed, built and read again."""
    draft = mails_customer.statement_mail(sample.company(), statement(key, period, revision), CUSTOMERS[key], ())
    raw = message.build(draft, OURS, "华东贸易", f"s.{number(key, period)}.{revision}@hd.example", SENT_AT)
    return parse(raw)


@cache
def sent(key: str, period: Period = OCTOBER, revision: int = 1) -> SentStatement:
    value, mail, customer = statement(key, period, revision), letter_sent(key, period, revision), CUSTOMERS[key]
    about = About(sample.company(), value, customer)
    reminder = mails_customer.reminder(about, 1, date(2026, 11, 9))
    texts = (statement_pdf.render(value).words, mail.plain or "", reminder.text)
    return SentStatement(
        value.number, revision, live=True, state=State.SENT, customer=customer.code, period=period, currency="CNY",
        closing=value.snapshot.totals.closing, snapshot=value.snapshot, message_ids=(mail.message_id,), texts=texts,
    )  # fmt: skip


@cache
def register(revised: bool = False, before: State = State.SENT) -> Register:  # only tests call it
    """All customers' October and the first one's September; ``revised``: its October stands in revision 2."""
    october = [sent(key) for key in CUSTOMERS]
    october[0] = replace(october[0], live=not revised, state=before)
    second = [sent("A", revision=2)] if revised else []
    company = sample.company()
    return Register(
        (company.name, *company.aliases), (OURS,), company.staff, tuple(CUSTOMERS.values()),
        (*october, *second, sent("A", SEPTEMBER)), authserv_id="mx.hd.example",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Letter:
    """A reply to be built; ``proof`` is the word of our receiving server, empty for none."""

    text: str | None
    key: str = "A"
    html: str | None = None
    sender: str = ""
    display: str = "林小姐"
    shape: str = "none"
    charset: str = "utf-8"
    subject: str | None = None
    in_thread: bool = True
    proof: str | None = "pass"
    extra: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    period: Period = OCTOBER
    revision: int = 1


def quoted(letter: Letter) -> str:
    """What the mail program leaves below the answer."""
    ours, to = letter_sent(letter.key, letter.period, letter.revision), CUSTOMERS[letter.key].contacts[0].address
    return quotation(letter.shape, ours, to)


def quotation(shape: str, ours: Mail, to: str) -> str:
    """How a mail program quotes our mail below the answer of ``to``."""
    body, subject = ours.plain or "", ours.subject
    marked = "\n".join(f"> {line}" for line in body.split("\n"))
    return {
        "none": "",
        "qq": f'\n\n\n\n------------------ 原始邮件 ------------------\n发件人: "华东贸易" <{OURS}>;\n发送时间: 2026年11月3日(星期二) 上午9:00\n收件人: "林小姐"<{to}>;\n抄送: "胡总"<boss@junda.example>;\n主题: {subject}\n\n\n\n{body}',
        "foxmail": f"\n\n\n\n林小姐\n\n发件人： 华东贸易\n发送时间： 2026-11-03 09:00\n收件人： {to}\n主题： {subject}\n{body}",
        "163": f'\n\n\n\n\n\n在 2026-11-03 09:00:12，"华东贸易" <{OURS}> 写道：\n\n{marked}',
        "master": f"\n\n\n---- 回复的原邮件 ----\n发件人\n华东贸易<{OURS}>\n日期\n2026年11月03日 09:00\n收件人\n{to}\n主题\n{subject}\n{body}",
        "outlook": f"\n\n\n发件人: 华东贸易 <{OURS}>\n发送时间: 2026年11月3日 9:00\n收件人: {to}\n主题: {subject}\n\n{body}",
        "outlook-tw": f"\n\n________________________________\n寄件者: 华东贸易 <{OURS}>\n寄件日期: 2026年11月3日 上午 09:00\n收件者: {to}\n主旨: {subject}\n\n{body}",
        "gmail": f"\n\n华东贸易 <{OURS}> 于2026年11月3日周二\n09:00写道：\n\n{marked}",
        "gmail-tw": f"\n\n华东贸易 <{OURS}> 於 2026年11月3日 週二 上午9:00寫道：\n\n{marked}",
        "apple": f"\n\n\n> 在 2026年11月3日，09:00，华东贸易 <{OURS}> 写道：\n> \n{marked}",
        "alimail": f"\n\n------------------------------------------------------------------\n发件人：华东贸易 <{OURS}>\n发送时间：2026年11月3日(星期二) 09:00\n收件人：林小姐 <{to}>\n主　题：{subject}\n\n{body}",
        "english": f"\n\nFrom: 华东贸易 <{OURS}>\nSent: Tuesday, November 3, 2026 9:00 AM\nTo: {to}\nSubject: {subject}\n\n{body}",
    }[shape]  # fmt: skip


SHAPES = ("qq", "foxmail", "163", "master", "outlook", "outlook-tw", "gmail", "gmail-tw", "apple", "alimail", "english")


def _leaf(kind: str, text: str, charset: str, *, soft: bool) -> str:
    data = (text if soft else text.replace("\n", "\r\n")).encode(charset, "replace")
    encoded = quopri.encodestring(data).decode() if soft else base64.encodebytes(data).decode()
    name = "quoted-printable" if soft else "base64"
    return f"Content-Type: text/{kind}; charset={charset}\nContent-Transfer-Encoding: {name}\n\n{encoded}"


def _file(name: str) -> str:
    shown = Header(name, "utf-8").encode()
    return f'Content-Type: application/pdf; name="{shown}"\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; filename="{shown}"\n\nJVBERi0xLjQK\n'


def build(letter: Letter) -> bytes:
    """The bytes as the customer's server would hand them over, headers of our own server on top."""
    ours = letter_sent(letter.key, letter.period, letter.revision)
    return assemble(letter, ours, letter.sender or CUSTOMERS[letter.key].contacts[0].address, quoted(letter))


def assemble(letter: Letter, ours: Mail, sender: str, quotation: str) -> bytes:
    """An answer to our mail: headers, text or page with the quotation below the text, files."""
    subject = f"回复：{ours.subject}" if letter.subject is None else letter.subject
    proof = f"Authentication-Results: mx.hd.example; dmarc={letter.proof} header.from={sender.partition('@')[2]}"
    head = [
        *([proof] if letter.proof else []),
        f"From: {Header(letter.display, 'utf-8').encode()} <{sender}>",
        f"To: <{OURS}>",
        f"Subject: {Header(subject, 'utf-8').encode()}",
        "Date: Fri, 6 Nov 2026 10:12:00 +0800",
        f"Message-ID: <r.{abs(hash((letter.text, letter.html, letter.shape)))}@{sender.partition('@')[2]}>",
        *([f"In-Reply-To: <{ours.message_id}>", f"References: <{ours.message_id}>"] if letter.in_thread else []),
        *letter.extra,
        "MIME-Version: 1.0",
    ]
    soft = letter.shape in {"163", "apple", "gmail"}
    bodies = []
    if letter.text is not None:
        bodies.append(_leaf("plain", letter.text + quotation, letter.charset, soft=soft))
    if letter.html is not None:
        bodies.append(_leaf("html", letter.html, letter.charset, soft=soft))
    body = bodies[0] if len(bodies) == 1 else _multi("alternative", "alt", bodies)
    whole = _multi("mixed", "mix", [body, *map(_file, letter.files)]) if letter.files else body
    return "\r\n".join(("\n".join(head) + "\n" + whole).split("\n")).encode()


def _multi(kind: str, boundary: str, parts: list[str]) -> str:
    inner = "".join(f"--={boundary}\n{part}\n" for part in parts)
    return f'Content-Type: multipart/{kind}; boundary="={boundary}"\n\n{inner}--={boundary}--\n'


@dataclass(frozen=True, slots=True)
class Case:
    """A letter, what its attachments show, and where it is judged."""

    name: str
    letter: Letter
    readings: tuple[AttachmentReading, ...] = ()
    world: Register | None = None


def scan(key: str = "A", verdict: str = "signed", **changes: Any) -> AttachmentReading:
    base = AttachmentReading("对账单签章.pdf", "scan", "signed", number(key), 1, (1,), closing=Decimal("126480.50"))
    return replace(base, verdict=cast("Verdict", verdict), **changes)


def signed(letter: Letter) -> Case:
    """The letter with a full, signed scan attached."""
    return Case(letter.text or "", replace(letter, files=("对账单签章.pdf",)), (scan(letter.key),))


def page(text: str) -> str:
    """The same text as an HTML body, as programs write it."""
    lines = "".join(f"<div>{markup.escape(line) or '<br>'}</div>" for line in text.split("\n"))
    return (
        f'<html><head><meta charset="utf-8"></head><body><div style="font-family:微软雅黑">{lines}</div></body></html>'
    )
