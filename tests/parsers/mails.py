"""Mails that the tests of the mail readers share: built as bytes, line ends as on the wire."""


def mail(body: str | bytes = "确认", *lines: str, **fields: str) -> bytes:
    """A mail from its extra header lines and body; ``fields`` replace the usual From, To and Subject."""
    usual = {
        "From": "a@customer.example",
        "To": "ar@our.example",
        "Subject": "Re",
        "Message-ID": "<1@customer.example>",
    }
    head = [f"{name}: {value}" for name, value in {**usual, **fields}.items() if value] + list(lines)
    if not any(line.lower().startswith("content-type") for line in head):
        head.append("Content-Type: text/plain; charset=utf-8")
    content = body.encode() if isinstance(body, str) else body
    return "\r\n".join(head).encode("utf-8", "surrogateescape") + b"\r\n\r\n" + content.replace(b"\n", b"\r\n")


def multipart(kind: str, *parts: str | bytes, boundary: str = "=_b", options: str = "") -> bytes:
    """A mail of several parts, each given with its own headers."""
    pieces = [part.encode() if isinstance(part, str) else part for part in parts]
    body = b"".join(b"--" + boundary.encode() + b"\n" + piece + b"\n" for piece in pieces)
    body += b"--" + boundary.encode() + b"--\n"
    return mail(body, f'Content-Type: multipart/{kind}; boundary="{boundary}"{options}')


def plain(text: str) -> str:
    return f"Content-Type: text/plain; charset=utf-8\n\n{text}"


def html(text: str) -> str:
    return f"Content-Type: text/html; charset=utf-8\n\n{text}"
