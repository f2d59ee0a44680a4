"""A hundred hostile mails: each breaks some reader of mail, or tries to pass for a yes. Bytes only, small ones first."""
# ruff: noqa: E501  # a mail's parts stand on one line each

import base64
import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator

from tests.steps.town import BOT, HENGYUAN, LI, PHRASE

YES = PHRASE.encode()
TEXT = b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"


def letter(content: bytes, *lines: bytes, reply_to: str = "", sender: bytes = LI.encode(), number: int = 0) -> bytes:
    """A mail in the thread of our statement; ``content`` begins with its own MIME headers."""
    head = [b"From: " + sender, b"To: " + BOT.encode(), b"Subject: Re: x", b"Date: Thu, 5 Nov 2026 10:00:00 +0800"]
    head += [f"Message-ID: <hostile.{number}@hengyuan.example>".encode(), b"MIME-Version: 1.0"]
    head += [f"In-Reply-To: <{reply_to}>".encode()] if reply_to else []
    return b"\r\n".join([*head, *lines]) + b"\r\n" + content


def plain(text: bytes, charset: bytes = b"utf-8") -> bytes:
    return b"Content-Type: text/plain; charset=" + charset + b"\r\n\r\n" + text + b"\r\n"


def html(text: bytes) -> bytes:
    return b"Content-Type: text/html; charset=utf-8\r\n\r\n" + text + b"\r\n"


def mixed(*parts: bytes, kind: bytes = b"mixed", boundary: bytes = b"b0", end: bool = True) -> bytes:
    body = b"".join(b"--" + boundary + b"\r\n" + part + b"\r\n" for part in parts)
    return b'Content-Type: multipart/%b; boundary="%b"\r\n\r\n%b%b' % (
        kind,
        boundary,
        body,
        b"--" + boundary + b"--\r\n" if end else b"",
    )


def attached(name: bytes, data: bytes, kind: bytes = b"application/octet-stream", encoding: bytes = b"base64") -> bytes:
    body = base64.encodebytes(data).replace(b"\n", b"\r\n") if encoding == b"base64" else data
    return (
        b'Content-Type: %b; name="%b"\r\nContent-Disposition: attachment; filename="%b"\r\nContent-Transfer-Encoding: %b\r\n\r\n%b'
        % (kind, name, name, encoding, body)
    )


def with_file(name: bytes, data: bytes, kind: bytes = b"application/octet-stream") -> bytes:
    return mixed(plain(YES), attached(name, data, kind))


def nested(levels: int) -> bytes:
    content = plain(YES)
    for level in range(levels):
        content = mixed(content, boundary=b"n%d" % level)
    return content


def mail_in_mail(levels: int) -> bytes:
    content = letter(plain(YES))
    for _ in range(levels):
        content = b"Content-Type: message/rfc822\r\n\r\n" + content
    return content


def archive(entries: dict[str, bytes], level: int = 9) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as file:
        for name, data in entries.items():
            file.writestr(name, data)
    return buffer.getvalue()


def archive_in_archive(levels: int) -> bytes:
    data = archive({"x.bin": bytes(1_000_000)})
    for level in range(levels):
        data = archive({f"{level}.zip": data, f"{level}-b.zip": data})
    return data


def workbook(sheet: bytes, *, shared: bytes = b"") -> bytes:
    kind = b'<?xml version="1.0"?>'
    relations = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    package = b"http://schemas.openxmlformats.org/package/2006"
    types = b"application/vnd.openxmlformats-officedocument.spreadsheetml."
    return archive({
        "[Content_Types].xml": kind + b'<Types xmlns="%b/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="%bsheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="%bworksheet+xml"/></Types>' % (package, types, types),
        "_rels/.rels": kind + b'<Relationships xmlns="%b/relationships"><Relationship Id="r1" Type="%b/officeDocument" Target="xl/workbook.xml"/></Relationships>' % (package, relations),
        "xl/workbook.xml": kind + b'<workbook xmlns="%b" xmlns:r="%b"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>' % (main, relations),
        "xl/_rels/workbook.xml.rels": kind + b'<Relationships xmlns="%b/relationships"><Relationship Id="r1" Type="%b/worksheet" Target="worksheets/sheet1.xml"/></Relationships>' % (package, relations),
        "xl/worksheets/sheet1.xml": kind + shared + b'<worksheet xmlns="%b">%b</worksheet>' % (main, sheet),
    })  # fmt: skip


