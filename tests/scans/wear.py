"""What happens to paper and pictures on the way: folds, staples, stains, streaks, fingers, light, compression."""

from collections.abc import Callable
from random import Random

import cv2
import numpy as np

from tests.scans.paper import Page


def _darkened(page: Page, shade: np.ndarray) -> Page:
    """The page times a shade of 0–1 per pixel."""
    return np.clip(page.astype(np.float32) * shade[..., None], 0, 255).astype(np.uint8)


def fold(page: Page, dpi: int, random: Random) -> Page:
    """A crease across the whole sheet, lighter on one side and darker on the other."""
    height, width = page.shape[:2]
    shade = np.ones((height, width), np.float32)
    for _ in range(random.choice((1, 1, 2))):
        level = random.random() < 0.7
        span = height if level else width
        at = random.choice((1 / 3, 1 / 2, 2 / 3)) + random.uniform(-0.03, 0.03)
        thick = max(1, round(dpi / 25.4 * random.uniform(0.15, 0.5)))
        place, lean = round(at * span), random.uniform(-0.006, 0.006) * span
        points = [(0, place - lean), (width, place + lean)] if level else [(place - lean, 0), (place + lean, height)]
        ends = [tuple(map(round, point)) for point in points]
        cv2.line(shade, *ends, random.uniform(0.72, 0.93), thick, cv2.LINE_AA)
    return _darkened(page, cv2.GaussianBlur(shade, (0, 0), dpi / 200))


