"""The table of the case: complete, without contradictions, and safe in the two unforgivable ways."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.decide.case import DONE, WAITING, Effect, rows, step
from bot.model import Outcome, Purpose, State


def test_every_pair_of_state_and_outcome_stands_in_exactly_one_row() -> None:
    counted = Counter((state, outcome) for state, outcome, _ in rows())
    assert set(counted) == {(state, outcome) for state in State for outcome in Outcome}
    assert set(counted.values()) == {1}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("outcome", [outcome for outcome in Outcome if outcome is not Outcome.CONFIRMED])
def test_E5_only_a_confirming_mail_ever_writes_a_confirmation(state: State, outcome: Outcome) -> None:
    transition = step(state, outcome)
    assert Effect.CONFIRM not in transition.effects
    assert transition.state is not State.CONFIRMED


@pytest.mark.parametrize("state", [State.PREPARED, State.HELD, State.QUEUED, State.SUPERSEDED, State.DISCREPANCY])
def test_a_yes_to_something_not_open_for_it_is_no_confirmation(state: State) -> None:
    assert Effect.CONFIRM not in step(state, Outcome.CONFIRMED).effects


@pytest.mark.parametrize("state", WAITING)
def test_E6_a_yes_without_the_signed_pages_asks_for_them(state: State) -> None:
    transition = step(state, Outcome.SCAN_PENDING)
    assert transition.state is State.SCAN_PENDING
    assert transition.mails == (Purpose.SCAN_REQUEST,)


@pytest.mark.parametrize("state", DONE)
@pytest.mark.parametrize("outcome", [Outcome.REOPENED, Outcome.DISCREPANCY])
def test_F1_a_second_thought_takes_the_confirmation_back(state: State, outcome: Outcome) -> None:
    transition = step(state, outcome)
    assert transition.state is State.DISCREPANCY
    assert Effect.WITHDRAW in transition.effects


@given(st.lists(st.sampled_from(Outcome), max_size=30))
def test_a_confirmed_case_was_confirmed_by_its_last_confirming_mail(mails: list[Outcome]) -> None:
    state, confirmed = State.SENT, False
    for outcome in mails:
        transition = step(state, outcome)
        confirmed = (confirmed or Effect.CONFIRM in transition.effects) and Effect.WITHDRAW not in transition.effects
        state = transition.state or state
        assert (state is State.CONFIRMED) == confirmed


@pytest.mark.parametrize("outcome", [Outcome.QUESTION, Outcome.DISCREPANCY, Outcome.DECLINED, Outcome.PERSON])
@pytest.mark.parametrize("state", State)
def test_nothing_that_a_person_must_see_is_dropped(state: State, outcome: Outcome) -> None:
    assert step(state, outcome).effects
