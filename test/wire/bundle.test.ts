// The bundle that is carried by hand: it opens for its recipient as its sender wrote it, and for nothing and nobody else.
import { createCipheriv, randomBytes, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type BundleFaultCode, readBundle, type Reader } from '../../shared/wire/bundle.ts';
import type { ContentHead, Frame, Party } from '../../shared/wire/bundle-frames.ts';
import { newKey, newKeyPair, sealTo } from '../../shared/wire/seal.ts';
import { newSignPair, toBase64Url } from '../../shared/wire/sign.ts';
import {
  BODY,
  READER,
  CHUNK,
  fault,
  FRAMES,
  HUB,
  hubBox,
  read,
  report,
  STATION,
  stationSign,
  whole,
  written,
} from './bundles.ts';

describe('a bundle', () => {
  test('gives back every frame in order, whatever the lengths in which it comes', async () => {
    for (const length of [1 << 20, 4096, 1]) {
      const small = length === 1 ? await written(FRAMES.slice(0, 1)) : whole;
      const [opening, ...frames] = await read(small, {}, length);
      expect(opening?.head).toMatchObject({ kind: 'from', from: STATION, to: HUB });
      expect(frames.map(({ head }) => head)).toEqual(
        (length === 1 ? FRAMES.slice(0, 1) : FRAMES).map(({ head }) => head),
      );
      for (const [index, { bytes }] of frames.entries()) {
        expect(Buffer.compare(bytes, FRAMES[index]?.bytes ?? Buffer.alloc(0))).toBe(0);
      }
    }
  });

  test('lets go of its file: read to its end, refused, or left in the middle', async () => {
    let closed = 0;
    async function* file(bytes: Uint8Array) {
      try {
        yield bytes.subarray(0, 70_000);
        yield bytes.subarray(70_000);
      } finally {
        closed += 1;
      }
    }
    for await (const frame of readBundle(file(whole), READER)) expect(frame).toBeDefined();
    for await (const frame of readBundle(file(whole), READER)) {
      expect(frame.head.kind).toBe('from');
      break;
    }
    await expect(readBundle(file(randomBytes(80_000)), READER).next()).rejects.toThrow('not-a-bundle');
    expect(closed).toBe(3);
  });

  test('of nothing has its opening', async () => {
    expect((await read(await written([]))).map(({ head }) => head.kind)).toEqual(['from']);
  });

  test('read twice says the same twice', async () => {
    const heads = async () => (await read(whole)).map(({ head }) => head);
    expect(await heads()).toEqual(await heads());
  });

  test('says nothing of its content in clear', () => {
    expect(whole.includes(STATION.id)).toBe(false);
    expect(whole.includes('report')).toBe(false);
    expect(whole.includes(Buffer.from(FRAMES[0]?.bytes.subarray(0, 16) ?? []))).toBe(false);
  });

  test('is no longer than its frames by more than a little', () => {
    const content = FRAMES.reduce((sum, { bytes }) => sum + bytes.length, 0);
    expect(whole.length - content).toBeLessThan(2500);
  });
});

