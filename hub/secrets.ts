// Secrets of the hub's people, one-time links and sessions: what of them the database keeps.
import { createHash, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

const SALT_BYTES = 16;
const TAG_BYTES = 32;
const TOKEN_BYTES = 24;
/** About 0.2 s and 128 MiB a guess (RFC 7914); kept with each secret, so that it can be raised. */
const COST = { N: 2 ** 17, r: 8, p: 1 } as const;

/** So many at a time: they work where signatures of stations are checked too, which must not wait for them. */
const LANES = 2;
let busy = 0;
const waiting: (() => void)[] = [];

async function derive(...given: Parameters<typeof deriveNow>): Promise<Buffer> {
  if (busy >= LANES) await new Promise<void>((resolve) => waiting.push(resolve));
  else busy += 1;
  try {
    return await deriveNow(...given);
  } finally {
    // A lane is handed on, or is free.
    const next = waiting.shift();
    if (next) next();
    else busy -= 1;
  }
}

function deriveNow(
  secret: string,
  salt: Uint8Array,
  cost: { N: number; r: number; p: number },
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const maxmem = 256 * cost.N * cost.r;
    scrypt(secret.normalize('NFKC'), salt, TAG_BYTES, { ...cost, maxmem }, (error, tag) => {
      if (error === null) resolve(tag);
      else reject(error);
    });
  });
}

/** What is kept of a secret: its cost, salt and tag, as one text. */
export async function hashSecret(secret: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const tag = await derive(secret, salt, COST);
  const { N, r, p } = COST;
  return ['scrypt', N, r, p, salt.toString('base64url'), tag.toString('base64url')].join('$');
}

/** Whether a secret is the one that was kept; takes the same time where none was. */
export async function isSecret(secret: string, kept: string | null): Promise<boolean> {
  const [kind, N, r, p, salt = '', tag = ''] = (kept ?? '').split('$');
  if (kind !== 'scrypt') {
    await derive(secret, randomBytes(SALT_BYTES), COST);
    return false;
  }
  const known = Buffer.from(tag, 'base64url');
  const cost = { N: Number(N), r: Number(r), p: Number(p) };
  const found = await derive(secret, Buffer.from(salt, 'base64url'), cost);
  return known.length === found.length && timingSafeEqual(known, found);
}

/** A token for a link or a cookie; nobody guesses it. */
export const newToken = (): string => randomBytes(TOKEN_BYTES).toString('base64url');

/** What the database keeps of a token. */
export const tokenHash = (token: string): Buffer => createHash('sha256').update(token).digest();
