"""Secrets of config.yaml: ``env:NAME`` or ``file:path``, never the secret itself; no fault shows what was written."""

import re
import stat
from collections.abc import Callable, Mapping
from pathlib import Path

from bot.config import Secret
from bot.config_file.files import located
from bot.config_file.grammar import Wrong

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)
_LONGEST = 4096
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def secret_from(environ: Mapping[str, str], folder: Path) -> Callable[[str], Secret]:
    """A reader of secrets; ``folder`` is the one of config.yaml."""

    def parse(written: str) -> Secret:
        kind, _, name = written.strip().partition(":")
        if kind == "env":
            return _from_variable(name, environ)
        if kind == "file" and name:
            return _from_file(located(folder, name))
        raise Wrong(
            "a password must not stand in this file",
            "write env:NAME and set that variable, or file:path of a file with mode 0600",
        )

    return parse


def _from_variable(name: str, environ: Mapping[str, str]) -> Secret:
    """The variable's content."""
    if _NAME.fullmatch(name) is None:
        raise Wrong("env: is not followed by the name of a variable", "write it as env:SMTP_PASSWORD")
    if not environ.get(name):
        raise Wrong(f"the environment variable {name} is not set", f"set {name} before starting")
    return _usable(environ[name], f"the environment variable {name}")


def _from_file(path: Path) -> Secret:
    """The file's content without the line break at its end."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise Wrong(f"{path} is no file", "name a file that holds the password only")
        if status.st_mode & _OTHERS:
            raise Wrong(f"others may read {path} (mode {stat.S_IMODE(status.st_mode):04o})", f"run: chmod 600 {path}")
        with path.open("rb") as opened:
            data = opened.read(_LONGEST + 1)
    except OSError as error:
        raise Wrong(f"{path} can't be read: {error.strerror}", "create it with the password only, mode 0600") from None
    try:
        return _usable(data.decode("utf-8-sig"), str(path))
    except UnicodeDecodeError:
        raise Wrong(f"{path} is not UTF-8", "save the password as UTF-8") from None


def _usable(content: str, place: str) -> Secret:
    """The secret; one line of reasonable length."""
    trimmed = content.rstrip("\r\n")
    if not trimmed or "\n" in trimmed or "\0" in trimmed or len(trimmed) > _LONGEST:
        raise Wrong(f"{place} holds no single line", "it must hold the password only")
    return Secret(trimmed)
