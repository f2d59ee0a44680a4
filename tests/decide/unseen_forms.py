"""Mails whose form, sender or attachments forbid a confirmation, though the full phrase stands in them."""
# ruff: noqa: E501  # HTML and mails stand on one line each

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from bot.model import State
from tests.decide.unseen import CUSTOMERS, FULL, OURS, SEPTEMBER, Case, Letter, number, page, quoted, register, scan

FILE = ("对账单签章.pdf",)
HIDDEN = (
    f'<p>收到，我们再看看。</p><p style="display:none">{FULL}</p>',
    f'<p>收到</p><span style="font-size:0">{FULL}</span>',
    f'<p>收到</p><font color="#ffffff">{FULL}</font>',
    f"<p><s>{FULL}</s></p><p>上句作废</p>",
    f"<p><del>{FULL}</del></p>",
    f'<p style="text-decoration:line-through">{FULL}</p>',
    f'<p>见附件</p><img src="x" alt="{FULL}">',
    f"<!-- {FULL} --><p>见附件</p>",
    f'<div style="position:absolute;left:-9999px">{FULL}</div><p>谢谢</p>',
    f"<style>.x{{display:none}}</style><p class=x>{FULL}</p><p>请查收</p>",
    f'<p>{FULL}</p><p style="display:none">以上内容不作数</p>',
    f'<p>{FULL[:13]}<span style="display:none">不</span>{FULL[13:]}</p>',
    f'<p style="opacity:0">{FULL}</p><p>您好</p>',
    f'<div title="{FULL}">您好，请查收</div>',
    f"<p>{FULL[:13]}<del>不能</del>{FULL[13:]}</p>",
    f"<textarea hidden>{FULL}</textarea><p>见附件</p>",
)
SENDERS: tuple[dict[str, Any], ...] = (
    {"sender": "lin@junda-fin.example"},
    {"sender": "lin.junda@qq.example"},
    {"sender": "ap@junda.example"},
    {"sender": "gu@junda-ks.example"},
    {"sender": "mei@dingsheng.example"},
    {"sender": "zhou@hd.example"},
    {"sender": "li@hd.example"},
    {"sender": OURS},
    {"sender": "lin@iunda.example"},
    {"sender": "lin@junda.example.evil.example"},
    {"sender": "stranger@nowhere.example", "display": "lin@junda.example"},
    {"sender": "stranger@nowhere.example", "display": "林小姐 东莞市骏达五金制品有限公司"},
    {"proof": "fail"},
    {"proof": None},
    {"proof": None, "extra": ("Authentication-Results: other.server.example; dmarc=pass header.from=junda.example",)},
    {"proof": "none"},
    {"extra": ("From: <boss@junda.example>",)},
    {"extra": ("Auto-Submitted: auto-replied",), "subject": "自动回复：外出"},
    {"extra": ("List-Id: <all.junda.example>", "Precedence: list"), "in_thread": False},
    {"sender": "mailer-daemon@junda.example", "extra": ("Auto-Submitted: auto-generated",)},
)
VERDICTS = (
    "unsigned",
    "other_seal",
    "other_statement",
    "incomplete",
    "altered",
    "remarked",
    "unsure",
    "unread",
    "unsafe",
)
ABOVE = (
    f"林小姐，转给你，帮忙看下。\n\n发件人: 林小姐 <lin@junda.example>\n发送时间: 2026年11月5日\n收件人: {OURS}\n主题: 回复\n\n{FULL}",
    f'胡总您看。\n\n------------------ 原始邮件 ------------------\n发件人: "林小姐"<lin@junda.example>;\n发送时间: 2026年11月5日(星期四) 上午9:00\n收件人: "华东贸易"<{OURS}>;\n主题: 对账\n\n{FULL}',
    f"> {FULL}\n\n请问这句话什么意思？",
    f'收到\n\n在 2026-11-05 10:00:00，"林小姐" <lin@junda.example> 写道：\n> {FULL}',
    f"以下这封是小林误发的，请不要采用。\n\n-----原始邮件-----\n发件人: 林小姐\n发送时间: 2026年11月5日\n主题: 确认\n\n{FULL}",
    f"好的\n\n---------- Forwarded message ----------\nFrom: 林小姐 <lin@junda.example>\nDate: Thu, Nov 5, 2026\nSubject: 确认\nTo: boss\n\n{FULL}",
    f"見下\n\n寄件者: 林小姐\n已傳送: 2026年11月5日\n收件者: 华东贸易\n主旨: 確認\n\n{FULL}",
    f"您好，有个问题请教。\n\n--\n{FULL}\n林小姐",
)


