// The hub's tables as kysely sees them; hub/db/migrations.ts makes them, and says what each column is for.
import type { ColumnType, Generated, GeneratedAlways } from 'kysely';
import type { MESSAGE_KINDS } from '../../shared/sharing/codes.ts';
import type { SignedReceipt } from '../../shared/wire/api.ts';
import type { TrendRow } from '../../shared/trends/row.ts';
import type { RefusalCode } from '../../shared/wire/codes.ts';

/** A time that the database sets where none is given. */
type Stamp = ColumnType<Date, Date | string | undefined, Date | string>;
/** A time that is null until something happened. */
type Later = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
/** Written as text, read as what it says. */
type Json<T> = ColumnType<T, string, string>;
type Time = ColumnType<Date, Date | string, Date | string>;

export type PersonRole = 'administrator' | 'agency-administrator' | 'analyst';
export type ReportTier = 'T1' | 'T2' | 'T3';
export type ReportKind = (typeof MESSAGE_KINDS)[number];
export type ReportState = 'current' | 'corrected' | 'withdrawn';
export type FeedKind = 'report' | 'directory' | 'revoked';

export interface Tables {
  schema_migration: { number: number; name: string; at: Stamp };
  hub_identity: {
    single: Generated<boolean>;
    id: string;
    name: Generated<string>;
    sign_key: Buffer;
    sign_private: Buffer;
    box_key: Buffer;
    box_private: Buffer;
    epoch: Generated<number>;
    created_at: Stamp;
  };
  link_key: { id: string; key: Buffer; from_at: Stamp };
  agency: { id: string; name: string; country: string; created_at: Stamp; closed_at: Later };
  station: {
    id: string;
    agency_id: string;
    code: string;
    place: string;
    country: string;
    sign_key: Buffer;
    box_key: Buffer;
    enrolled_at: Stamp;
    revoked_at: Later;
  };
  enrolment_code: {
    hash: Buffer;
    id: Generated<string>;
    agency_id: string;
    created_at: Stamp;
    expires_at: Time;
    used_at: Later;
    revoked_at: Later;
    station_id: string | null;
  };
  person: {
    id: string;
    agency_id: string | null;
    name: string;
    role: PersonRole;
    secret: string | null;
    failed_attempts: Generated<number>;
    locked_until: Later;
    created_at: Stamp;
    removed_at: Later;
  };
  setup_link: {
    hash: Buffer;
    person_id: string | null;
    created_at: Stamp;
    expires_at: Time;
    used_at: Later;
  };
  session: { hash: Buffer; person_id: string; created_at: Stamp; seen_at: Stamp; expires_at: Time };
  report: {
    id: string;
    station_id: string;
    agency_id: string;
    tier: ReportTier;
    to_agency: string | null;
    kind: ReportKind;
    replaces: string | null;
    body: Buffer;
    sha256: Buffer;
    signature: Buffer;
    received_at: Stamp;
    issuer: string | null;
    doc_type: string | null;
    country: string | null;
    week: string | null;
    fraud: Generated<string[]>;
    state: Generated<ReportState>;
    audience: string[] | null;
    issuers: string[] | null;
    expires_at: Later;
  };
  report_image: { report_id: string; sha256: Buffer };
  alert_read: {
    alert_id: string;
    station_id: string;
    reader: string;
    role: string;
    read_at: Time;
    received_at: Stamp;
  };
  image_upload: {
    sha256: Buffer;
    station_id: string;
    total: number;
    mime: string;
    received: Generated<number>;
    at: Stamp;
  };
  image_piece: { sha256: Buffer; station_id: string; at_offset: number; bytes: Buffer };
  image: { sha256: Buffer; station_id: string; total: number; mime: string; complete_at: Stamp };
  feed_waiting: {
    place: GeneratedAlways<number>;
    kind: FeedKind;
    subject: string | null;
    agencies: Generated<string[] | null>;
  };
  feed: { seq: number; kind: FeedKind; subject: string | null; agencies: Generated<string[] | null> };
  carried: {
    id: string;
    station_id: string;
    person_id: string;
    at: Stamp;
    stored: number;
    repeated: number;
    images: number;
    /** As JSON; read as it was written. */
    refused: Json<{ id: string; code: RefusalCode }[]>;
    receipts: Json<SignedReceipt[]>;
    cursor: string;
  };
  trend_row: { seq: number; report_id: string; counted: ColumnType<TrendRow | null, string | null> };
  nonce: { station_id: string; nonce: Buffer; at: Stamp };
  policy: {
    id: string;
    from_agency: string | null;
    to_agency: string | null;
    issuer: string | null;
    kind: ReportKind | null;
    effect: 'allow' | 'deny';
    created_at: Stamp;
  };
  audit: {
    seq: GeneratedAlways<number>;
    at: Stamp;
    who: string;
    action: string;
    subject: string | null;
  };
}
