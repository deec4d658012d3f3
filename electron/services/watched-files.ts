// The files of a watched folder as they are now: plain files with a fingerprint each, temporary ones passed over.
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { access, lstat, open, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { systemCode } from '../failure.ts';

/** One file as it stood at one look. */
export interface SeenFile {
  path: string;
  /** In bytes. */
  size: number;
  mtimeMs: number;
  /** SHA-256 of name, size and time of the last change: the same file keeps it, a new one under an old name does not. */
  fingerprint: string;
}

export interface Lister {
  /** Rejects with what the system says where the folder is gone or may not be read. */
  list(): Promise<SeenFile[]>;
}

/** Most files whose size is asked for in one look; of a folder with more, new names and a part of the others in turn. */
const MOST_ASKED = 400;

/** What scanners, browsers, copies and systems name a file that is not ready or not meant for anyone. */
const NOT_YET = [
  /^[.~$]/u,
  /~$/u,
  /\.(tmp|temp|part|partial|crdownload|download|filepart|lock|lck|swp|opdownload|!ut|bc!)$/iu,
  /^(thumbs\.db|desktop\.ini)$/iu,
];

/** Whether a name says that the file is still being written, or is the system's own. */
export function isTemporaryName(name: string): boolean {
  return NOT_YET.some((pattern) => pattern.test(name));
}

function seenFile(path: string, size: number, mtimeMs: number): SeenFile {
  const fingerprint = createHash('sha256')
    .update(`${basename(path)}\0${size}\0${mtimeMs}`)
    .digest('hex');
  return { path, size, mtimeMs, fingerprint };
}

/** One file as it stands now; null where there is none. */
export async function seeFile(path: string): Promise<SeenFile | null> {
  try {
    const { size, mtimeMs } = await lstat(path);
    return seenFile(path, size, mtimeMs);
  } catch {
    return null;
  }
}

/** Looks at a folder again and again, at plain files only: a link may lead anywhere. */
export function createLister(folder: string): Lister {
  let known = new Map<string, SeenFile>();
  let turn = 0;

  async function ask(name: string): Promise<SeenFile | null> {
    const path = join(folder, name);
    try {
      const stat = await lstat(path);
      if (!stat.isFile()) return null;
      const { size, mtimeMs } = stat;
      const before = known.get(name);
      if (before?.size === size && before.mtimeMs === mtimeMs) return before;
      return seenFile(path, size, mtimeMs);
    } catch {
      // Gone between the two questions, or not to be looked at: the next look decides.
      return null;
    }
  }

  return {
    async list() {
      const entries = await readdir(folder, { withFileTypes: true });
      // A network share may not tell what kind an entry is: whatever is no folder is asked for.
      const names = entries
        .filter((entry) => !entry.isDirectory() && !isTemporaryName(entry.name))
        .map(({ name }) => name);
      const old = names.filter((name) => known.has(name));
      const from = old.length <= MOST_ASKED ? 0 : (turn * MOST_ASKED) % old.length;
      turn += 1;
      const asked = new Set(old.slice(from, from + MOST_ASKED));
      const next = new Map<string, SeenFile>();
      for (const name of names) {
        const before = known.get(name);
        const file = before === undefined || asked.has(name) ? await ask(name) : before;
        if (file !== null) next.set(name, file);
      }
      known = next;
      // Pages in the order in which they were scanned.
      return [...next.values()].sort((a, b) => a.mtimeMs - b.mtimeMs || (a.path < b.path ? -1 : 1));
    },
  };
}

/**
 * The bytes of a file, or null where it is no longer the one that was seen. Rejects with what the system says, as for
 * a file that its writer still holds locked.
 */
export async function readSeen(seen: SeenFile): Promise<Uint8Array | null> {
  const file = await open(seen.path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  try {
    const isSame = async () => {
      const { size, mtimeMs } = await file.stat();
      return size === seen.size && mtimeMs === seen.mtimeMs;
    };
    if (!(await isSame())) return null;
    const bytes = await file.readFile();
    return bytes.byteLength === seen.size && (await isSame()) ? bytes : null;
  } finally {
    await file.close();
  }
}

const GONE = /^(ENOENT|ENOTDIR|ENODEV|ENXIO|EHOSTDOWN|EHOSTUNREACH|ETIMEDOUT|ESTALE|ENOTCONN)$/u;

/** What a system's error about the folder itself means. */
export function folderTrouble(error: unknown): 'scan-folder-gone' | 'scan-folder-unreadable' {
  return GONE.test(systemCode(error)) ? 'scan-folder-gone' : 'scan-folder-unreadable';
}

/** Whether files of a folder may be removed. */
export async function canRemoveIn(folder: string): Promise<boolean> {
  return access(folder, constants.W_OK).then(
    () => true,
    () => false,
  );
}
