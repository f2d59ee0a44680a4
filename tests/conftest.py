"""What all tests share: towns in four states for the flow's tests, and hypothesis that never fails for slowness."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from bot.edges.clock import SimulatedClock
from bot.edges.embedded import EmbeddedMail
from bot.edges.sandbox import Sandbox
from tests.steps.town import AUTHSERV_ID, MONDAY, TUESDAY, USERS, Town, a_town, yes

# Seconds are measured by `make bench` alone; in CI the same examples are tried every time.
settings.register_profile(
    "duizhang",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=bool(os.environ.get("CI")),
    print_blob=True,
)
settings.load_profile("duizhang")


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as children:
        yield children


@pytest.fixture
def clock() -> SimulatedClock:
    return SimulatedClock(MONDAY)


@pytest.fixture
def server(clock: SimulatedClock) -> Iterator[EmbeddedMail]:
    with EmbeddedMail(USERS, authserv_id=AUTHSERV_ID, now=clock.now) as running:
        yield running


@pytest.fixture
def town(tmp_path: Path, server: EmbeddedMail, sandbox: Sandbox, clock: SimulatedClock) -> Iterator[Town]:
    """Nothing was imported yet; Monday morning."""
    with a_town(tmp_path, server, sandbox, clock) as made:
        yield made


@pytest.fixture
def ready(town: Town) -> Town:
    """October is prepared, and it is the day of sending."""
    town.import_all()
    town.prepare()
    town.clock.set(TUESDAY)
    return town


@pytest.fixture
def sent(ready: Town) -> Town:
    """October was sent on Tuesday."""
    ready.send()
    return ready


@pytest.fixture
def confirmed(sent: Town) -> Town:
    """C001 confirmed with the sentence and its sealed pages."""
    sent.at(3, 10)
    sent.reply(yes(), sent.sealed())
    assert sent.poll() == ["confirmed"]
    return sent


pytest_plugins = ["tests.steps.fixtures"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--renew-stories", action="store_true", help="write tests/stories/* anew; then read the diff")
