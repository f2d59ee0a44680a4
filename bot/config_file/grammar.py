"""What the single values of config.yaml look like: each function reads a text, or raises Wrong with the remedy."""

import re
from collections.abc import Callable, Collection
from datetime import date, time
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from ipaddress import ip_address
from typing import Literal, TypeVar
from zoneinfo import ZoneInfo, available_timezones

from email_validator import EmailNotValidError, validate_email

from parsers.sales import words
from parsers.scan import seal_words

_LONGEST_TEXT = 200
_HOST = re.compile(
    r"(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*\.?"
)
_WHOLE = re.compile(r"\d{1,9}", re.ASCII)
_DECIMAL = re.compile(r"\d{1,13}(?:\.\d{1,2})?", re.ASCII)
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)", re.ASCII)
_MONTH_DAY = re.compile(r"(\d{1,2})-(\d{1,2})", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_PREFIX = re.compile(r"[A-Z][A-Z0-9]{0,7}")
_CURRENCY = re.compile(r"[A-Z]{3}")
_LEAP_YEAR = 2028
_WIDE_SPACES = {0x3000: " ", 0xA0: " "}
_YES = frozenset({"true", "yes", "on"})
_NO = frozenset({"false", "no", "off"})

E = TypeVar("E", bound=StrEnum)
S = TypeVar("S", bound=str)
Mode = Literal["development", "production"]


class Wrong(Exception):  # noqa: N818  # a value's fault, told to the user
    """The text is not what belongs there."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


def text(written: str) -> str:
    """One line of text, trimmed; it is not empty and holds no control characters, as it ends up in headers."""
    trimmed = written.translate(_WIDE_SPACES).strip()
    if not trimmed:
        raise Wrong("the text is empty", "write it, or remove the key")
    if not trimmed.isprintable() or len(trimmed) > _LONGEST_TEXT:
        raise Wrong("the text has line breaks or control characters, or is too long", "write it in one line")
    return trimmed


def word(written: str) -> str:
    """A text without spaces."""
    trimmed = text(written)
    if " " in trimmed:
        raise Wrong(f"{trimmed!r} has a space in it", "remove it")
    return trimmed


def whole(low: int, high: int) -> Callable[[str], int]:
    """A whole number of a range."""

    def parse(written: str) -> int:
        if _WHOLE.fullmatch(written.strip()) is None or not low <= int(written) <= high:
            raise Wrong(f"{shown(written)} is no whole number from {low} to {high}", "write one")
        return int(written)

    return parse


def amount(written: str) -> Decimal:
    """An amount of money that is not negative, in plain figures."""
    if _DECIMAL.fullmatch(written.strip()) is None:
        raise Wrong(f"{shown(written)} is no amount", "write plain figures such as 100000 or 0.05")
    return Decimal(written.strip())


def yes_or_no(written: str) -> bool:
    """``true`` or ``false``."""
    folded = written.strip().lower()
    if folded not in _YES | _NO:
        raise Wrong(f"{shown(written)} is neither true nor false", "write true or false")
    return folded in _YES


def choice(*words: S) -> Callable[[str], S]:
    """One of these words."""
    pick = _one_of(words)
    return lambda written: next(word for word in words if word == pick(written))


def member(enum: type[E]) -> Callable[[str], E]:
    """A member of an enumeration by its value."""
    pick = _one_of([str(one) for one in enum])
    return lambda written: enum(pick(written))


def address(mode: Mode) -> Callable[[str], str]:
    """A bare mail address, in lower case as they are compared so; domains in ``.test`` in development only."""

    def parse(written: str) -> str:
        try:
            found = validate_email(
                written.strip(),
                check_deliverability=False,
                allow_smtputf8=False,
                test_environment=mode == "development",
            )
        except EmailNotValidError as error:
            raise Wrong(f"{shown(written)} is no mail address: {error}", "write it as name@company.com") from None
        return (found.ascii_email or found.normalized).lower()

    return parse


def host(written: str) -> str:
    """A host's name or IP address, without port or scheme."""
    trimmed = written.strip()
    if _HOST.fullmatch(trimmed) is None and not _is_ip(trimmed):
        raise Wrong(f"{shown(written)} is no host", "write its name only, such as smtp.company.com")
    return trimmed


def clock_time(written: str) -> time:
    """A time of the day."""
    match = _TIME.fullmatch(written.strip())
    if match is None:
        raise Wrong(f"{shown(written)} is no time", 'write it as "18:00"')
    return time(int(match[1]), int(match[2]))


def month_day(written: str) -> tuple[int, int]:
    """Month and day, February 29 as well."""
    match = _MONTH_DAY.fullmatch(written.strip())
    try:
        day = date(_LEAP_YEAR, int(match[1]), int(match[2])) if match else None
    except ValueError:
        day = None
    if day is None:
        raise Wrong(f"{shown(written)} is no day of the year", "write month and day as 12-20")
    return day.month, day.day


def day(written: str) -> date:
    """A date."""
    try:
        return date.fromisoformat(_DATE.fullmatch(written.strip())[0])  # type: ignore[index]  # caught below
    except (TypeError, ValueError):
        raise Wrong(f"{shown(written)} is no date", "write it as 2026-10-10") from None


def zone(written: str) -> ZoneInfo:
    """A time zone by its name in the IANA database."""
    try:
        return ZoneInfo(written.strip())
    except (OSError, ValueError, KeyError):
        close = get_close_matches(written.strip(), available_timezones(), 1)
        remedy = f"did you mean {close[0]}?" if close else "write one such as Asia/Shanghai"
        raise Wrong(f"{shown(written)} is no time zone", remedy) from None


def prefix(written: str) -> str:
    """The prefix of statement numbers."""
    if _PREFIX.fullmatch(written.strip()) is None:
        raise Wrong(f"{shown(written)} is no prefix", "write 1 to 8 of A-Z and 0-9, a letter first, such as DZ")
    return written.strip()


def currency(written: str) -> str:
    """A currency's code."""
    if _CURRENCY.fullmatch(written.strip()) is None:
        raise Wrong(f"{shown(written)} is no currency", "write its three letters, such as CNY")
    return written.strip()


def seal(written: str) -> str:
    """A kind of seal, in either script."""
    found = words.seal(written)
    if found is None:
        raise Wrong(f"{shown(written)} is no kind of seal", f"write one of {', '.join(seal_words.CHOOSABLE)}")
    return found


def _one_of(words: Collection[str]) -> Callable[[str], str]:
    """One of the words."""

    def parse(written: str) -> str:
        if written.strip() in words:
            return written.strip()
        close = get_close_matches(written.strip().lower(), words, 1)
        remedy = f"did you mean {close[0]}?" if close else f"write one of {', '.join(words)}"
        raise Wrong(f"{shown(written)} is not known here", remedy)

    return parse


def _is_ip(written: str) -> bool:
    try:
        ip_address(written)
    except ValueError:
        return False
    return True


def shown(written: str) -> str:
    """The text as a fault shows it: in one line, and not all of a long one."""
    return repr(written if len(written) <= 60 else written[:57] + "…")  # noqa: PLR2004  # half a line
