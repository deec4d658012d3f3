// What is being thought over in a case and is no entry yet: it stays while other things are looked at, until it is given.
import { create } from 'zustand';
import type { BearerVerdict, CaseDisposition, CaseOutcome } from '../../../shared/contract/cases.ts';
import { takePart } from '../../lib/sitting.ts';
import { useVault } from '../../lib/store-vault.ts';

export interface OutcomeDraft {
  outcome: CaseOutcome | null;
  dispositions: CaseDisposition[];
  /** Items that differ and are not given as a reason, by `placeKey`. */
  left: string[];
  note: string;
}

export interface CaseDraft {
  outcome: OutcomeDraft;
  /** What the own comparison of the face concludes. */
  comparison: { verdict: BearerVerdict; note: string };
  /** Why the case is opened again. */
  reason: string;
}

const EMPTY: CaseDraft = {
  outcome: { outcome: null, dispositions: [], left: [], note: '' },
  comparison: { verdict: 'cannot-say', note: '' },
  reason: '',
};

type Drafts = Readonly<Record<string, CaseDraft>>;

/** By id of the examination. */
const useDrafts = create<{ drafts: Drafts }>(() => ({ drafts: {} }));

/** Of officers who signed out in between: nobody else sees them. */
const aside = new Map<string, Drafts>();

takePart({
  forget: (officerId) => {
    const { drafts } = useDrafts.getState();
    if (Object.keys(drafts).length > 0) aside.set(officerId, drafts);
    useDrafts.setState({ drafts: {} });
  },
  begin: () => {
    const officerId = useVault.getState().state?.session?.officerId ?? '';
    const drafts = aside.get(officerId);
    aside.delete(officerId);
    if (drafts !== undefined) useDrafts.setState({ drafts });
  },
});

/** What is being thought over in one case. */
export function useCaseDraft(examinationId: string): CaseDraft {
  return useDrafts(({ drafts }) => drafts[examinationId] ?? EMPTY);
}

export function changeDraft<K extends keyof CaseDraft>(
  examinationId: string,
  part: K,
  change: (before: CaseDraft[K]) => CaseDraft[K],
): void {
  useDrafts.setState(({ drafts }) => {
    const before = drafts[examinationId] ?? EMPTY;
    return { drafts: { ...drafts, [examinationId]: { ...before, [part]: change(before[part]) } } };
  });
}

/** It was given. */
export function dropDraft(examinationId: string, part: keyof CaseDraft): void {
  changeDraft(examinationId, part, () => EMPTY[part]);
}

/** Whether words were written that only the window has, of somebody who signed out, too. */
export function hasDraftWords(): boolean {
  const all = [useDrafts.getState().drafts, ...aside.values()].flatMap((drafts) => Object.values(drafts));
  return all.some(({ outcome, comparison, reason }) => outcome.note + comparison.note + reason !== '');
}
