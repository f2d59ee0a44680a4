"""Replaying: stored mails judged again give the same to the letter, whatever has happened since (invariant 6)."""

import pytest
from sqlmodel import Session, select

from bot.edges.tables import MailRow
from bot.steps import replaying
from tests.steps.town import XU, Town, yes

LATE_RETURN = "退货,XSTH-00099,1,2026-10-29,C001,直线导轨,HGH20CA,米,1,113.00,113.00,CNY"


@pytest.fixture
def answered(sent: Town) -> Town:
    """A town with a confirmation, a question and a yes to what is an old revision by now."""
    sent.reply(yes(), sent.sealed())
    sent.reply("請問送貨單可以補寄一份嗎？", code="C002", sender=XU)
    sent.poll()
    return sent


def test_A4_everything_agrees_even_when_the_cases_have_moved_on(answered: Town) -> None:
    answered.at(4)
    answered.document(LATE_RETURN)
    answered.prepare()
    done = replaying.replay(answered.office)
    assert len(done) >= 2
    assert [each for each in done if not each.same] == []


def test_A4_a_judgement_that_was_tampered_with_is_found(answered: Town) -> None:
    def tamper(session: Session) -> None:
        row = session.exec(select(MailRow).where(MailRow.outcome == "question")).one()
        row.outcome, row.value = "confirmed", row.value.replace('"outcome":"question"', '"outcome":"confirmed"')
        session.add(row)

    answered.change(tamper)
    (wrong,) = [each for each in replaying.replay(answered.office) if each.failed]
    assert (wrong.then, wrong.now) == ("confirmed", "question")


def test_a_judgement_under_older_rules_is_told_and_not_failed(answered: Town) -> None:
    def age(session: Session) -> None:
        for row in session.exec(select(MailRow)):
            row.rule_version, row.value = "2025-01-1", "{}"
            session.add(row)

    answered.change(age)
    done = replaying.replay(answered.office)
    assert all(each.older and not each.same and not each.failed for each in done)
