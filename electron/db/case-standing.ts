// How a case of the second line stands: in whose hands, concluded with what, signed by whom.
import type { CaseAct, CaseOutcome, CaseStanding } from '../../shared/contract/cases.ts';

/** An entry that counts for how a case stands. */
export interface StandingRow extends CaseAct {
  outcome: CaseOutcome | null;
  needsSignature: 0 | 1 | boolean | null;
  signs: string | null;
}

/** An outcome in force. */
export interface Conclusion {
  entryId: string;
  outcome: CaseOutcome;
  at: string;
  officerId: string;
  officerName: string;
  needsSignature: boolean;
  signed: { at: string; officerName: string } | null;
}

export interface Standing extends CaseStanding {
  /** The outcome in force; null where there is none, or the case was reopened. */
  conclusion: Conclusion | null;
}

function concluded({
  id,
  outcome,
  at,
  officerId,
  officerName,
  needsSignature,
}: StandingRow): Conclusion | null {
  if (outcome === null) return null;
  return {
    entryId: id,
    outcome,
    at,
    officerId,
    officerName,
    needsSignature: Boolean(needsSignature),
    signed: null,
  };
}

/** A signature for another outcome than the one in force stands for nothing. */
function signedBy(conclusion: Conclusion | null, { signs, at, officerName }: StandingRow): Conclusion | null {
  if (conclusion === null || conclusion.entryId !== signs) return conclusion;
  return { ...conclusion, signed: { at, officerName } };
}

/** How a case stands, from those of its entries that count, in their order. */
export function standingFrom(rows: readonly StandingRow[]): Standing {
  let holder: Standing['holder'] = null;
  let conclusion: Conclusion | null = null;
  for (const row of rows) {
    const { kind, officerId, officerName: name } = row;
    if (kind === 'signed') conclusion = signedBy(conclusion, row);
    if (kind === 'outcome') [conclusion, holder] = [concluded(row), null];
    if (kind === 'reopened') [conclusion, holder] = [null, { officerId, name }];
    if (kind === 'taken' && conclusion === null) holder = { officerId, name };
  }
  const waits = conclusion !== null && conclusion.needsSignature && conclusion.signed === null;
  const open = holder === null ? 'open' : 'held';
  const state = conclusion === null ? open : waits ? 'to-sign' : 'done';
  return { state, holder, outcomeId: conclusion?.entryId ?? null, conclusion };
}
