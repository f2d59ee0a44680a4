import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.headers import addresses, decoded, message_ids, parameters, plain
from parsers.mail import Address


def raw(text: str, codec: str = "utf-8") -> str:
    return text.encode(codec).decode("latin-1")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param("plain", "plain", id="plain"),
        pytest.param("=?gb2312?B?yLfIzw==?=", "确认", id="base64"),
        pytest.param("=?utf-8?Q?=E7=A1=AE=E8=AE=A4_1?=", "确认 1", id="quoted-printable"),
        pytest.param("=?utf-8?q?=e7=a1=ae?= =?utf-8?b?6K6k?=", "确认", id="two words, one text"),
        pytest.param("=?UTF-8?B?56Gu6A==?=\r\n =?utf-8?B?rqQ=?=", "确认", id="a character split over two words"),
        pytest.param("=?gb2312?B?yLfI?= =?gb2312?B?zw==?=", "确认", id="a gbk character split over two words"),
        pytest.param("=?utf-8?B?56Gu6K6k?", "=?utf-8?B?56Gu6K6k?", id="not ended"),
        pytest.param("=?utf-8?B?56Gu6K6k", "=?utf-8?B?56Gu6K6k", id="not ended at all"),
        pytest.param("=?utf-8?B?56Gu6K6k?= =?utf-8?B?x", "确认 =?utf-8?B?x", id="the second not ended"),
        pytest.param("=?utf-8?B?56Gu 6K6k?=", "确认", id="a blank in base64"),
        pytest.param("=?utf-8?Q?=E7=A1=AE a?=", "确 a", id="a blank in quoted-printable"),
        pytest.param("=?utf-8?Q?a?b?=", "a?b", id="a question mark inside"),
        pytest.param("=?gbk?B?yLfIzw?=", "确认", id="no padding"),
        pytest.param("=?utf-8?B?A?=", "", id="a single character of base64"),
        pytest.param("=?us-ascii?B?yLfIzw==?=", "确认", id="a charset that lies"),
        pytest.param("=?utf-8*zh-CN?B?56Gu6K6k?=", "确认", id="with a language"),
        pytest.param("Re:=?utf-8?B?56Gu6K6k?=x", "Re:确认x", id="glued"),
        pytest.param("=?utf-8?B?56Gu?= x =?utf-8?B?6K6k?=", "确 x 认", id="words between words"),
        pytest.param(raw("回复：确认"), "回复：确认", id="raw utf-8"),
        pytest.param(raw("回复：确认", "gbk"), "回复：确认", id="raw gbk"),
        pytest.param(raw("回復：確認無誤", "big5"), "回復：確認無誤", id="raw big5"),
        pytest.param("=?utf-8?Q?a=0D=0ABcc:_x?=", "a Bcc: x", id="a line end hidden in a word"),
        pytest.param("=?utf-8?Q?=E2=80=AEa=00?=", "a", id="bidirectional controls and NUL"),
        pytest.param("=?utf-8?Q?=3D=3Futf-8=3FQ=3Fx=3F=3D?=", "=?utf-8?Q?x?=", id="a word in a word is text"),
        pytest.param("=?x-nonsense?B?56Gu6K6k?=", "确认", id="unknown charset"),
    ],
)
def test_values_as_a_person_sees_them(value: str, text: str) -> None:
    assert decoded(value) == text


def test_machine_values_keep_their_words() -> None:
    assert plain(" a\r\n\t=?utf-8?q?b?= ") == "a =?utf-8?q?b?="


@pytest.mark.parametrize(
    ("value", "first", "rest"),
    [
        pytest.param('Text/Plain; Charset="GBK"', "text/plain", {"charset": "GBK"}, id="plain"),
        pytest.param('a/b; name="x;y=z"; c=d', "a/b", {"name": "x;y=z", "c": "d"}, id="a semicolon in quotes"),
        pytest.param('a/b; name="x\\"y"', "a/b", {"name": 'x"y'}, id="an escaped quote"),
        pytest.param('a/b; name="x', "a/b", {"name": "x"}, id="an unclosed quote"),
        pytest.param("a/b; name = x ;; ; y", "a/b", {"name": "x"}, id="blanks and rubbish"),
        pytest.param("a/b; (a;b=c); c=d", "a/b", {"c": "d"}, id="a comment"),
        pytest.param("a/b; x=1; x=2", "a/b", {"x": "1"}, id="twice: the first"),
        pytest.param("a/b; n*=utf-8'zh'%E7%A1%AE", "a/b", {"n": "确"}, id="rfc 2231"),
        pytest.param("a/b; n*1=b; n*0=a", "a/b", {"n": "ab"}, id="pieces out of order"),
        pytest.param("a/b; n*0*=''%C8%B7; n*1*=%C8%CF", "a/b", {"n": "确认"}, id="pieces without a charset"),
        pytest.param('a/b; n*0="=?utf-8?B?56Gu"; n*1="6K6k?="', "a/b", {"n": "确认"}, id="an encoded word in pieces"),
        pytest.param("a/b; n=old; n*=utf-8''new", "a/b", {"n": "new"}, id="the new form wins"),
        pytest.param(raw("a/b; name=对张"), "a/b", {"name": "对张"}, id="a raw name"),
        pytest.param("", "", {}, id="nothing"),
    ],
)
def test_parameters(value: str, first: str, rest: dict[str, str]) -> None:
    assert parameters(value) == (first, rest)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("a@b.example", [("", "a@b.example")], id="bare"),
        pytest.param('"X, Y" <A@b.example>, c@d.example', [("X, Y", "a@b.example"), ("", "c@d.example")], id="two"),
        pytest.param(
            "x <a@b.example>; y <c@d.example>;", [("x", "a@b.example"), ("y", "c@d.example")], id="semicolons"
        ),
        pytest.param("team: a@b.example, c@d.example;", [("", "a@b.example"), ("", "c@d.example")], id="a group"),
        pytest.param("=?gbk?B?1cXI/Q==?= <a@b.example>", [("张三", "a@b.example")], id="an encoded name"),
        pytest.param(raw("王张 <a@b.example>"), [("王张", "a@b.example")], id="a raw name that ends in \\xa0"),
        pytest.param("a@b.example (Zhang)", [("", "a@b.example")], id="a comment"),
        pytest.param("undisclosed-recipients:;", [], id="nobody"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_addresses(value: str, expected: list[tuple[str, str]]) -> None:
    assert [(one.display, one.address) for one in addresses(value)] == expected


def test_addresses_are_capped() -> None:
    assert len(addresses("a@b.example, " * 2_000)) == 500
    assert addresses("x <a@b.example>") == (Address("x", "a@b.example"),)


def test_message_ids() -> None:
    assert message_ids("<a@b> x <c@d>\r\n <a@b> <e f@g> <") == ("a@b", "c@d")


LATIN = st.text(st.characters(max_codepoint=255))
PIECES = st.lists(
    st.sampled_from(["=?utf-8?B?", "=?gbk?q?", "?=", '"', "(", ")", "<", ">", "@", ";", ",", "*0*=", "''", "\\", "é"])
)


@given(LATIN | PIECES.map("".join))
def test_any_value_is_read(value: str) -> None:
    assert "\n" not in decoded(value)
    parameters(value)
    addresses(value)
    message_ids(value)
