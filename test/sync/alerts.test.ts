// Alerts between stations over the real hub: told to whom they are for, over when they are taken back, and who read them.
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noteAlertRead, storedAlerts, untoldReads } from '../../electron/db/alerts.ts';
import { loadHub } from '../../electron/db/hub-link.ts';
import type { Db } from '../../electron/db/open.ts';
import { packOutbox, takeInBundle } from '../../electron/sync/carrier.ts';
import { askReads } from '../../electron/sync/reads.ts';
import type { Alert } from '../../shared/sharing/alert.ts';
import type { WireReport } from '../../shared/sharing/report.ts';
import { createRandom } from '../../shared/specimen/prng.ts';
import { idOf, OFFICER_ID } from '../electron/records.ts';
import { alertOf, bytesOfReport, networkReport, withdrawalOf } from '../hub/wire-reports.ts';
import { until } from '../until.ts';
import { badNetwork } from './bad-network.ts';
import { carryByHand } from './by-hand.ts';
import { type Ground, type InjectedHub, startGround, startHub } from './ground.ts';
import { DUTY, enrolledStore, runStation, type RunningStation, type StationIds } from './test-station.ts';

const PACE = { firstMs: 20, longestMs: 60, lookMs: 80, answerMs: 20_000 };
let ground: Ground;
let hub: InjectedHub;

beforeAll(async () => {
  ground = await startGround({ fsync: false });
  hub = await startHub(ground);
});
afterAll(async () => {
  await hub.close();
  await ground.stop();
});

interface Enrolled {
  db: Db;
  ids: StationIds;
}

/** A station that is known at the hub, of an agency of its own or of one that is there. */
async function enrolled(agencyId: string = uuidv7()): Promise<Enrolled> {
  const ids = { stationId: uuidv7(), agencyId };
  const { identity, database } = ground;
  const text = (bytes: Buffer): string => bytes.toString('base64url');
  const own = enrolledStore(ids, {
    hubId: identity.id,
    signKey: text(identity.signKey),
    boxKey: text(identity.boxKey),
  });
  const bytes = (key: string): Buffer => Buffer.from(key, 'base64url');
  await database.db
    .insertInto('agency')
    .values({ id: agencyId, name: `Agency ${agencyId}`, country: 'UTO' })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await database.db
    .insertInto('station')
    .values({
      id: ids.stationId,
      agency_id: agencyId,
      code: 'UT-1',
      place: 'Utopia',
      country: 'UTO',
      sign_key: bytes(own.signKey),
      box_key: bytes(own.boxKey),
    })
    .execute();
  return { db: own.db, ids };
}

/** `isAway`: nothing is heard while it says so. */
function run(db: Db, isAway: () => boolean = () => false): RunningStation {
  const carrier: typeof hub.ask = async (method, target, headers, body) => {
    if (target.endsWith('/events') || isAway()) throw new TypeError('no network');
    return hub.ask(method, target, headers, body);
  };
  const { transport } = badNetwork(carrier, { random: createRandom(1), rate: 0, lateMs: 0 });
  return runStation(db, { transport, pace: PACE });
}

/** Writes a message for good, approved at once. */
function write({ writing }: RunningStation, message: WireReport): void {
  const { id, kind, replaces } = message;
  const audience = { tier: 'T2', agencyId: null, basisId: null } as const;
  const made = [{ audience, kind, replaces, id, body: bytesOfReport(message), pieces: [] }];
  const at = new Date().toISOString();
  writing.write(DUTY, { id: uuidv7(), examinationId: idOf('case'), request: id, at, made }, () => undefined);
}

/** The alerts of this sender in a store: the hub has those of other tests, too. */
const alertsIn = (db: Db, { ids }: Enrolled): [string, boolean][] =>
  storedAlerts(db).flatMap(({ id, isTakenBack, content }) =>
    content.stationId === ids.stationId ? [[id, isTakenBack]] : [],
  );
const audienceOf = (...agencies: string[]): Alert['audience'] => ({ agencies, places: [], countries: [] });