describe('refused', () => {
  test('cut short anywhere', async () => {
    const edges = [0, 1, 22, 23, 60, 80, BODY - 1, BODY, BODY + 16, BODY + 17];
    const chunks = [BODY + CHUNK - 1, BODY + CHUNK, BODY + CHUNK + 1, BODY + 2 * CHUNK, whole.length - 1];
    for (const length of [...edges, ...chunks]) {
      expect(await fault(whole.subarray(0, length)), `${length} bytes`).not.toBe('none');
    }
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), async (length) => {
        expect(await fault(whole.subarray(0, length))).not.toBe('none');
      }),
      { numRuns: 60 },
    );
  });

  test('with any bit turned', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(7), async (at, bit) => {
        const bytes = Buffer.from(whole);
        bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
        expect(await fault(bytes), `byte ${at}`).not.toBe('none');
      }),
      { numRuns: 150 },
    );
  });

  test('with bytes behind its end, with a chunk twice, left out or moved', async () => {
    const [head, first, second, rest] = [
      whole.subarray(0, BODY),
      whole.subarray(BODY, BODY + CHUNK),
      whole.subarray(BODY + CHUNK, BODY + 2 * CHUNK),
      whole.subarray(BODY + 2 * CHUNK),
    ];
    for (const parts of [
      [whole, Buffer.from([0])],
      [whole, whole],
      [head, first, first, second, rest],
      [head, second, first, rest],
      [head, first, rest],
      [head, second, rest],
      [head],
    ]) {
      expect(await fault(Buffer.concat(parts))).toBe('damaged');
    }
  });

  test('where frames end with chunks, so that only the chunks themselves can tell', async () => {
    const opening = (await written([])).length - BODY - 16;
    const lengthOf = ({ head, bytes }: Frame): number => 8 + JSON.stringify(head).length + bytes.length;
    const filling = (length: number): Frame<ContentHead> => {
      const frame = report(randomBytes(length - lengthOf(report(Buffer.alloc(0)))));
      expect(lengthOf(frame)).toBe(length);
      return frame;
    };
    const aligned = await written([
      filling(CHUNK - 16 - opening),
      filling(CHUNK - 16),
      filling(CHUNK - 16),
      filling(500),
    ]);
    const chunk = (place: number) => aligned.subarray(BODY + place * CHUNK, BODY + (place + 1) * CHUNK);
    const [head, first, second, third, rest] = [
      aligned.subarray(0, BODY),
      chunk(0),
      chunk(1),
      chunk(2),
      chunk(3),
    ];
    expect((await read(Buffer.concat([head, first, second, third, rest]))).length).toBe(5);
    for (const parts of [
      [head, first],
      [head, first, second, third],
      [head, first, second, second, third, rest],
      [head, first, third, second, rest],
      [head, first, third, rest],
      [head, first, second, third, rest, rest],
    ]) {
      expect(await fault(Buffer.concat(parts))).toBe('damaged');
    }
  });

  test('with chunks of another bundle of the same sender', async () => {
    const other = await written();
    expect(await fault(Buffer.concat([whole.subarray(0, BODY), other.subarray(BODY)]))).toBe('damaged');
    expect(await fault(Buffer.concat([whole.subarray(0, BODY + CHUNK), other.subarray(BODY + CHUNK)]))).toBe(
      'damaged',
    );
  });

  test.each<[string, BundleFaultCode, () => Promise<Buffer>, Partial<Reader>]>([
    ['for another hub', 'not-ours', () => written(), { self: { kind: 'hub', id: randomUUID() } }],
    ['for a station of the same id', 'not-ours', () => written(), { self: { kind: 'station', id: HUB.id } }],
    ['for another key', 'damaged', () => written(), { boxPrivateKey: newKeyPair().privateKey }],
    [
      'of somebody unknown',
      'unknown-sender',
      () => written(FRAMES, { from: { kind: 'station', id: randomUUID() } }),
      {},
    ],
    [
      'signed by another',
      'unknown-sender',
      () => written(FRAMES, { signPrivateKey: newSignPair().privateKey }),
      {},
    ],
    ['of a station that is revoked', 'unknown-sender', () => written(), { signKeyOf: () => null }],
    ['longer than is read', 'too-large', () => written(), { mostBytes: 100_000 }],
    ['which is another kind of file', 'not-a-bundle', () => Promise.resolve(randomBytes(5000)), {}],
    ['which is empty', 'not-a-bundle', () => Promise.resolve(Buffer.alloc(0)), {}],
  ])('%s: %s', async (_, code, bytes, reader) => {
    expect(await fault(await bytes(), reader)).toBe(code);
  });

  test('of another sender whose name was changed in the opening', async () => {
    // Whoever has the recipient's public key can seal; only the signature tells who did.
    const other: Party = { kind: 'station', id: randomUUID() };
    const thief = newSignPair();
    const signKeyOf = ({ id }: Party) =>
      toBase64Url(id === other.id ? thief.publicKey : stationSign.publicKey);
    expect(await fault(await written(FRAMES, { from: other }), { signKeyOf })).toBe('unknown-sender');
    const own = await written(FRAMES, { from: other, signPrivateKey: thief.privateKey });
    expect(await fault(own, { signKeyOf })).toBe('none');
  });

  test('sent on: a recipient cannot close it again for somebody else', async () => {
    const third = newKeyPair();
    const thirdHub: Party = { kind: 'hub', id: randomUUID() };
    const passed = await written(FRAMES, { to: HUB, toBoxKey: toBase64Url(third.publicKey) });
    const lines = Buffer.from(`countercheck-bundle/1\nhub ${thirdHub.id}\n`);
    const forged = Buffer.concat([lines, passed.subarray(BODY - 92)]);
    expect(await fault(forged, { self: thirdHub, boxPrivateKey: third.privateKey })).toBe('damaged');
  });

  test('frames that claim any length, without holding that much', async () => {
    const key = newKey();
    for (const [headLength, length] of [
      [0xffffffff, 0],
      [10, 0xffffffff],
      [0xffffffff, 0xffffffff],
      [8 * 1024 + 1, 1],
    ] as const) {
      const lengths = Buffer.alloc(8);
      lengths.writeUInt32BE(headLength, 0);
      lengths.writeUInt32BE(length, 4);
      const head = Buffer.from(`countercheck-bundle/1\nhub ${HUB.id}\n`);
      const closedKey = sealTo(hubBox.publicKey, key, `countercheck-bundle/1 hub ${HUB.id}`);
      // One last chunk at place 0, closed as the format says.
      const nonce = Buffer.alloc(12);
      nonce[11] = 1;
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const chunk = Buffer.concat([
        cipher.update(Buffer.concat([lengths, randomBytes(40)])),
        cipher.final(),
        cipher.getAuthTag(),
      ]);
      const before = process.memoryUsage().rss;
      expect(await fault(Buffer.concat([head, closedKey, chunk]))).toBe('damaged');
      expect(process.memoryUsage().rss - before).toBeLessThan(60_000_000);
    }
  });
});
