// Trends, alerts and case studies on the hub's page: every figure opens its reports, files hold no small figure, and
// nobody sees what the policy or an alert's audience keeps from them.
import { randomBytes, randomUUID } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { publish } from '../../hub/db/feed.ts';
import { noteRead } from '../../hub/db/alerts.ts';
import type { CaseStudy } from '../../shared/sharing/case-study.ts';
import { fillReports } from '../bench/hub/fill.ts';
import { until } from '../until.ts';
import { testCluster } from './cluster.ts';
import { administrator, closePages, personOf, startPages } from './page-browser.ts';
import { makeAgency, makeStation, putOf, sha256, testHub } from './test-hub.ts';
import {
  alertOf,
  bytesOfReport,
  countedReport,
  networkReport,
  studyOf,
  withdrawalOf,
} from './wire-reports.ts';

const cluster = testCluster();
closePages();

async function setUp() {
  const pages = await startPages(cluster);
  const { database } = pages;
  const { hub, identity } = await testHub(database);
  const from = await makeStation(database, await makeAgency(database, 'Border <Guard>'));
  const friend = await makeStation(database, await makeAgency(database, 'Friend'));
  const put = async (report: Parameters<typeof bytesOfReport>[0]): Promise<string> => {
    expect((await hub.inject(putOf(from, identity.id, report.id, bytesOfReport(report)))).statusCode).toBe(
      201,
    );
    return report.id;
  };
  /** So many reports of one state, found in Thailand. */
  const many = async (count: number, issuer: string, make = networkReport): Promise<string[]> => {
    const ids: string[] = [];
    for (let at = 0; at < count; at += 1) {
      const of = make(from);
      ids.push(
        await put({
          ...of,
          document: { ...of.document, issuer },
          detection: { ...of.detection, country: 'THA' },
        }),
      );
    }
    while ((await publish(database.db)) > 0);
    return ids;
  };
  return { pages, database, hub, identity, from, friend, put, many };
}

/** Addresses that a page leads to. */
const linksOf = (text: string, path: string): string[] =>
  [...text.matchAll(/href="([^"]+)"/gu)]
    .map(([, to = '']) => to.replaceAll('&amp;', '&'))
    .filter((to) => to.startsWith(path));

test('every figure of trends opens the reports behind it; map and time line narrow; the denominator is said to be missing', async () => {
  const { pages, hub, many } = await setUp();
  const own = await administrator(pages);
  expect((await own.get('/trends')).text).toContain('No report fits');
  const [french] = [await many(6, 'FRA'), await many(2, 'ITA')];
  const { text, status } = await own.get('/trends?by=issuer');
  expect(status).toBe(200);
  expect(text).toContain('is missing');
  expect(text).toMatch(/class="trend-dot"/u);
  const figures = linksOf(text, '/trends/reports?').filter((to) => to.includes('issuer='));
  expect(figures).toHaveLength(2);
  for (const figure of figures) {
    const behind = await own.get(figure);
    expect(linksOf(behind.text, '/reports/')).toHaveLength(figure.includes('FRA') ? 6 : 2);
  }
  const behind = await own.get(figures.find((to) => to.includes('FRA')) ?? '');
  for (const id of french) expect(behind.text).toContain(`href="/reports/${id}"`);
  const week = linksOf(text, '/trends?').find((to) => to.includes('week=2026-W47')) ?? '';
  expect((await own.get(week)).text).toContain('8 reports');
  const place = linksOf(text, '/trends?').find((to) => /issuer=ITA/u.test(to)) ?? '';
  expect((await own.get(place)).text).toContain('2 reports');
  for (const by of ['country', 'place', 'fraud', 'part', 'family', 'route', 'source', 'nothing'])
    expect([by, (await own.get(`/trends?by=${by}&period=all`)).status]).toEqual([by, 200]);
  expect((await own.get('/trends?by=source')).text).toContain('Border &lt;Guard&gt;');
  const hostile = `/trends?issuer=${encodeURIComponent('"><script>x</script>')}&week=x&period=9`;
  expect((await own.get(hostile)).text).not.toContain('<script>');
  expect(pages.faults).toEqual([]);
  await hub.close();
});

