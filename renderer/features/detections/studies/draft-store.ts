// The draft of one case study at the window: its content, what keeps it from leaving, and what its author has confirmed.
import { create } from 'zustand';
import type { Output } from '../../../../shared/contract/channels.ts';
import type { StudyDraft } from '../../../../shared/sharing/study-draft.ts';
import { call, type CallFailureCode, failureCodeOf } from '../../../lib/bridge.ts';
import { takePart } from '../../../lib/sitting.ts';
import { endStudyDraft } from '../../../lib/store-study-draft.ts';
import { useVault } from '../../../lib/store-vault.ts';
import { closeStudy, refreshDrafts, refreshLibrary } from './library-store.ts';

export type OpenDraft = Output<'study.prepare'>;
export type Preview = Output<'study.preview'>;
export type Cut = Output<'study.cut'>;
export const PARTS = ['words', 'pictures', 'question', 'leaves'] as const;
export type Part = (typeof PARTS)[number];

interface DraftStore {
  /** Null until the station has answered. */
  open: OpenDraft | null;
  /** Why it is not open. */
  failure: CallFailureCode | null;
  /** Whether the station holds what stands here. */
  keeping: 'kept' | 'waiting' | 'failed';
  part: Part;
  /** What would leave, of the content that it was made of. */
  seen: { of: StudyDraft; preview: Preview | null; failure: CallFailureCode | null } | null;
  /** Digests of the parts that were looked at. */
  confirmed: readonly string[];
  /** Pieces as the station made them, by digest, as addresses of data. */
  pieces: Readonly<Record<string, string>>;
}

const NOTHING: DraftStore = {
  open: null,
  failure: null,
  keeping: 'kept',
  part: 'words',
  seen: null,
  confirmed: [],
  pieces: {},
};

export const useStudyDraft = create<DraftStore>(() => NOTHING);

/** The fingers rest: what was written is kept, and what would leave is made anew. */
const REST_MS = 600;
/** After a failure the draft is offered again, for as long as it stands. */
const AGAIN_MS = 3_000;

let timer: ReturnType<typeof setTimeout> | undefined;
let sending: Promise<void> = Promise.resolve();
let held: StudyDraft | null = null;
// An answer to a question of another draft is nobody's.
let opening = 0;

/** What the station did not take before its officer signed out: shown to nobody else. */
const unkept = new Map<string, StudyDraft>();
const keyOf = (officerId: string, examinationId: string): string => `${officerId} ${examinationId}`;

takePart({
  keep: async () => {
    await keepDraft();
    return 0;
  },
  forget: (officerId) => {
    const { open } = useStudyDraft.getState();
    if (open !== null && open.content !== held)
      unkept.set(keyOf(officerId, open.examinationId), open.content);
    close();
  },
});

function close(): void {
  clearTimeout(timer);
  opening += 1;
  held = null;
  useStudyDraft.setState(NOTHING, true);
}

/** Opens the draft of the study of a report as the station has it. */
export async function openDraft(reportId: string): Promise<void> {
  if (useStudyDraft.getState().open?.reportId === reportId) return;
  close();
  const mine = opening;
  try {
    const prepared = await call('study.prepare', { reportId });
    if (mine !== opening) return;
    const own = keyOf(useVault.getState().state?.session?.officerId ?? '', prepared.examinationId);
    const content = unkept.get(own) ?? prepared.content;
    unkept.delete(own);
    held = prepared.content;
    useStudyDraft.setState({ open: { ...prepared, content } });
    if (content === held) void look();
    else keepSoon(0);
  } catch (thrown) {
    if (mine === opening) useStudyDraft.setState({ failure: failureCodeOf(thrown) });
  }
}

/** Changes the content. */
export function change(part: Partial<StudyDraft>): void {
  const { open } = useStudyDraft.getState();
  if (open === null) return;
  useStudyDraft.setState({ open: { ...open, content: { ...open.content, ...part } } });
  keepSoon(REST_MS);
}

function keepSoon(afterMs: number): void {
  clearTimeout(timer);
  // What could not be kept is told until it is.
  if (useStudyDraft.getState().keeping !== 'failed') useStudyDraft.setState({ keeping: 'waiting' });
  timer = setTimeout(() => void keepDraft().then(look), afterMs);
}

