// The reading as it is handed out: lines, places in the picture, trust, and every change by name.
import type { Correction } from '../mrz/corrections.ts';
import type { Attempt } from './attempt.ts';
import { frameAt, type Grid } from './grid.ts';
import type { Point, Quad, ReadCharacter, ReadTiming, ReadZone } from './types.ts';
import { LOW_CONFIDENCE } from './vote.ts';

/** How far a cell reaches from its centre: half a place along, a good half capital across. */
const HALF_PLACE = 0.5;
const HALF_CELL = 0.62;

function corner(grid: Grid, place: number, line: number, away: number, scale: number): Point {
  const { point, down } = frameAt(grid, place, line);
  return { x: (point.x + down.x * away + 0.5) * scale, y: (point.y + down.y * away + 0.5) * scale };
}

function correctionsOf(attempt: Attempt): Correction[] {
  return attempt.assembly.rows.flatMap((alignment, row) => {
    const changed = alignment.places.flatMap((place, column): Correction[] => {
      if (place.char === place.raw) return [];
      const rule = place.rule ?? 'readings-agree';
      return [{ row, column, from: place.raw, to: place.char, rule, reason: `correction.${rule}` }];
    });
    const taken = alignment.takenOut.map(({ column, char, outside }): Correction => {
      const rule = outside ? 'beside-zone' : 'taken-out';
      return { row, column, from: char, to: '', rule, reason: `correction.${rule}` };
    });
    return [...changed, ...taken].sort((a, b) => a.column - b.column);
  });
}

/** The reading of an accepted attempt. `scale`: pixels of the input picture per pixel of the grid's level. */
export function readingFrom(attempt: Attempt, scale: number, timing: ReadTiming): ReadZone {
  const { assembly, grid, readings } = attempt;
  const characters = assembly.rows.map((alignment, line) =>
    alignment.places.map(({ char, confidence, raw }, column): ReadCharacter => {
      const { start, scale: step } = assembly.columns[line]!;
      const place = start + column * step;
      const half = HALF_PLACE * step;
      const quad: Quad = [
        corner(grid, place - half, line, -HALF_CELL, scale),
        corner(grid, place + half, line, -HALF_CELL, scale),
        corner(grid, place + half, line, HALF_CELL, scale),
        corner(grid, place - half, line, HALF_CELL, scale),
      ];
      return { char, confidence, raw, quad };
    }),
  );
  return {
    status: 'read',
    format: assembly.format,
    lines: assembly.lines,
    characters,
    confidence: assembly.confidence,
    lowConfidence: characters.flatMap((row, line) =>
      row.flatMap(({ confidence }, column) => (confidence < LOW_CONFIDENCE ? [{ line, column }] : [])),
    ),
    corrections: correctionsOf(attempt),
    outline: [
      characters[0]![0]!.quad[0],
      characters[0]!.at(-1)!.quad[1],
      characters.at(-1)!.at(-1)!.quad[2],
      characters.at(-1)![0]!.quad[3],
    ],
    rawLines: readings.map((reading) => reading.characters.map(({ char }) => char).join('')),
    timing,
  };
}

/** The reading of a mirrored picture in the places of the picture as it was given, `width` pixels wide. */
export function mirroredBack(reading: ReadZone, width: number): ReadZone {
  const back = (quad: Quad): Quad => quad.map(({ x, y }) => ({ x: width - x, y })) as Quad;
  return {
    ...reading,
    characters: reading.characters.map((row) =>
      row.map((character) => ({ ...character, quad: back(character.quad) })),
    ),
    outline: back(reading.outline),
    mirrored: true,
  };
}
