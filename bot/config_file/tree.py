"""Bytes of config.yaml → a tree of blocks, lists and texts that know their lines; nothing is interpreted.

Scalars stay the text that was written (``tax_id: 0123`` keeps its zero, ``at: 18:00`` is no number of seconds), only
an empty one, ``~`` and ``null`` are None. What is hostile or mistaken becomes a fault: other encodings, files that are
too large, nesting that is too deep, aliases that multiply, tags, keys that stand twice.
"""

from collections import Counter
from dataclasses import dataclass

import yaml

from bot.config import ConfigFault, ConfigFaults

LONGEST = 1_000_000
_DEEPEST = 12
_MOST_NODES = 20_000
_LONGEST_SHOWN = 100
_NULL = "tag:yaml.org,2002:null"
_PLAIN_TAGS = frozenset(
    f"tag:yaml.org,2002:{kind}" for kind in ("map", "seq", "str", "int", "float", "bool", "null", "timestamp")
)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A scalar as written; None for an empty one."""

    line: int
    text: str | None


@dataclass(frozen=True, slots=True)
class Block:
    """Keys with the lines they stand in and what they hold, in the order of the file."""

    line: int
    entries: tuple[tuple[str, int, "Node"], ...]


@dataclass(frozen=True, slots=True)
class Series:
    """A list."""

    line: int
    items: tuple["Node", ...]


Node = Leaf | Block | Series


def read(data: bytes) -> Block:
    """The file's tree; raises ConfigFaults."""
    root = _composed(_text(data))
    if root is None:
        return Block(1, ())
    faults: list[ConfigFault] = []
    tree = _Builder(faults).node(root, "", 0)
    if isinstance(tree, Block) and not faults:
        return tree
    if isinstance(tree, Leaf) and tree.text is None:
        return Block(1, ())
    if not faults:
        faults.append(ConfigFault(tree.line, "", "the file holds no keys", _remedy_for(root)))
    raise ConfigFaults(tuple(faults))


def _text(data: bytes) -> str:
    """The bytes as text."""
    if len(data) > LONGEST:
        raise _one(None, f"the file has {len(data):,} bytes", f"{LONGEST:,} are the most that it may have")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise _one(line, "the file is not UTF-8 here", "save it as UTF-8 (an editor's 'Save as' offers that)") from None


def _composed(text: str) -> yaml.Node | None:
    """PyYAML's nodes; its own recursion is kept shallow by looking at the events first."""
    try:
        _measure(text)
        return yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        told = " ".join(filter(None, (error.context, error.problem)))
        raise _one(mark.line + 1 if mark else None, f"this is no YAML: {told}", _hint(text, told)) from None
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        # PyYAML lets the last two out for \UFFFFFFFF and for %YAML with a number of thousands of digits.
        told = str(error).splitlines()[0]
        raise _one(None, f"this is no YAML: {told}", "remove the characters or the number that it names") from None


def _measure(text: str) -> None:
    """Refuses a document that is nested too deeply or has too many parts."""
    depth = 0
    for count, event in enumerate(yaml.parse(text, Loader=yaml.SafeLoader)):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST or count > _MOST_NODES:
            line = event.start_mark.line + 1 if event.start_mark else None
            raise _one(line, "the file is nested too deeply or has too many parts", "simplify it")


def _hint(text: str, told: str) -> str:
    """What commonly is behind an error of the syntax."""
    if "\\t" in told:
        return "indent with spaces, not with tabs"
    if "：" in text:
        return "look for a full-width colon： and write ': ' (colon and space) in its place"
    return "look at this line and the one before it: indentation, a missing ': ', a quote that is not closed"


def _remedy_for(root: yaml.Node) -> str:
    """What to write where a block was expected."""
    written = root.value if isinstance(root.value, str) else ""
    return _hint("：", "") if "：" in written else "write lines such as 'company: {name: …}'"


def _one(line: int | None, message: str, remedy: str) -> ConfigFaults:
    """A fault that ends the reading."""
    return ConfigFaults((ConfigFault(line, "", message, remedy),))


class _Builder:
    """Turns PyYAML's nodes into ours; the nodes of an alias count each time that they are used."""

    def __init__(self, faults: list[ConfigFault]) -> None:
        self._faults = faults
        self._count = 0

    def node(self, node: yaml.Node, path: str, depth: int) -> Node:
        """One node with everything below it."""
        line = node.start_mark.line + 1
        self._count += 1
        if self._count > _MOST_NODES or depth > _DEEPEST:
            raise _one(line, "aliases (*…) blow this file up", "write the values out")
        if node.tag not in _PLAIN_TAGS:
            tag = node.tag[:_LONGEST_SHOWN]
            self._faults.append(ConfigFault(line, path, f"the tag {tag} means nothing here", "remove it"))
        if isinstance(node, yaml.MappingNode):
            return self._block(node, path, depth)
        if isinstance(node, yaml.SequenceNode):
            items = (self.node(item, f"{path}[{place}]", depth + 1) for place, item in enumerate(node.value, 1))
            return Series(line, tuple(items))
        return Leaf(line, None if node.tag == _NULL else str(node.value))

    def _block(self, node: yaml.MappingNode, path: str, depth: int) -> Block:
        """A mapping; keys that stand twice and keys that are no text are faults."""
        entries: list[tuple[str, int, Node]] = []
        seen: Counter[str] = Counter()
        for key, below in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode) or not key.value.isprintable():
                self._faults.append(
                    ConfigFault(line, path, "a key is no plain text", "look for a stray '?', '[' or '{'")
                )
                continue
            name = str(key.value)
            full = f"{path}.{name}" if path else name
            seen[name] += 1
            if seen[name] == 2:  # noqa: PLR2004  # once per key
                self._faults.append(ConfigFault(line, full, "this key stands here twice", "remove one of them"))
            entries.append((name, line, self.node(below, full, depth + 1)))
        return Block(node.start_mark.line + 1, tuple(entries))
