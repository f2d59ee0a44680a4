"""A yes to an earlier month that isn't named: ``上月和本月均无误``, ``…无误，上个月的也没问题``.

In November 上月 alone may well mean October's statement; beside another month, or with 也, it is a second period.
"""

import re

from parsers.fold import fold

_CLAUSE = re.compile(r"[^,。!?;\n]+")
_EARLIER = re.compile(
    r"(?:上|前)(?:[一二两三几]?个?)(?:月份?|期|季度?)(?![^,]{0,6}(?:余额|结余|结转|结存|转入|余款))|(?:[之以]前|往)(?:的|各)?个?月份?"
)
_BESIDE = re.compile(
    r"(?:本|这个?|当)(?:月|期|季)|\d{1,2}月|[一二三四五六七八九十]月|也|一并|一起|一同|同样|都|均|[和及与跟、]|连同|还有"
)
_YES = re.compile(
    r"无误|[没无](?:有)?(?:问题|错|差错|差异)|相符|一致|确认|对的|正确|认可|同意|(?<![a-z])ok|核对过|对过",
    re.IGNORECASE,
)
_OTHER_TOPIC = re.compile(
    r"发票|[开专普]票|送货|发货|货物|货款|付款|快递|质量|样品|合同|报价|地址|邮件|[价章比像]|跟上"
)


def find(text: str) -> str:
    """The clause that says yes to a month that it doesn't name, beside this one; empty where there is none."""
    if not _EARLIER.search(folded := fold(text)):
        return ""
    return next((match[0].strip() for match in _CLAUSE.finditer(folded) if _second(match[0])), "")


def _second(clause: str) -> bool:
    rest = _EARLIER.sub("", clause)
    earlier = rest != clause and not _OTHER_TOPIC.search(clause)
    return earlier and _YES.search(clause) is not None and _BESIDE.search(rest) is not None
