"""One block of config.yaml being read key by key; whatever is wrong is collected, and reading goes on.

Each reader gives the value to go on with where the file has none or a wrong one, so that all faults come out at once.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TypeVar

from bot.config import ConfigFault
from bot.config_file.grammar import Wrong
from bot.config_file.tree import Block, Leaf, Node, Series

T = TypeVar("T")


@dataclass(slots=True)
class Collected:
    """What is wrong so far (each fault once), and the keys that were asked for."""

    faults: dict[ConfigFault, None] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)

    def add(self, line: int | None, key: str, message: str, remedy: str = "") -> None:
        """One more fault."""
        self.faults[ConfigFault(line, key, message, remedy)] = None

    def in_order(self) -> tuple[ConfigFault, ...]:
        """By line; those of the file as a whole first."""
        return tuple(sorted(self.faults, key=lambda fault: fault.line or 0))


class Section:
    """A block under its dotted path; ``present`` tells whether it stands in the file."""

    def __init__(self, node: Node | None, path: str, collected: Collected, line: int) -> None:
        self.path = path
        self.collected = collected
        self.line = node.line if node is not None else line
        self.present = isinstance(node, Block)
        entries = node.entries if isinstance(node, Block) else ()
        self._nodes = {name: below for name, _, below in entries}
        self._lines = {name: key_line for name, key_line, _ in entries}
        self._known: list[str] = []
        if node is not None and not self.present:
            self.collected.add(node.line, path, "a block of keys belongs here", _colon(node))

    def fault(self, key: str, message: str, remedy: str = "") -> None:
        """Report something about a key of this section."""
        self.collected.add(self._lines.get(key, self.line), self._full(key), message, remedy)

    def has(self, key: str) -> bool:
        """Whether the key holds anything."""
        node = self._nodes.get(key)
        return node is not None and not (isinstance(node, Leaf) and node.text is None)

    def one(self, key: str, parse: Callable[[str], T], otherwise: T, *, required: bool = False) -> T:
        """The key's value; ``otherwise`` where it is absent, empty or wrong."""
        node = self._node(key, required=required)
        return otherwise if node is None else self._parsed(node, self._full(key), parse, otherwise)

    def many(
        self, key: str, parse: Callable[[str], T], otherwise: tuple[T, ...] = (), *, required: bool = False
    ) -> tuple[T, ...]:
        """The values of a list, wrong ones left out; ``otherwise`` where it is absent or empty."""
        node = self._node(key, required=required)
        if node is None:
            return otherwise
        if not isinstance(node, Series):
            self.collected.add(node.line, self._full(key), "a list belongs here", "write [one, another]")
            return otherwise
        if required:
            self._refuse_empty(key, node)
        found: list[T] = []
        for place, item in enumerate(node.items, 1):
            value = self._parsed(item, f"{self._full(key)}[{place}]", parse, None)
            found += [] if value is None else [value]
        return tuple(found)

    def section(self, key: str, *, required: bool = False) -> "Section":
        """The block below a key; an empty one where it is absent."""
        node = self._node(key, required=required)
        return Section(node, self._full(key), self.collected, self._lines.get(key, self.line))

    def sections(self, key: str, *, required: bool = False) -> tuple["Section", ...]:
        """The blocks of a list."""
        node = self._node(key, required=required)
        if node is None:
            return ()
        full = self._full(key)
        if not isinstance(node, Series):
            self.collected.add(node.line, full, "a list of blocks belongs here", "begin each one with '- '")
            return ()
        self._refuse_empty(key, node)
        return tuple(
            Section(item, f"{full}[{place}]", self.collected, node.line) for place, item in enumerate(node.items, 1)
        )

    def end(self) -> None:
        """Say which keys of the section nobody knows; to be called when all were read."""
        for key in self._nodes:
            if key not in self._known:
                close = get_close_matches(key.lower(), self._known, 1, 0.6)
                remedy = f"did you mean {close[0]}?" if close else f"known here: {', '.join(self._known)}"
                self.fault(key, "this key is unknown", remedy)

    def _full(self, key: str) -> str:
        """The key with its path."""
        return f"{self.path}.{key}" if self.path else key

    def _node(self, key: str, *, required: bool) -> Node | None:
        """What the key holds; None where it is absent or empty, which is a fault of a required one."""
        self._known.append(key)
        self.collected.asked.add(self._full(key))
        if self.has(key):
            return self._nodes[key]
        if required and (self.present or not self.path):
            self.fault(key, "this key is missing" if key not in self._nodes else "this key is empty", "it is required")
        return None

    def _refuse_empty(self, key: str, node: Series) -> None:
        """A list that must name something."""
        if not node.items:
            self.fault(key, "the list is empty", "name at least one")

    def _parsed(self, node: Node, full: str, parse: Callable[[str], T], otherwise: T) -> T:
        """A scalar's text as the grammar reads it."""
        if not isinstance(node, Leaf) or node.text is None:
            self.collected.add(node.line, full, "a single value belongs here", _colon(node))
            return otherwise
        try:
            return parse(node.text)
        except Wrong as wrong:
            self.collected.add(node.line, full, wrong.message, wrong.remedy)
            return otherwise


def _colon(node: Node) -> str:
    """The trap of the Chinese keyboard."""
    wide = isinstance(node, Leaf) and node.text is not None and "：" in node.text
    return "write ': ' in place of the full-width colon：" if wide else ""
