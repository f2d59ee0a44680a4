# ruff: noqa: INP001  # a script beside the fonts that it makes
"""Make the two static fonts of the documents from a variable Noto Sans SC: run once by hand, the results are committed.

    python templates/fonts/make_fonts.py "NotoSansSC[wght].ttf"

The variable font (OFL, its name isn't reserved; "Source" is) comes in the wheel of ``justmytype-intl-cjk``, under
``fonts/ofl/notosanssc/``. Outlines stay TrueType, as ReportLab embeds nothing else; tables that it never reads
(layout, hints, vertical metrics) go. The same input gives the same bytes.
"""

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

FAMILY = "Duizhang Sans"
WEIGHTS = {400: "Regular", 600: "SemiBold"}
HERE = Path(__file__).parent
_NAMES_KEPT = (0, 13, 14)
"""Copyright, licence and its address stay as they are."""


def _rename(font: TTFont, style: str) -> None:
    """Give the font our family's name in all names that programs show."""
    names = font["name"]
    names.names = [name for name in names.names if name.nameID in _NAMES_KEPT]
    postscript = f"{FAMILY}-{style}".replace(" ", "")
    texts = {1: f"{FAMILY} {style}", 2: "Regular", 3: postscript, 4: f"{FAMILY} {style}", 5: "Version 1.0"}
    for name_id, text in {**texts, 6: postscript, 16: FAMILY, 17: style}.items():
        names.setName(text, name_id, 3, 1, 0x409)


def _strip(font: TTFont) -> None:
    """Keep all characters but Hangul syllables, and only the tables that embedding needs."""
    options = Options()
    options.hinting = False
    options.layout_features = []
    options.glyph_names = False
    options.notdef_outline = True
    options.name_IDs = ["*"]
    options.drop_tables += ["BASE", "GDEF", "GPOS", "GSUB", "STAT", "vhea", "vmtx", "gasp", "HVAR", "avar"]
    subsetter = Subsetter(options)
    first_hangul, last_hangul = 0xAC00, 0xD7A3
    subsetter.populate(unicodes=[c for c in font.getBestCmap() if not first_hangul <= c <= last_hangul])
    subsetter.subset(font)


def make(source: Path, weight: int, style: str) -> Path:
    """Write one static weight beside this script; returns its path."""
    font = instantiateVariableFont(TTFont(source, recalcTimestamp=False), {"wght": weight})
    _strip(font)
    _rename(font, style)
    font["OS/2"].usWeightClass = weight
    target = HERE / f"DuizhangSans-{style}.ttf"
    font.save(target)
    return target


if __name__ == "__main__":
    for value, word in WEIGHTS.items():
        sys.stdout.write(f"{make(Path(sys.argv[1]), value, word)}\n")
