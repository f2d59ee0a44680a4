"""Periods of reconciliation: a month, a quarter or a year, in every form that people write them.

Examples: ``2026-10``, ``2026年10月``, ``10月份``, ``十月``, ``2026Q4``, ``2026年第4季度``, ``115年10月``, ``2026年度``.
"""

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["month", "quarter", "year"]

_CODE = re.compile(r"(\d{4})(?:-(\d{2})|Q([1-4]))?")


class InvalidPeriod(ValueError):  # noqa: N818  # named after the packaging library's convention
    """The text is no period."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A calendar month, quarter or year; ``index`` is 1–12 for a month, 1–4 for a quarter and 0 for a year."""

    kind: Kind
    year: int
    index: int

    @property
    def code(self) -> str:
        """As the command line takes it: ``2026-10``, ``2026Q3`` or ``2026``."""
        match self.kind:
            case "month":
                return f"{self.year}-{self.index:02d}"
            case "quarter":
                return f"{self.year}Q{self.index}"
            case "year":
                return f"{self.year}"

    @property
    def compact(self) -> str:
        """As a statement number holds it: ``202610``, ``2026Q3`` or ``2026Y``."""
        match self.kind:
            case "month":
                return f"{self.year}{self.index:02d}"
            case "quarter":
                return f"{self.year}Q{self.index}"
            case "year":
                return f"{self.year}Y"

    @property
    def label(self) -> str:
        """As a subject holds it, the same in both scripts: ``2026年10月``, ``2026年第4季度`` or ``2026年度``."""
        match self.kind:
            case "month":
                return f"{self.year}年{self.index}月"
            case "quarter":
                return f"{self.year}年第{self.index}季度"
            case "year":
                return f"{self.year}年度"


def parse_code(text: str) -> Period:
    """Read ``2026-10``, ``2026Q3`` or ``2026``; raises InvalidPeriod for anything else."""
    match = _CODE.fullmatch(text.strip())
    if match is None:
        raise InvalidPeriod(f"{text!r} is no period: write 2026-10, 2026Q3 or 2026")
    year, month, quarter = int(match[1]), match[2], match[3]
    if month is not None:
        if not 1 <= int(month) <= 12:  # noqa: PLR2004  # months of a year
            raise InvalidPeriod(f"{text!r} has no such month")
        return Period("month", year, int(month))
    return Period("quarter", year, int(quarter)) if quarter else Period("year", year, 0)
