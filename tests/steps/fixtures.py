"""What the tests of the flow, the stories and the command line share: one pair of mail servers, one sandbox, one month.

The month is imported, prepared and sent once; each test goes on from a copy of its database and files.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from bot.edges.clock import SimulatedClock
    from bot.edges.embedded import EmbeddedMail
    from bot.edges.sandbox import Sandbox
    from tests.steps.town import Town


@pytest.fixture(scope="session")
def clock() -> "SimulatedClock":
    from bot.edges.clock import SimulatedClock
    from tests.steps.town import MONDAY

    return SimulatedClock(MONDAY)


@pytest.fixture(scope="session")
def sandbox() -> "Iterator[Sandbox]":
    from bot.edges.sandbox import Sandbox

    with Sandbox() as children:
        yield children


@pytest.fixture(scope="session")
def servers(clock: "SimulatedClock") -> "Iterator[EmbeddedMail]":
    from bot.edges.embedded import EmbeddedMail
    from tests.steps.town import AUTHSERV_ID, USERS

    with EmbeddedMail(USERS, authserv_id=AUTHSERV_ID, now=clock.now) as mail:
        yield mail


def _begun(
    folder: Path, servers: "EmbeddedMail", sandbox: "Sandbox", clock: "SimulatedClock", *, day: int
) -> "AbstractContextManager[Town]":
    """A town in a folder on a day of November, its servers as they are before anybody wrote, and in good order."""
    from tests.steps.town import MONDAY, TUESDAY, a_town

    servers.faults.replies.clear()
    servers.faults.refuse.clear()
    servers.faults.cut = servers.faults.lose_answer = 0
    for address in servers.users:
        for _ in servers.messages(address):
            servers.remove(address, 0)
    clock.set(MONDAY if day == 2 else TUESDAY)
    return a_town(folder, servers, sandbox, clock)


@pytest.fixture(scope="session")
def _sent_month(
    tmp_path_factory: pytest.TempPathFactory, servers: "EmbeddedMail", sandbox: "Sandbox", clock: "SimulatedClock"
) -> Path:
    from tests.steps.town import TUESDAY

    folder = tmp_path_factory.mktemp("month")
    with _begun(folder, servers, sandbox, clock, day=2) as town:
        town.import_all()
        town.prepare()
        clock.set(TUESDAY)
        town.send()
    return folder


@pytest.fixture(scope="session")
def _confirmed_month(
    tmp_path_factory: pytest.TempPathFactory,
    _sent_month: Path,
    servers: "EmbeddedMail",
    sandbox: "Sandbox",
    clock: "SimulatedClock",
) -> Path:
    """C001 has confirmed by phrase and sealed scan; our thanks are owed and not sent yet."""
    from tests.steps.town import copied, yes

    folder = copied(_sent_month, tmp_path_factory.mktemp("confirmed") / "town")
    with _begun(folder, servers, sandbox, clock, day=3) as town:
        town.reply(yes(), town.sealed())
        assert town.poll() == ["confirmed"]
    return folder


@pytest.fixture
def town(tmp_path: Path, servers: "EmbeddedMail", sandbox: "Sandbox", clock: "SimulatedClock") -> "Iterator[Town]":
    """A company that has imported nothing yet, on Monday morning."""
    with _begun(tmp_path, servers, sandbox, clock, day=2) as made:
        yield made


@pytest.fixture
def sent(
    tmp_path: Path, _sent_month: Path, servers: "EmbeddedMail", sandbox: "Sandbox", clock: "SimulatedClock"
) -> "Iterator[Town]":
    """October's statements are with the customers, on Tuesday morning."""
    from tests.steps.town import copied

    with _begun(copied(_sent_month, tmp_path / "town"), servers, sandbox, clock, day=3) as made:
        yield made


@pytest.fixture
def confirmed(
    tmp_path: Path, _confirmed_month: Path, servers: "EmbeddedMail", sandbox: "Sandbox", clock: "SimulatedClock"
) -> "Iterator[Town]":
    """The month as sent, and C001's confirmation came in at once."""
    from tests.steps.town import copied

    with _begun(copied(_confirmed_month, tmp_path / "town"), servers, sandbox, clock, day=3) as made:
        made.written = 1
        yield made
