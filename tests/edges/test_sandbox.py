"""The sandbox against real misbehaviour: children that crash, hang, eat memory, call out or lie."""

import os
import pickle
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from bot.edges import sandbox_child, sandbox_lock
from bot.edges.sandbox import LIMITS, Contained, Kind, Sandbox
from bot.edges.sandbox_lock import Limits
from bot.edges.sandbox_wire import WireError, decode, encode
from bot.model import Role, Staff
from parsers.attachment import AttachmentReading, SheetDifference
from parsers.mail import Address
from parsers.period import Period

QUICK = {
    "parse": Limits(wall=1, address_space=768, resident=0, fresh=False, calls=3),
    "open": Limits(wall=1, address_space=768, resident=0, fresh=True, calls=10**9, result=1),
    "judge": Limits(wall=3, address_space=0, resident=200, fresh=False, calls=100),
}
KINDS: tuple[Kind, ...] = ("parse", "open", "judge")


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(QUICK) as box:  # type: ignore[arg-type]
        yield box


def contained(sandbox: Sandbox, target: str, *arguments: object, kind: Kind) -> Contained:
    with pytest.raises(Contained) as caught:
        sandbox.call(target, *arguments, kind=kind)
    return caught.value


@pytest.mark.parametrize("kind", KINDS)
def test_a_call_returns_our_frozen_values(sandbox: Sandbox, kind: Kind) -> None:
    assert sandbox.call("parsers.period:parse_code", "2026Q3", kind=kind) == Period("quarter", 2026, 3)


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_function_raises_is_contained_and_the_child_lives_on(sandbox: Sandbox, kind: Kind) -> None:
    refused = contained(sandbox, "parsers.period:parse_code", "nonsense", kind=kind)
    assert refused.reason == "exception"
    assert "InvalidPeriod" in refused.detail
    assert sandbox.call("builtins:int", "7", kind=kind) == 7


@pytest.mark.parametrize("kind", KINDS)
def test_a_segmentation_fault_is_one_contained_call(sandbox: Sandbox, kind: Kind) -> None:
    assert contained(sandbox, "ctypes:string_at", 0, kind=kind).reason == "crash"
    assert sandbox.call("builtins:int", "7", kind=kind) == 7


@pytest.mark.parametrize("kind", ["parse", "open"])
def test_a_call_that_hangs_is_ended(sandbox: Sandbox, kind: Kind) -> None:
    started = time.monotonic()
    assert contained(sandbox, "time:sleep", 60, kind=kind).reason == "timeout"
    assert time.monotonic() - started < 60
    assert sandbox.call("builtins:int", "7", kind=kind) == 7


@pytest.mark.parametrize("kind", ["parse", "open"])
def test_memory_beyond_the_limit_is_refused_by_the_kernel(sandbox: Sandbox, kind: Kind) -> None:
    assert contained(sandbox, "builtins:bytearray", 2**30, kind=kind).reason == "memory"
    assert sandbox.call("builtins:int", "7", kind=kind) == 7


def test_the_judging_child_is_watched_by_its_resident_memory(sandbox: Sandbox) -> None:
    greedy = "(b'x' * 400 * 2**20, __import__('time').sleep(60))"
    assert contained(sandbox, "builtins:eval", greedy, kind="judge").reason == "memory"


def test_an_answer_that_is_too_large_is_refused(sandbox: Sandbox) -> None:
    assert contained(sandbox, "builtins:bytes", 2 * 2**20, kind="open").reason == "size"
    assert contained(sandbox, "builtins:bytes", 8 * 2**20, kind="open").reason in {"size", "timeout"}


def test_a_value_that_has_no_place_on_the_wire_is_refused(sandbox: Sandbox) -> None:
    assert "WireError" in contained(sandbox, "pathlib:Path", "/", kind="parse").detail


@pytest.mark.parametrize("kind", KINDS)
def test_no_child_reaches_the_network_or_starts_a_program(sandbox: Sandbox, kind: Kind) -> None:
    refused = contained(sandbox, "socket:create_connection", ("127.0.0.1", 9), kind=kind)
    assert "PermissionError" in refused.detail
    assert contained(sandbox, "os:execv", sys.executable, [sys.executable, "-c", ""], kind=kind).reason == "exception"


def test_no_child_writes_a_file(sandbox: Sandbox, tmp_path: Path) -> None:
    contained(sandbox, "shutil:copyfile", str(Path(__file__)), str(tmp_path / "copy"), kind="parse")
    assert not (tmp_path / "copy").exists() or (tmp_path / "copy").stat().st_size == 0


def test_passwords_of_the_environment_stay_with_the_parent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMTP_PASSWORD", "hunter2")
    with Sandbox(QUICK) as box:  # type: ignore[arg-type]
        assert box.call("os:getenv", "SMTP_PASSWORD") is None


def test_a_warm_child_is_replaced_after_its_calls(sandbox: Sandbox) -> None:
    children = {sandbox.call("os:getpid") for _ in range(8)}
    assert len(children) in {3, 4}


def test_a_fresh_call_never_sees_the_last_one(sandbox: Sandbox) -> None:
    assert len({sandbox.call("os:getpid", kind="open") for _ in range(4)}) == 4


def test_a_child_that_died_while_idle_is_started_again() -> None:
    with Sandbox(QUICK) as box:  # type: ignore[arg-type]
        pid = box.call("os:getpid")
        assert isinstance(pid, int)
        os.kill(pid, 9)
        os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
        assert box.call("builtins:int", "7") == 7


