"""Strips as the app's own reader cuts and treats them (shared/vision/strips.ts, strip-reader.ts, confirm.ts)."""

import math
import random

import cv2
import numpy as np

from photo import Photo

# Height of a capital, room above and below in capitals, stretched, sharpened, room beside in places from the
# first and last column's centre. The first is the usual one, the others read doubtful rows again.
TREATMENTS = [
    (30, 0.3, True, False, 0.85),
    (30, 0.3, True, False, 0.85),
    (30, 0.3, True, False, 0.85),
    (24, 0.22, True, False, 0.7),
    (34, 0.4, False, False, 1.0),
    (30, 0.3, True, True, 0.85),
    (36, 0.3, True, False, 0.8),
]


def reader_strips(
    rng: random.Random,
    photo: Photo,
    rows: list[tuple[float, float, float]],
    size: int,
    advance: float,
    bend: float,
) -> list[np.ndarray]:
    """Each row of a drawn page, sampled from its photo along a grid that is nearly right."""
    cap, padding, stretched, sharpened, edge = rng.choice(TREATMENTS)
    grid_cap = size * math.exp(rng.gauss(0, 0.035))
    strips = []
    for start, baseline, end in rows:
        start += advance * rng.gauss(0, 0.05)
        end += advance * rng.gauss(0, 0.05)
        middle = baseline - size / 2 + size * rng.gauss(0, 0.035)
        lean = size * rng.gauss(0, 0.03)
        first, last = start + advance * (0.5 - edge), end + advance * (edge - 0.5)
        height = round(cap * (1 + 2 * padding))
        width = max(20, round((last - first) * cap / grid_cap))
        along = (np.arange(width) + 0.5) / width
        away = ((np.arange(height) + 0.5) / height - 0.5) * (1 + 2 * padding)
        # The reader's grid follows a bend as far as it is a parabola, which it is here, with an error.
        curve = bend * 4 * (along - 0.5) ** 2 * rng.uniform(0.5, 1.1)
        xs = np.tile(first + (last - first) * along, (height, 1))
        ys = middle + curve[None] + lean * (along[None] - 0.5) + away[:, None] * grid_cap
        points = photo.homography @ np.stack([xs.ravel(), ys.ravel(), np.ones(xs.size)])
        place = (points[:2] / points[2]).astype(np.float32).reshape(2, height, width)
        strip = cv2.remap(
            photo.image, place[0], place[1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
        )
        if sharpened:
            soft = cv2.GaussianBlur(strip.astype(np.float32), (0, 0), 0.12 * cap)
            strip = np.clip(strip + 1.5 * (strip - soft), 0, 255).astype(np.uint8)
        strips.append(stretch_contrast(strip) if stretched else strip)
    return strips


def stretch_contrast(strip: np.ndarray) -> np.ndarray:
    """Stretched to 20..240 by windows three strip heights wide, as `stretchContrast` does."""
    height, width = strip.shape
    count = max(1, round(width / (height * 3)))
    dark, light = np.empty(count), np.empty(count)
    for i in range(count):
        part = np.sort(strip[:, i * width // count : (i + 1) * width // count], axis=None)
        dark[i] = min(255, int(part[int(part.size * 0.03)]) + 1)
        light[i] = max(int(part[part.size - 1 - int(part.size * 0.25)]) - 1, dark[i] + 12)
    at = np.arange(width) / width * count - 0.5
    low = np.interp(at, np.arange(count), dark)
    high = np.interp(at, np.arange(count), light)
    return np.clip(20 + (strip - low) * 220 / (high - low), 0, 255).astype(np.uint8)
