"""Causes of differences in words: ``causes(["quantity"], Locale.HANT)`` → ``("數量不符",)``; see causes.toml."""

import tomllib
from collections.abc import Iterable
from functools import cache
from typing import Any

from bot.model import Locale
from bot.resources import template


def causes(codes: Iterable[str], locale: Locale) -> tuple[str, ...]:
    """The words of cause codes in a script, each once; what the customer wrote itself is kept as written."""
    table, place = _table()["words"], 1 if locale is Locale.HANS else 0
    return tuple(dict.fromkeys(str(table[code][place]) if code in table else code for code in codes))


def ours(codes: Iterable[str]) -> bool:
    """Whether a difference with these causes is one of our own (F2)."""
    return any(code in _table()["ours"] for code in codes)


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(template("causes.toml"))
