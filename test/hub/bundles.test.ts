// Carried by hand: a bundle does what the network would have done, and its answer what the network would have answered.
import { randomBytes } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { expect, test } from 'vitest';
import { BUNDLE_TYPE, PIECE_BYTES } from '../../shared/wire/api.ts';
import type { ContentHead, Frame, FrameHead } from '../../shared/wire/bundle-frames.ts';
import { receiptText, verifyText } from '../../shared/wire/sign.ts';
import { importBundle } from '../../hub/bundles.ts';
import { revokeStation } from '../../hub/network.ts';
import { gather, imageFrames, once, readAt, reportFrame, writeFor } from './bundle-files.ts';
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

const kinds = (frames: readonly Frame[]): FrameHead['kind'][] => frames.map(({ head }) => head.kind);

test('reports and pictures of a bundle are stored once, whatever way they come again, with the same receipts', async () => {
  const { database, hub, identity, station, means } = await setUp();
  const picture = randomBytes(PIECE_BYTES + 9);
  const withPicture = reportFrame(station, [picture]);
  const plain = reportFrame(station);
  await hub.inject(putOf(station, identity.id, plain.id, Buffer.from(plain.frame.bytes)));
  const bundle = await writeFor(station, identity, [withPicture.frame, plain.frame, ...imageFrames(picture)]);
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
    (await readAt(station, identity, await gather(answer))).flatMap(({ head }) =>
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
    const { answer } = await importBundle(means, once(await writeFor(station, identity, frames)), 1e8);
    return readAt(station, identity, await gather(answer));
  };
  const all = await answerTo([]);
  expect(kinds(all)).toEqual(['from', 'directory', 'received', 'received', 'received', 'cursor']);
  const rest = await answerTo([{ head: { kind: 'cursor', cursor }, bytes: NOTHING }]);
  expect(kinds(rest)).toEqual(['from', 'directory', 'cursor', 'received', 'received', 'cursor']);
  expect(rest[2]?.head).toEqual({ kind: 'cursor', cursor });
  expect(rest.at(-1)?.head).toEqual(all.at(-1)?.head);
  await hub.close();
});

test('what one station brought is in the answer for the next, also where no hub runs', async () => {
  const { hub, identity, station, carrier, means } = await setUp();
  await hub.close();
  await importBundle(means, once(await writeFor(station, identity, [reportFrame(station).frame])), 1e8);
  const { answer } = await importBundle(means, once(await writeFor(carrier, identity, [])), 1e8);
  expect(kinds(await readAt(carrier, identity, await gather(answer)))).toContain('received');
});

test('one report that is refused stays with its station; the others are taken', async () => {
  const { hub, identity, station, carrier, means } = await setUp();
  const good = reportFrame(station);
  const foreign = reportFrame(carrier);
  const unnamed = imageFrames(randomBytes(10));
  const bundle = await writeFor(station, identity, [foreign.frame, ...unnamed, good.frame]);
  const { taken } = await importBundle(means, once(bundle), 1e8);
  expect(taken.stored).toBe(1);
  expect(taken.refused.map(({ code }) => code)).toEqual(['schema', 'report-first']);
  await hub.close();
});

test('over HTTP any station may bring a bundle; the answer is for the one that wrote it', async () => {
  const { hub, identity, station, carrier } = await setUp();
  const { id, frame } = reportFrame(station);
  const body = await writeFor(station, identity, [frame]);
  const headers = { 'content-type': BUNDLE_TYPE };
  const ask = { method: 'POST', url: '/v1/bundles', body, headers } as const;
  const answer = await hub.inject(signed(carrier, identity.id, ask));
  expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, BUNDLE_TYPE]);
  const frames = await readAt(station, identity, answer.rawPayload);
  expect(frames.some(({ head }) => head.kind === 'receipt' && head.receipt.id === id)).toBe(true);
  await expect(readAt(carrier, identity, answer.rawPayload)).rejects.toThrow('not-ours');
  await hub.close();
});

test('a bundle that is cut, changed, for another hub, of nobody or of a revoked station is refused', async () => {
  const { database, hub, identity, station, carrier, means } = await setUp();
  const { frame } = reportFrame(station);
  const bundle = await writeFor(station, identity, [frame]);
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
  expect(await code(await writeFor(station, identity, [frame], uuidv7()))).toBe('not-yours');
  expect(await code(await writeFor({ ...station, stationId: uuidv7() }, identity, [frame]))).toBe(
    'unknown-station',
  );
  expect(
    await code(await writeFor({ ...station, signPrivate: carrier.signPrivate }, identity, [frame])),
  ).toBe('unknown-station');
  await revokeStation(database.db, station.stationId, 'command-line');
  expect(await code(bundle)).toBe('unknown-station');
  expect(await database.db.selectFrom('report').select('id').execute()).toEqual([]);
  const body = Buffer.from('x');
  const ask = { method: 'POST', url: '/v1/bundles', body, headers: { 'content-type': BUNDLE_TYPE } } as const;
  expect(codeIn(await hub.inject(signed(carrier, identity.id, ask)))).toBe('schema');
  await hub.close();
});

test('of each that brings them one bundle at a time is taken', async () => {
  const { database, hub, identity, station, carrier } = await setUp();
  const bundle = await writeFor(station, identity, []);
  const post = (by: TestStation) => {
    const headers = { 'content-type': BUNDLE_TYPE };
    return hub.inject(signed(by, identity.id, { method: 'POST', url: '/v1/bundles', body: bundle, headers }));
  };
  // No answer can end while its feed cannot be read.
  const holder = await database.pool.connect();
  await holder.query('begin; lock table feed in access exclusive mode');
  const first = [post(carrier), post(carrier)];
  expect((await Promise.race(first)).statusCode).toBe(429);
  const other = post(station);
  await holder.query('commit');
  holder.release();
  const all = await Promise.all([...first, other]);
  expect(all.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([200, 200, 429]);
  expect((await post(carrier)).statusCode).toBe(200);
  await hub.close();
});
