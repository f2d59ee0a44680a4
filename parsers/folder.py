"""Which of a mailbox's folders is what, by special-use flag or by the names that providers give them."""

from typing import Literal

Kind = Literal["inbox", "junk", "sent", "other"]

_FLAGS: dict[str, Kind] = {"\\junk": "junk", "\\sent": "sent"}
_NAMES: dict[str, Kind] = {
    "inbox": "inbox",
    "junk": "junk",
    "junk e-mail": "junk",
    "junk email": "junk",
    "spam": "junk",
    "bulk mail": "junk",
    "垃圾邮件": "junk",
    "垃圾郵件": "junk",
    "垃圾箱": "junk",
    "sent": "sent",
    "sent items": "sent",
    "sent messages": "sent",
    "sent mail": "sent",
    "已发送": "sent",
    "已发邮件": "sent",
    "寄件備份": "sent",
    "寄件匣": "sent",
    "已傳送郵件": "sent",
}


def kind(flags: tuple[str, ...], name: str, delimiter: str = "/") -> Kind:
    """The folder's purpose; a special-use flag outranks its name, and only the last part of a name counts."""
    for flag in flags:
        if flag.lower() in _FLAGS:
            return _FLAGS[flag.lower()]
    last = name.rsplit(delimiter, 1)[-1] if delimiter else name
    return _NAMES.get(last.strip().lower(), "other")
