"""What the reader of imported tables tells finance people, in Simplified Chinese."""

from typing import NamedTuple


class Text(NamedTuple):
    """What is wrong, and what to do about it."""

    message: str
    remedy: str


UNREADABLE = Text("文件无法打开，可能已损坏或设有密码", "请用 Excel 另存为 .xlsx 或 CSV UTF-8 后重新导入")
UNKNOWN_FORMAT = Text("不支持的文件格式", "请另存为 .xlsx、.xls 或 .csv")
WEB_PAGE = Text("文件实际是网页（HTML/XML），不是工作簿", "请用 Excel 打开后另存为 .xlsx")
UNSAFE_ARCHIVE = Text("文件解压后过大或压缩比异常，未打开", "请拆分文件，或另存为 CSV")
OUT_OF_RANGE = Text("表格超出 200,000 行或 200 列的范围", "请删除远处的空白单元格，或拆分文件")
TOO_LARGE = Text("文件过大", "请拆分后分别导入")
NO_HEADER = Text("前 5 行中没有找到表头", "请按模板填写表头（init 会生成模板）")
UNDECODABLE = Text("文字编码无法识别", "请另存为 CSV UTF-8")
BROKEN_CSV = Text("CSV 格式有误，引号未配对或单元格过长", "请用 Excel 打开检查后另存")
NAMELESS_COLUMN = Text("此列有内容但没有表头", "请补上表头，或删除此列")


def unknown_column(nearest: str | None) -> Text:
    """A header that no column of the format has."""
    return Text(
        "无法识别的列名", f"是否应为“{nearest}”？请更正列名，或删除此列" if nearest else "请更正列名，或删除此列"
    )


def missing_column(header: str) -> Text:
    """A required column that the table doesn't have."""
    return Text(f"缺少必需的列“{header}”", "请按模板补上此列")


def doubled_column(first: str) -> Text:
    """Two columns that mean the same."""
    return Text(f"与列“{first}”重复", "同一内容只保留一列")
