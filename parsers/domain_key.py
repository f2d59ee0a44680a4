"""DKIM after the look-up: a mail, one of its signatures and the key's record in the DNS → :class:`DomainCheck`.

``v=DKIM1; k=rsa; p=MIIBIjANBg…``. Keys that are revoked, on trial, for another purpose, too short to be safe or too
long to be honest prove nothing. The arithmetic is dkimpy's.
"""

import base64
import binascii
from collections.abc import Callable
from typing import Any, cast

import dkim
from dkim import crypto

from parsers.domain_signature import DomainCheck, DomainSignature, tags_of

SHORTEST, LONGEST = 1_024, 4_096
"""Bits of an RSA key."""
MAX_RECORD = 2_000
_EXPONENTS = range(3, 2**33)
_parsed = cast("Callable[[bytes], dict[str, int]]", crypto.parse_public_key)  # pyright: ignore[reportUnknownMemberType]  # dkimpy has no types


def check(raw: bytes, signature: DomainSignature, record: str) -> DomainCheck:
    """Whether the key of ``record`` made the signature over these very bytes; never raises."""
    bits, reason = _key(record, signature)
    if not reason and not _made_by(raw, signature, record):
        return DomainCheck(signature.domain, signature.selector, "fail", "broken", record[:MAX_RECORD], bits)
    return DomainCheck(
        signature.domain, signature.selector, "refused" if reason else "pass", reason, record[:MAX_RECORD], bits
    )


def _key(record: str, signature: DomainSignature) -> tuple[int, str]:
    """Bits of the key and the code of why it counts for nothing, empty where it counts."""
    tags = tags_of(record) if len(record) <= MAX_RECORD else None
    if tags is None or tags.get("v", "DKIM1") != "DKIM1" or "p" not in tags:
        return 0, "key_malformed"
    if not tags["p"]:
        return 0, "key_revoked"
    flags, uses = _listed(tags.get("t", "")), _listed(tags.get("s", "*"))
    if "y" in flags:
        return 0, "key_on_trial"
    if not uses & {"*", "email"} or tags.get("k", "rsa") != "rsa" or "sha256" not in _listed(tags.get("h", "sha256")):
        return 0, "key_for_others"
    if "s" in flags and signature.identity != signature.domain:
        return 0, "key_for_others"
    return _strength(tags["p"])


def _listed(value: str) -> set[str]:
    return {piece.strip().lower() for piece in value.split(":")}


def _strength(text: str) -> tuple[int, str]:
    """Bits of an RSA key in base64, and ``key_weak`` where nobody can rely on it."""
    try:
        key = _parsed(base64.b64decode("".join(text.split()), validate=True))
    except (binascii.Error, crypto.UnparsableKeyError, AssertionError, ValueError, IndexError):
        return 0, "key_malformed"
    bits, exponent = key["modulus"].bit_length(), key["publicExponent"]
    strong = SHORTEST <= bits <= LONGEST and exponent in _EXPONENTS and exponent % 2 and key["modulus"] % 2
    return bits, "" if strong else "key_weak"


def _made_by(raw: bytes, signature: DomainSignature, record: str) -> bool:
    """Dkimpy's verdict; what breaks it proves nothing."""

    def known(_name: bytes, timeout: int = 0) -> bytes:  # noqa: ARG001  # dkimpy's signature
        return record.encode("ascii")

    verifier = cast("Any", dkim.DKIM(raw, minkey=SHORTEST))
    try:
        good = verifier.verify(idx=signature.place, dnsfunc=known) is True
    except (dkim.DKIMException, binascii.Error, ValueError, AssertionError, IndexError, KeyError):
        return False
    return good and _named(verifier.domain, verifier.selector) == (signature.domain, signature.selector)


def _named(domain: bytes, selector: bytes) -> tuple[str, str]:
    return domain.decode("latin-1").lower(), selector.decode("latin-1").lower()