def forms() -> Iterator[Case]:
    """Every case with the full signed scan, where not the scan itself is what is wrong."""
    for text in HIDDEN:
        yield Case(f"hidden {text[:60]}", Letter(None, html=text, files=FILE), (scan(),))
    for changes in SENDERS:
        yield Case(f"sender {changes}", replace(Letter(FULL, files=FILE), **changes), (scan(),))
    for verdict in VERDICTS:
        yield Case(f"scan {verdict}", Letter(FULL, files=FILE), (scan(verdict=verdict),))
    for text in ABOVE:
        yield Case(f"above {text[:40]}", Letter(text, files=FILE), (scan(),))
    yield from _places()
    yield from _statements()


def _places() -> Iterator[Case]:
    plain = Letter("见附件", files=FILE)
    yield Case("only in the subject", replace(plain, text="请查收", subject=FULL), (scan(),))
    yield Case("only in the file's name", replace(plain, files=(f"{FULL}.pdf",)), (scan(name=f"{FULL}.pdf"),))
    yield Case("only in the display name", replace(plain, display=FULL), (scan(),))
    yield Case("only in our quoted mail", replace(plain, text="收到", shape="qq"), (scan(),))
    yield Case("plain yes, HTML no", Letter(FULL, html=page(FULL.replace("确认", "不能确认")), files=FILE), (scan(),))
    yield Case("plain no, HTML yes", Letter("有差异，见附件", html=page(FULL), files=FILE), (scan(),))
    yield Case("HTML adds an exception", Letter(FULL, html=page(FULL + "，运费除外"), files=FILE), (scan(),))
    yield Case(
        "zero width inside the denial", Letter(FULL.replace("确认", "不\u200b能\u200b确认"), files=FILE), (scan(),)
    )
    yield Case("turned round", Letter(f"\u202e{FULL[::-1]}\u202c", files=FILE), (scan(),))
    yield Case("denial in another script", Letter(FULL.replace("确认", "⽆法确认"), files=FILE), (scan(),))
    answers = quoted(Letter("", shape="outlook")).split("\n")
    answers.insert(9, "→ XSCK-10031 这笔我们没收到")
    yield Case("answer inside the original", Letter(FULL + "\n".join(answers), files=FILE), (scan(),))
    yield Case(
        "a sheet that differs",
        Letter(FULL, files=FILE),
        (scan(), replace(scan(), name="a.xlsx", kind="sheet", verdict="none", closing=Decimal("126481.50"))),
    )


def _statements() -> Iterator[Case]:
    revised = register(revised=True)
    yield Case("first revision in thread", Letter(FULL, files=FILE), (scan(),), revised)
    yield Case(
        "first revision signed", Letter(FULL, files=FILE, revision=2), (scan(verdict="other_revision"),), revised
    )
    yield Case(
        "first revision named",
        Letter(FULL.replace("销售对账单", "销售对账单第1版"), files=FILE, revision=2),
        (scan(revision=2),),
        revised,
    )
    yield Case(
        "September's scan", Letter(FULL, files=FILE), (scan(verdict="other_statement", number=number("A", SEPTEMBER)),)
    )
    yield Case("September's scan, called signed", Letter(FULL, files=FILE), (scan(number=number("A", SEPTEMBER)),))
    yield Case("September's thread", Letter(FULL, files=FILE, period=SEPTEMBER), (scan(number=number("A", SEPTEMBER)),))
    yield Case("another's scan", Letter(FULL, files=FILE), (scan("S"),))
    yield Case("a logo only", Letter(FULL, files=FILE), (scan(kind="signature", verdict="none"),))
    yield Case(
        "a payment slip only",
        Letter(FULL, files=FILE),
        (scan(kind="other", verdict="none", number=None, revision=None),),
    )
    confirmed = register(before=State.CONFIRMED)
    for text in (
        "等等，少算了一笔",
        "请撤回昨天的确认",
        "昨天确认的对账单有误，作废",
        "Please cancel our confirmation.",
    ):
        yield Case(f"after a yes {text}", Letter(text), (), confirmed)
    for key, customer in CUSTOMERS.items():
        if key != "A":
            yield Case(
                f"{customer.name} in the first one's thread",
                Letter(FULL.replace(FULL[:13], customer.name), files=FILE),
                (scan(),),
            )
