"""Statement numbers with check digits, and the text of our QR codes.

A number reads ``DZ-202610-000001-73``: prefix, period (``202610``, ``2026Q3``, ``2026Y``), six digits in order of first
preparation, and two check digits by ISO 7064 MOD 97-10 over the rest without hyphens, letters as 10…35.
A page's QR code reads ``DZ1:DZ-202610-000001-73:R1:1/2:ABCDEFGHIJ``; it ends with the snapshot's :func:`short_digest`.
"""

import base64
import re
import unicodedata

from parsers.attachment import PageCode
from parsers.period import Period

_PERIOD = r"20\d\d(?:0[1-9]|1[0-2]|Q[1-4]|Y)"
_PREFIX = re.compile(r"[A-Z][A-Z0-9]{0,7}")
_NUMBER = re.compile(rf"([A-Z][A-Z0-9]{{0,7}})-({_PERIOD})-(\d{{6}})-(\d\d)")
_WRITTEN = re.compile(
    rf"(?<![A-Z0-9])([A-Z][A-Z0-9]{{0,7}}?)[-\s]{{0,3}}({_PERIOD})[-\s]{{0,3}}(\d{{6}})[-\s]{{0,3}}(\d\d)(?!\d)"
)
_CODE = re.compile(r"DZ1:([A-Z0-9-]{16,30}):R([1-9]\d{0,3}):([1-9]\d{0,4})/([1-9]\d{0,4}):([A-Z2-7]{10})")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣－ー─_"), "-")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"), None)
_LAST_SEQUENCE = 999_999
_DIGEST_LENGTH = 10
_KEPT = 20_000
"""Characters whose form is remembered; a text that holds more of them is a trick."""


def compose(prefix: str, period: Period, sequence: int) -> str:
    """The whole number; raises ValueError for a prefix other than 1–8 of A–Z 0–9, or a sequence outside 1–999999."""
    if _PREFIX.fullmatch(prefix) is None:
        raise ValueError(f"{prefix!r} is no number prefix: 1 to 8 of A-Z and 0-9, a letter first")
    if not 1 <= sequence <= _LAST_SEQUENCE:
        raise ValueError(f"sequence {sequence} is outside 1 to {_LAST_SEQUENCE}")
    digits = f"{sequence:06d}"
    return f"{prefix}-{period.compact}-{digits}-{_check_digits(prefix + period.compact + digits)}"


def is_valid(number: str) -> bool:
    """Whether this is a number as we print it, with the right check digits."""
    match = _NUMBER.fullmatch(number)
    return match is not None and _check_digits(match[1] + match[2] + match[3]) == match[4]


def find(text: str) -> tuple[str, ...]:
    """All numbers in a text whose check digits are right, as we print them, each once, in order.

    Width, case, kinds of dashes, spaces and line breaks between the parts don't matter.
    """
    written = ("-".join(match.groups()) for match in _WRITTEN.finditer(_plain(text)))
    return tuple(dict.fromkeys(number for number in written if is_valid(number)))


class _Plain(dict[str, str]):
    """Each character's plain form, found when it is first seen; threads may share it."""

    def __missing__(self, character: str) -> str:
        form = _whole(character)
        if len(self) < _KEPT:
            self[character] = form
        return form


_plain_forms = _Plain()


def _plain(text: str) -> str:
    """Character by character where that is the same: it isn't where NFKC joins neighbours."""
    plain = "".join(map(_plain_forms.__getitem__, text))
    return plain if unicodedata.is_normalized("NFKC", plain) else _whole(text)


def _whole(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(_DASHES).translate(_INVISIBLE).upper()


def encode(code: PageCode) -> str:
    """The text of a page's QR code; ``code.digest`` is the short digest already."""
    return f"DZ1:{code.number}:R{code.revision}:{code.page}/{code.pages}:{code.digest}"


def decode(text: str) -> PageCode | None:
    """Read a QR code's text; None for anything that we did not write."""
    match = _CODE.fullmatch(text.strip())
    if match is None or not is_valid(match[1]):
        return None
    code = PageCode(match[1], int(match[2]), int(match[3]), int(match[4]), match[5])
    return code if code.page <= code.pages else None


def short_digest(digest_hex: str) -> str:
    """The first ten base32 characters (50 bits) of a digest in hex; raises ValueError if it isn't hex."""
    return base64.b32encode(bytes.fromhex(digest_hex)).decode("ascii")[:_DIGEST_LENGTH]


def _check_digits(text: str) -> str:
    """ISO 7064 MOD 97-10: the two digits that make the whole number leave 1 when divided by 97."""
    value = int("".join(str(int(character, 36)) for character in text))
    return f"{98 - value * 100 % 97:02d}"
