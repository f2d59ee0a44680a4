"""Two spellings of one text → one string to compare, never to display: ``對帳單　ＡＢ`` and ``对账单 AB`` fold alike.

Width and compatibility forms (NFKC), Kangxi and CJK radicals (Chrome's "print to PDF" writes ⽉ ⾦ ⻚), Traditional and
variant characters, 帐 for 账; invisible characters go. Letters keep their case, and blanks and line ends stay.

Characters are mapped one by one, never as phrases, so that a name folds alike inside and outside a sentence:
``fold(a) + fold(b) == fold(a + b)`` wherever NFKC itself doesn't join a and b. No positions are kept: compare
sentence by sentence.
"""

import re
import unicodedata
from functools import cache, lru_cache
from typing import Protocol, cast

import opencc

_RADICALS = {
    0x2E81: "厂", 0x2E82: "乛", 0x2E83: "乚", 0x2E84: "乙", 0x2E85: "亻", 0x2E86: "冂", 0x2E87: "几", 0x2E88: "刀",
    0x2E89: "刂", 0x2E8A: "卜", 0x2E8B: "㔾", 0x2E8C: "小", 0x2E8D: "小", 0x2E8E: "兀", 0x2E8F: "尣", 0x2E90: "尢",
    0x2E91: "尢", 0x2E92: "巳", 0x2E93: "幺", 0x2E94: "彑", 0x2E95: "彐", 0x2E96: "忄", 0x2E97: "㣺", 0x2E98: "扌",
    0x2E99: "攵", 0x2E9B: "旡", 0x2E9C: "冃", 0x2E9D: "月", 0x2E9E: "歺", 0x2E9F: "母", 0x2EA0: "民", 0x2EA1: "氵",
    0x2EA2: "氺", 0x2EA3: "灬", 0x2EA4: "爫", 0x2EA5: "爫", 0x2EA6: "丬", 0x2EA7: "牛", 0x2EA8: "犭", 0x2EA9: "王",
    0x2EAA: "疋", 0x2EAB: "罒", 0x2EAC: "示", 0x2EAD: "礻", 0x2EAE: "竹", 0x2EAF: "糹", 0x2EB0: "纟", 0x2EB1: "罓",
    0x2EB2: "罒", 0x2EB3: "㓁", 0x2EB4: "罓", 0x2EB5: "罒", 0x2EB6: "羊", 0x2EB7: "羊", 0x2EB8: "羊", 0x2EB9: "耂",
    0x2EBA: "肀", 0x2EBB: "聿", 0x2EBC: "肉", 0x2EBD: "臼", 0x2EBE: "艹", 0x2EBF: "艹", 0x2EC0: "艹", 0x2EC1: "虎",
    0x2EC2: "衤", 0x2EC3: "覀", 0x2EC4: "西", 0x2EC5: "见", 0x2EC6: "角", 0x2EC7: "角", 0x2EC8: "讠", 0x2EC9: "贝",
    0x2ECA: "足", 0x2ECB: "车", 0x2ECC: "辶", 0x2ECD: "辶", 0x2ECE: "辶", 0x2ECF: "阝", 0x2ED0: "钅", 0x2ED1: "长",
    0x2ED2: "长", 0x2ED3: "长", 0x2ED4: "门", 0x2ED5: "阜", 0x2ED6: "阝", 0x2ED7: "雨", 0x2ED8: "青", 0x2ED9: "韦",
    0x2EDA: "页", 0x2EDB: "风", 0x2EDC: "飞", 0x2EDD: "食", 0x2EDE: "食", 0x2EDF: "飠", 0x2EE0: "饣", 0x2EE1: "首",
    0x2EE2: "马", 0x2EE3: "骨", 0x2EE4: "鬼", 0x2EE5: "鱼", 0x2EE6: "鸟", 0x2EE7: "卤", 0x2EE8: "麦", 0x2EE9: "黄",
    0x2EEA: "黾", 0x2EEB: "齐", 0x2EEC: "齐", 0x2EED: "齿", 0x2EEE: "齿", 0x2EEF: "龙", 0x2EF0: "龙", 0x2EF1: "龟",
    0x2EF2: "龟", 0x2EF3: "龟",
}  # fmt: skip
"""CJK Radicals Supplement → the unified character (Unicode's EquivalentUnifiedIdeograph, made Simplified)."""

_VARIANTS = dict(
    zip("帐覆著瞭祇衹囘欵淸対戸単価証図亀竜斉歯妳", "账复着了只只回款清对户单价证图龟龙齐齿你", strict=True)
)
"""What opencc's single characters leave apart although people mean the same: phrases, variants, Japanese forms."""

_INVISIBLE = (
    (0x00, 0x08), (0x0B, 0x0C), (0x0E, 0x1F), (0x7F, 0x9F), (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C),
    (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F),
    (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFFB),
    (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
)  # fmt: skip
"""Controls, zero-width and bidirectional marks, fillers, variation selectors, tags: ranges, both ends included."""

_SHORT, _LONG = 512, 50_000
"""Characters up to which many folded texts are remembered, and up to which a few: a long mail is folded only once."""
_KEPT = 20_000
"""Characters whose form is remembered; a mail that holds more of them is a trick."""
_HAN = ((0x3400, 0xA000), (0xF900, 0xFB00), (0x20000, 0x32000))


class _Converter(Protocol):
    """What we use of OpenCC, whose own annotations are incomplete."""

    def convert(self, text: str, /) -> str: ...


_UNSEEN = re.compile("[" + "".join(f"{chr(first)}-{chr(last)}" for first, last in _INVISIBLE) + "]+")


@cache
def _characters() -> dict[int, str]:
    """Every Han character whose form to compare is another one; built once, then only read, so threads may share it."""
    han = [chr(code) for first, end in _HAN for code in range(first, end)]
    converter = cast("_Converter", opencc.OpenCC("t2s"))
    simplified = dict(zip(han, converter.convert("\n".join(han)).split("\n"), strict=True))
    simplified |= _VARIANTS
    table = dict(_RADICALS)
    for character in han:
        form = character
        while (following := simplified[form]) != form:
            form = following
        if form != character:
            table[ord(character)] = form
    return table


class _Folded(dict[str, str]):
    """Each character's form to compare, found when it is first seen; threads may share it."""

    def __missing__(self, character: str) -> str:
        form = _whole(character)
        if len(self) < _KEPT:
            self[character] = form
        return form


_folded = _Folded()


def visible(text: str) -> str:
    """The text without controls, zero-width, bidirectional and other invisible characters; fit for display."""
    return _UNSEEN.sub("", text)


def fold(text: str) -> str:
    """The form to compare: pure, idempotent, safe in threads; short texts are cached. Fold both sides."""
    if len(text) <= _SHORT:
        return _fold_short(text)
    return _fold_long(text) if len(text) <= _LONG else _fold(text)


def _fold(text: str) -> str:
    """Character by character where that is the same: it isn't where NFKC joins neighbours, a letter and its accent."""
    folded = "".join(map(_folded.__getitem__, text))
    return folded if unicodedata.is_normalized("NFKC", folded) else _whole(text)


def _whole(text: str) -> str:
    plain = unicodedata.normalize("NFKC", visible(text))
    # NFKC can bring invisible characters and radicals' plain forms forth, and mapping can bring marks together
    return unicodedata.normalize("NFKC", visible(plain).translate(_characters()))


_fold_short = lru_cache(maxsize=8192)(_fold)
_fold_long = lru_cache(maxsize=8)(_fold)
