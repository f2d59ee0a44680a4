"""Statements of many customers as we sent them, and what can be mixed up with each.

``case(7)`` → a :class:`Case`: always the same one for a number; every third has two pages or more.
"""

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from random import Random
from typing import cast

from bot.compose.statement_pdf import RenderedPdf, render
from bot.model import Locale, Party, Statement, StatementLine
from parsers.number import compose
from parsers.period import Period
from parsers.scan.read import Reference
from tests.compose.samples import PERIOD, D, a_statement, many_lines, worked_lines
from tests.scans.words import CUSTOMERS

COUNTS = (2, 3, 4, 3, 7, 12, 25, 45)
LONG = 7
"""Rows of a statement: up to 4 make one page, from 7 on two, 45 make three."""
SEPTEMBER = Period("month", 2026, 9)


@dataclass(frozen=True, slots=True)
class Sent:
    """One statement as sent."""

    statement: Statement
    pdf: RenderedPdf

    @property
    def reference(self) -> Reference:
        made, name = self.statement, self.statement.snapshot.customer.name
        return Reference(
            made.number, made.revision, made.digest, self.pdf.data, self.pdf.layout, live=True, customer_names=(name,)
        )


@dataclass(frozen=True, slots=True)
class Case:
    """The live statement, its older revision, the same customer's for September, and another customer's."""

    live: Sent
    older: Sent
    september: Sent
    other: Sent

    @property
    def name(self) -> str:
        return self.live.statement.snapshot.customer.name

    @property
    def references(self) -> tuple[Reference, ...]:
        older = replace(self.older.reference, live=False)
        return self.live.reference, older, self.september.reference, self.other.reference


@lru_cache(maxsize=256)
def case(number: int) -> Case:
    """The case of a number."""
    random = Random(f"case {number}")
    (name, traditional), (other, other_traditional) = random.sample(CUSTOMERS, 2)
    count = COUNTS[number % len(COUNTS)]
    lines = worked_lines() if count == 7 else _varied(many_lines(count, notes=number % 2 == 0), random)
    opening = f"{random.randint(1000, 900000)}.{random.choice(('00', '50', '37'))}"
    live = _made(lines, opening, name, traditional=traditional, serial=2 * number + 1, revision=2)
    older = _made(lines[:-1], opening, name, traditional=traditional, serial=2 * number + 1)
    september = _in_september(
        _made(lines, f"{random.randint(1000, 90000)}.00", name, traditional=traditional, serial=2 * number + 1)
    )
    return Case(
        Sent(live, render(live)),
        Sent(older, render(older)),
        Sent(september, render(september)),
        sent_to(other, number, random, traditional=other_traditional),
    )


def sent_to(name: str, number: int, random: Random, *, traditional: bool) -> Sent:
    """Another customer's statement of the same size."""
    lines = _varied(many_lines(COUNTS[number % len(COUNTS)]), random)
    made = _made(lines, f"{random.randint(1000, 90000)}.00", name, traditional=traditional, serial=2 * number + 2)
    return Sent(made, render(made))


def forged(sent: Sent, lines: tuple[StatementLine, ...], opening: str | None = None) -> RenderedPdf:
    """The statement with other rows in our own layout, under the number and codes of the true one."""
    true = sent.statement
    start = opening or str(true.snapshot.totals.opening)
    false = a_statement(
        lines, opening=start, locale=true.locale, customer=true.snapshot.customer, revision=true.revision
    )
    return render(replace(false, number=true.number, digest=true.digest, changes=true.changes))


def renamed(sent: Sent, name: str) -> RenderedPdf:
    """The statement made out to another customer, under the codes of the true one."""
    true = sent.statement
    snapshot = replace(true.snapshot, customer=replace(true.snapshot.customer, name=name))
    return render(replace(true, snapshot=snapshot))


def _varied(lines: tuple[StatementLine, ...], random: Random) -> tuple[StatementLine, ...]:
    """Rows with other quantities, so that no two statements have the same figures."""
    return tuple(_another(line, random) if line.unit_price and (line.quantity or 0) > 0 else line for line in lines)


def _another(line: StatementLine, random: Random) -> StatementLine:
    quantity = D(random.randint(1, 999))
    return replace(line, quantity=quantity, charge=quantity * cast("D", line.unit_price))


def _made(
    lines: tuple[StatementLine, ...], opening: str, name: str, *, traditional: bool, serial: int, revision: int = 1
) -> Statement:
    party = Party(f"C{serial:06d}", name, "91440300MA5EXAMPLE", "人民路1号", "0755-8672 4410")
    made = a_statement(
        lines,
        opening=opening,
        locale=_locale(name, traditional),
        customer=party,
        revision=revision,
        changes="补录一笔退货" if revision > 1 else "",
    )
    return replace(made, number=compose("DZ", PERIOD, serial))


def _locale(name: str, traditional: bool) -> Locale:
    if not traditional:
        return Locale.HANS
    return Locale.TAIWAN if name.startswith(("臺", "新竹")) else Locale.HANT


def _in_september(made: Statement) -> Statement:
    from bot.model import digest_of

    snapshot = replace(made.snapshot, period=SEPTEMBER, first_day=date(2026, 9, 1), last_day=date(2026, 9, 30))
    number = compose("DZ", SEPTEMBER, 500)
    return replace(made, snapshot=snapshot, digest=digest_of(snapshot), number=number)