def pdf(objects: dict[int, bytes], root: int = 1) -> bytes:
    """A document of these objects; readers repair the missing table of places."""
    body = b"".join(b"%d 0 obj\n%b\nendobj\n" % pair for pair in objects.items())
    return b"%PDF-1.7\n" + body + b"trailer\n<</Root %d 0 R>>\n%%%%EOF" % root


def page_tree_bomb(levels: int = 12, width: int = 10) -> bytes:
    """Each node of the page tree names the next one ten times: 825 bytes, 10^12 pages."""
    objects = {1: b"<</Type/Catalog/Pages 2 0 R>>"}
    for level in range(2, levels + 2):
        kids = b" ".join([b"%d 0 R" % (level + 1)] * width)
        objects[level] = b"<</Type/Pages/Count %d/Kids[%b]>>" % (width ** (levels + 2 - level), kids)
    objects[levels + 2] = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
    return pdf(objects)


def pdf_page(content: bytes, box: bytes = b"0 0 595 842", extra: bytes = b"") -> bytes:
    return pdf({
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[%b]/Contents 4 0 R/Resources<<%b>>>>" % (box, extra),
        4: b"<</Length %d/Filter/FlateDecode>>\nstream\n%b\nendstream" % (len(zlib.compress(content, 9)), zlib.compress(content, 9)),
    })  # fmt: skip


def png(width: int, height: int, rows: bytes) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(rows, 9))
        + chunk(b"IEND", b"")
    )


def tiff_loop() -> bytes:
    """A directory that says it is followed by itself."""
    return b"II*\x00\x08\x00\x00\x00\x01\x00\x00\x01\x03\x00\x01\x00\x00\x00\x01\x00\x00\x00\x08\x00\x00\x00"


def jpeg_header(width: int, height: int) -> bytes:
    return (
        b"\xff\xd8\xff\xc0\x00\x0b\x08"
        + struct.pack(">HH", height, width)
        + b"\x01\x01\x11\x00\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00"
        + bytes(100)
        + b"\xff\xd9"
    )


DAMP = b"\xe4\xb8\x8d"
Make = Callable[[str], bytes]


