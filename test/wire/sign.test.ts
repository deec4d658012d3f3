// Keys, signed texts and refusals that station and hub share: exact strings, and nothing that passes by chance.
import { randomBytes, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { REFUSALS, stationDoes } from '../../shared/wire/codes.ts';
import {
  bundleText,
  EMPTY_SHA256,
  enrolmentText,
  fromBase64Url,
  hubTimeText,
  newSignPair,
  receiptText,
  reportSignText,
  requestText,
  sha256,
  signText,
  toBase64Url,
  verifyText,
} from '../../shared/wire/sign.ts';

const pair = newSignPair();
const own = toBase64Url(pair.publicKey);

describe('a signature', () => {
  test('is as RFC 8032 has it (section 7.1, test 2)', () => {
    const secret = Buffer.from('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb', 'hex');
    const open = Buffer.from('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c', 'hex');
    const signed =
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00';
    expect(Buffer.from(signText(secret, 'r'), 'base64url').toString('hex')).toBe(signed);
    expect(verifyText(toBase64Url(open), 'r', Buffer.from(signed, 'hex').toString('base64url'))).toBe(true);
  });

  test('holds for its text and its key alone', () => {
    const signature = signText(pair.privateKey, 'a text');
    expect(verifyText(own, 'a text', signature)).toBe(true);
    expect(verifyText(own, 'a text ', signature)).toBe(false);
    expect(verifyText(toBase64Url(newSignPair().publicKey), 'a text', signature)).toBe(false);
  });

  test('with any bit turned does not hold, and nothing that is no key or signature throws', () => {
    const raw = Buffer.from(signText(pair.privateKey, 'a text'), 'base64url');
    fc.assert(
      fc.property(fc.nat(63), fc.nat(7), (at, bit) => {
        const turned = Buffer.from(raw);
        turned[at] = (turned[at] ?? 0) ^ (1 << bit);
        expect(verifyText(own, 'a text', toBase64Url(turned))).toBe(false);
      }),
      { numRuns: 60 },
    );
    fc.assert(
      fc.property(fc.string(), fc.string(), (key, signature) => {
        expect(verifyText(key, 'a text', signature)).toBe(false);
      }),
    );
    expect(verifyText(toBase64Url(Buffer.alloc(32, 0xff)), 'a text', toBase64Url(raw))).toBe(false);
  });
});

describe('base64url', () => {
  test('has one spelling for bytes of a length', () => {
    const bytes = randomBytes(32);
    const text = toBase64Url(bytes);
    expect(fromBase64Url(text, 32)?.equals(bytes)).toBe(true);
    for (const other of [`${text}=`, ` ${text}`, text.slice(1), `${text}A`, text.slice(0, -1), `${text}\n`]) {
      expect(fromBase64Url(other, 32), other).toBeNull();
    }
    // Two bits of the last character stand for nothing: only one of four spellings is taken.
    const last = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const spellings = [...last].filter((char) => fromBase64Url(text.slice(0, -1) + char, 32)?.equals(bytes));
    expect(spellings).toHaveLength(1);
  });
});

describe('texts to sign', () => {
  const [stationId, hubId] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'];

  test.each([
    [
      'a request',
      requestText({
        method: 'PUT',
        target: '/v1/reports/1?a=b',
        bodySha256: EMPTY_SHA256,
        time: '2026-11-23T02:00:00.000Z',
        nonce: 'AAAAAAAAAAAAAAAAAAAAAA',
        stationId,
        hubId,
      }),
      `countercheck-request/1\nPUT\n/v1/reports/1?a=b\ne3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n2026-11-23T02:00:00.000Z\nAAAAAAAAAAAAAAAAAAAAAA\n${stationId}\n${hubId}`,
    ],
    ['a report', reportSignText('1', 'ab'), 'countercheck-report/1\n1\nab'],
    [
      'a receipt',
      receiptText({ kind: 'image', id: 'x', sha256: 'y', at: 'z', hubId }),
      `countercheck-receipt/1\nimage\nx\ny\nz\n${hubId}`,
    ],
    ['the time', hubTimeText({ hubTime: 't', hubId, nonce: 'n' }), `countercheck-time/1\nt\n${hubId}\nn`],
    [
      'an enrolment',
      enrolmentText({ code: 'c', signKey: 's', boxKey: 'b' }),
      'countercheck-enrolment/1\nc\ns\nb',
    ],
    [
      'a bundle',
      bundleText({
        bundleId: 'b',
        from: { kind: 'hub', id: '1' },
        to: { kind: 'station', id: '2' },
        at: 't',
        keySha256: 'k',
      }),
      'countercheck-bundle/1\nb\nhub\n1\nstation\n2\nt\nk',
    ],
  ])('%s', (_, text, expected) => {
    expect(text).toBe(expected);
  });

  test('a line break in a part is refused: it would make one text of two requests', () => {
    const parts = { method: 'GET', target: '/', bodySha256: 'x', time: 't', nonce: 'n', stationId, hubId };
    for (const name of Object.keys(parts)) {
      expect(() => requestText({ ...parts, [name]: 'a\nb' }), name).toThrow('line break');
    }
    expect(() => reportSignText('a\rb', 'c')).toThrow('line break');
  });
});

describe('refusals', () => {
  test('each code is spelled in kebab case and has a status of refusals', () => {
    for (const [code, { status }] of Object.entries(REFUSALS)) {
      expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(600);
    }
  });

  test.each([
    ['different-bytes', 409, 'park-alarm'],
    ['report-first', 409, 'retry'],
    ['schema', 422, 'park'],
    ['clock', 401, 'fix-clock'],
    ['revoked', 403, 'stop'],
    ['busy', 429, 'pause'],
    ['not-ready', 503, 'pause'],
    // Codes of a hub that is newer, or of something on the way: their status decides.
    ['made-up', 409, 'park-alarm'],
    ['made-up', 400, 'park'],
    ['made-up', 408, 'retry'],
    ['made-up', 418, 'park'],
    ['made-up', 401, 'stop'],
    ['made-up', 429, 'pause'],
    ['made-up', 500, 'retry'],
    ['made-up', 302, 'retry'],
    // A known code under a status that is not its own was not said by a hub.
    ['schema', 500, 'retry'],
    ['constructor', 400, 'park'],
  ] as const)('%s with %i: %s', (code, status, does) => {
    expect(stationDoes(code, status)).toBe(does);
  });

  test('digests are of the bytes', () => {
    expect(sha256('')).toBe(EMPTY_SHA256);
    expect(sha256(Buffer.from('é', 'utf8'))).toBe(sha256('é'));
    expect(sha256(randomUUID())).toMatch(/^[0-9a-f]{64}$/);
  });
});
