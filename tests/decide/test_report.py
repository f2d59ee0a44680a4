"""The digest's values: who stands where, what must be done today, and sums that add up."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.decide.kpi import Ratio
from bot.decide.report import DigestReport, Sum, build, place, standing
from bot.decide.rows import CaseRow, Difference, TaskKind, TaskRow
from bot.model import Locale, State
from parsers.period import Period
from tests.compose.sample import PERIOD, SHANGHAI
from tests.compose.sample_digest import EVENING, SYSTEM, TODAY, report, row


def made(*rows: CaseRow, tasks: tuple[TaskRow, ...] = (), due: frozenset[str] | None = None) -> DigestReport:
    return build("华东", Locale.HANS, TODAY, EVENING, PERIOD, rows, tasks, SYSTEM, zone=SHANGHAI, due=due)


def thread(theirs: str | None, **changes: object) -> Difference:
    plain = Difference("CY-1", Decimal(100), None if theirs is None else Decimal(theirs), EVENING)
    return replace(plain, **changes)  # type: ignore[arg-type]


LATE = date(2026, 11, 9)
AHEAD = date(2026, 11, 12)


@pytest.mark.parametrize(
    ("state", "changes", "expected"),
    [
        pytest.param(State.CONFIRMED, {}, "done", id="confirmed"),
        pytest.param(State.CLOSED, {}, "done", id="closed by finance"),
        pytest.param(State.IN_REVIEW, {}, "in_review", id="handed in, not reviewed"),
        pytest.param(State.SCAN_PENDING, {"reply_by": LATE}, "scan_pending", id="words without the signed pages"),
        pytest.param(State.DISCREPANCY, {"reply_by": LATE}, "discrepancy", id="discrepancy is never overdue"),
        pytest.param(State.SENT, {"reply_by": AHEAD}, "waiting", id="on the last day, which is included"),
        pytest.param(State.SENT, {"reply_by": LATE}, "overdue", id="after the last day"),
        pytest.param(State.PERSON, {"reply_by": LATE}, "overdue", id="unread mail is no answer"),
        pytest.param(State.DECLINED, {"reply_by": LATE}, "overdue", id="refusal is no answer"),
        pytest.param(State.QUESTION, {"reply_by": LATE}, "waiting", id="we owe an answer"),
        pytest.param(State.NOTED, {"reply_by": LATE, "promised": AHEAD}, "waiting", id="promised day not passed"),
        pytest.param(State.NOTED, {"reply_by": LATE, "promised": LATE}, "overdue", id="promised day passed"),
        pytest.param(State.PREPARED, {}, "held", id="prepared"),
        pytest.param(State.HELD, {}, "held", id="held"),
        pytest.param(State.QUEUED, {}, "held", id="not out of the house"),
    ],
)
def test_where_a_statement_stands(state: State, changes: dict[str, object], expected: str) -> None:
    assert place(row(1, state, **changes), TODAY) == expected


def test_K1_completed_until_midnight_of_the_companys_zone() -> None:
    last_minute = datetime(2026, 11, 15, 15, 59, tzinfo=UTC)
    in_time = standing(row(1, State.CONFIRMED, confirmed_at=last_minute), SHANGHAI)
    too_late = standing(row(1, State.CONFIRMED, confirmed_at=last_minute + timedelta(minutes=1)), SHANGHAI)
    assert (in_time.on_time, too_late.on_time, too_late.completed) == (True, False, True)


@pytest.mark.parametrize("state", [State.IN_REVIEW, State.SCAN_PENDING, State.DISCREPANCY, State.NOTED, State.PERSON])
def test_K1_what_is_not_completed(state: State) -> None:
    found = standing(row(1, state, confirmed_at=EVENING), SHANGHAI)
    assert (found.completed, found.on_time) == (False, False)


def test_K1_confirmed_without_an_arrival_is_not_in_time() -> None:
    assert not standing(row(1, State.CONFIRMED), SHANGHAI).on_time


@pytest.mark.parametrize(
    ("changes", "differed", "ours"),
    [
        pytest.param({}, False, False, id="first revision, no thread"),
        pytest.param({"discrepancy": thread("90")}, True, False, id="their cause"),
        pytest.param({"discrepancy": thread("90", by_us=True, closed=True)}, True, True, id="our cause, settled"),
        pytest.param({"discrepancy": thread("90", by_us=True, voided=True)}, False, False, id="voided by finance"),
        pytest.param({"corrected": True, "revision": 2}, True, True, id="we corrected it after sending"),
    ],
)
def test_K2_what_counts_as_a_difference(changes: dict[str, object], differed: bool, ours: bool) -> None:
    found = standing(row(1, State.CONFIRMED, **changes), SHANGHAI)
    assert (found.differed, found.ours) == (differed, ours)


def test_the_progress_counts_each_customer_once_at_its_least_settled_statement() -> None:
    twice = row(1, State.CONFIRMED), row(1, State.DISCREPANCY, currency="USD")
    found = made(*twice, row(2, State.CONFIRMED), row(3, State.SUPERSEDED)).progress
    assert (found.done, found.discrepancy, found.due) == (1, 1, 2)


def test_K1_a_frozen_customer_without_a_statement_is_held_and_a_later_one_is_not_counted() -> None:
    found = made(row(1, State.CONFIRMED), row(2, State.SENT), due=frozenset({"C0001", "C0009"}))
    assert (found.progress.done, found.progress.held, found.progress.due) == (1, 1, 2)
    assert found.figures.completion == Ratio(Decimal(1), Decimal(2))


@given(st.lists(st.tuples(st.integers(1, 6), st.sampled_from(State), st.integers(-9, 9))))
def test_the_seven_parts_add_up_to_those_due_whatever_the_cases(cases: list[tuple[int, State, int]]) -> None:
    rows = [row(code, state, reply_by=TODAY + timedelta(days=shift)) for code, state, shift in cases]
    found = made(*rows)
    assert found.progress.due == found.figures.completion.denominator
    assert found.progress.done == found.figures.completion.numerator


def test_todays_work_is_urgent_first_with_escalated_cases_and_due_promises_and_without_reviews() -> None:
    given_tasks = (
        TaskRow(TaskKind.QUESTION, "周晓岚", number="Q"),
        TaskRow(TaskKind.REVIEW, "陈会计", number="R"),
        TaskRow(TaskKind.JUDGE, "陈会计", number="J2", since=TODAY),
        TaskRow(TaskKind.JUDGE, "陈会计", number="J1", due=TODAY),
        TaskRow(TaskKind.PROMISE, "王磊", number="DZ-202610-000004-73"),
    )
    found = made(
        row(1, State.DISCREPANCY, escalated=True, discrepancy=thread("90")),
        row(2, State.NOTED, promised=TODAY),
        row(3, State.NOTED, promised=TODAY + timedelta(days=1)),
        row(4, State.NOTED, promised=TODAY),
        row(5, State.CONFIRMED, escalated=True),
        row(6, State.NOTED, promised=LATE, reply_by=LATE),
        row(7, State.SCAN_PENDING, escalated=True),
        tasks=given_tasks,
    )
    assert [(task.kind, task.number) for task in found.tasks] == [
        (TaskKind.ESCALATED, "DZ-202610-000007-73"),
        (TaskKind.ESCALATED, "DZ-202610-000001-73"),
        (TaskKind.JUDGE, "J1"),
        (TaskKind.JUDGE, "J2"),
        (TaskKind.QUESTION, "Q"),
        (TaskKind.PROMISE, "DZ-202610-000002-73"),
        (TaskKind.PROMISE, "DZ-202610-000004-73"),
    ]
    assert [task.reference for task in found.tasks[:2]] == ["DZ-202610-000007-73", "CY-1"]


def test_open_differences_are_escalated_first_then_unknown_then_largest_with_net_and_absolute() -> None:
    found = made(
        row(1, State.DISCREPANCY, discrepancy=thread("90")),
        row(2, State.DISCREPANCY, discrepancy=thread("150")),
        row(3, State.DISCREPANCY, discrepancy=thread(None)),
        row(4, State.DISCREPANCY, discrepancy=thread("99"), escalated=True),
        row(5, State.CONFIRMED, discrepancy=thread("10", closed=True)),
        row(6, State.CONFIRMED, discrepancy=thread("10", voided=True)),
    )
    assert [each.customer for each in found.differences] == ["C0004", "C0003", "C0002", "C0001"]
    assert found.difference_sums == (Sum("CNY", Decimal(39), Decimal(61), 1),)


def test_overdue_ones_are_summed_by_currency_the_longest_first() -> None:
    found = made(
        row(1, State.SENT, closing=Decimal(10)),
        row(2, State.SENT, closing=Decimal(-4), reply_by=date(2026, 11, 6)),
        row(3, State.SENT, closing=Decimal(7), currency="USD"),
    )
    assert [each.customer for each in found.overdue] == ["C0002", "C0001", "C0003"]
    assert found.overdue_sums == (Sum("CNY", Decimal(6), Decimal(14)), Sum("USD", Decimal(7), Decimal(7)))


def test_confirmed_today_means_the_companys_today() -> None:
    found = made(
        row(1, State.CONFIRMED, confirmed_at=datetime(2026, 11, 11, 16, 0, tzinfo=UTC)),
        row(2, State.CONFIRMED, confirmed_at=datetime(2026, 11, 11, 15, 59, tzinfo=UTC)),
        row(3, State.SCAN_PENDING, confirmed_at=EVENING),
    )
    assert [each.customer for each in found.confirmed_today] == ["C0001"]


def test_earlier_periods_keep_their_open_ones_and_count_in_no_figure() -> None:
    before = Period("month", 2026, 9)
    found = made(row(1, State.SENT, period=before), row(2, State.CONFIRMED, period=before))
    assert [each.customer for each in found.earlier] == ["C0001"]
    assert found.progress.due == 0


def test_H2_aging_adds_up_to_the_balance_and_names_who_is_over_the_limit() -> None:
    over = row(1, State.SENT, closing=Decimal(86085), credit_limit=Decimal(86084))
    equal = row(2, State.SENT, closing=Decimal(86085), credit_limit=Decimal(86085), lapsing=Decimal(3))
    (found,) = made(over, equal, row(3, State.SENT, aging=None)).receivables
    assert sum(bucket.amount for bucket in found.buckets) + found.unapplied == found.balance == Decimal(172170)
    assert (found.over_90, found.due_soon, found.lapsing) == (Decimal("825.00"), Decimal(2400), Decimal(3))
    assert found.over_limit == (over,)


def test_a_normal_day_puts_bounces_and_held_ones_together() -> None:
    found = report()
    assert [task.customer for task in found.bounced] == ["C0192"]
    assert [each.held_reason for each in found.held] == ["数量×单价≠金额（XSCK-0198）"]
    assert found.now.tzinfo is SHANGHAI
