#!/usr/bin/env python3
"""Averages the weights of float networks of one form: steadier than the last of them alone.

    average.py OUT.lstm IN.lstm...      (components `lstm` of models made without --convert_to_int)

A network that goes on learning wanders about its best place; the mean of several stops lies nearer to it. The
component's layout is tesseract's own (src/lstm/weightmatrix.cpp, WeightMatrix::Serialize): a byte of flags, the
number of rows and columns, an empty double, then the weights as doubles, row by row."""

import struct
import sys

import numpy as np

# Rows and columns of the matrices in file order: convolution, four gates of each of four LSTM layers, output.
MATRICES = [(16, 10)] + [(48, 65)] * 4 + [(96, 145)] * 4 + [(96, 193)] * 4 + [(128, 225)] * 4 + [(39, 129)]
FLAGS = 0x84  # doubles, trained with Adam


def places_of(component: bytes) -> list[tuple[int, int]]:
    """Where each matrix starts, and how many numbers it holds."""
    places = []
    at = 0
    for rows, columns in MATRICES:
        head = struct.pack("<BII", FLAGS, rows, columns) + bytes(8)
        at = component.find(head, at)
        if at < 0:
            sys.exit(f"No float matrix of {rows} x {columns}: another network, or an integer model.")
        at += len(head)
        places.append((at, rows * columns))
        at += rows * columns * 8
    return places


def main() -> None:
    out, *inputs = sys.argv[1:]
    components = [open(path, "rb").read() for path in inputs]
    places = [places_of(component) for component in components]
    if any(len(component) != len(components[0]) or at != places[0] for component, at in zip(components, places)):
        sys.exit("The networks are not of one form.")
    mean = bytearray(components[-1])
    for at, count in places[0]:
        weights = [np.frombuffer(component, "<f8", count, at) for component in components]
        mean[at : at + 8 * count] = np.mean(weights, axis=0).astype("<f8").tobytes()
    with open(out, "wb") as file:
        file.write(mean)


if __name__ == "__main__":
    main()
