"""One thing that speaks against a page: how much it weighs, the code of its sentence, and where it stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from parsers.scan.finding import Reasons
from parsers.scan.ink import Region

Weight = Literal["altered", "remarked", "doubt"]


@dataclass(frozen=True, slots=True)
class Noted:
    """``where`` in pixels of the template, None where the whole page is meant."""

    weight: Weight
    code: str
    value: str = ""
    where: Region | None = None


def of_weight(noted: Iterable[Noted], weight: Weight) -> Reasons:
    """(code, value) of those of one weight, each once, in order."""
    return tuple(dict.fromkeys((one.code, one.value) for one in noted if one.weight == weight))
