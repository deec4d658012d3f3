// Alerts for tests of the station: made of a report that was approved, and what the lane and the list say of them.
import type { Output } from '../../shared/contract/channels.ts';
import type { Alert } from '../../shared/sharing/alert.ts';
import { databaseOf, newId, type TestApp } from './fixtures.ts';
import { filled, openReporting, type Reporting } from './report-fixtures.ts';

export type AlertContent = Output<'alert.prepare'>['content'];

/** A report to the network that was approved. */
export async function sentReport({ app, traveller }: Pick<Reporting, 'app' | 'traveller'>): Promise<string> {
  const content = await filled(app, traveller.id);
  const audiences = [{ audience: { tier: 'T2' } as const, replaces: null }];
  const submission = { id: newId(), examinationId: traveller.id, content, audiences };
  const { reports } = await app.ask('report.submit', submission);
  return reports[0]?.id ?? '';
}

export async function withReport(settings: Parameters<typeof openReporting>[0] = { reportApproval: 'off' }) {
  const reporting = await openReporting(settings);
  return { ...reporting, reportId: await sentReport(reporting) };
}

export async function alertOn(
  app: TestApp,
  reportId: string,
  change: (content: AlertContent) => AlertContent = (one) => one,
) {
  const { content } = await app.ask('alert.prepare', { reportId });
  const { report } = await app.ask('alert.submit', { id: newId(), reportId, content: change(content) });
  return report;
}

export const laneOf = async (app: TestApp): Promise<string[]> =>
  (await app.ask('alert.lane', {})).alerts.map(({ id }) => id);
export const standingOf = async (app: TestApp): Promise<string[]> =>
  (await app.ask('alert.list', {})).rows.map(({ standing }) => standing);

/** What lies in the bytes of an alert. */
export async function contentOf(folder: string, id: string): Promise<Alert> {
  const db = await databaseOf(folder);
  const body = db.prepare<[string], Buffer>('SELECT body FROM report WHERE id = ?').pluck().get(id);
  db.close();
  return JSON.parse(body?.toString('utf8') ?? '');
}
