// What a guess at a secret costs, held against the database: whoever can write to the key file alone makes nothing cheap.
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadGuessCost } from '../../electron/db/station.ts';
import { isCheaper, type Kdf } from '../../electron/vault/kdf.ts';
import { type KeyFile, readKeyFile, writeKeyFile } from '../../electron/vault/key-file.ts';
import { openKeyring } from '../../electron/vault/keyring.ts';
import { lockWith } from '../../electron/vault/locks.ts';
import {
  ADMINISTRATOR,
  CHEAP,
  databaseOf,
  newId,
  OFFICER,
  openAgain,
  openApp,
  setupOf,
  type TestApp,
} from './fixtures.ts';

const COST: Kdf = { N: 1024, r: 8, p: 2 };
const OWN = { id: newId(), name: 'R. Found', signInName: 'found', secret: 'a printed sheet of paper' };

const pathOf = (folder: string): string => join(folder, 'station.keys');
const keysOf = ({ folder }: TestApp): KeyFile => readKeyFile(pathOf(folder));
const costsOf = (app: TestApp): Kdf[] => [keysOf(app).kdf, ...keysOf(app).people.map(({ kdf }) => kdf)];
const warningsOf = async (app: TestApp) => (await app.ask('health.state', {})).warnings;

/** A closed station, and the words of its recovery key. */
async function closed(): Promise<{ folder: string; recoveryKey: string }> {
  const app = await openApp({ kdf: COST });
  const { recoveryKey } = await app.ask('station.setup', setupOf());
  expect(costsOf(app)).toEqual([COST, COST, COST]);
  await app.close();
  return { folder: app.folder, recoveryKey };
}

/** What somebody with tools of their own and one secret can do: closes that person's key at next to no cost. */
async function weaken(folder: string, { id, secret }: typeof OFFICER | typeof ADMINISTRATOR): Promise<void> {
  const keyring = openKeyring(pathOf(folder), null);
  const { privateKey } = await keyring.signIn({ officerId: id }, secret, new Date());
  const lock = await lockWith(privateKey, secret, CHEAP, null);
  const content = keyring.content();
  const people = content.people.map((holder) => (holder.id === id ? { ...holder, ...lock } : holder));
  writeKeyFile(pathOf(folder), { ...content, people });
}

/** And to all who set a secret from then on. */
function lower(folder: string): void {
  writeKeyFile(pathOf(folder), { ...readKeyFile(pathOf(folder)), kdf: CHEAP });
}

async function entriesOf(folder: string): Promise<number> {
  const db = await databaseOf(folder);
  const sql = "SELECT count(*) FROM audit WHERE action = 'guess-cost.restored'";
  const count = db.prepare<[], number>(sql).pluck().get() ?? 0;
  db.close();
  return count;
}

describe('the cost of a guess', () => {
  it.each<[Kdf, boolean]>([
    [{ N: 1024, r: 8, p: 2 }, false],
    [{ N: 1024, r: 8, p: 3 }, false],
    [{ N: 1024, r: 8, p: 1 }, true],
    [{ N: 512, r: 8, p: 16 }, true],
    [{ N: 2048, r: 2, p: 16 }, true],
    [{ N: 2048, r: 8, p: 1 }, false],
  ])('%j is cheaper: %s', (kdf, expected) => {
    expect(isCheaper(kdf, COST)).toBe(expected);
  });

  it('that the key file lowers is told, put right, and audited once', async () => {
    const { folder } = await closed();
    await weaken(folder, OFFICER);
    lower(folder);
    const app = await openAgain(folder);
    expect(await warningsOf(app)).toEqual(['guess-cheap']);
    // The officer's as well: whoever signs in is closed anew at once.
    expect(costsOf(app)).toEqual([COST, COST, COST]);
    expect(app.verifyAudit()).toMatchObject({ ok: true });
    await app.signIn(ADMINISTRATOR);
    await app.ask('people.save', { ...OWN, role: 'officer' });
    expect(costsOf(app)).toEqual([COST, COST, COST, COST]);
    await app.close();
    expect(await entriesOf(folder)).toBe(1);
    const later = await openAgain(folder);
    expect(await warningsOf(later)).toEqual([]);
    await later.close();
    expect(await entriesOf(folder)).toBe(1);
  });

  it('of one person alone is told until they have signed in', async () => {
    const { folder } = await closed();
    await weaken(folder, ADMINISTRATOR);
    for (let start = 0; start < 2; start += 1) {
      const app = await openAgain(folder);
      expect(await warningsOf(app)).toEqual(['guess-cheap']);
      await app.close();
    }
    const app = await openApp({ dataFolder: folder });
    await app.signIn(ADMINISTRATOR);
    expect(costsOf(app)).toEqual([COST, COST, COST]);
    await app.close();
    const later = await openAgain(folder);
    expect(await warningsOf(later)).toEqual([]);
  });

  it('holds for a secret that the recovery key sets', async () => {
    const { folder, recoveryKey } = await closed();
    lower(folder);
    const app = await openApp({ dataFolder: folder });
    await app.ask('vault.recover', { recoveryKey, administrator: OWN });
    expect(costsOf(app)).toEqual([COST, COST, COST, COST]);
    expect(await warningsOf(app)).toEqual(['guess-cheap']);
  });

  it('that the file raises without end is put right, and nobody is warned', async () => {
    const { folder } = await closed();
    writeKeyFile(pathOf(folder), { ...readKeyFile(pathOf(folder)), kdf: { ...COST, p: 1_000_000 } });
    const app = await openAgain(folder);
    expect(keysOf(app).kdf).toEqual(COST);
    expect(await warningsOf(app)).toEqual([]);
  });

  it('is taken over from the file by a store of a version that did not keep it', async () => {
    const { folder } = await closed();
    const before = await databaseOf(folder);
    before.exec('UPDATE station SET guess_cost = NULL');
    before.close();
    const app = await openAgain(folder);
    expect(await warningsOf(app)).toEqual([]);
    await app.close();
    const db = await databaseOf(folder);
    expect(loadGuessCost(db)).toEqual(COST);
    db.close();
  });
});
