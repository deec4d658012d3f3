// The third step of the hub's tables: alerts and case studies beside reports, and who read an alert.

/**
 * `report.audience`, `issuers`, `expires_at`: of an alert, and the first two of what takes it back: the agencies that it is
 * for, null for all whom the policy lets; every issuer that it speaks of, the first of which is in `issuer`; when it ends.
 * `alert_read`: somebody at a station opened an alert. `reader` is minted there for this alert and this person; `read_at`
 * is by the station's clock.
 */
export const DETECTIONS = `
alter table report
  drop constraint report_kind_check,
  add constraint report_kind_check check (kind in ('report', 'correction', 'withdrawal', 'alert', 'case-study'));
-- An alert or a case study takes the place of none, unless it says of which.
do $$
declare old text;
begin
  select conname into strict old from pg_constraint
    where conrelid = 'report'::regclass and contype = 'c' and pg_get_constraintdef(oid) like '%replaces%';
  execute format('alter table report drop constraint %I', old);
end $$;
alter table report add constraint report_replaces_check
  check (kind in ('alert', 'case-study') or (kind = 'report') = (replaces is null));
alter table policy
  drop constraint policy_kind_check,
  add constraint policy_kind_check check (kind in ('report', 'correction', 'withdrawal', 'alert', 'case-study'));

alter table report add column audience uuid[], add column issuers text[], add column expires_at timestamptz(3);
create index report_detached on report (kind, received_at desc, id desc) where kind in ('alert', 'case-study');

create table alert_read (
  alert_id uuid not null references report,
  station_id uuid not null references station,
  reader uuid not null,
  role text not null,
  read_at timestamptz(3) not null,
  received_at timestamptz(3) not null default now(),
  primary key (alert_id, station_id, reader)
);
`;
