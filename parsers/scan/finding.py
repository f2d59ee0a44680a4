"""What one page shows, as a value: made where OpenCV is, read where it need not be."""

from dataclasses import dataclass

from parsers.attachment import PageCode

Reasons = tuple[tuple[str, str], ...]
"""(code, value) pairs of ``reasons``."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One page: ``mark`` is empty on pages without the slip; ``scores`` are for the evidence (name, value).

    ``mark``: seal hand none doubt note grey_seal crossed stamp differs. ``picture`` is a PNG of the slip,
    ``seals`` a PNG of the seals in colour, empty where there are none; ``overlay`` the page as a JPEG of ``overlay``.
    ``names`` were written by hand and surely read.
    """

    code: PageCode
    altered: Reasons = ()
    remarked: Reasons = ()
    doubts: Reasons = ()
    mark: str = ""
    scores: tuple[tuple[str, float], ...] = ()
    picture: bytes = b""
    seals: bytes = b""
    overlay: bytes = b""
    names: tuple[str, ...] = ()
