import base64
import pickle
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers import mime_guard
from parsers.mail import Mail, parse
from tests.parsers.mails import html, mail, multipart, plain

PDF = (
    "Content-Type: application/pdf; name=a.pdf\nContent-Disposition: attachment\nContent-Transfer-Encoding: base64\n\n"
)
PDF += base64.b64encode(b"%PDF-1.7 x").decode()
SIGNATURE = "Content-Type: application/pkcs7-signature\n\nx"


def test_an_ordinary_reply() -> None:
    raw = mail(
        "确认无误\n",
        "In-Reply-To: <s1@our.example>",
        "References: <s0@our.example>\r\n\t<s1@our.example>",
        "Cc: 李 <L@customer.example>, b@customer.example",
        "Reply-To: other@customer.example",
        "Date: Mon, 2 Nov 2026 10:00:00 +0800",
        Subject="=?utf-8?B?5Zue5aSN77ya?= x",
        From="=?gbk?B?1cXI/Q==?= <Zhang@Customer.example>",
    )
    read = parse(raw)
    assert (read.subject, read.message_id, read.from_lines) == ("回复： x", "1@customer.example", 1)
    assert [(one.display, one.address) for one in read.from_] == [("张三", "zhang@customer.example")]
    assert [one.address for one in read.cc] == ["l@customer.example", "b@customer.example"]
    assert [one.address for one in read.reply_to] == ["other@customer.example"]
    assert (read.in_reply_to, read.references) == (("s1@our.example",), ("s0@our.example", "s1@our.example"))
    assert (read.plain, read.html, read.attachments, read.unreadable) == ("确认无误\n", None, (), ())
    assert read.from_raw == "=?gbk?B?1cXI/Q==?= <Zhang@Customer.example>"
    assert read.date == "Mon, 2 Nov 2026 10:00:00 +0800"
    assert read.header("in-reply-to") == "<s1@our.example>"
    assert read.header_values("x") == ()


def _bodies(read: Mail) -> tuple[str | None, str | None]:
    return (read.plain and read.plain.strip(), read.html and read.html.strip())


