"""``make trial``: many made-up replies or returned scans, judged: what is a yes wrongly, and what a person must see.

``make trial ARGS="--kind replies --count 20000 --shard 1/4"``: item i is the same at every run (seed and i alone make
it); a shard takes every n-th. Progress is kept in benchmarks/.cache, so a run that was stopped goes on where it was;
the sums of all shards of the same commit and seed stand in benchmarks/trial-<kind>.md.
"""

import argparse
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from bot.model import Outcome
from tests.decide.generated import make
from tests.decide.rounds import judged

FOLDER = Path(__file__).resolve().parent
CACHE = FOLDER / ".cache"
MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Item:
    """What came of one item: whether it is a good one, whether it counted as a yes, and its name."""

    good: bool
    yes: bool
    name: str


def reply(index: int, seed: int) -> Item:
    """A reply made of parts, as the bytes of a mail with a signed scan; three quarters of them must not confirm."""
    made = make(index, seed)
    return Item(made.good, judged(made.record).outcome is Outcome.CONFIRMED, made.how)


KINDS: dict[str, tuple[Callable[[int, int], Item], int]] = {"replies": (reply, 500)}
"""What makes and judges an item, and after how many progress is kept."""


@dataclass(slots=True)
class Sum:
    """What a shard has found so far; ``next`` is the index to go on with."""

    commit: str
    next: int = 0
    good: int = 0
    good_yes: int = 0
    bad: int = 0
    bad_yes: int = 0
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    def add(self, item: Item) -> None:
        """Counts one item; a wrong yes is remembered by name, and so are honest ones that a person must see."""
        if item.good:
            self.good, self.good_yes = self.good + 1, self.good_yes + item.yes
            self.missed += [] if item.yes else [item.name]
        else:
            self.bad, self.bad_yes = self.bad + 1, self.bad_yes + item.yes
            self.wrong += [item.name] if item.yes else []


def _commit() -> str:
    told = subprocess.run(
        ["git", "-C", str(FOLDER), "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    )
    return told.stdout.strip() or "none"


def _kept(path: Path, commit: str) -> Sum:
    if path.exists():
        found = Sum(**json.loads(path.read_text("utf-8")))
        if found.commit == commit:
            return found
    return Sum(commit)


def _keep(path: Path, found: Sum) -> None:
    path.parent.mkdir(exist_ok=True)
    temporary = path.with_suffix(".new")
    temporary.write_text(json.dumps(asdict(found), ensure_ascii=False), "utf-8")
    temporary.replace(path)


def _page(kind: str, seed: int, commit: str) -> str:
    shards = [Sum(**json.loads(path.read_text("utf-8"))) for path in sorted(CACHE.glob(f"{kind}-seed{seed}-*.json"))]
    shards = [each for each in shards if each.commit == commit]
    good, good_yes = sum(each.good for each in shards), sum(each.good_yes for each in shards)
    bad, bad_yes = sum(each.bad for each in shards), sum(each.bad_yes for each in shards)
    missed = Counter(name for each in shards for name in each.missed).most_common(MOST_SHOWN)
    lines = [
        f"# Trial of {kind}",
        f"\nMade by `make trial`: commit {commit}, seed {seed}, {len(shards)} shards.\n",
        "| | items | counted as a yes |\n|---|--:|--:|",
        f"| must not confirm | {bad:,} | {bad_yes:,} |",
        f"| honest | {good:,} | {good_yes:,} ({good_yes / max(good, 1):.2%}) |",
        *[f"\nWrongly a yes: `{name!r}`" for each in shards for name in each.wrong[:MOST_SHOWN]],
        *(["\nHonest ones that a person must see, most frequent first:\n"] if missed else []),
        *[f"- {times} × `{name!r}`" for name, times in missed],
    ]
    return "\n".join(lines) + "\n"


def main() -> int:
    """1 where anything that must not confirm did."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--kind", choices=[*sorted(KINDS), "scans"], default="replies")
    options.add_argument("--count", type=int, default=2000, help="items over all shards")
    options.add_argument("--shard", default="1/1", help="such as 2/4")
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    shard, of = (int(part) for part in chosen.shard.split("/"))
    if chosen.kind == "scans":
        import trial_scans

        return trial_scans.run(chosen.count, shard, of, chosen.seed)
    make, every = KINDS[chosen.kind]
    commit = _commit()
    path = CACHE / f"{chosen.kind}-seed{chosen.seed}-{shard}of{of}.json"
    found = _kept(path, commit)
    for place, index in enumerate(range(max(found.next, shard - 1), chosen.count, of), 1):
        found.add(make(index, chosen.seed))
        found.next = index + of
        if place % every == 0:
            _keep(path, found)
            print(f"{index + 1:,} of {chosen.count:,}: {found.bad_yes} wrong", file=sys.stderr, flush=True)
    _keep(path, found)
    page = _page(chosen.kind, chosen.seed, commit)
    (FOLDER / f"trial-{chosen.kind}.md").write_text(page, "utf-8")
    print(page)
    return 1 if found.bad_yes else 0


if __name__ == "__main__":
    sys.exit(main())
