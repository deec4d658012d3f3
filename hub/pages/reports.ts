// What arrived: the overview, the list by what fits, and one report as its bytes say it. An agency sees what the policy lets it.
import type { FastifyPluginAsync } from 'fastify';
import { sql } from 'kysely';
import { z } from 'zod';
import { type Html, html } from '../../shared/report/html.ts';
import { DOCUMENT_TYPES, FRAUD_TYPES } from '../../shared/sharing/codes.ts';
import { CODE_WORDS } from '../../shared/sharing/preview.ts';
import { keyFingerprint } from '../../shared/wire/sign.ts';
import { seenBy } from '../db/policy.ts';
import { findReport, listReports, type ReportFilter } from '../db/reports.ts';
import { loadIdentity } from '../identity.ts';
import { listStations } from '../network.ts';
import type { Person } from '../people.ts';
import { forRole, idOf, notFound, type PageContext } from './gate.ts';
import { page } from './layout.ts';
import { olderLink, placeBelow } from './paging.ts';
import { reportBody } from './report-body.ts';
import { reportTable } from './report-table.ts';
import { codeWord, timeWords, word } from './words.ts';

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
});

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

export function reportPages(context: PageContext): FastifyPluginAsync {
  const { db } = context.database;

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
      .where('r.kind', 'in', ['report', 'correction'])
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
          latest.length === 0 ? null : html`<h2>${word('hub.overview.latest')}</h2>${reportTable(latest)}`;
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
        const rows = await listReports(db, who.agencyId, filter, placeBelow(request), PAGE + 1);
        const shown = rows.slice(0, PAGE);
        const last = rows.length > PAGE ? shown.at(-1) : undefined;
        const form = html`<form class="fields" method="get" action="/reports">
        ${FILTERS.map((name) => filterField(name, filter[name] ?? ''))}
        <button>${word('hub.report.filter')}</button></form>`;
        return page(
          reply,
          who,
          '/reports',
          word('hub.reports'),
          html`${form}${reportTable(shown)}${olderLink('/reports', last, filter as Record<string, string>)}`,
        );
      }),
    );

    hub.get(
      '/reports/:id',
      forRole(context, '/reports', async (request, reply, who) => {
        const report = await findReport(db, who.agencyId, idOf(request));
        if (report === null) return notFound(reply);
        const { kind } = JSON.parse(report.body.toString('utf8')) as { kind: string };
        if (kind === 'alert') return reply.redirect(`/alerts/${report.id}`, 303);
        if (kind === 'case-study') return reply.redirect(`/studies/${report.id}`, 303);
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
