// The model file is the one its card describes, small enough, and reads through the app's own recogniser.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { createRecogniser } from '../../electron/cli/ocr/recogniser.ts';
import { drawnLines, type LineRow } from '../bench/lines/drawn-lines.ts';
import { editDistance } from '../bench/lines/edit-distance.ts';

const FOLDER = fileURLToPath(new URL('../../assets/ocr/', import.meta.url));

function firstLines(seed: number, count: number): LineRow[] {
  const rows: LineRow[] = [];
  for (const row of drawnLines(seed)) {
    rows.push(row);
    if (rows.length === count) break;
  }
  return rows;
}

test('the card names the size and the digest of the file', () => {
  const model = readFileSync(`${FOLDER}mrz.traineddata`);
  const card = readFileSync(`${FOLDER}README.md`, 'utf8');
  expect(card).toContain(createHash('sha256').update(model).digest('hex'));
  expect(card).toContain(`${model.length.toLocaleString('en')} bytes`);
  expect(model.length).toBeLessThan(1_500_000);
});

test('the model loads and reads ten plain lines exactly', async () => {
  const recogniser = createRecogniser({ modelFolder: FOLDER });
  try {
    for (const { line, strip } of firstLines(7, 10)) {
      const read = (await recogniser.recognise(strip)).map(({ char }) => char).join('');
      expect(read).toBe(line);
    }
  } finally {
    await recogniser.close();
  }
}, 60_000);

test('drawn lines are those of their seed', () => {
  const [first, again, other] = [firstLines(3, 3), firstLines(3, 3), firstLines(4, 3)];
  expect(again).toEqual(first);
  expect(other.map(({ line }) => line)).not.toEqual(first.map(({ line }) => line));
  for (const { line, strip } of first) {
    expect(line).toMatch(/^[A-Z0-9<]+$/);
    expect(strip.height).toBe(48);
    expect(Math.max(...strip.data) - Math.min(...strip.data)).toBeGreaterThan(150);
  }
});

test.each([
  ['', '', 0],
  ['ABC', 'ABC', 0],
  ['ABC', '', 3],
  ['P<UTO', 'P<UT0', 1],
  ['P<UTO', '<UTO', 1],
  ['0070', '0O070', 1],
  ['KITTEN', 'SITTING', 3],
])('from %j to %j it is %i changes', (from, to, changes) => {
  expect(editDistance(from, to)).toBe(changes);
});
