// Whole pictures: drawn zones at any angle, none at all, deadlines and cancels; then files from end to end.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRecogniser } from '../../electron/cli/ocr/recogniser.ts';
import { createReader, type FileReader } from '../../electron/cli/read-file.ts';
import { mirrored } from '../../shared/vision/grey.ts';
import { readDocument } from '../../shared/vision/read.ts';
import type { DocumentReading, GreyImage, Recognise } from '../../shared/vision/types.ts';
import { FR_ID, FR_ID_PLACED } from '../mrz/specimens.ts';
import {
  beside,
  CARD,
  drawZone,
  even,
  inverted,
  onGround,
  PASSPORT,
  turn,
  withFrameLines,
  withGuilloche,
  withNoise,
} from './support/drawing.ts';

const recogniser = createRecogniser({
  modelFolder: fileURLToPath(new URL('../../assets/ocr', import.meta.url)),
});
const now = () => performance.now();
const read = (image: GreyImage) => readDocument(image, recogniser.recognise, { now });
const linesOf = (reading: DocumentReading) => (reading.status === 'read' ? reading.lines : reading.status);

beforeAll(() => recogniser.warm());
afterAll(() => recogniser.close());

const page = onGround(drawZone(PASSPORT), 90);

describe('readDocument', () => {
  it.each([0, 90, 180, 270, 30, -17])('reads a passport turned by %i degrees', async (degrees) => {
    expect(linesOf(await read(turn(page, degrees)))).toEqual(PASSPORT);
  });

  it('reads three rows, and a page in light print on dark', async () => {
    expect(linesOf(await read(onGround(drawZone(CARD), 90)))).toEqual(CARD);
    expect(linesOf(await read(inverted(page)))).toEqual(PASSPORT);
  });

  it('reads the French card as what it is, with place codes and without', async () => {
    for (const lines of [FR_ID, FR_ID_PLACED]) {
      const reading = await read(onGround(drawZone(lines, 5), 60));
      expect(reading).toMatchObject({ status: 'read', format: 'FR-ID', lines, lowConfidence: [] });
    }
  });

  it('reads a mirrored picture, says so, and tells its places in the picture as given', async () => {
    const reading = await read(mirrored(page));
    const straight = await read(page);
    if (reading.status !== 'read' || straight.status !== 'read') throw new Error('not read');
    expect(reading.lines).toEqual(PASSPORT);
    expect(reading.mirrored).toBe(true);
    expect(straight.mirrored).toBeUndefined();
    expect(Math.abs(reading.outline[0].x + straight.outline[0].x - page.width)).toBeLessThan(4);
    expect(Math.abs(reading.outline[0].y - straight.outline[0].y)).toBeLessThan(4);
  });

  it('reads two documents in one picture, each at its own angle, each with its outline', async () => {
    const passport = onGround(drawZone(PASSPORT, 5), 30);
    const card = turn(onGround(drawZone(CARD, 5), 20), 90);
    const both = beside(passport, card);
    const reading = await read(both);
    if (reading.status !== 'read') throw new Error('not read');
    const zones = [reading, ...(reading.others ?? [])];
    expect(zones.map(({ lines }) => lines).toSorted((a, b) => a.length - b.length)).toEqual([PASSPORT, CARD]);
    for (const { lines, outline } of zones) {
      const isCard = lines.length === 3;
      for (const { x } of outline) expect(x > passport.width).toBe(isCard);
    }
    expect(reading.others?.[0]?.timing).toEqual(reading.timing);
  });

  it('tells a zone once, however often the picture shows it, and its own rows are no further zone', async () => {
    const twice = await read(beside(page, page));
    expect(linesOf(twice)).toEqual(PASSPORT);
    expect(twice).not.toHaveProperty('others');
    expect(await read(onGround(drawZone([...CARD, '', 'UTOPIA'], 6), 60))).not.toHaveProperty('others');
  });

  it('gives up a page of even rows that read like none of a zone after few strips', async () => {
    let strips = 0;
    const likeNothing: Recognise = async () => {
      strips++;
      return Array.from({ length: 44 }, (_, i) => ({
        char: 'A7XQ3KF0WB'[i % 10]!,
        confidence: 0.95,
        x: (i + 0.5) / 44,
      }));
    };
    const rows = Array.from(
      { length: 9 },
      (_, row) => 'QUICKBROWNFOXJUMPSOVERTHELAZYDOGS0123456789A'.slice(row) + '<'.repeat(row),
    );
    const reading = await readDocument(onGround(drawZone(rows, 5), 60), likeNothing, { now });
    expect(reading.status).toBe('not-found');
    expect(strips).toBeGreaterThan(0);
    expect(strips).toBeLessThan(36);
  });

  it('reads a small, noisy picture', async () => {
    expect(linesOf(await read(withNoise(onGround(drawZone(PASSPORT, 3.2), 40), 14)))).toEqual(PASSPORT);
  });

  it.each([80, 120])('reads through a guilloche %i grey steps darker than the paper', async (dark) => {
    expect(linesOf(await read(onGround(withGuilloche(drawZone(PASSPORT), dark), 90)))).toEqual(PASSPORT);
  });

  it('reads rows whose letters all touch the lines of a frame', async () => {
    const baselines = [0, 1].map((row) => Math.round((6 + 4.4 + row * 6.35) * 6));
    const framed = withFrameLines(
      drawZone(PASSPORT),
      baselines.flatMap((y) => [y - 15, y - 1]),
    );
    expect(linesOf(await read(onGround(framed, 90)))).toEqual(PASSPORT);
  });

  it.each([0, 1, 2])('finds row %i of a card where it is too faint to be seen by itself', async (faint) => {
    const card = drawZone(CARD);
    const from = Math.round((6 + 4.4 - 1.2 + (faint - 0.5) * 6.35) * 6) * card.width;
    const to = Math.round((6 + 4.4 - 1.2 + (faint + 0.5) * 6.35) * 6) * card.width;
    card.data.forEach((value, i) => {
      if (i >= from && i < to) card.data[i] = 236 - (236 - value) * 0.035;
    });
    expect(linesOf(await read(onGround(card, 90)))).toEqual(CARD);
  });

  it('tells where each character lies in the picture, and the zone', async () => {
    const reading = await read(turn(page, 180));
    if (reading.status !== 'read') throw new Error('not read');
    // In the turned picture the first character lies at the right below.
    const margin = 90 + 6 * 6;
    const x = page.width - margin - 0.5 * 2.54 * 6;
    const y = page.height - 90 - (6 + 4.4 - 1.2) * 6;
    const [a, b, c, d] = reading.characters[0]![0]!.quad;
    expect(Math.abs((a.x + c.x) / 2 - x)).toBeLessThan(3);
    expect(Math.abs((a.y + c.y) / 2 - y)).toBeLessThan(3);
    // Reading order: the second corner lies ahead of the first, the third below the second.
    expect(b.x).toBeLessThan(a.x);
    expect(c.y).toBeLessThan(b.y);
    expect(Math.abs(d.x - a.x)).toBeLessThan(4);
    expect(reading.outline[0].x).toBeCloseTo(a.x, 6);
    expect(Math.hypot(reading.outline[1].x - reading.outline[0].x, 0)).toBeGreaterThan(43 * 2.54 * 6);
    expect(reading.corrections).toEqual([]);
    expect(reading.lowConfidence).toEqual([]);
    expect(reading.rawLines).toEqual(PASSPORT);
  });

  it('gives the same bytes for the same picture', async () => {
    const strip = ({ timing: _timing, ...rest }: DocumentReading) => JSON.stringify(rest);
    const image = withNoise(turn(page, 11), 20);
    expect(strip(await read(image))).toBe(strip(await read(image)));
  });

  it('finds nothing where there is nothing', async () => {
    const text = drawZone([
      'THE QUICK BROWN FOX JUMPS OVER THE',
      'LAZY DOG AND RUNS TO THE HILLS TO',
      'SLEEP',
    ]);
    for (const image of [
      even(1, 1, 9),
      even(640, 480, 200),
      withNoise(even(240, 180, 128), 60),
      onGround(text, 60),
    ]) {
      expect((await read(image)).status).toBe('not-found');
    }
  }, 60_000);

  it('gives up at its deadline and says how long it took', async () => {
    let clock = 0;
    const slow: Recognise = async () => {
      clock += 5_000;
      return [];
    };
    const reading = await readDocument(page, slow, { now: () => clock, deadlineMs: 1_000 });
    expect(reading.status).toBe('not-found');
    expect(reading.timing.totalMs).toBe(5_000);
    expect(reading.timing.recogniseMs).toBe(5_000);
  });

  it('keeps what it has read when the time is over', async () => {
    let clock = 0;
    let calls = 0;
    const late: Recognise = async (strip) => {
      const characters = await recogniser.recognise(strip);
      // Doubt in both rows asks for second looks; then the time is over.
      if (++calls === 2) clock = 60_000;
      return characters.map((c, i) => (i === 30 ? { ...c, confidence: 0.4 } : c));
    };
    const reading = await readDocument(page, late, { now: () => clock, deadlineMs: 10_000 });
    expect(linesOf(reading)).toEqual(PASSPORT);
    expect(calls).toBe(2);
    if (reading.status === 'read') expect(reading.lowConfidence).toHaveLength(2);
  });

  it('stops when it is told to, and passes a failing recogniser on', async () => {
    const controller = new AbortController();
    const cancel: Recognise = async (strip) => {
      controller.abort(new Error('stopped'));
      return recogniser.recognise(strip);
    };
    const options = { now, signal: controller.signal };
    await expect(readDocument(page, cancel, options)).rejects.toThrow('stopped');
    await expect(readDocument(page, cancel, options)).rejects.toThrow('stopped');
    const broken: Recognise = async () => {
      throw new Error('broken');
    };
    await expect(readDocument(page, broken, { now })).rejects.toThrow('broken');
  });

  it('tells its steps in order', async () => {
    const steps: string[] = [];
    await readDocument(page, recogniser.recognise, { now, onProgress: (step) => steps.push(step) });
    expect(steps).toEqual(['locate', 'recognise', 'confirm']);
  });
});

