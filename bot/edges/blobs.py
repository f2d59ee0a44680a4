"""Files kept by the hash of their bytes: raw mails, statements, pictures. Written once, never changed (invariant 4)."""

import hashlib
import os
import tempfile
from pathlib import Path


class Blobs:
    """A folder of files named by their SHA-256; safe against the plug: temp, fsync, rename, fsync of the folder."""

    def __init__(self, folder: Path) -> None:
        """``folder`` is made when it isn't there."""
        self.folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._known: set[Path] = set()

    def path(self, sha256: str) -> Path:
        """Where the bytes with this hash are kept."""
        return self.folder / sha256[:2] / sha256

    def put(self, data: bytes) -> str:
        """Keeps the bytes and returns their SHA-256 in hex; on return they are on the disk. Idempotent."""
        sha256 = hashlib.sha256(data).hexdigest()
        path = self.path(sha256)
        if not path.exists():
            self._make(path.parent)
            _write_durably(path, data)
        return sha256

    def _make(self, folder: Path) -> None:
        """The folder of a file, itself on the disk; one that was there may be another process's, not synced yet."""
        if folder not in self._known:
            folder.mkdir(exist_ok=True)
            _sync_folder(self.folder)
            self._known.add(folder)

    def get(self, sha256: str) -> bytes:
        """The bytes; raises FileNotFoundError, and ValueError when they no longer match their name."""
        data = self.path(sha256).read_bytes()
        if hashlib.sha256(data).hexdigest() != sha256:
            raise ValueError(f"{self.path(sha256)} no longer holds what its name says: restore it from a backup")
        return data

    def __contains__(self, sha256: str) -> bool:
        return self.path(sha256).exists()

    def all(self) -> set[str]:
        """The hashes of all kept files."""
        return {path.name for path in self.folder.glob("??/*") if not path.name.startswith(".")}


def _write_durably(path: Path, data: bytes) -> None:
    descriptor, temporary = tempfile.mkstemp(prefix=".", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except OSError as error:
        Path(temporary).unlink(missing_ok=True)
        raise OSError(error.errno, error.strerror, str(path.parent)) from error
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
