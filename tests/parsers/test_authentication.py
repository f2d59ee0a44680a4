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
RECEIVED = "Received: from x by y"


def says(*lines: str, authserv_id: str | None = ID, sender: str = "a@customer.example") -> str:
    return verdict(parse("\r\n".join(lines).encode() + b"\r\n" + mail(From=sender)), authserv_id)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param([PASS], "pass", id="pass"),
        pytest.param([RECEIVED, PASS, RECEIVED], "pass", id="under the last hop"),
        pytest.param([f"Authentication-Results: {ID.upper()} 1; DMARC=Pass header.from=Customer.Example"], "pass", id="case"),
        pytest.param([f"Authentication-Results: {ID};\r\n\tspf=pass smtp.mailfrom=b.example;\r\n\tdmarc=pass (p=reject\r\n dis=none) header.from=customer.example"], "pass", id="folded, with comments"),
        pytest.param([f'Authentication-Results: {ID}; dkim=pass reason="a;b" header.d=x; dmarc=pass header.from="customer.example"'], "pass", id="quoted"),
        pytest.param([f"Authentication-Results: {ID}; dmarc=pass header.from=a@customer.example"], "pass", id="whole address"),
        pytest.param([f"Authentication-Results: {ID}; spf=pass smtp.mailfrom=x", "Received-SPF: pass", PASS], "pass", id="a run of filters"),
        pytest.param([f"Authentication-Results: other.example; dmarc=fail", PASS], "pass", id="another's in the run"),
        pytest.param([FAIL], "fail", id="fail"),
        pytest.param([PASS, FAIL], "fail", id="fail beats pass"),
        pytest.param([f"Authentication-Results: {ID}; dmarc=fail"], "fail", id="fail without a domain"),
        pytest.param([RECEIVED], "none", id="nothing"),
        pytest.param([PASS.replace(ID, "evil.example")], "none", id="another's id"),
        pytest.param([PASS.replace(ID, ID + ".evil.example")], "none", id="id as a prefix"),
        pytest.param([PASS.replace("customer.example", "attack.example")], "none", id="another domain"),
        pytest.param([PASS.replace("=customer", "=x.customer")], "none", id="a subdomain"),
        pytest.param([PASS + " header.from=attack.example"], "none", id="two domains"),
        pytest.param([f"Authentication-Results: {ID}; dmarc=pass"], "none", id="pass without a domain"),
        pytest.param([f"Authentication-Results: {ID}; dmarc=none header.from=customer.example"], "none", id="no policy"),
        pytest.param([f"Authentication-Results: {ID}; spf=pass smtp.mailfrom=customer.example; dkim=pass"], "none", id="spf and dkim alone"),
        pytest.param([f"Authentication-Results: {ID}; none"], "none", id="none"),
        pytest.param([f"Authentication-Results: {ID}"], "none", id="only an id"),
        pytest.param([f"Authentication-Results: {ID} 1 x; dmarc=pass header.from=customer.example"], "none", id="too much beside the id"),
        pytest.param([f"Authentication-Results: {ID}; spf=fail (dmarc=pass header.from=customer.example)"], "none", id="in a comment"),
        pytest.param([f"Authentication-Results: {ID}; spf=fail (; dmarc=pass header.from=customer.example"], "none", id="comment unclosed"),
        pytest.param([f"Authentication-Results: {ID}; spf=fail ); dmarc=pass header.from=customer.example"], "none", id="comment unopened"),
        pytest.param([f'Authentication-Results: {ID}; spf=fail smtp.mailfrom="; dmarc=pass header.from=customer.example"'], "none", id="in a quote"),
        pytest.param([f'Authentication-Results: {ID}; spf=fail smtp.mailfrom="; dmarc=pass header.from=customer.example'], "none", id="quote unclosed"),
        pytest.param([f"Authentication-Results: {ID}; spf=fail smtp.helo=x dmarc=pass header.from=customer.example"], "none", id="no semicolon"),
        pytest.param([f"Authentication-Results: {ID}; dmarc=pass x header.from=customer.example"], "none", id="no pairs"),
        pytest.param([f"Authentication-Results: {ID}; =?utf-8?q?dmarc=3Dpass_header.from=3Dcustomer.example?="], "none", id="encoded word"),
        pytest.param([PASS + "; x=" + "a" * 5_000], "none", id="too long"),
        pytest.param([PASS, RECEIVED, PASS], "forged", id="below a hop"),
        pytest.param([f"Authentication-Results: {ID}; dmarc=none", RECEIVED, "Subject: x", PASS], "forged", id="the sender's own"),
        pytest.param([FAIL, RECEIVED, PASS], "forged", id="fail and forged"),
        pytest.param([PASS, "X-A: b", PASS + " x"], "forged", id="forged and broken"),
        pytest.param([PASS, RECEIVED, PASS.replace(ID, "other.example")], "pass", id="another server's below"),
    ],
)  # fmt: skip
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
    assert (
        says(f"Authentication-Results: {ID}; {value}", *[f"Authentication-Results: {ID}; {value[:4_000]}"] * 10)
        == "none"
    )
    assert time.process_time() - started < 0.3


@given(
    st.lists(
        st.sampled_from([";", "=", "(", ")", '"', "\\", " ", "dmarc", "pass", "header.from", "customer.example"])
    ).map("".join)
)
def test_any_results_give_a_verdict(value: str) -> None:
    assert says(f"Authentication-Results: {ID}; {value}") in {"pass", "fail", "none"}
