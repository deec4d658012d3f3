// Every id the rules, outcomes and readings can name has its words, no words are left over, and all keep the tone.
import { describe, expect, test } from 'vitest';
import findingWords from '../../assets/text/en/findings.json' with { type: 'json' };
import printWords from '../../assets/text/en/print.json' with { type: 'json' };
import stateWords from '../../assets/text/en/states.json' with { type: 'json' };
import type { CheckErrorCode } from '../../shared/examination/check.ts';
import { DOUBT_REASONS, OUTCOME_CODES, reasonsFor, SKIP_REASONS } from '../../shared/examination/outcomes.ts';
import type { PrintReason } from '../../shared/examination/print.ts';
import { RULE_BOOK } from '../../shared/examination/rules.ts';
import type { DocumentType } from '../../shared/mrz/document-code.ts';

const words: Readonly<Record<string, string>> = findingWords;
const TYPES: Record<DocumentType, true> = {
  passport_ord: true,
  passport_dip: true,
  passport_srv: true,
  passport_emg: true,
  laissez_passer: true,
  refugee_td: true,
  stateless_td: true,
  id_card: true,
  residence: true,
  visa_label: true,
  crew: true,
  other: true,
};
const PRINT_REASONS: Record<PrintReason, true> = {
  transliteration: true,
  national: true,
  spelling: true,
  sound: true,
  joined: true,
  truncated: true,
  order: true,
  part: true,
  calendar: true,
  'month-first': true,
  century: true,
  incomplete: true,
  'look-alike': true,
};
const ERRORS: Record<CheckErrorCode, true> = {
  'row-not-object': true,
  'lines-missing': true,
  'lines-not-text': true,
  'mrz-empty': true,
  'mrz-rows': true,
  'mrz-length': true,
  'mrz-characters': true,
};

function expectedIds(): string[] {
  const ids = [
    'finding.unsure.innocent',
    'finding.unsure.retake',
    'century.latest-not-future',
    'century.nearest-to-today',
  ];
  for (const rule of RULE_BOOK) {
    const wordings = (rule.variants ?? []).map((variant) => `${rule.id}.${variant}`);
    for (const base of rule.variantsOnly === true ? wordings : [rule.id, ...wordings]) {
      // A reading that failed says only how to read again.
      const parts = rule.class === 'capture' ? ['title', 'retake'] : ['title', 'fraud', 'innocent'];
      ids.push(...parts.map((part) => `finding.${base}.${part}`));
    }
  }
  ids.push(...[...DOUBT_REASONS, ...SKIP_REASONS].map((reason) => reason.text));
  ids.push(...Object.keys(TYPES).map((type) => `document-type.${type}`));
  ids.push(...Object.keys(ERRORS).map((code) => `check.error.${code}`));
  return ids.sort();
}

describe('words', () => {
  test('each id has words, and each words has an id', () => {
    expect(Object.keys(words).sort()).toEqual(expectedIds());
  });

  test('each explanation of a difference of the page has words', () => {
    const reasons = Object.keys(printWords).filter((id) => id.startsWith('print.reason.'));
    expect(reasons.sort()).toEqual(
      Object.keys(PRINT_REASONS)
        .map((reason) => `print.reason.${reason}`)
        .sort(),
    );
  });

  test('rule ids are unique, and each rule has a source', () => {
    const ids = RULE_BOOK.map((rule) => rule.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(RULE_BOOK.filter((rule) => rule.source.length < 15)).toEqual([]);
  });

  test.each(Object.entries({ ...words, ...stateWords }))('%s keeps the tone', (_, sentence) => {
    expect(sentence).not.toMatch(/\b(?:false|fake|fraud|fraudster|criminal|suspect|forger)|[!%{}]|\bscore/iu);
    expect(sentence.trim()).toBe(sentence);
    expect(sentence).not.toBe('');
  });

  test('reasons: none for clear, a shared first one for what is referred', () => {
    expect(OUTCOME_CODES.map((code) => reasonsFor(code).length > 0)).toEqual([false, true, true]);
    expect(reasonsFor('referred')[0]?.id).toBe('at-second-line');
  });
});
