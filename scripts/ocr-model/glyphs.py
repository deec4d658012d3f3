"""Glyphs: every document gets a cut of OCR-B of its own, as no two printers and typefaces are quite alike.

A glyph is warped, scaled and re-inked once and then reused in all lines of its document."""

import math
import os
import random

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from words import ALPHABET

FOLDER = "/usr/share/fonts/"
# Of Debian's OCR-B only these two are upright, filled and dark on light.
OCR_B = [FOLDER + "opentype/ocr-b/OCRB.otf", FOLDER + "opentype/ocr-b/OCRBS.otf"]
LOOK_ALIKE_FONTS = [
    FOLDER + "truetype/dejavu/DejaVuSansMono.ttf",
    FOLDER + "truetype/dejavu/DejaVuSansMono-Bold.ttf",
    FOLDER + "truetype/liberation/LiberationMono-Regular.ttf",
    FOLDER + "truetype/liberation/LiberationMono-Bold.ttf",
]
# Proportional faces lend single glyphs only; never 0 (theirs may be slashed), I, 1, O, Q or W.
LENDERS = LOOK_ALIKE_FONTS + [
    FOLDER + "truetype/liberation/LiberationSans-Regular.ttf",
    FOLDER + "truetype/dejavu/DejaVuSans.ttf",
]
LENDABLE = "ABCDEFGHJKLMNPRSTUVXYZ23456789"
FIXED_PITCH = set(OCR_B + LOOK_ALIKE_FONTS)

_fonts: dict[tuple[str, int], ImageFont.FreeTypeFont] = {}
_glyphs: dict[tuple[str, int, str, int, int], np.ndarray] = {}


def missing_fonts() -> list[str]:
    return [path for path in OCR_B + LENDERS if not os.path.exists(path)]


def font_of(path: str, cap: int) -> ImageFont.FreeTypeFont:
    """The font in the size in which a capital is `cap` pixels high."""
    key = (path, cap)
    if key not in _fonts:
        height = -ImageFont.truetype(path, 200).getbbox("H", anchor="ls")[1]
        _fonts[key] = ImageFont.truetype(path, max(6, round(200 * cap / height)))
    return _fonts[key]


def plain_glyph(path: str, cap: int, char: str, advance: int, pad: int) -> np.ndarray:
    """One glyph as printed in the book: a mask of advance + 2 pad by cap + 2 pad, baseline at pad + cap."""
    key = (path, cap, char, advance, pad)
    if key not in _glyphs:
        font = font_of(path, cap)
        mask = Image.new("L", (advance + 2 * pad, cap + 2 * pad), 0)
        draw = ImageDraw.Draw(mask)
        if path in FIXED_PITCH:
            x = pad + advance / 2 - font.getlength("A") / 2
            draw.text((x, pad + cap), char, font=font, fill=255, anchor="ls")
        else:
            draw.text((pad + advance / 2, pad + cap), char, font=font, fill=255, anchor="ms")
        if len(_glyphs) > 40000:
            _glyphs.clear()
        _glyphs[key] = np.asarray(mask).copy()
    return _glyphs[key]


def own_cut(
    rng: random.Random,
    noise: np.random.Generator,
    path: str,
    cap: int,
    chars: list[str],
    advance: int,
    pad: int,
) -> dict[str, np.ndarray]:
    """One document's own cut of a typeface: masks of 0 to 1 by character."""
    width, height = advance + 2 * pad, cap + 2 * pad
    across = math.exp(rng.gauss(0, 0.05))
    down = math.exp(rng.gauss(0, 0.025))
    slant = rng.gauss(0, 0.02)
    elastic = cap * (0 if rng.random() < 0.25 else abs(rng.gauss(0, 0.022)))
    # Blur and threshold together change the weight of the stroke.
    sigma = cap * rng.choice([0, rng.uniform(0.012, 0.035), rng.uniform(0.03, 0.06)])
    threshold = rng.uniform(0.27, 0.6) if rng.random() < 0.8 else 0.5
    bent_corners = rng.random() < 0.3
    rng.uniform(1.8, 3.2)  # Drawn and unused since the first run; kept so that its seeds give its lines.
    lender = rng.choice(LENDERS) if rng.random() < 0.16 else None
    lent = set(rng.sample(LENDABLE, rng.randint(1, 9))) if lender else set()
    if lender is None and rng.random() < 0.25:
        lender = OCR_B[1] if path == OCR_B[0] else OCR_B[0]
        lent = set(rng.sample(ALPHABET, rng.randint(2, 20)))
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    centre_x, centre_y = width / 2, pad + cap / 2
    # Squarer or rounder corners: x is bent against y.
    bend = 0.14 * (rng.random() - 0.5) if bent_corners else 0
    cut = {}
    for char in chars:
        glyph = plain_glyph(lender if char in lent else path, cap, char, advance, pad)
        u = (xs - centre_x) / (across * math.exp(rng.gauss(0, 0.025)))
        v = (ys - centre_y) / down
        if bend:
            t = 1 + bend * ((u / (cap * 0.36)) ** 2) * ((v / (cap * 0.5)) ** 2) * 0.5
            u = u * t
            v = v * t
        u = u + slant * v
        if elastic:
            push = noise.standard_normal((2, 4, 3), dtype=np.float32) * elastic
            u = u + cv2.resize(push[0], (width, height), interpolation=cv2.INTER_CUBIC)
            v = v + cv2.resize(push[1], (width, height), interpolation=cv2.INTER_CUBIC)
        glyph = cv2.remap(
            glyph, (u + centre_x).astype(np.float32), (v + centre_y).astype(np.float32), cv2.INTER_LINEAR
        )
        glyph = glyph.astype(np.float32) * (1 / 255)
        if sigma > 0.4:
            glyph = cv2.GaussianBlur(glyph, (0, 0), sigma)
            edge = threshold + rng.gauss(0, 0.015)
            glyph = np.clip((glyph - edge) * max(1.5, sigma * 1.6) + 0.5, 0, 1)
        cut[char] = glyph
    return cut
