// The pusher against every answer a hub, a portal or a broken network can give.
import { afterEach, describe, expect, it } from 'vitest';
import { loadHub, savePaused } from '../../electron/db/hub-link.ts';
import { retryRow } from '../../electron/db/outbox.ts';
import { verifyAudit } from '../../electron/db/verify.ts';
import { hubAddress } from '../../electron/sync/hub-client.ts';
import { backoffMs, PACE as REAL_PACE } from '../../electron/sync/pace.ts';
import { PIECE_BYTES } from '../../shared/wire/api.ts';
import { CLOCK_TOLERANCE_MS, requestText, sha256, verifyText } from '../../shared/wire/sign.ts';
import { OFFICER_ID } from '../electron/records.ts';
import { until } from '../until.ts';
import {
  type Asked,
  HUB_ID,
  IDS,
  json,
  portal,
  receiptFor,
  refusal,
  type Script,
  scripted,
  type Scripted,
  wrongClock,
} from './scripted-hub.ts';
import { openStore } from './test-station.ts';

const running: Scripted[] = [];

function start(...given: Parameters<typeof scripted>): Scripted {
  const station = scripted(...given);
  running.push(station);
  return station;
}

afterEach(async () => {
  for (const station of running.splice(0)) await station.sync.stop();
});

const never = (): Promise<Response> => new Promise(() => undefined);
const broken = (): Promise<Response> => Promise.reject(new TypeError('fetch failed'));
const alarms = ({ db }: Scripted): number =>
  db.prepare<[], number>(`SELECT count(*) FROM audit WHERE action = 'outbox.alarmed'`).pluck().get() ?? 0;

describe('an answer that means: it is there', () => {
  it.each<[string, Script]>([
    ['201 with a receipt', (asked) => receiptFor(asked)],
    [
      '200 with a receipt, for what it had already',
      async (asked) => json(200, (await receiptFor(asked).json()) as object),
    ],
  ])('%s', async (_name, script) => {
    const station = start(script);
    const { body, id } = station.write();
    const [row] = await station.come('sent');
    expect(row).toMatchObject({ reason: null, attempts: 1, done: body.length, total: body.length });
    expect(station.asked).toHaveLength(1);
    expect(station.asked[0]).toMatchObject({ method: 'PUT', path: `/v1/reports/${id}`, body });
    expect(verifyAudit(station.db).ok).toBe(true);
  });
});

describe('what is no answer of the hub: the row waits, the loop backs off, nothing is followed', () => {
  const other = '0'.repeat(64);
  it.each<[string, Script, string]>([
    ['200 with a page', () => portal(200), 'not-the-hub'],
    ['200 with JSON of something else', () => json(200, { ok: true }), 'not-the-hub'],
    ['200 and nothing', () => new Response(null, { status: 200 }), 'not-the-hub'],
    ['204', () => new Response(null, { status: 204 }), 'not-the-hub'],
    ['302', () => portal(302, { location: 'http://login.example/' }), 'not-the-hub'],
    ['307 to another hub', () => portal(307, { location: 'https://hub.example/' }), 'not-the-hub'],
    ['a receipt for other bytes', (asked) => receiptFor(asked, { sha256: other }), 'not-the-hub'],
    ['a receipt for another report', (asked) => receiptFor(asked, { id: HUB_ID }), 'not-the-hub'],
    ['a receipt for a picture', (asked) => receiptFor(asked, { kind: 'image' }), 'not-the-hub'],
    ['a receipt of another hub', (asked) => receiptFor(asked, { hubId: IDS.agencyId }), 'not-the-hub'],
    ['a receipt that a stranger signed', (asked) => receiptFor(asked, {}, true), 'not-the-hub'],
    ['no answer', broken, 'no-answer'],
    ['an answer that does not come', never, 'too-slow'],
    ['an answer without an end', () => new Response(new Uint8Array(200_000)), 'too-long'],
    ['500 of the hub', () => refusal(500, 'fault'), 'fault'],
    ['500 of a proxy', () => portal(500), 'status-500'],
    ['502', () => portal(502), 'status-502'],
    ['404 of somebody else', () => portal(404), 'status-404'],
    ['407', () => portal(407), 'status-407'],
    ['a nonce that was seen', () => refusal(401, 'replayed'), 'replayed'],
    ['a picture before its report', () => refusal(409, 'report-first'), 'report-first'],
    ['the time of a stranger', (asked) => wrongClock(asked, new Date(0), true), 'clock'],
    ['a clock without a time', () => refusal(401, 'clock'), 'clock'],
  ])('%s', async (_name, script, reason) => {
    let isWell = false;
    const station = start((asked, place) => (isWell ? receiptFor(asked) : script(asked, place)));
    station.write();
    // Between two tries: while one is under way the row says so.
    await until(() => expect(station.rows()[0]).toMatchObject({ state: 'waiting', reason }));
    expect(station.rows()[0]?.attempts).toBeGreaterThan(0);
    await until(() => expect(station.sync.waits()).toMatchObject({ reason }));
    expect(loadHub(station.db)?.stopped).toBeNull();
    // It never gives up.
    await station.heard(3);
    expect(new Set(station.asked.map(({ path }) => path)).size).toBe(1);
    isWell = true;
    await station.come('sent');
    expect(alarms(station)).toBe(0);
  });
});

