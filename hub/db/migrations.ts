// The tables of the hub, as numbered steps that only go forward. A step that has been released is never changed.
import { DETECTIONS } from './migration-detections.ts';
import { HANDED_ON } from './migration-handed-on.ts';
import { TRENDS } from './migration-trends.ts';

export interface Migration {
  /** From 1, without gaps. */
  number: number;
  name: string;
  /** One or more statements; they run in one transaction with the note that they ran. */
  sql: string;
}

/**
 * Who may what, what stations sent, in which order it is shown. Keys, hashes and signatures are raw bytes; times are
 * the hub's own. No table has a column for anything of a traveller: what is personal in a report is sealed to
 * stations of its addressee inside `report.body`.
 */
const FIRST = `
create table hub_identity (
  single boolean primary key default true check (single),
  id uuid not null,
  -- As stations show it: "connected to …".
  name text not null default 'Countercheck hub',
  sign_key bytea not null, sign_private bytea not null,
  box_key bytea not null, box_private bytea not null,
  -- Another one after each restore from a backup: stations are told, read the feed anew and send again what they sent.
  epoch integer not null default 1,
  created_at timestamptz(3) not null default now()
);
-- Keys under which stations of this network turn document numbers into tokens.
create table link_key (
  id text primary key,
  key bytea not null,
  from_at timestamptz(3) not null default now()
);

create table agency (
  id uuid primary key,
  name text not null,
  country text not null check (country ~ '^[A-Z]{1,3}$'),
  created_at timestamptz(3) not null default now(),
  closed_at timestamptz(3)
);
create unique index agency_name on agency (lower(name)) where closed_at is null;

create table station (
  id uuid primary key,
  agency_id uuid not null references agency,
  code text not null, place text not null,
  country text not null check (country ~ '^[A-Z]{1,3}$'),
  sign_key bytea not null unique check (length(sign_key) = 32),
  box_key bytea not null check (length(box_key) = 32),
  enrolled_at timestamptz(3) not null default now(),
  revoked_at timestamptz(3),
  unique (id, agency_id)
);
create index station_of_agency on station (agency_id);

-- Invitations: only the hash of a code is kept. used_at and revoked_at are null while it can be used.
create table enrolment_code (
  hash bytea primary key check (length(hash) = 32),
  -- What lists and audit call it.
  id uuid not null unique default gen_random_uuid(),
  agency_id uuid not null references agency,
  created_at timestamptz(3) not null default now(),
  expires_at timestamptz(3) not null,
  used_at timestamptz(3), revoked_at timestamptz(3),
  station_id uuid references station
);

-- People of the hub's own page. secret is null until they have followed their one-time link.
create table person (
  id uuid primary key,
  agency_id uuid references agency,
  name text not null,
  role text not null check (role in ('administrator', 'agency-administrator', 'analyst')),
  secret text,
  failed_attempts integer not null default 0,
  locked_until timestamptz(3),
  created_at timestamptz(3) not null default now(),
  removed_at timestamptz(3),
  check (role <> 'administrator' or agency_id is null),
  check (role <> 'agency-administrator' or agency_id is not null)
);
create unique index person_name on person (lower(name)) where removed_at is null;
-- One-time links to choose a secret. person_id is null for the first administrator of an empty hub.
create table setup_link (
  hash bytea primary key check (length(hash) = 32),
  person_id uuid references person,
  created_at timestamptz(3) not null default now(),
  expires_at timestamptz(3) not null,
  used_at timestamptz(3)
);
create table session (
  hash bytea primary key check (length(hash) = 32),
  person_id uuid not null references person,
  created_at timestamptz(3) not null default now(),
  seen_at timestamptz(3) not null default now(),
  expires_at timestamptz(3) not null
);

create table report (
  id uuid primary key,
  station_id uuid not null,
  agency_id uuid not null,
  tier text not null check (tier in ('T1', 'T2', 'T3')),
  -- The addressee of T1, null for the others.
  to_agency uuid check ((tier = 'T1') = (to_agency is not null)),
  kind text not null check (kind in ('report', 'correction', 'withdrawal')),
  -- The report that this one takes the place of. It may arrive later, so it is no foreign key.
  replaces uuid check ((kind = 'report') = (replaces is null)),
  body bytea not null,
  sha256 bytea not null check (length(sha256) = 32),
  signature bytea not null check (length(signature) = 64),
  received_at timestamptz(3) not null default now(),
  issuer text, doc_type text, country text,
  -- ISO week, as 2026-W47.
  week text,
  fraud text[] not null default '{}',
  state text not null default 'current' check (state in ('current', 'corrected', 'withdrawn')),
  -- One foreign key for both: a report is always of the agency of its station.
  foreign key (station_id, agency_id) references station (id, agency_id)
);
create index report_by_time on report (received_at desc, id desc);
create index report_by_agency on report (agency_id, received_at desc, id desc);
create index report_to_agency on report (to_agency, received_at desc, id desc) where to_agency is not null;
create index report_by_issuer on report (issuer, received_at desc, id desc);
create index report_by_type on report (doc_type, received_at desc, id desc);
create index report_by_country on report (country, received_at desc, id desc);
create index report_by_week on report (week, received_at desc, id desc);
-- Few are not in force.
create index report_by_state on report (state, received_at desc, id desc) where state <> 'current';
create index report_replacing on report (replaces) where replaces is not null;
create index report_by_fraud on report using gin (fraud);
-- Bodies lie beside the rows: a list that walks many rows walks few pages. A smaller target would put signatures, hashes
-- and codes beside them too, each with a place of its own in another index.
alter table report alter column body set storage external;
alter table report set (toast_tuple_target = 512);

-- Images that reports name. Pieces belong to the station that sends them, so that none can spoil another's upload.
create table report_image (
  report_id uuid not null references report,
  sha256 bytea not null check (length(sha256) = 32),
  primary key (report_id, sha256)
);
create index report_image_by_sha256 on report_image (sha256);
create table image_upload (
  sha256 bytea not null check (length(sha256) = 32),
  station_id uuid not null references station,
  total integer not null check (total > 0),
  mime text not null,
  received integer not null default 0 check (received between 0 and total),
  at timestamptz(3) not null default now(),
  primary key (sha256, station_id)
);
create table image_piece (
  sha256 bytea not null,
  station_id uuid not null,
  at_offset integer not null,
  bytes bytea not null,
  primary key (sha256, station_id, at_offset)
);
alter table image_piece alter column bytes set storage external;
-- Whole images: their hash was checked. station_id says whose pieces they are.
create table image (
  sha256 bytea primary key check (length(sha256) = 32),
  station_id uuid not null references station,
  total integer not null,
  mime text not null,
  complete_at timestamptz(3) not null default now()
);

-- What stations are to be told: ingest writes feed_waiting in its own transaction; the publisher, under a lock, moves
-- rows to feed and numbers them (highest seq + 1 and so on), so that the order of seq is the order of visibility.
-- subject: the report (report), the revoked station (revoked), null (directory).
create table feed_waiting (
  place bigint generated always as identity primary key,
  kind text not null check (kind in ('report', 'directory', 'revoked')),
  subject uuid
);
create table feed (
  seq bigint primary key,
  kind text not null check (kind in ('report', 'directory', 'revoked')),
  subject uuid
);
create index feed_by_subject on feed (subject);

create table nonce (
  station_id uuid not null,
  nonce bytea not null,
  at timestamptz(3) not null default now(),
  primary key (station_id, nonce)
);
create index nonce_by_time on nonce (at);

-- What other agencies see of T2; null stands for every. kind: report, correction, withdrawal. A denial wins.
create table policy (
  id uuid primary key,
  from_agency uuid references agency,
  to_agency uuid references agency,
  issuer text,
  kind text check (kind in ('report', 'correction', 'withdrawal')),
  effect text not null check (effect in ('allow', 'deny')),
  created_at timestamptz(3) not null default now()
);

-- Who did what with the hub: ids and action codes only. who: a person's id, 'command-line' or a station's id.
create table audit (
  seq bigint generated always as identity primary key,
  at timestamptz(3) not null default now(),
  who text not null,
  action text not null,
  subject text
);
`;

export const MIGRATIONS: readonly Migration[] = [
  { number: 1, name: 'first', sql: FIRST },
  { number: 2, name: 'handed-on', sql: HANDED_ON },
  { number: 3, name: 'detections', sql: DETECTIONS },
  { number: 4, name: 'trends', sql: TRENDS },
];
