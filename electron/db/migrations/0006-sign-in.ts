// Version 6 of the station's store: what a guess at a secret must cost, and what of refused sign-ins the chain tells already.
import type { Migration } from '../migrate.ts';

export const signIn: Migration = {
  version: 6,
  sql: `
-- As JSON; null until the store was opened once. The key file says it, too, but whoever can write there may lie.
ALTER TABLE station ADD COLUMN guess_cost TEXT;

-- How many of those that the key file counts have their entry in the audit chain.
ALTER TABLE officer ADD COLUMN refused_told INTEGER NOT NULL DEFAULT 0;
ALTER TABLE officer ADD COLUMN locked_told INTEGER NOT NULL DEFAULT 0;
ALTER TABLE station ADD COLUMN unknown_told INTEGER NOT NULL DEFAULT 0;
ALTER TABLE station ADD COLUMN recovery_told INTEGER NOT NULL DEFAULT 0;

-- For the log of the day: these few among a million.
CREATE INDEX audit_refused ON audit (at) WHERE action IN ('secret.refused', 'officer.locked-out', 'recovery-key.refused');
`,
};
