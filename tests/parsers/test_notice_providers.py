"""What mail servers and programs of providers send by themselves, in their own words, and people who only speak of it."""
# ruff: noqa: E501  # a mail stands on one line

import pytest

from bot.model import Outcome
from parsers.mail import parse
from parsers.notice import kind
from tests.decide.replies import CONFIRMER, NUMBER, PHRASE, judge, register, scan
from tests.parsers.mails import mail, multipart, plain

C = "zhang@customer.example"
S = "[华东贸易][2026年10月] 銷售對賬單"


def sent(text: str, by: str, subject: str, *lines: str) -> bytes:
    return mail(text, *lines, From=by, Subject=subject)


MAILS = [
    (
        "bounce",
        sent(
            f"This is the mail system at host mx.\n<{C}>: host mx[1.2.3.4] said: 550 5.1.1 <{C}>: Recipient address rejected: User unknown",
            "MAILER-DAEMON@mx.example (Mail Delivery System)",
            "Undelivered Mail Returned to Sender",
        ),
    ),
    (
        "bounce",
        sent(
            f"This message was created automatically by mail delivery software.\nA message that you sent could not be delivered\n  {C}\n    Unrouteable address",
            "Mail Delivery System <Mailer-Daemon@mx.example>",
            "Mail delivery failed: returning message to sender",
        ),
    ),
    (
        "bounce",
        sent(
            f"   ----- The following addresses had permanent fatal errors -----\n<{C}>\n    (reason: 550 5.1.1 User unknown)",
            "Mail Delivery Subsystem <MAILER-DAEMON@mx.example>",
            "Returned mail: see transcript for details",
        ),
    ),
    (
        "bounce",
        sent(
            f"您的邮件未能送达以下收件人或通讯组列表:\n{C}\n找不到您输入的电子邮件地址。",
            "Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@customer.example>",
            f"未送达: {S}",
        ),
    ),
    (
        "bounce",
        sent(
            f"传递到以下收件人或组时失败:\n{C}\n",
            "Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@customer.example>",
            f"无法送达: {S}",
        ),
    ),
    ("bounce", sent(f"未能將郵件傳遞給下列收件者或群組:\n{C}", "postmaster@outlook.com", f"無法傳遞: {S}")),
    (
        "bounce",
        sent(
            f"尊敬的用户：您好！\n很抱歉，您发往 {C} 的邮件投递失败，被退回。\n退信原因：550 RCPT (user not exist)",
            "Mail Delivery Service <postmaster@mxhichina.com>",
            f"退信：{S}",
        ),
    ),
    (
        "bounce",
        sent(
            f"抱歉，您的邮件被退回来了……\n原邮件信息：\n收件人：{C}\n退信原因：对方邮箱容量已满",
            "Postmaster <Postmaster@126.com>",
            "系统退信/The email is returned/",
        ),
    ),
    (
        "bounce",
        sent(
            f"很抱歉您发送的邮件被退回，以下是该邮件的相关信息：\n收件人：{C}\n退信原因：对方服务器拒绝接收",
            "PostMaster <10000@qq.com>",
            "系统退信",
        ),
    ),
    (
        "bounce",
        sent(
            f"您的邮件未送达 {C}，因为系统找不到该地址，或者该地址无法接收邮件。",
            "Mail Delivery Subsystem <mailer-daemon@googlemail.com>",
            "Delivery Status Notification (Failure)",
        ),
    ),
    (
        "bounce",
        sent(f"收件人：{C}\n错误信息：User not found", "邮件系统管理员 <admin@customer.example>", "邮件投递失败通知"),
    ),
    ("bounce", sent(f"{C}\n收件人不存在", "postmaster@customer.example", "投递状态通知（失败）")),
    ("bounce", sent(f"以下收件人：{C} 投遞失敗", "MAILER-DAEMON@hinet.example", "郵件傳送失敗通知")),
    ("bounce", sent(f"{C} 使用者不存在", "MAILER-DAEMON@hinet.example", "信件退回通知")),
    (
        "bounce",
        sent(
            f"An email you sent could not be delivered to {C}. 550 Administrative prohibition",
            "postmaster@mimecast.example",
            "[Postmaster] Email Delivery Failure",
        ),
    ),
    (
        "bounce",
        sent(
            f"发往 {C} 的邮件发送失败：收件地址不存在",
            "no-reply@feishu.example",
            f"邮件发送失败: {S}",
            "Return-Path: <>",
        ),
    ),
    (
        "bounce",
        sent(
            f"送信先 {C} のメールアドレスが見つかりませんでした。550 5.1.1 User unknown",
            "MAILER-DAEMON@mx.example",
            "配信不能メール",
        ),
    ),
    (
        "delayed",
        sent(
            f"This is the mail system. ####\n# THIS IS A WARNING ONLY.  YOU DO NOT NEED TO RESEND YOUR MESSAGE. #\nYour message could not be delivered for more than 4 hour(s).\nIt will be retried until it is 5 day(s) old.\n<{C}>: connect to mx: Connection timed out",
            "MAILER-DAEMON@mx.example",
            "Delayed Mail (still being retried)",
        ),
    ),
    (
        "delayed",
        sent(
            f"您发送给 {C} 的邮件暂时未能送达，系统会在 24 小时内继续尝试投递。",
            "postmaster@163.com",
            "邮件延迟投递通知",
        ),
    ),
    (
        "delayed",
        sent(
            f"A message that you sent has not yet been delivered to one or more of its recipients after more than 24 hours\n {C}",
            "Mail Delivery System <Mailer-Daemon@mx.example>",
            "Warning: message 1abcd-000 delayed 24 hours",
        ),
    ),
    (
        "delayed",
        sent(
            f"邮件尚未送达 {C}，服务器将继续尝试",
            "Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@customer.example>",
            f"已延迟: {S}",
        ),
    ),
    ("auto_reply", sent("您好，我正在休假", "a@customer.example", f"[自动回复] Re: {S}")),
    ("auto_reply", sent("您好，我正在休假", "a@customer.example", f"【自动回复】{S}")),
    ("auto_reply", sent("您好，我正在休假", "a@customer.example", f"自动答复: {S}")),
    ("auto_reply", sent("ただいま不在にしております", "a@customer.example", f"自動応答: {S}")),
    ("auto_reply", sent("ただいま休暇中です", "a@customer.example", f"【自動返信】{S}")),
    ("auto_reply", sent("I am out of the office until Nov 9.", "a@customer.example", f"Out of office: Re: {S}")),
    ("auto_reply", sent("I am away", "a@customer.example", f"Out of Office AutoReply: {S}")),
    ("auto_reply", sent("I am away", "a@customer.example", f"Autoreply: {S}")),
    ("auto_reply", sent("I am away", "a@customer.example", f"Auto: Re: {S}")),
    ("auto_reply", sent("这是一封自动回复邮件。已经收到您的来信，我会尽快回复。", "a@163.com", f"Re:{S}")),
    ("auto_reply", sent("【系统自动回复】您的邮件我已收到，会尽快处理。", "a@customer.example", f"Re:{S}")),
    (
        "auto_reply",
        sent(
            "您好！您的邮件已收到，我将尽快回复您。（本邮件为系统自动回复，请勿直接回复）",
            "a@customer.example",
            f"Re:{S}",
        ),
    ),
    ("auto_reply", sent("系统自动回复：来信收到", "a@customer.example", f"Re:{S}")),
    ("receipt", sent("您发送的邮件“对账单”已于2026-11-05 10:00被收件人阅读。", "a@customer.example", f"已读回执: {S}")),
    ("receipt", sent("这是邮件收条，对方已收到您的邮件。", "a@qq.com", f"收条: {S}")),
    (
        "receipt",
        sent(
            "Your message\n  To: AR\n  Subject: x\n  Sent: 2026\nwas read on 2026/11/5.",
            "a@customer.example",
            f"Read: {S}",
        ),
    ),
    (
        "receipt",
        sent(
            "您的邮件\n  收件人: 甲\n  主题: 对账单\n已在 2026年11月5日 10:00:00 阅读。",
            "a@customer.example",
            f"已读: {S}",
        ),
    ),
    ("receipt", sent("您的郵件 已在 2026年11月5日 讀取", "a@customer.example", f"讀取: {S}")),
    ("receipt", sent("x", "a@customer.example", "张三 对你的邮件做出了 👍 反应")),
    ("receipt", sent("张三 通过 Gmail 做出了回应", "a@customer.example", f"Re: {S}")),
    ("reply", sent(f"{C} 这个邮箱不存在了，请发我这个邮箱。对账单无误", "a@customer.example", f"Re: 退信通知 {S}")),
    ("reply", sent("你们的邮件被退回了，550 user unknown，请重发", "a@customer.example", f"退信：{S}")),
    (
        "reply",
        sent(
            "确认无误\n\n> Undelivered Mail Returned to Sender\n> 550 5.1.1 user unknown",
            "a@customer.example",
            f"回复: {S}",
        ),
    ),
    ("reply", sent("确认无误\n\n> 这是来自QQ邮箱的假期自动回复邮件", "a@customer.example", f"回复: 自动回复: {S}")),
    ("reply", sent("对账单已阅读，无误", "a@customer.example", "回执：2026年10月对账单")),
    ("reply", sent("已读，金额不对", "a@customer.example", f"Re: 已读: {S}")),
    ("reply", sent("单价550元，数量5.1.1箱，其余无误", "邮件系统 <wang@customer.example>", f"Re: {S}")),
    ("reply", sent("我司已自动回复过，金额不符", "a@customer.example", f"Re: {S}")),
    ("reply", sent("请问上次的自动回复邮件里说的是什么", "a@customer.example", f"Re: {S}")),
    ("reply", sent("金额不符", "a@customer.example", f"Re: {S}", "X-Auto-Response-Suppress: All")),
    ("reply", sent("金额不符", "a@customer.example", f"Re: {S}", "Auto-Submitted: no")),
    (
        "reply",
        sent(
            "金额不符",
            "a@customer.example",
            f"Re: {S}",
            "List-Unsubscribe: <mailto:x@y>",
            "In-Reply-To: <s@our.example>",
        ),
    ),
    (
        "reply",
        multipart(
            "mixed",
            plain("你们的邮件退回来了，金额不符"),
            "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; a@b.example\nAction: failed\nStatus: 5.1.1",
        ),
    ),
    ("reply", sent("读取了附件，已读，金额不对", "a@customer.example", "读取: 附件")),
]


