"""Mails written without a look at the grammar: none falsely confirmed, honest ones decided, nothing dropped."""

import itertools
from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.decide.judge import judge
from bot.model import Judgement, Outcome
from parsers.mail import parse
from tests.decide.unseen import A_NAME, CUSTOMERS, FULL, SHAPES, Case, Letter, build, number, page, register, signed
from tests.decide.unseen_again import HONEST_AGAIN, OTHERS_AGAIN, REFUSALS_AGAIN
from tests.decide.unseen_exceptions import RESERVATIONS
from tests.decide.unseen_forms import forms
from tests.decide.unseen_fourth import HONEST_FOURTH, OTHERS_FOURTH, REFUSALS_FOURTH
from tests.decide.unseen_honest import HONEST, SHAPED
from tests.decide.unseen_others import OTHERS
from tests.decide.unseen_refusals import REFUSALS
from tests.decide.unseen_third import HONEST_THIRD, OTHERS_THIRD, REFUSALS_THIRD

DROPS = {Outcome.IGNORED, Outcome.CONFIRMED, Outcome.NOTED, Outcome.AUTO_REPLY}
CHARSETS = ("utf-8", "gb18030")


def outcome(case: Case) -> Judgement:
    return judge(parse(build(case.letter)), case.world or register(), case.readings)


def refusing() -> Iterator[Case]:
    """Each sentence with a full signed scan and without, shapes of mail programs taking turns."""
    shapes, charsets = itertools.cycle(("none", *SHAPES)), itertools.cycle(CHARSETS)
    for kind, sentences in {**REFUSALS, **RESERVATIONS, **REFUSALS_AGAIN, **REFUSALS_THIRD, **REFUSALS_FOURTH}.items():
        for sentence in sentences:
            text = sentence.format(F=FULL, N=A_NAME)
            letter = Letter(text, shape=next(shapes), charset=next(charsets))
            if letter.shape == "outlook":
                letter = replace(letter, html=page(text), text=None)
            bare = Case(f"{kind}: {text}", letter)
            yield bare
            yield replace(signed(letter), name=bare.name + " [scan]")
    yield from forms()
    yield from (replace(case, readings=(), letter=replace(case.letter, files=())) for case in forms())


def honest() -> Iterator[Case]:
    shapes, charsets = itertools.cycle(("none", *SHAPES)), itertools.cycle(CHARSETS)
    for key, texts in (*HONEST.items(), *HONEST_AGAIN.items(), *HONEST_THIRD.items(), *HONEST_FOURTH.items()):
        for text in texts:
            letter = Letter(text.replace("{number}", number(key)), key, shape=next(shapes), charset=next(charsets))
            yield signed(letter)
            yield signed(replace(letter, shape="none", html=page(letter.text or "")))
    for shape, (key, customer), text in itertools.product(SHAPES, CUSTOMERS.items(), SHAPED):
        letter = Letter(text.format(N=customer.name), key, shape=shape)
        yield replace(signed(letter), name=f"{shape} {letter.text}")


def others() -> Iterator[tuple[str, Case]]:
    shapes = itertools.cycle(("none", *SHAPES))
    for expected, text in (*OTHERS, *OTHERS_AGAIN, *OTHERS_THIRD, *OTHERS_FOURTH):
        yield expected, Case(text, Letter(text, shape=next(shapes)))


def test_E5_E6_nothing_unseen_that_must_not_confirm_is_confirmed() -> None:
    cases = list(refusing())
    found = [case.name for case in cases if outcome(case).outcome is Outcome.CONFIRMED]
    assert len(cases) > 600
    assert found == []


def test_E5_E6_unseen_honest_confirmations_need_nobody() -> None:
    cases = list(honest())
    missed = [case.name for case in cases if outcome(case).outcome is not Outcome.CONFIRMED]
    assert len(cases) > 400
    assert len(missed) <= 0.05 * len(cases), missed


def test_E2_unseen_matters_get_the_outcome_that_a_clerk_would_choose() -> None:
    cases = list(others())
    wrong = [
        (expected, got.outcome, case.name) for expected, case in cases if (got := outcome(case)).outcome != expected
    ]
    assert len(cases) > 80
    assert len(wrong) <= 0.1 * len(cases), wrong


@pytest.mark.parametrize("expected", ["discrepancy", "question", "declined"])
def test_E2_no_unseen_difference_question_or_refusal_is_dropped(expected: str) -> None:
    dropped = [case.name for wanted, case in others() if wanted == expected and outcome(case).outcome in DROPS]
    assert dropped == []
