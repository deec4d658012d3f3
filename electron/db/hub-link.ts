// The station's keys toward a hub, the one hub that it is enrolled at, and who else is.
import type { KnownAgency, KnownStation, LegalBasis } from '../../shared/contract/sync.ts';
import { digestOf } from './audit.ts';
import type { Db } from './open.ts';
import { statement } from './statements.ts';

/** Of each pair both keys, 32 raw bytes each: Ed25519 to sign, X25519 to be sealed to. */
export interface IdentityRow {
  signKey: Buffer;
  signPrivate: Buffer;
  boxKey: Buffer;
  boxPrivate: Buffer;
}

export function loadIdentity(db: Db): IdentityRow | null {
  return (
    statement<[], IdentityRow>(
      db,
      `SELECT sign_key AS signKey, sign_private AS signPrivate, box_key AS boxKey, box_private AS boxPrivate
       FROM station_identity`,
    ).get() ?? null
  );
}

/** Keeps the keys of a station that had none; the ones before stay where there are some. */
export function saveIdentity(db: Db, identity: IdentityRow, at: string): void {
  statement(
    db,
    `INSERT INTO station_identity (one, sign_key, sign_private, box_key, box_private, at)
     VALUES (1, @signKey, @signPrivate, @boxKey, @boxPrivate, @at) ON CONFLICT DO NOTHING`,
  ).run({ ...identity, at });
}

/** A key of tokens for numbers. */
export interface LinkKey {
  id: string;
  /** base64url. */
  key: string;
  /** From when on it is used, UTC. */
  from: string;
}

/** Which hub, and who this station is there. Keys are base64url of 32 raw bytes. */
export interface HubIdentity {
  /** Without a slash at its end. */
  address: string;
  hubId: string;
  signKey: string;
  boxKey: string;
  stationId: string;
  agencyId: string;
  agencyName: string;
  enrolledAt: string;
  linkKeys: LinkKey[];
  /** Which life of the hub's data the receipts are of. */
  epoch: number;
}

export interface HubLink extends HubIdentity {
  clockOffsetMs: number;
  feedCursor: string;
  pausedAt: string | null;
  stopped: string | null;
  stoppedAt: string | null;
}

/** Null where the station has no hub. */
export function loadHub(db: Db): HubLink | null {
  const row = statement<[], Omit<HubLink, 'linkKeys'> & { linkKeys: string }>(
    db,
    `SELECT address, hub_id AS hubId, sign_key AS signKey, box_key AS boxKey, station_id AS stationId,
       agency_id AS agencyId, agency_name AS agencyName, enrolled_at AS enrolledAt, link_keys AS linkKeys,
       epoch, clock_offset_ms AS clockOffsetMs, feed_cursor AS feedCursor, paused_at AS pausedAt, stopped,
       stopped_at AS stoppedAt FROM hub_link`,
  ).get();
  return row === undefined ? null : { ...row, linkKeys: JSON.parse(row.linkKeys) };
}

/** Whether this is the hub of now: what was on its way while somebody left it, and enrolled elsewhere, is not of that one. */
export function isStill(db: Db, { hubId, stationId }: Pick<HubIdentity, 'hubId' | 'stationId'>): boolean {
  const own = loadHub(db);
  return own?.hubId === hubId && own.stationId === stationId;
}

/** Takes up a hub in the place of the one before. */
export function saveHub(db: Db, { linkKeys, ...hub }: HubIdentity, clockOffsetMs: number): void {
  statement(
    db,
    `REPLACE INTO hub_link (one, address, hub_id, sign_key, box_key, station_id, agency_id, agency_name, enrolled_at,
       link_keys, epoch, clock_offset_ms)
     VALUES (1, @address, @hubId, @signKey, @boxKey, @stationId, @agencyId, @agencyName, @enrolledAt, @linkKeys,
       @epoch, @clockOffsetMs)`,
  ).run({ ...hub, linkKeys: JSON.stringify(linkKeys), clockOffsetMs });
}

export function removeHub(db: Db): void {
  statement(db, 'DELETE FROM hub_link').run();
}

