// The search of History: numbers by their beginning, names by the beginnings of their words, state, days, outcome.
import type { HistoryFilter, HistoryRow } from '../../shared/contract/records.ts';
import { numberKey } from './examinations.ts';
import type { Db } from './open.ts';
import { statement } from './statements.ts';

/**
 * How the letters of a name typed with diacritics may stand in an MRZ (ICAO Doc 9303-3 §6): the plain letter, which
 * the search index folds to by itself, or these. For letters that do not decompose, the first is the plain form.
 */
const TRANSLITERATIONS: Record<string, string[]> = {
  Ä: ['AE'],
  Ö: ['OE'],
  Ü: ['UE', 'UXX'],
  Å: ['AA'],
  Ñ: ['NXX'],
  Æ: ['AE'],
  Ø: ['OE', 'O'],
  Œ: ['OE'],
  Þ: ['TH'],
  Ð: ['D'],
  Ł: ['L'],
  Đ: ['D'],
};

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]/gu, '');

/** Every way in which one typed word may stand in the record, upper case, letters and digits only. */
export function spellings(word: string): string[] {
  let forms = [''];
  for (const char of word.normalize('NFC').toUpperCase()) {
    const own = plain(char);
    const others = TRANSLITERATIONS[char] ?? [];
    const letters = /^[A-Z0-9]$/u.test(own) || others.length === 0 ? [own, ...others] : others;
    // A word of nothing but umlauts is no reason for thousands of forms.
    forms = forms.flatMap((form) => letters.map((letter) => form + letter)).slice(0, 32);
  }
  return forms.filter((form) => form !== '');
}

