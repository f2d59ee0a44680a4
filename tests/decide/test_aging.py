from datetime import date, timedelta
from decimal import Decimal
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from bot.decide.aging import BUCKETS, Dated, age
from bot.model import Aging

LAST = date(2026, 10, 31)
D = Decimal


def on(days: int) -> date:
    return LAST - timedelta(days=days)


def amounts(aging: Aging) -> list[Decimal]:
    return [bucket.amount for bucket in aging.buckets]


def test_H2_payments_settle_the_oldest_charges_first() -> None:
    aging = age([(on(70), D(78600)), (on(40), D(50000)), (on(5), D(35085))], [(on(1), D(78000))], LAST)
    assert amounts(aging) == [D(35085), D(50000), D(600), D(0), D(0)]


def test_the_edges_of_the_buckets() -> None:
    days = [0, 30, 31, 60, 61, 90, 91, 180, 181, 4000]
    aging = age([(on(day), D(1)) for day in days], [], LAST)
    assert amounts(aging) == [D(2)] * 5
    assert [(bucket.first_day, bucket.last_day) for bucket in aging.buckets] == list(BUCKETS)


def test_a_return_takes_back_the_newest_charge_before_it_and_not_an_old_debt() -> None:
    aging = age([(on(70), D(100)), (on(10), D(50)), (on(9), D(-20)), (on(2), D(40))], [], LAST)
    assert amounts(aging) == [D(70), D(0), D(100), D(0), D(0)]


def test_a_return_on_the_day_of_its_delivery_takes_that_back() -> None:
    assert amounts(age([(on(5), D(-30)), (on(70), D(30)), (on(5), D(30))], [], LAST))[:3] == [D(0), D(0), D(30)]


def test_a_return_of_more_than_everything_before_settles_what_comes_later() -> None:
    aging = age([(on(20), D(10)), (on(15), D(-25)), (on(5), D(40))], [], LAST)
    assert (amounts(aging)[0], aging.unapplied) == (D(25), D(0))


def test_receipts_beyond_all_charges_are_unapplied() -> None:
    aging = age([(on(5), D(40))], [(on(90), D(100))], LAST)
    assert (sum(amounts(aging)), aging.unapplied) == (D(0), D(-60))


def test_a_dishonoured_bill_opens_the_old_debt_again() -> None:
    aging = age([(on(70), D(100)), (on(5), D(40))], [(on(60), D(100)), (on(3), D(-100))], LAST)
    assert amounts(aging) == [D(40), D(0), D(100), D(0), D(0)]


def test_a_refund_without_any_receipt_is_a_debt_of_its_day() -> None:
    assert amounts(age([], [(on(45), D(-70))], LAST)) == [D(0), D(70), D(0), D(0), D(0)]


dated = st.tuples(
    st.integers(0, 400).map(on),
    st.decimals(-5000, 5000, places=2, allow_nan=False, allow_infinity=False),
)


@given(st.lists(dated, max_size=25), st.lists(dated, max_size=25), st.randoms())
def test_H2_the_buckets_and_the_unapplied_always_sum_up_to_the_balance_in_any_order(
    charges: list[Dated], payments: list[Dated], random: Random
) -> None:
    aging = age(charges, payments, LAST)
    total = sum((amount for _, amount in charges), D(0)) - sum((amount for _, amount in payments), D(0))
    assert sum(amounts(aging)) + aging.unapplied == total
    assert aging.unapplied <= 0
    assert all(amount >= 0 for amount in amounts(aging))
    random.shuffle(charges)
    random.shuffle(payments)
    assert age(charges, payments, LAST) == aging
