// The draft of one case's report at the window: its content, who it can go to, and what would leave for each of them.
import { create } from 'zustand';
import type { Group } from '../../../shared/sharing/fields.ts';
import type { Audience, FullReport } from '../../../shared/sharing/full.ts';
import { call, type CallFailureCode, failureCodeOf } from '../../lib/bridge.ts';
import { takePart } from '../../lib/sitting.ts';
import { endReportDraft, useReportDraft } from '../../lib/store-report-draft.ts';
import { useVault } from '../../lib/store-vault.ts';
import { audienceKey, type Open, picturesOf, replacedFor, type Seen } from './draft.ts';
import { changed, placeOf } from './editor-fields.ts';
import { focusReport, showReports } from './list-store.ts';
import { closeReport } from './report-store.ts';

interface DraftStore {
  /** Null until the station has answered. */
  open: Open | null;
  /** Why it is not open. */
  failure: CallFailureCode | null;
  /** Whether the station holds what stands here. */
  keeping: 'kept' | 'waiting' | 'failed';
  group: Group;
  /** Audience on show, and those that are ticked, by `audienceKey`. */
  shown: string;
  ticked: readonly string[];
  seen: Readonly<Record<string, Seen>>;
  /** Pieces that were cut, by digest, as addresses of data. */
  pieces: Readonly<Record<string, string>>;
}

const NOTHING: DraftStore = {
  open: null,
  failure: null,
  keeping: 'kept',
  group: 'fraud',
  shown: 'T2',
  ticked: [],
  seen: {},
  pieces: {},
};

export const useDraft = create<DraftStore>(() => NOTHING);

/** The fingers rest: what was written is kept, and what would leave is made anew. */
const REST_MS = 600;
/** After a failure the draft is offered again, for as long as it stands. */
const AGAIN_MS = 3_000;

let timer: ReturnType<typeof setTimeout> | undefined;
let sending: Promise<void> = Promise.resolve();
let held: FullReport | null = null;
// An answer to a question of another draft is nobody's.
let opening = 0;

/** What the station did not take before its officer signed out: shown to nobody else. */
const unkept = new Map<string, FullReport>();
const keyOf = (officerId: string, examinationId: string): string => `${officerId} ${examinationId}`;

takePart({
  keep: async () => {
    await keepDraft();
    return 0;
  },
  forget: (officerId) => {
    const { open } = useDraft.getState();
    if (open !== null && open.content !== held)
      unkept.set(keyOf(officerId, open.examinationId), open.content);
    close();
  },
});

function close(): void {
  clearTimeout(timer);
  opening += 1;
  held = null;
  useDraft.setState(NOTHING, true);
}

/** Opens the draft of a case's report as the station has it. */
export async function openDraft(examinationId: string): Promise<void> {
  const { open } = useDraft.getState();
  if (open?.examinationId === examinationId) return;
  close();
  const mine = opening;
  try {
    const [prepared, view] = await Promise.all([
      call('report.prepare', { examinationId }),
      call('case.open', { id: examinationId }),
    ]);
    if (mine !== opening) return;
    const own = keyOf(useVault.getState().state?.session?.officerId ?? '', examinationId);
    const content = unkept.get(own) ?? prepared.content;
    unkept.delete(own);
    held = prepared.content;
    const { suggested, reports, audiences, needsApproval } = prepared;
    const corrected = reports.find(({ id }) => id === useReportDraft.getState().corrects);
    const first = corrected === undefined ? null : audienceKey(corrected);
    useDraft.setState({
      open: {
        examinationId,
        content,
        suggested,
        reports,
        audiences,
        needsApproval,
        pictures: picturesOf(view),
      },
      shown: first ?? 'T2',
      ticked: audiences.some((one) => audienceKey(one) === first) ? [first ?? ''] : [],
    });
    if (content === held) void look();
    else keepSoon(0);
    for (const piece of content.images) void showPiece(piece);
  } catch (thrown) {
    if (mine === opening) useDraft.setState({ failure: failureCodeOf(thrown) });
  }
}

/** The bytes of a piece that an earlier sitting cut. */
async function showPiece({ imageId, at, sha256 }: FullReport['images'][number]): Promise<void> {
  const mine = opening;
  const { open } = useDraft.getState();
  if (open === null) return;
  try {
    const { mime, base64 } = await call('report.crop', { examinationId: open.examinationId, imageId, at });
    if (mine === opening) rememberPiece(sha256, `data:${mime};base64,${base64}`);
  } catch {
    // Its place stays empty; submitting says what is wrong with it.
  }
}

