"""The camera and the straightener: tilt, perspective, light, blur, noise, JPEG, then turned back and scaled."""

import math
import random
from dataclasses import dataclass

import cv2
import numpy as np


def turn_and_scale(
    angle: float, across: float, down: float, shear: float, size: tuple[int, int], out: tuple[int, int]
) -> np.ndarray:
    """Homography about the middles of a picture (width, height) and of its result."""
    centre = np.array([[1, 0, -size[0] / 2], [0, 1, -size[1] / 2], [0, 0, 1]])
    scale = np.array([[across, shear * across, 0], [0, down, 0], [0, 0, 1]])
    turn = np.array(
        [[math.cos(angle), -math.sin(angle), 0], [math.sin(angle), math.cos(angle), 0], [0, 0, 1]]
    )
    back = np.array([[1, 0, out[0] / 2], [0, 1, out[1] / 2], [0, 0, 1]])
    return back @ turn @ scale @ centre


def jpeg(image: np.ndarray, quality: int) -> np.ndarray:
    return cv2.imdecode(cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], 0)


@dataclass
class Photo:
    image: np.ndarray
    # From pixels of the drawn page to pixels of the photo.
    homography: np.ndarray
    # Height of a capital in the photo, in pixels.
    cap: float
    # Radians, and shear, by which the page lies askew.
    angle: float
    shear: float
    # Whether a straightener will turn it back.
    straightened: bool


def photograph(
    rng: random.Random, noise: np.random.Generator, page: np.ndarray, cap: float, oversampling: float
) -> Photo:
    """A page drawn `oversampling` times too large, seen by a camera as 8-bit grey."""
    height, width = page.shape
    straightened = rng.random() < 0.6
    if straightened and rng.random() < 0.5:
        degrees = rng.uniform(-6, 6)
    else:
        degrees = rng.gauss(0, 0.35) if rng.random() < 0.8 else rng.uniform(-1.6, 1.6)
    angle = math.radians(degrees)
    across, down = math.exp(rng.gauss(0, 0.055)) / oversampling, 1 / oversampling
    shear = rng.gauss(0, 0.03) if rng.random() < 0.7 else rng.uniform(-0.12, 0.12)
    out_width = int(width * across) + 2
    out_height = int(height * down) + int(abs(math.sin(angle)) * width * across) + 2
    homography = turn_and_scale(angle, across, down, shear, (width, height), (out_width, out_height))
    if rng.random() < 0.5:
        perspective = np.eye(3)
        perspective[2, 0] = rng.uniform(-0.06, 0.06) / out_width
        perspective[2, 1] = rng.uniform(-0.06, 0.06) / out_height
        homography = perspective @ homography
    image = cv2.GaussianBlur(page, (0, 0), max(0.3, 0.40 * oversampling))
    image = cv2.warpPerspective(
        image, homography, (out_width, out_height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    if rng.random() < 0.5:
        image = _uneven_light(rng, image, cap)
    if rng.random() < 0.6:  # out of focus
        image = cv2.GaussianBlur(image, (0, 0), max(0.2, cap * rng.uniform(0.01, 0.085 if cap > 10 else 0.065)))
    if rng.random() < 0.15:
        image = _shaken(rng, image, cap)
    if rng.random() < 0.12:  # a camera's own sharpening
        soft = cv2.GaussianBlur(image, (0, 0), max(0.6, cap * 0.06))
        image = image + (image - soft) * rng.uniform(0.4, 1.6)
    if rng.random() < 0.65:
        grain = noise.standard_normal(image.shape, dtype=np.float32)
        image = image + grain * rng.choice([2, 4, 6, 10, 16 if cap > 10 else 8])
    image = np.clip(image, 0, 255).astype(np.uint8)
    if rng.random() < 0.65:
        image = jpeg(image, rng.randint(22 if cap > 11 else 40, 94))
    return Photo(image, homography, cap, angle, shear, straightened)


def _uneven_light(rng, image, cap) -> np.ndarray:
    """Light that falls off, sometimes with a reflection."""
    height, width = image.shape
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    right, lower = rng.uniform(-1, 1), rng.uniform(-1, 1)
    slope = (xs / width - 0.5) * right + (ys / height - 0.5) * lower * 0.5
    image = image * (1 + slope * rng.uniform(0.1, 0.7))
    if rng.random() < 0.3:
        x, y, size = rng.uniform(0, width), rng.uniform(0, height), cap * rng.uniform(2, 8)
        image += rng.uniform(20, 110) * np.exp(-(((xs - x) / (2 * size)) ** 2 + ((ys - y) / size) ** 2))
    return image


def _shaken(rng, image, cap) -> np.ndarray:
    length = max(2, int(cap * rng.uniform(0.06, 0.2)))
    kernel = np.zeros((length, length), np.float32)
    if rng.random() < 0.5:
        kernel[length // 2, :] = 1 / length
    else:
        kernel[:, length // 2] = 1 / length
    return cv2.filter2D(image, -1, kernel)


def straighten(rng: random.Random, photo: Photo) -> tuple[np.ndarray, np.ndarray, float]:
    """The photo as an app hands it on: picture, homography from the drawn page, height of a capital."""
    image, homography, cap = photo.image, photo.homography, photo.cap
    scale = 1.0
    if photo.straightened:
        height, width = image.shape
        target = rng.gauss(30, 2.5) if rng.random() < 0.85 else rng.uniform(20, 40)
        scale = target / cap
        angle = -photo.angle + math.radians(rng.gauss(0, 0.25))
        out = (int(width * scale), int(height * scale))
        across = scale * math.exp(rng.gauss(0, 0.03))
        shear = rng.gauss(0, 0.02) - (photo.shear if rng.random() < 0.5 else 0)
        back = turn_and_scale(angle, across, scale, shear, (width, height), out)
        if scale < 0.7:
            image = cv2.GaussianBlur(image, (0, 0), 0.35 / scale)
        flags = rng.choice([cv2.INTER_LINEAR, cv2.INTER_CUBIC, cv2.INTER_CUBIC, cv2.INTER_LANCZOS4])
        border = rng.choice([cv2.BORDER_REPLICATE, cv2.BORDER_CONSTANT])
        image = cv2.warpPerspective(
            image, back, out, flags=flags, borderMode=border, borderValue=rng.choice([0, 255])
        )
        homography = back @ homography
        if rng.random() < 0.1:
            image = jpeg(image, rng.randint(50, 95))
    elif rng.random() < 0.2:
        scale = rng.uniform(20, 36) / cap
        how = cv2.INTER_CUBIC if scale > 1 else cv2.INTER_AREA
        image = cv2.resize(image, None, fx=scale, fy=scale, interpolation=how)
        homography = np.diag([scale, scale, 1.0]) @ homography
    cap = cap * scale
    if rng.random() < 0.08:
        image = cv2.createCLAHE(rng.uniform(1, 4), (2, 8)).apply(image)
    elif rng.random() < 0.06:
        image = cv2.normalize(image, None, 0, 255, cv2.NORM_MINMAX)
    if rng.random() < 0.035:
        window = max(3, int(cap * 1.5) | 1)
        image = cv2.adaptiveThreshold(
            image, 255, cv2.ADAPTIVE_THRESH_GAUSSIAN_C, cv2.THRESH_BINARY, window, rng.randint(6, 14)
        )
    return image, homography, cap
