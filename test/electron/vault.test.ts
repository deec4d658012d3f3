// Signing in: what a secret opens, what a wrong one costs, who is let back in, and what a locked window answers.
import { createHash, scryptSync } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AppOptions } from '../../electron/app.ts';
import { createCore } from '../../electron/core.ts';
import { calibrate, nameTag } from '../../electron/vault/kdf.ts';
import { readKeyFile } from '../../electron/vault/key-file.ts';
import { openKeyring } from '../../electron/vault/keyring.ts';
import {
  ADMINISTRATOR,
  ALL,
  CHEAP,
  databaseOf,
  draftOf,
  newId,
  NO_SHELL,
  OFFICER,
  openAgain,
  openApp,
  openReady,
  refer,
  SETTINGS,
  setupOf,
  type TestApp,
  TODAY,
} from './fixtures.ts';

const NAME = OFFICER.signInName;

/** A station whose clock the test sets. */
async function timed(
  options: Partial<AppOptions> = {},
): Promise<{ app: TestApp; pass: (seconds: number) => void }> {
  let time = Date.parse('2026-11-22T08:00:00.000Z');
  const app = await openApp({ now: () => new Date(time), ...options });
  await app.ask('station.setup', setupOf());
  return { app, pass: (seconds) => void (time += seconds * 1000) };
}

const refusalOf = async (app: TestApp, name: string, secret: string): Promise<unknown> => {
  const reply = await app.call('vault.sign-in', { name, secret });
  return reply.ok ? 'ok' : reply.error;
};

describe('a station', () => {
  it('that is new is set up in one step, and sealed at the next start', async () => {
    const app = await openApp();
    expect(await app.ask('vault.state', {})).toMatchObject({ phase: 'new', session: null, people: [] });
    expect(readdirSync(app.folder).sort()).toEqual(['images', 'station.lock']);
    const { vault, recoveryKey } = await app.ask('station.setup', setupOf());
    expect(recoveryKey).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){12}[0-9A-HJKMNP-TV-Z]{5}$/);
    expect(vault).toMatchObject({
      phase: 'open',
      session: { officerId: ADMINISTRATOR.id, role: 'administrator', mustChange: false },
      idleMinutes: 5,
    });
    expect(await app.codeOf('station.setup', setupOf())).toBe('already-saved');
    await app.close();
    const later = await openApp({ dataFolder: app.folder });
    expect(await later.ask('vault.state', {})).toMatchObject({ phase: 'sealed', session: null, people: [] });
    expect(await later.codeOf('station.state', {})).toBe('signed-out');
    expect(existsSync(join(app.folder, 'station.key'))).toBe(false);
    const entered = await later.ask('vault.sign-in', { name: ' OFFICER ', secret: OFFICER.secret });
    expect(entered).toMatchObject({ phase: 'open', session: { officerId: OFFICER.id, name: OFFICER.name } });
    expect(await later.ask('history.search', ALL)).toMatchObject({ total: 0 });
  });

  it('keeps no name, role or secret in its key file', async () => {
    const { folder } = await openReady();
    const text = readFileSync(join(folder, 'station.keys'), 'utf8');
    const words = [
      OFFICER.name,
      NAME,
      OFFICER.secret,
      'supervisor',
      ADMINISTRATOR.signInName,
      ADMINISTRATOR.name,
    ];
    for (const word of words) expect(text).not.toContain(word);
  });

  it.each([
    ['a short PIN', { secret: '12895' }],
    ['a rising PIN', { secret: '345678' }],
    ['a rising PIN over nine', { secret: '7890123' }],
    ['a falling PIN', { secret: '987654' }],
    ['one digit', { secret: '777777' }],
    ['a repeated PIN', { secret: '121212' }],
    ['a short phrase', { secret: 'port zenda' }],
    ['a repeated phrase', { secret: 'abcabcabcabc' }],
    ['the sign-in name', { signInName: 'administrator', secret: 'Administrator' }],
    ['the sign-in name twice', { signInName: 'keeper', secret: 'keeperKEEPER' }],
  ])('is not set up with %s', async (_name, change) => {
    const app = await openApp();
    const administrator = { ...ADMINISTRATOR, ...change };
    expect(await app.call('station.setup', { ...setupOf(), administrator })).toEqual({
      ok: false,
      error: { code: 'secret-weak', fields: ['secret'] },
    });
    expect(await app.ask('vault.state', {})).toMatchObject({ phase: 'new' });
  });

  it.each(['402917', '19840611', 'the port of zenda', '   spaces count too', 'ßtraße im Hafen'])(
    'is set up with %s',
    async (secret) => {
      const app = await openApp();
      await app.ask('station.setup', { ...setupOf(), administrator: { ...ADMINISTRATOR, secret } });
      await app.ask('vault.lock', {});
      await app.signIn({ id: ADMINISTRATOR.id, secret: secret.normalize('NFD') });
    },
  );
});

