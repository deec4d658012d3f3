// Carried by hand: a bundle does what the network would have done, and its answer what the network would have answered.
import { randomBytes } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { expect, test } from 'vitest';
import { BUNDLE_TYPE, PIECE_BYTES } from '../../shared/wire/api.ts';
import { readBundle, writeBundle } from '../../shared/wire/bundle.ts';
import type { ContentHead, Frame, FrameHead } from '../../shared/wire/bundle-frames.ts';
import { receiptText, reportSignText, verifyText } from '../../shared/wire/sign.ts';
import { importBundle } from '../../hub/bundles.ts';
import type { HubIdentity } from '../../hub/identity.ts';
import { revokeStation } from '../../hub/network.ts';
import { testCluster } from './cluster.ts';
import {
  codeIn,
  makeAgency,
  makeStation,
  putOf,
  sha256,
  signed,
  testHub,
  type TestStation,
} from './test-hub.ts';
import { bytesOfReport, networkReport } from './wire-reports.ts';

const cluster = testCluster();
const NOTHING = Buffer.alloc(0);

async function setUp() {
  const database = await cluster.fresh();
  const { hub, identity } = await testHub(database);
  const station = await makeStation(database, await makeAgency(database, 'Border Guard of Utopia'));
  const carrier = await makeStation(database, await makeAgency(database, 'Police of Arcadia', 'ARC'));
  const means = { database, identity, now: Date.now };
  return { database, hub, identity, station, carrier, means };
}

async function gather(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

const write = (station: TestStation, identity: HubIdentity, frames: Frame<ContentHead>[], to = identity.id) =>
  gather(
    writeBundle(frames, {
      bundleId: uuidv7(),
      at: new Date().toISOString(),
      from: { kind: 'station', id: station.stationId },
      signPrivateKey: station.signPrivate,
      to: { kind: 'hub', id: to },
      toBoxKey: identity.boxKey.toString('base64url'),
    }),
  );

async function read(station: TestStation, identity: HubIdentity, bytes: Buffer): Promise<Frame[]> {
  const frames: Frame[] = [];
  const reader = {
    self: { kind: 'station', id: station.stationId } as const,
    boxPrivateKey: station.boxPrivate,
    signKeyOf: () => identity.signKey.toString('base64url'),
    mostBytes: 100_000_000,
  };
  for await (const frame of readBundle(once(bytes), reader)) frames.push(frame);
  return frames;
}

const kinds = (frames: readonly Frame[]): FrameHead['kind'][] => frames.map(({ head }) => head.kind);

function reportFrame(station: TestStation, images: Buffer[] = []): { id: string; frame: Frame<ContentHead> } {
  const report = networkReport(station, {
    images: images.map((bytes) => ({
      sha256: sha256(bytes),
      bytes: bytes.length,
      mime: 'image/png',
      light: 'white',
      what: 'crop',
    })),
  });
  const bytes = bytesOfReport(report);
  const signature = station.sign(reportSignText(report.id, sha256(bytes)));
  return {
    id: report.id,
    frame: { head: { kind: 'report', id: report.id, sha256: sha256(bytes), signature }, bytes },
  };
}

function imageFrames(bytes: Buffer): Frame<ContentHead>[] {
  const offsets = Array.from({ length: Math.ceil(bytes.length / PIECE_BYTES) }, (_, at) => at * PIECE_BYTES);
  return offsets.map((offset) => ({
    head: { kind: 'image', sha256: sha256(bytes), mime: 'image/png', total: bytes.length, offset },
    bytes: bytes.subarray(offset, offset + PIECE_BYTES),
  }));
}

test('reports and pictures of a bundle are stored once, whatever way they come again, with the same receipts', async () => {
  const { database, hub, identity, station, means } = await setUp();
  const picture = randomBytes(PIECE_BYTES + 9);
  const withPicture = reportFrame(station, [picture]);
  const plain = reportFrame(station);
  await hub.inject(putOf(station, identity.id, plain.id, Buffer.from(plain.frame.bytes)));
  const bundle = await write(station, identity, [withPicture.frame, plain.frame, ...imageFrames(picture)]);
  const first = await importBundle(means, once(bundle), 1e8);
  expect(first.taken).toEqual({
    stationId: station.stationId,
    stored: 1,
    repeated: 1,
    images: 1,
    refused: [],
  });
  const again = await importBundle(means, once(bundle), 1e8);
  expect(again.taken).toMatchObject({ stored: 0, repeated: 2, images: 1, refused: [] });
  const receipts = async (answer: AsyncGenerator<Buffer>) =>
    (await read(station, identity, await gather(answer))).flatMap(({ head }) =>
      head.kind === 'receipt' ? [head] : [],
    );
  const had = await receipts(first.answer);
  expect(had.map(({ receipt }) => receipt.id)).toEqual([withPicture.id, plain.id, sha256(picture)]);
  expect(await receipts(again.answer)).toEqual(had);
  for (const { receipt, signature } of had) {
    expect(verifyText(identity.signKey.toString('base64url'), receiptText(receipt), signature)).toBe(true);
  }
  const put = await hub.inject(
    putOf(station, identity.id, withPicture.id, Buffer.from(withPicture.frame.bytes)),
  );
  expect(put.statusCode).toBe(200);
  expect(put.json<{ receipt: unknown }>().receipt).toEqual(had[0]?.receipt);
  expect(await database.db.selectFrom('report').select('id').execute()).toHaveLength(2);
  await hub.close();
});

test('the answer goes on from where the station is: its own cursor first, then what it may see, then where that ends', async () => {
  const { hub, identity, station, carrier, means } = await setUp();
  for (let count = 0; count < 3; count += 1) {
    const { id, frame } = reportFrame(carrier);
    await hub.inject(putOf(carrier, identity.id, id, Buffer.from(frame.bytes)));
  }
  const feed = async (after: string) =>
    (
      await hub.inject(signed(station, identity.id, { method: 'GET', url: `/v1/feed?limit=1${after}` }))
    ).json<{ cursor: string; items: unknown[] }>();
  await expect.poll(async () => (await feed('')).items.length).toBe(1);
  const { cursor } = await feed('');
  await expect.poll(async () => (await feed(`&after=1-2`)).items.length).toBe(1);
  const answerTo = async (frames: Frame<ContentHead>[]): Promise<Frame[]> => {
    const { answer } = await importBundle(means, once(await write(station, identity, frames)), 1e8);
    return read(station, identity, await gather(answer));
  };
  const all = await answerTo([]);
  expect(kinds(all)).toEqual(['from', 'directory', 'received', 'received', 'received', 'cursor']);
  const rest = await answerTo([{ head: { kind: 'cursor', cursor }, bytes: NOTHING }]);
  expect(kinds(rest)).toEqual(['from', 'directory', 'cursor', 'received', 'received', 'cursor']);
  expect(rest[2]?.head).toEqual({ kind: 'cursor', cursor });
  expect(rest.at(-1)?.head).toEqual(all.at(-1)?.head);
  await hub.close();
});

test('one report that is refused stays with its station; the others are taken', async () => {
  const { hub, identity, station, carrier, means } = await setUp();
  const good = reportFrame(station);
  const foreign = reportFrame(carrier);
  const unnamed = imageFrames(randomBytes(10));
  const bundle = await write(station, identity, [foreign.frame, ...unnamed, good.frame]);
  const { taken } = await importBundle(means, once(bundle), 1e8);
  expect(taken.stored).toBe(1);
  expect(taken.refused.map(({ code }) => code)).toEqual(['schema', 'report-first']);
  await hub.close();
});

test('over HTTP any station may bring a bundle; the answer is for the one that wrote it', async () => {
  const { hub, identity, station, carrier } = await setUp();
  const { id, frame } = reportFrame(station);
  const body = await write(station, identity, [frame]);
  const headers = { 'content-type': BUNDLE_TYPE };
  const ask = { method: 'POST', url: '/v1/bundles', body, headers } as const;
  const answer = await hub.inject(signed(carrier, identity.id, ask));
  expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, BUNDLE_TYPE]);
  const frames = await read(station, identity, answer.rawPayload);
  expect(frames.some(({ head }) => head.kind === 'receipt' && head.receipt.id === id)).toBe(true);
  await expect(read(carrier, identity, answer.rawPayload)).rejects.toThrow('not-ours');
  await hub.close();
});

