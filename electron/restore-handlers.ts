// Bringing a station back where none is: finding a backup and restoring it, before anybody can sign in.
import type { Handlers } from '../shared/contract/channels.ts';
import { includes, RIGHTS } from '../shared/contract/rights.ts';
import { findBackups } from './backup/folder.ts';
import { recoveryOpener } from './backup/format.ts';
import { restoreBackup } from './backup/restore.ts';
import type { Core } from './core.ts';
import { StationFailure } from './failure.ts';
import { wipe } from './keys.ts';
import { contentOf } from './services/backup.ts';
import { callerNow } from './sessions.ts';

export type RestoreChannel = 'backup.find' | 'backup.restore';

export function createRestoreHandlers(core: Core): Pick<Handlers, RestoreChannel> {
  const { dataFolder, now } = core.options;
  let isRestoring = false;

  /** Where a station is, only those look for its backups who may read them. */
  function permitFinding(): void {
    if (core.standing() === 'new') return;
    const session = (callerNow() ?? core.window).session;
    if (session === null) throw new StationFailure('signed-out');
    if (!includes(RIGHTS['backup.verify'], session.role)) throw new StationFailure('not-allowed');
  }

  return {
    async 'backup.find'({ folder }) {
      permitFinding();
      return { files: await findBackups(folder) };
    },
    async 'backup.restore'({ path, recoveryKey }) {
      if (core.standing() !== 'new') throw new StationFailure('folder-not-empty');
      if (isRestoring) throw new StationFailure('backup-busy');
      const opener = recoveryOpener(recoveryKey);
      isRestoring = true;
      try {
        const { erasedAgain, ...read } = await restoreBackup({ path, opener, dataFolder, now });
        core.takeKeyFile();
        core.emit('vault.changed', {});
        return { content: contentOf(read), erasedAgain };
      } finally {
        isRestoring = false;
        wipe(opener.key);
      }
    },
  };
}
