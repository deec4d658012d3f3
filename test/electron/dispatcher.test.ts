// The one door: what does not fit the contract is refused in both directions, and no refusal quotes what was sent.
import { describe, expect, it } from 'vitest';
import { createDispatcher, MAX_BODY_CHARACTERS } from '../../electron/dispatcher.ts';
import { describeFault, StationFailure } from '../../electron/failure.ts';
import { type Channel, contract, type Handlers } from '../../shared/contract/channels.ts';
import { can } from '../../shared/contract/rights.ts';
import { ADMINISTRATOR, ALL, draftOf, newId, OFFICER, openReady, refer, TODAY } from './fixtures.ts';

const CHANNELS = Object.keys(contract) as Channel[];

const SECRET = 'ERIKSSON';

/** Handlers of which a test replaces the one it looks at. */
function doorOf(handlers: Partial<Record<keyof Handlers, () => unknown>>): {
  faults: string[];
  ask: (channel: string, body: string) => Promise<unknown>;
} {
  const faults: string[] = [];
  const dispatch = createDispatcher({
    handlers: () => handlers as unknown as Handlers,
    report: (fault) => faults.push(fault),
    damaged: () => faults.push('damaged'),
  });
  const anybody = (): void => undefined;
  return { faults, ask: async (channel, body) => JSON.parse(await dispatch(channel, body, anybody)) };
}

describe('a request', () => {
  it.each([
    'toString',
    '__proto__',
    'constructor',
    'hasOwnProperty',
    'valueOf',
    '',
    'station',
    'station.state ',
    'Station.State',
    'history.search/../station.state',
  ])('to the channel "%s" is unknown', async (channel) => {
    const app = await openReady();
    expect(JSON.parse(await app.dispatch(channel, '{}'))).toEqual({
      ok: false,
      error: { code: 'unknown-channel' },
    });
  });

  it.each([
    ['nothing', ''],
    ['no JSON', '{'],
    ['null', 'null'],
    ['a number', '7'],
    ['a list', '[]'],
    ['a text', '"{}"'],
    ['a wrong type', JSON.stringify({ ...ALL, text: 7 })],
    ['a missing field', JSON.stringify({ ...ALL, limit: undefined })],
    ['a limit too large', JSON.stringify({ ...ALL, limit: 1e9 })],
    ['a day that is none', JSON.stringify({ ...ALL, from: '2026-02-30' })],
    ['a foreign outcome', JSON.stringify({ ...ALL, outcome: 'protected' })],
    ['a request too long', JSON.stringify({ ...ALL, text: ' '.repeat(MAX_BODY_CHARACTERS) })],
  ])('with %s is refused', async (_name, body) => {
    const app = await openReady();
    const reply = JSON.parse(await app.dispatch('history.search', body));
    expect(reply).toMatchObject({ ok: false, error: { code: 'bad-request' } });
    expect(app.faults).toEqual([]);
  });

  it('that is refused names the field and never its value', async () => {
    const app = await openReady();
    const draft = draftOf(null, [SECRET.repeat(20)]);
    const text = await app.dispatch('draft.save', JSON.stringify(draft));
    expect(JSON.parse(text)).toEqual({
      ok: false,
      error: { code: 'bad-request', fields: ['documents.reading.lines'] },
    });
    expect(text).not.toContain(SECRET);
  });

  it('cannot change what all objects inherit', async () => {
    const app = await openReady();
    const body = `{"__proto__":{"polluted":true},"id":"${newId()}"}`;
    expect(JSON.parse(await app.dispatch('history.open', body))).toMatchObject({
      error: { code: 'not-found' },
    });
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  it('keeps only what the contract names', async () => {
    const app = await openReady();
    const draft = { ...draftOf(), extra: SECRET };
    await app.dispatch('draft.save', JSON.stringify(draft));
    const { draft: stored } = await app.ask('draft.load', {});
    expect(stored).toEqual({ id: draft.id, startedAt: draft.startedAt, documents: draft.documents });
  });
});

describe('an answer', () => {
  it('that does not fit the contract never leaves, and is told as a fault', async () => {
    const { ask, faults } = doorOf({ 'station.state': () => ({ version: SECRET }) });
    expect(await ask('station.state', '{}')).toEqual({ ok: false, error: { code: 'internal' } });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(/^internal station\.state ZodError electron\/dispatcher\.ts:\d+:\d+/);
    expect(faults.join()).not.toContain(SECRET);
  });

  it('to a refusal of the station is its code; any other fault is internal', async () => {
    const { ask, faults } = doorOf({
      'history.open': () => {
        throw new StationFailure('not-found');
      },
      'station.state': () => Promise.reject(new TypeError(`cannot read ${SECRET}`)),
      'draft.load': () => {
        throw Object.assign(new Error(SECRET), { code: 'SQLITE_FULL' });
      },
    });
    expect(await ask('history.open', JSON.stringify({ id: newId() }))).toEqual({
      ok: false,
      error: { code: 'not-found' },
    });
    expect(await ask('draft.load', '{}')).toEqual({ ok: false, error: { code: 'disk-full' } });
    expect(faults).toEqual([]);
    expect(await ask('station.state', '{}')).toEqual({ ok: false, error: { code: 'internal' } });
    expect(faults.join()).not.toContain(SECRET);
  });

  it('is there for every channel of the contract', async () => {
    const app = await openReady();
    const own = { supervisor: OFFICER, administrator: ADMINISTRATOR };
    for (const role of ['supervisor', 'administrator'] as const) {
      await app.signIn(own[role]);
      for (const channel of CHANNELS.filter((each) => can(role, each))) {
        const reply = JSON.parse(await app.dispatch(channel, '"wrong"'));
        expect(reply, channel).toMatchObject({ ok: false, error: { code: 'bad-request' } });
      }
    }
    expect(CHANNELS.every((channel) => can('supervisor', channel) || can('administrator', channel))).toBe(
      true,
    );
  });
});

describe('a fault', () => {
  it('is described by places in our code alone', () => {
    const error = new RangeError(SECRET);
    error.stack = `RangeError: ${SECRET}\n at f (/home/officer/app/electron/db/open.ts:3:4)\n at node:internal/x:1:1`;
    expect(describeFault('open', error)).toBe('internal open RangeError electron/db/open.ts:3:4');
    expect(describeFault('open', SECRET)).toBe('internal open string');
  });

  it('of a sound station does not happen in ordinary work', async () => {
    const app = await openReady();
    await app.ask('examination.save', {
      ...draftOf((await app.image()).id),
      judgedOn: TODAY,
      decision: refer(),
    });
    await app.ask('history.search', ALL);
    expect(app.faults).toEqual([]);
  });
});
