// Random single changes to an audit chain, each made by hand past the triggers and taken back: all must be told.
import { generateKeyPairSync, sign } from 'node:crypto';
import { appendAudit, type AuditRow, type ChainEnd, digestOf, hashOf } from '../../electron/db/audit.ts';
import { keptAnchors, type KnownAnchor, makeAnchor } from '../../electron/db/anchors.ts';
import { applyMigrations } from '../../electron/db/migrate.ts';
import { STATION_MIGRATIONS } from '../../electron/db/migrations/station.ts';
import type { Db } from '../../electron/db/open.ts';
import { eraseRecords, insertHold, releaseHold, saveRules } from '../../electron/db/retention.ts';
import { verifyAudit } from '../../electron/db/verify.ts';
import type { AuditVerdict } from '../../shared/contract/audit.ts';
import { createRandom, type Random } from '../../shared/specimen/prng.ts';
import {
  changeRecord,
  countOne,
  enterInCase,
  idOf,
  memoryStore,
  OFFICER_ID,
  onDay,
  saveRecord,
  STATION_ID,
} from './records.ts';

/** Entries of a version that did not sign, before the signed ones. */
const OLD_ENTRIES = 9;
const SIGNED_FROM_VERSION = 4;

/**
 * A store with every kind of entry, the first ones unsigned, and two anchors: one on the way, one at the very end.
 * `seen` is called after each act.
 */
export function variedStore(seen: (db: Db) => void = () => undefined): Db {
  const db = memoryStore(STATION_MIGRATIONS.filter(({ version }) => version < SIGNED_FROM_VERSION));
  for (let index = 0; index < OLD_ENTRIES; index += 1) {
    const at = onDay(0);
    const digest = digestOf(index);
    appendAudit(db, { at, officerId: null, action: 'settings.saved', subjectId: STATION_ID, digest });
  }
  applyMigrations(db, STATION_MIGRATIONS);
  seen(db);
  const acts: (() => unknown)[] = [];
  for (let index = 0; index < 8; index += 1) {
    const at = onDay(index + 1);
    acts.push(() =>
      saveRecord(db, {
        name: `record ${index}`,
        at,
        outcome: index % 3 === 0 ? 'skip' : 'referred',
        pictures: index % 3,
        entries: index % 2 === 0 ? 1 : 2,
      }),
    );
    if (index % 4 === 1) acts.push(() => countOne(db, `counted ${index}`, at));
    if (index % 5 === 2) acts.push(() => changeRecord(db, `record ${index}`, at, 'clear'));
  }
  acts.splice(6, 0, () => makeAnchor(db, STATION_ID, onDay(10)));
  const own = { officerId: OFFICER_ID, at: onDay(40) };
  const [hold, run] = [idOf('hold'), idOf('run')];
  acts.push(
    () =>
      saveRules(db, idOf('rules'), [{ id: 'short', outcomes: ['skip'], days: 10 }], OFFICER_ID, onDay(39)),
    () => enterInCase(db, 'record 6', 'taken', { kind: 'taken', at: onDay(39) }),
    () =>
      enterInCase(db, 'record 6', 'picture', {
        kind: 'image',
        at: onDay(39),
        picture: { name: 'record 6 macro', sha256: digestOf('macro') },
      }),
    () => insertHold(db, { id: hold, examinationId: idOf('record 3'), reason: 'a reason', ...own }),
    () => releaseHold(db, hold, OFFICER_ID, onDay(41)),
    () =>
      insertHold(db, { id: idOf('other hold'), examinationId: idOf('record 1'), reason: 'another', ...own }),
    () =>
      eraseRecords(
        db,
        ['record 0', 'record 3', 'record 6'].map((name) => ({ id: idOf(name), rule: 'short' })),
        { id: run, erasedAt: onDay(42), ...own },
      ),
    () => enterInCase(db, 'record 4', 'taken', { kind: 'taken', at: onDay(42) }),
    () =>
      enterInCase(db, 'record 4', 'answer', {
        kind: 'answer',
        at: onDay(42),
        content: { itemId: 'A1', answer: 'differs' },
      }),
    () =>
      enterInCase(db, 'record 4', 'picture', {
        kind: 'image',
        at: onDay(42),
        picture: { name: 'record 4 macro', sha256: digestOf('macro') },
      }),
    () => enterInCase(db, 'record 4', 'outcome', { kind: 'outcome', at: onDay(42), outcome: 'L2.forged' }),
    () => enterInCase(db, 'record 4', 'signed', { kind: 'signed', at: onDay(43), signs: 'outcome' }),
    () => saveRecord(db, { name: 'last', at: onDay(43), outcome: 'referred' }),
    () => makeAnchor(db, STATION_ID, onDay(44)),
  );
  for (const act of acts) {
    act();
    seen(db);
  }
  return db;
}

