"""A full yes with one sentence more, written by people who never saw the tables: risky ones never pass, harmless do."""

from pathlib import Path

import pytest

from bot.decide.judge import judge
from bot.model import Outcome
from parsers.mail import parse
from tests.decide.unseen import FULL, Letter, build, register, signed

FOLDER = Path(__file__).parent / "rounds"
PASSED = 85
"""Of the harmless ones; the others go to a person, who loses a minute."""


def sentences(name: str) -> list[str]:
    lines = (FOLDER / name).read_text("utf-8").splitlines()
    return [line.strip() for line in lines if line.strip()]


def outcome(sentence: str) -> Outcome:
    case = signed(Letter(f"{FULL}。{sentence}"))
    return judge(parse(build(case.letter)), register(), case.readings).outcome


@pytest.mark.parametrize("sentence", sentences("side_risky.txt"))
def test_a_second_sentence_that_touches_the_account_is_never_passed_over(sentence: str) -> None:
    assert outcome(sentence) is not Outcome.CONFIRMED


def test_what_any_clerk_would_pass_over_is_passed_over() -> None:
    passed = [each for each in sentences("side_harmless.txt") if outcome(each) is Outcome.CONFIRMED]
    assert len(passed) >= PASSED


@pytest.mark.parametrize("sentence", ["货款由司机带回", "支票由司机带回", "付款后盖章", "该款下月入账", "章是业务盖的"])
def test_money_on_its_way_and_deferred_entries_are_for_a_person(sentence: str) -> None:
    assert outcome(sentence) is not Outcome.CONFIRMED


@pytest.mark.parametrize(
    ("signature", "result"),
    [
        pytest.param("昆山骏达精密机械股份有限公司\n财务部 李敏", Outcome.PERSON, id="another customer's full name"),
        pytest.param("昆山骏达\n李敏", Outcome.PERSON, id="another customer's short name"),
        pytest.param("东莞骏达 林小姐", Outcome.CONFIRMED, id="their own name"),
    ],
)
def test_a_full_yes_over_another_customers_signature_is_for_a_person(signature: str, result: Outcome) -> None:
    case = signed(Letter(f"{FULL}。\n\n{signature}"))
    assert judge(parse(build(case.letter)), register(), case.readings).outcome is result