describe('a wrong secret', () => {
  it('and a name that nobody has are refused alike, try after try', async () => {
    const { app, pass } = await timed();
    const heard: unknown[][] = [];
    for (let i = 0; i < 11; i += 1) {
      heard.push([await refusalOf(app, NAME, '000111'), await refusalOf(app, 'nobody of ours', '000111')]);
      pass(61);
    }
    for (const [wrong, unknown] of heard) expect(unknown).toEqual(wrong);
    const waits = heard.slice(0, 9).map(([wrong]) => wrong);
    expect(waits).toEqual(
      [0, 0, 0, 2, 4, 8, 16, 32, 60].map((waitSeconds) => ({ code: 'sign-in-wrong', waitSeconds })),
    );
    expect(heard[9]?.[0]).toEqual({ code: 'sign-in-locked' });
    // The right one comes too late.
    expect(await refusalOf(app, NAME, OFFICER.secret)).toEqual({ code: 'sign-in-locked' });
  });

  it('makes everybody wait who tries that name, also after a restart, and also with the right one', async () => {
    const { app, pass } = await timed();
    for (let i = 0; i < 5; i += 1) {
      await refusalOf(app, NAME, '000111');
      pass(5);
    }
    pass(-4);
    expect(await refusalOf(app, NAME, OFFICER.secret)).toEqual({ code: 'sign-in-wait', waitSeconds: 3 });
    await app.close();
    const now = (): Date => new Date('2026-11-22T08:00:22.000Z');
    const later = await openApp({ dataFolder: app.folder, now });
    expect(await refusalOf(later, NAME, OFFICER.secret)).toEqual({ code: 'sign-in-wait', waitSeconds: 2 });
    expect(await refusalOf(later, ADMINISTRATOR.signInName, ADMINISTRATOR.secret)).toBe('ok');
  });

  it('is forgotten by a right one', async () => {
    const { app } = await timed();
    for (let round = 0; round < 4; round += 1) {
      for (let i = 0; i < 3; i += 1) await refusalOf(app, NAME, '000111');
      expect(await refusalOf(app, NAME, OFFICER.secret)).toBe('ok');
    }
  });

  it('counts before it is tried: ten at once are ten', async () => {
    const { app } = await timed();
    const replies = await Promise.all(Array.from({ length: 12 }, () => refusalOf(app, NAME, '000111')));
    const codes = replies.map((reply) => (reply as { code: string }).code);
    expect(codes.slice(0, 4)).toEqual(Array(4).fill('sign-in-wrong'));
    expect(codes.slice(4)).toEqual(Array(8).fill('sign-in-wait'));
  });

  it('makes nobody wait longer because the clock was set back', async () => {
    const { app, pass } = await timed();
    for (let i = 0; i < 4; i += 1) await refusalOf(app, NAME, '000111');
    pass(-86_400);
    expect(await refusalOf(app, NAME, OFFICER.secret)).toEqual({ code: 'sign-in-wait', waitSeconds: 2 });
    pass(2);
    expect(await refusalOf(app, NAME, OFFICER.secret)).toBe('ok');
  });

  it('costs at least 0.4 s of this machine', () => {
    const { N, r, p } = calibrate();
    expect(p).toBeGreaterThanOrEqual(2);
    const before = process.cpuUsage();
    scryptSync('402917', Buffer.alloc(16, 1), 32, { N, r, p, maxmem: 256 * 1024 * 1024 });
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeGreaterThanOrEqual(400);
  }, 120_000);
});

