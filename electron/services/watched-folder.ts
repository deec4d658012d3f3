// The folder where a page scanner saves: every new file is awaited until it is whole, kept in the store once, and told.
import { type FSWatcher, watch } from 'node:fs';
import { v7 as uuidv7 } from 'uuid';
import { MAX_IMAGE_BYTES } from '../../shared/contract/images.ts';
import { addLeft, addWaiting, loadWatch, noteSeen, seenPrints, waitingScans } from '../db/scans.ts';
import { failureOf } from '../failure.ts';
import { isPdf, isWholePdf } from '../images/pdf.ts';
import { today, type ServiceContext } from './context.ts';
import { createKnownBytes } from './known-bytes.ts';
import { createLister, folderTrouble, type Lister, readSeen, type SeenFile } from './watched-files.ts';
import { removeTaken } from './watched-removal.ts';

export interface WatchTimes {
  /** Between two looks; a network share may tell of nothing by itself. */
  lookMs: number;
  /** A file is taken that did not change for so long. */
  settleMs: number;
  /** A file that is still no picture after so long without a change will not become one. */
  giveUpMs: number;
}

export const WATCH_TIMES: WatchTimes = { lookMs: 2_000, settleMs: 800, giveUpMs: 10_000 };

/** A file that nobody has seen for so many days is forgotten; a share may be away over a holiday. */
const FORGOTTEN_AFTER_DAYS = 30;
const DAY_MS = 86_400_000;

export interface FolderWatch {
  /** Begins anew with the folder as the store names it. */
  restart(): void;
  /** Looks again soon: something is to be removed. */
  soon(): void;
  /** `scan-folder-…` or a code of the disk; null while all is well. */
  trouble(): string | null;
  close(): Promise<void>;
}

interface Pending {
  fingerprint: string;
  /** Since when it has not changed, by the clock of this process. */
  since: number;
  tried: boolean;
}

/** One watching of one folder; a change of the folder ends it and begins another. */
interface Run {
  folder: string;
  lister: Lister;
  pending: Map<string, Pending>;
  day: string | null;
}

const NONE = { folder: null, store: null, removal: null };

/** Codes of the decoder, as they are told of a file that was left where it is. */
const LEFT: Partial<Record<string, string>> = {
  'image-empty': 'scan-not-picture',
  'image-not-supported': 'scan-not-picture',
  'image-damaged': 'scan-damaged',
  'image-too-large': 'scan-too-large',
  'image-several-pages': 'scan-several-pages',
};

/**
 * Watches by the system's events and by looking again and again. `came` is called for every file that waits from now
 * on, `changed` after every change of the trouble, `left` with the code of a file that is left alone.
 */
