"""Reminders: each stage once, the last of several missed ones, none where we owe an answer."""

from datetime import date

import pytest

from bot.decide.chase import Waiting, due_stage, scan_chase
from bot.model import State

STAGES = (date(2026, 11, 5), date(2026, 11, 10), date(2026, 11, 13))


@pytest.mark.parametrize(
    ("today", "sent", "due"),
    [
        pytest.param(date(2026, 11, 4), 0, None, id="before the first stage"),
        pytest.param(date(2026, 11, 5), 0, 1, id="on its day"),
        pytest.param(date(2026, 11, 6), 1, None, id="not twice"),
        pytest.param(date(2026, 11, 11), 0, 2, id="after downtime only the last missed"),
        pytest.param(date(2026, 11, 30), 3, None, id="none after the last"),
    ],
)
def test_A3_each_stage_once(today: date, sent: int, due: int | None) -> None:
    assert due_stage(Waiting(State.SENT, STAGES, sent), today) == due


@pytest.mark.parametrize("state", [s for s in State if s not in {State.SENT, State.NOTED}])
def test_nobody_is_reminded_while_we_owe_the_answer(state: State) -> None:
    assert due_stage(Waiting(state, STAGES, 0), date(2026, 11, 30)) is None


def test_a_promised_date_moves_the_next_reminder_behind_it() -> None:
    noted = Waiting(State.NOTED, STAGES, 0, not_before=date(2026, 11, 10))
    assert due_stage(noted, date(2026, 11, 10)) is None
    assert due_stage(noted, date(2026, 11, 11)) == 2


def test_E6_one_chaser_for_the_pages_then_the_rep_phones() -> None:
    days = (date(2026, 11, 5), date(2026, 11, 10), date(2026, 11, 13))
    assert scan_chase(*days, date(2026, 11, 9), 0) is None
    assert scan_chase(*days, date(2026, 11, 10), 0) == "mail"
    assert scan_chase(*days, date(2026, 11, 12), 1) is None
    assert scan_chase(*days, date(2026, 11, 13), 1) == "phone"
    assert scan_chase(*days, date(2026, 11, 20), 2) is None
