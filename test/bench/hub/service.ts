// A process that is the hub of a measurement: says its address, then its memory whenever it is asked by a line.
import { createInterface } from 'node:readline';
import type { PoolConfig } from 'pg';
import { openDatabase } from '../../../hub/db/open.ts';
import { loadIdentity } from '../../../hub/identity.ts';
import { createHub } from '../../../hub/server.ts';

const { connection, pool }: { connection: PoolConfig; pool: number } = JSON.parse(process.argv[2] ?? '{}');
const database = openDatabase(connection, pool);
const identity = await loadIdentity(database.db);
// All stations of the measurement share one address, and no station pauses: limits are not what is measured.
const limits = { perAddressAMinute: Number.MAX_SAFE_INTEGER, perStationAMinute: Number.MAX_SAFE_INTEGER };
const hub = await createHub({ version: '0', database, identity, limits });
console.log(
  JSON.stringify({ address: await hub.listen({ port: 0, host: '127.0.0.1' }), hubId: identity.id }),
);

for await (const line of createInterface({ input: process.stdin })) {
  if (line === 'end') break;
  const { user, system } = process.cpuUsage();
  console.log(JSON.stringify({ rss: process.memoryUsage.rss(), cpuMs: Math.round((user + system) / 1000) }));
}
await hub.close();
await database.close();
process.exit(0);
