// How readings and findings lie in their rows: what goes without saying is left out, what many findings share lies once.
import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { finding, ReadingRecord } from '../../shared/contract/records.ts';
import { StationFailure } from '../failure.ts';
import type { Db } from './open.ts';
import { statement } from './statements.ts';

type Finding = z.infer<typeof finding>;

/** What a reading says that nothing was done about. */
const UNTOUCHED = { corrections: [], lowConfidence: [], confidence: null, outline: null, imageId: null };

/** The JSON of a reading for its row. */
export function packReading(reading: ReadingRecord): string {
  const { rawLines, ...rest } = reading;
  const said = Object.entries(rest).filter(
    ([name, value]) =>
      !(name in UNTOUCHED && JSON.stringify(value) === JSON.stringify(Reflect.get(UNTOUCHED, name))),
  );
  const same = JSON.stringify(rawLines) === JSON.stringify(reading.lines);
  return JSON.stringify({ ...Object.fromEntries(said), ...(same ? {} : { rawLines }) });
}

/** A reading as it was recorded, from a row of this version or of an older one. */
export function unpackReading(text: string): ReadingRecord {
  const said: Omit<ReadingRecord, keyof typeof UNTOUCHED | 'rawLines'> & Partial<ReadingRecord> =
    JSON.parse(text);
  return { rawLines: said.lines, ...UNTOUCHED, ...said };
}

/** What findings of one rule have in common: it names no traveller and no document. */
type Shared = Pick<Finding, 'class' | 'severity' | 'fraud' | 'text' | 'words'>;
type Own = Omit<Finding, keyof Shared>;

const DIGEST_BYTES = 16;

/** 128 bits, so that nobody finds other words for the same digest. */
const digestOf = (content: string): string =>
  createHash('sha256').update(content).digest().subarray(0, DIGEST_BYTES).toString('base64url');

/** The JSON of a finding for its row. Call it inside a transaction: what is shared may have to be written. */
export function packFinding(db: Db, whole: Finding): string {
  const { class: kind, severity, fraud, text, words, ...own } = whole;
  const shared: Shared = { class: kind, severity, fraud, text, ...(words === undefined ? {} : { words }) };
  const content = JSON.stringify(shared);
  const digest = digestOf(content);
  statement<string[], never>(
    db,
    'INSERT INTO finding_shared (digest, content) VALUES (?, ?) ON CONFLICT (digest) DO NOTHING',
  ).run(digest, content);
  return JSON.stringify({ ...own, shared: digest });
}

/**
 * A finding as it was recorded, from a row of this version or of an older one. Throws `store-damaged` where what it
 * shares with others is not what was written.
 */
export function unpackFinding(db: Db, text: string): Finding {
  const packed: Finding | (Own & { shared: string }) = JSON.parse(text);
  if (!('shared' in packed)) return packed;
  const { shared, ...own } = packed;
  const content = statement<string[], string>(db, 'SELECT content FROM finding_shared WHERE digest = ?')
    .pluck()
    .get(shared);
  if (content === undefined || digestOf(content) !== shared) throw new StationFailure('store-damaged');
  const rest: Shared = JSON.parse(content);
  return { ...own, ...rest };
}

/** Digests of shared contents that are not what was written; for whoever verifies the records. */
export function changedShared(db: Db): string[] {
  return statement<[], [string, string]>(db, 'SELECT digest, content FROM finding_shared')
    .raw()
    .all()
    .filter(([digest, content]) => digestOf(content) !== digest)
    .map(([digest]) => digest);
}
