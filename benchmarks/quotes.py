"""How well quotations are stripped from real replies: exact, leaked, lost; where the collection lies beside us.

``python benchmarks/quotes.py [real-zh.jsonl]``; a line holds ``text``, ``written`` and perhaps the ``parent``'s text.
"""

import json
import sys
from pathlib import Path

from parsers.quote import strip
from parsers.subtract import subtract

BESIDE = Path(__file__).resolve().parents[2] / "shared" / "replies" / "real-zh.jsonl"


def lines(text: str) -> list[str]:
    """Lines with something on them, blanks made one."""
    return [" ".join(line.split()) for line in text.split("\n") if line.strip()]


def main(path: Path) -> int:
    """Print the rates; 0 also where there is no collection."""
    if not path.exists():
        print(f"no collection at {path}: nothing measured")
        return 0
    replies = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    exact = leaked = lost = leaked_with_parent = 0
    for reply in replies:
        own, wanted = lines(strip(reply["text"]).own), lines(reply["written"])
        exact += own == wanted
        leaked += bool(set(own) - set(wanted))
        lost += bool(set(wanted) - set(own))
        with_parent = lines(subtract("\n".join(own), (reply["parent"] or "",)))
        joined = "\n".join(wanted)
        leaked_with_parent += any(line not in joined for line in with_parent)
    total = len(replies)
    print(f"{total} replies: exact {exact / total:.1%}, leaked {leaked / total:.1%}, lost {lost / total:.1%}")
    print(f"with the answered mail known: leaked {leaked_with_parent / total:.1%}")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else BESIDE))
