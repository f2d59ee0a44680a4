"""On which footing a customer keeps its account, where that is why it differs: with or without tax, by invoices.

``贵公司用未税，我们账上是含税`` → tax; ``我们以开票入账，你们以发货`` → invoices.
"""

import re
from typing import Literal

from parsers.fold import fold

Footing = Literal["tax", "invoices", ""]

_TAX = re.compile(r"未税|不含税|含税|价税|税额|税前|税后")
_INVOICES = re.compile(
    r"(?:按|以|凭|见|收到|根据)[^,。;]{0,4}(?:发票|开票|票)[^,。;]{0,6}(?:入账|记账|挂账|做账|为准|结算|口径)|开票[^,。;]{0,4}(?:入账|口径|为准)"
)


def find(text: str) -> Footing:
    """The footing that a text names, the tax first; empty where it names none."""
    folded = fold(text)
    if _TAX.search(folded):
        return "tax"
    return "invoices" if _INVOICES.search(folded) else ""
