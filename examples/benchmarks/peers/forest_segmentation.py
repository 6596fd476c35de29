#!/usr/bin/env python3
# Copyright (c) 2026 the tribuo-growth authors. Licensed under the Apache License, Version 2.0; see the file LICENSE.
"""A random forest on the bundled data for segmentation: what a network has to beat.

  forest_segmentation.py earth|macaque [--radius 9] [--samples 40000] [--seed 0]

Each pixel is classified by the values around it, a square of 2 * radius + 1 pixels, within what earth-unet-scs.xml and
macaque-unet-scs.xml use: trained on pixels drawn from their training part, tested on all pixels of their test part. One thread.
It needs NumPy, scikit-learn and Pillow, on Debian the packages python3-sklearn and python3-pil.
"""

import argparse
import gzip
import pathlib

import numpy
from PIL import Image
from sklearn.ensemble import RandomForestClassifier

DATA = pathlib.Path(__file__).resolve().parents[2] / "data" / "segmentation"
CLASSES = {
    "earth": ("deep sea", "shelf", "lowland", "highland"),
    "macaque": ("background", "grey matter", "white matter", "cerebellum"),
}
ROWS_AT_ONCE = 20_000


def earth():
    """One picture: values, classes, and whether a pixel is trained on or tested on; every third band of 64 columns is tested."""
    values = numpy.asarray(Image.open(DATA / "bluemarble-1350x675.jpg").convert("RGB"))
    classes = numpy.asarray(Image.open(DATA / "earth-classes-1350x675.png"))
    used = numpy.zeros(classes.shape, bool)
    used[37 : 37 + 512, : 1350 // 64 * 64] = True
    tested = numpy.broadcast_to(numpy.arange(classes.shape[1]) // 64 % 3 == 1, classes.shape)
    return values[None], classes[None], (used & ~tested)[None], (used & tested)[None]


def macaque():
    """56 slices; of every eight the first five are trained on and the seventh is tested."""
    shape = (56, 96, 72)

    def read(name):
        return numpy.frombuffer(gzip.decompress((DATA / name).read_bytes()), numpy.uint8).reshape(shape)

    values, classes = read("macaque-56x96x72-t1.gz")[..., None], read("macaque-56x96x72-label.gz")
    number = numpy.broadcast_to((numpy.arange(56) % 8)[:, None, None], shape)
    return values, classes, number < 5, number == 6


def surroundings(values, pixels, radius):
    """A row for each pixel: the values around it; beyond the edge the picture is mirrored."""
    padded = numpy.pad(values, ((0, 0), (radius, radius), (radius, radius), (0, 0)), mode="reflect")
    side = 2 * radius + 1
    return numpy.stack([padded[s, y : y + side, x : x + side].ravel() for s, y, x in pixels])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", choices=sorted(CLASSES))
    parser.add_argument("--radius", type=int, default=9)
    parser.add_argument("--samples", type=int, default=40_000)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()

    values, classes, trained, tested = {"earth": earth, "macaque": macaque}[arguments.data]()
    candidates = numpy.argwhere(trained)
    if not 1 <= arguments.samples <= len(candidates):
        parser.error(f"--samples: found {arguments.samples}, allowed is 1 to {len(candidates)}, the training pixels")
    if not 0 <= arguments.radius < min(values.shape[1:3]):
        parser.error(f"--radius: found {arguments.radius}, allowed is 0 to {min(values.shape[1:3]) - 1}")
    drawn = numpy.random.default_rng(arguments.seed).choice(len(candidates), arguments.samples, replace=False)
    training = candidates[drawn]
    forest = RandomForestClassifier(100, random_state=arguments.seed, n_jobs=1)
    forest.fit(surroundings(values, training, arguments.radius), classes[tuple(training.T)])

    pixels = numpy.argwhere(tested)
    found = numpy.concatenate(
        [
            forest.predict(surroundings(values, pixels[first : first + ROWS_AT_ONCE], arguments.radius))
            for first in range(0, len(pixels), ROWS_AT_ONCE)
        ]
    )
    true = classes[tuple(pixels.T)]
    names = CLASSES[arguments.data]
    overlaps = [((found == c) & (true == c)).sum() / ((found == c) | (true == c)).sum() for c in range(len(names))]
    print(f"test pixels {len(pixels):,}")
    for name, overlap in zip(names, overlaps):
        print(f"{name} {overlap:.3f}")
    print(f"mean intersection over union {numpy.mean(overlaps):.3f}")


main()
