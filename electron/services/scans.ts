// What came from the scanner's folder, until an examination has taken it; and which folder that is.
import { stat } from 'node:fs/promises';
import { isAbsolute, resolve } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import type { ScanState, Scan, WatchSettings } from '../../shared/contract/scans.ts';
import { appendAudit, digestOf } from '../db/audit.ts';
import {
  addLeft,
  forgetDone,
  keepFiles,
  loadWatch,
  saveWatch,
  scansOfImages,
  setPage,
  settleScans,
  type WaitingScan,
  waitingScans,
} from '../db/scans.ts';
import { loadStation } from '../db/station.ts';
import { StationFailure } from '../failure.ts';
import { liesIn } from '../files.ts';
import { isPdf } from '../images/pdf.ts';
import { today, type ServiceContext } from './context.ts';
import {
  canRemoveIn,
  createLister,
  folderTrouble,
  readSeen,
  seeFile,
  type SeenFile,
} from './watched-files.ts';
import { WATCH_TIMES, watchFolder, type WatchTimes } from './watched-folder.ts';

export interface ScanService {
  /** Begins to watch the folder that the store names. */
  start(): void;
  state(): ScanState;
  watch(settings: WatchSettings): Promise<ScanState>;
  take(): Promise<Scan | null>;
  /** `whole`: every page of a PDF is kept, so that its file may go. */
  settle(id: string, imageId: string | null, whole: boolean): Promise<void>;
  /** A window does not keep what it took: it waits again. */
  release(id: string): void;
  /** A draft or a record names these pictures now: their scans wait no more. */
  named(imageIds: readonly string[]): void;
  drop(): Promise<ScanState>;
  /** Takes a PDF chosen by dialog for the window to fetch; null where the bytes are none. */
  hold(bytes: Uint8Array): string | null;
  /** The bytes of a PDF that waits or is held; null for any other id. Throws `image-unreadable` where the file is gone. */
  pdf(id: string): Promise<Uint8Array | null>;
  close(): Promise<void>;
}

/** A window that has taken a scan names it in a draft within seconds; a PDF's pages are chosen by a human. */
const CLAIM_MS = { picture: 30_000, pdf: 10 * 60_000 };

