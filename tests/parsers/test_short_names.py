"""Short forms of a customer's name: the brand stays, and nothing else of the register fits."""
# ruff: noqa: E501  # sentences of the tables stand on one line each

import pytest

from parsers import names

REGISTER = [
    ("A", "常州市天宇电子科技有限公司", ()),
    ("B", "苏州恒远（贸易）有限公司", ()),
    ("C", "上海恒远机电有限公司", ()),
    ("D", "科瑞电子（苏州）有限公司", ()),
    ("E", "明天贸易有限公司", ()),
    ("F", "珠海香洲金湾铝材店", ()),
    ("G", "惠州大亚湾三江五金塑胶厂", ()),
    ("H", "绍兴市柯桥区实验中学", ()),
    ("I", "无锡先导汽车部件股份有限公司", ()),
    ("J", "浙江省立同仁中学", ()),
    ("K", "大同光學股份有限公司", ()),
    ("L", "广州地铁物资有限公司南沙分公司", ()),
    ("M", "甲", ()),
    ("N", "北京市海淀区中关村第七小学", ()),
    ("O", "苏州沧浪新市口腔门诊部", ()),
]
INDEX = names.index(("华东贸易有限公司",), REGISTER)


@pytest.mark.parametrize(
    ("owner", "written", "length"),
    [
        ("A", "天宇确认", 2), ("A", "常州天宇电子", 6), ("A", "天宇科技有限公司", 8), ("A", "上海天宇", 0), ("B", "恒远", 0), ("B", "恒远贸易", 4),
        ("C", "上海恒远公司", 6), ("D", "苏州科瑞", 4), ("D", "科瑞电子苏州公司", 8), ("E", "明天确认", 0), ("E", "明天公司", 4), ("F", "金湾铝业", 0),
        ("F", "金湾铝材店", 5), ("G", "三江厂", 3), ("H", "柯桥实验中学", 6), ("I", "先导汽部", 4), ("J", "同仁中学", 4), ("K", "大同光学", 4),
        ("L", "广州地铁物资有限公司", 0), ("M", "甲", 0), ("N", "中关村第七小学", 7), ("O", "新市口腔", 4), ("A", "天宇物流", 0), ("", "华东公司", 4),
    ],
)  # fmt: skip
def test_E5_a_short_form_keeps_the_brand_and_fits_nobody_else(owner: str, written: str, length: int) -> None:
    assert INDEX.short(names.plain(written), owner) == length


def test_E5_a_name_may_hold_any_character() -> None:
    odd = names.index((), [("A", "上海C++（软件）*[公司", ()), ("B", "电子", ()), ("C", "?", ())])
    assert [odd.short("c++", owner) for owner in "ABC"] == [3, 0, 0]
