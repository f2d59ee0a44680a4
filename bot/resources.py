"""Where the packaged files are: mail templates and fonts, in a checkout as well as in a wheel.

Names are paths below the folder with forward slashes: ``template("statement/zh-Hant.txt")``, ``font("Duizhang.ttf")``.
"""

from functools import cache
from pathlib import Path, PurePosixPath


@cache
def folder() -> Path:
    """The folder of the templates: ``bot/_templates`` in a wheel, ``templates`` beside ``bot`` in a checkout."""
    here = Path(__file__).resolve().parent
    packaged = here / "_templates"
    return packaged if packaged.is_dir() else here.parent / "templates"


def template(name: str) -> str:
    """The text of a template; raises FileNotFoundError for a name that we don't ship, ValueError for one outside."""
    return _inside(folder(), name).read_text("utf-8")


def font(name: str) -> Path:
    """The path of a font file in ``fonts/``; raises as :func:`template` does."""
    path = _inside(folder() / "fonts", name)
    if not path.is_file():
        raise FileNotFoundError(path)
    return path


def example_config() -> Path:
    """The commented config.yaml: inside the templates of a wheel, at the top of a checkout."""
    packaged = folder() / "config.yaml"
    return packaged if packaged.is_file() else folder().parent / "config.yaml"


def _inside(root: Path, name: str) -> Path:
    """``root / name`` where the name stays below it."""
    relative = PurePosixPath(name)
    if relative.is_absolute() or ".." in relative.parts:
        raise ValueError(f"{name!r} is no name below {root.name}/")
    return root / relative