/** Digest of the hub as the station holds it: an exchanged key or address leads to somebody else. */
export function hubDigest(db: Db): string {
  const hub = loadHub(db);
  if (hub === null) return digestOf(null);
  const { address, hubId, signKey, boxKey, stationId, agencyId, agencyName, enrolledAt } = hub;
  return digestOf([address, hubId, signKey, boxKey, stationId, agencyId, agencyName, enrolledAt]);
}

export function saveClockOffset(db: Db, offsetMs: number): void {
  statement(db, 'UPDATE hub_link SET clock_offset_ms = ?').run(offsetMs);
}

export function savePaused(db: Db, at: string | null): void {
  statement(db, 'UPDATE hub_link SET paused_at = ?').run(at);
}

/** Why the hub refuses this station, and since when; null for both where it does not. */
export function saveStopped(db: Db, stopped: { code: string; at: string } | null): void {
  statement(db, 'UPDATE hub_link SET stopped = ?, stopped_at = ?').run(
    stopped?.code ?? null,
    stopped?.at ?? null,
  );
}

export function saveFeedCursor(db: Db, cursor: string): void {
  statement(db, 'UPDATE hub_link SET feed_cursor = ?').run(cursor);
}

export function saveEpoch(db: Db, epoch: number): void {
  statement(db, 'UPDATE hub_link SET epoch = ?').run(epoch);
}

export function saveLinkKeys(db: Db, keys: readonly LinkKey[]): void {
  statement(db, 'UPDATE hub_link SET link_keys = ?').run(JSON.stringify(keys));
}

/** Replaces what is known of agencies and stations. Call it inside a transaction. */
export function saveDirectory(
  db: Db,
  agencies: readonly KnownAgency[],
  stations: readonly (KnownStation & { signKey: string; boxKey: string })[],
): void {
  statement(db, 'DELETE FROM known_agency').run();
  statement(db, 'DELETE FROM known_station').run();
  for (const agency of agencies)
    statement(
      db,
      'INSERT INTO known_agency (id, name, country, closed_at) VALUES (@id, @name, @country, @closedAt)',
    ).run(agency);
  for (const station of stations)
    statement(
      db,
      `INSERT INTO known_station (id, agency_id, code, place, country, sign_key, box_key, revoked_at)
       VALUES (@id, @agencyId, @code, @place, @country, @signKey, @boxKey, @revokedAt)`,
    ).run(station);
}

export function knownAgencies(db: Db): KnownAgency[] {
  return statement<[], KnownAgency>(
    db,
    'SELECT id, name, country, closed_at AS closedAt FROM known_agency ORDER BY name, id',
  ).all();
}

const STATION = `SELECT id, agency_id AS agencyId, code, place, country, sign_key AS signKey, box_key AS boxKey,
  revoked_at AS revokedAt FROM known_station`;

export type StationKeys = KnownStation & { signKey: string; boxKey: string };

export function knownStation(db: Db, id: string): StationKeys | undefined {
  return statement<[string], StationKeys>(db, `${STATION} WHERE id = ?`).get(id);
}

/** Stations of an agency that can still be written to; none of one that was ended. */
export function stationsOf(db: Db, agencyId: string): StationKeys[] {
  return statement<[string], StationKeys>(
    db,
    `${STATION} WHERE agency_id = ? AND revoked_at IS NULL
       AND agency_id IN (SELECT id FROM known_agency WHERE closed_at IS NULL) ORDER BY code, id`,
  ).all(agencyId);
}

/** A station is no longer to be believed, from now on. */
export function revokeStation(db: Db, id: string, at: string): void {
  statement(db, 'UPDATE known_station SET revoked_at = coalesce(revoked_at, ?) WHERE id = ?').run(at, id);
}

/** On which legal bases a partner may be sent what concerns a person. */
export function loadBases(db: Db): LegalBasis[] {
  return JSON.parse(statement<[], string>(db, 'SELECT bases FROM legal_basis').pluck().get() ?? '[]');
}

export function saveBases(db: Db, bases: readonly LegalBasis[]): void {
  statement(db, 'UPDATE legal_basis SET bases = ?').run(JSON.stringify(bases));
}
