"""Hostile mails arrive with an honest one behind them: the poller lives, the honest one is handled (FACTS §11)."""

import threading
import time
from pathlib import Path
from typing import Self

import pytest

from bot import flow
from bot.edges import inbox as inbox_module
from bot.edges.imap import Folder
from bot.edges.postmark import authenticated
from bot.edges.received import Arrived, Received
from bot.edges.tables import ConfirmationRow
from bot.steps import receiving
from parsers.mail import parse
from tests.steps import hostile
from tests.steps.town import AUTHSERV_ID, BOT, FINANCE, LI, XU, Town

SLOW = {"a page of a million strokes", "forms that call themselves", "a hundred files of pages"}
"""They take seconds by design."""


TOO_MUCH_FOR_THE_SERVER = {
    "nested parts", "a hundred thousand parts", "fifty thousand boundaries", "fifteen kilobytes of semicolons",
    "parameters without end",
}  # fmt: skip
"""The embedded server takes minutes over these, or breaks: they come as from a sturdier one."""


def _mails(sent: Town) -> list[tuple[str, bytes]]:
    return hostile.everything(parse(sent.statement_mail()).message_id)


def _deliver(sent: Town, mails: list[tuple[str, bytes]]) -> None:
    """Each as the receiving server would hand it over: with its word for the sender, who is a true confirmer."""
    company = sent.office.company
    ledger = Received(company, sent.store, sent.blobs, sent.clock)
    for uid, (name, raw) in enumerate(mails, 1):
        marked = authenticated(raw, LI, AUTHSERV_ID) if raw else raw
        if name in TOO_MUCH_FOR_THE_SERVER:
            arrived = Arrived(uid, marked, len(marked), sent.clock.now(), whole=True)
            ledger.keep(Folder("Elsewhere", 1, uid + 1, 1), [arrived])
        else:
            sent.server.deliver(BOT, marked)


def _handled(sent: Town, monkeypatch: pytest.MonkeyPatch, mails: list[tuple[str, bytes]]) -> float:
    """Poll once; the longest time that a mail took, in seconds."""
    took: list[float] = []
    judge_one = receiving.judge_one

    def timed(*values: object) -> object:
        begun = time.monotonic()
        try:
            return judge_one(*values)  # type: ignore[arg-type]  # handed on as it came
        finally:
            took.append(time.monotonic() - begun)

    monkeypatch.setattr(receiving, "judge_one", timed)
    _deliver(sent, mails)
    sent.reply("请问送货单可以补寄一份吗？", code="C002", sender=XU)
    flow.receive(sent.office)
    rows = [row for row in sent.judged() if row.state != "new"]
    assert len(rows) == len(sent.judged())
    assert len(rows) >= len({raw for _, raw in mails if raw.strip()})
    assert sent.state("C002") == "question"
    assert sent.all(ConfirmationRow) == []
    assert all(row.outcome or row.error for row in rows)
    shown = {task.mail_id for task in sent.tasks("set_aside")}
    assert shown == {row.id for row in rows if row.state == "set_aside"}
    return max(took)


def test_E5_hostile_mails_stop_nobody_and_confirm_nothing(sent: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    mails = [(name, raw) for name, raw in _mails(sent) if name not in SLOW][::5]
    assert _handled(sent, monkeypatch, mails) <= 12
    assert flow.receive(sent.office).judged == ()


class _Watch:
    """The most memory that any of our sandbox's children has held, in KiB, as the kernel keeps it (VmHWM)."""

    def __init__(self) -> None:
        self.peak = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(0.01):
            for child in _children():
                self.peak = max(self.peak, _held(child))


def _children() -> list[str]:
    try:
        return [child for task in Path("/proc/self/task").glob("*/children") for child in task.read_text().split()]
    except OSError:  # a thread has just ended; the next look is near
        return []


def _held(child: str) -> int:
    """0 for a process that has ended, or isn't one of the sandbox's (yet)."""
    try:
        if b"sandbox_child" not in Path(f"/proc/{child}/cmdline").read_bytes():
            return 0
        lines = Path(f"/proc/{child}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), 0)


@pytest.mark.real
def test_E5_a_hundred_hostile_mails_end_in_time_and_memory(sent: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    mails = _mails(sent)
    assert len(mails) >= 100
    with _Watch() as watch:
        assert _handled(sent, monkeypatch, mails) <= 14  # twelve seconds in the child, and its end
    assert 0 < watch.peak <= 768 * 1024


def test_a_mail_too_large_to_fetch_is_finances_task_once(sent: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox_module, "LARGEST", 50_000)
    sent.server.deliver(BOT, hostile.letter(hostile.plain(b"x\r\n" * 30_000), b"Comments: big"))
    for _ in range(2):
        assert sent.poll() == []
        (task,) = sent.tasks("set_aside")
        assert (task.owner, task.words, "too big" in task.reasons) == (FINANCE, "Re: x", True)
    assert [(row.sender, row.state) for row in sent.judged() if row.state == "set_aside"] == [(LI, "set_aside")]
