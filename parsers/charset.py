"""Bytes and the charset that they claim → text: GBK bytes labelled ``iso-8859-1`` read ``确认``, not ``È·ÈÏ``.

Labels lie: gb2312 that is GBK, GB18030 or UTF-8, ascii or latin-1 over GBK, ks_c over Big5, none at all. So: byte-order
marks, then valid UTF-8, then the best of a few candidates by how common their characters are. Never raises.
"""

import codecs
from functools import cache, lru_cache

SAMPLE = 8_192

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SUPERSETS = {
    "gb2312": "gb18030", "gb_2312-80": "gb18030", "gbk": "gb18030", "cp936": "gb18030", "x-gbk": "gb18030",
    "ms936": "gb18030", "gb18030": "gb18030", "euc-cn": "gb18030", "chinese": "gb18030", "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs", "cp950": "big5hkscs", "ms950": "big5hkscs", "x-x-big5": "big5hkscs",
    "ks_c_5601-1987": "cp949", "ks_c_5601": "cp949", "euc-kr": "cp949", "shift_jis": "cp932", "iso-8859-1": "cp1252",
    "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252", "utf8": "utf-8", "unicode-1-1-utf-8": "utf-8",
    "unicode-1-1-utf-7": "utf-7", "x-unknown": "", "unknown-8bit": "", "default": "", "none": "",
}  # fmt: skip
"""Labels → the codec that reads all that goes by that name."""
_STATEFUL = frozenset({
    "iso2022_jp", "iso2022_jp_1", "iso2022_jp_2", "iso2022_jp_3", "iso2022_jp_ext", "iso2022_kr", "hz",
    "utf-7", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be",
})  # fmt: skip
"""Codecs whose bytes look like ASCII or hold NULs: their label is believed where it decodes."""
_NO_CHARSETS = frozenset({"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined"})
_JAPANESE, _ANY = frozenset({"cp932", "euc_jp"}), frozenset[str]()
_KINDS = (
    (0x80, 0x9F, -2.0, -2.0, _ANY),  # C1 controls
    (0xA0, 0xBF, -0.5, -0.5, _ANY),  # signs of Latin-1
    (0xC0, 0x24F, 0.3, 0.3, _ANY),  # Latin letters of the West
    (0x3040, 0x30FF, -0.3, 0.9, _JAPANESE),  # kana
    (0xAC00, 0xD7A3, -1.0, 1.0, frozenset({"cp949"})),  # Hangul
    (0xE000, 0xF8FF, -2.0, -2.0, _ANY),  # private use
    (0xFFFD, 0xFFFD, -3.0, -3.0, _ANY),  # can't be read
    (0x1F300, 0x1FAFF, 0.2, 0.2, _ANY),  # emoji
)
"""First and last character, how plausible they are, and how plausible under the codecs of their own language.

Rare Han characters and other scripts stand below all of that.
"""
_PUNCTUATION = frozenset("，。：；！？、（）“”‘’《》〈〉「」『』【】…—～·￥％＋－　")


def decode(data: bytes, label: str | None) -> str:
    """The text; bytes that fit no reading become U+FFFD."""
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(codec, "replace")
    claimed = _codec(label)
    if claimed in _STATEFUL and (text := _strictly(data, claimed)) is not None:
        return text
    if data.isascii():
        return _without_label(data)
    if (text := _strictly(data, "utf-8")) is not None and (claimed == "utf-8" or not claimed or _is_chinese(text)):
        return text
    return data.decode(_best(data[:SAMPLE], claimed), "replace")


@lru_cache(maxsize=256)
def _codec(label: str | None) -> str:
    """The codec behind a label, empty where there is none."""
    name = (label or "").strip("\"' \t\r\n").lower()[:40]
    if name in _SUPERSETS:
        return _SUPERSETS[name]
    try:
        codec = codecs.lookup(name) if name.isascii() and "\x00" not in name else None
    except LookupError:
        return ""
    if codec is None or codec.name in _NO_CHARSETS or not codec._is_text_encoding:  # noqa: SLF001  # rot13 and base64 are codecs, too
        return ""
    return _SUPERSETS.get(codec.name, codec.name)


def _strictly(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except (UnicodeError, ValueError):
        return None


def _without_label(data: bytes) -> str:
    """Seven-bit bytes: ASCII, unless escape sequences shift to Japanese or Korean."""
    if b"\x1b$" in data and (text := _strictly(data, "iso2022_jp_2")) is not None:
        return text
    return data.decode("ascii")


def _is_chinese(text: str) -> bool:
    """Whether a reading as UTF-8 gives Han characters: two-byte pairs can pass as UTF-8 by chance, these can't."""
    return any("\u3000" <= character <= "\u9fff" or character >= "\uff00" for character in text[:SAMPLE])


def _best(sample: bytes, claimed: str) -> str:
    """The most plausible codec; a tie goes to the label, then in the order given."""
    candidates = dict.fromkeys(name for name in (claimed, "utf-8", "gb18030", "big5hkscs", "cp1252") if name)
    scores = {codec: _score(sample, codec) + 0.05 * (codec == claimed) for codec in candidates}
    return max(scores, key=scores.__getitem__)


def _score(sample: bytes, codec: str) -> float:
    """Mean plausibility of the characters beyond ASCII, from 1 (common Chinese) down to −3 (can't be read)."""
    text = sample.decode(codec, "replace").rstrip("\ufffd")  # the sample's end may split a character
    beyond = [character for character in text if character > "\x7f"]
    if not beyond:
        return -3.0
    common, kind = _common(), codec
    return sum(_plausible(character, common, kind) for character in beyond) / len(beyond)


def _plausible(character: str, common: frozenset[str], codec: str) -> float:
    if character in common or character in _PUNCTUATION:
        return 1.0
    code = ord(character)
    for first, last, score, native, codecs_of_it in _KINDS:
        if first <= code <= last:
            return native if codec in codecs_of_it else score
    return -0.4


@cache
def _common() -> frozenset[str]:
    """The commonest characters: 3,755 Simplified, 5,401 Traditional, from the first levels of GB 2312 and Big5."""
    simplified = bytes(byte for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF) for byte in (row, cell))
    trails = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    traditional = bytes(byte for row in range(0xA4, 0xC7) for cell in trails for byte in (row, cell))
    text = simplified.decode("gb2312", "ignore") + traditional.decode("big5", "ignore")
    return frozenset(character for character in text if character >= "\u4e00")
