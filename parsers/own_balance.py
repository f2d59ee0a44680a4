"""The balance that a writer names as its own: ``我司账面余额 85,120.00``, ``我們這邊應付帳款是 85120 元``.

A figure counts only behind a word for a balance; ``退货那笔565元没有减`` and ``余额少了565元`` name no balance.
"""

import re
from decimal import Decimal

from parsers.fold import fold
from parsers.money import find as amounts

_REACH = 16
_LABEL = re.compile(
    r"(?:余额|结余|期末|账面|账上|尚欠|欠款|应付(?:账款|余额|合计|款)|(?:我[司方们]|本公司|我们这边|系统)(?:显示|记录))"
    r"(?![^,]*(?:少|多|差|减|加|退|扣|漏|未|没|无|笔|货|票))[^,0-9]*$"
)
_BREAK = re.compile(r"[。!?;\n]")


def find(text: str) -> tuple[Decimal, ...]:
    """The balances named, in yuan, each once, in their order."""
    folded = fold(text)
    return tuple(
        dict.fromkeys(one.value for one in amounts(folded) if _LABEL.search(_before(folded, one.start)) is not None)
    )


def _before(text: str, start: int) -> str:
    """The same sentence up to the figure, no further back than a label can stand."""
    return _BREAK.split(text[max(0, start - _REACH) : start])[-1]