@pytest.mark.parametrize(
    ("raw", "bodies"),
    [
        pytest.param(multipart("alternative", plain("甲"), html("<b>甲</b>")), ("甲", "<b>甲</b>"), id="alternative"),
        pytest.param(multipart("mixed", html("<b>甲</b>"), PDF), (None, "<b>甲</b>"), id="html alone"),
        pytest.param(multipart("mixed", plain("甲"), PDF, plain("但乙")), ("甲\n但乙", None), id="words after a file"),
        pytest.param(
            multipart("mixed", html("<b>甲</b>"), PDF, plain("<乙")),
            ("甲\n<乙", "<b>甲</b><br>\n<pre>&lt;乙</pre>"),
            id="two forms behind one another",
        ),
        pytest.param(multipart("alternative", plain("甲"), plain("乙")), ("甲\n乙", None), id="two of one form"),
        pytest.param(multipart("signed", plain("甲"), SIGNATURE), ("甲", None), id="signed"),
        pytest.param(
            multipart("mixed", plain("甲"), "Content-Type: message/rfc822\n\nSubject: x\n\n乙"),
            ("甲", None),
            id="forwarded",
        ),
        pytest.param(mail("甲", "Content-Type: multipart/mixed; boundary=x"), ("甲", None), id="no parts"),
        pytest.param(mail("甲", "Content-Type: multipart/mixed"), ("甲", None), id="multipart without boundary"),
        pytest.param(mail("甲", "Content-Type: nonsense"), ("甲", None), id="a type that is none")
    ],
)  # fmt: skip
def test_bodies(raw: bytes, bodies: tuple[str | None, str | None]) -> None:
    assert _bodies(parse(raw)) == bodies


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        pytest.param(mail("确认".encode("gbk"), "Content-Type: text/plain; charset=gb2312"), "确认", id="gb2312"),
        pytest.param(mail(base64.b64encode("确认".encode()), "Content-Transfer-Encoding: BASE64"), "确认", id="base64"),
        pytest.param(mail("=E7=A1=AE=\n=E8=AE=A4", "Content-Transfer-Encoding: quoted-printable"), "确认", id="qp"),
        pytest.param(
            mail("确认无误，谢谢！", "Content-Transfer-Encoding: base64"), "确认无误，谢谢！", id="base64 that is text"
        ),
        pytest.param(mail("确认", "Content-Transfer-Encoding: 7bit"), "确认", id="7bit that isn't"),
        pytest.param(
            mail(base64.encodebytes(("我司确认无误。" * 9).encode()), "Content-Transfer-Encoding: 7bit"),
            "我司确认无误。" * 9,
            id="7bit that is base64",
        ),
        pytest.param(mail("确认", "Content-Type: text/plain; charset=utf\x00-8"), "确认", id="NUL in a charset"),
        pytest.param(mail("确认", "Content-Transfer-Encoding: x-unknown"), "确认", id="unknown encoding"),
        pytest.param(mail("确认&nbsp;无误&lt;1&gt;"), "确认 无误<1>", id="entities of QQ"),
        pytest.param(mail("A&lt;B"), "A&lt;B", id="entities that somebody typed"),
        pytest.param(
            mail("我司确认 \n对账单\n> 引 \n> 用\n-- \n张", "Content-Type: text/plain; charset=utf-8; format=flowed"),
            "我司确认 对账单\n> 引 用\n-- \n张",
            id="format=flowed",
        ),
        pytest.param(
            mail("我司确认 \n对账单", "Content-Type: text/plain; charset=utf-8; format=flowed; delsp=yes"),
            "我司确认对账单",
            id="delsp",
        ),
        pytest.param(
            mail(base64.b64encode("确认".encode()) + b"\n--\nlist footer", "Content-Transfer-Encoding: base64"),
            "确认",
            id="footer",
        ),
        pytest.param(
            mail(
                b"\n".join(base64.b64encode(x.encode()) for x in ("确认a", "无误b")),
                "Content-Transfer-Encoding: base64",
            ),
            "确认a无误b",
            id="every line padded",
        ),
        pytest.param(
            mail(base64.b64encode("确认a".encode()) + b"\nlist footer", "Content-Transfer-Encoding: base64"),
            "确认a",
            id="footer behind padding",
        ),
        pytest.param(mail("begin 644 a\n#YZ&N\n \nend", "Content-Transfer-Encoding: x-uuencode"), "确", id="uuencode"),
    ],
)
def test_encodings(raw: bytes, text: str) -> None:
    assert (parse(raw).plain or "").startswith(text)


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        pytest.param(
            'Content-Disposition: attachment; filename="=?gbk?B?ttTVy7WlLnBkZg==?="', "对账单.pdf", id="encoded word"
        ),
        pytest.param(
            "Content-Disposition: attachment; filename*=utf-8''%E5%AF%B9%E8%B4%A6.pdf", "对账.pdf", id="rfc 2231"
        ),
        pytest.param(
            "Content-Disposition: attachment;\n filename*0*=gbk''%B6%D4%D5;\n filename*1*=%CB;\n filename*2=.pdf",
            "对账.pdf",
            id="rfc 2231 in pieces, split in a character",
        ),
        pytest.param("Content-Disposition: attachment; filename=对账单.pdf", "对账单.pdf", id="raw"),
        pytest.param('Content-Disposition: attachment; filename="a;b \\"c\\".pdf"', 'a;b "c".pdf', id="quoted"),
        pytest.param('Content-Disposition: attachment; filename="..\\\\..\\\\x/../evil.pdf"', "evil.pdf", id="a path"),
        pytest.param(
            "Content-Disposition: attachment\nContent-Type: application/pdf; name=b.pdf", "b.pdf", id="by type"
        ),
        pytest.param("Content-Disposition: inline", "", id="none"),
    ],
)
def test_names_of_attachments(lines: str, name: str) -> None:
    (part,) = parse(
        multipart(
            "mixed", plain("x"), f"{lines}\n\nx" if "pdf; name" in lines else f"Content-Type: image/png\n{lines}\n\nx"
        )
    ).attachments
    assert part.name == name


def test_attachments_are_decoded_and_stay_closed() -> None:
    read = parse(
        multipart(
            "mixed", plain("x"), PDF, "Content-Type: image/png\nContent-ID: <logo>\nContent-Disposition: inline\n\nx"
        )
    )
    assert [(part.content_type, part.name, part.data.strip()) for part in read.attachments] == [
        ("application/pdf", "a.pdf", b"%PDF-1.7 x"),
        ("image/png", "", b"x"),
    ]
    assert read.attachments[1].content_id == "logo"


def test_an_attachment_whose_encoding_lies() -> None:
    part = PDF.replace("base64", "7bit")
    assert parse(multipart("mixed", plain("x"), part)).attachments[0].data == b"%PDF-1.7 x"


