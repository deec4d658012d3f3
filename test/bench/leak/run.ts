// Reports at every tier, from careless drafts to the bytes that leave, and what an independent search finds in them.
import { createHmac, randomUUID } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import type { Tier } from '../../../shared/sharing/codes.ts';
import { tierLeaks } from '../../../shared/sharing/leaks.ts';
import type { Audience, FullReport } from '../../../shared/sharing/full.ts';
import { knownOfCase } from '../../../shared/sharing/known-of-case.ts';
import { leaving, type Left, type Means } from '../../../shared/sharing/leaving.ts';
import { isFull } from '../../../shared/sharing/kinds.ts';
import { encodeReport, wireReport } from '../../../shared/sharing/report.ts';
import { createRandom, type Random } from '../../../shared/specimen/prng.ts';
import { openPersonal, sealPersonal, tokenOf } from '../../../shared/wire/personal.ts';
import { newKey, newKeyPair } from '../../../shared/wire/seal.ts';
import { toBase64Url } from '../../../shared/wire/sign.ts';
import { drawPages, type PagePicture, showsSomebody } from './pictures.ts';
import { caseOf, mended, writtenBy, type Written } from './reports.ts';
import { type Trace, tracesOf } from './search.ts';
import { traveller, type Traveller } from './travellers.ts';

export interface Told {
  /** At each tier. */
  reports: number;
  bytes: number;
  /** Places at which a draft was kept back. */
  keptBack: number;
  pictures: number;
  /** What leaves and must not, with tier and kind; no words of it. */
  hits: string[];
  /** What a search that is worth something had to find, and did not. */
  missed: string[];
}

const TIERS: readonly Tier[] = ['T1', 'T2', 'T3'];
const PAGES = 12;
const MOST_ROUNDS = 40;

const [stationId, agencyId, partnerId, basisId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
const linkKey = newKey();
const partner = { stationId: randomUUID(), box: newKeyPair() };
const hubBox = newKeyPair();

const AUDIENCES: Record<Tier, Audience> = {
  T1: { tier: 'T1', agencyId: partnerId, basisId },
  T2: { tier: 'T2' },
  T3: { tier: 'T3' },
};

interface One {
  of: Traveller;
  page: PagePicture;
  written: Written;
  known: Means['known'];
}

function leftOf({ known }: One, full: FullReport, tier: Tier, id: string): Left {
  return leaving(full, AUDIENCES[tier], {
    id,
    replaces: null,
    createdAt: '2026-11-23T02:00:00.000Z',
    stationId,
    agencyId,
    basis: tier === 'T1' ? { kind: 'mou', reference: 'Border agreement' } : null,
    token: (number) => tokenOf({ id: 'link-1', key: toBase64Url(linkKey) }, number),
    known,
    seal: (part) =>
      sealPersonal(part, {
        reportId: id,
        agencyId: partnerId,
        stations: [{ stationId: partner.stationId, boxKey: toBase64Url(partner.box.publicKey) }],
      }),
  });
}

/** Ids, digests, tokens and times of a report, computed here and not read out of it. */
function opaqueOf({ of, written }: One, id: string, sealedTexts: readonly string[]): ReadonlySet<string> {
  const token = createHmac('sha256', linkKey)
    .update(`countercheck-token/1\nLK01\n${of.number}`)
    .digest('base64url');
  return new Set([
    id,
    stationId,
    agencyId,
    partnerId,
    partner.stationId,
    token,
    '2026-11-23T02:00:00.000Z',
    ...written.pieces.keys(),
    // The closed boxes are random; that nobody but the partner opens them is looked at by itself.
    ...sealedTexts,
  ]);
}

function pictureHits(
  { page, written }: One,
  full: FullReport,
  sent: readonly string[],
  tier: Tier,
): string[] {
  const hits: string[] = [];
  for (const sha256 of sent) {
    const crop = full.images.find((each) => each.sha256 === sha256);
    const bytes = written.pieces.get(sha256);
    if (tier === 'T3' || crop === undefined || bytes === undefined) hits.push(`${tier} an unknown picture`);
    else if (showsSomebody(page, crop.at)) hits.push(`${tier} a face or a zone in a picture`);
    else if (bytes.includes('<<<') || bytes.includes(page.face.slice(0, 64)))
      hits.push(`${tier} words in a picture`);
  }
  return hits;
}

/** Mends a draft until nothing keeps it back, as an officer does who is shown each place. */
function mend(
  random: Random,
  one: One,
  tier: Tier,
  id: string,
): { full: FullReport; left: Left; keptBack: number } {
  let { full } = one.written;
  let keptBack = 0;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const left = leftOf(one, full, tier, id);
    const [problem] = left.problems;
    if (problem === undefined) return { full, left, keptBack };
    keptBack += left.problems.length;
    full = mended(random, full, problem);
  }
  throw new Error('a draft that cannot be mended');
}

