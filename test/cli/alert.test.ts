// Alerts by the command line: listed in words and as JSON, for whoever may see them and nobody else.
import { describe, expect, it } from 'vitest';
import { insertReceived } from '../../electron/db/received.ts';
import { encodeReport } from '../../shared/sharing/report.ts';
import { sha256 } from '../../shared/wire/sign.ts';
import { ADMINISTRATOR, databaseOf, newId, OFFICER, openReady } from '../electron/fixtures.ts';
import { alertOf } from '../hub/wire-reports.ts';
import { runCli } from './run-cli.ts';

const ALERT = alertOf({ stationId: crypto.randomUUID(), agencyId: crypto.randomUUID() }, newId());

/** A closed station that another one has sent an alert. */
async function station(): Promise<string> {
  const app = await openReady();
  await app.close();
  const db = await databaseOf(app.folder);
  const body = Buffer.from(encodeReport(ALERT), 'utf8');
  const { id, agencyId, stationId, tier, kind, replaces } = ALERT;
  const at = new Date().toISOString();
  const row = { id, agencyId, stationId, tier, kind, replaces, body, sha256: sha256(body), signature: 's' };
  insertReceived(db, { ...row, seq: 1, receivedAt: at, storedAt: at });
  db.close();
  return app.folder;
}

const run = (args: string[], folder: string, person: { signInName: string; secret: string } = OFFICER) =>
  runCli(
    ['alert', ...args, '--data', folder, '--as', person.signInName, '--secret-stdin'],
    `${person.secret}\n`,
  );

describe('alert list', () => {
  it('tells each with its state, its end and its sentence, and the same as JSON', async () => {
    const folder = await station();
    const told = await run(['list'], folder);
    expect(told).toMatchObject({ code: 0, stderr: '' });
    expect(told.stdout).toContain(ALERT.id);
    expect(told.stdout).toContain(`in force, until ${ALERT.expiresAt}`);
    expect(told.stdout).toContain(ALERT.tip);
    const json = await run(['list', '--json'], folder);
    expect(JSON.parse(json.stdout)).toMatchObject({
      rows: [{ id: ALERT.id, standing: 'live', fits: ALERT.fits, isRead: false }],
      more: false,
    });
    const refused = await run(['list'], folder, ADMINISTRATOR);
    expect([refused.code, refused.stdout]).toEqual([1, '']);
  });

  it('says that there is none, and how it is used', async () => {
    const app = await openReady();
    await app.close();
    expect((await run(['list'], app.folder)).stdout).toBe('No alert yet\n');
    for (const args of [[], ['make'], ['list', 'more']]) {
      const { code, stderr } = await run(args, app.folder);
      expect([code, stderr.includes('Usage: countercheck alert list')]).toEqual([2, true]);
    }
  });
});
