// One report in words, as the stations that receive it read it (shared/sharing/preview.ts).
import { type Html, html } from '../../shared/report/html.ts';
import { type Cell, preview } from '../../shared/sharing/preview.ts';
import { isFull } from '../../shared/sharing/kinds.ts';
import { type FullWireReport, wireReport } from '../../shared/sharing/report.ts';
import { codeWord, word } from './words.ts';

const UNNAMED = /^(?:procedure\.item|finding)\.|\.title$/gu;

function cellWords(cell: Cell): string {
  // What an agency added to the procedures has no words here; its own code says more than an id.
  if ('word' in cell) return codeWord(cell.word, cell.word.replaceAll(UNNAMED, ''));
  if ('state' in cell) return codeWord(`state.${cell.state}`, cell.state);
  if ('day' in cell) return cell.day;
  return 'text' in cell ? cell.text : word('hub.report.picture');
}

function groups(report: FullWireReport): Html[] {
  return preview(report, null).map(
    ({ label, rows }) => html`<section class="panel"><h2>${codeWord(label, label)}</h2>
      <dl class="rows">${rows.map(
        (row) => html`<div><dt>${codeWord(row.label, row.label)}</dt>
          <dd>${row.lines.map((cells) => html`<p>${cells.map(cellWords).join(' · ')}</p>`)}</dd></div>`,
      )}</dl></section>`,
  );
}

/** The body of a report as it arrived; the hub took it in, so it is one. */
export function reportBody(bytes: Buffer): Html {
  const report = wireReport.parse(JSON.parse(bytes.toString('utf8')));
  if (report.kind === 'withdrawal') {
    const reason = codeWord(`report.withdrawal.${report.reason}`, report.reason);
    return html`<section class="panel"><p>${word('hub.report.withdrawal', { reason })}</p></section>`;
  }
  if (!isFull(report)) {
    const said = report.kind === 'alert' ? report.tip : report.title;
    return html`<section class="panel"><p>${said}</p></section>`;
  }
  return html`${report.sealed === null ? null : html`<p class="quiet">${word('hub.report.sealed')}</p>`}${groups(report)}`;
}
