"""Returned scans from seeds: what is accepted, what is refused, and what a return costs.

``python benchmarks/scans.py [--seeds N] [--dpi N] [--lines N] [--kind WORDS]``. Where ``../shared/signatures`` holds
pictures of real names, they are put into the box as well.
"""

import argparse
import time
from collections import Counter
from pathlib import Path
from random import Random

from PIL import Image

from parsers.scan.read import read
from tests.parsers.scan_returns import BAD, GOOD, Case, Files, case, parts, sheet, ship

HANDS = sorted((Path(__file__).resolve().parents[2] / "shared" / "signatures").glob("s*.*"))


def real_hand(one: Case, seed: int, dpi: int) -> Files:
    """A real name, 24 to 36 mm wide, in blue."""
    made = sheet(one, seed, dpi)
    random = Random(seed)
    grey = Image.open(HANDS[seed % len(HANDS)]).convert("L")
    width = made.pixels(random.uniform(24, 36))
    grey = grey.resize((width, max(1, width * grey.height // grey.width)))
    ink = Image.new("RGBA", grey.size, (38, 60, 160, 0))
    ink.putalpha(grey.point(lambda value: 0 if value > 190 else min(255, (190 - value) * 3)))
    box = one.sent.layout.sign_box
    made.put(ink, box.page, box.x + box.width / 2 + random.uniform(-15, 15), box.y + box.height / 2)
    return ship(made, seed)


def main() -> None:
    """Print a line per kind, then the sums."""
    options = argparse.ArgumentParser(description=__doc__)
    for name, value in (("seeds", 10), ("dpi", 150), ("lines", 7), ("first", 2000)):
        options.add_argument(f"--{name}", type=int, default=value)
    options.add_argument("--kind", default="")
    chosen = options.parse_args()
    one = case(chosen.lines)
    good = GOOD | ({"real hand": real_hand} if HANDS else {})
    accepted, spent = Counter[tuple[str, bool]](), 0.0
    for label, table in (("good", good), ("bad", BAD)):
        for kind, make in table.items():
            if chosen.kind not in kind:
                continue
            found = Counter[str]()
            for seed in range(chosen.first, chosen.first + chosen.seeds):
                files = parts(make(one, seed, chosen.dpi))
                started = time.process_time()
                found[read(files, (one.reference,))[0].verdict] += 1
                spent += time.process_time() - started
            accepted[label, True] += found["signed"]
            accepted[label, False] += sum(found.values()) - found["signed"]
            print(f"{label:5} {kind:28} {dict(found)}", flush=True)
    print(f"good accepted {accepted['good', True]} of {accepted['good', True] + accepted['good', False]}")
    print(f"bad accepted {accepted['bad', True]} of {accepted['bad', True] + accepted['bad', False]}")
    print(f"CPU seconds a return ({one.sent.pages} pages): {spent / max(1, sum(accepted.values())):.2f}")


if __name__ == "__main__":
    main()
