import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.charset import decode

SIMPLIFIED = "您好，华东贸易有限公司确认2026年10月销售对账单无误。"
TRADITIONAL = "您好，華東貿易有限公司確認2026年10月銷售對賬單無誤。"


@pytest.mark.parametrize(
    ("data", "label", "text"),
    [
        pytest.param(SIMPLIFIED.encode("gbk"), "gb2312", SIMPLIFIED, id="gb2312"),
        pytest.param("镕基確認無誤".encode("gbk"), "gb2312", "镕基確認無誤", id="gb2312 that is gbk"),
        pytest.param("㐂公司确认😀".encode("gb18030"), "gb2312", "㐂公司确认😀", id="gb2312 that is gb18030"),
        pytest.param(SIMPLIFIED.encode(), "gb2312", SIMPLIFIED, id="gb2312 that is utf-8"),
        pytest.param(SIMPLIFIED.encode("gbk"), "us-ascii", SIMPLIFIED, id="ascii over gbk"),
        pytest.param(SIMPLIFIED.encode("gbk"), "iso-8859-1", SIMPLIFIED, id="latin-1 over gbk"),
        pytest.param(SIMPLIFIED.encode("gbk"), "windows-1252", SIMPLIFIED, id="windows-1252 over gbk"),
        pytest.param(SIMPLIFIED.encode("gbk"), "utf-8", SIMPLIFIED, id="utf-8 over gbk"),
        pytest.param(SIMPLIFIED.encode("gbk"), None, SIMPLIFIED, id="no label, gbk"),
        pytest.param(TRADITIONAL.encode("big5"), "big5", TRADITIONAL, id="big5"),
        pytest.param(TRADITIONAL.encode("big5"), "ks_c_5601-1987", TRADITIONAL, id="big5 labelled ks_c"),
        pytest.param(TRADITIONAL.encode("big5"), "gb2312", TRADITIONAL, id="big5 labelled gb2312"),
        pytest.param(TRADITIONAL.encode("big5"), "", TRADITIONAL, id="no label, big5"),
        pytest.param(SIMPLIFIED.encode("gbk"), "big5", SIMPLIFIED, id="gbk labelled big5"),
        pytest.param("鰂魚涌嘅貨已收".encode("big5hkscs"), "big5", "鰂魚涌嘅貨已收", id="big5 that is big5-hkscs"),
        pytest.param("恒碁公司確認無誤".encode("cp950"), "big5", "恒碁公司確認無誤", id="big5 that is cp950"),
        pytest.param(codecs.BOM_UTF8 + SIMPLIFIED.encode(), "gb2312", SIMPLIFIED, id="utf-8 with a mark"),
        pytest.param(SIMPLIFIED.encode("utf-16"), None, SIMPLIFIED, id="utf-16 with a mark"),
        pytest.param(SIMPLIFIED.encode("utf-16-be"), "utf-16be", SIMPLIFIED, id="utf-16 without a mark"),
        pytest.param("確認しました".encode("iso2022_jp"), "iso-2022-jp", "確認しました", id="iso-2022-jp"),
        pytest.param("確認しました".encode("iso2022_jp"), None, "確認しました", id="iso-2022-jp without a label"),
        pytest.param("確認いたしました".encode("cp932"), "shift_jis", "確認いたしました", id="shift_jis"),
        pytest.param("확인했습니다".encode("cp949"), "ks_c_5601-1987", "확인했습니다", id="korean"),
        pytest.param("确认".encode("hz"), "hz-gb-2312", "确认", id="hz"),
        pytest.param(b"+eG6LpA-", "utf-7", "确认", id="utf-7"),
        pytest.param("Grüße, Müller".encode("latin-1"), "iso-8859-1", "Grüße, Müller", id="latin-1"),
        pytest.param("café".encode("latin-1"), None, "café", id="latin-1 without a label"),
        pytest.param("Grüße".encode(), "iso-8859-1", "Grüße", id="latin-1 that is utf-8"),
        pytest.param("price “5”".encode("cp1252"), "iso-8859-1", "price “5”", id="latin-1 that is windows-1252"),
        pytest.param("确认无误".encode()[:-1], "utf-8", "确认无\ufffd", id="cut in a character"),
        pytest.param("确认".encode(), "x-unknown", "确认", id="unknown label"),
        pytest.param("确认".encode(), "no-such\x00charset", "确认", id="nonsense label"),
        pytest.param("确认".encode(), "rot13", "确认", id="label that is no charset"),
        pytest.param(b"plain", "utf-16", "plain", id="ascii labelled utf-16"),
        pytest.param(b"", None, "", id="empty"),
        pytest.param(b"a\x1b$b", None, "a\x1b$b", id="an escape that is none"),
        pytest.param(SIMPLIFIED.encode("gbk") * 400, None, SIMPLIFIED * 400, id="longer than the sample"),
    ],
)
def test_traps(data: bytes, label: str | None, text: str) -> None:
    assert decode(data, label) == text


@given(
    st.binary(),
    st.none() | st.text(max_size=20) | st.sampled_from(["utf-7", "utf-16", "big5", "hz", "idna", "punycode"]),
)
def test_any_bytes_under_any_label_give_text(data: bytes, label: str | None) -> None:
    assert isinstance(decode(data, label), str)


@given(st.text(st.sampled_from(SIMPLIFIED + "ABC 12"), min_size=4), st.sampled_from(["utf-8", "gb18030"]))
def test_ordinary_text_survives_any_label(text: str, codec: str) -> None:
    text = "对账单" + text
    assert decode(text.encode(codec), "iso-8859-1") == text
