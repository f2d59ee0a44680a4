"""One leaf of a mail's MIME tree: an attachment, an inline picture, a returned header block."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """One leaf of the MIME tree; ``data`` is decoded from its transfer encoding, ``text`` only set for text parts.

    ``forwarded`` is True inside a forwarded or returned mail: such words are nobody's answer.
    """

    content_type: str
    name: str
    disposition: str
    content_id: str
    data: bytes
    text: str | None = None
    forwarded: bool = False
