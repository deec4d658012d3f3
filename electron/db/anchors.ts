// Anchors of the audit chain: how far it went and what its last hash was, signed, kept where the chain is not.
import { join } from 'node:path';
import { z } from 'zod';
import { fromGroupedCode, toGroupedCode } from '../../shared/contract/grouped-code.ts';
import { type AuditRow, isSigned, publicKeyOf, signText } from './audit.ts';
import type { Db } from './open.ts';
import { addLines, readLines } from './plain-lines.ts';

const hex = (characters: number): z.ZodString =>
  z.string().regex(new RegExp(`^[0-9a-f]{${characters}}$`, 'u'));

const anchor = z.object({
  stationId: z.uuid(),
  seq: z.int().min(1),
  hash: hex(64),
  /** UTC, when the anchor was made. */
  at: z.iso.datetime(),
  publicKey: hex(64),
  signature: hex(128),
});

export type Anchor = z.infer<typeof anchor>;

/** What an anchor says of the chain: `hash` may be only the beginning, as in the printed code. */
export interface KnownAnchor {
  seq: number;
  hash: string;
  /** The whole anchor, where it was given whole. */
  whole: Anchor | null;
}

const FILE = 'anchors.jsonl';
const KIND = 'audit anchor';
const SEQ_BYTES = 5;
/** 160 bits: nobody finds another chain that begins so. */
const HASH_BYTES = 20;

const signedText = ({ stationId, seq, hash, at, publicKey }: Omit<Anchor, 'signature'>): string =>
  JSON.stringify([stationId, seq, hash, at, publicKey]);

/** A whole anchor as one line of JSON. */
export const anchorLine = ({ stationId, seq, hash, at, publicKey, signature }: Anchor): string =>
  JSON.stringify({ stationId, seq, hash, at, publicKey, signature });

/**
 * Anchors the chain as it stands now; the same anchor again where nothing was added since, null where it is empty or
 * its last entry is not signed.
 */
export function makeAnchor(db: Db, stationId: string, at: string): Anchor | null {
  return db
    .transaction(() => {
      const last = db
        .prepare<[], Pick<AuditRow, 'seq' | 'hash' | 'signature'>>(
          'SELECT seq, hash, signature FROM audit ORDER BY seq DESC LIMIT 1',
        )
        .get();
      const publicKey = publicKeyOf(db);
      if (last === undefined || last.signature === null || publicKey === null) return null;
      const before = db
        .prepare<[number], string>('SELECT line FROM audit_anchor WHERE seq = ?')
        .pluck()
        .get(last.seq);
      if (before !== undefined) return anchor.parse(JSON.parse(before));
      const made = { stationId, seq: last.seq, hash: last.hash, at, publicKey: publicKey.toString('hex') };
      const whole = { ...made, signature: signText(db, KIND, signedText(made)).toString('hex') };
      db.prepare('INSERT INTO audit_anchor (seq, line) VALUES (?, ?)').run(whole.seq, anchorLine(whole));
      return whole;
    })
    .immediate();
}

/** When the chain was anchored last, or else when it began; undefined where there is nothing yet. */
export function anchoredAt(db: Db): string | undefined {
  const line = db
    .prepare<[], string>('SELECT line FROM audit_anchor ORDER BY seq DESC LIMIT 1')
    .pluck()
    .get();
  if (line !== undefined) return anchor.parse(JSON.parse(line)).at;
  return db.prepare<[], string>('SELECT at FROM audit ORDER BY seq LIMIT 1').pluck().get();
}

/** Number of the last entry that an earlier anchor than that of `seq` holds; 0 where there is none. */
export function anchoredBefore(db: Db, seq: number): number {
  const before = db
    .prepare<[number], number | null>('SELECT max(seq) FROM audit_anchor WHERE seq < ?')
    .pluck();
  return before.get(seq) ?? 0;
}

/** Whether an anchor was signed by the key that it names. */
export function isSound(whole: Anchor): boolean {
  return isSigned(
    Buffer.from(whole.publicKey, 'hex'),
    KIND,
    signedText(whole),
    Buffer.from(whole.signature, 'hex'),
  );
}

/** The short form for the printed log: ten groups of five characters, the fifth of each a check character. */
export function anchorCode({ seq, hash }: Pick<Anchor, 'seq' | 'hash'>): string {
  const bytes = Buffer.alloc(SEQ_BYTES + HASH_BYTES);
  bytes.writeUIntBE(seq, 0, SEQ_BYTES);
  bytes.write(hash.slice(0, HASH_BYTES * 2), SEQ_BYTES, 'hex');
  return toGroupedCode(bytes);
}

/** A whole anchor from its line of JSON; null where it is none. */
export function anchorOf(line: string): Anchor | null {
  return readAnchor(line)?.whole ?? null;
}

function readAnchor(line: string): KnownAnchor | null {
  if (line.startsWith('{')) {
    try {
      const whole = anchor.parse(JSON.parse(line));
      return { seq: whole.seq, hash: whole.hash, whole };
    } catch {
      return null;
    }
  }
  const code = fromGroupedCode(line, SEQ_BYTES + HASH_BYTES);
  if (!code.ok) return null;
  const bytes = Buffer.from(code.bytes);
  const seq = bytes.readUIntBE(0, SEQ_BYTES);
  return seq === 0 ? null : { seq, hash: bytes.toString('hex', SEQ_BYTES), whole: null };
}

export interface ReadAnchors {
  anchors: KnownAnchor[];
  /** How many lines are no anchor, or mistyped. */
  unreadable: number;
}

/** Reads anchors as typed, printed or saved: each line a code or a whole anchor in JSON. */
export function readAnchors(lines: readonly string[]): ReadAnchors {
  const read = lines
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map(readAnchor);
  const anchors = read.filter((each) => each !== null);
  return { anchors, unreadable: read.length - anchors.length };
}

const storedLines = (db: Db): string[] =>
  db.prepare<[], string>('SELECT line FROM audit_anchor ORDER BY seq').pluck().all();

/** Brings the plain file of anchors up to the store. What it knows beyond the store stays in it. */
export function writeAnchorFile(db: Db, folder: string): void {
  addLines(join(folder, FILE), storedLines(db));
}

/** All anchors that the station itself keeps, in the store and, where a folder is given, in the file beside it. */
export function keptAnchors(db: Db, folder: string | null): ReadAnchors {
  const beside = folder === null ? [] : readLines(join(folder, FILE));
  return readAnchors([...new Set([...storedLines(db), ...beside])]);
}
