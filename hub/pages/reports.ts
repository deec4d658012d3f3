// What arrived: the overview, the list by what fits, and one report as its bytes say it. An agency sees what the policy lets it.
import type { FastifyPluginAsync } from 'fastify';
import { sql } from 'kysely';
import { z } from 'zod';
import { type Html, html } from '../../shared/report/html.ts';
import { DOCUMENT_TYPES, FRAUD_TYPES } from '../../shared/sharing/codes.ts';
import { CODE_WORDS } from '../../shared/sharing/preview.ts';
import { keyFingerprint } from '../../shared/wire/sign.ts';
import { seenBy } from '../db/policy.ts';
import { findReport, listReports, type ReportFilter, type ReportHead } from '../db/reports.ts';
import { loadIdentity } from '../identity.ts';
import { listAgencies, listStations } from '../network.ts';
import type { Person } from '../people.ts';
import { forRole, notFound, type PageContext } from './gate.ts';
import { page, table } from './layout.ts';
import { reportBody } from './report-body.ts';
import { codeWord, timeCell, timeWords, word } from './words.ts';

const PAGE = 50;
const DAY_MS = 86_400_000;
const FILTERS = ['issuer', 'country', 'type', 'fraud'] as const;
const LISTS = {
  type: { ids: DOCUMENT_TYPES, idOf: CODE_WORDS.documentType },
  fraud: { ids: FRAUD_TYPES, idOf: CODE_WORDS.fraud },
} as const;
const filterText = z.string().trim().max(40).optional().catch(undefined);
const query = z.object({
  issuer: filterText,
  country: filterText,
  type: filterText,
  fraud: filterText,
  below: z.string().max(100).optional().catch(undefined),
});
const place = z.tuple([z.iso.datetime(), z.uuid()]);

/** A state is typed by its letters, what has a list is chosen from it. */
function filterField(name: (typeof FILTERS)[number], value: string): Html {
  const label = word(`hub.report.${name}`);
  if (name !== 'type' && name !== 'fraud')
    return html`<label>${label}<input name="${name}" value="${value}" maxlength="3" size="6" /></label>`;
  const { ids, idOf } = LISTS[name];
  const options = ids
    .map((id) => ({ id, text: codeWord(idOf(id), id) }))
    .toSorted((a, b) => a.text.localeCompare(b.text, 'en'))
    .map(
      ({ id, text }) => html`<option value="${id}" ${id === value ? html`selected` : null}>${text}</option>`,
    );
  return html`<label>${label}<select name="${name}"><option value="">${word('hub.policy.every')}</option>${options}</select></label>`;
}

const stateWord = (code: string | null): string => (code === null ? '' : codeWord(`state.${code}`, code));

