"""CSV bytes → rows of text: UTF-8 with or without BOM, UTF-16 with BOM, GB18030 or Big5; comma, semicolon or tab."""

import csv
import io

from parsers.sales.columns import CUSTOMER_COLUMNS, DOCUMENT_COLUMNS, fold_header, spellings
from parsers.sales.messages import BROKEN_CSV, OUT_OF_RANGE, TOO_LARGE, UNDECODABLE, Text

_MAX_BYTES, _MAX_ROWS, _MAX_COLUMNS = 64 * 2**20, 200_000, 200
_SAMPLE = 64 * 2**10
_SEPARATORS = ",;\t"
# Characters of tables like ours in both scripts: a text decoded with the wrong table hardly has any of them.
_COMMON = frozenset(
    "单據据號号户戶客編编码碼名称稱日期金額额数數量类類型產产品規规格位價价税稅率幣币種种發发票訂订購购結结算方式到備备註注行摘要"
    "收款付货貨退開开預预期初服務务費费促銷销返利折讓让扣質质保手續续匯汇差抵賬账帳核調调整樣样公司有限市省區区路街股份集團团"
    "科技貿贸易電电子工業业商店超東东南西北中华華的一是不年月在和無无件箱個个台套元人民是否月季度聯联系繫人郵邮箱授權权確确認认"
    "桃園园新竹臺湾灣香港广廣州上海北京苏蘇深圳",
)


def rows(data: bytes) -> list[list[str]] | Text:
    """Return all records, blank ones as empty lists; or why the file can't be read. Never raises."""
    if len(data) > _MAX_BYTES:
        return TOO_LARGE
    text = decode(data)
    if text is None:
        return UNDECODABLE
    try:
        found = list(csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text)))
    except csv.Error:
        return BROKEN_CSV
    if len(found) > _MAX_ROWS or max(map(len, found), default=0) > _MAX_COLUMNS:
        return OUT_OF_RANGE
    return found


def decode(data: bytes) -> str | None:
    """Return the text: a BOM decides, then valid UTF-8, then the Chinese table that gives more common characters."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _try(data, "utf-16")
    text = _try(data, "utf-8-sig")
    if text is not None:
        return text
    candidates = [_try(data, name) for name in ("gb18030", "big5hkscs")]  # of equals the first is taken
    return max((text for text in candidates if text is not None), key=_commonness, default=None)


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _commonness(text: str) -> float:
    wide = [character for character in text[:_SAMPLE] if character > "\x7f"]
    return sum(character in _COMMON for character in wide) / max(len(wide), 1)


def _separator(text: str) -> str:
    top = io.StringIO("\n".join(text[:_SAMPLE].splitlines()[:5]))
    return max(_SEPARATORS, key=lambda separator: _known_headers(top, separator))


def _known_headers(top: io.StringIO, separator: str) -> int:
    known = spellings(CUSTOMER_COLUMNS).keys() | spellings(DOCUMENT_COLUMNS).keys()
    top.seek(0)
    return max(
        (sum(fold_header(cell) in known for cell in row) for row in csv.reader(top, delimiter=separator)), default=0
    )
