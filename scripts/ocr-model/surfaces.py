"""What lies under and beside the print: paper, guilloche, panels, card edges, frames, emblems, the table."""

import math
import random

import cv2
import numpy as np


def smooth(noise: np.random.Generator, height: int, width: int, scale: float) -> np.ndarray:
    """Clouds of 0 to 1, about `scale` pixels large."""
    rows, columns = max(2, int(height / scale) + 2), max(2, int(width / scale) + 2)
    how = cv2.INTER_CUBIC if scale > 2.5 else cv2.INTER_LINEAR
    return cv2.resize(noise.random((rows, columns), dtype=np.float32), (width, height), interpolation=how)


def guilloche(rng: random.Random, height: int, width: int, cap: int) -> np.ndarray:
    """Families of waved lines, 0 to 1."""
    pattern = np.zeros((height, width), np.float32)
    x = np.arange(0, width, max(2, int(cap / 6)))
    for _ in range(rng.randint(1, 3)):
        amplitude = rng.uniform(0.3, 3) * cap
        length = rng.uniform(3, 30) * cap
        step = rng.uniform(0.15, 0.8) * cap
        phase = rng.uniform(0, 6.28)
        ripple = rng.uniform(0, 0.6) * cap
        ripple_length = rng.uniform(1, 6) * cap
        thickness = rng.choice([1, 1, 2])
        drift = rng.uniform(-0.2, 0.2)
        layer = np.zeros((height, width), np.uint8)
        start, count = -2 * amplitude, 0
        while start < height + 2 * amplitude and count < 90:
            y = start + amplitude * np.sin(6.283 * x / length + phase + drift * count)
            y = y + ripple * np.sin(6.283 * x / ripple_length + count * drift)
            kind = cv2.LINE_AA if count % 2 else cv2.LINE_8
            cv2.polylines(layer, [np.stack([x, y], 1).astype(np.int32)], False, 255, thickness, kind)
            start += step
            count += 1
        pattern = np.maximum(pattern, layer.astype(np.float32) * (rng.uniform(0.3, 1) / 255))
    return pattern


