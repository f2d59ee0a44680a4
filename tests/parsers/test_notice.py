import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.mail import parse
from parsers.notice import Notice, kind
from tests.parsers.mails import html, mail, multipart, plain

DAEMON = "MAILER-DAEMON@mx.example"


def report(*blocks: str, text: str = "x", sender: str = DAEMON) -> bytes:
    status = (
        "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx\nOriginal-Envelope-Id: E1\n\n"
        + "\n\n".join(blocks)
    )
    returned = "Content-Type: text/rfc822-headers\n\nMessage-ID: <s1@our.example>\nSubject: y"
    raw = multipart("report", plain(text), status, returned, options="; report-type=delivery-status")
    return raw.replace(b"From: a@customer.example", f"From: {sender}".encode())


FAILED = "Original-Recipient: rfc822;A@b.example\nFinal-Recipient: rfc822; x@c.example\nAction: failed\nStatus: 5.1.1\n"
FAILED += "Diagnostic-Code: smtp; 550 5.1.1\n user unknown"
DELAYED = "Final-Recipient: rfc822; d@b.example\nAction: delayed\nStatus: 4.4.1"
DELIVERED = "Final-Recipient: rfc822; e@b.example\nAction: delivered\nStatus: 2.0.0"


def test_a_report_tells_who_why_and_which_mail() -> None:
    assert kind(parse(report(FAILED))) == Notice(
        "bounce", ("a@b.example",), "5.1.1 smtp; 550 5.1.1 user unknown", ("s1@our.example",), "E1"
    )


@pytest.mark.parametrize(
    ("raw", "expected", "addresses"),
    [
        pytest.param(report(DELAYED), "delayed", ("d@b.example",), id="delay"),
        pytest.param(report(DELIVERED), "receipt", ("e@b.example",), id="delivered"),
        pytest.param(report(DELIVERED, DELAYED, FAILED), "bounce", ("a@b.example",), id="a failure among others"),
        pytest.param(report("Action: failed"), "bounce", (), id="no address"),
    ],
)
def test_reports(raw: bytes, expected: str, addresses: tuple[str, ...]) -> None:
    found = kind(parse(raw))
    assert (found.kind, found.addresses) == (expected, addresses)


def test_a_temporary_failure_is_said() -> None:
    assert not kind(parse(report(FAILED.replace("Status: 5.1.1", "Status: 4.2.2")))).permanent


BOUNCES = {
    "qq": mail(
        "很抱歉您发送的邮件被退回，以下是该邮件的相关信息：\n收件人：<zhang@customer.example>\n退信原因：收件人邮箱不存在",
        From="PostMaster <PostMaster@qq.com>",
        Subject="来自qq.com的退信",
    ),
    "163": mail(
        "抱歉，您的邮件被退回来了……\n收件人: zhang@customer.example\nSMTP error: 550 User not found",
        From="<Postmaster@163.com>",
        Subject="系统退信",
    ),
    "aliyun": mail(
        "您发给 zhang@customer.example 的邮件投递失败。\n退信代码：550 5.1.1 user unknown",
        From="postmaster@aliyun.com",
        Subject="退信通知：[华东贸易][2026年10月] 销售对账单",
    ),
    "exchange, taiwan": mail(
        "無法傳遞至下列收件者：\nzhang@customer.example\n#550 5.1.10 RESOLVER.ADR.RecipientNotFound",
        From="postmaster@our.example",
        Subject="無法傳遞: [华东贸易][2026年10月] 銷售對賬單",
    ),
    "exchange, china": mail("未能送达 zhang@customer.example", From="postmaster@x.example", Subject="未送达: 对账单"),
    "qmail": mail(
        "Hi. This is the qmail-send program.\n<zhang@customer.example>:\n550 no such user",
        From="MAILER-DAEMON@mx.example",
        Subject="failure notice",
    ),
    "null sender": mail(
        "zhang@customer.example 邮箱已满", "Return-Path: <>", From="admin@mx.example", Subject="邮件发送失败"
    ),
    "exim": mail("x", "X-Failed-Recipients: zhang@customer.example", Subject="Mail delivery failed"),
    "an unusual subject": mail(
        "zhang@customer.example: mailbox is full",
        From="Mail Delivery System <MAILER-DAEMON@mx.example>",
        Subject="Hello",
    ),
}


