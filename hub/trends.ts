// Trends of the network: counted in memory by each hub from the rows beside the reports, for each reader what it may see.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { TrendFilter, TrendQuestion, TrendView } from '../shared/trends/question.ts';
import { createTrendStore, type Sees } from '../shared/trends/store.ts';
import { policyRules } from './db/policy.ts';
import type { Tables } from './db/tables.ts';
import { foldTrends, type FoldedRow, trendPlaces, trendRowsAfter } from './db/trend-rows.ts';
import { type JudgedReport, sees } from './policy.ts';

/** Who looks: somebody of an agency, or null for the people of the hub. */
export interface TrendReader {
  agencyId: string | null;
}

/** `open`: reports that the reader may open. `statistics`: those of others that were sent to be counted alone. */
export type TrendScope = 'open' | 'statistics';

export interface HubTrends {
  view(question: TrendQuestion, reader: TrendReader, scope: TrendScope): Promise<TrendView>;
  /** Ids of the reports behind a figure, the newest week first. */
  list(
    filter: TrendFilter,
    reader: TrendReader,
    page: { limit: number; offset: number },
  ): Promise<{ ids: string[]; total: number }>;
  span(reader: TrendReader, scope: TrendScope): Promise<{ from: string; to: string } | null>;
  /** Counts what came since; whoever asks waits for the same. */
  follow(): Promise<void>;
  /** How far it is where so many are still to be counted that nobody should wait for it; null where they are few. */
  counting(): Promise<{ done: number; total: number } | null>;
}

const PAGE = 2000;
/** So many are counted while somebody waits; more take seconds. */
const FEW = 2000;
/** What was counted once, by this hub or another, is read so many times as fast. */
const FEWER = 20;

const groupOf = ({ agencyId, tier, toAgency, issuer, kind }: FoldedRow): string =>
  JSON.stringify([agencyId, tier, toAgency, issuer, kind]);

export function createHubTrends(db: Kysely<Tables>): HubTrends {
  const store = createTrendStore();
  const groups = new Map<string, JudgedReport>();
  let seq = 0;
  let following: Promise<void> | null = null;

  function take(row: FoldedRow): void {
    if (row.replaces !== null) store.remove(row.replaces);
    if (row.counted !== null && row.state === 'current') {
      const group = groupOf(row);
      groups.set(group, row);
      store.put(row.counted, group);
    }
    ({ seq } = row);
  }

  async function followAll(): Promise<void> {
    while ((await foldTrends(db)) > 0) await nextTurn();
    for (;;) {
      const rows = await trendRowsAfter(db, seq, PAGE);
      rows.forEach(take);
      if (rows.length < PAGE) return;
      await nextTurn();
    }
  }

  function follow(): Promise<void> {
    following ??= followAll().finally(() => {
      following = null;
    });
    return following;
  }

  async function seenBy({ agencyId }: TrendReader, scope: TrendScope): Promise<Sees> {
    await follow();
    const rules = agencyId === null ? [] : await policyRules(db);
    const isSeen = new Map(
      [...groups].map(([group, judged]) => {
        const isOpen = agencyId === null ? judged.tier === 'T2' : sees(rules, judged, agencyId);
        return [group, scope === 'open' ? isOpen : judged.tier === 'T3' && !isOpen];
      }),
    );
    return (group) => isSeen.get(group) === true;
  }

  return {
    view: async (question, reader, scope) => store.view(question, await seenBy(reader, scope)),
    list: async (filter, reader, { limit, offset }) =>
      store.list(filter, limit, offset, await seenBy(reader, 'open')),
    span: async (reader, scope) => store.span(await seenBy(reader, scope)),
    follow,
    async counting() {
      const { folded, told } = await trendPlaces(db);
      // What is folded already is read quickly.
      const total = told - folded > FEW || folded - seq > FEW * FEWER ? told : 0;
      return total === 0 ? null : { done: Math.max(seq, folded), total };
    },
  };
}
