import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.authentication import verdict
from parsers.mail import parse
from tests.parsers.mails import mail

ID = "mx.our.example"
PASS = f"Authentication-Results: {ID}; dmarc=pass header.from=customer.example"
FAIL = f"Authentication-Results: {ID}; dmarc=fail header.from=customer.example"
OURS, DOMAIN = f"Authentication-Results: {ID};", "header.from=customer.example"
RECEIVED = "Received: from x by y"


def says(*lines: str, authserv_id: str | None = ID, sender: str = "a@customer.example") -> str:
    return verdict(parse("\r\n".join(lines).encode() + b"\r\n" + mail(From=sender)), authserv_id)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param([PASS], "pass", id="pass"),
        pytest.param([RECEIVED, PASS, RECEIVED], "pass", id="under the last hop"),
        pytest.param([f"Authentication-Results: {ID.upper()} 1; DMARC=Pass {DOMAIN.title()}"], "pass", id="case"),
        pytest.param(
            [f"{OURS}\r\n\tspf=pass smtp.mailfrom=b;\r\n\tdmarc=pass (p=reject\r\n dis=none) {DOMAIN}"],
            "pass",
            id="folded",
        ),
        pytest.param(
            [f'{OURS} dkim=pass reason="a;b" header.d=x; dmarc=pass header.from="customer.example"'],
            "pass",
            id="quoted",
        ),
        pytest.param([f"{OURS} dmarc=pass header.from=a@customer.example"], "pass", id="whole address"),
        pytest.param([f"{OURS} spf=pass smtp.mailfrom=x", "Received-SPF: pass", PASS], "pass", id="a run of filters"),
        pytest.param(["Authentication-Results: other.example; dmarc=fail", PASS], "pass", id="another's in the run"),
        pytest.param([FAIL], "fail", id="fail"),
        pytest.param([PASS, FAIL], "fail", id="fail beats pass"),
        pytest.param([f"{OURS} dmarc=fail"], "fail", id="fail without a domain"),
        pytest.param([RECEIVED], "none", id="nothing"),
        pytest.param([PASS.replace(ID, "evil.example")], "none", id="another's id"),
        pytest.param([PASS.replace(ID, ID + ".evil.example")], "none", id="id as a prefix"),
        pytest.param([PASS.replace("customer.example", "attack.example")], "none", id="another domain"),
        pytest.param([PASS.replace("=customer", "=x.customer")], "none", id="a subdomain"),
        pytest.param([PASS + " header.from=attack.example"], "none", id="two domains"),
        pytest.param([f"{OURS} dmarc=pass"], "none", id="pass without a domain"),
        pytest.param([f"{OURS} dmarc=none {DOMAIN}"], "none", id="no policy"),
        pytest.param([f"{OURS} spf=pass smtp.mailfrom=customer.example; dkim=pass"], "none", id="spf and dkim alone"),
        pytest.param([f"{OURS} none"], "none", id="none"),
        pytest.param([f"Authentication-Results: {ID}"], "none", id="only an id"),
        pytest.param([f"Authentication-Results: {ID} 1 x; dmarc=pass {DOMAIN}"], "none", id="too much beside the id"),
        pytest.param([f"{OURS} spf=fail (dmarc=pass {DOMAIN})"], "none", id="in a comment"),
        pytest.param([f"{OURS} spf=fail (; dmarc=pass {DOMAIN}"], "none", id="comment unclosed"),
        pytest.param([f"{OURS} spf=fail ); dmarc=pass {DOMAIN}"], "none", id="comment unopened"),
        pytest.param([f'{OURS} spf=fail smtp.mailfrom="; dmarc=pass {DOMAIN}"'], "none", id="in a quote"),
        pytest.param([f'{OURS} spf=fail smtp.mailfrom="; dmarc=pass {DOMAIN}'], "none", id="quote unclosed"),
        pytest.param([f"{OURS} spf=fail smtp.helo=x dmarc=pass {DOMAIN}"], "none", id="no semicolon"),
        pytest.param([f"{OURS} dmarc=pass x {DOMAIN}"], "none", id="no pairs"),
        pytest.param([f"{OURS} =?utf-8?q?dmarc=3Dpass_header.from=3Dcustomer.example?="], "none", id="encoded word"),
        pytest.param([PASS + "; x=" + "a" * 5_000], "none", id="too long"),
        pytest.param([PASS, RECEIVED, PASS], "forged", id="below a hop"),
        pytest.param([f"{OURS} dmarc=none", RECEIVED, "Subject: x", PASS], "forged", id="the sender's own"),
        pytest.param([FAIL, RECEIVED, PASS], "forged", id="fail and forged"),
        pytest.param([PASS, "X-A: b", PASS + " x"], "forged", id="forged and broken"),
        pytest.param([PASS, RECEIVED, PASS.replace(ID, "other.example")], "pass", id="another server's below"),
    ],
)
def test_verdicts(lines: list[str], expected: str) -> None:
    assert says(*lines) == expected


@pytest.mark.parametrize("authserv_id", [None, "", "  "])
def test_no_id_configured_is_no_trust(authserv_id: str | None) -> None:
    assert says(PASS, authserv_id=authserv_id) == "none"


def test_a_doubtful_sender_never_passes() -> None:
    assert says(PASS, sender="<a@customer.example(.attack.example)>") == "none"
    assert says("From: b@customer.example", PASS) == "none"


@pytest.mark.parametrize("value", ["(" * 4_000, '"' * 4_000, "a=" * 2_000, ";" * 4_000, "\\" * 4_000, "(" * 15_000])
def test_hostile_results_take_no_time(value: str) -> None:
    started = time.process_time()
    assert says(*[f"{OURS} {value}"] * 10) == "none"
    assert time.process_time() - started < 10  # no measure of speed: a hang would take minutes


PIECES = [*';=()"\\ ', "dmarc", "pass", "header.from", "customer.example"]


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_any_results_give_a_verdict(value: str) -> None:
    assert says(f"{OURS} {value}") in {"pass", "fail", "none"}
