// A hub over a real database with agencies and stations of a test, and requests as stations sign them.
import { createHash, createPrivateKey, randomBytes, randomUUID, sign } from 'node:crypto';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { v7 as uuidv7 } from 'uuid';
import { createHub, type HubOptions } from '../../hub/server.ts';
import type { HubDatabase } from '../../hub/db/open.ts';
import { type HubIdentity, loadIdentity } from '../../hub/identity.ts';
import { REPORT_SIGNATURE_HEADER, reportSignText, requestText } from '../../shared/wire/sign.ts';
import { newKeyPair } from '../../shared/wire/seal.ts';
import { newSignPair } from '../../shared/wire/sign.ts';

export interface TestStation {
  stationId: string;
  agencyId: string;
  /** Signs a text; base64url. */
  sign: (text: string) => string;
  signKey: Buffer;
  signPrivate: Buffer;
  boxKey: Buffer;
  boxPrivate: Buffer;
}

/** A hub for inject(). The caller closes it before its database goes. */
export async function testHub(
  database: HubDatabase,
  options: Partial<HubOptions> = {},
): Promise<{ hub: FastifyInstance; identity: HubIdentity }> {
  const identity = await loadIdentity(database.db);
  const hub = await createHub({ version: '9.8.7', database, identity, ...options });
  return { hub, identity };
}

export async function makeAgency({ db }: HubDatabase, name: string, country = 'UTO'): Promise<string> {
  const id = uuidv7();
  await db.insertInto('agency').values({ id, name, country }).execute();
  return id;
}

/** What signs with an Ed25519 pair of 32 bytes each, at once. */
export function signsWith(privateKey: Buffer, publicKey: Buffer): (text: string) => string {
  const [d, x] = [privateKey.toString('base64url'), publicKey.toString('base64url')];
  const key = createPrivateKey({ key: { kty: 'OKP', crv: 'Ed25519', d, x }, format: 'jwk' });
  return (text) => sign(null, Buffer.from(text, 'utf8'), key).toString('base64url');
}

let stations = 0;

export async function makeStation({ db }: HubDatabase, agencyId: string): Promise<TestStation> {
  const signPair = newSignPair();
  const boxPair = newKeyPair();
  const stationId = uuidv7();
  stations += 1;
  await db
    .insertInto('station')
    .values({
      id: stationId,
      agency_id: agencyId,
      code: `UT-${stations}`,
      place: 'Utopia Airport',
      country: 'UTO',
      sign_key: signPair.publicKey,
      box_key: boxPair.publicKey,
    })
    .execute();
  return {
    stationId,
    agencyId,
    sign: signsWith(signPair.privateKey, signPair.publicKey),
    signKey: signPair.publicKey,
    signPrivate: signPair.privateKey,
    boxKey: boxPair.publicKey,
    boxPrivate: boxPair.privateKey,
  };
}

export interface SignedAsk {
  method: 'GET' | 'PUT' | 'POST';
  url: string;
  body?: Buffer;
  headers?: Record<string, string>;
  /** What a test may put in place of what a station would say. */
  hubId?: string;
  stationId?: string;
  time?: string;
  nonce?: string;
}

/** The headers of a signed request. */
export function signedHeaders(station: TestStation, hubId: string, ask: SignedAsk): Record<string, string> {
  const time = ask.time ?? new Date().toISOString();
  const nonce = ask.nonce ?? randomBytes(16).toString('base64url');
  const stationId = ask.stationId ?? station.stationId;
  const signature = station.sign(
    requestText({
      method: ask.method,
      target: ask.url,
      bodySha256: sha256(ask.body ?? Buffer.alloc(0)),
      time,
      nonce,
      stationId,
      hubId: ask.hubId ?? hubId,
    }),
  );
  return {
    'cc-station': stationId,
    'cc-time': time,
    'cc-nonce': nonce,
    'cc-signature': signature,
    ...ask.headers,
  };
}

export const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** A request as the station would send it. */
export function signed(station: TestStation, hubId: string, ask: SignedAsk): InjectOptions {
  return {
    method: ask.method,
    url: ask.url,
    headers: signedHeaders(station, hubId, ask),
    ...(ask.body && { payload: ask.body }),
  };
}

/** PUT of a report's exact bytes, as the station would send them. */
export function putOf(station: TestStation, hubId: string, id: string, body: Buffer): InjectOptions {
  const headers = {
    'content-type': 'application/json',
    [REPORT_SIGNATURE_HEADER]: station.sign(reportSignText(id, sha256(body))),
  };
  return signed(station, hubId, { method: 'PUT', url: `/v1/reports/${id}`, body, headers });
}

/** The code of the refusal that was answered; its status when it is none. */
export function codeIn(answer: LightMyRequestResponse): string {
  const body: unknown = answer.body === '' ? null : answer.json();
  if (typeof body !== 'object' || body === null || !('error' in body)) return String(answer.statusCode);
  return String((body.error as { code: unknown }).code);
}

export const anyUuid = randomUUID;
