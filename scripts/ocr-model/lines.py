"""A zone drawn, printed, photographed and cut into pictures of one line each."""

import math
import random
from dataclasses import dataclass

import numpy as np

from glyphs import LOOK_ALIKE_FONTS, OCR_B, font_of, own_cut
from photo import photograph, straighten
from print_effects import PrintShares, printed
from reader_strips import reader_strips
from surfaces import beside, card_edge, ground, things_near


@dataclass(frozen=True)
class Recipe:
    """What a batch of lines is made of."""

    # Height of a capital in the photo, in pixels; even in its logarithm between the two.
    cap_low: float = 7
    cap_high: float = 40
    # Share of the zones drawn smaller instead, and between which heights.
    small_share: float = 0.22
    small_caps: tuple[float, float] = (5, 9)
    # Share of the zones cut loosely, with other things beside the line.
    wide_share: float = 0.0
    # Share of the zones cut and treated as the app's own reader does it.
    strip_share: float = 0.0
    prints: PrintShares = PrintShares(clean=0.34, spread=0.44, worn=0.60, dots=0.68, jet=0.82)


@dataclass
class Line:
    image: np.ndarray
    text: str


@dataclass
class _Drawn:
    """A zone's print: its mask, where its rows lie, and the measures it was drawn with."""

    mask: np.ndarray
    # Start, baseline and end of each row.
    rows: list[tuple[float, float, float]]
    size: int
    advance: float
    # Length of a row.
    length: float
    margin_x: float
    margin_y: float
    bend: float
    wide: bool


def render(
    rng: random.Random, noise: np.random.Generator, texts: list[str], recipe: Recipe, held_out: bool
) -> tuple[list[Line], dict[str, object]]:
    """The lines of one zone as pictures, and what was done to them."""
    cap = math.exp(rng.uniform(math.log(recipe.cap_low), math.log(recipe.cap_high)))
    if rng.random() < recipe.small_share:
        cap = rng.uniform(*recipe.small_caps)
    size = 34 if cap <= 24 else 42 if cap <= 30 else 52
    drawn = _draw(rng, noise, texts, size, recipe, held_out)
    mask, print_name = printed(rng, noise, drawn.mask, size, recipe.prints)
    page = _colour(rng, noise, mask, drawn, engraved=print_name == "laser")
    photo = photograph(rng, noise, page, cap, size / cap)
    facts = {"cap": round(cap, 1), "print": print_name}
    if recipe.strip_share > 0 and rng.random() < recipe.strip_share:
        images = reader_strips(rng, photo, drawn.rows, size, drawn.advance, drawn.bend)
    else:
        images = _cut(rng, *straighten(rng, photo), drawn)
    lines = [Line(image, text) for image, text in zip(images, texts)]
    return lines, facts


