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

/** Of one event the report to the network is counted, else one to a partner, else the one for statistics. */
const RANK: Readonly<Record<JudgedReport['tier'], number>> = { T2: 0, T1: 1, T3: 2 };

/** A report as readers are told apart by it: whether they may open it, and any that is counted in its place. */
interface Group {
  judged: JudgedReport;
  /** Of the same event, for other audiences. */
  over: readonly JudgedReport[];
}

/** More audiences than an event is told to: a station that says one moment of everything must not hold up the counting. */
const MOST_OF_EVENT = 50;

/** A report of an event, with no more than this of it: there are many. */
interface Member {
  id: string;
  judged: JudgedReport;
}

const keyOf = ({ agencyId, tier, toAgency, issuer, kind }: JudgedReport): string =>
  JSON.stringify([agencyId, tier, toAgency, issuer, kind]);

const isOver = (one: Member, other: Member): boolean => {
  const [a, b] = [one.judged, other.judged];
  if (a.tier !== b.tier) return RANK[a.tier] < RANK[b.tier];
  return a.tier === 'T1' && a.toAgency !== b.toAgency && one.id > other.id;
};

export function createHubTrends(db: Kysely<Tables>): HubTrends {
  const store = createTrendStore();
  const groups = new Map<string, Group>();
  /** What is counted, by its event; and the event of each that is or was. */
  const members = new Map<string, Member[]>();
  const events = new Map<string, string>();
  const kinds = new Map<string, JudgedReport>();
  let seq = 0;
  let following: Promise<void> | null = null;

  /** Reports of which the same is judged are many, and kept once. */
  function judgedOf({ agencyId, tier, toAgency, issuer, kind }: FoldedRow): JudgedReport {
    const judged = { agencyId, tier, toAgency, issuer, kind };
    const key = keyOf(judged);
    const known = kinds.get(key) ?? judged;
    kinds.set(key, known);
    return known;
  }

  /** These are counted of an event from now on. */
  function settle(event: string, counted: Member[]): void {
    if (counted.length === 0) members.delete(event);
    else members.set(event, counted);
    for (const one of counted) {
      const over = counted.filter((each) => isOver(each, one)).map(({ judged }) => judged);
      const group = [one.judged, ...over].map(keyOf).join(' ');
      groups.set(group, { judged: one.judged, over });
      store.regroup(one.id, group);
    }
  }

  const others = (event: string, id: string): Member[] =>
    (members.get(event) ?? []).filter((each) => each.id !== id);

  function take(row: FoldedRow): void {
    const { id, replaces, counted } = row;
    const before = replaces === null ? undefined : events.get(replaces);
    if (replaces !== null) {
      store.remove(replaces);
      if (before !== undefined) settle(before, others(before, replaces));
    }
    if (counted !== null && row.state === 'current') {
      const { event: own = id, ...trend } = counted;
      const told = before ?? own;
      const event = (members.get(told)?.length ?? 0) < MOST_OF_EVENT ? told : id;
      events.set(id, event);
      store.put(trend);
      settle(event, [...others(event, id), { id, judged: judgedOf(row) }]);
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
    const opens = (judged: JudgedReport): boolean =>
      agencyId === null ? judged.tier === 'T2' : sees(rules, judged, agencyId);
    const isSeen = new Map(
      [...groups].map(([group, { judged, over }]) => {
        const isOpen = opens(judged);
        return [group, scope === 'open' ? isOpen && !over.some(opens) : judged.tier === 'T3' && !isOpen];
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
