// When backups are made by themselves, where to, and when the last one was made and verified.
import type { BackupPlan, BackupState } from '../../shared/contract/backup.ts';
import type { Db } from './open.ts';

export interface PlanRow extends BackupPlan {
  last: BackupState['last'];
}

export function loadPlan(db: Db): PlanRow {
  const row = db
    .prepare<[], BackupPlan & { last: string | null }>(
      'SELECT folder, every_hours AS everyHours, keep, last FROM backup_plan',
    )
    .get();
  if (row === undefined) throw new Error('the store has no plan of backups');
  return { ...row, last: row.last === null ? null : JSON.parse(row.last) };
}

export function savePlan(db: Db, { folder, everyHours, keep }: BackupPlan): void {
  db.prepare('UPDATE backup_plan SET folder = ?, every_hours = ?, keep = ?').run(folder, everyHours, keep);
}

export function saveLast(db: Db, last: NonNullable<BackupState['last']>): void {
  db.prepare('UPDATE backup_plan SET last = ?').run(JSON.stringify(last));
}
