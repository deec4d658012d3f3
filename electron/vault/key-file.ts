// The file `station.keys`: who can open the data key, each by a secret of their own. It holds no name and no role.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { StationFailure } from '../failure.ts';
import { writeDurablySync } from '../files.ts';
import { readJson } from '../json.ts';
import type { Kdf } from './kdf.ts';

/** Version 1 also held digests of names that nobody has; they are not read, and gone with the next writing. */
const VERSION = 2;

const base64 = z.base64();
const attempts = {
  failures: z.int().min(0),
  lastFailureAt: z.iso.datetime().nullable(),
  lockedOut: z.boolean(),
};

/** Since the station was made; the database remembers up to which the audit chain tells of them. */
const total = z.int().min(0).default(0);
const kdf = z.object({ N: z.int(), r: z.int(), p: z.int() });

const storedLock = z.object({
  /** What it was closed with; in version 1 as all of the file. */
  kdf: kdf.optional(),
  /** For the secret, 16 bytes. */
  salt: base64,
  /** The private key closed under the stretched secret; wrapped by the system's keystore where `keystore`. */
  sealedPrivate: base64,
  keystore: z.boolean(),
});

const stored = z.object({
  /** The first bytes of the database that the data key opens, and while keys change of the one that comes next. */
  storeSalt: z.hex(),
  nextSalt: z.hex().nullable(),
  nameSalt: base64,
  /** For secrets that are set from now on. */
  kdf,
  people: z.array(
    storedLock.extend({
      id: z.uuidv7(),
      /** What the sign-in name comes to under `nameSalt`. */
      tag: base64,
      /** X25519, 32 bytes. The database knows it too: only whom it knows is given a new data key. */
      publicKey: base64,
      /** The data key closed for `publicKey`; with the next one behind it while keys change. */
      wrappedKey: base64,
      ...attempts,
      /** Wrong secrets, and how often ten in a row closed the name. */
      refused: total,
      lockOuts: total,
    }),
  ),
  /** Opened by no secret: a name that nobody has takes as long to refuse as a wrong secret. */
  decoy: storedLock,
  unknownRefused: total,
  recoveryRefused: total,
  recovery: z.object({ publicKey: base64, wrappedKey: base64 }),
});

const keyFile = stored.transform(({ people, decoy, ...rest }) => {
  const whole = <L extends { kdf?: Kdf | undefined }>(lock: L) => ({ ...lock, kdf: lock.kdf ?? rest.kdf });
  return { ...rest, people: people.map((holder) => whole(holder)), decoy: whole(decoy) };
});

export type KeyFile = z.infer<typeof keyFile>;
export type KeyHolder = KeyFile['people'][number];
export type Lock = KeyFile['decoy'];

const checkOf = (version: number, content: string): string =>
  createHash('sha256').update(`${version} ${content}`).digest('hex');

/** The text of a key file: one line of JSON with the version and a check of its content. */
export function keyFileText(content: KeyFile): string {
  const body = JSON.stringify(content);
  return `${JSON.stringify({ countercheckKeys: VERSION, check: checkOf(VERSION, body), content: body })}\n`;
}

const envelope = z.object({ countercheckKeys: z.int(), check: z.string(), content: z.string() });

/** Reads a key file. Throws `store-newer` for a later version and `store-key` where it is none or is damaged. */
export function readKeyFile(path: string): KeyFile {
  const outer = envelope.safeParse(readJson(readFileSync(path, 'utf8')));
  if (!outer.success) throw new StationFailure('store-key');
  const { countercheckKeys: version, check, content } = outer.data;
  if (check !== checkOf(version, content)) throw new StationFailure('store-key');
  if (version > VERSION) throw new StationFailure('store-newer');
  const inner = keyFile.safeParse(readJson(content));
  if (!inner.success) throw new StationFailure('store-key');
  return inner.data;
}

/** Puts a key file in the place of the one before; after a cut one of the two is there, whole. */
export function writeKeyFile(path: string, content: KeyFile): void {
  writeDurablySync(path, Buffer.from(keyFileText(content), 'utf8'));
}
