// What is carried by hand, in the station's store: what waits to be written, and what a file says of others.
import type { Tier } from '../../shared/sharing/codes.ts';
import type { KnownAgency } from '../../shared/contract/sync.ts';
import type { Party } from '../../shared/wire/bundle-frames.ts';
import {
  type HubLink,
  knownStation,
  type LinkKey,
  loadHub,
  saveLinkKeys,
  type StationKeys,
  stationsOf,
} from './hub-link.ts';
import type { Db } from './open.ts';
import { statement } from './statements.ts';

export interface Unsent {
  kind: 'report' | 'image';
  /** Id of the report, or SHA-256 of the picture. */
  subject: string;
  sha256: string;
  /** Bytes. */
  total: number;
  /** Of a report; null of a picture. */
  tier: Tier | null;
  /** The partner to whom a report at T1 goes; else null. */
  agencyId: string | null;
  /** Of an alert and of what takes one back: the agencies that it is for; none where it is for all, and of all else. */
  audience: string[];
  /** Of a picture: a case study names it, which every station may read. */
  isOfStudy: boolean;
}

/** Everything without a receipt, whatever keeps it: reports before pictures, each as they came. */
export function unsentRows(db: Db): Unsent[] {
  return statement<
    [],
    Omit<Unsent, 'audience' | 'isOfStudy'> & { audience: string | null; isOfStudy: 0 | 1 }
  >(
    db,
    `SELECT outbox.kind, outbox.subject, outbox.sha256, outbox.total, report.tier, report.agency_id AS agencyId,
       CASE meant.kind WHEN 'alert' THEN json_extract(CAST(meant.body AS TEXT), '$.audience.agencies') END AS audience,
       outbox.kind = 'image' AND EXISTS (SELECT 1 FROM report_image JOIN report AS study ON study.id = report_id
         WHERE report_image.sha256 = outbox.subject AND study.kind = 'case-study') AS isOfStudy
     FROM outbox LEFT JOIN report ON outbox.kind = 'report' AND report.id = outbox.subject
       LEFT JOIN report AS meant ON meant.id = iif(report.kind = 'withdrawal', report.replaces, report.id)
     WHERE outbox.state <> 'sent' ORDER BY outbox.kind DESC, outbox.seq`,
  )
    .all()
    .map(({ audience, isOfStudy, ...row }) => ({
      ...row,
      isOfStudy: isOfStudy === 1,
      audience: audience === null ? [] : JSON.parse(audience),
    }));
}

/**
 * Takes over what a directory that was carried by hand says: it may be older than what is known, so nobody is forgotten,
 * nobody who was revoked is trusted again, and keys of a known station stay. Call it inside a transaction.
 */
export function mergeDirectory(
  db: Db,
  {
    agencies,
    stations,
    linkKeys,
  }: {
    agencies: readonly KnownAgency[];
    stations: readonly StationKeys[];
    linkKeys: readonly LinkKey[];
  },
): void {
  for (const { id, name, country, closedAt } of agencies)
    statement(
      db,
      `INSERT INTO known_agency (id, name, country, closed_at) VALUES (@id, @name, @country, @closedAt)
       ON CONFLICT (id) DO UPDATE SET closed_at = coalesce(closed_at, excluded.closed_at)`,
    ).run({ id, name, country, closedAt });
  for (const { id, agencyId, code, place, country, signKey, boxKey, revokedAt } of stations)
    statement(
      db,
      `INSERT INTO known_station (id, agency_id, code, place, country, sign_key, box_key, revoked_at)
       VALUES (@id, @agencyId, @code, @place, @country, @signKey, @boxKey, @revokedAt)
       ON CONFLICT (id) DO UPDATE SET revoked_at = coalesce(revoked_at, excluded.revoked_at)`,
    ).run({ id, agencyId, code, place, country, signKey, boxKey, revokedAt });
  // Keys of tokens are only ever added.
  const known = loadHub(db)?.linkKeys ?? [];
  const added = linkKeys.filter(({ id }) => !known.some((each) => each.id === id));
  if (added.length > 0)
    saveLinkKeys(
      db,
      [...known, ...added].sort((a, b) => (a.from < b.from ? -1 : 1)),
    );
}

/** Every station that can still be written to, by agency and code. */
export function writableStations(db: Db): (StationKeys & { agencyName: string })[] {
  return statement<[], StationKeys & { agencyName: string }>(
    db,
    `SELECT known_station.id, agency_id AS agencyId, code, place, known_station.country, sign_key AS signKey,
       box_key AS boxKey, revoked_at AS revokedAt, known_agency.name AS agencyName
     FROM known_station JOIN known_agency ON known_agency.id = agency_id
     WHERE revoked_at IS NULL AND closed_at IS NULL ORDER BY known_agency.name, code, known_station.id`,
  ).all();
}

/** The place in the feed up to which everything is here, after which what came by hand stands in lists. */
export function lastFeedPlace(db: Db): number {
  return statement<[], number>(db, 'SELECT coalesce(max(seq), 0) FROM received_report').pluck().get() ?? 0;
}

/** Which key a sender signs with, by the directory; null for one who is not known, was revoked, or whose agency was ended. */
export function senderKey(db: Db, hub: HubLink, { kind, id }: Party): string | null {
  if (kind === 'hub') return id === hub.hubId ? hub.signKey : null;
  const agencyId = knownStation(db, id)?.agencyId ?? '';
  return stationsOf(db, agencyId).find((each) => each.id === id)?.signKey ?? null;
}
