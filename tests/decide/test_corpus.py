"""Several hundred mails made of parts: none of the refusing ones confirms, and the honest ones need nobody."""

from bot.decide.judge import judge
from bot.model import Outcome
from tests.decide import corpus, replies


def test_E5_no_mail_that_must_not_confirm_is_confirmed():
    register = replies.register(signed_copy="accept")
    judged = [(case.name, judge(case.mail, register, case.readings)) for case in corpus.refusing()]
    assert len(judged) > 400
    assert [
        (name, item.rule) for name, item in judged if item.outcome is Outcome.CONFIRMED and item.route == "phrase+scan"
    ] == []


def test_E5_copies_beside_refusing_words_are_not_accepted_either():
    register = replies.register(signed_copy="accept")
    confirmed = [
        case.name
        for case in corpus.refusing()
        if judge(case.mail, register, case.readings).outcome is Outcome.CONFIRMED
    ]
    assert confirmed == []


def test_E5_nothing_refusing_is_dropped():
    dropped = []
    for case in corpus.refusing():
        judgement = judge(case.mail, replies.register(), case.readings)
        if judgement.outcome is Outcome.IGNORED and judgement.standing != "own" and "ar@" not in case.name:
            dropped.append(case.name)
    assert dropped == []


def test_E5_E6_honest_confirmations_are_decided_without_a_person():
    cases = list(corpus.honest())
    missed = [
        case.name
        for case in cases
        if judge(case.mail, replies.register(), case.readings).outcome is not Outcome.CONFIRMED
    ]
    assert len(cases) > 800
    assert len(missed) <= 0.02 * len(cases), missed[:20]