def ground(
    rng: random.Random, noise: np.random.Generator, height: int, width: int, cap: int, paper: float, ink: float
) -> np.ndarray:
    """Grey values of the page without its print."""
    depth = paper - ink
    page = np.full((height, width), paper, np.float32)
    if rng.random() < 0.5:
        page -= guilloche(rng, height, width, cap) * rng.uniform(5, 0.5 * depth + 5)
    if rng.random() < 0.35:
        page += (smooth(noise, height, width, cap * rng.uniform(1, 8)) - 0.5) * rng.uniform(5, 60)
    if rng.random() < 0.15:  # grain of paper or of a printed photograph
        page += (smooth(noise, height, width, cap * rng.uniform(0.1, 0.6)) - 0.5) * rng.uniform(3, 0.5 * depth + 4)
    if rng.random() < 0.10:  # a coloured panel behind part of the zone
        x, y = rng.randint(-width // 4, width), rng.randint(-height // 2, height)
        corner = (x + rng.randint(width // 8, width), y + rng.randint(height // 4, height))
        cv2.rectangle(page, (x, y), corner, float(paper - rng.uniform(0.1, 0.5) * depth), -1)
    if rng.random() < 0.05:  # micro lettering
        y = 0
        while y < height:
            y += int(cap * rng.uniform(0.3, 0.8))
            place = (-rng.randint(0, 200), y)
            grey = float(paper - rng.uniform(0.15, 0.5) * depth)
            font = cv2.FONT_HERSHEY_SIMPLEX
            cv2.putText(page, "UTOPIA REPUBLIC " * 8, place, font, cap * 0.012, grey, 1, cv2.LINE_AA)
    return page


def card_edge(rng: random.Random, image: np.ndarray, cap: int, margin_x: float, margin_y: float) -> None:
    """What lies beyond the card at one of its sides."""
    height, width = image.shape
    grey = rng.uniform(0, 255)
    side = rng.random()
    depth = int(margin_x * rng.uniform(0.1, 0.75))
    if side < 0.4:
        image[:, :depth] = grey
    elif side < 0.8:
        image[:, width - depth - int(cap * 0.6) :] = grey
    else:
        image[height - int(margin_y * rng.uniform(0.1, 0.7)) :] = grey


def things_near(
    rng: random.Random, image: np.ndarray, cap: int, margin_x: float, margin_y: float, paper: float
) -> None:
    """Ellipses and rules drawn beside the zone."""
    height, width = image.shape
    for _ in range(rng.randint(1, 3)):
        kind = rng.random()
        grey = float(rng.uniform(0, paper))
        thickness = max(1, int(cap * rng.uniform(0.04, 0.15)))
        if kind < 0.4:
            centre = (int(rng.choice([0, width]) + rng.gauss(0, margin_x * 0.2)), rng.randint(0, height))
            axes = (int(margin_x * rng.uniform(0.2, 0.7)), int(cap * rng.uniform(0.5, 4)))
            cv2.ellipse(image, centre, axes, 0, 0, 360, grey, thickness)
        elif kind < 0.7:
            y = int(rng.choice([margin_y * 0.4, height - margin_y * 0.4]))
            cv2.line(image, (0, y), (width, y), grey, thickness)
        else:
            x = int(rng.choice([margin_x * 0.3, width - margin_x * 0.3 - cap * 0.5]))
            cv2.line(image, (x, 0), (x, height), grey, thickness)


def beside(
    rng: random.Random,
    noise: np.random.Generator,
    image: np.ndarray,
    cap: int,
    margin_x: float,
    text_end: int,
    paper: float,
    ink: float,
) -> None:
    """What a loose cut brings in left and right of the line, all of it to be read as nothing."""
    height, width = image.shape

    def grey() -> float:
        return float(rng.choice([ink, ink, rng.uniform(0, paper), rng.uniform(0, 255)]))

    for left in (True, False):
        if rng.random() < 0.2:
            continue
        gap = cap * rng.uniform(0.15, 0.6) if rng.random() < 0.6 else margin_x * rng.uniform(0.2, 0.8)
        first, last = (
            (0, max(2, int(margin_x - gap))) if left else (min(width - 2, int(text_end + gap)), width)
        )
        border = last if left else first
        kind = rng.random()
        thickness = max(1, int(cap * rng.choice([0.03, 0.05, 0.08, 0.12, 0.2])))
        if kind < 0.38:
            _frame(rng, image, cap, left, border, thickness, grey)
        elif kind < 0.66:
            _other_surface(rng, noise, image, cap, left, (first, last), thickness, grey)
        elif kind < 0.84:
            _emblem(rng, noise, image, cap, (first, last), thickness, grey)
        else:
            for _ in range(rng.randint(2, 25)):
                centre = (rng.randint(first, last), rng.randint(0, height))
                cv2.circle(image, centre, max(1, int(cap * rng.uniform(0.02, 0.1))), grey(), -1)


def _frame(rng, image, cap, left, x, thickness, grey) -> None:
    """A frame or the card's border as a line, sometimes two, sometimes with what lies beyond."""
    height = image.shape[0]
    lean = int(rng.gauss(0, 0.02) * height)
    cv2.line(image, (x + lean, 0), (x - lean, height), grey(), thickness, cv2.LINE_AA)
    if rng.random() < 0.3:
        away = int(cap * rng.uniform(0.15, 0.8)) * (-1 if left else 1)
        ends = (x + lean + away, 0), (x - lean + away, height)
        cv2.line(image, *ends, grey(), thickness, cv2.LINE_AA)
    if rng.random() < 0.3:
        beyond = rng.uniform(0, 255)
        if left:
            image[:, :x] = beyond
        else:
            image[:, x:] = beyond


def _other_surface(rng, noise, image, cap, left, reach, thickness, grey) -> None:
    """The table or another page, flat or textured."""
    first, last = reach
    view = image[:, :last] if left else image[:, first:]
    if not view.size:
        return
    view[:] = rng.uniform(0, 255)
    if rng.random() < 0.6:
        clouds = smooth(noise, view.shape[0], view.shape[1], cap * rng.uniform(0.1, 2))
        view += (clouds - 0.5) * rng.uniform(20, 160)
    if rng.random() < 0.3:
        for _ in range(rng.randint(1, 5)):
            upper, lower = (rng.randint(first, last), 0), (rng.randint(first, last), image.shape[0])
            cv2.line(image, upper, lower, grey(), thickness)


def _emblem(rng, noise, image, cap, reach, thickness, grey) -> None:
    """Emblems, scribble, blobs."""
    first, last = reach
    height = image.shape[0]
    for _ in range(rng.randint(1, 4)):
        centre = (rng.randint(first, last), rng.randint(0, height))
        kind = rng.random()
        if kind < 0.4:
            widest = min(cap * 2, (last - first) * 0.4)
            axes = (max(1, int(widest * rng.uniform(0.1, 1))), max(1, int(cap * rng.uniform(0.2, 2))))
            turn = rng.uniform(0, 180)
            value = grey()
            cv2.ellipse(image, centre, axes, turn, 0, 360, value, -1 if rng.random() < 0.4 else thickness)
        elif kind < 0.8:
            corners = [[rng.randint(first, last), rng.randint(0, height)] for _ in range(rng.randint(3, 7))]
            points = np.array(corners, np.int32)
            if rng.random() < 0.6:
                cv2.polylines(image, [points], False, grey(), thickness, cv2.LINE_AA)
            else:
                cv2.fillPoly(image, [points], grey())
        else:
            view = image[:, first:last]
            clouds = smooth(noise, view.shape[0], max(1, view.shape[1]), cap * rng.uniform(0.1, 0.6))
            view += (clouds - 0.5) * rng.uniform(30, 120)
