"""What in config.yaml names files: paths, the database, certificates; each reads a text or raises Wrong."""

import re
import ssl
from collections.abc import Callable
from pathlib import Path

from bot.config_file.grammar import Wrong, shown, text

_PEM = re.compile(r"-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]{64,20000}-----END CERTIFICATE-----")


def path_in(folder: Path, *, must_exist: bool) -> Callable[[str], Path]:
    """A file's path, relative ones against the folder of config.yaml."""

    def parse(written: str) -> Path:
        found = located(folder, written)
        if must_exist and not found.is_file():
            raise Wrong(f"there is no file {found}", f"paths are relative to {folder}")
        return found

    return parse


def certificates_in(folder: Path) -> Callable[[str], str]:
    """The certificates in a PEM file, as text."""

    def parse(written: str) -> str:
        found = path_in(folder, must_exist=True)(written)
        try:
            pem = found.read_text("ascii")
        except (OSError, UnicodeDecodeError):
            pem = ""
        kept = "\n".join(_PEM.findall(pem)) + "\n"
        if not _are_certificates(kept):
            raise Wrong(f"{found} holds no certificate", "give an authority's certificate as PEM (BEGIN CERTIFICATE)")
        return kept

    return parse


def _are_certificates(pem: str) -> bool:
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cadata=pem)
    except (ssl.SSLError, ValueError):
        return False
    return True


def located(folder: Path, written: str) -> Path:
    """The absolute path of what may or may not be there; one that the system can't even look up is Wrong."""
    try:
        found = (folder / Path(text(written)).expanduser()).absolute()
        found.exists()
    except (OSError, RuntimeError):
        raise Wrong(f"{shown(written)} is no path", f"paths are relative to {folder}") from None
    return found


def database_in(folder: Path) -> Callable[[str], str]:
    """SQLite's URL with an absolute path; relative ones are against the folder of config.yaml."""

    def parse(written: str) -> str:
        scheme, found, path = text(written).partition(":///")
        if scheme != "sqlite" or not found or not path or path.endswith("/"):
            # The URL may hold a password, so it is not shown.
            raise Wrong("this database can't be used", "write sqlite:///data/duizhang.db; PostgreSQL comes later")
        return f"sqlite:///{located(folder, path)}"

    return parse
