// A station that is enrolled at a hub of its own making, and a report of a case that can leave.
import type { AppOptions } from '../../electron/app.ts';
import type { Output } from '../../shared/contract/channels.ts';
import { newSignPair } from '../../shared/wire/sign.ts';
import { newKeyPair } from '../../shared/wire/seal.ts';
import { toGroupedCode } from '../../shared/contract/grouped-code.ts';
import { until } from '../until.ts';
import { newId, type TestApp } from './fixtures.ts';
import { openStaffed, referCase, type TestCase } from './case-fixtures.ts';
import { ADMINISTRATOR, OFFICER } from './set-up.ts';

export type Content = Output<'report.prepare'>['content'];

/** Everything is answered by what `answer` says; what it leaves is a network that is away. */
export interface FakeHub {
  signPrivate: Buffer;
  boxPrivate: Buffer;
  hubId: string;
  own: { stationId: string; agencyId: string };
  partner: { agencyId: string; stationId: string; boxPrivate: Buffer };
  requests: { method: string; path: string; body: string }[];
  /** While it is set nobody hears an answer. */
  isSilent: boolean;
}

const json = (content: object, status = 200): Response => new Response(JSON.stringify(content), { status });

/** Two agencies, each with a station; reports are not taken: they stay in the outbox. */
export function fakeHub(): { hub: FakeHub; sync: NonNullable<AppOptions['sync']> } {
  const sign = newSignPair();
  const box = newKeyPair();
  const partnerBox = newKeyPair();
  const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
  const hub: FakeHub = {
    signPrivate: sign.privateKey,
    boxPrivate: box.privateKey,
    hubId: newId(),
    own: { stationId: newId(), agencyId: newId() },
    partner: { agencyId: newId(), stationId: newId(), boxPrivate: partnerBox.privateKey },
    requests: [],
    isSilent: false,
  };
  const at = '2026-11-23T02:00:00.000Z';
  const linkKeys = [{ id: 'k1', key: 'A'.repeat(43), from: '2026-01-01T00:00:00.000Z' }];
  const agency = (id: string, name: string) => ({ id, name, country: 'UTO', closedAt: null });
  const station = (id: string, agencyId: string, code: string, boxKey: string) => ({
    id,
    agencyId,
    code,
    boxKey,
    place: 'Utopia',
    country: 'UTO',
    enrolledAt: at,
    revokedAt: null,
    signKey: text(newSignPair().publicKey),
  });
  const directory = {
    agencies: [agency(hub.own.agencyId, 'Own'), agency(hub.partner.agencyId, 'Partner')],
    stations: [
      station(hub.own.stationId, hub.own.agencyId, 'ZEN-01', text(newKeyPair().publicKey)),
      station(hub.partner.stationId, hub.partner.agencyId, 'STR-01', text(partnerBox.publicKey)),
    ],
    linkKeys,
    at,
  };
  const transport = async (url: string, init: RequestInit): Promise<Response> => {
    const { pathname } = new URL(url);
    hub.requests.push({
      method: init.method ?? '',
      path: pathname,
      body: Buffer.from((init.body ?? '') as Uint8Array).toString('utf8'),
    });
    if (hub.isSilent)
      await new Promise((_resolve, reject) =>
        init.signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError'))),
      );
    if (pathname === '/v1/enrolments')
      return json({
        ...hub.own,
        agencyName: 'Own',
        hubId: hub.hubId,
        hubName: 'Hub',
        linkKeys,
        at: new Date().toISOString(),
        hubSignKey: text(sign.publicKey),
        hubBoxKey: text(box.publicKey),
      });
    if (pathname === '/v1/directory') return json(directory);
    if (pathname === '/v1/feed')
      return json({ items: [{ seq: 1, kind: 'directory' }], cursor: 'MQ', more: false });
    throw new TypeError('fetch failed');
  };
  return { hub, sync: { transport, pace: { firstMs: 50, longestMs: 100 } } };
}

export const CODE = toGroupedCode(new Uint8Array(10).fill(7));

export interface Reporting {
  app: TestApp;
  hub: FakeHub;
  traveller: TestCase;
  basisId: string;
  sync: NonNullable<AppOptions['sync']>;
}

/** A station at second line that is enrolled, with a legal basis for its partner, and a case; the officer is signed in. */
export async function openReporting(settings: Parameters<typeof openStaffed>[1] = {}): Promise<Reporting> {
  const { hub, sync } = fakeHub();
  const app = await openStaffed({ sync }, settings);
  await app.signIn(ADMINISTRATOR);
  await app.ask('hub.enrol', { address: 'https://hub.example', code: CODE });
  const basisId = newId();
  const basis = { kind: 'mou', reference: 'MoU 7', from: '2026-01-01', until: null } as const;
  await app.ask('basis.save', { bases: [{ id: basisId, agencyId: hub.partner.agencyId, ...basis }] });
  await app.signIn(OFFICER);
  await until(async () => {
    const { partners } = await app.ask('hub.state', {});
    if (partners.length === 0) throw new Error('no directory yet');
  });
  const traveller = await referCase(app);
  return { app, hub, traveller, basisId, sync };
}

/** What an officer adds so that a report can leave. */
export async function filled(app: TestApp, examinationId: string): Promise<Content> {
  const { content } = await app.ask('report.prepare', { examinationId });
  return {
    ...content,
    fraud: {
      ...content.fraud,
      types: ['FG.photo_sub'],
      findings: [{ item: 'F3', result: 'differs', tool: 'OBL', note: 'A second edge beside the portrait.' }],
      tip: 'Tilt the page and look left of the portrait.',
    },
    narrative: { ...content.narrative, happened: 'Shown on arrival; the laminate was lifted.' },
  };
}
