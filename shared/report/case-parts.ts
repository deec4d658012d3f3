// Pieces of which the parts of a case report are put together.
import type { CaseReportInput, ReportPlace } from './case-data.ts';
import { type Html, html } from './html.ts';

export interface ReportWords {
  language: string;
  /** The words of an id with its values; the id itself where there are none. */
  say(id: string, values?: Readonly<Record<string, string>>): string;
  /** A moment (UTC) as it is written at the station. */
  time(at: string): string;
}

export type Row = readonly (string | Html)[];

export function section(title: string, content: Html | readonly Html[]): Html {
  return html`<section><h2>${title}</h2>${content}</section>`;
}

/** Rows of a label and its value; empty values are left out. */
export function list(rows: readonly [string, string][]): Html {
  const filled = rows.filter(([, value]) => value !== '');
  return html`<dl>${filled.map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>`;
}

export function table(head: readonly string[], rows: readonly Row[]): Html {
  return html`<table><thead><tr>${head.map((cell) => html`<th>${cell}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody></table>`;
}

export function itemTitle(itemId: string, { say }: ReportWords): string {
  return say('case-report.item', { id: itemId, title: say(`procedure.item.${itemId}.title`) });
}

/** Which document an item is of, where there are several. */
export function placeTitle(input: CaseReportInput, words: ReportWords, place: ReportPlace): string {
  const title = itemTitle(place.itemId, words);
  const at = input.record.documents.findIndex(({ id }) => id === place.documentId);
  if (input.record.documents.length < 2) return title;
  return words.say('case-report.item-of', { item: title, number: String(at + 1) });
}
