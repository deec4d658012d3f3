// Who this station is to a hub and to other stations: two pairs of keys, made once, kept in the encrypted store alone.
import { newKeyPair } from '../../shared/wire/seal.ts';
import { newSignPair, signText, toBase64Url } from '../../shared/wire/sign.ts';
import { type IdentityRow, loadIdentity, saveIdentity } from '../db/hub-link.ts';
import type { Db } from '../db/open.ts';

export interface Identity {
  /** Public keys, base64url. */
  signKey: string;
  boxKey: string;
  /** Opens what was sealed to this station. */
  boxPrivate: Buffer;
  /** Signs a text, base64url. */
  sign(text: string): string;
}

function identityFrom({ signKey, signPrivate, boxKey, boxPrivate }: IdentityRow): Identity {
  return {
    signKey: toBase64Url(signKey),
    boxKey: toBase64Url(boxKey),
    boxPrivate,
    sign: (text) => signText(signPrivate, text),
  };
}

/** Null for a station that never had a hub. */
export function identityOf(db: Db): Identity | null {
  const row = loadIdentity(db);
  return row === null ? null : identityFrom(row);
}

/** The same, made now where there is none; durable before anybody is told of it. */
export function ensureIdentity(db: Db, at: string): Identity {
  return db
    .transaction(() => {
      const sign = newSignPair();
      const box = newKeyPair();
      saveIdentity(
        db,
        {
          signKey: sign.publicKey,
          signPrivate: sign.privateKey,
          boxKey: box.publicKey,
          boxPrivate: box.privateKey,
        },
        at,
      );
      const row = loadIdentity(db);
      if (row === null) throw new Error('the store keeps no identity');
      return identityFrom(row);
    })
    .immediate();
}
