"""The whole month of the demo on Postfix and Dovecot: the same customers, the same outcomes."""

import json
from pathlib import Path

import pytest

from bot.demo import company, month
from bot.edges.clock import SimulatedClock
from tests.realmail.real_mail import RealMail

pytestmark = pytest.mark.real


def real(users: dict[str, str], bounces: dict[str, str], clock: SimulatedClock) -> RealMail:
    del clock  # real servers have their own
    return RealMail(users, authserv_id=company.AUTHSERV_ID, bounces=bounces)


@pytest.mark.timeout(900)
def test_every_customer_ends_as_its_habit_demands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ok = month.run(18, out=tmp_path, as_json=True, start=real)
    shown = json.loads(capsys.readouterr().out)
    assert [each for each in shown["customers"] if not each["ok"]] == []
    assert ok
