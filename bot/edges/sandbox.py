"""Hostile bytes are read in child processes: ``Sandbox().call("parsers.mail:parse", raw)`` → Mail, or ``Contained``.

Three kinds (invariant 10): *parse* is a warm child for mails, text and HTML; *open* forks a fresh process per call for
unzipping, PDF and image decoding; *judge* is a warm child for pixels that we rendered ourselves, its memory watched.
The death of a child is one ``Contained``, never a stopped bot; the next call starts a new child. A call costs about
0.2 ms beside its work (0.1 s and more only when a child has to be started).
"""

import os
import pickle
import select
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Literal, Self

from bot.edges.sandbox_lock import Limits, resident_megabytes
from bot.edges.sandbox_wire import WireError, decode

Kind = Literal["parse", "open", "judge"]
Reason = Literal["timeout", "memory", "crash", "exception", "size", "protocol"]

LIMITS: Mapping[Kind, Limits] = {
    # Python, lxml-like parsers and opencc's tables need about 150 MB of address space; the rest is the mail's.
    "parse": Limits(wall=12, address_space=768, resident=0, fresh=False, calls=5000),
    # The imported libraries (pdfium, NumPy, OpenCV, zxing) reserve about 290 MB before the first byte is read.
    "open": Limits(wall=12, address_space=768, resident=0, fresh=True, calls=10**9),
    # OpenCV and OCR reserve more address space than they use, so here resident memory is watched instead.
    "judge": Limits(wall=20, address_space=0, resident=1024, fresh=False, calls=500),
}
_LENGTH = struct.Struct(">Q")
_LETTERS: Mapping[bytes, Reason] = {b"E": "exception", b"M": "memory", b"T": "timeout", b"C": "crash", b"S": "size"}
_LOOK_SECONDS = 0.05
_START_SECONDS = 30.0
"""Importing the libraries on a machine under load; measured 0.2–0.9 s."""


class Contained(Exception):  # noqa: N818  # it tells what happened: the harm was contained
    """A call that did not end well; ``reason`` is the code of a sentence for people, ``detail`` English for the log."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail


class Sandbox:
    """The children, started when first needed; safe to use from several threads (one call per kind at a time)."""

    def __init__(self, limits: Mapping[Kind, Limits] = LIMITS) -> None:
        self._limits = limits
        self._children: dict[Kind, _Child] = {}
        self._locks: dict[Kind, threading.Lock] = {kind: threading.Lock() for kind in limits}

    def call(self, target: str, *arguments: object, kind: Kind = "parse") -> object:
        """The result of ``module:function`` called with arguments in a child; raises Contained, nothing else."""
        request = pickle.dumps((target, arguments), protocol=5)
        with self._locks[kind]:
            child = self._ready(kind)
            try:
                return child.ask(request)
            finally:
                if child.spent:
                    child.close()
                    del self._children[kind]

    def warm_up(self, *kinds: Kind) -> None:
        """Start children before they are needed."""
        for kind in kinds:
            with self._locks[kind]:
                self._ready(kind)

    def _ready(self, kind: Kind) -> "_Child":
        child = self._children.get(kind)
        if child is not None and not child.alive:  # died while idle, for instance by the kernel's own hand
            child.close()
            child = None
        if child is None:
            child = self._children[kind] = _Child(self._limits[kind])
        return child

    def close(self) -> None:
        """End all children; a later call starts them again."""
        for kind, lock in self._locks.items():
            with lock:
                child = self._children.pop(kind, None)
                if child is not None:
                    child.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


class _Child:
    """One process and its pipes; ``spent`` once it must be replaced."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._left = limits.calls
        self._first = True
        self.spent = False
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-B", "-m", "bot.edges.sandbox_child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            pipesize=2**20,
            env=_environment(),
            start_new_session=True,
        )
        self._send(pickle.dumps(limits))

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, request: bytes) -> object:
        self._left -= 1
        self._send(request)
        answer = self._receive()
        if self._left <= 0 or answer[:1] == b"M":
            self.spent = True
        if answer[:1] == b"R":
            try:
                return decode(answer[1:])
            except WireError as error:
                self.spent = True
                raise Contained("protocol", str(error)) from error
        raise Contained(_LETTERS.get(answer[:1], "protocol"), answer[1:].decode("utf-8", "replace"))

    def _send(self, payload: bytes) -> None:
        pipe = self._process.stdin
        assert pipe is not None  # noqa: S101  # opened as a pipe above
        try:
            pipe.write(_LENGTH.pack(len(payload)))
            pipe.write(payload)
            pipe.flush()
        except OSError as error:
            self.spent = True
            raise Contained("crash", f"child has gone: {error}") from error

    def _receive(self) -> bytes:
        allowed = self._limits.wall + (_START_SECONDS if self._first else 0.5)  # a fork server answers T by itself
        self._first = False
        deadline = time.monotonic() + allowed
        size = int(_LENGTH.unpack(self._read(_LENGTH.size, deadline))[0])
        if size > (self._limits.result + 1) * 2**20:
            self.spent = True
            raise Contained("size", f"{size} bytes")
        return self._read(size, deadline)

    def _read(self, size: int, deadline: float) -> bytes:
        pipe = self._process.stdout
        assert pipe is not None  # noqa: S101  # opened as a pipe above
        got = bytearray()
        while len(got) < size:
            ready, _, _ = select.select([pipe], [], [], _LOOK_SECONDS)
            if ready:
                chunk = os.read(pipe.fileno(), min(size - len(got), 2**20))
                if not chunk:
                    raise self._died()
                got += chunk
            else:
                self._watch(deadline)
        return bytes(got)

    def _watch(self, deadline: float) -> None:
        if time.monotonic() > deadline:
            self.spent = True
            raise Contained("timeout", f"more than {self._limits.wall:g} s")
        resident = resident_megabytes(self._process.pid) if self._limits.resident else 0
        if resident > self._limits.resident:
            self.spent = True
            raise Contained("memory", f"{resident:.0f} MB resident")

    def _died(self) -> Contained:
        self.spent = True
        code = self._process.wait(timeout=5)
        if -code in {14, 24}:  # SIGALRM and SIGXCPU: the child's own clock
            return Contained("timeout", f"more than {self._limits.wall:g} s")
        return Contained("crash", f"signal {-code}" if code < 0 else f"exit {code}")

    def close(self) -> None:
        """End the process and everything it forked (they share a session of their own)."""
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                _close_quietly(pipe.close)
        _close_quietly(lambda: os.killpg(self._process.pid, 9))
        self._process.wait(timeout=10)


def _close_quietly(close: Callable[[], None]) -> None:
    try:
        close()
    except OSError:
        return  # already gone: that is what was wanted


def _environment() -> dict[str, str]:
    """Only what Python needs: passwords of the environment stay with the parent; one thread per library."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "HOME", "SYSTEMROOT") if name in os.environ}
    threads = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "OPENCV_FOR_THREADS_NUM"), "1")
    return kept | threads | {"PYTHONIOENCODING": "utf-8"}
