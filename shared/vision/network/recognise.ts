// The recogniser of rows: our model, run by our own arithmetic, the same in the window and on the command line.
import type { Recognise } from '../types.ts';
import { BLANK, decode } from './decode.ts';
import { createNetwork } from './network.ts';
import { ModelError, readModel } from './traineddata.ts';

/**
 * Reads straightened rows with the model in the bytes of a `.traineddata` file. Nothing is kept from row to row, so
 * the same strip always gives the same characters. Throws `ModelError` for a file that is no model of ours.
 */
export function createRowRecogniser(traineddata: Uint8Array): Recognise {
  const model = readModel(traineddata);
  if (model.blank !== BLANK) throw new ModelError();
  const network = createNetwork(model);
  return async (strip) => decode(network.run(strip));
}
