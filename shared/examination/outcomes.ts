// What an officer can decide at first line, and the reasons that go with it. Words are in the catalogue.

/** Codes of the record. Doubt and protection both read `referred`: the record tells nobody which it was. */
export const OUTCOME_CODES = ['clear', 'referred', 'skip'] as const;
export type OutcomeCode = (typeof OUTCOME_CODES)[number];

export interface Reason {
  id: string;
  /** Catalogue id of its words. */
  text: string;
}

function reasons(prefix: string, ids: readonly string[]): readonly Reason[] {
  return ids.map((id) => ({ id, text: `${prefix}.${id}` }));
}

/** Given at second line, in person: the reason that doubt and protection share, and the first of the list. */
export const REASON_AT_SECOND_LINE = 'at-second-line';

/** Reasons for doubt at first line, ids for `referred`. */
export const DOUBT_REASONS: readonly Reason[] = reasons('reason', [
  REASON_AT_SECOND_LINE,
  'portrait',
  'data',
  'mrz',
  'material',
  'light-feature',
  'bearer',
  'visa-stamp',
  'validity',
  'chip',
]);

/** Why a check was not completed, ids for `skip`. */
export const SKIP_REASONS: readonly Reason[] = reasons('skip', [
  'no-time',
  'equipment',
  'unreadable-damaged',
  'diplomatic-courtesy',
  'other-lane',
]);

/** The reasons an outcome takes: none for `clear`, at least one for the others. */
export function reasonsFor(outcome: OutcomeCode): readonly Reason[] {
  if (outcome === 'referred') return DOUBT_REASONS;
  return outcome === 'skip' ? SKIP_REASONS : [];
}