test('a bundle that is cut, changed, for another hub, of nobody or of a revoked station is refused', async () => {
  const { database, hub, identity, station, carrier, means } = await setUp();
  const { frame } = reportFrame(station);
  const bundle = await write(station, identity, [frame]);
  const flipped = Buffer.from(bundle);
  flipped[flipped.length - 40] = (flipped[flipped.length - 40] ?? 0) ^ 1;
  const code = (bytes: Buffer, most = 1e8): Promise<string> =>
    importBundle(means, once(bytes), most).then(
      () => 'taken',
      (error: unknown) => (error as { code: string }).code,
    );
  expect(await code(bundle.subarray(0, bundle.length - 1))).toBe('schema');
  expect(await code(flipped)).toBe('schema');
  expect(await code(Buffer.from('something else\n'))).toBe('schema');
  expect(await code(NOTHING)).toBe('schema');
  expect(await code(bundle, 100)).toBe('too-large');
  expect(await code(await write(station, identity, [frame], uuidv7()))).toBe('not-yours');
  expect(await code(await write({ ...station, stationId: uuidv7() }, identity, [frame]))).toBe(
    'unknown-station',
  );
  expect(await code(await write({ ...station, signPrivate: carrier.signPrivate }, identity, [frame]))).toBe(
    'unknown-station',
  );
  await revokeStation(database.db, station.stationId, 'command-line');
  expect(await code(bundle)).toBe('unknown-station');
  expect(await database.db.selectFrom('report').select('id').execute()).toEqual([]);
  const body = Buffer.from('x');
  const ask = { method: 'POST', url: '/v1/bundles', body, headers: { 'content-type': BUNDLE_TYPE } } as const;
  expect(codeIn(await hub.inject(signed(carrier, identity.id, ask)))).toBe('schema');
  await hub.close();
});

test('of each that brings them one bundle at a time is taken', async () => {
  const { hub, identity, station, carrier } = await setUp();
  const bundle = await write(station, identity, []);
  const post = (by: TestStation) => {
    const headers = { 'content-type': BUNDLE_TYPE };
    return hub.inject(signed(by, identity.id, { method: 'POST', url: '/v1/bundles', body: bundle, headers }));
  };
  const both = await Promise.all([post(carrier), post(carrier), post(station)]);
  expect(both.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([200, 200, 429]);
  expect((await post(carrier)).statusCode).toBe(200);
  await hub.close();
});
