// The people of a station: who comes, who leaves, who is let back in; in the database and in the key file alike.
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ADMINISTRATOR, ALL, newId, OFFICER, openApp, openReady, setupOf, type TestApp } from './fixtures.ts';

const ONCE = 'for one day only';
const EXAMINER = { id: newId(), name: 'E. Examiner', role: 'examiner' as const, signInName: 'examiner' };

/** With the administrator at the window and one examiner who has still to change their secret. */
async function staffed(): Promise<TestApp> {
  const app = await openApp();
  await app.ask('station.setup', setupOf());
  await app.ask('people.save', { ...EXAMINER, secret: ONCE });
  return app;
}

const idsIn = (folder: string): string[] => {
  const { content } = JSON.parse(readFileSync(join(folder, 'station.keys'), 'utf8')) as { content: string };
  return (JSON.parse(content) as { people: { id: string }[] }).people.map(({ id }) => id);
};

describe('a new person', () => {
  it('signs in with the secret they were given, and must change it first', async () => {
    const app = await staffed();
    const listed = (await app.ask('people.list', {})).people.find(({ id }) => id === EXAMINER.id);
    expect(listed).toEqual({
      ...EXAMINER,
      canSignIn: true,
      mustChange: true,
      lockedOut: false,
      leftAt: null,
    });
    await app.signIn({ id: EXAMINER.id, secret: ONCE });
    expect(await app.codeOf('draft.load', {})).toBe('secret-must-change');
    const change = (secret: string, newSecret: string) =>
      app.codeOf('vault.change-secret', { secret, newSecret });
    expect(await change('000111', '730162')).toBe('sign-in-wrong');
    expect(await change(ONCE, ONCE)).toBe('secret-same');
    expect(await change(ONCE, '123456')).toBe('secret-weak');
    expect(await change(ONCE, 'Examiner')).toBe('secret-weak');
    expect(await change(ONCE, '730162')).toBe('ok');
    expect(await app.codeOf('draft.load', {})).toBe('ok');
    expect(await app.codeOf('vault.sign-in', { officerId: EXAMINER.id, secret: ONCE })).toBe('sign-in-wrong');
    expect(await app.codeOf('vault.sign-in', { name: 'Examiner', secret: '730162' })).toBe('ok');
  });

  it('needs a secret of some strength and a name of their own', async () => {
    const app = await staffed();
    const person = { ...EXAMINER, id: newId() };
    expect(await app.codeOf('people.save', { ...person, secret: ONCE })).toBe('name-taken');
    expect(await app.codeOf('people.save', { ...person, signInName: ' EXAMINER ', secret: ONCE })).toBe(
      'name-taken',
    );
    expect(await app.codeOf('people.save', { ...person, signInName: 'other', secret: '111111' })).toBe(
      'secret-weak',
    );
    expect(await app.codeOf('people.save', { ...person, signInName: 'other', secret: null })).toBe(
      'bad-request',
    );
    expect(await app.codeOf('people.save', { ...EXAMINER, secret: '730162' })).toBe('bad-request');
    expect(idsIn(app.folder)).toHaveLength(3);
  });

  it('keeps the secret when name or role change, and is told so at once', async () => {
    const app = await staffed();
    await app.signIn({ id: EXAMINER.id, secret: ONCE });
    await app.ask('vault.change-secret', { secret: ONCE, newSecret: '730162' });
    const keys = app.command();
    const ask = async (channel: string, input: unknown) =>
      JSON.parse(await keys.dispatch(channel, JSON.stringify(input)));
    await ask('vault.sign-in', { officerId: ADMINISTRATOR.id, secret: ADMINISTRATOR.secret });
    const changed = { ...EXAMINER, name: 'E. Married', role: 'trainer' as const, signInName: 'trainer' };
    expect(await ask('people.save', { ...changed, secret: null })).toMatchObject({ ok: true });
    expect(await app.ask('vault.state', {})).toMatchObject({
      session: { name: 'E. Married', role: 'trainer' },
    });
    expect(await app.codeOf('draft.load', {})).toBe('not-allowed');
    expect(await app.codeOf('vault.sign-in', { name: 'examiner', secret: '730162' })).toBe('sign-in-wrong');
    expect(await app.codeOf('vault.sign-in', { name: 'trainer', secret: '730162' })).toBe('ok');
  });
});

