"""Telling a dead sender from a living one, and the place where a test pulls the plug."""

import os
import signal
import socket
import subprocess

import pytest

from bot.edges import failpoint
from bot.edges.worker import is_dead, me


def test_this_process_lives() -> None:
    assert not is_dead(me())


def test_the_same_pid_started_at_another_time_is_another_process_so_the_named_one_is_dead() -> None:
    assert is_dead(f"{socket.gethostname()}/{os.getpid()}/1")


def test_an_ended_process_is_dead_also_before_anybody_collected_it() -> None:
    child = subprocess.Popen(["sleep", "60"])
    name = f"{socket.gethostname()}/{child.pid}/12345"
    child.kill()
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    assert is_dead(name)
    child.wait()
    assert is_dead(name)


@pytest.mark.parametrize("name", ["another-host/1/1", "", "nonsense", f"{socket.gethostname()}/x/1"])
def test_of_others_nothing_is_claimed(name: str) -> None:
    assert not is_dead(name)


@pytest.mark.parametrize(("setting", "reached"), [("b", 1), ("a:2", 2), ("*:3", 2), ("c", None)])
def test_a_failpoint_kills_at_its_name_and_count(
    monkeypatch: pytest.MonkeyPatch, setting: str, reached: int | None
) -> None:
    killed: list[tuple[int, int]] = []
    monkeypatch.setattr(os, "kill", lambda pid, number: killed.append((pid, number)))
    fuse = failpoint._Fuse(setting)
    ends: list[int] = []
    for index, place in enumerate(["a", "b", "a"]):
        fuse.reach(place)
        if killed and not ends:
            ends.append(index)
    assert ends == ([] if reached is None else [reached])
    assert killed[:1] == ([] if reached is None else [(os.getpid(), signal.SIGKILL)])


def test_failpoints_cost_nothing_when_switched_off() -> None:
    assert failpoint.FUSE is None
    assert failpoint.reach is failpoint._nothing
    failpoint.reach("anywhere")
