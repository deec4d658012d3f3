// The recogniser under Node: reads, gives the same for the same, and tells a missing or damaged model.
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { createRecogniser, RecogniserError } from '../../electron/cli/ocr/recogniser.ts';
import { drawZone, PASSPORT } from './support/drawing.ts';

const modelFolder = fileURLToPath(new URL('../../assets/ocr', import.meta.url));
const strip = stripOf(PASSPORT[1]!);
const folders: string[] = [];

/** One row as the reader cuts it: capitals 30 pixels high, a little room around. */
function stripOf(line: string) {
  const scale = 12.5;
  const page = drawZone([line], scale);
  const middle = Math.round((6 + 4.4 - 1.2) * scale);
  const height = 48;
  const data = page.data.slice((middle - height / 2) * page.width, (middle + height / 2) * page.width);
  return { width: page.width, height, data };
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'countercheck-ocr-'));
  folders.push(path);
  return path;
}

afterAll(() => {
  for (const path of folders) rmSync(path, { recursive: true, force: true });
});

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(RecogniserError);
  return (error as RecogniserError).code;
}

describe('the recogniser', () => {
  it('reads a row, each character in its place, the same every time', async () => {
    const recogniser = createRecogniser({ modelFolder });
    await recogniser.warm();
    const readings: string[] = [];
    for (let time = 0; time < 3; time++) {
      const characters = await recogniser.recognise(strip);
      expect(characters.map((c) => c.char).join('')).toBe(PASSPORT[1]);
      readings.push(JSON.stringify(characters));
    }
    expect(new Set(readings).size).toBe(1);
    const margin = 6 / (44 * 2.54 + 12);
    for (const [i, { x, confidence }] of (await recogniser.recognise(strip)).entries()) {
      const expected = margin + ((i + 0.5) / 44) * (1 - 2 * margin);
      expect(Math.abs(x - expected)).toBeLessThan(0.8 / 44);
      expect(confidence).toBeGreaterThan(0.5);
      expect(confidence).toBeLessThanOrEqual(1);
    }
    await recogniser.close();
  });

  it('tells that a model is missing, and reads once it is there', async () => {
    const place = folder();
    const recogniser = createRecogniser({ modelFolder: place });
    expect(await codeOf(recogniser.recognise(strip))).toBe('recogniser-failed');
    expect(await codeOf(recogniser.warm())).toBe('recogniser-failed');
    cpSync(join(modelFolder, 'mrz.traineddata'), join(place, 'mrz.traineddata'));
    expect(await recogniser.recognise(strip)).toHaveLength(44);
  });

  it('tells that a model is damaged', async () => {
    const place = folder();
    writeFileSync(join(place, 'mrz.traineddata'), 'this is no model');
    expect(await codeOf(createRecogniser({ modelFolder: place }).recognise(strip))).toBe('recogniser-failed');
  });

  it('settles what is under way when it is closed, and refuses what comes after', async () => {
    const recogniser = createRecogniser({ modelFolder });
    const underWay = codeOf(recogniser.recognise(strip));
    await recogniser.close();
    expect(await underWay).toBe('recogniser-closed');
    expect(await codeOf(recogniser.recognise(strip))).toBe('recogniser-closed');
  });
});
