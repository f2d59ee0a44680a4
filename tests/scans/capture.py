"""Paper becomes pixels again: flatbed, copier, fax, phone photo, screenshot.

``capture("photo", pages, 200, random)`` → one picture per page. ``CLASSES`` says which figures a device counts in.
"""

from collections.abc import Callable
from random import Random

import cv2
import numpy as np

from tests.scans import wear
from tests.scans.paper import Page

Device = Callable[[Page, int, Random], Page]


def _noise(random: Random) -> np.random.Generator:
    return np.random.default_rng(random.randrange(1 << 30))


def grainy(page: Page, random: Random, deviation: float) -> Page:
    """Sensor noise."""
    tile = _noise(random).standard_normal((640, page.shape[1]), np.float32) * deviation
    grain = np.tile(tile, (page.shape[0] // 640 + 1, 1))[: page.shape[0]].round().astype(np.int16)
    return cv2.add(page, np.repeat(grain[..., None], 3, axis=2), dtype=cv2.CV_8U)


def skewed(
    page: Page, random: Random, degrees: float, *, scale: float = 1.0, shift: float = 1.5, dpi: int = 200
) -> Page:
    """On the glass: turned, moved by at most ``shift`` mm, printed at ``scale``; the lid is white."""
    height, width = page.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), random.uniform(-degrees, degrees), scale)
    matrix[:, 2] += [random.uniform(-shift, shift) * dpi / 25.4 for _ in range(2)]
    return cv2.warpAffine(page, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=(255, 255, 255))


def toned(page: Page, random: Random) -> Page:
    """Paper isn't pure white, toner isn't pure black, colours shift a little."""
    white = random.uniform(232, 254) + np.array([random.uniform(-4, 4) for _ in range(3)])
    black = random.uniform(5, 45)
    tones = np.clip(black + np.arange(256)[:, None] / 255 * (white - black), 0, 255).astype(np.uint8)
    return cv2.LUT(page, tones[None].transpose(0, 1, 2).reshape(1, 256, 3))


def grey(page: Page) -> Page:
    """Without colour."""
    return np.repeat(cv2.cvtColor(page, cv2.COLOR_RGB2GRAY)[..., None], 3, axis=2)


def flatbed(page: Page, dpi: int, random: Random) -> Page:
    """A clean colour scan."""
    scale = random.choice((1.0, 1.0, 1.0, random.uniform(0.94, 0.985)))
    made = skewed(page, random, 0.9, scale=scale, dpi=dpi)
    return grainy(
        toned(cv2.GaussianBlur(made, (0, 0), random.uniform(0.4, 0.75)), random), random, random.uniform(1, 4)
    )


def flatbed_grey(page: Page, dpi: int, random: Random) -> Page:
    """A clean grey scan."""
    return grey(flatbed(page, dpi, random))


def flatbed_bw(page: Page, dpi: int, random: Random) -> Page:
    """A scan in black and white: what is lighter than a threshold is gone."""
    made = grey(skewed(page, random, 0.9, dpi=dpi))
    return np.where(made > random.uniform(135, 190), 255, 0).astype(np.uint8)


def worn(page: Page, dpi: int, random: Random) -> Page:
    """A flatbed scan of paper that was folded, stapled, clipped, or of a dirty glass."""
    for damage in random.sample(wear.DAMAGE, 2):
        page = damage(page, dpi, random)
    return flatbed(page, dpi, random)


def copier(page: Page, dpi: int, random: Random) -> Page:
    """One to three generations on a copier, in grey."""
    made = grey(page)
    for _ in range(random.choice((1, 1, 2, 3))):
        made = skewed(made, random, 0.5, scale=random.uniform(0.985, 1.005), dpi=dpi)
        made = cv2.GaussianBlur(made, (0, 0), random.uniform(0.5, 0.8))
        steep = random.uniform(1.05, 1.25)
        made = np.clip((made.astype(np.float32) - 128) * steep + random.uniform(118, 134), 0, 255).astype(np.uint8)
    if random.random() < 0.5:
        made = wear.streak(made, dpi, random)
    return grainy(made, random, random.uniform(2, 5))


