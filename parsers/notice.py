"""What kind of mail this is: a person's reply, or what a machine sent (bounce, delay, out-of-office, receipt, list).

Tried in this order: delivery status, receipts and reactions, providers' bounces without a status, automatic
answers, lists, forwards; whatever is left is a reply. Words in a person's own text never make a notice: a machine
must show itself by its headers, its sender or its subject's beginning.
"""

import re
from dataclasses import dataclass
from typing import Literal

from parsers import absence, bounce
from parsers.html import to_text
from parsers.mail import Mail

Kind = Literal["reply", "auto_reply", "bounce", "delayed", "receipt", "forward", "list"]


@dataclass(frozen=True, slots=True)
class Notice:
    """What a mail is, and what it tells.

    ``addresses`` are the recipients that a bounce, delay or delivery receipt is about, in lower case. ``reason`` is the
    server's own word (``550 5.1.1 user unknown``) or the sign by which the notice was known. ``returned_ids`` are
    Message-IDs of the mail that came back, ``envelope_id`` our ENVID. ``permanent`` is False where a bounce's status is
    4.x.x. ``successor`` is the address or name that an out-of-office points to, ``left`` says that its writer has left
    for good.
    """

    kind: Kind
    addresses: tuple[str, ...] = ()
    reason: str = ""
    returned_ids: tuple[str, ...] = ()
    envelope_id: str = ""
    permanent: bool = True
    successor: str = ""
    left: bool = False


_FORWARDING = re.compile(r"\s*(?:fwd?|wg|tr|转发|轉發|轉寄|转寄)\s?[:：]", re.IGNORECASE)
_READ = re.compile(
    r"\s*(?:已读|已讀|已读回执|已讀回條|(?:邮件)?阅读回执|邮件回执|读取|讀取|收条|收條|未读|未讀"
    r"|read|read receipt|not read|開封済み)"
    r"\s?[:：]",
    re.IGNORECASE,
)
_READ_TEXT = re.compile(
    r"\s*(?:[您你]的|[您你].{0,60}[发發寄]|这是|這是|此为|此邮件|邮件|郵件"
    r"|your message|the message|this is|メール|送信した)"
    r"[^。!！?？]{0,600}?(?:已读|已讀|已阅读|已閱讀|被.{0,20}阅读|阅读|读取|讀取|收条|收條|回执"
    r"|was read|displayed|was deleted without|开封|開封)",
    re.IGNORECASE,
)
"""A program tells of the mail that was read; a person who has read it speaks of what he read."""
_REACTION = re.compile(
    r"reacted to (?:your|a) (?:message|e-?mail)"
    r"|(?:对|對)(?:你|您)的(?:邮件|郵件|消息|訊息)(?:做出|作出|做了|有)了?.{0,12}(?:反应|反應|回应|回應)"
    r"|(?:回应|回應|对|對)了(?:你|您)的(?:邮件|郵件|消息|訊息)",
    re.IGNORECASE,
)
_REACTED = re.compile(
    r"\s*\S{0,10}\s?.{1,60}(?:reacted via Gmail|通过 ?Gmail ?(?:作出|做出)?了?回应|透過 ?Gmail ?(?:作出|做出)?了?回應)"
)
_ANSWERED_INVITATION = re.compile(r"^METHOD:(?:REPLY|COUNTER)\b", re.MULTILINE | re.IGNORECASE)
_LIST_HEADERS = ("list-id", "list-unsubscribe", "list-post", "feedback-id", "x-campaignid")


def kind(mail: Mail) -> Notice:
    """The notice that a mail is; ``reply`` where no machine shows itself. Never raises, linear."""
    text = body(mail)
    return (
        _status(mail)
        or _receipt(mail, text)
        or _provider_bounce(mail, text)
        or _automatic(mail, text)
        or _list(mail)
        or (Notice("forward") if mail.forwarded or _FORWARDING.match(mail.subject) else Notice("reply"))
    )


def body(mail: Mail) -> str:
    """The first 20,000 characters that a reader sees, text/plain first."""
    if mail.plain is not None and mail.plain.strip():
        return mail.plain[:20_000]
    return to_text(mail.html[:400_000]).text[:20_000] if mail.html else ""


def _status(mail: Mail) -> Notice | None:
    """RFC 3464: what the report's own fields say."""
    status = bounce.delivery_status(mail)
    if status is None:
        return None
    reason = " ".join(f"{status.code} {status.diagnostic}".split())
    what: dict[str, Kind] = {"failed": "bounce", "delayed": "delayed"}
    return Notice(
        what.get(status.action, "receipt"),
        status.addresses,
        reason or status.action,
        bounce.returned_ids(mail, ""),
        status.envelope_id,
        not status.code.startswith("4"),
    )


def _receipt(mail: Mail, text: str) -> Notice | None:
    kinds = {part.content_type for part in mail.attachments if not part.forwarded}
    if "message/disposition-notification" in kinds:
        return Notice("receipt", reason="disposition notification")
    if "text/vnd.google.email-reaction+json" in kinds or _REACTED.match(text) or _REACTION.search(mail.subject):
        return Notice("receipt", reason="reaction")
    if any(
        part.content_type == "text/calendar" and _ANSWERED_INVITATION.search(part.text or "")
        for part in mail.attachments
    ):
        return Notice("receipt", reason="calendar")
    if _READ.match(mail.subject) and _READ_TEXT.match(text[:2_000]) and not mail.attachments:
        return Notice("receipt", reason="read receipt")
    return None


def _provider_bounce(mail: Mail, text: str) -> Notice | None:
    found = bounce.provider_bounce(mail, text)
    if found is None:
        return None
    return Notice(
        "delayed" if found.action == "delayed" else "bounce",
        found.addresses,
        found.diagnostic,
        bounce.returned_ids(mail, text),
        permanent=not found.code.startswith("4"),
    )


def _automatic(mail: Mail, text: str) -> Notice | None:
    sign = absence.sign(mail, text)
    if not sign:
        return None
    successor, left = absence.successor(mail, text)
    return Notice("auto_reply", reason=sign, successor=successor, left=left)


def _list(mail: Mail) -> Notice | None:
    """Lists and newsletters; an answer within a thread is a person's, even where a group passes it on."""
    precedence = mail.header("precedence").lower()
    sign = next((name for name in _LIST_HEADERS if mail.header(name)), "")
    sign = sign or (f"precedence: {precedence}" if precedence in {"list", "bulk", "junk"} else "")
    return Notice("list", reason=sign) if sign and not (mail.in_reply_to or mail.references) else None
