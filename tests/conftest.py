"""What holds for every test: hypothesis never fails for slowness, because seconds are measured by `make bench` alone.

The towns of the flow's tests (``town``, ``sent``, ``confirmed``) are made in tests/steps/fixtures.py.
"""

import os

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "duizhang",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=bool(os.environ.get("CI")),  # in CI the same examples are tried every time
    print_blob=True,
)
settings.load_profile("duizhang")
pytest_plugins = ["tests.steps.fixtures"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--renew-stories", action="store_true", help="write tests/stories/* anew; then read the diff")
