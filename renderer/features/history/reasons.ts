// From the id of a reason in a record to the catalogue id of its words.
import { DOUBT_REASONS, SKIP_REASONS } from '../../../shared/examination/outcomes.ts';

const TEXTS = new Map([...DOUBT_REASONS, ...SKIP_REASONS].map((reason) => [reason.id, reason.text]));

/** A reason that a newer Countercheck wrote and this one does not know is said to be so. */
export function reasonText(id: string): string {
  return TEXTS.get(id) ?? 'history.reason.unknown';
}