def _draw(rng, noise, texts, size, recipe, held_out) -> _Drawn:
    """The zone as a mask of 0 to 1, `size` pixels a capital."""
    look_alike = rng.random() < (0 if held_out else 0.03)
    path = rng.choice(LOOK_ALIKE_FONTS) if look_alike else OCR_B[0] if rng.random() < 0.72 else OCR_B[1]
    natural = font_of(path, size).getlength("A")
    cell, pad = int(round(natural)), max(3, int(size * 0.16))
    advance = natural + natural * rng.gauss(0, 0.03)
    cut = own_cut(rng, noise, path, size, sorted(set("".join(texts))), cell, pad)
    count = len(texts[0])
    pitch = size * (rng.uniform(1.9, 3.1) if rng.random() < 0.85 else rng.uniform(1.55, 1.95))
    margin_x, margin_y = size * rng.uniform(0.3, 2.5), size * rng.uniform(0.5, 2.2)
    wide = recipe.wide_share > 0 and rng.random() < recipe.wide_share
    if wide:
        margin_x = size * rng.uniform(0.8, 5)
    width = int(2 * margin_x + count * advance + size)
    height = int(2 * margin_y + size + pitch * (len(texts) - 1))
    spare = 2 * size  # glyphs may hang over the page's edge
    mask = np.zeros((height + 2 * spare, width + 2 * spare), np.float32)
    bend = size * rng.gauss(0, 0.05) if rng.random() < 0.4 else 0
    jitter_x, jitter_y = rng.choice([(0.004, 0.004), (0.012, 0.008), (0.025, 0.015)])
    rows = []
    for i, text in enumerate(texts):
        baseline = margin_y + size + pitch * i
        start = margin_x + rng.uniform(-0.1, 0.1) * size
        rows.append((start, baseline, start + count * advance))
        for j, char in enumerate(text):
            glyph = cut[char]
            x = int(round(start + j * advance + rng.gauss(0, jitter_x * size))) - pad + spare
            curve = bend * (4 * (j / count - 0.5) ** 2)
            y = int(round(baseline + curve + rng.gauss(0, jitter_y * size))) - size - pad + spare
            view = mask[y : y + glyph.shape[0], x : x + glyph.shape[1]]
            np.maximum(view, glyph[: view.shape[0], : view.shape[1]], out=view)
    mask = np.ascontiguousarray(mask[spare : spare + height, spare : spare + width])
    return _Drawn(mask, rows, size, advance, count * advance, margin_x, margin_y, bend, wide)


def _colour(rng, noise, mask, drawn, engraved) -> np.ndarray:
    """Ink on a page, in grey values, with what lies around."""
    height, width = mask.shape
    size = drawn.size
    paper = rng.uniform(140, 245) if engraved else rng.uniform(110, 252)
    kind = rng.random()
    if kind < 0.4:
        ink = rng.uniform(0, paper * 0.3)
    else:
        ink = rng.uniform(0, paper * 0.5) if kind < 0.75 else paper * rng.uniform(0.4, 0.72)
    image = ground(rng, noise, height, width, size, paper, ink) * (1 - mask) + ink * mask
    if rng.random() < 0.14:
        card_edge(rng, image, size, drawn.margin_x, drawn.margin_y)
    if rng.random() < 0.12:
        things_near(rng, image, size, drawn.margin_x, drawn.margin_y, paper)
    if drawn.wide:
        text_end = int(drawn.margin_x + drawn.length)
        beside(rng, noise, image, size, drawn.margin_x, text_end, paper, ink)
    return image


def _cut(rng, image, homography, cap, drawn) -> list[np.ndarray]:
    """Each row with some room around it; the neighbours intrude, as in life."""
    height, width = image.shape
    size = drawn.size
    images = []
    tight = rng.random() < 0.5
    usual = rng.uniform(0.12, 0.4)
    for start, baseline, end in drawn.rows:
        corners = [
            [start, baseline - size, 1],
            [end, baseline - size, 1],
            [end, baseline, 1],
            [start, baseline, 1],
            [(start + end) / 2, baseline + drawn.bend, 1],
        ]
        points = homography @ np.array(corners).T
        points = points[:2] / points[2]
        if tight:
            above, below = (usual + rng.gauss(0, 0.05)) * cap, (usual + rng.gauss(0, 0.05)) * cap
        else:
            above, below = rng.uniform(0.06, 0.55) * cap, rng.uniform(0.06, 0.55) * cap
        left, right = rng.uniform(0.08, 1.2) * cap, rng.uniform(0.08, 1.2) * cap
        if drawn.wide:
            left, right = rng.uniform(0.1, 4) * cap, rng.uniform(0.1, 4) * cap
        above, below = max(above, 0.04 * cap), max(below, 0.04 * cap)
        x0, x1 = max(0, int(points[0].min() - left)), min(width, int(points[0].max() + right))
        y0, y1 = max(0, int(points[1].min() - above)), min(height, int(points[1].max() + below) + 1)
        images.append(image[y0:y1, x0:x1])
    return images
