// Reports that wait for each other are stored together; what is wrong with one is told to that one alone.
import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { createIngestQueue } from '../../hub/ingest-queue.ts';
import { readReport } from '../../hub/ingest.ts';
import type { Put } from '../../hub/db/ingest.ts';
import type { HubDatabase } from '../../hub/db/open.ts';
import { reportSignText } from '../../shared/wire/sign.ts';
import { testCluster } from './cluster.ts';
import { makeAgency, makeStation, sha256 } from './test-hub.ts';
import { bytesOfReport, networkReport } from './wire-reports.ts';

const cluster = testCluster();

async function putOfNewStation(database: HubDatabase, agencyId: string): Promise<Put> {
  const station = await makeStation(database, agencyId);
  const report = networkReport(station);
  const body = bytesOfReport(report);
  const hash = sha256(body);
  const signature = station.sign(reportSignText(report.id, hash));
  const sender = { stationId: station.stationId, agencyId, verify: async () => true };
  const row = await readReport(sender, { id: report.id, body, sha256: hash, signature });
  return { stationId: station.stationId, nonce: randomBytes(16), report: row };
}

test('a row that the database refuses keeps none of those out that came with it', async () => {
  const database = await cluster.fresh();
  const agencyId = await makeAgency(database, 'Utopia');
  // The first ones go alone; the others wait for them, and then go as one.
  const puts = await Promise.all(Array.from({ length: 20 }, () => putOfNewStation(database, agencyId)));
  const wrong = puts[13] as Put;
  wrong.report = { ...wrong.report, sha256: randomBytes(31) };
  const queue = createIngestQueue(database.pool);
  const outcomes = await Promise.allSettled(puts.map((put) => queue.put(put)));
  const refused = puts.filter((_, at) => outcomes[at]?.status === 'rejected');
  expect(refused).toEqual([wrong]);
  const { rows } = await database.pool.query<{ id: string }>('select id from report order by id');
  const right = puts.filter((put) => put !== wrong).map(({ report }) => report.id);
  expect(rows.map(({ id }) => id)).toEqual(right.toSorted());
});
