// Two frames in a row that say the same to the letter; and no document twice while it lies there.
import { expect, test } from 'vitest';
import { createAgreement, createGuard } from '../../renderer/lib/live/agreement.ts';
import type { DocumentReading } from '../../shared/vision/types.ts';

const A = ['P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'L898902C36UTO7408122F1204159ZE184226B<<<<<10'];
const B = [A[0] ?? '', 'L898902C36UTO7408122F1204159ZE184226B<<<<<1O'];
const C = ['P<UTODOE<<JOHN<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<', 'X123456786UTO7001017M3001019<<<<<<<<<<<<<<04'];
const UNREAD: DocumentReading = {
  status: 'not-found',
  outOfTime: false,
  timing: { totalMs: 1, locateMs: 1, recogniseMs: 0 },
};

function reading(lines: string[], doubts: [number, number][] = [], confidence = 0.9): DocumentReading {
  return {
    status: 'read',
    format: 'TD3',
    lines,
    characters: [],
    confidence,
    lowConfidence: doubts.map(([line, column]) => ({ line, column })),
    corrections: [],
    outline: [
      { x: 0, y: 0 },
      { x: 1, y: 0 },
      { x: 1, y: 1 },
      { x: 0, y: 1 },
    ],
    rawLines: lines,
    timing: UNREAD.timing,
  };
}

test.each<[string, (string[] | null)[], string[]]>([
  ['one frame is not enough', [A], ['first']],
  ['two that say the same', [A, A], ['first', 'agreed']],
  ['one letter differs', [A, B, A, B], ['first', 'differs', 'differs', 'differs']],
  ['nothing is outvoted: the last two must agree', [A, B, A, A], ['first', 'differs', 'differs', 'agreed']],
  ['a frame in between that was not read is no disagreement', [A, null, A], ['first', 'unread', 'agreed']],
  ['after an agreement it begins anew', [A, A, A, A], ['first', 'agreed', 'first', 'agreed']],
  ['nothing read', [null, null], ['unread', 'unread']],
  ['another document', [A, C, C], ['first', 'differs', 'agreed']],
])('%s', (_name, frames, verdicts) => {
  const agreement = createAgreement();
  const said = frames.map(
    (lines, i) => agreement.add(lines === null ? UNREAD : reading(lines), i * 300).kind,
  );
  expect(said).toEqual(verdicts);
});

test('frames far apart in time, or on both sides of a pause, say nothing of each other', () => {
  const agreement = createAgreement();
  agreement.add(reading(A), 0);
  expect(agreement.add(reading(A), 60_000).kind).toBe('first');
  agreement.forget();
  expect(agreement.add(reading(A), 60_100).kind).toBe('first');
});

test('the same rows read as another format are no agreement', () => {
  const agreement = createAgreement();
  agreement.add(reading(A), 0);
  const other = reading(A);
  if (other.status !== 'read') throw new Error('a reading');
  expect(agreement.add({ ...other, format: 'MRV-A' }, 100).kind).toBe('differs');
});

test('what is taken is the second frame, with the doubts of both', () => {
  const agreement = createAgreement();
  agreement.add(
    reading(
      A,
      [
        [1, 3],
        [0, 5],
      ],
      0.7,
    ),
    0,
  );
  const second = reading(
    A,
    [
      [1, 3],
      [1, 1],
    ],
    0.8,
  );
  const verdict = agreement.add(second, 200);
  expect(verdict).toMatchObject({
    kind: 'agreed',
    reading: {
      lines: A,
      confidence: 0.7,
      lowConfidence: [
        { line: 0, column: 5 },
        { line: 1, column: 1 },
        { line: 1, column: 3 },
      ],
    },
  });
});

function both(best: string[], ...beside: string[][]): DocumentReading {
  const [first, ...others] = [best, ...beside].map((lines) => reading(lines));
  if (first?.status !== 'read') throw new Error('a reading');
  return { ...first, others: others.filter((one) => one.status === 'read') };
}

test('of two documents in the frame each may be the better one; both frames must have read what is told', () => {
  const agreement = createAgreement();
  agreement.add(both(A, C), 0);
  const verdict = agreement.add(both(C, A), 100);
  expect(verdict).toMatchObject({ kind: 'agreed', reading: { lines: C, others: [{ lines: A }] } });
  agreement.add(both(A, C), 200);
  const alone = agreement.add(both(A, B), 300);
  expect(alone).toMatchObject({ kind: 'agreed', reading: { lines: A } });
  expect(alone).not.toHaveProperty('reading.others');
});

test('a document that lies there is held, also misread by a character or two; another one is not', () => {
  const guard = createGuard();
  expect(guard.holds(A)).toBe(false);
  guard.took(A);
  expect(guard.holds(A)).toBe(true);
  expect(guard.holds(B)).toBe(true);
  expect(guard.holds(C)).toBe(false);
  // The next number of the same person: number, its digit, the composite digit.
  expect(guard.holds([A[0] ?? '', 'L898903C30UTO7408122F1204159ZE184226B<<<<<14'])).toBe(false);
  expect(guard.holds([A[0] ?? ''])).toBe(false);
});

test('two visas of one person with following numbers are two documents', () => {
  const visa = [
    'V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<',
    'L8988901C4XXX4009078F96121096ZE184226B<<<<<<',
  ];
  const next = [visa[0] ?? '', 'L8988902C7XXX4009078F96121096ZE184226B<<<<<<'];
  const guard = createGuard();
  guard.took(visa);
  expect([guard.holds(visa), guard.holds(next)]).toEqual([true, false]);
  // What was not taken after all is held no more.
  guard.lost(visa);
  expect(guard.holds(visa)).toBe(false);
});

test('two documents of one traveller are both held', () => {
  const guard = createGuard();
  guard.took(A);
  guard.took(C);
  expect([guard.holds(A), guard.holds(C)]).toEqual([true, true]);
});

test.each<[string, [boolean, number][], boolean]>([
  [
    'still there',
    [
      [true, 0],
      [true, 5_000],
    ],
    true,
  ],
  [
    'a hand passes',
    [
      [false, 0],
      [false, 200],
      [false, 400],
      [true, 600],
      [false, 800],
    ],
    true,
  ],
  [
    'two slow looks are not enough',
    [
      [false, 0],
      [false, 3_000],
    ],
    true,
  ],
  [
    'gone for a while',
    [
      [false, 0],
      [false, 400],
      [false, 800],
      [false, 1_200],
    ],
    false,
  ],
])('leaving the frame: %s', (_name, looks, held) => {
  const guard = createGuard();
  guard.took(A);
  for (const [isThere, at] of looks) guard.saw(isThere, at);
  expect(guard.holds(A)).toBe(held);
  expect(guard.isWatching()).toBe(held);
});

test('what went on in a pause is not known: the time without a zone begins anew', () => {
  const guard = createGuard();
  guard.took(A);
  for (const at of [0, 300, 600]) guard.saw(false, at);
  guard.paused();
  guard.saw(false, 30_000);
  expect(guard.holds(A)).toBe(true);
});
