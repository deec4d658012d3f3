// Stations of a measurement, as a file that its processes share: their keys are of this run alone.
import { readFileSync, writeFileSync } from 'node:fs';
import { v7 as uuidv7 } from 'uuid';
import type { HubDatabase } from '../../../hub/db/open.ts';
import { newKeyPair } from '../../../shared/wire/seal.ts';
import { newSignPair } from '../../../shared/wire/sign.ts';
import { signsWith, type TestStation } from '../../hub/test-hub.ts';

interface Kept {
  stationId: string;
  agencyId: string;
  signKey: string;
  signPrivate: string;
  boxKey: string;
  boxPrivate: string;
}

/** Enrols stations, spread over agencies, and writes their keys to a file. */
export async function makeStations(
  { db }: HubDatabase,
  path: string,
  { stations, agencies }: { stations: number; agencies: number },
): Promise<void> {
  const agencyIds = Array.from({ length: agencies }, () => uuidv7());
  await db
    .insertInto('agency')
    .values(agencyIds.map((id, at) => ({ id, name: `Agency ${at}`, country: 'UTO' })))
    .execute();
  const kept = Array.from({ length: stations }, (_, at): Kept => {
    const sign = newSignPair();
    const box = newKeyPair();
    return {
      stationId: uuidv7(),
      agencyId: agencyIds[at % agencies] as string,
      signKey: sign.publicKey.toString('base64url'),
      signPrivate: sign.privateKey.toString('base64url'),
      boxKey: box.publicKey.toString('base64url'),
      boxPrivate: box.privateKey.toString('base64url'),
    };
  });
  await db
    .insertInto('station')
    .values(
      kept.map((station, at) => ({
        id: station.stationId,
        agency_id: station.agencyId,
        code: `ST-${at}`,
        place: 'Utopia',
        country: 'UTO',
        sign_key: Buffer.from(station.signKey, 'base64url'),
        box_key: Buffer.from(station.boxKey, 'base64url'),
      })),
    )
    .execute();
  writeFileSync(path, JSON.stringify(kept), { mode: 0o600 });
}

export function openStations(path: string): TestStation[] {
  const kept: Kept[] = JSON.parse(readFileSync(path, 'utf8'));
  return kept.map(({ stationId, agencyId, signKey, signPrivate, boxKey, boxPrivate }) => {
    const publicKey = Buffer.from(signKey, 'base64url');
    const privateKey = Buffer.from(signPrivate, 'base64url');
    return {
      stationId,
      agencyId,
      sign: signsWith(privateKey, publicKey),
      signKey: publicKey,
      signPrivate: privateKey,
      boxKey: Buffer.from(boxKey, 'base64url'),
      boxPrivate: Buffer.from(boxPrivate, 'base64url'),
    };
  });
}
