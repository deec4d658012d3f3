// The station itself: its id, its settings, its recovery key's public half.
import type { StationSettings } from '../../shared/contract/records.ts';
import type { Db } from './open.ts';
import { statement } from './statements.ts';

export interface StationRow {
  id: string;
  settings: StationSettings | null;
  /** X25519, base64; null in a store of a version before the vault. */
  recoveryPublicKey: string | null;
}

/** Creates the one station row where the store is new. */
export function ensureStation(db: Db, id: string, at: string): void {
  statement(
    db,
    'INSERT INTO station (id, created_at) SELECT ?, ? WHERE NOT EXISTS (SELECT 1 FROM station)',
  ).run(id, at);
}

/** What an older version, which saved the settings, did not know. */
const SINCE_ADDED = { idleMinutes: 5, secondSignature: 'by-staff', reportApproval: 'by-staff' } as const;

export function loadStation(db: Db): StationRow {
  const row = statement<[], { id: string; settings: string | null; recoveryPublicKey: string | null }>(
    db,
    'SELECT id, settings, recovery_public_key AS recoveryPublicKey FROM station',
  ).get();
  if (row === undefined) throw new Error('the store has no station');
  const settings: StationSettings | null =
    row.settings === null ? null : { ...SINCE_ADDED, ...JSON.parse(row.settings) };
  return { ...row, settings };
}

export function saveSettings(db: Db, settings: StationSettings): void {
  statement(db, 'UPDATE station SET settings = ?').run(JSON.stringify(settings));
}

/** Remembers whom to close keys and backups for; the key file says the same, but whoever can write there may lie. */
export function saveRecoveryKey(db: Db, publicKey: string): void {
  statement(db, 'UPDATE station SET recovery_public_key = ?').run(publicKey);
}

/** What a guess at a secret must cost (scrypt's parameters). */
export interface GuessCost {
  N: number;
  r: number;
  p: number;
}

/** Null where the store was made by a version that did not keep it. */
export function loadGuessCost(db: Db): GuessCost | null {
  const text = statement<[], string | null>(db, 'SELECT guess_cost FROM station').pluck().get() ?? null;
  return text === null ? null : JSON.parse(text);
}

export function saveGuessCost(db: Db, { N, r, p }: GuessCost): void {
  statement(db, 'UPDATE station SET guess_cost = ?').run(JSON.stringify({ N, r, p }));
}
