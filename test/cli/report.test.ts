// What `read` prints for people where characters were read with doubt.
import { expect, test } from 'vitest';
import { readReport } from '../../electron/cli/report.ts';
import type { ReadRow } from '../../electron/cli/read-file.ts';

const lines = [
  'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<',
  'L898902C36UTO7408122F3204153ZE184226B<<<<<16',
];
const change = { from: 'O', rule: 'class-map', reason: 'correction.class-map' };

/** A picture of these lines, nothing found on it, with what the reader was unsure of and what it changed. */
function report(part: Pick<Extract<ReadRow, { status: 'read' }>, 'lowConfidence' | 'corrections'>): string {
  return readReport({
    file: 'page.jpg',
    status: 'read',
    format: 'TD3',
    lines,
    rawLines: lines,
    confidence: 0.9,
    fields: null,
    checkDigits: null,
    findings: [],
    explanations: [],
    protection: [],
    outline: [
      { x: 0, y: 0 },
      { x: 1, y: 0 },
      { x: 1, y: 1 },
      { x: 0, y: 1 },
    ],
    mirrored: false,
    others: [],
    timing: { totalMs: 1, decodeMs: 0, locateMs: 0, recogniseMs: 1 },
    ...part,
  });
}

test('a place in doubt is counted once, also where it was changed; what was taken out has no place', () => {
  const said = report({
    lowConfidence: [{ line: 1, column: 3 }],
    corrections: [
      { ...change, row: 1, column: 3, to: '0' },
      { ...change, row: 0, column: 4, to: '0' },
      { ...change, row: 1, column: 43, to: '' },
    ],
  });
  expect(said).toContain('1 character is uncertain: row 2, place 4.');
  expect(said).toContain('nothing but 2 doubtful characters. Compare them with the document.');
});

test('without doubt there is nothing to look at', () => {
  expect(report({ lowConfidence: [], corrections: [] })).toContain(
    'Automatic checks done: nothing to look at',
  );
});