@pytest.mark.parametrize("raw", [pytest.param(raw, id=name) for name, raw in BOUNCES.items()])
def test_bounces_without_a_report(raw: bytes) -> None:
    found = kind(parse(raw))
    assert (found.kind, found.addresses) == ("bounce", ("zhang@customer.example",))


def test_a_bounce_without_a_report_names_what_it_quotes() -> None:
    raw = mail("550 5.1.1 user unknown\n\nMessage-ID: <s1@our.example>", From=DAEMON, Subject="Undelivered Mail")
    found = kind(parse(raw))
    assert (found.kind, found.returned_ids, found.reason) == ("bounce", ("s1@our.example",), "550 5.1.1 user unknown")


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(
            mail("We will keep trying.", From=DAEMON, Subject="Delivery Status Notification (Delay)"), id="gmail"
        ),
        pytest.param(mail("系统将继续尝试投递", From="postmaster@qq.com", Subject="退信提醒"), id="qq"),
        pytest.param(mail("x", From=DAEMON, Subject="Delayed: 对账单"), id="exchange"),
        pytest.param(mail("x", From=DAEMON, Subject="Warning: could not send message for past 4 hours"), id="sendmail"),
    ],
)
def test_delays_without_a_report(raw: bytes) -> None:
    assert kind(parse(raw)).kind == "delayed"


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        pytest.param(
            mail("x", "Auto-Submitted: auto-replied (vacation)"), "auto-submitted: auto-replied (vacation)", id="header"
        ),
        pytest.param(mail("x", "X-Autoreply: yes"), "x-autoreply", id="x-autoreply"),
        pytest.param(mail("x", "Precedence: auto_reply"), "precedence", id="precedence"),
        pytest.param(mail("我在休假", Subject="自动回复：[华东贸易][2026年10月] 销售对账单"), "subject", id="subject"),
        pytest.param(mail("我在休假", Subject="自動回覆: 銷售對賬單"), "subject", id="subject, taiwan"),
        pytest.param(mail("x", Subject="Automatic reply: statement"), "subject", id="subject, outlook"),
        pytest.param(mail("x", Subject="Out of Office: statement"), "subject", id="subject, old outlook"),
        pytest.param(mail("这是来自QQ邮箱的假期自动回复邮件。\n \n您好，我在休假"), "opening", id="qq"),
        pytest.param(
            multipart("alternative", html("<div>这是来自QQ邮箱的假期自动回复邮件。</div>")), "opening", id="qq, html"
        ),
        pytest.param(mail("您好，這是自動回覆郵件。"), "opening", id="opening, taiwan"),
        pytest.param(
            mail("x", "Auto-Submitted: auto-generated"), "auto-submitted: auto-generated", id="a ticket system"
        ),
    ],
)
def test_automatic_answers(raw: bytes, reason: str) -> None:
    found = kind(parse(raw))
    assert (found.kind, found.reason.partition(" (")[0]) == ("auto_reply", reason.partition(" (")[0])


@pytest.mark.parametrize(
    ("text", "successor", "left"),
    [
        pytest.param(
            "我已离职，对账请联系 chen@customer.example", "chen@customer.example", True, id="left, with an address"
        ),
        pytest.param(
            "本人已於上月離職，請改寄 Chen@customer.example。", "chen@customer.example", True, id="left, taiwan"
        ),
        pytest.param("休假中，急事请联系李四 13800000000", "李四", False, id="a name"),
        pytest.param("On leave. Please contact bob@customer.example.", "bob@customer.example", False, id="english"),
        pytest.param("He is no longer with us.", "", True, id="left without a successor"),
        pytest.param("休假中，急事请联系我的手机", "", False, id="his own telephone"),
        pytest.param("我在休假，10号回来", "", False, id="nobody"),
        pytest.param(
            "Regards, a@customer.example, ar@our.example, contact ar@our.example", "", False, id="only known addresses"
        ),
    ],
)
def test_successors(text: str, successor: str, left: bool) -> None:
    found = kind(parse(mail(text, "Auto-Submitted: auto-replied")))
    assert (found.kind, found.successor, found.left) == ("auto_reply", successor, left)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        pytest.param(
            multipart(
                "report", plain("x"), "Content-Type: message/disposition-notification\n\nDisposition: manual; displayed"
            ),
            "disposition notification",
            id="mdn",
        ),
        pytest.param(mail("您的邮件已于 10:00 被阅读，已读", Subject="已读: 对账单"), "read receipt", id="read"),
        pytest.param(mail("x", Subject="Zhang reacted to your message: statement"), "reaction", id="outlook"),
        pytest.param(mail("x", Subject="张三对你的邮件做出了反应"), "reaction", id="outlook, chinese"),
        pytest.param(mail("👍 张三 reacted via Gmail"), "reaction", id="gmail's text"),
        pytest.param(
            multipart("alternative", plain("👍"), "Content-Type: text/vnd.google.email-reaction+json\n\n{}"),
            "reaction",
            id="gmail",
        ),
        pytest.param(
            multipart(
                "alternative", plain("x"), "Content-Type: text/calendar; method=REPLY\n\nBEGIN:VCALENDAR\nMETHOD:REPLY"
            ),
            "calendar",
            id="calendar",
        ),
    ],
)
def test_receipts_and_reactions(raw: bytes, reason: str) -> None:
    found = kind(parse(raw))
    assert (found.kind, found.reason) == ("receipt", reason)


