"""The values that a sandboxed child may hand back, as bytes: ``encode(Mail(…))`` there, ``decode`` here.

Not pickle: even a restricted unpickler lets a taken-over child change attributes of our classes and enum members
(opcode BUILD). This reader can build nothing but None, bool, int, float, str, bytes, tuples, lists, dicts, sets,
Decimals, dates, datetimes, and frozen dataclasses and enums of ``parsers.*`` and ``bot.model``.
One value is a tag byte, a four-byte length or count where needed, and the payload.
"""

import importlib
import struct
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import Any

_LENGTH = struct.Struct(">I")
_DOUBLE = struct.Struct(">d")
_DEEPEST = 40
"""Levels of nesting; our own values have fewer than ten."""


class WireError(ValueError):
    """The bytes are no value that a child may hand back."""


def encode(value: object) -> bytes:
    """The value as bytes; raises WireError for a type that has no place on the wire."""
    out: list[bytes] = []
    _put(value, out)
    return b"".join(out)


def _put(value: object, out: list[bytes]) -> None:
    writer = _WRITERS.get(type(value))
    if writer is not None:
        writer(value, out)
    elif isinstance(value, Enum):
        out.append(b"e")
        _put((_name_of(type(value)), value.name), out)
    elif is_dataclass(value) and not isinstance(value, type):
        out.append(b"o" + _counted(_name_of(type(value)).encode()))
        _put(tuple(getattr(value, field.name) for field in fields(value)), out)
    else:
        raise WireError(f"{type(value).__qualname__} has no place on the wire")


def _name_of(kind: type) -> str:
    return f"{kind.__module__}:{kind.__qualname__}"


def _counted(payload: bytes) -> bytes:
    return _LENGTH.pack(len(payload)) + payload


def _bytes_writer(tag: bytes, to_bytes: Callable[..., bytes]) -> Callable[[object, list[bytes]], None]:
    def write(value: object, out: list[bytes]) -> None:
        payload = to_bytes(value)
        out.extend((tag, _LENGTH.pack(len(payload)), payload))

    return write


def _items_writer(tag: bytes) -> Callable[[object, list[bytes]], None]:
    def write(value: object, out: list[bytes]) -> None:
        items: list[object] = list(value.items() if isinstance(value, dict) else value)  # type: ignore[call-overload]  # the table below gives only iterables here
        out.append(tag + _LENGTH.pack(len(items)))
        for item in items:
            _put(item, out)

    return write


_WRITERS: dict[type, Callable[[object, list[bytes]], None]] = {
    type(None): lambda _value, out: out.append(b"N"),
    bool: lambda value, out: out.append(b"T" if value else b"F"),
    str: _bytes_writer(b"s", lambda value: value.encode("utf-8", "surrogatepass")),
    bytes: _bytes_writer(b"b", bytes),
    int: _bytes_writer(b"i", lambda value: hex(value).encode()),
    float: _bytes_writer(b"f", _DOUBLE.pack),
    Decimal: _bytes_writer(b"D", lambda value: str(value).encode()),
    date: _bytes_writer(b"a", lambda value: value.isoformat().encode()),
    datetime: _bytes_writer(b"z", lambda value: value.isoformat().encode()),
    timedelta: _bytes_writer(b"p", lambda value: _DOUBLE.pack(value.total_seconds())),
    tuple: _items_writer(b"t"),
    list: _items_writer(b"l"),
    set: _items_writer(b"m"),
    frozenset: _items_writer(b"S"),
    dict: _items_writer(b"d"),
}


def decode(data: bytes) -> object:
    """The value in the bytes; raises WireError for anything that :func:`encode` would not have written."""
    try:
        value, end = _take(memoryview(data), 0, 0)
    except WireError:
        raise
    except Exception as error:  # whatever a hostile child makes our constructors say, it is one answer: not a value
        raise WireError(f"{type(error).__name__}: {error}") from error
    if end != len(data):
        raise WireError("bytes left over")
    return value


def _take(data: memoryview, at: int, depth: int) -> tuple[object, int]:
    if depth > _DEEPEST:
        raise WireError("nested too deep")
    tag = bytes(data[at : at + 1])
    if tag in _SINGLE:
        return _SINGLE[tag], at + 1
    if tag == b"e":
        named, at = _take(data, at + 1, depth + 1)
        return _member(named), at
    count = int(_LENGTH.unpack_from(data, at + 1)[0])
    at += 1 + _LENGTH.size
    if tag in _READERS:
        payload = data[at : at + count]
        if len(payload) != count:
            raise WireError("cut short")
        return _READERS[tag](bytes(payload)), at + count
    if tag == b"o":
        kind = _known(str(data[at : at + count], "utf-8"))
        values, at = _take(data, at + count, depth + 1)
        return _built(kind, values), at
    return _take_items(data, at, depth, tag, count)


def _take_items(data: memoryview, at: int, depth: int, tag: bytes, count: int) -> tuple[object, int]:
    gather = _GATHERERS.get(tag)
    if gather is None or count > len(data) - at:
        raise WireError("no such tag, or more items than bytes")
    items: list[object] = []
    for _ in range(count):
        item, at = _take(data, at, depth + 1)
        items.append(item)
    return gather(items), at


def _built(kind: type, values: object) -> object:
    if not is_dataclass(kind) or not isinstance(values, tuple) or len(values) != len(fields(kind)):
        raise WireError(f"no {kind.__qualname__}")
    return kind(*values)


def _member(named: object) -> object:
    if not isinstance(named, tuple) or len(named) != 2:  # noqa: PLR2004  # class and member
        raise WireError("no enum member")
    kind = _known(str(named[0]))
    if not issubclass(kind, Enum):
        raise WireError("no enum")
    return kind[str(named[1])]


@lru_cache(maxsize=256)
def _known(name: str) -> type:
    """The class of that name, if it is a frozen dataclass or an enum that lives in ``parsers.*`` or ``bot.model``."""
    module, _, attribute = name.partition(":")
    if not (module.startswith("parsers.") or module == "bot.model") or not attribute.isidentifier():
        raise WireError(f"{name} is not allowed")
    kind = getattr(importlib.import_module(module), attribute, None)
    if not isinstance(kind, type) or kind.__module__ != module:
        raise WireError(f"{name} is no class of that module")
    frozen = is_dataclass(kind) and kind.__dataclass_params__.frozen  # type: ignore[attr-defined]  # every dataclass has it
    if not frozen and not issubclass(kind, Enum):
        raise WireError(f"{name} is no frozen value")
    return kind


_SINGLE: dict[bytes, object] = {b"N": None, b"T": True, b"F": False}
_READERS: dict[bytes, Callable[[bytes], object]] = {
    b"s": lambda payload: payload.decode("utf-8", "surrogatepass"),
    b"b": lambda payload: payload,
    b"i": lambda payload: int(payload, 16),
    b"f": lambda payload: _DOUBLE.unpack(payload)[0],
    b"D": lambda payload: Decimal(payload.decode()),
    b"a": lambda payload: date.fromisoformat(payload.decode()),
    b"z": lambda payload: datetime.fromisoformat(payload.decode()),
    b"p": lambda payload: timedelta(seconds=_DOUBLE.unpack(payload)[0]),
}
_GATHERERS: dict[bytes, Callable[[list[Any]], object]] = {
    b"t": tuple,
    b"l": list,
    b"m": set,
    b"S": frozenset,
    b"d": dict,
}