describe('a locked window', () => {
  it('answers nothing of a traveller, and lets anybody of the station in', async () => {
    const app = await openReady();
    const draft = draftOf((await app.image()).id);
    await app.ask('draft.save', draft);
    const [image = ''] = draft.documents.flatMap(({ images }) => images.map(({ id }) => id));
    expect(await app.ask('vault.lock', {})).toMatchObject({
      phase: 'locked',
      session: null,
      people: [{ id: OFFICER.id }, { id: ADMINISTRATOR.id }],
    });
    expect(await app.codeOf('draft.load', {})).toBe('signed-out');
    for (const choice of ['view', { level: 0, x: 0, y: 0 }] as const)
      expect(await app.getImage(image, choice)).toEqual({ ok: false, code: 'signed-out' });
    await app.signIn(OFFICER);
    expect(await app.ask('draft.load', {})).toEqual({ draft, begunBy: null });
  });

  it('locks by itself where no hand was on it, and tells so', async () => {
    const { app, pass } = await timed({ idleCheckMs: 5 });
    await app.signIn(OFFICER);
    pass(240);
    await app.ask('vault.touch', {});
    pass(240);
    // What the window asks by itself is no hand.
    await app.ask('station.state', {});
    await app.ask('history.search', ALL);
    const before = app.events.length;
    pass(61);
    await expect.poll(() => app.events.slice(before)).toContain('vault.changed');
    expect(await app.ask('vault.state', {})).toMatchObject({ phase: 'locked', session: null });
  });

  it('is locked for whoever asks before the clock has looked', async () => {
    const { app, pass } = await timed({ idleCheckMs: 1_000_000 });
    await app.ask('settings.save', { ...SETTINGS, idleMinutes: 30 });
    await app.signIn(OFFICER);
    pass(29 * 60);
    expect(await app.codeOf('scans.state', {})).toBe('ok');
    pass(61);
    expect(await app.codeOf('vault.touch', {})).toBe('signed-out');
    const reply = await app.getImage(newId(), 'view');
    expect(reply).toEqual({ ok: false, code: 'signed-out' });
  });

  it('locks while a backup tells how far it is: the page of backups asks by itself', async () => {
    const { app, pass } = await timed({ idleCheckMs: 1_000_000 });
    pass(240);
    expect(await app.codeOf('backup.state', {})).toBe('ok');
    pass(61);
    expect(await app.codeOf('backup.state', {})).toBe('signed-out');
  });
});

describe('a change of shift', () => {
  it('takes two answers, and the draft is met as it was left: taken over, or left for whoever began it', async () => {
    const app = await openReady();
    const draft = draftOf((await app.image()).id);
    await app.ask('draft.save', draft);
    await app.signIn(ADMINISTRATOR);
    const second = { id: newId(), name: 'B. Second', role: 'officer' as const, signInName: 'second' };
    await app.ask('people.save', { ...second, secret: 'for the second shift' });
    const signInSecond = (): Promise<void> => app.signIn({ id: second.id, secret: '730162' });
    await app.signIn({ id: second.id, secret: 'for the second shift' });
    await app.ask('vault.change-secret', { secret: 'for the second shift', newSecret: '730162' });

    const met = { draft, begunBy: { officerId: OFFICER.id, name: OFFICER.name } };
    expect(await app.ask('draft.load', {})).toEqual(met);
    for (const refused of [
      await app.codeOf('draft.save', draft),
      await app.codeOf('draft.discard', { id: draft.id }),
      await app.codeOf('examination.save', { ...draft, judgedOn: TODAY, decision: refer() }),
    ])
      expect(refused).toBe('draft-of-other');
    expect(await app.codeOf('examination.undo', { id: draft.id })).toBe('draft-of-other');
    // Left: the second officer works on, and it is not offered again in this sitting.
    await app.ask('draft.leave', { id: draft.id });
    expect(await app.ask('draft.load', {})).toEqual({ draft: null, begunBy: null });
    for (let i = 0; i < 4; i += 1) await app.ask('draft.save', draftOf());
    const own = draftOf();
    await app.ask('draft.save', own);
    expect(await app.ask('draft.load', {})).toEqual({ draft: own, begunBy: null });
    await app.ask('examination.save', { ...own, judgedOn: TODAY, decision: refer() });
    await app.signIn(OFFICER);
    expect(await app.ask('draft.load', {})).toEqual({ draft, begunBy: null });
    // Offered anew in the next sitting, and taken over.
    await signInSecond();
    const { draft: left } = await app.ask('draft.load', {});
    await app.ask('draft.discard', { id: left?.id ?? '' });
    let next = await app.ask('draft.load', {});
    for (; next.begunBy === null && next.draft !== null; next = await app.ask('draft.load', {}))
      await app.ask('draft.discard', { id: next.draft.id });
    expect(next).toEqual(met);
    expect(await app.ask('draft.take', { id: draft.id })).toEqual({ draft });
    await app.ask('examination.save', { ...draft, judgedOn: TODAY, decision: refer() });
    expect(await app.ask('history.open', { id: draft.id })).toMatchObject({ officerName: second.name });
    expect(app.verifyAudit()).toMatchObject({ ok: true });
    await app.close();
    const db = await databaseOf(app.folder);
    const actions = db.prepare<[], string>('SELECT action FROM audit').pluck().all();
    for (const action of ['draft.taken-over', 'officer.signed-in', 'officer.signed-out', 'secret.changed'])
      expect(actions).toContain(action);
    db.close();
  });

  it('makes nobody the author of what the officer before sent', async () => {
    const app = await openReady();
    await app.signIn(ADMINISTRATOR);
    const second = { id: newId(), name: 'B. Second', role: 'officer' as const, signInName: 'second' };
    await app.ask('people.save', { ...second, secret: 'for the second shift' });
    await app.signIn(OFFICER);
    const drafts = Array.from({ length: 40 }, () => draftOf());
    const saved = drafts.map((draft) =>
      app.ask('examination.save', { ...draft, judgedOn: TODAY, decision: refer() }),
    );
    await app.signIn({ id: second.id, secret: 'for the second shift' });
    await Promise.all(saved);
    await app.signIn(OFFICER);
    const { rows } = await app.ask('history.search', ALL);
    expect(rows).toHaveLength(40);
    expect(new Set(rows.map(({ officerName }) => officerName))).toEqual(new Set([OFFICER.name]));
  });

  it('leaves a window alone whose next officer mistyped', async () => {
    const app = await openReady();
    expect(await app.codeOf('vault.sign-in', { officerId: ADMINISTRATOR.id, secret: '000111' })).toBe(
      'sign-in-wrong',
    );
    expect(await app.ask('vault.state', {})).toMatchObject({
      phase: 'open',
      session: { officerId: OFFICER.id },
    });
  });
});

