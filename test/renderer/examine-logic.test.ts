// The pure parts of the lane: typing, changes by hand, marks, places in the picture, dates in words, drafts.
import { describe, expect, it } from 'vitest';
import { cellQuad, placeQuad, uprightView } from '../../renderer/features/examine/geometry.ts';
import { isDoubtful, marksOf, nextDoubtful } from '../../renderer/features/examine/marks.ts';
import { ageOn, validityOn } from '../../renderer/features/examine/plain-words.ts';
import {
  mrzCharacters,
  pastedRows,
  rowsOf,
  takeOut,
  typedDigits,
  typedFormat,
  typeInto,
} from '../../renderer/features/examine/typing.ts';
import {
  begun,
  emptyDocument,
  fromDraft,
  imageAt,
  isEmpty,
  linesBeforeHand,
  type ReadingWork,
  readingOfKeys,
  toDraft,
  withDocument,
  withLines,
  withoutImages,
  type Work,
} from '../../renderer/features/examine/work.ts';
import { draft as draftSchema } from '../../shared/contract/records.ts';
import { TD1, TD3 } from '../mrz/specimens.ts';

const ID = '01930000-0000-7000-8000-000000000010';

function imageReading(change: Partial<ReadingWork> = {}): ReadingWork {
  const outline: ReadingWork['outline'] = [
    { x: 0, y: 100 },
    { x: 440, y: 100 },
    { x: 440, y: 140 },
    { x: 0, y: 140 },
  ];
  return {
    source: 'image',
    lines: TD3,
    rawLines: TD3,
    corrections: [],
    lowConfidence: [],
    confidence: 0.9,
    outline,
    imageId: ID,
    quads: null,
    ...change,
  };
}

describe('typing', () => {
  it('takes lower case, space and full stop, accents and angle quotes; drops the rest', () => {
    expect(mrzCharacters('p utoé.«')).toBe('P<UTOE<<<');
    expect(mrzCharacters('a-b/c\n1')).toBe('ABC1');
  });

  it('overwrites one place of a full row and puts in where a row is short', () => {
    expect(typeInto('ABCD', 1, 1, 'x', 4)).toEqual({ row: 'AXCD', caret: 2, rest: '' });
    expect(typeInto('ABD', 2, 2, 'c', 4)).toEqual({ row: 'ABCD', caret: 3, rest: '' });
    expect(typeInto('AB', 2, 2, 'c', 4)).toEqual({ row: 'ABC', caret: 3, rest: '' });
  });

  it('replaces a range and keeps what does not fit apart', () => {
    expect(typeInto('ABCD', 1, 3, 'z', 4)).toEqual({ row: 'AZD', caret: 2, rest: '' });
    expect(typeInto('ABC', 3, 3, 'DEF', 4)).toEqual({ row: 'ABCD', caret: 4, rest: 'EF' });
  });

  it('takes out before and after the caret and a range', () => {
    expect(takeOut('ABCD', 2, 2, true).row).toBe('ACD');
    expect(takeOut('ABCD', 2, 2, false).row).toBe('ABD');
    expect(takeOut('ABCD', 1, 3, true).row).toBe('AD');
    expect(takeOut('ABCD', 0, 0, true)).toEqual({ row: 'ABCD', caret: 0, rest: '' });
  });

  it('tells a whole zone from a few pasted characters', () => {
    expect(pastedRows(TD3.join('\r\n'))).toEqual(TD3);
    expect(pastedRows(TD1.join(''))).toEqual(TD1);
    expect(pastedRows('L898902C3')).toBeNull();
    expect(pastedRows('')).toBeNull();
  });

  it('chooses the format by first letter and length, until the officer does', () => {
    expect(typedFormat(['P<U'], null)).toBe('TD3');
    expect(typedFormat(['V<U'], null)).toBe('MRV-A');
    expect(typedFormat(['I<U'], null)).toBe('TD1');
    expect(typedFormat([`I<UTO${'A'.repeat(30)}`], null)).toBe('TD2');
    expect(typedFormat(TD1, null)).toBe('TD1');
    expect(typedFormat(['P<U'], 'TD2')).toBe('TD2');
    expect(rowsOf(['A'], 'TD1')).toEqual(['A', '', '']);
  });

  it('judges each digit as soon as it is typed', () => {
    const state = (lines: string[]) =>
      Object.fromEntries(typedDigits('TD3', lines).map((one) => [one.id, one.state]));
    const [upper = '', lower = ''] = TD3;
    expect(state([upper, lower.slice(0, 9)])['number']).toBe('incomplete');
    expect(state([upper, lower.slice(0, 10)])['number']).toBe('holds');
    expect(state([upper, `${lower.slice(0, 9)}7`])['number']).toBe('fails');
    expect(state([upper, lower.slice(0, 20)])['birth']).toBe('holds');
    expect(state(TD3)).toEqual({
      number: 'holds',
      birth: 'holds',
      expiry: 'holds',
      optional: 'holds',
      composite: 'holds',
    });
  });
});

