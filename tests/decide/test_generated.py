"""The fixed thousand of made-up replies: whatever must not confirm doesn't, and honest ones need nobody."""

from bot.model import Outcome
from tests.decide.generated import Made, make
from tests.decide.rounds import judged

THOUSAND, SEED = 1000, 1


def confirmed(made: Made) -> bool:
    return judged(made.record).outcome is Outcome.CONFIRMED


def test_E5_E6_none_of_a_thousand_made_up_replies_is_judged_wrongly() -> None:
    items = [make(index, SEED) for index in range(THOUSAND)]
    found = [(made, confirmed(made)) for made in items]
    assert [made.how for made, yes in found if yes and not made.good] == []
    missed = [made.how for made, yes in found if made.good and not yes]
    assert len(missed) <= 0.02 * sum(made.good for made in items), missed[:10]