export function rememberPiece(sha256: string, address: string): void {
  useDraft.setState(({ pieces }) => ({ pieces: { ...pieces, [sha256]: address } }));
}

/** Puts a value in its place. */
export function change(path: string, value: unknown): void {
  const { open } = useDraft.getState();
  if (open === null) return;
  useDraft.setState({ open: { ...open, content: changed(open.content, path, value) } });
  keepSoon(REST_MS);
}

function keepSoon(afterMs: number): void {
  clearTimeout(timer);
  // What could not be kept is told until it is.
  if (useDraft.getState().keeping !== 'failed') useDraft.setState({ keeping: 'waiting' });
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
  const { open } = useDraft.getState();
  if (open === null) return;
  const { examinationId, content } = open;
  try {
    if (content !== held) await call('report.save-draft', { examinationId, content });
    if (mine !== opening) return;
    held = content;
    if (useDraft.getState().open?.content === content) useDraft.setState({ keeping: 'kept' });
  } catch {
    if (mine !== opening) return;
    useDraft.setState({ keeping: 'failed' });
    keepSoon(AGAIN_MS);
  }
}

/** Asks what would leave for each audience, as long as nothing is written meanwhile. */
async function look(): Promise<void> {
  const mine = opening;
  const { open } = useDraft.getState();
  if (open === null) return;
  const { examinationId, content, audiences } = open;
  const isStill = (): boolean => mine === opening && useDraft.getState().open?.content === content;
  // The one on show first.
  const { shown } = useDraft.getState();
  const order = audiences.toSorted(
    (a, b) => Number(audienceKey(b) === shown) - Number(audienceKey(a) === shown),
  );
  for (const audience of order) {
    if (!isStill()) return;
    const seen = await seenBy(examinationId, content, audience);
    if (isStill()) useDraft.setState((state) => ({ seen: { ...state.seen, [audienceKey(audience)]: seen } }));
  }
}

async function seenBy(examinationId: string, content: FullReport, audience: Audience): Promise<Seen> {
  try {
    const preview = await call('report.preview', { examinationId, content, audience });
    return { of: content, preview, failure: null };
  } catch (thrown) {
    return { of: content, preview: null, failure: failureCodeOf(thrown) };
  }
}

export function showGroup(group: Group): void {
  useDraft.setState({ group });
}

export function showAudience(shown: string): void {
  useDraft.setState({ shown });
}

export function tick(key: string, isOn: boolean): void {
  useDraft.setState(({ ticked }) => ({
    ticked: isOn ? [...ticked.filter((one) => one !== key), key] : ticked.filter((one) => one !== key),
  }));
}

/** Goes to the field of a problem: its group now, its place when it is drawn. */
export function goToProblem(path: string, select: { start: number; end: number } | null): void {
  const place = placeOf(path);
  if (place === null) return;
  showGroup(place.group);
  requestAnimationFrame(() => {
    const boxes = [...document.querySelectorAll<HTMLElement>('[data-path]')];
    const box =
      boxes.find(({ dataset }) => dataset['path'] === path) ??
      boxes.find(({ dataset }) => dataset['path'] === place.field.path);
    const target = box?.querySelector<HTMLElement>('textarea, input, button');
    target?.focus();
    target?.scrollIntoView({ block: 'center' });
    const isText = target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement;
    if (isText && select !== null) target.setSelectionRange(select.start, select.end);
  });
}

/** Leaves the draft where the station holds it; stays with it where it does not. */
export async function leaveDraft(): Promise<void> {
  await keepDraft();
  if (useDraft.getState().keeping === 'failed') return;
  close();
  endReportDraft();
}

/** Makes a report of it for everybody who is ticked, for good. @throws {CallFailed} `report-problem`, `hub-none` … */
export async function submit(id: string): Promise<void> {
  const { open, ticked } = useDraft.getState();
  if (open === null) return;
  clearTimeout(timer);
  await sending;
  const { examinationId, content } = open;
  const audiences = open.audiences
    .filter((one) => ticked.includes(audienceKey(one)))
    .map((audience) => ({ audience, replaces: replacedFor(open, audienceKey(audience))?.id ?? null }));
  const { reports } = await call('report.submit', { id, examinationId, content, audiences });
  close();
  closeReport();
  showReports('open');
  focusReport(reports[0]?.id ?? '');
  endReportDraft('reports');
}