describe('what the hub cannot take: this one is parked, the next one goes on', () => {
  it.each<[string, Script, string, number]>([
    ['409, other bytes under this id', () => refusal(409, 'different-bytes'), 'different-bytes', 1],
    ['409 of somebody else', () => portal(409), 'status-409', 1],
    ['400', () => refusal(400, 'bad-request'), 'bad-request', 0],
    ['400 of somebody else', () => portal(400), 'status-400', 0],
    ['413', () => refusal(413, 'too-large'), 'too-large', 0],
    ['413 of a proxy', () => portal(413), 'status-413', 0],
    ['415', () => refusal(415, 'wrong-type'), 'wrong-type', 0],
    ['422', () => refusal(422, 'schema'), 'schema', 0],
    ['422, more than its tier may say', () => refusal(422, 'tier-leak'), 'tier-leak', 1],
    ['422 of a newer hub', () => refusal(422, 'made-up-later'), 'made-up-later', 0],
    ['403, of another station', () => refusal(403, 'not-yours'), 'not-yours', 0],
  ])('%s', async (_name, script, reason, told) => {
    const station = start((asked, place) => (place === 1 ? script(asked, place) : receiptFor(asked)));
    station.write();
    await station.come('parked');
    station.write();
    const [first, second] = await station.come('parked', 'sent');
    expect(first).toMatchObject({ state: 'parked', reason });
    expect(second).toMatchObject({ state: 'sent' });
    expect(alarms(station)).toBe(told);
    // One by one, by hand; never by itself.
    expect(station.asked).toHaveLength(2);
    expect(retryRow(station.db, 1, OFFICER_ID, new Date().toISOString())).toBe(true);
    station.sync.hurry();
    await station.come('sent');
    expect(station.asked).toHaveLength(3);
    expect(station.asked[2]?.body).toEqual(station.asked[0]?.body);
    expect(verifyAudit(station.db).ok).toBe(true);
  });
});

describe('a station that is refused stops, and spends no attempt', () => {
  it.each([
    [401, 'unknown-station'],
    [401, 'bad-signature'],
    [403, 'revoked'],
    [403, 'made-up-later'],
  ])('%i %s', async (status, code) => {
    const station = start((asked, place) => (place === 1 ? refusal(status, code) : receiptFor(asked)));
    station.write();
    station.write();
    await until(() => expect(loadHub(station.db)?.stopped).toBe(code));
    expect(station.rows()).toMatchObject([{ state: 'waiting', attempts: 0 }, { attempts: 0 }]);
    // Nothing that happens by itself begins again.
    station.write();
    station.sync.hurry();
    await new Promise((resolve) => setTimeout(resolve, 120));
    expect(station.asked).toHaveLength(1);
    station.db.prepare('UPDATE hub_link SET stopped = NULL, stopped_at = NULL').run();
    station.sync.hurry();
    expect(await station.come('sent')).toHaveLength(3);
  });

  it.each([401, 403])(
    '%i that nobody explains is a portal: it pauses, and goes on by itself',
    async (status) => {
      const station = start(() => portal(status));
      station.write();
      await until(() => expect(station.sync.waits()?.reason).toBe(`status-${status}`));
      expect(station.rows()).toMatchObject([{ state: 'waiting', attempts: 0 }]);
      expect(loadHub(station.db)?.stopped).toBeNull();
      expect(station.asked).toHaveLength(1);
    },
  );
});

