// For whom a file is to be, as somebody types it: the hub, or a station by its code or its id.
import type { BundleRecipient } from '../../shared/contract/bundles.ts';
import type { Ask } from './at-station.ts';
import { UsageError } from './command.ts';
import { say } from './text.ts';

/** The id of the station of this code or id. Throws `UsageError` where it names none, or more than one. */
export async function stationNamed(ask: Ask, name: string): Promise<string> {
  const { stations } = await ask('bundle.recipients', {});
  const wanted = name.trim().toLowerCase();
  const found = stations.filter(({ id, code }) => id === wanted || code.toLowerCase() === wanted);
  const [station] = found;
  if (station === undefined || found.length > 1) throw new UsageError(say('cli.recipient.none', { name }));
  return station.id;
}

/** `hub`, or a station as above. */
export async function recipientNamed(ask: Ask, name: string): Promise<BundleRecipient> {
  return name === 'hub' ? { kind: 'hub' } : { kind: 'station', stationId: await stationNamed(ask, name) };
}
