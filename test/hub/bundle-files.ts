// Bundles as stations write and read them, for tests of the hub's side.
import { v7 as uuidv7 } from 'uuid';
import type { HubIdentity } from '../../hub/identity.ts';
import { PIECE_BYTES } from '../../shared/wire/api.ts';
import { readBundle, writeBundle } from '../../shared/wire/bundle.ts';
import type { ContentHead, Frame } from '../../shared/wire/bundle-frames.ts';
import { reportSignText } from '../../shared/wire/sign.ts';
import { sha256, type TestStation } from './test-hub.ts';
import { bytesOfReport, networkReport } from './wire-reports.ts';

export async function gather(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}

export async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

/** The file that a station writes for its hub. */
export const writeFor = (
  station: TestStation,
  identity: HubIdentity,
  frames: Frame<ContentHead>[],
  to = identity.id,
): Promise<Buffer> =>
  gather(
    writeBundle(frames, {
      bundleId: uuidv7(),
      at: new Date().toISOString(),
      from: { kind: 'station', id: station.stationId },
      signPrivateKey: station.signPrivate,
      to: { kind: 'hub', id: to },
      toBoxKey: identity.boxKey.toString('base64url'),
    }),
  );

/** What a station finds in a file of its hub. */
export async function readAt(station: TestStation, identity: HubIdentity, bytes: Buffer): Promise<Frame[]> {
  const frames: Frame[] = [];
  const reader = {
    self: { kind: 'station', id: station.stationId } as const,
    boxPrivateKey: station.boxPrivate,
    signKeyOf: () => identity.signKey.toString('base64url'),
    mostBytes: 100_000_000,
  };
  for await (const frame of readBundle(once(bytes), reader)) frames.push(frame);
  return frames;
}

export function reportFrame(
  station: TestStation,
  images: Buffer[] = [],
): { id: string; frame: Frame<ContentHead> } {
  const report = networkReport(station, {
    images: images.map((bytes) => ({
      sha256: sha256(bytes),
      bytes: bytes.length,
      mime: 'image/png',
      light: 'white',
      what: 'crop',
    })),
  });
  const bytes = bytesOfReport(report);
  const signature = station.sign(reportSignText(report.id, sha256(bytes)));
  return {
    id: report.id,
    frame: { head: { kind: 'report', id: report.id, sha256: sha256(bytes), signature }, bytes },
  };
}

export function imageFrames(bytes: Buffer): Frame<ContentHead>[] {
  const offsets = Array.from({ length: Math.ceil(bytes.length / PIECE_BYTES) }, (_, at) => at * PIECE_BYTES);
  return offsets.map((offset) => ({
    head: { kind: 'image', sha256: sha256(bytes), mime: 'image/png', total: bytes.length, offset },
    bytes: bytes.subarray(offset, offset + PIECE_BYTES),
  }));
}
