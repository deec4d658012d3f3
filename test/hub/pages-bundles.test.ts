// A station's file brought to the hub's page: who may, what came of it, the file that goes back, and the same file twice.
import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { revokeStation } from '../../hub/network.ts';
import { loadIdentity } from '../../hub/identity.ts';
import { PIECE_BYTES } from '../../shared/wire/api.ts';
import { imageFrames, readAt, reportFrame, writeFor } from './bundle-files.ts';
import { testCluster } from './cluster.ts';
import { administrator, closePages, personOf, startPages } from './page-browser.ts';
import { makeAgency, makeStation, sha256, type TestStation } from './test-hub.ts';

const cluster = testCluster();
closePages();

async function setUp() {
  const hub = await startPages(cluster);
  const identity = await loadIdentity(hub.database.db);
  const station = await makeStation(hub.database, await makeAgency(hub.database, 'Border Guard of Utopia'));
  const stored = async () => (await hub.database.db.selectFrom('report').select('id').execute()).length;
  return { hub, identity, station, stored };
}

test('a file is taken in, told, and answered by one for its station alone, as often as it is fetched', async () => {
  const { hub, identity, station, stored } = await setUp();
  const own = await administrator(hub);
  expect((await own.get('/bundles')).text).toContain('Nothing was brought yet.');
  const picture = randomBytes(PIECE_BYTES + 9);
  const { id, frame } = reportFrame(station, [picture]);
  const unnamed = imageFrames(randomBytes(10));
  const bundle = await writeFor(station, identity, [frame, ...imageFrames(picture), ...unnamed]);
  const { status, to } = await own.send('/bundles', bundle);
  expect([status, to]).toEqual([303, expect.stringMatching(/^\/bundles\/[0-9a-f-]{36}$/u)]);
  const { text } = await own.get(to);
  expect(text).toContain('1 new report, none known before, 1 picture.');
  expect(text).toContain('The report that names it is not here yet.');
  const file = await own.get(`${to}/answer`);
  expect(file.headers).toMatchObject({
    'content-type': 'application/vnd.countercheck.bundle',
    'content-disposition': expect.stringMatching(/^attachment; filename="countercheck-hub-UT-\d+\.ccb"$/u),
  });
  const receipts = async (bytes: Buffer): Promise<string[]> =>
    (await readAt(station, identity, bytes)).flatMap(({ head }) =>
      head.kind === 'receipt' ? [`${head.receipt.id} ${head.signature}`] : [],
    );
  const first = await receipts(file.bytes);
  expect(first.map((each) => each.split(' ')[0])).toEqual([id, sha256(picture)]);
  expect(await receipts((await own.get(`${to}/answer`)).bytes)).toEqual(first);

  const again = await own.send('/bundles', bundle);
  expect((await own.get(again.to)).text).toContain('No new report, 1 known before, 1 picture.');
  expect(await receipts((await own.get(`${again.to}/answer`)).bytes)).toEqual(first);
  expect(await stored()).toBe(1);
  const listed = (await own.get('/bundles')).text;
  for (const path of [to, again.to]) expect(listed).toContain(`href="${path}/answer"`);
  const audit = await hub.database.db.selectFrom('audit').select(['action', 'subject']).execute();
  const brought = { action: 'bundle.brought', subject: station.stationId };
  expect(audit.filter(({ action }) => action === brought.action)).toEqual([brought, brought]);
  expect(hub.faults).toEqual([]);
});

test('people of an agency bring files of its own stations; analysts and strangers bring none', async () => {
  const { hub, identity, station, stored } = await setUp();
  const other = await makeAgency(hub.database, 'Police of Arcadia', 'ARC');
  const bundle = await writeFor(station, identity, [reportFrame(station).frame]);
  const stranger = await personOf(hub, 'agency-administrator', other);
  const refused = await stranger.send('/bundles', bundle);
  expect([refused.status, refused.text]).toEqual([403, expect.stringContaining('of another agency')]);
  expect((await (await personOf(hub, 'analyst', station.agencyId)).send('/bundles', bundle)).status).toBe(
    403,
  );
  expect((await hub.browser().send('/bundles', bundle)).to).toBe('/sign-in');
  expect(await stored()).toBe(0);
  const own = await personOf(hub, 'agency-administrator', station.agencyId);
  const { to } = await own.send('/bundles', bundle);
  expect((await own.get(to)).status).toBe(200);
  expect((await stranger.get(to)).status).toBe(404);
  expect((await stranger.get(`${to}/answer`)).status).toBe(404);
  expect((await stranger.get('/bundles')).text).toContain('Nothing was brought yet.');
  await revokeStation(hub.database.db, station.stationId, 'test');
  expect((await own.get(to)).status).toBe(200);
  expect((await own.get(`${to}/answer`)).status).toBe(404);
});

test('what is no whole file of a station of this hub is refused in words', async () => {
  const { hub, identity, station, stored } = await setUp();
  const own = await administrator(hub);
  const bundle = await writeFor(station, identity, [reportFrame(station).frame]);
  const says = async (file: Uint8Array, field?: string): Promise<[number, string]> => {
    const { status, text } = await own.send('/bundles', file, field);
    return [status, /<p class="notice" role="alert">(.*?)<\/p>/u.exec(text)?.[1] ?? text];
  };
  const words = (pattern: RegExp) => expect.stringMatching(pattern) as string;
  expect(await says(Buffer.from('a letter'))).toEqual([422, words(/not a file of a station/u)]);
  expect(await says(Buffer.alloc(0))).toEqual([422, words(/not a file of a station/u)]);
  expect(await says(bundle, 'other')).toEqual([422, words(/not a file of a station/u)]);
  expect(await says(bundle.subarray(0, -1))).toEqual([422, words(/damaged or not whole/u)]);
  const elsewhere = await writeFor(station, identity, [], '0192b000-0000-7000-8000-000000000001');
  expect(await says(elsewhere)).toEqual([403, words(/another hub/u)]);
  const forged: TestStation = { ...station, stationId: '0192b000-0000-7000-8000-000000000001' };
  expect(await says(await writeFor(forged, identity, []))).toEqual([401, words(/none of this hub/u)]);
  const long = await own.send('/bundles', Buffer.alloc(33 * 1024 * 1024));
  expect([long.status, long.text]).toEqual([413, words(/longer than 32 MB/u)]);
  expect((await own.post('/bundles', { file: 'x' })).status).toBe(422);
  expect((await own.get('/bundles/nothing')).status).toBe(404);
  expect(await stored()).toBe(0);
  expect(hub.faults).toEqual([]);
});
