// The station's own reading of what was submitted: the window's verdict is never taken over.
import { judge } from '../../shared/examination/judge.ts';
import { RULES_VERSION } from '../../shared/examination/rules.ts';
import { parseMrz } from '../../shared/mrz/parse.ts';
import type { ExaminationRecord, ReadingSubmission } from '../../shared/contract/records.ts';
import type { Headline } from '../db/examinations.ts';

export type Judgement = Pick<
  ExaminationRecord['documents'][number],
  'findings' | 'rulesVersion' | 'judgedOn'
> & {
  headline: Headline;
};

const UNREAD: Headline = {
  documentType: '',
  format: null,
  issuer: '',
  nationality: '',
  number: '',
  name: '',
};

/** Parses and judges the rows of one document against a day of the station (`YYYY-MM-DD`). */
export function judgeDocument(reading: ReadingSubmission | null, today: string): Judgement {
  const judged = { rulesVersion: RULES_VERSION, judgedOn: today };
  if (reading === null || reading.lines.length === 0) return { ...judged, findings: [], headline: UNREAD };
  const { lines, corrections, lowConfidence } = reading;
  const mrz = parseMrz(lines, { today });
  const findings = judge(mrz, { today, corrections, lowConfidence });
  if (!mrz.ok) return { ...judged, findings, headline: UNREAD };
  const { documentType, issuer, nationality, number, primaryIdentifier, secondaryIdentifier } = mrz.fields;
  const name = [primaryIdentifier, secondaryIdentifier].filter((part) => part !== '').join(', ');
  return {
    ...judged,
    findings,
    headline: { documentType, format: mrz.format, issuer, nationality, number, name },
  };
}
