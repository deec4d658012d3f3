"""What the printer did to the glyphs: ink spread, wear, dots, ink jet, laser engraving."""

import math
import random
from dataclasses import dataclass

import cv2
import numpy as np

from surfaces import smooth


@dataclass(frozen=True)
class PrintShares:
    """Upper bounds on 0 to 1, in this order; what is left is laser engraving."""

    clean: float
    spread: float
    worn: float
    dots: float
    jet: float


def printed(
    rng: random.Random, noise: np.random.Generator, mask: np.ndarray, cap: int, shares: PrintShares
) -> tuple[np.ndarray, str]:
    """The mask (0 to 1) as a printer leaves it, and the printer's name."""
    kind = rng.random()
    if kind < shares.clean:
        return mask, "clean"
    if kind < shares.spread:
        return _spread(rng, noise, mask, cap), "spread"
    if kind < shares.worn:
        return _worn(rng, noise, mask, cap), "worn"
    if kind < shares.dots:
        return _dots(rng, mask, cap), "dots"
    if kind < shares.jet:
        return _jet(rng, noise, mask, cap), "jet"
    return _laser(rng, noise, mask, cap), "laser"


def _spread(rng, noise, mask, cap) -> np.ndarray:
    """Ink that ran, with a ragged edge."""
    height, width = mask.shape
    soft = cv2.GaussianBlur(mask, (0, 0), cap * rng.uniform(0.02, 0.05))
    rag = smooth(noise, height, width, max(1.6, cap * rng.uniform(0.04, 0.12))) - 0.5
    raw = soft + rag * rng.uniform(0.15, 0.7) * (soft > 0.02) - rng.uniform(0.3, 0.45)
    return np.clip(raw * rng.uniform(3, 8) + 0.5, 0, 1)


def _worn(rng, noise, mask, cap) -> np.ndarray:
    """Broken strokes: gaps only within strokes, whole glyphs fade but never vanish; sometimes scratches."""
    height, width = mask.shape
    scale = cap * rng.uniform(0.07, 0.9)
    clouds = smooth(noise, height, width, scale)
    threshold = rng.uniform(0.12, 0.32)
    steep = rng.uniform(3, 9)
    least = rng.uniform(0, 0.35) if scale < 0.25 * cap else rng.uniform(0.15, 0.4)
    mask = mask * np.clip((clouds - threshold) * steep + 0.3, least, 1)
    if rng.random() < 0.4:
        kept = np.ones((height, width), np.uint8)
        for _ in range(rng.randint(2, 10)):
            x, y = rng.randint(0, width), rng.randint(0, height)
            angle = rng.uniform(-0.4, 0.4)
            length = rng.uniform(1, 12) * cap
            end = (int(x + length * math.cos(angle)), int(y + length * math.sin(angle)))
            cv2.line(kept, (x, y), end, 0, max(1, int(cap * rng.uniform(0.02, 0.07))))
        mask = mask * kept
    return mask


def _dots(rng, mask, cap) -> np.ndarray:
    """Dot matrix or a coarse raster."""
    height, width = mask.shape
    pitch = cap / rng.uniform(7.5, 13)
    rows, columns = int(height / pitch), int(width / pitch)
    dots = cv2.resize(mask, (columns, rows), interpolation=cv2.INTER_AREA)
    dots = np.clip((dots - rng.uniform(0.25, 0.42)) * 6 + 0.5, 0, 1)
    large = cv2.resize(dots, (width, height), interpolation=cv2.INTER_NEAREST)
    y = (np.arange(height) * rows / height) % 1 - 0.5
    x = (np.arange(width) * columns / width) % 1 - 0.5
    radius = rng.uniform(0.42, 0.75)
    away = np.sqrt(y[:, None] ** 2 + x[None] ** 2)
    dot = np.clip((radius - away) * 4 + 0.4, rng.uniform(0, 0.3), 1).astype(np.float32)
    return cv2.GaussianBlur(large * dot, (0, 0), max(0.3, pitch * rng.uniform(0.1, 0.35)))


def _jet(rng, noise, mask, cap) -> np.ndarray:
    """Ink jet: rows that jitter, bands, satellites."""
    height, width = mask.shape
    step = max(1, int(cap * rng.uniform(0.03, 0.08)))
    mask = mask.copy()
    jitter = cap * rng.uniform(0.005, 0.035)
    for y in range(0, height, step):
        shift = int(round(rng.gauss(0, jitter)))
        if shift:
            mask[y : y + step] = np.roll(mask[y : y + step], shift, 1)
    period = cap * rng.uniform(0.1, 0.5)
    strength = rng.uniform(0, 0.45)
    bands = np.sin(6.283 * np.arange(height) / period + rng.random() * 6) > rng.uniform(0.2, 0.9)
    mask *= (1 - strength * bands)[:, None].astype(np.float32)
    near = cv2.GaussianBlur(mask, (0, 0), cap * 0.06)
    specks = noise.random((height, width), dtype=np.float32) < near * rng.uniform(0, 0.12)
    mask = np.maximum(mask, (specks & (mask < 0.3)) * rng.uniform(0.3, 0.9)).astype(np.float32)
    lost = noise.random((height, width), dtype=np.float32) < rng.uniform(0, 0.25)
    mask *= 1 - lost * rng.uniform(0.2, 0.8)
    return cv2.GaussianBlur(mask, (0, 0), cap * rng.uniform(0.012, 0.03))


def _laser(rng, noise, mask, cap) -> np.ndarray:
    """Laser engraving: a raster of burnt points of uneven depth, sometimes a halo."""
    height, width = mask.shape
    pitch = cap / rng.uniform(11, 26)
    phase = rng.random() * 6
    rows = (0.5 + 0.5 * np.sin(6.283 * np.arange(height) / pitch + phase))[:, None]
    only_rows = rng.random() < 0.4
    raster = rows * (1 if only_rows else (0.5 + 0.5 * np.sin(6.283 * np.arange(width) / pitch))[None])
    clouds = smooth(noise, height, width, max(1.5, cap * rng.uniform(0.04, 0.15)))
    mask = mask * (1 - rng.uniform(0.1, 0.5) * raster.astype(np.float32))
    mask = mask * np.clip(0.45 + clouds * rng.uniform(0.5, 1.1), 0.1, 1)
    if rng.random() < 0.5:
        halo = cv2.GaussianBlur(mask, (0, 0), cap * rng.uniform(0.06, 0.14))
        mask = np.maximum(mask, halo * rng.uniform(0.2, 0.5))
    return mask.astype(np.float32)
