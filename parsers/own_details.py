"""The writer's own invoice data below his name (公司名称, 税号, 开户行, 账号): a signature, no word about an account.

``王芳 ⏎ 苏州恒远贸易有限公司 ⏎ 税号：9132… ⏎ 开户行及账号：中国工商银行… 1102…`` says nothing to us. Set aside only
where it is plainly that: nothing but label and value, the customer's own name in it or 开票资料 above it, and not a
word anywhere of a changed account, of paying, of refunding. Everything else about accounts is said, and a person's.
"""

import re

from parsers.fold import fold
from parsers.names import Names, plain
from parsers.signature import signs
from parsers.tokens import Scope

_LONGEST, _LINES, _ABOVE = 4_000, 30, 4
_ACCOUNT = re.compile(r"开户|银行|账[号户]|\ba/?c\b|\bbank\b", re.IGNORECASE)
_HEADING = re.compile(
    r"(?:附:?)?(?:我[司方]|本?公司|我公司|我们)?的?(?:增值税)?(?:专票|普票|发票)?开票(?:资料|信息)(?:如下)?:?"
)
_NAME = r"(?:开票|公司|单位|企业|客户|购买?方)?(?:名称|全称|抬头|户名|单位)"
_LABEL = re.compile(
    rf"(?P<name>{_NAME})|(?:纳税人)?(?:识别号|税号)|纳税人识别号/?税号|税务登记证?号|(?:统一)?社会信用代码|统一编号|统编"
    r"|(?:公司|注册|单位|开票|办公|联系)?(?:地址|电话|传真)(?:[、/及和与]?(?:电话|地址|传真))?"
    r"|开户(?:银行|行)(?:名称)?(?:[、/及和与]?(?:银行)?账[号户])?|(?:开户)?银行(?:账[号户]|名称)?|账[号户](?:号码)?"
    r"|(?:银行|联)?行号|swift(?:code)?|bank(?:name)?|a/?c(?:no)?\.?|(?:bank)?account(?:no|number)\.?|邮编|手机",
    re.IGNORECASE,
)
_PAIR = re.compile(r"([^:\s][^:]{0,24}?)\s*:\s*([^:]{1,60}?)(?=\s*$|[;,]?\s+[^:\s]{2,12}\s*:)")
_ASKS = re.compile(
    r"请|变更|更[换改新]|启用|停用|改[为成用]|退[款给回还]|[付汇打转存划][款到给入至往]|收款|[贵你]司|[贵你]公司|您|注意|务必|勿"
    r"|原账|旧账|新账|新的?(?:账|开户|户)|作废|为准|以[下此]|如[下有]|下[列述面]|please|refund|chang|new|pay|remit",
    re.IGNORECASE,
)
"""In the data itself: whoever asks for something there isn't signing."""
_SAYS = re.compile(r"[少没差原与不(]|在路上|余额|\d,\d{3}|\d\.\d{2}(?!\d)")
"""What no name, number or address holds: a value with one of these is said."""
_TOUCHES = re.compile(
    r"账[号户]|开户|银行|户头|退|[付汇打转存划][^,。]{0,6}[到给入往至我]|收款|变更|更[换改新]|换了|改[为成到用]|启用|停用|以下"
    r"|下列|下述|下面|如下|新的|作废|\b(?:bank|refund|remit|transfer|(?:new|our|your|following) account)\b",
    re.IGNORECASE,
)
"""In the rest of the mail: the account may be what it is about."""


_LEADS = re.compile(r"(?<!好)(?<!启)(?<!鉴):$")
"""A line that announces what follows, and is no greeting."""


def without(text: str, scope: Scope) -> str:
    """The text without the writer's own invoice data at its end; the text as it is where anything else may be meant."""
    if len(text) > _LONGEST or not _ACCOUNT.search(fold(text)):
        return text
    lines = text.replace("\r\n", "\n").split("\n")
    first, last = _block(lines, scope.names)
    if first == last or not _plainly_own(lines, first, last, scope):
        return text
    return "\n".join(lines[:first] + lines[last:])


def _block(lines: list[str], names: Names) -> tuple[int, int]:
    """First and behind the last line of label and value, blank lines and headings among them; equal where none is."""
    last = len(lines)
    while last and not _is_data(lines[last - 1]) and (not lines[last - 1].strip() or _signs(lines[last - 1], names)):
        last -= 1
    first = last
    while first and last - first < _LINES and (not lines[first - 1].strip() or _is_data(lines[first - 1])):
        first -= 1
    return first, last


def _signs(line: str, names: Names) -> bool:
    return signs(line, lambda piece: names.owner(piece) not in {None, ""})


def _is_data(line: str) -> bool:
    folded = _tidy(line)
    return _HEADING.fullmatch(folded.replace(" ", "")) is not None or bool(_pairs(folded))


def _tidy(line: str) -> str:
    return " ".join(fold(line).strip(" |,.。*·-").split())


def _pairs(folded: str) -> tuple[tuple[str, str], ...]:
    """(label, value) of one line; nothing where anything else stands on it."""
    if _ASKS.search(folded) or _SAYS.search(folded):
        return ()
    found: list[tuple[str, str]] = []
    place = 0
    while place < len(folded):
        match = _PAIR.match(folded, place)
        if match is None or _LABEL.fullmatch(match[1].replace(" ", "")) is None:
            return ()
        found.append((match[1].replace(" ", ""), match[2].strip()))
        place = match.end() + len(folded[match.end() :]) - len(folded[match.end() :].lstrip(" ;,"))
    return tuple(found)


def _plainly_own(lines: list[str], first: int, last: int, scope: Scope) -> bool:
    """Whether the data is the customer's, and the rest of the mail speaks of no account."""
    data = [_tidy(line) for line in lines[first:last]]
    around = [*lines[max(0, first - _ABOVE) : first], *lines[last:]]
    rest = fold("\n".join([*lines[:first], *lines[last:]]))
    if not _ACCOUNT.search("\n".join(data)) or _TOUCHES.search(rest) or any(map(_LEADS.search, map(_tidy, around))):
        return False
    named = [value for line in data for label, value in _pairs(line) if _LABEL.fullmatch(label)["name"]]  # type: ignore[index]  # _pairs holds labels only
    heading = any(_HEADING.fullmatch(line.replace(" ", "")) for line in data)
    signed = any(_is_theirs(line, scope) for line in around)
    return all(_is_theirs(value, scope) for value in named) and (bool(named) or heading or signed)


def _is_theirs(text: str, scope: Scope) -> bool:
    """Whether a text is this customer's name and nothing else."""
    name = plain(text)
    owned = scope.names.owner(text) == scope.customer or scope.names.short(name, scope.customer) == len(name)
    return bool(scope.customer) and bool(name) and owned
