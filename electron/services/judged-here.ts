// The documents of an examination judged with what this station knows of them: the lists it asks, the alerts in force here.
import type { DocumentSubmission, ReadingRecord } from '../../shared/contract/records.ts';
import { ALERT_RULE } from '../../shared/examination/warned.ts';
import type { AlertService } from './alerts.ts';
import { type Judgement, withJudgement } from './judgement.ts';
import type { ListService } from './lists.ts';

/** Who is asked. */
export interface Knowing {
  lists: Pick<ListService, 'asked'>;
  alerts: Pick<AlertService, 'live'>;
}

/** More no record keeps. */
const MOST_ALERTS = 100;

/** The record keeps those that fitted: so it can be judged again when they are over. */
function withFitting(
  reading: ReadingRecord | null,
  findings: readonly { id: string; values?: Readonly<Record<string, string>> | undefined }[],
): ReadingRecord | null {
  if (reading === null) return null;
  const { alerts = [], ...rest } = reading;
  const named = new Set(
    findings.flatMap(({ id, values }) => (id === ALERT_RULE.id ? [values?.['alert']] : [])),
  );
  const fitting = alerts.filter(({ id }) => named.has(id));
  return fitting.length === 0 ? rest : { ...rest, alerts: fitting.slice(0, MOST_ALERTS) };
}

/**
 * Each document with its judgement, and in its reading the lists that were asked and the alerts that fitted: what the
 * window may have shown of them counts for nothing. Day and language as for `withJudgement`.
 */
export function judgedHere(
  documents: readonly DocumentSubmission[],
  { lists, alerts }: Knowing,
  today: string,
  language: string,
): (DocumentSubmission & Judgement & { reading: ReadingRecord | null })[] {
  const asked = lists.asked(documents.map(({ reading }) => reading));
  const live = alerts.live();
  const known = documents.map((document, place) => {
    const own = asked[place] ?? [];
    const reading: ReadingRecord | null = document.reading && {
      ...document.reading,
      ...(own.length === 0 ? {} : { lists: own }),
      ...(live.length === 0 ? {} : { alerts: live }),
    };
    return { ...document, reading };
  });
  return withJudgement(known, today, language).map((document) => ({
    ...document,
    reading: withFitting(document.reading, document.findings),
  }));
}
