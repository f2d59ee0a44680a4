"""Several hundred mails made of parts: none of the refusing ones confirms, and the honest ones need nobody."""
# ruff: noqa: E501  # sentences and mails of the tables stand on one line each

from bot.decide.judge import judge
from bot.model import Outcome
from tests.decide import corpus, replies


def test_E5_E6_no_mail_that_must_not_confirm_is_confirmed() -> None:
    """Also where signed copies are accepted: then the phrase's route may not confirm, nor a copy beside refusing words."""
    register = replies.register(signed_copy="accept")
    cases = list(corpus.refusing())
    confirmed = [
        (case.name, judgement.rule)
        for case in cases
        if (judgement := judge(case.mail, register, case.readings)).outcome is Outcome.CONFIRMED
        and not (case.copy_counts and judgement.route == "signed_copy")
    ]
    assert len(cases) > 400
    assert confirmed == []


def test_E5_E6_nothing_is_confirmed_for_senders_that_nothing_proves() -> None:
    register = replies.register(authserv_id=None, authentication="prefer", signed_copy="accept")
    outcomes = {judge(case.mail, register, case.readings).outcome for case in [*corpus.refusing(), *corpus.honest()]}
    assert Outcome.CONFIRMED not in outcomes
    assert Outcome.IN_REVIEW in outcomes


def test_E2_nothing_that_refuses_is_dropped() -> None:
    dropped = {Outcome.IGNORED, Outcome.NOTED}
    register = replies.register()
    silent = [case.name for case in corpus.refusing() if judge(case.mail, register, case.readings).outcome in dropped]
    assert silent == [f"from {address}" for address in register.own_addresses]


def test_E5_E6_honest_confirmations_are_decided_without_a_person() -> None:
    register = replies.register()
    cases = list(corpus.honest())
    missed = [case.name for case in cases if judge(case.mail, register, case.readings).outcome is not Outcome.CONFIRMED]
    assert len(cases) > 800
    assert len(missed) <= 0.02 * len(cases), missed[:20]
