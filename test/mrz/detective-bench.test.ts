// The generator behind the bench of the detective: what it calls a slip, a change and an untouched zone is just that.
import { expect, test } from 'vitest';
import { FORMATS } from '../../shared/mrz/formats.ts';
import { createRandom } from '../../shared/specimen/prng.ts';
import { CONFUSIONS } from '../bench/detective/confusions.ts';
import { ARITHMETICS, makeEdit, withArithmetic } from '../bench/detective/edits.ts';
import { blindPair, protectedPlaces, seenSlip, unseenSlip } from '../bench/detective/slips.ts';
import { makeZone, type MadeZone } from '../bench/detective/zones.ts';
import { expectedStates } from './independent.ts';

const RUNS = 400;

function* zones(seed: number): Generator<{ zone: MadeZone; random: ReturnType<typeof createRandom> }> {
  for (let i = 0; i < RUNS; i += 1) {
    const random = createRandom(seed).fork(`zone ${i}`);
    yield { zone: makeZone(random), random };
  }
}

const differences = (a: readonly string[], b: readonly string[]) =>
  a.flatMap((line, row) =>
    [...line].flatMap((char, column) =>
      char === b[row]?.charAt(column) ? [] : [{ row, column, from: char, to: b[row]?.charAt(column) ?? '' }],
    ),
  );

test('made zones hold by a second judgement; every format and long numbers are among them', () => {
  const seen = new Set<string>();
  for (const { zone } of zones(1)) {
    seen.add(zone.long === null ? zone.format : `${zone.format} long`);
    expect(zone.lines.map(({ length }) => length)).toEqual(
      zone.lines.map(() => FORMATS[zone.format].columns),
    );
    if (zone.long === null)
      expect(Object.values(expectedStates(zone.format, zone.lines))).not.toContain('fails');
  }
  expect([...seen].sort()).toEqual(['MRV-A', 'MRV-B', 'TD1', 'TD1 long', 'TD2', 'TD2 long', 'TD3']);
});

test('a slip changes one place, which is marked; what the digits can see and what they cannot are kept apart', () => {
  for (const { zone, random } of zones(2)) {
    for (const [make, visible] of [
      [seenSlip, true],
      [unseenSlip, false],
    ] as const) {
      const slip = make(random, zone);
      const { row, column, printed, read } = slip;
      expect(differences(zone.lines, slip.lines)).toEqual([{ row, column, from: printed, to: read }]);
      expect(slip.lowConfidence[0]).toEqual({ line: row, column });
      expect(protectedPlaces(zone)[row]?.[column] === true && !blindPair(printed, read)).toBe(visible);
    }
  }
});

test('a change touches its field and the digit of that field, nothing else', () => {
  let computed = 0;
  for (const { zone, random } of zones(3)) {
    const edit = makeEdit(random, zone);
    if ('unseen' in edit) continue;
    const { fields, checkDigits } = FORMATS[zone.format];
    const field = fields.find(({ id }) => id === edit.field);
    const own = checkDigits.find(
      ({ covers }) => covers[0]?.row === field?.row && covers[0]?.start === field?.start,
    );
    const changes = differences(zone.lines, edit.lines);
    const outside = changes.filter(
      ({ row, column }) => row !== field?.row || column < field.start || column >= field.end,
    );
    const digit = zone.long === null || edit.field !== 'number' ? own?.at : zone.long.digit;
    expect(outside.every(({ row, column }) => row === digit?.row && column === digit?.start)).toBe(true);
    expect(changes.length).toBeGreaterThan(outside.length);
    if (edit.digits === 'left') expect(outside).toEqual([]);
    else computed += 1;
  }
  expect(computed).toBeGreaterThan(RUNS / 20);
});

test('an arithmetic of an imitation changes digits only', () => {
  for (const { zone } of zones(4)) {
    for (const name of Object.keys(ARITHMETICS)) {
      const lines = withArithmetic(zone, name);
      if (lines === null) continue;
      const digits = FORMATS[zone.format].checkDigits.map(({ at }) => at).concat(zone.long?.digit ?? []);
      for (const { row, column } of differences(zone.lines, lines)) {
        expect(digits.some((at) => at.row === row && at.start === column)).toBe(true);
      }
    }
  }
});

test('the confusion table knows every character and gives the same slips for the same seed', () => {
  expect(Object.keys(CONFUSIONS)).toHaveLength(37);
  const drawn = () => [...zones(5)].map(({ zone, random }) => seenSlip(random, zone).lines.join(''));
  expect(drawn()).toEqual(drawn());
});
