"""Read texts against names, as tables: what is theirs, what is clearly another's, and what a person must look at."""

import pytest

from parsers.scan.seal_name import (
    Name,
    Read,
    SealVerdict,
    fits,
    is_company,
    judge_reads,
    kind_of,
    plain,
    split,
    written,
)

FULL = "苏州恒远机械有限公司"


def judged(text: str, *names: str, title: str = "", score: float = 0.95, times: int = 2) -> SealVerdict:
    return judge_reads([Read(text, score)] * times, title, names)


THEIRS = {
    "the same": (FULL, FULL),
    "traditional and simplified": ("恆遠商貿有限公司", "恒远商贸有限公司"),
    "blanks and a star": ("★ 苏州恒远 机械有限公司", FULL),
    "the place in brackets": ("恒远（苏州）机械有限公司", "恒远(苏州)机械有限公司"),
    "a city's ending more": ("苏州市恒远机械有限公司", FULL),
    "no place on the seal": ("恒远机械有限公司", FULL),
    "no place in the ledger": (FULL, "恒远机械有限公司"),
    "no legal form in the ledger": (FULL, "恒远机械"),
    "the two ways to write one form": ("苏州恒远机械有限责任公司", FULL),
    "a character of the form misread": ("苏州恒远机械有限公可", FULL),
    "the form half covered": ("苏州恒远机械有限", FULL),
    "the seal's number beside it": (FULL + "3205081234567", FULL),
    "corners of the title after it": (FULL + "出", FULL),
    "a speck before the place": ("一" + FULL, FULL),
    "the title on the same ring": (FULL + "合同专用章", FULL),
    "a name with letters": ("A3科技有限公司", "A3科技有限公司"),
    "a branch of its own": (FULL + "上海分公司", FULL + "上海分公司"),
    "a shop": ("利民五金商行", "利民五金商行"),
}


@pytest.mark.parametrize(("text", "name"), THEIRS.values(), ids=THEIRS)
def test_E6_these_are_theirs(text: str, name: str) -> None:
    assert judged(text, name).verdict == "theirs"
    assert fits(text, (name,))


OTHER = {
    "nothing in common": ("北京天润信息技术有限公司", FULL),
    "another trade": ("苏州恒远贸易有限公司", FULL),
    "another city": ("无锡恒远机械有限公司", FULL),
    "a branch": (FULL + "上海分公司", FULL),
    "the company of a branch": (FULL, FULL + "上海分公司"),
    "another letter and figure": ("B5科技有限公司", "A3科技有限公司"),
    "more in the name": ("苏州恒远精密机械有限公司", FULL),
    "not a short name's": ("北京天润信息技术有限公司", "恒远"),
}


@pytest.mark.parametrize(("text", "name"), OTHER.values(), ids=OTHER)
def test_E6_these_are_anothers(text: str, name: str) -> None:
    found = judged(text, name)
    assert (found.verdict, found.legible) == ("other", True)
    assert found.name == text


UNSURE = {
    "another trade after a long prefix": ("苏州恒远精密模具有限公司", "苏州恒远精密机械有限公司"),
    "two characters of eight": ("北京金泰精密模长大限公司", "北京金泰精密模具有限公司"),
    "one character": ("苏州恒达机械有限公司", FULL),
    "one character more": ("瑞丰纺织品有限公司", "瑞丰纺织有限公司"),
    "one character less": ("瑞丰纺织有限公司", "瑞丰纺织品有限公司"),
    "a character before": ("老恒远机械有限公司", "恒远机械有限公司"),
    "between place and core": ("苏州新恒远机械有限公司", FULL),
    "joint-stock against limited": ("苏州恒远机械股份有限公司", FULL),
    "limited against joint-stock": (FULL, "苏州恒远机械股份有限公司"),
    "a short name within a longer one": (FULL, "恒远"),
    "a wrong form": ("苏州恒远机械集团有限公司", "苏州恒远机械"),
}


@pytest.mark.parametrize(("text", "name"), UNSURE.values(), ids=UNSURE)
def test_E6_these_are_never_taken_for_theirs(text: str, name: str) -> None:
    assert judged(text, name).verdict in {"unread", "other"}
    assert judged(text, name).legible


UNREAD = {
    "nothing": ("", 0.0, 2),
    "half a name": ("恒远", 0.99, 2),
    "nonsense": ("口日田由甲申", 0.9, 2),
    "another's, but unsure": ("北京天润信息技术有限公司", 0.7, 2),
    "another's, read once": ("北京天润信息技术有限公司", 0.99, 1),
    "theirs, but a guess": (FULL, 0.3, 2),
}


@pytest.mark.parametrize(("text", "score", "times"), UNREAD.values(), ids=UNREAD)
def test_what_is_not_surely_read_is_unread(text: str, score: float, times: int) -> None:
    assert judged(text, FULL, score=score, times=times).verdict == "unread"


