// The one table of rights, walked: every channel with every role, in every phase, as a window and as a command.
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { App } from '../../electron/app.ts';
import { type Channel, contract } from '../../shared/contract/channels.ts';
import { BEFORE_CHANGE, can, canRenew, IMAGE_RIGHT, includes, RIGHTS } from '../../shared/contract/rights.ts';
import { ROLES } from '../../shared/contract/records.ts';
import type { Role } from '../../shared/contract/vault.ts';
import {
  ADMINISTRATOR,
  newId,
  openApp,
  openReady,
  setupOf,
  temporaryFolder,
  type TestApp,
} from './fixtures.ts';

const CHANNELS = Object.keys(contract) as Channel[];
const OPEN = CHANNELS.filter((channel) => RIGHTS[channel] === 'anyone');
const SECRET = 'walks every channel';

/** Nothing fits a text: whoever may ask gets as far as `bad-request`, and nothing is done. */
const NONSENSE = '"nonsense"';

async function codesOf(
  ask: (channel: string, body: string) => Promise<string>,
): Promise<[Channel, string][]> {
  const codes: [Channel, string][] = [];
  for (const channel of CHANNELS) codes.push([channel, JSON.parse(await ask(channel, NONSENSE)).error?.code]);
  return codes;
}

const expected = (code: (channel: Channel) => string): [Channel, string][] =>
  CHANNELS.map((channel) => [channel, code(channel)]);

const signedOut = expected((channel) => (OPEN.includes(channel) ? 'bad-request' : 'signed-out'));

async function imageCodes(app: App): Promise<string[]> {
  const put = JSON.parse(await app.putImage(new Uint8Array())).error.code;
  const get = await app.getImage(newId(), 'view');
  return [put, get.ok ? 'ok' : get.code];
}

/** One person of each role, whose secret is their own. */
const people = Object.fromEntries(ROLES.map((role) => [role, newId()])) as Record<Role, string>;

async function staffed(): Promise<TestApp> {
  const app = await openApp();
  await app.ask('station.setup', setupOf());
  for (const role of ROLES) {
    const person = { id: people[role], name: role, role, signInName: `a-${role}` };
    await app.ask('people.save', { ...person, secret: `${SECRET} once` });
  }
  for (const role of ROLES) {
    await app.signIn({ id: people[role], secret: `${SECRET} once` });
    await app.ask('vault.change-secret', { secret: `${SECRET} once`, newSecret: SECRET });
  }
  return app;
}

describe('without anybody signed in', () => {
  it('a station that is new answers the few channels that are anyone’s', async () => {
    const app = await openApp();
    expect(await codesOf(app.dispatch)).toEqual(signedOut);
    expect(await imageCodes(app)).toEqual(['signed-out', 'signed-out']);
  });

  it('so does one of an older version that has no secrets yet', async () => {
    const folder = temporaryFolder();
    cpSync(join(import.meta.dirname, 'older-station'), folder, { recursive: true });
    const app = await openApp({ dataFolder: folder });
    expect(await app.ask('vault.state', {})).toMatchObject({ phase: 'upgrade' });
    expect(await codesOf(app.dispatch)).toEqual(signedOut);
    expect(await imageCodes(app)).toEqual(['signed-out', 'signed-out']);
  });

  it('so does one that is locked, and one that is sealed', async () => {
    const app = await openReady();
    await app.ask('vault.lock', {});
    expect(await codesOf(app.dispatch)).toEqual(signedOut);
    expect(await imageCodes(app)).toEqual(['signed-out', 'signed-out']);
    const command = app.command();
    expect(await codesOf(command.dispatch)).toEqual(signedOut);
    await app.close();
    const later = await openApp({ dataFolder: app.folder });
    expect(await later.ask('vault.state', {})).toMatchObject({ phase: 'sealed' });
    expect(await codesOf(later.dispatch)).toEqual(signedOut);
    expect(await imageCodes(later)).toEqual(['signed-out', 'signed-out']);
  });
});

