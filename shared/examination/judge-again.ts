// Judges a recorded examination again by the rules of today, and tells what differs from what was shown then.

import type { FindingText, FindingWords } from './finding-words.ts';
import { type ExaminedDocument, judgeDocuments } from './judge-documents.ts';
import { RULES_VERSION } from './rules.ts';

/** A finding as a record keeps it. */
export interface RecordedFinding {
  id: string;
  class: string;
  severity: string;
  fields: readonly string[];
  places: readonly { row: number; start: number; end: number }[];
  fraud: readonly string[];
  text: FindingText;
  /** The words as shown; absent in records of older versions. */
  words?: FindingWords | undefined;
}

export interface RecordedDocument {
  /** Null where nothing was read. */
  reading: ExaminedDocument | null;
  findings: readonly RecordedFinding[];
  rulesVersion: string;
  judgedOn: string;
}

/** What another judgement changes; findings shown then that are in none of the lists stand as they were. */
export interface JudgedAgain {
  versionThen: string;
  versionNow: string;
  added: RecordedFinding[];
  gone: RecordedFinding[];
  /** The same finding of the same rule, told otherwise: wording, places, weight. */
  changed: { before: RecordedFinding; after: RecordedFinding }[];
}

function sameTold(a: RecordedFinding, b: RecordedFinding): boolean {
  // Words can be compared where both are known in one language.
  const inWords = a.words !== undefined && a.words.language === b.words?.language;
  const parts = ({ title, fraud, innocent, retake }: FindingText) =>
    [title, fraud, innocent, retake].map((part) => part ?? null);
  const told = ({ class: kind, severity, fields, places, fraud, text, words }: RecordedFinding): string =>
    JSON.stringify([
      kind,
      severity,
      fields,
      places.map(({ row, start, end }) => [row, start, end]),
      fraud,
      parts(text),
      inWords && words !== undefined ? parts(words) : null,
    ]);
  return told(a) === told(b);
}

/** The difference between two lists of findings, rule by rule; of several of one rule those of one wording go together. */
export function differenceOf(
  before: readonly RecordedFinding[],
  after: readonly RecordedFinding[],
): Pick<JudgedAgain, 'added' | 'gone' | 'changed'> {
  let left = [...before];
  const changed: JudgedAgain['changed'] = [];
  const pair = (own: readonly RecordedFinding[], same: (a: RecordedFinding, b: RecordedFinding) => boolean) =>
    own.filter((finding) => {
      const match = left.find((each) => each.id === finding.id && same(each, finding));
      if (match === undefined) return true;
      left = left.filter((each) => each !== match);
      if (!sameTold(match, finding)) changed.push({ before: match, after: finding });
      return false;
    });
  const others = pair(after, (a, b) => a.text.title === b.text.title);
  const added = pair(others, () => true);
  return { added, gone: left, changed };
}

/**
 * Judges the documents of a record again, each against the day on which it was judged then, by the rules of this version:
 * what differs comes of the rules, or of the words that `wordsOf` gives them now. One answer a document, in their order.
 */
export function judgeAgain(
  documents: readonly RecordedDocument[],
  wordsOf: (text: FindingText) => FindingWords | undefined,
): JudgedAgain[] {
  const inputs = documents.map(({ reading }): ExaminedDocument => reading ?? { lines: [] });
  return documents.map(({ findings, rulesVersion, judgedOn }, index) => {
    const now = (judgeDocuments(inputs, judgedOn)[index]?.findings ?? []).map((finding): RecordedFinding => {
      const words = wordsOf(finding.text);
      return words === undefined ? finding : { ...finding, words };
    });
    return { versionThen: rulesVersion, versionNow: RULES_VERSION, ...differenceOf(findings, now) };
  });
}