def staple(page: Page, dpi: int, random: Random) -> Page:
    """Two holes or a staple in the top left corner, with its shadow."""
    mm, made = dpi / 25.4, page.copy()
    x, y = round(random.uniform(8, 22) * mm), round(random.uniform(5, 10) * mm)
    for step in (0, round(9 * mm)):
        cv2.circle(made, (x + step, y + step // 3), max(1, round(0.6 * mm)), (70, 70, 70), -1, cv2.LINE_AA)
    if random.random() < 0.5:
        cv2.line(
            made, (x, y), (x + round(9 * mm), y + round(3 * mm)), (120, 120, 125), max(1, round(0.5 * mm)), cv2.LINE_AA
        )
    return made


def punched(page: Page, dpi: int, random: Random) -> Page:
    """Two holes of a binder at the left edge; the lid behind is white, their rims dark."""
    mm, made = dpi / 25.4, page.copy()
    for share in (0.36, 0.64):
        at = round(9 * mm), round(made.shape[0] * share)
        cv2.circle(made, at, round(3 * mm), random.choice(((60, 60, 60), (235, 235, 235))), -1, cv2.LINE_AA)
        cv2.circle(made, at, round(3 * mm), (150, 150, 150), 2, cv2.LINE_AA)
    return made


def streak(page: Page, dpi: int, random: Random) -> Page:
    """A thin line over the whole length, from dirt on the copier's glass."""
    made = page.copy()
    for _ in range(random.choice((1, 1, 2))):
        x = random.randrange(made.shape[1])
        wide = max(1, round(dpi / 25.4 * random.uniform(0.1, 0.35)))
        made[:, x : x + wide] = (made[:, x : x + wide] * random.uniform(0.3, 0.85)).astype(np.uint8)
    return made


def dark_edge(page: Page, dpi: int, random: Random) -> Page:
    """The lid was open, or the sheet lay askew: a black strip at one or two edges."""
    made, wide = page.copy(), round(dpi / 25.4 * random.uniform(1, 3.5))
    for edge in random.sample((0, 1, 2, 3), random.choice((1, 2))):
        view = (made[:wide], made[-wide:], made[:, :wide], made[:, -wide:])[edge]
        view[...] = random.randint(10, 60)
    return made


def show_through(page: Page, dpi: int, random: Random) -> Page:
    """The back side's print shines through."""
    back = cv2.GaussianBlur(page[:, ::-1], (0, 0), dpi / 70).astype(np.float32) / 255
    return _darkened(page, (1 - (1 - back.mean(axis=2)) * random.uniform(0.03, 0.09)).astype(np.float32))


def speckled(page: Page, dpi: int, random: Random) -> Page:
    """Dust and toner specks all over."""
    made, noise = page.copy(), np.random.default_rng(random.randrange(1 << 30))
    for _ in range(random.randint(20, 120)):
        x, y = int(noise.integers(made.shape[1])), int(noise.integers(made.shape[0]))
        cv2.circle(
            made, (x, y), max(1, round(dpi / 25.4 * noise.uniform(0.05, 0.2))), (int(noise.integers(30, 160)),) * 3, -1
        )
    return made


DAMAGE: list[Callable[[Page, int, Random], Page]] = [fold, staple, punched, streak, dark_edge, show_through, speckled]


def stain(page: Page, dpi: int, random: Random, x: float, y: float) -> Page:
    """A coffee ring of 20 to 45 mm with its middle at x, y mm."""
    mm = dpi / 25.4
    ink = np.zeros(page.shape[:2], np.float32)
    radius = random.uniform(10, 22) * mm
    axes = round(radius), round(radius * random.uniform(0.85, 1))
    cv2.ellipse(
        ink,
        (round(x * mm), round(y * mm)),
        axes,
        random.uniform(0, 90),
        0,
        random.randint(200, 360),
        1.0,
        round(1.6 * mm),
    )
    cv2.ellipse(ink, (round(x * mm), round(y * mm)), axes, 0, 0, 360, 0.35, -1) if random.random() < 0.4 else None
    ink = cv2.GaussianBlur(ink, (0, 0), 0.5 * mm)[..., None] * random.uniform(0.3, 0.7)
    brown = np.array((150, 105, 60), np.float32) / 255
    return np.clip(page * (1 - ink + ink * brown), 0, 255).astype(np.uint8)


def compressed(page: Page, quality: int) -> Page:
    """Through JPEG and back."""
    _, data = cv2.imencode(".jpg", page[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
    return cv2.imdecode(data, cv2.IMREAD_COLOR)[..., ::-1].copy()


def desk(size: tuple[int, int], random: Random) -> Page:
    """Wood, cloth or a plain top."""
    noise = np.random.default_rng(random.randrange(1 << 30))
    kind = random.choice(("wood", "cloth", "plain", "dark"))
    base = np.array(
        {"wood": (150, 105, 65), "cloth": (90, 110, 130), "plain": (200, 195, 185), "dark": (45, 45, 50)}[kind]
    )
    rough = noise.standard_normal(
        (size[1] // (2 if kind == "wood" else 6) + 1, size[0] // (60 if kind == "wood" else 6) + 1)
    )
    grain = cv2.resize(rough.astype(np.float32), size, interpolation=cv2.INTER_CUBIC)[..., None]
    return np.clip(base + grain * random.uniform(5, 18), 0, 255).astype(np.uint8)


def finger(page: Page, corners: np.ndarray, random: Random) -> Page:
    """A thumb that holds the sheet at its left or right edge, 8 to 15 mm into it."""
    made = page.copy()
    left = random.random() < 0.5
    top, bottom = (corners[0], corners[3]) if left else (corners[1], corners[2])
    at = top + (bottom - top) * random.uniform(0.55, 0.9)
    unit = abs(corners[1][0] - corners[0][0]) / 210
    size = round(16 * unit), round(9 * unit)
    centre = round(at[0] + (-5 if left else 5) * unit), round(at[1])
    skin = (random.randint(180, 225), random.randint(135, 170), random.randint(110, 145))
    cv2.ellipse(made, centre, size, random.uniform(-25, 25), 0, 360, skin, -1, cv2.LINE_AA)
    return made


def light(page: Page, random: Random, depth: float) -> Page:
    """Light falls from one side; sometimes the phone's own shadow with a soft edge."""
    height, width = page.shape[:2]
    noise = np.random.default_rng(random.randrange(1 << 30))
    depth = min(depth, 0.5)
    lamp = cv2.resize(
        noise.uniform(1 - depth, 1, (3, 3)).astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC
    )
    if random.random() < 0.5:
        shadow = np.ones((height // 8, width // 8), np.float32)
        corners = [(random.uniform(-0.2, 1.2) * width / 8, random.uniform(-0.2, 1.2) * height / 8) for _ in range(4)]
        hull = cv2.convexHull(np.array(corners, np.float32)).astype(np.int32)
        cv2.fillConvexPoly(shadow, hull, 1 - random.uniform(0.08, min(0.45, depth + 0.05)))
        lamp = lamp * cv2.resize(cv2.GaussianBlur(shadow, (0, 0), random.uniform(3, 20)), (width, height))
    warm = np.array((1, random.uniform(0.94, 1), random.uniform(0.84, 1)), np.float32)
    factor = (lamp[..., None] * (warm * 1.02 * 128)).clip(0, 255).astype(np.uint8)
    return cv2.multiply(page, factor, scale=1 / 128)


def moved(page: Page, random: Random) -> Page:
    """Blurred in one direction."""
    length = random.randint(3, 7)
    kernel = np.zeros((length, length), np.float32)
    cv2.line(kernel, (0, random.randrange(length)), (length - 1, random.randrange(length)), 1.0, 1)
    return cv2.filter2D(page, -1, kernel / kernel.sum())
