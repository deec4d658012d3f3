// Keys made ready once, since turning raw bytes into a key costs more than a signature; signatures beside the main thread.
import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { fromBase64Url, SIGNATURE_BYTES } from '../shared/wire/sign.ts';

/** Whether the owner of the key signed the text; `signature` as base64url. */
export type Verifier = (text: string, signature: string) => Promise<boolean>;
/** Signs a text; base64url. */
export type Signer = (text: string) => Promise<string>;

/** The verifier of an Ed25519 public key of 32 bytes. Throws where they are no point of the curve. */
export function verifierOf(publicKey: Buffer): Verifier {
  const key = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: publicKey.toString('base64url') },
    format: 'jwk',
  });
  return async (text, signature) => {
    const raw = fromBase64Url(signature, SIGNATURE_BYTES);
    if (raw === null) return false;
    return new Promise((resolve, reject) => {
      verify(null, Buffer.from(text, 'utf8'), key, raw, (error, isRight) => {
        if (error) reject(error);
        else resolve(isRight);
      });
    });
  };
}

/** The signer of an Ed25519 pair of 32 bytes each. */
export function signerOf(privateKey: Buffer, publicKey: Buffer): Signer {
  const key = createPrivateKey({
    key: {
      kty: 'OKP',
      crv: 'Ed25519',
      d: privateKey.toString('base64url'),
      x: publicKey.toString('base64url'),
    },
    format: 'jwk',
  });
  return (text) =>
    new Promise((resolve, reject) => {
      sign(null, Buffer.from(text, 'utf8'), key, (error, signature) => {
        if (error) reject(error);
        else resolve(signature.toString('base64url'));
      });
    });
}
