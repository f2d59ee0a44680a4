"""How many mails may go: a ledger that survives restarts and holds for several processes, and an honest forecast."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.edges import quota
from bot.edges.quota import eta
from tests.edges.mail_company import ALICE, Office, an_office

CHILD = Path(__file__).with_name("mail_child.py")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with an_office(tmp_path) as made:
        yield made


def test_the_minutes_quota_stops_a_run_and_says_when_to_go_on(office: Office) -> None:
    office.with_mail(per_minute=3)
    for number in range(7):
        office.owe(str(number))
    report = office.sender().deliver()
    assert (report.sent, report.waiting) == (3, 4)
    assert report.resume_at == office.clock.now().replace(second=0, microsecond=0) + timedelta(minutes=1)
    assert office.sender().deliver().sent == 0
    office.clock.forward(minutes=1)
    assert office.sender().deliver().sent == 3


def test_the_days_quota_holds_over_minutes_and_restarts(office: Office) -> None:
    office.with_mail(per_minute=3, per_day=5)
    for number in range(7):
        office.owe(str(number))
    sent = []
    for _ in range(4):
        sent.append(office.sender().deliver().sent)
        office.clock.forward(minutes=1)
    assert sent == [3, 2, 0, 0]
    report = office.sender().deliver()
    assert report.resume_at is not None
    assert report.resume_at.isoformat() == "2026-11-03T00:00:00+00:00"
    office.clock.forward(days=1)
    assert office.sender().deliver().sent == 2


def test_a_pause_ends_by_itself_and_the_later_one_counts(office: Office) -> None:
    mail, now = office.company.mail, office.clock.now()
    with office.store.write() as session:
        for minutes in (20, 5):
            quota.pause(session, mail, now + timedelta(minutes=minutes))
    with office.store.write() as session:
        assert quota.take(session, mail, now) == quota.Spent(now + timedelta(minutes=20))
        assert quota.take(session, mail, now + timedelta(minutes=20)) is None
        assert quota.used(session, mail, now + timedelta(minutes=20)) == (1, 1)


def test_two_processes_together_never_exceed_the_quota(office: Office, tmp_path: Path) -> None:
    for number in range(60):
        office.owe(str(number))
    arguments = [str(tmp_path), str(office.server.smtp_port), str(office.server.imap_port), str(office.server.ca_file)]
    children = [
        subprocess.Popen([sys.executable, str(CHILD), "--per-minute", "25", "--send-only", *arguments])
        for _ in range(2)
    ]
    assert [child.wait(60) for child in children] == [0, 0]
    assert len(office.server.messages(ALICE)) == 25
    assert office.states().count("sent") == 25
    assert office.states().count("queued") == 35
    with office.store.read() as session:
        assert quota.used(session, office.company.mail, office.clock.now()) == (25, 25)


@pytest.mark.parametrize(
    ("queued", "per_minute", "per_day", "expected"),
    [
        (0, 20, 2000, timedelta()),
        (20, 20, 2000, timedelta()),
        (21, 20, 2000, timedelta(minutes=1)),
        (2000, 20, 2000, timedelta(minutes=99)),
        (2001, 20, 2000, timedelta(days=1)),
        (100_000, 20, 2000, timedelta(days=49, minutes=99)),
        (3000, 1, 1_000_000, timedelta(days=2, minutes=119)),
    ],
    ids=["none", "one minute's", "one more", "a day's", "one more than a day's", "100,000", "the minute is the limit"],
)
def test_the_forecast_is_honest(
    office: Office, queued: int, per_minute: int, per_day: int, expected: timedelta
) -> None:
    assert eta(queued, replace(office.company.mail, per_minute=per_minute, per_day=per_day)) == expected


def test_a_clock_that_was_years_ahead_holds_nothing_up_when_it_is_put_right(office: Office) -> None:
    office.clock.forward(days=800)
    office.owe("1")
    with office.store.write() as session:
        quota.pause(session, office.company.mail, office.clock.now() + timedelta(minutes=10))
    assert office.sender().deliver().sent == 0
    office.clock.forward(days=-800)
    assert office.sender().deliver().sent == 1
