"""What holds for every test: hypothesis never fails for slowness, because seconds are measured by `make bench` alone."""

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "duizhang",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=bool(os.environ.get("CI")),
    print_blob=True,
)
settings.load_profile("duizhang")
