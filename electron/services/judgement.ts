// The station's own reading of what was submitted: the window's verdict is never taken over.
import { type ExaminedDocument, judgeDocuments } from '../../shared/examination/judge-documents.ts';
import { RULES_VERSION } from '../../shared/examination/rules.ts';
import { holderName } from '../../shared/mrz/names.ts';
import type { MrzReading } from '../../shared/mrz/parse.ts';
import type { ExaminationRecord, ReadingSubmission } from '../../shared/contract/records.ts';
import type { Headline } from '../db/examinations.ts';
import { shownWords } from './finding-words.ts';

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

/**
 * The documents of one examination with what is judged of them together, against a day of the station (`YYYY-MM-DD`),
 * each finding with its words as the language of the settings shows them.
 */
export function withJudgement<D extends { reading: ReadingSubmission | null }>(
  documents: readonly D[],
  today: string,
  language: string,
): (D & Judgement)[] {
  const inputs = documents.map(({ reading }): ExaminedDocument => reading ?? { lines: [] });
  const judged = judgeDocuments(inputs, today);
  return documents.flatMap((document, index) => {
    const found = judged[index];
    if (found === undefined) return [];
    const { reading } = found;
    const findings = found.findings.map((finding) => {
      const words = shownWords(finding.text, language);
      return words === undefined ? finding : { ...finding, words };
    });
    return [
      { ...document, findings, rulesVersion: RULES_VERSION, judgedOn: today, headline: headlineOf(reading) },
    ];
  });
}

function headlineOf(mrz: MrzReading): Headline {
  if (!mrz.ok) return UNREAD;
  const { documentType, issuer, nationality, number } = mrz.fields;
  return { documentType, format: mrz.format, issuer, nationality, number, name: holderName(mrz.fields) };
}
