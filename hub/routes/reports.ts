// /v1/reports: a report is taken once and kept as it came; others read it as far as the policy lets them.
import type { FastifyInstance } from 'fastify';
import { report, reportList, type ReportRow } from '../../shared/wire/api.ts';
import { MAX_REPORT_BYTES, reportId } from '../../shared/sharing/shapes.ts';
import { REPORT_SIGNATURE_HEADER, REQUEST_HEADERS } from '../../shared/wire/sign.ts';
import type { HubContext } from '../context.ts';
import { findReport, listReports, type ListPlace, type ReportHead } from '../db/reports.ts';
import { readReport, storeReport } from '../ingest.ts';
import { inShape } from '../read.ts';
import { Refused } from '../refusal.ts';
import { bytesOf, callerOf } from '../signed.ts';

const JSON_TYPE = 'application/json';

export function reportRoutes(hub: FastifyInstance, context: HubContext): void {
  const { database, identity, metrics, publisher, queue, sign } = context;
  const means = { queue, hubId: identity.id, sign };

  const put = {
    summary: 'Stores the exact bytes once; 201 new, 200 had these bytes already',
    params: report.params,
    body: { bytes: JSON_TYPE },
    answers: { 201: report.answer, 200: report.answer },
    refusals: ['schema', 'not-yours', 'tier-leak', 'different-bytes', 'too-large', 'wrong-type'],
  } as const;
  hub.put<{ Params: { id: string } }>(
    '/v1/reports/:id',
    { bodyLimit: MAX_REPORT_BYTES, config: { api: put, signed: true, admitsItself: true } },
    async (request, reply) => {
      const caller = callerOf(request);
      const signature = request.headers[REPORT_SIGNATURE_HEADER];
      const row = await readReport(caller, {
        id: request.params.id,
        body: bytesOf(request),
        sha256: request.bodySha256,
        signature: typeof signature === 'string' ? signature : '',
      });
      const { isNew, answer } = await storeReport(means, caller.stationId, caller.nonce, row);
      if (isNew) publisher.wake();
      metrics.reports.inc({ outcome: isNew ? 'stored' : 'repeated' });
      return reply.code(isNew ? 201 : 200).send(answer);
    },
  );

  const get = {
    summary: 'The exact bytes of a report, its signature and its station as headers',
    params: report.params,
    answers: { 200: { bytes: JSON_TYPE } },
    refusals: ['bad-request', 'not-found'],
  } as const;
  hub.get('/v1/reports/:id', { config: { api: get, signed: true } }, async (request, reply) => {
    const { id } = inShape(report.params, request.params, 'bad-request');
    const found = await findReport(database.db, callerOf(request).agencyId, id);
    if (!found) throw new Refused('not-found');
    return reply
      .type(JSON_TYPE)
      .header(REPORT_SIGNATURE_HEADER, found.signature.toString('base64url'))
      .header(REQUEST_HEADERS.station, found.stationId)
      .send(found.body);
  });

  const list = {
    summary: 'Reports that the agency of the station may see, the newest first',
    query: reportList.query,
    answers: { 200: reportList.answer },
    refusals: ['bad-request'],
  } as const;
  hub.get('/v1/reports', { config: { api: list, signed: true } }, async (request) => {
    const { cursor, limit, state, ...filter } = inShape(reportList.query, request.query, 'bad-request');
    const below = cursor === undefined ? null : placeOf(cursor);
    const rows = await listReports(
      database.db,
      callerOf(request).agencyId,
      { ...filter, state: state && STATES[state] },
      below,
      limit,
    );
    const last = rows.length === limit ? rows.at(-1) : undefined;
    return { rows: rows.map(toRow), cursor: last ? cursorOf(last) : null };
  });
}

const STATES = { 'in-force': 'current', replaced: 'corrected', withdrawn: 'withdrawn' } as const;
const STATE_NAMES = { current: 'in-force', corrected: 'replaced', withdrawn: 'withdrawn' } as const;

/** Codes were held to their lists when the report came; the list has reports alone. */
const toRow = ({ receivedAt, docType, ...head }: ReportHead): ReportRow => ({
  ...head,
  kind: head.kind as ReportRow['kind'],
  state: STATE_NAMES[head.state],
  receivedAt: receivedAt.toISOString(),
  documentType: docType as ReportRow['documentType'],
  fraud: head.fraud as ReportRow['fraud'],
});

const cursorOf = ({ receivedAt, id }: ListPlace): string =>
  Buffer.from(`${receivedAt.getTime()} ${id}`, 'latin1').toString('base64url');

function placeOf(cursor: string): ListPlace {
  const [time = '', id = ''] = Buffer.from(cursor, 'base64url').toString('latin1').split(' ');
  const receivedAt = new Date(Number(time));
  if (!/^\d{1,15}$/.test(time) || Number.isNaN(receivedAt.getTime()))
    throw new Refused('bad-request', ['cursor']);
  return { receivedAt, id: inShape(reportId, id, 'bad-request') };
}
