"""Small talk is set aside although not every word is known; nothing that may touch the account is."""
# ruff: noqa: E501  # sentences of the tables stand on one line each

import pytest

from parsers.small_talk import is_small_talk


@pytest.mark.parametrize(
    "clause",
    ["天气转凉", "注意别感冒了", "今天刚从外地出差回来", "期待下次见面", "小孩生病请了几天假", "以后多多关照", "打扰了"],
)  # fmt: skip
def test_E5_small_talk_says_nothing(clause: str) -> None:
    assert is_small_talk(clause)


@pytest.mark.parametrize(
    "clause",
    [
        "节后见分晓", "章是前任偷盖的", "签字的是实习生", "合作愉快希望下不为例", "盖章只是走形式", "谢谢但运费你们出", "领导出差回来再定", "照片里圈出来的是有问题的",
        "附件里有说明", "签名仅表示收到", "原件作废", "忙着核对", "太忙只看了总数", "今天很忙今天很忙今天很忙今天很忙今天很忙今天很忙今天很忙今天很忙", "苹果很红",
    ],
)  # fmt: skip
def test_E5_what_may_touch_the_account_is_no_small_talk(clause: str) -> None:
    assert not is_small_talk(clause)
