"""Gaps in the numbers of a file's documents: ``XSCK-00028``, ``XSCK-00030`` in an otherwise unbroken series (C2).

Only a nearly complete series can have a gap: a file of one customer, or of one branch, has holes by nature.
"""

import re
from collections.abc import Iterable

from bot.model import Document, DocumentKind

_NUMBER = re.compile(r"(.*?)([0-9]{1,12})")
_LEAST_NUMBERS = 20
_MOST_MISSING = 0.05
_NUMBERED = (DocumentKind.DELIVERY, DocumentKind.RETURN, DocumentKind.RECEIPT, DocumentKind.INVOICE)


def gaps(documents: Iterable[Document]) -> tuple[tuple[DocumentKind, tuple[str, ...]], ...]:
    """Return for each type the numbers that are missing from its nearly complete series, in order."""
    series: dict[tuple[DocumentKind, str, int], set[int]] = {}
    for document in documents:
        match = _NUMBER.fullmatch(document.number)
        if match is not None and document.kind in _NUMBERED:
            series.setdefault((document.kind, match[1], len(match[2])), set()).add(int(match[2]))
    missing: dict[DocumentKind, list[str]] = {}
    for (kind, prefix, width), numbers in sorted(series.items()):
        found = [f"{prefix}{number:0{width}d}" for number in _missing(numbers)]
        if found:
            missing.setdefault(kind, []).extend(found)
    return tuple((kind, tuple(found)) for kind, found in missing.items())


def _missing(numbers: set[int]) -> list[int]:
    span = max(numbers) - min(numbers) + 1
    absent = span - len(numbers)
    if len(numbers) < _LEAST_NUMBERS or not absent or absent > span * _MOST_MISSING:
        return []
    return sorted(set(range(min(numbers), max(numbers) + 1)) - numbers)