const COLUMNS = [
  'at',
  'officer_id',
  'action',
  'subject_id',
  'digest',
  'previous_hash',
  'hash',
  'signature',
] as const;
/** What an entry tells. */
const TOLD = ['at', 'officer_id', 'action', 'subject_id', 'digest'] as const;

type Column = (typeof COLUMNS)[number];

/** A text with one character changed for another. */
function slipped(random: Random, text: string): string {
  const place = random.int(0, text.length - 1);
  const chars = '0123456789abcdef'.replace(text[place] ?? '', '');
  return text.slice(0, place) + chars[random.int(0, chars.length - 1)] + text.slice(place + 1);
}

type Change = (db: Db, random: Random, rows: readonly AuditRow[]) => void;

function write(db: Db, seq: number, row: AuditRow): void {
  const sets = COLUMNS.map((column) => `${column} = @${column}`).join(', ');
  db.prepare(`UPDATE audit SET ${sets} WHERE seq = @at_seq`).run({ ...row, at_seq: seq });
}

/** Another value for one column: a slip, nothing, or what stands in another entry. */
function changedValue(random: Random, row: AuditRow, other: AuditRow, column: Column) {
  const own = row[column];
  if (own instanceof Uint8Array) {
    const bits = Buffer.from(own);
    const at = random.int(0, bits.length - 1);
    bits[at] = (bits[at] ?? 0) ^ (1 << random.int(0, 7));
    return random.pick([
      bits,
      null,
      other.signature?.equals(own) === true ? null : other.signature,
      Buffer.alloc(0),
    ]);
  }
  if (own === null) return column === 'signature' ? Buffer.alloc(64, 7) : OFFICER_ID;
  const foreign = other[column];
  if (random.int(0, 1) === 0 && typeof foreign === 'string' && foreign !== own) return foreign;
  return column === 'officer_id' && random.int(0, 2) === 0 ? null : slipped(random, own);
}

/** Changes one column of one entry; answers its number. */
function changeOne(db: Db, random: Random, rows: readonly AuditRow[], columns: readonly Column[]): number {
  const row = random.pick(rows);
  const column = random.pick(columns);
  // The hashes must stay different from one another, and a signature must be there to be another one.
  const other = random.pick(rows);
  let value = changedValue(random, row, other, column);
  if (column === 'hash' && value === other.hash) value = slipped(random, row.hash);
  if (column === 'signature' && value === null && row.signature === null) value = Buffer.alloc(64, 7);
  db.prepare(`UPDATE audit SET ${column} = ? WHERE seq = ?`).run(value, row.seq);
  return row.seq;
}

/** The next free number, so that two entries can change places one after the other. */
const ASIDE = 1_000_000;

