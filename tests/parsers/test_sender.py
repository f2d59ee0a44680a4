import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.mail import Address, parse
from parsers.sender import author, oddities
from tests.parsers.mails import mail

GOOD = "finance@customer.example"


@pytest.mark.parametrize(
    ("value", "display"),
    [
        pytest.param("finance@customer.example", "", id="bare"),
        pytest.param("<Finance@Customer.EXAMPLE>", "", id="brackets and case"),
        pytest.param("Zhang San <finance@customer.example>", "Zhang San", id="name"),
        pytest.param('"Zhang, San" <finance@customer.example>', "Zhang, San", id="quoted name"),
        pytest.param('"=?gb18030?B?1cXI/Q==?=" <finance@customer.example>', "张三", id="qq: quoted encoded word"),
        pytest.param("=?GB2312?B?1cXI/Q==?=<finance@customer.example>", "张三", id="foxmail: no blank"),
        pytest.param(
            "=?utf-8?B?5byg?= =?utf-8?B?5LiJ?=\r\n <finance@customer.example>", "张三", id="two words, folded"
        ),
        pytest.param("张三 <finance@customer.example>", "张三", id="raw name"),
        pytest.param('"张三(财务)" <finance@customer.example>', "张三(财务)", id="brackets in quotes"),
        pytest.param("Zhang (Finance) <finance@customer.example>", "Zhang (Finance)", id="a comment in the name"),
        pytest.param('"finance@customer.example" <finance@customer.example>', GOOD, id="address as name"),
        pytest.param('"a\\"b" <finance@customer.example>', 'a"b', id="escaped quote"),
        pytest.param('"" <finance@customer.example>', "", id="empty name"),
        pytest.param("O'Brien & Co. <finance@customer.example>", "O'Brien & Co.", id="signs in a name"),
    ],
)
def test_honest_forms(value: str, display: str) -> None:
    assert author(parse(mail(From=value))) == Address(display, GOOD)


ATTACKS = {
    "comment in the domain": "<finance@customer.example(.attack.example)>",
    "comment before the address": "<(x)finance@customer.example>",
    "comment behind the address": "finance@customer.example (attack.example)",
    "comment touching": "finance@customer.example(x)",
    "two addresses": "finance@customer.example, evil@attack.example",
    "two brackets": "<finance@customer.example> <evil@attack.example>",
    "address as unquoted name": "finance@customer.example <evil@attack.example>",
    "brackets in brackets": "<<finance@customer.example>>",
    "name behind": "<evil@attack.example> finance@customer.example",
    "route": "<@attack.example,@any.example:finance@customer.example>",
    "route, one": "<@attack.example:finance@customer.example>",
    "group": "x: finance@customer.example;",
    "quoted local part": '<"finance@customer.example"@attack.example>',
    "quoted local part, bare": '"finance"@customer.example',
    "encoded word as address": "=?utf-8?q?finance=40customer.example?=",
    "encoded word before the address": "=?utf-8?q?=3Cfinance=40customer.example=3E?=evil@attack.example",
    "encoded word as local part": "<=?utf-8?q?finance?=@customer.example>",
    "nul": "finance@customer.example\x00@attack.example",
    "nul in a name": "x\x00<finance@customer.example>",
    "blank in the address": "<finance@customer.example .attack.example>",
    "blank before the at": "<finance @customer.example>",
    "no domain": "<finance@localhost>",
    "domain literal": "<finance@[127.0.0.1]>",
    "two ats": "<evil@attack.example@customer.example>",
    "unclosed bracket": "<finance@customer.example",
    "unclosed quote": '"<finance@customer.example> <evil@attack.example>',
    "quote over the address": '"x" <finance@customer.example> "<evil@attack.example>',
    "escaped quote": '"x\\" <finance@customer.example>',
    "look-alike letters": "<fin\u0430nce@customer.example>",
    "trailing dot": "<finance@customer.example.>",
    "semicolon": "finance@customer.example; evil@attack.example",
    "line end in an encoded word": "=?utf-8?q?a=0D=0AFrom:_evil?= finance@customer.example",
    "empty": "",
    "empty brackets": "<>",
    "very long": "x" * 1_000 + " <finance@customer.example>",
}


@pytest.mark.parametrize("value", [pytest.param(value, id=name) for name, value in ATTACKS.items()])
def test_doubtful_forms_are_nobody(value: str) -> None:
    assert author(parse(mail(From=value))) is None


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b" From: evil@attack.example\r\n" + mail(From=GOOD), id="a folded first line"),
        pytest.param(b"From: evil@attack.example\r\n" + mail(From=GOOD), id="two lines"),
        pytest.param(b"from : evil@attack.example\r\n" + mail(From=GOOD), id="two lines, old form"),
        pytest.param(b"FROM: " + GOOD.encode() + b"\rFrom: evil@attack.example\r\n\r\n", id="a lone CR"),
        pytest.param(b"X-A: b\n\nFrom: " + GOOD.encode() + b"\n\n", id="behind the headers"),
        pytest.param(b"", id="nothing"),
    ],
)
def test_not_exactly_one_from_line_is_nobody(raw: bytes) -> None:
    assert author(parse(raw)) is None


def test_other_addresses_are_reported() -> None:
    read = parse(mail("x", "Reply-To: b@x.example", "Sender: c@x.example", From=f'"boss@our.example" <{GOOD}>'))
    assert oddities(read, Address("boss@our.example", GOOD)) == (
        "reply_to_differs",
        "sender_differs",
        "name_shows_other_address",
    )
    read = parse(mail("x", f"Reply-To: {GOOD}", f"Sender: x <{GOOD}>", From=GOOD))
    assert oddities(read, Address("", GOOD)) == ()


@pytest.mark.parametrize(
    "value", ['"' * 900, "(" * 900, "a " * 400, "(a) " * 200 + "<", "a.a" * 300 + "@", '"a" ' * 200]
)
def test_hostile_values_take_no_time(value: str) -> None:
    started = time.process_time()
    assert author(parse(mail(From=value))) is None
    assert time.process_time() - started < 10  # no measure of speed: a hang would take minutes


@given(st.text(st.sampled_from('ab@.<>()",;:\\ =?\x00é')))
def test_whoever_is_named_is_the_only_one_there(value: str) -> None:
    found = author(parse(mail(From=value)))
    assert found is None or found.address in value.lower()
