// Fills a hub's database with reports as a year would have brought them, their places in the feed, and a policy.
import { randomBytes } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import type { HubDatabase } from '../../../hub/db/open.ts';
import { createRandom } from '../../../shared/specimen/prng.ts';
import type { TestStation } from '../../hub/test-hub.ts';
import { bytesOfReport, variedReport } from '../../hub/wire-reports.ts';

const TOGETHER = 500;
const YEAR_MS = 365 * 86_400_000;

/** Reports of these stations, received one after the other over a year. Signatures are noise: nobody checks them here. */
export async function fillReports(
  { db }: HubDatabase,
  stations: readonly TestStation[],
  { reports, seed }: { reports: number; seed: number },
): Promise<void> {
  const random = createRandom(seed);
  const begun = Date.now() - YEAR_MS;
  for (let from = 0; from < reports; from += TOGETHER) {
    const rows = Array.from({ length: Math.min(TOGETHER, reports - from) }, (_, at) => {
      const station = random.pick(stations);
      const report = variedReport(station, () => random.next());
      const { id, document, detection, fraud } = report;
      return {
        id,
        station_id: station.stationId,
        agency_id: station.agencyId,
        tier: 'T2' as const,
        to_agency: null,
        kind: 'report' as const,
        replaces: null,
        body: bytesOfReport(report),
        sha256: randomBytes(32),
        signature: randomBytes(64),
        received_at: new Date(begun + ((from + at) / reports) * YEAR_MS),
        issuer: document.issuer,
        doc_type: document.type,
        country: detection.country,
        week: detection.week,
        fraud: fraud.types,
        state: random.chance(0.03)
          ? ('corrected' as const)
          : random.chance(0.01)
            ? ('withdrawn' as const)
            : ('current' as const),
      };
    });
    await db.insertInto('report').values(rows).execute();
    const places = rows.map(({ id }, at) => ({ seq: from + at + 1, kind: 'report' as const, subject: id }));
    await db.insertInto('feed').values(places).execute();
  }
}

/** Rules as they grow: single refusals, an allowance, and one agency that is shown nothing of the others. */
export async function fillPolicy(
  { db }: HubDatabase,
  { agencies, outsider }: { agencies: readonly string[]; outsider: string },
): Promise<void> {
  const [first, second, third] = agencies;
  const nobody = { from_agency: null, to_agency: null, issuer: null, kind: null };
  await db
    .insertInto('policy')
    .values([
      { ...nobody, id: uuidv7(), to_agency: outsider, effect: 'deny' },
      { ...nobody, id: uuidv7(), from_agency: first ?? null, to_agency: second ?? null, effect: 'deny' },
      { ...nobody, id: uuidv7(), from_agency: second ?? null, to_agency: third ?? null, effect: 'allow' },
      { ...nobody, id: uuidv7(), from_agency: third ?? null, issuer: 'UTC', effect: 'deny' },
      { ...nobody, id: uuidv7(), kind: 'withdrawal', to_agency: third ?? null, effect: 'deny' },
    ])
    .execute();
}