def test_no_reading_at_all_is_unread() -> None:
    assert judge_reads((), "", (FULL,)) == SealVerdict("unread", "", "公章", 0.0)


def test_without_a_name_nothing_is_theirs_or_anothers() -> None:
    assert judged(FULL).verdict == "unread"
    assert judged(FULL, "司").verdict == "unread"


def test_a_whole_name_keeps_a_short_alias_from_fitting_elsewhere() -> None:
    assert judged("上海恒远有限公司", "苏州恒远有限公司", "恒远").verdict == "other"
    assert judged("上海恒远有限公司", "恒远").verdict == "theirs"


def test_most_readings_decide_between_theirs_and_a_similar_one() -> None:
    wrong, right = Read("苏州恒达机械有限公司", 0.97), Read(FULL, 0.95)
    assert judge_reads([wrong, right, right], "", (FULL,)).verdict == "theirs"
    assert judge_reads([wrong, wrong, right], "", (FULL,)).verdict == "unread"


def test_a_known_other_firm_is_another_even_by_one_character() -> None:
    reads = [Read("苏州恒达机械有限公司", 0.97)] * 2
    assert judge_reads(reads, "", (FULL,), ("蘇州恆達機械有限公司",)).verdict == "other"


KINDS = {
    "财务专用章": "財務專用章",
    "合同专用章": "合同專用章",
    "發票專用章": "發票專用章",
    "統一發票專用章": "統一發票專用章",
    "收货专用章": "收貨章",
    "采购部": "部門章",
    "业务专用章": "其他專用章",
    "票专用": "發票專用章",
    "一成得得用": "其他專用章",
    "": "公章",
}


@pytest.mark.parametrize("title", KINDS)
def test_E6_the_title_says_which_kind(title: str) -> None:
    found = judged(FULL, FULL, title=title)
    assert (found.kind, found.verdict) == (KINDS[title], "theirs")


def test_a_square_seal_is_taiwans_pair() -> None:
    assert kind_of("恆遠商貿", square=True) == "大小章"
    assert kind_of("统一发票专用章", square=True) == "統一發票專用章"


def test_names_are_shown_as_they_stand_on_the_seal() -> None:
    assert judged("恆遠商貿有限公司★", "恒远商贸有限公司").name == "恆遠商貿有限公司"
    assert judged("㈱恆遠商貿有限公司", "恒远商贸有限公司").name.endswith("恒远商贸有限公司")


PARTS = {
    FULL: Name("苏州", "恒远机械", "有限公司", ""),
    "广州市天河区利民五金商行": Name("广州市", "天河区利民五金", "商行", ""),
    "恒远": Name("", "恒远", "", ""),
    FULL + "上海分公司": Name("苏州", "恒远机械", "有限公司", "上海分公司"),
    "上海": Name("", "上海", "", ""),
}


@pytest.mark.parametrize("name", PARTS)
def test_a_name_has_parts(name: str) -> None:
    assert split(plain(name)) == PARTS[name]


def test_what_follows_a_name_is_cut_but_no_branch() -> None:
    assert written("恒远机械有限公司出司") == "恒远机械有限公司"
    assert written("恒远机械有限公司分店") == "恒远机械有限公司分店"
    assert not is_company("有限公司")
    assert is_company(FULL)


def test_a_character_that_was_read_with_doubt_is_not_taken_for_theirs() -> None:
    """未 and 末 differ by the length of a stroke: a name counts when one reading was sure of each of its characters."""
    name = "济南未来电子有限公司"
    sure, doubtful = (Read(name, 0.97, (1.0, 1.0, at, *[1.0] * 7)) for at in (0.99, 0.79))
    assert judge_reads((doubtful, sure), "", (name,)).verdict == "theirs"
    assert judge_reads((doubtful, doubtful), "", (name,)).verdict == "unread"


def test_a_reading_that_surely_saw_another_character_makes_the_name_doubtful() -> None:
    name, other = "厦门千禾食品有限公司", "厦门干禾食品有限公司"
    theirs, rival, unsure = Read(name, 0.99, (1.0,) * 10), Read(other, 0.84, (0.9,) * 10), Read(other, 0.8, (0.5,) * 10)
    assert judge_reads((theirs, theirs, rival), "", (name,)).verdict == "unread"
    assert judge_reads((theirs, theirs, unsure), "", (name,)).verdict == "theirs"


@pytest.mark.parametrize("name", ["顺德华盛五金制品厂", "顺德利民五金店"])
def test_E6_a_second_plant_or_shop_of_the_name_is_another_firm_even_where_most_readings_lose_its_end(name: str) -> None:
    whole, more = Read(name, 0.99, (0.99,) * len(name)), f"{name}二{name[-1]}"
    longer = Read(more, 0.99, (0.99,) * len(more))
    assert judge_reads([whole, whole], "", (name,)).verdict == "theirs"
    assert judge_reads([whole, whole, longer], "", (name,)).verdict == "unread"