describe('an alert', () => {
  it('reaches those it is for and no others, and is over there once it is taken back', async () => {
    const [sender, friend, other] = [await enrolled(), await enrolled(), await enrolled()];
    const sending = run(sender.db);
    const reading = run(friend.db);
    const outside = run(other.db);
    const report = networkReport(sender.ids);
    const aimed = alertOf(sender.ids, report.id, { audience: audienceOf(friend.ids.agencyId) });
    const open = alertOf(sender.ids, report.id);
    for (const message of [report, aimed, open]) write(sending, message);
    await until(() => expect(alertsIn(friend.db, sender)).toHaveLength(2));
    await until(() => expect(alertsIn(other.db, sender)).toEqual([[open.id, false]]));
    expect(storedAlerts(friend.db).map(({ content }) => content)).toEqual(
      expect.arrayContaining([aimed, open]),
    );
    write(sending, withdrawalOf(sender.ids, aimed.id));
    await until(() => expect(new Map(alertsIn(friend.db, sender)).get(aimed.id)).toBe(true));
    expect(new Map(alertsIn(friend.db, sender)).get(open.id)).toBe(false);
    write(sending, withdrawalOf(sender.ids, report.id));
    await until(() => expect(new Map(alertsIn(other.db, sender)).get(open.id)).toBe(true));
    for (const { sync } of [sending, reading, outside]) await sync.stop();
  });

  it('goes by hand like a report: by the hub, and in a file to a station that it is for alone', async () => {
    const [sender, friend, other] = [await enrolled(), await enrolled(), await enrolled()];
    const sending = run(sender.db, () => true);
    const aimed = alertOf(sender.ids, uuidv7(), { audience: audienceOf(friend.ids.agencyId) });
    const about = networkReport(sender.ids);
    for (const message of [about, aimed]) write(sending, message);
    write(sending, withdrawalOf(sender.ids, aimed.id));
    const link = loadHub(sender.db);
    if (link === null) throw new Error('no hub');
    const packedFor = ({ ids }: Enrolled): number =>
      [...packOutbox(sender.db, link, { kind: 'station', agencyId: ids.agencyId }).frames].length;
    expect([packedFor(friend), packedFor(other), packedFor(sender)]).toEqual([3, 1, 3]);
    const means = { random: createRandom(7), now: () => new Date(), pause: async () => undefined };
    const never = { ...means, random: { ...means.random, chance: () => false } };
    await carryByHand(ground, () => sender.db, never);
    await until(async () => {
      await carryByHand(ground, () => friend.db, never);
      expect(alertsIn(friend.db, sender)).toEqual([[aimed.id, true]]);
    });
    await sending.sync.stop();
  });

  it('for other agencies is not taken from a file, whoever wrote it', async () => {
    const [sender, other] = [await enrolled(), await enrolled()];
    const follow = run(other.db);
    await until(() => {
      const known = other.db.prepare('SELECT 1 FROM known_station WHERE id = ?').get(sender.ids.stationId);
      expect(known).toBeDefined();
    });
    await follow.sync.stop();
    const sending = run(sender.db, () => true);
    const forOthers = alertOf(sender.ids, uuidv7(), { audience: audienceOf(uuidv7()) });
    const forAll = alertOf(sender.ids, uuidv7());
    for (const message of [forOthers, forAll]) write(sending, message);
    const [own, link] = [loadHub(sender.db), loadHub(other.db)];
    if (own === null || link === null) throw new Error('no hub');
    // As a station of a version would write it that knows no audience.
    const { frames } = packOutbox(sender.db, own, { kind: 'hub' });
    const from = { kind: 'station', id: sender.ids.stationId } as const;
    const to = { kind: 'station', id: other.ids.stationId } as const;
    async function* all() {
      const opening = { kind: 'from', bundleId: uuidv7(), from, to, at: '', signature: '' } as const;
      yield { head: opening, bytes: new Uint8Array() };
      yield* frames;
    }
    await takeInBundle({ db: other.db, now: () => new Date(), hub: link }, all(), () => undefined);
    expect(alertsIn(other.db, sender)).toEqual([[forAll.id, false]]);
    await sending.sync.stop();
  });
});

describe('who read it', () => {
  const readAt = '2026-11-23T05:00:00.000Z';

  it('is told to the hub once, also after the network was away, and asked of it by the agency that sent', async () => {
    const [sender, friend] = [await enrolled(), await enrolled()];
    const sending = run(sender.db);
    let isAway = false;
    const reading = run(friend.db, () => isAway);
    const alert = alertOf(sender.ids, uuidv7());
    write(sending, alert);
    await until(() => expect(alertsIn(friend.db, sender)).toHaveLength(1));
    isAway = true;
    const read = { alertId: alert.id, officerId: OFFICER_ID, role: 'examiner', at: readAt };
    expect(noteAlertRead(friend.db, read, true)).toBe(true);
    expect(noteAlertRead(friend.db, read, true)).toBe(false);
    reading.sync.tell();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(untoldReads(friend.db, 9)).toHaveLength(1);
    isAway = false;
    await until(() => expect(untoldReads(friend.db, 9)).toEqual([]));
    // Told again, as after a cut before the answer was noted.
    friend.db.prepare('UPDATE alert_read SET told_at = NULL').run();
    reading.sync.tell();
    await until(() => expect(untoldReads(friend.db, 9)).toEqual([]));
    const heard = await askReads(sender.db, sending.sync.client, alert.id);
    expect(heard?.reads).toEqual([
      {
        stationId: friend.ids.stationId,
        agencyId: friend.ids.agencyId,
        reader: expect.any(String),
        role: 'examiner',
        at: readAt,
      },
    ]);
    expect(await askReads(friend.db, reading.sync.client, alert.id)).toBeNull();
    for (const { sync } of [sending, reading]) await sync.stop();
  });

  it('is told no more where the hub knows nothing of the alert', async () => {
    const station = await enrolled();
    const running = run(station.db);
    noteAlertRead(
      station.db,
      { alertId: uuidv7(), officerId: OFFICER_ID, role: 'officer', at: readAt },
      true,
    );
    running.sync.tell();
    await until(() => expect(untoldReads(station.db, 9)).toEqual([]));
    await running.sync.stop();
  });
});
