// Case studies between stations over the real hub: with their pictures, by the network and by hand, and gone again.
import { randomBytes } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadHub } from '../../electron/db/hub-link.ts';
import type { Db } from '../../electron/db/open.ts';
import { cropBytes, type NewCrop } from '../../electron/db/reports.ts';
import { standingStudies } from '../../electron/db/studies.ts';
import { keepWanted, wantedAt, wantPictures } from '../../electron/db/wanted-pictures.ts';
import { packOutbox, takeInBundle } from '../../electron/sync/carrier.ts';
import type { StudyImage } from '../../shared/sharing/case-study.ts';
import type { WireReport } from '../../shared/sharing/report.ts';
import { createRandom } from '../../shared/specimen/prng.ts';
import type { Frame } from '../../shared/wire/bundle-frames.ts';
import { sha256 } from '../../shared/wire/sign.ts';
import { idOf } from '../electron/records.ts';
import { bytesOfReport, networkReport, studyOf, withdrawalOf } from '../hub/wire-reports.ts';
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

/** A station that is known at the hub, of an agency of its own. */
async function enrolled(): Promise<Enrolled> {
  const ids = { stationId: uuidv7(), agencyId: uuidv7() };
  const { identity, database } = ground;
  const text = (bytes: Buffer): string => bytes.toString('base64url');
  const keys = { signKey: text(identity.signKey), boxKey: text(identity.boxKey) };
  const own = enrolledStore(ids, { hubId: identity.id, ...keys });
  const { db } = database;
  await db
    .insertInto('agency')
    .values({ id: ids.agencyId, name: `Agency ${ids.agencyId}`, country: 'UTO' })
    .execute();
  await db
    .insertInto('station')
    .values({
      id: ids.stationId,
      agency_id: ids.agencyId,
      code: 'UT-1',
      place: 'Utopia',
      country: 'UTO',
      sign_key: Buffer.from(own.signKey, 'base64url'),
      box_key: Buffer.from(own.boxKey, 'base64url'),
    })
    .execute();
  return { db: own.db, ids };
}

/** `isAway`: nothing is heard while it says so. */
function run(db: Db, isAway: (target: string) => boolean = () => false): RunningStation {
  const carrier: typeof hub.ask = async (method, target, headers, body) => {
    if (target.endsWith('/events') || isAway(target)) throw new TypeError('no network');
    return hub.ask(method, target, headers, body);
  };
  const { transport } = badNetwork(carrier, { random: createRandom(1), rate: 0, lateMs: 0 });
  return runStation(db, { transport, pace: PACE });
}

/** Pictures of some pieces; the second is as long as a whole number of them. */
const pieces = (): NewCrop[] =>
  [600_000, 512 * 1024].map((length) => {
    const bytes = randomBytes(length);
    return { sha256: sha256(bytes), mime: 'image/jpeg', bytes };
  });
const imageOf = ({ sha256: digest, bytes }: NewCrop): StudyImage => ({
  sha256: digest,
  bytes: bytes.length,
  mime: 'image/jpeg',
  light: 'white',
  what: 'crop',
  caption: '',
  marks: [],
});

/** Writes a message for good, approved at once. */
function write({ writing }: RunningStation, message: WireReport, own: NewCrop[] = []): void {
  const { id, kind, replaces } = message;
  const audience = { tier: 'T2', agencyId: null, basisId: null } as const;
  const made = [{ audience, kind, replaces, id, body: bytesOfReport(message), pieces: own }];
  const at = new Date().toISOString();
  writing.write(DUTY, { id: uuidv7(), examinationId: idOf('case'), request: id, at, made }, () => undefined);
}

const hasAll = (db: Db, own: readonly NewCrop[]): boolean =>
  own.every(({ sha256: digest, bytes }) => cropBytes(db, digest)?.bytes.equals(bytes) === true);
const readable = (db: Db): string[] => standingStudies(db).map(({ id }) => id);

