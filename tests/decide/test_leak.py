"""The leak guard: whatever names another customer is found, and a customer's own mail always passes."""

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.compose import mails_customer as mails
from bot.decide.leak import LeakGuard, foreign_names
from bot.model import Attachment, Contact, Customer, Draft
from parsers.number import compose
from tests.compose import sample

OWN = sample.customer()
OTHER = replace(
    sample.customer(code="KH-0102", name="宁波甬江液压件厂"),
    aliases=("甬江液压", "甬江"),
    contacts=(Contact(1, "周", "ap@yongjiang.example", may_confirm=True),),
)
PART = replace(OTHER, code="9", name="苏州恒远自动化", aliases=())
DRAFT = mails.statement_mail(
    sample.company(), sample.statement(), OWN, (Attachment("对账单.pdf", "application/pdf", b""),)
)


def with_text(text: str) -> Draft:
    return replace(DRAFT, text=DRAFT.text + text)


def test_A5_a_customers_own_mail_passes() -> None:
    assert foreign_names(DRAFT, OWN, (OWN, OTHER, PART)) == ()


@pytest.mark.parametrize(
    ("draft", "found"),
    [
        pytest.param(with_text("宁波甬江液压件厂"), ("宁波甬江液压件厂",), id="name in the text"),
        pytest.param(
            with_text("寧波 甬江\n液壓件廠"), ("宁波甬江液压件厂", "甬江液压"), id="Traditional, broken over lines"
        ),
        pytest.param(with_text("甬江"), (), id="two characters are no name"),
        pytest.param(with_text("见 kh-0102。"), ("KH-0102",), id="its code"),
        pytest.param(with_text("XKH-01024"), (), id="its code inside another word"),
        pytest.param(replace(DRAFT, subject="甬江液压"), ("甬江液压",), id="subject"),
        pytest.param(replace(DRAFT, html="<b>甬江</b>液压"), ("甬江液压",), id="HTML, split by a tag"),
        pytest.param(
            replace(DRAFT, attachments=(Attachment("甬江液压.pdf", "a/b", b""),)), ("甬江液压",), id="attachment's name"
        ),
        pytest.param(replace(DRAFT, cc=("AP@yongjiang.example",)), ("ap@yongjiang.example",), id="its contact in copy"),
    ],
)
def test_A5_what_names_another_customer_is_found(draft: Draft, found: tuple[str, ...]) -> None:
    assert set(found) <= set(foreign_names(draft, OWN, (OWN, OTHER)))
    assert bool(found) == bool(foreign_names(draft, OWN, (OWN, OTHER)))


def test_A5_another_statements_number_and_the_words_of_the_pdf_are_read() -> None:
    guard, foreign = LeakGuard.of((OWN, OTHER)), compose("DZ", sample.PERIOD, 2)
    own = compose("DZ", sample.PERIOD, 1)
    assert guard.foreign(with_text(foreign), OWN, numbers=(own, sample.NUMBER)) == (foreign,)
    assert guard.foreign(DRAFT, OWN, texts=("客户：甬江液压",)) == ("甬江液压",)


def test_a_name_that_only_begins_alike_is_no_find() -> None:
    assert foreign_names(with_text("宁波甬江液压阀厂"), OWN, (replace(OTHER, aliases=()),)) == ()


def test_our_own_names_are_harmless_even_if_a_customer_bears_one() -> None:
    twin = replace(OTHER, name="华东贸易有限公司", aliases=())
    assert foreign_names(DRAFT, OWN, (twin,)) == ("华东贸易有限公司",)
    assert LeakGuard.of((twin,)).foreign(DRAFT, OWN, ours=("华东贸易有限公司",)) == ()


def test_an_accountant_of_two_customers_may_write_for_both() -> None:
    shared = replace(OTHER, contacts=OWN.contacts)
    assert LeakGuard.of((OWN, shared)).foreign(DRAFT, OWN) == ()


@given(st.text(alphabet="苏州宁波恒远甬江液压件厂有限公司", min_size=4, max_size=12), st.integers(0, 200))
def test_A5_a_foreign_name_anywhere_is_found(name: str, place: int) -> None:
    other = replace(OTHER, name=name + "乙", aliases=())
    text = DRAFT.text[:place] + other.name + DRAFT.text[place:]
    assert LeakGuard.of((OWN, other)).foreign(replace(DRAFT, text=text), OWN) != ()


def test_five_thousand_customers_cost_a_few_milliseconds_a_mail() -> None:
    many: list[Customer] = [
        replace(OTHER, code=f"K{n:05d}", name=f"客户第{n:05d}号有限公司", aliases=()) for n in range(5000)
    ]
    guard = LeakGuard.of([OWN, *many])
    start = time.perf_counter()
    for _ in range(20):
        assert guard.foreign(DRAFT, OWN) == ()
    assert time.perf_counter() - start < 30  # no measure of speed: quadratic growth would take minutes
