// A hub that answers what a test says, with keys of its own: for one answer at a time. Histories use the real one.
import { v7 as uuidv7 } from 'uuid';
import type { Transport } from '../../electron/sync/hub-client.ts';
import { createRandom } from '../../shared/specimen/prng.ts';
import {
  hubTimeText,
  newSignPair,
  type Receipt,
  receiptText,
  sha256,
  signText,
} from '../../shared/wire/sign.ts';
import type { Db } from '../../electron/db/open.ts';
import type { OutboxRow } from '../../shared/contract/sync.ts';
import { outboxRows } from '../../electron/db/outbox.ts';
import type { SyncOptions } from '../../electron/sync/sync.ts';
import { until } from '../until.ts';
import { enrolledStore, runStation, type RunningStation, type Written, writeReport } from './test-station.ts';

export interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Headers;
  body: Buffer;
}

/** Answers one request; a rejected promise is a network that broke. */
export type Script = (asked: Asked, place: number) => Response | Promise<Response>;

export const HUB_ID = '0192b000-0000-4000-8000-0000000000c1';
const hubKeys = newSignPair();
const strangerKeys = newSignPair();

export const json = (status: number, content: object, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(content), { status, headers });

export const refusal = (status: number, code: string, headers: Record<string, string> = {}): Response =>
  json(status, { error: { code } }, headers);

export const portal = (status: number, headers: Record<string, string> = {}): Response =>
  new Response('<html>Sign in</html>', { status, headers });

/** A receipt for what was asked, or for what `other` makes of it; by a stranger where it is said. */
export function receiptFor(asked: Asked, other: Partial<Receipt> = {}, byStranger = false): Response {
  const [, , noun, id = ''] = asked.path.split('/');
  const receipt: Receipt = {
    kind: noun === 'images' ? 'image' : 'report',
    id,
    sha256: noun === 'images' ? id : sha256(asked.body),
    at: '2026-11-23T02:00:00.000Z',
    hubId: HUB_ID,
    ...other,
  };
  const { privateKey } = byStranger ? strangerKeys : hubKeys;
  return json(201, { receipt, signature: signText(privateKey, receiptText(receipt)) });
}

/** A refusal that tells the hub's time, signed for the nonce of the request. */
export function wrongClock(asked: Asked, hubTime: Date, byStranger = false): Response {
  const time = hubTime.toISOString();
  const nonce = asked.headers.get('cc-nonce') ?? '';
  const { privateKey } = byStranger ? strangerKeys : hubKeys;
  const signature = signText(privateKey, hubTimeText({ hubTime: time, hubId: HUB_ID, nonce }));
  return json(401, { error: { code: 'clock' }, hubTime: time, signature });
}

function must(isTrue: boolean): void {
  if (!isTrue) throw new Error('not yet');
}

export const IDS = { stationId: uuidv7(), agencyId: uuidv7() };
export const PACE = { firstMs: 20, longestMs: 40, answerMs: 150, usualPauseMs: 25, longestPauseMs: 5000 };

export interface Scripted extends RunningStation {
  /** Every request to send something, in their order. */
  asked: Asked[];
  rows(): OutboxRow[];
  write(pictureBytes?: readonly number[]): Written;
  /** Resolves once so many requests to send something came. */
  heard(count: number): Promise<void>;
  /** Resolves once every row is in one of these states. */
  come(...states: OutboxRow['state'][]): Promise<OutboxRow[]>;
}

/** A station that sends to a hub of this script; what it asks of feed and directory is never answered. */
export function scripted(
  script: Script,
  options: SyncOptions & { db?: Db; now?: () => Date } = {},
): Scripted {
  const asked: Asked[] = [];
  const transport: Transport = async (url, init) => {
    const { pathname, searchParams } = new URL(url);
    if (/\/v1\/(feed|directory)/u.test(pathname)) throw new TypeError('fetch failed');
    const own = {
      method: init.method ?? '',
      path: pathname,
      query: searchParams,
      headers: new Headers(init.headers),
      body: Buffer.from((init.body ?? '') as Uint8Array),
    };
    asked.push(own);
    const aborted = new Promise<never>((_resolve, reject) =>
      init.signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError'))),
    );
    const place = asked.length;
    return Promise.race([Promise.resolve().then(() => script(own, place)), aborted]);
  };
  const { db: given, ...rest } = options;
  const keys = { hubId: HUB_ID, signKey: hubKeys.publicKey.toString('base64url'), boxKey: 'x' };
  const db = given ?? enrolledStore(IDS, keys).db;
  const station = runStation(db, { transport, pace: PACE, random: () => 1, ...rest });
  const random = createRandom(7);
  const rows = (): OutboxRow[] => outboxRows(db).toSorted((a, b) => a.seq - b.seq);
  return {
    ...station,
    asked,
    rows,
    write: (pictureBytes = []) =>
      writeReport(station, IDS, random, { pictureBytes, waits: false, at: new Date() }),
    heard: (count) => until(() => must(asked.length >= count)),
    async come(...states) {
      await until(() => must(rows().length > 0 && rows().every(({ state }) => states.includes(state))));
      return rows();
    },
  };
}
