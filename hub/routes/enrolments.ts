// POST /v1/enrolments: a station comes to its agency with a one-time code and the keys that it owns.
import type { FastifyInstance } from 'fastify';
import { v7 as uuidv7 } from 'uuid';
import { enrolment, type EnrolmentAnswer } from '../../shared/wire/api.ts';
import { enrolmentText, fromBase64Url } from '../../shared/wire/sign.ts';
import type { HubContext } from '../context.ts';
import { enrolStation, linkKeys } from '../db/stations.ts';
import { enrolmentHash } from '../network.ts';
import { inShape, readJson } from '../read.ts';
import { Refused } from '../refusal.ts';
import { type Verifier, verifierOf } from '../signing.ts';
import { toLinkKey } from '../directory.ts';

const KEY_BYTES = 32;
const MAX_BYTES = 4096;

export function enrolmentRoutes(hub: FastifyInstance, context: HubContext): void {
  const { database, identity, limiters, publisher } = context;
  const api = {
    summary:
      'Enrols a station by its one-time code; the same keys with the same code get the same answer again',
    body: enrolment.body,
    answers: { 200: enrolment.answer },
    refusals: ['bad-request', 'bad-signature', 'code-refused', 'too-large', 'wrong-type'],
  } as const;
  hub.post(
    '/v1/enrolments',
    { bodyLimit: MAX_BYTES, config: { api }, onRequest: limiters.enrolment },
    async (request): Promise<EnrolmentAnswer> => {
      const { value } = readJson(request.body as Buffer, 'bad-request');
      const { code, signKey, boxKey, station, signature } = inShape(enrolment.body, value, 'bad-request');
      const signBytes = fromBase64Url(signKey, KEY_BYTES);
      const boxBytes = fromBase64Url(boxKey, KEY_BYTES);
      const verify = signBytes && ownerOf(signBytes);
      if (!verify || !boxBytes) throw new Refused('bad-request', ['signKey', 'boxKey']);
      if (!(await verify(enrolmentText({ code, signKey, boxKey }), signature)))
        throw new Refused('bad-signature');
      const hash = enrolmentHash(code);
      if (!hash) throw new Refused('code-refused');
      const made = await enrolStation(database.db, hash, {
        ...station,
        id: uuidv7(),
        signKey: signBytes,
        boxKey: boxBytes,
      });
      if (made === null || made === 'key-taken') throw new Refused('code-refused');
      publisher.wake();
      const keys = await linkKeys(database.db);
      return {
        ...made,
        hubId: identity.id,
        hubName: identity.name,
        hubSignKey: identity.signKey.toString('base64url'),
        hubBoxKey: identity.boxKey.toString('base64url'),
        linkKeys: keys.map(toLinkKey),
        epoch: identity.epoch,
        at: new Date(context.now()).toISOString(),
      };
    },
  );
}

/** Null for 32 bytes that are no point of the curve. */
function ownerOf(signKey: Buffer): Verifier | null {
  try {
    return verifierOf(signKey);
  } catch {
    return null;
  }
}
