// The audit chain: who did what to which id and when; each entry bound to the one before and signed by the station.
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  randomBytes,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import type { Statement } from 'better-sqlite3';
import type { Db } from './open.ts';

export interface AuditEntry {
  /** UTC, ISO 8601. */
  at: string;
  officerId: string | null;
  /** `noun.verb` in the past. */
  action: string;
  subjectId: string;
  /** SHA-256 of what was written; the chain itself holds no value. */
  digest: string;
}

export interface AuditRow {
  seq: number;
  at: string;
  officer_id: string | null;
  action: string;
  subject_id: string;
  digest: string;
  previous_hash: string;
  hash: string;
  /** Ed25519 over the hash; null in entries of versions that did not sign, and in the protection file. */
  signature: Buffer | null;
}

/** Which entry follows on which. */
export type ChainEnd = Pick<AuditRow, 'hash' | 'signature'>;

/** What stands before the first entry. */
export const GENESIS: ChainEnd = { hash: '0'.repeat(64), signature: null };

/** The entry with which a chain that was not signed goes on signed; its digest is the hash before it. */
export const ADOPTED = 'audit.adopted';

/** SHA-256 over the JSON of a value, lower-case hex. The caller fixes the order of the keys. */
export function digestOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}

/**
 * The hash that an entry must have: over a JSON array in the order of the columns. A signed entry also covers the
 * signature before it, so that whoever checks the last signature has checked all of them.
 */
export function hashOf(row: Omit<AuditRow, 'hash' | 'signature'>, before: ChainEnd, signed: boolean): string {
  const columns = [
    row.seq,
    row.at,
    row.officer_id,
    row.action,
    row.subject_id,
    row.digest,
    row.previous_hash,
  ];
  return digestOf(signed ? [...columns, before.signature?.toString('hex') ?? null] : columns);
}

/** Before the 32 bytes of an Ed25519 seed in PKCS #8, and of a public key in SPKI (RFC 8410). */
const PRIVATE_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');
const PUBLIC_HEAD = Buffer.from('302a300506032b6570032100', 'hex');
const SEED_BYTES = 32;

interface Signer {
  seed: Buffer;
  key: KeyObject;
  /** 32 bytes. */
  publicKey: Buffer;
}

function signerFrom(seed: Buffer): Signer {
  const key = createPrivateKey({ key: Buffer.concat([PRIVATE_HEAD, seed]), format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-SEED_BYTES);
  return { seed, key, publicKey };
}

/** The message names what is signed, so that a signature of one kind is none of another. */
const message = (kind: string, text: string): Buffer => Buffer.from(`countercheck ${kind}\n${text}`, 'utf8');

/** Whether `signature` is that of the holder of `publicKey` (32 bytes) over a text of this kind. */
export function isSigned(publicKey: Uint8Array, kind: string, text: string, signature: Uint8Array): boolean {
  if (publicKey.length !== SEED_BYTES) return false;
  const key = createPublicKey({
    key: Buffer.concat([PUBLIC_HEAD, publicKey]),
    format: 'der',
    type: 'spki',
  });
  return verify(null, message(kind, text), key, signature);
}

interface Chain {
  last: Statement<[], ChainEnd & { seq: number }>;
  insert: Statement<[AuditRow]>;
  seed: Statement<[], Buffer> | null;
  signer: Signer | null;
}

const chains = new WeakMap<Db, Chain>();

function hasColumn(db: Db, name: string): boolean {
  return (
    db.prepare<[string]>(`SELECT 1 FROM pragma_table_info('audit') WHERE name = ?`).get(name) !== undefined
  );
}

/** The statements of this store's chain, prepared once: every save appends. */
function chainOf(db: Db): Chain {
  const known = chains.get(db);
  if (known !== undefined) return known;
  const signed = hasColumn(db, 'signature');
  const columns = 'seq, at, officer_id, action, subject_id, digest, previous_hash, hash';
  const values = '@seq, @at, @officer_id, @action, @subject_id, @digest, @previous_hash, @hash';
  const chain: Chain = {
    last: db.prepare(
      `SELECT seq, hash, ${signed ? 'signature' : 'NULL AS signature'} FROM audit ORDER BY seq DESC LIMIT 1`,
    ),
    insert: db.prepare(
      signed
        ? `INSERT INTO audit (${columns}, signature) VALUES (${values}, @signature)`
        : `INSERT INTO audit (${columns}) VALUES (${values})`,
    ),
    seed: signed ? db.prepare<[], Buffer>('SELECT seed FROM audit_key').pluck() : null,
    signer: null,
  };
  // A store that is still to be moved to a signed chain is asked again.
  if (signed || !hasTable(db, 'station')) chains.set(db, chain);
  return chain;
}

function hasTable(db: Db, name: string): boolean {
  return db.prepare<[string]>('SELECT 1 FROM sqlite_master WHERE name = ?').get(name) !== undefined;
}

/**
 * Who signs; null in a store without a key of its own. The seed is read each time: one made in a transaction that was
 * then taken back must not go on signing.
 */
function signerOf(db: Db, chain: Chain, make: boolean): Signer | null {
  if (chain.seed === null) return null;
  const stored = chain.seed.get();
  if (stored === undefined && !make) return null;
  const seed = stored ?? randomBytes(SEED_BYTES);
  if (stored === undefined) db.prepare('INSERT INTO audit_key (one, seed) VALUES (1, ?)').run(seed);
  if (chain.signer === null || !chain.signer.seed.equals(seed)) chain.signer = signerFrom(seed);
  return chain.signer;
}

/** The 32 bytes by which this station's signatures are checked; null before the first signed entry. */
export function publicKeyOf(db: Db): Buffer | null {
  return signerOf(db, chainOf(db), false)?.publicKey ?? null;
}

/** Signs a text of this kind with the station's key. Call it inside a transaction: the key may have to be made. */
export function signText(db: Db, kind: string, text: string): Buffer {
  const signer = signerOf(db, chainOf(db), true);
  if (signer === null) throw new Error('this store does not sign');
  return sign(null, message(kind, text), signer.key);
}

/** What entries are signed as. */
export const ENTRY_KIND = 'audit entry';

function append(chain: Chain, signer: Signer | null, entry: AuditEntry): void {
  const last = chain.last.get() ?? { seq: 0, ...GENESIS };
  const row = {
    seq: last.seq + 1,
    at: entry.at,
    officer_id: entry.officerId,
    action: entry.action,
    subject_id: entry.subjectId,
    digest: entry.digest,
    previous_hash: last.hash,
  };
  const hash = hashOf(row, last, signer !== null);
  const signature = signer === null ? null : sign(null, message(ENTRY_KIND, hash), signer.key);
  chain.insert.run({ ...row, hash, signature });
}

/** Appends one entry. Call it inside the transaction of what it tells of; `enterAudit` where nothing else is written. */
export function appendAudit(db: Db, entry: AuditEntry): void {
  const chain = chainOf(db);
  const signer = signerOf(db, chain, true);
  if (signer !== null) {
    const last = chain.last.get();
    if (last !== undefined && last.signature === null) {
      const subjectId = signer.publicKey.toString('hex');
      append(chain, signer, { ...entry, action: ADOPTED, subjectId, digest: last.hash });
    }
  }
  append(chain, signer, entry);
}

/** Appends one entry that stands alone, in a transaction of its own. */
export function enterAudit(db: Db, entry: AuditEntry): void {
  db.transaction(() => appendAudit(db, entry)).immediate();
}
