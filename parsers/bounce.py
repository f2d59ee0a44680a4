"""Mails that came back: RFC 3464 reports, and what QQ, 163, Aliyun, Exchange and others write without one.

``Final-Recipient: rfc822; a@b.example``, ``Action: failed``, ``Status: 5.1.1``; or 系统退信 from a postmaster.
"""

import re
from dataclasses import dataclass

from parsers import headers
from parsers.mail import Mail

MAX_ADDRESSES = 20

_EMAIL = re.compile(r"[A-Za-z0-9][\w.+=-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}")


def _any_of(*patterns: str, before: str = "") -> re.Pattern[str]:
    return re.compile(before + "(?:" + "|".join(patterns) + ")", re.IGNORECASE)


_DAEMON = _any_of(
    "mailer-?daemon",
    "mail-?daemon",
    "post-?master",
    r"mail\.?delivery",
    "mail-?agent",
    "bounces?",
    "system-?admin",
    "microsoftexchange[0-9a-f]{8}",
)
_DAEMON_NAME = _any_of(
    "mail delivery (?:sub)?system",
    "postmaster",
    "mailer-daemon",
    "邮件系统",
    "郵件系統",
    "系统退信",
    "退信",
    "系统管理员",
)
_FAILED_SUBJECT = _any_of(
    "系统退信", "系統退信", "退信(?:通知|提醒|[:：]|$)",
    r"[来來]自\s?\S{1,60}\s?的退信",
    "投递失败", "投遞失敗", "发送失败", "傳送失敗", "寄件失败", "寄送失敗", "邮件无法投递",
    "(?:邮件|信件|郵件)(?:被)?退回", "邮件发送失败", "[邮郵]件[傳传][送输]失[敗败]",
    "(?:配信|送信)(?:不能|エラー|失敗)",
    "无法(?:投递|传递|送达)", "無法(?:投遞|傳遞|送達)", "未送达", "未送達", "未傳遞", "邮件投递失败",
    "邮件未(?:能)?送达",
    "undeliver(?:able|ed)", "delivery (?:status notification|failure|has failed|failed|report)", "failure notice",
    "mail delivery (?:failed|failure|system)", "returned mail", "non-?delivery", "nondeliverable", "rejected:",
    "message (?:delivery failure|not delivered|undeliverable)", "(?:mail|message) (?:could not be|was not) delivered",
    "warning: (?:could not send|message)", "已延[迟遲]", "邮件延迟", "郵件延遲", "delayed",
    before=r"\s*(?:[\[【][^\]】]{0,20}[\]】]\s?)?",
)  # fmt: skip
_DELAYED = _any_of(
    r"\(delay(?:ed)?\)", "delivery delayed", "^delayed", "still being retried",
    "will (?:keep|continue to) (?:try|retry)", "could not send message for past",
    "warning: message .{0,60}delayed", "has not yet been delivered",
    "^已延[迟遲]",
    "邮件延迟", "延迟(?:投递|送达|通知|发送)", "延遲(?:投遞|送達|通知|傳送)", "郵件延遲", "暂时无法(?:投递|送达)",
    "稍后(?:会|将)?(?:继续|重新)(?:尝试|投递)", "尚未(?:投递|送达|送達)", "系统(?:会|将)继续(?:尝试|投递)",
)  # fmt: skip
_FAILED_TEXT = _any_of(
    "user (?:unknown|not found)", "no such user", "mailbox (?:unavailable|not found|is full|full)", "address rejected",
    "does(?:n't| not) exist", "recipient (?:rejected|not found|unknown)", "over ?quota", "quota exceeded",
    "permanent(?:ly)? (?:error|fail)", "could not be delivered", "(?:wasn't|was not|not) delivered",
    "host (?:unknown|not found)", "unrouteable", r"\b5\d\d[ -]5\.\d{1,3}\.\d{1,3}", r"\b55[0-4]\b",
    r"(?:邮箱|郵箱|信箱|用户|用戶|帐号|账号|帳號|收件人|地址)[^。\n]{0,12}"
    r"(?:不存在|已满|已滿|被禁用|未找到|找不到|错误|錯誤)",
    r"(?:邮箱|郵箱|信箱|用户|用戶|收件人|服务器|伺服器)[^。\n]{0,12}(?:拒绝|拒絕|拒收)",
    "退信(?:原因|代码|类型)", "投递失败",
    "(?:无法|無法|未能)(?:被)?(?:投递|投遞|送达|送達|传递|傳遞|发送到|發送)", "发送失败",
    r"邮件[^。\n]{0,6}退回",
)  # fmt: skip
_CODE = re.compile(r"\b([45]\.\d{1,3}\.\d{1,3})\b")
_REPLY_CODE = re.compile(r"\b([45])\d\d[ -]")
_ID = re.compile(r"message-id\s?[:：]\s?<([^<>\s]{1,998})>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Status:
    """What a report says: ``action`` is ``failed``, ``delayed`` or another; ``code`` a status such as 5.1.1."""

    action: str
    addresses: tuple[str, ...]
    code: str
    diagnostic: str
    envelope_id: str = ""


def delivery_status(mail: Mail) -> Status | None:
    """The report's fields; a failure counts before a delay, and that before success.

    None where there is no report, and where a person has put one into a mail of his own.
    """
    if not mail.header("content-type").lower().startswith("multipart/report") and not _is_from_a_daemon(mail):
        return None
    reports = [
        part.text or ""
        for part in mail.attachments
        if part.content_type.endswith("delivery-status") and not part.forwarded
    ]
    blocks = [_fields(block) for report in reports for block in report[:60_000].split("\n\n")]
    recipients = [block for block in blocks if "action" in block or "final-recipient" in block]
    if not recipients:
        return None
    actions = [block.get("action", "").strip().lower().split(" ")[0] for block in recipients]
    action = next((one for one in ("failed", "delayed") if one in actions), actions[0])
    about = [block for block, one in zip(recipients, actions, strict=True) if one == action]
    return Status(
        action,
        tuple(dict.fromkeys(address for block in about if (address := _recipient(block))))[:MAX_ADDRESSES],
        about[0].get("status", "").split(" ")[0][:20],
        about[0].get("diagnostic-code", "")[:500],
        next((block["original-envelope-id"] for block in blocks if block.get("original-envelope-id")), ""),
    )


def _fields(block: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in block.splitlines():
        name, colon, value = line.partition(":")
        if colon:
            found.setdefault(name.strip().lower(), " ".join(value.split()))
    return found


def _recipient(block: dict[str, str]) -> str:
    """The address that we wrote to, which the original recipient shows where a server has rewritten it."""
    for name in ("original-recipient", "final-recipient"):
        address = block.get(name, "").rpartition(";")[2].strip(" <>").lower()
        if "@" in address:
            return address
    return ""


def provider_bounce(mail: Mail, text: str) -> Status | None:
    """A bounce or delay without a report; a person who merely writes about one is never taken for it."""
    named = tuple(
        address.address for value in mail.header_values("x-failed-recipients") for address in headers.addresses(value)
    )
    if not named and not (
        _is_from_a_daemon(mail) and (_FAILED_SUBJECT.match(mail.subject) or _speaks_of_failure(mail, text))
    ):
        return None
    delayed = _DELAYED.search(mail.subject) or (not _hard(text) and _DELAYED.search(text))
    code = _CODE.search(text)
    reply = _REPLY_CODE.search(text)
    failure = _FAILED_TEXT.search(text)
    return Status(
        "delayed" if delayed else "failed",
        named or _recipients(mail, text),
        code[1] if code else reply[1] if reply else "",
        _line_of(text, failure.start()) if failure else mail.subject[:200],
    )


def _is_from_a_daemon(mail: Mail) -> bool:
    if mail.header("return-path").replace(" ", "") == "<>":
        return True
    return any(_DAEMON.search(one.address.partition("@")[0]) or _DAEMON_NAME.search(one.display) for one in mail.from_)


def _speaks_of_failure(mail: Mail, text: str) -> bool:
    """A daemon under an unusual subject; a null sender alone also stands on vacation notes, so its name must tell."""
    return (
        any(_DAEMON.search(one.address.partition("@")[0]) for one in mail.from_)
        and _FAILED_TEXT.search(text) is not None
    )


def _hard(text: str) -> bool:
    return re.search(r"\b5\.\d{1,3}\.\d{1,3}\b|\b55\d[ -]", text) is not None


def _line_of(text: str, place: int) -> str:
    start = text.rfind("\n", 0, place) + 1
    end = text.find("\n", place)
    return " ".join(text[start : end if end >= 0 else len(text)].split())[:300]


def _recipients(mail: Mail, text: str) -> tuple[str, ...]:
    """The first address in the text that is neither ours nor the daemon's: providers name the recipient at the top."""
    known = {one.address for one in (*mail.to, *mail.from_, *mail.cc)}
    found = (match[0].lower().rstrip(".") for match in _EMAIL.finditer(text[:8_000]))
    return tuple(address for address in found if address not in known and not _DAEMON.match(address))[:1]


def returned_ids(mail: Mail, text: str) -> tuple[str, ...]:
    """Message-IDs of what came back: its returned headers, what the notice quotes, and what it answers."""
    returned = [part.text or "" for part in mail.attachments if part.content_type == "text/rfc822-headers"]
    quoted = [match for source in (*returned, text) for match in _ID.findall(source)]
    return tuple(dict.fromkeys((*quoted, *mail.in_reply_to, *mail.references)))[:MAX_ADDRESSES]
