// By hand: the outbox onto a stick, receipts and reports from one; in any order, twice, and from whoever wants to harm.
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ContentHead, Frame } from '../../shared/wire/bundle-frames.ts';
import { sha256 } from '../../shared/wire/sign.ts';
import {
  filesOn,
  idAtHub,
  type Introducer,
  introduced,
  introducer,
  openEnrolled,
  reportOnce,
  stick,
} from './carry-fixtures.ts';
import { newId, OFFICER, openReady, type TestApp } from './fixtures.ts';
import { EXAMINER } from './set-up.ts';

const HUB = { kind: 'hub' } as const;
const outbox = (app: TestApp) => app.ask('outbox.state', {});
const received = async (app: TestApp) => (await app.ask('received.list', { limit: 50, offset: 0 })).rows;

async function two(): Promise<{ hub: Introducer; a: TestApp; b: TestApp }> {
  const hub = introducer();
  const [a, b] = [await openEnrolled(hub, 'ZEN-01'), await openEnrolled(hub, 'STR-02', 1)];
  await introduced(hub, a, b);
  return { hub, a, b };
}

/** A file with these bytes on a new stick. */
function onStick(bytes: Uint8Array, name = 'given.ccb'): string {
  const path = join(stick(), name);
  writeFileSync(path, bytes);
  return path;
}

