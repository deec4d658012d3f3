// What the lane shows of a face, and which points of the procedure it asks for, without a browser.
import { describe, expect, it } from 'vitest';
import { faceOf } from '../../renderer/features/examine/face.ts';
import { judgeDocument } from '../../renderer/features/examine/judged.ts';
import { type Card, cardOf } from '../../renderer/features/examine/quick-card.ts';
import {
  type DocumentWork,
  emptyDocument,
  type ImageWork,
  readingOfKeys,
} from '../../renderer/features/examine/work.ts';
import { shippedProcedure } from '../../electron/services/procedures.ts';
import { newId } from '../../renderer/lib/id.ts';
import type { Quad } from '../../shared/vision/types.ts';
import { FR_ID, MRV_A, TD1, TD2, TD3, TD3_LASTING, TODAY } from '../mrz/specimens.ts';

const PROCEDURE = shippedProcedure();
const OUTLINE: Quad = [
  { x: 100, y: 700 },
  { x: 1100, y: 700 },
  { x: 1100, y: 790 },
  { x: 100, y: 790 },
];

function image(light: ImageWork['light'] = 'white'): ImageWork {
  return { id: newId(), light, source: 'file', size: { width: 1200, height: 900 } };
}

/** A document of these rows; `read`: the picture in which they were read. */
function documentOf(lines: readonly string[], images: ImageWork[] = [], read?: ImageWork): DocumentWork {
  const reading = readingOfKeys('wedge', [...lines]);
  const place = read === undefined ? {} : { imageId: read.id, outline: OUTLINE };
  return { ...emptyDocument(newId()), images, reading: { ...reading, ...place } };
}

const judged = (document: DocumentWork) => judgeDocument(document, null, null, TODAY);
const face = (document: DocumentWork) => faceOf(document, judged(document));

describe('the face', () => {
  it('is cut out of the picture in which the rows were read', () => {
    const read = image();
    expect(face(documentOf(TD3, [read], read))).toMatchObject({ kind: 'part', image: { id: read.id } });
    expect(face(documentOf(MRV_A, [image(), read], read))).toMatchObject({ image: { id: read.id } });
  });

  it('of a card with its rows behind is looked for in its other picture, in white light alone', () => {
    const [back, front] = [image(), image()];
    expect(face(documentOf(TD1, [back, front], back))).toEqual({ kind: 'whole', image: front });
    expect(face(documentOf(TD1, [back, image('uv-a')], back))).toEqual({ kind: 'none', why: 'other-side' });
  });

  it('beside the rows of a reader device is in whatever picture there is, or to be compared in the document', () => {
    const picture = image();
    expect(face(documentOf(TD3, [picture]))).toEqual({ kind: 'whole', image: picture });
    expect(face(documentOf(TD3))).toEqual({ kind: 'none', why: 'no-picture' });
  });

  it('waits for the rows', () => {
    const empty = emptyDocument(newId());
    expect(face(empty)).toEqual({ kind: 'none', why: 'waiting' });
    expect(face({ ...empty, images: [image()] })).toEqual({ kind: 'none', why: 'unread' });
    expect(face(documentOf([TD3[0] ?? '']))).toEqual({ kind: 'none', why: 'waiting' });
  });
});

describe('the card', () => {
  const card = (lines: readonly string[]): Card => {
    const found = cardOf(PROCEDURE, judged(documentOf(lines)));
    if (found === null) throw new Error('no card');
    return found;
  };
  const points = (lines: readonly string[]) => card(lines).steps.filter(({ kind }) => kind === 'point');

  it('is that of the type, three points at most, the feature of the type first', () => {
    for (const lines of [TD3, TD2, TD1, MRV_A]) {
      expect(card(lines).type.general).toBe(false);
      expect(points(lines).length).toBeGreaterThan(1);
      expect(points(lines).length).toBeLessThan(4);
      expect(points(lines)[0]).toMatchObject({ item: 'C2', feature: card(lines).type.quick[0] });
    }
  });

  it('of a type nobody knows is the general one, which names no feature', () => {
    expect(card(FR_ID).type.general).toBe(true);
    for (const point of points(FR_ID)) expect(point).toMatchObject({ feature: null });
  });

  it('asks one question where a finding asks for it, and none where there is no finding', () => {
    const altered = [TD3[0] ?? '', (TD3[1] ?? '').replace('7408122', '7408123')];
    const questions = (lines: readonly string[]) =>
      card(lines).steps.flatMap((step) => (step.kind === 'question' ? [step.id] : []));
    expect(questions(altered)).toEqual(['Q04']);
    expect(card(altered).steps.at(-1)).toEqual({ kind: 'question', id: 'Q04' });
    const lasting = TD3_LASTING;
    expect(judged(documentOf(lasting))?.findings.filter(({ severity }) => severity === 'look')).toEqual([]);
    expect(questions(lasting)).toEqual([]);
  });

  it('is not there before the rows are whole, nor without a procedure', () => {
    expect(cardOf(PROCEDURE, judged(documentOf([TD3[0] ?? ''])))).toBeNull();
    expect(cardOf(PROCEDURE, null)).toBeNull();
    expect(cardOf(null, judged(documentOf(TD3)))).toBeNull();
  });
});