test('while many are counted for the first time the page says how far that is, and comes again by itself', async () => {
  const { pages, database, hub, from } = await setUp();
  await fillReports(database, [from], { reports: 2100, seed: 1 });
  const own = await administrator(pages);
  const first = await own.get('/trends?period=all');
  expect(first.headers.refresh).toBe('2');
  expect(first.text).toMatch(/<progress max="2100" value="\d+"><\/progress>/u);
  await until(async () => expect((await own.get('/trends?period=all')).headers.refresh).toBeUndefined());
  const { text } = await own.get('/trends?period=all');
  const total = await database.db
    .selectFrom('report')
    .select(({ fn }) => fn.countAll<number>().as('reports'))
    .where('state', '=', 'current')
    .executeTakeFirstOrThrow();
  expect(text).toContain(`${total.reports.toLocaleString('en')} reports since`);
  await hub.close();
});

test('files and statistics hold no figure under five, and no total that would tell one', async () => {
  const { pages, hub, friend, many } = await setUp();
  await many(6, 'FRA');
  await many(9, 'ITA');
  await many(2, 'ESP');
  const own = await administrator(pages);
  const rows = async (url: string, who = own): Promise<Record<string, string>[]> => {
    const file = await who.get(url);
    expect(file.headers['content-disposition']).toMatch(/^attachment; filename="countercheck-trends-/u);
    return parse(file.text, { bom: true, columns: true });
  };
  const csv = await rows('/trends/table?by=issuer');
  const figures = csv.filter(({ Code }) => Code !== '').map(({ Code, Reports }) => [Code, Reports]);
  // One alone that is left out could be told from the total, so the next smallest goes with it.
  expect(figures).toEqual([['ITA', '9']]);
  expect(csv.at(-1)).toMatchObject({ Reports: '17', 'Travellers examined': 'missing' });
  for (const what of ['map', 'time']) {
    const file = await own.get(`/trends/${what}?by=country`);
    expect([file.status, file.headers['content-type']]).toEqual([200, 'image/svg+xml']);
    expect(file.text).toContain('Figures under 5 are left out');
  }
  await many(7, 'DNK', countedReport);
  await many(3, 'NOR', countedReport);
  await many(2, 'SWE', countedReport);
  const stranger = await personOf(pages, 'analyst', friend.agencyId);
  const shown = (await stranger.get('/trends?scope=statistics&by=issuer')).text;
  expect(shown).toContain('Denmark');
  expect(shown).not.toMatch(/Norway|Sweden/u);
  expect(shown).toContain('nobody else opens them');
  expect(linksOf(shown, '/trends/reports')).toEqual([]);
  expect((await stranger.get('/trends/reports?scope=statistics&issuer=DNK')).text).toContain(
    'No report fits',
  );
  expect((await stranger.get('/trends?by=issuer')).text).not.toContain('Denmark');
  await hub.close();
});

test('an alert is shown to those whom it is for, with the stations that read it to its author and the hub alone', async () => {
  const { pages, database, hub, from, friend, put } = await setUp();
  const other = await makeAgency(database, 'Other');
  const report = await put(networkReport(from));
  const audience = { agencies: [friend.agencyId], places: ['UTA'], countries: ['THA'] };
  const alert = await put(alertOf(from, report, { audience }));
  await noteRead(database.db, friend, alert, {
    reader: randomUUID(),
    role: 'officer',
    at: '2026-11-23T05:00:00.000Z',
  });
  const [own, author, reader, stranger] = [
    await administrator(pages),
    await personOf(pages, 'analyst', from.agencyId),
    await personOf(pages, 'analyst', friend.agencyId),
    await personOf(pages, 'analyst', other),
  ];
  for (const who of [own, author]) {
    const { text } = await who.get(`/alerts/${alert}`);
    expect(text).toContain('second edge left of the portrait');
    expect(text).toContain('UTA, Thailand');
    expect(text).toMatch(/Where it was read[\s\S]*Friend[\s\S]*2026-11-23/u);
  }
  const seen = await reader.get(`/alerts/${alert}`);
  expect(seen.text).toContain('second edge');
  expect(seen.text).not.toContain('Where it was read');
  const countIn = async (who: typeof reader) =>
    /<td>([^<]*)<\/td>\s*<\/tr>/u.exec((await who.get('/alerts')).text)?.[1];
  expect([await countIn(own), await countIn(author), await countIn(reader)]).toEqual(['1', '1', '']);
  expect((await stranger.get(`/alerts/${alert}`)).status).toBe(404);
  expect((await stranger.get('/alerts')).text).toContain('No alert yet');
  expect((await own.get('/alerts')).text).toContain(`href="/alerts/${alert}"`);
  expect((await own.get(`/alerts/${report}`)).status).toBe(404);
  expect((await own.get(`/reports/${alert}`)).to).toBe(`/alerts/${alert}`);
  // Lists and counts of reports hold neither alerts nor what takes them back.
  await put(withdrawalOf(from, alert));
  while ((await publish(database.db)) > 0);
  expect((await own.get('/alerts')).text).toContain('taken back');
  expect(linksOf((await own.get('/reports')).text, '/reports/')).toEqual([`/reports/${report}`]);
  expect((await own.get('/')).text).toContain('1 report<');
  await hub.close();
});

test('a case study is shown with its marked pictures, which only a study that may be seen opens, and its question', async () => {
  const { pages, database, hub, from, friend, put } = await setUp();
  const picture = randomBytes(90);
  const of = studyOf(from, await put(networkReport(from)));
  const images: CaseStudy['images'] = [
    {
      sha256: sha256(picture),
      bytes: picture.length,
      mime: 'image/png',
      light: 'white',
      what: 'crop',
      caption: 'The edge',
      marks: [{ x: 0.25, y: 0.5, width: 0.1, height: 0.125, label: 'Second edge' }],
    },
  ];
  const study = await put({ ...of, images });
  const image = { sha256: Buffer.from(sha256(picture), 'hex'), station_id: from.stationId };
  await database.db
    .insertInto('image')
    .values({ ...image, total: 90, mime: 'image/png' })
    .execute();
  await database.db
    .insertInto('image_piece')
    .values({ ...image, at_offset: 0, bytes: picture })
    .execute();
  const own = await administrator(pages);
  const { text, headers } = await own.get(`/studies/${study}`);
  expect(text).toContain('<rect x="25%" y="50%" width="10%" height="12.5%"');
  for (const said of [of.title, of.happened, of.gaveAway, of.twelveSeconds, of.question.text, 'Second edge'])
    expect(text).toContain(said);
  expect(headers['content-security-policy']).toContain("img-src 'self'");
  const path = `/studies/${study}/images/${sha256(picture)}`;
  expect(text).toContain(`src="${path}"`);
  const shown = await own.get(path);
  expect([shown.headers['content-type'], shown.bytes.equals(picture)]).toEqual(['image/png', true]);
  expect((await own.get(`/studies/${study}/images/${sha256(randomBytes(1))}`)).status).toBe(404);
  expect((await own.get('/studies')).text).toContain(`href="/studies/${study}"`);
  const denial = {
    id: randomUUID(),
    kind: 'case-study',
    to_agency: friend.agencyId,
    effect: 'deny',
  } as const;
  await database.db.insertInto('policy').values(denial).execute();
  const stranger = await personOf(pages, 'analyst', friend.agencyId);
  for (const closed of [`/studies/${study}`, path]) expect((await stranger.get(closed)).status).toBe(404);
  expect((await stranger.get('/studies')).text).toContain('No case study yet');
  await hub.close();
});
