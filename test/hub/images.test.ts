// Pictures come in pieces after the report that names them, resume where they ended, and count once their hash is right.
import { randomBytes } from 'node:crypto';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { expect, test } from 'vitest';
import { type ImagePieceAnswer, imagePiece, PIECE_BYTES } from '../../shared/wire/api.ts';
import { receiptText, verifyText } from '../../shared/wire/sign.ts';
import type { HubIdentity } from '../../hub/identity.ts';
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
import { bytesOfReport, networkReport, partnerReport } from './wire-reports.ts';

const cluster = testCluster();

async function setUp() {
  const database = await cluster.fresh();
  const { hub, identity } = await testHub(database);
  const station = await makeStation(database, await makeAgency(database, 'Border Guard of Utopia'));
  const partner = await makeStation(database, await makeAgency(database, 'Police of Arcadia', 'ARC'));
  const stranger = await makeStation(database, await makeAgency(database, 'Customs of Utopia'));
  return { database, hub, identity, station, partner, stranger };
}

type Sends = (
  station: TestStation,
  bytes: Buffer,
  at: number,
  of?: { name?: string; total?: number; mime?: string },
) => Promise<LightMyRequestResponse>;

const sender =
  (hub: FastifyInstance, identity: HubIdentity): Sends =>
  (station, bytes, at, { name = sha256(bytes), total = bytes.length, mime = 'image/jpeg' } = {}) =>
    hub.inject(
      signed(station, identity.id, {
        method: 'PUT',
        url: `/v1/images/${name}/pieces/${at}?total=${total}&mime=${encodeURIComponent(mime)}`,
        body: bytes.subarray(at, at + PIECE_BYTES),
        headers: { 'content-type': 'application/octet-stream' },
      }),
    );

const naming = (bytes: Buffer) => [
  { sha256: sha256(bytes), bytes: bytes.length, mime: 'image/jpeg', light: 'white', what: 'crop' } as const,
];

async function name(hub: FastifyInstance, identity: HubIdentity, station: TestStation, bytes: Buffer) {
  const report = networkReport(station, { images: naming(bytes) });
  expect((await hub.inject(putOf(station, identity.id, report.id, bytesOfReport(report)))).statusCode).toBe(
    201,
  );
  return report;
}

test('pieces in their order, resumed from the answer, end in a receipt; again they end in the same', async () => {
  const { hub, identity, station } = await setUp();
  const send = sender(hub, identity);
  const bytes = randomBytes(2 * PIECE_BYTES + 1000);
  const hash = sha256(bytes);
  const standing = () =>
    hub.inject(signed(station, identity.id, { method: 'GET', url: `/v1/images/${hash}/state` }));
  expect(codeIn(await send(station, bytes, 0))).toBe('report-first');
  await name(hub, identity, station, bytes);
  expect(codeIn(await standing())).toBe('not-found');
  expect((await send(station, bytes, 0)).json()).toEqual({ received: PIECE_BYTES, total: bytes.length });
  // Too far, and once more: nothing changes, the answer says where to go on.
  for (const at of [2 * PIECE_BYTES, 0]) {
    expect((await send(station, bytes, at)).json()).toEqual({ received: PIECE_BYTES, total: bytes.length });
  }
  expect((await standing()).json()).toEqual({ received: PIECE_BYTES, total: bytes.length });
  await send(station, bytes, PIECE_BYTES);
  const last = imagePiece.answer.parse((await send(station, bytes, 2 * PIECE_BYTES)).json());
  expect(last.receipt).toMatchObject({ kind: 'image', id: hash, sha256: hash, hubId: identity.id });
  const { receipt, signature = '' } = last;
  expect(verifyText(identity.signKey.toString('base64url'), receiptText(receipt!), signature)).toBe(true);
  for (const again of [
    await send(station, bytes, 0),
    await send(station, bytes, 2 * PIECE_BYTES),
    await standing(),
  ]) {
    expect(again.json<ImagePieceAnswer>()).toEqual(last);
  }
  await hub.close();
});

