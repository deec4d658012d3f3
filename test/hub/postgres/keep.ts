// A process that keeps PostgreSQL in a folder as a hub does, for tests that kill it: node keep.ts FOLDER [BINARIES]
import { hubFolder } from '../../../hub/postgres/folder.ts';
import { keepPostgres } from '../../../hub/postgres/keeper.ts';

const [path = '', postgres] = process.argv.slice(2);
const kept = await keepPostgres({ folder: hubFolder(path), postgres });
process.stdout.write('kept\n');
process.once('SIGTERM', () => {
  void kept.stop().then(() => process.exit(0));
});
// A socket keeps the process alive, as the hub's own would.
setInterval(() => undefined, 60_000);
