// What zod cannot say of a submitted examination: ids that must differ, pictures that must belong, reasons that fit.
import { reasonsFor } from '../../shared/examination/outcomes.ts';
import type { DecisionSubmission, Draft } from '../../shared/contract/records.ts';
import { StationFailure } from '../failure.ts';

const repeats = (ids: readonly string[]): boolean => new Set(ids).size !== ids.length;

/** Throws `bad-request` where reasons are not those of the outcome, or are missing. */
export function checkDecision({ outcome, reasons }: DecisionSubmission): void {
  const known = new Set(reasonsFor(outcome).map(({ id }) => id));
  const fits = reasons.every((reason) => known.has(reason)) && !repeats(reasons);
  if (!fits || (known.size > 0 && reasons.length === 0)) throw new StationFailure('bad-request', ['reasons']);
}

/**
 * The pictures of a draft with their places in it, as a refusal names them: `documents.<index>.images.<index>`,
 * both from 0.
 */
export function picturesOf({ documents }: Draft): { id: string; field: string }[] {
  return documents.flatMap(({ images }, place) =>
    images.map(({ id }, index) => ({ id, field: `documents.${place}.images.${index}` })),
  );
}

/** Throws `bad-request` where documents or pictures repeat, or a reading names a picture of another document. */
export function checkDocuments({ documents }: Draft): void {
  const pictures = documents.map(({ images }) => images.map(({ id }) => id));
  if (repeats(documents.map(({ id }) => id))) throw new StationFailure('bad-request', ['documents']);
  if (repeats(pictures.flat())) throw new StationFailure('bad-request', ['images']);
  for (const [index, { reading }] of documents.entries()) {
    const imageId = reading?.imageId ?? null;
    if (imageId !== null && pictures[index]?.includes(imageId) !== true) {
      throw new StationFailure('bad-request', ['imageId']);
    }
  }
}
