"""How mail programs write a reply: what stands above the quoted text, and which headers they send along."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from zoneinfo import ZoneInfo

from bot.model import Attachment

ZONE = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Letter:
    """The mail that is answered, as the customer's program shows it."""

    message_id: str
    subject: str
    sender: str
    to: str
    date: str
    text: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What a customer writes; ``shape`` names the mail program."""

    shape: str
    sender: str
    name: str
    text: str
    attachments: tuple[Attachment, ...] = ()


def write(reply: Reply, letter: Letter, now: datetime) -> EmailMessage:
    """The reply as its program would send it."""
    shape = SHAPES[reply.shape]
    mail = EmailMessage()
    mail["From"] = f"{reply.name} <{reply.sender}>"
    mail["To"] = letter.sender
    mail["Subject"] = shape.prefix + letter.subject.removeprefix("Re: ")
    mail["Date"] = format_datetime(now.astimezone(ZONE))
    mail["Message-ID"] = make_msgid(domain=reply.sender.partition("@")[2])
    if shape.threads:
        mail["In-Reply-To"] = f"<{letter.message_id}>"
        mail["References"] = f"<{letter.message_id}>"
    for name, value in shape.headers.items():
        mail[name] = value
    mail.set_content(reply.text + shape.quoted(letter))
    for attachment in reply.attachments:
        kind, _, subtype = attachment.content_type.partition("/")
        mail.add_attachment(attachment.data, maintype=kind, subtype=subtype, filename=attachment.name)
    return mail


@dataclass(frozen=True, slots=True)
class Shape:
    """One mail program's manners; QQ often sends neither References nor In-Reply-To."""

    prefix: str
    quoted: Callable[[Letter], str]
    headers: Mapping[str, str]
    threads: bool = True


def _behind(text: str) -> str:
    return "\n".join(f"> {line}" for line in text.splitlines())


def _qq(letter: Letter) -> str:
    head = f'发件人: "{letter.sender}";\n发送时间: {letter.date}\n收件人: "{letter.to}";\n主题: {letter.subject}'
    return f"\n\n\n------------------ 原始邮件 ------------------\n{head}\n\n\n{letter.text}"


def _netease(letter: Letter) -> str:
    return f'\n\n\n\nAt {letter.date}, "{letter.sender}" <{letter.sender}> wrote:\n\n{_behind(letter.text)}'


def _block(letter: Letter, keys: tuple[str, str, str, str], colon: str) -> str:
    values = (letter.sender, letter.date, letter.to, letter.subject)
    return "\n".join(f"{key}{colon} {value}" for key, value in zip(keys, values, strict=True)) + f"\n\n{letter.text}"


def _foxmail(letter: Letter) -> str:
    return "\n\n\n\n" + _block(letter, ("发件人", "发送时间", "收件人", "主题"), "：")


def _outlook(letter: Letter) -> str:
    return f"\n\n{'_' * 32}\n" + _block(letter, ("发件人", "发送时间", "收件人", "主题"), ":")


def _outlook_traditional(letter: Letter) -> str:
    return f"\n\n{'_' * 32}\n" + _block(letter, ("寄件者", "寄件日期", "收件者", "主旨"), ":")


def _gmail(letter: Letter) -> str:
    return f"\n\n{letter.sender} <{letter.sender}> 于{letter.date}写道：\n\n{_behind(letter.text)}"


def _apple(letter: Letter) -> str:
    return f"\n\n> 在 {letter.date}，{letter.sender} <{letter.sender}> 写道：\n> \n{_behind(letter.text)}"


SHAPES: Mapping[str, Shape] = {
    "QQ": Shape("回复：", _qq, {"X-Mailer": "QQMail 2.x"}, threads=False),
    "163": Shape("Re:", _netease, {"X-Mailer": "Coremail Webmail Server"}),
    "Foxmail": Shape("回复: ", _foxmail, {"X-Mailer": "Foxmail 7.2.25"}),
    "Outlook": Shape("答复: ", _outlook, {"X-Mailer": "Microsoft Outlook 16.0"}),
    "Outlook 繁": Shape("回覆: ", _outlook_traditional, {"X-Mailer": "Microsoft Outlook 16.0"}),
    "Gmail": Shape("Re: ", _gmail, {}),
    "Apple Mail": Shape("Re: ", _apple, {"X-Mailer": "Apple Mail (2.3774)"}),
}