describe('a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'countercheck-read-'));
  let reader: FileReader;
  const put = (name: string, bytes: Uint8Array | string): string => {
    writeFileSync(join(folder, name), bytes);
    return join(folder, name);
  };

  beforeAll(() => {
    reader = createReader();
  });
  afterAll(async () => {
    await reader.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is read, parsed and judged', async () => {
    const raw = { raw: { width: page.width, height: page.height, channels: 1 as const } };
    const file = put('page.png', await sharp(page.data, raw).png().toBuffer());
    const row = await reader.read(file, { today: '2011-05-01' });
    expect(row).toMatchObject({
      file,
      status: 'read',
      format: 'TD3',
      lines: PASSPORT,
      lowConfidence: [],
      corrections: [],
      fields: { number: 'L898902C3', birthDate: '1974-08-12', primaryIdentifier: 'ERIKSSON' },
      checkDigits: {
        number: 'holds',
        birth: 'holds',
        expiry: 'holds',
        optional: 'holds',
        composite: 'holds',
      },
    });
    for (const ms of Object.values(row.timing)) expect(ms).toBeGreaterThan(0);
    expect(await reader.read(file, { timeoutMs: 1 })).toMatchObject({ status: 'not-found', outOfTime: true });
  });

  it.each([
    ['empty.jpg', '', 'image-empty'],
    ['text.jpg', 'this is text', 'image-not-supported'],
    [
      'drawing.svg',
      '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>',
      'image-not-supported',
    ],
    ['cut.png', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3), 'image-damaged'],
  ])('that is no picture is told (%s)', async (name, bytes, code) => {
    const row = await reader.read(put(name, bytes));
    expect(row).toMatchObject({ status: 'unreadable', error: { code } });
    if (row.status === 'unreadable') expect(row.error.message).not.toContain(folder);
  });

  it('that is missing or a folder is told', async () => {
    for (const file of [join(folder, 'nowhere.jpg'), folder]) {
      expect(await reader.read(file)).toMatchObject({
        status: 'unreadable',
        error: { code: 'image-unreadable' },
      });
    }
  });
});
