"""Raw bytes of one mail → a frozen :class:`Mail`, decoded as a careful reader would, never raising on odd bytes."""

import hashlib
from dataclasses import dataclass

from parsers import headers, mime_guard, mime_tree, oversize
from parsers.address import Address
from parsers.mime_part import Part

__all__ = ["Address", "Mail", "Part", "parse"]

_UNDECODED = frozenset({
    "authentication-results", "arc-authentication-results", "arc-seal", "arc-message-signature", "received",
    "dkim-signature", "message-id", "in-reply-to", "references", "return-path", "content-type", "auto-submitted",
})  # fmt: skip
"""Headers for machines: an encoded word in them is no text, and decoding one could forge a token."""


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail, decoded. Headers keep their order; names are lower-cased, values decoded to text.

    ``message_id``, ``in_reply_to`` and ``references`` are without angle brackets.
    ``from_lines`` counts From header lines in the raw bytes; anything but 1 makes the sender ``ambiguous``.
    ``from_raw`` is the first From value before decoding, one character for each byte, unfolded.
    ``plain`` and ``html`` are the displayed bodies (all pieces that are no attachment, joined), None where absent.
    ``attachments`` are all other leaves, also inline pictures and parts inside forwarded mails (``Part.forwarded``);
    ZIP files stay closed. ``forwarded`` says that another mail is attached (returned mails of bounces don't count).
    ``oversize_links`` are links to files that were too large to attach (超大附件).
    ``date`` is the raw Date header: never trusted as an instant.
    ``defects`` are names for people who look closer. ``unreadable`` says why a body can't be read by us, empty where it
    can: ``too_large``, ``header_block``, ``parts``, ``depth``, ``broken``, ``text_cut``, ``winmail``, ``encrypted``,
    ``opaque_signature``.
    """

    sha256: str
    message_id: str
    date: str
    subject: str
    from_: tuple[Address, ...]
    from_lines: int
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    reply_to: tuple[Address, ...]
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    headers: tuple[tuple[str, str], ...]
    plain: str | None
    html: str | None
    attachments: tuple[Part, ...]
    forwarded: bool = False
    defects: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()
    from_raw: str = ""
    oversize_links: tuple[str, ...] = ()

    def header(self, name: str) -> str:
        """The first value of a header, empty where it is missing; ``name`` in lower case."""
        return next((value for key, value in self.headers if key == name), "")

    def header_values(self, name: str) -> tuple[str, ...]:
        """All values of a header from top to bottom; ``name`` in lower case."""
        return tuple(value for key, value in self.headers if key == name)


def parse(raw: bytes) -> Mail:
    """The mail that any bytes make; caps of :mod:`parsers.mime_guard`, linear time, no exception."""
    guarded = mime_guard.inspect(raw)
    tree = mime_tree.read(guarded)
    first: dict[str, str] = {}
    for name, value in tree.items:
        first.setdefault(name, value)

    def addresses(name: str) -> tuple[Address, ...]:
        values = (value for key, value in tree.items if key == name)
        return tuple(address for value in values for address in headers.addresses(value))

    return Mail(
        sha256=hashlib.sha256(raw).hexdigest(),
        message_id=next(iter(headers.message_ids(first.get("message-id", ""))), ""),
        date=headers.plain(first.get("date", "")),
        subject=headers.decoded(first.get("subject", "")),
        from_=addresses("from"),
        from_lines=guarded.from_lines,
        to=addresses("to"),
        cc=addresses("cc"),
        reply_to=addresses("reply-to"),
        in_reply_to=headers.message_ids(first.get("in-reply-to", "")),
        references=headers.message_ids(first.get("references", "")),
        headers=tuple((headers.plain(name), _value(name, value)) for name, value in tree.items),
        plain=tree.plain,
        html=tree.html,
        attachments=tuple(tree.attachments),
        forwarded=tree.forwarded,
        defects=tuple(tree.defects),
        unreadable=tuple(tree.unreadable),
        from_raw=first.get("from", "").replace("\r", "").replace("\n", ""),
        oversize_links=oversize.links(tree.html, tree.plain),
    )


def _value(name: str, value: str) -> str:
    return headers.plain(value) if name in _UNDECODED else headers.decoded(value)
