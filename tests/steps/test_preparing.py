"""Preparing: the ledger becomes statements; anomalies hold theirs; what was sent is revised, never changed."""

import pytest

from bot.edges.tables import OutgoingRow, StatementRow
from bot.model import load_statement
from bot.steps import preparing
from parsers.period import Period
from tests.steps.town import LI, OCTOBER, WAREHOUSE, Town

LATE_RETURN = "退货,XSTH-00099,1,2026-10-29,C001,直线导轨,HGH20CA,米,1,113.00,113.00,CNY"
WRONG = "发货,XSCK-40001,1,2026-10-12,C001,减速机,RV63-30,台,2,100.00,{amount},CNY"


def test_C2_the_worked_example_closes_at_85685_and_every_customer_gets_a_number(town: Town) -> None:
    town.import_all()
    assert {code: one.result for code, one in town.prepare().items()} == dict.fromkeys(
        ("C001", "C002", "C003"), "prepared"
    )
    assert town.row().closing_fen == 8568500
    assert town.row().number == "DZ-202610-000001-73"
    assert load_statement(town.row().value).preparer == "陈会计"


def test_preparing_again_leaves_everything_alone(town: Town) -> None:
    town.import_all()
    town.prepare()
    before = [row.model_dump() for row in town.all(StatementRow)]
    assert {one.result for one in town.prepare().values()} == {"unchanged"}
    assert [row.model_dump() for row in town.all(StatementRow)] == before


def test_a_change_before_sending_prepares_the_same_revision_anew(town: Town) -> None:
    town.import_all()
    town.prepare()
    town.document(LATE_RETURN)
    assert town.prepare()["C001"].result == "prepared"
    assert (town.row().revision, town.row().closing_fen) == (1, 8557200)
    assert len(town.all(StatementRow)) == 3


def test_F4_a_change_after_sending_makes_the_next_revision_and_says_what_changed(sent: Town) -> None:
    sent.document(LATE_RETURN)
    assert {code: one.result for code, one in sent.prepare().items()} == {
        "C001": "revised",
        "C002": "unchanged",
        "C003": "unchanged",
    }
    old, new = sent.row(revision=1), sent.row()
    assert (old.live, old.state) == (False, "superseded")
    assert (new.revision, new.state, new.number) == (2, "prepared", old.number)
    assert "XSTH-00099" in load_statement(new.value).changes
    assert "85,572.00" in load_statement(new.value).changes


def test_F4_the_next_revision_withdraws_what_the_old_one_still_owed(confirmed: Town) -> None:
    confirmed.reply("等等，少算了一笔退货，刚才的先不算。")
    confirmed.reply("10月18日退货那笔565元你们没有减，请核实。", shape="163")
    confirmed.poll()
    confirmed.at(9)
    confirmed.document(LATE_RETURN)
    confirmed.prepare()
    assert {row.state for row in confirmed.owed("thanks")} == {"withdrawn"}
    assert not confirmed.all(
        OutgoingRow, OutgoingRow.statement_id == confirmed.row(revision=1).id, OutgoingRow.state == "queued"
    )
    withdrawn = [row.dedupe for row in confirmed.all(OutgoingRow, OutgoingRow.state == "withdrawn")]
    assert sorted(event.subject for event in confirmed.events("mail.withdrawn")) == sorted(withdrawn)  # A4


def test_C3_an_anomaly_holds_the_statement_and_tells_its_department_once(town: Town) -> None:
    town.import_all()
    town.document(WRONG.format(amount="300.00"))
    for _ in range(2):
        held = town.prepare()["C001"]
        assert (held.result, held.anomalies[0].customer) == ("held", "C001")
    assert town.state() == "held"
    (mail,) = town.mails("anomaly")
    assert "XSCK-40001" in (mail.plain or "")
    assert len([event for event in town.events("held") if event.subject == town.row().number]) == 1


def test_C3_a_corrected_import_releases_the_held_statement(town: Town) -> None:
    town.import_all()
    town.document(WRONG.format(amount="300.00"))
    town.prepare()
    town.document(WRONG.format(amount="200.00"))
    assert town.prepare()["C001"].result == "prepared"
    assert (town.state(), town.row().anomalies) == ("prepared", "[]")


def test_an_anomaly_after_sending_leaves_what_was_sent_and_is_told_all_the_same(sent: Town) -> None:
    sent.document(WRONG.format(amount="300.00"))
    assert sent.prepare()["C001"].result == "held"
    assert (sent.state(), sent.row().revision) == ("sent", 1)
    assert len(sent.mails("anomaly")) == 1


def test_a_customer_without_movement_and_balance_gets_no_statement(town: Town) -> None:
    town.import_all()
    assert town.prepare(Period("month", 2026, 7))["C001"].result == "quiet"
    assert not town.all(StatementRow)


def test_a_confirmed_statement_is_never_touched_again(confirmed: Town) -> None:
    confirmed.document(LATE_RETURN)
    assert confirmed.prepare()["C001"].result == "final"
    assert (confirmed.row().revision, confirmed.row().closing_fen) == (1, 8568500)


def test_C2_after_a_confirmed_month_the_next_one_opens_with_its_closing_and_shows_the_late_return(
    confirmed: Town,
) -> None:
    confirmed.document(LATE_RETURN)
    confirmed.at(2, month=12)
    confirmed.prepare(Period("month", 2026, 11))
    (row,) = confirmed.all(StatementRow, StatementRow.customer == "C001", StatementRow.period == "2026-11")
    snapshot = load_statement(row.value).snapshot
    assert snapshot.opening_confirmed
    assert f"{snapshot.totals.opening}" == "85685.00"
    assert [line.number for line in snapshot.lines if line.late] == ["XSTH-00099"]
    assert f"{snapshot.totals.closing}" == "85572.00"


def test_one_customers_bug_stops_nobody_else(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    town.import_all()
    prepare = preparing.prepare

    def broken(*values: object, **more: object) -> object:
        if getattr(values[1], "code", "") == "C002":
            raise ZeroDivisionError
        return prepare(*values, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(preparing, "prepare", broken)
    results = {code: one.result for code, one in town.prepare().items()}
    assert results == {"C001": "prepared", "C002": "broken", "C003": "prepared"}


def test_B3_quarters_are_for_those_who_agreed_on_them(town: Town) -> None:
    town.import_all()
    assert town.prepare(Period("quarter", 2026, 4)) == {}


def test_only_one_customer_can_be_prepared_by_itself(town: Town) -> None:
    town.import_all()
    told: list[str] = []
    (done,) = preparing.prepare_period(town.office, OCTOBER, "C001", told.append)
    assert done.customer == "C001"
    assert told == ["苏州恒远机械有限公司"]


def test_the_departments_of_the_company_get_their_anomalies_and_no_customer_does(town: Town) -> None:
    town.import_all()
    town.document(WRONG.format(amount="300.00"))
    town.prepare()
    (owed,) = town.owed("anomaly")
    assert LI not in owed.recipients
    assert WAREHOUSE in owed.recipients or "chen@" in owed.recipients
