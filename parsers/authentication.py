"""Whether the receiving server vouches for the From address: its Authentication-Results, and nobody else's.

``mx.our.example; spf=pass smtp.mailfrom=x; dmarc=pass (p=reject) header.from=customer.example``. Trusted are only
headers with the configured id in the topmost run; a fail beats a pass; DMARC must have passed for the author's very
domain. No recursion, nothing beyond MAX_VALUE bytes, and what doesn't follow the grammar of RFC 8601 says nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from parsers.mail import Mail
from parsers.sender import author

MAX_VALUE, MAX_HEADERS = 4_096, 50
Verdict = Literal["pass", "fail", "none", "forged"]

_NAME = "authentication-results"
_BESIDE = frozenset({"received-spf", "dkim-filter"})
"""What a server's filters write between its own results; any other header ends the run."""
_TOKEN = re.compile(r"\"((?:[^\"\\]|\\.)*)\"|([;=()])|([^\s;=()\"]+)|\s+")
_FAILED = frozenset({"fail", "hardfail", "quarantine", "reject"})


@dataclass(frozen=True, slots=True)
class _Result:
    """One ``method=result`` with its properties, all in lower case."""

    method: str
    result: str
    properties: tuple[tuple[str, str], ...]


def verdict(mail: Mail, authserv_id: str | None) -> Verdict:
    """``pass`` or ``fail`` as our server says of the author's domain, ``none`` where it says nothing we trust.

    ``forged``: a header with our id stands outside of the topmost run, where only a stranger can have written it.
    """
    ours = (authserv_id or "").strip().lower()
    if not ours:
        return "none"
    inside, outside = _runs(mail.headers)
    if any(_read(value, ours) is not None for value in outside):
        return "forged"
    results = [result for value in inside for result in _read(value, ours) or () if result.method == "dmarc"]
    if any(result.result in _FAILED for result in results):
        return "fail"
    writer = author(mail)
    domain = writer.address.rpartition("@")[2] if writer else None
    passed = any(result.result == "pass" and _domains(result) == {domain} for result in results)
    return "pass" if passed else "none"


def _runs(headers: tuple[tuple[str, str], ...]) -> tuple[list[str], list[str]]:
    """Values of the topmost run, and of all below it."""
    inside, outside = list[str](), list[str]()
    ended = False
    for name, value in headers:
        if name == _NAME:
            (outside if ended else inside).append(value)
        elif inside and name not in _BESIDE:
            ended = True
    return inside[:MAX_HEADERS], outside[:MAX_HEADERS]


def _read(value: str, ours: str) -> tuple[_Result, ...] | None:
    """The results under our id, none of them where the rest breaks the grammar; None for other ids."""
    if value.partition(";")[0].split("(")[0].strip().strip('"').lower().split(" ")[0] != ours:
        return None
    groups = list(_groups(value)) if len(value) <= MAX_VALUE else []
    if not groups or groups[-1] is None or len(groups[0] or ()) > 2:  # noqa: PLR2004  # id and version
        return ()
    found = [_result(group) for group in groups[1:] if group]
    return tuple(result for result in found if result is not None)


def _groups(value: str) -> Iterator[list[str] | None]:
    r"""Tokens between semicolons, comments left out, ``=`` as ``\x00``; ends with None where the value breaks off."""
    depth, place, group = 0, 0, list[str]()
    while place < len(value):
        match = _TOKEN.match(value, place)
        if match is None:
            yield None
            return
        place = match.end()
        if match[2] in {"(", ")"}:
            depth += 1 if match[2] == "(" else -1
        elif depth == 0 and match[2] == ";":
            yield group
            group = []
        elif depth == 0 and (match[1] is not None or match[2] or match[3]):
            group.append("\x00" if match[2] else match[1] if match[1] is not None else match[3])
        if depth < 0:
            yield None
            return
    yield group if depth == 0 else None


def _result(tokens: list[str]) -> _Result | None:
    """``dmarc = pass header.from = x`` as pairs; None where anything but pairs stands there."""
    if len(tokens) % 3 or any((one == "\x00") != (place % 3 == 1) for place, one in enumerate(tokens)):
        return None
    names, values = tokens[0::3], tokens[2::3]
    pairs = [(name.lower(), text.lower()) for name, text in zip(names, values, strict=True)]
    method, result = pairs[0]
    return _Result(method.partition("/")[0], result, tuple(pairs[1:]))


def _domains(result: _Result) -> set[str]:
    return {value.rpartition("@")[2] for name, value in result.properties if name == "header.from"}
