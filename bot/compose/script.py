"""Our own words that decisions hold in Simplified script → the reader's script (``told``).

Rules, anomalies and what is said of a scan have one sentence each, in Simplified; a Taiwanese company's finance reads
them in Traditional with Taiwan's wording. What somebody else wrote is never reworded: names, quotations, file names.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

import opencc

from bot.compose import wording
from bot.model import Locale
from parsers.scan import seal_words

_OUR_LABELS = frozenset({"授权确认", "调整", "有差异", "重发"})
"""What stands in quotation marks and is ours all the same."""
_QUOTED = r"“(?P<quoted>[^”]*)”"
_FILE = r"附件 (?P<file>[^：]+)："
_THEIRS = r"文字：(?P<theirs>.+)$"
_KIND = re.compile("|".join(sorted(seal_words.SHOWN, key=len, reverse=True)))
_MENDED = (("系偽造", "係偽造"), ("自制", "自製"))
"""What the conversion by words leaves wrong in our own sentences."""


def told(text: str, locale: Locale, verbatim: Iterable[str] = ()) -> str:
    """The text in the script of ``locale``; ``verbatim`` are names in it that stay as they are."""
    if locale is Locale.HANS:
        return _KIND.sub(lambda found: _simple()[found[0]], text)
    names = sorted(filter(None, verbatim), key=len, reverse=True)
    kept = re.compile("|".join((_QUOTED, _FILE, _THEIRS, *map(re.escape, names))))
    parts: list[str] = []
    end = 0
    for found in kept.finditer(text):
        parts.extend((_converted(text[end : found.start()], locale), _kept(found, locale)))
        end = found.end()
    return "".join((*parts, _converted(text[end:], locale)))


def _kept(found: re.Match[str], locale: Locale) -> str:
    """Somebody's words with our own around them."""
    groups = found.groupdict()
    if (quoted := groups["quoted"]) is not None:
        return f"「{_converted(quoted, locale) if quoted in _OUR_LABELS else quoted}」"
    theirs = groups["file"] or groups["theirs"]
    if theirs is None:
        return found[0]
    before, after = found[0].split(theirs, 1)
    return f"{_converted(before, locale)}{theirs}{after}"


def _converted(text: str, locale: Locale) -> str:
    changed = str(_converter().convert(text))
    for wrong, right in _MENDED:
        changed = changed.replace(wrong, right)
    return wording.in_taiwan(changed) if locale is Locale.TAIWAN else changed


@cache
def _simple() -> dict[str, str]:
    """Kinds of seals, the only words of ours that are kept in Traditional script."""
    converter = opencc.OpenCC("t2s")
    return {kind: str(converter.convert(kind)) for kind in seal_words.SHOWN}


@cache
def _converter() -> Any:  # noqa: ANN401  # OpenCC's own annotations are incomplete
    return opencc.OpenCC("s2tw")