describe('the outbox on a stick', () => {
  it('holds the exact bytes with their signature, and waits on until a receipt comes by hand', async () => {
    const { hub, a } = await two();
    const report = await reportOnce(a);
    const folder = stick();
    const made = await a.ask('bundle.write', { folder, to: HUB });
    expect(made).toMatchObject({ reports: 1, images: 0, leftOut: 0 });
    expect(filesOn(folder)).toEqual([
      expect.stringMatching(/^countercheck-ZEN-01-to-hub-\d{8}T\d{6}Z\.ccb$/u),
    ]);
    expect(sha256(readFileSync(made.path))).toBe(made.sha256);
    const frames = await hub.open(made.path);
    expect(frames.map(({ head }) => head.kind)).toEqual(['from', 'cursor', 'report']);
    const { text } = await a.ask('report.open', { id: report.id });
    expect(Buffer.from(frames[2]?.bytes ?? []).toString('utf8')).toBe(text);
    expect(readFileSync(made.path).includes('UTO')).toBe(false);
    expect(await outbox(a)).toMatchObject({ waiting: 1, sent: 0 });

    const path = onStick(
      await hub.write(await idAtHub(a), [hub.receipt('report', report.id, report.sha256)]),
    );
    expect(await a.ask('bundle.read', { path })).toMatchObject({
      receipts: 1,
      known: 0,
      from: { kind: 'hub' },
    });
    expect(await outbox(a)).toMatchObject({ waiting: 0, sent: 1 });
    // Once more: nothing is new, and nothing is undone.
    expect(await a.ask('bundle.read', { path })).toMatchObject({ receipts: 0, known: 1 });
    expect(await outbox(a)).toMatchObject({ waiting: 0, sent: 1 });
    expect(await a.ask('audit.verify', {})).toMatchObject({ ok: true });
  });

  it('asks the hub for what others sent where nothing waits', async () => {
    const { hub, a } = await two();
    const made = await a.ask('bundle.write', { folder: stick(), to: HUB });
    expect(made).toMatchObject({ reports: 0, images: 0, leftOut: 0 });
    expect((await hub.open(made.path)).map(({ head }) => head.kind)).toEqual(['from', 'cursor']);
  });

  it('takes no receipt that the hub did not sign, or for other bytes', async () => {
    const { hub, a } = await two();
    const report = await reportOnce(a);
    const [mine, stranger] = [hub.receipt('report', report.id, sha256('other bytes')), introducer()];
    const forged = stranger.receipt('report', report.id, report.sha256);
    const path = onStick(await hub.write(await idAtHub(a), [mine, forged]));
    expect(await a.ask('bundle.read', { path })).toMatchObject({
      receipts: 0,
      known: 1,
      refused: 1,
      refusals: [{ reason: 'not-the-hub', count: 1 }],
    });
    expect(await outbox(a)).toMatchObject({ waiting: 1, sent: 0 });
  });

  it('is written for another station without what is not for it, which reads it once', async () => {
    const { hub, a, b } = await two();
    const report = await reportOnce(a);
    const folder = stick();
    const to = { kind: 'station', stationId: await idAtHub(b) } as const;
    const made = await a.ask('bundle.write', { folder, to });
    expect(made.path).toContain('to-STR-02');
    expect(await b.ask('bundle.find', { folder })).toMatchObject({ files: [{ path: made.path }] });
    expect(await a.ask('bundle.find', { folder })).toEqual({ files: [] });
    expect(await b.ask('bundle.read', { path: made.path })).toMatchObject({
      reports: 1,
      known: 0,
      from: { kind: 'station', code: 'ZEN-01' },
    });
    expect(await b.ask('bundle.read', { path: made.path })).toMatchObject({ reports: 0, known: 1 });
    // The same by the feed of the hub, on another stick: it stands once.
    const { text } = await a.ask('report.open', { id: report.id });
    const frames = await hub.open((await a.ask('bundle.write', { folder, to: HUB })).path);
    const sent = frames.find(({ head }) => head.kind === 'report');
    if (sent?.head.kind !== 'report') throw new Error('no report');
    const { signature } = sent.head;
    const sender = hub.stations.find(({ code }) => code === 'ZEN-01');
    const item: Frame<ContentHead> = {
      head: {
        kind: 'received',
        seq: 7,
        id: report.id,
        agencyId: sender?.agencyId ?? '',
        stationId: sender?.id ?? '',
        sha256: report.sha256,
        signature,
        signKey: sender?.signKey ?? '',
        receivedAt: '2026-11-23T02:00:00.000Z',
      },
      bytes: Buffer.from(text, 'utf8'),
    };
    const path = onStick(await hub.write(to.stationId, [item]));
    expect(await b.ask('bundle.read', { path })).toMatchObject({ reports: 0, known: 1 });
    expect((await received(b)).map(({ id }) => id)).toEqual([report.id]);
    // What was changed on the way is refused and told, and the rest of the file counts.
    const forged = { ...item, head: { ...item.head, id: newId() } } as Frame<ContentHead>;
    const other = onStick(await hub.write(to.stationId, [forged]));
    expect(await b.ask('bundle.read', { path: other })).toMatchObject({
      reports: 0,
      refused: 1,
      refusals: [{ reason: 'changed', count: 1 }],
    });
    // From a station that nobody named, and from one that wrote what this version cannot read.
    const stranger = {
      ...item,
      head: { ...item.head, id: newId(), stationId: newId() },
    } as Frame<ContentHead>;
    const unknown = onStick(await hub.write(to.stationId, [stranger, stranger, forged]));
    expect(await b.ask('bundle.read', { path: unknown })).toMatchObject({
      refused: 3,
      refusals: [
        { reason: 'unknown-sender', count: 2 },
        { reason: 'changed', count: 1 },
      ],
    });
    expect(await b.ask('audit.verify', {})).toMatchObject({ ok: true });
  });

  it('tells a directory without forgetting who was revoked, and moves the feed only from where the station is', async () => {
    const { hub, a, b } = await two();
    const id = await idAtHub(a);
    const other = await idAtHub(b);
    const directory = (stations = hub.stations): Frame<ContentHead> => ({
      head: { kind: 'directory' },
      bytes: Buffer.from(JSON.stringify({ ...hub.directory(), stations })),
    });
    const cursor = (text: string): Frame<ContentHead> => ({
      head: { kind: 'cursor', cursor: text },
      bytes: Buffer.alloc(0),
    });
    const give = async (...frames: Frame<ContentHead>[]) =>
      a.ask('bundle.read', { path: onStick(await hub.write(id, frames)) });
    const revoked = hub.stations.map((each) => ({
      ...each,
      revokedAt: each.id === other ? '2026-11-23T01:00:00.000Z' : null,
    }));
    await give(directory(revoked));
    await give(directory());
    expect((await a.ask('bundle.recipients', {})).stations).toEqual([]);
    const folder = stick();
    const to = { kind: 'station', stationId: other } as const;
    expect(await a.codeOf('bundle.write', { folder, to })).toBe('not-found');
    await reportOnce(b);
    const { path } = await b.ask('bundle.write', { folder, to: { kind: 'station', stationId: id } });
    expect(await a.codeOf('bundle.read', { path })).toBe('bundle-unknown');

    await reportOnce(a);
    const place = async (): Promise<string> => {
      const [, first] = await hub.open((await a.ask('bundle.write', { folder: stick(), to: HUB })).path);
      return first?.head.kind === 'cursor' ? first.head.cursor : '';
    };
    expect(await place()).toBe('beginning');
    await give(cursor('elsewhere'), cursor('later'));
    expect(await place()).toBe('beginning');
    await give(cursor('beginning'), cursor('later'));
    expect(await place()).toBe('later');
    // An older file, read late.
    await give(cursor('beginning'), cursor('between'));
    expect(await place()).toBe('later');
  });
});

