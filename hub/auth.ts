// Signed requests: who asks, that the request is whole and of now, and that it counts once.
import type { FastifyRequest } from 'fastify';
import type { Kysely } from 'kysely';
import type { Pool } from 'pg';
import {
  CLOCK_TOLERANCE_MS,
  fromBase64Url,
  hubTimeText,
  REQUEST_HEADERS,
  REQUEST_NONCE_BYTES,
  requestText,
} from '../shared/wire/sign.ts';
import { admit, findStation } from './db/callers.ts';
import type { Tables } from './db/tables.ts';
import { Refused } from './refusal.ts';
import { type Signer, type Verifier, verifierOf } from './signing.ts';

/** A station whose signature was right. Whether it may still ask, and its nonce, only the database can say. */
export interface Caller {
  stationId: string;
  agencyId: string;
  nonce: Buffer;
  verify: Verifier;
}

/** Stations whose keys are kept ready; more are looked up again. */
const REMEMBERED = 5000;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

export interface AuthMeans {
  db: Kysely<Tables>;
  pool: Pool;
  hubId: string;
  sign: Signer;
  /** The hub's clock, in milliseconds. */
  now: () => number;
}

export interface Auth {
  /** The station that signed the request, clock checked. Throws `Refused`. */
  prove(request: FastifyRequest, bodySha256: string): Promise<Caller>;
  /** Spends its nonce. Throws `Refused` where it was revoked, or the nonce was used. */
  admit(caller: Caller): Promise<void>;
}

export function createAuth({ db, pool, hubId, sign, now }: AuthMeans): Auth {
  const remembered = new Map<string, { agencyId: string; verify: Verifier }>();

  // Keys and agency of a station never change, so only its standing is asked for each time.
  const stationOf = async (id: string): Promise<{ agencyId: string; verify: Verifier } | null> => {
    const kept = remembered.get(id);
    if (kept) return kept;
    const station = await findStation(db, id);
    if (!station) return null;
    const made = { agencyId: station.agencyId, verify: verifierOf(station.signKey) };
    if (remembered.size >= REMEMBERED) remembered.clear();
    remembered.set(id, made);
    return made;
  };

  return {
    async prove(request, bodySha256) {
      const stationId = headerOf(request, REQUEST_HEADERS.station);
      const station = UUID.test(stationId) ? await stationOf(stationId) : null;
      if (!station) throw new Refused('unknown-station');
      const time = headerOf(request, REQUEST_HEADERS.time);
      const nonce = headerOf(request, REQUEST_HEADERS.nonce);
      const nonceBytes = fromBase64Url(nonce, REQUEST_NONCE_BYTES);
      if (!TIME.test(time)) throw new Refused('bad-request', [REQUEST_HEADERS.time]);
      if (!nonceBytes) throw new Refused('bad-request', [REQUEST_HEADERS.nonce]);
      const text = requestText({
        method: request.method,
        target: request.raw.url ?? '',
        bodySha256,
        time,
        nonce,
        stationId,
        hubId,
      });
      if (!(await station.verify(text, headerOf(request, REQUEST_HEADERS.signature)))) {
        throw new Refused('bad-signature');
      }
      const drift = Math.abs(now() - Date.parse(time));
      // A month or hour that does not exist makes no number, which is no time of now either.
      if (!(drift <= CLOCK_TOLERANCE_MS)) {
        const hubTime = new Date(now()).toISOString();
        const signature = await sign(hubTimeText({ hubTime, hubId, nonce }));
        throw new Refused('clock', undefined, { beside: { hubTime, signature } });
      }
      return { stationId, agencyId: station.agencyId, nonce: nonceBytes, verify: station.verify };
    },
    async admit({ stationId, nonce }) {
      const outcome = await admit(pool, stationId, nonce);
      if (outcome === 'refused') throw new Refused('revoked');
      if (outcome === 'replayed') throw new Refused('replayed');
    },
  };
}

/** A header that came once; a repeated one is joined by Node and fits no form. */
function headerOf(request: FastifyRequest, name: string): string {
  const value = request.headers[name];
  return typeof value === 'string' ? value : '';
}
