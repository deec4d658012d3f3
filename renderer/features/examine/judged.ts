// What the rules say of a reading, computed in the window by the same code that the station runs when it saves.
import { useMemo } from 'react';
import type { Finding } from '../../../shared/examination/findings.ts';
import { judge } from '../../../shared/examination/judge.ts';
import { FORMATS, type FormatId } from '../../../shared/mrz/formats.ts';
import { type MrzReading, parseMrz } from '../../../shared/mrz/parse.ts';
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
}

/** Parses and judges; rows that are still being typed are judged once they are whole. */
export function judgeDocument(
  document: DocumentWork,
  chosen: FormatId | null,
  selected: number | null,
  today: string,
): Judged | null {
  const work = document.reading;
  if (work === null) return null;
  const format = typedFormat(work.lines, work.source === 'typed' ? chosen : null);
  const rows = work.lines.length > FORMATS[format].rows ? work.lines : rowsOf(work.lines, format);
  const reading = parseMrz(work.lines, { today });
  const unfinished = work.source === 'typed' && !reading.ok;
  const findings = unfinished || !hasReading(document) ? [] : judge(reading, { ...work, today });
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
  return { format, rows, columns, reading, findings, digits, marks, today };
}

/** The judgement of the document on show. */
export function useJudged(document: DocumentWork): Judged | null {
  const chosen = useExamine((state) => state.format);
  const selected = useExamine((state) => state.finding);
  const today = useToday();
  return useMemo(() => judgeDocument(document, chosen, selected, today), [document, chosen, selected, today]);
}