export function reportPages(context: PageContext): FastifyPluginAsync {
  const { db } = context.database;

  async function reportTable(rows: readonly ReportHead[]): Promise<Html> {
    const agencies = new Map((await listAgencies(db)).map(({ id, name }) => [id, name]));
    const cells = rows.map((row) => [
      html`<a href="/reports/${row.id}">${timeCell(row.receivedAt)}</a>`,
      agencies.get(row.agencyId) ?? '',
      stateWord(row.issuer),
      row.docType === null ? '' : codeWord(CODE_WORDS.documentType(row.docType), row.docType),
      row.fraud.map((each) => codeWord(CODE_WORDS.fraud(each), each)).join(', '),
      stateWord(row.country),
      word(`hub.report.tier.${row.tier}`),
      word(`hub.report.state.${row.state}`),
    ]);
    const headings = (
      ['received', 'agency', 'issuer', 'type', 'fraud', 'country', 'tier', 'state'] as const
    ).map((each) => word(`hub.report.${each}`));
    return html`<section class="panel">${table(headings, cells, word('hub.report.empty'))}</section>`;
  }

  async function facts(who: Person): Promise<Html> {
    const since = new Date(Date.now() - DAY_MS);
    const { reports, today, last } = await db
      .selectFrom('report as r')
      .select([
        sql<number>`count(*)::int`.as('reports'),
        sql<number>`count(*) filter (where r.received_at > ${since})::int`.as('today'),
        sql<Date | null>`max(r.received_at)`.as('last'),
      ])
      .where(seenBy(who.agencyId))
      .executeTakeFirstOrThrow();
    const stations = await listStations(db, who.agencyId);
    const fingerprint = keyFingerprint((await loadIdentity(db)).signKey.toString('base64url'));
    const count = stations.filter(({ revokedAt }) => revokedAt === null).length;
    const when =
      last === null ? word('hub.overview.no-last') : word('hub.overview.last', { time: timeWords(last) });
    return html`<div class="facts">
      <section class="panel"><strong>${word('hub.overview.reports', { count: reports })}</strong>
        ${reports === 0 ? null : html`<span class="quiet">${word('hub.overview.today', { count: today })}</span>`}</section>
      <section class="panel"><strong>${word('hub.overview.stations', { count })}</strong><span class="quiet">${when}</span></section>
      <section class="panel"><span class="code">${fingerprint}</span><span class="quiet">${word('hub.overview.key')}</span></section>
    </div>
    ${count === 0 && who.role === 'administrator' ? html`<p class="notice"><a href="/agencies">${word('hub.overview.begin')}</a></p>` : null}`;
  }

  return async (hub) => {
    hub.get(
      '/',
      forRole(context, '/', async (_request, reply, who) => {
        const latest = await listReports(db, who.agencyId, {}, null, 10);
        const list =
          latest.length === 0
            ? null
            : html`<h2>${word('hub.overview.latest')}</h2>${await reportTable(latest)}`;
        return page(reply, who, '/', word('hub.overview'), html`${await facts(who)}${list}`);
      }),
    );

    hub.get(
      '/reports',
      forRole(context, '/reports', async (request, reply, who) => {
        const asked = query.parse(request.query);
        const filter: ReportFilter = {};
        for (const name of FILTERS) {
          const value = name === 'issuer' || name === 'country' ? asked[name]?.toUpperCase() : asked[name];
          if (value) filter[name] = value;
        }
        const below = place.safeParse(asked.below?.split('_'));
        const from = below.success ? { receivedAt: new Date(below.data[0]), id: below.data[1] } : null;
        const rows = await listReports(db, who.agencyId, filter, from, PAGE + 1);
        const shown = rows.slice(0, PAGE);
        const last = shown.at(-1);
        const next = new URLSearchParams(filter as Record<string, string>);
        if (last !== undefined) next.set('below', `${last.receivedAt.toISOString()}_${last.id}`);
        const form = html`<form class="fields" method="get" action="/reports">
        ${FILTERS.map((name) => filterField(name, filter[name] ?? ''))}
        <button>${word('hub.report.filter')}</button></form>`;
        const more =
          rows.length > PAGE
            ? html`<p><a href="/reports?${next.toString()}">${word('hub.report.more')}</a></p>`
            : null;
        return page(
          reply,
          who,
          '/reports',
          word('hub.reports'),
          html`${form}${await reportTable(shown)}${more}`,
        );
      }),
    );

    hub.get(
      '/reports/:id',
      forRole(context, '/reports', async (request, reply, who) => {
        const id = z.uuid().safeParse((request.params as { id: string }).id);
        const report = id.success ? await findReport(db, who.agencyId, id.data) : null;
        if (report === null) return notFound(reply);
        return page(
          reply,
          who,
          '/reports',
          word('hub.report.title', { time: timeWords(report.receivedAt) }),
          html`
        ${reportBody(report.body)}
        <section class="panel"><details><summary>${word('hub.report.body')}</summary><pre>${report.body.toString('utf8')}</pre></details></section>
        <section class="panel"><h2>${word('hub.report.sha256')}</h2><pre>${report.sha256.toString('hex')}</pre></section>`,
        );
      }),
    );
  };
}
