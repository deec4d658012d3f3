// A process that inserts the rows of reports by themselves: one row, one commit, over a pool. What the database can do.
import { createInterface } from 'node:readline';
import type { PoolConfig } from 'pg';
import { openDatabase } from '../../../hub/db/open.ts';
import { readReport } from '../../../hub/ingest.ts';
import { createRandom } from '../../../shared/specimen/prng.ts';
import { reportSignText } from '../../../shared/wire/sign.ts';
import { sha256, type TestStation } from '../../hub/test-hub.ts';
import { bytesOfReport, variedReport } from '../../hub/wire-reports.ts';
import { openStations } from './stations.ts';

interface Job {
  connection: PoolConfig;
  pool: number;
  stations: string;
  reports: number;
  seed: number;
}

const job: Job = JSON.parse(process.argv[2] ?? '{}');
const database = openDatabase(job.connection, job.pool);
const { next: random } = createRandom(job.seed);
const stations = openStations(job.stations);

const INSERT = {
  name: 'bare',
  text: `insert into report (id, station_id, agency_id, tier, to_agency, kind, replaces, body, sha256, signature,
    issuer, doc_type, country, week, fraud) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
};

async function valuesOf(station: TestStation): Promise<unknown[]> {
  const report = variedReport(station, random);
  const body = bytesOfReport(report);
  const hash = sha256(body);
  const signature = station.sign(reportSignText(report.id, hash));
  const sender = { stationId: station.stationId, agencyId: station.agencyId, verify: async () => true };
  const row = await readReport(sender, { id: report.id, body, sha256: hash, signature });
  return [
    row.id,
    station.stationId,
    station.agencyId,
    row.tier,
    row.toAgency,
    row.kind,
    row.replaces,
    row.body,
    row.sha256,
    row.signature,
    row.issuer,
    row.docType,
    row.country,
    row.week,
    row.fraud,
  ];
}

const rows = await Promise.all(
  stations.map((station) => Promise.all(Array.from({ length: job.reports }, () => valuesOf(station)))),
);
console.log(JSON.stringify({ ready: true }));
for await (const _line of createInterface({ input: process.stdin })) {
  const begun = performance.now();
  await Promise.all(
    rows.map(async (of) => {
      for (const values of of) await database.pool.query({ ...INSERT, values });
    }),
  );
  console.log(JSON.stringify({ ms: performance.now() - begun }));
  break;
}
await database.close();
process.exit(0);
