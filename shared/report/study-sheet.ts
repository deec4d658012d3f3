// A case study on A4, for the wall or for a class: what happened, what gave it away, pictures with marks, and the question
// with its answer at the foot.
import type { CaseStudy, StudyImage } from '../sharing/case-study.ts';
import { type Html, html } from './html.ts';

export interface StudySheet {
  study: Pick<
    CaseStudy,
    'title' | 'document' | 'fraud' | 'happened' | 'gaveAway' | 'twelveSeconds' | 'images' | 'question'
  >;
  /** Who published it and when, in words. */
  source: string;
  /** Addresses of data by digest; none for one that did not come yet. */
  pictures: ReadonlyMap<string, string>;
}

export interface StudySheetWords {
  language: string;
  /** The words of a catalogue id. */
  say(id: string, values?: Record<string, string | number>): string;
  /** Name of a state by its code. */
  state(code: string): string;
}

const STYLE = `
@page { size: A4; margin: 15mm; }
* { box-sizing: border-box; }
:root { font: 10.5pt/1.4 'Atkinson Hyperlegible', 'Noto Sans', 'DejaVu Sans', sans-serif; color: #111; }
body { margin: 0; }
h1 { font-size: 19pt; line-height: 1.15; margin: 0 0 1.5mm; overflow-wrap: anywhere; }
h2 { font-size: 11.5pt; margin: 0 0 1mm; break-after: avoid; }
p, ol, ul { margin: 0 0 2mm; overflow-wrap: anywhere; }
p.text { white-space: pre-wrap; }
.quiet { color: #444; font-size: 9pt; }
section { margin: 4mm 0 0; }
.seconds { padding: 3mm 4mm; border: 1pt solid #111; border-radius: 1.5mm; break-inside: avoid; }
.seconds p { font-size: 13pt; line-height: 1.3; margin: 0; font-weight: bold; }
.pictures { display: grid; grid-template-columns: 1fr 1fr; gap: 4mm; align-items: start; }
figure { margin: 0; break-inside: avoid; }
figcaption { font-size: 9pt; margin-top: 1mm; }
figcaption ol { margin: 0.5mm 0 0; padding-left: 5mm; }
.picture { position: relative; width: fit-content; }
.picture img { display: block; max-width: 100%; max-height: 80mm; }
.picture svg { position: absolute; inset: 0; width: 100%; height: 100%; overflow: visible; }
.picture rect { fill: none; }
.picture .below { stroke: #fff; stroke-width: 3px; }
.picture .above { stroke: #000; stroke-width: 1.4px; }
.picture text { font: bold 10pt sans-serif; fill: #000; stroke: #fff; stroke-width: 3px; paint-order: stroke; }
.gone { padding: 4mm; border: 0.5pt dashed #555; }
.question { break-inside: avoid; border-top: 0.75pt solid #111; padding-top: 3mm; }
.question ol { list-style: upper-alpha; padding-left: 6mm; }
.answer { font-size: 9pt; color: #333; break-inside: avoid; }
`;

const percent = (part: number): string => `${(part * 100).toFixed(2)}%`;

function shape({ x, y, width, height }: StudyImage['marks'][number], at: number): Html {
  const places = html`x="${percent(x)}" y="${percent(y)}" width="${percent(width)}" height="${percent(height)}"`;
  return html`<rect class="below" ${places}/><rect class="above" ${places}/><text x="${percent(x)}" y="${percent(y)}" dx="2" dy="-3">${at + 1}</text>`;
}

function figure(image: StudyImage, pictures: StudySheet['pictures'], { say }: StudySheetWords): Html {
  const address = pictures.get(image.sha256);
  const { marks, caption } = image;
  const shown =
    address === undefined
      ? html`<p class="gone">${say('studies.picture-away')}</p>`
      : html`<div class="picture"><img src="${address}" alt=""><svg>${marks.map(shape)}</svg></div>`;
  const labels =
    marks.length === 0 ? null : html`<ol>${marks.map(({ label }) => html`<li>${label}</li>`)}</ol>`;
  return html`<figure>${shown}<figcaption>${caption}${labels}</figcaption></figure>`;
}

/** The letter of an answer, from 0. */
export const answerLetter = (at: number): string => String.fromCodePoint(65 + at);

/** The whole page. */
export function studySheet({ study, source, pictures }: StudySheet, words: StudySheetWords): string {
  const { say, state } = words;
  const { title, document, fraud, happened, gaveAway, twelveSeconds, images, question } = study;
  const type = say(`document-type.${document.type}`);
  const kinds = fraud.map((id) => html`<li>${say(`report.fraud.${id}`)}</li>`);
  const body = html`<main>
<h1>${title}</h1>
<p>${say('studies.document', { type, state: state(document.issuer) })}</p>
<ul class="quiet">${kinds}</ul>
<section class="seconds"><h2>${say('studies.twelve-seconds')}</h2><p>${twelveSeconds}</p></section>
<section><h2>${say('studies.happened')}</h2><p class="text">${happened}</p></section>
<section><h2>${say('studies.gave-away')}</h2><p class="text">${gaveAway}</p></section>
${images.length === 0 ? null : html`<section class="pictures">${images.map((image) => figure(image, pictures, words))}</section>`}
<section class="question"><h2>${say('studies.question')}</h2><p>${question.text}</p>
<ol>${question.answers.map((answer) => html`<li>${answer}</li>`)}</ol></section>
<p class="answer">${say('studies.sheet.answer', { letter: answerLetter(question.right), because: question.because })}</p>
<p class="quiet">${source}</p></main>`;
  return `<!doctype html>
<html lang="${html`${words.language}`.html}">
<head><meta charset="utf-8"><title>${html`${title}`.html}</title><style>${STYLE}</style></head>
<body>${body.html}</body>
</html>
`;
}
