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
    next_steps = "next: edit config.yaml, then `duizhang doctor`, `duizhang import import-example.xlsx`"
    return [*lines, f"{folder / 'data'}: what the bot keeps", next_steps]


def _write(path: Path, data: bytes) -> str:
    if path.exists():
        return f"{path}: is there already, left as it is"
    path.write_bytes(data)
    return f"{path}: written"