def fax(page: Page, dpi: int, random: Random) -> Page:
    """204 × 98 or 204 × 196 dpi, black and white or dithered."""
    height = page.shape[0] * (98 if random.random() < 0.4 else 196) // dpi
    size = page.shape[1] * 204 // dpi, height
    made = cv2.resize(grey(skewed(page, random, 0.5, dpi=dpi)), size, interpolation=cv2.INTER_AREA)[..., 0]
    if random.random() < 0.5:
        bayer = np.array([[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]], np.float32) * 16 + 8
        level = np.tile(bayer, (size[1] // 4 + 1, size[0] // 4 + 1))[: size[1], : size[0]]
    else:
        level = np.full(made.shape, random.uniform(130, 170), np.float32)
    dots = np.where(made.astype(np.float32) > level, 255, 0).astype(np.uint8)
    whole = cv2.resize(dots, (size[0], page.shape[0] * 196 // dpi), interpolation=cv2.INTER_NEAREST)
    return np.repeat(whole[..., None], 3, axis=2)


def photo(page: Page, dpi: int, random: Random) -> Page:
    """A phone's picture of the sheet on a desk, longest side 2,300 to 3,600 pixels."""
    return _shot(page, dpi, random, random.randint(2300, 3600), bad=0.0)


def photo_bad(page: Page, dpi: int, random: Random) -> Page:
    """The same in a hurry: steeper, bent, in shadow, out of focus or moved."""
    return _shot(page, dpi, random, random.randint(2000, 3200), bad=1.0)


def chat(page: Page, dpi: int, random: Random) -> Page:
    """A photo sent through a chat program: 1,280 pixels and compressed once more."""
    return wear.compressed(_fitted(photo(page, dpi, random), 1280), random.randint(45, 70))


def screenshot(page: Page, dpi: int, random: Random) -> Page:
    """A screenshot of a photo on a phone: bars above and below, 1,080 or 1,440 wide."""
    shot = wear.compressed(photo(page, dpi, random), 75)
    wide = random.choice((1080, 1242, 1440))
    shot = cv2.resize(shot, (wide, round(shot.shape[0] * wide / shot.shape[1])), interpolation=cv2.INTER_AREA)
    bars = [np.full((random.randint(60, 300), wide, 3), random.choice((0, 20, 250)), np.uint8) for _ in range(2)]
    return np.concatenate([bars[0], shot, bars[1]])


def _fitted(page: Page, longest: int) -> Page:
    share = longest / max(page.shape[:2])
    return cv2.resize(page, (round(page.shape[1] * share), round(page.shape[0] * share)), interpolation=cv2.INTER_AREA)


def _shot(page: Page, dpi: int, random: Random, longest: int, *, bad: float) -> Page:
    if random.random() < 0.5 + bad / 3:
        page = wear.fold(page, dpi, random)
    sheet = _bent(page, random, random.uniform(0, 0.004 + 0.012 * bad))
    height, width = sheet.shape[:2]
    frame = longest * random.uniform(0.72, 0.78), longest
    fill = random.uniform(0.84, 0.95) - 0.05 * bad
    share = min(frame[0] * fill / width, frame[1] * fill / height)
    edge = (frame[0] - width * share) / 2, (frame[1] - height * share) / 2
    slant = 0.018 + 0.03 * bad
    corners = [(x, y) for x, y in ((0, 0), (1, 0), (1, 1), (0, 1))]
    target = np.array(
        [
            (
                edge[0] + x * width * share + random.uniform(-slant, slant) * width * share,
                edge[1] + y * height * share + random.uniform(-slant, slant) * height * share,
            )
            for x, y in corners
        ],
        np.float32,
    )
    target = np.clip(target, 2, (frame[0] - 3, frame[1] - 3)).astype(np.float32)
    source = np.array([(x * width, y * height) for x, y in corners], np.float32)
    size = round(frame[0]), round(frame[1])
    matrix = cv2.getPerspectiveTransform(source, target)
    made = wear.desk(size, random)
    laid = cv2.warpPerspective(sheet, matrix, size, flags=cv2.INTER_AREA)
    mask = cv2.warpPerspective(np.full((height, width), 255, np.uint8), matrix, size)
    made = _shaded(made, mask)
    cv2.copyTo(laid, mask, made)
    if random.random() < 0.35:
        made = wear.finger(made, target, random)
    made = wear.light(made, random, 0.25 + 0.35 * bad)
    made = cv2.GaussianBlur(made, (0, 0), random.uniform(0.5, 0.9) + bad * random.uniform(0, 1.0))
    if bad and random.random() < 0.4:
        made = wear.moved(made, random)
    return wear.compressed(grainy(made, random, random.uniform(2, 5)), random.randint(70, 93))


def _shaded(ground: Page, mask: np.ndarray) -> Page:
    """The sheet's own soft shadow on the desk, drawn at a quarter of the size."""
    size = ground.shape[1], ground.shape[0]
    small = cv2.resize(mask, (size[0] // 4, size[1] // 4))
    cast = cv2.warpAffine(small, np.float32([[1, 0, 3], [0, 1, 4]]), (small.shape[1], small.shape[0]))
    shade = cv2.resize(cv2.GaussianBlur(cast, (0, 0), 3.5), size)
    factor = 255 - shade // 5 * 2
    return cv2.multiply(ground, np.repeat(factor[..., None], 3, axis=2), scale=1 / 255)


def _bent(page: Page, random: Random, reach: float) -> Page:
    """The sheet doesn't lie flat: rows or columns wander by a share of the page."""
    if reach < 0.0008:
        return page
    height, width = page.shape[:2]
    columns, rows = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    phase, waves = random.uniform(0, 6.3), random.uniform(0.4, 1.1)
    rows += reach * height * np.sin(np.arange(width, dtype=np.float32)[None] / width * 6.283 * waves + phase)
    columns += (
        reach * width * 0.5 * np.sin(np.arange(height, dtype=np.float32)[:, None] / height * 6.283 * waves + phase * 2)
    )
    return cv2.remap(page, columns, rows, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)


DEVICES: dict[str, Device] = {
    "flatbed": flatbed,
    "flatbed grey": flatbed_grey,
    "flatbed bw": flatbed_bw,
    "flatbed worn": worn,
    "copier": copier,
    "fax": fax,
    "photo": photo,
    "photo bad": photo_bad,
    "chat": chat,
    "screenshot": screenshot,
}
"""``electronic`` isn't here: it never was paper."""
