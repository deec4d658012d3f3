// Bundles that somebody carries: taken from a file, answered by a file, as the network would have done.
import { createReadStream, createWriteStream } from 'node:fs';
import { link, open, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { importBundle } from '../bundles.ts';
import { codeOf, HubFailure, reasonOf } from '../failure.ts';
import { loadIdentity } from '../identity.ts';
import { leftWords, refusedWords } from '../pages/bundle-words.ts';
import { asFolderFailure, draftOf } from '../postgres/folder.ts';
import { Refused } from '../refusal.ts';
import type { Command } from './command.ts';

/** More than a stick is asked to carry; what is read is never held as a whole. */
const MOST_BYTES = 8 * 1024 ** 3;

/** Writes a new file, which appears only whole. */
async function writeNew(path: string, pieces: AsyncIterable<Buffer>): Promise<void> {
  const draft = draftOf(path);
  try {
    await pipeline(
      Readable.from(pieces),
      createWriteStream(draft, { flags: 'wx', mode: 0o600, flush: true }),
    );
    // A link refuses to replace what is there.
    await link(draft, path);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw new HubFailure('file-exists', { path }, { cause: error });
    throw asFolderFailure(error, path);
  } finally {
    await rm(draft, { force: true });
  }
}

async function checkReadable(path: string): Promise<void> {
  try {
    await using file = await open(path);
    await file.read(Buffer.alloc(1), 0, 1, 0);
  } catch (error) {
    throw new HubFailure('file-unreadable', { path, reason: reasonOf(error) }, { cause: error });
  }
}

const take: Command = {
  name: 'bundle',
  takes: ['FILE'],
  flags: { out: { type: 'string' } },
  check: ([file = '']) => checkReadable(resolve(file)),
  help: `Takes a bundle that a station wrote, and writes the one that goes back to it.
  --out FILE       a new file: receipts, and what the network has for the station`,
  async run({ database, given: [file = ''], need }) {
    const path = resolve(file);
    const out = resolve(need('out'));
    const means = { database, identity: await loadIdentity(database.db), now: Date.now };
    try {
      const { taken, answer } = await importBundle(means, createReadStream(path), MOST_BYTES);
      await writeNew(out, answer);
      const { stored, repeated, images, refused } = taken;
      const counts = `Reports taken: ${stored}, here already: ${repeated}. Pictures: ${images}.`;
      const left = refused.map(({ id, code }) => `Not taken: ${id}. ${leftWords(code)}`);
      return { value: { ...taken, out }, text: [counts, ...left, `For the station: ${out}`].join('\n') };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      throw new HubFailure(
        'bundle-refused',
        { path, reason: error.code === 'too-large' ? 'It is longer than 8 GB.' : refusedWords(error) },
        { cause: error },
      );
    }
  },
};

export const BUNDLE_COMMANDS: readonly Command[] = [take];