describe('a hub that is busy pauses everything for as long as it says', () => {
  it.each<[string, () => Response, number, number]>([
    ['429 for 3 seconds', () => refusal(429, 'busy', { 'retry-after': '3' }), 2000, 3000],
    [
      '503 until a time',
      () => refusal(503, 'not-ready', { 'retry-after': new Date(Date.now() + 4000).toUTCString() }),
      1500,
      4000,
    ],
    ['503 for a year', () => refusal(503, 'not-ready', { 'retry-after': '31536000' }), 3000, 5000],
    ['503 of a proxy', () => portal(503, { 'retry-after': '3' }), 2000, 3000],
  ])('%s', async (_name, answer, least, most) => {
    const station = start((asked, place) => (place === 1 ? answer() : receiptFor(asked)));
    station.write();
    station.write();
    await until(() => expect(station.sync.waits()).not.toBeNull());
    const ms = Date.parse(station.sync.waits()?.until ?? '') - Date.now();
    expect(ms).toBeGreaterThan(least - 1000);
    expect(ms).toBeLessThanOrEqual(most);
    expect(station.rows()).toMatchObject([{ state: 'waiting', attempts: 0 }, { attempts: 0 }]);
    expect(station.asked).toHaveLength(1);
    station.sync.hurry();
    await station.come('sent');
  });

  it('where it does not say, for a little while', async () => {
    const station = start((asked, place) => (place === 1 ? refusal(429, 'busy') : receiptFor(asked)));
    station.write();
    expect(await station.come('sent')).toMatchObject([{ attempts: 1 }]);
  });
});

describe('the clock', () => {
  const DAYS = 3 * 24 * 60 * 60_000;

  it.each([DAYS, -DAYS])(
    'that is %i ms off is corrected for signing by the hub’s signed time',
    async (offMs) => {
      const now = (): Date => new Date(Date.now() + offMs);
      const station = start(
        (asked) => {
          const off = Math.abs(Date.parse(asked.headers.get('cc-time') ?? '') - Date.now());
          return off > CLOCK_TOLERANCE_MS ? wrongClock(asked, new Date()) : receiptFor(asked);
        },
        { now },
      );
      station.write();
      expect(await station.come('sent')).toMatchObject([{ attempts: 1 }]);
      expect(station.asked).toHaveLength(2);
      expect(Math.abs((loadHub(station.db)?.clockOffsetMs ?? 0) + offMs)).toBeLessThan(5000);
      // From now on at once.
      station.write();
      await station.come('sent');
      expect(station.asked).toHaveLength(3);
      expect(now().getTime() - Date.now()).toBeCloseTo(offMs, -3);
    },
  );

  it('that was set back makes nobody wait for days', async () => {
    let offMs = DAYS;
    const station = start((asked, place) => (place === 1 ? broken() : receiptFor(asked)), {
      now: () => new Date(Date.now() + offMs),
    });
    station.write();
    await station.heard(1);
    offMs = 0;
    station.sync.hurry();
    expect(await station.come('sent')).toHaveLength(1);
  });

  it('that the hub never finds right is one that does not answer', async () => {
    const station = start((asked) => wrongClock(asked, new Date()));
    station.write();
    // The loop's own wait may end before the row's: both are looked for at one moment.
    await until(() => {
      expect(station.rows()[0]).toMatchObject({ state: 'waiting', reason: 'clock' });
      expect(station.sync.waits()).toMatchObject({ reason: 'clock' });
    });
  });
});

