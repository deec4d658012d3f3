// GET /v1/directory: every agency and station with its public keys, and the keys of number tokens.
import type { FastifyInstance } from 'fastify';
import { directory as shape, type Directory } from '../../shared/wire/api.ts';
import type { HubContext } from '../context.ts';
import { directory, type LinkKey, linkKeys } from '../db/stations.ts';

/** A key of number tokens as it travels. */
export const toLinkKey = ({ id, key, from }: LinkKey) => ({
  id,
  key: key.toString('base64url'),
  from: from.toISOString(),
});

export function directoryRoute(hub: FastifyInstance, { database, now }: HubContext): void {
  const api = { summary: 'Whom a station may send to or hear from', answers: { 200: shape.answer } };
  hub.get('/v1/directory', { config: { api, signed: true } }, async (): Promise<Directory> => {
    const [{ agencies, stations }, keys] = await Promise.all([directory(database.db), linkKeys(database.db)]);
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
      at: new Date(now()).toISOString(),
    };
  });
}
