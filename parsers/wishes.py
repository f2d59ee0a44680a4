"""What a customer asks for that we can give at once, or that has a person of its own; folded text, one wish each.

``请贵司先盖章，我们再盖`` wants our seal first, ``附件打不开`` the file again, ``请在我司供应商平台填报`` another
channel, ``零余额也要盖章？`` to know what a statement without balance needs. Also ``除XSCK-00030外，其余无误``.
"""

import re

from parsers.fold import fold
from parsers.tokens import documents

SEAL_FIRST, RESEND, PORTAL, ZERO_BALANCE = "seal_first", "resend", "portal", "zero_balance"

_YOU = r"(?:贵[司方]|贵公司|贵单位|你[司方]|你们(?:公司)?|您[司方]?|对方|供方)"
_WISHES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (PORTAL, re.compile(r"(?:供应商|采购|对账|结算|协同|srm)[^,。]{0,6}(?:平台|系统|门户|网站)|srm", re.IGNORECASE)),
    (
        ZERO_BALANCE,
        re.compile(
            r"(?:(?:零|0)余额|余额[为是]?(?:零|0)|没有余额)[^。;!?]{0,8}(?:也|还|是否|是不是|要|需)[^。;!?]{0,8}(?:盖|签|章|回传|寄)"
        ),
    ),
    (
        SEAL_FIRST,
        re.compile(
            rf"{_YOU}(?:那边|财务)?先(?:行)?(?:盖|签|加盖|用印|签字)|先(?:盖|签|加盖)[^,。]{{0,8}}{_YOU}"
            rf"|(?:提供|发|寄|要|需要?)[^,。]{{0,8}}{_YOU}[^,。]{{0,4}}(?:盖[好了]?章|签章|加盖公章)[^,。]{{0,6}}(?:的|版|件|对账单)"
            rf"|{_YOU}(?:的)?(?:对账单)?(?:没有?|未|尚未)(?:加)?盖(?:公)?章"
        ),
    ),
    (
        RESEND,
        re.compile(
            r"(?:附件|文件|文档|pdf|对账单|压缩[包档件])[^,。]{0,10}(?:打不开|无法打开|不能打开|打开不了|开不了|看不了|损坏|乱码|显示不了|是空的|空白)"
            r"|(?:打不开|无法打开)[^,。]{0,6}(?:附件|文件|文档|pdf|对账单)|(?:压缩[包档件]|附件|文件|解压|打开)[^,。]{0,6}密码",
            re.IGNORECASE,
        ),
    ),
)
_REST = re.compile(
    r"(?:除了?|除却|扣除)(?P<but>[^。;!?]{1,80}?)(?:之外|以外|外)[,:]?[^。;!?]{0,12}?"
    r"(?:无误|相符|没问题|没有问题|一致|正确|确认|没有差异|无差异|对得上)"
    r"|(?:其余|其他|其它|剩下)[^。;!?]{0,12}(?:无误|相符|没问题|没有问题|一致|正确|确认|无差异)[,;。]?[^。!?]{0,12}?"
    r"(?:除|仅|只有|就|但)(?P<only>[^。;!?]{1,60})"
    r"|(?P<before>[^。;!?]{1,60})[,;。](?:其余|其他|其它|剩下)[^。;!?]{0,12}(?:无误|相符|没问题|没有问题|一致|正确|确认|无差异)"
)
_LEAVES_OUT = re.compile(r"[除扣其剩]")
"""What every such sentence holds; most texts hold none of it and need no closer look."""


_LONGEST = 2_000  # characters; who writes more wishes more than one thing


def find(text: str) -> str:
    """The wish that a text holds, "" where it holds none of them."""
    if len(text) > _LONGEST:
        return ""
    folded = re.sub(r"\s", "", fold(text))
    return next((wish for wish, pattern in _WISHES if pattern.search(folded)), "")


def excepted(text: str) -> tuple[str, ...]:
    """Documents that are left out of a yes: ``除XSCK-00030外，其余无误``; the rest is agreed to."""
    found: dict[str, None] = {}
    folded = fold(text[:_LONGEST])
    if not _LEAVES_OUT.search(folded):
        return ()
    for match in _REST.finditer(folded):
        for part in match.groups():
            found.update(dict.fromkeys(documents(part or "")))
    return tuple(found)