def _trees() -> Iterator[tuple[str, bytes]]:
    """Parts in parts, as content with its own headers."""
    yield "nested parts", nested(1_600)
    yield "parts nested just too deep", nested(21)
    yield "nested mails", mail_in_mail(300)
    yield "a mail in a mail", mail_in_mail(1)
    yield "a hundred thousand parts", mixed(*[b"\r\n"] * 100_000)
    yield "three hundred files", mixed(plain(YES), *[attached(b"x.txt", b"x")] * 300)
    yield "a hundred files of pages", mixed(plain(YES), *[attached(b"x%d.pdf" % n, b"%PDF-1.4") for n in range(100)])
    yield "no end of parts", mixed(plain(YES), end=False)
    yield (
        "boundary that is empty",
        b'Content-Type: multipart/mixed; boundary=""\r\n\r\n--\r\n' + plain(YES) + b"\r\n----\r\n",
    )
    yield (
        "boundary of itself",
        b'Content-Type: multipart/mixed; boundary="a"\r\n\r\n--a\r\nContent-Type: multipart/mixed; boundary="a"\r\n\r\n--a\r\n'
        + plain(YES)
        + b"--a--",
    )
    yield (
        "two boundaries",
        b'Content-Type: multipart/mixed; boundary="a"; boundary="b"\r\n\r\n--a\r\n'
        + plain(YES)
        + b"--a--\r\n--b\r\n"
        + plain(DAMP)
        + b"--b--",
    )
    yield "two content types", plain(YES)[:-2].replace(b"\r\n\r\n", b"\r\nContent-Type: text/html\r\n\r\n", 1)
    yield (
        "boundary in RFC 2231",
        b"Content-Type: multipart/mixed; boundary*0*=us-ascii''a; boundary*1=b\r\n\r\n--ab\r\n"
        + plain(YES)
        + b"--ab--",
    )
    yield (
        "fifty thousand boundaries",
        b"".join(b'Content-Type: multipart/mixed; boundary="q%d"\r\n' % n for n in range(50_000)) + b"\r\n" + YES,
    )
    yield "alternatives that disagree", mixed(plain(YES), html("但退货除外".encode()), kind=b"alternative")
    yield "three alternatives", mixed(plain(YES), plain("金额不符".encode()), html(YES), kind=b"alternative")
    yield (
        "parts of a partial mail",
        b'Content-Type: message/partial; id="x"; number=1; total=2\r\n\r\n' + letter(plain(YES)),
    )
    yield (
        "a body elsewhere",
        b'Content-Type: message/external-body; access-type=URL; URL="http://attack.example/"\r\n\r\n' + plain(YES),
    )
    yield "unknown type", b"Content-Type: ; ; = ;\r\n\r\n" + YES
    yield "fifteen kilobytes of semicolons", b"Content-Type: text/plain" + b";" * 15_000 + b"\r\n\r\n" + YES
    yield (
        "parameters without end",
        b"Content-Type: text/plain; " + b"; ".join(b"a*%d=x" % n for n in range(20_000)) + b"\r\n\r\n" + YES,
    )


def _charsets() -> Iterator[tuple[str, bytes]]:
    """Charsets and encodings that lie or break off."""
    yield "charset that doesn't exist", plain(YES, b"x-" + b"z" * 500)
    yield "charset rot13", plain(YES, b"rot13")
    yield "charset utf-7", plain(b"+eMJgLw- " + YES, b"utf-7")
    yield "charset hz", plain(b"~{ " * 10_000, b"hz-gb-2312")
    yield "charset utf-16 over bytes", plain(YES, b"utf-16")
    yield "charset with a NUL", plain(YES, b"utf\x008")
    yield "escapes of iso-2022", plain(b"\x1b$B" * 20_000, b"iso-2022-jp")
    yield "broken utf-8", plain(YES + b"\xff\xfe\xc0\xaf\xed\xa0\x80" * 5_000)
    yield "NULs", plain(b"\x00".join(bytes([byte]) for byte in YES))
    yield "overlong forms", plain(YES + b"\xe0\x80\x8d\xf0\x80\x80\x8d")
    yield (
        "bad base64",
        b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64.b64encode(YES)[:-3]
        + b"=*!=\xff" * 4_000,
    )
    yield (
        "base64 that breaks off",
        b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64.b64encode(YES * 3)[:-1],
    )
    yield (
        "quoted-printable without end",
        b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        + b"=" * 100_000,
    )
    yield (
        "soft line ends",
        b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        + b"=\r\n" * 50_000
        + YES,
    )
    yield (
        "uuencode without end",
        b"Content-Type: text/plain\r\nContent-Transfer-Encoding: x-uuencode\r\n\r\nbegin 644 x\r\nM" + b"\xff" * 60_000,
    )
    yield (
        "BDAT",
        b"Content-Type: text/plain\r\nContent-Transfer-Encoding: binary\r\n\r\nBDAT 100 LAST\r\n"
        + YES
        + b"\r\n.\r\nMAIL FROM:<x>\r\n",
    )
    yield "yenc", plain(b"=ybegin line=128 size=100 name=x\r\n" + bytes(range(128, 256)) * 100)


