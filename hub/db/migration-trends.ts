// The fourth step of the hub's tables: what trends count of each report, so that a hub that starts reads no bodies.

/**
 * One row for each message in the order of the feed: `seq` is its place there. `counted` is what trends count of a report
 * (shared/trends/row.ts); null of what is not counted. Written a little after a message has its place, by whichever hub
 * over this database comes to it first; made again from the bodies where it is missing.
 */
export const TRENDS = `
create table trend_row (
  seq bigint primary key,
  report_id uuid not null unique references report,
  counted jsonb
);
`;