def test_several_threads_share_one_sandbox(sandbox: Sandbox) -> None:
    results: list[object] = []
    threads = [
        threading.Thread(target=lambda n=n: results.append(sandbox.call("builtins:int", str(n)))) for n in range(12)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == list(range(12))  # type: ignore[type-var]


def test_children_end_when_the_parent_is_killed() -> None:
    script = (
        "import os, signal\n"
        "from bot.edges.sandbox import Sandbox\n"
        "box = Sandbox()\n"
        "print(box.call('os:getpid'), box.call('os:getppid', kind='open'), flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=60)
    pids = [int(word) for word in told.stdout.split()]
    assert len(pids) == 2
    deadline = time.monotonic() + 10
    while any(_lives(pid) for pid in pids) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not any(_lives(pid) for pid in pids)


def _lives(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False


VALUES = [
    None,
    True,
    -(10**30),
    1.5,
    "對賬單 \udcff",
    b"\x00\xff",
    ((), [1], {"a": {2}}, frozenset({3})),
    Decimal("85685.00"),
    date(2026, 10, 31),
    datetime(2026, 11, 3, 9, tzinfo=UTC),
    timedelta(seconds=-1.5),
    Address("王", "wang@example.com"),
    Staff("周", "zhou@example.com", (Role.REP, Role.FINANCE)),
    AttachmentReading(
        "a.xlsx", "sheet", "none", differences=(SheetDifference("FH1", Decimal(1), None, None, None, "", ""),)
    ),
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_every_value_of_ours_comes_back_equal(value: object) -> None:
    assert decode(encode(value)) == value


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"?",
        b"?\x00\x00\x00\x00",
        b"s\x00\x00\x00\x09a",
        b"t\xff\xff\xff\xff",
        b"N" * 2,
        b"t\x00\x00\x00\x01" * 60 + b"N",
        b"D\x00\x00\x00\x01x",
        b"o\x00\x00\x00\x09os:systemN",
        b"o\x00\x00\x00\x15parsers.mail:Address.xN",
        b"o\x00\x00\x00\x14parsers.mail:Addresst\x00\x00\x00\x00",
        b"o\x00\x00\x00\x17parsers.mail:dataclassN",
        b"eN",
        encode(Role.REP).replace(b"REP", b"XXX"),
        encode(("parsers.mail:Address", "x")).replace(b"t", b"et", 1),
    ],
)
def test_bytes_that_are_no_value_of_ours_are_refused(data: bytes) -> None:
    with pytest.raises(WireError):
        decode(data)


def test_a_call_is_performed_and_answered_with_a_letter() -> None:
    limits = LIMITS["parse"]
    request = pickle.dumps(("builtins:int", ("7",)))
    assert sandbox_child.perform(request, limits) == b"R" + encode(7)
    assert sandbox_child.perform(b"no pickle", limits)[:1] == b"E"


def test_system_calls_that_reach_outside_are_named_for_this_machine() -> None:
    program = sandbox_lock._program(0xC000003E, (41, 42))
    assert len(program) == 8 * 7
    assert sandbox_lock.resident_megabytes(os.getpid()) > 1
    assert sandbox_lock.resident_megabytes(2**22 + 1) == 0.0


FORKED = [
    (("builtins:int", ("7",)), b"R" + encode(7)),
    (("time:sleep", (60,)), b"T"),
    (("signal:raise_signal", (31,)), b"CSIGSYS"),
    (("os:_exit", (3,)), b"Cended without an answer"),
    (("builtins:bytearray", (2**40,)), b"M"),
]


@pytest.mark.parametrize(("request_", "answer"), FORKED, ids=["result", "hangs", "crashes", "leaves", "greedy"])
def test_a_fork_is_answered_for_whatever_it_does(request_: tuple[str, tuple[object, ...]], answer: bytes) -> None:
    assert sandbox_child._forked(pickle.dumps(request_), QUICK["open"]) == answer


def test_frames_come_back_as_they_were_written() -> None:
    reader, writer = os.pipe()
    sandbox_child._write_frame(writer, b"hello")
    os.close(writer)
    assert sandbox_child._read_frame(reader) == b"hello"
    assert sandbox_child._read_frame(reader) is None
    os.close(reader)


def test_an_endless_answer_is_cut_off() -> None:
    reader, writer = os.pipe()
    flood = threading.Thread(target=_flood, args=(writer,))
    flood.start()
    found, in_time = sandbox_child._collect(reader, QUICK["open"])
    os.close(reader)
    flood.join()
    assert in_time
    assert len(found) > 2 * 2**20


def _flood(writer: int) -> None:
    try:
        for _ in range(64):
            os.write(writer, b"x" * 2**20)
    except BrokenPipeError:
        pass
    finally:
        os.close(writer)


def test_the_clock_is_started_and_stopped() -> None:
    import resource
    import signal

    before = resource.getrlimit(resource.RLIMIT_CPU)
    sandbox_lock.start_clock(LIMITS["parse"])
    assert 0 < signal.getitimer(signal.ITIMER_REAL)[0] <= LIMITS["parse"].wall + 1
    sandbox_lock.stop_clock()
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0
    resource.setrlimit(resource.RLIMIT_CPU, before)
