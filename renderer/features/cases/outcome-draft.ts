// An outcome that is being thought over: it stays while other things are looked at, until it is given.
import { create } from 'zustand';
import type { CaseDisposition, CaseOutcome } from '../../../shared/contract/cases.ts';
import { takePart } from '../../lib/sitting.ts';

export interface OutcomeDraft {
  outcome: CaseOutcome | null;
  dispositions: CaseDisposition[];
  /** Items that differ and are not given as a reason, by `placeKey`. */
  left: string[];
  note: string;
}

const EMPTY: OutcomeDraft = { outcome: null, dispositions: [], left: [], note: '' };

export const outcomeDraft = (): OutcomeDraft => EMPTY;

export const useOutcomeDraft = create<{
  /** By id of the examination. */
  drafts: Readonly<Record<string, OutcomeDraft>>;
}>(() => ({ drafts: {} }));

takePart({ forget: () => useOutcomeDraft.setState({ drafts: {} }) });

export function changeOutcome(examinationId: string, part: Partial<OutcomeDraft>): void {
  useOutcomeDraft.setState(({ drafts }) => ({
    drafts: { ...drafts, [examinationId]: { ...(drafts[examinationId] ?? EMPTY), ...part } },
  }));
}

export function dropOutcome(examinationId: string): void {
  useOutcomeDraft.setState(({ drafts }) => ({
    drafts: Object.fromEntries(Object.entries(drafts).filter(([id]) => id !== examinationId)),
  }));
}
