// The folder of an agency that is large, hostile or away: nobody waits for it, and what was read stays in force.
import { execFileSync } from 'node:child_process';
import {
  closeSync,
  constants,
  existsSync,
  openSync,
  open,
  symlinkSync,
  writeFileSync,
  mkdirSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { createProcedureService, type ProcedureService } from '../../electron/services/procedures.ts';
import { folder, PROCEDURE } from './shipped.ts';

const TYPE = {
  id: 'own',
  kinds: ['passport_ord'],
  issuers: ['RUR'],
  formats: ['TD3'],
  form: 'booklet',
  layouts: [],
  features: ['OVD.kine'],
  quick: [],
  general: false,
};
const PACK = { id: 'own', version: '1', types: [TYPE], words: { en: { 'type.own': 'Own' } } };
const VERSION = 'countercheck-2026.1';

let packs: string;
let service: ProcedureService;
let heard: number;

const put = (name: string, content: string): void => writeFileSync(join(packs, name), content);
const told = async (): Promise<string[]> =>
  (await service.get()).problems.map(({ file, code }) => `${file} ${code}`);

beforeEach(() => {
  const data = folder();
  packs = join(data, 'procedures');
  mkdirSync(packs);
  heard = 0;
  service = createProcedureService({ dataFolder: data, emit: () => (heard += 1) });
});

/** As a share that is away: every file of this process waits until `free` is called. */
function holdUpFiles(): () => void {
  const pipes = Array.from({ length: 4 }, (_, index) => join(folder(), `pipe-${index}`));
  for (const pipe of pipes) {
    execFileSync('mkfifo', [pipe]);
    open(pipe, 'r', (error, file) => (error === null ? closeSync(file) : undefined));
  }
  return () => {
    for (const pipe of pipes) closeSync(openSync(pipe, constants.O_WRONLY | constants.O_NONBLOCK));
  };
}

test('a folder that does not answer is told and not waited for; what was read from it stays in force', async () => {
  put('own.procedure.json', JSON.stringify(PACK));
  expect(await told()).toEqual([]);
  const free = holdUpFiles();
  const began = performance.now();
  const asked = service.get();
  expect(service.current().types[0]?.id).toBe('own');
  expect(service.stamp().version).toBe(`${VERSION} + own-1`);
  expect(performance.now() - began).toBeLessThan(500);
  const { problems, version } = await asked;
  expect([problems, version]).toEqual([
    [{ file: 'procedures', code: 'folder', at: '' }],
    `${VERSION} + own-1`,
  ]);
  expect(heard).toBe(1);
  free();
  expect(await told()).toEqual([]);
  expect(heard).toBe(2);
});

test('that it does not answer is told without anybody asking for it', async () => {
  const free = holdUpFiles();
  service.current();
  const codes = (): string[] => service.known().problems.map(({ code }) => code);
  expect(codes()).toEqual([]);
  await expect.poll(codes, { timeout: 10_000 }).toEqual(['folder']);
  expect(heard).toBe(1);
  free();
  await expect.poll(codes, { timeout: 10_000 }).toEqual([]);
});

test('before the first look, and while there is none, what the product brings is in force', () => {
  put('own.procedure.json', JSON.stringify(PACK));
  expect(service.current()).toEqual(PROCEDURE);
  expect(service.stamp().version).toBe(VERSION);
});

test('of thousands of other files the station sees as many as it looks through, and says so', async () => {
  for (let index = 0; index < 2_001; index += 1) put(`scan-${index}.txt`, '');
  expect(await told()).toEqual(['procedures too-many']);
});

test('many large files are read up to a bound, the others are told', async () => {
  const words = Object.fromEntries(
    Array.from({ length: 3200 }, (_, index) => [`type.own.at.X${index}`, 'x'.repeat(290)]),
  );
  const large = JSON.stringify({ ...PACK, words: { en: words } });
  expect(large.length).toBeGreaterThan(950_000);
  for (let index = 0; index < 12; index += 1) put(`${String(index).padStart(2, '0')}.procedure.json`, large);
  const files = (await told()).filter((each) => each.endsWith('too-many'));
  expect(files).toEqual(['08', '09', '10', '11'].map((name) => `${name}.procedure.json too-many`));
});

test('a pipe, a device and a file that tells no size hold nobody up', async () => {
  execFileSync('mkfifo', [join(packs, 'a.procedure.json')]);
  symlinkSync('/dev/zero', join(packs, 'b.procedure.json'));
  const expected = ['a.procedure.json unreadable', 'b.procedure.json unreadable'];
  if (existsSync('/proc/kallsyms')) {
    symlinkSync('/proc/kallsyms', join(packs, 'c.procedure.json'));
    expected.push('c.procedure.json too-large');
  }
  expect(await told()).toEqual(expected);
});

test('a folder that is a file is no folder of an agency', async () => {
  const data = folder();
  writeFileSync(join(data, 'procedures'), '');
  const own = createProcedureService({ dataFolder: data, emit: () => (heard += 1) });
  expect((await own.get()).problems).toEqual([]);
});
