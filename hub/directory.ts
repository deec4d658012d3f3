// Whom a station may send to or hear from, as it is told: agencies, stations, public keys, keys of number tokens.
import type { Kysely } from 'kysely';
import type { Directory } from '../shared/wire/api.ts';
import { directory, type LinkKey, linkKeys } from './db/stations.ts';
import type { Tables } from './db/tables.ts';

/** A key of number tokens as it travels. */
export const toLinkKey = ({ id, key, from }: LinkKey) => ({
  id,
  key: key.toString('base64url'),
  from: from.toISOString(),
});

/** The directory as it stands; `epoch` of the hub's data, `now` by the hub's clock, in milliseconds. */
export async function directoryAnswer(db: Kysely<Tables>, epoch: number, now: number): Promise<Directory> {
  const [{ agencies, stations }, keys] = await Promise.all([directory(db), linkKeys(db)]);
  return {
    agencies: agencies.map(({ closedAt, ...agency }) => ({
      ...agency,
      closedAt: closedAt?.toISOString() ?? null,
    })),
    stations: stations.map(({ enrolledAt, revokedAt, ...station }) => ({
      ...station,
      signKey: station.signKey.toString('base64url'),
      boxKey: station.boxKey.toString('base64url'),
      enrolledAt: enrolledAt.toISOString(),
      revokedAt: revokedAt?.toISOString() ?? null,
    })),
    linkKeys: keys.map(toLinkKey),
    epoch,
    at: new Date(now).toISOString(),
  };
}
