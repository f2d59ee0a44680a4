"""What a customer asks for, and what he leaves out of his yes; lines that mail programs write about files."""

import pytest

from parsers import oversize, wishes

WISHES = [
    ("请贵司先盖章，我们再盖", "seal_first"),
    ("請貴公司先用印", "seal_first"),
    ("麻烦提供贵司已盖章的版本", "seal_first"),
    ("你们的对账单没有盖公章", "seal_first"),
    ("附件打不开", "resend"),
    ("壓縮檔密碼多少？", "resend"),
    ("PDF 显示乱码", "resend"),
    ("请在我司供应商平台填报", "portal"),
    ("对账请走SRM", "portal"),
    ("零余额也要盖章？", "zero_balance"),
    ("余额为零还需要签字吗", "zero_balance"),
    ("余额为零", ""),
    ("发票什么时候寄", ""),
    ("我们已先盖章，请查收", ""),
    ("章已盖好", ""),
]


@pytest.mark.parametrize(("text", "wish"), WISHES, ids=[row[0] for row in WISHES])
def test_24_28_46_47_what_is_asked_for(text: str, wish: str) -> None:
    assert wishes.find(text) == wish


EXCEPTED = [
    ("除XSCK-00030外，其余无误", ("XSCK-00030",)),
    ("除了 XSCK-00030、XSTH-00007 以外，都核对无误", ("XSCK-00030", "XSTH-00007")),
    ("其余无误，仅XSCK-00030有出入", ("XSCK-00030",)),
    ("XSCK-00030数量不对，其他没问题", ("XSCK-00030",)),
    ("除运费外，其余无误", ()),
    ("XSCK-00030已收货", ()),
    ("苏州恒远确认2026年10月销售对账单无误", ()),
]


@pytest.mark.parametrize(("text", "documents"), EXCEPTED, ids=[row[0] for row in EXCEPTED])
def test_9_documents_left_out_of_a_yes(text: str, documents: tuple[str, ...]) -> None:
    assert wishes.excepted(text) == documents


BLOCK = """对账单无误。

从QQ邮箱发来的超大附件

对账单.pdf (15.20M, 2026年12月5日 17:30 到期)
进入下载页面：http://mail.qq.com/cgi-bin/ftnExs_download?k=abc
10月18日退货少一笔，有效期内请处理
"""


def test_only_lines_of_the_mail_program_go() -> None:
    left = oversize.without_block(BLOCK, ("http://mail.qq.com/cgi-bin/ftnExs_download?k=abc",))
    assert [line for line in left.split("\n") if line] == ["对账单无误。", "10月18日退货少一笔，有效期内请处理"]
    assert oversize.without_block(BLOCK, ()) == BLOCK


@pytest.mark.parametrize(
    "line",
    [
        "来自网易邮箱的云附件：",
        "合同及对账单.zip（120.5MB）",
        "有效期：2026-12-05 23:59",
        "点击下载",
        "无限期",
        "超大附件(2个)",
    ],
)
def test_lines_about_large_files(line: str) -> None:
    assert oversize.without_block(line, ("https://x",)) == ""


@pytest.mark.parametrize(
    "line",
    [
        "少一笔退货",
        "请见附件",
        "对账单有差异.",
        "下载不了附件",
        "退货50件到期未处理，不同意",
        "同意，但货款未到期",
        "2026年10月的货款未到期",
        "差异说明.pdf (15M)",
        "我方有差异见 a.pdf (2M)",
        "a.pdf (2M) 不同意",
    ],
)
def test_lines_of_people_stay(line: str) -> None:
    assert oversize.without_block(line, ("https://x",)) == line
