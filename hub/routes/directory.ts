// GET /v1/directory: every agency and station with its public keys, and the keys of number tokens.
import type { FastifyInstance } from 'fastify';
import { directory } from '../../shared/wire/api.ts';
import type { HubContext } from '../context.ts';
import { directoryAnswer } from '../directory.ts';

export function directoryRoute(hub: FastifyInstance, { database, identity, now }: HubContext): void {
  const api = { summary: 'Whom a station may send to or hear from', answers: { 200: directory.answer } };
  hub.get('/v1/directory', { config: { api, signed: true } }, () =>
    directoryAnswer(database.db, identity.epoch, now()),
  );
}
