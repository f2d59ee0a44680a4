"""Which reader of scans came to a verdict: raised with every change that can change one, and kept with each reading."""

from typing import Final

VERSION: Final = "2026-11-6"
