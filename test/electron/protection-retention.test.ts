// Protection outlives no record: old entries are emptied at a start, silently, once their record was erased.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openProtection } from '../../electron/db/protection-file.ts';
import { deriveKey } from '../../electron/keys.ts';
import { dataKeyOf, draftOf, newId, openAgain, openReady, refer, TODAY } from './fixtures.ts';

const DAY_MS = 24 * 60 * 60_000;
/** Longer than the longest rule. */
const YEARS_MS = 1200 * DAY_MS;

interface Entry {
  id: string;
  examination_id: string;
  signs: string;
  note: string;
}

async function entriesOf(folder: string): Promise<Entry[]> {
  const key = deriveKey(await dataKeyOf(folder), 'protection');
  const db = openProtection(folder, key, () => new Date());
  const rows = db
    .prepare<[], Entry>('SELECT id, examination_id, signs, note FROM protection ORDER BY rowid')
    .all();
  expect(() => db.exec(`UPDATE protection SET note = 'other'`)).toThrow('append-only');
  expect(() => db.exec('DELETE FROM protection')).toThrow('append-only');
  db.close();
  return rows;
}

const looks = (folder: string) =>
  readdirSync(folder)
    .filter((name) => name.startsWith('protection'))
    .map((name) => {
      const { size, mtimeMs } = statSync(join(folder, name));
      return [name, size, mtimeMs];
    });

describe('entries of protection', () => {
  it('are emptied when their record is erased and no rule keeps one any longer, and nothing outside changes', async () => {
    const app = await openReady();
    const ids: string[] = [];
    for (const note of ['first note', 'second note']) {
      const draft = draftOf();
      const id = newId();
      await app.ask('protection.record', { id, examinationId: draft.id, signs: ['VT.01'], note });
      await app.ask('examination.save', { ...draft, judgedOn: TODAY, decision: refer() });
      ids.push(id);
      if (note === 'second note')
        await app.ask('hold.set', { id: newId(), examinationId: draft.id, reason: 'court' });
    }
    await app.close();
    const before = looks(app.folder);
    const young = await openAgain(app.folder, { now: () => new Date(Date.now() + 1000 * DAY_MS) });
    await young.close();
    expect((await entriesOf(app.folder)).map(({ note }) => note)).toEqual(['first note', 'second note']);

    // A clock set to another year takes nothing of a record that nobody has erased.
    const future = { now: () => new Date(Date.now() + YEARS_MS) };
    const later = await openAgain(app.folder, future);
    await later.close();
    expect((await entriesOf(app.folder)).map(({ note }) => note)).toEqual(['first note', 'second note']);

    const last = await openAgain(app.folder, future);
    const { at, digest } = await last.ask('retention.preview', {});
    expect(await last.ask('retention.run', { at, digest })).toMatchObject({ erased: 1 });
    await last.close();
    const after = await openAgain(app.folder, future);
    expect(await after.ask('audit.verify', {})).toMatchObject({ ok: true });
    await after.close();
    const [first, second] = await entriesOf(app.folder);
    expect(first).toEqual({ id: ids[0], examination_id: '', signs: '[]', note: '' });
    expect(second).toMatchObject({ id: ids[1], signs: '["VT.01"]', note: 'second note' });
    expect(looks(app.folder)).toEqual(before);
    for (const name of readdirSync(app.folder)) {
      const path = join(app.folder, name);
      if (statSync(path).isFile()) expect(readFileSync(path).includes('first note'), name).toBe(false);
    }
    expect([...later.faults, ...last.faults, ...after.faults]).toEqual([]);
  });
});
