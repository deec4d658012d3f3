// Rows beside the reports: made of what is in force, whatever comes in what order, and made anew the same.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { insertReceived } from '../../electron/db/received.ts';
import type { Db } from '../../electron/db/open.ts';
import {
  dueTrends,
  examinedBetween,
  foldTrends,
  followTrends,
  type TrendPlace,
  TRENDS_BEGIN,
} from '../../electron/db/trends.ts';
import { StationFailure } from '../../electron/failure.ts';
import type { ServiceContext } from '../../electron/services/context.ts';
import { createTrendService } from '../../electron/services/trends.ts';
import type { WireReport } from '../../shared/sharing/report.ts';
import type { TrendQuestion } from '../../shared/trends/question.ts';
import {
  bytesOfReport,
  countedReport,
  networkReport,
  partnerReport,
  withdrawalOf,
} from '../hub/wire-reports.ts';
import { countOne, idOf, memoryStore, saveRecord } from './records.ts';

const AUTHOR = { stationId: idOf('their station'), agencyId: idOf('their agency') };
const OTHER = { stationId: idOf('third station'), agencyId: idOf('third agency') };
let place = 0;

/** As it came by the hub. */
function receive(db: Db, report: WireReport): void {
  const body = bytesOfReport(report);
  const { id, agencyId, stationId, tier, kind, replaces } = report;
  const at = '2026-11-23T03:00:00.000Z';
  place += 1;
  insertReceived(db, {
    id,
    seq: place,
    agencyId,
    stationId,
    tier,
    kind,
    replaces,
    body,
    sha256: '',
    signature: '',
    receivedAt: at,
    storedAt: at,
  });
}

interface Follower {
  ids: Set<string>;
  place: TrendPlace;
}

const newFollower = (): Follower => ({ ids: new Set(), place: TRENDS_BEGIN });

/** Takes up what changed, two rows at a time. */
function follow(db: Db, follower: Follower): void {
  const { ids } = follower;
  const means = { put: ({ id }: { id: string }) => ids.add(id), remove: (id: string) => ids.delete(id) };
  for (let place = followTrends(db, follower.place, means, 2); place !== null; ) {
    follower.place = place;
    place = followTrends(db, place, means, 2);
  }
}

/** Ids that are counted, by whoever follows from the beginning and by whoever followed all the time. */
function counted(db: Db, follower = newFollower()): string[] {
  while (foldTrends(db, 3) > 0);
  const fresh = newFollower();
  follow(db, fresh);
  follow(db, follower);
  expect([...follower.ids].toSorted()).toEqual([...fresh.ids].toSorted());
  return [...fresh.ids].toSorted();
}

