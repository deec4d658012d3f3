// What was erased, as a list that outlives the store: a restore of an older backup erases the same again.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { isSigned, publicKeyOf, signText } from './audit.ts';
import type { Db } from './open.ts';
import { addLines, readLines } from './plain-lines.ts';
import { eraseRecords, holdOn, releaseHold } from './retention.ts';

const FILE = 'erasures.jsonl';
const KIND = 'erasures';
const ID_BYTES = 16;
/** Records of one audit entry. */
const BATCH = 200;

const erasureLine = z.object({
  run: z.uuid(),
  /** When they were erased, UTC. */
  at: z.iso.datetime(),
  /** Hash of each record's id, and the id of the rule. */
  records: z.array(z.tuple([z.string().max(40), z.string().max(40)])),
  signature: z.string().regex(/^[0-9a-f]{128}$/),
});

type ErasureLine = z.infer<typeof erasureLine>;

/**
 * The list lies in the clear. An id tells in its first bytes when somebody was examined; its hash tells nothing, and
 * its random part is too long to try.
 */
const hashedId = (id: string): string =>
  createHash('sha256').update(`erased ${id}`).digest().subarray(0, ID_BYTES).toString('base64url');

const signedText = ({ run, at, records }: Omit<ErasureLine, 'signature'>): string =>
  JSON.stringify([run, at, records]);

/** One line for each run that is not named in `known`, oldest first. */
export function erasureLines(db: Db, known: ReadonlySet<string> = new Set()): string[] {
  const runs = db
    .prepare<[], { run: string; at: string }>(
      'SELECT run_id AS run, min(at) AS at FROM erasure GROUP BY run_id ORDER BY min(at), run_id',
    )
    .all();
  const records = db
    .prepare<[string], [string, string]>(
      'SELECT examination_id, rule FROM erasure WHERE run_id = ? ORDER BY examination_id',
    )
    .raw();
  return runs
    .filter(({ run }) => !known.has(run))
    .map(({ run, at }) => {
      const hashed = records.all(run).map(([id, rule]): [string, string] => [hashedId(id), rule]);
      const line = { run, at, records: hashed };
      return JSON.stringify({
        ...line,
        signature: signText(db, KIND, signedText(line)).toString('hex'),
      });
    });
}

function readLine(text: string): ErasureLine | null {
  try {
    return erasureLine.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Brings the plain list beside the store up to it. What it knows beyond the store stays in it. */
export function writeErasureFile(db: Db, folder: string): void {
  const path = join(folder, FILE);
  const known = new Set(readLines(path).flatMap((line) => readLine(line)?.run ?? []));
  addLines(path, erasureLines(db, known));
}

/** Adds sound lines of another list to the plain list in this folder. */
export function addErasures(folder: string, lines: readonly string[]): void {
  addLines(join(folder, FILE), lines);
}

/** The lines of the plain list in this folder; none where there is no list. */
export function keptErasures(folder: string): string[] {
  return readLines(join(folder, FILE));
}

export interface Replayed {
  erased: number;
  /** Ids of their pictures, whose files the caller removes. */
  pictures: string[];
  /** Lines that are no list, or not signed by this station: nothing was erased by them. */
  refused: number;
  /** The others, as they were given. */
  sound: string[];
}

/**
 * Erases again, in a store that was restored from a backup, what a list says was erased after it. Nobody may see the
 * store before. A legal hold that stands in the backup had been released by then: it is released again.
 */
export function replayErasures(db: Db, lines: readonly string[], at: string): Replayed {
  const publicKey = publicKeyOf(db);
  const sound = lines.flatMap((text) => {
    const line = readLine(text);
    if (line === null || publicKey === null) return [];
    const isOurs = isSigned(publicKey, KIND, signedText(line), Buffer.from(line.signature, 'hex'));
    return isOurs ? [{ text, line }] : [];
  });
  const wanted = new Map(
    sound.flatMap(({ line }) => line.records.map(([id, rule]) => [id, { rule, at: line.at }])),
  );
  const kept = db.prepare<[], string>('SELECT id FROM examination WHERE erased_at IS NULL').pluck();
  const again =
    wanted.size === 0
      ? []
      : kept.all().flatMap((id) => {
          const entry = wanted.get(hashedId(id));
          return entry === undefined ? [] : [{ id, ...entry }];
        });
  const pictures: string[] = [];
  for (const [erasedAt, records] of Map.groupBy(again, (each) => each.at)) {
    for (let from = 0; from < records.length; from += BATCH) {
      const batch = records.slice(from, from + BATCH);
      for (const { id } of batch) {
        const hold = holdOn(db, id);
        if (hold !== undefined) releaseHold(db, hold.id, null, at);
      }
      pictures.push(...eraseRecords(db, batch, { id: uuidv7(), erasedAt, at, officerId: null }));
    }
  }
  const refused = lines.length - sound.length;
  return { erased: again.length, pictures, refused, sound: sound.map(({ text }) => text) };
}
