"""The other side of the sandbox: ``python -m bot.edges.sandbox_child`` answers calls on its pipes until they close.

A *fresh* kind is a fork server: it imports the libraries once and forks for each call; a *warm* kind runs the calls
itself. Requests are pickles from our own parent; answers are a letter and bytes (``sandbox_wire``):
``R`` result, ``E`` the function raised, ``M`` out of memory, ``T`` out of time, ``C`` the fork died,
``S`` result too large.
"""

import contextlib
import importlib
import io
import os
import pickle
import select
import signal
import struct
import time

from bot.edges.sandbox_lock import Limits, die_with_parent, limit, refuse_network, start_clock, stop_clock
from bot.edges.sandbox_wire import encode

_LENGTH = struct.Struct(">Q")
_PRELOADED = ("numpy", "PIL.Image", "pypdfium2", "zxingcpp", "cv2", "pdfminer.pdfpage", "parsers.scan.read")
_OUT_OF_TIME = (signal.SIGXCPU, signal.SIGALRM, signal.SIGKILL)


def main() -> None:
    """Read limits from the first frame, then answer calls until the pipe closes."""
    out = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # whatever a library prints must not get between the answers
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    limits: Limits = pickle.loads(_read_frame(0) or b"")  # noqa: S301  # from our own parent
    if limits.fresh:
        _preload()
    refuse_network()
    if not limits.fresh:
        limit(limits)
    while (request := _read_frame(0)) is not None:
        _write_frame(out, _forked(request, limits) if limits.fresh else _timed(request, limits))


def _preload() -> None:
    for name in _PRELOADED:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)


def _timed(request: bytes, limits: Limits) -> bytes:
    start_clock(limits)
    answer = perform(request, limits)
    stop_clock()
    return answer


def perform(request: bytes, limits: Limits) -> bytes:
    """One call, its answer as a letter and bytes; whatever the function raises becomes an answer."""
    try:
        target, arguments = pickle.loads(request)  # noqa: S301  # from our own parent
        module, _, name = target.partition(":")
        result = encode(getattr(importlib.import_module(module), name)(*arguments))
    except MemoryError:
        return b"M"
    except (Exception, SystemExit) as error:  # noqa: BLE001  # hostile bytes: any failure is the parent's to judge
        return b"E" + f"{type(error).__name__}: {error}".encode("utf-8", "replace")[:2000]
    if len(result) > limits.result * 2**20:
        return b"S"
    return b"R" + result


def _forked(request: bytes, limits: Limits) -> bytes:
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reader)
        _grandchild(request, limits, writer)
    os.close(writer)
    answer, in_time = _collect(reader, limits)
    os.close(reader)
    if not in_time:
        os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    if not in_time:
        return b"T"
    if os.WIFSIGNALED(status):
        return _death(os.WTERMSIG(status))
    return answer or b"C" + b"ended without an answer"


def _grandchild(request: bytes, limits: Limits, writer: int) -> None:
    """Run one call and never return."""
    try:
        die_with_parent()
        limit(limits)
        start_clock(limits)
        answer = perform(request, limits)
        with io.FileIO(writer, "wb") as file:
            view = memoryview(answer)
            while view:
                view = view[file.write(view) :]
    finally:
        os._exit(0)


def _collect(reader: int, limits: Limits) -> tuple[bytes, bool]:
    """Everything the fork writes until it ends, and whether it ended in time; parent gone = end with it."""
    deadline = time.monotonic() + limits.wall
    chunks: list[bytes] = []
    size = 0
    while size <= (limits.result + 1) * 2**20:
        ready, _, _ = select.select([reader], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            return b"", False
        chunk = os.read(reader, 2**20)
        if not chunk:
            break
        chunks.append(chunk)
        size += len(chunk)
    return b"".join(chunks), True


def _death(number: int) -> bytes:
    if number in _OUT_OF_TIME:
        return b"T"
    return b"C" + signal.Signals(number).name.encode()


def _read_frame(descriptor: int) -> bytes | None:
    header = _read_exactly(descriptor, _LENGTH.size)
    return None if header is None else _read_exactly(descriptor, _LENGTH.unpack(header)[0])


def _read_exactly(descriptor: int, size: int) -> bytes | None:
    got = bytearray()
    while len(got) < size:
        chunk = os.read(descriptor, min(2**20, size - len(got)))
        if not chunk:
            return None
        got += chunk
    return bytes(got)


def _write_frame(descriptor: int, payload: bytes) -> None:
    view = memoryview(_LENGTH.pack(len(payload)) + payload)
    while view:
        view = view[os.write(descriptor, view) :]


if __name__ == "__main__":
    main()
