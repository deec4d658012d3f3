// Procedures at a station that runs: who may ask, what a broken file of the agency tells, and what it stops.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import {
  ADMINISTRATOR,
  databaseOf,
  draftOf,
  OFFICER,
  openReady,
  refer,
  TODAY,
} from '../electron/fixtures.ts';

vi.setConfig({ testTimeout: 60_000 });

test('whoever is signed in may ask, nobody else', async () => {
  const app = await openReady();
  expect((await app.ask('procedure.get', {})).procedure.items).toHaveLength(37);
  await app.signIn(ADMINISTRATOR);
  expect((await app.ask('procedure.get', {})).problems).toEqual([]);
  await app.ask('vault.lock', {});
  expect(await app.codeOf('procedure.get', {})).toBe('signed-out');
  await app.close();
});

test('a broken file is told as the station’s health, stops nobody, and is over once it is gone', async () => {
  const app = await openReady({ health: { lookMs: 5 } });
  const told = (): number => app.events.filter((event) => event === 'health.changed').length;
  const before = told();
  const warnings = async (): Promise<string[]> => (await app.ask('health.state', {})).warnings;
  expect(await warnings()).not.toContain('procedure-files');
  const path = join(app.folder, 'procedures', 'agency.procedure.json');
  mkdirSync(join(app.folder, 'procedures'));
  writeFileSync(path, '{');
  await expect.poll(told, { timeout: 20_000 }).toBeGreaterThan(before);
  expect(await warnings()).toContain('procedure-files');
  expect((await app.ask('procedure.get', {})).problems).toEqual([
    { file: 'agency.procedure.json', code: 'not-json', at: '' },
  ]);
  await app.signIn(OFFICER);
  const saved = await app.ask('examination.save', { ...draftOf(), judgedOn: TODAY, decision: refer() });
  expect(saved.recorded).toBe(true);
  rmSync(path);
  await expect.poll(warnings, { timeout: 20_000 }).not.toContain('procedure-files');
  expect(app.faults).toEqual([]);
  await app.close();
});

test('a record keeps which procedure it followed, of each version, and can never have another', async () => {
  const app = await openReady();
  const save = async (): Promise<string> => {
    const draft = draftOf();
    await app.ask('examination.save', { ...draft, judgedOn: TODAY, decision: refer() });
    return draft.id;
  };
  const first = await save();
  const before = await app.ask('procedure.get', {});
  mkdirSync(join(app.folder, 'procedures'));
  const type = { ...before.procedure.types[0], id: 'own', issuers: ['UTO'], quick: [] };
  const pack = { id: 'own', version: '7', types: [type], words: { en: { 'type.own': 'Own' } } };
  writeFileSync(join(app.folder, 'procedures', 'own.procedure.json'), JSON.stringify(pack));
  const after = await app.ask('procedure.get', {});
  const [second, third] = [await save(), await save()];
  const kept = async (id: string) => (await app.ask('history.open', { id })).procedure;
  expect(await kept(first)).toEqual({ version: 'countercheck-2026.1', sha256: before.sha256 });
  expect(await kept(second)).toEqual({ version: 'countercheck-2026.1 + own-7', sha256: after.sha256 });
  expect(await kept(third)).toEqual(await kept(second));
  await app.close();
  const db = await databaseOf(app.folder);
  expect(db.prepare('SELECT count(*) FROM procedure_version').pluck().get()).toBe(2);
  for (const sql of [
    'UPDATE examination SET procedure = NULL',
    'UPDATE examination SET procedure = 1',
    "UPDATE procedure_version SET version = 'x'",
    'DELETE FROM procedure_version',
  ])
    expect(() => db.exec(sql), sql).toThrow('append-only');
  db.close();
});
