"""Links under which mail programs leave files that are too large to attach (超大附件); they die after days."""

import re
from html import unescape

_URL = re.compile(r"https?://[^\s\"'<>()（），。]{4,500}", re.IGNORECASE)
_PLACES = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?:\w+\.)?mail\.qq\.com/(?:cgi-bin/)?ftn",
        r"(?:wx|i)\.mail\.qq\.com/ftn",
        r"(?:\w+\.)?exmail\.qq\.com/(?:cgi-bin/)?ftn",
        r"mail\.(?:163|126)\.com/(?:large-attachment-download|filehub)",
        r"(?:fs|dashi|u)\.163\.com/",
        r"(?:\w+\.)?(?:qiye|mail|mxhichina)\.?(?:163|aliyun|mxhichina)?\.com/(?:alimail/openlinks|netdisk|js6/netfolder|large)",
        r"(?:\w+\.)?(?:mail\.sina\.(?:com\.)?cn|sina\.cn)/(?:filecenter|classic/fc)",
        r"mail\.(?:10086|139|189|wo)\.(?:com|cn)/\S{0,80}(?:largeattach|webdisk|disk/share|download)",
        r"(?:pan|yun)\.baidu\.com/(?:s/|share/)",
        r"(?:drive|docs)\.google\.com/(?:file|open|uc)",
        r"(?:1drv\.ms|onedrive\.live\.com)/",
        r"(?:\w+-my|\w+)\.sharepoint\.(?:com|cn)/:",
        r"(?:www\.)?icloud\.com(?:\.cn)?/attachment",
        r"(?:www\.)?(?:dropbox\.com/s|wetransfer\.com/downloads|we\.tl)/",
    )
)  # fmt: skip


def links(*bodies: str | None, limit: int = 10) -> tuple[str, ...]:
    """The links of all bodies that lead to such a file, each once, at most ``limit``."""
    found: dict[str, None] = {}
    for body in bodies:
        for match in _URL.finditer(body or ""):
            url = unescape(match[0])
            place = url.partition("://")[2].lower()
            if any(pattern.match(place) for pattern in _PLACES):
                found[url] = None
                if len(found) == limit:
                    return tuple(found)
    return tuple(found)


_WHEN = r"[\d年月日天时分小剩余于至到将在有效期限:：,，./\s)）\]-]"
_HEAD = re.compile(
    r"(?:从|来自|由)?[\w\s]{0,10}(?:邮箱|邮)?(?:发来|发送|转存)?的?(?:超大附件|云附件|大附件|中转站文件)(?:[(（]\d+\s*个[)）])?[:：]?",
)
_FILE = re.compile(
    rf"[^,，。；;!！?？]{{1,120}}\.[A-Za-z0-9]{{2,5}}\s*[(（\[]?\s*\d[\d.,]*\s?(?:[KMG]i?B?|字节){_WHEN}{{0,40}}(?:到期|过期|失效)?[)）\]]?",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:(?:进入|打开|点击)?(?:下载|下載)(?:页面|頁面|地址|链接)?|无限期)?[:：]?\s*(?:https?://\S+)?"
    rf"|有效期{_WHEN}{{0,40}}|(?:文件|附件|链接)?{_WHEN}{{4,40}}(?:到期|过期|失效)",
)
_TELLS = re.compile(r"[不未没無无非勿差错錯少多漏欠扣退但若除拒]|异议|異議|调整|說明|说明")
"""What a name of a file may say: such a line stays, and a person reads it."""


def without_block(text: str, found: tuple[str, ...]) -> str:
    """A text without the lines that a mail program wrote about such files; ``found`` are the links of the mail.

    Only lines that hold nothing else go: whatever a person typed beside them stays.
    """
    if not found:
        return text
    kept = [line for line in text.split("\n") if not line.strip() or not _is_block(line.strip())]
    return "\n".join(kept)


def _is_block(line: str) -> bool:
    if _HEAD.fullmatch(line) or _TAIL.fullmatch(line):
        return True
    return _FILE.fullmatch(line) is not None and not _TELLS.search(line)