describe('the recovery key', () => {
  const own = {
    id: newId(),
    name: 'R. Recovered',
    signInName: 'recovered',
    secret: 'found the printed sheet',
  };

  it('opens the store for a new administrator, or for one whose secret is forgotten', async () => {
    const app = await openApp();
    const { recoveryKey } = await app.ask('station.setup', setupOf());
    await app.close();
    const later = await openApp({ dataFolder: app.folder });
    const asTyped = recoveryKey.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l');
    expect(await later.ask('vault.recover', { recoveryKey: asTyped, administrator: own })).toMatchObject({
      phase: 'open',
      session: { officerId: own.id, role: 'administrator' },
    });
    const forgotten = { ...own, id: newId(), signInName: 'LockSmith', secret: 'chosen once again' };
    expect(await later.ask('vault.recover', { recoveryKey, administrator: forgotten })).toMatchObject({
      session: { officerId: ADMINISTRATOR.id, name: ADMINISTRATOR.name },
    });
    await later.close();
    const again = await openApp({ dataFolder: app.folder });
    expect(await again.codeOf('vault.sign-in', { name: 'locksmith', secret: ADMINISTRATOR.secret })).toBe(
      'sign-in-wrong',
    );
    expect(await again.codeOf('vault.sign-in', { name: 'locksmith', secret: forgotten.secret })).toBe('ok');
    // An officer's name is no way to more rights.
    const officer = { ...own, id: newId(), signInName: NAME };
    expect(await again.codeOf('vault.recover', { recoveryKey, administrator: officer })).toBe('name-taken');
    expect(again.verifyAudit()).toMatchObject({ ok: true });
    await again.close();
    // Refused after a start, it leaves the store as closed as it was.
    const last = await openApp({ dataFolder: app.folder });
    expect(await last.codeOf('vault.recover', { recoveryKey, administrator: officer })).toBe('name-taken');
    expect(await last.ask('vault.state', {})).toMatchObject({ phase: 'sealed', people: [] });
    expect(await last.codeOf('vault.recover', { recoveryKey, administrator: own })).toBe('ok');
  });

  it('is told apart from another station’s, from one mistyped, and from the one before', async () => {
    const app = await openApp();
    const { recoveryKey } = await app.ask('station.setup', setupOf());
    const other = await openApp();
    const { recoveryKey: foreign } = await other.ask('station.setup', setupOf());
    const recover = (key: string) => app.call('vault.recover', { recoveryKey: key, administrator: own });
    expect(await recover(foreign)).toEqual({ ok: false, error: { code: 'recovery-wrong' } });
    const groups = recoveryKey.split('-');
    const swapped = [groups[1], groups[0], ...groups.slice(2)].join('-');
    expect(await recover(swapped)).toMatchObject({ error: { code: 'recovery-wrong', fields: ['0', '1'] } });
    expect(await recover('')).toMatchObject({ error: { code: 'recovery-wrong' } });
    expect(await app.codeOf('vault.new-recovery-key', { secret: '000111' })).toBe('sign-in-wrong');
    const { secret } = ADMINISTRATOR;
    const { recoveryKey: next } = await app.ask('vault.new-recovery-key', { secret });
    expect(next).not.toBe(recoveryKey);
    expect(await recover(recoveryKey)).toEqual({ ok: false, error: { code: 'recovery-wrong' } });
    expect(await recover(next)).toMatchObject({ ok: true });
  });
});