def test_a_forwarded_mail_is_nobodys_words() -> None:
    inner = "Content-Type: message/rfc822\n\nFrom: x@y.example\nSubject: z\nContent-Type: text/plain\n\nconfirmed"
    read = parse(multipart("mixed", plain("fyi"), inner))
    assert (read.plain and read.plain.strip(), read.forwarded) == ("fyi", True)
    assert [(part.text and part.text.strip(), part.forwarded) for part in read.attachments] == [("confirmed", True)]


def test_a_report_is_no_forward_and_shows_the_returned_headers() -> None:
    status = "Content-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\n"
    status += "Final-Recipient: rfc822; a@b.example\nAction: failed"
    returned = "Content-Type: message/rfc822\n\nMessage-ID: <s1@our.example>\nSubject: z\n\nwords"
    read = parse(multipart("report", plain("bounced"), status, returned, options="; report-type=delivery-status"))
    assert not read.forwarded
    texts = {part.content_type: part.text or "" for part in read.attachments}
    assert texts["message/delivery-status"].split("\n\n")[1].startswith("final-recipient: rfc822; a@b.example")
    assert "Message-ID".lower() + ": <s1@our.example>" in texts["text/rfc822-headers"].lower()


def test_a_forwarded_mail_in_base64_is_kept() -> None:
    inner = base64.b64encode(b"Subject: z\n\nconfirmed").decode()
    read = parse(
        multipart("mixed", plain("fyi"), f"Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n{inner}")
    )
    assert read.forwarded
    assert any(part.data.startswith(b"Subject: z") for part in read.attachments)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        pytest.param(
            multipart("mixed", "Content-Type: application/ms-tnef; name=winmail.dat\n\nx"), "winmail", id="winmail"
        ),
        pytest.param(
            mail("x", "Content-Type: application/pkcs7-mime; smime-type=enveloped-data"), "encrypted", id="s/mime"
        ),
        pytest.param(
            mail("x", "Content-Type: application/pkcs7-mime; smime-type=signed-data"), "opaque_signature", id="opaque"
        ),
        pytest.param(multipart("encrypted", plain("x")), "encrypted", id="pgp"),
        pytest.param(mail("x" * 210_000), "text_cut", id="long text"),
        pytest.param(mail(b"x" * (26 * 1024 * 1024)), "too_large", id="too large"),
        pytest.param(mail("x", "X-A: " + "a" * 70_000), "header_block", id="header block"),
        pytest.param(multipart("mixed", *["\n"] * 300), "parts", id="parts"),
        pytest.param(
            b"From: a@b\n"
            + b"".join(
                b"Content-Type: multipart/mixed; boundary*0=b; boundary*1=%d\n\n--b%d\n" % (n, n) for n in range(30)
            ),
            "depth",
            id="depth behind split boundaries",
        ),
    ],
)
def test_what_cannot_be_read_is_said(raw: bytes, reason: str) -> None:
    read = parse(raw)
    assert reason in read.unreadable
    assert read.from_lines == 1


def test_honest_long_references_are_kept() -> None:
    ids = [f"<{number}.{'x' * 40}@customer.example>" for number in range(100)]
    assert len(parse(mail("x", "References: " + "\r\n ".join(ids))).references) == 100


@pytest.mark.parametrize(
    ("raw", "count"),
    [
        pytest.param(b" From: evil@x\r\nFrom: a@b\r\n\r\n", 2, id="a folded first line"),
        pytest.param(b"From: a@b\r\nfrom : c@d\r\n\r\n", 2, id="case and blank"),
        pytest.param(b"From: a@b\rFrom: c@d\r\n\r\n", 2, id="lone CR"),
        pytest.param(b"From: a@b\nX: y\n From: folded\n\nFrom: body", 1, id="continuation and body"),
        pytest.param(b"From a@b Mon Jan 1 10:00:00 2026\nFrom: a@b\n\n", 1, id="mbox line"),
        pytest.param(b"Resent-From: a@b\n\n", 0, id="none"),
        pytest.param(b"garbage\n From: x\nFrom: a@b\n\n", 2, id="after garbage"),
        pytest.param(b"\nFrom: a@b\n\n", 0, id="an empty first line"),
    ],
)
def test_from_lines(raw: bytes, count: int) -> None:
    assert parse(raw).from_lines == count


def test_machine_headers_are_not_decoded() -> None:
    assert "=?" in parse(mail("x", "Authentication-Results: mx; =?utf-8?q?dmarc=3Dpass?=")).header(
        "authentication-results"
    )


