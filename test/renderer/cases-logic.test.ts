// What a case says, reckoned from its entries: what is open, what differs, where to go next, which picture to look at.
import { describe, expect, it } from 'vitest';
import { shippedProcedure } from '../../electron/services/procedures.ts';
import {
  type CasePicture,
  isOpen,
  mayBeMissing,
  nextOpen,
  pictureFor,
  stepped,
  stepsOf,
  workOf,
} from '../../renderer/features/cases/case-work.ts';
import { runsOf } from '../../renderer/features/cases/Trail.tsx';
import type { CaseAct, CaseEntry, CaseView } from '../../shared/contract/cases.ts';
import { itemsFor } from '../../shared/procedures/choose.ts';

const PROCEDURE = shippedProcedure();
const DOCUMENT = '01930000-0000-7000-8100-000000000001';
const HEAD = { at: '2026-11-22T07:00:00.000Z', officerId: 'a', officerName: 'J. Tan' };

function typeNamed(id: string) {
  const type = PROCEDURE.types.find((one) => one.id === id);
  if (type === undefined) throw new Error('no such type');
  return type;
}

/** A case of one document of this type. */
function viewOf(typeId: string, outcomeId: string | null = null): CaseView {
  const items = itemsFor(PROCEDURE, typeNamed(typeId), 'L2').filter(({ step }) => step !== 'face');
  return {
    state: 'held',
    holder: null,
    outcomeId,
    record: { documents: [] } as unknown as CaseView['record'],
    entries: [],
    acts: [],
    documents: [{ documentId: DOCUMENT, typeId, itemIds: items.map(({ id }) => id) }],
    notChecked: [],
  };
}

let seq = 0;
type Answer = Extract<CaseEntry, { kind: 'answer' }>;
const answerOf = (itemId: string, answer: Answer['answer']): CaseEntry => {
  seq += 1;
  const place = { documentId: DOCUMENT, itemId };
  return { kind: 'answer', id: `${seq}`, seq, ...HEAD, ...place, answer, note: '', marks: [] };
};

describe('answers', () => {
  it('the latest of each item stands, and what is not checked is still open', () => {
    const entries = [
      answerOf('L1a', 'differs'),
      answerOf('L1a', 'matched'),
      answerOf('C1', 'not-checked'),
      answerOf('C2', 'not-present'),
      answerOf('S1', 'differs'),
      answerOf('S1', null),
      answerOf('B01', 'differs'),
    ];
    const work = workOf(viewOf('utopia-passport'), entries, PROCEDURE);
    // In the order of the steps, not in that of the answers.
    expect(work.differing.map(({ itemId }) => itemId)).toEqual(['C2', 'B01']);
    const open = work.notChecked.map(({ itemId }) => itemId);
    expect(open).toEqual(expect.arrayContaining(['C1', 'S1']));
    expect(open.filter((id) => ['L1a', 'C2', 'B01'].includes(id))).toEqual([]);
    // Checks of the bearer are asked of every document, and count once.
    expect(open.filter((id) => id === 'B02')).toHaveLength(1);
    expect(isOpen('not-checked')).toBe(true);
    const [list] = work.lists;
    if (list === undefined) throw new Error('no list');
    const steps = new Map(stepsOf(work, list, PROCEDURE).map((step) => [step.step, step]));
    expect(steps.get('L')).toMatchObject({ open: 3, differs: 0 });
    expect(steps.get('C')).toMatchObject({ open: 5, differs: 1 });
  });

  it('a card keeps the eight letters although it has no stitching, and nothing of an unknown type is missing', () => {
    const work = workOf(viewOf('utopia-card'), [], PROCEDURE);
    const [list] = work.lists;
    if (list === undefined) throw new Error('no list');
    const steps = stepsOf(work, list, PROCEDURE);
    expect(steps.map(({ step }) => step).join('')).toMatch(/^FALSEDOC/);
    expect(steps.find(({ step }) => step === 'S')?.items).toEqual([]);
    const [general] = workOf(viewOf('general-booklet'), [], PROCEDURE).lists;
    expect(general?.items.some((item) => mayBeMissing(general, item))).toBe(false);
    expect(list.items.some((item) => mayBeMissing(list, item))).toBe(true);
  });

  it('the next item is the next that nobody answered, round the end', () => {
    const view = viewOf('utopia-passport');
    const ids = view.documents[0]?.itemIds ?? [];
    const [first = '', second = '', third = ''] = ids;
    const entries = ids.filter((id) => id !== first && id !== third).map((id) => answerOf(id, 'matched'));
    const work = workOf(view, entries, PROCEDURE);
    const [list] = work.lists;
    if (list === undefined) throw new Error('no list');
    expect(nextOpen(work, list, second)).toBe(third);
    expect(nextOpen(work, list, third)).toBe(first);
    const all = workOf(view, [...entries, answerOf(first, 'matched'), answerOf(third, 'matched')], PROCEDURE);
    expect(nextOpen(all, list, second)).toBe(second);
    expect(stepped(list, first, -1)).toBe(first);
    expect(stepped(list, first, 1)).toBe(second);
  });
});

describe('pictures', () => {
  const picture = (id: string, light: CasePicture['light'], documentId = DOCUMENT): CasePicture => ({
    id,
    documentId,
    light,
    width: 10,
    height: 10,
    outline: null,
  });
  const all = [picture('w', 'white'), picture('u', 'uv-a'), picture('o', 'white', 'other')];

  it.each([
    [['uv-a'], 'w', 'u'],
    [['white', 'uv-a'], 'u', 'u'],
    [['infrared'], 'u', 'u'],
    [[], 'u', 'u'],
    [['white'], 'o', 'w'],
    [['macro'], null, 'w'],
  ] as const)('under %j, with %s on show, %s is looked at', (lights, shown, chosen) => {
    expect(pictureFor(all, DOCUMENT, lights, shown)).toBe(chosen);
  });

  it('there is none where the document has none', () => {
    expect(pictureFor(all, 'third', ['white'], null)).toBeNull();
  });
});

it('what one officer did in a row stands together in the trail, the newest first', () => {
  const act = (kind: CaseAct['kind'], officerId: string, minute: number): CaseAct => ({
    id: `${minute}`,
    seq: minute,
    at: `2026-11-22T07:0${minute}:00.000Z`,
    officerId,
    officerName: officerId,
    kind,
  });
  const runs = runsOf([
    act('taken', 'a', 1),
    act('answer', 'a', 2),
    act('answer', 'a', 3),
    act('answer', 'b', 4),
  ]);
  expect(runs.map(({ kind, name, count }) => [kind, name, count])).toEqual([
    ['answer', 'b', 1],
    ['answer', 'a', 2],
    ['taken', 'a', 1],
  ]);
});
