// The manifest of a detection log: what its files are by their digests, bound into the audit chain and signed with it.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { logTotals } from '../../shared/contract/logs.ts';
import { LOG_FORMATS, LOG_TIERS } from '../../shared/report/log-codes.ts';
import { type AuditRow, hashOf } from '../db/audit.ts';
import { type Anchor, anchorOf, isSound } from '../db/anchors.ts';
import { canonicalJson, type Json } from './canonical.ts';

const hex = (characters: number) => z.string().regex(new RegExp(`^[0-9a-f]{${characters}}$`, 'u'));
const sha256 = hex(64);

export const LOG_SCHEMA = 'countercheck-log/1';
const MANIFEST_SCHEMA = 'countercheck-log-manifest/1';

/** Which log it is: without its rows, what the JSON file says. */
export const logHead = z.strictObject({
  schema: z.literal(LOG_SCHEMA),
  station: z.strictObject({ id: z.uuid(), code: z.string(), place: z.string() }),
  from: z.iso.date(),
  to: z.iso.date(),
  shift: z.int().nullable(),
  post: z.string().nullable(),
  tier: z.enum(LOG_TIERS),
  totals: logTotals,
});

const listed = z.strictObject({
  schema: z.literal(MANIFEST_SCHEMA),
  log: logHead,
  /** SHA-256 of the log as canonical JSON: the same for all its files, and that of the JSON file itself. */
  contentSha256: sha256,
  files: z
    .array(z.strictObject({ name: z.string(), format: z.enum(LOG_FORMATS), bytes: z.int(), sha256 }))
    .min(1),
  madeAt: z.iso.datetime(),
  program: z.string(),
});

/** The entry of the audit chain that tells of the log, and the signature before it, which its hash covers. */
const entry = z.strictObject({
  seq: z.int().min(1),
  at: z.iso.datetime(),
  officerId: z.string().nullable(),
  action: z.string(),
  subjectId: z.string(),
  previousHash: sha256,
  previousSignature: hex(128).nullable(),
});

const manifest = listed.extend({ entry, anchor: z.string() });

export type LogHead = z.infer<typeof logHead>;
export type Listed = z.infer<typeof listed>;
export type Manifest = z.infer<typeof manifest>;

export const MANIFEST_ENDING = '.manifest.json';

/** What the entry in the audit chain holds of a log. */
export const listedDigest = (of: Listed): string =>
  createHash('sha256')
    .update(canonicalJson(of satisfies Json))
    .digest('hex');

export const newListed = (of: Omit<Listed, 'schema'>): Listed => ({ schema: MANIFEST_SCHEMA, ...of });

export function manifestText(
  of: Listed,
  row: AuditRow,
  previousSignature: Buffer | null,
  anchor: string,
): string {
  const whole: Manifest = {
    ...of,
    entry: {
      seq: row.seq,
      at: row.at,
      officerId: row.officer_id,
      action: row.action,
      subjectId: row.subject_id,
      previousHash: row.previous_hash,
      previousSignature: previousSignature?.toString('hex') ?? null,
    },
    anchor,
  };
  return `${canonicalJson(whole satisfies Json)}\n`;
}

/** What a file says it is; null where it is no manifest. */
export function readManifest(text: string): Manifest | null {
  try {
    return manifest.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/**
 * The anchor that vouches for a manifest; null where it does not: it was changed, or its entry is not the one that was
 * anchored, or nobody signed it.
 */
export function vouching({ entry: said, anchor, ...of }: Manifest): Anchor | null {
  const whole = anchorOf(anchor);
  if (whole === null || !isSound(whole) || whole.stationId !== of.log.station.id) return null;
  const row = {
    seq: said.seq,
    at: said.at,
    officer_id: said.officerId,
    action: said.action,
    subject_id: said.subjectId,
    digest: listedDigest(of),
    previous_hash: said.previousHash,
  };
  const signature = said.previousSignature === null ? null : Buffer.from(said.previousSignature, 'hex');
  const hash = hashOf(row, { hash: said.previousHash, signature }, true);
  return said.seq === whole.seq && hash === whole.hash ? whole : null;
}
