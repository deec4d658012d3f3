// The report of one case as one page of HTML for paper: what was looked at, what was not, by whom, and what follows.
import { holderName } from '../mrz/names.ts';
import { parseMrz } from '../mrz/parse.ts';
import {
  type CaseReportInput,
  conclusionOf,
  groupedActs,
  latestBy,
  placeKey,
  type ReportPlace,
  standingAnswers,
} from './case-data.ts';
import { documentPart } from './case-document.ts';
import { itemTitle, list, placeTitle, type ReportWords, type Row, section, table } from './case-parts.ts';
import { numberedMarks, pictureParts } from './case-pictures.ts';
import { CASE_STYLE } from './case-style.ts';
import { type Html, html } from './html.ts';

/**
 * The whole page: A4, its pictures inside it, no script and nothing from outside. Whoever prints sees no more in it than
 * in the case.
 */
export function caseReport(input: CaseReportInput, words: ReportWords): string {
  const { say } = words;
  const { record } = input;
  const marks = numberedMarks(input.entries);
  const body = html`${heading(input, words)}
${outcomePart(input, words)}
${record.documents.map((document, at) => documentPart(input, words, document, at, marks))}
${questionsPart(input, words)}
${bearerPart(input, words)}
${picturesPart(input, words)}
${trailPart(input, words)}
${proofPart(input, words)}`;
  return `<!doctype html>
<html lang="${html`${words.language}`.html}">
<head>
<meta charset="utf-8">
<title>${html`${say('case-report.title')} ${record.id}`.html}</title>
<style>${CASE_STYLE}</style>
</head>
<body>
${body.html}
</body>
</html>
`;
}

function heading(
  { record, printedAt, printedBy, program }: CaseReportInput,
  { say, time }: ReportWords,
): Html {
  return html`<header><h1>${say('case-report.title')}</h1>
${holder(record)}
${list([
  [say('case-report.case'), record.id],
  [say('case-report.where'), say('case-report.place', { place: record.place, code: record.stationCode })],
  [say('case-report.first'), say('case-report.by', { time: time(record.savedAt), name: record.officerName })],
  [
    say('case-report.printed'),
    say('case-report.printed-by', { time: time(printedAt), name: printedBy, version: program }),
  ],
])}</header>`;
}

/** Whose document it is: of the first one that was read. */
function holder({ documents }: CaseReportInput['record']): Html | null {
  const read = documents
    .map(({ reading, judgedOn }) => parseMrz(reading?.lines ?? [], { today: judgedOn }))
    .find(({ ok }) => ok);
  if (read?.ok !== true) return null;
  return html`<p class="holder"><strong>${holderName(read.fields)}</strong> <span>${read.fields.number}</span></p>`;
}

function notChecked(input: CaseReportInput, words: ReportWords, all: readonly ReportPlace[]): Html {
  const { say } = words;
  // Those of the person stand by themselves.
  const places = all.filter(({ itemId }) => input.stepOf(itemId) !== 'bearer');
  return html`<h3>${say('case-report.not-checked', { count: String(all.length) })}</h3>
${
  all.length === 0
    ? html`<p>${say('case-report.all-checked')}</p>`
    : html`<ul class="columns">${places.map((place) => html`<li>${placeTitle(input, words, place)}</li>`)}</ul>`
}`;
}

/** Checks of the bearer are of the person: each counts once, on whichever document it was answered. */
function notCheckedOfPerson(input: CaseReportInput): string[] {
  const checked = new Set(
    [...standingAnswers(input.entries).values()].flatMap(({ itemId, answer }) =>
      answer === null || answer === 'not-checked' ? [] : [itemId],
    ),
  );
  const items = new Set(input.documents.flatMap(({ itemIds }) => itemIds));
  return [...items].filter((id) => input.stepOf(id) === 'bearer' && !checked.has(id));
}

function notCheckedPerson(input: CaseReportInput, words: ReportWords): Html {
  const { say } = words;
  const items = notCheckedOfPerson(input);
  // By the heads of entries: a comparison that is hidden from whoever prints was made all the same.
  const isCompared = input.acts.some(({ kind }) => kind === 'bearer-done');
  return html`<h3>${say('case-report.not-checked-person', { count: String(items.length) })}</h3>
${items.length === 0 ? null : html`<ul class="columns">${items.map((id) => html`<li>${itemTitle(id, words)}</li>`)}</ul>`}
${isCompared ? null : html`<p>${say('case-report.not-compared')}</p>`}`;
}

