"""Whether one domain may speak for another: ``customer.example`` for ``mail.customer.example``, never ``com.cn``.

DMARC's relaxed alignment, in one direction only (a sub-domain never vouches for its parent), and without the public
suffix list: a judgement must not change when somebody else's list does. Where it is stricter than the list, a person
looks.
"""

import re

_DOMAIN = re.compile(
    r"(?=.{4,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,10}[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])"
)

_COUNTRY, _SHORT = 2, 3
_REGISTRIES = frozenset({"asso", "club", "ebiz", "firm", "game", "gouv", "info", "name", "press", "school", "store"})
"""Second levels of countries under which anybody registers; those of up to three letters (com, net, bj) count all."""
_SHARED = frozenset({
    "aliyuncs.com", "blogspot.com", "br.com", "cn.com", "com.de", "com.se", "de.com", "eu.com", "eu.org", "gb.net",
    "github.io", "gr.com", "hk.com", "hk.org", "jpn.com", "myqcloud.com", "myshopify.com", "onmicrosoft.com",
    "pages.dev", "ru.com", "sa.com", "se.net", "tw.cn", "uk.com", "uk.net", "us.com", "us.org", "vercel.app",
    "web.app", "wordpress.com", "workers.dev", "za.com",
})  # fmt: skip
"""Domains whose owners give names below them to strangers."""


def is_domain(text: str) -> bool:
    """Whether the text is a lower-case ASCII domain name of at least two labels."""
    return _DOMAIN.fullmatch(text) is not None


def vouches_for(signing: str, written: str) -> bool:
    """Whether ``signing`` is the domain ``written``, or a parent of it that one organisation alone holds."""
    if not is_domain(signing) or not is_domain(written):
        return False
    return signing == written or (written.endswith("." + signing) and not _public(signing))


def _public(domain: str) -> bool:
    """Whether strangers can have names directly below a domain."""
    labels = domain.split(".")
    if domain in _SHARED:
        return True
    country = len(labels[-1]) == _COUNTRY
    registry = len(labels[-2]) <= _SHORT or labels[-2] in _REGISTRIES or labels[-2].startswith("xn--")
    return country and registry and len(labels) == _COUNTRY