describe('a request', () => {
  it('is signed over method, path, body, time, nonce, station and hub, each with a nonce of its own', async () => {
    const station = start((asked, place) => (place === 1 ? broken() : receiptFor(asked)));
    const { body } = station.write([10]);
    await station.come('sent');
    const key = station.db.prepare<[], Buffer>('SELECT sign_key FROM station_identity').pluck().get();
    const of = ({ method, path, query, headers, body: own }: Asked): boolean => {
      const target = query.size === 0 ? path : `${path}?${query.toString()}`;
      const [stationId, time, nonce] = ['cc-station', 'cc-time', 'cc-nonce'].map(
        (name) => headers.get(name) ?? '',
      );
      const text = requestText({
        method,
        target,
        bodySha256: sha256(own),
        hubId: HUB_ID,
        stationId: stationId ?? '',
        time: time ?? '',
        nonce: nonce ?? '',
      });
      return verifyText(key?.toString('base64url') ?? '', text, headers.get('cc-signature') ?? '');
    };
    expect(station.asked.map(of)).toEqual([true, true, true]);
    expect(new Set(station.asked.map(({ headers }) => headers.get('cc-nonce'))).size).toBe(3);
    // A retry sends the same bytes under the same signature of the report.
    expect(station.asked[0]?.body).toEqual(body);
    expect(station.asked[1]?.body).toEqual(body);
    const [first, second] = station.asked.map(({ headers }) => headers.get('cc-report-signature'));
    expect(first).toBe(second);
  });

  it.each([
    ['https://hub.example', 'https://hub.example'],
    ['https://hub.example:8443/', 'https://hub.example:8443'],
    ['http://127.0.0.1:8787', 'http://127.0.0.1:8787'],
    ['http://localhost:8787', 'http://localhost:8787'],
    ['http://[::1]:8787', 'http://[::1]:8787'],
    ['http://hub.example', null],
    ['http://192.168.1.4:8787', null],
    ['http://127.0.0.1.example', null],
    ['ftp://hub.example', null],
    ['https://name:secret@hub.example', null],
    ['https://hub.example/path', null],
    ['https://hub.example/?q=1', null],
    ['hub.example', null],
    ['', null],
  ])('to %s goes to %s', (text, address) => {
    expect(hubAddress(text)).toBe(address);
  });
});

describe('pictures', () => {
  it('go after their report, in pieces, each with its progress', async () => {
    const station = start((asked) => {
      if (asked.path.startsWith('/v1/reports/')) return receiptFor(asked);
      const offset = Number(asked.path.split('/').at(-1));
      const received = offset + asked.body.length;
      const total = Number(asked.query.get('total'));
      return received === total ? receiptFor(asked) : json(200, { received, total });
    });
    const length = 2 * PIECE_BYTES + 5;
    const { crops, id } = station.write([length]);
    const [, picture] = await station.come('sent');
    expect(picture).toMatchObject({ kind: 'image', reportId: id, done: length, total: length, attempts: 1 });
    const pieces = station.asked.slice(1);
    expect(pieces.map(({ path }) => path)).toEqual(
      [0, 1, 2].map((place) => `/v1/images/${crops[0]?.sha256}/pieces/${place * PIECE_BYTES}`),
    );
    expect(Buffer.concat(pieces.map(({ body }) => body))).toEqual(crops[0]?.bytes);
  });

  it('wait for as long as their report is not there', async () => {
    const station = start((asked, place) => (place === 1 ? refusal(422, 'schema') : receiptFor(asked)));
    station.write([10]);
    await until(() => expect(station.rows()[0]?.state).toBe('parked'));
    await new Promise((resolve) => setTimeout(resolve, 80));
    expect(station.rows()[1]).toMatchObject({ kind: 'image', state: 'waiting', attempts: 0 });
    expect(station.asked).toHaveLength(1);
  });

  it('go on after a cut from where the hub has them, whatever was heard of it', async () => {
    let has = 0;
    let cuts = 0;
    const station = start((asked) => {
      if (asked.path.startsWith('/v1/reports/')) return receiptFor(asked);
      const offset = Number(asked.path.split('/').at(-1));
      const total = Number(asked.query.get('total'));
      if (offset === has) has += asked.body.length;
      // It has the second piece, and nobody hears of it.
      if (offset === PIECE_BYTES && cuts === 0) {
        cuts += 1;
        throw new TypeError('terminated');
      }
      return has === total ? receiptFor(asked) : json(200, { received: has, total });
    });
    station.write([3 * PIECE_BYTES]);
    await station.come('sent');
    const offsets = station.asked.slice(1).map(({ path }) => Number(path.split('/').at(-1)) / PIECE_BYTES);
    expect(offsets).toEqual([0, 1, 1, 2]);
  });

  it('of a hub that gets no further are tried again later', async () => {
    const station = start((asked) =>
      asked.path.startsWith('/v1/reports/') ? receiptFor(asked) : json(200, { received: 0, total: 10 }),
    );
    station.write([10]);
    await until(() => expect(station.rows()[1]).toMatchObject({ state: 'waiting', reason: 'no-progress' }));
  });
});

