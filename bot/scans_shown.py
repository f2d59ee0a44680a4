"""What commands show of scans: the pictures of a verdict as files, and a verdict then and now."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot.steps.picturing import files_of
from bot.steps.rereading import Reread
from bot.terminal import complain, say
from parsers.attachment import AttachmentReading


def save_pictures(readings: Sequence[AttachmentReading], folder: Path, stem: str) -> list[Path]:
    """Writes the pictures of a mail's scans into a folder, which is made; returns where. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    saved = []
    for name, data in files_of(readings, stem):
        saved.append(folder / name)
        saved[-1].write_bytes(data)
    return saved


def reread_json(done: Reread) -> dict[str, Any]:
    """One scan of ``audit reread --json``."""
    return {
        "mail": done.mail,
        "attachment": done.then.name,
        "sha256": done.then.sha256,
        "statement": done.then.number,
        "revision": done.then.revision,
        "then": _reading_json(done.then),
        "now": None if done.now is None else _reading_json(done.now),
        "same": done.same,
        "same_reader": done.same_reader,
        "same_pictures": done.pictures,
    }


def _reading_json(reading: AttachmentReading) -> dict[str, Any]:
    return {
        "verdict": reading.verdict,
        "reasons": list(reading.reasons),
        "seal": reading.seal or None,
        "seal_kind": reading.seal_kind or None,
        "certificate": reading.certificate or None,
        "reader": reading.engine,
    }


def show_reread(done: Sequence[Reread]) -> None:
    """Every scan with its verdict and reasons; where today's differs, both, and whether the reader is another."""
    for each in done:
        say(f"mail {each.mail} {each.then.name} ({each.then.sha256[:12]}…) → {each.then.number or '-'}")
        _show_reading("then", each.then)
        if each.now is None:
            complain("  now   can't be read any more")
        elif not each.same:
            _show_reading("now", each.now)
            complain("  differs" + ("" if each.same_reader else ": another reader, or other libraries"))
    failed = sum(each.failed for each in done)
    say(f"{len(done)} scans read again, {sum(each.same for each in done)} with the same verdict, {failed} fail")


def _show_reading(when: str, reading: AttachmentReading) -> None:
    say(f"  {when:5} {reading.verdict}  [{reading.engine or 'an earlier reader'}]")
    for reason in reading.reasons:
        say(f"        {reason}")
