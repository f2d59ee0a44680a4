"""The MIME tree of one mail → what is shown (bodies), what is attached, and why something can't be read.

The standard library splits the tree (compat32, with our caps on header values and parts); everything is decoded by us.
A forwarded mail's words are nobody's here: its leaves become attachments with ``forwarded`` set.
"""

import email.policy
from dataclasses import dataclass, field
from email.message import Message
from email.parser import BytesParser
from html import escape
from typing import Any, cast

from parsers import mime_guard
from parsers.charset import decode
from parsers.headers import decoded, parameters
from parsers.html import MAX_HTML, to_text
from parsers.mime_guard import Guarded
from parsers.mime_part import Part
from parsers.transfer import entities, undo, unflow

MAX_TEXT, MAX_VALUE, MAX_LONG_VALUE = 200_000, 998, 16_384

_LONG = frozenset({"references", "in-reply-to", "to", "cc", "bcc", "received", "subject", "authentication-results",
                   "arc-authentication-results", "dkim-signature", "arc-message-signature", "arc-seal"})  # fmt: skip
"""Headers that honestly grow beyond MAX_VALUE; what X- headers hold is nobody's business but theirs."""
_FIELDS = frozenset({"message/delivery-status", "message/disposition-notification", "message/feedback-report",
                     "message/global-delivery-status", "message/global-disposition-notification"})  # fmt: skip
_SIGNATURES = frozenset({"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"})
_OPAQUE = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
_TNEF = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})


class _TooManyParts(Exception):  # noqa: N818  # leaves this module never
    """The parser found more parts than the guard could see."""


class _Policy(type(email.policy.compat32)):  # type: ignore[misc]  # the class has no public name
    """Header values are cut while they are read, so that no quadratic reader ever sees a long one."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, _, value = sourcelines[0][:MAX_LONG_VALUE].partition(":")
        joined = value.lstrip(" \t") + "".join(sourcelines[1:])
        long = name.lower() in _LONG or name[:2].lower() == "x-"
        return name[:MAX_VALUE], joined[: MAX_LONG_VALUE if long else MAX_VALUE].rstrip("\r\n")

    def header_fetch_parse(self, name: str, value: str) -> str:  # noqa: ARG002  # the base class's signature
        return _bytes_as_characters(value)


def _bytes_as_characters(value: str) -> str:
    """A header value as the library holds it → one character below 256 for each raw byte."""
    return value if value.isascii() else value.encode("utf-8", "surrogateescape").decode("latin-1")


@dataclass(slots=True)
class _Shown:
    """One piece of what a reader sees, in one or both forms."""

    plain: str | None = None
    html: str | None = None


@dataclass(slots=True)
class Tree:
    """What one mail holds; ``items`` are the top headers, raw bytes as characters."""

    items: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    plain: str | None = None
    html: str | None = None
    attachments: list[Part] = field(default_factory=list[Part])
    forwarded: bool = False
    unreadable: list[str] = field(default_factory=list[str])
    defects: list[str] = field(default_factory=list[str])


def read(guarded: Guarded) -> Tree:
    """The tree; a mail that was refused, or breaks the library, gives its headers and the reason."""
    reason = guarded.refused
    if not reason:
        try:
            return _Reader(Tree(defects=list(guarded.defects))).mail(_split(guarded.header + guarded.body))
        except _TooManyParts:
            reason = "parts"
        except Exception:  # noqa: BLE001  # the library raises IndexError, ValueError, RecursionError … on hostile input
            reason = "broken"
    tree = Tree(defects=list(guarded.defects), unreadable=[reason])
    try:
        tree.items = _items(_split(guarded.header))
    except Exception:  # noqa: BLE001  # the same
        tree.defects.append("headers")
    return tree


def _split(raw: bytes) -> "Message[str, str]":
    count = 0

    def part(policy: Any = None) -> "Message[str, str]":  # noqa: ANN401  # the library's own signature
        nonlocal count
        count += 1
        if count > 2 * mime_guard.MAX_PARTS:
            raise _TooManyParts
        return Message(policy=policy)

    parser: BytesParser[Message[str, str]] = BytesParser(_class=cast("Any", part), policy=_Policy())
    return parser.parsebytes(raw)


def _items(message: "Message[str, str]") -> list[tuple[str, str]]:
    return [(name.lower(), _bytes_as_characters(str(value))) for name, value in message.raw_items()]


def _children(message: "Message[str, str]") -> list["Message[str, str]"]:
    # get_payload() of a leaf decodes it by its claimed charset, and raises on a name with a NUL
    return cast("list[Message[str, str]]", message.get_payload()) if message.is_multipart() else []


def _content(message: "Message[str, str]") -> bytes:
    """The leaf's bytes before its transfer encoding is undone."""
    del message["content-transfer-encoding"]
    payload: Any = message.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