test('a whole picture goes byte for byte to whom a report that names it may be shown, and to nobody else', async () => {
  const { hub, identity, station, partner, stranger } = await setUp();
  const send = sender(hub, identity);
  const bytes = randomBytes(PIECE_BYTES + 7);
  const report = partnerReport(station, partner.agencyId, { images: naming(bytes) });
  await hub.inject(putOf(station, identity.id, report.id, bytesOfReport(report)));
  const get = (reader: TestStation) =>
    hub.inject(signed(reader, identity.id, { method: 'GET', url: `/v1/images/${sha256(bytes)}` }));
  await send(station, bytes, 0);
  expect(codeIn(await get(partner))).toBe('not-found');
  await send(station, bytes, PIECE_BYTES);
  for (const reader of [station, partner]) {
    const answer = await get(reader);
    expect(answer.statusCode).toBe(200);
    expect(answer.rawPayload.equals(bytes)).toBe(true);
    expect(answer.headers['content-type']).toBe('image/jpeg');
  }
  expect(codeIn(await get(stranger))).toBe('not-found');
  // Naming it in a report of one's own after the fact opens it to the one who had its hash, who had seen it then.
  expect(codeIn(await send(stranger, bytes, 0))).toBe('report-first');
  await hub.close();
});

test('other bytes than the name says are dropped, and the station begins again; another station’s upload is untouched', async () => {
  const { database, hub, identity, station, stranger } = await setUp();
  const send = sender(hub, identity);
  const bytes = randomBytes(PIECE_BYTES + 5);
  await name(hub, identity, station, bytes);
  await name(hub, identity, stranger, bytes);
  const spoiled = Buffer.from(bytes);
  spoiled[3] = (spoiled[3] ?? 0) ^ 1;
  const of = { name: sha256(bytes) };
  await send(station, bytes, 0);
  await send(stranger, spoiled, 0, of);
  expect(codeIn(await send(stranger, spoiled, PIECE_BYTES, of))).toBe('wrong-hash');
  expect((await send(station, bytes, PIECE_BYTES)).json()).toHaveProperty('receipt');
  const pieces = await database.db.selectFrom('image_piece').select('station_id').execute();
  expect(pieces.map((piece) => piece.station_id)).toEqual([station.stationId, station.stationId]);
  expect((await send(stranger, bytes, 0)).json()).toHaveProperty('receipt');
  await hub.close();
});

test('pieces that fit no cut, another size or another kind are refused', async () => {
  const { database, hub, identity, station } = await setUp();
  const send = sender(hub, identity);
  const bytes = randomBytes(PIECE_BYTES + 5);
  await name(hub, identity, station, bytes);
  const hash = { name: sha256(bytes) };
  expect(codeIn(await send(station, bytes.subarray(0, 100), 0, { ...hash, total: bytes.length }))).toBe(
    'bad-request',
  );
  expect(codeIn(await send(station, bytes, 17, hash))).toBe('bad-request');
  await send(station, bytes, 0);
  expect(codeIn(await send(station, bytes, PIECE_BYTES, { ...hash, mime: 'image/png' }))).toBe('bad-request');
  expect(codeIn(await send(station, bytes, 0, { ...hash, total: 5 * 1024 * 1024 }))).toBe('bad-request');
  expect(await database.db.selectFrom('image').selectAll().execute()).toEqual([]);
  await hub.close();
});

test('the same pieces from many requests at once make one picture', async () => {
  const { database, hub, identity, station } = await setUp();
  const { hub: second } = await testHub(database);
  const bytes = randomBytes(3000);
  await name(hub, identity, station, bytes);
  const answers = await Promise.all(
    [hub, second, hub, second].map((each) => sender(each, identity)(station, bytes, 0)),
  );
  expect(answers.map((answer) => answer.statusCode)).toEqual([200, 200, 200, 200]);
  expect(answers.every((answer) => answer.json<ImagePieceAnswer>().receipt !== undefined)).toBe(true);
  expect(await database.db.selectFrom('image').select('total').execute()).toEqual([{ total: 3000 }]);
  await hub.close();
  await second.close();
});
