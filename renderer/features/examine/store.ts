// What the lane shows: the examination in hand, what is being read, and what became of the last decision.
import { create } from 'zustand';
import type { ImageSubmission, Outcome } from '../../../shared/contract/records.ts';
import type { FormatId } from '../../../shared/mrz/formats.ts';
import type { ReadStep, ReadZone } from '../../../shared/vision/types.ts';
import { newId } from '../../lib/id.ts';
import type { ProtectionForm } from '../../lib/store-protection.ts';
import type { Quarters } from '../../lib/turn.ts';
import type { TextValues } from '../../text/TextProvider.tsx';
import type { CellAt } from './marks.ts';
import { begun, type DocumentWork, emptyDocument, type ImageWork, type Work, withDocument } from './work.ts';

/** A picture on its way: `store` to the station, `pixels` back from its decoder, then the reader's own steps. */
export interface Busy {
  step: 'store' | 'pixels' | ReadStep;
}

/** A decision as it was pressed; kept so that trying again repeats exactly the same. */
export interface PendingDecision {
  /** Minted at the first attempt to save; null before, as an id of ours tells the moment in which it was made. */
  id: string | null;
  outcome: Outcome;
  reasons: string[];
  note: string;
  /** The day against which the findings were judged that the officer saw. */
  judgedOn: string;
  /** Only for the protection page; goes to the protection file alone. */
  protection: ProtectionForm | null;
}

export type Picker = 'doubt' | 'skip' | 'protect';

/** A page over the document of the lane; it belongs to one document and goes with it. */
export interface PageOver {
  kind: PageKind;
  documentId: string;
}
export type PageKind = 'detective' | 'print' | 'visa';

/** The entry of the protection file for this traveller: one id, however often saving is tried. */
export interface ProtectionEntry {
  id: string;
  /** The station has answered that it stands. */
  recorded: boolean;
}

export interface SavedNote {
  examinationId: string;
  outcome: Outcome;
  recorded: boolean;
  undoUntil: string | null;
}

export interface ExamineStore {
  /** False until the station has told whether a draft waits. */
  loaded: boolean;
  work: Work;
  documentId: string;
  imageId: string | null;
  /** Light of the next image where it shall be added to the document on show; null: the next image is looked at. */
  addingLight: ImageSubmission['light'] | null;
  busy: Busy | null;
  /** Pictures of this traveller that do not stand in a document yet; a decision waits for them. */
  queued: number;
  /** Code of what went wrong with an input; `error.<code>.*`. */
  trouble: string | null;
  cameraOn: boolean;
  picker: Picker | null;
  /** What was written beside each question, until it is decided or cancelled. */
  notes: Record<Exclude<Picker, 'protect'>, string>;
  protection: ProtectionEntry | null;
  saving: boolean;
  /** `lost`: ids of pictures that the station cannot use; without them the rest can be saved. */
  saveFailure: { code: string; decision: PendingDecision; lost: string[] } | null;
  saved: SavedNote | null;
  /** Whether the station holds the draft as it stands. */
  keeping: 'kept' | 'waiting' | 'failed';
  /** When the restored draft was begun; null where none was restored. */
  restoredAt: string | null;
  /** Pressed once; a second press drops the draft. */
  askingToDrop: boolean;
  /** How much of a document's card was looked at, by its id. */
  lookedAt: Readonly<Record<string, number>>;
  /** The document that the officer asked for by hand. */
  askedFor: string | null;
  cell: CellAt | null;
  /** The format chosen for typing; null follows what is typed. */
  format: FormatId | null;
  /** Index of the finding whose place is shown. */
  finding: number | null;
  page: PageOver | null;
  zoomed: boolean;
  /** How each picture is turned for the eye, by id; none for a picture as it came. */
  turns: Readonly<Record<string, Quarters>>;
  /** Further zones that were read in a picture, by its id; none for a picture with one zone. */
  others: Readonly<Record<string, readonly ReadZone[]>>;
  /** Its number tells two equal ones in a row apart. */
  announcement: { id: string; values?: TextValues; number: number } | null;
}

export function freshWork(): Pick<ExamineStore, 'work' | 'documentId' | 'imageId'> {
  const document = emptyDocument(newId());
  const work = { id: newId(), startedAt: new Date().toISOString(), documents: [document] };
  return { work, documentId: document.id, imageId: null };
}

/** What every new traveller begins with. */
export const UNTOUCHED = {
  addingLight: null,
  busy: null,
  queued: 0,
  trouble: null,
  picker: null,
  notes: { doubt: '', skip: '' },
  protection: null,
  saving: false,
  saveFailure: null,
  restoredAt: null,
  askingToDrop: false,
  lookedAt: {},
  askedFor: null,
  cell: null,
  format: null,
  finding: null,
  page: null,
  zoomed: false,
  turns: {},
  others: {},
} satisfies Partial<ExamineStore>;

export const useExamine = create<ExamineStore>(() => ({
  ...freshWork(),
  ...UNTOUCHED,
  loaded: false,
  cameraOn: false,
  saved: null,
  keeping: 'kept',
  announcement: null,
}));

/** The document on show. */
export function shownDocument(state: Pick<ExamineStore, 'work' | 'documentId'>): DocumentWork {
  const { documents } = state.work;
  return (
    documents.find((one) => one.id === state.documentId) ?? documents[0] ?? emptyDocument(state.documentId)
  );
}

/** The image on show: the chosen one, else the one that was read, else the first. */
export function shownImage(state: Pick<ExamineStore, 'work' | 'documentId' | 'imageId'>): ImageWork | null {
  const { images, reading } = shownDocument(state);
  const wanted = [state.imageId, reading?.imageId];
  for (const id of wanted) {
    const found = images.find((image) => image.id === id);
    if (found !== undefined) return found;
  }
  return images[0] ?? null;
}

export function changeDocument(id: string, change: (document: DocumentWork) => DocumentWork): void {
  useExamine.setState(({ work }) => ({
    work: begun(work, withDocument(work, id, change), new Date().toISOString()),
  }));
}

/** Says something once to whoever listens instead of looking. */
export function announce(id: string, values?: TextValues): void {
  useExamine.setState(({ announcement }) => {
    const number = (announcement?.number ?? 0) + 1;
    return { announcement: values === undefined ? { id, number } : { id, values, number } };
  });
}

/** Shows and says what went wrong with an input; `error.<code>.*`. */
export function tellTrouble(code: string): void {
  useExamine.setState({ trouble: code });
  announce(`error.${code}.happened`);
}

/** Resolves once the lane is in a certain state; at once where it is. */
export function when(holds: (state: ExamineStore) => boolean): Promise<void> {
  return new Promise((resolve) => {
    if (holds(useExamine.getState())) return resolve();
    const stop = useExamine.subscribe((state) => {
      if (!holds(state)) return;
      stop();
      resolve();
    });
  });
}
