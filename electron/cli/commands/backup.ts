// `countercheck backup create|verify|restore`: copies of a station made, tried and brought back.
import { resolve } from 'node:path';
import type { BackupContent } from '../../../shared/contract/backup.ts';
import { type Ask, atNewStation, atStation, STATION_OPTIONS, tell } from '../at-station.ts';
import { type Command, type Invocation, UsageError } from '../command.ts';
import { say } from '../text.ts';

function contentLines({
  madeAt,
  version,
  examinations,
  pictures,
  missing,
  auditWhole,
}: BackupContent): string[] {
  return [
    say('cli.backup.content', { madeAt, version, examinations, pictures }),
    ...(missing > 0 ? [say('cli.backup.missing', { count: missing })] : []),
    ...(auditWhole ? [] : [say('cli.backup.audit-broken')]),
  ];
}

/** At Ctrl+C the station ends the work itself, so that nothing half made stays. */
async function stoppable<T>({ onInterrupt }: Invocation, ask: Ask, work: Promise<T>): Promise<T> {
  const letGo = onInterrupt(() => void ask('backup.cancel', {}).catch(() => undefined));
  try {
    return await work;
  } finally {
    letGo();
  }
}

function create(invocation: Invocation): Promise<number> {
  const { to } = invocation.values;
  return atStation(invocation, async (ask: Ask) => {
    const folder = typeof to === 'string' ? resolve(to) : null;
    const made = await stoppable(invocation, ask, ask('backup.create', { folder }));
    const { path, bytes, removed, content } = made;
    const done = say('cli.backup.made', { path, bytes });
    const gone = removed > 0 ? [say('cli.backup.removed', { count: removed })] : [];
    return tell(invocation, made, [done, ...contentLines(content), ...gone]);
  });
}

function verify(invocation: Invocation, path: string): Promise<number> {
  return atStation(invocation, async (ask) => {
    const content = await stoppable(invocation, ask, ask('backup.verify', { path }));
    return tell(invocation, content, [say('cli.backup.whole'), ...contentLines(content)]);
  });
}

function restore(invocation: Invocation, path: string): Promise<number> {
  return atNewStation(invocation, async (ask, recoveryKey) => {
    const done = await ask('backup.restore', { path, recoveryKey });
    const { content, erasedAgain } = done;
    const again = erasedAgain > 0 ? [say('cli.backup.erased-again', { count: erasedAgain })] : [];
    return tell(invocation, done, [say('cli.backup.restored'), ...contentLines(content), ...again]);
  });
}

export const backup: Command = {
  name: 'backup',
  options: { ...STATION_OPTIONS, to: { type: 'string' }, 'recovery-stdin': { type: 'boolean' } },
  async run(invocation) {
    const [action, file, ...rest] = invocation.files;
    if (rest.length === 0 && action === 'create' && file === undefined) return create(invocation);
    if (rest.length === 0 && file !== undefined) {
      if (action === 'verify') return verify(invocation, resolve(file));
      if (action === 'restore') return restore(invocation, resolve(file));
    }
    throw new UsageError(say('cli.backup.which'));
  },
};