@pytest.mark.parametrize(("expected", "raw"), MAILS, ids=[f"{number} {name}" for number, (name, _) in enumerate(MAILS)])
def test_a_machine_is_told_from_a_person(expected: str, raw: bytes) -> None:
    found = kind(parse(raw))
    assert {"forward": "reply"}.get(found.kind, found.kind) == expected, found
    assert expected not in {"bounce", "delayed"} or found.addresses == (C,)


@pytest.mark.parametrize(("expected", "raw"), [row for row in MAILS if row[0] != "reply"])
def test_E5_no_machine_says_yes_whatever_it_quotes(expected: str, raw: bytes) -> None:
    thread = f"In-Reply-To: <statement.{NUMBER}.1@hd-trade.example>\r\nAuthentication-Results: mx.hd-trade.example; dmarc=pass header.from=hengyuan.example\r\n"
    quoting = thread.encode() + raw.replace(b"\r\n\r\n", b"\r\n\r\n" + b"", 1) + f"\r\n\r\n{PHRASE}\r\n".encode()
    judged = judge(
        parse(quoting.replace(b"From: a@customer.example", f"From: {CONFIRMER}".encode())), register(), (scan(),)
    )
    assert judged.outcome in {Outcome.BOUNCE, Outcome.DELAYED, Outcome.AUTO_REPLY}, (expected, judged.rule)


@pytest.mark.parametrize(("sender", "outcome"), [(CONFIRMER, Outcome.PERSON), ("news@shop.example", Outcome.IGNORED)])
def test_what_a_registered_contact_sends_through_a_list_is_for_a_person(sender: str, outcome: Outcome) -> None:
    lines = (
        "List-Id: <ap.hengyuan.example>",
        "Authentication-Results: mx.hd-trade.example; dmarc=pass header.from=hengyuan.example",
    )
    raw = mail(f"{NUMBER} 金额不符，我方账面 85,000.00", *lines, From=sender, Subject=S)
    assert judge(parse(raw), register(), ()).outcome is outcome