def _texts() -> Iterator[tuple[str, bytes]]:
    """Plain text that is long, deep or deceiving."""
    yield "one line of two megabytes", plain(b"x" * 2_000_000)
    yield "three hundred thousand lines", plain(b"\r\n" * 300_000 + YES)
    yield "lone line ends", plain(b"\r".join([YES] * 2_000))
    yield "quotes of quotes", plain(b"".join(b">" * n + b" x\r\n" for n in range(900)))
    yield "attributions", plain("在 2026-11-03 10:00，甲 写道：\r\n".encode() * 3_000)
    yield "headings", plain("发件人：甲\r\n发送时间：乙\r\n".encode() * 3_000)
    yield "zero width between letters", plain("\u200b\u2060\ufeff".join(PHRASE).encode() * 50)
    yield "right to left", plain(f"{PHRASE[:-2]}\u202e误无不".encode())
    yield "stroked letters", plain("".join(c + "\u0336" for c in PHRASE).encode())
    yield "marks on marks", plain(("好" + "\u0301" * 50_000).encode())
    yield "look-alikes", plain(PHRASE.replace("无误", "旡误").encode())
    yield "figures of other scripts", plain(PHRASE.replace("2026", "٢٠٢٦").encode())
    yield "digits", plain(b"1" * 60_000)
    yield "a figure with points", plain(b"1,1." * 20_000)
    yield "brackets", plain(b"(" * 30_000 + YES)


def _pages() -> Iterator[tuple[str, bytes]]:
    """HTML that is long, deep or deceiving."""
    yield "a million tags", html(b"<b>" * 330_000)
    yield "tables in tables", html(b"<table><tr><td>" * 30_000)
    yield "attributes without end", html(b"<p " + b"a=b " * 100_000 + b">" + YES)
    yield "entities", html(b"&nbsp;&#x202e;&#0;&#x110000;" * 20_000)
    yield "style without end", html(b"<style>" + b"a{" * 60_000)
    yield (
        "selectors",
        html(
            b"<style>"
            + b".a .b>.c~.d:not(.e)[f='g']," * 5_000
            + b"{display:none}</style>"
            + b"<p class='a b c'>x" * 2_000
        ),
    )
    yield (
        "rules for every paragraph",
        html(b"<style>" + b"p p p p{color:red}" * 900 + b"</style>" + b"<div><p class=q>x" * 1_500),
    )
    yield (
        "variables of variables",
        html(
            b"<style>:root{"
            + b"".join(b"--a%d:var(--a%d)var(--a%d);" % (n, n + 1, n + 1) for n in range(500))
            + b"}p{color:var(--a0)}</style><p>"
            + YES
        ),
    )
    yield "comments in comments", html(b"<!--" * 50_000 + YES)
    yield "a picture in the address", html(b'<img src="data:image/png;base64,' + b"A" * 1_000_000 + b'">' + YES)
    yield "white on white", html(b'<p style="color:#fefefe">' + YES + b"</p>")
    yield "hidden reservation", html(YES + b"<span style=font-size:0>, " + "但退货除外".encode() + b"</span>")
    yield "svg with a script", html(b"<svg onload=alert(1)><text>" + YES + b"</text></svg>")


def _sealed() -> Iterator[tuple[str, bytes]]:
    """What a program has wrapped."""
    yield (
        "S/MIME, opaque",
        b'Content-Type: application/pkcs7-mime; smime-type=signed-data; name="smime.p7m"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
        + base64.encodebytes(b"0\x80\x06\x09*\x86H\x86\xf7\x0d\x01\x07\x02" + YES),
    )
    yield (
        "S/MIME, encrypted",
        b'Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name="smime.p7m"\r\nContent-Transfer-Encoding: base64\r\n\r\nMIAG',
    )
    yield (
        "PGP/MIME",
        mixed(
            b"Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1",
            attached(b"encrypted.asc", b"-----BEGIN PGP MESSAGE-----"),
            kind=b'encrypted; protocol="application/pgp-encrypted"',
        ),
    )
    yield (
        "PGP in the text",
        plain(
            b"-----BEGIN PGP SIGNED MESSAGE-----\r\nHash: SHA256\r\n\r\n"
            + YES
            + b"\r\n-----BEGIN PGP SIGNATURE-----\r\n\r\nxx\r\n-----END PGP SIGNATURE-----"
        ),
    )
    yield (
        "winmail.dat",
        with_file(
            b"winmail.dat",
            struct.pack("<IH", 0x223E9F78, 1) + b"\x01\x0c\x80\x04\x00" + b"\xff" * 2_000,
            b"application/ms-tnef",
        ),
    )


