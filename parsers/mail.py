"""Raw bytes of one mail → a frozen :class:`Mail`, decoded as a careful reader would, never raising on odd bytes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Address:
    """One address as written: ``address`` lower-cased, ``display`` decoded."""

    display: str
    address: str


@dataclass(frozen=True, slots=True)
class Part:
    """One leaf of the MIME tree; ``data`` is decoded from its transfer encoding, ``text`` only set for text parts."""

    content_type: str
    name: str
    disposition: str
    content_id: str
    data: bytes
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail, decoded. Headers keep their order; names are lower-cased, values decoded to text.

    ``from_lines`` counts From header lines in the raw bytes; anything but 1 makes the sender ``ambiguous``.
    ``plain`` and ``html`` are the displayed bodies (first of each kind that is not an attachment), None where absent.
    ``attachments`` are all other leaves, also inline pictures and parts inside forwarded mails and ZIP files.
    ``date`` is the raw Date header: never trusted as an instant.
    ``unreadable`` says why a body can't be read by us (encrypted, winmail.dat, caps), empty where it can.
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

    def header(self, name: str) -> str:
        """The first value of a header, empty where it is missing; ``name`` in lower case."""
        return next((value for key, value in self.headers if key == name), "")

    def header_values(self, name: str) -> tuple[str, ...]:
        """All values of a header from top to bottom; ``name`` in lower case."""
        return tuple(value for key, value in self.headers if key == name)
