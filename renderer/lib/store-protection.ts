// What an officer writes on the protection page, until it is in the protection file: in memory, and in no ordinary draft.
import { create } from 'zustand';
import type { Contact } from '../../shared/contract/directory.ts';
import type { Consent, Need, ProtectionDisposition } from '../../shared/contract/protection-ids.ts';
import { call, failureCodeOf } from './bridge.ts';
import { newId } from './id.ts';
import { takePart } from './sitting.ts';
import { useVault } from './store-vault.ts';

export interface ProtectionForm {
  needs: Need[];
  /** By id of the question; words may stay empty. */
  answers: Readonly<Record<string, string>>;
  signs: string[];
  note: string;
  /** Whom help is asked of: a contact of the directory, or somebody else by name. */
  contact: Pick<Contact, 'id' | 'name'> | null;
  otherContact: string;
  consent: Consent | null;
  dispositions: ProtectionDisposition[];
}

export const EMPTY_FORM: ProtectionForm = {
  needs: [],
  answers: {},
  signs: [],
  note: '',
  contact: null,
  otherContact: '',
  consent: null,
  dispositions: [],
};

export const useProtection = create<{
  /** By id of the examination. */
  forms: Readonly<Record<string, ProtectionForm>>;
}>(() => ({ forms: {} }));

/** What of each form stands in the protection file already. */
const standing = new Map<string, ProtectionForm>();

/** What could not be written before its officer signed out: in memory alone, and shown to nobody else. */
const unkept = new Map<string, Readonly<Record<string, ProtectionForm>>>();

takePart({
  keep,
  forget(officerId) {
    const left = unwritten();
    if (left.length > 0) unkept.set(officerId, Object.fromEntries(left));
    standing.clear();
    useProtection.setState({ forms: {} });
  },
  begin() {
    const officerId = useVault.getState().state?.session?.officerId ?? '';
    const forms = unkept.get(officerId);
    unkept.delete(officerId);
    if (forms !== undefined) useProtection.setState({ forms });
  },
});

function unwritten(): [string, ProtectionForm][] {
  return Object.entries(useProtection.getState().forms).filter(
    ([id, form]) => standing.get(id) !== form && !isFormEmpty(form),
  );
}

let isWatching = false;

/** For as long as the window is open: it asks before it closes over what is in no file yet, as over any other change. */
export function watchUnwritten(): void {
  if (isWatching) return;
  isWatching = true;
  window.addEventListener('beforeunload', (event) => {
    if (unwritten().length === 0 && unkept.size === 0) return;
    void keep();
    event.preventDefault();
  });
}

export function formOf(examinationId: string): ProtectionForm {
  return useProtection.getState().forms[examinationId] ?? EMPTY_FORM;
}

export function changeForm(examinationId: string, change: Partial<ProtectionForm>): void {
  useProtection.setState(({ forms }) => ({
    forms: { ...forms, [examinationId]: { ...(forms[examinationId] ?? EMPTY_FORM), ...change } },
  }));
}

/** Lets go of what was written: it stands in the protection file, or its traveller is gone. */
export function dropForm(examinationId: string): void {
  standing.delete(examinationId);
  useProtection.setState(({ forms }) => ({
    forms: Object.fromEntries(Object.entries(forms).filter(([id]) => id !== examinationId)),
  }));
}

/** Whether anything was written. */
export function isFormEmpty(form: ProtectionForm): boolean {
  const { needs, answers, signs, note, contact, otherContact, consent, dispositions } = form;
  const lists = [needs, signs, dispositions, Object.keys(answers)];
  return (
    lists.every((list) => list.length === 0) &&
    note.trim() === '' &&
    otherContact.trim() === '' &&
    contact === null &&
    consent === null
  );
}

/** The entry as the station takes it, without its ids. */
export function entryOf(form: ProtectionForm) {
  const { needs, signs, note, contact, consent, dispositions } = form;
  const contactName = contact?.name ?? form.otherContact.trim();
  const hasReferral = contactName !== '' || consent !== null || dispositions.length > 0;
  return {
    needs,
    signs,
    note: note.trim(),
    answers: Object.entries(form.answers).map(([questionId, words]) => ({ questionId, note: words.trim() })),
    referral: hasReferral
      ? {
          contactId: contact?.id ?? null,
          contactName,
          consent: consent ?? ('not-asked' as const),
          dispositions,
        }
      : null,
  };
}

/**
 * Writes the entry into the protection file under this id; a repeated attempt stands once. Where an earlier attempt stood
 * although its answer was lost, and more was written since, both are kept. What stands there already is not written again.
 */
export async function recordProtection(
  examinationId: string,
  id: string,
  form: ProtectionForm,
): Promise<void> {
  if (standing.get(examinationId) === form) return;
  const record = (as: string) => call('protection.record', { id: as, examinationId, ...entryOf(form) });
  try {
    await record(id);
  } catch (thrown) {
    if (failureCodeOf(thrown) !== 'already-saved') throw thrown;
    await record(newId());
  }
  standing.set(examinationId, form);
}

/**
 * Whoever leaves the page has what they wrote in the protection file, whatever happens to this machine next.
 * @throws {CallFailed} where that cannot be done now: it stays in memory, and is tried again before the sitting ends
 */
export async function keepForm(examinationId: string): Promise<void> {
  const form = formOf(examinationId);
  if (isFormEmpty(form)) return;
  await recordProtection(examinationId, newId(), form);
}

/** Before somebody else may sit here: what was begun is not lost, and lies where nobody reads it. */
async function keep(): Promise<number> {
  for (const examinationId of Object.keys(useProtection.getState().forms))
    await keepForm(examinationId).catch(() => undefined);
  return 0;
}
