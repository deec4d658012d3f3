// The transcribed zones of the measuring images, where they are at hand.
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseMrz } from '../../shared/mrz/parse.ts';
import { TODAY } from './specimens.ts';

const TRUTH = new URL('../../../shared/corpus/real/truth.jsonl', import.meta.url);
const FORMAT_NAMES: Readonly<Record<string, string>> = { MRVA: 'MRV-A', MRVB: 'MRV-B' };
const present = existsSync(TRUTH);
if (!present)
  console.info('The measuring images are not beside this working copy: their zones are not tested.');

test.skipIf(!present)('formats and check digits of all transcribed zones', () => {
  const rows = readFileSync(TRUTH, 'utf8').trim().split('\n');
  expect(rows).toHaveLength(33);
  for (const row of rows) {
    const { image, format, lines, checkDigits } = JSON.parse(row) as Record<
      'image' | 'format' | 'checkDigits',
      string
    > & { lines: string[] };
    const reading = parseMrz(lines, { today: TODAY });
    if (!reading.ok) throw new Error(`${image}: ${reading.problem}`);
    expect(reading.format, image).toBe(FORMAT_NAMES[format] ?? format);
    const failing = Object.entries(reading.checkDigits).flatMap(([id, state]) =>
      state === 'fails' ? [id] : [],
    );
    expect(failing, image).toEqual(checkDigits === 'all hold' ? [] : ['composite']);
    expect(reading.foreign, image).toEqual([]);
    expect(reading.nameFaults, image).toEqual([]);
  }
});