@pytest.mark.parametrize(
    "url",
    [
        "https://wx.mail.qq.com/ftn/download?func=3&k=abc",
        "http://mail.qq.com/cgi-bin/ftnExs_download?t=exs_ftn_download&k=1",
        "https://exmail.qq.com/cgi-bin/ftnExs_download?k=1",
        "https://mail.163.com/large-attachment-download/index.html?p=X",
        "https://qiye.aliyun.com/alimail/openLinks/downloadMimeMetaDetachBigAttach?id=1",
        "https://pan.baidu.com/s/1abc",
    ],
)
def test_links_to_large_files(url: str) -> None:
    assert parse(mail(f"附件见 {url} 谢谢")).oversize_links == (url,)
    assert parse(mail(f'<a href="{url.replace("&", "&amp;")}">x</a>', "Content-Type: text/html")).oversize_links == (
        url,
    )


def test_other_links_are_none() -> None:
    assert parse(mail("https://www.customer.example/s/1 https://mail.qq.com/")).oversize_links == ()


HOSTILE = {
    "message id": mail("x", **{"Message-ID": "<"}),
    "line ends in From": mail("x", From="=?utf-8?q?a=0D=0AB?= <a@b>"),
    "comments": mail("x", From="(" * 900),
    "nested comments in To": mail("x", To="(" * 15_000),
    "nested parts": b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(1_600)),
    "nested mails": b"Content-Type: message/rfc822\n\n" * 1_600,
    "semicolons": mail("x", "Content-Type: text/plain" + ";" * 15_000),
    "semicolons in a part": multipart("mixed", "Content-Type: text/plain" + ";" * 15_000 + "\n\nx"),
    "empty parts": mail("--b\n\n" * 80_000, "Content-Type: multipart/mixed; boundary=b"),
    "empty parts, hidden boundary": mail(
        "--bc\n\n" * 80_000, "Content-Type: multipart/mixed; boundary*0=b; boundary*1=c"
    ),
    "escaped boundary": mail('--a"b\n\n' * 80_000, 'Content-Type: multipart/mixed; boundary="a\\"b"'),
    "encoded words": mail("x", Subject="=?utf-8?q?" * 1_600),
    "encoded words, ended": mail("x", Subject="=?utf-8?q?" * 1_600 + "?="),
    "parameters": multipart("mixed", "Content-Disposition: x" + "; a*0*=b" * 3_000 + "\n\nx"),
    "many headers": b"A: b\n" * 12_000 + b"\nx",
    "empty lines": b"\n" * 5_000_000,
    "delimiters": mail("--x\n" * 100_000, "Content-Type: multipart/mixed; boundary=b"),
    "many boundaries": b"\n".join(b"boundary=b%d\n--b%d" % (n, n) for n in range(20_000)),
    "urls": mail("https://" * 20_000),
    "nothing": b"",
    "zeros": b"\x00" * 100_000,
    "high bytes": b"\xff" * 100_000,
}


@pytest.mark.parametrize("raw", [pytest.param(raw, id=name) for name, raw in HOSTILE.items()])
def test_hostile_mails_take_no_time(raw: bytes) -> None:
    started = time.process_time()
    read = parse(raw)
    assert time.process_time() - started < 10  # no measure of speed: a hang would take minutes
    assert pickle.loads(pickle.dumps(read)) == read  # noqa: S301  # our own bytes, as between parent and child


PIECES = [
    b"From: ",
    b"a@b",
    b"\r\n",
    b"\n",
    b"\r",
    b"\n\n",
    b" ",
    b"Content-Type: multipart/mixed; boundary=b\n",
    b"--b\n",
    b"--b--",
]
PIECES += [
    b"Content-Type: message/rfc822\n\n",
    b"=?gbk?B?",
    b"?=",
    b'"',
    b"(",
    b"<",
    b">",
    b"\x00",
    b"\xc8\xb7",
    b"charset=",
    b";",
]
PIECES += [
    b"Content-Type: text/html\n",
    b"Content-Transfer-Encoding: base64\n",
    b"name*0*=x''%E5",
    b"Message-ID: <",
    b"Subject: ",
]


@given(st.binary() | st.lists(st.sampled_from(PIECES)).map(b"".join))
def test_any_bytes_make_a_mail(raw: bytes) -> None:
    assert parse(raw).sha256


def test_a_mail_of_fifty_kilobytes_is_read_quickly() -> None:
    raw = multipart("alternative", plain("我司确认。\n" * 800), html("<p>我司<b>确认</b>。</p>" * 1_200))
    assert len(raw) > 45_000
    started = time.process_time()
    for _ in range(10):
        parse(raw)
    assert time.process_time() - started < 10  # no measure of speed: a hang would take minutes


def test_a_guard_without_boundaries_refuses_nothing() -> None:
    assert mime_guard.inspect(b"a: b\n\n--x\n").refused == ""
