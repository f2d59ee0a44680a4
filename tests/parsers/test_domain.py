"""Which domain may speak for another; where strangers could have names below one, it may not."""

import pytest

from parsers.domain import is_domain, vouches_for

VOUCHES = [
    ("the very domain", "hengyuan.example", "hengyuan.example"),
    ("a parent", "hengyuan.example", "mail.hengyuan.example"),
    ("a parent under com.cn", "hengyuan.com.cn", "mail.hengyuan.com.cn"),
    ("a parent under com.tw", "taichung.com.tw", "ap.mail.taichung.com.tw"),
    ("a parent directly under cn", "hengyuan.cn", "mail.hengyuan.cn"),
    ("a provider's own domain", "qq.com", "qq.com"),
    ("a domain that is itself a registry", "com.cn", "com.cn"),
]
DOES_NOT = [
    ("a sub-domain", "mail.hengyuan.example", "hengyuan.example"),
    ("a sister", "a.hengyuan.example", "b.hengyuan.example"),
    ("another", "attack.example", "hengyuan.example"),
    ("an ending that is no label", "yuan.example", "hengyuan.example"),
    ("the top level", "example", "hengyuan.example"),
    ("com.cn", "com.cn", "hengyuan.com.cn"),
    ("a province", "sh.cn", "hengyuan.sh.cn"),
    ("com.tw", "com.tw", "taichung.com.tw"),
    ("idv.tw", "idv.tw", "xu.idv.tw"),
    ("club.tw", "club.tw", "xu.club.tw"),
    ("com.hk", "com.hk", "x.com.hk"),
    ("a registry in Chinese characters", "xn--55qx5d.cn", "x.xn--55qx5d.cn"),
    ("a host of strangers", "onmicrosoft.com", "hengyuan.onmicrosoft.com"),
    ("another host of strangers", "cn.com", "hengyuan.cn.com"),
    ("characters of other scripts", "hengyuаn.example", "hengyuаn.example"),
    ("empty", "", "hengyuan.example"),
    ("with a dot behind", "hengyuan.example.", "hengyuan.example"),
    ("with a line end", "hengyuan.example\n", "hengyuan.example"),
]


@pytest.mark.parametrize(("signing", "written"), [row[1:] for row in VOUCHES], ids=[row[0] for row in VOUCHES])
def test_vouches(signing: str, written: str) -> None:
    assert vouches_for(signing, written)


@pytest.mark.parametrize(("signing", "written"), [row[1:] for row in DOES_NOT], ids=[row[0] for row in DOES_NOT])
def test_does_not_vouch(signing: str, written: str) -> None:
    assert not vouches_for(signing, written)


def test_a_domain_is_lower_case_letters_digits_and_hyphens_in_labels() -> None:
    assert is_domain("xn--fiqs8s.example")
    assert not any(map(is_domain, ("a", "-a.example", "a-.example", "a..example", "A.example", "a" * 64 + ".example")))
