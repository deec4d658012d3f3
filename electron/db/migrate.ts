// Migrations: forward only, each in one transaction, counted in `user_version`.
import type { Database } from 'better-sqlite3';

export interface Migration {
  /** 1, 2, 3 … without a gap. */
  version: number;
  sql: string;
}

export function versionOf(db: Database): number {
  return Number(db.pragma('user_version', { simple: true }));
}

export function newestVersion(migrations: readonly Migration[]): number {
  return migrations.at(-1)?.version ?? 0;
}

/** Applies what is missing. A migration that fails leaves the database at the version before it, and throws. */
export function applyMigrations(db: Database, migrations: readonly Migration[]): void {
  for (const { version, sql } of migrations) {
    if (version !== versionOf(db) + 1) continue;
    db.transaction(() => {
      db.exec(sql);
      db.pragma(`user_version = ${version}`);
    }).immediate();
  }
}

/** SQL of the triggers that refuse every change and removal of rows of an append-only table. */
export function appendOnly(table: string): string {
  return ['UPDATE', 'DELETE']
    .map(
      (verb) => `CREATE TRIGGER ${table}_no_${verb.toLowerCase()} BEFORE ${verb} ON ${table}
        BEGIN SELECT RAISE(ABORT, 'append-only'); END;`,
    )
    .join('\n');
}

/** The audit chain, the same in every store that keeps one; see `audit.ts`. */
export const AUDIT_TABLE = `
CREATE TABLE audit (
  seq INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  officer_id TEXT,
  action TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  digest TEXT NOT NULL,
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE
) STRICT;
${appendOnly('audit')}
`;
