#!/usr/bin/env python3
"""Draws synthetic lines of machine-readable zones with their texts.

    generate.py BATCH SEED ZONES FOLDER              for training: FOLDER/SEED_NNNN.tif, .box, .gt.txt
    generate.py BATCH SEED ZONES FOLDER --held-out   for measuring: FOLDER/NNNNN_R.png and FOLDER/truth.jsonl

BATCH is one of BATCHES below. The same arguments give the same bytes (on the same versions of the libraries).
Names in the held-out lines never occur in training. Needs Debian's python3-numpy, -opencv and -pil."""

import argparse
import json
import os
import random
import sys

import cv2
import numpy as np
from PIL import Image

from glyphs import missing_fonts
from lines import Line, Recipe, render
from print_effects import PrintShares
from texts import Writer

# Pages of a training file. More cost quadratic time, because tesseract rewrites its output for every page.
PAGES = 50

_FIRST_PRINTS = PrintShares(clean=0.40, spread=0.50, worn=0.62, dots=0.70, jet=0.84)
_FIRST = {"small_share": 0.08, "small_caps": (5, 7.5), "prints": _FIRST_PRINTS}
BATCHES = {
    # Large, plain cuts: a network that knows nothing yet learns from these first.
    "easy": Recipe(cap_low=12, small_share=0),
    "usual": Recipe(),
    "beside-some": Recipe(wide_share=0.5),
    "beside-most": Recipe(wide_share=0.85),
    # As the first trainings had it: fewer small capitals, less worn print.
    "early": Recipe(**_FIRST),
    "early-beside": Recipe(wide_share=0.85, **_FIRST),
    # Cut and treated as the app's own reader does it.
    "strips": Recipe(strip_share=0.7),
    # For measuring only: capitals of 5 to 9 pixels.
    "small": Recipe(cap_low=5, cap_high=9, small_share=0),
    "small-strips": Recipe(cap_low=5, cap_high=9, small_share=0, strip_share=1),
}


def main() -> None:
    cv2.setNumThreads(1)
    parser = argparse.ArgumentParser(description="Draws synthetic lines of machine-readable zones.")
    parser.add_argument("batch", choices=sorted(BATCHES))
    parser.add_argument("seed", type=int)
    parser.add_argument("zones", type=int)
    parser.add_argument("folder")
    parser.add_argument("--held-out", action="store_true")
    args = parser.parse_args()
    missing = missing_fonts()
    if missing:
        sys.exit("Missing fonts: " + ", ".join(missing) + ". See README.md for the packages.")
    rng = random.Random(args.seed)
    noise = np.random.default_rng(args.seed)
    writer = Writer(rng, args.held_out)
    os.makedirs(args.folder, exist_ok=True)
    save = save_pictures if args.held_out else save_for_training
    save(args, rng, noise, writer)


def save_pictures(args, rng, noise, writer) -> None:
    """A picture a line, and one JSON object a line of truth.jsonl: image, line, cap, print, format."""
    with open(f"{args.folder}/truth.jsonl", "w", encoding="ascii") as truth:
        for zone in range(args.zones):
            kind, texts = writer.zone()
            lines, facts = render(rng, noise, texts, BATCHES[args.batch], True)
            for row, line in enumerate(lines):
                name = f"{zone:05d}_{row}.png"
                cv2.imwrite(f"{args.folder}/{name}", line.image)
                truth.write(json.dumps({"image": name, "line": line.text, "format": kind, **facts}) + "\n")


def save_for_training(args, rng, noise, writer) -> None:
    """Files of many pages, as tesseract's lstm.train takes them."""
    waiting: list[Line] = []
    files = 0
    for _ in range(args.zones):
        _, texts = writer.zone()
        lines, _ = render(rng, noise, texts, BATCHES[args.batch], False)
        waiting += [
            line
            for line in lines
            if min(line.image.shape) > 6 and line.image.shape[1] > line.image.shape[0] * 8
        ]
        if len(waiting) >= PAGES:
            _save_file(f"{args.folder}/{args.seed:03d}_{files:04d}", waiting)
            files += 1
            waiting = []
    if waiting:
        _save_file(f"{args.folder}/{args.seed:03d}_{files:04d}", waiting)


def _save_file(path: str, lines: list[Line]) -> None:
    pages = [Image.fromarray(line.image) for line in lines]
    pages[0].save(path + ".tif", save_all=True, append_images=pages[1:], dpi=(300, 300))
    with open(path + ".box", "w", encoding="ascii") as boxes:
        for page, line in enumerate(lines):
            height, width = line.image.shape
            boxes.write(f"WordStr 0 0 {width} {height} {page} #{line.text}\n")
            boxes.write(f"\t {width} 0 {width + 1} {height} {page}\n")
    with open(path + ".gt.txt", "w", encoding="ascii") as texts:
        texts.write("".join(line.text + "\n" for line in lines))


if __name__ == "__main__":
    main()