function checkSealed(
  report: Parameters<typeof openPersonal>[0],
  { of }: One,
): { hits: string[]; missed: string[] } {
  const own = openPersonal(report, { stationId: partner.stationId, boxPrivateKey: partner.box.privateKey });
  const byHub = openPersonal(report, { stationId: partner.stationId, boxPrivateKey: hubBox.privateKey });
  return {
    hits: byHub === null ? [] : ['T1 the hub opens the personal part'],
    missed:
      own?.holder?.birthDate === of.birthDate && own.remarks?.includes(of.marker) === true
        ? []
        : ['T1 the partner does not open the personal part'],
  };
}

interface Checked {
  hits: string[];
  missed: string[];
  bytes: number;
  keptBack: number;
  pictures: number;
}

function checkTier(random: Random, one: One, tier: Tier): Checked {
  const id = uuidv7();
  const { full, left, keptBack } = mend(random, one, tier, id);
  if (left.body === null) throw new Error('no report');
  const bytes = Buffer.from(encodeReport(left.body), 'utf8');
  const report = wireReport.parse(JSON.parse(bytes.toString('utf8')));
  if (!isFull(report)) throw new Error('no report');
  const closed = [report.sealed?.box ?? '', ...(report.sealed?.for.map(({ key }) => key) ?? [])];
  const traces = tracesOf(bytes, one.of, opaqueOf(one, id, closed), one.page.face);
  const sent = report.images.map(({ sha256 }) => sha256);
  const sealed = tier === 'T1' ? checkSealed(report, one) : { hits: [], missed: [] };
  return {
    hits: [
      ...traces.map((trace) => `${tier} ${trace}`),
      ...tierLeaks(report).map((path) => `${tier} ${path}`),
      ...pictureHits(one, full, sent, tier),
      ...sealed.hits,
    ],
    missed: sealed.missed,
    bytes: bytes.length,
    keptBack,
    pictures: sent.length,
  };
}

/** Everything that the search is for stands in a full report: it must find it there. */
function missedOf({ of, page, written }: One): string[] {
  const whole = { ...written.full, printed: of.printed, phone: of.phone, says: 'seeks asylum' };
  const found = tracesOf(Buffer.from(JSON.stringify(whole)), of, new Set(), page.face);
  const wanted: Trace[] = ['name', 'number', 'day', 'contact', 'protection', 'marker', 'portrait'];
  return wanted.filter((trace) => !found.includes(trace)).map((trace) => `T0 ${trace}`);
}

/** Makes so many reports at each tier and looks at every byte that leaves. */
export async function leakScan({ count, seed }: { count: number; seed: number }): Promise<Told> {
  const random = createRandom(seed).fork('leak');
  const pages = await drawPages(seed, Math.min(PAGES, Math.ceil(count / 5)));
  const told: Told = { reports: 0, bytes: 0, keptBack: 0, pictures: 0, hits: [], missed: [] };
  for (let place = 0; place < count; place += 1) {
    const of = traveller(random, place);
    const page = random.pick(pages);
    const source = caseOf(random, of);
    const written = await writtenBy(random, of, source, page);
    const one: One = { of, page, written, known: knownOfCase(source) };
    told.missed.push(...missedOf(one));
    for (const tier of TIERS) {
      const checked = checkTier(random, one, tier);
      told.hits.push(...checked.hits);
      told.missed.push(...checked.missed);
      told.bytes += checked.bytes;
      told.keptBack += checked.keptBack;
      told.pictures += checked.pictures;
    }
    told.reports += 1;
  }
  return told;
}
