// Ids of answers, outcomes and dispositions of a case, which the window shows one by one.

export const ITEM_ANSWERS = ['matched', 'differs', 'not-present', 'not-checked'] as const;
export const BEARER_ANSWERS = ['similar', 'different', 'not-comparable'] as const;
export const BEARER_VERDICTS = ['supported', 'not-supported', 'cannot-say'] as const;
export const MARK_SHAPES = ['box', 'arrow', 'point'] as const;

/** Conclusions of the second line. */
export const CASE_OUTCOMES = [
  'L2.genuine_bearer',
  'L2.genuine_notbearer',
  'L2.forged',
  'L2.counterfeit',
  'L2.pseudo',
  'L2.fog',
  'L2.inconclusive',
] as const;

/** Those that say that something is not as it must be: each needs a reason, or a note that says why it has none. */
export const DOUBTING_OUTCOMES: ReadonlySet<string> = new Set([
  'L2.genuine_notbearer',
  'L2.forged',
  'L2.counterfeit',
  'L2.pseudo',
  'L2.fog',
]);

/**
 * What happens next. What concerns protection, a claim of asylum among it, stands in the protection file alone, and is
 * refused here.
 */
export const CASE_DISPOSITIONS = [
  'admitted',
  'admitted_monitored',
  'refused_entry',
  'refused_boarding',
  'returned',
  'police',
  'document_seized',
  'document_returned',
  'expert_referral',
  'released_error',
  'pending',
] as const;

/** Entries of one case; a long examination makes some hundreds, and a window draws no more in time. */
export const MOST_CASE_ENTRIES = 3000;

/** The last of them are for taking over, concluding, signing and reopening alone: a full case comes to its end. */
export const CASE_ENTRIES_TO_CONCLUDE = 200;