/** Hands the draft to the station, where it does not hold it yet. */
export function keepDraft(): Promise<void> {
  clearTimeout(timer);
  sending = sending.then(send);
  return sending;
}

async function send(): Promise<void> {
  const mine = opening;
  const { open } = useStudyDraft.getState();
  if (open === null) return;
  const { examinationId, reportId, content } = open;
  try {
    if (content !== held) await call('study.save-draft', { examinationId, reportId, content });
    if (mine !== opening) return;
    held = content;
    if (useStudyDraft.getState().open?.content === content) useStudyDraft.setState({ keeping: 'kept' });
  } catch {
    if (mine !== opening) return;
    useStudyDraft.setState({ keeping: 'failed' });
    keepSoon(AGAIN_MS);
  }
}

/** Asks what would leave, and for pieces that are not here yet. */
async function look(): Promise<void> {
  const mine = opening;
  const { open } = useStudyDraft.getState();
  if (open === null) return;
  const { examinationId, reportId, content } = open;
  const isStill = (): boolean => mine === opening && useStudyDraft.getState().open?.content === content;
  try {
    const preview = await call('study.preview', { examinationId, reportId, content });
    if (!isStill()) return;
    useStudyDraft.setState({ seen: { of: content, preview, failure: null } });
  } catch (thrown) {
    if (isStill())
      useStudyDraft.setState({ seen: { of: content, preview: null, failure: failureCodeOf(thrown) } });
  }
  for (const { imageId, at, hidden } of content.images) {
    if (!isStill()) return;
    await showPiece({ examinationId, imageId, at, hidden });
  }
}

const asked = new Map<string, string>();

/** The bytes of a piece of an earlier sitting; quiet where it cannot be made: what would leave says why. */
async function showPiece(cut: Parameters<typeof cutPiece>[0]): Promise<void> {
  const known = asked.get(JSON.stringify(cut));
  if (known !== undefined && useStudyDraft.getState().pieces[known] !== undefined) return;
  try {
    await cutPiece(cut);
  } catch {
    // Its place stays empty.
  }
}

/** Has a piece made as it would leave, and keeps it at hand. @throws {CallFailed} */
export async function cutPiece(
  input: Pick<StudyDraft['images'][number], 'imageId' | 'at' | 'hidden'> & { examinationId: string },
): Promise<Cut> {
  const mine = opening;
  const cut = await call('study.cut', input);
  if (mine === opening) {
    asked.set(JSON.stringify(input), cut.sha256);
    const address = `data:${cut.mime};base64,${cut.base64}`;
    useStudyDraft.setState(({ pieces }) => ({ pieces: { ...pieces, [cut.sha256]: address } }));
  }
  return cut;
}

/** The address of the piece of a picture as it stands; null where it was not made yet. */
export function pieceOf(
  { pieces }: Pick<DraftStore, 'pieces'>,
  input: Parameters<typeof cutPiece>[0],
): string | null {
  const digest = asked.get(JSON.stringify(input));
  return digest === undefined ? null : (pieces[digest] ?? null);
}

export function showPart(part: Part): void {
  useStudyDraft.setState({ part });
}

/** Says of a part, by its digest, that it was looked at as it leaves; or takes that back. */
export function confirm(digest: string, isOn: boolean): void {
  useStudyDraft.setState(({ confirmed }) => ({
    confirmed: isOn ? [...new Set([...confirmed, digest])] : confirmed.filter((one) => one !== digest),
  }));
}

/** Leaves the draft where the station holds it; stays with it where it does not. */
export async function leaveDraft(): Promise<void> {
  await keepDraft();
  if (useStudyDraft.getState().keeping === 'failed') return;
  close();
  void refreshDrafts();
  endStudyDraft();
}

/** Makes the study, for good. @throws {CallFailed} `report-problem`, `study-unseen`, `hub-none` … */
export async function submit(id: string): Promise<void> {
  const { open, confirmed } = useStudyDraft.getState();
  if (open === null) return;
  clearTimeout(timer);
  await sending;
  const { examinationId, reportId, content } = open;
  await call('study.submit', { id, examinationId, reportId, content, confirmed: [...confirmed] });
  close();
  closeStudy();
  endStudyDraft('detections');
  await Promise.all([refreshLibrary(), refreshDrafts()]);
}