@dataclass(slots=True)
class _Reader:
    tree: Tree
    shown: list[_Shown] = field(default_factory=list[_Shown])

    def mail(self, message: "Message[str, str]") -> Tree:
        self.tree.items = _items(message)
        self.tree.defects += sorted({type(defect).__name__ for defect in message.defects})
        self._part(message, 0, forwarded=False)
        self._bodies()
        return self.tree

    def _part(self, message: "Message[str, str]", depth: int, *, forwarded: bool) -> None:
        kind, options = parameters(str(message.get("content-type", "text/plain")))
        kind = kind if "/" in kind else "text/plain"
        children = _children(message)
        if depth > mime_guard.MAX_DEPTH:
            self._unreadable("depth")
        elif kind in _FIELDS and children:
            self._fields(kind, children)
        elif kind.startswith("message/") and children:
            self._embedded(message, kind, children[0], depth)
        elif kind == "multipart/alternative" and children:
            self._alternative(children, depth, forwarded=forwarded)
        elif children:
            if kind == "multipart/encrypted":
                self._unreadable("encrypted")
            for child in children:
                self._part(child, depth + 1, forwarded=forwarded)
        else:
            self._leaf(message, kind, options, forwarded=forwarded)

    def _alternative(self, children: list["Message[str, str]"], depth: int, *, forwarded: bool) -> None:
        """One piece in several forms; two forms of one kind are both read, since programs differ in which they show."""
        before, self.shown = self.shown, []
        for child in children:
            self._part(child, depth + 1, forwarded=forwarded)
        plains = [one.plain for one in self.shown if one.plain is not None]
        htmls = [one.html for one in self.shown if one.html is not None]
        self.shown = before
        if plains or htmls:
            self.shown.append(_Shown("\n".join(plains) if plains else None, "<br>\n".join(htmls) if htmls else None))

    def _fields(self, kind: str, children: list["Message[str, str]"]) -> None:
        """Delivery status and receipts: blocks of ``Name: value`` lines, an empty line between them."""
        blocks = ["\n".join(f"{name}: {decoded(value)}" for name, value in _items(child)) for child in children]
        text = "\n\n".join(block for block in blocks if block)[:MAX_TEXT]
        self.tree.attachments.append(Part(kind, "", "", "", text.encode(), text))

    def _embedded(self, message: "Message[str, str]", kind: str, inner: "Message[str, str]", depth: int) -> None:
        """A mail in a mail: returned by a report, or forwarded."""
        encoding = str(message.get("content-transfer-encoding", "")).strip().lower()
        if encoding in {
            "base64",
            "quoted-printable",
        }:  # forbidden, yet some servers do it; the library reads none of it
            data = undo(_content(inner), encoding)
            self.tree.attachments.append(Part(kind, _name(message, {}), "", "", data, None, forwarded=True))
        if self._is_report():
            text = "\n".join(f"{name}: {decoded(value)}" for name, value in _items(inner))[:MAX_TEXT]
            self.tree.attachments.append(Part("text/rfc822-headers", "", "", "", text.encode(), text, forwarded=True))
        else:
            self.tree.forwarded = True
        self._part(inner, depth + 1, forwarded=True)

    def _is_report(self) -> bool:
        top = next((value for name, value in self.tree.items if name == "content-type"), "")
        return top.lower().lstrip().startswith("multipart/report")

    def _leaf(self, message: "Message[str, str]", kind: str, options: dict[str, str], *, forwarded: bool) -> None:
        disposition, _ = parameters(str(message.get("content-disposition", "")))
        name = _name(message, options)
        identity = str(message.get("content-id", "")).strip("<> \t\r\n")
        encoding = str(message.get("content-transfer-encoding", ""))
        data = undo(_content(message), encoding)
        text = self._text(data, kind, options) if kind.startswith(("text/", "multipart/")) else None
        self._explain(kind, name, options)
        if text is not None and not forwarded and self._is_shown(kind, disposition, name):
            self.shown.append(_Shown(html=text) if kind == "text/html" else _Shown(plain=text))
        elif kind not in _SIGNATURES:
            self.tree.attachments.append(
                Part(kind, name, disposition, decoded(identity), data, text, forwarded=forwarded)
            )

    def _is_shown(self, kind: str, disposition: str, name: str) -> bool:
        if kind not in {"text/plain", "text/html", "text/"} and not kind.startswith("multipart/"):
            return False
        return disposition != "attachment" and (not name or not self.shown)

    def _explain(self, kind: str, name: str, options: dict[str, str]) -> None:
        if kind in _OPAQUE:
            sort = options.get("smime-type", "").lower()
            self._unreadable("opaque_signature" if sort == "signed-data" else "encrypted")
        elif kind in _TNEF or name.lower() == "winmail.dat":
            self._unreadable("winmail")

    def _text(self, data: bytes, kind: str, options: dict[str, str]) -> str:
        limit = MAX_HTML if kind == "text/html" else MAX_TEXT
        text = decode(data[: 4 * limit], options.get("charset")).replace("\r\n", "\n").replace("\r", "\n")
        if len(text) > limit or len(data) > 4 * limit:
            self._unreadable("text_cut")
        text = text[:limit].replace("\x00", "")
        if kind == "text/html":
            return text
        if options.get("format", "").lower() == "flowed":
            text = unflow(text, delete_space=options.get("delsp", "").lower() == "yes")
        return entities(text)

    def _bodies(self) -> None:
        """Join the pieces; where one form is missing in one of several pieces, it is made from the other."""
        several = len(self.shown) > 1
        if any(one.plain is not None for one in self.shown):
            plains = (to_text(one.html or "").text if one.plain is None else one.plain for one in self.shown)
            self.tree.plain = "\n".join(plains) if several else self.shown[0].plain
        if any(one.html is not None for one in self.shown):
            htmls = (f"<pre>{escape(one.plain or '')}</pre>" if one.html is None else one.html for one in self.shown)
            self.tree.html = "<br>\n".join(htmls) if several else self.shown[0].html

    def _unreadable(self, reason: str) -> None:
        if reason not in self.tree.unreadable:
            self.tree.unreadable.append(reason)


def _name(message: "Message[str, str]", options: dict[str, str]) -> str:
    """The file name as written, data and never a path: what stands before the last slash is dropped."""
    _, disposed = parameters(str(message.get("content-disposition", "")))
    name = disposed.get("filename") or options.get("name") or ""
    return name.replace("\\", "/").rpartition("/")[2][:255].strip()
