// The recogniser inside the reading worker: our model from our own origin, run by the shared network in this thread.
import { createRowRecogniser } from '../../../shared/vision/network/recognise.ts';
import type { Recognise } from '../../../shared/vision/types.ts';

/** After this a model that does not come counts as broken. */
const START_LIMIT_MS = 15_000;

/**
 * Fetches the model and lays it out.
 * @param origin where `/ocr/` is served, e.g. `app://desk`.
 */
export async function startRecogniser(origin: string): Promise<Recognise> {
  const signal = AbortSignal.timeout(START_LIMIT_MS);
  const answer = await fetch(`${origin}/ocr/mrz.traineddata`, { signal });
  if (!answer.ok) throw new Error('recogniser-start');
  return createRowRecogniser(new Uint8Array(await answer.arrayBuffer()));
}
