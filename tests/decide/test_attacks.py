"""Mails written against the grammar by somebody who knew its tables: beside or around a full yes, none may confirm.

``rounds/attacks.txt`` holds them, ``family⇥text`` a line: a sentence behind the full yes, ``<`` one before it, ``@`` a
whole text where ``{F}`` is the yes; ``\\n`` and ``\\t`` stand for line ends and tabs. Each family is one case here.
"""

from pathlib import Path

import pytest

from bot.decide.judge import judge
from bot.model import Outcome
from parsers.mail import parse
from tests.decide.unseen import FULL, Letter, build, register, signed

_LINES = (Path(__file__).parent / "rounds" / "attacks.txt").read_text("utf-8").splitlines()
FAMILIES = tuple(dict.fromkeys(line.partition("\t")[0] for line in _LINES))


def written(text: str) -> str:
    """What the customer types: the attack beside, before or around the full yes."""
    body = text.replace("\\n", "\n").replace("\\t", "\t")
    if body.startswith("@"):
        return body[1:].replace("{F}", FULL)
    return f"{body[1:]}{FULL}。" if body.startswith("<") else f"{FULL}。{body}"


def outcome(text: str) -> Outcome:
    case = signed(Letter(written(text)))
    return judge(parse(build(case.letter)), register(), case.readings).outcome


def test_the_full_yes_alone_confirms_here() -> None:
    assert outcome("@{F}。") is outcome("谢谢！") is Outcome.CONFIRMED


@pytest.mark.parametrize("family", FAMILIES)
def test_no_attack_of_a_family_confirms(family: str) -> None:
    texts = [text for name, _, text in (line.partition("\t") for line in _LINES) if name == family]
    assert texts
    assert [text for text in texts if outcome(text) is Outcome.CONFIRMED] == []


@pytest.mark.parametrize("words", ["还差三箱没到，单价也不对。", "我不同意，先别确认。", "退货565没减，先不要盖章。"])
@pytest.mark.parametrize("shape", ["none", "qq", "outlook"])
def test_an_objection_in_the_mail_that_was_answered_is_for_a_person(words: str, shape: str) -> None:
    forwarded = f"\n\n发件人: 仓库老王 <ck@junda.example>\n发送时间: 2026年11月5日 10:00\n主题: 对账单\n\n{words}\n"
    case = signed(Letter(f"{FULL}。{forwarded}", shape=shape))
    assert judge(parse(build(case.letter)), register(), case.readings).outcome is not Outcome.CONFIRMED
