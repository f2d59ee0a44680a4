"""How paper becomes a file again: flatbed, copier, fax, phone photo; PDF, JPEG, PNG, TIFF.

``capture(page, "photo", seed, dpi=200)`` takes a clean RGB page and gives what the device would deliver.
"""

import io
from typing import Literal

import numpy as np
from PIL import Image, ImageFilter

Device = Literal["flatbed", "copier", "fax", "photo", "electronic"]


def capture(page: Image.Image, device: Device, seed: int, *, rotation: float = 0.4, noise: float = 3.0) -> Image.Image:
    """The page as a device delivers it; ``rotation`` in degrees at most, ``noise`` as a standard deviation of 0–255."""
    random = np.random.default_rng(seed)
    if device == "electronic":
        return page
    if device == "photo":
        return _noisy(_shadowed(_in_perspective(page, random), random), random, noise + 2)
    turned = _shifted(page, random, rotation)
    if device == "flatbed":
        return _noisy(_tinted(turned, random), random, noise)
    grey = turned.convert("L").filter(ImageFilter.GaussianBlur(0.6))
    if device == "copier":
        return _noisy(_contrasted(grey, 1.25).convert("RGB"), random, noise + 2)
    return _faxed(grey)


def _shifted(page: Image.Image, random: np.random.Generator, rotation: float) -> Image.Image:
    """A little turned, scaled and moved on the glass, as large as the page."""
    angle = float(random.uniform(-rotation, rotation))
    scale = float(random.uniform(0.985, 1.0))
    moved = page.rotate(angle, Image.Resampling.BILINEAR, fillcolor=(255, 255, 255))
    width, height = page.size
    small = moved.resize((round(width * scale), round(height * scale)), Image.Resampling.BILINEAR)
    glass = Image.new("RGB", page.size, (255, 255, 255))
    room = (width - small.width, height - small.height)
    glass.paste(small, (int(random.integers(0, room[0] + 1)), int(random.integers(0, room[1] + 1))))
    return glass


def _tinted(page: Image.Image, random: np.random.Generator) -> Image.Image:
    """Paper isn't pure white and ink isn't pure black."""
    paper = random.uniform(236, 253) + random.uniform(-3, 3, 3)
    black = random.uniform(15, 50)
    values = np.asarray(page, np.float32) / 255
    return Image.fromarray(np.clip(black + values * (paper - black), 0, 255).astype(np.uint8))


def _noisy(page: Image.Image, random: np.random.Generator, noise: float) -> Image.Image:
    values = np.asarray(page, np.float32)
    grain = random.standard_normal(values.shape[:2], np.float32)[..., None] * noise
    return Image.fromarray(np.clip(values + grain, 0, 255).astype(np.uint8))


def _contrasted(page: Image.Image, factor: float) -> Image.Image:
    values = (np.asarray(page, np.float32) - 128) * factor + 140
    return Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))


def _faxed(grey: Image.Image) -> Image.Image:
    """Black and white at 204 × 196 dpi of an A4 page."""
    size = grey.size
    return (
        grey.resize((1654, 2290), Image.Resampling.BILINEAR)
        .point(lambda v: 255 if v > 150 else 0)
        .resize(size)
        .convert("RGB")
    )


def _in_perspective(page: Image.Image, random: np.random.Generator) -> Image.Image:
    """The sheet on a desk, photographed by hand from a slight angle."""
    width, height = page.size
    desk = (int(width * 1.16), int(height * 1.14))
    corners = [(0.08, 0.07), (0.92, 0.07), (0.92, 0.93), (0.08, 0.93)]
    target = [
        ((x + random.uniform(-0.025, 0.025)) * desk[0], (y + random.uniform(-0.025, 0.025)) * desk[1])
        for x, y in corners
    ]
    source = [(0.0, 0.0), (float(width), 0.0), (float(width), float(height)), (0.0, float(height))]
    colour = tuple(int(value) for value in random.integers(70, 130, 3))
    return page.transform(
        desk, Image.Transform.PERSPECTIVE, _coefficients(target, source), Image.Resampling.BICUBIC, fillcolor=colour
    )


def _coefficients(target: list[tuple[float, float]], source: list[tuple[float, float]]) -> list[float]:
    rows = []
    for (x, y), (u, v) in zip(target, source, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y])
    wanted = np.array(source, float).reshape(8)
    return [float(value) for value in np.linalg.solve(np.array(rows, float), wanted)]


def _shadowed(page: Image.Image, random: np.random.Generator) -> Image.Image:
    """Light falls from one side, a soft shadow lies over a part."""
    light = (random.uniform(0.62, 1.0, (4, 4)) * 255).astype(np.uint8)
    cloud = np.asarray(Image.fromarray(light).resize(page.size, Image.Resampling.BICUBIC), np.float32) / 255
    warm = np.array([1.0, random.uniform(0.95, 1.0), random.uniform(0.86, 0.98)], np.float32)
    values = (25 + 0.88 * np.asarray(page, np.float32)) * cloud[..., None] * warm
    shaded = Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))
    return shaded.filter(ImageFilter.GaussianBlur(float(random.uniform(0.3, 0.7))))


def to_files(pages: list[Image.Image], file_format: str, *, dpi: int, quality: int = 80) -> list[bytes]:
    """The pages as files: one PDF or TIFF with all of them, or one JPEG, PNG or WebP each."""
    out: list[bytes] = []
    if file_format in {"pdf", "tiff"}:
        first, *rest = pages
        extra = {"quality": quality} if file_format == "pdf" else {"compression": "packbits"}
        return [
            _saved(
                first, file_format, save_all=True, append_images=[page.copy() for page in rest], resolution=dpi, **extra
            )
        ]
    for page in pages:
        options = {"compress_level": 1} if file_format == "png" else {"quality": quality}
        out.append(_saved(page, "jpeg" if file_format == "jpg" else file_format, dpi=(dpi, dpi), **options))
    return out


def _saved(page: Image.Image, file_format: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    page.copy().save(buffer, file_format.upper(), **options)  # Pillow keeps a JPEG's settings on the picture
    return buffer.getvalue()
