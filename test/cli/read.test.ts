// `read`: one object a file in order, whatever the file is; nothing hangs, the next good picture reads.
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { drawSpecimenById, SPECIMEN_SET } from '../../shared/specimen/set.ts';
import { MAX_IMAGE_BYTES } from '../../shared/contract/images.ts';
import { runCli } from './run-cli.ts';

const KEYS = ['file', 'status', 'format', 'lines', 'confidence', 'lowConfidence', 'fields', 'checkDigits'];
let folder: string;
let lines: readonly string[];
const at = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cli-read-'));
  const id = SPECIMEN_SET[0]?.id ?? '';
  const { specimen, photo } = drawSpecimenById(id, '2026-11-22');
  lines = specimen.lines;
  const { data, width, height } = photo;
  const jpeg = await sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 85 })
    .toBuffer();
  writeFileSync(at('good.jpg'), jpeg);
  writeFileSync(at('cut.jpg'), jpeg.subarray(0, jpeg.length >> 1));
  const white = sharp({ create: { width: 640, height: 480, channels: 3, background: 'white' } });
  writeFileSync(at('blank.png'), await white.png().toBuffer());
  writeFileSync(at('empty.jpg'), '');
  writeFileSync(at('text.jpg'), 'This is text.\n');
  writeFileSync(at('scan.pdf'), '%PDF-1.7\nnothing more\n');
  writeFileSync(at('mirrored.jpg'), await sharp(jpeg).flop().jpeg().toBuffer());
  writeFileSync(
    at('drawing.svg'),
    '<svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9"/></svg>',
  );
  writeFileSync(at('huge.jpg'), '');
  truncateSync(at('huge.jpg'), MAX_IMAGE_BYTES + 1);
  mkdirSync(at('folder'));
  symlinkSync(at('loop'), at('loop'));
  if (process.platform !== 'win32') execFileSync('mkfifo', [at('pipe')]);
  writeFileSync(at('locked.jpg'), jpeg);
  chmodSync(at('locked.jpg'), 0o000);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a picture gives its lines, fields, digits and findings; one without a zone says so; both exit 0', async () => {
  const { code, rows, stderr } = await runCli(['read', '--json', at('good.jpg'), at('blank.png')]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const [good, blank] = rows();
  expect(Object.keys(good ?? {})).toEqual(
    expect.arrayContaining([...KEYS, 'corrections', 'findings', 'timing']),
  );
  expect(good).toMatchObject({ file: at('good.jpg'), status: 'read', format: 'TD3', lines });
  expect(good?.['checkDigits']).toMatchObject({ number: 'holds', composite: 'holds' });
  expect(Object.keys(good?.['timing'] as object)).toEqual(['totalMs', 'decodeMs', 'locateMs', 'recogniseMs']);
  expect(blank).toMatchObject({
    file: at('blank.png'),
    status: 'not-found',
    outOfTime: false,
    format: null,
    lines: [],
    findings: [],
  });
});

const REFUSED: [name: string, code: string][] = [
  ['empty.jpg', 'image-empty'],
  ['text.jpg', 'image-not-supported'],
  ['drawing.svg', 'image-not-supported'],
  ['scan.pdf', 'pdf-in-window'],
  ['cut.jpg', 'image-damaged'],
  ['huge.jpg', 'image-too-large'],
  ['folder', 'image-unreadable'],
  ['loop', 'image-unreadable'],
  ['missing.jpg', 'image-unreadable'],
  ...(process.platform === 'win32' ? [] : [['pipe', 'image-unreadable'] as [string, string]]),
  // Root may open what its owner closed.
  ...(process.getuid?.() === 0 ? [] : [['locked.jpg', 'image-unreadable'] as [string, string]]),
];

test('what is no picture is told file by file, in order; the good one after each still reads; exit 1', async () => {
  const files = REFUSED.flatMap(([name]) => [at(name), at('good.jpg')]);
  const { code, rows, stderr } = await runCli(['read', '--json', ...files]);
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  const answers = rows();
  expect(answers.map((row) => row['file'])).toEqual(files);
  REFUSED.forEach(([name, reason], i) => {
    const refused = answers[2 * i];
    expect(refused, name).toMatchObject({ status: 'unreadable', error: { code: reason }, lines: [] });
    expect(refused?.['error'], name).toMatchObject({ message: expect.stringMatching(/\.$/) });
    expect(answers[2 * i + 1], `after ${name}`).toMatchObject({ status: 'read', lines });
  });
});

test('a pattern that the shell left alone is filled in; one that fits nothing is a missing file', async () => {
  const { code, rows } = await runCli(['read', '--json', at('{blank,empty}.*'), at('*.bmp')]);
  expect(code).toBe(1);
  const seen = rows().map((row) => [row['file'], row['status']]);
  expect(seen).toEqual([
    [at('blank.png'), 'not-found'],
    [at('empty.jpg'), 'unreadable'],
    [at('*.bmp'), 'unreadable'],
  ]);
});

test('a file whose name looks like a pattern is taken as it is', async () => {
  writeFileSync(at('odd[1].jpg'), '');
  const { rows } = await runCli(['read', '--json', at('odd[1].jpg')]);
  expect(rows()).toMatchObject([{ file: at('odd[1].jpg'), error: { code: 'image-empty' } }]);
});

test('a time that is too short ends in an answer, and soon', async () => {
  const begun = performance.now();
  const { rows } = await runCli(['read', '--json', '--timeout-ms', '1', at('good.jpg')]);
  expect(rows()).toHaveLength(1);
  expect(rows()[0]?.['status']).not.toBe('read');
  expect(performance.now() - begun).toBeLessThan(10_000);
});

test('without --json it is text for people', async () => {
  const { stdout } = await runCli(['read', at('good.jpg'), at('text.jpg'), at('blank.png')]);
  expect(stdout).toContain(lines.map((line) => `    ${line}\n`).join(''));
  expect(stdout).toContain('Automatic checks done: nothing to look at');
  expect(stdout).toContain('This is not a JPEG');
  expect(stdout).toContain('No machine readable zone was found.');
});

test('a mirrored picture gives its lines the right way round and says that it is mirrored', async () => {
  const { code, rows } = await runCli([
    'read',
    '--json',
    at('mirrored.jpg'),
    at('good.jpg'),
    at('blank.png'),
  ]);
  expect(code).toBe(0);
  expect(rows()).toMatchObject([
    { status: 'read', lines, mirrored: true },
    { status: 'read', lines, mirrored: false },
    { status: 'not-found', mirrored: false },
  ]);
  const told = await runCli(['read', at('mirrored.jpg')]);
  expect(told.stdout).toContain('The picture shows this document mirrored.');
});
