// The advisory locks that hubs over one database share: one place, so that no two numbers meet.

/** Keys of `pg_advisory_lock`: the first says that it is ours ("CCHB"), the second what for. */
export const LOCK_SPACE = 0x43_43_48_42;

export const LOCKS = {
  /** Held while tables are changed and while the hub's identity is made. */
  migrations: 1,
  /** Held while places in the feed are given. */
  feed: 2,
  /** Held, in the database `postgres` of a hub's own server, by the process that keeps that server. */
  folder: 3,
  /** Held while what trends count is written beside the reports. */
  trends: 4,
} as const;
