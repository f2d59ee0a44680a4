"""Which statement a mail is bound to, by what, and who writes."""

from dataclasses import replace

import pytest

from bot.decide.match import Binding, bind
from bot.model import Contact, Register
from parsers.address import Address
from parsers.attachment import PageCode
from parsers.mail import Mail
from tests.decide import replies
from tests.decide.replies import HENGYUAN, HONGDA, NUMBER, OLDER, OTHERS, SEPTEMBER, mail, register, sent

LOOSE = {"in_reply_to": (), "subject": "对账"}
SHARED = "shared@group.example"


def world(**changes: object) -> Register:
    return register(sent(NUMBER, HENGYUAN), sent(OLDER, HENGYUAN, SEPTEMBER), sent(OTHERS, HONGDA), **changes)


def bound(letter: Mail, *codes: PageCode, within: Register | None = None) -> Binding:
    return bind(letter, within or world(), codes)


def test_E4_the_mail_that_was_answered_is_proof() -> None:
    binding = bound(mail(subject="对账"))
    assert binding.statement is not None
    assert (binding.statement.number, binding.bound_by) == (NUMBER, ("references", "sender"))


def test_E4_the_last_known_reference_counts_where_nothing_is_answered() -> None:
    ids = (f"<statement.{OLDER}.1@hd-trade.example>", f"statement.{NUMBER}.1@hd-trade.example", "unknown@x.example")
    binding = bound(mail(in_reply_to=(), references=ids))
    assert binding.statement is not None
    assert binding.statement.number == NUMBER


def test_E4_our_token_is_proof_where_sub_addresses_are_used() -> None:
    token = sent(OTHERS, HONGDA).token
    letter = mail(
        sender="wang@hongda.example",
        to=(Address("", f"ar+{token.upper()}@hd-trade.example"), Address("", "ar@hd-trade.example")),
        **LOOSE,
    )
    binding = bound(letter, within=world(token_separator="+"))
    assert binding.statement is not None
    assert (binding.statement.number, binding.bound_by[0]) == (OTHERS, "token")
    assert bound(letter).statement is None


def test_E4_token_and_reference_that_disagree_bind_nothing() -> None:
    token = sent(OTHERS, HONGDA).token
    letter = mail(to=(Address("", f"ar+{token}@hd-trade.example"),))
    binding = bound(letter, within=world(token_separator="+"))
    assert binding.statement is None
    assert "不一致" in binding.conflict
    assert set(binding.candidates) >= {NUMBER, OTHERS}


TWO = [
    ("subject and sender", {"in_reply_to": (), "sender": replies.CONFIRMER}, (), NUMBER),
    ("number in the body and sender", {**LOOSE, "text": f"编号 {NUMBER.lower()}"}, (), NUMBER),
    ("number in the HTML and sender", {**LOOSE, "text": None, "html": f"<p>{NUMBER}</p>"}, (), NUMBER),
    ("number on the scan and sender", dict(LOOSE), (PageCode(NUMBER, 1, 1, 1, ""),), NUMBER),
    ("file name and sender", {**LOOSE, "attachments": (replies.file(f"{NUMBER}.pdf"),)}, (), NUMBER),
    ("number and subject of a stranger", {"in_reply_to": (), "sender": "a@qq.example", "text": NUMBER}, (), NUMBER),
    ("sender alone", dict(LOOSE), (), None),
    ("subject alone", {"in_reply_to": (), "sender": "a@qq.example"}, (), None),
    ("group contact and subject", {"in_reply_to": (), "sender": SHARED}, (), None),
    ("nothing at all", {**LOOSE, "sender": "a@qq.example"}, (), None),
]


@pytest.mark.parametrize(("changes", "codes", "number"), [row[1:] for row in TWO], ids=[row[0] for row in TWO])
def test_E4_without_proof_two_indications_must_agree(
    changes: dict[str, object], codes: tuple[PageCode, ...], number: str | None
) -> None:
    binding = bound(mail(**changes), *codes)  # type: ignore[arg-type]  # the table's values fit the builder
    assert (binding.statement.number if binding.statement else None) == number


def test_E4_indications_that_contradict_are_told() -> None:
    binding = bound(mail(text=OTHERS, **LOOSE))
    assert binding.statement is None
    assert "互相矛盾" in binding.conflict


@pytest.mark.parametrize(
    "changes",
    [
        {"subject": "Re: [华东贸易有限公司][2026年9月] 銷售對賬單"},
        {"subject": "Re: [华东贸易有限公司][2026年8月] 銷售對賬單"},
        {"text": OTHERS},
    ],
    ids=["other month", "unknown month", "number of another"],
)
def test_E4_a_proof_that_the_mail_contradicts_binds_nothing(changes: dict[str, str]) -> None:
    binding = bound(mail(**changes))  # type: ignore[arg-type]  # the table's values fit the builder
    assert binding.statement is None
    assert binding.conflict


def test_E4_a_subject_of_another_company_says_nothing() -> None:
    assert bound(mail(in_reply_to=(), subject="Re: [别的公司][2026年10月] 銷售對賬單")).statement is None


def test_F4_the_answered_revision_and_the_live_one_are_both_known() -> None:
    first, second = (
        sent(NUMBER, HENGYUAN, live=False),
        sent(NUMBER, HENGYUAN, revision=2, message_ids=("two@hd-trade.example",)),
    )
    binding = bound(mail(), within=register(first, second))
    assert (binding.statement, binding.live) == (first, second)
    letter = mail(in_reply_to=(), to=(Address("", f"ar+{second.token}@hd-trade.example"),))
    assert bound(letter, within=register(first, second, token_separator="+")).statement == second
    assert bound(mail(), within=register(first)).live is None


STANDINGS = [
    (replies.CONFIRMER, "may_confirm"),
    (replies.COLLEAGUE, "contact"),
    (replies.REP, "staff"),
    ("wang@hongda.example", "unknown"),
    ("a@qq.example", "unknown"),
]


@pytest.mark.parametrize(("address", "standing"), STANDINGS)
def test_E6_who_writes_is_decided_for_this_customer(address: str, standing: str) -> None:
    assert bound(mail(sender=address)).standing == standing


def test_E6_a_contact_keeps_its_standing_while_nothing_is_bound() -> None:
    assert bound(mail(sender="wang@hongda.example", **LOOSE)).standing == "may_confirm"


def test_E6_staff_stay_staff_even_as_contacts() -> None:
    doubled = replace(HENGYUAN, contacts=(Contact(1, "周", replies.REP, may_confirm=True),))
    assert bound(mail(sender=replies.REP), within=register(customers=(doubled,))).standing == "staff"


def test_N2_without_exactly_one_author_nobody_writes() -> None:
    binding = bound(replace(mail(), from_lines=2))
    assert (binding.address, binding.standing) == ("", "ambiguous")


ALIKE = [
    ("x@heng-yuan.example", True),
    ("x@hengyuarn.example", True),
    ("x@hengyuam.example", True),
    ("x@henqyuan.example", True),
    ("x@hengyuan.example.com", False),
    ("x@qq.example", False),
    ("x@hd-trade.examples", True),
]


@pytest.mark.parametrize(("address", "warned"), ALIKE)
def test_N3_domains_that_look_alike_are_pointed_out(address: str, warned: bool) -> None:
    assert bool(bound(mail(sender=address)).warnings) == warned


def test_N3_no_address_no_warning() -> None:
    assert bound(replace(mail(), from_lines=0, from_=())).warnings == ()