it('a store that does not open leaves no key in memory', async () => {
  const { folder, close } = await openReady();
  await close();
  const keyring = openKeyring(join(folder, 'station.keys'), null);
  const { keys } = await keyring.signIn({ officerId: OFFICER.id }, OFFICER.secret, new Date());
  const path = join(folder, 'station.db');
  writeFileSync(path, readFileSync(path).fill(1, 16, 4096));
  const core = createCore(
    {
      dataFolder: folder,
      version: '0.0.0-test',
      shell: NO_SHELL,
      now: () => new Date(),
      checkAfterMs: 1_000_000,
      emit: () => undefined,
      report: () => undefined,
    },
    undefined,
  );
  await expect(core.open(keys)).rejects.toThrow('store-damaged');
  expect(keys.current.every((byte) => byte === 0)).toBe(true);
  await core.close();
});

describe('the key file', () => {
  it('of another station opens nothing here', async () => {
    const [one, two] = [await openReady(), await openReady()];
    await one.close();
    await two.close();
    copyFileSync(join(two.folder, 'station.keys'), join(one.folder, 'station.keys'));
    expect((await openApp({ dataFolder: one.folder })).failure).toBe('store-key');
  });

  it('keeps nothing of what was typed as a name that nobody has, and drops what an older version kept', async () => {
    const app = await openReady();
    const path = join(app.folder, 'station.keys');
    const tagOf = async (name: string) =>
      (await nameTag(name, Buffer.from(readKeyFile(path).nameSalt, 'base64'), CHEAP)).toString('base64');
    expect(readFileSync(path, 'utf8')).toContain(await tagOf(NAME));
    const before = statSync(path).ino;
    // A secret typed into the field of the name.
    expect(await app.codeOf('vault.sign-in', { name: OFFICER.secret, secret: '000111' })).toBe(
      'sign-in-wrong',
    );
    expect(readFileSync(path, 'utf8')).not.toContain(await tagOf(OFFICER.secret));
    // It took the writing of the file all the same, as for a name that somebody has.
    expect(statSync(path).ino).not.toBe(before);
    await app.close();
    const tag = await tagOf(OFFICER.secret);
    const strangers = [{ tag, failures: 9, lastFailureAt: '2026-11-22T08:00:00.000Z', lockedOut: false }];
    // As version 1 wrote it: one cost for all, and no counts of what was refused.
    const {
      people,
      decoy,
      unknownRefused: _unknown,
      recoveryRefused: _recovery,
      ...rest
    } = readKeyFile(path);
    const locks = [decoy, ...people].map(({ kdf: _kdf, ...lock }) => lock);
    const [first, ...holders] = JSON.parse(
      JSON.stringify(locks, (name, value) => (['refused', 'lockOuts'].includes(name) ? undefined : value)),
    );
    const older = JSON.stringify({ ...rest, decoy: first, people: holders, strangers });
    expect(older).not.toContain('efused');
    expect(older.split('"kdf"')).toHaveLength(2);
    const check = createHash('sha256').update(`1 ${older}`).digest('hex');
    writeFileSync(path, JSON.stringify({ countercheckKeys: 1, check, content: older }));
    expect(readFileSync(path, 'utf8')).toContain(tag);
    await openAgain(app.folder);
    expect(readFileSync(path, 'utf8')).not.toContain(tag);
  });

  it('that a cut left half renamed is finished', async () => {
    const app = await openReady();
    await app.close();
    const path = join(app.folder, 'station.keys');
    renameSync(path, `${path}.new`);
    const later = await openAgain(app.folder);
    expect(later.failure).toBeNull();
    expect(existsSync(path)).toBe(true);
  });
});
