// Reports in a list, as every page shows them.
import { type Html, html } from '../../shared/report/html.ts';
import { CODE_WORDS } from '../../shared/sharing/preview.ts';
import type { ReportHead } from '../db/reports.ts';
import { table } from './layout.ts';
import { codeWord, timeCell, word } from './words.ts';

const stateWord = (code: string | null): string => (code === null ? '' : codeWord(`state.${code}`, code));

export function reportTable(rows: readonly ReportHead[]): Html {
  const cells = rows.map((row) => [
    html`<a href="/reports/${row.id}">${timeCell(row.receivedAt)}</a>`,
    row.agencyName,
    stateWord(row.issuer),
    row.docType === null ? '' : codeWord(CODE_WORDS.documentType(row.docType), row.docType),
    row.fraud.map((each) => codeWord(CODE_WORDS.fraud(each), each)).join(', '),
    stateWord(row.country),
    word(`hub.report.tier.${row.tier}`),
    word(`hub.report.state.${row.state}`),
  ]);
  const headings = (
    ['received', 'agency', 'issuer', 'type', 'fraud', 'country', 'tier', 'state'] as const
  ).map((each) => word(`hub.report.${each}`));
  return html`<section class="panel">${table(headings, cells, word('hub.report.empty'))}</section>`;
}
