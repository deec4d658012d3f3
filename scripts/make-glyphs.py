#!/usr/bin/env python3
"""Writes the outline tables of shared/specimen/glyphs from two freely licensed fonts.

    make-glyphs.py OCRB.otf ATKINSON_FILES_FOLDER OUT_FOLDER

OCRB.otf: Debian package fonts-ocr-b. ATKINSON_FILES_FOLDER: the "files" folder of @fontsource/atkinson-hyperlegible.
Needs python3-fonttools. Licences of both fonts: assets/specimen/LICENCES.md. Run by hand, only when a glyph is added.
"""
import os
import string
import sys

from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont

MRZ = string.ascii_uppercase + string.digits + '<'
BASIC = ''.join(chr(c) for c in range(0x20, 0x7F)) + '\u00b7\u2013\u2019\u00b0'
LATIN = ''.join(chr(c) for c in range(0xC0, 0x180) if c not in (0xD7, 0xF7, 0x149, 0x17F))
# The Latin letters that the font lacks, put together from its own parts.
CIRCUMFLEX = {'\u0108': 'C', '\u0109': 'c', '\u011c': 'G', '\u011d': 'g', '\u0124': 'H', '\u0125': 'h',
              '\u0134': 'J', '\u015c': 'S', '\u015d': 's', '\u0174': 'W', '\u0175': 'w'}
BREVE = {'\u016c': 'U', '\u016d': 'u'}
DOT = {'\u0130': 'I'}


class Face:
    """One font file (or two that complete each other) as glyph records."""

    def __init__(self, paths):
        self.fonts = [TTFont(p) for p in paths]

    def find(self, char):
        for font in self.fonts:
            name = font.getBestCmap().get(ord(char))
            if name:
                return font, name
        return None, None

    def record(self, char):
        font, name = self.find(char)
        if not font:
            return None
        glyphs = font.getGlyphSet()
        pen = DecomposingRecordingPen(glyphs)
        glyphs[name].draw(pen)
        return round(glyphs[name].width), pen.value

    def accent(self, composed, base):
        """The strokes of a composed letter that its plain letter does not have."""
        full, plain = self.record(composed)[1], self.record(base)[1]
        contours = split(full)
        kept = [c for c in contours if c not in split(plain)]
        return [step for contour in kept for step in contour]


def split(steps):
    contours, current = [], []
    for step in steps:
        current.append(step)
        if step[0] in ('closePath', 'endPath'):
            contours.append(current)
            current = []
    return contours


def extent(steps):
    xs = [p[0] for _, pts in steps for p in pts if p]
    ys = [p[1] for _, pts in steps for p in pts if p]
    return min(xs), min(ys), max(xs), max(ys)


def moved(steps, dx, dy):
    return [(op, tuple((x + dx, y + dy) for x, y in pts)) for op, pts in steps]


def compose(face, base, donor, donor_base):
    """Puts the accent of a letter the font has over one it lacks, at the same height above the letter."""
    width, steps = face.record(base)
    accent = face.accent(donor, donor_base)
    if not accent:
        return None
    ax0, _, ax1, _ = extent(accent)
    dx0, _, dx1, dy1 = extent(face.record(donor_base)[1])
    bx0, _, bx1, by1 = extent(steps)
    dx = (bx0 + bx1) / 2 - (ax0 + ax1) / 2
    return width, list(steps) + moved(accent, dx, max(0, by1 - dy1))


def path(steps):
    """SVG-like path text: absolute coordinates, y upwards, whole font units."""
    out = []
    for op, pts in steps:
        flat = lambda ps: ' '.join(f'{round(x)} {round(y)}' for x, y in ps)
        if op == 'moveTo':
            out.append('M' + flat(pts))
        elif op == 'lineTo':
            out.append('L' + flat(pts))
        elif op == 'curveTo':
            if len(pts) != 3:
                raise ValueError('only plain cubics are expected')
            out.append('C' + flat(pts))
        elif op == 'qCurveTo':
            points = list(pts)
            if points[-1] is None:
                raise ValueError('closed off-curve contours are not expected')
            for i, control in enumerate(points[:-1]):
                last = i == len(points) - 2
                end = points[-1] if last else ((control[0] + points[i + 1][0]) / 2, (control[1] + points[i + 1][1]) / 2)
                out.append('Q' + flat([control, end]))
    return ''.join(out)


def table(face, chars):
    rows = {}
    for char in chars:
        found = face.record(char)
        if found is None and char in CIRCUMFLEX:
            tall = char.isupper() or CIRCUMFLEX[char] == 'h'
            found = compose(face, CIRCUMFLEX[char], '\u00ca' if tall else '\u00ea', 'E' if tall else 'e')
        if found is None and char in BREVE:
            donor = '\u0102' if char.isupper() else '\u0103'
            found = compose(face, BREVE[char], donor, 'A' if char.isupper() else 'a')
        if found is None and char in DOT:
            found = compose(face, DOT[char], '\u0116', 'E')
        if found:
            rows[char] = (found[0], path(found[1]))
    return rows


def write(folder, file, constant, comment, units, cap, rows):
    with open(os.path.join(folder, file), 'w', encoding='utf-8') as out:
        out.write(f'// {comment} Made by scripts/make-glyphs.py; licences: assets/specimen/LICENCES.md.\n')
        out.write("import type { GlyphTable } from '../outline.ts';\n\n")
        out.write(f'export const {constant}: GlyphTable = {{\n  unitsPerEm: {units},\n  capHeight: {cap},\n  glyphs: {{\n')
        for char, (width, text) in rows.items():
            key = "'" + char.replace('\\', '\\\\').replace("'", "\\'") + "'"
            out.write(f"    {key}: [{width}, '{text}'],\n")
        out.write('  },\n};\n')


def main():
    ocrb, atkinson, folder = sys.argv[1:4]
    face = Face([ocrb])
    write(folder, 'ocr-b.ts', 'OCR_B', 'Outlines of OCR-B for the machine readable zone.', 1000, 713, table(face, MRZ))
    for weight, file, constant in (('400', 'text-regular.ts', 'TEXT_REGULAR'), ('700', 'text-bold.ts', 'TEXT_BOLD')):
        paths = [os.path.join(atkinson, f'atkinson-hyperlegible-{part}-{weight}-normal.woff') for part in ('latin', 'latin-ext')]
        face = Face(paths)
        comment = f'Outlines of Atkinson Hyperlegible {weight} for the visual zone.'
        write(folder, file, constant, comment, 1000, 668, table(face, BASIC + LATIN))


if __name__ == '__main__':
    main()