describe('a case study', () => {
  it('reaches another station with its pictures, and is gone there once it is taken back', async () => {
    const [sender, reader] = [await enrolled(), await enrolled()];
    const own = pieces();
    const report = networkReport(sender.ids);
    const study = studyOf(sender.ids, report.id, { images: own.map(imageOf) });
    // Its pictures come to the hub long after it.
    let isSlow = true;
    const sending = run(sender.db, (target) => isSlow && target.includes('/images/'));
    const reading = run(reader.db);
    write(sending, report);
    write(sending, study, own);
    const other = studyOf(sender.ids, report.id);
    write(sending, other);
    await until(() => expect(readable(reader.db)).toEqual(expect.arrayContaining([study.id, other.id])));
    expect(hasAll(reader.db, own)).toBe(false);
    expect(wantedAt(reader.db)).not.toBeNull();
    isSlow = false;
    sending.sync.hurry();
    await until(() => expect(hasAll(reader.db, own)).toBe(true));
    expect(wantedAt(reader.db)).toBeNull();
    write(sending, withdrawalOf(sender.ids, study.id));
    await until(() => expect(readable(reader.db)).not.toContain(study.id));
    expect(readable(reader.db)).toContain(other.id);
    write(sending, withdrawalOf(sender.ids, report.id));
    await until(() => expect(readable(reader.db)).not.toContain(other.id));
    for (const { sync } of [sending, reading]) await sync.stop();
  });

  it('comes by hand through the hub with its pictures', async () => {
    const [sender, reader] = [await enrolled(), await enrolled()];
    const own = pieces();
    const sending = run(sender.db, () => true);
    const report = networkReport(sender.ids);
    write(sending, report);
    write(sending, studyOf(sender.ids, report.id, { images: own.map(imageOf) }), own);
    const random = { ...createRandom(7), chance: () => false };
    const means = { random, now: () => new Date(), pause: async () => undefined };
    await carryByHand(ground, () => sender.db, means);
    await until(async () => {
      await carryByHand(ground, () => reader.db, means);
      expect(hasAll(reader.db, own)).toBe(true);
    });
    expect(wantedAt(reader.db)).toBeNull();
    await sending.sync.stop();
  });

  it('comes in a file from station to station with its pictures, and no other picture does', async () => {
    const [sender, reader] = [await enrolled(), await enrolled()];
    const own = pieces();
    const [other] = pieces();
    const sending = run(sender.db, () => true);
    const report = networkReport(sender.ids, { images: other === undefined ? [] : [bare(other)] });
    write(sending, report, other === undefined ? [] : [other]);
    write(sending, studyOf(sender.ids, report.id, { images: own.map(imageOf) }), own);
    const link = loadHub(sender.db);
    if (link === null) throw new Error('no hub');
    const { frames, figures } = packOutbox(sender.db, link, {
      kind: 'station',
      agencyId: reader.ids.agencyId,
    });
    const packed = [...frames];
    expect(figures).toMatchObject({ reports: 2, images: 2, leftOut: 1 });
    const digests = new Set(packed.flatMap(({ head }) => (head.kind === 'image' ? [head.sha256] : [])));
    expect(digests).toEqual(new Set(own.map((each) => each.sha256)));
    await sending.sync.stop();
    // What nobody named is not kept, and what is not what it says neither.
    const hubOfReader = loadHub(reader.db);
    if (hubOfReader === null) throw new Error('no hub');
    const opening: Frame = {
      head: {
        kind: 'from',
        bundleId: uuidv7(),
        from: { kind: 'station', id: sender.ids.stationId },
        to: { kind: 'station', id: reader.ids.stationId },
        at: new Date().toISOString(),
        signature: 'A'.repeat(86),
      },
      bytes: new Uint8Array(),
    };
    const pictures = packed.filter(({ head }) => head.kind === 'image');
    const take = (all: readonly Frame[]) =>
      takeInBundle(
        { db: reader.db, now: () => new Date(), hub: hubOfReader },
        each([opening, ...all]),
        () => undefined,
      );
    await take(pictures);
    expect(hasAll(reader.db, own)).toBe(false);
    const at = new Date().toISOString();
    reader.db.transaction(() => wantPictures(reader.db, own.map(imageOf), at)).immediate();
    await take(pictures.slice(1));
    expect(own.map(({ sha256: digest }) => cropBytes(reader.db, digest) !== undefined)).toEqual([
      digests.values().next().value === own[1]?.sha256,
      digests.values().next().value === own[0]?.sha256,
    ]);
    expect(keepWanted(reader.db, own[0]?.sha256 ?? '', Buffer.from('another'))).toBe(false);
    await take(pictures);
    expect(hasAll(reader.db, own)).toBe(true);
  });
});

const bare = ({ sha256: digest, bytes }: NewCrop) =>
  ({ sha256: digest, bytes: bytes.length, mime: 'image/jpeg', light: 'white', what: 'crop' }) as const;

async function* each(frames: readonly Frame[]): AsyncGenerator<Frame> {
  yield* frames;
}