export function watchFolder(
  { db, images, now }: ServiceContext,
  times: WatchTimes,
  tell: { changed: () => void; came: () => void; left: (code: string) => void },
): FolderWatch {
  const taken = createKnownBytes();
  let run: Run | null = null;
  let seen = new Set<string>();
  let watcher: FSWatcher | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let dueAt = Number.POSITIVE_INFINITY;
  let looking: Promise<void> = Promise.resolve();
  let troubles: { folder: string | null; store: string | null; removal: string | null } = NONE;

  const trouble = (): string | null => troubles.folder ?? troubles.store ?? troubles.removal;

  function setTrouble(change: Partial<typeof troubles>): void {
    const before = trouble();
    troubles = { ...troubles, ...change };
    if (trouble() !== before) tell.changed();
  }

  /** The earliest wish counts: a file that is written to without end must not put every look off. */
  function soon(afterMs = 0): void {
    const at = performance.now() + afterMs;
    if (run === null || dueAt <= at) return;
    clearTimeout(timer);
    dueAt = at;
    timer = setTimeout(() => {
      dueAt = Number.POSITIVE_INFINITY;
      looking = looking.then(look);
    }, afterMs);
  }

  function rest(): void {
    clearTimeout(timer);
    dueAt = Number.POSITIVE_INFINITY;
    unwatch();
  }

  function unwatch(): void {
    watcher?.close();
    watcher = null;
  }

  function rewatch(folder: string): void {
    if (watcher !== null) return;
    try {
      watcher = watch(folder, { persistent: false }, () => soon(times.settleMs / 4));
      watcher.on('error', unwatch);
    } catch {
      // Some shares know no events: looking again and again is enough.
      watcher = null;
    }
  }

  async function look(): Promise<void> {
    const mine = run;
    if (mine === null) return;
    const files = await mine.lister.list().catch((error: unknown) => {
      if (run === mine) setTrouble({ folder: folderTrouble(error) });
      return null;
    });
    if (run !== mine) return;
    let again = times.lookMs;
    if (files === null) unwatch();
    else {
      setTrouble({ folder: null });
      rewatch(mine.folder);
      try {
        noteDay(mine, files);
        if (await takeNew(mine, files)) again = times.settleMs;
        if (run !== mine) return;
        const removal = await removeTaken(db, files);
        setTrouble({ removal: removal === 'refused' ? 'scan-folder-read-only' : null });
      } catch (error) {
        // What comes is looked at again as soon as the store can be written.
        if (run === mine) setTrouble({ store: failureOf(error).code });
      }
    }
    if (run === mine) soon(again);
  }

  /** Once a day: what is there now is remembered on, what was not seen for long is forgotten. */
  function noteDay(mine: Run, files: readonly SeenFile[]): void {
    const day = today(db, now());
    if (mine.day === day) return;
    mine.day = day;
    const forgetBefore = today(db, new Date(now().getTime() - FORGOTTEN_AFTER_DAYS * DAY_MS));
    const present = files.map(({ fingerprint }) => fingerprint);
    db.transaction(() => noteSeen(db, present, day, forgetBefore)).immediate();
    seen = new Set(seenPrints(db));
  }

  /** Answers whether a file is awaited. */
  async function takeNew(mine: Run, files: readonly SeenFile[]): Promise<boolean> {
    const fresh = files.filter(({ fingerprint }) => !seen.has(fingerprint));
    const paths = new Set(fresh.map(({ path }) => path));
    for (const path of mine.pending.keys()) if (!paths.has(path)) mine.pending.delete(path);
    for (const file of fresh) {
      if (run !== mine) return false;
      const before = mine.pending.get(file.path);
      const at = performance.now();
      if (before?.fingerprint !== file.fingerprint) {
        mine.pending.set(file.path, { fingerprint: file.fingerprint, since: at, tried: false });
        continue;
      }
      const age = at - before.since;
      const isLast = age >= times.giveUpMs;
      // Whole at first sight mostly; if not, once more when nothing is to be waited for.
      if (age < times.settleMs || (before.tried && !isLast)) continue;
      before.tried = true;
      await takeFile(mine, file, isLast);
    }
    if (run === mine) setTrouble({ store: null });
    return mine.pending.size > 0;
  }

  async function takeFile(mine: Run, file: SeenFile, isLast: boolean): Promise<void> {
    const left = (code: string) => {
      if (!isLast) return;
      leaveAlone(mine, file);
      tell.left(code);
    };
    if (file.size === 0) return left('scan-not-picture');
    if (file.size > MAX_IMAGE_BYTES) return left('scan-too-large');
    let bytes: Uint8Array | null;
    try {
      bytes = await readSeen(file);
    } catch {
      return left('scan-unreadable');
    }
    if (bytes === null || run !== mine) return;
    // Touched, renamed or copied since it was taken: it would open as the next traveller's. A PDF still waits by its file.
    if (taken.has(bytes) && !(isPdf(bytes) && waitingScans(db).some(({ kind }) => kind === 'pdf')))
      return leaveAlone(mine, file);
    if (isPdf(bytes)) {
      if (!isWholePdf(bytes) && !isLast) return;
      await keep(mine, file, null);
      if (run === mine) taken.add(bytes);
      return;
    }
    try {
      await keep(mine, file, bytes);
      if (run === mine) taken.add(bytes);
    } catch (error) {
      const { code } = failureOf(error);
      const known = LEFT[code];
      if (known !== undefined) return left(known);
      // The store's own trouble: the file stays where it is and is tried again.
      mine.pending.delete(file.path);
      throw error;
    }
  }

  /** A picture goes into the store at once; a PDF stays where it is until the window has taken a page. */
  async function keep(mine: Run, file: SeenFile, bytes: Uint8Array | null): Promise<void> {
    const image = bytes === null ? null : await images.put(bytes);
    if (image !== null) images.settle([image.id]);
    if (run !== mine) {
      if (image !== null) await images.remove([image.id]);
      return;
    }
    settle(mine, file, () =>
      addWaiting(db, {
        id: uuidv7(),
        fingerprint: file.fingerprint,
        kind: image === null ? 'pdf' : 'picture',
        path: image === null ? file.path : null,
        image,
        toRemove: loadWatch(db).afterwards === 'remove',
        day: today(db, now()),
      }),
    );
    tell.came();
  }

  function leaveAlone(mine: Run, file: SeenFile): void {
    settle(mine, file, () => addLeft(db, uuidv7(), file.fingerprint, today(db, now())));
  }

  function settle(mine: Run, file: SeenFile, write: () => void): void {
    db.transaction(write).immediate();
    seen.add(file.fingerprint);
    mine.pending.delete(file.path);
  }

  function restart(): void {
    rest();
    const { folder } = loadWatch(db);
    seen = new Set(seenPrints(db));
    run = folder === null ? null : { folder, lister: createLister(folder), pending: new Map(), day: null };
    troubles = NONE;
    soon();
  }

  return {
    restart,
    soon,
    trouble,
    async close() {
      run = null;
      rest();
      await looking;
    },
  };
}
