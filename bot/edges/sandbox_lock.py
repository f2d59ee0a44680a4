"""What a sandboxed child may no longer do: memory, time, files, sockets, other programs (Linux; best effort elsewhere).

Limits are the kernel's own, so that they hold inside C code as well. The system-call filter answers EPERM to socket,
connect, execve and ptrace; where the kernel has none, Python's own socket module is closed as the second best.
"""

import ctypes
import os
import platform
import resource
import signal
import socket
import struct
import sys
from dataclasses import dataclass

_PR_SET_PDEATHSIG, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 1, 22, 38
_FILTER_MODE = 2
_LOAD, _JUMP_IF_EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _ERRNO_EPERM = 0x7FFF0000, 0x00050001

_REFUSED_CALLS: dict[str, tuple[int, tuple[int, ...]]] = {
    # machine → (audit architecture, numbers of socket, connect, socketpair, execve, execveat, ptrace)
    "x86_64": (0xC000003E, (41, 42, 53, 59, 322, 101)),
    "aarch64": (0xC00000B7, (198, 203, 199, 221, 281, 117)),
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one kind of child may use; ``address_space`` and ``resident`` in MB (0: not limited), times in seconds.

    ``calls``: a warm child is replaced after so many. ``fresh``: each call gets its own fork.
    """

    wall: float
    address_space: int
    resident: int
    fresh: bool
    calls: int
    result: int = 96


def limit(limits: Limits) -> None:
    """Set the kernel's limits for this process; CPU time is set per call by :func:`start_clock`."""
    if limits.address_space:
        size = limits.address_space * 2**20
        resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))


def start_clock(limits: Limits) -> None:
    """Let the kernel end this process if the call that starts now outlives its time, even within C code."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = int(usage.ru_utime + usage.ru_stime)
    resource.setrlimit(resource.RLIMIT_CPU, (used + int(limits.wall) + 1, resource.RLIM_INFINITY))
    signal.setitimer(signal.ITIMER_REAL, limits.wall + 1)


def stop_clock() -> None:
    """The call has ended in time."""
    signal.setitimer(signal.ITIMER_REAL, 0)


def die_with_parent() -> None:
    """End when the thread that forked us ends: right for a fork of a single-threaded server only."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def refuse_network() -> bool:
    """No more sockets and programs; tells whether the kernel itself holds it."""
    held = _filter_calls()
    if not held:
        socket.socket.connect = _refused  # type: ignore[method-assign]  # the second best, where there is no filter
    return held


def _refused(*_arguments: object) -> None:
    raise PermissionError("no network here")


def _filter_calls() -> bool:
    known = _REFUSED_CALLS.get(platform.machine()) if sys.platform == "linux" else None
    if known is None:
        return False
    architecture, numbers = known
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    program = _program(architecture, numbers)
    code = ctypes.create_string_buffer(program, len(program))
    header = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(code)))
    return bool(libc.prctl(_PR_SET_SECCOMP, _FILTER_MODE, header, 0, 0) == 0)


def _program(architecture: int, numbers: tuple[int, ...]) -> bytes:
    """Berkeley packet filter over (system call number, architecture): the numbers get EPERM, all others pass."""
    refuse_at = len(numbers)
    steps = [(_LOAD, 0, 0, 4), (_JUMP_IF_EQUAL, 0, refuse_at + 1, architecture), (_LOAD, 0, 0, 0)]
    steps += [(_JUMP_IF_EQUAL, refuse_at - index, 0, number) for index, number in enumerate(numbers)]
    steps += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _ERRNO_EPERM)]
    return b"".join(struct.pack("HBBI", *step) for step in steps)


def resident_megabytes(pid: int) -> float:
    """Resident memory of a process in MB; 0 where the system has no /proc or the process is gone."""
    try:
        with open(f"/proc/{pid}/statm", "rb") as file:  # noqa: PTH123  # twenty times a second: no Path needed
            pages = int(file.read().split()[1])
    except (OSError, IndexError, ValueError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
