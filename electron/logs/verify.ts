// Whether the files of a detection log are what its station wrote: by their manifest alone, without a station.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import type { Anchor } from '../db/anchors.ts';
import { type Manifest, MANIFEST_ENDING, readManifest, vouching } from './manifest.ts';

export type FileVerdict = 'whole' | 'changed' | 'missing';

export interface LogVerdict {
  ok: boolean;
  manifest: Manifest | null;
  /** Who vouches for the manifest; null where nobody does. */
  anchor: Anchor | null;
  files: { name: string; verdict: FileVerdict }[];
}

/** A manifest beyond this is none. */
const MOST_CHARACTERS = 100_000;

async function textOf(path: string): Promise<string | null> {
  const text = await readFile(path, 'utf8').catch(() => null);
  return text === null || text.length > MOST_CHARACTERS ? null : text;
}

/** The manifest of a file: itself, the one of its name, or the one of the log that it is a file of. */
async function manifestOf(path: string): Promise<Manifest | null> {
  const stem = path.slice(0, path.length - extname(path).length);
  const places = path.endsWith(MANIFEST_ENDING)
    ? [path]
    : [`${path}${MANIFEST_ENDING}`, `${stem}${MANIFEST_ENDING}`];
  for (const place of places) {
    const text = await textOf(place);
    const found = text === null ? null : readManifest(text);
    if (found !== null) return found;
  }
  return null;
}

async function digestOfFile(path: string): Promise<string | null> {
  const hash = createHash('sha256');
  try {
    for await (const part of createReadStream(path)) hash.update(part as Buffer);
    return hash.digest('hex');
  } catch {
    return null;
  }
}

/** Holds a file of a log, or all that a manifest lists where that is given, against the manifest and its anchor. */
export async function verifyLog(path: string): Promise<LogVerdict> {
  const manifest = await manifestOf(path);
  if (manifest === null) return { ok: false, manifest: null, anchor: null, files: [] };
  const name = basename(path);
  const asked = path.endsWith(MANIFEST_ENDING)
    ? manifest.files
    : manifest.files.filter((file) => file.name === name);
  const files: LogVerdict['files'] = asked.length === 0 ? [{ name, verdict: 'changed' }] : [];
  for (const file of asked) {
    // A name with a folder in it leads elsewhere.
    const digest =
      basename(file.name) === file.name ? await digestOfFile(join(dirname(path), file.name)) : null;
    const isWhole = digest === file.sha256;
    files.push({ name: file.name, verdict: digest === null ? 'missing' : isWhole ? 'whole' : 'changed' });
  }
  const anchor = vouching(manifest);
  const ok = anchor !== null && files.every(({ verdict }) => verdict === 'whole');
  return { ok, manifest, anchor, files };
}
