"""Sentences about the statement's revision and nothing else: ``我们签的第1版``, ``版本是第1版还是第2版？``."""

import re

from parsers.fold import fold

_NUMBER = r"(?:第?[一二三四五六七八九\d]{1,2}版|新版|旧版|原版|上一版|前一版|最新版)"
_ABOUT = re.compile(
    rf"(?:对账单|单子|版本|附件|你们|贵[司方]|我们|我[司方]|这[个份]?|发来|寄来|收到|签|盖章?|用|的|了|是|为|到底|还是|或|以|和|按"
    rf"|哪一?[个版]|请问|请确认|呢|吗|{_NUMBER}|[\s,:()])+"
)
_NAMED = re.compile(rf"{_NUMBER}|哪一?[个版]")


def is_only(sentence: str) -> bool:
    """Whether a sentence names a revision, and every word of it is about that."""
    folded = fold(sentence).strip()
    return len(folded) <= 60 and _NAMED.search(folded) is not None and _ABOUT.fullmatch(folded) is not None  # noqa: PLR2004  # characters of one short sentence
