// Trends of a station for tests of the window: the station's own counting over reports of Utopia's neighbours.
import type { Handlers } from '../../shared/contract/channels.ts';
import { weekOf } from '../../shared/sharing/redact.ts';
import { rowOf, type TrendRow } from '../../shared/trends/row.ts';
import { createTrendStore } from '../../shared/trends/store.ts';
import { weekName, weekNumber } from '../../shared/trends/weeks.ts';
import { networkReport } from '../hub/wire-reports.ts';
import { randomBy } from '../trends/rows.ts';

export interface FakeTrends {
  rows: TrendRow[];
  examined: { count: number; since: string | null } | null;
  /** Requests to write a file. */
  saved: unknown[];
}

const AUTHOR = {
  stationId: '01930000-0000-7000-8000-0000000000e1',
  agencyId: '01930000-0000-7000-8000-0000000000e2',
};
const PLACES = [
  ['THA', 'BKK'],
  ['THA', 'HKT'],
  ['MYS', 'KUL'],
  ['SGP', 'SIN'],
  ['D', 'FRA'],
  ['AUS', 'SYD'],
  ['CAN', 'YVR'],
] as const;
const ISSUERS = ['UTO', 'D', 'FRA', 'BRA', 'JPN', 'NGA', 'XOM', 'ARG', 'IND', 'POL'] as const;
const FRAUDS = [
  'CF.full',
  'FG.photo_sub',
  'FG.laminate',
  'IM.lookalike',
  'CF.visa',
  'FG.data_erase',
] as const;
const ITEMS = ['F3', 'A2', 'L1a', 'C2', 'V03', 'NUM.same', 'BND.stitch', 'SUB.uv_dull'] as const;
const TYPES = ['passport_ord', 'passport_ord', 'visa_label', 'id_card'] as const;

/** Two years of reports by seed, and five of one place in the week of `today` where one was usual. */
export function fakeRows(today: string, count = 900): TrendRow[] {
  const random = randomBy(17);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const last = weekNumber(weekOf(today));
  const make = (week: number, where: (typeof PLACES)[number]): TrendRow => {
    const of = networkReport(AUTHOR);
    const [country, placeCode] = where;
    const route = random() < 0.5 ? [] : [{ from: pick(PLACES)[1], to: placeCode }];
    return rowOf(
      {
        ...of,
        detection: { ...of.detection, week: weekName(week), country, placeCode, route },
        document: { ...of.document, issuer: pick(ISSUERS), type: pick(TYPES) },
        fraud: {
          ...of.fraud,
          types: [pick(FRAUDS)],
          findings: [{ item: pick(ITEMS), result: 'differs', tool: null, note: '' }],
        },
      },
      random() < 0.3 ? 'own' : 'received',
    );
  };
  const usual = Array.from({ length: count }, () => make(last - Math.floor(random() * 104), pick(PLACES)));
  return [...usual, ...Array.from({ length: 8 }, () => make(last, PLACES[6]))];
}

export const createFakeTrends = (): FakeTrends => ({ rows: [], examined: null, saved: [] });

type TrendChannel = 'trends.view' | 'trends.reports' | 'trends.save';

export function fakeTrends(trends: FakeTrends): Pick<Handlers, TrendChannel> {
  const all = () => {
    const store = createTrendStore();
    for (const row of trends.rows) store.put(row);
    return store;
  };
  return {
    'trends.view': (question) => {
      const store = all();
      return { view: store.view(question), examined: trends.examined, span: store.span() };
    },
    'trends.reports': ({ limit, offset, ...filter }) => {
      const { ids, total } = all().list(filter, limit, offset);
      const rows = ids.flatMap((id) => trends.rows.find((row) => row.id === id) ?? []);
      return {
        total,
        rows: rows.map(({ id, week, values }) => ({
          id,
          week,
          isOwn: values.source.includes('own'),
          issuer: values.issuer[0] ?? '',
          place: values.place[0] ?? '',
          country: values.country[0] ?? '',
          family: values.family[0] ?? '',
          fraud: [...values.fraud],
        })),
      };
    },
    'trends.save': (input) => {
      trends.saved.push(input);
      return { path: `${input.folder}/countercheck-trends.csv`, bytes: 1000 };
    },
  };
}
