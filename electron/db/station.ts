// The station itself: its id, its settings, its officers and who is at the counter.
import type { Officer, StationSettings } from '../../shared/contract/records.ts';
import type { Db } from './open.ts';

export interface StationRow {
  id: string;
  settings: StationSettings | null;
  currentOfficerId: string | null;
}

/** Creates the one station row where the store is new. */
export function ensureStation(db: Db, id: string, at: string): void {
  db.prepare('INSERT INTO station (id, created_at) SELECT ?, ? WHERE NOT EXISTS (SELECT 1 FROM station)').run(
    id,
    at,
  );
}

export function loadStation(db: Db): StationRow {
  const row = db
    .prepare<[], { id: string; settings: string | null; currentOfficerId: string | null }>(
      'SELECT id, settings, current_officer_id AS currentOfficerId FROM station',
    )
    .get();
  if (row === undefined) throw new Error('the store has no station');
  return { ...row, settings: row.settings === null ? null : JSON.parse(row.settings) };
}

export function saveSettings(db: Db, settings: StationSettings): void {
  db.prepare('UPDATE station SET settings = ?').run(JSON.stringify(settings));
}

export function setCurrentOfficer(db: Db, id: string): void {
  db.prepare('UPDATE station SET current_officer_id = ?').run(id);
}

/** Adds an officer, or changes the name and role of one. */
export function saveOfficer(db: Db, stationId: string, officer: Officer, at: string): void {
  db.prepare(
    `INSERT INTO officer (id, station_id, name, role, created_at) VALUES (@id, @stationId, @name, @role, @at)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, role = excluded.role`,
  ).run({ ...officer, stationId, at });
}

/** All officers by name. */
export function loadOfficers(db: Db): Officer[] {
  return db.prepare<[], Officer>('SELECT id, name, role FROM officer ORDER BY name COLLATE NOCASE, id').all();
}
