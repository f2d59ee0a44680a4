"""Fails when branch coverage falls under the bar: 100 % where decisions are made, 90 % elsewhere.

Reads the data that ``pytest --cov`` has combined; children that were killed or contained leave none, and count as not
covered. The table is printed only where the bar is missed.
"""

import subprocess
import sys
from pathlib import Path

DECIDING_PARSERS = ("phrase", "period", "money", "quote", "subject", "command")
DECIDING = ",".join(["bot/decide/*", *(f"parsers/{name}.py" for name in DECIDING_PARSERS)])


def coverage(*arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "coverage", *arguments]
    return subprocess.run(command, check=False, capture_output=True, text=True)


def report(what: str, minimum: int, selection: str) -> bool:
    """Whether the bar is met; one line if so, the files that fall short if not."""
    done = coverage("report", "--skip-covered", "--show-missing", f"--fail-under={minimum}", selection)
    total = coverage("report", "--format=total", "--precision=1", selection).stdout.strip()
    print(f"coverage of {what}: {total} %, wanted {minimum} %")
    if done.returncode:
        print(done.stdout + done.stderr)
    return done.returncode == 0


def main() -> int:
    if not Path(".coverage").exists():
        print("no coverage was measured: run `make test`")
        return 1
    met = [
        report("what decides", 100, f"--include={DECIDING}"),
        report("everything else", 90, f"--omit={DECIDING}"),
    ]
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
