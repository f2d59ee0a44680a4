"""Why finance sends a copy back, where it is the seal: ``印章不符``, ``印鑑不符``, ``印章为苏州恒通贸易有限公司``.

Only a reason that says nothing else is taken: one with more in it is told to the customer in finance's own words.
"""

import re

from parsers.fold import fold

_SEAL = r"(?:印章|印鉴|公章|盖章|签章|章)"
_NOT_THEIRS = r"(?:名称)?(?:不符|不对|不一致|不是(?:客户|对方|贵公司)的?|非(?:客户|对方)的?)"
_OTHER = re.compile(rf"{_SEAL}{_NOT_THEIRS}|(?:他人|别家|其他公司)的?{_SEAL}")
_NAMED = re.compile(rf"{_SEAL}(?:名称)?(?:是|为|:)\s*[\"“「]?([^\"“”「」。,;:]{{4,60}}?)[\"”」]?")
_EDGE = " \t。.!、,;"


def other_seal(reason: str) -> str | None:
    """The name that finance gives the strange seal, empty where none is given; None where the reason is another one."""
    text = reason.strip(_EDGE)
    folded = fold(text).strip(_EDGE)
    if _OTHER.fullmatch(folded):
        return ""
    named = _NAMED.fullmatch(folded)
    if named is None:
        return None
    return text[named.start(1) : named.end(1)] if len(text) == len(folded) else named[1]
