// Refused sign-ins in the audit chain: at once, or with the next opening; each once, and never what was typed.
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { digestOf } from '../../electron/db/audit.ts';
import { refusalsBetween } from '../../electron/db/refusals.ts';
import { readKeyFile, writeKeyFile } from '../../electron/vault/key-file.ts';
import {
  ADMINISTRATOR,
  databaseOf,
  newDatabase,
  newId,
  OFFICER,
  openAgain,
  openApp,
  setupOf,
  temporaryFolder,
  type TestApp,
  TODAY,
} from './fixtures.ts';

const WRONG = '000111';
const SECOND = {
  id: newId(),
  name: 'B. Second',
  role: 'officer' as const,
  signInName: 'second',
  secret: 'for the second shift',
};

interface Entry {
  action: string;
  subject: string;
  officer: string | null;
  digest: string;
}

/** A new station with the administrator at its window, and the words of its recovery key. */
async function begun(): Promise<{ app: TestApp; recoveryKey: string }> {
  const app = await openApp();
  const { recoveryKey } = await app.ask('station.setup', setupOf());
  return { app, recoveryKey };
}

/** Of a closed station. */
async function entriesOf({
  folder,
}: TestApp): Promise<{ refused: Entry[]; actions: string[]; station: string }> {
  const db = await databaseOf(folder);
  const entries = db
    .prepare<[], Entry>(
      'SELECT action, subject_id AS subject, officer_id AS officer, digest FROM audit ORDER BY seq',
    )
    .all();
  const station = db.prepare<[], string>('SELECT id FROM station').pluck().get() ?? '';
  db.close();
  const refused = entries.filter(({ action }) => /refused$|locked-out$/u.test(action));
  return { refused, actions: entries.map(({ action }) => action), station };
}

const entry = (action: string, subject: string, content: unknown): Entry => ({
  action,
  subject,
  officer: null,
  digest: digestOf(content),
});

const tries = async (app: TestApp, name: string, number: number): Promise<void> => {
  for (let i = 0; i < number; i += 1) await app.codeOf('vault.sign-in', { name, secret: WRONG });
};

