"""The round trip of ``doctor``: what comes back stamped, cleaned, under another id, or not at all (N3)."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.edges.embedded import EmbeddedMail
from bot.edges.tls import ServerBusy
from bot.steps import checkup, probing
from bot.steps.probing import RoundTrip
from tests.edges.mail_company import BOT, USERS, company_on
from tests.steps.town import Town

NOW = datetime(2026, 11, 3, 1, 0, tzinfo=UTC)


def test_N3_a_good_server_stamps_our_mail_and_strips_the_forged_verdict() -> None:
    with EmbeddedMail(USERS, authserv_id="mx.real.test") as server:
        base = company_on(server)
        mail = replace(base.mail, authserv_id="mx.real.test")
        trip = probing.round_trip(replace(base, mail=mail), NOW)
    assert trip is not None
    assert (trip.same_id, trip.cleaned, trip.verdict) == (True, True, "pass")


def test_a_mail_that_never_comes_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probing, "_found", lambda *_: None)
    with EmbeddedMail(USERS) as server:
        assert probing.round_trip(company_on(server), NOW, patience=0.2) is None


def test_a_server_that_refuses_our_own_address_is_one_clear_line() -> None:
    with EmbeddedMail(USERS) as server:
        server.faults.refuse[BOT] = "550 5.7.1 no"
        with pytest.raises(ServerBusy, match="to itself"):
            probing.round_trip(company_on(server), NOW)


@pytest.mark.parametrize(
    ("trip", "told"),
    [
        pytest.param(None, "did not come back", id="lost"),
        pytest.param(
            RoundTrip(1, same_id=False, cleaned=True, verdict="pass"), "rewrites Message-IDs", id="another id"
        ),
        pytest.param(
            RoundTrip(1, same_id=True, cleaned=False, verdict="pass"), "forged", id="forged verdict let through"
        ),
        pytest.param(RoundTrip(1, same_id=True, cleaned=True, verdict="none"), "came back as none", id="not stamped"),
    ],
)
def test_what_is_wrong_is_said_in_a_line(
    town: Town, monkeypatch: pytest.MonkeyPatch, trip: RoundTrip | None, told: str
) -> None:
    monkeypatch.setattr(probing, "round_trip", lambda *_: trip)
    findings = [each for each in checkup.examine(town.office) if told in each.finding]
    assert findings
    assert findings[0].state != "good"
