"""Mails signed by their domain with a real key, honestly or in every way that an attacker could try."""

import base64
import hashlib
from functools import lru_cache
from typing import Any

import dkim
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from dkim.canonicalization import CanonicalizationPolicy
from dkim.crypto import parse_pem_private_key

DOMAIN, SELECTOR = "hengyuan.example", "s1"
SIGNED = ("from", "to", "subject", "date", "message-id", "mime-version", "content-type", "content-transfer-encoding")

MAIL = (
    b"From: =?utf-8?b?6LSi5Yqh?= <li.jg@hengyuan.example>\r\n"
    b"To: ar@hd-trade.example\r\n"
    b"Subject: =?utf-8?b?5Zue5aSN77yaMjAyNuW5tDEw5pyI6ZSA5ZSu5a+56LSm5Y2V?=\r\n"
    b"Date: Thu, 05 Nov 2026 10:00:00 +0800\r\n"
    b"Message-ID: <reply-1@hengyuan.example>\r\n"
    b"MIME-Version: 1.0\r\n"
    b'Content-Type: text/plain; charset="utf-8"\r\n'
    b"Content-Transfer-Encoding: 8bit\r\n"
    b"\r\n" + "苏州恒远机械有限公司确认2026年10月销售对账单无误。\r\n".encode()
)


@lru_cache
def key(bits: int = 1024, exponent: int = 65537) -> rsa.RSAPrivateKey:
    """A key, made once a run; the shortest honest one is the quickest to make."""
    return rsa.generate_private_key(exponent, bits)


def record(private: rsa.RSAPrivateKey | None = None, **tags: str) -> str:
    """The key's record in the DNS; ``tags`` are added or, where they are empty, hold nothing."""
    public = (private or key()).public_key()
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    text = base64.b64encode(public.public_bytes(serialization.Encoding.DER, form)).decode()
    return "; ".join(f"{name}={value}" for name, value in ({"v": "DKIM1", "k": "rsa", "p": text} | tags).items())


def signed(
    raw: bytes = MAIL,
    *,
    domain: str = DOMAIN,
    headers: tuple[str, ...] = SIGNED,
    private: rsa.RSAPrivateKey | None = None,
    body: int | None = None,
    **tags: str,
) -> bytes:
    """The mail below a signature by ``domain``; ``body`` bytes of it are hashed (all), ``tags`` go before the others.

    dkimpy's own ``sign`` stamps the machine's time; here only what is asked for is stamped.
    """
    pem = (private or key()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    )
    signer: Any = dkim.DKIM(raw)
    policy = CanonicalizationPolicy.from_c_value(b"relaxed/relaxed")
    algorithm = tags.get("a", "rsa-sha256")
    signer.signature_algorithm = algorithm.encode()
    signer.hasher = {"rsa-sha1": hashlib.sha1}.get(algorithm, hashlib.sha256)
    hashed = signer.hasher(policy.canonicalize_body(signer.body)[:body]).digest()
    fields = {"v": "1", "a": algorithm, "c": "relaxed/relaxed", "d": domain, "s": SELECTOR} | tags
    fields |= {"h": " : ".join(headers), "bh": base64.b64encode(hashed).decode()}
    pairs = [(name.encode(), value.encode()) for name, value in fields.items()]
    value = signer.gen_header(
        [*pairs, (b"b", b"0" * 60)],
        [name.encode() for name in headers],
        policy,
        b"DKIM-Signature",
        parse_pem_private_key(pem),
    )
    return b"DKIM-Signature: " + value + raw
