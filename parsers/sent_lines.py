"""The lines of a statement from the JSON on our sheet's hidden page, without knowing the whole statement.

A customer's program may have torn or changed it, so nothing of its shape is taken for granted.
"""

import json
from decimal import Decimal, InvalidOperation
from typing import Any

Line = tuple[str, Decimal | None, Decimal | None]
"""Key (``kind number line``), quantity and amount: the receipt where there is no charge."""


def read(text: str) -> tuple[Line, ...] | None:
    """All lines in order; None where the text isn't a statement's JSON."""
    try:
        statement: Any = json.loads(text)
        return tuple(_line(line) for line in statement["snapshot"]["lines"])
    except (ValueError, KeyError, TypeError, InvalidOperation, RecursionError):
        return None


def _line(line: dict[str, Any]) -> Line:
    amount = line["receipt"] if line["charge"] is None else line["charge"]
    return f"{line['kind']} {line['number']} {line['line']}", _decimal(line["quantity"]), _decimal(amount)


def _decimal(value: Any) -> Decimal | None:  # noqa: ANN401  # whatever stands in the JSON
    return None if value is None else Decimal(str(value))
