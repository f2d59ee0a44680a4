from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.fold import fold, visible


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("銷售對賬單", "销售对账单", id="traditional"),
        pytest.param("銷售對帳單", "销售对账单", id="帳 for 賬"),
        pytest.param("对帐单", "对账单", id="帐 for 账"),
        pytest.param("対帳", "对账", id="japanese 対"),
        pytest.param("回覆", "回复", id="覆 for 复"),
        pytest.param("２０２６年１０月", "2026年10月", id="full-width digits"),
        pytest.param("［ＡＢ］", "[AB]", id="full-width brackets"),
        pytest.param("2026年10⽉ ⾦额", "2026年10月 金额", id="kangxi radicals of a printed page"),
        pytest.param("第1⻚ ⻋间 ⻓城 ⻔市", "第1页 车间 长城 门市", id="cjk radicals of a printed page"),
        pytest.param("確\u200b認\u2060無\ufeff誤", "确认无误", id="zero width"),
        pytest.param("\u202e确认\u202c", "确认", id="bidirectional overrides"),
        pytest.param("确认\ufe0f", "确认", id="variation selector"),
        pytest.param("確認\u00a0無誤　!", "确认 无误 !", id="odd blanks"),
        pytest.param("乾元著作餘額", "干元着作余额", id="characters, not phrases"),
    ],
)
def test_spellings_that_mean_the_same_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other) == other


def test_different_names_stay_different() -> None:
    assert fold("华东贸易") != fold("华南贸易")


def test_case_and_line_ends_stay() -> None:
    assert fold("Ab\nC\td") == "Ab\nC\td"


def test_a_name_folds_alike_inside_and_outside_a_sentence() -> None:
    assert fold("乾淨對帳有限公司") in fold("茲確認乾淨對帳有限公司之餘額")


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(
    st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)),
    st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)),
)
def test_han_text_folds_character_by_character(one: str, other: str) -> None:
    assert fold(one + other) == fold(one) + fold(other)


def test_visible_keeps_what_people_see() -> None:
    assert visible("確\u200b認\u202e A\u00a0帳\n") == "確認 A\u00a0帳\n"


def test_threads_agree() -> None:
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda n: fold(f"對帳{n % 7}")[:2], range(500))) == {"对账"}
