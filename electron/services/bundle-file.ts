// Bundles as files on whatever somebody carries: written beside and named once whole, read in pieces, never believed.
import { createHash } from 'node:crypto';
import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { BundleFault, type BundleFaultCode, readBundle } from '../../shared/wire/bundle.ts';
import type { Frame, Opening, Party } from '../../shared/wire/bundle-frames.ts';
import { folderFailure, freePath, requireForeign, requireRoom } from '../backup/folder.ts';
import { senderKey } from '../db/carried.ts';
import { type HubLink, type IdentityRow, loadHub, loadIdentity } from '../db/hub-link.ts';
import type { Db } from '../db/open.ts';
import { StationFailure } from '../failure.ts';
import { OWNER_ONLY, syncFolder } from '../files.ts';

export const BUNDLE_SUFFIX = '.ccb';
const UNFINISHED = `${BUNDLE_SUFFIX}.part`;
/** More than a year of reports with their pictures; whatever claims more was not written by a station. */
const MOST_BYTES = 4 * 1024 * 1024 * 1024;
const READ_BYTES = 256 * 1024;
/** What lies round the content: heads, chunks, the key. */
const ROUND_BYTES = 1024 * 1024;
/** Of the lines that stand in clear before everything else. */
const LINES_BYTES = 200;

const FAULTS = {
  'not-a-bundle': 'bundle-none',
  'not-ours': 'bundle-not-ours',
  'unknown-sender': 'bundle-unknown',
  'too-large': 'bundle-too-large',
  newer: 'bundle-newer',
  damaged: 'bundle-damaged',
} as const satisfies Record<BundleFaultCode, string>;

/** Who this station is to others, with its keys; refuses with `hub-none` where nobody knows it. */
export function knownHere(db: Db): { hub: HubLink; identity: IdentityRow; self: Party } {
  const [hub, identity] = [loadHub(db), loadIdentity(db)];
  if (hub === null || identity === null) throw new StationFailure('hub-none');
  return { hub, identity, self: { kind: 'station', id: hub.stationId } };
}

export interface Watch {
  /** How many bytes are done. */
  told(bytes: number): void;
  /** Throws once somebody wants the work to end. */
  checkCancelled(): void;
}

export interface WrittenFile {
  path: string;
  bytes: number;
  sha256: string;
}

/** Removes what a cut left of files whose names begin so. */
async function clearUnfinished(folder: string, prefix: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (name.startsWith(prefix) && name.endsWith(UNFINISHED)) await rm(join(folder, name), { force: true });
  }
}

/**
 * Writes a new file `PREFIX-NAME.ccb` in a folder. `whole` is called once all of it lies on the disk and before it has its
 * name: what it writes in the store is there before anybody can take the file. Throws `folder-…`, `disk-full`, and what
 * `pieces` or `whole` throws; then no file is left behind.
 */
export async function writeBundleFile(
  { folder, prefix, name, bytes }: { folder: string; prefix: string; name: string; bytes: number },
  pieces: AsyncIterable<Buffer>,
  { dataFolder, watch }: { dataFolder: string; watch: Watch },
  whole: (file: WrittenFile) => void,
): Promise<WrittenFile> {
  await requireForeign(folder, dataFolder);
  await requireRoom(folder, bytes + ROUND_BYTES);
  const path = freePath(folder, `${prefix}-${name}`, BUNDLE_SUFFIX);
  const unfinished = `${path}.part`;
  try {
    await clearUnfinished(folder, `${prefix}-`);
    const hash = createHash('sha256');
    let written = 0;
    const file = await open(unfinished, 'wx', OWNER_ONLY);
    try {
      for await (const piece of pieces) {
        watch.checkCancelled();
        await file.writeFile(piece);
        hash.update(piece);
        written += piece.length;
        watch.told(written);
      }
      await file.sync();
    } finally {
      await file.close();
    }
    watch.checkCancelled();
    const facts = { path, bytes: written, sha256: hash.digest('hex') };
    whole(facts);
    await rename(unfinished, path);
    syncFolder(folder);
    return facts;
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw folderFailure(error);
  }
}

/** A file in pieces; a stick that is torn out is `file-gone`. */
async function* piecesOf(path: string, watch: Watch): AsyncGenerator<Uint8Array, void, void> {
  const gone = (): never => {
    throw new StationFailure('file-gone');
  };
  const file = await open(path, 'r').catch(gone);
  try {
    for (let done = 0; ; ) {
      watch.checkCancelled();
      const buffer = Buffer.alloc(READ_BYTES);
      const { bytesRead } = await file.read(buffer, 0, READ_BYTES, done).catch(gone);
      if (bytesRead === 0) return;
      done += bytesRead;
      watch.told(done);
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

/** How many bytes a file has; refuses with `file-gone` what is no file. */
export async function sizeOf(path: string): Promise<number> {
  const found = await stat(path).catch(() => null);
  if (found?.isFile() !== true) throw new StationFailure('file-gone');
  return found.size;
}

/** The frames of a file that is for this station. Throws `hub-none`, `file-gone`, `bundle-…`. */
export async function* bundleFrames(db: Db, path: string, watch: Watch): AsyncGenerator<Frame, void, void> {
  const { hub, identity, self } = knownHere(db);
  try {
    yield* readBundle(piecesOf(path, watch), {
      self,
      boxPrivateKey: identity.boxPrivate,
      signKeyOf: (sender) => senderKey(db, hub, sender),
      mostBytes: MOST_BYTES,
    });
  } catch (error) {
    throw error instanceof BundleFault ? new StationFailure(FAULTS[error.code]) : error;
  }
}

/**
 * Reads a file from its first byte to its last without doing anything: what comes of it is all or nothing. Answers who wrote
 * it, whether a case lies in it.
 */
export async function checkBundle(
  db: Db,
  path: string,
  watch: Watch,
): Promise<{ opening: Opening; isCase: boolean }> {
  let opening: Opening | null = null;
  let isCase = false;
  for await (const { head } of bundleFrames(db, path, watch)) {
    if (head.kind === 'from') opening = head;
    isCase ||= head.kind === 'case';
  }
  if (opening === null) throw new StationFailure('bundle-damaged');
  return { opening, isCase };
}

/** Files in a folder whose first lines name this station, by name, newest first. Throws `hub-none`, `folder-gone`. */
export async function findBundles(db: Db, folder: string): Promise<{ path: string; bytes: number }[]> {
  const { self } = knownHere(db);
  const names = await readdir(folder).catch(() => {
    throw new StationFailure('folder-gone');
  });
  const found: { path: string; bytes: number }[] = [];
  for (const name of names.filter((each) => each.endsWith(BUNDLE_SUFFIX)).sort()) {
    const path = join(folder, name);
    const file = await open(path, 'r').catch(() => null);
    if (file === null) continue;
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(LINES_BYTES), 0, LINES_BYTES, 0);
      const [, to] = buffer.subarray(0, bytesRead).toString('latin1').split('\n');
      if (to === `${self.kind} ${self.id}`) found.unshift({ path, bytes: (await file.stat()).size });
    } catch {
      // A folder of this name, or a stick that was torn out: no reason to hide the others.
    } finally {
      await file.close();
    }
  }
  return found;
}
