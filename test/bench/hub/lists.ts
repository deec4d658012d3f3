// Asks a running hub for lists of every kind, and for the whole feed, as stations do.
import { createRandom, type Random } from '../../../shared/specimen/prng.ts';
import { DOCUMENT_TYPES, FRAUD_TYPES } from '../../../shared/sharing/codes.ts';
import { signedHeaders, type TestStation } from '../../hub/test-hub.ts';

export interface Served {
  address: string;
  hubId: string;
}

const COUNTRIES = ['UTO', 'UTA', 'UTB', 'UTC', 'UTD', 'UTE', 'UTF', 'UTG', 'ARC'];

const week = (random: Random): string => `2026-W${String(random.int(1, 52)).padStart(2, '0')}`;

/** Each kind of list, with values of its own for each asking. */
const LISTS: Record<string, (random: Random) => Record<string, string>> = {
  'the newest': () => ({}),
  'in force': () => ({ state: 'in-force' }),
  replaced: () => ({ state: 'replaced' }),
  withdrawn: () => ({ state: 'withdrawn' }),
  'of a country': (random) => ({ country: random.pick(COUNTRIES) }),
  'of an issuer': (random) => ({ issuer: random.pick(COUNTRIES) }),
  'of a type': (random) => ({ type: random.pick(DOCUMENT_TYPES) }),
  'of a fraud': (random) => ({ fraud: random.pick(FRAUD_TYPES) }),
  'of a week': (random) => {
    const of = week(random);
    return { from: of, to: of };
  },
  'since a week': (random) => ({ from: week(random) }),
  'of a fraud and a country': (random) => ({
    fraud: random.pick(FRAUD_TYPES),
    country: random.pick(COUNTRIES),
  }),
  'of a type, an issuer and a week': (random) => ({
    type: random.pick(DOCUMENT_TYPES),
    issuer: random.pick(COUNTRIES),
    from: week(random),
  }),
  'withdrawn, of a fraud, in a country': (random) => ({
    state: 'withdrawn',
    fraud: random.pick(FRAUD_TYPES),
    country: random.pick(COUNTRIES),
  }),
};

async function ask(served: Served, station: TestStation, url: string): Promise<unknown> {
  const headers = signedHeaders(station, served.hubId, { method: 'GET', url });
  const answer = await fetch(`${served.address}${url}`, { headers });
  const body: unknown = await answer.json();
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${JSON.stringify(body)}`);
  return body;
}

interface Page {
  rows: unknown[];
  cursor: string | null;
}

/** Milliseconds of each asking by kind of list; each list's next page is asked for as well. */
export async function timeLists(
  served: Served,
  stations: readonly TestStation[],
  { times, seed }: { times: number; seed: number },
): Promise<Map<string, number[]>> {
  const random = createRandom(seed);
  const taken = new Map<string, number[]>();
  const timed = async (name: string, station: TestStation, query: URLSearchParams): Promise<Page> => {
    const text = query.toString();
    const begun = performance.now();
    const page = (await ask(served, station, `/v1/reports${text === '' ? '' : `?${text}`}`)) as Page;
    taken.set(name, [...(taken.get(name) ?? []), performance.now() - begun]);
    return page;
  };
  for (let count = 0; count < times; count += 1) {
    for (const [name, make] of Object.entries(LISTS)) {
      for (const station of stations) {
        const query = new URLSearchParams(make(random));
        const { cursor } = await timed(name, station, query);
        if (cursor === null) continue;
        query.set('cursor', cursor);
        await timed(`${name}, next page`, station, query);
      }
    }
  }
  return taken;
}

/** Reads the feed from its beginning to its end; `after` is called after each page with the number of reports so far. */
export async function readFeed(
  served: Served,
  station: TestStation,
  after: (reports: number) => Promise<void>,
): Promise<number> {
  let cursor = '';
  let reports = 0;
  for (let more = true; more; ) {
    const url = `/v1/feed${cursor === '' ? '' : `?after=${cursor}`}`;
    const page = (await ask(served, station, url)) as { items: unknown[]; cursor: string; more: boolean };
    reports += page.items.length;
    ({ cursor, more } = page);
    await after(reports);
  }
  return reports;
}
