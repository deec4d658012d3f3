// The second step of the hub's tables: what is handed on later, and what people brought by hand to the hub's page.

/**
 * `agencies`: a report that is told once more, to those alone who may see it since the policy was loosened; null tells
 * everybody whom the policy lets.
 * `enrolment_code.station_id` of an unused code: the one revoked station that it brings back.
 * `carried`: a bundle that somebody brought; with its receipts and the place in the feed that it named the answer is made
 * anew as often as it is asked for. Kept for some weeks.
 */
export const HANDED_ON = `
alter table feed_waiting add column agencies uuid[];
alter table feed add column agencies uuid[];

create table carried (
  id uuid primary key,
  station_id uuid not null references station,
  person_id uuid not null references person,
  at timestamptz(3) not null default now(),
  stored integer not null, repeated integer not null, images integer not null,
  -- What was not taken: [{id, code}].
  refused jsonb not null,
  -- Signed receipts of what is safe here, as they go into the answer.
  receipts jsonb not null,
  -- How far the station had read the feed; empty where it said nothing.
  cursor text not null
);
create index carried_by_time on carried (at desc);
`;