describe('the store', () => {
  it('that was changed behind the station sends nothing and alarms', async () => {
    const station = start((asked) => receiptFor(asked));
    savePaused(station.db, new Date().toISOString());
    const { id } = station.write();
    station.db.exec(`DROP TRIGGER report_no_update; UPDATE report SET body = x'7b7d' WHERE id = '${id}'`);
    savePaused(station.db, null);
    station.sync.hurry();
    expect(await station.come('parked')).toMatchObject([{ reason: 'changed-here' }]);
    expect(station.asked).toEqual([]);
    expect(alarms(station)).toBe(1);
  });

  it('has the attempt in it before anything leaves, and sends the same again after a cut', async () => {
    let atRequest: Buffer | null = null;
    const station = start((asked) => {
      atRequest ??= station.db.serialize();
      return receiptFor(asked);
    });
    const { id, body } = station.write();
    await station.come('sent');
    await station.sync.stop();
    // What lay on the disk when the request was on its way: the answer was never heard.
    if (atRequest === null) throw new Error('nothing was asked');
    const db = openStore(atRequest);
    const row = db.prepare('SELECT state, attempts FROM outbox').get();
    expect(row).toEqual({ state: 'sending', attempts: 1 });
    const next = db.prepare<[], string>('SELECT next_at FROM outbox').pluck().get() ?? '';
    expect(Date.parse(next)).toBeGreaterThan(Date.now() - 15_000);
    const later = start((asked) => receiptFor(asked), { db });
    expect(await later.come('sent')).toMatchObject([{ attempts: 2, reportId: id }]);
    expect(later.asked[0]?.body).toEqual(body);
  });

  it('lets no row of the outbox go, and no receipt be taken back', async () => {
    const station = start((asked) => receiptFor(asked));
    station.write();
    await station.come('sent');
    for (const sql of [
      'DELETE FROM outbox',
      `UPDATE outbox SET state = 'waiting', receipt = NULL, sent_at = NULL`,
      `UPDATE outbox SET sha256 = ''`,
    ])
      expect(() => station.db.exec(sql), sql).toThrow('append-only');
  });

  it('with a thousand rows asks a hub that is away once a turn, not a thousand times', async () => {
    const station = start(broken);
    savePaused(station.db, new Date().toISOString());
    for (let index = 0; index < 200; index += 1) station.write();
    savePaused(station.db, null);
    station.sync.hurry();
    await station.heard(2);
    expect(station.asked.length).toBeLessThan(10);
  });
});

describe('waiting', () => {
  it('doubles from seconds to a quarter of an hour, never the same for two stations, and never ends', () => {
    const at = (attempts: number, random: number): number => backoffMs(REAL_PACE, attempts, random) / 1000;
    expect([at(1, 0), at(1, 1)]).toEqual([5, 10]);
    expect([at(4, 0), at(4, 1)]).toEqual([40, 80]);
    for (const attempts of [8, 100, 100_000]) expect([at(attempts, 0), at(attempts, 1)]).toEqual([450, 900]);
  });
});