function outcomePart(input: CaseReportInput, words: ReportWords): Html {
  const { say, time } = words;
  const concluded = conclusionOf(input);
  if (concluded === null) {
    return section(say('case-report.outcome'), [
      html`<p class="open">${say('case-report.no-outcome')}</p>`,
      notChecked(input, words, input.notChecked),
      notCheckedPerson(input, words),
    ]);
  }
  const { outcome, signed } = concluded;
  const answers = standingAnswers(input.entries);
  const reasons = outcome.reasons.map((place) => {
    const answer = answers.get(placeKey(place));
    const said = answer === undefined ? '' : say(`case-report.answer.${answer.answer ?? 'not-checked'}`);
    return html`<li>${say('case-report.reason', { item: placeTitle(input, words, place), answer: said })}${
      answer === undefined || answer.note === '' ? null : html`<br><q>${answer.note}</q>`
    }</li>`;
  });
  const signature =
    signed === null
      ? say(outcome.needsSignature ? 'case-report.not-signed' : 'case-report.no-signature')
      : say('case-report.by', { time: time(signed.at), name: signed.officerName });
  return section(say('case-report.outcome'), [
    html`<p class="outcome">${say(`procedure.outcome.${outcome.outcome}`)}</p>`,
    list([
      [
        say('case-report.given'),
        say('case-report.by', { time: time(outcome.at), name: outcome.officerName }),
      ],
      [say('case-report.signed'), signature],
      [
        say('case-report.next'),
        outcome.dispositions.map((id) => say(`procedure.disposition.${id}`)).join('; '),
      ],
      [say('case-report.note'), outcome.note],
    ]),
    html`<h3>${say('case-report.reasons')}</h3>`,
    reasons.length === 0 ? html`<p>${say('case-report.no-reasons')}</p>` : html`<ul>${reasons}</ul>`,
    notChecked(input, words, outcome.notChecked),
    notCheckedPerson(input, words),
    html`<div class="sign"><p>${say('case-report.line.first', { name: outcome.officerName })}</p><p>${say('case-report.line.second', { name: signed?.officerName ?? '' })}</p></div>`,
  ]);
}

function questionsPart({ entries }: CaseReportInput, words: ReportWords): Html | null {
  const { say } = words;
  const asked = entries.filter((entry) => entry.kind === 'question');
  if (asked.length === 0) return null;
  const rows = latestBy(asked, ({ questionId }) => questionId).map(
    ({ questionId, note }): Row => [say(`question.${questionId}`), note],
  );
  return section(
    say('case-report.questions'),
    table([say('case-report.column.question'), say('case-report.column.answered')], rows),
  );
}

function bearerPart({ entries }: CaseReportInput, words: ReportWords): Html | null {
  const { say } = words;
  const compared = entries.filter((entry) => entry.kind === 'bearer');
  const closed = entries.filter((entry) => entry.kind === 'bearer-done');
  if (compared.length + closed.length === 0) return null;
  // With an outcome everything is shown to everybody: whoever concludes after a reopening may have seen the others.
  const shown = entries.find(({ kind }) => kind === 'outcome')?.seq ?? Number.POSITIVE_INFINITY;
  const rows = latestBy(compared, (entry) => `${entry.officerName} ${entry.componentId}`)
    .filter(({ answer }) => answer !== null)
    .map(
      ({ officerName, componentId, answer, note }): Row => [
        officerName,
        itemTitle(componentId, words),
        say(`case-report.bearer.${answer ?? ''}`),
        note,
      ],
    );
  return section(say('case-report.bearer'), [
    html`<ul>${closed.map(
      ({ officerName, verdict, note, seq }) =>
        html`<li>${say(seq > shown ? 'case-report.verdict-later' : 'case-report.verdict', {
          name: officerName,
          verdict: say(`case-report.verdict.${verdict}`),
        })}${note === '' ? null : html`<br><q>${note}</q>`}</li>`,
    )}</ul>`,
    table(
      ['officer', 'component', 'answer', 'note'].map((name) => say(`case-report.column.${name}`)),
      rows,
    ),
  ]);
}

function picturesPart(input: CaseReportInput, words: ReportWords): Html | null {
  const parts = pictureParts(input, words);
  return parts.length === 0 ? null : section(words.say('case-report.pictures'), parts);
}

function trailPart({ acts, record }: CaseReportInput, { say, time }: ReportWords): Html {
  const decided = record.decisions.map(
    ({ at, officerName, outcome, note }): Row => [
      time(at),
      officerName,
      say(`history.outcome.${outcome}`),
      note,
    ],
  );
  const done = groupedActs(acts).map(
    ({ from, to, officerName, kind, count }): Row => [
      time(from) === time(to) ? time(from) : say('case-report.from-to', { from: time(from), to: time(to) }),
      officerName,
      say(`case-report.act.${kind}`),
      count === 1 ? '' : say('case-report.times', { count: String(count) }),
    ],
  );
  const head = ['time', 'officer', 'act', 'note'].map((name) => say(`case-report.column.${name}`));
  return section(say('case-report.trail'), table(head, [...decided, ...done]));
}

function proofPart(input: CaseReportInput, { say }: ReportWords): Html {
  const { recordSha256, auditSeq, auditHash, contentSha256, copy } = input.proof;
  const outcome = conclusionOf(input)?.outcome ?? null;
  return section(say('case-report.proof'), [
    html`<p>${say('case-report.proof.what')}</p>`,
    html`<div class="code">${list([
      [say('case-report.proof.record'), recordSha256],
      [say('case-report.proof.content'), contentSha256],
      [say('case-report.proof.copy'), copy],
      [
        say('case-report.proof.audit'),
        say('case-report.proof.entry', { seq: String(auditSeq), hash: auditHash }),
      ],
      [
        say('case-report.proof.procedure'),
        outcome === null
          ? ''
          : say('case-report.proof.version', {
              version: outcome.procedure.version,
              sha256: outcome.procedure.sha256,
            }),
      ],
    ])}</div>`,
  ]);
}