describe('changes by hand', () => {
  it('keeps what was read and where the reader was not sure, and finds the way back', () => {
    const read = imageReading({
      lowConfidence: [
        { line: 1, column: 0 },
        { line: 1, column: 1 },
      ],
      corrections: [
        { row: 0, column: 2, from: '0', to: 'U', rule: 'class-map', reason: 'correction.class-map' },
      ],
    });
    const changed = withLines(read, [TD3[0] ?? '', `I${(TD3[1] ?? '').slice(1)}`]);
    expect(changed.corrections).toEqual([
      read.corrections[0],
      { row: 1, column: 0, from: 'L', to: 'I', rule: 'officer', reason: 'correction.officer' },
    ]);
    expect(changed.lowConfidence).toEqual(read.lowConfidence);
    // The officer has settled the first of the two; the record still tells that it was in doubt.
    const marks = marksOf(changed, [], [])[1] ?? [];
    expect(marks.slice(0, 2).map((mark) => [mark.unsure, mark.rule])).toEqual([
      [false, 'officer'],
      [true, null],
    ]);
    expect(changed.rawLines).toEqual(TD3);
    expect(linesBeforeHand(changed)).toEqual(TD3);
    expect(withLines(changed, TD3).corrections).toEqual(read.corrections);
  });

  it('survives places put in and taken out', () => {
    const read = imageReading();
    const shorter = withLines(read, [TD3[0] ?? '', (TD3[1] ?? '').slice(1)]);
    expect(linesBeforeHand(shorter)).toEqual(TD3);
    const fewer = withLines(read, [TD3[0] ?? '']);
    expect(linesBeforeHand(fewer)).toEqual(TD3);
    expect(withLines(shorter, TD3).corrections).toEqual([]);
  });

  it('records what a keyboard layout had turned, place by place', () => {
    const shown = TD3.map((row) => row.replaceAll('<', ';').toLowerCase());
    const reading = readingOfKeys('wedge', TD3, shown);
    expect(reading.rawLines).toEqual(shown);
    expect(reading.corrections.every((one) => one.from === ';' && one.to === '<')).toBe(true);
    expect(reading.corrections).toHaveLength(TD3.join('').split('<').length - 1);
  });

  it('a typed reading has no corrections: its rows are what was typed', () => {
    const typed = readingOfKeys('typed', ['P<', '']);
    expect(withLines(typed, ['P<U', '']).corrections).toEqual([]);
    expect(withLines(typed, ['P<U', '']).rawLines).toEqual(['P<U', '']);
  });
});

describe('draft', () => {
  const work: Work = { id: ID, startedAt: '2026-11-22T07:02:00.000Z', documents: [] };

  it('begins when the first thing comes, however long the lane was empty', () => {
    const now = '2026-11-22T09:00:00.000Z';
    const empty = { ...work, documents: [emptyDocument('one')] };
    const first = withDocument(empty, 'one', (one) => ({
      ...one,
      reading: readingOfKeys('typed', ['P<UTO']),
    }));
    expect(begun(empty, first, now).startedAt).toBe(now);
    expect(begun(first, first, '2026-11-22T09:01:00.000Z').startedAt).toBe(work.startedAt);
    expect(begun(empty, empty, now).startedAt).toBe(work.startedAt);
  });

  it('fits the contract and comes back the same, without what only the window knows', () => {
    const image = { id: ID, light: 'white', source: 'file', size: { width: 2, height: 2 } } as const;
    const full = { ...work, documents: [{ id: ID, images: [image], reading: imageReading({ quads: [] }) }] };
    const draft = toDraft(full);
    expect(draftSchema.parse(draft)).toEqual(draft);
    expect(fromDraft(draft).documents[0]).toEqual({
      id: ID,
      images: [{ ...image, size: null }],
      reading: imageReading(),
    });
  });

  it('leaves out documents that hold nothing, and rows that were begun and left empty', () => {
    const begun = { ...emptyDocument(ID), reading: readingOfKeys('typed', ['', '']) };
    expect(isEmpty({ ...work, documents: [begun] })).toBe(true);
    expect(toDraft({ ...work, documents: [begun] }).documents).toEqual([
      { id: ID, images: [], reading: null },
    ]);
    const typed = { ...emptyDocument(ID), reading: readingOfKeys('typed', ['P<', '']) };
    expect(toDraft({ ...work, documents: [begun, typed] }).documents).toHaveLength(1);
  });
});

