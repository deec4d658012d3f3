// What a fake station answers where the lane asks it for the procedure, and whether a document came before.
import { shippedProcedure } from '../../electron/services/procedures.ts';
import type { Output } from '../../shared/contract/channels.ts';

/** The procedure that the product brings, as the real station answers it. */
export function procedureAnswer(): Output<'procedure.get'> {
  return { procedure: shippedProcedure(), words: {}, version: 'test', sha256: '0'.repeat(64), problems: [] };
}
