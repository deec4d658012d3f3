// `countercheck bundle write|read|recipients`: what waits in the outbox onto a stick, and what came on one into the station.
import { resolve } from 'node:path';
import { type Ask, atStation, STATION_OPTIONS, tell } from '../at-station.ts';
import { type Command, type Invocation, UsageError } from '../command.ts';
import { recipientNamed } from '../recipients.ts';
import { say } from '../text.ts';

/** At Ctrl+C the station ends the work itself, so that nothing half made stays. */
async function stoppable<T>({ onInterrupt }: Invocation, ask: Ask, work: Promise<T>): Promise<T> {
  const letGo = onInterrupt(() => void ask('bundle.cancel', {}).catch(() => undefined));
  try {
    return await work;
  } finally {
    letGo();
  }
}

function write(invocation: Invocation, folder: string): Promise<number> {
  const { for: named } = invocation.values;
  return atStation(invocation, async (ask) => {
    const to = await recipientNamed(ask, typeof named === 'string' ? named : 'hub');
    const done = await stoppable(invocation, ask, ask('bundle.write', { folder: resolve(folder), to }));
    const { path, bytes, sha256, reports, images, leftOut } = done;
    return tell(invocation, done, [
      reports + images === 0
        ? say('cli.bundle.asked', { path, bytes, sha256 })
        : say('cli.bundle.written', { path, bytes, sha256, reports, images }),
      ...(leftOut > 0 ? [say('cli.bundle.left-out', { count: leftOut })] : []),
    ]);
  });
}

function read(invocation: Invocation, path: string): Promise<number> {
  return atStation(invocation, async (ask) => {
    const done = await stoppable(invocation, ask, ask('bundle.read', { path: resolve(path) }));
    const { receipts, reports, known, refusals } = done;
    return tell(invocation, done, [
      say('cli.bundle.read', { receipts, reports, known }),
      ...refusals.map(({ reason, count }) => say(`stick.refused.${reason}`, { count })),
    ]);
  });
}

function recipients(invocation: Invocation): Promise<number> {
  return atStation(invocation, async (ask) => {
    const known = await ask('bundle.recipients', {});
    const lines = known.stations.map(({ code, place, agencyName, id }) =>
      say('cli.bundle.recipient', { code, place, agencyName, id }),
    );
    return tell(invocation, known, lines.length > 0 ? lines : [say('cli.bundle.no-recipients')]);
  });
}

export const bundle: Command = {
  name: 'bundle',
  options: { ...STATION_OPTIONS, to: { type: 'string' }, for: { type: 'string' } },
  async run(invocation) {
    const { files, values } = invocation;
    const [action, file, ...rest] = files;
    const { to } = values;
    if (rest.length === 0) {
      if (action === 'write' && file === undefined && typeof to === 'string') return write(invocation, to);
      if (action === 'read' && file !== undefined) return read(invocation, file);
      if (action === 'recipients' && file === undefined) return recipients(invocation);
    }
    throw new UsageError(say('cli.bundle.which'));
  },
};
