"""K1: whom a period counts is frozen on its sending day; and the digest compares with the last period's same day."""

from decimal import Decimal

import pytest

from bot import flow
from bot.decide.kpi import Figures, Ratio
from bot.decide.prepare import prepare
from bot.decide.report import DigestReport
from bot.edges.tables import TaskRow
from bot.steps import due, preparing, reporting
from parsers.period import Period
from tests.steps.town import OCTOBER, Town, yes

NOVEMBER = Period("month", 2026, 11)
LATE = (
    "客户编码,客户名称,对账周期,销售代表,联系人,邮箱,授权确认,语言\n"
    "C009,扬州邗江电气有限公司,月,zhou@hd-trade.example,周敏,new@hengyuan.example,是,简\n"
)


def report(town: Town, period: Period = OCTOBER) -> DigestReport:
    with town.store.read() as session:
        return reporting.build_digest(session, town.office, period)


def listed(town: Town, period: Period = OCTOBER) -> list[str] | None:
    with town.store.read() as session:
        found = due.due(session, town.office, period)
    return None if found is None else sorted(found)


def another_customer(town: Town) -> None:
    assert not town.import_text("late.csv", LATE).refused
    assert not town.document("期初,QC-C009,1,2026-09-30,C009,,,,,,900.00,CNY").refused
    town.prepare()
    town.send()


def test_K1_a_customer_imported_after_the_sending_day_counts_from_the_next_period_on(sent: Town) -> None:
    assert listed(sent) == ["C001", "C002", "C003"]
    sent.at(5)
    another_customer(sent)
    assert sent.row("C009").state == "sent"
    assert listed(sent) == ["C001", "C002", "C003"]
    found = report(sent)
    assert found.figures.completion.denominator == found.progress.due == 3
    assert found.late == 1
    flow.digest(sent.office)
    flow.deliver(sent.office)
    assert "另有 1 家在名单确定后加入" in (sent.mails("digest")[0].plain or "")


def test_K1_whoever_is_imported_on_the_sending_day_itself_is_due(sent: Town) -> None:
    sent.at(3, 16)
    another_customer(sent)
    assert listed(sent) == ["C001", "C002", "C003", "C009"]
    assert report(sent).late == 0


def test_K1_before_anything_was_sent_everybody_with_a_statement_is_due(town: Town) -> None:
    town.import_all()
    town.prepare()
    assert listed(town) is None
    assert report(town).figures.completion.denominator == 3


def test_K1_a_customer_whose_statement_cannot_be_prepared_is_due_and_shown_until_it_is_mended(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = prepare

    def breaks_for_one(party: object, customer: object, *more: object, **named: object) -> object:
        if getattr(customer, "code", "") == "C002":
            raise ZeroDivisionError("a bug")
        return real(party, customer, *more, **named)  # type: ignore[arg-type]  # handed on

    town.import_all()
    with monkeypatch.context() as patched:
        patched.setattr(preparing, "prepare", breaks_for_one)
        assert {each.result for each in town.prepare().values()} == {"prepared", "broken"}
        assert town.prepare()["C002"].result == "broken"
    town.at(3)
    town.send()
    (task,) = [each for each in town.all(TaskRow) if each.kind == "failed"]
    assert (task.customer, task.closed_at) == ("C002", None)
    assert "ZeroDivisionError a bug" in task.reasons
    assert listed(town) == ["C001", "C002", "C003"]
    assert report(town).progress.held >= 1
    town.at(4)
    assert town.prepare()["C002"].result == "prepared"
    (task,) = [each for each in town.all(TaskRow) if each.kind == "failed"]
    assert (task.closed_by, task.closed_at) == ("bot", town.clock.now())


def last(town: Town) -> Figures:
    found = report(town, NOVEMBER).previous
    assert found is not None
    return found


def test_the_digest_compares_with_the_same_day_of_the_last_period(sent: Town) -> None:
    assert report(sent).previous is None  # September had no statements
    sent.at(4, 10)
    sent.reply(yes(), sent.sealed())
    assert sent.poll() == ["confirmed"]
    sent.at(1, 9, month=12)
    sent.prepare(NOVEMBER)
    sent.at(4, 9, month=12)
    assert last(sent).completion.numerator == 0  # an hour too early
    sent.at(4, 10, month=12)
    then = last(sent)
    assert then.completion == Ratio(Decimal(1), Decimal(3))
    assert then.completion_on_time == then.completion
    assert dict(then.coverage)["CNY"].numerator == Decimal("85685.00")
    flow.digest(sent.office, NOVEMBER)
    flow.deliver(sent.office)
    assert "较上期同日" in (sent.mails("digest")[-1].plain or "")


def test_what_was_opened_and_withdrawn_later_did_not_count_then(sent: Town) -> None:
    sent.at(4, 10)
    sent.reply(yes(), sent.sealed())
    sent.poll()
    sent.at(6, 9)
    sent.reply("不好意思，我们漏了一张退货单，请先不要入账，10月18日退货565元没有减。")
    sent.poll()
    sent.at(5, 9, month=12)
    assert last(sent).accuracy.percent == Decimal("100.0")
    sent.at(6, 18, month=12)
    assert last(sent).completion.numerator == 0
