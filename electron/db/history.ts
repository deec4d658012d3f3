// The search of History: numbers by their beginning, names by the beginnings of their words, state, days, outcome.
import type { HistoryFilter, HistoryRow } from '../../shared/contract/records.ts';
import { numberKey } from './examinations.ts';
import type { Db } from './open.ts';

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

interface Condition {
  sql: string;
  values: (string | number)[];
}

// Few decisions are ever replaced: a small set to look into, where NOT EXISTS would look 50,000 times.
const NOT_REPLACED = 'NOT EXISTS (SELECT 1 FROM decision AS later WHERE later.replaces = decision.id)';

function conditions(filter: HistoryFilter): Condition[] {
  const list: Condition[] = [];
  const query = searchQuery(filter.text);
  if (query !== null) {
    list.push({
      sql: `examination.id IN (SELECT examination_id FROM document
        WHERE row IN (SELECT rowid FROM document_search WHERE document_search MATCH ?))`,
      values: [query],
    });
  } else if (filter.text.trim() !== '') {
    list.push({ sql: '0', values: [] });
  }
  const state = filter.state.trim().toUpperCase();
  if (state !== '') {
    list.push({
      sql: `examination.id IN (SELECT examination_id FROM document WHERE issuer = ?
        UNION SELECT examination_id FROM document WHERE nationality = ?)`,
      values: [state, state],
    });
  }
  if (filter.from !== null) list.push({ sql: 'examination.saved_on >= ?', values: [filter.from] });
  if (filter.to !== null) list.push({ sql: 'examination.saved_on <= ?', values: [filter.to] });
  if (filter.outcome !== null) {
    // The plus keeps SQLite from collecting and sorting every match, which by outcome is nearly all of them.
    const sql = `+examination.id IN (SELECT examination_id FROM decision WHERE outcome = ? AND ${NOT_REPLACED})`;
    list.push({ sql, values: [filter.outcome] });
  }
  return list;
}

/** Examinations that fit, newest first, with the outcome of their latest decision; and how many fit in all. */
export function searchHistory(db: Db, filter: HistoryFilter): { rows: HistoryRow[]; total: number } {
  const list = conditions(filter);
  const where = list.length === 0 ? '' : `WHERE ${list.map(({ sql }) => sql).join(' AND ')}`;
  const values = list.flatMap((condition) => condition.values);
  const total = db
    .prepare<(string | number)[], number>(`SELECT count(*) FROM examination ${where}`)
    .pluck()
    .get(...values);
  const query = searchQuery(filter.text);
  // The document that was searched for before the others of its examination.
  const meant =
    query === null ? '' : 'row NOT IN (SELECT rowid FROM document_search WHERE document_search MATCH ?), ';
  const rows = db
    .prepare<
      (string | number)[],
      Omit<HistoryRow, 'reasons' | 'erasedAt'> & { reasons: string; erasedAt: string | null }
    >(
      `SELECT page.id, page.erased_at AS erasedAt, page.saved_at AS at, decision.outcome, decision.reasons,
         shown.document_type AS documentType, shown.format, shown.issuer, shown.nationality, shown.number, shown.name,
         (SELECT count(*) FROM document WHERE examination_id = page.id) AS documents,
         (SELECT count(*) FROM image JOIN document ON document.id = image.document_id
           WHERE document.examination_id = page.id) AS images,
         decision.officer_name AS officerName
       FROM (SELECT id, saved_at, erased_at FROM examination ${where} ORDER BY saved_at DESC, id DESC LIMIT ? OFFSET ?) AS page
       JOIN decision ON decision.examination_id = page.id AND ${NOT_REPLACED}
       JOIN document AS shown ON shown.row = (SELECT row FROM document WHERE examination_id = page.id
         ORDER BY ${meant}format IS NULL, position LIMIT 1)
       ORDER BY page.saved_at DESC, page.id DESC`,
    )
    .all(...values, filter.limit, filter.offset, ...(query === null ? [] : [query]))
    .map(({ erasedAt, ...row }) => ({
      ...row,
      reasons: JSON.parse(row.reasons),
      ...(erasedAt === null ? {} : { erasedAt }),
    }));
  return { rows, total: total ?? 0 };
}
