"""What all tests share: the towns of the flow's tests, and hypothesis that never fails for slowness."""

import os

import pytest
from hypothesis import HealthCheck, settings

# Seconds are measured by `make bench` alone; in CI the same examples are tried every time.
settings.register_profile(
    "duizhang",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=bool(os.environ.get("CI")),
    print_blob=True,
)
settings.load_profile("duizhang")

pytest_plugins = ["tests.steps.fixtures"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--renew-stories", action="store_true", help="write tests/stories/* anew; then read the diff")
