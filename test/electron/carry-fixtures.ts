// Stations that know each other by one small hub, which takes their keys and hands out the directory; reports it takes none.
import { randomUUID } from 'node:crypto';
import { createReadStream, mkdtempSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { AppOptions } from '../../electron/app.ts';
import { toGroupedCode } from '../../shared/contract/grouped-code.ts';
import { readBundle, writeBundle } from '../../shared/wire/bundle.ts';
import type { ContentHead, Frame } from '../../shared/wire/bundle-frames.ts';
import { newKeyPair } from '../../shared/wire/seal.ts';
import { newSignPair, receiptText, signText, toBase64Url } from '../../shared/wire/sign.ts';
import { until } from '../until.ts';
import { openStaffed, referCase } from './case-fixtures.ts';
import { newId, temporaryFolder, type TestApp } from './fixtures.ts';
import { filled } from './report-fixtures.ts';
import { ADMINISTRATOR, OFFICER } from './set-up.ts';

type Sync = NonNullable<AppOptions['sync']>;

interface Enrolled {
  id: string;
  agencyId: string;
  code: string;
  place: string;
  country: string;
  signKey: string;
  boxKey: string;
  enrolledAt: string;
  revokedAt: string | null;
}

const AT = '2026-11-23T02:00:00.000Z';
const json = (content: object): Response => new Response(JSON.stringify(content));

/** A hub that only introduces stations to each other; what is carried to it is opened and answered by hand. */
export function introducer() {
  const sign = newSignPair();
  const box = newKeyPair();
  const hubId = randomUUID();
  const agencies = [
    { id: randomUUID(), name: 'Border Guard', country: 'UTO', closedAt: null },
    { id: randomUUID(), name: 'Customs', country: 'UTO', closedAt: null },
  ];
  const stations: Enrolled[] = [];
  let isAway = false;
  let hasEnded = false;
  const directory = () => ({ agencies, stations, linkKeys: [], epoch: 1, at: AT });

  function enrol(body: string, agencyId: string): Response {
    const { signKey, boxKey, station } = JSON.parse(body);
    const id = randomUUID();
    stations.push({ id, agencyId, ...station, signKey, boxKey, enrolledAt: AT, revokedAt: null });
    return json({
      stationId: id,
      agencyId,
      agencyName: 'Border Guard',
      hubId,
      hubName: 'Hub',
      linkKeys: [],
      epoch: 1,
      at: new Date().toISOString(),
      hubSignKey: toBase64Url(sign.publicKey),
      hubBoxKey: toBase64Url(box.publicKey),
    });
  }

  const syncFor = (agency: 0 | 1): Sync => ({
    pace: { firstMs: 20, longestMs: 50, lookMs: 50 },
    transport: async (url, init) => {
      if (hasEnded) return new Response(JSON.stringify({ error: { code: 'revoked' } }), { status: 403 });
      if (isAway) throw new TypeError('fetch failed');
      const { pathname } = new URL(url);
      if (pathname === '/v1/enrolments')
        return enrol(Buffer.from(init.body as Uint8Array).toString('utf8'), agencies[agency]?.id ?? '');
      if (pathname === '/v1/directory') return json(directory());
      if (pathname === '/v1/feed')
        return json({
          items: [{ seq: 1 + stations.length, kind: 'directory' }],
          cursor: 'beginning',
          more: false,
          epoch: 1,
        });
      throw new TypeError('fetch failed');
    },
  });

  const self = { kind: 'hub', id: hubId } as const;
  const party = (id: string) => ({ kind: 'station', id }) as const;
  const stationOf = (id: string) => stations.find((each) => each.id === id);

  return {
    hubId,
    agencies,
    stations,
    syncFor,
    directory,
    /** From now on nobody answers. */
    goAway: () => void (isAway = true),
    /** From now on every station is told that it was ended. */
    endAll: () => void (hasEnded = true),
    /** What a file says to the hub. */
    async open(path: string): Promise<Frame[]> {
      const frames: Frame[] = [];
      const reader = {
        self,
        boxPrivateKey: box.privateKey,
        signKeyOf: ({ id }: { id: string }) => stationOf(id)?.signKey ?? null,
        mostBytes: 1e8,
      };
      for await (const frame of readBundle(createReadStream(path), reader)) frames.push(frame);
      return frames;
    },
    /** A file of the hub for a station. */
    async write(stationId: string, frames: Frame<ContentHead>[]): Promise<Buffer> {
      const pieces: Buffer[] = [];
      const sender = {
        bundleId: newId(),
        at: AT,
        from: self,
        signPrivateKey: sign.privateKey,
        to: party(stationId),
        toBoxKey: stationOf(stationId)?.boxKey ?? '',
      };
      for await (const piece of writeBundle(frames, sender)) pieces.push(piece);
      return Buffer.concat(pieces);
    },
    receipt(kind: 'report' | 'image', id: string, digest: string): Frame<ContentHead> {
      const receipt = { kind, id, sha256: digest, at: AT, hubId };
      const signature = signText(sign.privateKey, receiptText(receipt));
      return { head: { kind: 'receipt', receipt, signature }, bytes: Buffer.alloc(0) };
    },
  };
}

export type Introducer = ReturnType<typeof introducer>;

export const CODE = toGroupedCode(new Uint8Array(10).fill(7));

/** A staffed station that is enrolled; the officer is signed in. */
export async function openEnrolled(
  hub: Introducer,
  stationCode: string,
  agency: 0 | 1 = 0,
  options: Pick<AppOptions, 'now' | 'health'> = {},
): Promise<TestApp> {
  const app = await openStaffed(
    { ...options, sync: hub.syncFor(agency) },
    { reportApproval: 'off', stationCode },
  );
  await app.signIn(ADMINISTRATOR);
  await app.ask('hub.enrol', { address: 'https://hub.example', code: CODE });
  await app.signIn(OFFICER);
  return app;
}

/** Waits until every one of these knows all stations of the hub; then the hub is away. */
export async function introduced(hub: Introducer, ...apps: TestApp[]): Promise<void> {
  for (const app of apps)
    await until(async () => {
      const { stations } = await app.ask('bundle.recipients', {});
      if (stations.length < hub.stations.length - 1) throw new Error('not all are known yet');
    });
  hub.goAway();
}

/** The id by which others know a station. */
export const idAtHub = async (app: TestApp): Promise<string> =>
  (await app.ask('hub.state', {})).hub?.stationId ?? '';

/** Refers a traveller and submits a report of it for the network. */
export async function reportOnce(app: TestApp): Promise<{ id: string; sha256: string; caseId: string }> {
  const { id: examinationId } = await referCase(app);
  const content = await filled(app, examinationId);
  const audiences = [{ audience: { tier: 'T2' as const }, replaces: null }];
  const { reports } = await app.ask('report.submit', { id: newId(), examinationId, content, audiences });
  const [report] = reports;
  if (report === undefined) throw new Error('no report');
  return { id: report.id, sha256: report.sha256, caseId: examinationId };
}

/** An empty stick. */
export const stick = (): string => mkdtempSync(join(temporaryFolder(), 'stick-'));

export const filesOn = (folder: string): string[] => readdirSync(folder).sort();
