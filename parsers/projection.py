"""A clause about several statements as it reads for one of them: the others' names go, with what joined them.

``9月和10月一起确认`` reads ``9月确认`` for September.
"""

import re
from dataclasses import dataclass

from parsers.mentions import Mention, Unclear


@dataclass(frozen=True, slots=True)
class Clause:
    """A folded clause: its mentions, and the statements that it belongs to."""

    folded: str
    marks: tuple[Mention, ...]
    topic: frozenset[str]


def projected(clause: Clause, number: str) -> str:
    """A clause as it reads for one of its statements: the others' names go, with what joined them."""
    text = clause.folded
    for group in reversed(_groups(text, clause.marks)):
        shown = next((mark.shown for mark in group if number in mark.means), "")
        text = text[: group[0].start] + shown + _DEICTIC.sub("", text[group[-1].end :], count=1)
    if len(clause.topic) > 1:
        text = _TOGETHER.sub("", _without_count(text, len(clause.topic)))
    return _ON_BEHALF.sub("", text) if clause.marks else text


def _groups(text: str, marks: tuple[Mention, ...]) -> list[tuple[Mention, ...]]:
    """Mentions of one kind in a row, joined by nothing but 和 and its like.

    Raises Unclear where mentions of a kind stand apart and mean different ones: 10月比9月少一笔.
    """
    groups: list[tuple[Mention, ...]] = []
    for mark in marks:
        last = groups[-1][-1] if groups else None
        if last is not None and last.kind == mark.kind and _JOINS.fullmatch(text[last.end : mark.start]):
            groups[-1] = (*groups[-1], mark)
        else:
            groups.append((mark,))
    for kind in {group[0].kind for group in groups}:
        if len({frozenset(mark.means for mark in group) for group in groups if group[0].kind == kind}) > 1:
            raise Unclear(text)
    return groups


_JOINS = re.compile(r"(?:份|对账单|账单|那[张份])?[、和与及跟同&/]?(?:以及|还有)?")
_DEICTIC = re.compile(r"^(?:的)?[那这]一?[张份个期笔](?:的)?")
_TOGETHER = re.compile(r"一起|一并|一同|一次性|分别|各自")
_ON_BEHALF = re.compile(r"^代表?")
_COUNT = re.compile(r"[这共]?(?:上述|以上)?([一两二三四五六七八九]|\d{1,2})(?:个月份?|[家份期])的?(?:[子分]?公司)?")
_FIGURES = {"两": "2"} | {word: str(number) for number, word in enumerate("一二三四五六七八九", 1)}


def _without_count(text: str, wanted: int) -> str:
    """Without 两份, 三家子公司 and their like; raises Unclear where the number is another one."""
    for match in _COUNT.finditer(text):
        if _FIGURES.get(match[1], match[1]) != str(wanted):
            raise Unclear(text)
    return _COUNT.sub("", text)