describe('pictures left out', () => {
  const other = '01930000-0000-7000-8000-000000000011';
  const image = (id: string) => ({ id, light: 'white', source: 'file', size: null }) as const;
  const documents = [
    { id: '1', images: [], reading: null },
    { id: ID, images: [image(ID), image(other)], reading: imageReading({ quads: [] }) },
  ];
  const work: Work = { id: ID, startedAt: '2026-11-22T07:02:00.000Z', documents };

  it('take the place in the picture with them, not what was read there', () => {
    const [, left] = withoutImages(work, [ID]).documents;
    expect(left?.images.map(({ id }) => id)).toEqual([other]);
    expect(left?.reading).toEqual(imageReading({ imageId: null, outline: null, quads: null }));
    expect(withoutImages(work, [other]).documents[1]?.reading).toBe(work.documents[1]?.reading);
  });

  it('are named by their place in what was sent, where empty documents do not count', () => {
    const sent = toDraft(work);
    expect(imageAt(sent, 'documents.0.images.1')).toBe(other);
    expect(['documents.1.images.0', 'documents.0', 'decision.id', ''].map((at) => imageAt(sent, at))).toEqual(
      [null, null, null, null],
    );
  });
});

describe('marks', () => {
  const reading = {
    lines: TD3,
    lowConfidence: [{ line: 1, column: 3 }],
    corrections: [
      { row: 0, column: 2, from: '0', to: 'U', rule: 'class-map', reason: '' },
      { row: 1, column: 43, from: 'X', to: '', rule: 'beside-zone', reason: '' },
      { row: 1, column: 40, from: ';', to: '<', rule: 'keyboard-layout', reason: '' },
      { row: 1, column: 5, from: 'O', to: '0', rule: 'officer', reason: '' },
    ],
  };

  it('marks what was unsure, changed, failing and looked at; not what has no place', () => {
    const digits = [{ at: { row: 1, start: 9, end: 10 }, state: 'fails' as const }];
    const marks = marksOf(reading, digits, [{ row: 1, start: 13, end: 19 }]);
    expect(marks[0]?.[2]).toMatchObject({ from: '0', rule: 'class-map' });
    expect(marks[1]?.[43]?.rule).toBeNull();
    expect(marks[1]?.[40]?.rule).toBeNull();
    expect(marks[1]?.filter((mark) => mark.lit)).toHaveLength(6);
    expect(isDoubtful(marks[1]?.[5])).toBe(false);
    expect(isDoubtful(marks[1]?.[9])).toBe(true);
  });

  it('goes through doubtful places in reading order and round again', () => {
    const marks = marksOf(reading, [], []);
    expect(nextDoubtful(marks, null)).toEqual({ row: 0, column: 2 });
    expect(nextDoubtful(marks, { row: 0, column: 2 })).toEqual({ row: 1, column: 3 });
    expect(nextDoubtful(marks, { row: 1, column: 3 })).toEqual({ row: 0, column: 2 });
    expect(nextDoubtful([[]], null)).toBeNull();
  });
});

describe('places in the picture', () => {
  it('shares an outline evenly where the cells are not told', () => {
    const reading = imageReading();
    const rounded = (quad: ReturnType<typeof cellQuad>) =>
      quad?.map(({ x, y }) => [Math.round(x), Math.round(y)]);
    expect(rounded(cellQuad(reading, 1, 2))).toEqual([
      [20, 120],
      [30, 120],
      [30, 140],
      [20, 140],
    ]);
    expect(rounded(placeQuad(reading, { row: 0, start: 2, end: 5 }))?.slice(0, 2)).toEqual([
      [20, 100],
      [50, 100],
    ]);
    expect(cellQuad(readingOfKeys('typed', TD3), 0, 0)).toBeNull();
  });

  it('turns a cell upright', () => {
    const view = uprightView([
      { x: 10, y: 0 },
      { x: 10, y: 4 },
      { x: 0, y: 4 },
      { x: 0, y: 0 },
    ]);
    expect(view).toEqual({ centre: { x: 5, y: 2 }, turn: Math.PI / 2, height: 10, width: 4 });
  });
});

describe('dates in words', () => {
  it('counts whole years and nothing where the day is not known', () => {
    expect(ageOn('2026-11-22', '1974-11-22')).toBe(52);
    expect(ageOn('2026-11-21', '1974-11-22')).toBe(51);
    expect(ageOn('2026-11-22', '2024-02-29')).toBe(2);
    expect(ageOn('2026-11-22', '1974-11')).toBeNull();
    expect(ageOn('2026-11-22', null)).toBeNull();
  });

  it('tells the last day from the day after', () => {
    expect(validityOn('2026-11-22', '2026-11-22')).toEqual({ state: 'last-day' });
    expect(validityOn('2026-11-22', '2026-11-21')).toEqual({ state: 'expired', days: 1, years: 0 });
    expect(validityOn('2026-11-22', '2024-11-21')).toEqual({ state: 'expired', days: 731, years: 2 });
    expect(validityOn('2026-11-22', '2026-11-23')).toEqual({ state: 'valid', days: 1, years: 0 });
    expect(validityOn('2026-11-22', '2030')).toEqual({ state: 'unknown' });
  });
});
