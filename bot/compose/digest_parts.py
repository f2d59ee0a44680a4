"""What a reader sees of the digest, whatever the form: sections of lines and bars, and how figures are written."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bot.compose.amounts import money
from bot.decide.kpi import Ratio
from bot.decide.report import Sum
from bot.decide.rows import CaseRow

CAP = 20
"""Lines of a section that the mail shows; the workbook has them all."""

Words = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """One row: ``head`` in bold, ``subs`` below it, ``amount`` and a ``mark`` of a ``tone`` at the right."""

    head: str
    subs: tuple[str, ...] = ()
    amount: str = ""
    mark: str = ""
    tone: str = "grey"
    how: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: ``share`` of the whole in whole per cent, for its width only."""

    label: str
    share: int
    value: str
    side: str
    tone: str


@dataclass(frozen=True, slots=True)
class Section:
    """A section: ``note`` explains, ``rest`` counts the lines that only the attachment has."""

    title: str
    summary: str = ""
    note: str = ""
    lines: tuple[Line, ...] = ()
    bars: tuple[Bar, ...] = ()
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Kpi:
    """One figure of the band at the top; ``change`` in points against the same day of the last period."""

    label: str
    value: str
    change: str
    subs: tuple[str, ...]


def percent(ratio: Ratio, table: Words) -> str:
    """``78.4%`` or 不適用."""
    return str(table["not_applicable"]) if ratio.percent is None else f"{ratio.percent}%"


def joined(*parts: str) -> str:
    """The non-empty parts, separated by dots."""
    return " · ".join(part for part in parts if part)


def count(table: Words, form: str, number: int) -> str:
    """A number in one of the forms 家, 筆, 項."""
    return str(table[form]).format(count=number)


def amount_of(amount: Decimal, code: str) -> str:
    """An amount; the currency stands before it unless it is yuan, which most are."""
    return money(amount) if code in {"CNY", ""} else f"{code} {money(amount)}"


def department_of(row: CaseRow, table: Words) -> str:
    """The department that holds a statement up; its configured key where we have no word for it."""
    return str(table["department"].get(row.department, row.department))


def present(*parts: str) -> tuple[str, ...]:
    """The non-empty parts."""
    return tuple(part for part in parts if part)


def sum_parts(one: Sum, table: Words) -> tuple[str, ...]:
    """Net, absolute and unknown amounts of one currency."""
    net = table["net"].format(amount=amount_of(one.net, one.currency))
    unknown = table["unknown_amount"].format(count=one.unknown) if one.unknown else ""
    return present(net, table["absolute"].format(amount=money(one.absolute)), unknown)