describe('a file that is not right', () => {
  it('is told by its code and changes nothing', async () => {
    const { hub, a, b } = await two();
    const report = await reportOnce(a);
    const id = await idAtHub(a);
    const whole = await hub.write(id, [hub.receipt('report', report.id, report.sha256)]);
    const turned = Buffer.from(whole);
    turned[whole.length - 20] = (turned[whole.length - 20] ?? 0) ^ 1;
    const stranger = introducer();
    const cases: [string, Uint8Array][] = [
      ['bundle-damaged', whole.subarray(0, whole.length - 1)],
      ['bundle-damaged', turned],
      ['bundle-damaged', Buffer.concat([whole, Buffer.from([0])])],
      ['bundle-none', Buffer.from('a letter to my aunt')],
      ['bundle-none', Buffer.alloc(0)],
      ['bundle-not-ours', await hub.write(await idAtHub(b), [])],
    ];
    stranger.stations.push(...hub.stations);
    cases.push(['bundle-unknown', await stranger.write(id, [])]);
    for (const [code, bytes] of cases) {
      expect(await a.codeOf('bundle.read', { path: onStick(bytes) }), code).toBe(code);
    }
    expect(await a.codeOf('bundle.read', { path: join(stick(), 'gone.ccb') })).toBe('file-gone');
    expect(await a.codeOf('bundle.read', { path: stick() })).toBe('file-gone');
    expect(await outbox(a)).toMatchObject({ waiting: 1, sent: 0 });
    expect(await a.ask('bundle.state', {})).toEqual({ running: null });
    expect(await a.ask('bundle.read', { path: onStick(whole) })).toMatchObject({ receipts: 1 });
    expect(a.faults).toEqual([]);
  });

  it('does not come into being where it cannot: no folder, our own, ended half way', async () => {
    const { a } = await two();
    await reportOnce(a);
    expect(await a.codeOf('bundle.write', { folder: join(stick(), 'gone'), to: HUB })).toBe('folder-gone');
    expect(await a.codeOf('bundle.write', { folder: a.folder, to: HUB })).toBe('folder-own');
    const folder = stick();
    const work = a.codeOf('bundle.write', { folder, to: HUB });
    const ended = a.ask('bundle.cancel', {});
    expect(await work).toBe('bundle-cancelled');
    expect(await ended).toEqual({ running: null });
    expect(filesOn(folder)).toEqual([]);
    // What a cut left goes with the next one; a file of the same second has another name.
    copyFileSync(join(a.folder, 'station.db'), join(folder, 'countercheck-ZEN-01-to-hub-cut.ccb.part'));
    const first = await a.ask('bundle.write', { folder, to: HUB });
    const second = await a.ask('bundle.write', { folder, to: HUB });
    expect(filesOn(folder)).toHaveLength(2);
    expect(first.path).not.toBe(second.path);
  });

  it('needs a hub, and somebody of the second line or who keeps the station', async () => {
    const app = await openReady();
    expect(await app.codeOf('bundle.write', { folder: stick(), to: HUB })).toBe('hub-none');
    expect(await app.codeOf('bundle.find', { folder: stick() })).toBe('hub-none');
    expect(await app.ask('bundle.recipients', {})).toEqual({ hub: false, stations: [] });
    const { a } = await two();
    await a.signIn(EXAMINER);
    const { stations } = await a.ask('bundle.recipients', {});
    const to = { kind: 'station', stationId: stations[0]?.id ?? '' } as const;
    expect(await a.codeOf('bundle.write', { folder: stick(), to })).toBe('bundle-empty');
    await a.signIn(OFFICER);
  });
});