/** The full-text query of what an officer typed: every word begins a word of the name, or all begin the number. */
export function searchQuery(text: string): string | null {
  const words = text
    // An apostrophe is left out of an MRZ, a hyphen parts two words (ICAO Doc 9303-3 §4.6).
    .replace(/['’ʼ`]/gu, '')
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .map(spellings)
    .filter((forms) => forms.length > 0);
  if (words.length === 0) return null;
  const prefixes = (forms: string[]): string => `(${forms.map((form) => `"${form}" *`).join(' OR ')})`;
  const byWords = words.map(prefixes).join(' AND ');
  const number = numberKey(text);
  return number === '' ? byWords : `(${byWords}) OR (number : "${number}" *)`;
}

type Value = string | number;

/** A piece of SQL with the values of its places. */
interface Piece {
  sql: string;
  values: Value[];
}

/**
 * One thing that was asked for. Alone it leads the search: it gives ids of examinations, the newest first, as an index
 * has them, so that a page costs what a page holds and not what a store holds. Beside another it is asked of each id.
 */
interface Filter {
  /** `SELECT … AS id FROM …`, one or more of which the ids are merged. */
  from: Piece[];
  /** The columns of `from` that give the id and, where ids of several are merged, the order. */
  id: string;
  place?: string;
  order: string;
  /** Whether an examination fits; `ID` stands for its id. */
  fits: Piece;
  /** Its index begins where the days do, however long ago. */
  leaps: boolean;
  /** Where a document leads, what its own row says already: whoever does not pass this does not fit. */
  near?: Piece;
}

// Few decisions are ever replaced: a look into a small index.
const NOT_REPLACED = 'NOT EXISTS (SELECT 1 FROM decision AS later WHERE later.replaces = decision.id)';
const ID = '$id';
const DOCUMENT_ID = 'document.examination_id';

function byText(query: string): Filter {
  return {
    from: [
      {
        sql: `document_search CROSS JOIN document ON document.row = document_search.rowid
          WHERE document_search MATCH ?`,
        values: [query],
      },
    ],
    id: DOCUMENT_ID,
    // Documents are numbered as they are saved, and the index gives them in this order.
    order: 'document_search.rowid DESC',
    leaps: false,
    fits: {
      sql: `EXISTS (SELECT 1 FROM document WHERE examination_id = ${ID} AND EXISTS
        (SELECT 1 FROM document_search WHERE document_search MATCH ? AND rowid = document.row))`,
      values: [query],
    },
  };
}

function byState(state: string): Filter {
  return {
    from: ['issuer = ?', 'nationality = ? AND nationality <> issuer'].map((fits) => ({
      sql: `document WHERE ${fits}`,
      values: [state],
    })),
    id: DOCUMENT_ID,
    place: 'document.row',
    order: 'place DESC',
    leaps: false,
    fits: {
      sql: `EXISTS (SELECT 1 FROM document WHERE examination_id = ${ID} AND ? IN (issuer, nationality))`,
      values: [state],
    },
  };
}

function byOutcome(outcome: string): Filter {
  return {
    from: [{ sql: `decision WHERE outcome = ? AND ${NOT_REPLACED}`, values: [outcome] }],
    id: 'decision.examination_id',
    order: 'decision.examination_id DESC',
    leaps: false,
    fits: {
      sql: `EXISTS (SELECT 1 FROM decision WHERE examination_id = ${ID} AND outcome = ? AND ${NOT_REPLACED})`,
      values: [outcome],
    },
  };
}

function byDays(from: string | null, to: string | null): Filter {
  const range = [...(from === null ? [] : ['saved_on >= ?']), ...(to === null ? [] : ['saved_on <= ?'])];
  const values = [from, to].filter((day) => day !== null);
  const all = range.length === 0 ? '' : `WHERE ${range.join(' AND ')}`;
  // A document is judged on the day of saving or on the day before.
  const near = [
    ...(from === null ? [] : [`document.judged_on >= date(?, '-1 day')`]),
    ...(to === null ? [] : ['document.judged_on <= ?']),
  ];
  return {
    ...(near.length === 0 ? {} : { near: { sql: near.join(' AND '), values } }),
    from: [{ sql: `examination ${all}`, values }],
    id: 'examination.id',
    order: 'examination.saved_on DESC, examination.rowid DESC',
    leaps: true,
    fits: {
      sql: `EXISTS (SELECT 1 FROM examination AS own WHERE ${[`own.id = ${ID}`, ...range].join(' AND ')})`,
      values,
    },
  };
}

/** What was asked for; null where nothing can fit it. */
function filtersOf(wanted: HistoryFilter): Filter[] | null {
  const query = searchQuery(wanted.text);
  if (query === null && wanted.text.trim() !== '') return null;
  const state = wanted.state.trim().toUpperCase();
  const days = wanted.from !== null || wanted.to !== null;
  return [
    ...(query === null ? [] : [byText(query)]),
    ...(state === '' ? [] : [byState(state)]),
    ...(wanted.outcome === null ? [] : [byOutcome(wanted.outcome)]),
    ...(days ? [byDays(wanted.from, wanted.to)] : []),
  ];
}

const isRange = ({ sql }: Piece): boolean => sql.includes('WHERE');

/** Ids of what fits `lead` and `others`, the newest first; one may come twice where several of its documents fit. */
function idsOf(lead: Filter, others: readonly Filter[], limit: number): Piece {
  const values: Value[] = [];
  const parts = lead.from.map((part) => {
    const ofDocument = lead.id === DOCUMENT_ID;
    const pieces = others.flatMap(({ near, fits }) =>
      ofDocument && near !== undefined ? [near, fits] : [fits],
    );
    const checks = pieces.map(({ sql }) => sql.replaceAll(ID, lead.id));
    values.push(...part.values, ...pieces.flatMap((piece) => piece.values));
    const more = checks.map((check, index) => (index > 0 || isRange(part) ? 'AND' : 'WHERE') + ` ${check}`);
    const place = lead.place === undefined ? '' : `, ${lead.place} AS place`;
    return [`SELECT ${lead.id} AS id${place} FROM ${part.sql}`, ...more].join(' ');
  });
  // UNION merges what comes in the same order, and drops what comes twice.
  return { sql: `${parts.join(' UNION ')} ORDER BY ${lead.order} LIMIT ${limit}`, values };
}

/** Beyond so many matches a filter is common: which of two common ones leads makes little difference, but for days. */
const COMMON = 2000;
/** About a month of a busy station. */
const MONTH = 20_000;

function countOf(db: Db, filter: Filter, limit: number): number {
  const { sql, values } = idsOf(filter, [], limit);
  return (
    statement<Value[], number>(db, `SELECT count(*) FROM (${sql})`)
      .pluck()
      .get(...values) ?? 0
  );
}

/** The rarest of what was asked for leads; where all are common, days do, since no other index leaps to them. */
function leading(db: Db, filters: readonly Filter[]): [Filter, Filter[]] {
  const [only = byDays(null, null), ...rest] = filters;
  if (rest.length === 0) return [only, []];
  const counts = filters.map((filter) => countOf(db, filter, COMMON));
  const least = Math.min(...counts);
  const days = filters.find(({ leaps }) => leaps);
  const lead =
    least === COMMON && days !== undefined && countOf(db, days, MONTH) < MONTH
      ? days
      : (filters[counts.indexOf(least)] ?? only);
  return [lead, filters.filter((filter) => filter !== lead)];
}

/** How many are counted at least before it is only said that there are more. */
const COUNTED = 100;

interface Found {
  ids: string[];
  total: number;
  more: boolean;
}

function find(db: Db, wanted: HistoryFilter): Found {
  const filters = filtersOf(wanted);
  if (filters === null) return { ids: [], total: 0, more: false };
  const enough = Math.max(COUNTED, wanted.offset + wanted.limit);
  const [lead, others] = leading(db, filters);
  // An examination may have twenty documents; most have one.
  const { sql, values } = idsOf(lead, others, -1);
  const found = new Set<string>();
  let more = false;
  for (const id of statement<Value[], string>(db, sql)
    .pluck()
    .iterate(...values)) {
    more = found.size === enough && !found.has(id);
    if (more) break;
    found.add(id);
  }
  const page = [...found].slice(wanted.offset, wanted.offset + wanted.limit);
  return { ids: page, total: found.size, more };
}

interface Shown extends Omit<HistoryRow, 'reasons' | 'erasedAt'> {
  reasons: string;
  erasedAt: string | null;
}

const ROW = `
  SELECT page.id, page.erased_at AS erasedAt, page.saved_at AS at, decision.outcome, decision.reasons,
    shown.document_type AS documentType, shown.format, shown.issuer, shown.nationality, shown.number, shown.name,
    (SELECT count(*) FROM document WHERE examination_id = page.id) AS documents,
    (SELECT count(*) FROM image JOIN document ON document.id = image.document_id
      WHERE document.examination_id = page.id) AS images,
    decision.officer_name AS officerName
  FROM examination AS page
  JOIN decision ON decision.examination_id = page.id AND ${NOT_REPLACED}
  JOIN document AS shown ON shown.row = (SELECT row FROM document WHERE examination_id = page.id
    ORDER BY MEANT format IS NULL, position LIMIT 1)
  WHERE page.id = ?`;

/** The document that was searched for comes before the others of its examination. */
const MEANT = `NOT EXISTS (SELECT 1 FROM document_search WHERE document_search MATCH ? AND rowid = document.row),`;

const newestFirst = (a: HistoryRow, b: HistoryRow): number =>
  a.at === b.at ? (a.id < b.id ? 1 : -1) : a.at < b.at ? 1 : -1;

/**
 * Examinations that fit, newest first, with the outcome of their latest decision; and how many fit, where that is not
 * many (`more`: there are more than were counted).
 */
export function searchHistory(
  db: Db,
  wanted: HistoryFilter,
): { rows: HistoryRow[]; total: number; more?: true } {
  const { ids, total, more } = find(db, wanted);
  const query = searchQuery(wanted.text);
  const sql = ROW.replace('MEANT', query === null ? '' : MEANT);
  const row = statement<string[], Shown>(db, sql);
  const rows = ids.flatMap((id) => {
    const shown = row.get(...(query === null ? [] : [query]), id);
    if (shown === undefined) return [];
    const { erasedAt, reasons, ...rest } = shown;
    return [{ ...rest, reasons: JSON.parse(reasons), ...(erasedAt === null ? {} : { erasedAt }) }];
  });
  return { rows: rows.sort(newestFirst), total, ...(more ? { more } : {}) };
}
