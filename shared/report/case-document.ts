// The part of a case report about one document: what was read, what the machine found, and every item that it has.
import { holderName } from '../mrz/names.ts';
import { parseMrz } from '../mrz/parse.ts';
import {
  type CaseReportInput,
  placeKey,
  type ReportAnswer,
  type ReportDocument,
  standingAnswers,
} from './case-data.ts';
import { itemTitle, list, type ReportWords, type Row, section, table } from './case-parts.ts';
import { type Html, html } from './html.ts';

function readPart({ reading, judgedOn }: ReportDocument, { say }: ReportWords): Html {
  if (reading === null || reading.lines.length === 0) return html`<p>${say('case-report.nothing-read')}</p>`;
  const read = parseMrz(reading.lines, { today: judgedOn });
  const lines = html`<pre>${reading.lines.join('\n')}</pre>`;
  if (!read.ok) return lines;
  const { fields } = read;
  return html`${list([
    [say('history.field.name'), holderName(fields)],
    [say('history.field.number'), fields.number],
    [say('history.field.issuer'), fields.issuer],
    [say('history.field.nationality'), fields.nationality],
    [say('history.field.birth'), fields.birthDate.iso ?? fields.birthDate.raw],
    [say('history.field.sex'), fields.sexRaw],
    [say('history.field.expiry'), fields.expiryDate.iso ?? fields.expiryDate.raw],
  ])}${lines}`;
}

/** `at` counts documents from 0; `marks` numbers marks by entry and place. */
export function documentPart(
  input: CaseReportInput,
  words: ReportWords,
  document: ReportDocument,
  at: number,
  marks: ReadonlyMap<string, number>,
): Html {
  const { say } = words;
  const own = input.documents.find(({ documentId }) => documentId === document.id);
  const answers = standingAnswers(input.entries);
  const title = say('case-report.document', {
    number: String(at + 1),
    type: say(`type.${own?.typeId ?? 'unknown'}`),
  });
  const findings = document.findings.map(({ text, words: shown, values }) => {
    // Of an alert its sentence: without it the finding says only that there was one.
    const both = [values?.['tip'], shown?.fraud, shown?.innocent].filter((part) => part !== undefined);
    return html`<li>${shown?.title ?? say(text.title)}${both.map((part) => html`<br><small>${part}</small>`)}</li>`;
  });
  const itemIds = own?.itemIds ?? [];
  const rows = itemIds.map((itemId, row): Row => {
    const answer = answers.get(placeKey({ documentId: document.id, itemId }));
    const step = input.stepOf(itemId);
    // A step is named where it begins.
    const isNamed = step !== null && (row === 0 || input.stepOf(itemIds[row - 1] ?? '') !== step);
    return [
      isNamed ? say(`procedure.step.${step}`) : '',
      itemTitle(itemId, words),
      answerCell(answer, words),
      answer?.note ?? '',
      markNumbers(answer, marks),
    ];
  });
  return section(title, [
    readPart(document, words),
    html`<h3>${say('case-report.findings')}</h3>`,
    findings.length === 0 ? html`<p>${say('case-report.no-findings')}</p>` : html`<ul>${findings}</ul>`,
    html`<h3>${say('case-report.items')}</h3>`,
    html`<div class="items">${table(
      ['step', 'item', 'answer', 'note', 'marks'].map((name) => say(`case-report.column.${name}`)),
      rows,
    )}</div>`,
  ]);
}

function answerCell(answer: ReportAnswer | undefined, { say }: ReportWords): Html {
  const given = answer?.answer ?? 'not-checked';
  const said = say(`case-report.answer.${given}`);
  if (given === 'differs' || given === 'not-present') return html`<strong>${said}</strong>`;
  return given === 'not-checked'
    ? html`<span class="said open">${said}</span>`
    : html`<span class="said">${said}</span>`;
}

function markNumbers(answer: ReportAnswer | undefined, marks: ReadonlyMap<string, number>): string {
  if (answer === undefined) return '';
  return answer.marks.map((_, at) => marks.get(`${answer.id} ${at}`) ?? '').join(', ');
}
