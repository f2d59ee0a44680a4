"""The case of one statement: one table (state, what came) → (next state, mails owed, what else must happen).

Read a row as a sentence: *while the case is in one of these states and a mail of this outcome comes, it goes to that
state, and we owe these mails.* Every pair of state and outcome stands in exactly one row; :func:`step` looks it up.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.model import Outcome, Purpose, State


class Effect(StrEnum):
    """What a transition does beside the change of state."""

    CONFIRM = "confirm"  # write the confirmation with its evidence
    WITHDRAW = "withdraw"  # withdraw the live confirmation, tell finance at once
    OPEN_DISCREPANCY = "open_discrepancy"
    TASK_PERSON = "task_person"  # a person of finance judges the mail
    TASK_REP = "task_rep"
    TASK_REVIEW = "task_review"  # finance looks at the signed copy
    TASK_CONTACT = "task_contact"
    TASK_BOUNCE = "task_bounce"
    DELAY_REMINDERS = "delay_reminders"


@dataclass(frozen=True, slots=True)
class Transition:
    """Where the case goes; ``state`` None means that it stays where it is."""

    state: State | None
    mails: tuple[Purpose, ...] = ()
    effects: tuple[Effect, ...] = ()


OUT_OF_HOUSE = (State.PREPARED, State.HELD, State.RELEASED, State.QUEUED)
WAITING = (State.SENT, State.NOTED, State.QUESTION, State.DECLINED, State.PERSON, State.SCAN_PENDING)
DONE = (State.CONFIRMED, State.CLOSED)
EVERY = tuple(State)

_STAY = Transition(None)
_PERSON = Transition(None, effects=(Effect.TASK_PERSON,))

_ROWS: tuple[tuple[tuple[State, ...], Outcome, Transition], ...] = (
    # A full confirmation closes whatever we were waiting for; while a discrepancy is open a person looks first.
    (WAITING, Outcome.CONFIRMED, Transition(State.CONFIRMED, (Purpose.THANKS,), (Effect.CONFIRM,))),
    ((State.IN_REVIEW,), Outcome.CONFIRMED, Transition(State.CONFIRMED, (Purpose.THANKS,), (Effect.CONFIRM,))),
    ((State.DISCREPANCY,), Outcome.CONFIRMED, Transition(None, effects=(Effect.TASK_REVIEW,))),
    (DONE, Outcome.CONFIRMED, _STAY),
    ((*OUT_OF_HOUSE, State.SUPERSEDED), Outcome.CONFIRMED, _PERSON),
    # A signed copy without a full sentence, or handed in by staff, waits for finance.
    (WAITING, Outcome.IN_REVIEW, Transition(State.IN_REVIEW, (Purpose.THANKS,), (Effect.TASK_REVIEW,))),
    ((State.DISCREPANCY, State.IN_REVIEW), Outcome.IN_REVIEW, Transition(None, effects=(Effect.TASK_REVIEW,))),
    (DONE, Outcome.IN_REVIEW, _STAY),
    ((*OUT_OF_HOUSE, State.SUPERSEDED), Outcome.IN_REVIEW, _PERSON),
    (WAITING, Outcome.HANDED_IN, Transition(State.IN_REVIEW, effects=(Effect.TASK_REVIEW,))),
    ((State.DISCREPANCY, State.IN_REVIEW), Outcome.HANDED_IN, Transition(None, effects=(Effect.TASK_REVIEW,))),
    (DONE, Outcome.HANDED_IN, _STAY),
    ((*OUT_OF_HOUSE, State.SUPERSEDED), Outcome.HANDED_IN, _PERSON),
    # A yes without the signed pages: thank once, ask once.
    (WAITING, Outcome.SCAN_PENDING, Transition(State.SCAN_PENDING, (Purpose.SCAN_REQUEST,))),
    ((State.DISCREPANCY, State.IN_REVIEW), Outcome.SCAN_PENDING, _PERSON),
    (DONE, Outcome.SCAN_PENDING, _STAY),
    ((*OUT_OF_HOUSE, State.SUPERSEDED), Outcome.SCAN_PENDING, _PERSON),
    # A difference opens a thread; after a confirmation it also takes that back.
    (
        (*WAITING, State.IN_REVIEW),
        Outcome.DISCREPANCY,
        Transition(State.DISCREPANCY, (Purpose.DISCREPANCY,), (Effect.OPEN_DISCREPANCY,)),
    ),
    ((State.DISCREPANCY,), Outcome.DISCREPANCY, Transition(None, effects=(Effect.TASK_REP,))),
    (
        DONE,
        Outcome.DISCREPANCY,
        Transition(State.DISCREPANCY, (Purpose.DISCREPANCY,), (Effect.WITHDRAW, Effect.OPEN_DISCREPANCY)),
    ),
    ((*OUT_OF_HOUSE, State.SUPERSEDED), Outcome.DISCREPANCY, _PERSON),
    (
        DONE,
        Outcome.REOPENED,
        Transition(State.DISCREPANCY, (Purpose.DISCREPANCY,), (Effect.WITHDRAW, Effect.OPEN_DISCREPANCY)),
    ),
    (tuple(state for state in EVERY if state not in DONE), Outcome.REOPENED, _PERSON),
    # Questions and refusals go to people; what was confirmed stays confirmed.
    (
        (State.SENT, State.NOTED, State.PERSON, State.QUESTION),
        Outcome.QUESTION,
        Transition(State.QUESTION, (Purpose.QUESTION,), (Effect.TASK_REP,)),
    ),
    (
        (State.SCAN_PENDING, State.DISCREPANCY, State.IN_REVIEW, State.DECLINED, *DONE),
        Outcome.QUESTION,
        Transition(None, (Purpose.QUESTION,), (Effect.TASK_REP,)),
    ),
    ((*OUT_OF_HOUSE, State.SUPERSEDED), Outcome.QUESTION, Transition(None, effects=(Effect.TASK_REP,))),
    (
        (*WAITING, State.IN_REVIEW, State.DISCREPANCY),
        Outcome.DECLINED,
        Transition(State.DECLINED, effects=(Effect.TASK_REP,)),
    ),
    ((*DONE, *OUT_OF_HOUSE, State.SUPERSEDED), Outcome.DECLINED, _PERSON),
    # "Received, checking": the next reminder moves.
    ((State.SENT, State.NOTED), Outcome.NOTED, Transition(State.NOTED, effects=(Effect.DELAY_REMINDERS,))),
    (
        tuple(state for state in EVERY if state not in {State.SENT, State.NOTED}),
        Outcome.NOTED,
        Transition(None, effects=(Effect.DELAY_REMINDERS,)),
    ),
    # A yes to an old revision points to the live one.
    (
        tuple(state for state in EVERY if state not in OUT_OF_HOUSE),
        Outcome.SUPERSEDED,
        Transition(None, (Purpose.SUPERSEDED,)),
    ),
    (OUT_OF_HOUSE, Outcome.SUPERSEDED, _PERSON),
    # What a person must decide.
    ((State.SENT, State.NOTED), Outcome.PERSON, Transition(State.PERSON, effects=(Effect.TASK_PERSON,))),
    (tuple(state for state in EVERY if state not in {State.SENT, State.NOTED}), Outcome.PERSON, _PERSON),
    # Machines and staff.
    (EVERY, Outcome.BOUNCE, Transition(None, effects=(Effect.TASK_BOUNCE,))),
    (EVERY, Outcome.AUTO_REPLY, Transition(None, effects=(Effect.TASK_CONTACT,))),
    (EVERY, Outcome.DELAYED, _STAY),
    (EVERY, Outcome.IGNORED, _STAY),
    (EVERY, Outcome.STAFF_NOTE, _STAY),
    (EVERY, Outcome.COMMAND, _STAY),
)


def _table() -> dict[tuple[State, Outcome], Transition]:
    return {(state, outcome): transition for states, outcome, transition in _ROWS for state in states}


_TABLE = _table()


def step(state: State, outcome: Outcome) -> Transition:
    """What a mail of this outcome does to a case in this state."""
    return _TABLE[state, outcome]


def rows() -> Iterable[tuple[State, Outcome, Transition]]:
    """Every pair of the table, once for each row that holds it; the documentation and the tests read it."""
    return ((state, outcome, transition) for states, outcome, transition in _ROWS for state in states)
