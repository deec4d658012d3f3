// The personal part of a report to one partner: closed so that only that partner's stations read it, never the hub; and
// numbers as tokens under a key that the network shares.
import { createHmac } from 'node:crypto';
import { type SealedPart, sealedPart } from '../sharing/full.ts';
import type { NumberToken, Sealed } from '../sharing/report.ts';
import { KEY_BYTES, newKey, openSealed, seal, sealTo, unseal, wipe } from './seal.ts';
import { fromBase64Url } from './sign.ts';

/** A station of the partner, with its public box key as base64url. */
export interface Recipient {
  stationId: string;
  boxKey: string;
}

const boxContext = (reportId: string): string => `countercheck-personal/1 ${reportId}`;
const keyContext = (reportId: string, stationId: string): string =>
  `countercheck-personal-key/1 ${reportId} ${stationId}`;

/**
 * Closes the personal part of a report under a key of its own, and that key for each station. Null where no station has
 * a usable key. A station that enrols later cannot read it.
 */
export function sealPersonal(
  part: SealedPart,
  to: { reportId: string; agencyId: string; stations: readonly Recipient[] },
): Sealed | null {
  const key = newKey();
  try {
    const opened = to.stations.flatMap(({ stationId, boxKey }) => {
      const raw = fromBase64Url(boxKey, KEY_BYTES);
      const closed = raw === null ? null : closedKey(raw, key, keyContext(to.reportId, stationId));
      return closed === null ? [] : [{ stationId, key: closed.toString('base64') }];
    });
    if (opened.length === 0) return null;
    const text = Buffer.from(JSON.stringify(part), 'utf8');
    const box = seal(key, text, boxContext(to.reportId));
    wipe(text);
    return { agencyId: to.agencyId, for: opened, box: box.toString('base64') };
  } finally {
    wipe(key);
  }
}

function closedKey(boxKey: Uint8Array, key: Uint8Array, context: string): Buffer | null {
  try {
    return sealTo(boxKey, key, context);
  } catch {
    // 32 bytes of small order, which no key pair has.
    return null;
  }
}

/**
 * The personal part at a station of the partner. Null where it is not for this station, was changed, or belongs to
 * another report.
 */
export function openPersonal(
  report: { id: string; sealed: Sealed | null },
  station: { stationId: string; boxPrivateKey: Uint8Array },
): SealedPart | null {
  const own = report.sealed?.for.find(({ stationId }) => stationId === station.stationId);
  if (report.sealed === null || own === undefined) return null;
  const context = keyContext(report.id, station.stationId);
  const key = openSealed(station.boxPrivateKey, Buffer.from(own.key, 'base64'), context);
  if (key === null) return null;
  const bytes = unseal(key, Buffer.from(report.sealed.box, 'base64'), boxContext(report.id));
  wipe(key);
  if (bytes === null) return null;
  try {
    const read = sealedPart.safeParse(JSON.parse(bytes.toString('utf8')));
    return read.success ? read.data : null;
  } catch {
    return null;
  } finally {
    wipe(bytes);
  }
}

/** A key of the network for tokens of numbers: its name and its 32 bytes as base64url. */
export interface LinkKey {
  id: string;
  key: string;
}

/**
 * A document's number (letters and digits, capitals) as a token: HMAC-SHA-256, so that who has not the key cannot try
 * numbers until one fits. Null where the key is none.
 */
export function tokenOf(linkKey: LinkKey, number: string): NumberToken | null {
  const key = fromBase64Url(linkKey.key, KEY_BYTES);
  if (key === null) return null;
  const token = createHmac('sha256', key).update(`countercheck-token/1\nLK01\n${number}`).digest('base64url');
  wipe(key);
  return { keyId: linkKey.id, token };
}
