// What the rules say of a reading, computed in the window by the same code that the station runs when it saves.
import { useMemo } from 'react';
import type { Finding } from '../../../shared/examination/findings.ts';
import { type ExaminedDocument, judgeDocuments } from '../../../shared/examination/judge-documents.ts';
import { FORMATS, type FormatId } from '../../../shared/mrz/formats.ts';
import type { MrzReading } from '../../../shared/mrz/parse.ts';
import type { LiveAlert } from '../../../shared/examination/warned.ts';
import { useAlerts } from '../../lib/store-alerts.ts';
import { type ListAnswers, listsOf, useListed } from './listed.ts';
import { type CellMark, marksOf } from './marks.ts';
import { useExamine } from './store.ts';
import { useToday } from './today.ts';
import { rowsOf, type TypedDigit, typedDigits, typedFormat } from './typing.ts';
import { type DocumentWork, hasReading } from './work.ts';

export interface Judged {
  format: FormatId;
  /** Exactly the rows that the format has, for the cells. */
  rows: string[];
  columns: number;
  reading: MrzReading;
  findings: Finding[];
  digits: (TypedDigit & { id: string })[];
  marks: CellMark[][];
  /** The day against which dates were judged. */
  today: string;
  /** Whether the lists of the station have answered. */
  isAsked: boolean;
}

/** The documents of a traveller as the rules take them; the station takes them so, too. */
export function examined(
  documents: readonly DocumentWork[],
  answers: ListAnswers = {},
  alerts: readonly LiveAlert[] = [],
): ExaminedDocument[] {
  return documents.map((one) =>
    hasReading(one) && one.reading !== null
      ? { ...one.reading, lists: listsOf(one, answers), alerts }
      : { lines: [] },
  );
}

/**
 * Reads and judges one document beside the others of the same traveller; rows that are still being typed are judged
 * once they are whole.
 */
export function judgeDocument(
  document: DocumentWork,
  chosen: FormatId | null,
  selected: number | null,
  today: string,
  documents: readonly DocumentWork[] = [document],
  answers: ListAnswers = {},
  alerts: readonly LiveAlert[] = [],
): Judged | null {
  const work = document.reading;
  if (work === null) return null;
  const format = typedFormat(work.lines, work.source === 'typed' ? chosen : null);
  const rows = work.lines.length > FORMATS[format].rows ? work.lines : rowsOf(work.lines, format);
  const found = judgeDocuments(examined(documents, answers, alerts), today)[documents.indexOf(document)];
  if (found === undefined) return null;
  const { reading } = found;
  const unfinished = work.source === 'typed' && !reading.ok;
  const findings = unfinished || !hasReading(document) ? [] : found.findings;
  const digits = typedDigits(format, rows);
  const chosenFinding = selected === null ? undefined : findings[selected];
  const looked =
    chosenFinding === undefined ? findings.filter((one) => one.severity === 'look') : [chosenFinding];
  const marks = marksOf(
    { ...work, lines: rows },
    digits,
    looked.flatMap((finding) => finding.places),
  );
  const columns = Math.max(FORMATS[format].columns, ...rows.map((row) => row.length));
  const isAsked = listsOf(document, answers) !== undefined;
  return { format, rows, columns, reading, findings, digits, marks, today, isAsked };
}

/** The judgement of the document on show. */
export function useJudged(document: DocumentWork): Judged | null {
  const chosen = useExamine((state) => state.format);
  const selected = useExamine((state) => state.finding);
  const today = useToday();
  const documents = useExamine((state) => state.work.documents);
  const answers = useListed((state) => state.answers);
  const alerts = useAlerts((state) => state.lane);
  return useMemo(
    () => judgeDocument(document, chosen, selected, today, documents, answers, alerts),
    [document, chosen, selected, today, documents, answers, alerts],
  );
}
