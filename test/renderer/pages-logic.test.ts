// The logic of the pages over the lane: which case the detective is given, where its page begins.
import { describe, expect, it } from 'vitest';
import {
  caseOf,
  changeFor,
  firstFor,
  moved,
  startOf,
} from '../../renderer/features/examine/detective/case.ts';
import { confirmed, nextRow, printedRows } from '../../renderer/features/examine/print/printed.ts';
import { judgeDocument } from '../../renderer/features/examine/judged.ts';
import { barOf, visaCaseOf } from '../../renderer/features/examine/visa/visa-case.ts';
import {
  type DocumentWork,
  readingOfKeys,
  type ReadingWork,
  toDraft,
  withLines,
  withPrint,
} from '../../renderer/features/examine/work.ts';

const TODAY = '2026-11-22';
// The specimen of ICAO Doc 9303-4; in the second the day of birth is read as 17 in place of 12.
const GOOD = ['P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'L898902C36UTO7408122F3204153ZE184226B<<<<<16'];
const SLIP = ['P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'L898902C36UTO7408172F3204153ZE184226B<<<<<16'];

function documentOf(reading: ReadingWork): DocumentWork {
  return { id: 'one', images: [], reading };
}

function opened(reading: ReadingWork) {
  const judged = judgeDocument(documentOf(reading), null, null, TODAY);
  if (judged === null) throw new Error('nothing was judged');
  return { judged, found: caseOf(reading, judged) };
}

const picture = (lines: string[], change: Partial<ReadingWork> = {}): ReadingWork => ({
  ...readingOfKeys('wedge', lines),
  source: 'image',
  ...change,
});

describe('the case', () => {
  it('of rows whose digits hold has nothing to explain, and the protection of every character', () => {
    const { found } = opened(picture(GOOD));
    expect(found?.explanations).toEqual([]);
    expect(found?.protection.map((row) => row.length)).toEqual([44, 44]);
    expect(found?.protection[0]?.every(({ level }) => level === 0)).toBe(true);
    expect(found?.protection[1]?.[0]?.level).toBe(2);
  });

  it('of rows that are not whole is none', () => {
    expect(opened(picture(['P<UTO', 'L8'])).found).toBeNull();
  });

  it('weighs a doubtful place as the slip it may be, and no longer once a hand has settled it', () => {
    const unsure = picture(SLIP, { lowConfidence: [{ line: 1, column: 18 }] });
    const first = opened(unsure).found?.explanations[0];
    expect(first).toMatchObject({
      kind: 'reading-slip',
      repair: [{ row: 1, column: 18, from: '7', to: '2' }],
    });
    expect(first?.evidence.map(({ text }) => text)).toContain('detective.evidence.trust-unsure');
    const settled = withLines(unsure, [SLIP[0] ?? '', (SLIP[1] ?? '').replace('7408172', '7408112')]);
    const told = opened(settled).found?.explanations.flatMap(({ evidence }) =>
      evidence.map(({ text }) => text),
    );
    expect(told?.length).toBeGreaterThan(0);
    expect(told).not.toContain('detective.evidence.trust-unsure');
    expect(told).not.toContain('detective.evidence.trust-corrected');
  });

  it('of typed rows does not claim that they were read surely', () => {
    const told = opened(readingOfKeys('typed', SLIP)).found?.explanations[0]?.evidence.map(
      ({ text }) => text,
    );
    expect(told).toContain('detective.evidence.trust-unknown');
  });
});

describe('the page begins', () => {
  const { judged, found } = opened(picture(SLIP, { lowConfidence: [{ line: 1, column: 18 }] }));
  const birth = judged.findings.find(({ id }) => id === 'mrz.cd.dob');
  const explanations = found?.explanations ?? [];

  it('with the first explanation that touches the finding, at the first character that would change', () => {
    expect(firstFor(explanations, birth)).toBe(0);
    expect(startOf(explanations[0], birth)).toMatchObject({ row: 1, column: 18 });
    expect(firstFor(explanations, undefined)).toBe(0);
    const elsewhere = explanations.map((each) => ({
      ...each,
      field: null,
      places: [{ row: 0, start: 0, end: 1 }],
    }));
    expect(firstFor([...elsewhere, ...explanations], birth)).toBe(explanations.length);
  });

  it('at the place of the finding where nothing would be repaired', () => {
    expect(startOf(undefined, birth)).toEqual({ row: 1, column: 13 });
    expect(startOf(undefined, undefined)).toEqual({ row: 0, column: 0 });
  });

  it('and shows what would stand in a cell', () => {
    const repair = explanations[0]?.repair ?? [];
    expect(changeFor(repair, { row: 1, column: 18 })?.to).toBe('2');
    expect(changeFor(repair, { row: 0, column: 18 })).toBeUndefined();
  });
});

describe('moving through the rows', () => {
  it('goes on in the next row and stays at either end', () => {
    expect(moved(GOOD, { row: 0, column: 43 }, 1)).toEqual({ row: 1, column: 0 });
    expect(moved(GOOD, { row: 1, column: 0 }, -1)).toEqual({ row: 0, column: 43 });
    expect(moved(GOOD, { row: 0, column: 5 }, 44)).toEqual({ row: 1, column: 5 });
    expect(moved(GOOD, { row: 0, column: 5 }, -44)).toEqual({ row: 0, column: 0 });
    expect(moved(GOOD, { row: 1, column: 43 }, 1)).toEqual({ row: 1, column: 43 });
  });
});

describe('the print', () => {
  const reading = opened(picture(GOOD)).found?.reading;
  if (reading === undefined) throw new Error('nothing was read');

  it('is shown as the page would have it, and agrees when it is confirmed', () => {
    const rows = printedRows(reading, undefined);
    expect(rows.map(({ field, expected }) => [field, expected[0]])).toEqual([
      ['primary', 'ERIKSSON'],
      ['secondary', 'ANNA MARIA'],
      ['number', 'L898902C3'],
      ['nationality', 'UTO'],
      ['birthDate', '12 AUG 1974'],
      ['sex', 'F'],
      ['expiryDate', '15 APR 2032'],
    ]);
    expect(rows.every(({ said, compared }) => said === null && compared === null)).toBe(true);
    const after = printedRows(reading, confirmed(rows));
    expect(after.map(({ compared }) => compared?.outcome)).toEqual(Array.from(rows, () => 'equal'));
  });

  it('that was corrected is judged as a finding of its document, and goes with the draft', () => {
    const said = withPrint(picture(GOOD), { number: 'L898902C8', birthDate: '12/08/1974' });
    const { judged } = opened(said);
    expect(judged.findings.map(({ id }) => id)).toEqual(['x.num']);
    const work = { id: 'work', startedAt: '', documents: [documentOf(said)] };
    expect(toDraft(work).documents[0]?.reading?.print).toEqual({
      number: 'L898902C8',
      birthDate: '12/08/1974',
    });
    // Taken back, nothing of it is left.
    const back = withPrint(said, { number: undefined, birthDate: undefined });
    expect(back).not.toHaveProperty('print');
    expect(opened(back).judged.findings).toEqual([]);
  });

  it('leads from field to field: to the next that was not looked at, else to the one that follows', () => {
    const rows = printedRows(reading, { secondary: 'ANNA MARIA' });
    expect(nextRow(rows, 0)).toBe(2);
    expect(nextRow(rows, 6)).toBe(6);
    const all = printedRows(reading, confirmed(rows));
    expect(nextRow(all, 2)).toBe(3);
  });
});

describe('visa and passport', () => {
  const VISA = [
    'V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<',
    'L8988901C4UTO7408122F2702102<<<<<<<<<<<<<<<<',
  ];
  const passport = { ...documentOf(picture(GOOD)), id: 'passport' };
  const label = (print?: Record<string, string>) => ({
    ...documentOf(print === undefined ? picture(VISA) : withPrint(picture(VISA), print)),
    id: 'label',
  });

  it('stand side by side whichever of them is on show', () => {
    const found = visaCaseOf([passport, label()], 'passport', TODAY);
    expect(found?.document.id).toBe('label');
    expect(found?.rows.map(({ id, label: of, passport: in_ }) => [id, of, in_])).toEqual([
      ['name', 'ERIKSSON, ANNA MARIA', 'ERIKSSON, ANNA MARIA'],
      ['nationality', 'UTO', 'UTO'],
      ['birth', '12 AUG 1974', '12 AUG 1974'],
      ['sex', 'F', 'F'],
      ['number', '', 'L898902C3'],
      ['until', '10 FEB 2027', '15 APR 2032'],
    ]);
    expect(found?.findings).toEqual([]);
  });

  it('say which row a finding is about', () => {
    const found = visaCaseOf(
      [passport, label({ passportNumber: 'X1234567', validFrom: '12 MAR 2027' })],
      'label',
      TODAY,
    );
    const told = found?.rows.flatMap(({ id, finding }) =>
      finding === null ? [] : [[id, finding.text.title]],
    );
    expect(told).toEqual([
      ['number', 'finding.x.visa.number-renewed.title'],
      ['until', 'finding.x.visa.window.title'],
    ]);
  });

  it('is no case without a label, and one with a label alone', () => {
    expect(visaCaseOf([passport], 'passport', TODAY)).toBeNull();
    const alone = visaCaseOf([label()], 'label', TODAY);
    expect(alone?.passport).toBeNull();
    expect(alone?.rows.every((row) => row.passport === '')).toBe(true);
  });

  it('lie on the bar in the order of their days', () => {
    const days = visaCaseOf(
      [passport, label({ validFrom: '12 NOV 2026', stayDays: '30' })],
      'label',
      TODAY,
    )?.days;
    const bar = days && barOf(days);
    if (!bar) throw new Error('no bar');
    const { from, today, stayUntil, until } = bar;
    expect([from, today, stayUntil ?? 0, until]).toEqual(
      [from, today, stayUntil ?? 0, until].toSorted((a, b) => a - b),
    );
    expect(from).toBeGreaterThan(0);
    expect(until).toBeLessThan(100);
    expect(bar).toMatchObject({ open: false, passportUntil: null });
    // Without a first day the bar is open; a passport that ends within it stands on it.
    expect(barOf({ ...days, from: null })).toMatchObject({ open: true, from: 0 });
    expect(barOf({ ...days, passportUntil: '2027-01-15' })?.passportUntil).toBeGreaterThan(today);
    expect(barOf({ ...days, until: null })).toBeNull();
  });
});
