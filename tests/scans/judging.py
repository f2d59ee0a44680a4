"""A return judged as the bot judges it: pages, then whose seals they bear, then all files together.

``judged(item)`` → :class:`Judged`; everything runs in this process, by the same steps as in the bot's children.
"""

import importlib
import time
from dataclasses import dataclass
from typing import cast

from bot.decide.evidence import _GRAVITY
from bot.decide.judge import _extra
from bot.edges.sandbox import Sandbox
from bot.edges.scans import read_scans
from parsers.attachment import AttachmentReading
from tests.scans.catalogue import Item
from tests.scans.words import OURS

REFUSED = frozenset({"altered", "remarked", "other_seal", "other_statement", "other_revision"})
"""What tells a customer, or finance, that the return is wrong: never for an honest one."""


_NAMED = "印章名称与客户相符"


class Here:
    """Calls in this process what the bot calls in its children."""

    def call(self, target: str, *arguments: object, kind: str = "") -> object:
        del kind  # every kind of child is this process
        module, name = target.split(":")
        return getattr(importlib.import_module(module), name)(*arguments)


@dataclass(frozen=True, slots=True)
class Judged:
    """``verdict`` as the rules see it; ``named``: the customer's own seal was read; CPU seconds."""

    verdict: str
    named: bool
    reasons: tuple[str, ...]
    seconds: float
    readings: tuple[AttachmentReading, ...]

    @property
    def accepted(self) -> bool:
        return self.verdict == "signed"


def judged(one: Item) -> Judged:
    """The verdict on one return."""
    started = time.process_time()
    readings = read_scans(cast("Sandbox", Here()), one.files, one.case.references, (OURS,))
    spent = time.process_time() - started
    live = one.case.live.statement
    verdicts = {_bound(reading, live.number, live.revision) for reading in readings if reading.kind == "scan"}
    verdict = next((each for each in _GRAVITY if each in verdicts), "")
    if verdict == "signed" and _extra(readings):
        verdict = "unsure"  # as the rules have it: what lies beside a signed copy and wasn't read is for a person
    reasons = tuple(dict.fromkeys(reason for reading in readings for reason in reading.reasons))
    named = any(_NAMED in reason for reason in reasons)
    return Judged(verdict, named, reasons, spent, readings)


def _bound(reading: AttachmentReading, number: str, revision: int) -> str:
    """A signed copy of something else doesn't confirm this statement."""
    if reading.verdict != "signed":
        return reading.verdict
    if reading.number != number:
        return "other_statement"
    return "signed" if reading.revision == revision else "other_revision"
