"""Paper for demo and tests: the same seed gives the same file, and every device and format can be made."""

import io

import pytest
from PIL import Image

from bot.demo import paper
from bot.demo.capture import Device
from bot.demo.seal import handwriting, round_seal, square_seal, tick
from tests.parsers.scan_returns import Case, case


@pytest.fixture(scope="module")
def one() -> Case:
    return case(2)


def test_the_same_seed_gives_the_same_bytes(one: Case) -> None:
    first, second, other = (
        paper.sealed_scan(one.sent.data, one.sent.layout, "恆遠商貿", seed, dpi=72, format="png")[0].data
        for seed in (1, 1, 2)
    )
    assert first == second != other


@pytest.mark.parametrize("device", ["flatbed", "copier", "fax", "photo", "electronic"])
def test_every_device_delivers_a_picture(one: Case, device: Device) -> None:
    (made,) = paper.sealed_scan(one.sent.data, one.sent.layout, "恆遠商貿", 3, dpi=72, format="jpg", device=device)
    assert made.name == "對賬單.jpg"
    assert min(Image.open(io.BytesIO(made.data)).size) > 500


@pytest.mark.parametrize("file_format", ["pdf", "tiff", "webp"])
def test_every_format_is_written(one: Case, file_format: str) -> None:
    (made,) = paper.sealed_scan(
        one.sent.data,
        one.sent.layout,
        "恆遠商貿",
        3,
        dpi=72,
        format=file_format,
        seal_where="edges",
        remark="少一筆",
        tick_differ=True,
        altered_figure=True,
        seal=True,
        sign=False,
    )
    assert made.content_type in {"application/pdf", "image/tiff", "image/webp"}
    assert len(made.data) > 5000


def test_a_dropped_page_is_not_delivered() -> None:
    two = case(7)
    made = paper.sealed_scan(
        two.sent.data, two.sent.layout, "恆遠", 3, dpi=72, format="png", drop_pages=(1,), seal_where="date"
    )
    assert len(made) == 1


def test_seals_and_hands_are_ink_on_nothing() -> None:
    pictures = (
        round_seal("恆遠商貿有限公司", 1, size=120, title="財務專用章"),
        square_seal("王小明印", 2, size=60),
        handwriting(3, width=120, height=50),
        tick(size=20),
    )
    for picture in pictures:
        alpha = picture.getchannel("A").getextrema()
        assert alpha[0] == 0
        assert alpha[1] > 150
