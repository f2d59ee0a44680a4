"""``init``: what a newcomer starts from — a commented config.yaml, an import sheet with examples, the data folder."""

from pathlib import Path

from bot import resources
from bot.compose import import_template


def begin(folder: Path) -> list[str]:
    """Writes what isn't there yet and never overwrites; returns a line for each file. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {
        "config.yaml": resources.example_config().read_bytes(),
        "import-example.xlsx": import_template.render(),
    }
    lines = [_write(folder / name, data) for name, data in files.items()]
    (folder / "data").mkdir(exist_ok=True)
    (folder / "data").chmod(0o700)
    return [
        *lines,
        f"{folder / 'data'}: what the bot keeps",
        "next: edit config.yaml, set the passwords that it names (SMTP_PASSWORD, IMAP_PASSWORD), `duizhang doctor`,",
        "then `duizhang import import-example.xlsx`, `duizhang prepare --period 2026-10`, `duizhang send …`",
    ]


def _write(path: Path, data: bytes) -> str:
    if path.exists():
        return f"{path}: is there already, left as it is"
    path.write_bytes(data)
    return f"{path}: written"