describe('a refusal', () => {
  it('of a day is found among a million entries by an index of its own', () => {
    const db = newDatabase(temporaryFolder());
    const asked: string[] = [];
    const prepare = db.prepare.bind(db);
    db.prepare = ((sql: string) => {
      asked.push(sql);
      return prepare(sql);
    }) as typeof db.prepare;
    refusalsBetween(db, '2000', '3000');
    const plan = prepare<[string, string], { detail: string }>(`EXPLAIN QUERY PLAN ${asked[0]}`);
    expect(plan.all('2000', '3000').map(({ detail }) => detail)).toEqual([
      expect.stringContaining('audit_refused'),
    ]);
    db.close();
  });

  it('while the key is in memory is entered at once', async () => {
    const { app } = await begun();
    const { recoveryKey: foreign } = await begun();
    await tries(app, OFFICER.signInName, 1);
    const db = await databaseOf(app.folder);
    const count = (): number => refusalsBetween(db, '2000', '3000').length;
    expect(count()).toBe(1);
    await app.ask('vault.lock', {});
    await tries(app, 'nobody of ours', 1);
    expect(count()).toBe(2);
    expect(await app.codeOf('vault.recover', { recoveryKey: foreign, administrator: SECOND })).toBe(
      'recovery-wrong',
    );
    // Of what nobody's name stands for once a minute, and before the next sitting.
    expect(count()).toBe(2);
    // One that its check characters refuse was not tried.
    await app.codeOf('vault.recover', { recoveryKey: 'not a key', administrator: SECOND });
    await app.signIn(OFFICER);
    // Waiting is no try, and a right secret no refusal.
    expect(count()).toBe(3);
    expect(await app.codeOf('vault.change-secret', { secret: WRONG, newSecret: '730162' })).toBe(
      'sign-in-wrong',
    );
    expect(count()).toBe(4);
    expect(app.verifyAudit()).toMatchObject({ ok: true });
    db.close();
    await app.close();
    const { refused, station } = await entriesOf(app);
    expect(refused).toEqual([
      entry('secret.refused', OFFICER.id, [OFFICER.id, 1]),
      entry('secret.refused', station, [null, 1]),
      entry('recovery-key.refused', station, [null, 1]),
      entry('secret.refused', OFFICER.id, [OFFICER.id, 1]),
    ]);
  });

  it('of a closed store is entered with the next opening, once, before whoever opened it', async () => {
    const { app, recoveryKey } = await begun();
    const { recoveryKey: foreign } = await begun();
    await app.close();
    const sealed = await openApp({ dataFolder: app.folder });
    await tries(sealed, OFFICER.signInName, 2);
    await tries(sealed, 'nobody of ours', 2);
    await tries(sealed, 'nobody either', 1);
    await sealed.codeOf('vault.recover', { recoveryKey: foreign, administrator: SECOND });
    await sealed.close();
    const next = await openApp({ dataFolder: app.folder });
    await tries(next, OFFICER.signInName, 1);
    // The right recovery key with an officer's name: nobody signs in, and it is told at once.
    const administrator = { ...ADMINISTRATOR, id: newId(), signInName: OFFICER.signInName };
    expect(await next.codeOf('vault.recover', { recoveryKey, administrator })).toBe('name-taken');
    await next.close();
    for (let start = 0; start < 2; start += 1) {
      const later = await openAgain(app.folder);
      expect(later.verifyAudit()).toMatchObject({ ok: true });
      await later.close();
    }
    const { refused, actions, station } = await entriesOf(app);
    expect(refused).toEqual([
      entry('secret.refused', OFFICER.id, [OFFICER.id, 3]),
      entry('secret.refused', station, [null, 3]),
      entry('recovery-key.refused', station, [null, 1]),
      entry('recovery-key.refused', station, [null, 1]),
    ]);
    expect(actions.lastIndexOf('recovery-key.refused')).toBeLessThan(
      actions.lastIndexOf('officer.signed-in'),
    );
  });

  it('again and again of what nothing locks makes few entries, and no number is lost', async () => {
    const { app } = await begun();
    const { recoveryKey: foreign } = await begun();
    await app.ask('vault.lock', {});
    for (let i = 0; i < 12; i += 1) {
      await app.codeOf('vault.recover', { recoveryKey: foreign, administrator: SECOND });
      await tries(app, `nobody ${i}`, 1);
    }
    await app.close();
    const { refused, station } = await entriesOf(app);
    expect(refused).toEqual([
      entry('recovery-key.refused', station, [null, 1]),
      entry('secret.refused', station, [null, 12]),
      entry('recovery-key.refused', station, [null, 11]),
    ]);
  });

  it('that closes a name says so, and the log of the day counts the entries', async () => {
    let time = Date.now();
    const now = (): Date => new Date(time);
    const { app } = await begun();
    await app.close();
    const sealed = await openApp({ dataFolder: app.folder, now });
    for (let i = 0; i < 12; i += 1) {
      await tries(sealed, ADMINISTRATOR.signInName, 1);
      time += 61_000;
    }
    await sealed.signIn(OFFICER);
    await sealed.ask('people.release', { id: ADMINISTRATOR.id });
    await tries(sealed, ADMINISTRATOR.signInName, 1);
    const { day, refused } = await sealed.ask('audit.day-log', {});
    expect(refused).toEqual({ signIns: 2, lockOuts: 1, recoveries: 0 });
    expect((await sealed.ask('audit.day-log', { day: '2020-01-01' })).refused).toEqual({
      signIns: 0,
      lockOuts: 0,
      recoveries: 0,
    });
    expect(day >= TODAY).toBe(true);
    await sealed.close();
    expect((await entriesOf(app)).refused).toEqual([
      entry('secret.refused', ADMINISTRATOR.id, [ADMINISTRATOR.id, 10]),
      entry('officer.locked-out', ADMINISTRATOR.id, [ADMINISTRATOR.id, 1]),
      entry('secret.refused', ADMINISTRATOR.id, [ADMINISTRATOR.id, 1]),
    ]);
  });

  it('is told though a right or a new secret came after it', async () => {
    const { app } = await begun();
    await app.ask('people.save', SECOND);
    await app.close();
    const sealed = await openApp({ dataFolder: app.folder });
    await tries(sealed, SECOND.signInName, 2);
    await sealed.ask('vault.sign-in', { name: SECOND.signInName, secret: SECOND.secret });
    await tries(sealed, SECOND.signInName, 1);
    await sealed.signIn(ADMINISTRATOR);
    await sealed.ask('people.new-secret', { id: SECOND.id, secret: 'another one for the shift' });
    await tries(sealed, SECOND.signInName, 1);
    await sealed.close();
    const told = (number: number): Entry => entry('secret.refused', SECOND.id, [SECOND.id, number]);
    expect((await entriesOf(app)).refused).toEqual([told(2), told(1), told(1)]);
  });

  it('of somebody who left and put an old key file back is told', async () => {
    const { app } = await begun();
    await app.ask('people.save', SECOND);
    await app.close();
    const path = join(app.folder, 'station.keys');
    copyFileSync(path, `${path}.old`);
    const later = await openAgain(app.folder);
    await later.signIn(ADMINISTRATOR);
    await later.ask('people.leave', { id: SECOND.id });
    await later.close();
    copyFileSync(`${path}.old`, path);
    const sealed = await openApp({ dataFolder: app.folder });
    const { signInName: name, secret } = SECOND;
    expect(await sealed.codeOf('vault.sign-in', { name, secret })).toBe('sign-in-wrong');
    await sealed.close();
    expect((await entriesOf(app)).refused).toEqual([entry('secret.refused', SECOND.id, [SECOND.id, 1])]);
  });

  it('goes on being told where an older key file, with lower counts, was put back', async () => {
    const { app } = await begun();
    await tries(app, OFFICER.signInName, 3);
    await app.close();
    const path = join(app.folder, 'station.keys');
    const { people, ...rest } = readKeyFile(path);
    writeKeyFile(path, { ...rest, people: people.map((holder) => ({ ...holder, refused: 0, failures: 0 })) });
    const later = await openAgain(app.folder);
    await tries(later, ADMINISTRATOR.signInName, 1);
    await tries(later, OFFICER.signInName, 1);
    await later.close();
    expect((await entriesOf(app)).refused.map(({ subject }) => subject)).toEqual([
      OFFICER.id,
      OFFICER.id,
      OFFICER.id,
      ADMINISTRATOR.id,
      OFFICER.id,
    ]);
  });
});
