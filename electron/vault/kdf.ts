// What a secret costs to guess: scrypt (RFC 7914), its cost measured on the machine that sets the station up.
import { randomBytes, scrypt, scryptSync } from 'node:crypto';
import { normalName } from '../../shared/contract/secret-rule.ts';
import { KEY_BYTES, SALT_BYTES } from '../keys.ts';

export interface Kdf {
  N: number;
  r: number;
  p: number;
}

/** Whether a guess at `one` takes less memory or less time than at `other`. */
export function isCheaper(one: Kdf, other: Kdf): boolean {
  const memory = ({ N: n, r }: Kdf): number => n * r;
  return memory(one) < memory(other) || memory(one) * one.p < memory(other) * other.p;
}

const N = 2 ** 17;
const R = 8;
const MIN_P = 2;
const MAX_P = 16;
/** One guess takes at least 0.5 s; measured on a warm processor it is to be that on a cool one too. */
const GUESS_MS = 600;
/** A sign-in name is short and few people have one: its digest is slow only to try many of them. */
const NAME_N = 2 ** 14;
const TAG_BYTES = 16;

const memoryOf = ({ N: n, r, p }: Kdf): number => 128 * r * (n + p) + 1024 * 1024;

/** One of the first of these is there in every Node that runs this; only this thread's time counts where it is told. */
function cpuMs(): number {
  const { user, system } = process.threadCpuUsage?.() ?? process.cpuUsage();
  return (user + system) / 1000;
}

/**
 * The cost at which one guess takes this processor at least 0.5 s. Holds the thread up for about as long. Processor
 * time is measured, not time on the wall: a machine that is busy at set-up must not make guessing cheap for ever.
 */
export function calibrate(): Kdf {
  // The faster of two: whatever else the processor was busy with must not count.
  const cost = Math.max(1, Math.min(costOfOne(), costOfOne()));
  return { N, r: R, p: Math.min(MAX_P, Math.max(MIN_P, Math.ceil(GUESS_MS / cost))) };
}

function costOfOne(): number {
  const one = { N, r: R, p: 1 };
  const before = cpuMs();
  scryptSync('measure', randomBytes(SALT_BYTES), KEY_BYTES, { ...one, maxmem: memoryOf(one) });
  return cpuMs() - before;
}

function derive(text: string, salt: Uint8Array, bytes: number, kdf: Kdf): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(text, salt, bytes, { ...kdf, maxmem: memoryOf(kdf) }, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}

/** A secret as it is compared: the same letters, however a keyboard composes them. */
const normal = (secret: string): string => secret.normalize('NFKC');

/** The key that a secret makes, 32 bytes. Runs beside the thread. */
export function stretch(secret: string, salt: Uint8Array, kdf: Kdf): Promise<Buffer> {
  return derive(normal(secret), salt, KEY_BYTES, kdf);
}

/** What the key file knows of a sign-in name: enough to find its owner, not to show it. 16 bytes. */
export function nameTag(name: string, salt: Uint8Array, kdf: Kdf): Promise<Buffer> {
  return derive(normalName(name), salt, TAG_BYTES, { N: Math.min(NAME_N, kdf.N), r: R, p: 1 });
}
