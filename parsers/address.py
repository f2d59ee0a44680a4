"""One mail address with the name beside it: ``"张三" <Zhang@Customer.example>``."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Address:
    """One address as written: ``address`` lower-cased, ``display`` decoded."""

    display: str
    address: str