export function createScanService(context: ServiceContext, times: WatchTimes = WATCH_TIMES): ScanService {
  const { db, images, dataFolder, now, actor, emit } = context;
  /** Until when a scan is a window's, by the clock of this process. */
  const claims = new Map<string, number>();
  /** The PDF chosen last by dialog, until the window has it. */
  let held: { id: string; bytes: Uint8Array } | null = null;
  let left: string | null = null;
  let came = 0;
  const changed = () => emit('scans.changed', {});
  const folderWatch = watchFolder(context, times, {
    changed,
    came() {
      came += 1;
      changed();
    },
    left(code) {
      left = code;
      changed();
    },
  });

  const isFree = ({ id }: WaitingScan): boolean => (claims.get(id) ?? 0) <= performance.now();

  function state(): ScanState {
    const told = left;
    left = null;
    const waiting = waitingScans(db).filter(isFree).length;
    return { ...loadWatch(db), waiting, came, trouble: folderWatch.trouble(), left: told };
  }

  /** Refuses a folder that cannot be watched; answers it as it is called from the root on, with what lies in it. */
  async function admitted(settings: WatchSettings): Promise<{ folder: string; files: SeenFile[] }> {
    const given = settings.folder?.trim() ?? '';
    if (!isAbsolute(given)) throw new StationFailure('scan-folder-name', ['folder']);
    const folder = resolve(given);
    let files: SeenFile[];
    try {
      if (!(await stat(folder)).isDirectory()) throw new StationFailure('scan-folder-gone', ['folder']);
      // The store's own files are nobody's scans.
      if (await liesIn(dataFolder, folder)) throw new StationFailure('scan-folder-own', ['folder']);
      files = await createLister(folder).list();
    } catch (error) {
      throw error instanceof StationFailure ? error : new StationFailure(folderTrouble(error), ['folder']);
    }
    if (settings.afterwards === 'remove' && !(await canRemoveIn(folder))) {
      throw new StationFailure('scan-folder-read-only', ['folder']);
    }
    return { folder, files };
  }

  async function watch(settings: WatchSettings): Promise<ScanState> {
    const before = loadWatch(db);
    const { afterwards } = settings;
    const next =
      settings.folder === null || settings.folder.trim() === ''
        ? { folder: null, files: [] }
        : await admitted(settings);
    const { folder, files } = next;
    if (folder === before.folder && afterwards === before.afterwards) return state();
    const at = now();
    db.transaction(() => {
      saveWatch(db, { folder, afterwards });
      if (folder !== before.folder) {
        forgetDone(db);
        for (const file of files) addLeft(db, uuidv7(), file.fingerprint, today(db, at));
      }
      const { id } = loadStation(db);
      const digest = digestOf({ folder, afterwards });
      appendAudit(db, {
        at: at.toISOString(),
        officerId: actor()?.officerId ?? null,
        action: 'scans.watched',
        subjectId: id,
        digest,
      });
    }).immediate();
    folderWatch.restart();
    changed();
    return state();
  }

  /** For one window; when it names the scan nowhere, the scan waits again. */
  function claim({ id, kind }: WaitingScan): void {
    claims.set(id, performance.now() + CLAIM_MS[kind]);
    setTimeout(() => claims.has(id) && changed(), CLAIM_MS[kind] + 10).unref();
  }

  function done(scans: readonly WaitingScan[]): void {
    const ids = scans.map(({ id }) => id);
    db.transaction(() => settleScans(db, ids)).immediate();
    for (const id of ids) claims.delete(id);
    if (ids.length > 0) changed();
  }

  const waitingOne = (id: string) => waitingScans(db).find((one) => one.id === id);

  return {
    start: folderWatch.restart,
    state,
    watch,
    async take() {
      for (const scan of waitingScans(db).filter(isFree)) {
        claim(scan);
        if (scan.image === null) {
          changed();
          return { kind: 'pdf', id: scan.id };
        }
        const isThere = await images.facts(scan.image.id).then(
          () => true,
          () => false,
        );
        if (isThere) {
          changed();
          return { kind: 'picture', id: scan.id, image: scan.image };
        }
        // Its file was taken out of the store by hand: there is nothing to wait for.
        done([scan]);
      }
      return null;
    },
    async settle(id, imageId, whole) {
      const scan = waitingOne(id);
      if (scan === undefined) return;
      db.transaction(() => {
        // A file that holds pages which nobody has kept is never removed.
        if (scan.kind === 'pdf' && !whole) keepFiles(db, [id]);
        if (imageId !== null) setPage(db, id, imageId);
      }).immediate();
      if (imageId !== null) return;
      done([scan]);
      if (scan.image !== null) await images.remove([scan.image.id]);
    },
    release(id) {
      if (claims.delete(id)) changed();
    },
    named(imageIds) {
      const ids = new Set(scansOfImages(db, imageIds));
      const scans = waitingScans(db).filter(({ id }) => ids.has(id));
      if (scans.length === 0) return;
      done(scans);
      folderWatch.soon();
    },
    async drop() {
      const scans = waitingScans(db);
      for (const { id, kind } of scans) if (kind === 'pdf') keepFiles(db, [id]);
      done(scans);
      await images.remove(scans.flatMap(({ image }) => (image === null ? [] : [image.id])));
      return state();
    },
    hold(bytes) {
      if (!isPdf(bytes)) return null;
      held = { id: uuidv7(), bytes };
      return held.id;
    },
    async pdf(id) {
      if (held?.id === id) {
        const { bytes } = held;
        held = null;
        return bytes;
      }
      const scan = waitingOne(id);
      if (scan?.kind !== 'pdf' || scan.path === null) return null;
      const seen = await seeFile(scan.path);
      if (seen?.fingerprint !== scan.fingerprint) {
        // It was taken away or written anew, and then it is another scan: nobody need wait for this one.
        done([scan]);
        throw new StationFailure('image-unreadable');
      }
      const bytes = await readSeen(seen).catch(() => null);
      if (bytes === null) throw new StationFailure('image-unreadable');
      return bytes;
    },
    close() {
      claims.clear();
      return folderWatch.close();
    },
  };
}
