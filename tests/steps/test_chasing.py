"""Chasing: who has not answered is reminded once a stage; who owes pages is asked once; then the rep phones."""

import pytest

from bot import flow
from bot.edges.tables import OutgoingRow
from bot.steps import chasing, sending
from tests.steps.town import FINANCE, LIN, MANAGER, PHRASE, REP, XU, Town


def chase_on(town: Town, day: int, hour: int = 9) -> tuple[str, ...]:
    town.at(day, hour)
    done = flow.chase(town.office)
    flow.deliver(town.office)
    return done.reminded


def test_A3_every_stage_mails_once_and_again_the_same_day_nothing(sent: Town) -> None:
    row = sent.row("C002")
    days = [day.day for day in sending.stages(sent.office, row)]
    assert days == [6, 11, 16]
    for place, day in enumerate(days, 1):
        assert chase_on(sent, day - 1) == ()
        assert row.number in chase_on(sent, day)
        assert chase_on(sent, day, 15) == ()
        assert sent.row("C002").reminders == place
    assert len([mail for mail in sent.owed("reminder") if mail.customer == "C002"]) == 3
    assert [task.owner for task in sent.tasks("overdue_call")] == [REP, LIN]


def test_A3_after_days_of_downtime_only_the_last_stage_is_sent(sent: Town) -> None:
    assert sent.row("C002").number in chase_on(sent, 23)
    assert sent.row("C002").reminders == 3
    (mail,) = [mail for mail in sent.mails("reminder") if mail.to[0].address == XU]
    assert {one.address for one in mail.cc} >= {LIN, MANAGER}
    assert [part.name.rpartition(".")[2] for part in mail.attachments] == ["pdf"]
    assert chase_on(sent, 24) == ()


def test_reminders_go_into_the_statements_own_thread(sent: Town) -> None:
    chase_on(sent, 6)
    (first, _) = sent.mails("statement")
    reminder = next(mail for mail in sent.mails("reminder") if mail.to[0].address != XU)
    assert reminder.in_reply_to == (first.message_id,)
    assert reminder.subject == "Re: [华东贸易有限公司][2026年10月] 銷售對賬單"


def test_E1_a_promised_day_moves_the_reminder_behind_it(sent: Town) -> None:
    sent.reply("收到，我们11月12日前回复。")
    sent.poll()
    number = sent.row().number
    assert number not in chase_on(sent, 10)
    assert number not in chase_on(sent, 12)
    assert number in chase_on(sent, 13)


def test_an_answer_takes_back_a_reminder_that_has_not_left_yet(sent: Town) -> None:
    sent.at(6)
    flow.chase(sent.office)
    sent.reply(f"{PHRASE}。")
    sent.poll()
    reminder = next(row for row in sent.owed("reminder") if row.customer == "C001")
    assert reminder.state == "withdrawn"


def test_E6_who_owes_the_pages_gets_one_chaser_and_then_the_rep_phones(sent: Town) -> None:
    sent.reply(f"{PHRASE}。")
    sent.poll()
    number = sent.row().number
    sent.at(5)
    assert flow.chase(sent.office).asked_for_pages == ()
    sent.at(6)
    assert flow.chase(sent.office).asked_for_pages == (number,)
    assert flow.chase(sent.office).asked_for_pages == ()
    (mail,) = sent.mails("scan_chaser")
    assert len(mail.attachments) == 1
    sent.at(9)
    assert flow.chase(sent.office).to_phone == ()
    sent.at(10)
    assert flow.chase(sent.office).to_phone == (number,)
    assert flow.chase(sent.office).to_phone == ()
    assert [task.owner for task in sent.tasks("scan_call")] == [REP]
    assert len(sent.owed("scan_chaser")) == 1


def test_nobody_is_reminded_of_a_confirmed_statement(confirmed: Town) -> None:
    for day in (6, 11, 16):
        assert confirmed.row().number not in chase_on(confirmed, day)
    assert not confirmed.all(OutgoingRow, OutgoingRow.customer == "C001", OutgoingRow.purpose == "reminder")


def test_one_customers_bug_stops_nobody_elses_reminder_and_is_shown(
    sent: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    reminder = chasing.mails_customer.reminder

    def broken(about: object, *values: object) -> object:
        if about.customer.code == "C001":  # type: ignore[attr-defined]
            raise ZeroDivisionError("no words")
        return reminder(about, *values)  # type: ignore[arg-type]

    monkeypatch.setattr(chasing.mails_customer, "reminder", broken)
    assert chase_on(sent, 6) == (sent.row("C002").number,)
    assert chase_on(sent, 6) == ()
    (task,) = sent.tasks("failed")
    assert (task.owner, task.words) == (FINANCE, "ZeroDivisionError: no words")
    assert sent.row().reminders == 0