describe('somebody who leaves', () => {
  it('is shut out at once and for good, also with the key file of before', async () => {
    const app = await staffed();
    const before = join(app.folder, 'kept-copy');
    copyFileSync(join(app.folder, 'station.keys'), before);
    const window = app.command();
    const entered = await window.dispatch(
      'vault.sign-in',
      JSON.stringify({ officerId: EXAMINER.id, secret: ONCE }),
    );
    expect(JSON.parse(entered)).toMatchObject({ ok: true });
    const { people } = await app.ask('people.leave', { id: EXAMINER.id });
    expect(people.find(({ id }) => id === EXAMINER.id)).toMatchObject({
      canSignIn: false,
      leftAt: expect.any(String),
    });
    expect(JSON.parse(await window.dispatch('station.state', '{}'))).toMatchObject({
      error: { code: 'signed-out' },
    });
    expect(idsIn(app.folder)).not.toContain(EXAMINER.id);
    expect(await app.codeOf('people.new-secret', { id: EXAMINER.id, secret: ONCE })).toBe('not-found');
    expect(await app.codeOf('people.save', { ...EXAMINER, secret: ONCE })).toBe('not-found');
    // The name is free again.
    expect(await app.codeOf('people.save', { ...EXAMINER, id: newId(), secret: ONCE })).toBe('ok');
    await app.close();
    copyFileSync(before, join(app.folder, 'station.keys'));
    const later = await openApp({ dataFolder: app.folder });
    expect(await later.codeOf('vault.sign-in', { name: 'examiner', secret: ONCE })).toBe('sign-in-wrong');
    expect(await later.ask('vault.state', {})).toMatchObject({ phase: 'sealed' });
  });

  it('is never the last administrator, nor oneself', async () => {
    const app = await staffed();
    expect(await app.codeOf('people.leave', { id: ADMINISTRATOR.id })).toBe('not-allowed');
    const { id, name, signInName } = ADMINISTRATOR;
    const demoted = { id, name, signInName, role: 'officer' as const, secret: null };
    expect(await app.codeOf('people.save', demoted)).toBe('last-administrator');
    const second = { id: newId(), name: 'Second', role: 'administrator' as const, signInName: 'second' };
    await app.ask('people.save', { ...second, secret: ONCE });
    await app.signIn({ id: second.id, secret: ONCE });
    await app.ask('vault.change-secret', { secret: ONCE, newSecret: '730162' });
    expect(await app.codeOf('people.leave', { id })).toBe('ok');
    expect(await app.codeOf('people.leave', { id: newId() })).toBe('not-found');
  });
});

describe('somebody who is locked out', () => {
  async function lockedOut(): Promise<TestApp> {
    let time = Date.now();
    const app = await openApp({ now: () => new Date((time += 70_000)) });
    await app.ask('station.setup', setupOf());
    await app.ask('vault.sign-in', { officerId: ADMINISTRATOR.id, secret: ADMINISTRATOR.secret });
    await app.ask('people.save', { ...EXAMINER, secret: ONCE });
    for (let i = 0; i < 10; i += 1) await app.codeOf('vault.sign-in', { name: 'examiner', secret: '000111' });
    await app.signIn(OFFICER);
    return app;
  }

  it('is released by a supervisor, with the secret as it was', async () => {
    const app = await lockedOut();
    const { people } = await app.ask('people.list', {});
    expect(people.filter((person) => person.lockedOut).map(({ id }) => id)).toEqual([EXAMINER.id]);
    expect(await app.codeOf('vault.sign-in', { name: 'examiner', secret: ONCE })).toBe('sign-in-locked');
    await app.ask('people.release', { id: EXAMINER.id });
    expect(await app.codeOf('vault.sign-in', { name: 'examiner', secret: ONCE })).toBe('ok');
  });

  it('gets another secret for once where theirs is forgotten, but not one with more rights', async () => {
    const app = await lockedOut();
    await app.ask('people.new-secret', { id: EXAMINER.id, secret: 'another for once' });
    const same = { secret: 'another for once' };
    expect(await app.codeOf('people.new-secret', { id: ADMINISTRATOR.id, ...same })).toBe('not-allowed');
    expect(await app.codeOf('people.new-secret', { id: OFFICER.id, ...same })).toBe('not-allowed');
    expect(await app.codeOf('vault.sign-in', { name: 'examiner', secret: ONCE })).toBe('sign-in-wrong');
    expect(await app.ask('vault.sign-in', { name: 'examiner', ...same })).toMatchObject({
      session: { mustChange: true },
    });
    expect(app.verifyAudit()).toMatchObject({ ok: true });
  });
});

describe('somebody whose secret is renewed while they sit at the window', () => {
  it('must choose their own before anything else', async () => {
    const app = await openReady();
    const command = app.command();
    const { id: officerId, secret } = ADMINISTRATOR;
    await command.dispatch('vault.sign-in', JSON.stringify({ officerId, secret }));
    const once = 'for once, by another';
    await command.dispatch('people.new-secret', JSON.stringify({ id: OFFICER.id, secret: once }));
    expect(await app.codeOf('history.search', ALL)).toBe('secret-must-change');
    await app.ask('vault.change-secret', { secret: once, newSecret: 'chosen by myself' });
    expect(await app.codeOf('history.search', ALL)).toBe('ok');
  });
});

describe('what a full disk takes away', () => {
  it('is nobody’s place in the station: database and key file change together or not at all', async () => {
    const app = await openReady();
    await app.signIn(ADMINISTRATOR);
    const before = (await app.ask('people.list', {})).people;
    // A folder in the way of the key file's new text, as a full disk would be.
    const { mkdirSync, rmSync } = await import('node:fs');
    const inTheWay = join(app.folder, 'station.keys.tmp', 'x');
    mkdirSync(inTheWay, { recursive: true });
    expect(await app.codeOf('people.save', { ...EXAMINER, secret: ONCE })).not.toBe('ok');
    expect(await app.codeOf('people.leave', { id: OFFICER.id })).not.toBe('ok');
    expect((await app.ask('people.list', {})).people).toEqual(before);
    // Counting tries must not keep everybody out meanwhile.
    expect(await app.codeOf('vault.sign-in', { name: 'officer', secret: OFFICER.secret })).toBe('ok');
    rmSync(join(app.folder, 'station.keys.tmp'), { recursive: true });
    await app.signIn(ADMINISTRATOR);
    expect(await app.codeOf('people.save', { ...EXAMINER, secret: ONCE })).toBe('ok');
  });
});