describe('what others report', () => {
  it('is counted once for each event, by the report that tells most', () => {
    const db = memoryStore();
    const createdAt = '2026-11-20T08:00:00.000Z';
    const [figures, partner, network] = [
      countedReport(AUTHOR, { id: idOf('figures'), createdAt }),
      partnerReport(AUTHOR, idOf('us'), { id: idOf('partner'), createdAt }),
      networkReport(AUTHOR, { id: idOf('network'), createdAt }),
    ];
    receive(db, figures);
    expect(counted(db)).toEqual([figures.id]);
    receive(db, partner);
    expect(counted(db)).toEqual([partner.id]);
    receive(db, network);
    expect(counted(db)).toEqual([network.id]);
    // At the same moment at another station something else happened.
    receive(db, networkReport(OTHER, { id: idOf('elsewhere'), createdAt }));
    expect(counted(db)).toEqual([idOf('elsewhere'), network.id].toSorted());
  });

  it('is counted as it was corrected, and no more once it was taken back', () => {
    const db = memoryStore();
    const first = networkReport(AUTHOR, { id: idOf('first'), createdAt: '2026-11-20T08:00:00.000Z' });
    const better = networkReport(AUTHOR, { id: idOf('better'), kind: 'correction', replaces: first.id });
    // The correction may come first, as by a stick.
    receive(db, better);
    receive(db, first);
    expect(counted(db)).toEqual([better.id]);
    // Nobody takes back what is not theirs.
    receive(db, withdrawalOf(OTHER, better.id));
    expect(counted(db)).toEqual([better.id]);
    receive(db, withdrawalOf(AUTHOR, better.id));
    expect(counted(db)).toEqual([]);
  });

  it('is counted once where one of its reports was corrected, in whatever order they come', () => {
    const createdAt = '2026-11-20T08:00:00.000Z';
    const partner = partnerReport(AUTHOR, idOf('us'), { id: idOf('partner'), createdAt });
    const network = networkReport(AUTHOR, { id: idOf('network'), createdAt });
    const correction = (name: string, replaces: string, day: string) =>
      networkReport(AUTHOR, {
        id: idOf(name),
        kind: 'correction',
        replaces,
        createdAt: `2026-11-${day}T08:00:00.000Z`,
      });
    const better = correction('better', network.id, '21');
    const best = correction('best', better.id, '22');
    for (const order of [
      [partner, network, better, best],
      [best, better, network, partner],
      [better, partner, best, network],
    ]) {
      const db = memoryStore();
      const follower = newFollower();
      for (const report of order) {
        receive(db, report);
        counted(db, follower);
      }
      expect(counted(db, follower)).toEqual([best.id]);
      // With the last of them taken back the partner's still stands.
      receive(db, withdrawalOf(AUTHOR, best.id));
      expect(counted(db, follower)).toEqual([partner.id]);
    }
  });

  it('is what is in force, in whatever order it comes', () => {
    const names = ['a', 'b', 'c', 'd'];
    const step = fc.record({
      name: fc.constantFrom(...names),
      kind: fc.constantFrom('report', 'correction', 'withdrawal'),
      of: fc.constantFrom(...names),
      tier: fc.constantFrom('T2', 'T3'),
    });
    const all = fc.uniqueArray(step, { selector: ({ name, kind }) => `${kind} ${name}`, maxLength: 10 });
    fc.assert(
      fc.property(all, fc.infiniteStream(fc.boolean()), (steps, looks) => {
        const db = memoryStore();
        const follower = newFollower();
        const made = steps.map(({ name, kind, of, tier }): WireReport => {
          const id = idOf(`${kind} ${name}`);
          const replaces = idOf(`report ${of}`);
          const createdAt = `2026-11-2${names.indexOf(name)}T08:00:00.000Z`;
          if (kind === 'withdrawal') return withdrawalOf(AUTHOR, replaces, { id, createdAt });
          const make = tier === 'T2' ? networkReport : countedReport;
          if (kind === 'report') return make(AUTHOR, { id, createdAt });
          return make(AUTHOR, {
            id,
            createdAt: `2026-11-2${names.indexOf(name)}T09:00:00.000Z`,
            kind: 'correction',
            replaces,
          });
        });
        for (const report of made) {
          receive(db, report);
          if (looks.next().value) counted(db, follower);
        }
        const replaced = new Set(made.flatMap(({ replaces }) => replaces ?? []));
        const standing = made.filter(({ id, kind }) => kind !== 'withdrawal' && !replaced.has(id));
        const here = new Set(made.map(({ id }) => id));
        // Two corrections of one report are of one event, as far as it is known.
        const eventOf = ({ id, replaces }: WireReport): string =>
          replaces !== null && here.has(replaces) ? replaces : id;
        const inForce = [...Map.groupBy(standing, eventOf).values()].map(
          (of) =>
            of
              .map(({ tier, id }) => `${tier === 'T2' ? 'b' : 'a'} ${id}`)
              .toSorted()
              .at(-1)
              ?.slice(2) ?? '',
        );
        expect(counted(db, follower)).toEqual(inForce.toSorted());
        // Made anew it is the same.
        db.exec(`DELETE FROM trend_row; INSERT INTO trend_due SELECT id FROM received_report`);
        expect(counted(db)).toEqual(inForce.toSorted());
        db.close();
      }),
      { numRuns: 60 },
    );
  });

  it('is not counted once it went', () => {
    const db = memoryStore();
    receive(db, networkReport(AUTHOR, { id: idOf('gone') }));
    expect(counted(db)).toEqual([idOf('gone')]);
    db.exec('DELETE FROM received_report');
    expect(counted(db)).toEqual([]);
  });
});

describe('a station that met many reports at once', () => {
  const context = (db: Db, events: unknown[]): ServiceContext =>
    ({
      db,
      now: () => new Date(),
      emit: (_event: string, body: unknown) => events.push(body),
    }) as unknown as ServiceContext;
  const question: TrendQuestion = { by: 'issuer', from: '2026-W01', to: '2026-W48', week: null, only: {} };

  it('says how far it has counted them, and answers with all of them', async () => {
    const db = memoryStore();
    for (let at = 0; at < 1200; at += 1)
      receive(
        db,
        networkReport(AUTHOR, {
          id: idOf(`many ${at}`),
          createdAt: new Date(Date.UTC(2026, 10, 1) + at).toISOString(),
        }),
      );
    expect(dueTrends(db)).toBe(1200);
    const events: { done: number; total: number }[] = [];
    const service = createTrendService(context(db, events));
    // Two who ask at once wait for the same counting.
    const [one, two] = await Promise.all([
      service.view(question),
      service.view({ ...question, by: 'place' }),
    ]);
    expect([one.view.total, two.view.total]).toEqual([1200, 1200]);
    expect(events.length).toBeGreaterThan(5);
    expect(events.at(-1)).toEqual({ done: 1200, total: 1200 });
    expect(events.every(({ done }, at) => at === 0 || done >= (events[at - 1]?.done ?? 0))).toBe(true);
    await service.close();
    await expect(service.view(question)).rejects.toThrow(StationFailure);
  });
});

describe('those who were examined', () => {
  it('are counted from the records and from those cleared without one', () => {
    const db = memoryStore();
    expect(examinedBetween(db, '2026-01-01', '2026-12-31')).toBe(null);
    saveRecord(db, { name: 'one', at: '2026-03-02T12:00:00.000Z', outcome: 'referred' });
    saveRecord(db, { name: 'two', at: '2026-03-09T12:00:00.000Z', outcome: 'clear' });
    for (let at = 0; at < 5; at += 1) countOne(db, `cleared ${at}`, '2026-03-10T12:00:00.000Z');
    expect(examinedBetween(db, '2026-03-02', '2026-03-08')).toEqual({ count: 1, since: null });
    expect(examinedBetween(db, '2026-03-09', '2026-03-15')).toEqual({ count: 6, since: null });
    // Of the weeks before the first record nobody knows.
    expect(examinedBetween(db, '2026-01-01', '2026-03-31')).toEqual({ count: 7, since: '2026-03-02' });
    expect(examinedBetween(db, '2025-01-01', '2026-03-01')).toBe(null);
  });
});