def test_lists_and_forwards() -> None:
    assert kind(parse(mail("x", "List-Id: <news.example>"))).kind == "list"
    assert kind(parse(mail("x", "Precedence: bulk"))) == Notice("list", reason="precedence: bulk")
    assert kind(parse(mail("确认", "List-Id: <ap.customer.example>", "In-Reply-To: <s1@our.example>"))).kind == "reply"
    assert kind(parse(mail("x", Subject="转发：对账单"))).kind == "forward"
    assert (
        kind(parse(multipart("mixed", plain("x"), "Content-Type: message/rfc822\n\nSubject: y\n\nz"))).kind == "forward"
    )


SCAN = "Content-Type: application/pdf; name=scan.pdf\n\n%PDF"
ORDINARY = {
    "speaks of a bounce": mail("上次的邮件被退信了，系统退信说邮箱不存在，请重发。550 5.1.1 user unknown"),
    "bounce in the subject": mail("请看", Subject="退信问题"),
    "answers a bounce": mail("x", Subject="Re: 系统退信"),
    "speaks of an automatic answer": mail("收到的是自动回复，张三已离职，请联系李四。"),
    "automatic in the subject": mail("x", Subject="自动回复的邮件收到了"),
    "answers an automatic answer": mail("x", Subject="Re: 自动回复: 对账单"),
    "suppresses automatic answers": mail("确认", "X-Auto-Response-Suppress: All"),
    "says that it isn't automatic": mail("确认", "Auto-Submitted: no"),
    "says no in another header": mail("确认", "X-Autoreply: no"),
    "returned goods": mail("货物被退回，客户拒收", From="wang@customer.example"),
    "read": mail("Read the attached", Subject="Read: this"),
    "accepted": mail("接受，账无误", Subject="接受：对账单"),
    "an invitation": multipart("mixed", plain("x"), "Content-Type: text/calendar\n\nMETHOD:REQUEST"),
    "a thumb": mail("👍"),
    "postmaster writes": mail("请查收附件", From="postmaster@customer.example", Subject="对账"),
    "copier": multipart("mixed", plain("x"), SCAN).replace(
        b"Subject: Re", b"Subject: scan\r\nAuto-Submitted: auto-generated"
    ),
    "forwards a bounce": multipart(
        "mixed", plain("请看"), "Content-Type: message/rfc822\n\n" + report(FAILED).decode()
    ),
    "nothing": b"",
}


@pytest.mark.parametrize("raw", [pytest.param(raw, id=name) for name, raw in ORDINARY.items()])
def test_ordinary_mails_are_no_notices(raw: bytes) -> None:
    assert kind(parse(raw)).kind in {"reply", "forward"}


@pytest.mark.parametrize(
    "piece", ["邮箱", "退信", "已", "联系", "a@b.", "message-id: <", "warning: message ", "\n", "这是", "delayed "]
)
def test_hostile_texts_take_no_time(piece: str) -> None:
    started = time.process_time()
    kind(parse(mail(piece * 20_000, From=DAEMON, Subject=piece * 60)))
    assert time.process_time() - started < 10  # no measure of speed: a hang would take minutes


@given(st.text(), st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=40))
def test_any_mail_is_something(text: str, subject: str) -> None:
    assert kind(parse(mail(text, "Return-Path: <>", Subject=subject))).kind