describe('signed in', () => {
  it.each(ROLES)('as %s, the window is answered what the table says', async (role) => {
    const station = await staffed();
    await station.signIn({ id: people[role], secret: SECRET });
    expect(await codesOf(station.dispatch)).toEqual(
      expected((channel) => (can(role, channel) ? 'bad-request' : 'not-allowed')),
    );
    const door = includes(IMAGE_RIGHT, role)
      ? ['image-empty', 'image-unknown']
      : ['not-allowed', 'not-allowed'];
    expect(await imageCodes(station)).toEqual(door);
  });

  it.each(ROLES)('as %s, a command is answered the same, whoever is at the window', async (role) => {
    const station = await staffed();
    await station.signIn(ADMINISTRATOR);
    const command = station.command();
    const entered = await command.dispatch(
      'vault.sign-in',
      JSON.stringify({ officerId: people[role], secret: SECRET }),
    );
    expect(JSON.parse(entered)).toMatchObject({ ok: true, value: { session: { role } } });
    expect(await codesOf(command.dispatch)).toEqual(
      expected((channel) => (can(role, channel) ? 'bad-request' : 'not-allowed')),
    );
    expect(await station.ask('vault.state', {})).toMatchObject({ session: { officerId: ADMINISTRATOR.id } });
  });

  it.each(ROLES)(
    'as %s with a secret that somebody else chose, there is but one thing to do',
    async (role) => {
      const station = await openApp();
      await station.ask('station.setup', setupOf());
      const person = { id: newId(), name: role, role, signInName: `b-${role}`, secret: SECRET };
      await station.ask('people.save', person);
      await station.signIn(person);
      const code = (channel: Channel): string => {
        if (!can(role, channel)) return 'not-allowed';
        return BEFORE_CHANGE.has(channel) || OPEN.includes(channel) ? 'bad-request' : 'secret-must-change';
      };
      const actual = await codesOf(station.dispatch);
      expect(actual.filter(([channel]) => !OPEN.includes(channel))).toEqual(
        expected(code).filter(([channel]) => !OPEN.includes(channel)),
      );
      if (includes(IMAGE_RIGHT, role))
        expect(await imageCodes(station)).toEqual(['secret-must-change', 'secret-must-change']);
    },
  );
});

describe('the table', () => {
  const TRAVELLERS: Channel[] = [
    'draft.load',
    'draft.save',
    'draft.take',
    'examination.save',
    'examination.undo',
    'protection.record',
    'history.search',
    'history.open',
    'decision.change',
    'case.list',
    'case.open',
    'case.enter',
    'lane.seen',
    'lane.listed',
    'scans.take',
    'shell.pickImage',
  ];

  it('keeps the station and the travellers apart', () => {
    for (const channel of TRAVELLERS) {
      expect(can('administrator', channel), channel).toBe(false);
      expect(can('trainer', channel), channel).toBe(false);
      expect(can('supervisor', channel), channel).toBe(true);
      expect(can(null, channel), channel).toBe(false);
    }
    for (const role of ['officer', 'examiner', 'trainer'] as const)
      for (const channel of [
        'people.list',
        'people.save',
        'people.new-secret',
        'settings.save',
        'vault.change-key',
      ] as const)
        expect(can(role, channel), `${role} ${channel}`).toBe(false);
    for (const channel of ['decision.change', 'case.list', 'case.open', 'case.enter', 'case.print'] as const)
      expect(can('officer', channel), channel).toBe(false);
    expect(can('supervisor', 'people.save')).toBe(false);
  });

  it('lets nobody set a secret of somebody with more rights', () => {
    const able = ROLES.flatMap((own) =>
      ROLES.filter((other) => canRenew(own, other)).map((other) => [own, other]),
    );
    expect(able).toEqual([
      ['supervisor', 'officer'],
      ['supervisor', 'examiner'],
      ['supervisor', 'trainer'],
      ...ROLES.map((other) => ['administrator', other]),
    ]);
  });
});
