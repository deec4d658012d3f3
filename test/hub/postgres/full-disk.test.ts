// A hub's folder on a disk that is full, or gets full: what was committed stays, and it goes on once there is room.
import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { codeOf } from '../../../hub/failure.ts';
import { openDatabase } from '../../../hub/db/open.ts';
import { hubFolder } from '../../../hub/postgres/folder.ts';
import { keepPostgres } from '../../../hub/postgres/keeper.ts';
import { CAN_MOUNT, fill, smallDisk } from '../../electron/disks.ts';

describe.runIf(CAN_MOUNT)('a small disk', () => {
  test('a disk without room for a database: said, and no half of one is left', async () => {
    const folder = hubFolder(join(smallDisk(20), 'hub'));
    await expect(keepPostgres({ folder })).rejects.toMatchObject({ code: 'disk-full' });
    expect(readdirSync(folder.path)).toEqual(['secret']);
  });

  test('a disk that fills while the hub works: refused, nothing lost, and on it goes with room', async () => {
    const disk = smallDisk(160);
    const kept = await keepPostgres({ folder: hubFolder(join(disk, 'hub')) });
    const database = openDatabase(kept.connection, 1);
    await database.pool.query('create table kept (bytes bytea)');
    let committed = 0;
    const put = async (): Promise<string> => {
      try {
        await database.pool.query('insert into kept values ($1)', [randomBytes(100_000)]);
        committed += 1;
        return '';
      } catch (error) {
        return codeOf(error);
      }
    };
    expect(await put()).toBe('');
    fill(disk, 0);
    let refused = '';
    while (refused === '') refused = await put();
    expect(refused).toBe('53100');
    const count = async () =>
      (await database.pool.query<{ rows: number }>('select count(*) as rows from kept')).rows;
    expect(await count()).toEqual([{ rows: committed }]);
    fill(disk, null);
    expect(await put()).toBe('');
    await database.close();
    await kept.stop();
    const again = await keepPostgres({ folder: hubFolder(join(disk, 'hub')) });
    const reopened = openDatabase(again.connection, 1);
    expect((await reopened.pool.query('select count(*) as rows from kept')).rows).toEqual([
      { rows: committed },
    ]);
    await reopened.close();
    await again.stop();
  });
});
