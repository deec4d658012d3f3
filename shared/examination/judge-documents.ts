// Judges all documents of an examination: each zone, each zone against its page, each visa against its passport, and what
// lists and alerts said of each.

import type { Correction } from '../mrz/corrections.ts';
import { type MrzRead, type MrzReading, parseMrz } from '../mrz/parse.ts';
import { PRINT_RULES } from './cross-rules.ts';
import type { Finding } from './findings.ts';
import { anyWithin, byUrgency, doubtsOf, fraudTypes, judge, toFinding } from './judge.ts';
import { type AskedList, listVerdicts } from './listed.ts';
import { comparePrint, type Print } from './print.ts';
import type { RuleRow, Verdict } from './rule.ts';
import { alertVerdicts, type LiveAlert } from './warned.ts';
import { isVisa, passportFor, VISA_RULE, visaVerdicts } from './visa.ts';

/** What is judged of one document; all of it is kept with the record, so that it can be judged again. */
export interface ExaminedDocument {
  lines: readonly string[];
  corrections?: readonly Correction[];
  lowConfidence?: readonly { line: number; column: number }[];
  /** What the officer confirmed or typed of the page. */
  print?: Print | undefined;
  /** The lists that the station asked for it. */
  lists?: readonly AskedList[] | undefined;
  /** Alerts that are in force here, or of a record those that fitted. */
  alerts?: readonly LiveAlert[] | undefined;
}

export interface JudgedDocument {
  reading: MrzReading;
  /** What to look at first. */
  findings: Finding[];
}

type Entry = ExaminedDocument & { reading: MrzReading };

function crossFindings(document: Entry, read: MrzRead, today: string, books: readonly MrzRead[]): Finding[] {
  const doubts = doubtsOf({ today, ...document });
  const found: Finding[] = [];
  const add = (rule: RuleRow, verdicts: readonly Verdict[]): void => {
    const fraud = fraudTypes(rule, read.format);
    for (const verdict of verdicts) {
      found.push(toFinding(rule, verdict, fraud, anyWithin(doubts, verdict.places)));
    }
  };
  if (document.print !== undefined) {
    const compared = comparePrint(read, document.print);
    for (const rule of PRINT_RULES) add(rule, rule.judge(read, compared));
  }
  if (isVisa(read)) {
    const label = { reading: read, print: document.print };
    add(VISA_RULE, visaVerdicts(label, passportFor(label, books), today));
  }
  return found;
}

/** What others said of this very document, or of ones like it; `own` is what its zone says. */
function toldFindings(document: Entry, read: MrzRead, today: string, own: readonly Finding[]): Finding[] {
  const doubts = doubtsOf({ today, ...document });
  const foundInZone = new Set(own.map(({ id }) => id));
  const told = [
    ...listVerdicts(read, document.lists ?? []),
    ...alertVerdicts(read, foundInZone, document.alerts ?? []),
  ];
  return told.map(({ rule, verdict, values }) => {
    const unsure = anyWithin(doubts, verdict.places);
    return { ...toFinding(rule, verdict, fraudTypes(rule, read.format), unsure), values };
  });
}

/**
 * Reads and judges the documents of one examination against a day (`YYYY-MM-DD`; a malformed one gives a RangeError), in
 * their order. A document without rows gives no findings. Never throws on what documents say.
 */
export function judgeDocuments(documents: readonly ExaminedDocument[], today: string): JudgedDocument[] {
  const entries: Entry[] = documents.map((document) => ({
    ...document,
    reading: parseMrz(document.lines, { today }),
  }));
  const read = entries.flatMap(({ reading }) => (reading.ok ? [reading] : []));
  return entries.map((entry) => {
    const { reading } = entry;
    const own = judge(reading, { today, ...entry });
    if (!reading.ok) return { reading, findings: own };
    const cross = crossFindings(entry, reading, today, read);
    const told = toldFindings(entry, reading, today, own);
    return { reading, findings: byUrgency([...own, ...cross, ...told]) };
  });
}
