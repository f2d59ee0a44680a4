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
