// One row of the outbox on its way: a report whole, a picture in pieces from where the hub has it.
import { PIECE_BYTES } from '../../shared/wire/api.ts';
import { REPORT_SIGNATURE_HEADER, sha256 } from '../../shared/wire/sign.ts';
import type { HubLink } from '../db/hub-link.ts';
import type { Claim } from '../db/outbox.ts';
import type { HubClient, HubRequest } from './hub-client.ts';
import { type Verdict, verdictOf } from './verdict.ts';

export interface SendMeans {
  client: HubClient;
  signal: AbortSignal;
  now: () => Date;
  /** The hub said how many bytes it has. */
  pieceSent: (done: number) => void;
}

export type Sent = Exclude<Verdict, { do: 'more' }>;

/** What is not as it was written may not leave: somebody changed the store, or the disk did. */
const CHANGED: Sent = { do: 'park', reason: 'changed-here', isAlarm: true };

/** Sends the exact bytes that were approved. */
export async function sendReport(
  { client, signal, now }: SendMeans,
  hub: HubLink,
  { subject, sha256: digest }: Claim,
  report: { body: Buffer; signature: string } | undefined,
): Promise<Sent> {
  if (report === undefined || sha256(report.body) !== digest) return CHANGED;
  const heard = await client.ask(hub, {
    method: 'PUT',
    target: `/v1/reports/${subject}`,
    body: report.body,
    headers: { 'content-type': 'application/json', [REPORT_SIGNATURE_HEADER]: report.signature },
    signal,
  });
  const verdict = verdictOf(heard, { kind: 'report', id: subject, sha256: digest }, hub, now());
  return verdict.do === 'more' ? { do: 'retry', reason: 'not-the-hub' } : verdict;
}

/**
 * Sends a picture from where the hub has it. Where the hub says something else than the piece that was sent, it is right:
 * it may know more of an earlier try than we heard. A hub that gets no further ends the try.
 */
export async function sendPicture(
  { client, signal, now, pieceSent }: SendMeans,
  hub: HubLink,
  { subject, sha256: digest, done }: Claim,
  picture: { bytes: Buffer; mime: string } | undefined,
): Promise<Sent> {
  if (picture === undefined || sha256(picture.bytes) !== digest) return CHANGED;
  const { bytes, mime } = picture;
  const total = bytes.length;
  const query = new URLSearchParams({ total: String(total), mime }).toString();
  const expected = { kind: 'image', id: subject, sha256: digest } as const;
  const lastPiece = Math.floor((total - 1) / PIECE_BYTES) * PIECE_BYTES;
  const most = Math.ceil(total / PIECE_BYTES) + 2;
  let offset = pieceAt(done);

  function pieceAt(received: number): number {
    return Math.min(lastPiece, Math.floor(received / PIECE_BYTES) * PIECE_BYTES);
  }

  function piece(): HubRequest {
    return {
      method: 'PUT',
      target: `/v1/images/${subject}/pieces/${offset}?${query}`,
      body: bytes.subarray(offset, offset + PIECE_BYTES),
      headers: { 'content-type': 'application/octet-stream' },
      signal,
    };
  }

  for (let sent = 0; sent < most; sent += 1) {
    const verdict = verdictOf(await client.ask(hub, piece()), expected, hub, now());
    if (verdict.do !== 'more') return verdict;
    pieceSent(Math.min(total, verdict.received));
    offset = pieceAt(verdict.received);
  }
  return { do: 'retry', reason: 'no-progress' };
}
