"""Which reminder a case is due for today (A3, E1): each stage once, also after downtime, never two at a time."""

from dataclasses import dataclass
from datetime import date

from bot.model import State

REMINDED = (State.SENT, State.NOTED)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A case as the chase looks at it. ``stages`` are the dates of the reminders in order; ``sent`` how many went out.

    ``not_before`` is a date that the customer promised or asked for, None where there is none.
    """

    state: State
    stages: tuple[date, ...]
    sent: int
    not_before: date | None = None


def due_stage(waiting: Waiting, today: date) -> int | None:
    """The stage (from 1) to send today, None for none; of several missed stages only the last is sent."""
    if waiting.state not in REMINDED or (waiting.not_before is not None and today <= waiting.not_before):
        return None
    reached = sum(1 for stage in waiting.stages if stage <= today)
    return reached if reached > waiting.sent else None


def scan_chase(since: date, chaser_on: date, phone_on: date, today: date, sent: int) -> str | None:
    """What a case that waits for signed pages since ``since`` needs: ``mail`` once, then ``phone`` once."""
    if sent == 0 and since < chaser_on <= today:
        return "mail"
    if sent == 1 and chaser_on < phone_on <= today:
        return "phone"
    return None
