"""config.yaml, environment and secret files → one validated Config, or everything that is wrong with them at once.

``load(Path("config.yaml"), os.environ)``; a fault reads
``line 12, mail.smtp.port: '46S' is no whole number from 1 to 65535; write one``.
"""

from collections.abc import Mapping
from pathlib import Path

from bot.config import Company, Config, ConfigFault, ConfigFaults
from bot.config_file import files, grammar
from bot.config_file.blocks import Place, read_company
from bot.config_file.checks import check_companies
from bot.config_file.section import Collected, Section
from bot.config_file.tree import LONGEST, read

_DATABASE = "sqlite:///data/duizhang.db"


def load(path: Path, environ: Mapping[str, str]) -> Config:
    """The configuration; raises ConfigFaults. Reads the file and the secret files that it names, nothing else."""
    collected = Collected()
    config = _read(Section(read(_bytes(path)), "", collected, 1), path.absolute(), environ)
    if collected.faults:
        raise ConfigFaults(collected.in_order())
    return config


def _read(top: Section, path: Path, environ: Mapping[str, str]) -> Config:
    """The configuration as far as it goes; faults are collected in ``top``."""
    mode: grammar.Mode = top.one("mode", grammar.choice("development", "production"), "development")
    config = Config(
        path=path,
        data=path.parent / "data",
        database=top.one("database", files.database_in(path.parent), files.database_in(path.parent)(_DATABASE)),
        mode=mode,
        companies=_companies(top, Place(path.parent, environ, mode)),
    )
    top.end()
    return config


def _companies(top: Section, place: Place) -> tuple[Company, ...]:
    """The company of the file, or those of its list."""
    sections = top.sections("companies")
    if not top.has("companies"):
        return (read_company(top, top, place),)
    companies = tuple(read_company(section, top, place) for section in sections)
    for section in sections:
        section.end()
    check_companies(companies, sections)
    return companies


def _bytes(path: Path) -> bytes:
    """The file's bytes, one more than it may have at most."""
    try:
        with path.open("rb") as opened:
            return opened.read(LONGEST + 1)
    except OSError as error:
        remedy = "run 'duizhang init', or name the file with --config"
        raise ConfigFaults((ConfigFault(None, str(path), f"can't be read: {error.strerror}", remedy),)) from None
