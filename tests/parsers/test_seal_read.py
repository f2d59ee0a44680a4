"""Seals drawn, stamped, scanned and read: the right name is confirmed, a wrong one never is."""

import io
import sys
from dataclasses import replace
from random import Random

import pytest
from PIL import Image

from bot.demo.seal import BLUE, RED, round_seal
from parsers.scan import seal_read
from parsers.scan.seal_name import Read, judge_reads
from tests.parsers.seals_drawn import Style, picture

pytest.importorskip("cv2")
pytest.importorskip("rapidocr")

PAIRS = (
    ("苏州恒远机械有限公司", "苏州恒远贸易有限公司"),
    ("恆遠商貿有限公司", "恆達商貿有限公司"),
    ("无锡市华美电子科技股份有限公司", "无锡市华美电子科技有限公司"),
    ("上海宏达国际货物运输代理有限公司", "上海宏远国际货物运输代理有限公司"),
    ("北京天润信息技术有限公司", "北京大润信息技术有限公司"),
    ("广州市天河区利民五金商行", "广州市天河区利民五金厂"),
    ("深圳市永信精密模具有限公司", "深圳市永信精密模具有限公司东莞分公司"),
    ("宁波瑞丰纺织品有限公司", "宁波瑞丰纺织有限公司"),
    ("東莞市金泰實業有限公司", "中山市金泰實業有限公司"),
    ("杭州博雅新材料有限公司", "杭州博雅建筑材料有限公司"),
    ("成都万和食品有限公司", "成都方和食品有限公司"),
    ("济南未来电子有限公司", "济南末来电子有限公司"),
)
STYLES = {
    "plain": Style(),
    "thick ring, narrow letters": Style(ring=1.4, narrow=0.6, letter=5.6, star=7, turn=9, quality=65),
    "two rings and a number": Style(second_ring=True, letter=4.4, code="3205081234567", turn=-12, ink=0.8),
    "for finance, blue": Style(title="财务专用章", colour=BLUE, star=5, turn=6, quality=70),
    "for contracts, upside down": Style(title="合同专用章", turn=176, size=42, code="3205081234567"),
    "signed across": Style(signed_over=True, turn=-5),
    "faint": Style(ink=0.5, turn=14, quality=85),
    "oval": Style(size=45, oval=0.74, letter=4.6, star=0, turn=4),
    "300 dpi": Style(dpi=300, turn=-9, quality=60),
}


@pytest.fixture(scope="module")
def readings() -> dict[tuple[str, str], list[tuple[tuple[Read, ...], str]]]:
    """All readings of each style's seals (every style with four names), made once; names are compared afterwards."""
    found = {}
    for number, (style, look) in enumerate(STYLES.items()):
        for index in range(4):
            name = PAIRS[(number * 4 + index) % len(PAIRS)][index % 2]
            seals = seal_read.find_seals(seal_read.pixels_of(picture(look, name, number * 10 + index)))
            found[style, name] = [seal_read.read_round(seal, ()) for seal in seals]
    return found


def owners(read: list[tuple[tuple[Read, ...], str]], *names: str) -> set[str]:
    return {judge_reads(reads, title, names).verdict for reads, title in read}


def test_E6_the_right_name_is_confirmed(readings: dict[tuple[str, str], list[tuple[tuple[Read, ...], str]]]) -> None:
    good = [key for key, read in readings.items() if owners(read, key[1]) == {"theirs"}]
    assert len(good) >= 0.85 * len(readings)


def test_E6_no_wrong_company_is_taken_for_theirs(
    readings: dict[tuple[str, str], list[tuple[tuple[Read, ...], str]]],
) -> None:
    """Each seal against every other company: the one that differs by a character, and all that share nothing."""
    every = [name for pair in PAIRS for name in pair]
    tried = [
        (name, other, owners(read, other)) for (_, name), read in readings.items() for other in every if other != name
    ]
    assert len(tried) > 60
    assert not [one for one in tried if "theirs" in one[2]]
    strangers = [found for name, other, found in tried if not {name, other} <= set(next(p for p in PAIRS if name in p))]
    assert sum(found == {"other"} for found in strangers) > 0.75 * len(strangers)


@pytest.mark.parametrize(("title", "kind"), [("财务专用章", "財務專用章"), ("發票專用章", "發票專用章"), ("", "公章")])
def test_E6_the_kind_is_read_from_the_middle(title: str, kind: str) -> None:
    name = "苏州恒远机械有限公司"
    (found,) = seal_read.judge_seals(picture(Style(title=title, turn=5), name, 3), (name,))
    assert found.kind == kind
    assert found.verdict == "theirs"


def test_E6_taiwans_square_pair_is_read() -> None:
    style = Style(size=28, ring=0.9, turn=4)
    large, small = seal_read.judge_seals(
        picture(style, "恆遠商貿有限公司", 5, square=True, second="王小明印"), ("恆遠商貿有限公司",)
    )
    assert (large.verdict, large.kind, small.verdict) == ("theirs", "大小章", "unread")
    (other, _) = seal_read.judge_seals(
        picture(style, "恆達商貿有限公司", 6, square=True, second="王小明印"), ("恆遠商貿有限公司",)
    )
    assert other.verdict != "theirs"


def test_E6_a_black_seal_is_read_where_nothing_is_coloured() -> None:
    name = "苏州恒远机械有限公司"
    (found,) = seal_read.judge_seals(picture(Style(colour=(50, 50, 54)), name, 8), (name,))
    assert found.verdict == "theirs"


def test_the_demos_own_seals_are_read_at_150_dpi() -> None:
    for seed, name in enumerate(("华东大药房连锁有限公司", "恆遠商貿有限公司", "上海浦江精密电子有限公司")):
        seal = round_seal(name, seed, size=236, colour=RED)
        ground = Image.new("RGB", (520, 300), (248, 247, 244))
        ground.paste(seal, (60, 20), seal)
        buffer = io.BytesIO()
        ground.resize((round(520 * 203 / 150), round(300 * 203 / 150)), Image.Resampling.BICUBIC).save(buffer, "PNG")
        assert [one.verdict for one in seal_read.judge_seals(buffer.getvalue(), (name,))] == ["theirs"]


def test_writing_and_rubbish_are_no_seals() -> None:
    blank = Image.new("RGB", (700, 400), (255, 255, 255))
    noise = Image.frombytes("RGB", (120, 120), Random(1).randbytes(120 * 120 * 3)).resize((700, 400))
    for made in (blank, noise, blank.resize((40, 40)), blank.resize((2600, 2600))):
        buffer = io.BytesIO()
        made.save(buffer, "PNG")
        assert not [one for one in seal_read.judge_seals(buffer.getvalue(), ("苏州恒远机械有限公司",)) if one.legible]
    assert seal_read.judge_seals(b"", ("x",)) == ()
    assert seal_read.judge_seals(b"no picture", ("x",)) == ()


def test_without_the_recogniser_nothing_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    seal_read.engine.cache_clear()
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    name = "苏州恒远机械有限公司"
    assert seal_read.judge_seals(picture(replace(Style(), dpi=150), name, 1), (name,)) == ()
    seal_read.engine.cache_clear()