const CHANGES: Record<string, Change> = {
  changed: (db, random, rows) => {
    changeOne(db, random, rows, COLUMNS);
  },
  removed: (db, random, rows) => {
    db.prepare('DELETE FROM audit WHERE seq = ?').run(random.pick(rows).seq);
  },
  swapped: (db, random, rows) => {
    const one = random.pick(rows);
    const two = random.pick(rows.filter(({ seq }) => seq !== one.seq));
    write(db, one.seq, { ...two, hash: 'aside' });
    write(db, two.seq, one);
    write(db, one.seq, two);
  },
  renumbered: (db, random, rows) => {
    db.prepare('UPDATE audit SET seq = ? WHERE seq = ?').run(
      ASIDE + random.int(0, 99),
      random.pick(rows).seq,
    );
  },
  cut: (db, random, rows) => {
    db.prepare('DELETE FROM audit WHERE seq > ?').run(random.int(0, rows.length - 1));
  },
  // Somebody who knows how hashes are made, and has not the key: from one entry on all of them are made anew.
  rehashed: (db, random, rows) => {
    const from = changeOne(db, random, rows, TOLD);
    const now = db.prepare<[], AuditRow>('SELECT * FROM audit ORDER BY seq').all();
    let before: ChainEnd = now[from - 2] ?? { hash: '0'.repeat(64), signature: null };
    const unsigned = random.int(0, 1) === 0;
    for (const row of now.slice(from - 1)) {
      const signature = unsigned ? null : row.signature;
      const next = { ...row, signature, previous_hash: before.hash };
      const hash = hashOf(next, before, signature !== null);
      db.prepare('UPDATE audit SET previous_hash = ?, hash = ?, signature = ? WHERE seq = ?').run(
        before.hash,
        hash,
        signature,
        row.seq,
      );
      before = { hash, signature };
    }
  },
  // An entry more at the end, signed by another key or by none.
  appended: (db, random, rows) => {
    const last = rows.at(-1) as AuditRow;
    const row = { ...random.pick(rows), seq: last.seq + 1, previous_hash: last.hash };
    const { privateKey } = generateKeyPairSync('ed25519');
    const signed = random.int(0, 1) === 0;
    const hash = hashOf(row, last, signed);
    const signature = signed
      ? sign(null, Buffer.from(`countercheck audit entry\n${hash}`), privateKey)
      : null;
    db.prepare(
      `INSERT INTO audit (seq, at, officer_id, action, subject_id, digest, previous_hash, hash, signature)
       VALUES (@seq, @at, @officer_id, @action, @subject_id, @digest, @previous_hash, @hash, @signature)`,
    ).run({ ...row, hash, signature });
  },
};

export interface ChangesResult {
  /** By kind of change, how many were made. */
  made: Record<string, number>;
  /** Changes that nothing told of, in words without values. */
  missed: string[];
  /** Verdicts on the untouched chain that were not whole. */
  alarms: number;
  untouched: number;
}

/** Whether the chain itself tells, the records apart. */
const toldByChain = ({ breaks }: AuditVerdict): boolean =>
  breaks.some(({ kind }) => !kind.startsWith('record-') && kind !== 'count-changed');

/** Makes so many random single changes, each on the untouched chain. */
export function changeAtRandom(options: { changes: number; seed: number }): ChangesResult {
  const random = createRandom(options.seed);
  const result: ChangesResult = { made: {}, missed: [], alarms: 0, untouched: 0 };
  let anchors: KnownAnchor[] = [];
  const verdict = (db: Db): AuditVerdict => verifyAudit(db, anchors);
  function untouched(db: Db): void {
    result.untouched += 1;
    if (!verifyAudit(db, keptAnchors(db, null).anchors).ok) result.alarms += 1;
  }
  const db = variedStore(untouched);
  anchors = keptAnchors(db, null).anchors;
  for (const verb of ['update', 'delete']) db.exec(`DROP TRIGGER audit_no_${verb}`);
  const rows = db.prepare<[], AuditRow>('SELECT * FROM audit ORDER BY seq').all();
  const kinds = Object.keys(CHANGES);
  for (let index = 0; index < options.changes; index += 1) {
    const kind = random.pick(kinds);
    result.made[kind] = (result.made[kind] ?? 0) + 1;
    db.exec('BEGIN');
    CHANGES[kind]?.(db, random, rows);
    const found = verdict(db);
    db.exec('ROLLBACK');
    if (found.ok || !toldByChain(found)) result.missed.push(`${kind} (change ${index})`);
    if (index % 10 === 0) untouched(db);
  }
  db.close();
  return result;
}