def _files() -> Iterator[tuple[str, bytes]]:
    """A plain yes with a file that hurts whoever opens it."""
    yield "page tree of 10^12 pages", with_file(b"a.pdf", page_tree_bomb())
    yield (
        "page tree that bites its tail",
        with_file(
            b"a.pdf", pdf({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Count 9/Kids[2 0 R 2 0 R]>>"})
        ),
    )
    yield "a page of 100 km", with_file(b"a.pdf", pdf_page(b"0 0 m 1 1 l S", b"0 0 300000000 300000000"))
    yield "a page of a million strokes", with_file(b"a.pdf", pdf_page(b"0 0 m 500 500 l 3 w S\n" * 300_000))
    yield "a stream of two gigabytes of blanks", with_file(b"a.pdf", pdf_page(zlib.compress(bytes(60_000_000), 9)))
    yield "forms that call themselves", with_file(b"a.pdf", pdf({
        1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</XObject<</F 4 0 R>>>>>>",
        4: b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 4 0 R>>>>/Length 11>>\nstream\n/F Do /F Do\nendstream",
        5: b"<</Length 5>>\nstream\n/F Do\nendstream",
    }))  # fmt: skip
    yield "brackets in a document", with_file(b"a.pdf", b"%PDF-1.4\n1 0 obj\n" + b"[" * 100_000)
    yield (
        "encrypted document",
        with_file(
            b"a.pdf",
            pdf_page(b"").replace(
                b"<</Root 1 0 R>>", b"<</Root 1 0 R/Encrypt<</Filter/Standard/V 5/R 6/O(x)/U(x)/P -1>>>>"
            ),
        ),
    )
    yield "a document that is none", with_file(b"a.pdf", b"MZ" + b"\x00" * 5_000)
    yield "zip bomb", with_file(b"a.zip", archive({"a.pdf": bytes(200_000_000)}))
    yield "zips in zips", with_file(b"a.zip", archive_in_archive(6))
    yield "ten thousand entries", with_file(b"a.zip", archive({f"{n}.txt": b"" for n in range(10_000)}))
    yield (
        "zip with paths",
        with_file(b"a.zip", archive({"../../etc/passwd": b"x", "/root/.ssh/x": b"y", "C:\\x.pdf": b"z"})),
    )
    yield (
        "zip that lies about sizes",
        with_file(b"a.zip", archive({"a.pdf": b"x" * 1_000}).replace(struct.pack("<I", 1_000), struct.pack("<I", 10))),
    )
    yield "name with a path", with_file(b"../../../etc/cron.d/x\x00.pdf", b"%PDF-1.4")
    yield (
        "merged cells",
        with_file(
            b"a.xlsx", workbook(b'<sheetData/><mergeCells count="1"><mergeCell ref="A1:XFD20000"/></mergeCells>')
        ),
    )
    yield (
        "a row of a million",
        with_file(
            b"a.xlsx", workbook(b"<sheetData>" + b'<row r="1">' + b"<c><v>1</v></c>" * 600_000 + b"</row></sheetData>")
        ),
    )
    yield (
        "the last cell only",
        with_file(b"a.xlsx", workbook(b'<sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')),
    )
    yield (
        "a billion laughs",
        with_file(
            b"a.xlsx",
            workbook(
                b"<sheetData><row><c t='str'><v>&h;</v></c></row></sheetData>",
                shared=b'<!DOCTYPE x [<!ENTITY a "ha">'
                + b"".join(b'<!ENTITY %c "%b">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(8))
                + b"]>",
            ),
        ),
    )
    yield (
        "a file from outside",
        with_file(
            b"a.xlsx",
            workbook(
                b"<sheetData><row><c t='str'><v>&h;</v></c></row></sheetData>",
                shared=b'<!DOCTYPE x [<!ENTITY h SYSTEM "file:///etc/passwd">]>',
            ),
        ),
    )
    yield "a csv of one line", with_file(b"a.csv", b"1," * 1_000_000)
    yield "a csv of quotes", with_file(b"a.csv", b'"' * 1_000_000)
    yield "an old workbook, broken", with_file(b"a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 4_000)
    yield "picture of 10^9 pixels", with_file(b"a.png", png(40_000, 30_000, bytes(1_000_000)), b"image/png")
    yield "picture of 65,500 by 65,500", with_file(b"a.jpg", jpeg_header(65_500, 65_500), b"image/jpeg")
    yield "picture that follows itself", with_file(b"a.tif", tiff_loop(), b"image/tiff")
    yield "heic", with_file(b"a.heic", b"\x00\x00\x00\x18ftypheic" + b"\xff" * 2_000, b"image/heic")
    yield (
        "gif of many frames",
        with_file(
            b"a.gif",
            b"GIF89a\x10\x00\x10\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff"
            + b",\x00\x00\x00\x00\x10\x00\x10\x00\x00\x02\x02D\x01\x00" * 20_000
            + b";",
            b"image/gif",
        ),
    )


def _heads() -> Iterator[tuple[str, tuple[bytes, ...], bytes]]:
    """Header lines that hurt, and who the mail says that it is from."""
    yield "a header of a megabyte", (b"X-A: " + b"x" * 1_000_000,), b""
    yield "ten thousand headers", tuple(b"X-%d: y" % n for n in range(10_000)), b""
    yield "folded without end", (b"X-A: a" + b"\r\n b" * 20_000,), b""
    yield "Message-ID that breaks off", (b"Message-ID: <",), b""
    yield "brackets in References", (b"References: " + b"<" * 15_000,), b""
    yield "comments in From", (), b"(" * 500 + b"x"
    yield "two From lines", (b"From: mallory@attack.example",), b""
    yield "From in a comment", (), b"<li.jg@hengyuan.example(.attack.example)>"
    yield "line end in From", (), b"=?utf-8?Q?a=0D=0ABcc:_x=40y?= <li.jg@hengyuan.example>"
    yield "raw bytes in headers", (b"X-Y: \xb6\xd4\xd5\xcb\xff\x00", b"Cc: \xff\xfe <x@y.example>"), b""
    yield "encoded words without end", (b"Subject: " + b"=?utf-8?B?" * 5_000,), b""
    yield (
        "results of a stranger",
        (b"Authentication-Results: mx.hd-trade.example; dmarc=pass header.from=hengyuan.example" + b"(" * 3_000,),
        b"",
    )
    yield (
        "RFC 2231 without order",
        (b"Content-Disposition: attachment; " + b"; ".join(b"filename*%d*=%%ff" % (9_999 - n) for n in range(3_000)),),
        b"",
    )


def everything(reply_to: str) -> list[tuple[str, bytes]]:
    """All of them, named; each answers our mail ``reply_to``."""
    shapes = [*_trees(), *_charsets(), *_texts(), *_pages(), *_sealed(), *_files()]
    found = [(name, letter(content, reply_to=reply_to, number=n)) for n, (name, content) in enumerate(shapes)]
    for n, (name, lines, sender) in enumerate(_heads(), 500):
        whole = letter(plain(YES), *lines, reply_to=reply_to, number=n, sender=sender or LI.encode())
        found.append((name, whole))
    found += [
        ("nothing", b""),
        ("only line ends", b"\r\n\r\n\r\n"),
        ("no headers", b"\r\n" + YES),
        ("noise", bytes(range(256)) * 200),
        ("an mbox line", b"From x\r\n" + letter(plain(YES), reply_to=reply_to, number=900)),
        ("name of the customer alone", letter(plain(HENGYUAN.encode() * 3_000), reply_to=reply_to, number=901)),
    ]
    return found
