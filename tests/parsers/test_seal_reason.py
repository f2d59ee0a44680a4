"""Whether finance returns a copy for its seal alone."""

import pytest

from parsers.seal_reason import other_seal

REASONS = {
    "印章不符": "",
    "印鑑不符。": "",
    "印章名称不符": "",
    "公章不是对方的": "",
    "其他公司的章": "",
    "印章为苏州恒通贸易有限公司": "苏州恒通贸易有限公司",
    "印章名稱是「蘇州恆通貿易有限公司」": "蘇州恆通貿易有限公司",
    "印章：苏州恒通贸易有限公司": "苏州恒通贸易有限公司",
    "印章不清": None,
    "缺第2页": None,
    "印章不符，另缺第2页": None,
    "印章不符且金额有误": None,
    "": None,
}


@pytest.mark.parametrize("reason", REASONS)
def test_only_a_reason_that_says_nothing_else_is_about_the_seal(reason: str) -> None:
    assert other_seal(reason) == REASONS[reason]
