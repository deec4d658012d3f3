// How much waits in a closed store: said before the first sign-in, two numbers and nothing else, nothing where in doubt.
import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it, vi } from 'vitest';
import { readWaiting } from '../../electron/db/waiting.ts';
import {
  draftOf,
  OFFICER,
  openAgain,
  openApp,
  openReady,
  refer,
  temporaryFolder,
  TODAY,
} from './fixtures.ts';

vi.setConfig({ testTimeout: 30_000 });

const TIMES = { lookMs: 25, settleMs: 60, giveUpMs: 250 };
const WAIT = { timeout: 20_000, interval: 15 };

const pathOf = (folder: string): string => join(folder, 'station.waiting');
const textOf = (folder: string): string => readFileSync(pathOf(folder), 'utf8');

/** What a start on this folder says while nobody has signed in. */
async function saidAt(folder: string): Promise<unknown> {
  const app = await openApp({ dataFolder: folder });
  const { phase, waiting } = await app.ask('vault.state', {});
  expect(phase).toBe('sealed');
  await app.close();
  return waiting;
}

describe('a closed store', () => {
  it('says how many examinations and scans wait, and only then', async () => {
    const app = await openReady({ watchTimes: TIMES });
    const scans = join(temporaryFolder(), 'scans');
    mkdirSync(scans);
    await app.ask('scans.watch', { folder: scans, afterwards: 'keep' });
    const own = draftOf((await app.image()).id);
    await app.ask('draft.save', own);
    await app.ask('draft.save', draftOf());
    for (const [at, grey] of [80, 90, 120].entries()) {
      const pixels = Buffer.alloc(48 * 32 * 3, grey);
      const picture = sharp(pixels, { raw: { width: 48, height: 32, channels: 3 } }).png();
      writeFileSync(join(scans, `${at}.png`), await picture.toBuffer());
    }
    await expect.poll(() => readWaiting(app.folder), WAIT).toEqual({ drafts: 2, scans: 3 });
    expect(await app.ask('vault.state', {})).toMatchObject({ phase: 'open', waiting: null });
    expect(await app.ask('vault.lock', {})).toMatchObject({ phase: 'locked', waiting: null });
    // As a kill leaves it.
    const copy = join(temporaryFolder(), 'copy');
    cpSync(app.folder, copy, { recursive: true });
    expect(await saidAt(copy)).toEqual({ drafts: 2, scans: 3 });
    await app.signIn(OFFICER);
    await app.ask('examination.save', { ...own, judgedOn: TODAY, decision: refer() });
    await app.ask('scans.drop', {});
    // At the end of a sitting at the latest.
    await app.ask('vault.lock', {});
    expect(readWaiting(app.folder)).toEqual({ drafts: 1, scans: 0 });
    await app.close();
    expect(await saidAt(app.folder)).toEqual({ drafts: 1, scans: 0 });
    expect(app.faults).toEqual([]);
  });

  it('says two numbers and nothing else, in a file of its owner that is left alone while they stay', async () => {
    const app = await openReady();
    const drafts = [draftOf(), draftOf()];
    for (const draft of drafts) await app.ask('draft.save', draft);
    await app.close();
    expect(textOf(app.folder)).toMatch(/^\{"drafts":2,"scans":0\}\n$/u);
    expect(statSync(pathOf(app.folder)).mode & 0o777).toBe(0o600);
    const time = statSync(pathOf(app.folder)).mtimeMs;
    const later = await openAgain(app.folder);
    for (const draft of drafts) await later.ask('draft.save', draft);
    await later.ask('vault.lock', {});
    await later.close();
    expect(statSync(pathOf(app.folder)).mtimeMs).toBe(time);
  });

  it('is written down as it is closed, though nothing was asked since', async () => {
    const app = await openReady();
    const draft = draftOf();
    await app.ask('draft.save', draft);
    await app.close();
    expect(readWaiting(app.folder)).toEqual({ drafts: 1, scans: 0 });
    const later = await openAgain(app.folder);
    await later.ask('draft.discard', { id: draft.id });
    await later.close();
    expect(readWaiting(app.folder)).toEqual({ drafts: 0, scans: 0 });
  });

  it('writes nothing beside another store that was put in its place', async () => {
    const [app, other] = [await openReady(), await openReady()];
    await other.ask('draft.save', draftOf());
    await other.close();
    await app.ask('draft.save', draftOf());
    await app.ask('draft.save', draftOf());
    renameSync(app.folder, `${app.folder}-moved`);
    cpSync(other.folder, app.folder, { recursive: true });
    await app.close();
    expect(readWaiting(app.folder)).toEqual({ drafts: 1, scans: 0 });
    rmSync(`${app.folder}-moved`, { recursive: true });
  });

  it.each([
    ['is missing', null],
    ['is empty', ''],
    ['was torn off', '{"drafts":2,"sca'],
    ['holds more than the numbers', '{"drafts":1,"scans":0,"name":"ERIKSSON"}'],
    ['holds a text', '{"drafts":"ERIKSSON","scans":0}'],
    ['holds no whole number', '{"drafts":1.5,"scans":-1}'],
    ['is long', `{"drafts":1,"scans":0}${' '.repeat(200)}`],
  ])('says nothing where the file %s, and opens', async (_name, text) => {
    const app = await openReady();
    await app.ask('draft.save', draftOf());
    await app.close();
    if (text === null) rmSync(pathOf(app.folder));
    else writeFileSync(pathOf(app.folder), text);
    expect(await saidAt(app.folder)).toBeNull();
    const later = await openAgain(app.folder);
    // It is put right by whoever opens the store.
    expect(readWaiting(app.folder)).toEqual({ drafts: 1, scans: 0 });
    expect(later.failure).toBeNull();
  });
});
